"""The places that a call of this workstation can go on to, as they are now."""

from agent_desktop.core.live import Live
from agent_desktop.core.session import Session
from agent_desktop.core.targets import Directory, Presence, Reach, Target

REMEMBERED = 12


class TargetBook:
    """Knows the centre, who does what, and what was called lately from here."""

    def __init__(self, session: Session, live: Live):
        self._session, self._live = session, live
        self._recent: list[str] = []

    def find(self, text: str) -> tuple[Target, ...]:
        """What is offered for a text, best first (see ``Directory.find``)."""
        session, board = self._session, self._live.board
        phone = session.settings.phone
        presences = {}
        for agent_id in board.agents:
            line = board.agent_line(agent_id)
            presences[agent_id] = Presence(line.state, line.since, line.reason)
        return Directory(
            reach=Reach(
                numbers=phone.mode == "account" or bool(session.outgoing.direct_peer),
                queue_dial=phone.queue_dial,
                region=session.settings.numbers.region,
            ),
            own_id=session.agent.id if session.agent is not None else None,
            people=session.centre.agents,
            queues=session.centre.queues,
            presences=presences,
            waiting={queue_id: board.tile(queue_id).waiting for queue_id in board.queues},
            recent=tuple(self._recent),
        ).find(text)

    def called(self, number: str) -> None:
        """Somebody was called or got a call: next time they stand further up."""
        self._recent = [number, *(known for known in self._recent if known != number)][:REMEMBERED]
