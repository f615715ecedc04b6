"""What the PBX's own state says against what its events told: who waits, who is a member, who is paused. No connection.

The rules: a difference counts when two looks a second apart agree, as a look and the events overtake each other.

* Somebody waits of whom no entry was heard: they have waited since then less the wait that the PBX says.
* An entry whose caller is in the queue no more, and of whom nothing was heard since: how it ended is not known
  (``lost``, unresolved in every figure), unless the PBX has been started anew, which ended their wait (withdrawn).
* A talk whose call is gone: its end is not known; the agent is free.
* Members, and pauses, are as the PBX says.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias
from uuid import UUID

import msgspec

from agent_desktop.collector.ami import Fields, Manager, Reply
from agent_desktop.collector.stays import Stay
from agent_desktop.collector.translate import Member, Translator
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.words import QueueEventKind

K = QueueEventKind
_US = 1_000_000
_CANNOT_RING = ("4", "5")  # invalid, unavailable: AST_DEVICE_INVALID, AST_DEVICE_UNAVAILABLE
_SLACK_US = 2 * _US  # what is so young may not have been told yet


class Look(msgspec.Struct, frozen=True):
    """The PBX at one moment of its clock. ``members``: why paused, None for not paused."""

    us: int
    members: dict[Member, str | None]
    entries: dict[tuple[str, str], Fields]  # queue, call
    calls: frozenset[str]  # all that there are
    started: str  # when it was started, in its own words
    unreachable: frozenset[Member] = frozenset()  # whose phone it cannot ring


Difference: TypeAlias = tuple[str, str, str, str]  # what, queue, who, how


async def look(manager: Manager, pbx_now_us: int) -> Look:
    """Ask for everything. Raises ManagerTrouble, Refusal."""
    status = await manager.ask("QueueStatus")
    core = await manager.ask("CoreStatus")
    return made(status, await manager.ask("CoreShowChannels"), core, pbx_now_us)


def made(status: Reply, channels: Reply, core: Reply, us: int) -> Look:
    """A look from the answers."""
    members: dict[Member, str | None] = {}
    unreachable: set[Member] = set()
    entries: dict[tuple[str, str], Fields] = {}
    for name, fields in status.events:
        if name == "QueueMember":
            why = fields.get("PausedReason", "") if fields.get("Paused") == "1" else None
            key = fields.get("Queue", ""), fields.get("Location", "")
            members[key] = why
            if fields.get("Status") in _CANNOT_RING:
                unreachable.add(key)
        elif name == "QueueEntry":
            entries[fields.get("Queue", ""), fields.get("Uniqueid", "")] = fields
    calls = frozenset(fields.get("Uniqueid", "") for name, fields in channels.events if name == "CoreShowChannel")
    started = f"{core.fields.get('CoreStartupDate', '')} {core.fields.get('CoreStartupTime', '')}".strip()
    return Look(us, members, entries, calls, started, frozenset(unreachable))


def differences(by: Translator, seen: Look, stored: "Stored | None" = None) -> set[Difference]:
    """Where the PBX and what was heard of it do not agree."""
    found: set[Difference] = set()
    for stay in by.stays:
        key = stay.queue, stay.call
        quiet = seen.us - (stay.entered_us or stay.first_us) > _SLACK_US
        gone = stay.call not in seen.calls
        if (stay.waits and (gone or (quiet and key not in seen.entries))) or (stay.talks and gone):
            found.add(("over", *key, str(stay.ordinal)))
    waiting = {(stay.queue, stay.call) for stay in by.stays if stay.waits}
    for key in seen.entries:
        if key not in waiting and by.queues.find(key[0]) is not None:
            found.add(("waits", *key, ""))
    for member, why in seen.members.items():
        if by.queues.find(member[0]) is not None and by.member(member[1]) is not None:
            found |= _of_member(by, member, why, stored)
    for member in by.members.keys() - seen.members.keys():
        found.add(("gone", *member, ""))
    if stored is not None:
        found |= _stored_only(by, seen, stored)
    return found


class Stored(msgspec.Struct, frozen=True):
    """What the database says of members, to begin with: who is signed in where, and who is paused."""

    signed_in: frozenset[tuple[UUID, UUID]]  # queue, agent
    paused: frozenset[UUID]


def _of_member(by: Translator, member: Member, why: str | None, stored: Stored | None) -> set[Difference]:
    if member in by.members:
        return (
            {("paused", *member, why or "")}
            if why != by.members[member] and why is not None
            else ({("unpaused", *member, "")} if why != by.members[member] else set())
        )
    queue_id, agent = by.queues.find(member[0]), by.member(member[1])
    found: set[Difference] = set()
    known = stored is not None and queue_id is not None and agent is not None and (queue_id, agent) in stored.signed_in
    if not known:
        found.add(("added", *member, ""))
    if why is not None:
        found.add(("paused", *member, why))
    elif stored is not None and agent in stored.paused:
        found.add(("unpaused", *member, ""))
    return found


def _stored_only(by: Translator, seen: Look, stored: Stored) -> set[Difference]:
    """Who is signed in by the database and not by the PBX; the names are the ids then."""
    there = {(by.queues.find(queue), by.member(interface)) for queue, interface in seen.members}
    return {("forgotten", str(queue), str(agent), "") for queue, agent in stored.signed_in - there}


def put_right(by: Translator, seen: Look, agreed: Collection[Difference], restarted: bool) -> list[QueueEventRow]:
    """The events that make it agree, as of the PBX's moment of the look."""
    rows: list[QueueEventRow] = []
    stays: Mapping[tuple[str, str, str], Stay] = {(one.queue, one.call, str(one.ordinal)): one for one in by.stays}
    for what, queue, who, how in sorted(agreed):
        if what == "over" and (queue, who, how) in stays:
            rows += by.lose(stays[queue, who, how], seen.us, withdrawn=restarted)
        elif what == "waits":
            fields = seen.entries[queue, who]
            wait = fields.get("Wait", "")
            since_us = seen.us - (int(wait) if wait.isdecimal() else 0) * _US
            rows += by.found_waiting(since_us, fields)
        elif what == "forgotten":
            rows += by.found_gone(UUID(queue), UUID(who), seen.us)
        elif what in _KINDS:
            rows += by.found_member(_KINDS[what], (queue, who), seen.us, how)
    by.members = dict(seen.members)
    return rows


_KINDS = {"added": K.MEMBER_ADDED, "gone": K.MEMBER_REMOVED, "paused": K.PAUSED, "unpaused": K.UNPAUSED}
