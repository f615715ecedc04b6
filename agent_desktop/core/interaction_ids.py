"""The id that makes every desktop a call touches mean the same row, and the ids derived from it."""

import hashlib
from uuid import UUID, uuid5

from agent_desktop.data.ids import derived_id, new_id

__all__ = ["id_of_call", "leg_id", "new_id"]


def id_of_call(site: UUID, carried: str, linked_id: str, sip_call_id: str, at_us: int) -> UUID:
    """The interaction a call belongs to.

    ``carried`` is a trusted X-Interaction-Id, ``linked_id`` a trusted X-Call-Linkedid; both may be empty. Without
    either it is a UUIDv7 whose random bits come from the SIP Call-ID and the time of the INVITE, so that a restarted
    desktop that sees the same call again means the same row.
    """
    if carried:
        try:
            return UUID(carried)
        except ValueError:
            pass  # not ours; go on as if it were absent
    if linked_id:
        return uuid5(site, linked_id)
    digest = int.from_bytes(hashlib.sha256(f"{sip_call_id}\0{at_us}".encode()).digest()[:10], "big")
    value = (at_us // 1000) << 80 | 7 << 76 | (digest >> 62 & 0xFFF) << 64 | 2 << 62 | digest & (1 << 62) - 1
    return UUID(int=value)


def leg_id(interaction_id: UUID, sip_call_id: str) -> UUID:
    """One SIP dialog of an interaction."""
    return derived_id(interaction_id, f"leg:{sip_call_id}")
