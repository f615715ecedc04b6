"""Who is calling, as far as the headers of an INVITE say.

Pure functions: they never raise on any text, and what they return holds no control characters.
"""

import re

import msgspec

from agent_desktop.telephony.header_text import Headers, NameAddr, clean, first_of, name_addr, values_of

_ANONYMOUS_USERS = {"anonymous", "restricted", "private", "unavailable", "withheld", "unknown"}
_WITHHOLDING = {"id", "user", "full"}  # RFC 3323, RFC 3325


class CallerIdentity(msgspec.Struct, frozen=True):
    """Who calls, as far as the headers say. ``anonymous`` callers have neither number nor name."""

    number: str = ""  # as received
    display_name: str = ""
    anonymous: bool = False
    source: str = ""  # the header it was taken from
    verified: str = ""  # the carrier's verdict on the number (verstat): passed, failed, none; empty: unsaid
    attestation: str = ""  # how well the first carrier knows the caller: A, B, C


def identity(headers: Headers, trusted: bool) -> CallerIdentity:
    """P-Asserted-Identity before Remote-Party-ID before From; the first two only from a peer we trust (RFC 3325)."""
    found = list(headers)
    withheld = _privacy(found)
    candidates: list[tuple[str, NameAddr]] = []
    if trusted:
        asserted = [name_addr(value) for value in values_of(found, "P-Asserted-Identity")]
        asserted.sort(key=lambda one: one.scheme != "tel")  # of a sip and a tel one, tel is surely a number
        named = next((one.display_name for one in asserted if one.display_name), "")
        candidates += [("P-Asserted-Identity", _named(one, named)) for one in asserted]
        for value in values_of(found, "Remote-Party-ID"):
            party = name_addr(value)
            if party.parameter("party").lower() in ("", "calling"):
                withheld = withheld or party.parameter("privacy").lower() not in ("", "off")
                candidates.append(("Remote-Party-ID", party))
    candidates += [("From", name_addr(value)) for value in values_of(found, "From")[:1]]
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
    said = (first_of(headers, "Attestation-Info", "X-Attestation-Info") or "")[:1].upper()
    return said if said in ("A", "B", "C") else ""
