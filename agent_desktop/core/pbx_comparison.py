"""All agents of a board held against what the PBX says of them. No Qt."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from agent_desktop.core.agent_activity import AgentRecord
from agent_desktop.core.pbx_state import difference
from agent_desktop.core.queue_day import QueueDay
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.desk_rows import PbxSaid


class Comparison:
    """``said`` is what the PBX says of each agent; None while nobody hears it."""

    def __init__(
        self,
        queues: Mapping[UUID, QueueDay],
        agents: Mapping[int, AgentRecord],
        presences: Mapping[UUID, PresenceRow],
    ) -> None:
        self.said: Mapping[UUID, PbxSaid] | None = None
        self._queues, self._agents, self._presences = queues, agents, presences
        self._noted = False

    def compare(self, now: datetime) -> bool:
        """Note in the records what differs; whether that has changed."""
        said, changed = self.said, False
        if said is None and not self._noted:
            return False
        serving = frozenset[UUID]().union(*(queue.configured for queue in self._queues.values()))
        for agent in self._agents.values():
            agent_id = agent.row.id
            row = self._presences.get(agent_id)
            found = None
            if row is not None and said is not None:
                found = difference(row, said.get(agent_id), serves=agent_id in serving, now=now)
            if found is not agent.pbx:
                agent.pbx, agent.changed, changed = found, True, True
        self._noted = any(agent.pbx is not None for agent in self._agents.values())
        return changed
