"""In which queues an agent's state is shown: those that events named, else those the agent is set up for."""

from collections.abc import Mapping
from uuid import UUID

from agent_desktop.core.agent_activity import AgentRecord
from agent_desktop.core.queue_day import QueueDay


class QueuePlaces:
    """Found once for each agent and kept until its memberships may have changed; ``queues`` and ``agents`` are the
    board's own, by id and by its number."""

    def __init__(self, queues: Mapping[UUID, QueueDay], agents: Mapping[int, AgentRecord]) -> None:
        self._queues, self._agents = queues, agents

    def show(self, agent: AgentRecord) -> None:
        """Show an agent's state in the queues it is a member of."""
        if agent.placed is agent.state:
            return
        agent.placed = agent.state
        if agent.places is None:
            agent.places = self._find(agent)
        for queue in agent.places:
            queue.show(agent, agent.state)

    def forget(self) -> None:
        """Queues came, or other agents were set up for them: everybody is looked up anew."""
        for agent in self._agents.values():
            agent.placed = agent.places = None

    def forget_one(self, agent: AgentRecord) -> None:
        """An agent joined or left a queue."""
        agent.placed = agent.places = None

    def _find(self, agent: AgentRecord) -> list[QueueDay]:
        places = []
        for queue_id, queue in self._queues.items():
            said = agent.member_of.get(queue_id)
            if said[1] if said is not None else agent.row.id in queue.configured:
                places.append(queue)
            else:
                queue.show(agent, None)
        return places
