"""The demo company: the same every time, valid, and ready for a board and a screen pop."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from agent_desktop import numbers
from agent_desktop.data import agents, catalogue, customers, figures_check, interactions, pop, queues, seed, work
from agent_desktop.data.base import Base
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.words import Outcome, Presence, VisitResult
from tests.support.made_once import empty_database

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 37, tzinfo=UTC)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return make(tmp_path_factory.mktemp("seeded") / "demo.db")


def make(path: Path, *, customers_wanted: int = 300, seed_: int = 1) -> Database:
    database = Database.open(empty_database(path))
    seed.seed(database, customers_wanted=customers_wanted, seed=seed_, today=TODAY, now=NOW)
    return database


def content(database: Database) -> str:
    """A hash over every table but the site's own id, and what tells of the moment it was made."""
    digest = hashlib.sha256()
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("change", "queue_setting"):
                continue
            columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in ("site_id", "created_at"))
            if table.name == "customer":
                columns += ', "created_at"'
            for row in session.execute(text(f'SELECT {columns} FROM "{table.name}"')):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def test_the_same_arguments_give_the_same_company(seeded: Database, tmp_path: Path) -> None:
    again, other = make(tmp_path / "again.db"), make(tmp_path / "other.db", seed_=2)
    assert content(again) == content(seeded)
    assert content(other) != content(seeded)
    again.close()
    other.close()


def test_dropping_the_indexes_first_gives_the_same(
    seeded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed, "_MANY", 10)
    database = make(tmp_path / "many.db")
    assert content(database) == content(seeded)
    with database.read() as one, seeded.read() as two:
        query = text("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")
        assert one.execute(query).all() == two.execute(query).all()
    database.close()


def test_how_much_of_everything(seeded: Database) -> None:
    with seeded.read() as session:
        assert customers.count(session) == 300
        assert 3_000 <= session.execute(text("SELECT count(*) FROM interaction")).scalar_one() < 5_000
        channels = set(session.execute(text("SELECT DISTINCT channel FROM interaction")).scalars())
        assert channels == {"call", "email", "chat", "sms", "note"}
        first = session.execute(text("SELECT min(started_at) FROM interaction")).scalar_one()
        assert NOW.timestamp() * 1e6 - first > 85 * 86_400e6
        people = agents.agents(session)
        dana = agents.agent_by_login(session, "dana")
        assert len(people) == 25
        assert dana is not None
        assert (dana.name, dana.extension, dana.team) == ("Dana Okafor", "101", "Gdynia")
        assert [queue.label for queue in queues.queues(session)] == [
            "Billing",
            "Outages",
            "Moves",
            "Business",
            "Español",
        ]
        assert all(queue.members for queue in queues.queues(session))
        assert [d.label for d in catalogue.dispositions(session, "billing")][:3] == [
            "Bill explained", "Instalments agreed", "Meter re-read",
        ]  # fmt: skip
        assert catalogue.dispositions(session, "billing")[-3:] == catalogue.dispositions(session, "none")
        assert catalogue.all_dispositions(session)[0].reasons
        assert [reason.label for reason in catalogue.pause_reasons(session)][:2] == ["Break", "Lunch"]
        assert len(work.open_work(session, dana.id)) >= 6
        scripts = session.execute(text("SELECT count(DISTINCT language) FROM customer")).scalar_one()
        assert scripts >= 8


def test_every_number_is_valid_and_none_is_martas_twice(seeded: Database) -> None:
    with seeded.read() as session:
        stored = session.execute(text("SELECT e164, key FROM phone")).all()
    assert all(numbers.is_valid(row.e164) and row.key == row.e164[:0:-1] for row in stored)
    assert [row.e164 for row in stored].count("+48601442190") == 1


def test_marta(seeded: Database) -> None:
    with seeded.read() as session:
        found = pop.look_up(session, numbers.parse("601 442 190", "PL"))
    assert found.card is not None
    assert found.card.name == "Marta Kowalczyk"
    assert "left side" in found.card.alert
    assert dict(found.totals)["call"] >= 21
    assert dict(found.totals)["ticket"] >= 6
    assert {"Meter re-read after high bill", "Refund of double payment"} <= {t.subject for t in found.tickets}
    assert any("October bill" in row.detail for row in found.history)
    assert all(row.started_at <= NOW for row in found.history)


def test_the_day_so_far_is_whole(seeded: Database) -> None:
    """E = A + B + X, nobody is left in a queue or on the phone, and the agents' stretches follow each other."""
    with seeded.read() as session:
        visits = queues.visits(session, NOW - timedelta(hours=7), NOW)
        present = {row.agent_id: row.presence for row in agents.presence_now(session)}
        dana = agents.agent_by_login(session, "dana")
        assert dana is not None
        figures, _ = agents.day_by_hour(session, dana.id, NOW - timedelta(hours=7), NOW)
        missed = interactions.calls(session, interactions.CallFilter(outcomes=(Outcome.MISSED,)), limit=5)
        spans = agents.presence_history(session, NOW - timedelta(hours=7), NOW)
        events = queues.events_between(session, NOW - timedelta(hours=7), NOW + timedelta(hours=1))
    assert len(visits) > 700
    results = [visit.result for visit in visits]
    assert VisitResult.UNRESOLVED not in results
    assert results.count(VisitResult.ANSWERED) > 0.8 * len(results)
    assert results.count(VisitResult.ABANDONED) > 5
    assert present.pop(dana.id) is Presence.OFFLINE
    assert set(present.values()) <= {Presence.READY, Presence.PAUSED}
    assert figures.handled > 10
    assert missed
    assert all(event.at <= NOW for event in events)
    talking = [span for span in spans if span.presence is Presence.TALKING]
    assert all(span.until is not None and span.until > span.since for span in talking)


def test_some_numbers_belong_to_two_customers(seeded: Database) -> None:
    with seeded.read() as session:
        keys = session.execute(text("SELECT key FROM phone GROUP BY key HAVING count(*) > 1")).scalars().all()
    assert keys


def test_a_company_that_is_there_is_left_alone(seeded: Database) -> None:
    before = content(seeded)
    with pytest.raises(Refused):
        seed.seed(seeded, customers_wanted=10, today=TODAY, now=NOW)
    assert content(seeded) == before


def test_progress_is_told(tmp_path: Path) -> None:
    said: list[tuple[str, int, int]] = []
    database = Database.open(empty_database(tmp_path / "demo.db"))
    seed.seed(database, customers_wanted=50, now=NOW, progress=lambda *what: said.append(what))
    database.close()
    assert said[-1] == ("interactions", 500, 500)
    assert all(done <= of for _, done, of in said)


@pytest.mark.parametrize("chance", range(1, 6))
def test_whoever_tries_the_program_is_signed_out(tmp_path: Path, chance: int) -> None:
    with make(tmp_path / "demo.db", customers_wanted=20, seed_=chance).read() as session:
        newest = session.execute(
            text(
                "SELECT presence FROM presence WHERE agent_id = (SELECT id FROM agent WHERE login = 'dana')"
                " ORDER BY since DESC, id DESC LIMIT 1"
            )
        ).scalar_one()
    assert newest == "offline"


def test_past_calls_have_their_visits_as_their_events_tell_them(seeded: Database) -> None:
    """What reports and forecasts are made of: each visit of the past is one call's."""
    days = list(figures_check.check(seeded))
    assert len(days) == 91
    assert all(day.right for day in days)
    with seeded.read() as session:
        past = session.execute(
            text("SELECT count(*), count(DISTINCT v.linked_id), count(i.id) FROM queue_visit v "
                 "LEFT JOIN interaction i ON i.linked_id = v.linked_id WHERE v.entered_at < :today"),
            {"today": int(datetime(2026, 11, 20, tzinfo=UTC).timestamp() * 1_000_000)},
        ).one()  # fmt: skip
    assert past[0] == past[1] == past[2]
    assert past[0] > 1_000
