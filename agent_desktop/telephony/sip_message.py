"""Reads a SIP message as it came, tolerantly: what a phone must not trust it must at least be able to show."""

import re

import msgspec

LARGEST_READ = 4000
"""Bytes of one UDP message that the SIP library reads; whatever follows is lost (PJSIP_MAX_PKT_LEN)."""

_COMPACT = {
    "a": "Accept-Contact",
    "b": "Referred-By",
    "c": "Content-Type",
    "d": "Request-Disposition",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "j": "Reject-Contact",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "n": "Identity-Info",
    "o": "Event",
    "r": "Refer-To",
    "s": "Subject",
    "t": "To",
    "u": "Allow-Events",
    "v": "Via",
    "x": "Session-Expires",
    "y": "Identity",
}
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r?\n")


class SipMessage(msgspec.Struct, frozen=True):
    """Headers in the order received, duplicates kept, compact names written out; values as text, not cleaned."""

    start_line: str
    headers: tuple[tuple[str, str], ...]
    size: int
    body_size: int

    @property
    def request_uri(self) -> str:
        """What was called: the middle of the request line, or an empty string."""
        parts = self.start_line.split(" ")
        return parts[1] if len(parts) >= 3 else ""

    def first(self, name: str) -> str:
        """The value of the first header called ``name``, in any case; empty without one."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def cut(self) -> bool:
        """Whether bytes are missing: the read was full, or less body came than Content-Length promises."""
        promised = self.first("Content-Length").strip()
        missing = promised.isascii() and promised.isdigit() and int(promised[:9]) > self.body_size
        return self.size >= LARGEST_READ or missing


def read(raw: bytes) -> SipMessage:
    """Never raises. Folded lines are joined by one space; bytes that are no UTF-8 become U+FFFD."""
    head, body = _halves(raw)
    lines = _LINE.split(head)
    headers: list[tuple[str, bytes]] = []
    for line in lines[1:]:
        if line[:1] in (b" ", b"\t") and headers:
            name, value = headers[-1]
            headers[-1] = (name, (value.rstrip() + b" " + line.strip()).strip())
            continue
        key, colon, value = line.partition(b":")
        name = _text(key).strip()
        if colon and name:
            headers.append((_COMPACT.get(name.lower(), name), value.strip(b" \t")))
    return SipMessage(
        start_line=_text(lines[0]),
        headers=tuple((name, _text(value)) for name, value in headers),
        size=len(raw),
        body_size=len(body),
    )


def raw_bytes(text: str) -> bytes:
    """The bytes behind a string of the SIP library, which hands over anything that is no UTF-8 as lone surrogates."""
    return text.encode("utf-8", "surrogateescape")


def completed_elsewhere(reasons: list[str]) -> bool:
    """Whether a Reason header (RFC 3326) says that another phone took the call: ``SIP;cause=200``."""
    for reason in reasons:
        for one in reason.split(","):
            protocol, *parameters = (part.strip().lower() for part in one.split(";"))
            if protocol == "sip" and any(re.fullmatch(r"cause\s*=\s*200", part) for part in parameters):
                return True
    return False


def info_digits(raw: bytes) -> str:
    """What an INFO with application/dtmf says: bare digits. The library itself reads only application/dtmf-relay."""
    _, body = _halves(raw)
    kind = read(raw).first("Content-Type").partition(";")[0].strip().lower()
    digits = _text(body).strip() if kind == "application/dtmf" else ""
    return digits.upper() if re.fullmatch(r"[0-9*#A-Da-d]{1,16}", digits) else ""


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    end = _END_OF_HEAD.search(raw)
    return (raw, b"") if end is None else (raw[: end.start()], raw[end.end() :])


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
