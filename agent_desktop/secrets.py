"""Passwords, in the desktop's keyring and nowhere else; without one, in memory until the program ends.

The keyring library takes 0.1 s to import: that is done when a secret is first wanted, not when the window opens.
"""

import contextlib
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "agent-desktop"
# A backend that somebody installed besides may well be a plain file: only the systems' own are used.
_KEYRINGS = tuple(f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"))
_memory: dict[str, str] = {}
log = logging.getLogger("desktop")


class NoKeyring(Exception):
    """This session has no keyring service: the secret is kept in memory until the program ends."""


def read(name: str) -> str | None:
    """The secret called ``name``, or None. Never raises: without a keyring only this session's secrets are known."""
    if name in _memory:
        return _memory[name]
    backend = _keyring()
    if backend is None:
        return None
    try:
        return backend.get_password(_SERVICE, name)
    except Exception as error:  # noqa: BLE001 - a keyring that dies raises what its bus does, not only KeyringError
        log.warning("the keyring does not answer: %s", type(error).__name__)
        return None


def kept(name: str) -> str | None:
    """What the keyring itself holds under ``name``. Raises NoKeyring when none answers: nobody knows then."""
    backend = _keyring()
    if backend is None:
        raise NoKeyring("there is none")
    try:
        return backend.get_password(_SERVICE, name)
    except Exception as error:
        raise NoKeyring(type(error).__name__) from error


def write(name: str, secret: str) -> None:
    """Keep a secret. Raises NoKeyring when it could be kept in memory only; the caller tells the user."""
    _memory[name] = secret
    keep(name, secret)


def keep(name: str, secret: str) -> None:
    """Give a secret to the keyring and to nobody else. Raises NoKeyring when none takes it."""
    backend = _keyring()
    if backend is None:
        raise NoKeyring("there is none")
    try:
        backend.set_password(_SERVICE, name, secret)
    except Exception as error:
        raise NoKeyring(str(error)) from error


def forget(name: str) -> None:
    """Remove a secret wherever it is kept. Never raises: one that is not there is gone."""
    _memory.pop(name, None)
    backend = _keyring()
    if backend is not None:
        with contextlib.suppress(Exception):
            backend.delete_password(_SERVICE, name)


def available() -> tuple[bool, str]:
    """Whether a real keyring answers, and its name in words, for ``doctor`` and the settings dialog."""
    import keyring

    backend = _keyring()
    found = backend or keyring.get_keyring()
    return backend is not None, f"{type(found).__module__}.{type(found).__name__}"


def _keyring() -> "KeyringBackend | None":
    """The system's keyring, also where several are chained; None for one that keeps secrets in some other way."""
    import keyring

    chosen = keyring.get_keyring()
    found: tuple[KeyringBackend, ...] = (chosen, *getattr(chosen, "backends", ()))
    for backend in found:
        if type(backend).__module__.startswith(_KEYRINGS):
            return backend
    return None
