"""Editing customers: fields come together, clashes are refused in words, duplicates do nothing."""

from uuid import UUID

import pytest

from agent_desktop.data import customers
from agent_desktop.data import operations as ops
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import CustomerCard
from tests.data.conftest import Desk


def card(desk: Desk, key: UUID) -> CustomerCard:
    with desk.database.read() as session:
        found = customers.card(session, key)
    assert found is not None
    return found


def edit(desk: Desk, key: UUID, version: int, **fields: str) -> None:
    desk.do(ops.SaveCustomer, customer_id=key, version=version, fields=fields)


def test_created_whole(dana: Desk) -> None:
    key = new_id()
    dana.do(
        ops.SaveCustomer, customer_id=key, version=0,
        fields={"name": " Marta Kowalczyk ", "organisation": "Brightline", "tags": "Household, Solar,"},
        phones_added=((new_id(), "601 442 190 ", "mobile"), (new_id(), "101", "work")),
        emails_added=((new_id(), "Marta@Example.org"),),
    )  # fmt: skip
    found = card(dana, key)
    assert (found.name, found.organisation, found.tags, found.version) == (
        "Marta Kowalczyk", "Brightline", ("Household", "Solar"), 1,
    )  # fmt: skip
    assert [(p.typed, p.e164, p.is_primary) for p in found.phones] == [
        ("601 442 190", "+48601442190", True),
        ("101", None, False),
    ]
    assert [e.address for e in found.emails] == ["Marta@Example.org"]


def test_stale_edits_of_other_fields_come_together(dana: Desk, jonas: Desk) -> None:
    key = dana.customer("Marta")
    edit(dana, key, 1, address="Lipowa 14", alert="a")
    edit(jonas, key, 1, language="pl")
    found = card(dana, key)
    assert (found.address, found.language, found.version) == ("Lipowa 14", "pl", 3)


def test_a_clash_is_refused_and_changes_nothing(dana: Desk, jonas: Desk) -> None:
    key = dana.customer("Marta")
    edit(dana, key, 1, address="Lipowa 14")
    with pytest.raises(Refused, match="address"):
        edit(jonas, key, 1, address="Lipowa 15", language="pl")
    found = card(dana, key)
    assert (found.address, found.language) == ("Lipowa 14", "")
    edit(jonas, key, 1, address="Lipowa 14")
    edit(jonas, key, 2, address="Lipowa 15")
    assert card(dana, key).address == "Lipowa 15"


def test_duplicates_do_nothing(dana: Desk) -> None:
    key = dana.customer("Marta", "601442190")
    added = ((new_id(), "+48 601 442 190", "work"), (new_id(), "602000000", "work"))
    mails = ((new_id(), "a@example.org"), (new_id(), "A@EXAMPLE.org"))
    dana.do(ops.SaveCustomer, customer_id=key, version=1, fields={}, phones_added=added, emails_added=mails)
    found = card(dana, key)
    assert [p.e164 for p in found.phones] == ["+48601442190", "+48602000000"]
    assert len(found.emails) == 1
    gone = tuple(p.id for p in found.phones[:1])
    dana.do(ops.SaveCustomer, customer_id=key, version=2, fields={}, phones_removed=gone,
            emails_removed=(found.emails[0].id,))  # fmt: skip
    assert [p.e164 for p in card(dana, key).phones] == ["+48602000000"]
    assert card(dana, key).emails == ()


def test_two_desktops_make_one_organisation(dana: Desk, jonas: Desk) -> None:
    one = dana.customer("A", organisation="Łódź Bakery")
    two = jonas.customer("B", organisation="LODZ bakery ")
    assert card(dana, one).organisation_id == card(dana, two).organisation_id
    edit(dana, one, 1, organisation="")
    assert card(dana, one).organisation_id is None


@pytest.mark.parametrize(
    ("fields", "phones", "emails"),
    [
        ({"name": "  "}, (), ()),
        ({}, (), ()),
        ({"name": "A", "shoe_size": "9"}, (), ()),
        ({"name": "A"}, ((new_id(), "none", ""),), ()),
        ({"name": "A"}, (), ((new_id(), "no address"),)),
    ],
)
def test_what_cannot_be_stored_is_refused(
    dana: Desk, fields: dict[str, str], phones: tuple[tuple[UUID, str, str], ...], emails: tuple[tuple[UUID, str], ...]
) -> None:
    key = new_id()
    with pytest.raises(Refused):
        dana.do(ops.SaveCustomer, customer_id=key, version=0, fields=fields, phones_added=phones, emails_added=emails)
    with dana.database.read() as session:
        assert customers.card(session, key) is None
