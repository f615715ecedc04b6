"""The centre's private keys for secrets that callers typed, as this computer's keyring holds them: the newest first.

An older key stays until it is removed: what was encrypted to it is shown for as long as it is kept. Of what is
encrypted to a key that is not here the desk says so.
"""

from pathlib import Path

import msgspec

from agent_desktop import secrets

NAME = "handoff-key"
MOST = 8  # a keyring takes short texts only


class BadKey(Exception):
    """There is no such key; the text says why in words."""


class HandoffKey(msgspec.Struct, frozen=True):
    """A key pair; collectors encrypt to the public one."""

    public: str
    private: str


def known() -> tuple[HandoffKey, ...]:
    """Those of this computer's keyring, the newest first."""
    return tuple(_pair(line) for line in _lines(secrets.read(NAME) or "") if _is_key(line))


def read(file: Path) -> HandoffKey:
    """The private key in a file that ``recording keygen`` wrote. Raises BadKey, OSError."""
    try:
        found = [line for line in _lines(file.read_text("utf-8")) if _is_key(line)]
    except UnicodeDecodeError:
        found = []
    if len(found) != 1:
        raise BadKey(f"{file} holds no private key, or several: “agent-desktop recording keygen” makes such a file.")
    return _pair(found[0])


def add(key: HandoffKey) -> None:
    """Put it first into the keyring. Raises BadKey where there are too many, secrets.NoKeyring."""
    others = tuple(one for one in known() if one.public != key.public)
    if len(others) >= MOST:
        raise BadKey(f"The keyring holds {MOST} keys already: remove one whose secrets are gone.")
    _write((key, *others))


def remove(public: str) -> None:
    """Take the key with this public key away. Raises BadKey where there is none, secrets.NoKeyring."""
    held = known()
    left = tuple(one for one in held if one.public != public)
    if len(left) == len(held):
        raise BadKey("This computer's keyring holds no such key.")
    if left:
        _write(left)
    else:
        secrets.forget(NAME)


def opened(sealed: str) -> str | None:
    """What was encrypted to one of them; None where none fits."""
    import pyrage

    identities = [pyrage.x25519.Identity.from_str(key.private) for key in known()]
    try:
        return bytes(pyrage.decrypt(sealed.encode("ascii"), identities)).decode("utf-8") if identities else None
    except (pyrage.DecryptError, UnicodeError):
        return None


def _write(keys: tuple[HandoffKey, ...]) -> None:
    """Into the keyring or nowhere: of a key in memory only nobody would know why it is gone tomorrow."""
    secrets.keep(NAME, "\n".join(key.private for key in keys))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _is_key(line: str) -> bool:
    import pyrage

    try:
        pyrage.x25519.Identity.from_str(line)
    except pyrage.IdentityError:
        return False
    return True


def _pair(line: str) -> HandoffKey:
    import pyrage

    return HandoffKey(str(pyrage.x25519.Identity.from_str(line).to_public()), line)
