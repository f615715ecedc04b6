"""Phone numbers: what was typed or signalled, as E.164 where it can be, and the key under which numbers are matched."""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

# libphonenumber takes 35 ms to import, its time zones 30 ms more: both wait for the first number (or warm_up).

MAX_EXTENSION_DIGITS = 6
MIN_SUFFIX_DIGITS = 7
_MIN_WHOLE = 8  # fewer digits without a country code are taken for a local number, unless such a one is assigned
_MAX_TEXT = 300
_SHOWN_DIGITS = 3
# Digits in one piece, or grouped after a plus; not parts of UUIDs, times, versions and names of files.
_IN_TEXT = re.compile(r"(?<![\w.\-])(?:\+[0-9][0-9 ()\-]{5,18}[0-9]|(?:00)?[0-9]{7,15})(?![\w\-]|\.[0-9])")
_MAX_KEY = 32
_NO_NUMBER = {"", "anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "blocked", "none", "null"}
_SCHEME = re.compile(r"^\s*(tel|sips?|callto)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"<([^<>]*)>")
_EMERGENCY_EVERYWHERE = frozenset({"112", "911", "999"})  # 3GPP TS 22.101 section 10.1.1: known without a SIM card
_NOT_SHORT = re.compile(r"[+*#]|[^\W\d_]")
_CONTEXT = re.compile(r";\s*phone-context\s*=\s*(\+[0-9]+)", re.IGNORECASE)


class Number(msgspec.Struct, frozen=True):
    """One number. ``key`` is its digits reversed (of the E.164 form where there is one), empty when there is none.

    ``extension`` marks a short number that only means something inside this site.
    """

    raw: str
    e164: str | None = None
    key: str = ""
    extension: bool = False

    def __bool__(self) -> bool:
        return bool(self.key)


@lru_cache(maxsize=4096)
def parse(raw: str, region: str) -> Number:
    """Understand ``raw`` (typed, tel:/sip: URI, caller ID) as dialled from ``region`` (ISO 3166, "PL"); never raises.

    What is not a number gives a Number without key; at most six digits without "+" are an extension.
    """
    text = _bare(raw)
    if text.casefold() in _NO_NUMBER or "*" in text or "#" in text:
        return Number(raw)
    digits = "".join(c for c in text if c.isdigit())
    if not digits:
        return Number(raw)
    if any(c.isalpha() for c in text):
        e164 = _first_e164([(text, True)], region)
        return Number(raw, e164, e164[:0:-1]) if e164 else Number(raw)
    if len(digits) <= MAX_EXTENSION_DIGITS:
        return Number(raw, None, digits[::-1], extension="+" not in text)
    e164 = _first_e164(_readings(text, digits), region)
    return Number(raw, e164, (e164[:0:-1] if e164 else digits[::-1])[:_MAX_KEY])


def beginnings(typed: str, region: str) -> tuple[str, ...]:
    """What the digits of a number begin with that is still being typed, in whatever notation: with the country code
    ("+48 601", "0048601"), or without it ("601", "0601" where a 0 is dialled first). Empty for what is no number.
    """
    text = _bare(typed)
    digits = "".join(c for c in text if c.isdigit())
    if not digits or any(c.isalpha() or c in "*#@" for c in text):
        return ()
    if text.startswith("+"):
        return tuple(dict.fromkeys(("".join(c for c in text.replace("(0)", "") if c.isdigit()), digits)))
    if digits.startswith("00"):
        return (digits[2:],) if digits[2:] else ()
    short = digits.removeprefix(_trunk(region))
    return tuple(dict.fromkeys(found for found in (short, digits) if found))


def display(number: str, region: str) -> str:
    """A number as people read it ("+48 601 442 190"); what cannot be understood comes back trimmed."""
    parsed = parse(number, region)
    return _grouped(parsed.e164) if parsed.e164 else _bare(number)


def masked(number: str) -> str:
    """A number, or an address that begins with one, of which only the last three digits can be read."""
    digits = [at for at, character in enumerate(number) if character.isdecimal()]
    hidden = set(digits[:-_SHOWN_DIGITS])
    return "".join("•" if at in hidden else character for at, character in enumerate(number))


def mask_text(text: str) -> str:
    """A text in which whatever looks like an outside phone number is masked."""
    return _IN_TEXT.sub(lambda found: masked(found[0]), text)


def same(a: Number, b: Number) -> bool:
    """Whether two numbers reach the same line; without E.164 on both sides seven or more last digits must agree."""
    if not a.key or not b.key or a.extension != b.extension:
        return False
    if (a.e164 and b.e164) or a.extension:
        return a.key == b.key
    short, long = sorted((a.key, b.key), key=len)
    return len(short) >= MIN_SUFFIX_DIGITS and long.startswith(short)


def country(e164: str) -> str | None:
    """The ISO 3166 code of the number's country ("PL"); None for numbers of no country, such as +800."""
    import phonenumbers

    number = _parsed(e164, None)
    code = phonenumbers.region_code_for_number(number) if number else None
    return str(code) if code and code != "001" else None


def time_zone(e164: str) -> str | None:
    """The IANA zone a number's owner most likely lives in; None when its zones now differ in their clocks."""
    from phonenumbers import timezone

    number = _parsed(e164, None)
    zones = timezone.time_zones_for_number(number) if number else ()
    moment = datetime.now(UTC)
    offsets = set()
    for name in zones:
        try:
            offsets.add(moment.astimezone(ZoneInfo(name)).utcoffset())
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    return str(zones[0]) if len(offsets) == 1 else None


def is_valid(e164: str) -> bool:
    """Whether the number lies in a range that its country has assigned."""
    import phonenumbers

    number = _parsed(e164, None)
    return number is not None and bool(phonenumbers.is_valid_number(number))


def is_premium(e164: str) -> bool:
    """Whether calling the number costs more than a call."""
    import phonenumbers

    number = _parsed(e164, None)
    return number is not None and phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE


def emergency(raw: str, region: str) -> str:
    """The digits of an emergency number of ``region``, or of one that phones everywhere know; empty for all others."""
    import phonenumbers

    text = _bare(raw)
    digits = "".join(c for c in text if c.isdigit())
    if not 2 <= len(digits) <= MAX_EXTENSION_DIGITS or _NOT_SHORT.search(text):
        return ""
    known = digits in _EMERGENCY_EVERYWHERE or phonenumbers.is_emergency_number(digits, region.upper())
    return digits if known else ""


def country_code_length(digits: str) -> int:
    """How many of the leading ``digits`` (E.164 without "+") are the country code; 0 when they begin with none."""
    import phonenumbers

    for length in (1, 2, 3):
        if digits[:length].isdigit() and int(digits[:length]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return length
    return 0


def warm_up(region: str) -> None:
    """Load libphonenumber and the data of ``region`` ahead of the first call."""
    parse("0000000", region)
    parse("+" + "1" * 10, region)


def _bare(raw: str) -> str:
    """The number part of a URI or an address, ASCII digits, without invisible characters."""
    text = raw[:_MAX_TEXT]
    if (inside := _ADDRESS.search(text)) is not None:
        text = inside[1]
    if (scheme := _SCHEME.match(text)) is not None:
        text = text[scheme.end() :]
        context = _CONTEXT.search(text)
        text = unquote(re.split(r"[;?@]", text, maxsplit=1)[0])
        if context is not None and "+" not in text:
            text = context[1] + text
    else:
        text = re.split(r"[;@]", text, maxsplit=1)[0]
    return "".join(map(_plain, unicodedata.normalize("NFKC", text))).strip()


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category[0] == "C" else character


@lru_cache(maxsize=32)
def _trunk(region: str) -> str:
    """What is dialled before a national number at home; where that is nothing (any more), many still dial a 0."""
    import phonenumbers

    known = phonenumbers.PhoneMetadata.metadata_for_region(region.upper(), None)
    return str(known.national_prefix or "0") if known is not None else "0"


def _readings(text: str, digits: str) -> list[tuple[str, bool]]:
    """The ways to read a number, best first: (text for libphonenumber, whether it must lie in an assigned range)."""
    if text.startswith("+"):
        return [(text, True), (text, False)]
    if digits.startswith("00"):
        return [(text, True), ("+" + digits[2:], True), ("+" + digits[2:], False)]
    readings = [(text, True)]
    if digits.startswith("0"):
        readings.append((digits[1:], True))  # a trunk prefix the country has given up, still typed by habit
    elif len(digits) > 10:
        readings.append(("+" + digits, True))  # a trunk that leaves the plus out
    if len(digits) >= _MIN_WHOLE:
        readings.append((text, False))
    return readings


def _first_e164(readings: list[tuple[str, bool]], region: str) -> str | None:
    import phonenumbers

    for text, assigned in readings:
        number = _parsed(text, region)
        if number is None:
            continue
        possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
        if phonenumbers.is_valid_number(number) or (possible and not assigned):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None


def _parsed(text: str, region: str | None):  # type: ignore[no-untyped-def]  # a phonenumbers.PhoneNumber or None
    import phonenumbers

    home = region.upper() if region and region.upper() in phonenumbers.SUPPORTED_REGIONS else None
    try:
        return phonenumbers.parse(text, home)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=4096)
def _grouped(e164: str) -> str:
    import phonenumbers

    number = _parsed(e164, None)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)) if number else e164
