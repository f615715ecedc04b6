"""Who is calling and what the exchange knows about it, read from SIP headers that nobody can be trusted to write well.

Pure functions: they never raise on any text, and what they return holds no control characters.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote
from uuid import UUID

import msgspec
from msgspec.structs import replace

Headers = Iterable[tuple[str, str]]

MAX_VALUE = 400
_JOINERS = "\u200c\u200d"  # Persian words and emoji sequences need them; every other format character goes
_ANONYMOUS_USERS = {"anonymous", "restricted", "private", "unavailable", "withheld", "unknown"}
_WITHHOLDING = {"id", "user", "full"}  # RFC 3323, RFC 3325
_NUMBER_LIKE = re.compile(r"\+?\d{5,}")
_UUI_TEXT = {"ascii", "text", "utf-8", "utf8"}
_PROTOCOL_DISCRIMINATORS = (0x00, 0x04)  # user-specific, IA5 text: what exchanges put before the data
_ANSWER_AFTER = re.compile(r"(?:^|[;\s])answer-after\s*=\s*\"?(\d{1,4})", re.IGNORECASE)
_AUTO_ALERT = re.compile(r"(?:^|[\s<=\"/;])(?:alert-auto-?answer|auto[ -]?answer|ring[ -]?answer)\b", re.IGNORECASE)
_ALERT_DELAY = re.compile(r";\s*delay\s*=\s*\"?(\d{1,4})", re.IGNORECASE)
_LONGEST_DELAY_S = 60.0
_HIDDEN_DIVERSION = ("full", "uri")  # RFC 5806
_DIVERSION_CAUSES = {"302": "unconditional", "486": "user-busy", "408": "no-answer", "480": "deflection",
                     "487": "deflection", "503": "unavailable", "404": "unknown"}  # RFC 4458  # fmt: skip
_HANDED_ON = {"x-queue", "x-queue-name", "x-queue-wait", "x-account", "x-called-number", "x-dnis", "x-did",
              "user-to-user"}  # fmt: skip
_MAX_HANDED_ON = 1_500  # bytes; the whole message must stay below 4,000
_UCID_TAG = b"\xfa\x08"  # Avaya's universal call id: two tag bytes and eight of data


class NameAddr(msgspec.Struct, frozen=True):
    """``"Jane" <sip:+4812@host;x=y>;p=q`` in parts; ``user`` is percent-decoded and without its parameters."""

    display_name: str = ""
    scheme: str = ""
    user: str = ""
    host: str = ""
    parameters: tuple[tuple[str, str], ...] = ()  # of the URI, then of the header; names in lower case

    def parameter(self, name: str) -> str:
        return next((value for key, value in self.parameters if key == name), "")


class CallerIdentity(msgspec.Struct, frozen=True):
    """Who calls, as far as the headers say. ``anonymous`` callers have neither number nor name."""

    number: str = ""  # as received
    display_name: str = ""
    anonymous: bool = False
    source: str = ""  # the header it was taken from
    verified: str = ""  # the carrier's verdict on the number (verstat): passed, failed, none; empty: unsaid
    attestation: str = ""  # how well the first carrier knows the caller: A, B, C


class Handoff(msgspec.Struct, frozen=True):
    """What the exchange and its IVR hand over with a call; None or empty where they said nothing."""

    queue: str | None = None
    wait_s: float | None = None  # spent in the queue
    linked_id: str | None = None  # the exchange's name for the whole call
    interaction_id: str | None = None  # ours, from another desktop
    account_number: str | None = None
    ivr: tuple[tuple[str, str], ...] = ()  # (label, value) in the order received
    diverted_from: str | None = None  # the last number that sent the call on
    diversion_reason: str | None = None
    diversions: int = 0  # how often the call was sent on
    called_number: str | None = None  # what the customer dialled
    referred_by: str | None = None  # who transferred the call to us
    referred_by_user: str | None = None  # the same as the user part of an address: an extension
    reason: str | None = None  # RFC 3326, as received
    uui: str | None = None  # User-to-User data as text, or as it came where it is none
    ucid: str | None = None  # Avaya's call id, found in it
    first_direction: str | None = None  # inbound, outbound: of an interaction that another desktop hands on
    first_number: str | None = None  # and its customer's number
    purpose: str | None = None  # consult: a colleague asks us about that interaction
    replaces: str | None = None  # the Call-ID of the dialog that this call takes the place of (RFC 3891)


def clean(text: str, limit: int = MAX_VALUE) -> str:
    """One line of plain text of at most ``limit`` (at least 1) characters, without control and direction characters."""
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Zl", "Zp", "Zs") or character in "\t\n\r\v\f":
            kept.append(" ")
        elif category[0] != "C" or category == "Cn" or character in _JOINERS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def identity(headers: Headers, trusted: bool) -> CallerIdentity:
    """P-Asserted-Identity before Remote-Party-ID before From; the first two only from a peer we trust (RFC 3325)."""
    found = list(headers)
    withheld = _privacy(found)
    candidates: list[tuple[str, NameAddr]] = []
    if trusted:
        asserted = [name_addr(value) for value in _values(found, "P-Asserted-Identity")]
        asserted.sort(key=lambda one: one.scheme != "tel")  # of a sip and a tel one, tel is surely a number
        named = next((one.display_name for one in asserted if one.display_name), "")
        candidates += [("P-Asserted-Identity", _named(one, named)) for one in asserted]
        for value in _values(found, "Remote-Party-ID"):
            party = name_addr(value)
            if party.parameter("party").lower() in ("", "calling"):
                withheld = withheld or party.parameter("privacy").lower() not in ("", "off")
                candidates.append(("Remote-Party-ID", party))
    candidates += [("From", name_addr(value)) for value in _values(found, "From")[:1]]
    source, best = next(((name, one) for name, one in candidates if one.user), ("", NameAddr()))
    if not source and candidates:
        source, best = candidates[0]
    if withheld or _is_anonymous(best):
        return CallerIdentity(anonymous=True, source=source)
    return CallerIdentity(
        number=clean(best.user),
        display_name=clean(best.display_name),
        source=source,
        verified=_verdict(best) if trusted else "",
        attestation=_attestation(found) if trusted else "",
    )


def handoff(headers: Headers) -> Handoff:
    """Everything else that a call brings along; names of X- headers in any case."""
    found = list(headers)
    diversions = [name_addr(value) for value in _values(found, "Diversion")]
    history = _history(found)
    data = _user_to_user(found)
    return Handoff(
        queue=_first(found, "X-Queue", "X-Queue-Name"),
        wait_s=_seconds(_first(found, "X-Queue-Wait")),
        linked_id=_first(found, "X-Call-Linkedid"),
        interaction_id=_first(found, "X-Interaction-Id"),
        account_number=_first(found, "X-Account", "X-IVR-Account"),
        ivr=tuple(
            (clean(name[6:].replace("-", " "), 60), clean(value))
            for name, value in found
            if name.lower().startswith("x-ivr-") and name.lower() != "x-ivr-account" and clean(value)
        ),
        diverted_from=_diverted_from(diversions, history),
        diversion_reason=_diversion_reason(diversions, history),
        diversions=_diversion_count(diversions, history),
        called_number=_called_number(found, diversions, history),
        referred_by=_person(_values(found, "Referred-By")),
        referred_by_user=_user(_values(found, "Referred-By")),
        reason=_first(found, "Reason"),
        uui=", ".join(text for text, _ in data) or None,
        ucid=next((ucid for _, ucid in data if ucid), None),
        first_direction=_first(found, "X-Interaction-Direction"),
        first_number=_first(found, "X-Interaction-Number"),
        purpose=_first(found, "X-Interaction-Leg"),
        replaces=_replaced(found),
    )


def handed_on(headers: Headers) -> tuple[tuple[str, str], ...]:
    """The headers of a call that go along when it is transferred: what the exchange said, in order, 1,500 bytes."""
    kept, room = [], _MAX_HANDED_ON
    for name, value in headers:
        shown = clean(value)
        if shown and (name.lower() in _HANDED_ON or name.lower().startswith("x-ivr-")):
            room -= len(name) + len(shown.encode()) + 4
            if room < 0:
                break
            kept.append((name, shown))
    return tuple(kept)


def monitor_request(headers: Headers) -> str:
    """The request to listen in that a call is made for, as a UUID's text; empty for every other call."""
    said = _first(list(headers), "X-Monitor") or ""
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        return ""


def auto_answer_after(headers: Headers) -> float | None:
    """Seconds after which the sender wants this call answered by itself; None if it does not ask for that.

    Call-Info answer-after before Alert-Info (alert-autoanswer, Ring Answer, Auto Answer) before Answer-Mode (RFC 5373).
    Whether it may is another question.
    """
    found = list(headers)
    after = [_ANSWER_AFTER.search(value) for name, value in found if name.lower() == "call-info"]
    if (said := next((match for match in after if match), None)) is not None:
        return min(float(said[1]), _LONGEST_DELAY_S)
    for name, value in found:
        if name.lower() == "alert-info" and _AUTO_ALERT.search(value):
            delay = _ALERT_DELAY.search(value)
            return min(float(delay[1]), _LONGEST_DELAY_S) if delay else 0.0
    modes = (value for name, value in found if name.lower() in ("answer-mode", "priv-answer-mode"))
    return 0.0 if any(value.partition(";")[0].strip().lower() == "auto" for value in modes) else None


def name_addr(value: str) -> NameAddr:
    """Take an address header apart, as well as it goes."""
    value = value.strip()
    display, rest = "", value
    if value.startswith('"'):
        quoted = re.match(r'"((?:[^"\\]|\\.)*)"', value, re.DOTALL)
        if quoted:
            display, rest = re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL), value[quoted.end() :]
    before, bracket, after = rest.partition("<")
    if bracket:
        display = display or before.strip().strip('"')
        uri, _, tail = after.partition(">")
    else:
        uri, _, tail = rest.partition(";")
    scheme, user, host, parameters = _uri(uri.strip())
    return NameAddr(clean(display), scheme, user, host, (*parameters, *_parameters(tail)))


def _uri(uri: str) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    scheme, colon, rest = uri.partition(":")
    if not colon or not scheme.isalpha():
        scheme, rest = "", uri
    rest = rest.partition("?")[0]
    if scheme.lower() == "tel":
        number, _, tail = rest.partition(";")
        return "tel", clean(unquote(number)), "", _parameters(tail)
    user, at, after = rest.rpartition("@")
    host, _, tail = (after if at else rest).partition(";")
    user, _, in_user = user.partition(";")
    user = user.partition(":")[0]
    return scheme.lower(), clean(unquote(user)), clean(host), (*_parameters(in_user), *_parameters(tail))


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition("=") for part in text.split(";"))
    return tuple((name.strip().lower(), unquote(value.strip().strip('"'))) for name, _, value in pairs if name.strip())


def _values(headers: list[tuple[str, str]], name: str) -> list[str]:
    """Every value of a header, comma lists taken apart (not within quotes or angle brackets)."""
    values: list[str] = []
    for key, text in headers:
        if key.lower() != name.lower():
            continue
        start, quoted, bracketed = 0, False, False
        for position, character in enumerate(text):
            if character == '"' and text[position - 1 : position] != "\\":
                quoted = not quoted
            elif not quoted and character in "<>":
                bracketed = character == "<"
            elif character == "," and not quoted and not bracketed:
                values.append(text[start:position])
                start = position + 1
        values.append(text[start:])
    return [value.strip() for value in values if value.strip()]


def _first(headers: list[tuple[str, str]], *names: str) -> str | None:
    """The first value that says something, cleaned; earlier names first."""
    for name in names:
        for key, value in headers:
            if key.lower() == name.lower() and clean(value):
                return clean(value)
    return None


def _named(one: NameAddr, name: str) -> NameAddr:
    return one if one.display_name else NameAddr(name, one.scheme, one.user, one.host, one.parameters)


def _privacy(headers: list[tuple[str, str]]) -> bool:
    wishes = (re.split(r"[;,\s]+", value.lower()) for name, value in headers if name.lower() == "privacy")
    return any(_WITHHOLDING.intersection(wish) for wish in wishes)


def _is_anonymous(one: NameAddr) -> bool:
    host = one.host.lower().partition(":")[0]
    return host == "anonymous.invalid" or one.user.lower() in _ANONYMOUS_USERS


def _verdict(one: NameAddr) -> str:
    """ATIS-1000074: TN-Validation-Passed, TN-Validation-Failed, No-TN-Validation, perhaps with -A, -B or -C."""
    said = one.parameter("verstat").lower()
    for start, verdict in (
        ("tn-validation-passed", "passed"),
        ("tn-validation-failed", "failed"),
        ("no-tn-validation", "none"),
    ):
        if said.startswith(start):
            return verdict
    return ""


def _attestation(headers: list[tuple[str, str]]) -> str:
    said = (_first(headers, "Attestation-Info", "X-Attestation-Info") or "")[:1].upper()
    return said if said in ("A", "B", "C") else ""


def _history(headers: list[tuple[str, str]]) -> list[NameAddr]:
    """History-Info (RFC 7044) in the order of its indices: the first entry is what was called first.

    What stands behind the "?" of an entry's URI follows its parameters: Reason, and Privacy, which hides the number.
    """
    entries = []
    for value in _values(headers, "History-Info"):
        entry = name_addr(value)
        extra = re.search(r"\?([^>\s]*)", value)
        escaped = _parameters((extra[1] if extra else "").replace("&", ";"))
        hidden = any(name == "privacy" and wish.lower() != "none" for name, wish in escaped)
        entries.append(replace(entry, user="" if hidden else entry.user, parameters=(*entry.parameters, *escaped)))

    def index(entry: NameAddr) -> list[int]:
        return [int(part[:9]) for part in entry.parameter("index").split(".") if part.isascii() and part.isdigit()]

    return sorted(entries, key=index)


def _diverted_from(diversions: list[NameAddr], history: list[NameAddr]) -> str | None:
    if diversions:  # RFC 5806: the topmost is the last diverter
        return _diverter(diversions[0])
    return clean(history[-2].user) or None if len(history) >= 2 else None


def _diverter(one: NameAddr) -> str | None:
    if one.parameter("privacy").lower() in _HIDDEN_DIVERSION:
        return None
    return clean(one.user or one.display_name) or None


def _diversion_reason(diversions: list[NameAddr], history: list[NameAddr]) -> str | None:
    if diversions:
        return clean(diversions[0].parameter("reason")) or None
    for entry in reversed(history):
        cause = re.search(r"cause\s*=\s*(\d{3})", entry.parameter("reason"), re.IGNORECASE)
        said = cause[1] if cause else entry.parameter("cause")
        if said in _DIVERSION_CAUSES:
            return _DIVERSION_CAUSES[said]
    return None


def _diversion_count(diversions: list[NameAddr], history: list[NameAddr]) -> int:
    """RFC 5806: each header stands for ``counter`` diversions, one if it does not say."""
    if not diversions:
        return max(0, len(history) - 1)
    counters = (one.parameter("counter") for one in diversions)
    return min(99, sum(int(said[:3]) if said.isascii() and said.isdigit() and int(said) else 1 for said in counters))


def _called_number(headers: list[tuple[str, str]], diversions: list[NameAddr], history: list[NameAddr]) -> str | None:
    explicit = _first(headers, "X-Called-Number", "X-DNIS", "X-DID")
    if explicit:
        return explicit
    called = _values(headers, "P-Called-Party-ID")
    candidates = [*(name_addr(value) for value in called), *history[:1], *diversions[-1:]]
    open_ones = (one for one in candidates if one.parameter("privacy").lower() not in _HIDDEN_DIVERSION)
    user = next((one.user for one in open_ones if one.user), "")
    if not user:  # an agent's own extension says nothing; a whole number in To does
        user = next((name_addr(value).user for value in _values(headers, "To")), "")
        user = user if _NUMBER_LIKE.fullmatch(user) else ""
    return clean(user) or None


def _person(values: list[str]) -> str | None:
    one = name_addr(values[0]) if values else NameAddr()
    return clean(one.display_name or one.user or one.host) or None


def _user(values: list[str]) -> str | None:
    return clean(name_addr(values[0]).user, 64) or None if values else None


def _replaced(headers: list[tuple[str, str]]) -> str | None:
    """Replaces: Call-ID;to-tag=...;from-tag=..."""
    said = _first(headers, "Replaces")
    return (said.partition(";")[0].strip() or None) if said else None


def _seconds(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _user_to_user(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(text, UCID) of each User-to-User value (RFC 7433), of the header's two names."""
    values = [*_values(headers, "User-to-User"), *_values(headers, "X-User-To-User")]
    return [decoded for value in values if (decoded := _decoded_uui(value))[0]]


def _decoded_uui(value: str) -> tuple[str, str]:
    if ";" not in value and "%3b" in value.lower():  # taken over from the header part of a URI
        value = unquote(value)
    quoted = re.match(r'\s*"([^"]*)"', value)
    data, _, tail = (quoted[1], "", value[quoted.end() :]) if quoted else value.partition(";")
    data = data.strip()
    parameters = dict(_parameters(tail))
    encoding = parameters.get("encoding", "hex").lower()
    shown = clean(data)
    if encoding in _UUI_TEXT or len(data) % 2 or not re.fullmatch(r"[0-9A-Fa-f]+", data):
        return shown, ""
    octets = bytes.fromhex(data)
    starts = (1, 0) if "pd" not in parameters and octets[0] in _PROTOCOL_DISCRIMINATORS else (0,)
    text = next((text for start in starts if (text := _printable(octets[start:]))), "")
    return text or shown, _ucid(octets)


def _printable(octets: bytes) -> str:
    """The text in these bytes, or nothing if they are no text."""
    try:
        text = octets.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return clean(text) if text and all(c.isprintable() or c in "\t\r\n" for c in text) else ""


def _ucid(octets: bytes) -> str:
    """Twenty digits: node (5), sequence (5), start in seconds since 1970 (10)."""
    at = octets.find(_UCID_TAG)
    part = octets[at + 2 : at + 10]
    if at < 0 or len(part) < 8:
        return ""
    node, sequence, start = (int.from_bytes(part[a:b], "big") for a, b in ((0, 2), (2, 4), (4, 8)))
    return f"{node:05}{sequence:05}{start:010}"
