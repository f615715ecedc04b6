"""What the whole centre shares and a desktop needs at hand: site, queues, dispositions, pause reasons, people.

Kept in the journal too, so that a call can be taken and written up while the database is away.
"""

from typing import Any
from uuid import UUID, uuid5

import msgspec

from agent_desktop import data
from agent_desktop.data.admin_rows import PhoneRecord
from agent_desktop.data.centre_rows import AgentRow, DispositionRow, PauseReasonRow, QueueRow, TeamRow
from agent_desktop.data.handoff_rows import HandoffRuleRow
from agent_desktop.data.identity_rows import NO_QUEUE, IdentityRecord

CACHE_KEY = "cache:centre"
# Until the database has said which site this is, linked ids are hashed into this one.
UNKNOWN_SITE = uuid5(UUID(int=0), "agent-desktop:unknown-site")


class Centre(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the shared catalogue."""

    site_id: UUID = UNKNOWN_SITE
    region: str = "PL"
    time_zone: str = ""  # of days and intervals; empty: this computer's
    queues: tuple[QueueRow, ...] = ()
    retired_queues: tuple[QueueRow, ...] = ()  # switched off: earlier calls still say their names
    dispositions: tuple[DispositionRow, ...] = ()
    pause_reasons: tuple[PauseReasonRow, ...] = ()
    agents: tuple[AgentRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    server: bool = False  # a database with logins: it says itself who works here
    signed_in: AgentRow | None = None  # the login's person; None for a service's login and on a file
    role: str = ""  # of the login
    watched: frozenset[UUID] | None = None  # the queues whose figures this login sees; None is all of them
    one_time: bool = False  # the login's password was made by an administrator: it is to be changed
    phones: tuple[PhoneRecord, ...] = ()  # on a server one's own only
    identity: tuple[IdentityRecord, ...] = ()  # what callers are asked
    handoff_rules: tuple[HandoffRuleRow, ...] = ()  # of the centre's own: which header says what

    def queue(self, name: str) -> QueueRow | None:
        """By its PBX name, whatever the case."""
        wanted = name.casefold()
        every = (*self.queues, *self.retired_queues)
        return next((queue for queue in every if queue.name.casefold() == wanted), None)

    def identity_of(self, queue_name: str) -> IdentityRecord | None:
        """The policy of a queue, or of calls without one, in force or not; None where nobody ever set it."""
        queue = self.queue(queue_name) if queue_name else None
        key = queue.id if queue is not None else NO_QUEUE
        return next((one for one in self.identity if one.id == key), None)

    def queue_label(self, name: str) -> str:
        queue = self.queue(name)
        return queue.label if queue is not None else name

    def agent(self, login: str) -> AgentRow | None:
        wanted = login.casefold()
        return next((agent for agent in self.agents if agent.login.casefold() == wanted), None)

    def worker(self, login: str) -> AgentRow | None:
        """Who works at this desk: whom the server knows by the login; on a file whom the settings name."""
        return self.signed_in if self.server else self.agent(login)

    def watched_queues(self) -> tuple[QueueRow, ...]:
        """Those with figures; of the others only the names are known, and every figure would be a zero."""
        return tuple(queue for queue in self.queues if self.watched is None or queue.id in self.watched)

    def dispositions_for(self, name: str) -> tuple[DispositionRow, ...]:
        """Those of the queue, then the ones valid everywhere."""
        queue = self.queue(name)
        own = [d for d in self.dispositions if queue is not None and d.queue_id == queue.id]
        everywhere = [d for d in self.dispositions if d.queue_id is None]
        return tuple(sorted(own, key=lambda d: d.position) + sorted(everywhere, key=lambda d: d.position))


def load(session: Any) -> Centre:
    """Read the picture from the database. Raises DatabaseTrouble for a login that may not work here any more."""
    server = data.sql.on_server(session)
    if server:
        data.connect.check_standing(session)
    here = data.site.site(session)
    queues = data.queues.queues(session, active_only=False)
    return Centre(
        site_id=here.id,
        region=here.region,
        time_zone=here.time_zone,
        queues=tuple(queue for queue in queues if queue.active),
        retired_queues=tuple(queue for queue in queues if not queue.active),
        dispositions=data.catalogue.all_dispositions(session),
        pause_reasons=data.catalogue.pause_reasons(session),
        agents=data.agents.agents(session),
        teams=data.agents.teams(session),
        server=server,
        signed_in=data.agents.signed_in(session),
        role=data.access.own_role(session),
        watched=data.queues.watched(session),
        one_time=data.access.password_is_handed_over(session),
        phones=data.admin_centre.phones(session),
        identity=data.identity_checks.policies(session),
        handoff_rules=data.handoffs.rules(session),
    )


def encode(centre: Centre) -> bytes:
    return msgspec.json.encode(centre)


def decode(text: bytes | None) -> Centre:
    """The cached picture; an empty one when there is none this program can read."""
    if text is None:
        return Centre()
    try:
        return msgspec.json.decode(text, type=Centre)
    except msgspec.DecodeError:
        return Centre()
