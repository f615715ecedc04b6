"""What the exchange and its IVR say with a call, read from SIP headers that nobody can be trusted to write well.

Pure functions: they never raise on any text, and what they return holds no control characters.
"""

import math
import re
from urllib.parse import unquote
from uuid import UUID

import msgspec

from agent_desktop.telephony import diversions, header_map
from agent_desktop.telephony.caller_identity import CallerIdentity as CallerIdentity
from agent_desktop.telephony.caller_identity import identity as identity
from agent_desktop.telephony.header_map import DEFAULT, HandoffField, HeaderMap
from agent_desktop.telephony.header_text import Headers as Headers
from agent_desktop.telephony.header_text import NameAddr, first_of, name_addr, values_of
from agent_desktop.telephony.header_text import clean as clean

_ANSWER_AFTER = re.compile(r"(?:^|[;\s])answer-after\s*=\s*\"?(\d{1,4})", re.IGNORECASE)
_AUTO_ALERT = re.compile(r"(?:^|[\s<=\"/;])(?:alert-auto-?answer|auto[ -]?answer|ring[ -]?answer)\b", re.IGNORECASE)
_ALERT_DELAY = re.compile(r";\s*delay\s*=\s*\"?(\d{1,4})", re.IGNORECASE)
_LONGEST_DELAY_S = 60.0
_MAX_HANDED_ON = 1_500  # bytes; the whole message must stay below 4,000
_CARRYING = ("refer-to", "contact")  # whose URI may bring headers of the call, percent-encoded
_MAX_CARRIED = 30


class Handoff(msgspec.Struct, frozen=True):
    """What the exchange and its IVR hand over with a call; None or empty where they said nothing."""

    queue: str | None = None
    wait_s: float | None = None  # spent in the queue
    linked_id: str | None = None  # the exchange's name for the whole call
    interaction_id: str | None = None  # ours, from another desktop
    account_number: str | None = None
    fields: tuple[HandoffField, ...] = ()  # all else that the map names, in the order received
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
    dropped: tuple[str, ...] = ()  # headers with secrets in them, which have no business here


def handoff(headers: Headers, by: HeaderMap = DEFAULT) -> Handoff:
    """Everything else that a call brings along; names of headers in any case, X- headers by the map."""
    found = list(headers)
    found += carried(found)
    way, said = diversions.way(found), header_map.read(found, by)
    one = said.one
    return Handoff(
        queue=one.get(header_map.QUEUE),
        wait_s=_seconds(one.get(header_map.WAIT)),
        linked_id=one.get(header_map.LINKED),
        interaction_id=first_of(found, "X-Interaction-Id"),
        account_number=one.get(header_map.ACCOUNT),
        fields=tuple(said.fields),
        diverted_from=way.diverted_from,
        diversion_reason=way.reason,
        diversions=way.times,
        called_number=one.get(header_map.CALLED) or way.called,
        referred_by=_person(values_of(found, "Referred-By")),
        referred_by_user=_user(values_of(found, "Referred-By")),
        reason=first_of(found, "Reason"),
        uui=clean(", ".join(said.data)) or None,
        ucid=said.ucid or None,
        first_direction=first_of(found, "X-Interaction-Direction"),
        first_number=first_of(found, "X-Interaction-Number"),
        purpose=first_of(found, "X-Interaction-Leg"),
        replaces=_replaced(found),
        dropped=tuple(dict.fromkeys(said.dropped)),
    )


def carried(headers: Headers) -> list[tuple[str, str]]:
    """Headers that stand percent-encoded in the URI of Refer-To or Contact, as transfers bring them."""
    found: list[tuple[str, str]] = []
    for name, value in headers:
        if name.lower() not in _CARRYING or "?" not in value:
            continue
        part = value.partition("?")[2].partition(">")[0]
        for pair in part.split("&")[: _MAX_CARRIED - len(found)]:
            key, equals, text = pair.partition("=")
            key = unquote(key).strip()
            if equals and (key.lower() == "user-to-user" or key.lower().startswith("x-")):
                found.append((key, unquote(text)))
    return found


def handed_on(headers: Headers, by: HeaderMap = DEFAULT) -> tuple[tuple[str, str], ...]:
    """The headers of a call that go along when it is transferred: what the exchange said, in order, 1,500 bytes."""
    kept, room = [], _MAX_HANDED_ON
    for name, value in headers:
        shown, found = clean(value), by.rule(name)
        if not shown or found is None or found[1].field in _OF_THIS_LEG or header_map.read([(name, value)], by).dropped:
            continue
        room -= len(name) + len(shown.encode()) + 4
        if room < 0:
            break
        kept.append((name, shown))
    return tuple(kept)


_OF_THIS_LEG = (header_map.IGNORED, header_map.LINKED)


def monitor_request(headers: Headers) -> str:
    """The request to listen in that a call is made for, as a UUID's text; empty for every other call."""
    said = first_of(list(headers), "X-Monitor") or ""
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


def _person(values: list[str]) -> str | None:
    one = name_addr(values[0]) if values else NameAddr()
    return clean(one.display_name or one.user or one.host) or None


def _user(values: list[str]) -> str | None:
    return clean(name_addr(values[0]).user, 64) or None if values else None


def _replaced(headers: list[tuple[str, str]]) -> str | None:
    """Replaces: Call-ID;to-tag=...;from-tag=..."""
    said = first_of(headers, "Replaces")
    return (said.partition(";")[0].strip() or None) if said else None


def _seconds(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
