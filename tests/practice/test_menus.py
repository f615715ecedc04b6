"""A real desktop hands the practice switch's callers to its menus: paid, refused, given up, hung up; and a survey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.core import recording_review
from agent_desktop.core.ivr_handover import HandoverView
from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data.ivr_rows import HandoverState
from agent_desktop.data.words import Presence
from agent_desktop.settings import Recording
from tests.support import sip
from tests.support.practice import SwitchProcess
from tests.support.workstation import MARTA, Bench

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(Bench):
    """Dana's workstation and the switch that rings it."""

    def __init__(self, folder: Path):
        super().__init__(folder / "desk", port=sip.free_port(23_000, 23_500))
        self.start()
        assert self.core is not None
        self.menus = self.core.handovers
        where = ["--database", str(self.profile.database_file), "--target", f"sip:agent@{sip.HOST}:{self.port}"]
        self.switch = SwitchProcess(*where, "--agent", "dana", "--dir", str(folder / "practice"), "--quiet")
        self.switch.wait("ready")
        self.menus.practised = True  # as the demonstration says once its switch is ready

    def take_a_call(self, types_s: float = 0.03) -> None:
        self.switch.tell(do="call", queue="Billing", number=MARTA, types_s=types_s)
        self.until(lambda: self.session.book.ringing(), "it rings")
        self.session.calls.answer()
        self.until(lambda: self.states() == [CallState.TALKING], "talking")

    def states(self) -> list[CallState]:
        return [view.state for view in self.session.book.views()]

    def pay(self, amount: str) -> None:
        assert self.menus.pay(amount, "PLN") == ""

    def came_to(self, state: HandoverState) -> None:
        def so() -> bool:
            view = self.menus.view
            return view is not None and view.payment is not None and view.payment.state is state and not view.asking

        self.until(so, state.value)

    def wrapped_up(self) -> None:
        self.until(lambda: self.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        view = self.session.wrap_up_view()
        self.session.complete_wrap_up(WrapUpResult(view.interaction_id, view.dispositions[0].id, "", ""))

    def stop(self, *, keep_calls: bool = False) -> None:
        self.switch.stop()
        super().stop(keep_calls=keep_calls)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.stop()


def test_callers_pay_unrecorded_come_back_and_are_asked_after_the_call(desk: Desk, tmp_path: Path) -> None:
    assert desk.core is not None
    recordings, seen = desk.core.recordings, []
    (tmp_path / "store").mkdir()
    key = recording_review.make_key(tmp_path / "key.txt")
    recordings.apply(Recording(enabled=True, public_key=key, store=str(tmp_path / "store"), consent="announced"))
    desk.take_a_call()
    interaction = desk.session.focus()
    recordings.toggle()
    desk.until(lambda: recordings.view().state == "recording", "recording")

    def look(view: HandoverView | None) -> None:
        if view is not None and view.payment is not None and view.payment.state is HandoverState.MENU:
            seen.append((view.payment, recordings.view().state))

    desk.menus.changed.connect(look)
    assert desk.menus.set_survey(True) == ""
    desk.until(lambda: desk.menus.view.survey is not None and not desk.menus.view.asking, "a survey is planned")
    desk.pay("412.60")
    desk.came_to(HandoverState.PAID)
    assert {row.step for row, _ in seen} >= {"card"}
    assert any(row.digits for row, _ in seen), "the digits are seen to be typed"
    assert {state for _, state in seen} == {"paused"}
    desk.until(lambda: recordings.view().state == "recording", "it records again")
    assert desk.states() == [CallState.TALKING], "in the same call"
    assert [text for text in desk.notices if text.startswith("Paid: 412.60 PLN, reference P-")]
    for amount, state in (("10.01", HandoverState.REFUSED), ("10.02", HandoverState.GIVEN_UP)):
        desk.pay(amount)
        desk.came_to(state)
    desk.session.calls.end()
    desk.wrapped_up()
    key_bytes = interaction.bytes
    desk.arrives(
        "SELECT 1 FROM ivr_handover WHERE interaction_id = ? AND menu = 'survey' AND state = 'answered'", key_bytes
    )
    told = dict(desk.rows("SELECT name, value FROM handoff_field WHERE interaction_id = ?", key_bytes))
    assert told["payment"] == "given_up 10.02 PLN"
    assert told["survey_1"] in "2345"
    assert told["survey_2"] in "2345"
    assert desk.rows("SELECT count(*) FROM pbx_request WHERE state <> 'done'") == [(0,)]

    desk.take_a_call(types_s=0.4)  # there is time to take them back
    desk.pay("20")
    desk.came_to(HandoverState.MENU)
    desk.menus.take_back()
    desk.came_to(HandoverState.TAKEN_BACK)
    assert desk.states() == [CallState.TALKING]
    assert desk.menus.set_survey(True) == ""
    desk.until(lambda: desk.menus.view.survey is not None and not desk.menus.view.asking, "a survey is planned")
    desk.pay("20.03")
    desk.until(lambda: desk.states() == [], "the call ends with it")
    desk.wrapped_up()
    query = "SELECT menu, state FROM ivr_handover WHERE ended_at IS NOT NULL AND interaction_id <> ? ORDER BY at"
    desk.until(lambda: len(desk.rows(query, key_bytes)) == 3, "all of it is over")
    assert desk.rows(query, key_bytes) == [("payment", "taken_back"), ("survey", "gone"), ("payment", "gone")]
