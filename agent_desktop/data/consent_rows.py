"""Rows of consent, as they leave this layer: what a customer said last, ever, and who is not to be called."""

from datetime import datetime
from uuid import UUID

import msgspec


class ConsentRow(msgspec.Struct, frozen=True):
    """What a customer said last to being contacted on a channel."""

    channel: str
    given: bool
    source: str
    at: datetime


class ConsentWord(msgspec.Struct, frozen=True):
    """One word of the history of consent; ``agent`` is the name of who wrote it down."""

    channel: str
    given: bool
    source: str
    at: datetime
    agent: str


class NotToCall(msgspec.Struct, frozen=True):
    """A number of somebody who took back their consent to calls. ``shared``: somebody else, who did not, has it too."""

    customer_id: UUID
    key: str  # digits reversed, as numbers.Number.key
    name: str
    shared: bool
    source: str  # where they said it
    at: datetime | None
