"""Rows of the identity check, apart from the queries."""

import re
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop import clock
from agent_desktop.data.folding import words

NO_QUEUE = UUID(int=0)  # whose policy counts for calls without a queue


class Question(StrEnum):
    """What can be asked, in the order in which it is."""

    BIRTH = "birth"
    WORD = "word"
    ADDRESS = "address"
    ACCOUNT = "account"  # its last four signs
    PHONE = "phone"  # another number on record than the one that calls
    EMAIL = "email"


KEPT = (Question.BIRTH, Question.WORD)  # what stands in a table of its own


class Failed(StrEnum):
    """What is done with a caller who failed."""

    REFUSE = "refuse"
    CALL_BACK = "call_back"


class Reveals(StrEnum):
    """Who sees a secret that a caller typed in the menu; each includes those before it."""

    NOBODY = "nobody"
    SUPERVISOR = "supervisor"
    TEAM_LEAD = "team_lead"  # of whoever takes part in the call
    AGENT = "agent"  # who takes part in the call


class IdentityRecord(msgspec.Struct, frozen=True):
    """The policy of one queue; ``id`` is the queue's. ``version`` 0: there is none yet."""

    id: UUID
    version: int = 0
    active: bool = False
    needed: int = 2
    may_fail: int = 1
    ivr_counts: int = 1
    shows_answer: bool = True
    after: str = Failed.CALL_BACK.value
    reveals: str = Reveals.SUPERVISOR.value
    asks_birth: bool = True
    asks_address: bool = True
    asks_account: bool = True
    asks_phone: bool = False
    asks_email: bool = False
    asks_word: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, in order."""
        asked = {
            Question.BIRTH: self.asks_birth, Question.WORD: self.asks_word, Question.ADDRESS: self.asks_address,
            Question.ACCOUNT: self.asks_account, Question.PHONE: self.asks_phone, Question.EMAIL: self.asks_email,
        }  # fmt: skip
        return tuple(question for question, wanted in asked.items() if wanted)


class AttemptRow(msgspec.Struct, frozen=True):
    """One question that was put, and whether the answer was right."""

    id: UUID
    at: datetime
    agent_id: UUID | None
    question: str
    right: bool
    compared: bool = False  # by the database with what is on record, not judged by who asked


class LiftLine(msgspec.Struct, frozen=True):
    """That wrong answers of a customer count anew since then: who said so, and why."""

    at: datetime
    agent: str
    reason: str


class CheckLine(msgspec.Struct, frozen=True):
    """The same for whoever looks at the interaction: by whom."""

    question: str
    right: bool
    agent: str
    at: datetime
    compared: bool = False


def compared(question: Question, said: str) -> str:
    """What a kept answer is compared by, however it is said: a date as ISO, words folded and in order; or nothing."""
    if question is Question.BIRTH:
        said_day = day(said)
        return said_day.isoformat() if said_day is not None else ""
    return " ".join(sorted(set(words(said))))


def day(text: str) -> date | None:
    """A date as people write it: 1984-03-12, 12.3.1984, 12/03/84, 12 03 1984."""
    parts = [int(part) for part in re.findall(r"\d+", text)][:3]
    if len(parts) != 3:
        return None
    year, month, dom = parts if parts[0] > 31 else parts[::-1]
    if year < 100:
        year += 1900 if year > clock.now().year % 100 else 2000
    try:
        return date(year, month, dom)
    except ValueError:
        return None
