"""One renewal of a desktop's lease: a short transaction in which all is asked that has to be asked regularly."""

import platform
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from agent_desktop import clock, data
from agent_desktop.core import pbx_state
from agent_desktop.core.pbx_state import SETTLES, Difference
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.desk_rows import LASTS_S, Hold, Said
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence, RequestKind

ForPbx = tuple[RequestKind, str]  # what is asked of the PBX, and the reason of a pause


class Doing(msgspec.Struct, frozen=True):
    """What the agent does, as far as others are told with the lease.

    ``then`` (a presence) and ``reason`` follow; ``due_us`` is when the wrap-up ends and ``since_us`` when the presence
    began, by this clock. ``pbx``: what the PBX is told to do, None where this desktop does not lead it.
    """

    presence: Presence = Presence.OFFLINE
    since_us: int = 0
    then: str = ""
    reason: str = ""
    due_us: int | None = None
    pbx: ForPbx | None = None
    serves: bool = False  # there are queues they belong to

    @property
    def said(self) -> tuple[str, str, int | None]:
        return self.then, self.reason, self.due_us


class Order(msgspec.Struct, frozen=True):
    """What a renewal is to do; ``told`` is what was said before, ``right`` what the PBX is asked whatever it says."""

    agent_id: UUID | None  # None: nobody works here, others' leases are looked at
    desk_id: UUID
    held: bool
    doing: Doing
    told: Doing
    right: tuple[ForPbx, ...] = ()
    lasts_s: float = LASTS_S


class Told(msgspec.Struct, frozen=True):
    """What it brought; ``unsure``: the PBX does not agree yet, which may be on its way."""

    hold: Hold | None
    claimed: bool
    server_us: int
    ahead_us: int
    told: Doing
    difference: Difference | None = None
    unsure: bool = False


def turn(session: Any, order: Order) -> Told:
    """Renew or claim the lease, say what has changed, look at what the PBX says."""
    now, ahead = data.server_time.measure(session)
    answer = Told(None, False, clock.to_us(now), ahead // timedelta(microseconds=1), order.told)
    me, desk, doing, told = order.agent_id, order.desk_id, order.doing, order.told
    if me is None:
        data.desks.settle_lost(session)
        return answer
    hold = data.desks.renew(session, me, desk, order.lasts_s, now) if order.held else Hold(False)
    claimed = not (hold.held or hold.place or hold.dismissed)
    if claimed:
        data.desks.claim(session, me, desk, platform.node(), order.lasts_s)
        hold, told = Hold(True), Doing()
    else:
        data.desks.settle_lost(session)
    if not hold.held:
        return msgspec.structs.replace(answer, hold=hold)
    if doing.said != told.said:
        due = clock.from_us(doing.due_us) + ahead if doing.due_us is not None else None
        data.desks.say(session, me, desk, Said(doing.then, doing.reason, due))
    if (doing.pbx is not None) != (told.pbx is not None) or claimed:
        data.desks.lead_pbx(session, me, desk, doing.pbx is not None)
    asked, difference, unsure = _with_pbx(session, order, told, now)
    told = msgspec.structs.replace(doing, pbx=doing.pbx if asked else None)
    return msgspec.structs.replace(answer, hold=hold, claimed=claimed, told=told, difference=difference, unsure=unsure)


def _with_pbx(session: Any, order: Order, told: Doing, now: datetime) -> tuple[bool, Difference | None, bool]:
    """Tell the PBX, where somebody carries it there and it knows the agent; whether it was told, and what differs."""
    me, doing = order.agent_id, order.doing
    assert me is not None
    if not data.pbx_members.collects(session, now):
        return False, None, False
    said = data.pbx_members.said_of(session, me)
    member = said.queues > 0
    asks = list(order.right)
    if doing.pbx is not None and member and doing.pbx != told.pbx and doing.pbx not in asks:
        asks.append(doing.pbx)
    for kind, reason in asks:
        data.collecting.ask(session, data.collecting.Wanted(new_id(), kind, me, me, reason=reason))
    row = PresenceRow(me, doing.presence, min(now, clock.from_us(doing.since_us)))
    found = pbx_state.difference(row, said, serves=doing.serves, now=now)
    later = pbx_state.difference(row, said, serves=doing.serves, now=now + 2 * SETTLES)
    return doing.pbx is None or member, found, found is None and later is not None
