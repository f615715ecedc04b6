"""What was said of a call by the PBX and its IVR, as rows that leave the database."""

from datetime import datetime
from uuid import UUID

import msgspec


class HandoffRuleRow(msgspec.Struct, frozen=True):
    """One of the centre's own rules: what a header, a channel variable or a key of an event says."""

    name: str
    field: str
    label: str = ""
    form: str = "text"
    secret: bool = False


class HandoffFieldRow(msgspec.Struct, frozen=True):
    """One thing said, plain text of one line; of a secret field ``value`` is its mask."""

    id: UUID
    interaction_id: UUID
    linked_id: str
    pbx: str
    at: datetime
    name: str
    label: str
    value: str
    secret: bool = False


class HandoffWord(msgspec.Struct, frozen=True):
    """What the collector stores: a field and, of a secret one, its value (``sealed``: encrypted)."""

    field: HandoffFieldRow
    secret: str = ""
    sealed: bool = False


class SecretValue(msgspec.Struct, frozen=True):
    """A secret that somebody asked for; ``sealed`` is still to be opened with the centre's private key."""

    value: str
    sealed: bool
