"""The work list: promised calls, claimed by one, never lost."""

import threading
from uuid import UUID

import pytest

from agent_desktop import clock
from agent_desktop.data import operations as ops
from agent_desktop.data import work
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import WorkItem
from agent_desktop.data.words import WorkStatus
from tests.data.conftest import START_US, Desk


def promise(desk: Desk, **fields: object) -> UUID:
    key = new_id()
    values = {"work_id": key, "number": "+48601442190", "due_us": START_US + 600_000_000}
    desk.do(ops.ScheduleCallback, **(values | fields))
    return key


def listed(desk: Desk) -> list[WorkItem]:
    with desk.database.read() as session:
        return list(work.open_work(session, desk.agent_id))


def test_mine_and_anyones_by_due_time(dana: Desk, jonas: Desk) -> None:
    marta = dana.customer("Marta")
    late = promise(dana, due_us=START_US + 900_000_000, assigned_to=dana.agent_id, customer_id=marta, note="Ring")
    soon = promise(jonas)
    assert [item.id for item in listed(dana)] == [soon, late]
    assert [item.id for item in listed(jonas)] == [soon]
    item = listed(dana)[1]
    assert (item.customer, item.note, item.promised_by) == ("Marta", "Ring", "Dana Okafor")


def test_one_claim_wins(dana: Desk, jonas: Desk) -> None:
    key = promise(dana)
    won: list[UUID] = []
    start = threading.Barrier(2)

    def take(desk: Desk) -> None:
        start.wait(30)
        with desk.database.write() as session:
            if work.claim(session, key, 1, desk.agent_id):
                won.append(desk.agent_id)

    threads = [threading.Thread(target=take, args=(desk,)) for desk in (dana, jonas)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(won) == 1
    item = listed(dana)[0]
    assert (item.status, item.claimed_by, item.version) == (WorkStatus.CLAIMED, won[0], 2)


def test_an_attempt_puts_it_back_or_ends_it(dana: Desk) -> None:
    key = promise(dana)
    with dana.database.write() as session:
        work.claim(session, key, 1, dana.agent_id)
    dana.do(ops.FinishWork, work_id=key, done=False, attempt_interaction_id=new_id())
    item = listed(dana)[0]
    assert (item.status, item.attempts, item.claimed_by) == (WorkStatus.OPEN, 1, None)
    dana.do(ops.FinishWork, work_id=key, done=True, attempt_interaction_id=new_id())
    dana.do(ops.FinishWork, work_id=key, done=False)
    assert listed(dana) == []
    with dana.database.read() as session:
        finished = work.item(session, key)
    assert finished is not None
    assert (finished.status, finished.attempts) == (WorkStatus.DONE, 2)
    with pytest.raises(Refused):
        dana.do(ops.FinishWork, work_id=new_id(), done=True)


def test_promised_again_moves_it(dana: Desk, jonas: Desk) -> None:
    key = promise(dana)
    promise(dana, work_id=key, due_us=START_US, assigned_to=jonas.agent_id, note="earlier")
    assert listed(dana) == []
    assert [(item.due_at, item.note) for item in listed(jonas)] == [(clock.from_us(START_US), "earlier")]


def test_a_missed_call_is_not_closed_by_talking_to_the_same_number(dana: Desk) -> None:
    call = dana.call(outcome="missed")
    dana.do(ops.AddMissedCall, work_id=new_id(), interaction_id=call, number="+48601442190")
    dana.call(outcome="answered", direction="outbound")
    assert len(listed(dana)) == 1


def test_the_customer_linked_later_shows(dana: Desk) -> None:
    call = dana.call(outcome="missed")
    dana.do(ops.AddMissedCall, work_id=new_id(), interaction_id=call, number="+48601442190")
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=dana.customer("Marta"))
    assert listed(dana)[0].customer == "Marta"
