"""Transfers between real desktops on one database: one interaction, whoever talks, and everything known goes along."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from agent_desktop import clock
from agent_desktop.core.call import Call
from agent_desktop.core.states import CallState
from agent_desktop.core.targets import Kind
from agent_desktop.core.views import CallView, WrapUpResult
from agent_desktop.core.workstation import build_core
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.settings import Phone, Settings, Work
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.workstation import MARTA, Bench, company

pytestmark = pytest.mark.usefixtures("qapp")

TALKING, HELD, RINGING, DIALLING = CallState.TALKING, CallState.HELD, CallState.RINGING, CallState.DIALLING


def free_port() -> int:
    return sip.free_port(26_000, 26_900)


class Desk(Bench):
    """One agent of a centre whose database all share."""

    def __init__(self, folder: Path, database: Path, login: str, extension: str):
        super().__init__(folder, seeded=False, database=str(database), port=free_port())
        self.login, self.extension = login, extension
        self.database = database
        self.rang: list[CallView] = []

    def start(self, *, ready: bool = True, **phone: Any) -> "Desk":
        values = {"user": self.extension, "listen_host": sip.HOST, "listen_port": self.port, "sound": False} | phone
        settings = Settings(phone=Phone(**values), work=Work(agent_login=self.login, ready_at_start=ready))
        self.core = build_core(self.profile, settings, self._database)
        self.session.notice.connect(self._noticed)
        self.session.rang.connect(self.rang.append)
        self.core.start()
        self.until(lambda: self.session.phone_view.usable, "the phone is usable")
        self.until(lambda: self.session.agent is not None, "the agent is known")
        return self

    @property
    def uri(self) -> str:
        return f"sip:{self.extension}@{sip.HOST}:{self.port}"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        profile, self.profile = self.profile, Profile(self.database.parent)
        try:
            return super().rows(query, *values)
        finally:
            self.profile = profile

    def queue(self, name: str) -> str:
        """What is dialled for it, as the field for targets offers it."""
        assert self.core is not None
        [target] = [one for one in self.core.targets.find(name) if one.kind is Kind.QUEUE]
        return target.number

    @property
    def views(self) -> tuple[CallView, ...]:
        views: tuple[CallView, ...] = self.session.book.views()
        return views

    @property
    def states(self) -> list[CallState]:
        return [view.state for view in self.views]

    def phone(self, **configure: object) -> sip.EngineDriver:
        """A customer's phone: it goes where it is sent."""
        return self.other(listen_port=free_port(), follow_transfers=True, **configure)

    def ring_me(self, caller: sip.EngineDriver, number: str = MARTA, **headers: str) -> str:
        """Call this desk and wait until it rings."""
        before = len(self.rang)
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        call_id = f"c{len(caller.heard)}-{before}"
        caller.send(m.Dial(call_id=call_id, target=self.uri, headers=named, from_user=number, from_name="Marta K"))
        self.until(lambda: len(self.rang) > before, "it rings")
        return call_id

    def talk(self, caller: sip.EngineDriver, number: str = MARTA, **headers: str) -> Call:
        """Call this desk and answer."""
        self.ring_me(caller, number, **headers)
        call: Call = self.session.book.ringing()
        self.session.calls.answer(call.call_id)
        self.until(lambda: call.state is TALKING, "talking")
        return call

    def restart(self) -> None:
        """The window is closed and opened again; the phone engine keeps the calls."""
        assert self.core is not None
        self.core.stop(keep_calls=True)
        self.start()

    def consult(self, other: "Desk") -> Call:
        """Ask somebody about the call talked on; they answer."""
        call: Call | None = self.session.outgoing.consult(other.uri, other.login)
        assert call is not None
        other.until(lambda: other.states and other.states[-1] is RINGING, "the colleague's phone rings")
        other.session.calls.answer()
        self.until(lambda: call.state is TALKING, "talking with the colleague")
        return call

    def wrapped_up(self, note: str) -> None:
        self.until(lambda: self.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        view = self.session.wrap_up_view()
        disposition = view.dispositions[0].id if view.dispositions else None
        self.session.complete_wrap_up(WrapUpResult(view.interaction_id, disposition, "", note))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """``centre("dana", "101")``: a desk at work."""
    shared = Profile(tmp_path / "centre")
    company(shared)
    with ExitStack() as running:

        def desk(login: str, extension: str, **phone: Any) -> Desk:
            made = Desk(tmp_path / login, shared.database_file, login, extension)
            running.callback(made.stop)
            return made.start(**phone)

        yield desk


@pytest.fixture
def dana(centre: Callable[..., Desk]) -> Desk:
    return centre("dana", "101")


@pytest.fixture
def jonas(centre: Callable[..., Desk]) -> Desk:
    return centre("jonas", "102")


HANDOFF = {"X_Queue": "billing", "X_Queue_Wait": "48", "X_IVR_1": "Language: Polish (pressed 2)"}


def test_a_customer_is_handed_over_with_everything_that_is_known(dana: Desk, jonas: Desk) -> None:
    [(before,)] = dana.rows("SELECT count(*) FROM interaction")
    first = dana.talk(dana.phone(), X_Call_Linkedid="t.1", **HANDOFF)
    dana.session.note_typed("wants her money back")
    consult = dana.session.outgoing.consult(jonas.uri, "Jonas Lind")
    assert dana.session.wrap_ups.draft(first.interaction_id).sent_note == "wants her money back", "before he looks"
    dana.until(lambda: dana.states == [HELD, DIALLING], "Marta is held")
    jonas.until(lambda: jonas.rang, "Jonas's phone rings")
    offered = jonas.rang[0]
    assert (offered.consult, offered.via, offered.number) == (True, "Dana Okafor (101)", "+48 601 442 190")
    assert offered.interaction_id == first.interaction_id == consult.interaction_id
    jonas.until(lambda: jonas.session.pop_view() is not None and jonas.session.pop_view().state == "found", "found")
    assert jonas.session.pop_view().pop.card.name == "Marta Kowalczyk"

    def arrived() -> Any:
        return jonas.session.pop_view().arrival

    jonas.until(lambda: arrived() is not None and arrived().notes, "Dana's note")
    assert [(note.agent, note.text) for note in arrived().notes] == [("Dana Okafor", "wants her money back")]
    assert arrived().consult
    assert [one.agent for one in arrived().before] == ["Dana Okafor"]
    assert arrived().talked_s is not None
    assert ("Language", "Polish") in arrived().handoff
    assert ("Language", "Polish") in [(step.label, step.value) for step in jonas.session.pop_view().handoff]

    jonas.session.calls.answer()
    dana.until(lambda: dana.states == [HELD, TALKING], "talking with Jonas")
    dana.session.transfers.swap()
    dana.until(lambda: dana.states == [TALKING, HELD], "swapped")
    dana.session.transfers.swap()
    dana.until(lambda: dana.states == [HELD, TALKING], "swapped back")
    assert dana.session.pop_view().call.call_id == first.call_id, "the screen stays with the customer"

    assert dana.session.transfers.complete()
    dana.until(lambda: not dana.views, "both calls have ended here")
    assert not [text for text in dana.notices if "hung up" in text or "on hold" in text], "nobody did"
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "Marta is on the line")
    assert jonas.views[0].interaction_id == first.interaction_id
    assert (jonas.views[0].name, jonas.views[0].via) == ("Marta Kowalczyk", "Dana Okafor (101)")
    assert len(jonas.rang) == 1, "it does not have to be answered again"
    jonas.until(lambda: not arrived().consult, "it is his now")
    dana.wrapped_up("sent to Jonas")
    jonas.session.calls.end()
    jonas.wrapped_up("paid back")
    key = first.interaction_id.bytes
    jonas.arrives("SELECT 1 FROM wrap_up WHERE interaction_id = ? GROUP BY 1 HAVING count(*) = 2", key)
    [row] = dana.rows("SELECT direction, number, outcome, queue FROM interaction WHERE id = ?", key)
    assert row == ("inbound", MARTA, "transferred", "billing")
    legs = dana.rows(
        "SELECT a.login, l.direction, l.purpose, l.referred_by, l.outcome FROM leg l JOIN agent a ON a.id = l.agent_id "
        "WHERE interaction_id = ? ORDER BY l.started_at",
        key,
    )
    assert legs == [
        ("dana", "inbound", "", "", "transferred"),
        ("dana", "outbound", "consult", "", "answered"),
        ("jonas", "inbound", "consult", "Dana Okafor (101)", "answered"),
        ("jonas", "inbound", "", "Dana Okafor (101)", "answered"),
    ]
    notes = dana.rows("SELECT text FROM note WHERE interaction_id = ? ORDER BY at", key)
    assert notes == [("sent to Jonas",), ("paid back",)]
    assert dana.rows("SELECT count(*) FROM interaction") == [(before + 1,)], "one interaction, however many legs"


def test_a_consult_is_taken_back(dana: Desk, jonas: Desk) -> None:
    first = dana.talk(dana.phone(), X_Queue="billing")
    dana.consult(jonas)
    dana.session.transfers.take_back()
    dana.until(lambda: dana.states == [TALKING], "Marta again")
    assert dana.views[0].call_id == first.call_id
    assert not [text for text in dana.notices if "ended" in text], "nothing went wrong"
    jonas.until(lambda: not jonas.views, "Jonas is free")
    assert jonas.session.wrap_up_view() is None, "he was only asked"
    jonas.until(lambda: jonas.session.presence_view().presence is Presence.READY, "ready again")
    dana.session.calls.end()
    dana.wrapped_up("")
    work = "SELECT count(*) FROM work_item WHERE interaction_id = ?"
    assert dana.rows(work, first.interaction_id.bytes) == [(0,)]


def test_a_consult_that_the_agent_hangs_up_leaves_the_customer_on_hold_and_says_so(dana: Desk, jonas: Desk) -> None:
    first = dana.talk(dana.phone())
    dana.consult(jonas)
    dana.session.calls.end()  # F9: the consult is the call talked on
    dana.until(lambda: dana.states == [HELD], "only Marta is left")
    assert dana.session.book.current() is first, "the hold key takes her back"
    dana.until(lambda: dana.notices, "it is said")
    assert dana.notices[-1] == "Marta Kowalczyk is still on hold."
    dana.session.calls.toggle_hold()
    dana.until(lambda: dana.states == [TALKING], "Marta again")
    dana.session.phone.event.emit(
        m.TransferProgress(seq=900, at_us=1, call_id=first.call_id, code=m.TRANSFER_UNHEARD, reason="", final=True)
    )
    assert dana.notices[-1] == (
        "Marta Kowalczyk was not transferred: the other side no longer says what became of it. You still have the call."
    )


def test_a_restarted_desktop_knows_whom_it_was_asking_about_whom(dana: Desk, jonas: Desk) -> None:
    first = dana.talk(dana.phone())
    consult = dana.consult(jonas)
    dana.restart()
    dana.until(lambda: dana.states == [HELD, TALKING], "both calls are back")
    assert [(v.call_id, v.consult_for) for v in dana.views] == [(first.call_id, ""), (consult.call_id, first.call_id)]
    dana.until(lambda: dana.session.pop_view() is not None, "the customer's screen")
    assert dana.session.pop_view().call.call_id == first.call_id
    assert dana.session.transfers.complete()
    dana.until(lambda: not dana.views, "handed over")
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "his call")


def test_a_colleague_who_declines_leaves_the_customer_on_hold_and_says_so(dana: Desk, jonas: Desk) -> None:
    first = dana.talk(dana.phone())
    assert dana.session.outgoing.consult(jonas.uri, "Jonas Lind") is not None
    jonas.until(lambda: jonas.states == [RINGING], "it rings")
    jonas.session.book.ringing().started_us -= 1_000_000
    jonas.session.calls.decline()
    dana.until(lambda: dana.states == [HELD], "only Marta is left")
    assert dana.session.book.current() is first
    assert dana.notices[-1] == "Jonas Lind is busy. Marta Kowalczyk is still on hold."
    jonas.until(lambda: not jonas.views, "gone")
    assert jonas.rows("SELECT count(*) FROM work_item WHERE kind = 'missed' AND interaction_id = ?",
                      first.interaction_id.bytes) == [(0,)]  # fmt: skip


def test_whom_we_ask_may_put_us_on_to_somebody_else(dana: Desk) -> None:
    customer, helpdesk, expert = dana.phone(), dana.phone(), dana.phone()
    call = dana.talk(customer)
    assert dana.session.outgoing.consult(helpdesk.uri, "Helpdesk") is not None
    asked = helpdesk.wait(m.IncomingCall).call_id
    helpdesk.send(m.Answer(call_id=asked))
    dana.until(lambda: dana.states == [HELD, TALKING], "talking with the helpdesk")
    helpdesk.send(m.Dial(call_id="on", target=expert.uri))
    expert.send(m.Answer(call_id=expert.wait(m.IncomingCall).call_id))
    helpdesk.wait(m.CallAnswered, lambda one: one.call_id == "on")
    dana.notices.clear()
    helpdesk.send(m.TransferToCall(call_id="on", to_call_id=asked))
    helpdesk.wait(m.CallEnded, lambda one: one.call_id == asked)
    dana.until(lambda: len(dana.views) == 2 and dana.views[1].direction == "inbound", "talking with the expert")
    assert dana.states == [HELD, TALKING]
    assert (dana.views[1].consult_for, dana.views[1].emphasised) == (call.call_id, True)
    assert not dana.notices, "nobody has hung up"
    assert dana.rows("SELECT count(*) FROM interaction WHERE id = ?", call.interaction_id.bytes) == [(1,)]
    dana.session.transfers.take_back()
    dana.until(lambda: dana.states == [TALKING], "the customer again")


def test_a_refused_transfer_is_told_in_words_and_both_calls_are_still_there(dana: Desk, jonas: Desk) -> None:
    stubborn = dana.other(listen_port=free_port())  # follows no REFER
    dana.talk(stubborn)
    dana.consult(jonas)
    assert dana.session.transfers.complete()
    dana.until(lambda: dana.views[0].transfer_trouble, "it failed")
    assert dana.states == [HELD, TALKING]
    assert not dana.views[0].referring
    assert dana.notices[-1] == "Marta Kowalczyk was not transferred: 603 Decline. You still have the call."
    assert not dana.session.transfers.complete() or dana.views[0].referring, "it may be tried again"
    dana.session.transfers.take_back()
    dana.until(lambda: dana.states == [TALKING], "Marta again")


def test_a_blind_transfer_keeps_number_direction_and_who_sent_it(dana: Desk, jonas: Desk) -> None:
    marta = dana.phone()
    first = dana.session.outgoing.dial(f"sip:48601442190@{sip.HOST}:{marta.port}", "Marta")
    incoming = marta.wait(m.IncomingCall)
    marta.send(m.Answer(call_id=incoming.call_id))
    dana.until(lambda: dana.states == [TALKING], "talking")
    dana.session.note_typed("asks for Jonas")
    dana.session.outgoing.transfer(jonas.uri)
    jonas.until(lambda: jonas.rang, "it rings at Jonas's")
    offered = jonas.rang[0]
    assert (offered.interaction_id, offered.via, offered.consult) == (first.interaction_id, "Dana Okafor (101)", False)
    jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: jonas.states == [TALKING], "talking")
    jonas.until(lambda: jonas.session.pop_view().arrival.notes, "the note")
    assert jonas.session.pop_view().arrival.notes[0].text == "asks for Jonas"
    jonas.session.calls.end()
    jonas.wrapped_up("")
    dana.wrapped_up("")
    key = first.interaction_id.bytes
    jonas.arrives("SELECT 1 FROM interaction WHERE id = ? AND outcome = 'transferred' AND ended_at IS NOT NULL", key)
    assert jonas.rows("SELECT direction, number FROM interaction WHERE id = ?", key) == [("outbound", first.number)]
    [via] = jonas.arrives("SELECT referred_by FROM leg WHERE interaction_id = ? AND direction = 'inbound'", key)
    assert via == "Dana Okafor (101)"


def test_a_blind_transfer_that_fails_leaves_the_call(dana: Desk) -> None:
    dana.talk(dana.phone())
    busy = dana.phone()
    dana.session.outgoing.transfer(busy.uri)
    busy.send(m.Reject(call_id=busy.wait(m.IncomingCall).call_id))
    dana.until(lambda: dana.views[0].transfer_trouble, "it failed")
    assert dana.states == [TALKING]


def test_a_conference_is_joined_and_left(dana: Desk, jonas: Desk) -> None:
    marta = dana.phone()
    first = dana.talk(marta)
    dana.consult(jonas)
    assert dana.session.transfers.join()
    dana.until(lambda: [v.joined for v in dana.views] == [True, True] and dana.states == [TALKING] * 2, "joined")
    dana.session.calls.toggle_mute()
    dana.until(lambda: [v.muted for v in dana.views] == [True, True], "muted for both")
    assert not any(v.mute_alarm for v in dana.views)
    dana.session.transfers.complete()
    dana.until(lambda: not dana.views, "left")
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "they go on")
    assert jonas.views[0].interaction_id == first.interaction_id


def test_one_of_a_conference_is_dropped(dana: Desk, jonas: Desk) -> None:
    dana.talk(dana.phone())
    consult = dana.consult(jonas)
    dana.session.transfers.join()
    dana.until(lambda: [v.joined for v in dana.views] == [True, True], "joined")
    dana.session.calls.end(consult.call_id)
    dana.until(lambda: [(v.state, v.joined) for v in dana.views] == [(TALKING, False)], "a call of two again")
    jonas.until(lambda: not jonas.views, "Jonas is out")


def test_three_calls_of_three_customers_are_three_rows_and_three_wrap_ups(dana: Desk) -> None:
    callers = [dana.phone() for _ in range(3)]
    calls = [dana.talk(caller, number) for caller, number in zip(callers, (MARTA, "+34612000111", "103"), strict=True)]
    assert dana.states == [HELD, HELD, TALKING]
    assert dana.session.pop_view().interaction_id == calls[2].interaction_id
    dana.session.transfers.talk_to(calls[0].call_id)
    dana.until(lambda: dana.states == [TALKING, HELD, HELD], "the first again")
    dana.until(lambda: dana.session.pop_view().interaction_id == calls[0].interaction_id, "its screen")
    dana.session.transfers.swap()
    dana.until(lambda: dana.states == [HELD, TALKING, HELD], "the next")
    dana.session.transfers.choose_next()
    assert dana.session.book.current() is calls[2]
    for left in (2, 1, 0):
        dana.session.calls.end()
        dana.until(lambda left=left: len(dana.views) == left, f"{left} left")
    seen = []
    for n in range(3):
        dana.until(lambda: dana.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        seen.append(dana.session.wrap_up_view().interaction_id)
        dana.wrapped_up(f"note {n}")
    assert sorted(seen) == sorted(call.interaction_id for call in calls)
    dana.until(lambda: dana.session.presence_view().presence is Presence.READY, "all done")
    marks = ", ".join("?" * 3)
    ids = [one.bytes for one in seen]
    dana.until(
        lambda: dana.rows(f"SELECT count(*) FROM wrap_up WHERE interaction_id IN ({marks})", *ids) == [(3,)], "3"
    )


def test_a_trusted_peer_that_was_opted_in_is_answered_with_a_delay_only_when_ready(centre: Callable[..., Desk]) -> None:
    desk = centre("dana", "101", auto_answer_peers=(sip.HOST,))
    boss = desk.phone()
    desk.session.set_paused("")
    desk.ring_me(boss, "105", Call_Info="<sip:pbx>;answer-after=0")
    assert desk.views[0].answers_at is None, "paused: it rings"
    desk.session.book.ringing().started_us -= 1_000_000
    desk.session.calls.decline()
    desk.until(lambda: not desk.views, "declined")
    desk.session.set_ready()
    desk.ring_me(boss, "105", Alert_Info="<http://pbx>;info=alert-autoanswer;delay=1")
    assert desk.views[0].answers_at is not None
    assert desk.states == [RINGING], "not before its time"
    desk.until(lambda: desk.states == [TALKING], "answered by itself")
    assert desk.views[0].answered_itself
    desk.ring_me(boss, "106", Call_Info="<sip:pbx>;answer-after=0")
    assert desk.views[1].answers_at is None, "not during a call"


def test_nobody_else_opens_the_microphone(dana: Desk) -> None:
    dana.ring_me(dana.phone(), "105", Call_Info="<sip:pbx>;answer-after=0")
    assert dana.views[0].answers_at is None
    assert dana.states == [RINGING]


def test_declined_to_the_voicemail(centre: Callable[..., Desk]) -> None:
    voicemail = f"sip:voicemail@{sip.HOST}:{free_port()}"
    desk = centre("dana", "101", voicemail=voicemail)
    caller = desk.phone()
    desk.ring_me(caller)
    desk.session.book.ringing().started_us = clock.now_us()  # however long it took to come here
    desk.session.ringing.to_voicemail()
    assert desk.states == [RINGING], "a stray key does nothing"
    call = desk.session.book.ringing()
    call.started_us -= 1_000_000
    desk.session.ringing.to_voicemail()
    desk.until(lambda: not desk.views, "sent on")
    row = desk.arrives("SELECT outcome, sip_code FROM leg WHERE interaction_id = ? AND ended_at IS NOT NULL",
                       call.interaction_id.bytes)  # fmt: skip
    assert row == ("rejected", 302)


def test_a_call_that_rings_too_long_goes_on_and_is_no_work_of_ours(centre: Callable[..., Desk]) -> None:
    desk = centre("dana", "101", ring_timeout_s=1, ring_timeout_target=f"sip:group@{sip.HOST}:{free_port()}")
    desk.ring_me(desk.phone())
    call = desk.session.book.ringing()
    desk.until(lambda: not desk.views, "sent on")
    key = call.interaction_id.bytes
    assert desk.arrives("SELECT outcome, sip_code FROM leg WHERE interaction_id = ? AND ended_at IS NOT NULL", key) == (
        "missed", 302,
    )  # fmt: skip
    assert desk.rows("SELECT count(*) FROM work_item WHERE interaction_id = ?", key) == [(0,)]


def test_an_unmute_that_nobody_wanted_raises_an_alarm(dana: Desk) -> None:
    call = dana.talk(dana.phone())
    dana.session.calls.toggle_mute()
    dana.until(lambda: call.muted, "the engine sends silence")
    assert not call.mute_alarm
    dana.session.phone.mute(call.call_id, False)  # behind the agent's back
    dana.until(lambda: dana.views[0].mute_alarm, "the alarm")
    dana.session.calls.toggle_mute()
    dana.until(lambda: call.muted and not dana.views[0].mute_alarm, "as wanted")
