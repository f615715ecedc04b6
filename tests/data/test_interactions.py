"""The contact history, the list of calls, and one call whole."""

from datetime import timedelta
from uuid import UUID

import pytest

from agent_desktop import clock
from agent_desktop.data import interactions
from agent_desktop.data import operations as ops
from agent_desktop.data.ids import new_id
from agent_desktop.data.interactions import CallFilter
from agent_desktop.data.words import Direction, Outcome
from tests.data.conftest import START_US, Desk

START = clock.from_us(START_US)


@pytest.fixture
def day(dana: Desk, jonas: Desk) -> dict[str, UUID]:
    """Five contacts of two customers, a minute apart."""
    marta, ahmed = dana.customer("Marta Kowalczyk", "601442190"), dana.customer("أحمد")

    def at(minute: int) -> int:
        return START_US + minute * 60_000_000

    calls = {
        "marta": marta,
        "first": dana.call(marta, started_us=at(0), queue="billing", answered_us=at(0) + 5_000_000, ended_us=at(1)),
        "missed": jonas.call(marta, started_us=at(1), queue="moves", outcome="missed"),
        "out": dana.call(ahmed, started_us=at(2), direction="outbound", number="+4930231250", outcome="busy"),
        "mail": dana.call(marta, started_us=at(3), channel="email", subject="Zażółć", outcome=None),
        "unknown": jonas.call(started_us=at(4), number="+48586201140", display_name="Bob <b>"),
    }
    dana.do(ops.SaveNote, note_id=new_id(), interaction_id=calls["first"], text="Asked about the BILL\nŁódź, 100% sure")
    return calls


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (CallFilter(), ["unknown", "out", "missed", "first"]),
        (CallFilter(queue="billing"), ["first"]),
        (CallFilter(outcomes=(Outcome.MISSED, Outcome.BUSY)), ["out", "missed"]),
        (CallFilter(direction=Direction.OUTBOUND), ["out"]),
        (CallFilter(start=START + timedelta(minutes=1), end=START + timedelta(minutes=2)), ["missed"]),
        (CallFilter(text="kowal"), ["missed", "first"]),
        (CallFilter(text="bill"), ["first"]),
        (CallFilter(text="586201"), ["unknown"]),
        (CallFilter(text="bob"), ["unknown"]),
        (CallFilter(text="100%"), ["first"]),
        (CallFilter(text="lodz sure"), ["first"]),
        (CallFilter(text="50%"), []),
        (CallFilter(text="_"), []),
        (CallFilter(text="أحم"), ["out"]),
    ],
)
def test_the_list_of_calls(dana: Desk, day: dict[str, UUID], wanted: CallFilter, names: list[str]) -> None:
    with dana.database.read() as session:
        listed = interactions.calls(session, wanted)
        assert interactions.count_calls(session, wanted) == len(names)
    assert [line.id for line in listed] == [day[name] for name in names]


def test_a_page_of_it(dana: Desk, day: dict[str, UUID]) -> None:
    with dana.database.read() as session:
        assert [line.id for line in interactions.calls(session, offset=1, limit=2)] == [day["out"], day["missed"]]
        mine = interactions.recent_calls(session, dana.agent_id)
    assert [line.id for line in mine] == [day["out"], day["first"]]
    line = mine[1]
    assert (line.customer, line.queue, line.agent, line.talk_s) == ("Marta Kowalczyk", "billing", "Dana Okafor", 55.0)
    assert line.note == "Asked about the BILL"


def test_the_history_and_its_filters(dana: Desk, day: dict[str, UUID]) -> None:
    ticket = new_id()
    dana.at_us = START_US + 150_000_000
    dana.do(ops.OpenTicket, ticket_id=ticket, subject="Meter", customer_id=day["marta"])

    def ids(**how: object) -> list[UUID]:
        with dana.database.read() as session:
            return [row.id for row in interactions.history(session, day["marta"], **how)]  # type: ignore[arg-type]

    everything = [day["mail"], ticket, day["missed"], day["first"]]
    assert ids() == everything
    assert ids(channels=("call", "ticket")) == [ticket, day["missed"], day["first"]]
    assert ids(limit=2) == everything[:2]
    assert ids(before=START + timedelta(minutes=1)) == [day["first"]]
    assert ids(text="lodz") == [day["first"]]
    assert ids(text="zazolc") == [day["mail"]]
    assert ids(text="meter") == [ticket]
    assert ids(text="jonas", channels=("call",)) == [day["missed"]]


def test_an_interaction_that_is_not_there(dana: Desk) -> None:
    with dana.database.read() as session:
        assert interactions.page(session, new_id()) is None
        assert interactions.history(session, new_id()) == ()
