"""A message that is odd rings, a broken one is survived, and after each the next good call rings."""

import re
import socket

import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip, torture
from tests.support.talk import ring


class Doorbell:
    """Rings with one good call after another, and clears away what rang meanwhile."""

    def __init__(self, engine: sip.EngineDriver, caller: sip.RawCaller):
        self.engine = engine
        self.caller = caller
        self._rung = 0

    def rings(self, after: str) -> set[str]:
        """Call; the SIP names of the calls that rang since the last time. Everything is rejected again."""
        self._rung += 1
        name = f"good{self._rung}"
        self.caller.send(self.caller.invite(name))
        try:
            self.engine.wait(m.IncomingCall, lambda call: call.sip_call_id == name)
        except AssertionError as error:
            raise AssertionError(f"the next call did not ring after {after!r}: {error}") from error
        calls = {call.call_id: call.sip_call_id for call in self.engine.of(m.IncomingCall)}
        for call_id in calls:
            if not any(one.call_id == call_id for one in self.engine.of(m.CallEnded)):
                self.engine.send(m.HangUp(call_id=call_id))
        self.engine.rewind()
        for call_id in calls:
            self.engine.wait(m.CallEnded, lambda one, call_id=call_id: one.call_id == call_id)
            self.engine.rewind()
        self.engine.heard[:] = self.engine.of(m.EngineReady)
        return set(calls.values()) - {name}


@pytest.fixture
def doorbell(engine: sip.EngineDriver, caller: sip.RawCaller) -> Doorbell:
    return Doorbell(engine, caller)


def test_the_collection_is_large_enough() -> None:
    assert len(torture.ODD) + len(torture.BROKEN) + len(torture.STRAY) + len(torture.SDP) >= 100


def test_what_is_odd_but_right_rings(doorbell: Doorbell, caller: sip.RawCaller) -> None:
    silent = []
    for number, (name, change) in enumerate(torture.ODD.items()):
        message = change(caller.invite(f"odd{number}"))
        caller.send(message)
        if not any(f"odd{number}" in rung for rung in doorbell.rings(name)):
            silent.append(name)
    assert not silent


def test_what_is_broken_is_survived(doorbell: Doorbell, caller: sip.RawCaller, engine: sip.EngineDriver) -> None:
    for number, (name, change) in enumerate(torture.BROKEN.items()):
        caller.send(change(caller.invite(f"broken{number}")))
        doorbell.rings(name)
    for name, message in torture.STRAY.items():
        caller.send(message)
        doorbell.rings(name)
    assert engine.alive


def test_what_cannot_be_described_is_refused_or_answered_but_never_fatal(
    doorbell: Doorbell, caller: sip.RawCaller, engine: sip.EngineDriver
) -> None:
    for number, (name, change) in enumerate(torture.SDP.items()):
        caller.send(caller.invite(f"sdp{number}", body=change(sip.SDP)))
        caller.send(caller.invite(f"mark{number}"))
        engine.wait(m.IncomingCall, lambda call, number=number: call.sip_call_id == f"mark{number}")
        for call in engine.of(m.IncomingCall):
            if call.sip_call_id == f"sdp{number}":
                engine.send(m.Answer(call_id=call.call_id))
                engine.rewind()
                engine.wait(m.Message, lambda one: isinstance(one, m.CallAnswered | m.CallEnded | m.CommandFailed))
        doorbell.rings(name)
    assert engine.alive


def test_descriptions_in_the_middle_of_a_call(
    doorbell: Doorbell, caller: sip.RawCaller, engine: sip.EngineDriver
) -> None:
    for number, (name, change) in enumerate(torture.SDP.items()):
        call_id = f"talk{number}"
        caller.send(caller.invite(call_id))
        engine.send(m.Answer(call_id=ring(engine).call_id))
        assert caller.final(call_id) == 200
        for cseq, method in enumerate(("INVITE", "UPDATE", "INFO", "NOTIFY", "REFER", "JUMP"), 2):
            caller.send(caller.later(call_id, method, cseq, body=change(sip.SDP)))
        caller.hang_up(call_id, cseq=9)
        engine.wait(m.CallEnded)
        doorbell.rings(name)
    assert engine.alive


def test_a_storm_of_changes_with_more_and_fewer_media(
    doorbell: Doorbell, caller: sip.RawCaller, engine: sip.EngineDriver
) -> None:
    caller.send(caller.invite("storm"))
    engine.send(m.Answer(call_id=ring(engine).call_id))
    assert caller.final("storm") == 200
    more = b"m=audio 21990 RTP/AVP 8\r\n"
    for cseq in range(2, 62):
        caller.send(caller.later("storm", "UPDATE", cseq, body=sip.SDP + more * (cseq % 2 * 2)))
    doorbell.rings("a storm")
    assert engine.alive


def test_a_stream_of_odd_pieces(doorbell: Doorbell, caller: sip.RawCaller, engine: sip.EngineDriver) -> None:
    invite = caller.invite("stream").replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP")
    with socket.create_connection((sip.HOST, engine.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(b"\r\n\r\n")
        for start in range(0, len(invite), 97):
            line.sendall(invite[start : start + 97])
        engine.wait(m.IncomingCall, lambda call: call.sip_call_id == "stream")
        line.settimeout(5)
        assert re.search(rb"SIP/2\.0 1[08]0", line.recv(4096))
    doorbell.rings("a message in pieces")
    for name, data in {
        "two at once": invite.replace(b": stream", b": glued1") + invite.replace(b": stream", b": glued2"),
        "a length that lies": torture.BROKEN["more promised than sent"](invite),
        "a length below zero": torture.BROKEN["less than nothing promised"](invite),
        "no length": torture.ODD["no Content-Length"](invite),
        "a head without an end": b"INVITE sip:a@b SIP/2.0\r\n" + b"X-Endless: " + b"x" * 20_000,
        "all bytes": bytes(range(256)) * 20,
    }.items():
        with socket.create_connection((sip.HOST, engine.port)) as line:
            line.sendall(data)
            doorbell.rings(name)
    assert engine.alive
