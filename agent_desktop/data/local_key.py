"""The key of the files a workstation keeps for itself: made once for a profile, held by the keyring and nothing else.

A file beside them says under which name the keyring holds it: as long as that stands there, files may be encrypted,
whether a keyring answers now or not. Behind it stand the names of keys that were lost: a keyring may be restored.
At the start of the program the keyring is asked by another process: its library takes a fifth of a second, and a locked
one answers when somebody has unlocked it.
"""

import contextlib
import json
import os
import subprocess
import sys
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from agent_desktop import secrets

_MARK = "files.key"
_BYTES = 32


class State(Enum):
    """How the files of a profile are kept."""

    OPEN = "open"  # there is no keyring, and nothing has been encrypted
    KEPT = "kept"  # encrypted, and the key is known
    LOST = "lost"  # encrypted, and the keyring knows no such key
    AWAY = "away"  # encrypted, and no keyring answers


class Answer(NamedTuple):
    """How files are kept, and the 32 bytes of their key where it is known; ``former`` keys that are there again."""

    state: State
    key: bytes = b""
    former: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"Answer({self.state})"


OPEN = Answer(State.OPEN)
AWAY = Answer(State.AWAY)
_known: dict[Path, Answer] = {}


def of(folder: Path) -> Answer:
    """How the files in ``folder`` are kept. The keyring is asked once, and only where something is encrypted."""
    known = _known.get(folder.absolute())
    if known is not None:
        return known
    found = look(folder)
    if found.state is not State.OPEN:  # files that lie open may be taken over at any moment
        settle(folder, found)
    return found


def settle(folder: Path, answer: Answer) -> None:
    """From now on this program goes by ``answer``."""
    _known[folder.absolute()] = answer


def forget(folder: Path) -> None:
    """Ask again when next wanted."""
    _known.pop(folder.absolute(), None)


def look(folder: Path) -> Answer:
    """Ask the keyring now, and make nothing. It may not come back before somebody has unlocked it."""
    return _held_under(_name_in(folder))


def _held_under(name: str) -> Answer:
    if not name:
        return OPEN
    try:
        secret = secrets.kept(name)
    except secrets.NoKeyring:
        return AWAY
    if secret is None:
        return Answer(State.LOST)
    with contextlib.suppress(ValueError):
        if len(key := bytes.fromhex(secret)) == _BYTES:
            return Answer(State.KEPT, key)
    return Answer(State.LOST)


def look_or_make(folder: Path) -> Answer:
    """As ``look``; where there is no key, or it was lost, one is made and given to the keyring. Raises OSError.

    A key is used once the keyring has given it back: what it encrypts can be read at the next start. Former keys are
    asked for where a file waits for one.
    """
    found = _found_or_made(folder)
    if found.state is not State.KEPT or not any(folder.glob("*.locked-*")):
        return found
    former = (_held_under(name).key for name in _names_in(folder)[1:])
    return found._replace(former=tuple(key for key in former if key))


def _found_or_made(folder: Path) -> Answer:
    before = _name_in(folder)
    found = _held_under(before)
    if found.state in (State.KEPT, State.AWAY):
        return found
    name, key = f"files:{uuid4()}", os.urandom(_BYTES)
    try:
        secrets.keep(name, key.hex())
        if secrets.kept(name) != key.hex():
            return found
    except secrets.NoKeyring:
        return found
    if not _put_name(folder, before, name):
        secrets.forget(name)
        return look(folder)  # another process was quicker
    return Answer(State.KEPT, key)


def _name_in(folder: Path) -> str:
    return next(iter(_names_in(folder)), "")


def _names_in(folder: Path) -> list[str]:
    """Under which the keyring holds the key, and held those before it, newest first."""
    try:
        return (folder / _MARK).read_text().split()
    except FileNotFoundError:
        return []


def _put_name(folder: Path, before: str, name: str) -> bool:
    """Have the name stand in the folder, on the disk; False when meanwhile another one than ``before`` stands there."""
    mark, part = folder / _MARK, folder / f"{_MARK}.{uuid4().hex}"
    with part.open("w") as file:
        file.write("\n".join([name, *_names_in(folder), ""]))
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o600)
    try:
        if before:
            if _name_in(folder) != before:
                return False
            part.replace(mark)
        else:
            os.link(part, mark)
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


class Asking:
    """The keyring is being asked, by another process."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._answer: Answer | None = None
        command = [sys.executable, "-m", __spec__.name, str(folder.absolute())]
        self._process = subprocess.Popen(  # noqa: S603
            command,
            cwd=Path(__file__).parents[2],  # there it finds the package, also without an installation
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def wait(self, within_s: float = 0.0) -> Answer | None:
        """The answer; None as long as there is none."""
        if self._answer is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(within_s)
                said = self._process.stdout.read() if self._process.stdout is not None else b""
                self._answer = _heard(said) or (AWAY if _name_in(self._folder) else OPEN)
        return self._answer

    def may_be_encrypted(self) -> bool:
        """Whether without an answer there is something that cannot be read."""
        return bool(_name_in(self._folder))

    def close(self) -> None:
        """Do not wait any longer."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _heard(said: bytes) -> Answer | None:
    try:
        state, *keys = json.loads(said)
        key, *former = (bytes.fromhex(key) for key in keys)
        return Answer(State(state), key, tuple(former))
    except ValueError:
        return None


def main() -> int:
    """What the other process does: the answer on standard output, which only its parent reads."""
    try:
        answer = look_or_make(Path(sys.argv[1]))
    except OSError as error:  # the profile cannot be written: the program itself says so
        print(error, file=sys.stderr)
        return 1
    print(json.dumps([answer.state.value, answer.key.hex(), *(key.hex() for key in answer.former)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
