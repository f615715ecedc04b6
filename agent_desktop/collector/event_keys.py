"""The number under which an event is stored once, however often and by whomever it is told."""

import hashlib
from uuid import UUID

from agent_desktop.data.words import QueueEventKind

# A visit is entered once and ends once: heard live, worked out from a snapshot or read again, it is the same event.
ONCE_A_VISIT = frozenset(
    {
        QueueEventKind.ENTERED,
        QueueEventKind.CONNECTED,
        QueueEventKind.COMPLETED,
        QueueEventKind.TRANSFERRED,
        QueueEventKind.ABANDONED,
        QueueEventKind.EXITED,
        QueueEventKind.LOST,
    }
)


def event_key(pbx: str, kind: QueueEventKind, visit: UUID | None, told: str) -> int:
    """63 bits of what makes an event itself: its PBX and kind, its visit, and unless that says it all what was
    ``told``: its time as the PBX wrote it, and the names in it."""
    what = (str(visit),) if visit is not None and kind in ONCE_A_VISIT else (str(visit or ""), told)
    digest = hashlib.blake2b("\0".join((pbx, kind.value, *what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
