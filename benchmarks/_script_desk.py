"""A desk with scripts and without a phone: calls are said to it as the session would say them."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from agent_desktop import clock
from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PopView
from agent_desktop.core.workstation import build_core
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Pop
from agent_desktop.data.script_edit import hand_in, review, save, save_rule
from agent_desktop.data.script_rows import RuleRow, VersionRow, VersionState
from agent_desktop.data.words import Direction
from agent_desktop.garbage import Garbage
from agent_desktop.paths import Profile
from agent_desktop.settings import Settings


def long_script(steps: int) -> dict[str, Any]:
    """So many steps, each with words of its own, a question, a formula and two conditions."""
    made: list[dict[str, Any]] = []
    for at in range(steps):
        made.append({
            "id": f"s{at}",
            "title": f"Step {at}",
            "say": f"Step {at}: {{{{ customer.name|default('you', true) }}}}, on {{{{ today + {at} }}}}, what is it?",
            "ask": {"type": "choice", "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]},
            "compute": {f"sum{at}": f"{at} + 1"},
            "next": [
                {"to": f"s{min(at + 1, steps - 1)}", "when": f"s{at} == 'a' and sum{at} > 0"},
                {"to": f"s{min(at + 2, steps - 1)}"},
            ],
        })  # fmt: skip
    made[-1]["next"] = []
    return {"id": "long", "title": "Long", "steps": made}


HOSTILE: dict[str, Any] = {
    "id": "long",
    "title": "Hostile",
    "steps": [
        {
            "id": "s0",
            "say": "{{ 10**30000000 }}" + "{{ customer.name }}" * 3_000,
            "hint": "{{ " + "1 + " * 15_000 + "1 }}",
            "ask": {"type": "text", "pattern": "(a+)+b"},
        }
    ],
}


class ScriptDesk:
    """``time_to`` is how long it takes, in ms, from an order until the panel would be painted anew."""

    def __init__(self, steps: int):
        self.application = QCoreApplication.instance() or QCoreApplication([])
        self._garbage = Garbage()  # as in the program
        self._folder = tempfile.TemporaryDirectory()
        profile = Profile(Path(self._folder.name))
        profile.make()
        self._database = Database.open(profile.database_file, create=True)
        self._steps, self._number, self._key = steps, 0, new_id()
        self._hostile = False
        self.publish()
        self.core = build_core(profile, Settings())
        self.desk = self.core.scripts
        self.core.store.start()
        self.desk.start()
        self.desk.evaluation.start()
        self.until(lambda: self.desk.evaluation.ready and bool(self.desk.library.books))

    def publish(self) -> None:
        """Another version of the script: the child has not seen it."""
        with self._database.write() as session:
            body = (HOSTILE if self._hostile else long_script(self._steps)) | {"about": str(self._number)}
            state, edition = (VersionState.PUBLISHED, 3) if self._number else (VersionState.DRAFT, 0)
            newest = VersionRow(self._key, "long", self._number, edition, state, None, "", body, {})
            draft = save(session, newest, "Long", None)
            hand_in(session, draft, None)
            waiting = VersionRow(
                self._key, "long", draft.number, draft.edition + 1, VersionState.REVIEW, None, "", body, {}
            )
            review(session, waiting, None, "", publish=True)
            if not self._number:
                save_rule(session, RuleRow(new_id(), self._key))
            self._number = draft.number

    def load_newest(self) -> None:
        """Wait until the desk has what was published last."""
        wanted = self._number
        self.desk.library.load()
        self.until(lambda: next(iter(self.desk.library.books.values())).program.version == wanted)

    def call(self) -> PopView:
        """Another call, of somebody nobody knows."""
        key = uuid4()
        view = CallView("c", key, Direction.INBOUND, CallState.TALKING, "+48601442190", "", clock.now(), True)
        return PopView("unknown", Pop("+48601442190"), view, key)

    def time_to(self, order: Callable[[], None], painted: Callable[[ScriptView], bool]) -> float:
        loop = QEventLoop()

        def look(view: ScriptView) -> None:
            if painted(view):
                loop.quit()

        self.desk.changed.connect(look)
        begun = time.perf_counter()
        order()
        if not painted(self.desk.view()):
            loop.exec()
        self.desk.changed.disconnect(look)
        return (time.perf_counter() - begun) * 1e3

    def longest_stall(self) -> float:
        """The longest time, in ms, that the loop was held by this process while texts that never end were shown and
        answered: of its own processor time, so that nothing else here counts.
        """
        self._hostile = True
        self.publish()
        self.load_newest()
        longest, loop, ticks = 0.0, QEventLoop(), QTimer()
        ticks.setInterval(0)
        last = time.thread_time()

        def tick() -> None:
            nonlocal longest, last
            now = time.thread_time()
            longest, last = max(longest, (now - last) * 1e3), now

        ticks.timeout.connect(tick)
        ticks.start()
        for _ in range(20):
            pop = self.call()
            QTimer.singleShot(3_000, loop.quit)
            self.desk.changed.connect(lambda view: loop.quit() if view.step.say_error else None)
            self.desk.show(pop)
            loop.exec()
            self.desk.answer("s0", "a" * 60)
        return longest

    def opened(self, view: ScriptView) -> bool:
        return view.state is ScriptState.STEP and view.version == self._number and bool(view.step.say)

    def until(self, condition: Callable[[], object], within_s: float = 30.0) -> None:
        end = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the desk did not get ready")
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)

    def close(self) -> None:
        self.core.stop()
        self._database.close()
        self._folder.cleanup()
