"""Supervising from the window: what is offered to whom, what is asked of the PBX and told, and messages both ways."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.core.monitoring import MonitorView
from agent_desktop.data import agents, collecting, desks, supervision
from agent_desktop.data.centre_rows import CollectorRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Agent
from agent_desktop.data.supervision_rows import Audience, Leading, Reach
from agent_desktop.data.words import Presence, RequestKind, RequestState
from agent_desktop.ui.main_window import MainWindow
from tests.support.workstation import Bench

OPEN = "SELECT hex(id) FROM pbx_request WHERE state = 'asked'"


class Centre(Bench):
    """Dana's window, and what a collector and colleagues write into the same database."""

    window: MainWindow
    database: Database
    people: dict[str, UUID]

    def open(self) -> None:
        self.database = Database.open(self.profile.database_file)
        with self.database.write() as session:
            session.execute(update(Agent).where(Agent.login == "dana").values(extension="1001"))
            self.people = {row.login: row.id for row in agents.agents(session)}
        assert self.core is not None
        self.window = MainWindow(self.core)
        self.window.resize(1280, 720)
        self.window.show()
        self.core.session.load_centre()
        self.until(lambda: self.session.agent is not None and self.session.agent.extension == "1001", "who she is")

    @property
    def wiring(self) -> Any:
        return self.window.supervise_wiring

    def collects(self) -> None:
        """A collector tells that it is connected to a PBX."""
        now = clock.now()
        row = CollectorRow("one", "one", True, now, now, 0, {}, 0, 0, 0, 0, "", "")
        with self.database.write() as session:
            collecting.tell_health(session, row)
        self.wiring.core.look()
        self.until(lambda: self.wiring.core.leading.collects, "the collector is seen")

    def other(self) -> Any:
        """The line of a colleague on the board."""
        board = self.window.core.live.board
        return board.agent_line(next(key for key in board.agents if key != self.people["dana"]))

    def answer(self, state: RequestState, words: str) -> dict[str, Any]:
        """The collector's: what was asked, finished so."""
        self.arrives(OPEN)
        with self.database.write() as session:
            (taken,) = collecting.take_requests(session)
            collecting.finish_request(session, taken.id, state, words)
        return {"kind": taken.kind, "agent": taken.agent_id, "reason": taken.reason, "queue": taken.queue_id,
                "detail": taken.detail}  # fmt: skip


@pytest.fixture(scope="module")
def _centre(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Centre]:
    made = Centre(tmp_path_factory.mktemp("supervise") / "desk").start()
    assert isinstance(made, Centre)
    made.open()
    with closing(made.database):
        yield made
    made.window.close()
    made.stop()
    made.window.deleteLater()


@pytest.fixture
def centre(_centre: Centre) -> Centre:
    """As it was found: she leads everybody, and nothing lies over the window."""
    overlay = _centre.window.shell.overlay()
    while overlay.top_card() is not None:
        overlay.dismiss()
    _centre.wiring.core.leading = Leading(Reach.SITE)
    _centre.wiring._leading_changed(_centre.wiring.core.leading)
    return _centre


def test_what_is_asked_is_done_or_refused_in_words(centre: Centre, qtbot: QtBot) -> None:
    window, line = centre.window, centre.other()
    page = window.shell.show_page("board")
    wiring = centre.wiring
    wiring.open(line)
    assert not any(button.isEnabled() for button in wiring.card.modes), "no collector"
    assert "collector" in wiring.card._no_pbx.text()
    wiring._close()
    centre.collects()
    page.agents.table.choose(line.agent_id)
    qtbot.keyClick(page.agents.table, Qt.Key.Key_Return)
    card = wiring.card
    assert card.agent_id == line.agent_id
    board = window.core.live.board
    inside = {key for key in board.queues if line.agent_id in board.members(key)}
    assert inside
    labels = {board.tile(key).queue.label: key in inside for key in board.queues}
    shown = [card.queues.itemText(at) for at in range(card.queues.count())]
    assert {text.removesuffix(" · signed in"): text.endswith(" · signed in") for text in shown} == labels
    before = card._state.text()
    centre.until(lambda: card._state.text() != before, "the time goes on")
    card.reasons.setCurrentIndex(card.reasons.findText("Lunch"))
    card.reasons.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert "nobody has begun" in card.outcome.text()
    asked = centre.answer(RequestState.DONE, "Interface paused successfully")
    assert asked | {"detail": None, "queue": None} == {
        "kind": RequestKind.PAUSE, "agent": line.agent_id, "reason": "Lunch", "queue": None, "detail": None,
    }  # fmt: skip
    centre.until(lambda: card.outcome.text() == "Pause: done. Interface paused successfully", "the PBX's words")
    card.why.setText("went home")
    card.sign_out.emit("went home")
    assert centre.answer(RequestState.REFUSED, "Interface not found")["kind"] is RequestKind.LOG_OUT
    centre.until(lambda: card.outcome.text() == "Sign out of all queues: refused. Interface not found", "its refusal")
    queue = card.queues.currentData()
    for button, kind in ((card._add, RequestKind.QUEUE_ADD), (card._remove, RequestKind.QUEUE_REMOVE)):
        button.click()
        found = centre.answer(RequestState.DONE, "")
        assert (found["kind"], found["queue"]) == (kind, queue)
        centre.until(lambda: "done" in card.outcome.text(), "done")
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert wiring.card is None
    wiring.take_longest(None)
    waits = window.core.live.board.tally().entered
    assert waits >= 0
    wiring.take(UUID(int=5))
    taken = centre.answer(RequestState.REFUSED, "This caller waits no more.")
    assert taken["detail"] == {"visit": str(UUID(int=5)), "to": "1001"}
    centre.until(lambda: any("waits no more" in text for text in window.shell.toasts.texts()), "a notice says why")


def test_who_leads_nobody_is_offered_nothing(centre: Centre, qtbot: QtBot) -> None:
    window, line = centre.window, centre.other()
    page = window.shell.show_page("board")
    assert window.action("message").isEnabled()
    centre.wiring.core.leading = Leading(Reach.TEAM, frozenset({line.agent_id}))
    centre.wiring._leading_changed(centre.wiring.core.leading)
    assert window.action("message").isEnabled()
    assert not window.action("take_call").isEnabled(), "calls are moved by who supervises the site"
    assert [whom for _, _, whom in centre.wiring._audiences()] == [line.agent_id]
    centre.wiring.core.leading = Leading()
    centre.wiring._leading_changed(centre.wiring.core.leading)
    for name in ("agent_actions", "listen", "whisper", "message", "take_call"):
        assert not window.action(name).isEnabled(), name
    assert not page.tiles.views()[0].takes
    page.agents.table.choose(line.agent_id)
    qtbot.keyClick(page.agents.table, Qt.Key.Key_Return)
    assert centre.wiring.card is None
    from agent_desktop.ui.visit_list import VisitList

    card = window.shell.overlay().top_card()
    assert isinstance(card, VisitList)
    assert card.take.isHidden()


def test_a_message_stays_until_it_is_read_and_who_sent_one_sees_who_has(centre: Centre, qtbot: QtBot) -> None:
    window, dana = centre.window, centre.people["dana"]
    other = next(key for login, key in centre.people.items() if login != "dana")
    with centre.database.write() as session:
        supervision.send(session, new_id(), other, Audience.AGENT, dana, "<b>Stay</b> & help")
        supervision.send(session, new_id(), other, Audience.ALL, None, "long " * 200)
    banners, shown = window.shell.banners, window.shell.banners.keys
    centre.until(lambda: "message" in shown(), "it is across the window")
    banner = banners._banners["message"]
    assert banner._text.text() == "<b>Stay</b> & help"
    banner._action.click()
    centre.until(lambda: banners._banners["message"]._text.text().startswith("long"), "the next one")
    banners._banners["message"]._action.click()
    card = window.shell.overlay().top_card()
    assert card is not None
    qtbot.keyClick(card, Qt.Key.Key_Return)
    centre.until(lambda: "message" not in shown(), "all are read")

    window.action("message").trigger()
    writing = centre.wiring.message_card
    writing.to.setCurrentIndex(writing.to.findText("Everybody"))
    writing.edit.setPlainText("The queue is long")
    qtbot.keyClick(writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    centre.until(lambda: writing.table.rows_model.rows, "it is sent")
    (row,) = writing.table.rows_model.rows
    assert (row.read, len(row.readers)) == (0, len(centre.people) - 1)
    with centre.database.write() as session:
        supervision.mark_read(session, other, [row.id])
    centre.until(lambda: writing.table.rows_model.rows[0].read == 1, "somebody has read it")


def test_an_order_is_obeyed_after_the_call_and_said(centre: Centre) -> None:
    other = next(key for login, key in centre.people.items() if login != "dana")
    centre.until(lambda: centre.wiring.core._known is not None, "it has looked once")
    dana = centre.people["dana"]
    with centre.database.write() as session:
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.PAUSE, other, dana, reason="Training"))
    centre.until(lambda: centre.session.presence_view().reason == "Training", "paused")
    assert any(text.endswith("has paused you: Training") for text in centre.notices)
    with centre.database.write() as session:
        desks.dismiss(session, dana, other, "Fire drill")
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.LOG_OUT, other, dana, reason="Fire drill"))
    centre.until(lambda: centre.session.presence_view().presence is Presence.OFFLINE, "signed out")
    assert any(text.endswith(": Fire drill") for text in centre.notices)


def test_the_bar_says_who_hears_what_and_the_keys_change_it(centre: Centre) -> None:
    bar, view = centre.wiring.bar, MonitorView(UUID(int=1), "Anna Nowak", "listen")
    bar.set(view)
    assert not bar.isHidden()
    assert not any(button.isEnabled() for button in bar.modes.values())
    for mode, hint in (("listen", "nothing is sent"), ("whisper", "the customer does not"), ("barge", "hear you")):
        bar.set(MonitorView(UUID(int=1), "Anna Nowak", mode, "listening", clock.monotonic()))
        assert hint in bar.accessibleName()
        assert [name for name, button in bar.modes.items() if button.isChecked()] == [mode]
    bar.set(None)
    assert bar.isHidden()
