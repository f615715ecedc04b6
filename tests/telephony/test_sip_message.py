"""Messages as they came: odd but readable ones on paper, and hostile ones over the wire to a real engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.telephony import messages as m
from agent_desktop.telephony import sip_message
from tests.support import sip


def test_duplicates_stay_in_order_and_short_names_are_written_out() -> None:
    read = sip_message.read(
        b"INVITE sip:a@b SIP/2.0\r\nf: <sip:x@y>\r\nT:  <sip:a@b> \r\ni:1\r\nDiversion: <sip:1@x>\r\nm : <sip:c@d>\r\n"
        b"diversion: <sip:2@x>\r\nc: application/sdp\r\nl: 3\r\n\r\nabc"
    )
    assert read.request_uri == "sip:a@b"
    assert read.headers == (
        ("From", "<sip:x@y>"),
        ("To", "<sip:a@b>"),
        ("Call-ID", "1"),
        ("Diversion", "<sip:1@x>"),
        ("Contact", "<sip:c@d>"),
        ("diversion", "<sip:2@x>"),
        ("Content-Type", "application/sdp"),
        ("Content-Length", "3"),
    )
    assert read.first("DIVERSION") == "<sip:1@x>"
    assert (read.size, read.body_size, read.cut) == (149, 3, False)


def test_folded_lines_are_one_value() -> None:
    read = sip_message.read(b"INVITE sip:a@b SIP/2.0\nSubject: one\n  two\n\tthree\nX-A: y\n\n")
    assert read.headers == (("Subject", "one two three"), ("X-A", "y"))


def test_bytes_that_are_no_text_are_replaced() -> None:
    read = sip_message.read(
        b"INVITE sip:a@b SIP/2.0\r\nFrom: Ren\xe9 <sip:r@x>\r\nX-\xff: \x01\r\nno colon\r\n: empty\r\n\r\n"
    )
    assert read.headers == (("From", "Ren\ufffd <sip:r@x>"), ("X-\ufffd", "\x01"))


@pytest.mark.parametrize(
    ("length", "body", "cut"), [(b"3", b"abc", False), (b"9", b"abc", True), (b"x", b"", False), (b"-1", b"", False)]
)
def test_less_body_than_promised_is_a_cut(length: bytes, body: bytes, cut: bool) -> None:
    raw = b"INVITE sip:a@b SIP/2.0\r\nContent-Length: " + length + b"\r\n\r\n" + body
    assert sip_message.read(raw).cut is cut


@pytest.mark.parametrize(
    ("reasons", "elsewhere"),
    [
        (['SIP;cause=200;text="Call completed elsewhere"'], True),
        (["Q.850;cause=16", "SIP ; Cause = 200"], True),
        (["Q.850;cause=26, SIP;cause=200"], True),
        (["Q.850;cause=200"], False),
        (["SIP;cause=2000"], False),
        (["SIP;cause=487"], False),
        ([], False),
    ],
)
def test_completed_elsewhere(reasons: list[str], elsewhere: bool) -> None:
    assert sip_message.completed_elsewhere(reasons) is elsewhere


def test_a_value_that_begins_on_the_next_line_has_no_blank_before_it() -> None:
    read = sip_message.read(b"INVITE sip:a@b SIP/2.0\r\nCALL-ID \t:\r\n  one\r\n two\r\n\r\n")
    assert read.first("Call-ID") == "one two"


@pytest.mark.parametrize(
    ("kind", "body", "digits"),
    [
        (b"application/dtmf", b"5\r\n", "5"),
        (b"Application/DTMF; x=y", b"a#", "A#"),
        (b"application/dtmf", b"Signal=5", ""),
        (b"application/dtmf-relay", b"5", ""),  # the library's own
        (b"application/dtmf", b"5" * 17, ""),
    ],
)
def test_digits_of_an_info(kind: bytes, body: bytes, digits: str) -> None:
    raw = b"INFO sip:a@b SIP/2.0\r\nContent-Type: " + kind + b"\r\n\r\n" + body
    assert sip_message.info_digits(raw) == digits


@given(st.binary(max_size=600) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_reading_never_raises(raw: bytes) -> None:
    read = sip_message.read(b"INVITE sip:a@b SIP/2.0\r\n" + raw)
    assert read.cut in (True, False)
    assert sip_message.completed_elsewhere([value for _, value in read.headers]) in (True, False)
    m.frame(m.IncomingCall(seq=1, at_us=1, call_id="a", sip_call_id="b", request_uri="c", headers=read.headers))


@given(st.binary(max_size=200))
def test_what_the_library_hands_over_as_text_is_the_same_bytes(raw: bytes) -> None:
    assert sip_message.raw_bytes(raw.decode("utf-8", "surrogateescape")) == raw


# ------------------------------------------------------------ over the wire


HOSTILE = {
    "html": (b'"<b onclick=1>Ann</b>" <sip:601442190@x.example>;tag=1', b"X-Queue: <script>alert(1)</script>"),
    "sql": (b'"Robert\'); DROP TABLE customers;--" <sip:1@x.example>;tag=1', b"X-Account: ' OR 1=1 --"),
    "long": (b"<sip:" + b"9" * 300 + b"@x.example>;tag=1", b"X-Queue: " + b"q" * 300),
    "long name": (b'"' + b"N" * 300 + b'" <sip:601442190@x.example>;tag=1', b"X-Queue: support"),
    "no user": (b"<sip:x.example>;tag=1", b"X-Queue: support"),
    "anonymous": (b'"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1', b"Privacy: id"),
    "emoji": ('"Zo\u00eb 😀👩‍🚒" <sip:601442190@x.example>;tag=1'.encode(), "X-IVR-Mood: 😀".encode()),
    "right to left": (
        '"\u202eevil\u202c שלום" <sip:601442190@x.example>;tag=1'.encode(),
        "X-Queue: \u202eqwe".encode(),
    ),
    "latin-1": (b'"Ren\xe9" <sip:601442190@x.example>;tag=1', b"X-IVR-Name: Ren\xe9"),
    "control": (b'"A\x01\x02\x1b[31mB\x7f" <sip:601442190@x.example>;tag=1', b"X-Queue: a\x07\x1b]0;x\x07b"),
    "short names": (b"<sip:601442190@x.example>;tag=1", b"s: hello\r\nk: replaces"),
    "folded": (b"<sip:601442190@x.example>;tag=1", b"X-Queue: one\r\n  two"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_call_rings_and_arrives_whole(engine: sip.EngineDriver, caller: sip.RawCaller, name: str) -> None:
    sender, extra = HOSTILE[name]
    caller.send(caller.invite("hostile", extra + b"\r\n", sender=sender))
    incoming = engine.wait(m.IncomingCall)
    expected = sip_message.read(caller.invite("hostile", extra + b"\r\n", sender=sender)).headers
    assert incoming.headers == expected
    assert not incoming.cut
    engine.send(m.Answer(call_id=incoming.call_id))
    assert caller.final("hostile") == 200
    engine.send(m.HangUp(call_id=incoming.call_id))
    engine.wait(m.CallEnded)


def padded(caller: sip.RawCaller, size: int, call_id: str = "big") -> bytes:
    """An INVITE of exactly so many bytes."""
    bare = len(caller.invite(call_id, b"X-Pad: \r\nX-Last: end\r\n"))
    return caller.invite(call_id, b"X-Pad: " + b"p" * (size - bare) + b"\r\nX-Last: end\r\n")


@pytest.mark.parametrize("size", [1500, 3500, 3999])
def test_a_large_invite_arrives_whole(engine: sip.EngineDriver, caller: sip.RawCaller, size: int) -> None:
    invite = padded(caller, size)
    assert len(invite) == size
    caller.send(invite)
    incoming = engine.wait(m.IncomingCall)
    assert (incoming.size, incoming.cut) == (size, False)
    assert ("X-Last", "end") in incoming.headers
    engine.send(m.Answer(call_id=incoming.call_id))
    assert caller.final("big") == 200


@pytest.mark.parametrize("size", [4000, 6000, 20_000])
def test_a_larger_one_is_cut_and_says_so(engine: sip.EngineDriver, caller: sip.RawCaller, size: int) -> None:
    caller.send(padded(caller, size))
    incoming = engine.wait(m.IncomingCall)
    assert (incoming.size, incoming.cut) == (4000, True)
    assert incoming.headers[0][0] == "Via"
    assert dict(incoming.headers)["From"].startswith("<sip:+48601442190@")
    engine.send(m.Answer(call_id=incoming.call_id))
    assert caller.final("big") == 200
    caller.send(caller.invite("small"))
    assert not engine.wait(m.IncomingCall).cut


def test_a_call_whose_sdp_is_cut_in_the_middle_cannot_be_answered_but_leaves_a_record(
    engine: sip.EngineDriver, caller: sip.RawCaller
) -> None:
    caller.send(padded(caller, 4100))
    assert engine.wait(m.IncomingCall).cut
    assert caller.final("big") == 400
    ended = engine.wait(m.CallEnded)
    assert (ended.code, ended.by) == (400, "engine")


RUBBISH = [
    b"",
    b"\r\n\r\n",
    b"\x00" * 500,
    b"INVITE",
    b"INVITE sip:a@b SIP/2.0\r\n\r\n",
    b"INVITE sip:a@b SIP/2.0\r\nVia: x\r\nFrom: \r\nTo: \r\nCall-ID: \r\nCSeq: x INVITE\r\nContent-Length: -5\r\n\r\n",
    b"SIP/2.0 999 What\r\nVia: SIP/2.0/UDP 127.0.0.1\r\n\r\n",
    bytes(range(256)) * 15,
]


def test_rubbish_is_survived(engine: sip.EngineDriver, caller: sip.RawCaller) -> None:
    whole = caller.invite("mutant", b"X-Queue: support\r\n")
    for position in range(0, len(whole), 7):
        caller.send(whole[:position] + b"\xff" + whole[position + 1 :])
        caller.send(whole[:position])
    for data in RUBBISH:
        caller.send(data)
    caller.send(caller.invite("alive"))
    engine.wait(m.IncomingCall, lambda call: call.sip_call_id == "alive")
    assert engine.alive
