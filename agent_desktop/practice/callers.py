"""Who calls: customers of the seeded company, strangers and withheld numbers, with what the IVR learnt from them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from agent_desktop import paths
from agent_desktop.practice.day import Offer

CALLED_NUMBER = "0800 100 300"
VOICES = {"pl": ("caller-pl-1",), "de": ("caller-de-1",), "es": ("caller-es-1",)}
OTHER_VOICES = ("caller-en-1", "caller-en-2", "caller-en-3")
LANGUAGES = {"en": ("English", "1"), "pl": ("Polish", "2"), "de": ("German", "3"), "es": ("Spanish", "4")}

Headers = tuple[tuple[str, str], ...]


class Person(msgspec.Struct, frozen=True):
    """One number of one customer."""

    name: str
    number: str  # E.164
    account: str = ""
    language: str = ""  # BCP 47


class Caller(msgspec.Struct, frozen=True):
    """Somebody on the telephone. An empty number is a withheld one."""

    number: str
    name: str
    language: str = "en"
    account: str = ""  # typed into the IVR
    verified: str = ""  # how, if at all


def voice(caller: Caller, person: int) -> Path:
    """The WAV that this caller says."""
    voices = VOICES.get(caller.language, OTHER_VOICES)
    return paths.resource("practice", voices[person % len(voices)] + ".wav")


def callee_voice() -> Path:
    """The WAV of somebody whom the agent called."""
    return paths.resource("practice", "callee-en-1.wav")


class CallerBook:
    """Draws callers: the same ``person`` number is always the same caller."""

    def __init__(self, people: Sequence[Person], shared: Sequence[str], find: Callable[[str], Person | None]):
        self._people = tuple(people)
        self._by_number = {person.number: person for person in reversed(self._people)}
        self._shared = tuple(shared)  # numbers of several customers
        self._find = find  # for numbers that are not among ``people``

    def draw(self, person: int) -> Caller:
        """Of a hundred callers six are strangers, four withhold their number, four share theirs; most are known."""
        kind, rest = person % 100, person // 100
        if kind < 6 or not self._people:
            return Caller(f"+44207946{rest % 1000:04d}", "")  # numbers that Ofcom keeps for drama
        if kind < 10:
            return Caller("", "Anonymous")
        if kind < 14 and self._shared:
            return self.known(self._shared[rest % len(self._shared)], rest)
        return self.known(self._people[rest % len(self._people)].number, rest)

    def known(self, number: str, detail: int = 0) -> Caller:
        """The caller with this number; a stranger when nobody has it. ``detail`` varies how the number is presented."""
        person = self._by_number.get(number) or self._find(number)
        if person is None:
            return Caller(number, "")
        shown = "00" + number[1:] if detail % 5 == 3 and number.startswith("+") else number
        name = person.name if detail % 4 else ""  # the network does not always know a name
        typed = person.account if detail % 3 == 0 else ""
        verified = "pin" if typed and detail % 2 == 0 else ""
        language = person.language.split("-")[0]
        return Caller(shown, name, language if language in LANGUAGES else "en", typed, verified)


def handoff_headers(offer: Offer, caller: Caller, now: datetime) -> Headers:
    """What a PBX tells about the caller's way: queue, wait, linked id, IVR steps with their times, UUI.

    ``X-IVR-n`` reads "2026-11-21T14:31:12Z Language: Polish (pressed 2)".
    """
    entered = now - timedelta(seconds=offer.waited_s)
    language, key = LANGUAGES.get(caller.language, (caller.language, "9"))
    steps = [(42, f"Dialled: {CALLED_NUMBER}"), (33, f"Language: {language} (pressed {key})")]
    steps.append((20, f"Menu: {offer.queue}"))
    path = f"main>{key}>{offer.queue.lower()}"
    if caller.account:
        steps.append((12, f"Account: {caller.account}"))
        path += ">account"
    if caller.verified:
        steps.append((6, "Voice PIN: passed"))
    headers = [
        ("X-Queue", offer.queue),
        ("X-Queue-Wait", str(round(offer.waited_s))),
        ("X-Call-Linkedid", offer.linked_id),
        ("X-Called-Number", CALLED_NUMBER),
        ("X-IVR-Path", path),
        ("X-IVR-Language", caller.language),
    ]
    for position, (before_s, text) in enumerate(steps, 1):
        at = entered - timedelta(seconds=before_s)
        headers.append((f"X-IVR-{position}", f"{at:%Y-%m-%dT%H:%M:%SZ} {text}"))
    if caller.account:
        headers.append(("X-Account", caller.account))
    headers.append(("X-Verified", caller.verified or "no"))
    uui = caller.account or offer.linked_id
    headers.append(("User-to-User", uui.encode().hex() + ";encoding=hex"))
    return tuple(headers)
