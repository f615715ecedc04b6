"""What a call that has ended leaves in the SIP library must not harm the call that has its place by now.

The library has four places and gives them out in turn; an answer to a re-INVITE may come long after the BYE.
"""

import contextlib
import re
from collections.abc import Callable, Iterator

import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.ports import HOST
from tests.support.talk import answered, ended, ring

PLACES = 4


class LateAnswers(sip.RawCaller):
    """A phone that hangs up while a change of ours waits for its answer, and answers it when told to."""

    def leaves_a_change_behind(self, engine: sip.EngineDriver, call_id: str) -> str:
        """The re-INVITE, which nobody has answered; the call is over and the next one of the engine has its place."""
        self.send(self.invite(call_id))
        key = answered(engine)
        assert self.final(call_id) == 200
        engine.send(m.Hold(call_id=key))
        change = self.request_of("INVITE")
        self.hang_up(call_id)
        assert ended(engine, key).by == "remote"
        self.takes_the_other_places(engine)
        return change

    def takes_the_other_places(self, engine: sip.EngineDriver) -> None:
        """So that the next call gets the place of the last one."""
        for number in range(1, PLACES):
            self.send(self.invite(f"passer-by-{number}"))
            engine.send(m.Reject(call_id=ring(engine).call_id, code=486))
            assert self.final(f"passer-by-{number}") == 486

    def request_of(self, method: str, *, beside: str = "") -> str:
        """The next request of this method; ``beside`` may come again, as nobody has answered it."""
        return next(text for text in self.answers() if text.startswith(method + " ") and text != beside)

    def answer(self, request: str, code: int, *, media: bool = False) -> None:
        kept = re.findall(r"(?m)^(?:Via|From|To|Call-ID|CSeq): .*", request.replace("\r", ""))
        lines = [
            f"SIP/2.0 {code} Late",
            *(line + ";tag=z" * (line[:3] == "To:" and "tag=" not in line) for line in kept),
        ]
        lines.append(f"Contact: <sip:caller@{HOST}:{self.port}>")
        body = sip.SDP.decode() if media else ""
        lines += ["Content-Type: application/sdp"] if media else []
        self.send("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode())


@pytest.fixture
def other(engine: sip.EngineDriver) -> Iterator[LateAnswers]:
    raw = LateAnswers(engine.port)
    yield raw
    raw.close()


@pytest.mark.parametrize(("late", "lost"), [(488, True), (200, True), (401, False)])
def test_a_late_answer_takes_the_voice_of_a_ringing_call_which_is_refused(
    engine: sip.EngineDriver, other: LateAnswers, late: int, lost: bool
) -> None:
    change = other.leaves_a_change_behind(engine, "first")
    other.send(other.invite("second"))
    key = ring(engine).call_id
    other.answer(change, late)
    if lost:
        gone = ended(engine, key)
        assert (gone.by, gone.code, gone.answered) == ("engine", 480, False)
        assert other.final("second") == 480
        engine.send(m.Answer(call_id=key))
        assert engine.wait(m.CommandFailed).trouble == "call_ended"
    else:
        engine.send(m.Answer(call_id=key))
        assert other.final("second") == 200
        other.hang_up("second")
        assert ended(engine, key).answered
    other.send(other.invite("third"))
    answered(engine)
    assert other.final("third") == 200


def test_a_late_answer_takes_the_voice_of_a_call_of_ours_which_ends(
    engine: sip.EngineDriver, other: LateAnswers
) -> None:
    change = other.leaves_a_change_behind(engine, "first")
    engine.send(m.Dial(call_id="ours", target=f"sip:other@{HOST}:{other.port}"))
    invite = other.request_of("INVITE", beside=change)
    other.answer(invite, 180)
    engine.wait(m.CallProgress)
    other.answer(change, 488)
    other.answer(invite, 200, media=True)  # it comes before anybody could have heard of the end
    gone = ended(engine, "ours")
    assert (gone.by, gone.code, gone.answered) == ("engine", 503, False)
    other.send(other.invite("third"))
    answered(engine)
    assert other.final("third") == 200


def test_a_late_answer_to_another_call_says_nothing_about_a_hold(engine: sip.EngineDriver, other: LateAnswers) -> None:
    change = other.leaves_a_change_behind(engine, "first")
    other.send(other.invite("second"))
    key = answered(engine)
    assert other.final("second") == 200
    engine.send(m.Hold(call_id=key))
    hold = other.request_of("INVITE", beside=change)
    other.answer(change, 488)
    other.answer(hold, 200, media=True)
    held = engine.wait(m.CallHeld)
    assert (held.call_id, held.refused) == (key, False)


def test_a_late_answer_to_a_cancel_of_ours_is_no_cancel_of_theirs(engine: sip.EngineDriver, other: LateAnswers) -> None:
    engine.send(m.Dial(call_id="ours", target=f"sip:other@{HOST}:{other.port}"))
    invite = other.request_of("INVITE")
    other.answer(invite, 180)
    engine.wait(m.CallProgress)
    engine.send(m.HangUp(call_id="ours"))
    cancel = other.request_of("CANCEL")
    other.answer(invite, 487)
    other.request_of("ACK")
    other.takes_the_other_places(engine)
    other.send(other.invite("second"))
    key = ring(engine).call_id
    other.answer(cancel, 200)
    engine.pause(0.1)  # or the answer is there first
    engine.send(m.Answer(call_id=key))
    assert other.final("second") == 200
    assert engine.wait(m.CallAnswered).call_id == key


def test_a_call_that_could_not_begin_has_ended(engines: Callable[..., sip.EngineDriver]) -> None:
    follower = engines(follow_transfers=True)
    with contextlib.closing(LateAnswers(follower.port)) as other:
        other.send(other.invite("first"))
        answered(follower)
        assert other.final("first") == 200
        refer = other.later("first", "REFER", 2)
        other.send(refer.replace(b"Content-Length", b"Refer-To: <mailto:nobody>\r\nContent-Length"))
        gone = ended(follower, follower.wait(m.TransferRequested).new_call_id)
        assert (gone.by, gone.code, gone.answered) == ("engine", 500, False)


def test_a_refer_to_a_call_that_has_ended_is_refused(engine: sip.EngineDriver, other: LateAnswers) -> None:
    other.leaves_a_change_behind(engine, "first")
    other.send(other.invite("second"))
    key = ring(engine).call_id
    refer = other.later("first", "REFER", 3)
    other.send(refer.replace(b"Content-Length", b"Refer-To: <sip:nobody@127.0.0.1>\r\nContent-Length"))
    assert next(text for text in other.answers() if "CSeq: 3 REFER" in text).startswith("SIP/2.0 603 ")
    engine.send(m.Answer(call_id=key))
    assert other.final("second") == 200
