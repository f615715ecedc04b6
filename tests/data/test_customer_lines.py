"""Two people's edits of one customer's numbers and addresses: each line comes together, or is refused and stays."""

from contextlib import closing
from typing import Any
from uuid import UUID

import pytest

from agent_desktop.data import access, agents, customers
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.operations import line_said
from tests.data.conftest import Desk
from tests.support.postgres import Server

HOME, WORK = UUID(int=1), UUID(int=2)
MAIL = UUID(int=3)
M, NEW, OFFICE = "m@example.org", "601 442 191 home", "602000001 work"
BEFORE = {
    str(HOME): line_said("601442190", "home"),
    str(WORK): line_said("602000001", "work"),
    str(MAIL): M,
}


def marta(desk: Desk) -> UUID:
    key = new_id()
    desk.do(
        ops.SaveCustomer, customer_id=key, version=0, fields={"name": "Marta"},
        phones_added=((HOME, "601442190", "home"), (WORK, "602000001", "work")), emails_added=((MAIL, M),),
    )  # fmt: skip
    return key


def edit(desk: Desk, key: UUID, **lines: Any) -> None:
    desk.do(ops.SaveCustomer, customer_id=key, version=1, fields={}, lines_before=BEFORE, **lines)


def lines(desk: Desk, key: UUID) -> set[str]:
    with desk.database.read() as session:
        found = customers.card(session, key)
    assert found is not None
    return {f"{phone.typed} {phone.label}" for phone in found.phones} | {email.address for email in found.emails}


CHANGED = {"phones_changed": ((HOME, "601 442 191", "home"),)}
TOGETHER: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    # different lines
    (CHANGED, {"phones_changed": ((WORK, "602000001", "mobile"),)}, {NEW, "602000001 mobile", M}),
    (CHANGED, {"phones_removed": (WORK,), "emails_changed": ((MAIL, "k@example.org"),)}, {NEW, "k@example.org"}),
    ({"emails_removed": (MAIL,)}, CHANGED, {NEW, OFFICE}),
    # the same, said twice
    (CHANGED, CHANGED, {NEW, OFFICE, M}),
    ({"phones_removed": (HOME,)}, {"phones_removed": (HOME,)}, {OFFICE, M}),
    # two that change places, and one that becomes what another was
    ({"phones_changed": ((HOME, "602000001", "home"), (WORK, "601442190", "work"))}, {},
     {"602000001 home", "601442190 work", M}),
    ({"phones_changed": ((HOME, "602000001", "home"),), "phones_removed": (WORK,)}, {}, {"602000001 home", M}),
]  # fmt: skip
CLASHES: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    (CHANGED, {"phones_changed": ((HOME, "601 442 192", "home"),)}, {NEW, OFFICE, M}),
    (CHANGED, {"phones_changed": ((HOME, "601442190", "work"),)}, {NEW, OFFICE, M}),
    (CHANGED, {"phones_removed": (HOME,)}, {NEW, OFFICE, M}),
    ({"phones_removed": (HOME,)}, CHANGED, {OFFICE, M}),
    ({"emails_changed": ((MAIL, "k@example.org"),)}, {"emails_changed": ((MAIL, "n@example.org"),)},
     {"601442190 home", OFFICE, "k@example.org"}),
    ({"emails_changed": ((MAIL, "k@example.org"),)}, {"emails_removed": (MAIL,)},
     {"601442190 home", OFFICE, "k@example.org"}),
]  # fmt: skip


def tried(desk: Desk, other: Desk) -> None:
    for first, second, wanted in TOGETHER:
        key = marta(desk)
        edit(desk, key, **first)
        edit(other, key, **second)
        assert lines(desk, key) == wanted, (first, second)
        cleared(desk, key)
    for first, second, wanted in CLASHES:
        key = marta(desk)
        edit(desk, key, **first)
        with pytest.raises(Refused, match=r"phone numbers|e-mail addresses"):
            edit(other, key, **second)
        assert lines(desk, key) == wanted, (first, second)
        cleared(desk, key)


def cleared(desk: Desk, key: UUID) -> None:
    """The ids of the lines are free again."""
    desk.do(
        ops.SaveCustomer, customer_id=key, version=9, fields={}, phones_removed=(HOME, WORK), emails_removed=(MAIL,)
    )


def test_line_by_line(dana: Desk, jonas: Desk) -> None:
    tried(dana, jonas)


def test_a_changed_number_is_found_by_what_it_is_now_and_stays_the_first(dana: Desk) -> None:
    key = marta(dana)
    edit(dana, key, **CHANGED)
    with dana.database.read() as session:
        assert [line.id for line in customers.search(session, "601442191")] == [key]
        assert customers.search(session, "601442190") == ()
        found = customers.card(session, key)
    assert found is not None
    assert [(phone.id, phone.is_primary) for phone in found.phones] == [(HOME, True), (WORK, False)]


def test_what_a_program_of_before_has_written_removes_as_it_did(dana: Desk) -> None:
    key = marta(dana)
    edit(dana, key, **CHANGED)
    dana.do(ops.SaveCustomer, customer_id=key, version=1, fields={}, phones_removed=(HOME,))
    assert lines(dana, key) == {OFFICE, M}


def test_on_a_server(server: Server, centre: str) -> None:
    with closing(Database.open(server.url(centre))) as owner:
        with owner.read() as session:
            ids = {person.login: person.id for person in agents.agents(session)}
        access.grant(owner, access.Grant("jonas", "agent", "jonas"))
    with (
        closing(Database.open(server.url(centre, "dana", "dana"))) as hers,
        closing(Database.open(server.url(centre, "jonas", "jonas"))) as his,
    ):
        tried(Desk(hers, ids["dana"]), Desk(his, ids["jonas"]))
