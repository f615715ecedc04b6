"""Finding customers while typing, in any script, by anything they are known by."""

import pytest

from agent_desktop.data import customers
from agent_desktop.data import operations as ops
from agent_desktop.data.ids import new_id
from tests.data.conftest import Desk


def found(desk: Desk, text: str) -> list[str]:
    with desk.database.read() as session:
        return [line.name for line in customers.search(session, text)]


@pytest.fixture
def people(dana: Desk) -> Desk:
    dana.customer("Marta Kowalczyk", "601 442 190", organisation="Łódź Bakery", account_number="44710932")
    dana.customer("Kowal Marcin", "602000000")
    dana.customer("Łukasz Müller", "+49 1520 1234567")
    dana.customer("佐藤 花子")
    dana.customer("محمود الحداد")
    dana.customer("Шевченко Ірина")
    key = new_id()
    dana.do(ops.SaveCustomer, customer_id=key, version=0, fields={"name": "O'Brien"},
            emails_added=((new_id(), "Sean.OBrien@example.org"),))  # fmt: skip
    return dana


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mart", ["Marta Kowalczyk"]),
        ("kowal", ["Kowal Marcin", "Marta Kowalczyk"]),
        ("KOWAL mar", ["Kowal Marcin", "Marta Kowalczyk"]),
        ("marta ko", ["Marta Kowalczyk"]),
        ("lukasz muller", ["Łukasz Müller"]),
        ("Mül", ["Łukasz Müller"]),
        ("花", ["佐藤 花子"]),
        ("محم", ["محمود الحداد"]),
        ("ірина", ["Шевченко Ірина"]),
        ("lodz", ["Marta Kowalczyk"]),
        ("4471", ["Marta Kowalczyk"]),
        ("60144", ["Marta Kowalczyk"]),
        ("+48 601", ["Marta Kowalczyk"]),
        ("601 442 190", ["Marta Kowalczyk"]),
        ("0048601442190", ["Marta Kowalczyk"]),
        ("2190", ["Marta Kowalczyk"]),
        ("60", ["Kowal Marcin", "Marta Kowalczyk"]),
        ("sean.ob", ["O'Brien"]),
        ("sean.obrien@example.org", ["O'Brien"]),
        ("nobody", []),
        ("", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_search_as_you_type(people: Desk, text: str, names: list[str]) -> None:
    assert sorted(found(people, text)) == sorted(names)


def test_names_that_begin_so_come_first(people: Desk) -> None:
    assert found(people, "kowal") == ["Kowal Marcin", "Marta Kowalczyk"]


def test_an_edit_changes_what_finds_them(people: Desk) -> None:
    with people.database.read() as session:
        key = customers.search(session, "marta")[0].id
    people.do(ops.SaveCustomer, customer_id=key, version=1, fields={"name": "Maria Nowak"})
    assert found(people, "marta") == []
    assert found(people, "nowak") == ["Maria Nowak"]


def test_pages_in_the_order_of_names(people: Desk) -> None:
    with people.database.read() as session:
        everyone = [line.name for line in customers.listed(session)]
        assert customers.count(session) == 7
        assert [line.name for line in customers.listed(session, offset=2, limit=2)] == everyone[2:4]
    assert everyone[:4] == ["Kowal Marcin", "Łukasz Müller", "Marta Kowalczyk", "O'Brien"]


def test_a_line_says_what_a_list_shows(people: Desk) -> None:
    with people.database.read() as session:
        line = customers.search(session, "marta")[0]
    people.call(line.id)
    people.do(ops.OpenTicket, ticket_id=new_id(), subject="x", customer_id=line.id)
    with people.database.read() as session:
        line = customers.search(session, "marta")[0]
    assert (line.phone, line.organisation, line.open_tickets) == ("+48601442190", "Łódź Bakery", 1)
    assert line.last_contact is not None
