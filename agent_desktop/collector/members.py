"""What the PBXs say of their queues' members, told to the database when it changes; who left is paused there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from agent_desktop import clock, data
from agent_desktop.collector.link import Link
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.desk_rows import OFFLINE_REASON
from agent_desktop.data.ids import new_id
from agent_desktop.data.pbx_members import Key, MemberSaid
from agent_desktop.data.words import RequestKind, RequestState

AGAIN_S = 20.0  # before the PBX is asked once more to pause somebody


class Members:
    """``look`` belongs to the links' thread, the rest to the database's."""

    def __init__(self) -> None:
        self._now: dict[Key, MemberSaid] | None = None
        self._told: dict[Key, MemberSaid] | None = None  # what the database has, as far as this collector wrote it
        self._asked: dict[UUID, float] = {}

    def look(self, links: Iterable[Link]) -> None:
        """Take down how it is now. Nothing is sure while a PBX has not been looked at since it was connected."""
        found: dict[Key, MemberSaid] = {}
        for link in links:
            if not link.members_known:
                self._now = None
                return
            by = link.translator
            for (queue, interface), why in by.members.items():
                queue_id, agent_id = by.queues.find(queue), by.people.known(interface)
                if queue_id is not None and agent_id is not None:
                    said = MemberSaid(True, why is not None, why or "", (queue, interface) not in by.unreachable)
                    key = queue_id, agent_id
                    found[key] = _joined(found[key], said) if key in found else said
        self._now = found

    def forget(self) -> None:
        """Another collector writes now."""
        self._told = None

    def store(self, session: Any, at: datetime) -> dict[Key, MemberSaid]:
        """Write what is new; give it to ``stored`` once that is committed."""
        now = self._now
        if now is None:
            return {}
        if self._told is None:
            self._told = data.pbx_members.known(session)
        told = self._told
        changed = {key: said for key, said in now.items() if told.get(key) != said}
        changed |= {key: replace(said, member=False) for key, said in told.items() if said.member and key not in now}
        data.pbx_members.tell(session, changed.items(), at)
        return changed

    def stored(self, changed: dict[Key, MemberSaid]) -> None:
        """It is in the database."""
        if self._told is not None:
            self._told |= changed

    def left(self, session: Any, at: datetime) -> tuple[PbxRequestRow, ...]:
        """To be paused: the PBX would still ring them, and nobody sits there. Nobody asked, so nobody is answered."""
        if self._now is None:
            return ()
        moment = clock.monotonic()
        who = [
            key for key in data.pbx_members.to_be_paused(session) if moment - self._asked.get(key, -AGAIN_S) >= AGAIN_S
        ]
        self._asked |= dict.fromkeys(who, moment)
        return tuple(
            PbxRequestRow(
                *(new_id(), at, RequestKind.PAUSE, RequestState.TAKEN, None, key, None),
                *(OFFLINE_REASON, {}, "", None),
            )
            for key in who
        )


def _joined(one: MemberSaid, other: MemberSaid) -> MemberSaid:
    """One agent at two phones or PBXs in the same queue: whichever would ring counts."""
    paused = one.paused and other.paused
    return MemberSaid(True, paused, (one.reason or other.reason) if paused else "", one.reachable or other.reachable)
