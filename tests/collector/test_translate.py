"""Manager events into queue events: real captures of Asterisk 22, and the same whatever order they come in."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_desktop.collector.translate import WRAP_UP_REASON
from agent_desktop.data.words import QueueEventKind as K
from agent_desktop.data.words import VisitResult
from tests.collector.told import ANN, BEN, SALES, SUPPORT, WHO, Day, captured, rows_of, stored, translator, visits_of

IN, RING, NO, TALK, HOLD, BACK = K.ENTERED, K.OFFERED, K.NOT_ANSWERED, K.CONNECTED, K.HELD, K.RESUMED
CAPTURED = {
    "answered": [(IN, ""), (RING, "ann"), (TALK, "ann"), (HOLD, "ann"), (K.COMPLETED, "ann", "agent")],
    "held": [(IN, ""), (RING, "ann"), (TALK, "ann"), (HOLD, "ann"), (BACK, "ann"), (K.COMPLETED, "ann", "agent")],
    "not_answered_then_abandoned": [(IN, ""), (RING, "ann"), (NO, "ann", 10000), (RING, "ann"), (K.ABANDONED, "")],
    "abandoned": [(IN, ""), (K.ABANDONED, "")],
    "timeout": [(IN, ""), (K.EXITED, "", "timeout")],
    "blind_transfer": [(IN, ""), (RING, "ann"), (TALK, "ann"), (BACK, "ann"), (K.TRANSFERRED, "ann", "blind", "1002")],
    "attended_transfer": [
        (IN, ""),
        (RING, "ann"),
        (TALK, "ann"),
        (HOLD, "ann"),
        (BACK, "ann"),
        (K.TRANSFERRED, "ann", "attended"),
    ],
    # two phones ring, one answers; then one rings and the caller gives up: who lost the race is not blamed
    "ring_all": [
        *((IN, ""), (RING, "ben"), (RING, "ann"), (TALK, "ben"), (K.COMPLETED, "ben", "caller")),
        *((IN, ""), (RING, "ann"), (K.ABANDONED, "")),
    ],
    "members": [
        *((K.MEMBER_ADDED, "ben"), (K.PAUSED, "ben", ""), (K.MEMBER_ADDED, "ben"), (K.PAUSED, "ben", "")),
        *((K.UNPAUSED, "ben"), (K.UNPAUSED, "ben"), (K.PAUSED, "ben", "Lunch"), (K.PAUSED, "ben", "Lunch")),
        *((K.PAUSED, "ben", "Training"), (K.PAUSED, "ben", "Training")),
    ],
    "members_gone": [(K.MEMBER_REMOVED, "ben"), (K.MEMBER_REMOVED, "ben")],
}


@pytest.mark.parametrize("name", CAPTURED)
def test_a_capture_of_a_real_pbx(name):
    rows = rows_of(captured(name))
    said = [(row.kind, WHO[row.agent_id], *row.data.values()) for row in rows]
    assert [one[: len(wanted)] for one, wanted in zip(said, CAPTURED[name], strict=True)] == CAPTURED[name]
    assert len({row.source_seq for row in rows}) == len(rows)
    assert all(0 <= row.source_seq < 1 << 63 for row in rows)
    assert {row.queue_id for row in rows} <= {SUPPORT, SALES}


def test_waits_and_talks_come_from_the_events_times_not_from_whole_seconds():
    visit = next(iter(visits_of(rows_of(captured("answered"))).values()))
    assert (visit.result, visit.agent_id, visit.linked_id) == (VisitResult.ANSWERED, ANN, "pbx-1795290025.0")
    assert visit.wait_us == 29_291_256 - 28_040_997  # the PBX says 1 s
    assert visit.talk_us + visit.hold_us == 36_313_533 - 29_291_256


@pytest.mark.parametrize("phone", [True, False])
def test_the_end_of_a_talk_whose_caller_the_pbx_has_forgotten_already(phone):
    """A busy Asterisk 22 writes AgentComplete without the caller's channel when the caller has gone."""
    gone = ["Channel", "CallerIDNum", "Uniqueid", "Linkedid", *([] if phone else ["DestUniqueid"])]
    whole = captured("answered")
    told = [(name, fields if name != "AgentComplete" else fields | dict.fromkeys(gone, "")) for name, fields in whole]
    assert [(row.kind, row.visit_id, row.source_seq) for row in rows_of(told)] == [
        (row.kind, row.visit_id, row.source_seq) for row in rows_of(whole)
    ]
    strange = [(name, fields | {"Interface": "PJSIP/1002"}) for name, fields in told if name == "AgentComplete"]
    assert rows_of(strange) == [], "nobody is made up"


def test_a_wrong_clock_is_set_right_but_the_keys_stay():
    right, wrong = translator(), translator()
    wrong.offset_us = 5_000_000
    for one, other in zip(rows_of(captured("held"), right), rows_of(captured("held"), wrong), strict=True):
        assert (other.at - one.at).total_seconds() == 5
        assert (one.source_seq, one.visit_id) == (other.source_seq, other.visit_id)


def test_a_pause_for_wrap_up_is_the_end_of_the_talk_s_work_and_no_break():
    by = translator()
    for name, fields in captured("answered"):
        by.take(name, fields)

    def pause(at: str, queue: str, paused: str, reason: str = ""):
        fields = {"Timestamp": f"1795290040.{at}", "Queue": queue, "Interface": "PJSIP/1001"}
        return by.take("QueueMemberPause", fields | {"Paused": paused, "PausedReason": reason})

    visit = next(iter(by.stays)).id
    began = pause("1", "support", "1", WRAP_UP_REASON) + pause("2", "sales", "1", WRAP_UP_REASON)
    assert [(row.kind, row.visit_id, row.agent_id) for row in began] == [(K.WRAP_UP_STARTED, visit, ANN)]
    ended = pause("3", "support", "0") + pause("4", "sales", "1", "Lunch")
    assert [(row.kind, row.visit_id) for row in ended] == [(K.WRAP_UP_ENDED, visit), (K.PAUSED, None)]


def test_who_is_not_ours_is_counted_and_stops_nothing():
    by = translator()
    join = {"Timestamp": "1795290040.5", "Queue": "other", "Uniqueid": "1.1", "Linkedid": "1.1"}
    called = join | {"Queue": "support", "Interface": "PJSIP/7777", "MemberName": "Somebody", "DestUniqueid": "1.2"}
    assert by.take("QueueCallerJoin", join) == []
    assert by.take("QueueCallerJoin", join | {"Queue": "support", "Uniqueid": "2.1"})[0].kind is K.ENTERED
    assert by.take("AgentCalled", called | {"Uniqueid": "2.1"})[0].agent_id is None
    assert (dict(by.unknown_queues), sum(by.people.unknown.values())) == ({"other": 1}, 2)


def test_a_refusal_and_a_beginning_that_was_missed():
    by = translator()
    event = {"Timestamp": "1795290040.5", "Queue": "support", "Uniqueid": "3.1", "Linkedid": "3.1"}
    refused = by.take("UserEvent", event | {"UserEvent": "AgentDesktopQueue", "Status": "FULL"})
    assert [(row.kind, row.visit_id, row.data["reason"]) for row in refused] == [(K.REFUSED, None, "full")]
    complete = {"Interface": "PJSIP/1002", "HoldTime": "7", "TalkTime": "30", "Reason": "caller"}
    rows = rows_of([("AgentComplete", event | complete)], by)
    visit = visits_of(rows)[rows[0].visit_id]
    assert (visit.result, visit.wait_us, visit.talk_us, visit.agent_id) == (
        VisitResult.ANSWERED, 7_000_000, 30_000_000, BEN,
    )  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.integers(0, 10_000))
def test_shuffled_within_a_second_and_told_twice_it_is_the_same(seed, order):
    day = Day(seed, 12)
    straight, mixed = rows_of(day.stream), rows_of(day.mixed_up(order))
    assert visits_of(straight) == visits_of(mixed)
    assert {row.source_seq for row in straight} == {row.source_seq for row in mixed}
    results = Counter(visit.result for visit in visits_of(straight).values())
    fates = Counter(day.fates)
    assert results[VisitResult.ANSWERED] == fates["answered"] + fates["transferred"]
    assert results[VisitResult.ABANDONED] == fates["abandoned"] + fates["rang_out"]
    assert results[VisitResult.EXITED] == fates["timeout"] + fates["key"] + fates["said_empty"]
    assert results[VisitResult.UNRESOLVED] == 0


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), begins=st.floats(0, 0.8), dies=st.floats(0.2, 1))
def test_a_collector_that_dies_and_one_that_began_later_tell_the_whole_together(seed, begins, dies):
    day = Day(seed, 12)
    straight = rows_of(day.stream)
    first_us, last_us = day.told[0][0], day.told[-1][0]
    from_us = first_us + int((last_us - first_us) * begins)
    until_us = max(first_us + int((last_us - first_us) * dies), from_us + 3_000_000)
    one = translator()
    before = rows_of([told for us, told in day.told if us < from_us], one, ends=False)
    after = rows_of([told for us, told in day.told if from_us <= us < until_us], one, ends=False)
    after += one.settle(until_us)
    two = translator()
    names = {key: name for name, key in two.queues.names()}
    for stay in stored(before):
        two.restore(stay, names[stay.queue_id], str(stay.data["call"]), int(stay.data["n"]))
    other = rows_of([told for us, told in day.told if us >= from_us], two)

    def figures(rows):
        return {
            key: (visit.result, visit.entered_at, visit.left_at, visit.ended_at, visit.agent_id)
            for key, visit in visits_of(rows).items()
            if visit is not None
        }

    assert figures([*before, *after, *other]) == figures(straight)
