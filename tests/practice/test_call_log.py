"""What is written of colleagues' calls."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from agent_desktop.data.centre_rows import QueueEventRow, QueueRow
from agent_desktop.data.words import Outcome
from agent_desktop.data.words import QueueEventKind as Kind
from agent_desktop.practice.call_log import CallLog, Told
from agent_desktop.practice.callers import CallerBook, Person

SITE, QUEUE, ANNA, HUMAN = (UUID(int=n) for n in range(1, 5))
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
MARTA = Person("Marta Kowalczyk", "+48601442190")
BOOK = CallerBook((MARTA,), (), lambda _number: None)


def log() -> CallLog:
    return CallLog((SITE, "PL"), HUMAN, (QueueRow(QUEUE, "billing", "Billing"),), BOOK)


def event(kind: Kind, second: int, who: UUID | None = None, *, visit: int = 1) -> QueueEventRow:
    return QueueEventRow(AT + timedelta(seconds=second), kind, "practice", second, QUEUE, UUID(int=visit), "r.1", who)


def test_a_call_is_told_when_somebody_answers_and_when_it_is_over() -> None:
    made, persons = log(), {"r.1": 150}
    assert made.hear([event(Kind.ENTERED, 0), event(Kind.OFFERED, 5, ANNA)], persons) == []
    [begun] = made.hear([event(Kind.CONNECTED, 9, ANNA)], persons)
    call = begun.call
    assert not begun.over
    assert (call.id, call.number, call.key) == (uuid5(SITE, "r.1"), MARTA.number, MARTA.number[:0:-1])
    assert (call.queue, call.wait_s, call.agent_id, call.started_at) == ("billing", 9.0, ANNA, AT)
    [over] = made.hear([event(Kind.COMPLETED, 60, ANNA)], persons)
    assert over.over
    assert (over.call.id, over.call.outcome, over.call.ended_at) == (
        call.id,
        Outcome.ANSWERED,
        AT + timedelta(minutes=1),
    )
    assert [(leg.agent_id, leg.answered_at) for leg in over.call.legs] == [(ANNA, AT + timedelta(seconds=9))]
    assert persons == {}


def test_a_call_that_is_passed_on_stays_one() -> None:
    other, made = UUID(int=8), log()
    rows = [event(Kind.ENTERED, 0), event(Kind.CONNECTED, 5, ANNA), event(Kind.TRANSFERRED, 50, ANNA)]
    rows += [event(Kind.ENTERED, 50, visit=2), event(Kind.CONNECTED, 70, other, visit=2)]
    told: list[Told] = made.hear([*rows, event(Kind.COMPLETED, 90, other, visit=2)], {"r.1": 150})
    assert [(each.over, each.call.outcome) for each in told] == [
        (False, Outcome.ANSWERED),
        (True, Outcome.TRANSFERRED),
        (True, Outcome.ANSWERED),
    ]
    assert len({each.call.id for each in told}) == 1
    assert [each.call.legs[0].agent_id for each in told[1:]] == [ANNA, other]


def test_who_gave_up_is_told_but_of_the_humans_calls_nothing() -> None:
    made, persons = log(), {"r.1": 150}
    [lost] = made.hear([event(Kind.ENTERED, 0), event(Kind.ABANDONED, 30)], persons)
    assert (lost.over, lost.call.outcome, lost.call.wait_s) == (True, Outcome.MISSED, 30.0)
    rows = [event(Kind.ENTERED, 0), event(Kind.OFFERED, 5, HUMAN), event(Kind.CONNECTED, 9, HUMAN)]
    assert log().hear([*rows, event(Kind.COMPLETED, 60, HUMAN)], {"r.1": 150}) == []
    assert log().hear([*rows[:2], event(Kind.ABANDONED, 30)], {"r.1": 150}) == []
