"""Passwords, in the desktop's keyring and nowhere else.

The keyring library takes 0.1 s to import: that is done when a secret is first wanted, not when the window opens.
"""

_SERVICE = "agent-desktop"
_memory: dict[str, str] = {}


class NoKeyring(Exception):
    """This session has no keyring service: the secret is kept in memory until the program ends."""


def read(name: str) -> str | None:
    """The secret called ``name``, or None. Never raises: without a keyring only this session's secrets are known."""
    if name in _memory:
        return _memory[name]
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError:
        return None


def write(name: str, secret: str) -> None:
    """Keep a secret. Raises NoKeyring when it could be kept in memory only; the caller tells the user."""
    import keyring
    import keyring.errors

    _memory[name] = secret
    try:
        keyring.set_password(_SERVICE, name, secret)
    except keyring.errors.KeyringError as error:
        raise NoKeyring(str(error)) from error


def available() -> tuple[bool, str]:
    """Whether a real keyring answers, and its name in words, for ``doctor`` and the settings dialog."""
    import keyring

    backend = keyring.get_keyring()
    name = f"{type(backend).__module__}.{type(backend).__name__}"
    return getattr(backend, "priority", 0) > 0 and "fail" not in name, name
