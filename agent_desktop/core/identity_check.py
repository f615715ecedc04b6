"""Whether a caller is who they say: the policy of the queue held against what was asked and how it went. No Qt."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from agent_desktop import numbers
from agent_desktop.data.folding import words
from agent_desktop.data.identity_rows import KEPT, AttemptRow, CheckLine, IdentityRecord, LiftLine, Question
from agent_desktop.data.rows import CustomerCard

VOICE_PIN = "voice_pin"  # stands beside the questions among what was right


class Standing(NamedTuple):
    """``state``: open, verified, failed. ``right`` are questions and the voice PIN; ``left`` may still be wrong."""

    state: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    left: int
    next: Question | None
    to_go: int  # right answers that are missing


def standing(
    policy: IdentityRecord, attempts: Sequence[AttemptRow], pin_passed: bool | None, can_ask: Sequence[Question]
) -> Standing:
    """How far it is. What was decided first stays so: after too many wrong answers a right one changes nothing.

    ``can_ask``: what is on record. A PIN passed in the IVR counts for as many right answers as the policy says; one
    that was not passed counts as a wrong answer where a PIN counts at all.
    """
    counted = policy.ivr_counts if pin_passed else 0
    right: list[str] = [VOICE_PIN] if counted else []
    wrong: list[str] = [VOICE_PIN] if pin_passed is False and policy.ivr_counts else []
    state = _decided(policy, counted, len(wrong))
    for attempt in attempts:
        if state == "open":
            if attempt.right and attempt.question not in right:
                right.append(attempt.question)
                counted += 1
            elif not attempt.right:
                wrong.append(attempt.question)
            state = _decided(policy, counted, len(wrong))
    asked = {attempt.question for attempt in attempts}
    following = next((one for one in policy.questions if one not in asked and one in can_ask), None)
    if state == "open" and following is None:
        state = "exhausted"
    left = max(0, policy.may_fail - len(wrong))
    return Standing(state, tuple(right), tuple(wrong), left, following, max(0, policy.needed - counted))


def _decided(policy: IdentityRecord, right: int, wrong: int) -> str:
    return "verified" if right >= policy.needed else "failed" if wrong > policy.may_fail else "open"


def on_record(card: CustomerCard, kept: Collection[str], calls_from: str) -> dict[Question, str]:
    """What can be asked, with the right answers that stand on the card; those that are ``kept`` apart stay there."""
    digits = re.sub(r"\W", "", card.account_number)
    others = [phone.e164 or phone.typed for phone in card.phones]
    others = [number for number in others if _last_digits(number) != _last_digits(calls_from)]
    found = {
        Question.ADDRESS: card.address,
        Question.ACCOUNT: digits[-4:] if len(digits) >= 4 else "",
        Question.PHONE: numbers.display(others[0], "") if others else "",
        Question.EMAIL: card.emails[0].address if card.emails else "",
    }
    asked = dict.fromkeys((question for question in KEPT if question in kept), "")
    return asked | {question: answer for question, answer in found.items() if answer}


def fits(question: Question, expected: str, said: str) -> bool:
    """Whether what the caller says is what stands on the card, however it is written."""
    if question is Question.PHONE:
        return len(_last_digits(said)) >= 7 and _last_digits(said) == _last_digits(expected)
    if question is Question.ACCOUNT:
        return re.sub(r"\W", "", said).casefold()[-4:] == expected.casefold() and bool(said.strip())
    known, given = set(words(expected)), set(words(said))
    if question is Question.ADDRESS:  # street and number are enough
        return len(given) >= 2 and given <= known and any(word[0].isdigit() for word in given)
    return bool(given) and given == known


def _last_digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-9:]


class IdentityView(msgspec.Struct, frozen=True):
    """The check of one caller. ``state``: open, verified, failed, exhausted (nothing left to ask), unknown (not read).

    ``question`` is the next one; ``expected`` what is on record, where the agent may see it (``shown``): what only the
    customer knows once it was asked for (``IdentityDesk.show``; ``busy`` meanwhile, ``why_not`` when it is not told).
    Else what the caller says is typed. ``call_back``: the number on record, after a failure that asks for it.
    """

    interaction_id: UUID
    state: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    pin_passed: bool | None = None
    question: Question | None = None
    shown: bool = True
    expected: str = ""
    busy: bool = False
    why_not: str = ""
    left: int = 0
    to_go: int = 0
    after: str = ""
    call_back: str = ""
    lifted: LiftLine | None = None  # a supervisor let it go on after too many wrong answers
    can_keep: tuple[Question, ...] = ()  # verified: what this customer has not left yet


class IdentityMark(msgspec.Struct, frozen=True):
    """What the call bar says of a caller. ``state``: as of the view; without a policy ivr_passed, ivr_failed.

    ``pin_at``: the clock time at which the IVR said it, where it said one. ``asked``: the oldest first.
    """

    interaction_id: UUID
    state: str
    pin_passed: bool | None = None
    pin_at: str = ""
    asked: tuple[CheckLine, ...] = ()
