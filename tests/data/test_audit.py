"""The audit says who did what when, and only grows, on a file and on a server."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from agent_desktop import clock
from agent_desktop.data import access, audit
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.ids import new_id
from tests.data.conftest import Desk, _agent_id
from tests.support.postgres import Server


@pytest.fixture
def on_server(server: Server, centre: str) -> Iterator[tuple[Database, Desk]]:
    """The database as its owner sees it, and Dana's workstation."""
    owner = Database.open(server.url(centre))
    signed_in = Database.open(server.url(centre, "dana", "dana"))
    yield owner, Desk(signed_in, _agent_id(owner, "dana"))
    signed_in.close()
    owner.close()


def test_an_edit_says_what_was_and_what_became(on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    key = dana.customer("Marta Kowalczyk", "601442190", address="Old street 1")
    dana.do(ops.SaveCustomer, customer_id=key, version=1, fields={"address": "New street 2"})
    with owner.read() as session:
        made, edited = reversed(audit.entries(session, table="customer", row_id=str(key))[-3::2])
        numbers = audit.entries(session, table="phone", who="dana")
    assert (made.who, made.action) == ("dana", "insert")
    assert (edited.who, edited.action) == ("dana", "update")
    assert (edited.before, edited.after) == ({"address": "Old street 1"}, {"address": "New street 2"})
    assert [row.action for row in numbers] == ["insert"]


def test_what_the_program_keeps_for_itself_is_no_edit(on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    call = dana.call()
    with owner.read() as session:
        before = len(audit.entries(session, table="interaction", row_id=str(call)))
    dana.do(ops.SaveInteraction, interaction_id=call)  # says nothing new
    with owner.read() as session:
        assert len(audit.entries(session, table="interaction", row_id=str(call))) == before


def test_a_changed_wrap_up_is_found_by_its_call(on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    call = dana.call()
    for reason in ("first", "second"):
        dana.do(ops.CompleteWrapUp, interaction_id=call, disposition_id=None, reason=reason, wrap_up_s=1.0)
    with owner.read() as session:
        (row,) = audit.entries(session, table="wrap_up")
    assert row.row_id.split() == [str(call), str(dana.agent_id)]
    assert row.before is not None
    assert row.before["reason"] == "first"


def test_a_grant_is_written_down_without_the_password(on_server: tuple[Database, Desk]) -> None:
    owner, _ = on_server
    with owner.read() as session:
        granted = [row for row in audit.entries(session) if row.action == "grant"]
    assert [(row.row_id, row.detail) for row in granted] == [("jonas", "agent"), ("dana", "agent")]
    assert "SCRAM" not in repr(granted)


def _views_and_exports(writer: Database, reader: Database) -> list[tuple[str, str, str]]:
    key = new_id()
    with writer.write() as session:
        audit.record_view(session, "customer", key)
        audit.record_export(session, "calls", 120, target="CSV")
    with reader.read() as session:
        exported, viewed = audit.entries(session, limit=2)
    assert viewed.row_id == str(key)
    assert viewed.who
    assert exported.who == viewed.who
    return [(row.action, row.table, row.detail) for row in (viewed, exported)]


def test_views_and_exports_are_written_down(database: Database, on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    wanted = [("view", "customer", ""), ("export", "calls", "120 rows, CSV")]
    assert _views_and_exports(database, database) == wanted
    assert _views_and_exports(dana.database, owner) == wanted
    with owner.read() as session:
        assert audit.entries(session, limit=1)[0].who == "dana"


def test_it_is_read_in_pages(database: Database) -> None:
    with database.write() as session:
        for number in range(5):
            audit.record_export(session, f"list {number}", number)
    with database.read() as session:
        first = audit.entries(session, limit=3)
        rest = audit.entries(session, limit=3, before_id=first[-1].id)
    assert [row.table for row in (*first, *rest)] == [f"list {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_it_only_grows(database: Database, on_server: tuple[Database, Desk], statement: str) -> None:
    owner, _ = on_server
    for each in (database, owner):
        with each.write() as session:
            audit.record_export(session, "calls", 1)
        with pytest.raises(DatabaseTrouble, match="audit only grows"), each.write() as session:
            session.execute(text(statement))


def test_only_admins_read_it_on_a_server(on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    with pytest.raises(DatabaseTrouble) as caught, dana.database.read() as session:
        audit.entries(session)
    assert caught.value.kind is Trouble.FORBIDDEN
    access.grant(owner, access.Grant("dana", "admin", "dana"))
    try:
        with dana.database.read() as session:
            assert audit.entries(session)
    finally:
        access.grant(owner, access.Grant("dana", "agent", "dana"))


def test_what_a_workstation_kept_through_an_outage_says_when_it_was(on_server: tuple[Database, Desk]) -> None:
    owner, dana = on_server
    marta, at_us = new_id(), clock.now_us() - 3_600_000_000
    dana.do(ops.RecordView, table="customer", row_id=marta, at_us=at_us)
    dana.do(ops.RecordExport, what="customer", rows=3, target="csv", at_us=at_us)
    with owner.read() as session:
        taken, seen = audit.entries(session, who="dana", limit=2)
    then = f"at {clock.from_us(at_us).isoformat(timespec='seconds')}"
    assert (seen.action, seen.table, seen.row_id, seen.detail) == ("view", "customer", str(marta), then)
    assert taken.detail == f"3 rows, csv, {then}"


@pytest.mark.parametrize(
    "change",
    ["who = 'somebody'", "at = now()", 'before = \'{"alert": "other words"}\'', "after = NULL", "detail = 'x'"],
)
def test_an_erasure_blanks_values_and_nothing_else(on_server: tuple[Database, Desk], change: str) -> None:
    owner, dana = on_server
    key = dana.customer("Marta Kowalczyk", alert="a")
    begin = "SELECT access.begin_removal('erase', ARRAY[CAST(:key AS uuid)], 'r')"
    with owner.write() as session:
        session.execute(text(begin), {"key": key})
        session.execute(text("SELECT set_config('access.blanking', 'on', true)"))
        with pytest.raises(Exception, match="audit only grows"):
            session.execute(text(f"UPDATE audit SET {change} WHERE row_id = :key"), {"key": str(key)})
        session.rollback()
