"""The main job as an agent feels it: ring, pop, answer, wrap-up, on 100,000 customers and 1,000,000 interactions.

The real window (offscreen) with the real engine process; a caller in a process of its own stamps the INVITE as it goes
out. Every call comes from another customer. Ours and floors take turns in the same run:

* ringing card: a second engine of the same kind whose calls paint nothing but a label;
* card and history: the same statements by bare sqlite3 and the same card painted from the finished dataclass;
* F2: every other call is answered by telling the engine, past the window;
* wrap-up: one committed row of the same size in a bare SQLite file on the same disk.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from agent_desktop import app, numbers
from agent_desktop.core.states import CallState
from agent_desktop.core.views import PopView
from agent_desktop.core.workstation import build_core
from agent_desktop.data import operations as op
from agent_desktop.data.db import Database
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone
from agent_desktop.ui import theme
from agent_desktop.ui.call_pages import RingingPage
from agent_desktop.ui.customer_card import CustomerCard
from agent_desktop.ui.history import History
from benchmarks import _company, figure
from benchmarks._caller import Caller
from benchmarks._painted import Painted, run_until
from benchmarks.data_pop import _Floor as PopStatements
from tests.support import sip

CALLS = int(os.environ.get("BENCH_CALLS", "400"))  # half of them are answered by key
WARM_UP = 10
BREATH_S = 0.05  # between one thing and the next: nobody's hands are faster
SETTLE_S = 0.15  # Home, shown again, fetches its lists
_PORTS = (25_500, 25_900)
_ROOT = Path(__file__).parents[1]
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Desk:
    """The workstation under measurement and its caller."""

    def __init__(
        self, application: QApplication, profile: Profile, port: int, caller: Caller, database: str | None = None
    ):
        """``database``: the address of a server's; else the profile's own file."""
        self.profile, self.port, self.caller = profile, port, caller
        self.core = build_core(profile, _company.settings(port), database)
        self.window = app.open_window(application, self.core)
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.view: PopView | None = None
        self.durable_at = 0.0
        self._hook()
        run_until(lambda: self.core.session.phone_view.usable, "the phone is usable")
        run_until(lambda: self.core.store.ready and self.core.session.agent is not None, "the database is open")
        self.window.shell.build_page("board")
        breathe(app.SETTLED_MS / 1000 + 1)

    def _hook(self) -> None:
        bar, space = self.window.shell.call_bar, self.window.workspace
        self.rung = Painted(*bar.findChildren(RingingPage))
        space.prepare()  # pages built beforehand
        self.popped = Painted(space.card, space.history.timeline.viewport())
        after(bar, "repaint", lambda *_: self.rung.stamp())
        after(space.card.parentWidget(), "repaint", lambda *_: self.popped.stamp())
        before(space, "set_pop", self._pop_shown)
        after(self.core.journal, "put_many", self._written)

    def _pop_shown(self, view: PopView | None) -> None:
        if view is not None and view.state == "found" and self.view is None:
            self.view = view
            self.popped.watch()

    def _written(self, operations: list[op.AnyOperation], **_: object) -> None:
        if any(isinstance(one, op.CompleteWrapUp) for one in operations):
            self.durable_at = time.monotonic()

    def call(self, call_id: str, number: str, queue: str, *, by_key: bool) -> dict[str, float]:
        """One call from the INVITE to the end of its wrap-up: milliseconds of each step."""
        self.view, self.durable_at, self.popped.at = None, 0.0, 0.0
        self.rung.watch()
        self.caller.ring(self.port, call_id, number, queue)
        run_until(lambda: self.rung.at and self.popped.at, "the call is painted with its customer")
        rung, popped = self.rung.at, self.popped.at
        breathe(BREATH_S)
        pressed = self._answer(by_key=by_key)
        run_until(lambda: self._state() is CallState.TALKING, "the call is answered")
        breathe(BREATH_S)
        sent, answered, status = self.caller.done(call_id)
        if status != 200:
            raise RuntimeError(f"the call was answered with {status}")
        run_until(self.core.session.wrap_ups.waiting, "the wrap-up begins")
        breathe(BREATH_S)
        completed = self._complete()
        run_until(lambda: self.durable_at, "the wrap-up is in the journal")
        done = self.durable_at
        run_until(lambda: self.window.workspace.is_home() and self._all_sent(), "Home again")
        return {
            "rung": (rung - sent) * 1e3,
            "popped": (popped - sent) * 1e3,
            "answered by key" if by_key else "answered": (answered - pressed) * 1e3,
            "wrapped up": (done - completed) * 1e3,
        }

    def _answer(self, *, by_key: bool) -> float:
        call = self.core.session.book.ringing()
        assert call is not None
        pressed = time.monotonic()
        if by_key:
            press(self.window, Key.Key_F2)
        else:
            self.core.phone.answer(call.call_id)
        return pressed

    def _complete(self) -> float:
        press(self.window, Key.Key_4, Control)
        press(self.window, Key.Key_1)
        breathe(BREATH_S)
        pressed = time.monotonic()
        press(self.window, Key.Key_Return, Control)
        return pressed

    def _state(self) -> CallState | None:
        call = self.core.session.book.current()
        return call.state if call is not None else None

    def _all_sent(self) -> bool:
        return self.core.journal.waiting_count() == 0

    def stop(self) -> None:
        self.core.stop()
        self.window.close()


class LabelFloor:
    """An engine whose calls paint a label and nothing else."""

    def __init__(self, folder: Path, caller: Caller):
        self.caller, self.port = caller, sip.free_port(*_PORTS)
        self.label = QLabel()
        self.label.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.label.resize(400, 76)
        self.label.show()
        self.phone = Phone(folder)
        self.phone.event.connect(self._hear)
        self.painted_at, self.ended = 0.0, True
        self._call_id = ""
        self.phone.start(messages.Configure(listen_host=sip.HOST, listen_port=self.port, audio="null", rtp_port=25_910))
        run_until(lambda: self.phone.state.engine == "ready", "the second engine is ready")

    def _hear(self, event: messages.Event) -> None:
        if isinstance(event, messages.IncomingCall):
            self.label.setText(event.sip_call_id)
            self.label.repaint()
            self.painted_at, self._call_id = time.monotonic(), event.call_id
        elif isinstance(event, messages.CallEnded):
            self.ended = True
        self.phone.acknowledge(event.seq)

    def call(self, call_id: str, number: str, queue: str) -> float:
        """Milliseconds from the INVITE to the painted label."""
        self.painted_at, self.ended = 0.0, False
        self.caller.ring(self.port, call_id, number, queue)
        run_until(lambda: self.painted_at, "the label is painted")
        self.phone.reject(self._call_id)
        run_until(lambda: self.ended, "the call is rejected")
        return (self.painted_at - self.caller.done(call_id)[0]) * 1e3


class CardFloor:
    """The card and the history alone in a window, filled from what the database gave before."""

    def __init__(self, database: Database, path: Path):
        self.statements = PopStatements(database, path)
        self.window, self.card, self.history = QWidget(), CustomerCard(), History()
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.card)
        layout.addWidget(self.history, 1)
        self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.window.resize(1000, 700)
        self.window.show()
        self.painted = Painted(self.card, self.history.timeline.viewport())

    def paint(self, number: str, view: PopView) -> float:
        """Milliseconds of statements and painting."""
        caller = numbers.parse(number, "PL")
        self.painted.watch()
        started = time.monotonic()
        self.statements.times([caller])
        self.card.set_pop(view)
        self.history.set_history(view.pop.history, view.pop.history_total, view.interaction_id)
        run_until(lambda: self.painted.at, "the bare card is painted")
        return (self.painted.at - started) * 1e3


class CommitFloor:
    """A bare file with the journal's settings."""

    def __init__(self, path: Path):
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)")

    def commit(self) -> float:
        """Milliseconds of one durable row."""
        started = time.monotonic()
        self.connection.execute("INSERT INTO row (body) VALUES (?)", (bytes(300),))
        return (time.monotonic() - started) * 1e3


def figures() -> list[dict[str, Any]]:
    """Medians and p99 in milliseconds."""
    application = QApplication.instance() or app.make_application()
    assert isinstance(application, QApplication)
    theme.apply(application, "light", 100)
    _, made = _company.database()
    caller = Caller()
    with tempfile.TemporaryDirectory(dir=_ROOT / "build") as folder:
        port = sip.free_port(*_PORTS)
        profile = _company.profile(Path(folder) / "profile", port)
        database = Database.open(profile.database_file)
        label = LabelFloor(Path(folder) / "engine", caller)
        card = CardFloor(database, profile.database_file)
        commits = CommitFloor(Path(folder) / "floor.db")
        desk = Desk(application, profile, port, caller)
        try:
            took = _measure(desk, label, card, commits)
        finally:
            desk.stop()
            label.phone.shutdown()
            caller.close()
            database.close()
    return made + _figures(took)


def _measure(desk: Desk, label: LabelFloor, card: CardFloor, commits: CommitFloor) -> dict[str, list[float]]:
    took: dict[str, list[float]] = defaultdict(list)
    callers = card.statements.known()
    queue = desk.core.session.centre.queues[0].name
    for turn in range(-WARM_UP, CALLS):
        number = callers[turn + WARM_UP]
        steps = desk.call(f"job{turn + WARM_UP}", number, queue, by_key=turn % 2 == 0)
        assert desk.view is not None
        breathe(SETTLE_S)
        steps["card floor"] = card.paint(number, desk.view)
        steps["label floor"] = label.call(f"label{turn + WARM_UP}", number, queue)
        steps["commit floor"] = commits.commit()
        if turn >= 0:
            for name, milliseconds in steps.items():
                took[name].append(milliseconds)
    return took


def _figures(took: dict[str, list[float]]) -> list[dict[str, Any]]:
    def of(name: str, ours: str, floor: str, p50: float | None, p99: float) -> list[dict[str, Any]]:
        mine, theirs = took[ours], took[floor]
        most = 2.0 if ours == "popped" else None
        made = []
        for share, limit in ((0.50, p50), (0.99, p99)):
            value, other = quantile(mine, share), quantile(theirs, share)
            words = f"{name}, p{round(share * 100)}"
            most_ratio = most if share == 0.50 else None
            made.append(
                figure(
                    words, value, "ms", limit=limit or p99, floor=round(other, 4), n=len(mine), most_ratio=most_ratio
                )
            )
        return made

    return [
        *of("INVITE to ringing card painted", "rung", "label floor", 30.0, 100.0),
        *of("INVITE to customer card and history painted", "popped", "card floor", 80.0, 150.0),
        *of("key F2 to 200 OK", "answered by key", "answered", None, 50.0),
        *of("wrap-up key to durable in the journal", "wrapped up", "commit floor", None, 20.0),
    ]


# ------------------------------------------------------------------- helpers


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def breathe(seconds: float) -> None:
    """Let the event loop run for a while."""
    until = time.monotonic() + seconds
    run_until(lambda: time.monotonic() >= until, "time passes")


def before(owner: Any, name: str, hook: Callable[..., object]) -> None:
    """Call ``hook`` before each call of a method of this one object."""
    method = getattr(owner, name)

    def hooked(*arguments: Any, **named: Any) -> Any:
        hook(*arguments, **named)
        return method(*arguments, **named)

    setattr(owner, name, hooked)


def after(owner: Any, name: str, hook: Callable[..., object]) -> None:
    """The same afterwards."""
    method = getattr(owner, name)

    def hooked(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        hook(*arguments, **named)
        return result

    setattr(owner, name, hooked)


if __name__ == "__main__":
    for one in figures():
        print(one, file=sys.stdout)
