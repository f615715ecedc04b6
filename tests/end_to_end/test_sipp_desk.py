"""A caller that nobody here wrote against the whole workstation: what SIPp does ends as rows, work and wrap-ups."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, WrapUpResult
from agent_desktop.data.words import Presence
from agent_desktop.telephony.engine_process import running
from tests.support import sip
from tests.support.workstation import MARTA, Bench

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(Bench):
    """A workstation, SIPp, and every call that began to ring."""

    def __init__(self, folder: Path, runner: sip.SippRunner):
        super().__init__(folder / "desk", port=sip.free_port(24_000, 24_900))
        self.runner = runner
        self.rang: list[CallView] = []
        self.start()
        self.session.rang.connect(self.rang.append)
        self.until(lambda: self.core and self.core.store.ready, "the database answers")
        self.engine = self.engine_pid

    @property
    def engine_pid(self) -> int:
        address = running(self.profile.engine_dir)
        assert address is not None
        return address.pid

    def sipp(self, scenario: str, **more: object) -> sip.Sipp:
        return self.runner.call(scenario, self.port, **more)  # type: ignore[arg-type]

    def rings(self, calls: int = 1) -> CallView:
        self.until(lambda: len(self.rang) >= calls, f"{calls} rang")
        return self.rang[-1]

    def answer(self) -> None:
        self.session.calls.answer()
        self.until(lambda: CallState.TALKING in [view.state for view in self.session.book.views()], "talking")

    def wrapped_up(self) -> None:
        """Wrap-up comes and is completed."""
        self.until(lambda: self.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        self.session.complete_wrap_up(WrapUpResult(self.session.focus(), None, "", ""))

    def finished(self, interaction_id: UUID) -> tuple[object, ...]:
        """Its outcome, last SIP status and who ended it; one interaction and one leg, both ended, say the same."""
        query = (
            "SELECT i.outcome, l.outcome, sip_code, ended_by FROM interaction i JOIN leg l ON interaction_id = i.id "
            "WHERE i.id = ? AND i.ended_at IS NOT NULL AND l.ended_at IS NOT NULL"
        )
        self.arrives(query, interaction_id.bytes)
        [(outcome, leg_outcome, code, ended_by)] = self.rows(query, interaction_id.bytes)
        assert outcome == leg_outcome
        return outcome, code, ended_by


@pytest.fixture
def desk(tmp_path: Path, program: Callable[[str], str]) -> Iterator[Desk]:
    program("sipp")
    folder = tmp_path / "sipp"
    folder.mkdir()
    runner = sip.SippRunner(folder)
    made = Desk(tmp_path, runner)
    yield made
    runner.stop()
    try:
        assert made.engine_pid == made.engine, "the engine died on the way"
    finally:
        made.stop()


def test_a_caller_who_gives_up_is_missed_and_to_be_called_back(desk: Desk) -> None:
    caller = desk.sipp("call_and_cancel")
    call = desk.rings()
    assert desk.finished(call.interaction_id) == ("missed", 487, "remote")
    caller.check()
    work = desk.arrives(
        "SELECT kind, status, number FROM work_item WHERE interaction_id = ?", call.interaction_id.bytes
    )
    assert work == ("missed", "open", MARTA)
    assert desk.session.wrap_up_view() is None
    assert desk.session.presence_view().presence is Presence.READY


def test_answered_here_and_ended_there(desk: Desk) -> None:
    caller = desk.sipp("call_and_bye", pause_ms=100)
    call = desk.rings()
    desk.answer()
    assert desk.finished(call.interaction_id) == ("answered", 200, "remote")
    caller.check()
    desk.wrapped_up()
    query = "SELECT count(*) FROM wrap_up WHERE interaction_id = ?"
    desk.until(lambda: desk.rows(query, call.interaction_id.bytes) == [(1,)], "its wrap-up")


def test_answered_and_ended_here(desk: Desk) -> None:
    caller = desk.sipp("call_until_bye")
    call = desk.rings()
    desk.answer()
    desk.session.calls.end()
    assert desk.finished(call.interaction_id) == ("answered", 200, "local")
    caller.check()
    desk.wrapped_up()


def test_declined_is_busy_to_the_caller(desk: Desk) -> None:
    caller = desk.sipp("call_refused_486")
    call = desk.rings()
    desk.session.book.ringing().started_us -= 1_000_000  # seen long enough to be meant
    desk.session.calls.decline()
    assert desk.finished(call.interaction_id) == ("rejected", 486, "local")
    caller.check()
    assert desk.rows("SELECT 1 FROM work_item WHERE interaction_id = ?", call.interaction_id.bytes) == []


def test_an_invite_without_sdp_is_a_call_like_any_other(desk: Desk) -> None:
    caller = desk.sipp("call_without_sdp", pause_ms=100)
    call = desk.rings()
    desk.answer()
    assert desk.finished(call.interaction_id) == ("answered", 200, "remote")
    caller.check()
    desk.wrapped_up()


def test_two_calls_at_once_are_two_rows_and_two_wrap_ups(desk: Desk) -> None:
    callers = [desk.sipp("call_held_until_bye")]
    desk.rings()
    callers.append(desk.sipp("call_until_bye"))
    desk.rings(2)
    desk.answer()
    desk.session.calls.answer()
    desk.until(lambda: {v.state for v in desk.session.book.views()} == {CallState.TALKING, CallState.HELD}, "one held")
    for left in (1, 0):
        desk.session.calls.end()
        desk.until(lambda left=left: len(desk.session.book.views()) == left, f"{left} left")
        desk.session.calls.emphasise(next((view.call_id for view in desk.session.book.views()), ""))
        running = {view.interaction_id for view in desk.session.book.views()}
        waits = [desk.session.wrap_ups.draft(call.interaction_id) for call in desk.rang]
        begun = [draft.ends_us is not None for draft in waits if draft and draft.interaction_id not in running]
        assert begun.count(True) == (0 if left else 1), "no clock runs while another call is talked on, then one"
    for call in desk.rang:
        assert desk.finished(call.interaction_id) == ("answered", 200, "local")
        desk.wrapped_up()
    desk.until(lambda: desk.session.presence_view().presence is Presence.READY, "both done")
    for caller in callers:
        caller.check()
    ids = {call.interaction_id for call in desk.rang}
    assert len(ids) == 2
    marks = ", ".join("?" * len(ids))
    query = f"SELECT count(*) FROM wrap_up WHERE interaction_id IN ({marks})"
    desk.until(lambda: desk.rows(query, *(one.bytes for one in ids)) == [(2,)], "two wrap-ups")


def test_five_calls_at_once_are_five_rows_three_ringing_two_refused(desk: Desk) -> None:
    caller = sip.RawCaller(desk.port)
    names = [f"five-{number}" for number in range(5)]
    for name in names:
        caller.send(caller.invite(name))
    query = "SELECT interaction_id, outcome FROM leg WHERE sip_call_id LIKE 'five-%'"
    desk.until(lambda: len(desk.rows(query)) == 5, "five legs")
    assert len(desk.rang) == 3
    assert len({interaction for interaction, _ in desk.rows(query)}) == 5
    assert [view.state for view in desk.session.book.views()] == [CallState.RINGING] * 3
    for call in desk.session.book.running():
        call.started_us -= 1_000_000
        desk.session.calls.decline(call.call_id)
    desk.until(
        lambda: sorted(outcome for _, outcome in desk.rows(query)) == ["refused"] * 2 + ["rejected"] * 3, "all ended"
    )
    query = (
        "SELECT i.outcome, i.ended_at IS NOT NULL FROM interaction i JOIN leg ON interaction_id = i.id "
        "WHERE sip_call_id LIKE 'five-%'"
    )
    assert sorted(desk.rows(query)) == [("refused", 1)] * 2 + [("rejected", 1)] * 3
    assert desk.session.presence_view().presence is Presence.READY
    caller.close()


STATIONS = 20


def filled(size: int) -> bytes:
    """Numbered IVR stations, the last of them the end of ``size`` bytes of headers."""
    each = math.ceil(size / STATIONS) - len("X-IVR-00: Menu: \r\n")
    return b"".join(f"X-IVR-{n:02d}: Menu: {str(n) * (each // 2)}\r\n".encode() for n in range(1, STATIONS + 1))


def invite_of(caller: sip.RawCaller, name: str, size: int) -> bytes:
    """An INVITE of exactly so many bytes."""
    lacking = size - len(caller.invite(name, b"X-Queue: Billing\r\n" + filled(2000)))
    padding = b"X-Padding: " + b"x" * (lacking - len(b"X-Padding: \r\n")) + b"\r\n"
    made = caller.invite(name, b"X-Queue: Billing\r\n" + padding + filled(2000))
    assert len(made) == size
    return made


def test_a_long_invite_is_taken_whole(desk: Desk) -> None:
    caller = sip.RawCaller(desk.port)
    caller.send(invite_of(caller, "long", 3500))
    call = desk.rings()
    assert not call.cut
    desk.until(lambda: desk.session.pop_view() is not None, "the pop")
    steps = [step for step in desk.session.pop_view().handoff if step.label == "Menu"]
    assert len(steps) == STATIONS
    assert steps[-1].value.startswith(f"{STATIONS}{STATIONS}")
    [(handoff,)] = [desk.arrives("SELECT handoff FROM interaction WHERE id = ? AND handoff IS NOT NULL",
                                 call.interaction_id.bytes)]  # fmt: skip
    assert steps[-1].value in handoff
    assert desk.arrives("SELECT cut FROM leg WHERE sip_call_id = 'long'") == (0,)
    caller.close()


def test_a_longer_one_is_cut_and_says_so_on_screen_and_in_its_record(desk: Desk) -> None:
    caller = sip.RawCaller(desk.port)
    caller.send(invite_of(caller, "longer", 6000))
    call = desk.rings()
    assert call.cut
    assert desk.arrives("SELECT cut FROM leg WHERE sip_call_id = 'longer'") == (1,)
    caller.send(caller.invite("after"))
    assert not desk.rings(2).cut
    caller.close()


def test_who_called_and_by_which_ways_is_read_from_all_the_headers(desk: Desk) -> None:
    way = [f"Diversion: <sip:30{n}@pbx>;reason=user-busy" for n in range(6)]
    said = [
        *way,
        "Diversion: <sip:+48225550000@pbx>;reason=no-answer;counter=2",
        'P-Asserted-Identity: "Acme" <sip:ann@acme.example>',
        "P-Asserted-Identity: <tel:+48612345678;verstat=TN-Validation-Passed>",
        "Remote-Party-ID: <sip:222@pbx>;party=calling",
        "Attestation-Info: A",
    ]
    caller = desk.sipp("call_until_bye", headers="\n".join(said))
    call = desk.rings()
    assert (call.name, call.number) == ("Acme", "+48 61 234 56 78")
    steps = {step.label: (step.value, step.detail) for step in desk.session.book.calls[call.call_id].handoff}
    assert steps["Caller ID"] == ("verified by the carrier", "attestation A")
    assert steps["Dialled"] == ("+48225550000", "")
    assert steps["Diverted from"] == ("300", "user busy, 8 times")
    desk.answer()
    desk.session.calls.end()
    caller.check()


def test_who_wants_to_stay_unknown_does_whatever_else_is_said(desk: Desk) -> None:
    caller = desk.sipp("call_until_bye", headers="P-Asserted-Identity: <tel:+48612345678>\nPrivacy: id")
    call = desk.rings()
    assert (call.name, call.number) == ("Withheld number", "")
    desk.answer()
    desk.session.calls.end()
    caller.check()
    desk.finished(call.interaction_id)
    assert desk.rows("SELECT number, e164 FROM interaction WHERE id = ?", call.interaction_id.bytes) == [("", None)]
