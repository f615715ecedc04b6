"""What desktops ask of the PBX, as actions of its manager; who may ask for what, the database has decided before."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from agent_desktop.collector.ami import Fields, Refusal
from agent_desktop.collector.link import Link
from agent_desktop.collector.translate import WRAP_UP_REASON
from agent_desktop.data.centre_rows import AgentRow, PbxRequestRow, QueueRow
from agent_desktop.data.words import RequestKind

R = RequestKind
_SPY = {"listen": "qES", "whisper": "qESw", "barge": "qESB"}  # without w and B nothing of the listener is sent


class Directory(msgspec.Struct, frozen=True):
    """Who and what the ids of a request are."""

    agents: Mapping[UUID, AgentRow]
    queues: Mapping[UUID, QueueRow]


class Nonsense(Exception):
    """A request that cannot be carried out as it stands; the text says why."""


async def carry_out(link: Link, directory: Directory, asked: PbxRequestRow) -> str:
    """Do it; what the PBX said. Raises Refusal in the PBX's words, ManagerTrouble, Nonsense."""
    if link.manager is None:
        raise Nonsense("The PBX is not connected.")
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


def _actions(link: Link, directory: Directory, asked: PbxRequestRow) -> list[tuple[str, Fields]]:
    if asked.kind is R.REDIRECT:
        return [_redirect(link, asked)]
    agent = directory.agents.get(asked.agent_id) if asked.agent_id is not None else None
    if agent is None or not agent.extension:
        raise Nonsense("The request names nobody who has an extension.")
    interface = link.pbx.interface.format(extension=agent.extension)
    if asked.kind is R.MONITOR:
        return [_monitor(link, directory, asked, interface)]
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


def _redirect(link: Link, asked: PbxRequestRow) -> tuple[str, Fields]:
    wanted, to = asked.detail.get("visit", ""), asked.detail.get("to", "")
    stay = next((one for one in link.translator.stays if str(one.id) == wanted and one.waits), None)
    if stay is None or not stay.channel:
        raise Nonsense("This caller waits no more.")
    if not to or not to.replace("-", "").replace("_", "").isalnum():
        raise Nonsense("Where to is not said, or is no extension.")
    return "Redirect", {"Channel": stay.channel, "Context": link.pbx.context, "Exten": to, "Priority": "1"}


def _monitor(link: Link, directory: Directory, asked: PbxRequestRow, interface: str) -> tuple[str, Fields]:
    """Call who asked, and when they answer let them hear; the header tells their desktop that it asked for this."""
    who = directory.agents.get(asked.asked_by) if asked.asked_by is not None else None
    if who is None or not who.extension:
        raise Nonsense("Who asked has no extension to be called at.")
    spy = _SPY.get(asked.detail.get("mode", "listen"))
    if spy is None:
        raise Nonsense("There are three ways: listen, whisper, barge.")
    mode = asked.detail.get("mode", "listen")
    about = directory.agents.get(asked.agent_id) if asked.agent_id is not None else None
    return "Originate", {
        "Channel": link.pbx.interface.format(extension=who.extension),
        "Application": "ChanSpy",
        "Data": f"{interface},{spy}",
        "CallerID": f"{about.name if about is not None else ''} <{mode}>",
        "Variable": f"PJSIP_HEADER(add,X-Monitor)={asked.id}",
        "Timeout": "15000",
        "Async": "true",
    }
