"""Lists of tickets, and finding one by what a customer reads out."""

import pytest

from agent_desktop.data import operations as ops
from agent_desktop.data import tickets
from agent_desktop.data.ids import new_id
from agent_desktop.data.tickets import TicketFilter
from agent_desktop.data.words import Priority, TicketStatus
from tests.data.conftest import Desk


@pytest.fixture
def three(dana: Desk) -> dict[str, str]:
    """Subjects to numbers: an urgent one of Marta, a solved one, one in Moves."""
    marta = dana.customer("Marta")
    keys = {}
    for subject, fields in (
        ("Meter re-read", {"priority": "urgent", "customer_id": marta}),
        ("Old story", {}),
        ("Lease 100% missing", {"queue": "moves"}),
    ):
        key = new_id()
        dana.do(ops.OpenTicket, ticket_id=key, subject=subject, **fields)
        keys[subject] = tickets.number_of(key)
        if subject == "Old story":
            dana.do(ops.UpdateTicket, event_id=new_id(), ticket_id=key, version=1, status="closed")
    return keys


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (TicketFilter(), ["Lease 100% missing", "Meter re-read"]),
        (TicketFilter(statuses=(TicketStatus.CLOSED,)), ["Old story"]),
        (TicketFilter(statuses=()), ["Lease 100% missing", "Old story", "Meter re-read"]),
        (TicketFilter(priorities=(Priority.URGENT,)), ["Meter re-read"]),
        (TicketFilter(queue="moves"), ["Lease 100% missing"]),
        (TicketFilter(text="METER"), ["Meter re-read"]),
        (TicketFilter(text="100%"), ["Lease 100% missing"]),
        (TicketFilter(text="_"), []),
    ],
)
def test_filters(dana: Desk, three: dict[str, str], wanted: TicketFilter, subjects: list[str]) -> None:
    with dana.database.read() as session:
        assert [line.subject for line in tickets.listed(session, wanted)] == subjects
        assert tickets.count(session, wanted) == len(subjects)
        assert [line.subject for line in tickets.listed(session, wanted, offset=1)] == subjects[1:]


def test_found_as_it_is_read_out(dana: Desk, three: dict[str, str]) -> None:
    number = three["Old story"]
    spoken = [number, number.lower(), f"#{number[2:]}", number[2:], f"{number[2:6]} {number[6:]}", number[:7]]
    with dana.database.read() as session:
        for text in spoken:
            assert "Old story" in [line.subject for line in tickets.search(session, text)], text
        assert tickets.search(session, "  ") == ()
