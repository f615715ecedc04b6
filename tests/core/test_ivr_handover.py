"""Handing over as the desk asks for it and hears of it, without a PBX: who is asked, what is kept, what is too late."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent_desktop import clock
from agent_desktop.core import recording_review
from agent_desktop.core.ivr_handover import IvrHandovers
from agent_desktop.core.states import CallState
from agent_desktop.data import collecting, ivr_handovers
from agent_desktop.data.centre_rows import CollectorRow
from agent_desktop.data.db import Database
from agent_desktop.data.ivr_rows import HandoverState, Progress
from agent_desktop.data.words import RequestKind, RequestState
from agent_desktop.settings import Recording
from tests.support.workstation import Bench

pytestmark = pytest.mark.usefixtures("qapp")
S = HandoverState


class Desk(Bench):
    """A desk in a call, and a connection of the collector that there is not."""

    def talk(self) -> None:
        self.ring(self.other(), X_Call_Linkedid="1795352279.0")
        self.session.calls.answer()
        self.until(lambda: self.session.book.views()[0].state is CallState.TALKING, "talking")

    @property
    def menus(self) -> IvrHandovers:
        assert self.core is not None
        return self.core.handovers

    def have_collector(self) -> None:
        """One that says it is at work."""
        assert self.core is not None
        with closing(Database.open(self.profile.database_file)) as database, database.write() as session:
            row = CollectorRow("one", "one", True, clock.now(), None, 0, {}, 0, 0, 0, 0, "", "")
            collecting.tell_health(session, row)
        self.core.supervision.look()
        self.until(lambda: self.menus.view is not None and not self.menus.view.why_not, "there is one now")

    def payment(self) -> HandoverState | None:
        view = self.menus.view
        return view.payment.state if view is not None and view.payment is not None else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    made.start()
    yield made
    made.stop()


def test_what_is_asked_done_refused_and_told_too_late(desk: Desk) -> None:
    desk.talk()
    desk.until(lambda: desk.menus.view is not None, "a call to hand over")
    assert "collector" in desk.menus.pay("10", "EUR")
    assert desk.rows("SELECT 1 FROM pbx_request") == []
    desk.have_collector()
    with closing(Database.open(desk.profile.database_file)) as database:
        for amount in ("", "0", "ten", "12.345", "-3", "1e9"):
            assert "412.60" in desk.menus.pay(amount, "EUR"), amount

        assert desk.menus.pay("12,5", "EUR") == ""
        assert desk.menus.pay("12,5", "EUR") != "", "once at a time"
        desk.until(lambda: desk.payment() is S.ASKED, "it is asked")
        with database.write() as session:
            (asked,) = collecting.take_requests(session)
            assert (asked.kind, asked.agent_id, asked.asked_by) == (RequestKind.HAND_OVER, *[desk.session.agent.id] * 2)
            assert (asked.detail["menu"], asked.detail["amount"]) == ("payment", "12.50")
            assert asked.detail["linked"] == "1795352279.0"
            collecting.finish_request(session, asked.id, RequestState.REFUSED, "You are in no call on the PBX.")
        desk.until(lambda: desk.payment() is S.FAILED, "it was not done")
        desk.until(lambda: "You are in no call on the PBX." in desk.notices, "in the PBX's words")

        desk.menus.pay("20", "EUR")
        desk.until(lambda: desk.payment() is S.ASKED, "asked again")
        with database.write() as session:
            (again,) = collecting.take_requests(session)
            collecting.finish_request(session, again.id, RequestState.DONE, "")
            now = clock.now()
            told = [
                Progress(again.id, now, S.MENU, "card", 3),
                Progress(again.id, now - timedelta(seconds=1), S.MENU, "card", 2),  # by the other collector, later
                Progress(asked.id, now, S.PAID),  # it was refused: nothing can be paid
            ]
            ivr_handovers.tell(session, told)
        desk.until(lambda: desk.payment() is S.MENU, "in the menu")
        view = desk.menus.view
        assert view is not None
        assert view.payment is not None
        assert (view.payment.digits, view.in_menu) == (3, True)
        with database.write() as session:
            over = [
                Progress(again.id, now + timedelta(seconds=2), S.REFUSED, reference="no money"),
                Progress(again.id, now + timedelta(seconds=3), S.PAID),  # what is over stays so
            ]
            ivr_handovers.tell(session, over)
        desk.until(lambda: desk.payment() is S.REFUSED, "refused")
        desk.until(lambda: any("no money" in text for text in desk.notices), "and said")
    assert desk.rows("SELECT state FROM ivr_handover ORDER BY at") == [("failed",), ("refused",)]


def test_a_customer_whose_recording_cannot_be_paused_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.core is not None
    desk.talk()
    desk.have_collector()
    recordings, store = desk.core.recordings, tmp_path / "store"
    store.mkdir()
    key = recording_review.make_key(tmp_path / "key.txt")
    recordings.apply(Recording(enabled=True, public_key=key, store=str(store), consent="announced"))
    recordings.toggle()
    desk.until(lambda: recordings.view().state == "recording", "it records")  # type: ignore[union-attr]
    with monkeypatch.context() as engine:
        engine.setattr(recordings.phone, "record", lambda _order: None)  # it does not hear
        assert desk.menus.pay("10", "EUR") == ""
        desk.until(lambda: any("could not be paused" in text for text in desk.notices), "it is said")
    assert desk.rows("SELECT 1 FROM pbx_request") == []
    assert desk.menus.pay("10", "EUR") == ""
    assert desk.arrives("SELECT kind FROM pbx_request") == ("hand_over",)
    assert recordings.view().state == "paused"  # type: ignore[union-attr]
