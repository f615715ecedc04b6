"""Who is calling: the ranking, its reasons, and what comes with the best match."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text, update

from agent_desktop import clock, numbers
from agent_desktop.data import operations as ops
from agent_desktop.data import pop
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Customer
from agent_desktop.data.rows import Pop
from agent_desktop.data.words import MatchKind
from tests.data.conftest import START_US, Desk


def look_up(desk: Desk, raw: str, **more: str) -> Pop:
    with desk.database.read() as session:
        return pop.look_up(session, numbers.parse(raw, "PL"), **more)


def names(found: Pop) -> list[str]:
    return [match.line.name for match in found.matches]


@pytest.mark.parametrize(
    "raw",
    [
        *("+48 601 442 190", "0048601442190", "601442190", "601-442-190", "(48) 601/442 190", "601442190  "),
        *("tel:+48601442190", "sip:601442190@pbx.example;user=phone", "+48601442190;ext=3"),
    ],
)
def test_every_form_of_the_number_finds_the_customer(dana: Desk, raw: str) -> None:
    dana.customer("Marta Kowalczyk", "601 442 190")
    found = look_up(dana, raw)
    assert names(found) == ["Marta Kowalczyk"]
    assert found.matches[0].kind is MatchKind.EXACT
    assert found.matches[0].reason == "+48 601 442 190 is Marta Kowalczyk's mobile number"
    assert found.card is not None
    assert found.card.name == "Marta Kowalczyk"


def test_nobody(dana: Desk) -> None:
    dana.customer("Marta", "601442190")
    for raw in ("602000000", "", "anonymous", "sip:alice@example.org", "190", "442190"):
        assert look_up(dana, raw).matches == ()
        assert look_up(dana, raw).card is None


def test_the_account_number_beats_the_number(dana: Desk) -> None:
    dana.customer("Marta", "601442190")
    dana.customer("Other", "602000000", account_number="4471 0932")
    found = look_up(dana, "601442190", account_number="44710932")
    assert (names(found), found.matches[0].kind) == (["Other"], MatchKind.ACCOUNT)
    assert "44710932" in found.matches[0].reason
    assert names(look_up(dana, "601442190", account_number="1")) == ["Marta"]
    assert names(look_up(dana, "", account_number="4471 0932")) == ["Other"]


def test_an_extension_is_matched_as_such(dana: Desk) -> None:
    dana.customer("Front door", "101")
    dana.customer("Far away", "+48601442101")
    found = look_up(dana, "sip:101@pbx")
    assert (names(found), found.matches[0].kind) == (["Front door"], MatchKind.EXTENSION)


def test_last_digits_are_a_guess_and_say_so(dana: Desk) -> None:
    dana.customer("Marta", "+48601442190")
    foreign = look_up(dana, "+99 601 442 190")
    assert (names(foreign), foreign.matches[0].kind) == (["Marta"], MatchKind.SUFFIX)
    assert "last digits" in foreign.matches[0].reason
    local = look_up(dana, "1442190")
    assert (names(local), local.matches[0].kind) == (["Marta"], MatchKind.SUFFIX)
    assert look_up(dana, "+49 1520 1442190").matches == (), "seven digits of a whole number are no likeness"


def test_several_equal_matches_leave_the_choice(dana: Desk) -> None:
    one = dana.customer("Anna", "601442190")
    two = dana.customer("Bogdan", "601442190")
    found = look_up(dana, "601442190")
    assert sorted(names(found)) == ["Anna", "Bogdan"]
    assert found.card is None
    assert found.history == ()
    with dana.database.read() as session:
        picked = pop.card_for(session, two)
        assert pop.card_for(session, new_id()).card is None
    assert picked.card is not None
    assert picked.card.id == two != one


def test_one_customer_with_the_number_twice_matches_once(dana: Desk) -> None:
    key = dana.customer("Anna", "601442190", "+49601442190")
    assert [match.line.id for match in look_up(dana, "+99601442190").matches] == [key]


def test_a_merged_customer_gives_the_one_it_became(dana: Desk) -> None:
    old, new = dana.customer("Old", "601442190"), dana.customer("New")
    with dana.database.write() as session:
        session.execute(update(Customer).where(Customer.id == old).values(merged_into=new))
    found = look_up(dana, "601442190")
    assert found.card is not None
    assert (found.card.name, names(found)) == ("New", ["New"])
    assert "New's" in found.matches[0].reason
    dana.do(
        ops.SaveCustomer, customer_id=new, version=1, fields={}, phones_added=((new_id(), "601442190", "home"),)
    )  # fmt: skip
    assert names(look_up(dana, "601442190")) == ["New"], "found through both, and yet one"


def contact(desk: Desk, customer_id: UUID, minutes: int, **fields: object) -> UUID:
    started = START_US + minutes * 60_000_000
    return desk.call(customer_id, **({"started_us": started, "queue": "billing"} | fields))


def test_the_history_over_all_channels_newest_first(dana: Desk) -> None:
    marta = dana.customer("Marta", "601442190")
    first = contact(dana, marta, 1)
    mail = contact(dana, marta, 3, channel="email", subject="My bill", outcome=None)
    contact(dana, dana.customer("Other"), 2)
    dana.at_us = START_US + 120_000_000
    solved, open_ = new_id(), new_id()
    for ticket in (solved, open_):
        dana.do(ops.OpenTicket, ticket_id=ticket, subject="Meter", customer_id=marta)
    dana.do(ops.UpdateTicket, event_id=new_id(), ticket_id=solved, version=1, status="solved")
    found = look_up(dana, "601442190")
    assert [(row.channel, row.id) for row in found.history] == [
        ("email", mail), ("ticket", open_), ("ticket", solved), ("call", first),
    ]  # fmt: skip
    assert [ticket.id for ticket in found.tickets] == [open_]
    assert found.history_total == 4
    assert found.totals == (("call", 1), ("email", 1), ("ticket", 2))
    assert found.last_contact is not None
    assert found.last_contact.id == mail
    line = found.matches[0].line
    assert line.open_tickets == 1
    assert line.last_contact == clock.from_us(START_US) + timedelta(minutes=3)


def test_totals_count_what_the_page_does_not_show(dana: Desk) -> None:
    marta = dana.customer("Marta", "601442190")
    for minute in range(6):
        contact(dana, marta, minute)
    with dana.database.read() as session:
        found = pop.look_up(session, numbers.parse("601442190", "PL"), history_limit=4)
    assert len(found.history) == 4
    assert (found.history_total, found.totals) == (6, (("call", 6),))


@pytest.mark.parametrize("statement", ["_BY_NUMBER", "_BY_SUFFIX", "_BY_ACCOUNT"])
def test_the_pop_scans_no_table(database: Database, statement: str) -> None:
    assert "SCAN" not in plan(database, getattr(pop, statement).match)


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        *(("customers", name) for name in ("_CARD", "_PHONES", "_EMAILS", "_PRODUCTS")),
        *(("interactions", name) for name in ("_HISTORY", "_TOTALS")),
        ("tickets", "_OF_CUSTOMER"),
    ],
)
def test_what_the_pop_brings_scans_no_table(database: Database, module: str, statement: str) -> None:
    from agent_desktop.data import customers, interactions, tickets

    modules = {"customers": customers, "interactions": interactions, "tickets": tickets}
    found = plan(database, getattr(modules[module], statement))
    assert "SCAN" not in found
    if statement == "_HISTORY":
        assert "ix_interaction_customer_id_started_at" in found
        assert "TEMP B-TREE" not in found


def plan(database: Database, statement: object) -> str:
    """SQLite's plan, as one text."""
    with database.read() as session:
        compiled = statement.compile(session.get_bind())  # type: ignore[attr-defined]
        values = dict.fromkeys(compiled.params, 1)
        sql = str(statement.compile(session.get_bind(), compile_kwargs={"render_postcompile": True}))  # type: ignore[attr-defined]
        named = sql
        for name in compiled.positiontup or ():
            named = named.replace("?", f":{name}", 1)
        rows = session.execute(text("EXPLAIN QUERY PLAN " + named), values)
        return "\n".join(row[3] for row in rows)
