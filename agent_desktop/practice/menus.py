"""The menus that callers are handed to: a card payment during the call, a survey after it, told as a PBX tells them.

What becomes of a payment is decided by the cents of its amount, so that anybody can choose:

| cents | what happens |
|---|---|
| .01 | the card is refused, the caller is back |
| .02 | the caller gives up while typing, and is back |
| .03 | the caller hangs up while typing |
| anything else | paid |

A survey comes once the agent has hung up; who hangs up first has none.
"""

import math
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop import clock
from agent_desktop.collector.handoffs import Handoffs
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.handoff_rows import HandoffWord
from agent_desktop.data.ivr_rows import HandoverState, Menu, Progress
from agent_desktop.data.words import RequestKind
from agent_desktop.telephony.header_map import HANDOFF_EVENT

CARD, EXPIRY, CVC = 16, 4, 3  # digits
GIVES_UP_AT = 6
CHARGING = 6  # as long as so many digits take
BEFORE_SURVEY = 3
QUESTIONS = 2
_REFUSED, _GIVEN_UP, _GONE = "01", "02", "03"
_RATE, _NOTES_HZ, _NOTE_S = 8_000, (262, 330, 392, 523, 392, 330), 0.5


class Guest(Protocol):
    """Somebody on the line, as menus see them."""

    @property
    def linked_id(self) -> str: ...
    @property
    def types_s(self) -> float: ...
    @property
    def person(self) -> int: ...
    def leave_agent(self, music: str) -> None: ...
    def come_back(self) -> None: ...
    def hang_up(self) -> None: ...


class Said(NamedTuple):
    """What is to be written: how far somebody is, what they said, and what became of a request."""

    progress: tuple[Progress, ...] = ()
    words: tuple[HandoffWord, ...] = ()
    answered: tuple[UUID, str] | None = None  # a request, and why it was refused; empty: it was done


class _Turn(NamedTuple):
    """One thing that happens to a guest, ``after`` so many digits' time."""

    after: float
    state: HandoverState = HandoverState.MENU
    step: str = ""
    digits: int = 0
    reference: str = ""
    answer: str = ""


class _Stay:
    def __init__(self, asked: PbxRequestRow, guest: Guest, menu: Menu):
        self.id, self.guest, self.menu = asked.id, guest, menu
        self.call, self.linked_id = asked.detail.get("interaction", ""), guest.linked_id
        self.money = f"{asked.detail.get('amount', '')} {asked.detail.get('currency', '')}".strip()
        self.on_line, self.begun = True, menu is Menu.PAYMENT
        self.turns: Iterator[_Turn] = iter(())


class Menus(QObject):
    """Signals: said(Said) to be written to the database; ``reported`` (a report, see switch.py)."""

    said = Signal(object)
    reported = Signal(dict)

    def __init__(self, site: UUID, guests: "Guests", music: Path):
        super().__init__()
        self._guests, self._music = guests, str(music)
        self._handoffs = Handoffs(site, "practice")
        self._stays: dict[UUID, _Stay] = {}

    def obey(self, asked: PbxRequestRow) -> None:
        """Do what a desktop asks of the PBX, or say why not."""
        why_not = self._hand_over(asked) if asked.kind is RequestKind.HAND_OVER else self._take_back(asked)
        self.said.emit(Said(answered=(asked.id, why_not)))

    def left(self, linked_id: str, by: str) -> None:
        """The call is over; ``by``: agent or caller."""
        for stay in [each for each in self._stays.values() if each.linked_id == linked_id]:
            stay.on_line = False
            if stay.menu is Menu.SURVEY and not stay.begun:
                if by == "agent":
                    stay.begun = True
                    self._go_on(stay)
                else:
                    self._over(stay, HandoverState.GONE)
            elif by == "caller":
                self._over(stay, HandoverState.GONE)

    def close(self) -> None:
        """The day is over: nobody stays in a menu for ever."""
        for stay in list(self._stays.values()):
            self._over(stay, HandoverState.GONE)

    # ------------------------------------------------------------------ orders

    def _hand_over(self, asked: PbxRequestRow) -> str:
        guest = self._guests.guest(asked.detail.get("linked", ""))
        if guest is None:
            return "In practice only callers can be handed over whom you are talking with."
        try:
            menu = Menu(asked.detail.get("menu", ""))
        except ValueError:
            return "There is no such menu."
        if any(stay.menu is menu and stay.linked_id == guest.linked_id for stay in self._stays.values()):
            return "They are in this menu already."
        stay = self._stays[asked.id] = _Stay(asked, guest, menu)
        if menu is Menu.SURVEY:
            stay.turns = iter(_survey(guest.person))
            self._tell(stay, _Turn(0, HandoverState.PLANNED))
        else:
            stay.turns = iter(_payment(asked.detail.get("amount", ""), asked.id))
            guest.leave_agent(self._music)
            self._go_on(stay)
        return ""

    def _take_back(self, asked: PbxRequestRow) -> str:
        stay = next((each for key, each in self._stays.items() if str(key) == asked.detail.get("of")), None)
        if stay is None:
            return "The customer is in no menu any more."
        self._over(stay, HandoverState.TAKEN_BACK)
        return ""

    # ------------------------------------------------------------------ a stay

    def _go_on(self, stay: _Stay) -> None:
        """Wait for what happens next."""
        turn = next(stay.turns)
        QTimer.singleShot(round(turn.after * stay.guest.types_s * 1000), self, lambda: self._happen(stay, turn))

    def _happen(self, stay: _Stay, turn: _Turn) -> None:
        if self._stays.get(stay.id) is not stay:
            return
        if turn.state is HandoverState.MENU:
            self._tell(stay, turn)
            if turn.answer:
                self._note(stay, f"Survey-{turn.step}", turn.answer)
            self._go_on(stay)
            return
        self._over(stay, turn.state, turn.reference)

    def _over(self, stay: _Stay, state: HandoverState, reference: str = "") -> None:
        del self._stays[stay.id]
        self._tell(stay, _Turn(0, state, reference=reference))
        if stay.menu is Menu.PAYMENT:
            self._note(stay, "Payment", f"{state.value} {stay.money}")
            if reference:
                self._note(stay, "Reference", reference)
            if stay.on_line and state is HandoverState.GONE:
                stay.guest.hang_up()
            elif stay.on_line:
                stay.guest.come_back()

    def _tell(self, stay: _Stay, turn: _Turn) -> None:
        said: dict[str, Any] = {"step": turn.step, "digits": turn.digits, "reference": turn.reference}
        progress = Progress(id=stay.id, at=clock.now(), state=turn.state, answer=turn.answer, **said)
        self.said.emit(Said(progress=(progress,)))
        self.reported.emit(
            {"report": "menu", "menu": stay.menu.value, "state": turn.state.value, "linked_id": stay.linked_id, **said}
        )

    def _note(self, stay: _Stay, name: str, value: str) -> None:
        """The same among what else is known of the call."""
        event = {"UserEvent": HANDOFF_EVENT, "Linkedid": stay.linked_id, "Interaction": stay.call, name: value}
        self._handoffs.hear("UserEvent", event, clock.now_us())
        self.said.emit(Said(words=tuple(self._handoffs.take())))


class Guests(Protocol):
    """Who is on the line."""

    def guest(self, linked_id: str) -> Guest | None: ...


def _payment(amount: str, key: UUID) -> Iterator[_Turn]:
    """Card, expiry and check number, digit by digit, and what comes of it."""
    cents = amount.rpartition(".")[2]
    typed = (
        (step, digit) for step, most in (("card", CARD), ("expiry", EXPIRY), ("cvc", CVC)) for digit in range(most + 1)
    )
    for step, digit in typed:
        if digit == GIVES_UP_AT and cents in (_GIVEN_UP, _GONE):
            yield _Turn(1, HandoverState.GIVEN_UP if cents == _GIVEN_UP else HandoverState.GONE)
            return
        yield _Turn(1, step=step, digits=digit)
    yield _Turn(1, step="charging")
    if cents == _REFUSED:
        yield _Turn(CHARGING, HandoverState.REFUSED)
    else:
        yield _Turn(CHARGING, HandoverState.PAID, reference=f"P-{key.hex[-6:].upper()}")


def _survey(person: int) -> Iterator[_Turn]:
    """Each question answered by a digit; the same person is as content as ever."""
    for question in range(1, QUESTIONS + 1):
        yield _Turn(BEFORE_SURVEY, step=str(question))
        yield _Turn(BEFORE_SURVEY, step=str(question), answer=str(5 - (person // question) % 4))
    yield _Turn(1, HandoverState.ANSWERED)


def music(folder: Path) -> Path:
    """The WAV that an agent hears while they wait: quiet broken chords."""
    file = folder / "music.wav"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        count = round(_RATE * _NOTE_S)
        sound = array("h")
        for hertz in _NOTES_HZ:
            wave_length = 2 * math.pi * hertz / _RATE
            sound.extend(
                round(2_000 * math.sin(math.pi * at / count) * math.sin(wave_length * at)) for at in range(count)
            )
        if sys.byteorder == "big":
            sound.byteswap()
        with wave.open(str(file), "wb") as out:
            out.setparams((1, 2, _RATE, 0, "NONE", ""))
            out.writeframes(sound.tobytes())
    return file
