"""The desktop's view of an engine process: find one that runs, start one, see it end."""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import msgspec

from agent_desktop import clock

LARGEST_LOG = 2_000_000
LAST_WORDS = 6_000  # characters
_DYING = re.compile(r"^.*(Assertion|Fatal Python error)", re.MULTILINE)


class EngineAddress(msgspec.Struct, frozen=True):
    """What ``engine.json`` says."""

    pid: int
    socket: str
    token: str
    protocol: int


def running(folder: Path) -> EngineAddress | None:
    """The engine that announced itself in ``folder``; whether it still answers shows when one connects."""
    try:
        said = json.loads((folder / "engine.json").read_text("utf-8"))
        return EngineAddress(int(said["pid"]), str(said["socket"]), str(said["token"]), int(said["protocol"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class EngineProcess:
    """An engine started by this desktop, in a session of its own so that it outlives the desktop's death."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = folder / "engine.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            os.replace(log, folder / "engine.log.1")
        arguments = [sys.executable, "-m", "agent_desktop.telephony.engine", "--dir", str(folder)]
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._log, self._log_from = log, os.fstat(output).st_size
        try:
            actions = [
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, output, 1),
                (os.POSIX_SPAWN_DUP2, output, 2),
            ]
            self.pid = os.posix_spawn(sys.executable, arguments, _environment(), file_actions=actions, setsid=True)
        finally:
            os.close(output)
        self._ended = ""

    def ended(self, within_s: float = 0.0) -> str:
        """How it ended, in words; empty while it runs. Waits so long for an end that is near."""
        until = clock.monotonic() + within_s
        while not self._has_ended() and clock.monotonic() < until:
            time.sleep(0.002)
        return self._ended

    def _has_ended(self) -> bool:
        if not self._ended:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self._ended = "it ended"
            else:
                if pid:
                    code = os.waitstatus_to_exitcode(status)
                    self._ended = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return bool(self._ended)

    def last_words(self) -> str:
        """What it wrote when a fault ended it: the stacks of its threads; empty when it said nothing of the kind."""
        try:
            with self._log.open("rb") as file:
                file.seek(max(self._log_from, os.fstat(file.fileno()).st_size - 4 * LAST_WORDS))
                said = file.read().decode("utf-8", "replace")
        except OSError:  # its folder has gone
            return ""
        dying = _DYING.search(said)
        return said[dying.start() :][:LAST_WORDS].strip() if dying else ""

    def kill(self) -> None:
        """End one that nobody ever spoke to."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            self.ended(within_s=1.0)

    def end(self, deadline: float) -> None:
        """Ask it to end, wait until ``deadline`` (monotonic seconds), then end it."""
        if not self.ended():
            os.kill(self.pid, signal.SIGTERM)
        while not self.ended():
            if clock.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.005)


def _environment() -> dict[str, str]:
    """The engine finds the package where this process found it, also without an installation."""
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "PYTHONUNBUFFERED": "1"}
