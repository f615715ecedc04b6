"""What desktops ask of the PBX, as actions of its manager; who may ask for what, the database has decided before."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from agent_desktop.collector.ami import Fields, Refusal
from agent_desktop.collector.link import Link
from agent_desktop.collector.monitors import Nonsense
from agent_desktop.collector.stays import Stay
from agent_desktop.collector.translate import TAKEN_OUT, WRAP_UP_REASON
from agent_desktop.data.centre_rows import AgentRow, PbxRequestRow, QueueRow
from agent_desktop.data.words import RequestKind

R = RequestKind


class Directory(msgspec.Struct, frozen=True):
    """Who and what the ids of a request are."""

    agents: Mapping[UUID, AgentRow]
    queues: Mapping[UUID, QueueRow]


async def carry_out(link: Link, directory: Directory, asked: PbxRequestRow) -> str:
    """Do it; what the PBX said. Raises Refusal in the PBX's words, ManagerTrouble, Nonsense."""
    if link.manager is None:
        raise Nonsense("The PBX is not connected.")
    if asked.kind is R.REDIRECT:
        return await _redirect(link, asked)
    if asked.kind is R.MONITOR:
        return await _monitor(link, directory, asked)
    if asked.kind in (R.HAND_OVER, R.TAKE_BACK):
        _agent, interface = _interface(link, directory, asked.agent_id)
        move = link.menus.hand_over if asked.kind is R.HAND_OVER else link.menus.take_back
        return await move(link.manager, asked, interface)
    said = []
    for action, fields in _actions(link, directory, asked):
        try:
            reply = await link.manager.ask(action, fields)
        except Refusal as refusal:
            # Who is in some of the queues already wants to be in all of them.
            if "already there" in str(refusal).lower() or "not there" in str(refusal).lower():
                said.append(str(refusal))
                continue
            raise
        said.append(reply.fields.get("Message", ""))
    return "; ".join(dict.fromkeys(filter(None, said)))


def _interface(link: Link, directory: Directory, agent_id: UUID | None) -> tuple[AgentRow, str]:
    agent = directory.agents.get(agent_id) if agent_id is not None else None
    if agent is None or not agent.extension:
        raise Nonsense("The request names nobody who has an extension.")
    return agent, link.pbx.interface.format(extension=agent.extension)


def _actions(link: Link, directory: Directory, asked: PbxRequestRow) -> list[tuple[str, Fields]]:
    agent, interface = _interface(link, directory, asked.agent_id)
    if asked.kind in (R.PAUSE, R.UNPAUSE, R.WRAP_UP):
        paused = asked.kind is not R.UNPAUSE
        reason = WRAP_UP_REASON if asked.kind is R.WRAP_UP else asked.reason if paused else ""
        queue = {"Queue": _queue(directory, asked.queue_id)} if asked.queue_id is not None else {}
        fields = {"Interface": interface, "Paused": "true" if paused else "false", "Reason": reason}
        return [("QueuePause", fields | queue)]
    added = asked.kind in (R.LOG_IN, R.QUEUE_ADD)
    if asked.queue_id is not None:
        names = [_queue(directory, asked.queue_id)]
    elif added:
        names = [row.name for row in directory.queues.values() if row.active and agent.id in row.members]
    else:
        names = [queue for queue, member in link.translator.members if member == interface]
    if not names:
        raise Nonsense("There is no queue to do that in.")
    if added:
        who = {"Interface": interface, "MemberName": agent.name, "StateInterface": interface}
        return [("QueueAdd", {"Queue": name, **who}) for name in names]
    return [("QueueRemove", {"Queue": name, "Interface": interface}) for name in names]


def _queue(directory: Directory, key: UUID | None) -> str:
    row = directory.queues.get(key) if key is not None else None
    if row is None:
        raise Nonsense("There is no such queue.")
    return row.name


async def _redirect(link: Link, asked: PbxRequestRow) -> str:
    """Take a waiting caller out of the queue, to an extension: neither they nor the queue's agents gave up."""
    stay = _waiting(link, asked.detail.get("visit", ""))
    to = asked.detail.get("to", "")
    if not to or not to.replace("-", "").replace("_", "").isalnum():
        raise Nonsense("Where to is not said, or is no extension.")
    assert link.manager is not None
    before, stay.status = stay.status, TAKEN_OUT
    try:
        target = {"Channel": stay.channel, "Context": link.pbx.context, "Exten": to, "Priority": "1"}
        reply = await link.manager.ask("Redirect", target)
    except Refusal:
        stay.status = before
        raise
    return reply.fields.get("Message", "")


def _waiting(link: Link, visit: str) -> Stay:
    stay = next((one for one in link.translator.stays if str(one.id) == visit and one.waits), None)
    if stay is None or not stay.channel:
        raise Nonsense("This caller waits no more.")
    return stay


async def _monitor(link: Link, directory: Directory, asked: PbxRequestRow) -> str:
    assert link.manager is not None
    if asked.detail.get("of"):
        return link.monitors.change(asked)
    about, interface = _interface(link, directory, asked.agent_id)
    who = directory.agents.get(asked.asked_by) if asked.asked_by is not None else None
    if who is None or not who.extension:
        raise Nonsense("Who asked has no extension to be called at.")
    if who.id == about.id:
        raise Nonsense("Nobody can listen to themselves.")
    listener = link.pbx.interface.format(extension=who.extension)
    return await link.monitors.begin(link.manager, asked, listener, interface, about.name)
