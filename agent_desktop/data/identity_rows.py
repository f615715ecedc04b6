"""Rows of the identity check, apart from the queries."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

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


class CheckLine(msgspec.Struct, frozen=True):
    """The same for whoever looks at the interaction: by whom."""

    question: str
    right: bool
    agent: str
    at: datetime
