"""What figures of calls and customers are counted from, on a file and on a server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert

from agent_desktop.data import figure_counts, queues
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Interaction, Queue
from agent_desktop.data.words import QueueEventKind
from tests.support.postgres import Server

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
END = START + timedelta(hours=1)
BILLING, SALES, MARTA = UUID(int=1), UUID(int=2), UUID(int=3)
Kind = QueueEventKind


@pytest.fixture(params=["file", "server"])
def database(request: pytest.FixtureRequest, database_file: Path, server: Server, centre: str) -> Iterator[Database]:
    opened = Database.open(server.url(centre) if request.param == "server" else database_file)
    yield opened
    opened.close()


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def fill(database: Database) -> None:
    """Call a: Billing, passed on blind to Sales; call b: twice in Billing; two visits of no known call."""
    rows: list[QueueEventRow] = []

    def say(minute: float, what: Kind, queue: UUID, visit: int, call: str, **said: str) -> None:
        rows.append(
            QueueEventRow(at(minute), what, "test", len(rows), queue, UUID(int=100 + visit), call, None, dict(said))
        )

    for visit, minute, queue, call in (
        (1, 1, BILLING, "a"), (2, 5, SALES, "a"), (3, 2, BILLING, "b"), (4, 9, BILLING, "b"),
        (5, 3, BILLING, ""), (6, 4, BILLING, ""), (7, 61, BILLING, "late"),
    ):  # fmt: skip
        say(minute, Kind.ENTERED, queue, visit, call)
    say(2, Kind.CONNECTED, BILLING, 1, "a")
    say(4, Kind.TRANSFERRED, BILLING, 1, "a", kind="blind", to="sales")
    say(4.1, Kind.TRANSFERRED, BILLING, 1, "a", kind="blind", to="sales")  # told by two
    say(8, Kind.TRANSFERRED, SALES, 2, "a", kind="attended", to="105")
    say(12, Kind.TRANSFERRED, BILLING, 4, "b")
    with database.write() as session:
        for key, name in ((BILLING, "billing"), (SALES, "sales")):
            session.execute(insert(Queue).values(id=key, name=name, label=name))
        queues.record_events(session, rows)
        for minute, outcome, queue, more in (
            (1, "answered", "billing", {"customer_id": MARTA}), (2, "missed", "billing", {}), (3, None, "sales", {}),
            (4, "answered", "", {"direction": "outbound", "customer_id": MARTA}),
            (5, None, "", {"channel": "email", "customer_id": MARTA}), (6, None, "", {"channel": "note"}),
            (60, "answered", "billing", {}),
        ):  # fmt: skip
            values = {"id": new_id(), "started_at": at(minute), "outcome": outcome, "queue": queue}
            session.execute(insert(Interaction).values(**values, **more))


def test_calls_outcomes_transfers_and_contacts_are_counted_once_each(database: Database) -> None:
    fill(database)
    with database.read() as session:
        assert len(queues.visits(session, START, END)) == 6
        calls = [figure_counts.unique_calls(session, START, END, of) for of in (None, [BILLING], [SALES], [])]
        assert calls == [4, 4, 1, 0]
        assert figure_counts.outcomes(session, START, END) == {"answered": 2, "missed": 1, "in_progress": 1}
        assert figure_counts.outcomes(session, START, END, queue="billing") == {"answered": 1, "missed": 1}
        assert figure_counts.transfers(session, START, END) == {"blind": 1, "attended": 1, "": 1}
        assert figure_counts.transfers(session, START, END, [SALES]) == {"attended": 1}
        contacts = figure_counts.contacts(session, START, END)
        assert contacts == ((MARTA, at(1)), (None, at(2)), (None, at(3)), (MARTA, at(5)))
