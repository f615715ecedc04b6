"""Who sent a call on before it reached us, and what its caller dialled: Diversion and History-Info."""

import re

import msgspec
from msgspec.structs import replace

from agent_desktop.telephony.header_text import Headers, NameAddr, clean, name_addr, parameters_of, values_of

HIDDEN = ("full", "uri")  # RFC 5806
_NUMBER_LIKE = re.compile(r"\+?\d{5,}")
_CAUSES = {"302": "unconditional", "486": "user-busy", "408": "no-answer", "480": "deflection",
           "487": "deflection", "503": "unavailable", "404": "unknown"}  # RFC 4458  # fmt: skip


class Way(msgspec.Struct, frozen=True):
    """How a call came: None where nobody said so."""

    diverted_from: str | None = None  # the last number that sent the call on
    reason: str | None = None
    times: int = 0  # how often the call was sent on
    called: str | None = None  # what the customer dialled


def way(headers: Headers) -> Way:
    """The stations before us. The number dialled: P-Called-Party-ID before the first station before To."""
    found = list(headers)
    diversions = [name_addr(value) for value in values_of(found, "Diversion")]
    history = _history(found)
    return Way(
        _diverted_from(diversions, history),
        _diversion_reason(diversions, history),
        _diversion_count(diversions, history),
        _called_number(found, diversions, history),
    )


def _history(headers: list[tuple[str, str]]) -> list[NameAddr]:
    """History-Info (RFC 7044) in the order of its indices: the first entry is what was called first.

    What stands behind the "?" of an entry's URI follows its parameters: Reason, and Privacy, which hides the number.
    """
    entries = []
    for value in values_of(headers, "History-Info"):
        entry = name_addr(value)
        extra = re.search(r"\?([^>\s]*)", value)
        escaped = parameters_of((extra[1] if extra else "").replace("&", ";"))
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
    if one.parameter("privacy").lower() in HIDDEN:
        return None
    return clean(one.user or one.display_name) or None


def _diversion_reason(diversions: list[NameAddr], history: list[NameAddr]) -> str | None:
    if diversions:
        return clean(diversions[0].parameter("reason")) or None
    for entry in reversed(history):
        cause = re.search(r"cause\s*=\s*(\d{3})", entry.parameter("reason"), re.IGNORECASE)
        said = cause[1] if cause else entry.parameter("cause")
        if said in _CAUSES:
            return _CAUSES[said]
    return None


def _diversion_count(diversions: list[NameAddr], history: list[NameAddr]) -> int:
    """RFC 5806: each header stands for ``counter`` diversions, one if it does not say."""
    if not diversions:
        return max(0, len(history) - 1)
    counters = (one.parameter("counter") for one in diversions)
    return min(99, sum(int(said[:3]) if said.isascii() and said.isdigit() and int(said) else 1 for said in counters))


def _called_number(headers: list[tuple[str, str]], diversions: list[NameAddr], history: list[NameAddr]) -> str | None:
    called = values_of(headers, "P-Called-Party-ID")
    candidates = [*(name_addr(value) for value in called), *history[:1], *diversions[-1:]]
    open_ones = (one for one in candidates if one.parameter("privacy").lower() not in HIDDEN)
    user = next((one.user for one in open_ones if one.user), "")
    if not user:  # an agent's own extension says nothing; a whole number in To does
        user = next((name_addr(value).user for value in values_of(headers, "To")), "")
        user = user if _NUMBER_LIKE.fullmatch(user) else ""
    return clean(user) or None
