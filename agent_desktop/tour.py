"""The tour: drives the real window by its keys through the whole job and checks every step from outside the widgets.

What is looked at: SIP as the practice switch saw it, rows in the database and the journal read by plain sqlite3, and
pixels of the window's picture.
"""

import contextlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from agent_desktop import app, clock, crash, demo, numbers
from agent_desktop import log as logs
from agent_desktop.core.workstation import build_core
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.practice.control import PracticeOptions
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow

MARTA = "+48601442190"
CALLEE = "+48601442193"  # the practice switch answers numbers that end in 3
NOTE = "Bill explained, meter re-read on Tuesday"
SUBJECT = "Photo of the meter, October"
AMOUNT = "412.60"
STEP_S = 8.0
Key = Qt.Key


class StepFailed(Exception):
    """A check did not come true in time; the text says which."""


@dataclass
class Step:
    name: str
    ok: bool
    ms: float
    detail: str


@dataclass
class Report:
    """``ok`` when every step is."""

    steps: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return bool(self.steps) and all(step.ok for step in self.steps)

    def as_json(self) -> str:
        steps = [{"name": s.name, "ok": s.ok, "ms": round(s.ms, 1), "detail": s.detail} for s in self.steps]
        return json.dumps({"ok": self.ok, "steps": steps}, indent=2)


class Rows:
    """The database and the journal, read as any other program could."""

    def __init__(self, profile: Profile):
        self._profile = profile

    def one(self, query: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        return self._ask(self._profile.database_file, query, values)

    def draft_holds(self, text: str) -> bool:
        """Whether the journal keeps this text among the drafts."""
        found = self._ask(
            self._profile.journal_file, "SELECT count(*) FROM draft WHERE instr(body, ?) > 0", (text.encode(),)
        )
        return bool(found)

    @staticmethod
    def _ask(file: Path, query: str, values: tuple[object, ...]) -> Any:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=1)) as connection:
            row = connection.execute(query, values).fetchone()
        return row[0] if row is not None else None


class Tour:
    """One walk through the job."""

    def __init__(self, window: MainWindow, practice: demo.Practice, profile: Profile, shots: Path | None):
        self.window, self.practice, self.shots = window, practice, shots
        self.rows = Rows(profile)
        self.report = Report()
        self._reports: list[dict[str, Any]] = []
        self._interaction: bytes = b""
        self._since_us = clock.now_us()
        practice.reported.connect(self._reports.append)

    # ------------------------------------------------------------------ walking

    def walk(self) -> Report:
        """All steps, in order; a failed one ends the walk, for the next would mean nothing."""
        for name, step in self._steps():
            began = time.perf_counter()
            try:
                detail, ok = step(), True
            except StepFailed as failed:
                detail, ok = str(failed), False
            done = Step(name, ok, (time.perf_counter() - began) * 1000, detail)
            self.report.steps.append(done)
            print(f"{'ok  ' if ok else 'FAIL'} {name:<28} {done.ms:7.0f} ms  {detail}", flush=True)
            self._shoot(name)
            if not ok:
                break
        return self.report

    def _steps(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "home", self._home
        yield "ready", self._ready
        yield "ring", self._ring
        yield "pop", self._pop
        yield "answer", self._answer
        yield "note", self._note
        yield "hold", self._hold
        yield "resume", self._resume
        yield "payment", self._payment
        yield "hang up", self._hang_up
        yield "ticket", self._ticket
        yield "wrap-up", self._wrap_up
        yield "abandoned call", self._abandoned
        yield "outbound call", self._outbound
        yield "live board", self._board

    # -------------------------------------------------------------------- steps

    def _home(self) -> str:
        painted = self._picture()
        colours = {painted.pixel(x, y) for x in range(0, painted.width(), 7) for y in range(0, painted.height(), 7)}
        _require(len(colours) > 12, "the window is blank")
        self._until(lambda: self.practice.is_ready, "the practice switch is ready", within_s=15)
        waiting = self.rows.one("SELECT count(*) FROM customer")
        return f"{waiting} customers in the database"

    def _ready(self) -> str:
        if self.rows.one(_PRESENCE) != "ready":
            self._press(Key.Key_F12)
        self._until(lambda: self.rows.one(_PRESENCE) == "ready", "presence in the database is ready")
        return "presence row: ready"

    def _ring(self) -> str:
        self._before = self._picture()
        self.practice.switch.call("Billing", MARTA, wait_s=48, patience_s=60, talk_s=600, types_s=0.02)
        heard = self._reported("ringing", side="caller")
        tint = theme.color("ringing_bg")
        self._until(lambda: self._share(tint, self._bar_spot()) > 0.2, "the call bar is painted as ringing")
        return f"180 after {heard.get('ms', '?')} ms"

    def _pop(self) -> str:
        self._until(lambda: self._linked() is not None, "the interaction is linked to its customer")
        self._interaction = self._column("id")
        name = self.rows.one("SELECT name FROM customer WHERE id = ?", self._linked())
        _require(name == "Marta Kowalczyk", f"linked to {name!r}")
        self._until(lambda: _differs(self._before, self._picture()) > 0.15, "the caller's page is painted")
        history = self.rows.one("SELECT count(*) FROM interaction WHERE customer_id = ?", self._linked())
        return f"{name}, {history} interactions in the history"

    def _answer(self) -> str:
        self._press(Key.Key_F2)
        heard = self._reported("answered", side="caller")
        self._until(lambda: self._column("answered_at") is not None, "answered in the database")
        self._reported("rtp")
        return f"200 after {heard.get('ms', '?')} ms, RTP flows"

    def _note(self) -> str:
        self._press(Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        self._tab_to(QPlainTextEdit)
        self._type(NOTE)
        self._until(lambda: self.rows.draft_holds(NOTE), "the note is in the journal")
        return "typed text is durable in the journal"

    def _hold(self) -> str:
        self._press(Key.Key_F4)
        self._reported("held", side="caller")
        self._until(lambda: self.rows.one(_ON_HOLD) == 1, "on hold in the database")
        return "re-INVITE seen by the caller"

    def _resume(self) -> str:
        self._press(Key.Key_F4)
        self._reported("resumed", side="caller")
        return "re-INVITE seen by the caller"

    def _payment(self) -> str:
        self._press(Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        self._type(AMOUNT)
        self._press(Key.Key_Return)
        self._reported("menu", step="card")
        told = self._reported("menu", state="paid")
        query = "SELECT state FROM ivr_handover WHERE interaction_id = ? AND amount = ?"
        self._until(lambda: self.rows.one(query, self._interaction, AMOUNT) == "paid", "paid in the database")
        _require(self._column("ended_at") is None, "the caller is back, in the same call")
        return f"{AMOUNT} paid in the menu, reference {told['reference']}"

    def _hang_up(self) -> str:
        self._press(Key.Key_F9)
        self._reported("bye_received", side="caller")
        self._until(lambda: self._column("ended_at") is not None, "ended in the database")
        self._until(lambda: self.rows.one(_PRESENCE) == "wrap_up", "presence in the database is wrap-up")
        return f"outcome {self._column('outcome')}"

    def _ticket(self) -> str:
        self._press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._type(SUBJECT)
        self._press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        query = "SELECT number FROM ticket WHERE subject = ?"
        self._until(lambda: self.rows.one(query, SUBJECT) is not None, "the ticket is in the database")
        owner = self.rows.one("SELECT customer_id FROM ticket WHERE subject = ?", SUBJECT)
        caller = self.rows.one("SELECT customer_id FROM interaction WHERE id = ?", self._interaction)
        _require(owner is not None and owner == caller, f"the ticket is of {owner!r}, the caller is {caller!r}")
        return f"{self.rows.one(query, SUBJECT)} for the caller"

    def _wrap_up(self) -> str:
        self._press(Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        self._press(Key.Key_1)
        self._press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        query = "SELECT count(*) FROM wrap_up WHERE interaction_id = ? AND disposition_id IS NOT NULL"
        self._until(lambda: self.rows.one(query, self._interaction) == 1, "the disposition is in the database")
        noted = self.rows.one(
            "SELECT count(*) FROM note WHERE interaction_id = ? AND text = ?", self._interaction, NOTE
        )
        _require(noted == 1, "the note is in the database")
        self._until(lambda: self.rows.one(_PRESENCE) == "ready", "presence in the database is ready again")
        return "disposition and note stored, ready again"

    def _abandoned(self) -> str:
        self._since_us = clock.now_us()
        self.practice.switch.call("Outages", MARTA, wait_s=20, patience_s=1.2, talk_s=60)
        self._reported("ringing", side="caller")
        self._reported("cancelled", side="caller")
        self._until(lambda: self._column("outcome") == "missed", "missed in the database")
        work = "SELECT count(*) FROM work_item WHERE interaction_id = ? AND kind = 'missed'"
        self._until(lambda: self.rows.one(work, self._column("id")) == 1, "the missed call is on the work list")
        return "CANCEL seen, missed call on the work list"

    def _outbound(self) -> str:
        self._since_us = clock.now_us()
        self._press(Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        self._type(CALLEE)
        self._press(Key.Key_Return)
        self._reported("incoming", number=CALLEE)
        self._until(lambda: self._column("answered_at") is not None, "answered in the database")
        QTest.qWait(300)
        self._press(Key.Key_F9)
        self._until(lambda: self._column("ended_at") is not None, "ended in the database")
        direction, outcome = self._column("direction"), self._column("outcome")
        _require((direction, outcome) == ("outbound", "answered"), f"stored as {direction}, {outcome}")
        self._press(Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        self._press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._until(lambda: self.rows.one(_PRESENCE) == "ready", "presence in the database is ready again")
        return "INVITE seen, answered, one outbound row"

    def _board(self) -> str:
        before = self._picture()
        self._press(Key.Key_5, Qt.KeyboardModifier.AltModifier)
        self._until(lambda: _differs(before, self._picture()) > 0.15, "the board is painted")
        self._until(lambda: self._share(theme.color("c1"), self._whole()) > 0.004, "the charts are painted")
        events = "SELECT count(*) FROM queue_event"
        counted, shown = self.rows.one(events), self._picture()
        self.practice.switch.call("Moves", MARTA, wait_s=5, patience_s=1.5, talk_s=60)
        self._until(lambda: self.rows.one(events) > counted, "queue events arrive in the database")
        self._until(lambda: _differs(shown, self._picture()) > 0.0002, "the board moves")
        self._reported("cancelled", side="caller")
        return f"{self.rows.one(events)} queue events, board redrawn as they come"

    # ------------------------------------------------------------------- senses

    def _reported(self, kind: str, **details: object) -> dict[str, Any]:
        """Wait for a report of the practice switch that came after the last one taken."""

        def found() -> bool:
            return any(_fits(report, kind, details) for report in self._reports)

        self._until(found, f"the practice switch saw: {kind}", within_s=STEP_S)
        at = next(index for index, report in enumerate(self._reports) if _fits(report, kind, details))
        report = self._reports[at]
        del self._reports[: at + 1]
        return report

    def _until(self, true: Callable[[], bool], what: str, *, within_s: float = STEP_S) -> None:
        deadline = time.monotonic() + within_s
        while not true():
            if time.monotonic() > deadline:
                raise StepFailed(f"not within {within_s:.0f} s: {what}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.004)

    def _linked(self) -> bytes | None:
        value = self._column("customer_id")
        return bytes(value) if value is not None else None

    def _column(self, name: str) -> Any:
        """A column of the newest interaction of this tour; None before its row has arrived."""
        return self.rows.one(_LAST.format(name), self._since_us)

    def _picture(self) -> QImage:
        return self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def _bar_spot(self) -> tuple[int, int, int, int]:
        bar = self.window.shell.call_bar
        corner = bar.mapTo(self.window, bar.rect().topLeft())
        return corner.x(), corner.y(), bar.width(), bar.height()

    def _whole(self) -> tuple[int, int, int, int]:
        return 0, 0, self.window.width(), self.window.height()

    def _share(self, colour: QColor, spot: tuple[int, int, int, int]) -> float:
        """How much of a part of the window has this colour, 0..1."""
        image, wanted = self._picture(), colour.rgb()
        ratio = image.width() / self.window.width()
        left, top, width, height = (round(value * ratio) for value in spot)
        points = [(x, y) for x in range(left, left + width, 3) for y in range(top, top + height, 3)]
        return sum(image.pixel(x, y) == wanted for x, y in points) / max(1, len(points))

    # -------------------------------------------------------------------- hands

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._target(), key, modifier)

    def _tab_to(self, kind: type[QWidget]) -> None:
        """Tab on until a field of this kind has the focus."""
        for _ in range(16):
            if isinstance(QApplication.focusWidget(), kind):
                return
            self._press(Key.Key_Tab)
        raise StepFailed(f"Tab does not reach a {kind.__name__}")

    def _type(self, text: str) -> None:
        QTest.keyClicks(self._target(), text)

    def _target(self) -> Any:
        return QApplication.focusWidget() or self.window

    def _shoot(self, name: str) -> None:
        if self.shots is not None:
            self.shots.mkdir(parents=True, exist_ok=True)
            count = len(self.report.steps)
            self.window.grab().save(str(self.shots / f"{count:02d}-{name.replace(' ', '-')}.png"))


_PRESENCE = (
    "SELECT presence FROM presence WHERE agent_id = (SELECT id FROM agent WHERE login = 'dana') "
    "ORDER BY since DESC, rowid DESC LIMIT 1"
)
_ON_HOLD = _PRESENCE.replace("SELECT presence ", "SELECT on_hold ", 1)
# Only a desktop's own calls have stamps: those of practice's colleagues are told by the switch.
_LAST = (
    "SELECT {} FROM interaction WHERE started_at >= ? AND coalesce(stamps, 'null') NOT IN ('null', '{{}}') "
    "ORDER BY started_at DESC LIMIT 1"
)


def _fits(report: dict[str, Any], kind: str, details: dict[str, object]) -> bool:
    return report.get("report") == kind and all(report.get(name) == value for name, value in details.items())


def _differs(before: QImage, after: QImage) -> float:
    """How much of the picture changed, 0..1, looked at every third point."""
    if before.size() != after.size():
        return 1.0
    points = [(x, y) for x in range(0, after.width(), 3) for y in range(0, after.height(), 3)]
    return sum(before.pixel(x, y) != after.pixel(x, y) for x, y in points) / len(points)


def _require(true: bool, what: str) -> None:
    if not true:
        raise StepFailed(what)


def run(profile: Profile, wishes: demo.Wishes) -> int:
    """Walk through the job on a fresh demo company; 0 when every step was right."""
    began = time.perf_counter()
    profile.make()
    logs.start(profile.log_file)
    crash.start(profile.log_file)
    application = app.make_application()
    settings = demo.prepare(profile, weeks=2, ready=False)
    core = build_core(profile, settings)
    theme.apply(application, settings.look.mode, 100)
    window = MainWindow(core)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    core.start()
    QTimer.singleShot(0, window, lambda: numbers.warm_up(settings.numbers.region))
    practice = demo.Practice(core, PracticeOptions(quiet=True, speed=wishes.speed, hour=demo.company_hour()))
    practice.attach(window)
    tour = Tour(window, practice, profile, wishes.shots)
    try:
        report = tour.walk()
    finally:
        practice.stop()
        core.stop()
        window.close()
    if wishes.report is not None:
        wishes.report.parent.mkdir(parents=True, exist_ok=True)
        wishes.report.write_text(report.as_json(), encoding="utf-8")
    seconds = time.perf_counter() - began
    verdict = "every step was right" if report.ok else "a step failed"
    print(f"{len(report.steps)} steps in {seconds:.1f} s: {verdict}", file=sys.stderr if not report.ok else sys.stdout)
    return Exit.OK if report.ok else Exit.FAILED
