"""kill -9 of the desktop or of its engine at any moment: the call goes on or is accounted for, and nothing doubles."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from agent_desktop.telephony.engine_process import running
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.workstation import MARTA, Bench, company

pytestmark = pytest.mark.usefixtures("qapp")
STRANGER = "+4915112345678"
LINKED = "k.1"


class Desk:
    """One profile: a desktop in a process of its own, after its death a new one in this process, and a caller."""

    def __init__(self, folder: Path):
        self.profile = Profile(folder / "desk")
        company(self.profile)
        self.port = sip.free_port(24_000, 24_900)
        self.caller = sip.EngineDriver(folder / "caller")
        self.process: DesktopProcess | None = None
        self.bench: Bench | None = None
        self.engine = 0

    def start(self, *options: str) -> DesktopProcess:
        self.process = DesktopProcess(self.profile.root, self.port, *options)
        self.caller.start()
        self.process.ready()
        self.engine = self.engine_pid
        return self.process

    @property
    def engine_pid(self) -> int:
        address = running(self.profile.engine_dir)
        assert address is not None
        return address.pid

    def ring(self, number: str = MARTA) -> DesktopProcess:
        assert self.process is not None
        headers = (("X-Call-Linkedid", LINKED),)
        target = f"sip:agent@{sip.HOST}:{self.port}"
        self.caller.send(m.Dial(call_id="c", target=target, headers=headers, from_user=number))
        self.process.until_calls("ringing")
        return self.process

    def talk(self, number: str = MARTA) -> DesktopProcess:
        process = self.ring(number)
        process.tell("answer")
        process.until_calls("talking")
        self.caller.wait(m.CallAnswered)
        return process

    def start_again(self) -> Bench:
        """A new desktop on the same profile."""
        self.bench = Bench(self.profile.root, seeded=False, port=self.port).start()
        return self.bench

    def stop(self) -> None:
        if self.process is not None:
            self.process.close()
        if self.bench is not None:
            self.bench.stop()
        self.caller.stop()
        address = running(self.profile.engine_dir)
        if address is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(address.pid, signal.SIGKILL)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.stop()


def views(bench: Bench) -> list[CallState]:
    return [view.state for view in bench.session.book.views()]


def hang_up_and_complete(bench: Bench, note: str) -> None:
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    complete(bench, note)


def complete(bench: Bench, note: str) -> None:
    focus = bench.session.focus()
    assert focus is not None
    bench.session.complete_wrap_up(WrapUpResult(focus, None, "as agreed", note))
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "ready again")


def accounted(bench: Bench, note: str) -> None:
    """One interaction, one leg, one note, one wrap-up: answered and ended, and nothing left over here."""
    assert bench.core is not None
    bench.until(lambda: bench.core and not bench.core.journal.waiting_count(), "everything is sent")
    query = "SELECT id, outcome, answered_at IS NOT NULL, ended_at IS NOT NULL FROM interaction WHERE linked_id = ?"
    [(interaction, *rest)] = bench.rows(query, LINKED)
    assert rest == ["answered", 1, 1]
    legs = bench.rows("SELECT outcome, ended_at IS NOT NULL FROM leg WHERE interaction_id = ?", interaction)
    assert legs == [("answered", 1)]
    assert bench.rows("SELECT text FROM note WHERE interaction_id = ?", interaction) == [(note,)]
    assert bench.rows("SELECT reason FROM wrap_up WHERE interaction_id = ?", interaction) == [("as agreed",)]
    assert bench.rows("SELECT 1 FROM work_item WHERE interaction_id = ?", interaction) == []
    assert bench.core.journal.drafts().keys() <= {"cache:centre"}


def test_killed_while_ringing_the_call_rings_on_and_is_answered_by_the_next_desktop(desk: Desk) -> None:
    desk.start()
    process = desk.ring()
    before = process.call
    process.kill()
    bench = desk.start_again()
    assert desk.engine_pid == desk.engine
    bench.until(lambda: views(bench) == [CallState.RINGING], "it rings on")
    bench.until(lambda: (bench.session.pop_view() or before) and bench.session.pop_view().state == "found", "the pop")
    bench.session.calls.answer()
    bench.until(lambda: views(bench) == [CallState.TALKING], "talking")
    call = bench.session.book.running()[0]
    assert (str(call.interaction_id), str(call.leg_id)) == (before["interaction"], before["leg"])
    hang_up_and_complete(bench, "answered later")
    accounted(bench, "answered later")


def test_killed_while_ringing_and_the_caller_gives_up_it_is_missed_once(desk: Desk) -> None:
    desk.start()
    desk.ring().kill()
    desk.caller.send(m.HangUp(call_id="c"))
    desk.caller.wait(m.CallEnded)
    bench = desk.start_again()
    bench.arrives("SELECT 1 FROM interaction WHERE linked_id = ? AND outcome = 'missed'", LINKED)
    assert bench.core is not None
    bench.until(lambda: bench.core and not bench.core.journal.waiting_count(), "everything is sent")
    query = "SELECT w.kind, w.status FROM work_item w JOIN interaction i ON i.id = w.interaction_id WHERE linked_id = ?"
    assert bench.rows(query, LINKED) == [("missed", "open")]
    query = "SELECT leg.outcome FROM leg JOIN interaction i ON i.id = leg.interaction_id WHERE i.linked_id = ?"
    assert bench.rows(query, LINKED) == [("missed",)]
    assert views(bench) == []
    assert bench.session.wrap_up_view() is None
    assert bench.session.presence_view().presence is Presence.READY


@pytest.mark.parametrize("how", ["mute", "hold"])
def test_killed_while_talking_the_call_goes_on_as_it_was(desk: Desk, how: str) -> None:
    desk.start()
    process = desk.talk()
    process.ask("note", text="every acknowledged word")
    process.tell(how)
    process.until(lambda: process.call["muted"] if how == "mute" else process.call["state"] == "held", how)
    before = process.call
    process.kill()
    bench = desk.start_again()
    bench.until(lambda: views(bench) == [CallState.HELD if how == "hold" else CallState.TALKING], "taken back")
    assert desk.engine_pid == desk.engine
    call = bench.session.book.running()[0]
    assert (str(call.interaction_id), str(call.leg_id)) == (before["interaction"], before["leg"])
    assert call.muted == (how == "mute")
    assert not desk.caller.of(m.CallEnded)
    assert bench.session.wrap_up_view().note == "every acknowledged word"
    if how == "mute":
        bench.session.calls.toggle_mute()
        bench.until(lambda: not bench.session.book.running()[0].muted, "heard again")
    else:
        bench.session.calls.toggle_hold()
        bench.until(lambda: views(bench) == [CallState.TALKING], "resumed")
    hang_up_and_complete(bench, "every acknowledged word, and more")
    accounted(bench, "every acknowledged word, and more")
    held = bench.rows("SELECT hold_s > 0 FROM leg JOIN interaction i ON i.id = interaction_id WHERE i.linked_id = ?",
                      LINKED)  # fmt: skip
    assert held == [(how == "hold",)]


def test_a_call_that_ended_meanwhile_is_recorded_and_waits_for_its_wrap_up(desk: Desk) -> None:
    desk.start()
    desk.talk(STRANGER).kill()  # nobody known, nothing typed: nothing but the call itself says there is a wrap-up
    desk.caller.send(m.HangUp(call_id="c"))
    desk.caller.wait(m.CallEnded)
    bench = desk.start_again()
    bench.until(lambda: bench.session.wrap_up_view() is not None and bench.session.wrap_up_view().in_wrap_up, "wrap-up")
    assert views(bench) == []
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    complete(bench, "she had hung up")
    accounted(bench, "she had hung up")
    query = "SELECT ended_by FROM leg JOIN interaction i ON i.id = interaction_id WHERE i.linked_id = ?"
    assert bench.rows(query, LINKED) == [("remote",)]


def test_killed_in_wrap_up_the_form_comes_back_with_its_note(desk: Desk) -> None:
    desk.start()
    process = desk.talk()
    process.ask("note", text="half a thought")
    desk.caller.send(m.HangUp(call_id="c"))
    process.until(lambda: process.said.get("presence") == "wrap_up", "wrap-up")
    process.kill()
    bench = desk.start_again()
    view = bench.session.wrap_up_view()
    assert (view.note, view.in_wrap_up) == ("half a thought", True)
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    bench.until(lambda: bench.session.pop_view().state == "found", "whose it was")
    complete(bench, "a whole thought")
    accounted(bench, "a whole thought")


def test_killed_right_after_complete_nothing_is_lost_or_asked_twice(desk: Desk) -> None:
    desk.start()
    process = desk.talk()
    process.tell("end")
    process.until(lambda: process.said.get("presence") == "wrap_up", "wrap-up")
    process.ask("complete", note="all said")
    process.kill()
    bench = desk.start_again()
    assert bench.session.wrap_up_view() is None
    assert bench.session.presence_view().presence is Presence.READY
    accounted(bench, "all said")


def test_killed_while_calling_out_the_call_goes_through_and_is_one_record(desk: Desk) -> None:
    process = desk.start()
    began = clock.now_us()
    process.tell("dial", target=f"sip:601442190@{sip.HOST}:{desk.caller.port}")
    incoming = desk.caller.wait(m.IncomingCall)
    process.until_calls("dialling")
    before = process.call
    process.kill()
    desk.caller.send(m.Answer(call_id=incoming.call_id))
    desk.caller.wait(m.CallAnswered)
    bench = desk.start_again()
    bench.until(lambda: views(bench) == [CallState.TALKING], "taken back")
    call = bench.session.book.running()[0]
    assert (str(call.interaction_id), str(call.leg_id)) == (before["interaction"], before["leg"])
    hang_up_and_complete(bench, "called out")
    query = "SELECT direction, outcome FROM leg WHERE interaction_id = ? AND ended_at IS NOT NULL"
    assert bench.arrives(query, call.interaction_id.bytes) == ("outbound", "answered")
    assert len(bench.rows("SELECT 1 FROM leg WHERE interaction_id = ?", call.interaction_id.bytes)) == 1
    bench.arrives("SELECT 1 FROM wrap_up WHERE interaction_id = ?", call.interaction_id.bytes)
    recent = "SELECT count(*) FROM interaction WHERE started_at >= ?"
    assert bench.rows(recent, began) == [(1,)]


def test_killed_while_typing_at_most_half_a_second_of_it_is_lost(desk: Desk) -> None:
    process = desk.start("--window")
    desk.talk()
    process.until(lambda: process.said.get("wrap_up"), "the form")
    text = "".join(chr(ord("a") + n % 26) for n in range(400))
    process.tell("type", text=text, every_ms=10)
    pressed: list[list[float]] = []

    def follow() -> bool:
        if process.said.get("typed") and process.said["typed"] not in pressed:
            pressed.append(process.said["typed"])
        return len(pressed) >= 5 and pressed[-1][1] - pressed[0][1] > 1.2

    process.until(follow, "a second of typing")
    killed_at = time.monotonic()  # before, not after: to wait for its end takes time as well
    process.kill()
    acknowledged = max(count for count, at in pressed if at <= killed_at - 0.5)
    bench = desk.start_again()
    note = bench.session.wrap_up_view().note
    assert text.startswith(note)
    assert len(note) >= acknowledged
    bench.until(lambda: views(bench) == [CallState.TALKING], "taken back")


def test_an_engine_left_alone_refuses_new_calls_and_keeps_the_one_it_has(desk: Desk) -> None:
    desk.start()
    desk.talk().kill()
    log = desk.profile.engine_dir / "engine.log"
    sip.until(lambda: "answered 480" in log.read_text("utf-8"), "the engine minds being alone")
    desk.caller.send(m.Dial(call_id="late", target=f"sip:agent@{sip.HOST}:{desk.port}"))
    assert desk.caller.wait(m.CallEnded).code == 480
    bench = desk.start_again()
    bench.until(lambda: views(bench) == [CallState.TALKING], "taken back")
    second = f"sip:agent@{sip.HOST}:{desk.port}"
    desk.caller.send(m.Dial(call_id="third", target=second))
    bench.until(lambda: views(bench) == [CallState.TALKING, CallState.RINGING], "new calls ring again")


def test_the_engine_killed_in_a_call_is_told_and_started_again(desk: Desk, expected_log: Callable[[str], None]) -> None:
    expected_log("the phone engine is gone: signal SIGKILL")
    desk.caller.start()
    bench = desk.start_again()
    first = desk.engine_pid
    target = f"sip:agent@{sip.HOST}:{desk.port}"
    headers = (("X-Call-Linkedid", LINKED),)
    desk.caller.send(m.Dial(call_id="c", target=target, headers=headers, from_user=MARTA))
    bench.until(lambda: views(bench) == [CallState.RINGING], "ringing")
    bench.session.calls.answer()
    bench.until(lambda: views(bench) == [CallState.TALKING], "talking")
    bench.session.note_typed("until the line broke")
    os.kill(first, signal.SIGKILL)
    bench.until(lambda: [text for text in bench.notices if "started again" in text], "it is told")
    assert any("The call was cut off; its record is kept." in text for text in bench.notices)
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    bench.until(lambda: bench.session.phone_view.usable, "a new engine")
    assert desk.engine_pid != first
    complete(bench, "until the line broke")
    accounted(bench, "until the line broke")
    query = "SELECT ended_by, sip_reason FROM leg JOIN interaction i ON i.id = interaction_id WHERE i.linked_id = ?"
    assert bench.rows(query, LINKED) == [("engine", "the phone engine stopped")]
    desk.caller.send(m.Dial(call_id="next", target=target, from_user=STRANGER))
    bench.until(lambda: views(bench) == [CallState.RINGING], "the next call rings")
