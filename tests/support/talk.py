"""What tests of calls do again and again with an engine: wait for a ring, answer, dial."""

from agent_desktop.telephony import messages as m
from tests.support import sip


def ring(engine: sip.EngineDriver) -> m.IncomingCall:
    """The next incoming call that is offered."""
    return engine.wait(m.IncomingCall, lambda call: not call.refused)


def answered(engine: sip.EngineDriver) -> str:
    """Answer the next incoming call; returns its call_id."""
    call_id = ring(engine).call_id
    engine.send(m.Answer(call_id=call_id))
    engine.wait(m.CallAnswered, lambda one: one.call_id == call_id)
    return call_id


def dial(engine: sip.EngineDriver, port: int, call_id: str = "out", **more: object) -> str:
    """Call whoever listens on ``port``."""
    engine.send(m.Dial(call_id=call_id, target=f"sip:callee@127.0.0.1:{port}", **more))  # type: ignore[arg-type]
    return call_id


def connected(engine: sip.EngineDriver, callee: sip.EngineDriver, call_id: str = "out", **more: object) -> str:
    """Let ``engine`` call ``callee``, who answers; returns the callee's call_id."""
    dial(engine, callee.port, call_id, **more)
    theirs = answered(callee)
    engine.wait(m.CallAnswered, lambda one: one.call_id == call_id)
    return theirs


def ended(engine: sip.EngineDriver, call_id: str) -> m.CallEnded:
    """How this call ended, also if that was heard before."""
    engine.rewind()
    return engine.wait(m.CallEnded, lambda one: one.call_id == call_id)
