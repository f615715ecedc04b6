"""Who looks like the same person, why, and who never again after somebody said that they are two."""

from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from agent_desktop.data import access, agents, duplicates, merges_made
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.ids import new_id
from tests.data.conftest import Desk
from tests.support.postgres import Server


def alike(desk: Desk, key: UUID) -> list[tuple[str, tuple[str, ...]]]:
    with desk.database.read() as session:
        return [(one.line.name, tuple(map(str, one.why))) for one in duplicates.of(session, key)]


def people(desk: Desk) -> dict[str, UUID]:
    """Marta, with the same number, with the same e-mail, both, and with the same name at the same company."""
    mail = {"m": "marta@example.org"}
    found = {}
    rows: tuple[tuple[str, str, str, str], ...] = (
        ("Marta Kowalczyk", "601 442 190", "m", "Baltic"),
        ("M. Kowalczyk", "+48 601-442-190", "", "Baltic"),
        ("MK", "602000001", "m", ""),
        ("Marta K.", "601442190", "m", ""),
        ("MARTA KOWALCZYK", "603000001", "", "Baltic"),
        ("Marta Kowalczyk", "603000002", "", "Elsewhere"),
    )
    for name, phone, address, organisation in rows:
        key = found[f"{name} {phone}"] = new_id()
        fields = {"name": name} | ({"organisation": organisation} if organisation else {})
        desk.do(
            ops.SaveCustomer, customer_id=key, version=0, fields=fields,
            phones_added=((new_id(), phone, "mobile"),), emails_added=((new_id(), mail[address]),) if address else (),
        )  # fmt: skip
    return found


def test_who_looks_alike_and_why(dana: Desk) -> None:
    found = people(dana)
    marta = found["Marta Kowalczyk 601 442 190"]
    wanted = [("Marta K.", ("email", "number")), ("MK", ("email",)), ("M. Kowalczyk", ("number",))]
    assert alike(dana, marta) == wanted
    dana.do(ops.SetApart, one_id=found["Marta K. 601442190"], other_id=marta)
    assert alike(dana, marta) == [*wanted[1:], ("MARTA KOWALCZYK", ("name",))]
    assert "Marta Kowalczyk" not in dict(alike(dana, found["Marta K. 601442190"]))


def test_a_switchboard_is_no_likeness(dana: Desk) -> None:
    keys = [dana.customer(f"Person {number}", "+48586201140") for number in range(duplicates.CROWD)]
    assert len(alike(dana, keys[0])) == 3
    dana.customer("One more", "+48586201140")
    assert alike(dana, keys[0]) == []


def test_the_answer_stands_through_merges_until_it_is_taken_back(dana: Desk) -> None:
    one, other, third = (dana.customer(name, "601442190") for name in ("A", "B", "C"))
    dana.do(ops.SetApart, one_id=other, other_id=one)
    with dana.database.read() as session:
        assert [(line.one, line.other, line.agent) for line in duplicates.said_apart(session)] in (
            [("A", "B", "Dana Okafor")], [("B", "A", "Dana Okafor")],
        )  # fmt: skip
    assert [name for name, _ in alike(dana, one)] == ["C"]
    dana.do(ops.MergeCustomers, merge_id=new_id(), kept_id=third, gone_id=other)
    assert alike(dana, one) == [], "B, who is somebody else, is a part of C now"
    dana.do(ops.SetApart, one_id=one, other_id=other, apart=False, at_us=dana.at_us - 60_000_000)
    assert alike(dana, one) == [], "an older word does not take it back"
    dana.do(ops.SetApart, one_id=one, other_id=other, apart=False)
    assert [name for name, _ in alike(dana, one)] == ["C"]
    with pytest.raises(Refused):
        dana.do(ops.SetApart, one_id=one, other_id=one)


def test_what_was_merged_is_listed_with_what_keeps_it_from_being_undone(dana: Desk) -> None:
    one, two, three = (dana.customer(name, f"60144219{at}") for at, name in enumerate("ABC"))
    dana.call(one)
    first, second = new_id(), new_id()
    dana.do(ops.MergeCustomers, merge_id=first, kept_id=two, gone_id=one)
    dana.do(ops.MergeCustomers, merge_id=second, kept_id=three, gone_id=two)
    with dana.database.read() as session:
        newest, oldest = merges_made.made(session)
        found = merges_made.side(session, one)
    assert (newest.id, newest.kept, newest.gone, newest.merged_since) == (second, "C", "B", "")
    assert (oldest.id, oldest.merged_since, oldest.agent) == (first, "C", "Dana Okafor")
    assert oldest.moved == {"interaction": 1, "phone": 1}
    assert found is not None
    assert (found.card.id, found.contacts) == (three, 1)
    dana.do(ops.UndoMerge, merge_id=second)
    with dana.database.read() as session:
        assert [bool(line.undone_at) for line in merges_made.made(session)] == [True, False]


def test_indexes_answer(dana: Desk) -> None:
    key = people(dana)["Marta Kowalczyk 601 442 190"]
    said: list[tuple[str, Any]] = []

    def heard(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        said.append((statement, values))

    with dana.database.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", heard)
        duplicates.of(session, key)
        event.remove(connection, "before_cursor_execute", heard)
        plans = [
            str(row)
            for statement, values in said
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    tables = ("customer", "phone", "email", "customer_apart")
    assert not [plan for plan in plans if "SCAN" in plan and any(f"SCAN {name}" in plan for name in tables)], plans
    assert any("ix_phone_key" in plan for plan in plans)


def test_on_a_server_with_row_level_security(server: Server, centre: str) -> None:
    with closing(Database.open(server.url(centre))) as owner, owner.read() as session:
        person = agents.agent_by_login(session, "dana")
    assert person is not None
    with closing(Database.open(server.url(centre, "dana", "dana"))) as database:
        desk = Desk(database, person.id)
        found = people(desk)
        marta = found["Marta Kowalczyk 601 442 190"]
        assert [name for name, _ in alike(desk, marta)] == ["Marta K.", "MK", "M. Kowalczyk"]
        for apart in (True, False, True):
            desk.do(ops.SetApart, one_id=marta, other_id=found["MK 602000001"], apart=apart)
        assert [name for name, _ in alike(desk, marta)] == ["Marta K.", "M. Kowalczyk", "MARTA KOWALCZYK"]
        with database.read() as session:
            assert len(duplicates.said_apart(session)) == 1
            assert merges_made.made(session) == ()
    told = "SELECT count(*) FROM change WHERE kind = 'customer' AND row_id = "
    assert server.execute(f"{told} '{marta}'", centre)[0][0] >= 4  # type: ignore[operator]
    with closing(Database.open(server.url(centre))) as owner:
        access.grant(owner, access.Grant("jonas", "agent", "jonas"))
    with closing(Database.open(server.url(centre, "jonas", "jonas"))) as theirs, pytest.raises(DatabaseTrouble):
        Desk(theirs, new_id()).do(ops.SetApart, one_id=marta, other_id=new_id())
