"""Where the PBX and an agent's desktop do not agree about the agent. No Qt, no I/O."""

from datetime import datetime, timedelta
from enum import StrEnum

from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.desk_rows import PbxSaid
from agent_desktop.data.words import Presence

SETTLES = timedelta(seconds=4)  # what is so young may be on its way there


class Difference(StrEnum):
    """What is wrong at the PBX, seen from the desk."""

    PAUSED = "paused"  # here Ready
    NOT_PAUSED = "not_paused"  # here they want no calls, and the PBX would ring them
    NO_QUEUE = "no_queue"  # Ready, and in none of the queues they serve
    UNREACHABLE = "unreachable"  # Ready, and the PBX cannot reach the phone


def difference(row: PresenceRow, said: PbxSaid | None, *, serves: bool, now: datetime) -> Difference | None:
    """What does not agree, once it has stood so for SETTLES; ``serves``: there are queues this agent belongs to.

    None too while they ring or talk: a PBX takes a moment to hear what follows.
    """
    newest = row.since if said is None else max(row.since, said.at)
    if now - newest < SETTLES:
        return None
    queues, paused = (said.queues, said.paused) if said is not None else (0, 0)
    if row.presence is Presence.READY:
        if not queues:
            return Difference.NO_QUEUE if serves else None
        if paused:
            return Difference.PAUSED
        return Difference.UNREACHABLE if said is not None and not said.reachable else None
    if row.presence in (Presence.PAUSED, Presence.WRAP_UP, Presence.OFFLINE) and queues > paused:
        return Difference.NOT_PAUSED
    return None
