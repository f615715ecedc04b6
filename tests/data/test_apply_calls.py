"""One call, told by several desktops in any order, is one row that says the same."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from agent_desktop import clock
from agent_desktop.data import apply, interactions, queues, work
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import missed_call_id, new_id
from agent_desktop.data.rows import InteractionPage
from agent_desktop.data.words import Direction, Outcome, QueueEventKind
from tests.data.conftest import START_US, Desk


def page(database: Database, interaction_id: UUID) -> InteractionPage:
    with database.read() as session:
        found = interactions.page(session, interaction_id)
    assert found is not None
    return found


def test_outcomes_merge_by_rank(dana: Desk, jonas: Desk) -> None:
    call = dana.call(outcome="missed")
    jonas.do(ops.SaveInteraction, interaction_id=call, outcome="answered")
    dana.do(ops.SaveInteraction, interaction_id=call, outcome="elsewhere")
    line = page(dana.database, call).line
    assert (line.outcome, line.agent) == (Outcome.ANSWERED, "Jonas Lind")


def test_the_first_direction_number_and_start_stay(dana: Desk, jonas: Desk) -> None:
    call = dana.call(direction="inbound", number="+48601442190", queue="billing", started_us=START_US)
    jonas.do(
        ops.SaveInteraction, interaction_id=call, direction="outbound", number="+48111", queue="moves",
        started_us=START_US + 9_000_000,
    )  # fmt: skip
    line = page(dana.database, call).line
    assert (line.direction, line.number, line.queue) == (Direction.INBOUND, "+48601442190", "billing")
    assert line.started_at == clock.from_us(START_US)


def test_none_never_erases(dana: Desk) -> None:
    call = dana.call(queue="billing", wait_s=4.5, display_name="Marta", handoff=(("path", "1"),), answered_us=START_US)
    before = page(dana.database, call)
    dana.do(ops.SaveInteraction, interaction_id=call)
    assert page(dana.database, call) == before
    assert before.handoff == (("path", "1"),)


def test_each_desktop_keeps_its_own_leg(dana: Desk, jonas: Desk) -> None:
    call = dana.call()
    legs = [new_id(), new_id()]
    for desk, leg, outcome in ((dana, legs[0], "elsewhere"), (jonas, legs[1], "answered")):
        desk.do(ops.SaveLeg, leg_id=leg, interaction_id=call, direction="inbound", started_us=START_US, remote="a")
        desk.do(
            ops.SaveLeg, leg_id=leg, interaction_id=call, direction="inbound", started_us=START_US, outcome=outcome,
            ended_us=START_US + 10, sip_code=200, hold_s=2.5,
        )  # fmt: skip
    found = page(dana.database, call).legs
    assert {(leg.agent, leg.outcome, leg.remote, leg.sip_code, leg.hold_s) for leg in found} == {
        ("Dana Okafor", Outcome.ELSEWHERE, "a", 200, 2.5),
        ("Jonas Lind", Outcome.ANSWERED, "a", 200, 2.5),
    }


def test_the_newest_note_wins_and_its_first_line_is_the_summary(dana: Desk) -> None:
    call, note = dana.call(), new_id()
    first = dana.make(ops.SaveNote, note_id=note, interaction_id=call, text="old")
    second = dana.make(ops.SaveNote, note_id=note, interaction_id=call, text="\n new \nmore")
    for operation in (second, first):
        with dana.database.write() as session:
            apply.apply(session, operation)
    found = page(dana.database, call)
    assert [n.text for n in found.notes] == ["\n new \nmore"]
    assert found.line.note == "new"
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="")
    assert page(dana.database, call).notes == ()
    assert page(dana.database, call).line.note == ""


def test_linking_again_and_to_nobody(dana: Desk) -> None:
    marta, other = dana.customer("Marta"), dana.customer("Other")
    call = dana.call(marta)
    changed = dana.do(ops.LinkCustomer, interaction_id=call, customer_id=other)
    assert changed.customers == {marta, other}
    assert page(dana.database, call).line.customer == "Other"
    dana.do(ops.SaveInteraction, interaction_id=call, customer_id=marta)
    assert page(dana.database, call).line.customer == "Other", "a link stands over a guess"
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=None)
    assert page(dana.database, call).line.customer_id is None
    unguessed = dana.call()
    dana.do(ops.LinkCustomer, interaction_id=unguessed, customer_id=None)
    dana.do(ops.SaveInteraction, interaction_id=unguessed, customer_id=marta)
    assert page(dana.database, unguessed).line.customer_id is None, "also the link to nobody"


def test_what_a_look_up_found_never_beats_a_person(dana: Desk, jonas: Desk, database: Database) -> None:
    marta, pawel, call = dana.customer("Marta"), dana.customer("Pawel"), dana.call()
    jonas.at_us = dana.at_us + 60_000_000
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=marta, by_hand=False)
    jonas.do(ops.LinkCustomer, interaction_id=call, customer_id=pawel, by_hand=False)
    assert page(database, call).line.customer == "Marta", "the first look-up stays"
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=pawel)
    jonas.do(ops.LinkCustomer, interaction_id=call, customer_id=marta, by_hand=False)
    assert page(database, call).line.customer == "Pawel"


def test_a_call_is_kept_even_when_its_customer_never_arrives(dana: Desk) -> None:
    call = dana.call(new_id(), display_name="Somebody")
    assert page(dana.database, call).line.customer == "Somebody"


def test_unknown_words_are_refused(dana: Desk) -> None:
    for fields in ({"outcome": "vanished"}, {"channel": "smoke"}, {"direction": "up"}):
        with pytest.raises(Refused):
            dana.do(ops.SaveInteraction, interaction_id=new_id(), **fields)
    with dana.database.read() as session:
        assert interactions.count_calls(session) == 0


def test_applied_twice_is_applied_once(dana: Desk) -> None:
    call = dana.call()
    note = dana.make(ops.SaveNote, note_id=new_id(), interaction_id=call, text="x")
    for expected in (True, False):
        with dana.database.write() as session:
            assert bool(apply.apply(session, note)) is expected


# ------------------------------------------------------------ any order


def story(dana: Desk, jonas: Desk, ids: list[UUID]) -> list[ops.AnyOperation]:
    """A ringall call: both ring, Dana answers, Jonas' phone stops; notes, links and wrap-ups of both."""
    call, leg_a, leg_b, note, customer, other = ids
    at = START_US
    told: list[tuple[Desk, type[Any], dict[str, Any]]] = [
        (
            dana,
            ops.SaveInteraction,
            {"number": "+48601442190", "queue": "billing", "started_us": at + 5, "outcome": "missed"},
        ),
        (
            jonas,
            ops.SaveInteraction,
            {
                "number": "601442190",
                "direction": "inbound",
                "started_us": at + 9,
                "outcome": "missed",
                "customer_id": other,
            },
        ),
        (dana, ops.SaveLeg, {"leg_id": leg_a, "direction": "inbound", "started_us": at + 5, "remote": "x"}),
        (jonas, ops.SaveLeg, {"leg_id": leg_b, "direction": "inbound", "started_us": at + 9}),
        (jonas, ops.AddMissedCall, {"work_id": missed_call_id(call), "number": "601442190"}),
        (dana, ops.SaveInteraction, {"outcome": "answered", "answered_us": at + 20, "display_name": "M"}),
        (jonas, ops.SaveInteraction, {"outcome": "elsewhere", "handoff": (("a", "b"),)}),
        (
            jonas,
            ops.SaveLeg,
            {
                "leg_id": leg_b,
                "direction": "inbound",
                "started_us": at + 9,
                "ended_us": at + 21,
                "outcome": "elsewhere",
                "sip_code": 487,
            },
        ),
        (dana, ops.SaveNote, {"note_id": note, "text": "first"}),
        (dana, ops.LinkCustomer, {"customer_id": customer}),
        (jonas, ops.LinkCustomer, {"customer_id": other, "by_hand": False}),
        (dana, ops.SaveNote, {"note_id": note, "text": "second\nline"}),
        (
            dana,
            ops.SaveLeg,
            {
                "leg_id": leg_a,
                "direction": "inbound",
                "started_us": at + 5,
                "answered_us": at + 20,
                "ended_us": at + 99,
                "outcome": "answered",
                "hold_s": 3.0,
            },
        ),
        (dana, ops.SaveInteraction, {"ended_us": at + 99, "wait_s": 4.0}),
        (dana, ops.CompleteWrapUp, {"disposition_id": other, "reason": "r", "wrap_up_s": 5.0}),
        (jonas, ops.CompleteWrapUp, {"disposition_id": customer, "reason": "later", "wrap_up_s": 1.0}),
    ]
    return [desk.make(kind, interaction_id=call, **fields) for desk, kind, fields in told]


def snapshot(database: Database, ids: list[UUID]) -> list[Any]:
    """Everything stored about the call, ids replaced by their place in the story."""
    places = {key.bytes: number for number, key in enumerate(ids)} | {missed_call_id(ids[0]).bytes: "work"}
    found: list[Any] = []
    with database.read() as session:
        for table, column in (("interaction", "id"), ("leg", "interaction_id"), ("note", "interaction_id"),
                              ("wrap_up", "interaction_id"), ("work_item", "interaction_id")):  # fmt: skip
            query = text(f"SELECT * FROM {table} WHERE {column} = :key")
            for row in session.execute(query, {"key": ids[0].bytes}).mappings():
                kept = {k: places.get(v, v) for k, v in row.items() if k not in ("version", "stamps")}
                found.append((table, sorted(kept.items(), key=str)))
    return sorted(found, key=str)


def test_any_order_of_operations_gives_the_same_rows(database: Database, dana: Desk, jonas: Desk) -> None:
    def told(order: Iterable[int]) -> list[Any]:
        dana.at_us, jonas.at_us = START_US + 100, START_US + 150
        ids = [new_id() for _ in range(6)]
        operations = story(dana, jonas, ids)
        for index in order:
            with database.write() as session:
                apply.apply(session, operations[index])
        return snapshot(database, ids)

    in_order = told(range(16))

    @settings(max_examples=25, deadline=None)
    @given(order=st.permutations(range(16)))
    def in_any(order: list[int]) -> None:
        assert told(order) == in_order

    in_any()


# ------------------------------------------------------------ missed calls


def test_a_missed_call_becomes_work_once(dana: Desk, jonas: Desk) -> None:
    call = dana.call(outcome="missed")
    for desk in (dana, jonas):
        desk.do(ops.AddMissedCall, work_id=missed_call_id(call), interaction_id=call, number="+48601442190")
    with dana.database.read() as session:
        assert len(work.open_work(session, dana.agent_id)) == 1


def test_work_vanishes_when_the_call_was_taken_elsewhere_in_either_order(dana: Desk, jonas: Desk) -> None:
    for outcome in ("answered", "elsewhere", "transferred"):
        call = dana.call(outcome="missed")
        dana.do(ops.AddMissedCall, work_id=missed_call_id(call), interaction_id=call, number="1")
        jonas.do(ops.SaveInteraction, interaction_id=call, outcome=outcome)
        call = jonas.call(outcome=outcome)
        dana.do(ops.AddMissedCall, work_id=missed_call_id(call), interaction_id=call, number="1")
    with dana.database.read() as session:
        assert work.open_work(session, dana.agent_id) == ()


def connected(seq: int, linked_id: str) -> list[QueueEventRow]:
    """A queue hands a call of the PBX to somebody whose phone is no desktop."""
    here: dict[str, Any] = {"visit_id": new_id(), "linked_id": linked_id}
    kinds = enumerate((QueueEventKind.ENTERED, QueueEventKind.CONNECTED, QueueEventKind.COMPLETED))
    return [QueueEventRow(clock.from_us(START_US), kind, "pbx", seq + number, **here) for number, kind in kinds]


def test_a_missed_call_that_a_queue_handed_to_a_plain_phone_is_no_work(dana: Desk) -> None:
    """Whether the queue or the desktop is heard first. A call of other names, or one only offered, is not touched."""

    def tell(events: list[QueueEventRow]) -> None:
        with dana.database.write() as session:
            queues.record_events(session, events)

    def miss(linked_id: str) -> UUID:
        call = dana.call(outcome="missed", linked_id=linked_id or None)
        dana.do(ops.AddMissedCall, work_id=missed_call_id(call), interaction_id=call, number="1")
        return missed_call_id(call)

    entries = [miss("1.1"), miss("1.2"), miss("1.3"), miss("")]
    tell([*connected(10, "1.1"), *connected(20, "1.4"), *connected(30, "")[:2], *connected(40, "1.3")[:1]])
    entries += [miss("1.4"), miss("")]
    with dana.database.read() as session:
        found = [work.item(session, entry) for entry in entries]
    assert [row and row.status for row in found] == ["done", "open", "open", "open", "done", "open"]


def test_a_note_never_takes_the_place_of_a_text_its_writer_has_not_seen(dana: Desk) -> None:
    call, note = dana.call(), new_id()
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="first")
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="on one desktop", before="first")
    with pytest.raises(Refused, match="Somebody else changed"):
        dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="on another", before="first")
    with dana.database.read() as session:
        assert [line.text for line in interactions.notes(session, call)] == ["on one desktop"]
    dana.do(ops.SaveNote, note_id=note, interaction_id=call, text="decided", before="on one desktop")
    with dana.database.read() as session:
        assert [line.text for line in interactions.notes(session, call)] == ["decided"]


def test_a_correction_never_beats_a_word_it_has_not_seen(dana: Desk, jonas: Desk) -> None:
    """Also what a look-up found may be corrected unseen: that was nobody's word."""
    found, hers, his = (dana.customer(name) for name in ("Found", "Hers", "His"))
    call = dana.call(found)
    dana.do(ops.LinkCustomer, interaction_id=call, customer_id=hers, seen=True, before=None)
    with pytest.raises(Refused, match="Somebody else"):
        jonas.do(ops.LinkCustomer, interaction_id=call, customer_id=his, seen=True, before=found)
    jonas.do(ops.LinkCustomer, interaction_id=call, customer_id=hers, seen=True, before=found)
    jonas.do(
        ops.LinkCustomer, interaction_id=call, customer_id=his, seen=True, before=hers, at_us=dana.at_us - 9_000_000
    )
    with dana.database.read() as session:
        page = interactions.page(session, call)
    assert page is not None
    assert page.line.customer == "His", "seen is seen, whatever the clocks say"
