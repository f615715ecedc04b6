"""Leases of desktops in a file and on a server: lost, told elsewhere, signed out, and clocks that are off."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from agent_desktop import clock
from agent_desktop.data import access, agents, apply, desks, queues, server_time
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.desk_rows import DESK_LOST, Hold, Said
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence, QueueEventKind
from tests.support.postgres import Server

SECOND = timedelta(seconds=1)
DESK, OTHER = new_id(), new_id()


class Place:
    """A database, and who signs in there: on a server each with rights of their own."""

    def __init__(self, opened: dict[str, Database], keys: dict[str, UUID]) -> None:
        self.opened, self.keys = opened, keys

    def of(self, login: str) -> Database:
        return self.opened.get(login) or self.opened[""]

    def say(self, login: str, presence: str, ago_s: float = 0.0, **more: object) -> None:
        at_us = clock.now_us() - round(ago_s * 1e6)
        op = ops.SetPresence(agent_id=self.keys[login], at_us=at_us, presence=presence, **more)  # type: ignore[arg-type]
        with self.of(login).write() as session:
            apply.apply(session, op)

    def now(self, login: str = "dana") -> tuple[Presence, str, datetime, str]:
        with self.of(login).read() as session:
            row = next(row for row in agents.presence_now(session) if row.agent_id == self.keys[login])
        return row.presence, row.reason, row.since, row.then

    def settle(self, login: str = "jonas") -> int:
        with self.of(login).write() as session:
            return desks.settle_lost(session)

    def claim(self, login: str, lasts_s: float, desk: UUID = DESK) -> None:
        with self.of(login).write() as session:
            desks.claim(session, self.keys[login], desk, "room-1", lasts_s)

    def renew(self, login: str, desk: UUID = DESK) -> Hold:
        with self.of(login).write() as session:
            return desks.renew(session, self.keys[login], desk)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, database: Database, server: Server, centre: str) -> Iterator[Place]:
    if request.param == "file":
        opened = {"": database}
    else:
        opened = {"": Database.open(server.url(centre))}
        access.grant(opened[""], access.Grant("sam", "supervisor", "sam", name="Sam Ito"))
        opened |= {login: Database.open(server.url(centre, login, login)) for login in ("dana", "jonas", "sam")}
    with opened[""].write() as session:
        if request.param == "file":
            agents.create_agent(session, "Sam Ito", "sam")
        keys = {row.login: row.id for row in agents.agents(session)}
    yield Place(opened, keys)
    if request.param == "server":
        for one in opened.values():
            one.close()


def test_a_desk_that_was_not_heard_of_is_offline_since_its_lease_ran_out(place: Place) -> None:
    place.claim("dana", 30.0)
    place.say("dana", "ready")
    assert place.settle() == 0
    assert place.now()[0] is Presence.READY
    with place.opened[""].write() as session:
        session.execute(text("DELETE FROM presence"))
    place.say("dana", "ready", 20.0)
    place.claim("dana", -4.0)  # ran out four seconds ago
    assert (place.settle(), place.settle("dana")) == (1, 0), "and once"
    presence, reason, since, _ = place.now()
    assert (presence, reason) == (Presence.OFFLINE, DESK_LOST)
    assert 3.5 < (clock.now() - since).total_seconds() < 60
    with place.of("dana").read() as session:
        ago = clock.now() - timedelta(minutes=1)
        spans = agents.presence_history(session, ago, clock.now(), agent_id=place.keys["dana"])
    assert [span.presence for span in spans] == [Presence.READY, Presence.OFFLINE]
    assert spans[0].until == since, "the figures count it no longer"
    place.claim("dana", 30.0)
    place.say("dana", "paused")
    assert (place.settle(), place.now()[0]) == (0, Presence.PAUSED)


def test_a_wrap_up_lasts_until_it_is_due_even_without_its_desk(place: Place) -> None:
    now_us = clock.now_us()
    place.claim("dana", -4.0)
    place.say("dana", "wrap_up", 30.0, due_us=now_us + 60_000_000)
    assert (place.settle(), place.now()[0]) == (0, Presence.WRAP_UP), "not due"
    place.claim("dana", -4.0)
    with place.opened[""].write() as session:
        session.execute(text("DELETE FROM presence"))
    place.say("dana", "wrap_up", 30.0, due_us=now_us - 2_000_000)
    assert place.settle() == 1
    presence, _, since, _ = place.now()
    assert presence is Presence.OFFLINE
    assert abs(clock.to_us(since) - (now_us - 2_000_000)) < 1_000_000, "since it was due, not since the lease ran out"
    place.say("dana", "wrap_up", 1.0, due_us=now_us)
    with place.of("dana").write() as session:  # extended: what the desk said last counts
        desks.say(session, place.keys["dana"], DESK, Said(due_at=clock.now() + 60 * SECOND))
    assert place.settle() == 0


def test_what_follows_stands_with_the_lease_and_goes_with_it(place: Place) -> None:
    place.claim("dana", 30.0)
    place.say("dana", "talking")
    with place.of("dana").write() as session:
        desks.say(session, place.keys["dana"], DESK, Said("paused", "Lunch"))
    assert place.now()[3] == "Lunch"
    with place.of("dana").write() as session:
        desks.say(session, place.keys["dana"], OTHER, Said("offline"))
    assert place.now()[3] == "Lunch", "only the desk that has the lease says so"
    place.say("dana", "offline", desk=DESK)
    assert place.now()[3] == ""
    assert place.renew("dana") == Hold(False), "signed out"


def test_the_newest_desk_has_the_agent_and_the_other_one_hears_it(place: Place) -> None:
    place.claim("dana", 30.0)
    assert place.renew("dana") == Hold(True)
    place.claim("dana", 30.0, OTHER)
    assert place.renew("dana") == Hold(False, place="room-1")
    assert place.renew("dana", OTHER) == Hold(True)
    assert place.renew("jonas") == Hold(False), "has none"


def test_a_supervisor_signs_somebody_out_and_their_desk_hears_it(place: Place) -> None:
    place.claim("dana", 30.0)
    place.say("dana", "ready")
    sam = place.keys["sam"]
    with place.of("sam").write() as session:
        desks.dismiss(session, place.keys["dana"], sam, "gone home")
    assert place.now()[:2] == (Presence.OFFLINE, "gone home")
    assert place.renew("dana") == Hold(False, dismissed=True, dismissed_by=sam, why="gone home")
    with place.of("sam").write() as session, pytest.raises(Refused, match="already"):
        desks.dismiss(session, place.keys["dana"], sam, "again")
    with place.opened[""].read() as session:
        rows = session.execute(text("SELECT who, row_id FROM audit WHERE table_name = 'desk'")).all()
    assert [str(row.row_id) for row in rows] == [str(place.keys["dana"])]
    place.claim("dana", 30.0)
    assert place.renew("dana") == Hold(True), "who comes back is back"
    place.say("jonas", "ready")  # who has no desk, by an older program
    with place.of("sam").write() as session:
        desks.dismiss(session, place.keys["jonas"], sam, "gone home")
    assert place.now("jonas")[0] is Presence.OFFLINE


def test_a_server_that_was_away_makes_nobody_offline(
    server: Server, centre: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No desk could renew its lease meanwhile: each gets the time of one from when the server began."""
    with closing(Database.open(server.url(centre, "dana", "dana"))) as database:
        with database.write() as session:
            (dana,) = (row.id for row in agents.agents(session) if row.login == "dana")
            desks.claim(session, dana, DESK, "room-1", -5)
            apply.apply(session, ops.SetPresence(agent_id=dana, at_us=clock.now_us() - 60_000_000, presence="ready"))
        server.execute("UPDATE desk SET since = pg_postmaster_start_time() - interval '1 hour'", centre)
        for lease_s, lost in ((1_000_000, 0), (0, 1)):  # it began within the time of a lease, or before
            monkeypatch.setattr(desks, "LASTS_S", lease_s)
            desks._lost.cache_clear()
            with database.write() as session:
                assert desks.settle_lost(session) == lost
    desks._lost.cache_clear()


def test_who_was_lost_is_offline_and_not_on_a_break(place: Place) -> None:
    """The collector has the PBX pause them, and hears of that as of any pause."""
    place.say("dana", "ready", 60)
    place.claim("dana", -5)
    assert place.settle() == 1
    for number, reason in ((1, "Offline"), (2, "Lunch")):
        told = QueueEventRow(clock.now(), QueueEventKind.PAUSED, "pbx", number, None, None, "", place.keys["dana"],
                             {"reason": reason})  # fmt: skip
        with place.of("").write() as session:
            assert queues.record_events(session, [told]) == 1
        wanted = (Presence.OFFLINE, DESK_LOST) if number == 1 else (Presence.PAUSED, "Lunch")
        assert place.now()[:2] == wanted


def test_what_went_on_all_the_time_is_not_said_twice(place: Place) -> None:
    place.say("dana", "paused", 60, reason="Lunch")
    began = place.now()[2]
    place.say("dana", "paused", 0, reason="Lunch", again=True)
    assert place.now()[2] == began
    place.claim("dana", -5)
    assert place.settle() == 1
    place.say("dana", "paused", 0, reason="Lunch", again=True)
    assert (place.now()[0], place.now()[2] > began) == (Presence.PAUSED, True), "others had written Offline"


def test_an_agent_signs_nobody_out(server: Server, centre: str) -> None:
    with (
        closing(Database.open(server.url(centre, "dana", "dana"))) as dana,
        closing(Database.open(server.url(centre, "jonas", "jonas"))) as jonas,
    ):
        with dana.write() as session:
            keys = {row.login: row.id for row in agents.agents(session)}
            desks.claim(session, keys["dana"], DESK, "room-1")
            apply.apply(session, ops.SetPresence(agent_id=keys["dana"], presence="ready"))
        with pytest.raises(Exception, match=r"not yours|not permitted|security"), jonas.write() as session:
            desks.dismiss(session, keys["dana"], keys["jonas"], "fun")
        with dana.read() as session:
            assert [row.presence for row in agents.presence_now(session)] == [Presence.READY]


@pytest.mark.parametrize("off_s", [5.0, -5.0])
def test_a_clock_that_is_off_makes_no_time_negative_or_doubled(
    server: Server, centre: str, monkeypatch: pytest.MonkeyPatch, off_s: float
) -> None:
    """One desktop's clock is right and the other's is five seconds off: by the database both have done the same."""
    real_now, real_us = clock.now, clock.now_us
    off = {"dana": 0.0, "jonas": off_s}
    opened = {login: Database.open(server.url(centre, login, login)) for login in off}
    with opened["dana"].read() as session:
        keys = {row.login: row.id for row in agents.agents(session)}
    began = real_now() - timedelta(seconds=60)
    steps = (("ready", 40), ("talking", 30), ("wrap_up", 20), ("ready", 10))
    for login, seconds in off.items():
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: real_now() + timedelta(seconds=seconds))
        monkeypatch.setattr(clock, "now_us", lambda seconds=seconds: real_us() + round(seconds * 1e6))
        then_us = clock.now_us()
        for presence, ago in steps:  # some of them kept through an outage
            op = ops.SetPresence(agent_id=keys[login], at_us=then_us - ago * 1_000_000, presence=presence)
            with opened[login].write() as session:
                apply.apply(session, op)
        with opened[login].read() as session:
            _, ahead = server_time.measure(session)
        assert abs(ahead.total_seconds() + seconds) < 1
    monkeypatch.undo()
    with opened["dana"].read() as session:
        spans = agents.presence_history(session, began, real_now())
    for login in off:
        mine = [span for span in spans if span.agent_id == keys[login]]
        assert [span.presence.value for span in mine] == [presence for presence, _ in steps]
        lengths = [((span.until or real_now()) - span.since).total_seconds() for span in mine]
        assert lengths[:-1] == pytest.approx([10, 10, 10], abs=1.0)
        assert 9 < lengths[-1] < 60, "since then, by the database"
    for one in opened.values():
        one.close()


def test_a_slow_answer_is_no_wrong_clock() -> None:
    at = clock.now()
    assert server_time.ahead(at, at + 3 * SECOND, at + 6 * SECOND) == timedelta()
    assert server_time.ahead(at, at + 9 * SECOND, at + 3 * SECOND) == 6 * SECOND
    assert server_time.ahead(at, at - 9 * SECOND, at + 3 * SECOND) == -9 * SECOND
    assert server_time.ahead(at, at + 0.4 * SECOND, at) == timedelta()
