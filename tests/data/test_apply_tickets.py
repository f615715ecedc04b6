"""Tickets: unique speakable numbers, guarded changes, comments that always fit."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.data import operations as ops
from agent_desktop.data import tickets
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Ticket
from agent_desktop.data.rows import TicketPage
from agent_desktop.data.words import Priority, TicketStatus
from tests.data.conftest import Desk


def page(desk: Desk, key: UUID) -> TicketPage:
    with desk.database.read() as session:
        found = tickets.page(session, key)
    assert found is not None
    return found


def opened(desk: Desk, **fields: object) -> UUID:
    key = new_id()
    desk.do(ops.OpenTicket, **({"ticket_id": key, "subject": "Meter re-read"} | fields))
    return key


def change(desk: Desk, key: UUID, version: int | None = None, **fields: object) -> None:
    desk.do(ops.UpdateTicket, event_id=new_id(), ticket_id=key, version=version, **fields)


def test_opened_from_a_call(dana: Desk) -> None:
    marta = dana.customer("Marta")
    call = dana.call(marta)
    key = opened(dana, customer_id=marta, interaction_id=call, priority="high", body="Please")
    found = page(dana, key)
    assert found.line.number == tickets.number_of(key)
    assert len(found.line.number) == 10
    assert (found.line.status, found.line.customer, found.line.assignee) == (TicketStatus.NEW, "Marta", "Dana Okafor")
    assert found.line.due_at == found.line.opened_at + timedelta(days=1)
    assert [(e.kind, e.text) for e in found.events] == [("opened", "Please")]
    assert [i.id for i in found.interactions] == [call]


def test_a_taken_number_gets_one_more_digit(dana: Desk) -> None:
    first, second = opened(dana), new_id()
    with dana.database.write() as session:
        session.execute(update(Ticket).where(Ticket.id == first).values(number=tickets.number_of(second)))
    dana.do(ops.OpenTicket, ticket_id=second, subject="x")
    number = page(dana, second).line.number
    assert number == tickets.number_of(second, 9)
    with dana.database.read() as session:
        spoken = tickets.search(session, tickets.number_of(second))
    assert {line.id for line in spoken} == {first, second}


def test_changes_leave_events_and_count_up_the_version(dana: Desk, jonas: Desk) -> None:
    key = opened(dana)
    change(dana, key, 1, status="waiting", priority="urgent", assignee_id=jonas.agent_id, comment="Looked at it")
    found = page(dana, key)
    assert (found.line.status, found.line.priority, found.line.assignee, found.line.version) == (
        TicketStatus.WAITING, Priority.URGENT, "Jonas Lind", 2,
    )  # fmt: skip
    assert {(e.kind, e.text) for e in found.events[1:]} == {
        ("comment", "Looked at it"), ("status", "waiting"), ("priority", "urgent"), ("assigned", "Jonas Lind"),
    }  # fmt: skip
    assert found.line.updated_at == clock.from_us(dana.at_us)


def test_a_stale_change_is_refused_a_stale_comment_is_not(dana: Desk, jonas: Desk) -> None:
    key = opened(dana)
    change(dana, key, 1, status="open")
    with pytest.raises(Refused, match=tickets.number_of(key)):
        change(jonas, key, 1, status="solved")
    change(jonas, key, 1, comment="still here")
    change(jonas, key, 1, status="open")
    assert page(dana, key).line.status is TicketStatus.OPEN
    assert page(dana, key).line.version == 2


def test_linking_a_call(dana: Desk) -> None:
    key, call = opened(dana), dana.call()
    change(dana, key, interaction_id=call)
    change(dana, key, interaction_id=call)
    found = page(dana, key)
    assert [e.kind for e in found.events] == ["opened", "linked"]
    assert [i.id for i in found.interactions] == [call]


def test_what_cannot_be_stored_is_refused(dana: Desk) -> None:
    for fields in ({"subject": " "}, {"priority": "now"}):
        with pytest.raises(Refused):
            opened(dana, **fields)
    key = opened(dana)
    for bad in ({"status": "gone"}, {"priority": "now"}):
        with pytest.raises(Refused):
            change(dana, key, 1, **bad)
    with pytest.raises(Refused):
        change(dana, new_id(), 1, comment="x")


def test_two_people_change_one_ticket(dana: Desk, jonas: Desk) -> None:
    """Different fields come together; of one field the second is refused, and nothing of it is written."""
    key = new_id()
    dana.do(ops.OpenTicket, ticket_id=key, subject="s")
    seen = {"status": "new", "priority": "normal", "assignee_id": str(dana.agent_id)}
    dana.do(ops.UpdateTicket, event_id=new_id(), ticket_id=key, version=1, status="open", before=seen)
    jonas.do(ops.UpdateTicket, event_id=new_id(), ticket_id=key, version=1, priority="high", before=seen)
    with pytest.raises(Refused, match="Somebody else changed"):
        jonas.do(ops.UpdateTicket, event_id=new_id(), ticket_id=key, version=1, status="solved", priority="low",
                 comment="as agreed", before=seen)  # fmt: skip
    with dana.database.read() as session:
        page = tickets.page(session, key)
    assert page is not None
    assert (page.line.status.value, page.line.priority.value) == ("open", "high")
    assert not [event for event in page.events if event.text == "as agreed"]
