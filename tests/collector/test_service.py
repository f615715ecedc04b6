"""The collector's turns against a manager that a test speaks for: who holds the lease, and a database that is away."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from agent_desktop import clock
from agent_desktop.collector.collector_settings import CollectorConfig, PbxConfig
from agent_desktop.collector.service import Service
from agent_desktop.data import access, callback_rows, callbacks, collecting, queues, report_schedules
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import CollectorLease, Interaction, PbxRequest, ReportRun
from agent_desktop.data.report_rows import RunState, ScheduleRow
from agent_desktop.data.words import RequestKind, RequestState
from tests.collector.manager import SECRET, STORED, QueuePbx, until
from tests.support import postgres
from tests.support.collecting import make_centre

OTHER = UUID(int=7)


@pytest.fixture(autouse=True)
def _secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "pbx-one").write_text(SECRET)
    (tmp_path / "secrets" / "database").write_text("collector-1")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "secrets"))


@contextlib.asynccontextmanager
async def running(folder: Path, address: str, pbx: QueuePbx, name: str = "first") -> AsyncIterator[Service]:
    """A collector, until the block ends."""
    (folder / name).mkdir(exist_ok=True)
    one = PbxConfig("one", port=pbx.port)
    stop = asyncio.Event()
    config = CollectorConfig(
        address, (one,), name, str(folder / name), lease_s=1.0, reports_dir=str(folder / "reports")
    )
    service = Service(config, stop)
    task = asyncio.ensure_future(service.run())
    await until(lambda: service.links and service.links[0].connected, "it follows the PBX")
    try:
        yield service
    finally:
        stop.set()
        await task


def results(database: Database) -> dict[str, int]:
    found: dict[str, int] = {}
    with database.read() as session:
        for visit in queues.visits(session, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)):
            found[visit.result.value] = found.get(visit.result.value, 0) + 1
    return found


def test_who_has_lost_the_lease_writes_nothing_until_it_is_had_again(tmp_path, expected_log):
    expected_log("the lease is lost to other")
    database = make_centre(tmp_path / "centre.db", (("Ann Lee", "1001"),), ("support",))

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start()
        async with running(tmp_path, str(tmp_path / "centre.db"), pbx) as service:
            pbx.come_and_go(3)
            await until(lambda: results(database) == {"abandoned": 3}, "they are stored")
            with database.write() as session:
                far = clock.now() + timedelta(hours=1)
                session.execute(update(CollectorLease).values(holder=OTHER, name="other", expires_at=far))
            pbx.come_and_go(3)
            await until(lambda: not service.active, "it knows that it has lost the lease")
            pbx.come_and_go(3)
            wanted = collecting.Wanted(new_id(), RequestKind.PAUSE, OTHER, OTHER)
            with database.write() as session:
                collecting.ask(session, wanted)
            await until(lambda: len(service._recent) == 12, "it keeps what it hears")
            assert results(database) == {"abandoned": 3}
            with database.write() as session:
                assert collecting.request(session, wanted.id).state is RequestState.ASKED
                session.execute(update(PbxRequest).values(at=clock.now() - timedelta(seconds=40)))
                session.execute(update(CollectorLease).values(expires_at=clock.now()))
            await until(lambda: results(database) == {"abandoned": 9}, "it is active again and stores what it has kept")

            def answered() -> bool:
                with database.read() as session:
                    return collecting.request(session, wanted.id).state is RequestState.LATE

            await until(answered, "what was asked too long ago is not done any more")
            with database.read() as session:
                (health,) = collecting.health(session)
            assert health.trouble == ""
            assert health.last_event_at is not None
        with database.read() as session:
            assert collecting.lease(session, OTHER).name == "", "given up at the end"
        await pbx.stop()

    asyncio.run(asyncio.wait_for(whole(), 60))
    database.close()


def test_two_collectors_make_a_report_that_is_due_once(tmp_path):
    """On a thread of its own, while events go on being stored."""
    database = make_centre(tmp_path / "centre.db", (("Ann Lee", "1001"),), ("support",))
    at = (clock.now() - timedelta(minutes=2)).astimezone()
    wish = {"kind": "queues", "span": "today"}
    due = ScheduleRow(new_id(), clock.now() - timedelta(days=3), name="Daily", wish=wish, format="csv",
                      weekdays=(1, 2, 3, 4, 5, 6, 7), minute=60 * at.hour + at.minute)  # fmt: skip
    with database.write() as session:
        report_schedules.save(session, due)

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start()
        address = str(tmp_path / "centre.db")
        async with running(tmp_path, address, pbx), running(tmp_path, address, pbx, "second"):
            pbx.come_and_go(3)
            await until(lambda: list((tmp_path / "reports").glob("Daily *.csv")), "the report is there")
            await until(lambda: results(database) == {"abandoned": 3}, "the events are stored")

            def done() -> bool:
                with database.read() as session:
                    (listed,) = report_schedules.schedules(session)
                return listed.last_run is not None and listed.last_run.state is RunState.DONE

            await until(done, "what came of it is written down")
        await pbx.stop()

    asyncio.run(asyncio.wait_for(whole(), 60))
    with database.read() as session:
        assert session.execute(select(ReportRun.attempts)).all() == [(1,)]
    database.close()


def test_who_gave_up_can_be_called_back(tmp_path):
    """The number stands in the record of the call, in no event and in no file of the collector."""
    database = make_centre(tmp_path / "centre.db", (("Ann Lee", "1001"),), ("support",))

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start()
        async with running(tmp_path, str(tmp_path / "centre.db"), pbx):
            pbx.come_and_go(2)
            pbx.call()
            today = (clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))

            def known() -> list[callback_rows.AbandonedVisit]:
                with database.read() as session:
                    return [visit for visit in callbacks.abandoned(session, *today) if visit.number]

            await until(lambda: len(known()) == 2, "both are known")
            assert {visit.e164 for visit in known()} == {"+48601442190"}
            with database.read() as session:
                said = [str(event.data) for event in queues.events_between(session, *today)]
                lasted = session.execute(select(Interaction.started_at, Interaction.ended_at)).all()
            assert not [text for text in said if "601442190" in text]
            assert {ended - began for began, ended in lasted} == {timedelta(seconds=7)}
        await pbx.stop()

    asyncio.run(asyncio.wait_for(whole(), 60))
    database.close()
    assert not [file for file in (tmp_path / "first").rglob("*") if b"601442190" in file.read_bytes()]


@contextlib.contextmanager
def killed(server: postgres.Server) -> Iterator[None]:
    """Nobody listens there until the block ends."""
    server.kill()
    try:
        yield
    finally:
        server.start()


@pytest.mark.soak
@pytest.mark.timeout(240)
@pytest.mark.parametrize(("away", "seconds"), [(postgres.Server.frozen, 6), (killed, 60)])
def test_a_server_that_is_away_loses_nothing(away, seconds, tmp_path, expected_log):
    """What stands there in the end is what the PBX has told, each of it once."""
    expected_log("the database is away, events are kept here|reports wait for the database")
    with postgres.running() as server, server.database() as name:
        server.execute("ALTER SYSTEM SET synchronous_commit = on")  # or it forgets what it has acknowledged
        server.execute("SELECT pg_reload_conf()")
        server.until_set("synchronous_commit", "on")
        owner = make_centre(server.url(name), (("Ann Lee", "1001"),), ("support",))
        access.grant(owner, access.Grant("collector", "collector", "collector-1"))
        address = f"postgresql://collector@127.0.0.1:{server.port}/{name}"

        def stored(statement: str = STORED) -> Counter[tuple[object, ...]]:
            return Counter(server.execute(statement, name))

        async def whole() -> None:
            pbx = QueuePbx()
            await pbx.start()
            async with running(tmp_path, address, pbx), running(tmp_path, address, pbx, "second"):
                pbx.come_and_go(5)
                await until(lambda: stored() == pbx.told, "they are stored")
                with away(server):
                    for turn in range(10 * seconds):
                        if turn % 3:
                            pbx.leave(pbx.waiting[0])
                        pbx.come_and_go(1)
                        pbx.call()
                        await asyncio.sleep(0.1)
                back = clock.now()
                pbx.come_and_go(5)
                await until(lambda: stored() == pbx.told, "all are stored")
                fresh = (
                    f"SELECT lag_ms < 2000 AND spooled = 0 FROM collector_health WHERE active AND told_at > '{back}'"
                )
                await until(lambda: stored(fresh) == {(True,): 1}, "what the board goes by is fresh again")
            await pbx.stop()

        asyncio.run(asyncio.wait_for(whole(), 200))
        owner.close()


def test_a_wrong_clock_is_set_right_and_a_slow_answer_is_none(tmp_path, expected_log, monkeypatch):
    expected_log("behind the database's; its events are set right")
    expected_log("ahead of the database's; its events are set right")
    database = make_centre(tmp_path / "centre.db", (("Ann Lee", "1001"),), ("support",))

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start()
        async with running(tmp_path, str(tmp_path / "centre.db"), pbx) as service:
            (link,) = service.links
            assert link.manager is not None
            for behind_s, offset_s in ((0, 0), (5, 5), (0, 0), (-3, -3), (0, 0)):
                pbx.behind_us = behind_s * 1_000_000
                await link._set_clock(link.manager)
                assert round(link.translator.offset_us / 1e6) == offset_s
                pbx.come_and_go(1)
            await until(lambda: results(database) == {"abandoned": 5}, "they are stored")
            with database.read() as session:
                found = queues.visits(session, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))
            assert abs(found[0].entered_at - found[-1].entered_at) < timedelta(seconds=2), "as if all clocks were right"

            monkeypatch.setattr(service, "_store", lambda *_, **__: ())  # the database's clock stays as said here
            for ahead_us, doubt_us, offset_s in (
                (-2_000_000, 2_000_000, 0),
                (3_000_000, 100_000, 3),
                (0, 3_000_000, 3),
            ):
                link.database.ahead_us, link.database.doubt_us = ahead_us, doubt_us
                await link._set_clock(link.manager)
                assert round(link.translator.offset_us / 1e6) == offset_s
        await pbx.stop()

    asyncio.run(whole())
    database.close()


def test_what_the_one_before_has_stored_does_not_make_the_board_old(tmp_path):
    database = make_centre(tmp_path / "centre.db", (("Ann Lee", "1001"),), ("support",))

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start()
        where = str(tmp_path / "centre.db")
        lags: list[int] = []
        async with running(tmp_path, where, pbx, "second") as second:
            await until(lambda: second.active, "it is active")
            async with running(tmp_path, where, pbx, "third") as third:
                pbx.answers["Ping"] = lambda _: ({"Response": "Success"}, [])
                pbx.behind_us = 20_000_000  # told long ago
                pbx.come_and_go(3)
                await until(lambda: results(database) == {"abandoned": 3} and third._recent, "both have them")
                tell = third._tell_health
                third._tell_health = lambda: (lags.append(third._lag_ms), tell())[1]
                second._stop.set()
                await until(lambda: third.active and lags, "the other one takes over")
                assert max(lags) < 5_000
        await pbx.stop()

    asyncio.run(whole())
    database.close()
