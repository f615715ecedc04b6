"""Rows about customers handed to a menu of the PBX, apart from the queries."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Menu(StrEnum):
    PAYMENT = "payment"
    SURVEY = "survey"


class HandoverState(StrEnum):
    """How far a customer is who was handed to a menu."""

    ASKED = "asked"  # the PBX has not said anything yet
    PLANNED = "planned"  # a survey, once the agent has hung up
    MENU = "menu"
    PAID = "paid"
    REFUSED = "refused"  # by whoever charges the card
    GIVEN_UP = "given_up"  # by the customer, who comes back
    GONE = "gone"  # the customer hung up
    TAKEN_BACK = "taken_back"
    ANSWERED = "answered"
    FAILED = "failed"  # the PBX did not do it

    @property
    def open(self) -> bool:
        """Whether the customer may still be in the menu."""
        return self in (HandoverState.ASKED, HandoverState.PLANNED, HandoverState.MENU)


class Progress(msgspec.Struct, frozen=True):
    """What the PBX says of one customer in a menu."""

    id: UUID
    at: datetime
    state: HandoverState
    step: str = ""
    digits: int = 0
    reference: str = ""
    answer: str = ""  # to the question ``step``


class HandoverRow(msgspec.Struct, frozen=True):
    """One handing over as it stands. ``step``: card, expiry, cvc, charging; of a survey the question's number."""

    id: UUID
    at: datetime
    interaction_id: UUID
    agent_id: UUID | None
    menu: Menu
    amount: str
    currency: str
    state: HandoverState
    step: str = ""
    digits: int = 0
    reference: str = ""
    answers: dict[str, str] = {}
    ended_at: datetime | None = None
