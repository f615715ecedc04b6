"""A desktop in a process of its own, so that a test can kill it: orders come as JSON lines, reports go out as such.

``python -m tests.support.desktop_process PROFILE PORT [--window] [DATABASE]`` runs it; ``DesktopProcess`` drives it.
"""

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).parents[2]
WAIT_S = 60.0
NOBODY = 65534


class DesktopProcess:
    """The test's end. ``said`` holds the last report of each kind."""

    def __init__(self, profile: Path, port: int, *options: str):
        arguments = [sys.executable, "-m", "tests.support.desktop_process", str(profile), str(port), *options]
        self.errors = (profile / "desktop.stderr").open("wb")
        self.process = subprocess.Popen(
            arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
        )
        self.said: dict[str, Any] = {}
        self.notices: list[str] = []
        self._profile = profile
        self._inbox = b""

    def ready(self) -> "DesktopProcess":
        """Wait until its phone can be used and its database answers."""
        self.until(lambda: self.said.get("phone") and "opened" in self.said, "the desktop is ready")
        return self

    def tell(self, do: str, **values: object) -> None:
        """Give an order."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **values}).encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, do: str, **values: object) -> None:
        """Give an order and wait until it has been carried out."""
        self.said.pop("done", None)
        self.tell(do, **values)
        self.until(lambda: self.said.get("done") == do, f"{do} is done")

    def until(self, condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < deadline, f"never happened: {what}; said {self.said}\n{self.trouble}"
            self._hear(deadline)

    def until_calls(self, *states: str) -> None:
        """Wait until its calls are in these states."""
        self.until(lambda: [call["state"] for call in self.said.get("calls", [])] == list(states), f"calls {states}")

    @property
    def call(self) -> dict[str, Any]:
        found: dict[str, Any] = self.said["calls"][0]
        return found

    @property
    def trouble(self) -> str:
        return (self._profile / "desktop.stderr").read_text("utf-8", "replace")[-3000:]

    def kill(self) -> None:
        """kill -9; what it said before is still read."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(WAIT_S)
        assert self.process.stdout is not None
        while self._hear(time.monotonic() + 1):
            pass
        self.close()

    def end(self) -> None:
        """Close it as its user would: the engine ends too."""
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.wait(WAIT_S)
        self.close()

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(WAIT_S)
        for file in (self.process.stdin, self.process.stdout):
            assert file is not None
            file.close()
        self.errors.close()

    def _hear(self, deadline: float) -> bool:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, min(0.5, deadline - time.monotonic())))
        if not ready:
            return True
        data = os.read(self.process.stdout.fileno(), 65_536)
        if not data:
            assert self.process.returncode is not None, f"the desktop ended by itself\n{self.trouble}"
            return False
        *lines, self._inbox = (self._inbox + data).split(b"\n")
        for line in lines:
            for kind, value in json.loads(line).items():
                self.said[kind] = value
                if kind == "notice":
                    self.notices.append(value)
        return True


# ---------------------------------------------------------------- inside the process


def say(**values: object) -> None:
    """One report."""
    print(json.dumps(values), flush=True)


class Desktop:
    """The real workstation, doing as it is told."""

    def __init__(self, profile: Path, port: int, window: bool, database: str | None):
        from PySide6.QtCore import QSocketNotifier

        from agent_desktop import app
        from agent_desktop.core.workstation import build_core
        from agent_desktop.paths import Profile
        from tests.support.workstation import settings

        self.application = app.make_application()
        self.core = build_core(Profile(profile), settings(port), database)
        self.session = self.core.session
        self.window: Any = None
        if window:
            from agent_desktop.ui import theme
            from agent_desktop.ui.main_window import MainWindow

            theme.apply(self.application, "light", 100)
            self.window = MainWindow(self.core)
            self.window.show()
        self._inbox = b""
        self._orders = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._orders.activated.connect(self._read)
        self._report()

    def run(self) -> int:
        self.core.start()
        code = self.application.exec()
        self.core.stop()
        return code

    def _report(self) -> None:
        session, store = self.session, self.core.store
        session.calls_changed.connect(
            lambda calls: say(
                calls=[
                    {
                        "state": call.state.name.lower(),
                        "interaction": str(call.interaction_id),
                        "leg": str(session.book.calls[call.call_id].leg_id),
                        "muted": call.muted,
                        "customer": str(call.customer_id or ""),
                    }
                    for call in calls
                ]
            )
        )
        session.phone_changed.connect(lambda view: say(phone=view.usable))
        session.presence_changed.connect(lambda view: say(presence=view.presence.value, pbx=view.pbx))
        session.notice.connect(lambda notice: say(notice=notice.text))
        session.pop_changed.connect(lambda view: say(pop=view.state if view is not None else ""))
        session.wrap_up_changed.connect(
            lambda view: say(wrap_up={"note": view.note, "in_wrap_up": view.in_wrap_up} if view is not None else None)
        )
        self.core.recordings.changed.connect(self._recorded)
        self.core.scripts.changed.connect(
            lambda view: say(script={"place": view.step.place, "resumed_from": view.resumed_from})
        )
        store.opened.connect(lambda: say(opened=True))
        store.state_changed.connect(
            lambda view: say(database={"trouble": view.trouble, "advice": view.advice, "waiting": view.waiting})
        )

    def _read(self) -> None:
        data = os.read(0, 65_536)
        if not data:
            self.application.quit()
            return
        *lines, self._inbox = (self._inbox + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            getattr(self, f"do_{order.pop('do')}")(**order)
            say(done=json.loads(line)["do"])

    def _recorded(self, view: Any) -> None:
        started = view.started_at.isoformat() if view is not None and view.started_at else ""
        say(recorded={"state": view.state, "started_at": started} if view is not None else None)

    def do_recording(self, public_key: str, store: str) -> None:
        """From now on calls may be recorded."""
        from agent_desktop.settings import Recording

        self.core.recordings.apply(
            Recording(enabled=True, public_key=public_key, store=store, consent="announced", resume_after_s=600)
        )

    def do_record(self) -> None:
        self.core.recordings.toggle()

    def do_pause_recording(self) -> None:
        self.core.recordings.toggle_pause()

    def do_answer(self) -> None:
        self.session.calls.answer()

    def do_ready(self) -> None:
        self.session.set_ready()

    def do_pause(self, reason: str) -> None:
        self.session.set_paused(reason)

    def do_put_pbx_right(self) -> None:
        self.session.own.put_pbx_right()

    def do_lease(self, lasts_s: float) -> None:
        """How long the desk is believed to be there after it was heard of."""
        self.session.own.lease.lasts_s = lasts_s

    def do_dial(self, target: str) -> None:
        self.session.outgoing.dial(target)

    def do_script(self, answer: str) -> None:
        """Answer the script's question and go on."""
        self.core.scripts.answer_and_go(self.core.scripts.view().step.place, answer)

    def do_end(self) -> None:
        self.session.calls.end()

    def do_mute(self) -> None:
        self.session.calls.toggle_mute()

    def do_hold(self) -> None:
        self.session.calls.toggle_hold()

    def do_note(self, text: str) -> None:
        self.session.note_typed(text)

    def do_complete(self, note: str, disposition: str = "") -> None:
        from agent_desktop.core.views import WrapUpResult

        interaction = self.session.focus()
        assert interaction is not None
        self.session.complete_wrap_up(
            WrapUpResult(interaction, UUID(disposition) if disposition else None, "as agreed", note)
        )

    def do_type(self, text: str, every_ms: int) -> None:
        """Keys into the real note box, one after the other; each is reported with the time it was pressed."""
        from PySide6.QtCore import QTimer
        from PySide6.QtTest import QTest

        editor = self.window.workspace.wrap_up.note
        letters = iter(enumerate(text, 1))
        timer = QTimer(self.window, interval=every_ms)

        def press() -> None:
            count, letter = next(letters, (0, ""))
            if not letter:
                timer.stop()
                return
            QTest.keyClicks(editor, letter)
            say(typed=[count, time.monotonic()])

        timer.timeout.connect(press)
        timer.start()

    def do_become_nobody(self) -> None:
        """Root may write everywhere: from now on be somebody who may not."""
        from agent_desktop import numbers

        numbers.warm_up("PL")  # nobody may not even read where Python's library is
        if os.geteuid() == 0:
            for path in (self.core.profile.root, *self.core.profile.root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)

    def do_limit_files(self, bytes_: int) -> None:
        """No file may grow beyond this: what a full disk is to a program that writes. 0: no limit any more."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_ or most, most))


def main() -> int:
    profile, port, *options = sys.argv[1:]
    from agent_desktop import log
    from agent_desktop.paths import Profile

    log.start(Profile(Path(profile)).log_file)
    database = next((each for each in options if not each.startswith("--")), None)
    return Desktop(Path(profile), int(port), "--window" in options, database).run()


if __name__ == "__main__":
    sys.exit(main())
