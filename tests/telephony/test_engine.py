"""The engine as a caller and a desktop see it: real SIP over loopback, SIPp on the other side."""

from agent_desktop.telephony import messages as m
from tests.support import sip


def test_a_call_is_answered_and_the_caller_hangs_up(engine: sip.EngineDriver, sipp: sip.SippRunner) -> None:
    caller = sipp.call("call_and_bye", engine.port, headers="X-Queue: support\nX-Call-Linkedid: 1700000000.1")
    incoming = engine.wait(m.IncomingCall)
    assert ("X-Queue", "support") in incoming.headers
    assert ("X-Call-Linkedid", "1700000000.1") in incoming.headers
    assert dict(incoming.headers)["From"].startswith('"Jadwiga Nowak" <sip:+48601442190@')
    assert incoming.source == f"127.0.0.1:{caller.port}"
    assert incoming.request_uri == f"sip:agent@127.0.0.1:{engine.port}"
    assert not incoming.cut
    assert not incoming.refused
    engine.send(m.Answer(call_id=incoming.call_id))
    engine.wait(m.CallAnswered, lambda one: one.call_id == incoming.call_id)
    ended = engine.wait(m.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (incoming.call_id, 200, "remote", True)
    caller.check()
    assert len(caller.received("SIP/2.0 180")) == 1
