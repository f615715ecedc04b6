"""Whom people talk with at a moment: the newest talk, by the desktop's leg or the PBX's visit."""

from datetime import timedelta
from uuid import UUID

import pytest

from agent_desktop import clock
from agent_desktop.data import operations as ops
from agent_desktop.data import talks
from agent_desktop.data.desk_rows import TalkRow
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import QueueVisit
from tests.data.conftest import START_US, Desk

START = clock.from_us(START_US)
MINUTE_US = 60_000_000


def leg(desk: Desk, call: UUID, begun: int, ended: int | None = None, *, answered: bool = True) -> None:
    """One leg by the minute; where it is answered, at once."""
    at = [None if minute is None else START_US + minute * MINUTE_US for minute in (begun, ended)]
    desk.do(
        ops.SaveLeg,
        leg_id=new_id(),
        interaction_id=call,
        direction="inbound",
        started_us=at[0],
        answered_us=at[0] if answered else None,
        ended_us=at[1],
    )


def visit(desk: Desk, linked_id: str, begun: int, ended: int | None = None) -> None:
    connected, over = (None if minute is None else START + timedelta(minutes=minute) for minute in (begun, ended))
    with desk.database.write() as session:
        session.add(
            QueueVisit(
                id=new_id(),
                linked_id=linked_id,
                agent_id=desk.agent_id,
                entered_at=START,
                connected_at=connected,
                ended_at=over,
                hold_us=0,
                wrap_us=0,
            )
        )


def talk_at(desk: Desk, minute: float, *others: Desk) -> TalkRow | None:
    with desk.database.read() as session:
        keys = [one.agent_id for one in (desk, *others)]
        return talks.talks(session, keys, START + timedelta(minutes=minute)).get(desk.agent_id)


def test_the_newest_talk_as_it_stood_at_any_moment(dana: Desk, jonas: Desk) -> None:
    marta = dana.customer("Marta Kowalczyk", "601442190")
    known, unknown = dana.call(marta, linked_id="1.1"), dana.call(number="+48586201140", linked_id="1.2")
    leg(dana, known, 10, 20)
    leg(dana, unknown, 30)
    leg(dana, known, 40, 41, answered=False)  # rang, and was not answered
    leg(jonas, known, 12, 14)
    me = dana.agent_id
    expected: dict[float, TalkRow | None] = {
        9: None,
        15: TalkRow(me, "Marta Kowalczyk", "+48601442190", over=False),
        22: TalkRow(me, "Marta Kowalczyk", "+48601442190", over=True),
        31: TalkRow(me, "", "+48586201140", over=False),
        45: TalkRow(me, "", "+48586201140", over=False),
        30 + 7 * 60: None,  # its end was never heard of
    }
    assert {minute: talk_at(dana, minute, jonas) for minute in expected} == expected
    assert talk_at(jonas, 36, dana) is None, "over for longer than a wrap-up takes"


def test_without_a_leg_the_pbx_says_whose_call_it_is(dana: Desk) -> None:
    marta = dana.customer("Marta Kowalczyk", "601442190")
    dana.call(marta, linked_id="1.1")
    visit(dana, "1.1", 5, 9)
    visit(dana, "1.2", 20)
    found = talk_at(dana, 6)
    assert found == TalkRow(dana.agent_id, "Marta Kowalczyk", "+48601442190", over=False)
    assert talk_at(dana, 21) is None, "another call, of which nobody has told: not the one before"


@pytest.mark.parametrize("seconds", [-4, 4])
def test_leg_and_visit_of_one_talk_are_one(dana: Desk, seconds: int) -> None:
    """The visit's linked id may be one that no desktop ever heard of."""
    call = dana.call(dana.customer("Marta Kowalczyk"))
    leg(dana, call, 5)
    visit(dana, "9.9", 5)
    with dana.database.write() as session:
        row = session.query(QueueVisit).one()
        row.connected_at = START + timedelta(minutes=5, seconds=seconds)
    found = talk_at(dana, 7)
    assert found is not None
    assert found.customer == "Marta Kowalczyk"


def test_a_login_on_a_server_gets_it_too(dana_there: Desk) -> None:
    marta = dana_there.customer("Marta Kowalczyk", "601442190")
    leg(dana_there, dana_there.call(marta), 10)
    assert talk_at(dana_there, 11) == TalkRow(dana_there.agent_id, "Marta Kowalczyk", "+48601442190", over=False)
    assert talk_at(dana_there, 9) is None
