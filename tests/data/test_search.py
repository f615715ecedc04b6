"""Search as you type over everything, the same on a file and on a server."""

from typing import Any

from sqlalchemy import event

from agent_desktop.data import customers, interactions, search, tickets
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.filters import CallFilter, TicketFilter
from agent_desktop.data.ids import new_id
from tests.data.conftest import Desk


def test_what_is_typed_finds_what_is_meant(dana: Desk) -> None:
    marta = dana.customer("Marta Kowalczyk", "601 442 190", organisation="Łódź Bakery", account_number="44710932")
    lukas = dana.customer("Łukasz Müller", "+49 1520 1234567")
    call = dana.call(marta)
    dana.do(ops.SaveNote, note_id=new_id(), interaction_id=call, text="Zażółć: invoice sent twice, straße 12")
    dana.do(ops.OpenTicket, ticket_id=new_id(), subject="Zähler defekt", customer_id=lukas, queue="")
    wanted = {
        # customers: beginnings of words, parts of them, numbers as people write them
        "mart": "c Marta", "KOWAL": "c Marta", "walcz": "c Marta", "kow mar": "c Marta", "akery": "c Marta",
        "ukasz": "c Łukasz", "muller": "c Łukasz", "4471": "c Marta", "lodz": "c Marta",
        "601442190": "c Marta", "+48 601-442": "c Marta", "0048 601 4": "c Marta", "(601) 442": "c Marta",
        "tel:+48601442190": "c Marta", "+49 (0)1520 12": "c Łukasz", "442190": "c Marta", "６０１４４２": "c Marta",
        # tickets and notes
        "zahler": "t Zähler", "defek": "t Zähler", "zazolc": "n Zażółć", "invoic sent": "n Zażółć",
        "strasse": "n Zażółć", "twice invoice": "n Zażółć",
        # nothing
        "nobody": "", "%": "", "_": "", "'; DROP TABLE note; --": "", '"': "", "invoice*": "n Zażółć", "\\": "",
        "NEAR(": "", "a OR b": "",
    }  # fmt: skip
    for text, hit in wanted.items():
        with dana.database.read() as session:
            found = search.search_all(session, text)
        said = [f"c {line.name}" for line in found.customers] + [f"t {line.subject}" for line in found.tickets]
        said += [f"n {line.text}" for line in found.notes]
        assert [s[: len(hit)] for s in said] == ([hit] if hit else []), text
    with dana.database.read() as session:
        note = search.search_all(session, "invoice").notes[0]
        assert (note.interaction_id, note.customer, note.agent) == (call, "Marta Kowalczyk", "Dana Okafor")


def test_the_surest_come_first(dana: Desk) -> None:
    for name, number in (
        ("Adam Nowakowski", "+48601442191"), ("Zoe Nowak", "+48601442192"), ("Nowak Eryk", "+48601442193"),
        ("Bea Starnowak", "+48601442194"), ("Carl Old", "+48601442195"),
    ):  # fmt: skip
        dana.customer(name, number, organisation="Nowakex" if name == "Carl Old" else "")
    wanted = {
        "nowak": ["Nowak Eryk", "Zoe Nowak", "Adam Nowakowski", "Carl Old"],  # enough without those who contain it
        "nowa zo": ["Zoe Nowak"],
        "48601442192": ["Zoe Nowak"],
        "60144219": ["Adam Nowakowski", "Bea Starnowak", "Carl Old", "Nowak Eryk"],
    }
    with dana.database.read() as session:
        for text, names in wanted.items():
            assert [line.name for line in customers.search(session, text, limit=4)] == names, text
        assert [line.name for line in customers.search(session, "nowak")][-1] == "Bea Starnowak"
        found = search.search_all(session, "nowak", limit=4)
        assert [line.name for line in found.customers] == wanted["nowak"]
        assert [search.search_all(session, "nowak", limit=limit).more for limit in (3, 5)] == [{"customers"}, set()]


def test_the_newest_notes_come_first_however_old_they_are(dana: Desk) -> None:
    """On a server the index knows weeks, and longer times where a week has too few: nothing is lost between them."""
    now, written = dana.at_us, [f"refund {number}" for number in range(12)]
    for number in reversed(range(12)):  # of before, of this year, of this month, of today
        dana.at_us = now - number**3 * 86_400_000_000
        call = dana.call()
        dana.do(ops.SaveNote, note_id=new_id(), interaction_id=call, text=written[number])
        for _ in range(10):  # among which one is rare
            dana.do(ops.SaveNote, note_id=new_id(), interaction_id=call, text="nothing of note")
    with dana.database.read() as session:
        for most in (1, 3, 7, 12):
            found = interactions.notes_by_text(session, "refu", limit=most)
            assert [line.text for line in found] == written[:most]
        assert [line.text for line in interactions.notes_by_text(session, "refund 7")] == ["refund 7"]
        assert len(interactions.notes_by_text(session, "nothing note", limit=500)) == 120


def test_lists_are_narrowed_by_the_same_search(dana: Desk) -> None:
    marta = dana.customer("Marta Kowalczyk", "601 442 190")
    call = dana.call(marta)
    unknown = dana.call(number="+48586201140", e164="+48586201140")
    dana.do(ops.SaveNote, note_id=new_id(), interaction_id=unknown, text="Wanted the ŁÓDŹ office")
    ticket = new_id()
    dana.do(ops.OpenTicket, ticket_id=ticket, subject="Zähler", customer_id=marta)
    with dana.database.read() as session:
        for text, keys in (("kowalcz", [call]), ("lodz", [unknown]), ("58 620 11 40", [unknown]), ("x", [])):
            listed = interactions.calls(session, CallFilter(text=text))
            assert [line.id for line in listed] == keys, text
            assert interactions.count_calls(session, CallFilter(text=text)) == len(keys)
        for text in ("zahl", "kowal", tickets.number_of(ticket)):
            assert [line.id for line in tickets.listed(session, TicketFilter(text=text))] == [ticket], text


def test_what_is_changed_is_found_as_it_is_now(dana: Desk) -> None:
    key, note, call = dana.customer("Marta"), new_id(), dana.call()
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="first words")
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="later words")
    dana.do(ops.SaveCustomer, customer_id=key, version=1, fields={"name": "Beata"})
    with dana.database.read() as session:
        assert interactions.notes_by_text(session, "first") == ()
        assert [line.id for line in interactions.notes_by_text(session, "later wor")] == [note]
        assert customers.search(session, "arta") == ()
        assert [line.id for line in customers.search(session, "eata")] == [key]


def test_a_file_that_nobody_has_counted_is_not_searched_row_by_row(database: Database) -> None:
    """Without statistics SQLite takes any index with "=" or IS NULL for the best: it would read every customer."""
    said: list[tuple[str, Any]] = []

    def heard(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        said.append((statement, values))

    with database.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", heard)
        for words in ("marta", "601442190", "kow mar"):
            customers.search(session, words)
        event.remove(connection, "before_cursor_execute", heard)
        plans = [
            str(row)
            for statement, values in said
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert any("ix_customer_name_key" in plan for plan in plans)
    assert not [plan for plan in plans if "merged_into" in plan or "SCAN customer" in plan]
