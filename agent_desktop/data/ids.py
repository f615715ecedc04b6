"""Keys: time-ordered ones made by the client, and ones derived from what two desktops both know."""

from uuid import UUID, uuid5

from uuid_utils import compat


def new_id() -> UUID:
    """A UUIDv7: unique without asking anybody, and in the order of its making."""
    return compat.uuid7()


def derived_id(parent: UUID, word: str) -> UUID:
    """The same key on every desktop for the same parent and word (UUIDv5)."""
    return uuid5(parent, word)


def missed_call_id(interaction_id: UUID) -> UUID:
    """The key of the work item that a missed call becomes."""
    return derived_id(interaction_id, "missed")
