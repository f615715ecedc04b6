"""A PBX's own state against what was heard of it: what differs, and the events that put it right."""

from dataclasses import dataclass, field

import pytest

from agent_desktop.collector.ami import Reply
from agent_desktop.collector.reconcile import Look, Stored, differences, made, put_right
from agent_desktop.collector.translate import Translator
from agent_desktop.data.words import QueueEventKind as K
from agent_desktop.data.words import VisitResult
from tests.collector.told import ANN, BEN, START_US, SUPPORT, WHO, rows_of, translator, visits_of

ANN_THERE, BEN_THERE = ("support", "PJSIP/1001"), ("support", "PJSIP/1002")


def told(seconds: float, event: str, call: str, **more: str) -> tuple[str, dict[str, str]]:
    us = START_US + int(seconds * 1_000_000)
    stamp = f"{us // 1_000_000}.{us % 1_000_000:06}"
    fields = {"Timestamp": stamp, "Queue": "support", "Uniqueid": call, "Linkedid": call, "Channel": f"PJSIP/x-{call}"}
    return event, fields | more


def talk(call: str) -> list[tuple[str, dict[str, str]]]:
    """Answered by Ann, and not over."""
    return [told(0, "QueueCallerJoin", call), told(2, "AgentConnect", call, Interface="PJSIP/1001", DestUniqueid="9")]


@dataclass
class State:
    """A PBX at 60 s."""

    entries: dict[str, str] = field(default_factory=dict)  # call: wait
    calls: tuple[str, ...] = ()
    members: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def look(self) -> Look:
        status = [
            (
                "QueueMember",
                {"Queue": queue, "Location": phone, "Paused": str(int(why is not None)), "PausedReason": why or ""},
            )
            for (queue, phone), why in self.members.items()
        ]
        status += [
            ("QueueEntry", {"Queue": "support", "Uniqueid": call, "Wait": wait, "Channel": f"PJSIP/x-{call}"})
            for call, wait in self.entries.items()
        ]
        channels = [("CoreShowChannel", {"Uniqueid": call}) for call in (*self.calls, *self.entries)]
        core = Reply({"CoreStartupDate": "2026-11-22", "CoreStartupTime": "07:00:00"})
        return made(Reply({}, tuple(status)), Reply({}, tuple(channels)), core, START_US + 60_000_000)


CASES = {
    "all is as it was heard": ([told(0, "QueueCallerJoin", "1")], State({"1": "60"}), []),
    "a caller was not heard coming": ([], State({"1": "25"}), [(K.ENTERED, "")]),
    "a caller has gone, and the call with them": ([told(0, "QueueCallerJoin", "1")], State(), [(K.LOST, "")]),
    "a caller is in the queue no more, but the call goes on": (
        [told(0, "QueueCallerJoin", "1")], State(calls=("1",)), [(K.LOST, "")],
    ),
    "who has just come may not be listed yet": ([told(59, "QueueCallerJoin", "1")], State(calls=("1",)), []),
    "a talk goes on": (talk("1"), State(calls=("1",)), []),
    "a talk is over": (talk("1"), State(), [(K.LOST, "ann")]),
    "a member is there, one of them paused": (
        [], State(members={ANN_THERE: None, BEN_THERE: "Lunch"}),
        [(K.MEMBER_ADDED, "ann"), (K.MEMBER_ADDED, "ben"), (K.PAUSED, "ben")],
    ),
    "who is none of ours is left alone": (
        [], State(members={("support", "PJSIP/77"): None, ("x", "PJSIP/1001"): ""}), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_difference_becomes_an_event(name):
    heard, state, wanted = CASES[name]
    by = translator()
    rows_of(heard, by, ends=False)
    look = state.look()
    found = differences(by, look)
    rows = put_right(by, look, found, restarted=False)
    assert [(row.kind, WHO[row.agent_id]) for row in rows] == wanted
    assert differences(by, look) == set(), "it is right now"


def test_what_changed_while_nobody_listened_is_seen_from_what_was_heard_before():
    by = translator()
    by.members = {ANN_THERE: "Lunch", BEN_THERE: None}
    look = State(members={ANN_THERE: None}).look()
    rows = put_right(by, look, differences(by, look), restarted=False)
    assert [(row.kind, row.agent_id) for row in rows] == [(K.MEMBER_REMOVED, BEN), (K.UNPAUSED, ANN)]


def test_a_collector_that_starts_goes_by_the_database():
    by = translator()
    stored = Stored(frozenset({(SUPPORT, ANN), (SUPPORT, BEN)}), frozenset({ANN}))
    look = State(members={ANN_THERE: None}).look()
    rows = put_right(by, look, differences(by, look, stored), restarted=False)
    assert [(row.kind, row.agent_id) for row in rows] == [(K.MEMBER_REMOVED, BEN), (K.UNPAUSED, ANN)]


def _visit(by: Translator, heard: list[tuple[str, dict[str, str]]], state: State, *, restarted: bool = False):
    rows = rows_of(heard, by, ends=False)
    look = state.look()
    rows += put_right(by, look, differences(by, look), restarted=restarted)
    return rows, next(iter(visits_of(rows).values()))


def test_a_pbx_that_was_started_anew_has_withdrawn_its_callers():
    _, visit = _visit(translator(), [told(0, "QueueCallerJoin", "1")], State(), restarted=True)
    assert (visit.result, visit.exit_reason) == (VisitResult.EXITED, "withdrawn")


def test_who_is_found_waiting_has_waited_since_they_came_and_is_the_same_when_the_entry_is_told_late():
    by = translator()
    _, visit = _visit(by, [], State({"1": "25"}))
    assert (visit.entered_at.timestamp(), visit.result) == (START_US / 1e6 + 35, VisitResult.UNRESOLVED)
    assert rows_of([told(35.4, "QueueCallerJoin", "1")], by, ends=False) == []


def test_a_talk_whose_beginning_was_missed_is_the_same_visit_when_its_end_is_heard():
    by = translator()
    rows, _ = _visit(by, [told(0, "QueueCallerJoin", "1")], State(calls=("1",)))
    end = told(300, "AgentComplete", "1", Interface="PJSIP/1001", TalkTime="290", HoldTime="10", Reason="caller")
    visits = visits_of([*rows, *rows_of([end], by)])
    (visit,) = visits.values()
    assert (visit.result, visit.agent_id, visit.wait_us) == (VisitResult.ANSWERED, ANN, 10_000_000)
