"""Messages in the manner of RFC 4475: odd ones that are right, and broken ones, all written for this program."""

from collections.abc import Callable

from tests.support import sip

Change = Callable[[bytes], bytes]
FIRST_LINE = b"INVITE sip:agent@127.0.0.1:"


def _swap(old: bytes, new: bytes) -> Change:
    def change(message: bytes) -> bytes:
        assert old in message, (old, message)
        return message.replace(old, new, 1)

    return change


def _line(name: bytes, new: bytes) -> Change:
    """Put ``new`` in the place of a whole header line."""

    def change(message: bytes) -> bytes:
        head, gap, body = message.partition(b"\r\n\r\n")
        lines = [new if line.startswith(name + b":") else line for line in head.split(b"\r\n")]
        return b"\r\n".join(line for line in lines if line) + gap + body

    return change


def _add(*lines: bytes) -> Change:
    """More header lines, at the front."""

    def change(message: bytes) -> bytes:
        first, _, rest = message.partition(b"\r\n")
        return b"\r\n".join((first, *lines, rest))

    return change


def _uri(uri: bytes) -> Change:
    def change(message: bytes) -> bytes:
        return b"INVITE " + uri + b" SIP/2.0\r\n" + message.partition(b"\r\n")[2]

    return change


def _compact(message: bytes) -> bytes:
    for long, short in ((b"Via", b"v"), (b"From", b"f"), (b"To", b"t"), (b"Call-ID", b"i"), (b"Contact", b"m"),
                        (b"Content-Type", b"c"), (b"Content-Length", b"l")):  # fmt: skip
        message = message.replace(b"\r\n" + long + b":", b"\r\n" + short + b":", 1)
    return message


def _shouted(message: bytes) -> bytes:
    head, gap, body = message.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    named = [line.partition(b":") for line in lines]
    return (
        b"\r\n".join((first, *(name.upper() + b" \t:\r\n  " + value.strip() for name, _, value in named))) + gap + body
    )


def _multipart(message: bytes) -> bytes:
    return _body(
        message,
        b"multipart/mixed;boundary=limit",
        b"--limit\r\nContent-Type: text/plain\r\n\r\nhello\r\n--limit\r\nContent-Type: application/sdp\r\n\r\n"
        + sip.SDP
        + b"\r\n--limit--\r\n",
    )


def _body(message: bytes, kind: bytes, body: bytes) -> bytes:
    message = _line(b"Content-Type", b"Content-Type: " + kind)(message)
    message = _line(b"Content-Length", b"Content-Length: " + str(len(body)).encode())(message)
    return message.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body


ODD: dict[str, Change] = {
    "shouted names, spaces before the colon, every value folded": _shouted,
    "short names": _compact,
    "an escaped user": lambda message: message.replace(b"sip:agent@", b"sip:%61gen%74@", 1),
    "a user full of semicolons": _line(b"From", b"From: <sip:u;x=y%40z;isub=1@127.0.0.1>;tag=1"),
    "a quoted name with quotes, backslashes, commas, angle brackets": _line(
        b"From", rb'From: "J \"Rock\\Star\", <sip:evil@127.0.0.1>" <sip:+48601@127.0.0.1>;tag=1'
    ),
    "an address without brackets": _line(b"From", b"From: sip:+48601@127.0.0.1;tag=1"),
    "a telephone number without a host": _line(b"From", b"From: <tel:+48-601-442-190;ext=7>;tag=1"),
    "unknown headers, folded, empty, of bytes": _add(
        b"NewFangled: one\r\n two\r\n\tthree", b"Empty:", b"X-Bytes: \xff\xfe\x80", b"Supported:", b"Accept-Language:"
    ),
    "no Content-Length": _line(b"Content-Length", b""),
    "no forwards left": _line(b"Max-Forwards", b"Max-Forwards: 0"),
    "a call name of every allowed character": lambda message: message.replace(
        b"Call-ID: ", b"Call-ID: w(ei)<rd>!%*_+`'~:\\\"/[]?{}", 1
    ),
    "several parts, the description second": _multipart,
    "the other way round: bare line feeds": lambda message: (
        message.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n\n" + message.partition(b"\r\n\r\n")[2]
    ),
    "unknown parameters everywhere": lambda message: _line(b"Contact", b"Contact: <sip:c@127.0.0.1;a=b;c>;expires=9;x")(
        message.replace(b";rport", b';rport;hidden;x="a;b,c"', 1)
    ),
    "a date of another zone": _add(b"Date: Fri, 01 Jan 2010 16:00:00 EST", b"Timestamp: 54.3 0.1"),
    "a wish to ring a bell": _add(b"Alert-Info: <http://www.example.invalid/sounds/moo.wav>", b"Priority: emergency"),
}
"""Unusual, but right: each must ring."""

BROKEN: dict[str, Change] = {
    "more promised than sent": _line(b"Content-Length", b"Content-Length: 9999"),
    "less than nothing promised": _line(b"Content-Length", b"Content-Length: -999"),
    "a length beyond all numbers": _line(b"Content-Length", b"Content-Length: 99999999999999999999"),
    "no length but words": _line(b"Content-Length", b"Content-Length: many"),
    "a sequence beyond all numbers": _line(b"CSeq", b"CSeq: 36893488147419103232 INVITE"),
    "a sequence of another method": _line(b"CSeq", b"CSeq: 1 OPTIONS"),
    "a sequence without a method": _line(b"CSeq", b"CSeq: 7"),
    "a date that never was": _add(b"Date: Fri, 99 Zzz 20100 99:99:99 XXX"),
    "forwards that are words": _line(b"Max-Forwards", b"Max-Forwards: lots"),
    "300 forwards": _line(b"Max-Forwards", b"Max-Forwards: 300"),
    "an address with blanks": _uri(b"sip:agent@127.0.0.1; lr; transport = udp"),
    "an address in brackets": _uri(b"<sip:agent@127.0.0.1>"),
    "an unknown scheme": _uri(b"soap.beep://127.0.0.1:3002"),
    "a scheme alone": _uri(b"sip:"),
    "a port that is none": _uri(b"sip:agent@127.0.0.1:99999999"),
    "half an IPv6 address": _uri(b"sip:agent@[::1"),
    "escapes that are none": _uri(b"sip:%%%zz%0@127.0.0.1"),
    "a zero in the user": _uri(b"sip:ag%00ent@127.0.0.1"),
    "a user of 1,500 bytes": _uri(b"sip:" + b"u" * 1500 + b"@127.0.0.1"),
    "an address with headers in it": _uri(b"sip:agent@127.0.0.1?Route=%3Csip:x%3E&Replaces=a%3Bto-tag%3Db"),
    "another version": _swap(b" SIP/2.0\r\n", b" SIP/7.0\r\n"),
    "a version without numbers": _swap(b" SIP/2.0\r\n", b" SIP/\r\n"),
    "three blanks in the first line": _swap(b"INVITE sip", b"INVITE   sip"),
    "a method of 500 letters": _swap(b"INVITE sip", b"I" * 500 + b" sip"),
    "no Via": _line(b"Via", b""),
    "no From": _line(b"From", b""),
    "no To": _line(b"To", b""),
    "no Call-ID": _line(b"Call-ID", b""),
    "no CSeq": _line(b"CSeq", b""),
    "no Contact": _line(b"Contact", b""),
    "an empty From": _line(b"From", b"From:"),
    "two Call-IDs": _add(b"Call-ID: another"),
    "two sequences": _add(b"CSeq: 9 INVITE"),
    "two From with other tags": _add(b"From: <sip:other@127.0.0.1>;tag=other"),
    "a quote that never ends": _line(b"From", b'From: "Mr. Open <sip:+48601@127.0.0.1>;tag=1'),
    "a bracket that never ends": _line(b"From", b"From: <sip:+48601@127.0.0.1;tag=1"),
    "a Contact that is a star": _line(b"Contact", b"Contact: *"),
    "a Contact that breaks off": _line(b"Contact", b"Contact: <sip:"),
    "a Via without a host": _line(b"Via", b"Via: SIP/2.0/UDP ;branch=z9hG4bKx"),
    "a Via with a mad port": _line(b"Via", b"Via: SIP/2.0/UDP 127.0.0.1:999999;branch=z9hG4bKy;rport=-1;ttl=999"),
    "a Via of another transport": _line(b"Via", b"Via: SIP/2.0/PIGEON 127.0.0.1;branch=z9hG4bKz"),
    "a branch of nothing": _line(b"Via", b"Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK"),
    "a tag of 1,000 bytes": _line(b"From", b"From: <sip:+48601@127.0.0.1>;tag=" + b"t" * 1000),
    "a To that has a tag already": _line(b"To", b"To: <sip:agent@127.0.0.1>;tag=who"),
    "a demand that nobody knows": _add(b"Require: nothingSupportsThis, nothingSupportsThisEither"),
    "a replacement of nothing": _add(b"Replaces: ;;to-tag;from-tag=;early-only=1"),
    "two replacements": _add(b"Replaces: a;to-tag=b;from-tag=c", b"Replaces: d;to-tag=e;from-tag=f"),
    "a session of one second": _add(b"Session-Expires: 1;refresher=uas", b"Min-SE: 99999999999999999999"),
    "an expiry beyond all numbers": _add(b"Expires: 99999999999999999999999"),
    "lines without a colon": _add(b"this is no header", b":", b" : x", b"\x00\x00\x00"),
    "zeros in a header": _add(b"X-Zero: a\x00b\x00c"),
    "a colon and 3,000 bytes": _add(b"X-Long: " + b"x" * 3000),
    "200 headers": _add(*(b"X-%d: %d" % (n, n) for n in range(200))),
    "credentials that are none": _add(
        b"Authorization: NoOneKnowsThisScheme opaque", b'Proxy-Authorization: Digest x="'
    ),
    "a route through nowhere": _add(b"Route: <sip:", b"Record-Route: <sip:127.0.0.1;lr>, ,,,<>"),
    "a body of an unknown kind": lambda message: _body(message, b"application/unknown", b"\x00\x01\x02"),
    "a body without a kind": _line(b"Content-Type", b""),
    "a packed body": _add(b"Content-Encoding: gzip"),
    "several parts without a border": lambda message: _body(message, b"multipart/mixed", b"--x\r\n\r\n--x--"),
    "several parts, all empty": lambda message: _body(
        message, b"multipart/mixed;boundary=x", b"--x\r\n--x\r\n--x--\r\n"
    ),
}
"""Wrong in one place each: ringing or not, the phone lives and takes the next call."""

STRAY: dict[str, bytes] = {
    "an answer to nothing": (
        b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKstray\r\nFrom: <sip:a@b>;tag=1\r\n"
        b"To: <sip:c@d>;tag=2\r\nCall-ID: stray\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
    ),
    "an answer of an overlong code": (
        b"SIP/2.0 4294967301 better not break the receiver\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKs\r\n"
        b"From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: s\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
    ),
    "an answer without a reason": b"SIP/2.0 100\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKn\r\n\r\n",
    "blank lines": b"\r\n\r\n\r\n\r\n",
    "half a first line": b"INVITE sip:agent@127.0",
    "all bytes": bytes(range(256)) * 8,
}

SDP: dict[str, Change] = {
    "a port below zero": _swap(b"m=audio 21990", b"m=audio -1"),
    "a port beyond all ports": _swap(b"m=audio 21990", b"m=audio 9999999"),
    "no port": _swap(b"m=audio 21990", b"m=audio"),
    "port zero": _swap(b"m=audio 21990", b"m=audio 0"),
    "a codec at no rate": _swap(b"PCMA/8000", b"PCMA/0"),
    "a codec without a name": _swap(b"a=rtpmap:8 PCMA/8000", b"a=rtpmap:8"),
    "a codec of number 999": _swap(b"RTP/AVP 8 101", b"RTP/AVP 999"),
    "no codec": _swap(b"RTP/AVP 8 101", b"RTP/AVP"),
    "an unknown codec": _swap(b"RTP/AVP 8 101", b"RTP/AVP 99"),
    "no connection": _swap(b"c=IN IP4 127.0.0.1\r\n", b""),
    "a connection to IPv6": _swap(b"c=IN IP4 127.0.0.1", b"c=IN IP6 ::1"),
    "a connection to half an address": _swap(b"c=IN IP4 127.0.0.1", b"c=IN IP4 127.0."),
    "a connection to a name": _swap(b"c=IN IP4 127.0.0.1", b"c=IN IP4 no.such.host.invalid"),
    "no version": _swap(b"v=0\r\n", b""),
    "no origin": _swap(b"o=- 1 1 IN IP4 127.0.0.1\r\n", b""),
    "an origin of huge numbers": _swap(b"o=- 1 1", b"o=- 99999999999999999999999 -1"),
    "no media": lambda sdp: sdp.partition(b"m=audio")[0],
    "only pictures": _swap(b"m=audio", b"m=video"),
    "forty media": lambda sdp: sdp + b"m=audio 4000 RTP/AVP 0\r\n" * 40,
    "another transport": _swap(b"RTP/AVP", b"UDP/TLS/RTP/SAVPF"),
    "keys that are none": lambda sdp: (
        sdp + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xx\r\na=fingerprint:sha-256 00\r\n"
    ),
    "packets of no length": lambda sdp: sdp + b"a=ptime:0\r\na=maxptime:-5\r\n",
    "packets of an hour": lambda sdp: sdp + b"a=ptime:3600000\r\n",
    "candidates that are none": lambda sdp: sdp + b"a=candidate:x y z\r\na=ice-ufrag:\r\na=ice-pwd:\r\n",
    "a direction twice": lambda sdp: sdp + b"a=sendonly\r\na=recvonly\r\na=inactive\r\n",
    "lines that are none": lambda sdp: sdp + b"=\r\nz\r\na=\r\na\r\n\x00\x01\r\n",
    "an fmtp of 2,000 bytes": lambda sdp: sdp + b"a=fmtp:8 " + b"x=y;" * 500 + b"\r\n",
    "500 attributes": lambda sdp: sdp + b"a=x\r\n" * 500,
}
"""Descriptions that come with a call which is then answered."""
