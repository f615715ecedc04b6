"""The reviewer's side of recordings: making the key pair of the centre, and turning a recording into a WAV.

Files are in the age format, so that any age program reads them with the same key; only what comes out of a recording
that a crash cut short is read further here: up to its last whole 64 KiB, which is one second of sound.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from agent_desktop import clock
from agent_desktop.telephony.recording_format import BYTES_PER_S, HEADER_BYTES, header


class CannotReview(Exception):
    """The text says why, for whoever asked."""


class Reviewed(msgspec.Struct, frozen=True):
    """What came out: how long it is, and whether the recording was brought to its end."""

    seconds: float
    complete: bool


def make_key(file: Path) -> str:
    """Write a new private key to ``file``, for its owner only; the public key. Raises CannotReview, OSError."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotReview(f"{file} exists already: a key that is overwritten opens nothing any more.") from error
    with open(descriptor, "w", encoding="ascii") as out:
        out.write(f"# created: {clock.now().isoformat(timespec='seconds')}\n# public key: {public}\n{identity}\n")
        out.flush()
        os.fsync(out.fileno())
    return public


def is_public_key(text: str) -> bool:
    """Whether recordings can be encrypted to it."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def decrypt(recording: Path, key_file: Path, out: Path) -> Reviewed:
    """Write the recording as a WAV with its true length, for its owner only. Raises CannotReview, OSError."""
    import pyrage

    identities = _identities(key_file)
    part = out.with_name(out.name + ".part")
    with recording.open("rb") as source, _private(part) as target:
        complete = True
        try:
            pyrage.decrypt_io(source, target, identities)
        except pyrage.DecryptError as error:
            raise CannotReview(f"{recording}: this key does not open it, or it is no recording ({error}).") from error
        except OSError as error:  # the library's word for a chunk that is missing, cut short or changed
            if error.errno:
                raise
            complete = False
        data = target.tell() - HEADER_BYTES
        if data < 0:
            raise CannotReview(f"{recording}: it ends before its first second; there is nothing to be heard.")
        target.seek(0)
        if target.read(4) != b"RIFF":
            raise CannotReview(f"{recording} can be decrypted, but is no recording of this program.")
        target.seek(0)
        target.write(header(data - data % 4))
        target.truncate(HEADER_BYTES + data - data % 4)
        target.flush()
        os.replace(part, out)
    return Reviewed(data / BYTES_PER_S, complete)


def _identities(key_file: Path) -> list[object]:
    import pyrage

    lines = (line.strip() for line in key_file.read_text("utf-8", "replace").splitlines())
    try:
        found: list[object] = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise CannotReview(f"{key_file} holds no age private key.") from error
    if not found:
        raise CannotReview(f"{key_file} holds no age private key.")
    return found


@contextlib.contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner only; nothing of it stays when the work fails."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w+b") as file:
            yield file
    finally:
        path.unlink(missing_ok=True)
