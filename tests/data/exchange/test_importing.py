"""Imports into a real database: what a dry run says comes true, and an undo leaves everything as it was."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import access, apply, customers
from agent_desktop.data import operations as ops
from agent_desktop.data.base import Base
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.exchange import importing, undo
from agent_desktop.data.exchange.importing import Import, Progress
from agent_desktop.data.exchange.source import look_at
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import ImportRun
from agent_desktop.data.sql import table_of
from tests.support import postgres

LIST = """\
Name,Organisation,Account number,Phone,Mobile,E-mail,Tags
Anna Nowak,Młyn,17,601 442 190,,anna@mlyn.pl,VIP
Nowak,,,0048 601 442 190,,,VIP
Jan Nowak,,,+48601442190,,,
Anna Nowak,Młyn,18,,602 442 190,anna@mlyn.pl,
Eva Kos,,,call her,,,
,,,603442190,,,
Eva Kos,,,,,eva at kos,
Piotr Zieliński,,17,,604 442 190,,new
Solo,,,,,,
SOLO,,,,,,
"""


def run(database: Database, path: Path, **how: bool) -> Import:
    """An import from begin to end."""
    made = Import(database, look_at(path), **how)
    while not made.step().finished:
        pass
    return made


def counted(progress: Progress) -> tuple[int, ...]:
    return tuple(progress.counts.values())


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All customers as they are, without what counts edits."""
    said: dict[str, list[tuple[object, ...]]] = {}
    with database.read() as session:
        for name in ("organisation", "customer", "phone", "email", "customer_word"):
            table = Base.metadata.tables[name]
            columns = [c for c in table.c if c.name not in ("version", "changed_in", "updated_at")]
            said[name] = sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
    return said


def take_back(database: Database, run_id: UUID) -> undo.Undone:
    taken = undo.Undo(database, run_id)
    while not (done := taken.step()).finished:
        pass
    return done


def first_customer(database: Database) -> UUID:
    """Somebody who was there before, with less than the list says of them."""
    key = new_id()
    with database.write() as session:
        made = ops.SaveCustomer(customer_id=key, version=0, fields={"name": "Anna Nowak", "language": "pl"},
                                phones_added=((new_id(), "+48 601 442 190", ""),))  # fmt: skip
        apply.apply(session, made)
    return key


def run_row(session: Session, **values: Any) -> UUID:
    """A run of which nothing else is stored."""
    key = new_id()
    session.execute(insert(table_of(ImportRun)).values(id=key, at=clock.now(), who="me", **values))
    return key


@pytest.mark.parametrize("step", [250, 2])
def test_a_list_is_compared_stored_and_taken_back(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(importing, "STEP", step)
    monkeypatch.setattr(undo, "_STEP", step)
    anna = first_customer(database)
    before = content(database)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")

    dry = run(database, tmp_path / "list.csv", dry=True)
    assert content(database) == before
    assert counted(dry.progress) == (3, 2, 2, 3)  # Piotr has Anna's account number
    wanted = [
        (6, "“call her” is not a phone number."),
        (7, "It has no name."),
        (8, "“eva at kos” is not an e-mail address."),
    ]
    assert [(problem.line, problem.reason) for problem in dry.progress.problems] == wanted

    real = run(database, tmp_path / "list.csv")
    assert counted(real.progress) == counted(dry.progress)
    with database.read() as session:
        card = customers.card(session, anna)
        assert [line.name for line in customers.search(session, "602442190")] == ["Anna Nowak"]
        assert len(customers.search(session, "mlyn")) == 2
        assert [run.state for run in undo.runs(session)] == ["done"]
    assert card is not None
    assert (card.account_number, card.organisation, card.language, card.name) == ("17", "Młyn", "pl", "Anna Nowak")
    assert [email.address for email in card.emails] == ["anna@mlyn.pl"]
    assert [phone.is_primary for phone in card.phones] == [True, False]

    again = run(database, tmp_path / "list.csv")
    assert counted(again.progress)[:2] == (0, 0)
    assert take_back(database, real.run_id).kept == 0
    assert content(database) == before
    with pytest.raises(Refused, match="already"):
        take_back(database, real.run_id)
    with pytest.raises(Refused, match="no such import"):
        take_back(database, new_id())


def test_what_somebody_did_since_stays(database: Database, tmp_path: Path) -> None:
    anna = first_customer(database)
    (tmp_path / "list.csv").write_text(
        "Name,Phone,Language,Address\nAnna Nowak,601442190,de,Here\nNew,605442190,,\nUsed,606442190,,\n"
    )
    made = run(database, tmp_path / "list.csv", overwrite=True)
    with database.write() as session:
        (new,), (used,) = (customers.search(session, text) for text in ("New", "Used"))
        apply.apply(session, ops.SaveCustomer(customer_id=anna, version=2, fields={"address": "There"}))
        apply.apply(session, ops.SaveCustomer(customer_id=new.id, version=1, fields={"alert": "mind"}))
        apply.apply(session, ops.OpenTicket(ticket_id=new_id(), subject="bill", customer_id=used.id))
    with database.write() as session:
        other = run_row(session, file="old.csv", state="done", counts={"new": 3})
        kept = run_row(session, file="queue_log", state="kept", counts={"new": 3})
        run_row(session, file="none.csv", state="done", counts={"rejected": 3})
    with database.read() as session:
        stays = {each.file: each.stays for each in undo.runs(session)}
    why = {"old.csv": undo.Stays.FORGOTTEN, "queue_log": undo.Stays.HISTORY, "none.csv": undo.Stays.NOTHING}
    assert stays == {"list.csv": None, **why}
    with pytest.raises(Refused, match="history stays"):
        take_back(database, kept)
    assert take_back(database, other).done == 0
    assert take_back(database, made.run_id).kept == 2
    with database.read() as session:
        card = customers.card(session, anna)
        assert card is not None
        assert (card.language, card.address) == ("pl", "There")  # the language is as before, the address as they say
        assert {line.name for line in customers.listed(session)} == {"Anna Nowak", "New", "Used"}


def test_an_import_that_breaks_off_can_be_taken_back(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "STEP", 2)
    before = content(database)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    broken = Import(database, look_at(tmp_path / "list.csv"))
    assert not broken.step().finished
    with database.read() as session:
        assert [run.state for run in undo.runs(session)] == ["running"]
    assert take_back(database, broken.run_id).finished
    assert content(database) == before


def test_on_a_server_team_leads_import(server: postgres.Server, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    with server.database() as name:
        owner = Database.open(server.url(name), create=True)
        for login, group in (("ines", "team_lead"), ("otto", "agent")):
            access.grant(owner, access.Grant(login, group, login + "-secret", name=login.title()))
        lead = Database.open(server.url(name, "ines", "ines-secret"))
        agent = Database.open(server.url(name, "otto", "otto-secret"))
        first_customer(owner)
        before = content(owner)
        with pytest.raises(DatabaseTrouble):
            run(agent, tmp_path / "list.csv")
        assert content(owner) == before
        assert counted(run(agent, tmp_path / "list.csv", dry=True).progress) == (3, 2, 2, 3)
        made = run(lead, tmp_path / "list.csv")
        assert counted(made.progress) == (3, 2, 2, 3)
        for who, may in ((lead, True), (agent, False), (owner, True)):
            with who.read() as session:
                assert undo.may_import(session) is may
        with lead.read() as session:
            assert len(customers.search(session, "mlyn")) == 2
        with pytest.raises(DatabaseTrouble), agent.write() as session:
            session.execute(text("SELECT access.remove_imported(id, 1) FROM import_run"))
        assert take_back(lead, made.run_id).kept == 0
        assert content(owner) == before
        for database in (owner, lead, agent):
            database.close()
