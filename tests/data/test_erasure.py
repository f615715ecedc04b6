"""Erasing a customer: nothing tells who it was, every figure stays; holds, retention, the export; on both databases."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from agent_desktop import clock
from agent_desktop.cli import main
from agent_desktop.data import (
    access,
    agents,
    changes,
    customers,
    erasure,
    interactions,
    privacy,
    privacy_export,
    retention,
)  # fmt: skip
from agent_desktop.data import operations as ops
from agent_desktop.data.base import Base
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.models import PbxRequest, TeamMessage, TeamMessageReader
from agent_desktop.data.seed import seed
from agent_desktop.exit_codes import Exit
from tests.data.conftest import Desk
from tests.support.made_once import empty_database
from tests.support.postgres import Server

# Whatever of Marta is somewhere in the database of _fill.
MARKS = ("kowalczyk", "601442190", "marta@", "her debts", "K-100", "Lipowa", "Green Mills", "a letter")


@dataclass
class Place:
    """One centre: a desk that writes, who may hand out and hold, who may erase."""

    where: str
    desk: Desk
    admin: Database
    keeper: Database
    owner: Database


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, server: Server) -> Iterator[Place]:
    if request.param == "file":
        database = request.getfixturevalue("database")
        yield Place(
            str(request.getfixturevalue("database_file")), request.getfixturevalue("dana"), database, database, database
        )
        return
    name = request.getfixturevalue("centre")
    owner = Database.open(server.url(name))
    access.grant(owner, access.Grant("prita", "admin", "prita", name="Prita"))
    access.grant(owner, access.Grant("keep", "retention", "keep"))
    with owner.read() as session:
        dana = agents.agent_by_login(session, "dana")
    assert dana is not None
    opened = [Database.open(server.url(name, login, login)) for login in ("dana", "prita", "keep")]
    yield Place(server.url(name, "keep", "keep"), Desk(opened[0], dana.id, clock.now_us()), opened[1], opened[2], owner)
    for database in (owner, *opened):
        database.close()


def _fill(desk: Desk, state: str = "stored") -> UUID:
    """Marta, with something in every table that knows customers; her id."""
    desk.customer("Ola Nowak", "+48700100200", organisation="Blue Mills")
    fields = {"account_number": "K-100", "address": "Lipowa 1", "organisation": "Green Mills", "alert": "her debts"}
    key = desk.customer("Marta Kowalczyk", "601 442 190", **fields)
    desk.do(ops.SaveCustomer, customer_id=key, version=1, fields={}, emails_added=((new_id(), "marta@example.com"),))
    for channel in ("call", "post"):
        desk.do(ops.SetConsent, customer_id=key, channel=channel, given=True, source="a letter of Kowalczyk")
    for customer in (key, None):  # the second nobody has assigned: it is hers by the number
        call = desk.call(customer, e164="+48601442190", display_name="Kowalczyk", handoff=(("said", "her debts"),))
        desk.do(ops.SaveNote, note_id=new_id(), interaction_id=call, text="about her debts")
        desk.do(ops.SaveLeg, leg_id=new_id(), interaction_id=call, direction="inbound", started_us=desk.at_us,
                remote="sip:+48601442190@pbx")  # fmt: skip
        desk.do(ops.CompleteWrapUp, interaction_id=call, disposition_id=None, reason="paid", wrap_up_s=3.0)
        desk.do(
            ops.SaveRecording, recording_id=new_id(), interaction_id=call, started_us=desk.at_us, state=state,
            consent="announced", consent_us=desk.at_us, consent_by=None, recipient="age1", place=f"{call}.wav.age",
        )  # fmt: skip
        desk.do(ops.ScheduleCallback, work_id=new_id(), number="+48601442190", due_us=desk.at_us, note="her debts",
                customer_id=customer)  # fmt: skip
    ticket = new_id()
    desk.do(ops.OpenTicket, ticket_id=ticket, subject="her debts", body="Kowalczyk", customer_id=key)
    desk.do(ops.UpdateTicket, event_id=new_id(), ticket_id=ticket, comment="her debts again")
    desk.do(ops.SaveCustomer, customer_id=key, version=4, fields={"organisation": "Blue Mills"})
    desk.do(ops.SaveCustomer, customer_id=key, version=5, fields={"organisation": "Green Mills"})
    desk.do(ops.RecordException, customer_id=key, reason="her debts")
    desk.do(ops.RecordView, table="customer", row_id=key)
    return key


def _erase(database: Database, key: UUID, reason: str = "asked for it") -> erasure.Erased:
    with database.write() as session:
        return erasure.erase(session, privacy.person(session, key), reason)


def _all_text(database: Database, apart: tuple[str, ...] = ()) -> str:
    with database.read() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in apart]
        return "\n".join(f"{table.name}: {row}" for table in tables for row in session.execute(select(table)))


def _totals(database: Database) -> dict[str, Any]:
    """What reports count: contacts, times, results, visits, tickets, people's work."""
    questions = {
        "contacts": "SELECT channel, direction, queue, outcome, agent_id, disposition_id, reason, count(*), "
        "sum(wait_s) FROM interaction GROUP BY 1, 2, 3, 4, 5, 6, 7",
        "times": "SELECT min(started_at), max(started_at), max(ended_at) FROM interaction",
        "legs": "SELECT agent_id, outcome, count(*), sum(hold_s) FROM leg GROUP BY 1, 2",
        "wrap_ups": "SELECT agent_id, count(*), sum(wrap_up_s) FROM wrap_up GROUP BY 1",
        "visits": "SELECT queue_id, result, count(*) FROM queue_visit GROUP BY 1, 2",
        "events": "SELECT kind, count(*) FROM queue_event GROUP BY 1",
        "tickets": "SELECT status, priority, queue, count(*) FROM ticket GROUP BY 1, 2, 3",
        "told": "SELECT kind, count(*) FROM ticket_event GROUP BY 1",
        "notes": "SELECT count(*) FROM note",
        "customers": "SELECT count(*), count(merged_into) FROM customer",
        "work": "SELECT kind, count(*), sum(attempts) FROM work_item GROUP BY 1",
    }
    with database.read() as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.execute(text(question)))
            for name, question in questions.items()
        }


def test_nothing_tells_who_it_was_and_every_figure_stays(place: Place) -> None:
    key = _fill(place.desk)
    before = _totals(place.keeper)
    assert all(mark.lower() in _all_text(place.owner).lower() for mark in MARKS)
    with place.admin.read() as session:
        audited_rows = session.execute(text("SELECT id, who, action, table_name, detail FROM audit ORDER BY id")).all()
        audited = audited_rows[-1].id
    done = _erase(place.keeper, key)
    assert (len(done.files), done.underway, done.counts["note"], done.counts["interaction"]) == (2, 0, 2, 2)
    left = _all_text(place.owner).lower()
    assert [mark for mark in MARKS if mark.lower() in left] == []
    assert "ola nowak" in left
    assert "blue mills" in left, "somebody else belongs to it"
    assert _totals(place.keeper) == before
    with place.admin.read() as session:
        rows = session.execute(text("SELECT id, who, action, table_name, detail FROM audit ORDER BY id")).all()
        assert "asked for it" in repr(session.execute(text(f"SELECT * FROM audit WHERE id > {audited}")).all())
    assert [row for row in rows if row.id <= audited and row.action != "call"] == [
        row for row in audited_rows if row.action != "call"
    ], "who did what when stays"
    with place.desk.database.read() as session:
        assert customers.search(session, "kowal") == ()
        assert interactions.notes_by_text(session, "debts") == ()
        assert [one.name for one in customers.search(session, "700100200")] == ["Ola Nowak"]
    with pytest.raises(Refused, match="has been erased"):  # as out of a journal that comes late
        place.desk.do(ops.SaveCustomer, customer_id=key, version=1, fields={"name": "Marta Kowalczyk"})
    with place.keeper.write() as session:
        assert retention.erase_again(session) == ()


def test_a_hold_refuses_in_words_until_it_is_released(place: Place) -> None:
    key = _fill(place.desk)
    with place.admin.write() as session:
        privacy.hold(session, privacy.person(session, key), "lawsuit 7")
    with pytest.raises(Refused, match="lawsuit 7"):
        _erase(place.keeper, key)
    with place.keeper.write() as session:
        later = clock.now().replace(year=clock.now().year + 4)
        aged = {one.rule.kind: one.counts for one in retention.run(session, dry=False, now=later)}
    assert aged["note"]["note"] == 1, "what nobody has assigned is on no hold"
    assert "about her debts" in _all_text(place.owner)
    with place.admin.write() as session:
        privacy.release(session, privacy.person(session, key), "it is over")
    assert _erase(place.keeper, key).counts["note"] == 1
    with place.admin.read() as session:
        said = repr(session.execute(text("SELECT * FROM audit WHERE action <> 'view'")).all())
    assert "lawsuit 7" in said or "it is over" in said


def test_a_dry_run_counts_what_a_run_removes(place: Place) -> None:
    _fill(place.desk)
    with place.owner.write() as session:
        message = {"id": new_id(), "at": clock.now()}
        session.execute(insert(TeamMessage).values(**message, audience="all", text="lunch at one"))
        session.execute(insert(TeamMessageReader).values(message_id=message["id"], agent_id=new_id()))
        request = {"id": new_id(), "at": clock.now(), "kind": "pause", "reason": "Lunch", "detail": {}}
        session.execute(insert(PbxRequest).values(request))
    later = clock.now().replace(year=clock.now().year + 4)
    before = _totals(place.keeper)
    found = []
    for dry in (True, False):
        with place.keeper.write() as session:
            found.append({one.rule.kind: one.counts for one in retention.run(session, dry=dry, now=later)})
        if dry:
            assert _totals(place.keeper) == before
    assert found[0]["note"] == found[1]["note"] == {"note": 2, "team_message_reader": 1, "team_message": 1}
    assert found[0]["queue_event"]["pbx_request"] == 1
    assert found[0]["recording"] == found[1]["recording"] == {"recording": 2}
    assert found[0] == found[1], "nothing is counted twice"
    assert found[1]["interaction"]["interaction"] == 2
    assert found[1]["ticket"]["ticket"] == 0, "open tickets stay"
    left = _all_text(place.owner, apart=("audit",))
    assert "about her debts" not in left
    assert "Marta Kowalczyk" in left


def test_what_is_handed_out(place: Place, tmp_path: Path) -> None:
    key = _fill(place.desk)
    place.desk.do(ops.SaveCustomer, customer_id=key, version=6, fields={"alert": "<script>x</script>"})
    with place.admin.write() as session:
        who = privacy.person(session, privacy.find(session, "marta@example.com"))
        assert who.id == privacy.find(session, "0048 601-442-190") == privacy.find(session, "K-100")
        found = privacy_export.gather(session, who)
        privacy_export.record(session, who, found)
    (tmp_path / "store").mkdir()
    places = privacy_export.recording_places(found)
    (tmp_path / "store" / places[0]).write_bytes(b"sound")
    missing = privacy_export.write(found, tmp_path / "out.zip", tmp_path / "store")
    assert [line.split(":")[0] for line in missing] == [places[1]]
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        told = json.loads(packed.read("data.json"))
        page = packed.read("read-me.html").decode()
        assert packed.read(f"recordings/{places[0]}") == b"sound"
    assert [call["notes"][0]["text"] for call in told["interactions"]] == ["about her debts"] * 2
    assert {row["text"] for row in told["tickets"][0]["events"]} == {"Kowalczyk", "her debts again"}
    assert [row["what"] for row in told["looked_at_by"]] == ["view"]
    assert [row["channel"] for row in told["consents"]] == ["call", "post"]
    assert "Ola" not in json.dumps(told)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    with place.admin.read() as session:
        assert privacy_export.gather(session, who)["looked_at_by"][-1]["what"] == "export"
        with pytest.raises(Refused, match="No customer"):
            privacy.find(session, "nobody at all")


def test_on_a_server_each_does_their_own_part(server: Server, centre: str) -> None:
    owner = Database.open(server.url(centre))
    access.grant(owner, access.Grant("keep", "retention", "keep"))
    keeper, dana = (Database.open(server.url(centre, login, login)) for login in ("keep", "dana"))
    with owner.read() as session:
        person = agents.agent_by_login(session, "dana")
    assert person is not None
    key = _fill(Desk(dana, person.id, clock.now_us()))
    for refused in (
        *(lambda: _erase(dana, key), lambda: _hold(dana, key)),
        *(lambda: _rule(dana), lambda: _rule(keeper), lambda: _retain(dana)),
    ):
        with pytest.raises(Exception, match=r"role retention|an administrator"):
            refused()
    with pytest.raises(Refused, match="supervisor"), dana.read() as session:
        privacy_export.gather(session, privacy.person(session, key))
    for database in (owner, keeper, dana):
        database.close()


def _rule(database: Database) -> None:
    with database.write() as session:
        retention.set_rule(session, "note", 1)


def _retain(database: Database) -> None:
    with database.write() as session:
        retention.run(session, dry=True)


def _hold(database: Database, key: UUID) -> None:
    with database.write() as session:
        privacy.hold(session, privacy.person(session, key), "mine")


def test_the_command_erases_the_desk_and_the_store_too(
    database_file: Path, dana: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = _fill(dana)
    profile, store = tmp_path / "profile", tmp_path / "store"
    profile.mkdir()
    store.mkdir()
    (profile / "settings.toml").write_text(f'[recording]\nstore = "{store}"\n')
    with dana.database.read() as session:
        who = privacy.person(session, key)
        for place in erasure.recordings_of(session, who.interactions).stored:
            (store / place[1]).write_bytes(b"sound")
    journal = Journal(profile / "journal.db")
    journal.save_draft(f"note:{who.interactions[0]}", b"her debts")
    journal.save_draft("another", b"nothing of hers")
    much = "her debts, Kowalczyk " * 1_000
    dana.do(ops.SaveNote, note_id=new_id(), interaction_id=who.interactions[0], text=much)
    journal.put(dana.make(ops.SaveNote, note_id=new_id(), interaction_id=who.interactions[0], text=much))
    journal.put(dana.make(ops.SaveNote, note_id=new_id(), interaction_id=new_id(), text="of somebody else"))
    about = ["K-100", "--database", str(database_file), "--profile", str(profile), "--reason", "r"]
    assert main(["privacy", "hold", *about]) == Exit.OK
    assert main(["privacy", "erase", *about, "--yes"]) == Exit.FAILED
    assert "A legal hold keeps Marta Kowalczyk" in capsys.readouterr().err
    assert main(["privacy", "release", *about]) == Exit.OK
    with dana.database.read() as session:
        cursor = changes.since(session, None)[1]
    assert main(["privacy", "erase", *about, "--yes"]) == Exit.OK
    with dana.database.read() as session:
        assert changes.since(session, cursor)[0].erased, "other desks hear of it"
    assert list(store.iterdir()) == []
    assert journal.drafts() == {"another": b"nothing of hers"}
    assert [one.text for one in journal.pending() if isinstance(one, ops.SaveNote)] == ["(erased)", "of somebody else"]
    journal.close()
    files = [database_file, *profile.glob("journal*")]
    left = b"".join(file.read_bytes() for file in files).lower()
    assert [mark for mark in MARKS if mark.lower().encode() in left] == [], "in freed pages neither"
    rules = ["privacy", "rules", str(database_file), "--set", "note=1", "--set", "audit_view=365"]
    assert main(rules) == Exit.OK
    assert main(["privacy", "rules", str(database_file), "--set", "audit=30"]) == Exit.FAILED
    assert main(["db", "retain", str(database_file), "--dry-run", "--profile", str(profile)]) == Exit.OK
    assert "nothing was removed" in capsys.readouterr().out


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, dict[str, Any], list[UUID]]]:
    database = Database.open(empty_database(tmp_path_factory.mktemp("company") / "company.db"))
    seed(database, customers_wanted=40)
    with database.read() as session:
        keys = [line.id for line in customers.listed(session, limit=100)]
    yield database, _totals(database), keys
    database.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.integers(0, 39))
def test_no_total_of_a_whole_company_changes(company: tuple[Database, dict[str, Any], list[UUID]], chosen: int) -> None:
    database, totals, keys = company
    _erase(database, keys[chosen % len(keys)])
    assert _totals(database) == totals
