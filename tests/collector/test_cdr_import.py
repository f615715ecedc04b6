"""CDR in a real database: one call is one interaction, a customer's own, and nothing that a desktop told is touched."""

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.collector import cdr_import
from agent_desktop.collector.cdr_import import CdrImport
from agent_desktop.collector.history import Progress, Wanted
from agent_desktop.collector.queue_log_import import QueueLogImport
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data import agents, apply, interactions, site
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Site
from agent_desktop.data.rows import InteractionPage
from tests.collector.test_cdr import CAPTURED, OUT, UTC, row
from tests.collector.test_queue_log_import import CAPTURED as QUEUE_LOG

ALICE = "testadmin-1795290025.0"


def run(database: Database, *paths: Path, dry: bool = False) -> Progress:
    made = CdrImport(database, paths, Wanted(dry=dry, zone=UTC))
    while not made.step().finished:
        pass
    return made.progress


def key_of(database: Database, linked_id: str) -> UUID:
    with database.read() as session:
        return id_of_call(site.site(session).id, "", linked_id, "", 0)


def page(database: Database, linked_id: str) -> InteractionPage:
    key = key_of(database, linked_id)
    with database.read() as session:
        found = interactions.page(session, key)
    assert found is not None
    return found


def lines(database: Database) -> list[Any]:
    with database.read() as session:
        return sorted(interactions.calls(session), key=lambda line: line.started_at)


def customer(database: Database, *numbers: str) -> UUID:
    key = new_id()
    with database.write() as session:
        added = tuple((new_id(), number, "") for number in numbers)
        fields = {"name": f"Owner of {numbers[0]}"}
        apply.apply(session, ops.SaveCustomer(customer_id=key, version=0, fields=fields, phones_added=added))
    return key


def test_a_call_is_one_interaction_with_its_legs(database: Database, tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(QUEUE_LOG)
    log = QueueLogImport(database, [tmp_path / "queue_log"])
    while not log.step().finished:
        pass
    (tmp_path / "Master.csv").write_text(CAPTURED)
    dry = run(database, tmp_path / "Master.csv", tmp_path / "Master.csv", dry=True)
    assert (dry.new, dry.known, lines(database)) == (3, 0, [])
    made = run(database, tmp_path / "Master.csv", tmp_path / "Master.csv")
    assert (made.new, made.completed, made.known) == (dry.new, 0, dry.known)
    assert run(database, tmp_path / "Master.csv").known == 3
    found = lines(database)
    assert [(line.outcome, line.queue, line.agent, line.wait_s) for line in found] == [
        ("answered", "Support", "Dana Okafor", 1.0), ("missed", "Support", "", 11.0), ("missed", "Support", "", 3.0),
    ]  # fmt: skip
    assert found[0].talk_s == 7.0, "from when the agent answered, not the PBX: the queue's own record says so"
    whole = page(database, ALICE)
    assert [(leg.agent, leg.outcome, leg.remote) for leg in whole.legs] == [("Dana Okafor", "answered", "5551234")]
    assert [len(page(database, call).legs) for call in ("testadmin-1795290042.2", "testadmin-1795290056.5")] == [2, 0]


def test_customers_are_matched_by_number(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        session.execute(update(Site).values(region="PL"))
    marta = customer(database, "601 442 190")
    for _ in range(2):
        customer(database, "+48 22 500 10 20")
    (tmp_path / "c.csv").write_text(
        row(src="0048601442190", linkedid="1795290025.7") + row(src="225001020", uniqueid="1795290025.8", linkedid="a")
        + row(**{**OUT, "dst": "601442190"}, disposition="ANSWERED", uniqueid="1795290025.9", linkedid="b")
    )  # fmt: skip
    run(database, tmp_path / "c.csv")
    owners = {line.id: line.customer_id for line in lines(database)}
    assert owners == {
        key_of(database, "1795290025.7"): marta, key_of(database, "a"): None, key_of(database, "b"): marta,
    }  # fmt: skip
    with database.read() as session:
        assert len(interactions.history(session, marta)) == 2


def test_what_a_desktop_told_stays_and_what_it_tells_later_counts(database: Database, tmp_path: Path) -> None:
    with database.read() as session:
        dana = agents.agent_by_login(session, "dana")
    assert dana is not None
    key, at = key_of(database, ALICE), 1_795_290_025_500_000

    def desktop(**fields: Any) -> None:
        nonlocal at
        at += 20_000_000
        said: dict[str, Any] = {"interaction_id": key, "agent_id": dana.id, "at_us": at, "started_us": at}
        with database.write() as session:
            apply.apply(session, ops.SaveInteraction(**said, **fields))

    (tmp_path / "Master.csv").write_text(CAPTURED)
    desktop(number="+1 555 1234", outcome="transferred", ended_us=at + 9_000_000)
    before = page(database, ALICE)
    assert (run(database, tmp_path / "Master.csv").new, page(database, ALICE)) == (2, before)
    key = key_of(database, "testadmin-1795290042.2")  # and the other way round: the file was first
    desktop(outcome="answered", display_name="Alice", subject="bill")
    told = page(database, "testadmin-1795290042.2").line
    assert (told.outcome, told.agent, told.number) == ("answered", "Dana Okafor", "5551234")
    assert told.started_at == clock.from_us(1_795_290_042_000_000)


def test_two_parts_of_a_file_come_together(database: Database, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(cdr_import, "STEP", 1)
    records = CAPTURED.splitlines(keepends=True)
    for name, part in (("late", records[3:]), ("early", records[:3]), ("whole", records)):
        (tmp_path / name).write_text("".join(part))
    assert run(database, tmp_path / "late").counts == {
        "new": 2, "completed": 0, "known": 0, "passed_over": 0, "rejected": 0,
    }  # fmt: skip
    early = run(database, tmp_path / "early")
    assert (early.new, early.completed, early.known) == (1, 1, 0)
    again = run(database, tmp_path / "whole")
    assert (again.new, again.completed, again.known) == (0, 0, 3)
    call = page(database, "testadmin-1795290042.2")
    assert (len(call.legs), call.line.started_at) == (2, clock.from_us(1_795_290_042_000_000))
