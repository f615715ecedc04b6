"""The feed of the live board: nothing that was committed stays unseen."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, update

from agent_desktop import clock, tasks
from agent_desktop.core import centre
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board_views import AgentLine
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.live import Live
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.store import Store
from agent_desktop.data import agents, apply, collecting, desks, pbx_members, queues
from agent_desktop.data import operations as op
from agent_desktop.data.centre_rows import AgentRow, CollectorRow, QueueEventRow, QueueRow
from agent_desktop.data.db import Database
from agent_desktop.data.desk_rows import DESK_LOST, Said
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.models import PresenceSpan, Site
from agent_desktop.data.pbx_members import MemberSaid
from agent_desktop.data.words import QueueEventKind
from agent_desktop.paths import Profile
from tests.support.workstation import company, spin_until

pytestmark = pytest.mark.usefixtures("qapp")


class Watch:
    """A live board and somebody else who writes into its database."""

    def __init__(self, folder: Path):
        profile = Profile(folder)
        company(profile)
        self.others = Database.open(profile.database_file)
        self.write(forget_the_day)
        self._lanes, self._journal = tasks.Tasks(), Journal(profile.journal_file)
        self.store = Store(profile.database_file, self._journal, self._lanes)
        self.live = Live(self.store)
        with self.others.read() as session:
            self.live.set_centre(centre.load(session))
            agent, queue = agents.agent_by_login(session, "dana"), queues.queues(session)[0]
        assert agent is not None
        self.agent: AgentRow = agent
        self.queue: QueueRow = queue

    def begin(self) -> None:
        heard: list[bool] = []
        self.live.fed.connect(lambda: heard.append(True))
        self.store.start()
        spin_until(lambda: heard, "the board is fed")

    def write(self, change: Any) -> None:
        with self.others.write() as session:
            change(session)

    def present(self, presence: str) -> None:
        """The agent's own desktop says so."""
        said = op.SetPresence(op_id=new_id(), agent_id=self.agent.id, at_us=clock.now_us(), presence=presence)
        self.write(lambda session: apply.apply(session, said))

    def enter(self, number: int) -> None:
        """A caller comes into the queue."""
        row = QueueEventRow(clock.now(), QueueEventKind.ENTERED, "test", number, self.queue.id, new_id(), "", None, {})
        self.write(lambda session: queues.record_events(session, [row]))

    def entered(self) -> int:
        return self.live.board.tally(self.queue.id).entered

    def state(self) -> AgentState:
        return self.live.board.agent_line(self.agent.id).state

    def close(self) -> None:
        self.store.stop()
        self._lanes.stop()
        self.store.close()
        self._journal.close()
        self.others.close()


def forget_the_day(session: Any) -> None:
    session.connection().exec_driver_sql("DELETE FROM queue_event")
    session.connection().exec_driver_sql("DELETE FROM queue_visit")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with closing(Watch(tmp_path / "desk")) as made:
        yield made


def test_the_last_of_several_quick_changes_of_presence_is_seen(watch: Watch) -> None:
    watch.begin()
    for presence, state in (("ready", AgentState.READY), ("paused", AgentState.PAUSED)):
        watch.present(presence)
        spin_until(lambda state=state: watch.state() is state, f"the board says {presence}")  # type: ignore[misc]


def test_each_event_counts_once_however_it_came(watch: Watch) -> None:
    watch.enter(1)
    watch.begin()
    spin_until(lambda: watch.entered() == 1, "the event from before")
    watch.enter(2)
    spin_until(lambda: watch.entered() == 2, "the event that came while looking")
    watch.live.look()
    watch.enter(3)
    spin_until(lambda: watch.entered() == 3, "and the next")


def test_the_board_counts_the_day_of_the_zone_that_the_site_has(watch: Watch) -> None:
    """Set anew in administration while it is open: the other zone's day is read, also by an answer on its way."""
    at = clock.now()
    zones = [ZoneInfo(name) for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]  # 25 hours apart
    starts = [SiteDay.of(at, zone).start for zone in zones]
    assert abs(starts[0] - starts[1]) >= timedelta(hours=1)
    moments = [at - timedelta(minutes=minutes) for minutes in range(5, 60 * 24, 60)]
    rows = [
        QueueEventRow(moment, QueueEventKind.ENTERED, "test", number, watch.queue.id, new_id(), "", None, {})
        for number, moment in enumerate(moments)
    ]
    watch.write(lambda session: queues.record_events(session, rows))
    watch.begin()
    for zone, start in zip(zones, starts, strict=True):
        watch.write(lambda session, key=zone.key: session.execute(update(Site).values(time_zone=key)))  # type: ignore[misc]
        with watch.others.read() as session:
            found = centre.load(session)
        watch.live.look()
        watch.live.set_centre(found)
        assert watch.live.board.zone == zone
        since = sum(moment >= start for moment in moments)
        spin_until(lambda since=since: watch.entered() == since, f"the day of {zone.key}")  # type: ignore[misc]


def test_a_database_put_back_from_a_backup_is_read_anew(watch: Watch) -> None:
    for number in range(5):
        watch.enter(number)
    watch.begin()
    spin_until(lambda: watch.entered() == 5, "the day so far")
    watch.write(forget_the_day)
    spin_until(lambda: watch.entered() == 0, "an older state of the database")
    watch.enter(9)
    spin_until(lambda: watch.entered() == 1, "what happens from then on")


def test_the_board_says_what_follows_what_the_pbx_does_otherwise_and_who_is_lost(watch: Watch) -> None:
    watch.begin()
    me, desk, old = watch.agent.id, new_id(), clock.now() - timedelta(seconds=20)

    def line() -> AgentLine:
        return watch.live.board.agent_line(me)

    watch.present("talking")
    watch.write(lambda session: desks.claim(session, me, desk, "room-1"))
    watch.write(lambda session: desks.say(session, me, desk, Said("paused", "Lunch")))
    spin_until(lambda: line().then == "Lunch", "what follows")
    watch.write(lambda session: session.execute(delete(PresenceSpan).where(PresenceSpan.agent_id == me)))
    health = CollectorRow("c", "one", True, old, old, 1, {}, 0, 0, 0, 0, "", "")
    watch.write(lambda session: collecting.tell_health(session, health))
    member = MemberSaid(paused=True, reason="Coffee")
    watch.write(lambda session: pbx_members.tell(session, [((watch.queue.id, me), member)], old))
    said = op.SetPresence(op_id=new_id(), agent_id=me, at_us=clock.to_us(clock.now()), presence="ready")
    watch.write(lambda session: apply.apply(session, said))
    spin_until(lambda: line().pbx is Difference.PAUSED, "the PBX has them paused")
    watch.write(lambda session: desks.claim(session, me, desk, "room-1", -0.5))
    watch.write(desks.settle_lost)
    spin_until(lambda: (line().state, line().reason) == (AgentState.OFFLINE, DESK_LOST), "nobody sits there")
