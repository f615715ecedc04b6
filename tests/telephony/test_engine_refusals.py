"""Requests that belong to no call: each gets an answer, and none makes the phone do anything."""

import re
from collections.abc import Callable

import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.talk import ring

Engines = Callable[..., sip.EngineDriver]


def status(caller: sip.RawCaller, method: str, headers: bytes = b"") -> int:
    """How one request outside a call is answered; 0: not at all."""
    name = f"{method.lower()}-{caller.target}"
    caller.send(caller.request(method, name, headers, b"<sip:x@127.0.0.1>;tag=" + name.encode()))
    for text in caller.answers(within_s=2):
        found = re.match(r"SIP/2\.0 (\d+)", text)
        if found and name in text and int(found[1]) >= 200:
            return int(found[1])
    return 0


@pytest.mark.parametrize(
    ("method", "headers", "code"),
    [
        ("REFER", b"Refer-To: <sip:+48900100200@127.0.0.1>\r\n", 603),
        ("PUBLISH", b"Event: presence\r\n", 501),
        ("REGISTER", b"", 501),
        ("JUMP", b"", 501),
        ("BYE", b"", 481),
        ("OPTIONS", b"", 200),
    ],
)
def test_each_is_answered(
    engine: sip.EngineDriver, caller: sip.RawCaller, method: str, headers: bytes, code: int
) -> None:
    assert status(caller, method, headers) == code
    caller.send(caller.invite("good"))
    ring(engine)
    assert not engine.of(m.Dialling)


def test_an_ack_of_nothing_is_not_answered(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    caller.send(caller.request("ACK", "nothing", b"", b"<sip:x@127.0.0.1>;tag=1"))
    caller.send(caller.invite("good"))
    first = next(iter(caller.answers()))
    assert "good" in first
    ring(engine)


def test_also_after_the_library_was_started_anew(engines: Engines) -> None:
    engine = engines()
    engine.send(m.Configure(listen_host=sip.HOST, listen_port=sip.free_port(), audio="null"))
    engine.wait(m.EngineReady)
    caller = sip.RawCaller(engine.port)
    assert status(caller, "REFER", b"Refer-To: <sip:+48900100200@127.0.0.1>\r\n") == 603
    assert status(caller, "PUBLISH", b"Event: presence\r\n") == 501
    caller.close()
