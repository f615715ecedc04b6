"""The one gate before every call that leaves: what is dialled for what was asked, or why it is not.

Whoever dials asks ``Gate.check`` first and hands on what it allows. Dial rules (settings) turn a number into what the
PBX wants; checks may refuse it or ask. An emergency number passes by both.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication

from agent_desktop import dial_address, numbers
from agent_desktop.core.call_book import CallBook
from agent_desktop.core.states import CallState
from agent_desktop.core.views import PhoneView
from agent_desktop.data.words import Direction
from agent_desktop.settings import DialRule, Settings

_SERVICE_CODE = re.compile(r"[*#][0-9*#]{1,19}")
_IN_USER_PART = "+*"  # and digits; RFC 3261 section 25.1 wants "#" escaped
_NO_ENGINE = ("starting", "lost")


class Request(msgspec.Struct, frozen=True):
    """What somebody wants called: typed, from a list, or from a link. ``agreed``: the checks that were said yes to.

    ``purpose`` is what is known about why: a callback that the customer asked for.
    """

    text: str
    agreed: frozenset[str] = frozenset()
    purpose: str = ""


class Line(msgspec.Struct, frozen=True):
    """By which way calls leave now. ``trouble`` says why none can; without ``engine`` not even an emergency call."""

    region: str
    rules: tuple[DialRule, ...] = ()
    account: str = ""  # user@domain, empty in direct mode
    peer: str = ""  # direct mode: host:port that plain numbers go to
    trouble: str = ""
    engine: bool = True


class Allowed(msgspec.Struct, frozen=True):
    """Dial ``target`` (for the engine); ``digits`` is what of it people know, ``rule`` what made it of the number."""

    target: str
    number: numbers.Number
    digits: str
    rule: DialRule | None = None
    emergency: bool = False


class Refused(msgspec.Struct, frozen=True):
    """Nobody is called."""

    reason: str
    advice: str = ""
    check: str = ""  # empty: it cannot be dialled at all


class Ask(msgspec.Struct, frozen=True):
    """Only with the agent's word: ask again with ``check`` among those agreed to.

    With ``wants_reason`` (what stands above the field) yes takes a reason, which the audit keeps about the customer
    ``about``; ``reason`` is what it begins with. ``as_of``: the database is away, this was known then.
    """

    check: str
    title: str
    text: str
    yes: str
    wants_reason: str = ""
    reason: str = ""
    about: UUID | None = None
    as_of: datetime | None = None


Verdict = Allowed | Refused | Ask
Check = Callable[[Request, Allowed], "Refused | Ask | None"]


@dataclass
class Gate:
    """``line`` tells how calls leave now; ``checks`` are asked in their order, the first that objects decides."""

    line: Callable[[], Line]
    checks: list[Check] = field(default_factory=lambda: [premium_rate])

    def check(self, request: Request) -> Verdict:
        """What becomes of the request; every way to place, consult or transfer a call asks this."""
        line = self.line()
        found = read(request.text, line)
        if isinstance(found, Refused):
            return found
        if found.emergency:
            return found if line.engine else Refused(_cannot(line))
        if line.trouble:
            return Refused(_cannot(line))
        for check in self.checks:
            objection = check(request, found)
            if isinstance(objection, Refused) or (objection is not None and objection.check not in request.agreed):
                return objection
        return found


def line(settings: Settings, peer: str, phone: PhoneView, account: str = "") -> Line:
    """The way out as the settings and the phone's state have it; ``peer`` takes plain numbers in direct mode.

    ``account`` (user@domain) is the one that calls go out by now, the first one if that is not known.
    """
    first = f"{settings.phone.user}@{settings.phone.domain}" if settings.phone.mode == "account" else ""
    account = account if first else ""
    other = next((one for one in settings.phone.more_accounts if f"{one.user}@{one.domain}" == account), None)
    return Line(
        region=(other.region if other is not None else "") or settings.numbers.region,
        rules=settings.numbers.rules,
        account=account or first,
        peer=peer,
        trouble="" if phone.usable else phone.text,
        engine=phone.state not in _NO_ENGINE,
    )


def read(text: str, line: Line) -> Allowed | Refused:
    """What would be dialled for ``text`` (typed, or a tel:, sip:, sips: or callto: link), whoever may object."""
    try:
        address = dial_address.parse(text)
    except dial_address.NotDialable as error:
        return Refused(_why(error, text))
    number = numbers.parse(address.text, line.region)
    emergency = numbers.emergency(address.text, line.region)
    if address.is_sip:
        return Allowed(address.text, number, address.text, emergency=bool(emergency))
    if emergency:
        target = _complete(emergency, line)
        return target if isinstance(target, Refused) else Allowed(target, number, emergency, emergency=True)
    plain = _service_code(address.text) or number.e164 or number.key[::-1]
    if not plain:
        return Refused(_why(dial_address.NotDialable("number"), text))
    digits, rule = rewrite(plain, number, line)
    target = _complete(digits, line)
    return target if isinstance(target, Refused) else Allowed(target, number, digits, rule)


def rewrite(plain: str, number: numbers.Number, line: Line) -> tuple[str, DialRule | None]:
    """``plain`` as the first fitting dial rule turns it, and that rule; as it is if none fits."""
    for rule in line.rules:
        if rule.account not in ("", line.account) or not fits(rule.when, plain, number):
            continue
        return rule.add + plain.removeprefix(rule.strip), rule
    return plain, None


def fits(when: str, plain: str, number: numbers.Number) -> bool:
    """Whether a rule's condition holds: empty is every outside number, "DE" a country's, else a pattern.

    In a pattern "x" stands for any digit and "." at the end for any rest: "+48.", "2xx", "*9.".
    """
    if not when:
        return number.e164 is not None
    if re.fullmatch("[A-Z]{2}", when):
        return number.e164 is not None and numbers.country(number.e164) == when
    body = when.removesuffix(".")
    pattern = re.escape(body).replace("x", "[0-9]") + (".*" if when.endswith(".") else "")
    return re.fullmatch(pattern, plain) is not None


def premium_rate(_request: Request, call: Allowed) -> Ask | None:
    """A number that costs more than a call is not dialled by a slip, nor by a link."""
    if call.number.e164 is None or not numbers.is_premium(call.number.e164):
        return None
    shown = numbers.display(call.number.e164, "")
    return Ask("premium", _tr("Call a premium-rate number?"), _tr("{0} is charged extra.").format(shown), _tr("Call"))


def only_once(book: Callable[[], CallBook]) -> Check:
    """Whoever is on the line, or rings, is not called beside that: a second press of a key was a slip."""

    def check(_request: Request, call: Allowed) -> Refused | None:
        there = [one for one in book().running() if one.e164 and one.e164 == call.number.e164]
        if not there:
            return None
        if there[0].direction is Direction.INBOUND and there[0].state is CallState.RINGING:
            return Refused(_tr("{0} is calling you: answer instead").format(there[0].name))
        return Refused(_tr("{0} is on the line already").format(there[0].name))

    return check


def words(rule: DialRule) -> str:
    """A dial rule as a sentence."""
    if not rule.when:
        what = _tr("outside numbers")
    elif re.fullmatch("[A-Z]{2}", rule.when):
        what = _tr("numbers of {0}").format(rule.when)
    else:
        what = rule.when
    parts = [what]
    if rule.strip:
        parts.append(_tr("without {0}").format(rule.strip))
    if rule.add:
        parts.append(_tr("{0} in front").format(rule.add))
    return ", ".join(parts)


def _complete(digits: str, line: Line) -> str | Refused:
    """What the engine is told: digits that the account's domain completes, in direct mode a whole address."""
    if line.account:
        return digits
    if line.peer:
        return f"sip:{quote(digits, safe=_IN_USER_PART)}@{line.peer}"
    return Refused(_tr("Direct mode calls SIP addresses only"), _tr("Connect to a PBX in Settings."))


def _service_code(text: str) -> str:
    """A PBX's own code, such as *97."""
    bare = text.replace(" ", "")
    return bare if _SERVICE_CODE.fullmatch(bare) else ""


def _cannot(line: Line) -> str:
    return _tr("Cannot call: {0}").format(line.trouble)


def _why(error: dial_address.NotDialable, text: str) -> str:
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text.strip()[:60])
    if error.why == "long":
        return _tr("That is too long to be dialled")
    if error.why == "control":
        return _tr("“{0}” has characters that no number or address has").format(shown)
    return _tr("“{0}” is not a number").format(shown)


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialling", text)
