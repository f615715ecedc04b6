"""The agent's day against real engines and a real database: from the INVITE to the row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
import pytest

from agent_desktop import clock
from agent_desktop.core.call_book import Call
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallbackRequest, NewCustomer, NewTicket, PhoneView, WrapUpResult, WrapUpView
from agent_desktop.data.journal import Journal
from agent_desktop.data.operations import AnyOperation, UpdateTicket
from agent_desktop.data.words import Presence
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.workstation import MARTA, Bench

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    yield made
    made.stop()


@pytest.fixture
def result(bench: Bench) -> Callable[..., WrapUpResult]:
    def make(**more: object) -> WrapUpResult:
        focus = bench.session.focus()
        assert focus is not None
        values: dict[str, object] = {"disposition_id": None, "reason": "", "note": ""} | more
        return WrapUpResult(focus, **values)  # type: ignore[arg-type]

    return make


def talk(bench: Bench, **headers: str) -> tuple[object, str]:
    """A call from Marta, answered; the other phone and its call."""
    caller = bench.other()
    call_id = bench.ring(caller, **headers)
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    return caller, call_id


def test_the_caller_is_on_screen_while_it_rings_and_the_row_exists(bench: Bench) -> None:
    caller = bench.other()
    bench.ring(caller, X_Queue="Billing", X_Queue_Wait="48", X_Call_Linkedid="1763.9")
    bench.until(lambda: bench.session.pop_view() is not None and bench.session.pop_view().state == "found", "found")
    view = bench.session.pop_view()
    assert view.pop.card.name == "Marta Kowalczyk"
    assert view.pop.history
    assert view.pop.tickets
    assert bench.session.book.views()[0].name == "Marta Kowalczyk"
    row = bench.arrives(
        "SELECT i.id, c.name, i.queue, i.outcome FROM interaction i JOIN customer c ON c.id = i.customer_id "
        "WHERE i.linked_id = '1763.9'"
    )
    site = bench.rows("SELECT site_id FROM site")[0][0]
    assert row == (uuid5(UUID(bytes=site), "1763.9").bytes, "Marta Kowalczyk", "Billing", "in_progress")


def test_the_screen_is_told_how_its_call_goes_on(bench: Bench) -> None:
    states = []
    bench.session.pop_changed.connect(lambda view: states.append(view.call.state if view is not None else None))
    bench.ring(bench.other())
    bench.until(lambda: states, "the caller is shown")
    bench.session.calls.answer()
    bench.until(lambda: bench.session.pop_view().call.state is CallState.TALKING, "talking on the screen")
    bench.session.calls.toggle_hold()
    bench.until(lambda: bench.session.pop_view().call.state is CallState.HELD, "held on the screen")
    bench.session.calls.end()
    bench.until(lambda: bench.session.wrap_up_view().in_wrap_up, "wrap-up")
    assert list(dict.fromkeys(states)) == [CallState.RINGING, CallState.TALKING, CallState.HELD]


def test_a_whole_call_leaves_one_interaction_one_leg_note_and_wrap_up(
    bench: Bench, result: Callable[..., WrapUpResult]
) -> None:
    talk(bench, X_Queue="Billing", X_Call_Linkedid="a.1")
    bench.session.note_typed("first words")
    bench.session.calls.toggle_hold()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.HELD, "held")
    bench.session.calls.toggle_hold()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "resumed")
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    view = bench.session.wrap_up_view()
    assert view.in_wrap_up
    assert view.note == "first words"
    disposition = view.dispositions[0]
    bench.session.complete_wrap_up(result(note="final words", disposition_id=disposition.id, reason="because"))
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "ready again")
    bench.arrives("SELECT 1 FROM wrap_up WHERE disposition_id = ? AND reason = 'because'", disposition.id.bytes)
    query = "SELECT id, outcome, answered_at IS NOT NULL, ended_at IS NOT NULL FROM interaction WHERE linked_id = 'a.1'"
    [(interaction, outcome, answered, ended)] = bench.rows(query)
    assert (outcome, answered, ended) == ("answered", 1, 1)
    assert len(bench.rows("SELECT 1 FROM leg WHERE interaction_id = ?", interaction)) == 1
    assert bench.rows("SELECT hold_s > 0 FROM leg WHERE interaction_id = ?", interaction) == [(1,)]
    assert bench.rows("SELECT text FROM note WHERE interaction_id = ?", interaction) == [("final words",)]
    assert bench.core is not None
    assert not bench.core.journal.drafts().keys() - {"cache:centre"}


def test_a_required_disposition_beats_the_timer_and_complete(bench: Bench, result: Callable[..., WrapUpResult]) -> None:
    talk(bench, X_Queue="Billing")
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    bench.session.complete_wrap_up(result(note="no disposition"))
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    draft = bench.session.wrap_ups.draft(bench.session.focus())
    draft.ends_us = clock.now_us() - 1
    bench.until(lambda: bench.session.wrap_up_view().overdue, "overdue is told")
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    bench.session.extend_wrap_up()
    view = bench.session.wrap_up_view()
    assert not view.overdue
    assert view.ends_at > clock.now() + timedelta(seconds=30)
    # In a centre that has set up none yet, nothing would ever let the agent out.
    bench.session.centre = msgspec.structs.replace(bench.session.centre, dispositions=())
    assert not bench.session.wrap_up_view().required
    bench.session.complete_wrap_up(result(note="no disposition"))
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "ready again")


def test_without_a_requirement_the_timer_ends_wrap_up_and_keeps_the_note(bench: Bench) -> None:
    talk(bench)
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    bench.session.note_typed("typed, not completed")
    draft = bench.session.wrap_ups.draft(bench.session.focus())
    draft.ended_us = draft.attended_us = clock.now_us() - 3600_000_000
    draft.ends_us = draft.ended_us + 45_000_000
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "the timer ended it")
    bench.arrives("SELECT 1 FROM note WHERE text = 'typed, not completed'")
    [seconds] = bench.arrives("SELECT wrap_up_s FROM wrap_up WHERE interaction_id = ?", draft.interaction_id.bytes)
    assert seconds == 45.0, "not the hour that the computer slept"


def test_a_caller_who_gives_up_becomes_work_and_needs_no_wrap_up(bench: Bench) -> None:
    caller = bench.other()
    call_id = bench.ring(caller, X_Call_Linkedid="m.1")
    caller.send(m.HangUp(call_id=call_id))
    row = bench.arrives("SELECT kind, status FROM work_item WHERE number = ? AND kind = 'missed' AND interaction_id = "
                        "(SELECT id FROM interaction WHERE linked_id = 'm.1')", MARTA)  # fmt: skip
    assert row == ("missed", "open")
    assert bench.session.wrap_up_view() is None
    assert bench.session.presence_view().presence is Presence.READY


ELSEWHERE = b'Reason: SIP;cause=200;text="Call completed elsewhere"\r\n'


@pytest.mark.parametrize(("reason", "outcome", "work"), [(b"", "missed", 1), (ELSEWHERE, "elsewhere", 0)])
def test_a_call_that_is_cancelled_in_the_moment_it_comes_leaves_its_whole_record(
    bench: Bench, reason: bytes, outcome: str, work: int
) -> None:
    with closing(sip.RawCaller(bench.port)) as caller:
        said = b"X-Call-Linkedid: q.1\r\nX-Queue: Billing\r\n"
        caller.send(caller.invite("quick", said))
        caller.send(caller.request("CANCEL", "quick", reason, b"<sip:+48601442190@127.0.0.1>;tag=quick"))
        assert caller.final("quick") == 487
    query = "SELECT id, outcome, number, queue FROM interaction WHERE linked_id = 'q.1' AND outcome != 'in_progress'"
    [interaction, *row] = bench.arrives(query)
    assert row == [outcome, MARTA, "Billing"]
    bench.arrives("SELECT 1 FROM leg WHERE interaction_id = ? AND outcome = ?", interaction, outcome)
    bench.until(lambda: not bench.core.journal.waiting_count(), "all of it is sent")  # type: ignore[union-attr]
    assert bench.rows("SELECT count(*) FROM leg WHERE interaction_id = ?", interaction) == [(1,)]
    waiting = "SELECT count(*) FROM work_item WHERE interaction_id = ? AND status = 'open'"
    assert bench.rows(waiting, interaction) == [(work,)]
    assert bench.session.book.ringing() is None, "and nothing rings on"
    assert bench.session.wrap_up_view() is None


def test_a_declined_call_is_rejected_and_a_stray_key_declines_nothing(bench: Bench) -> None:
    caller = bench.other()
    bench.ring(caller, X_Call_Linkedid="r.1")
    bench.session.book.ringing().started_us = clock.now_us()  # however long it took to come here
    bench.session.calls.end()  # at once: meant for the call before
    assert bench.session.book.ringing() is not None
    call = bench.session.book.ringing()
    call.started_us -= 1_000_000
    bench.session.calls.end()
    assert bench.core is not None
    copy = msgspec.json.decode(bench.core.journal.draft(f"call:{call.call_id}"), type=Call)  # type: ignore[arg-type]
    assert copy.rejected, "a restart now would know it too"
    bench.until(lambda: not bench.session.book.views(), "declined")
    assert bench.arrives("SELECT outcome FROM interaction WHERE linked_id = 'r.1' AND outcome != 'in_progress'") == (
        "rejected",
    )


def test_what_was_meant_for_a_call_that_is_gone_is_done_to_no_other(bench: Bench) -> None:
    first, second = bench.other(), bench.other()
    gone = bench.ring(first)
    first_id = bench.session.book.ringing().call_id
    first.send(m.HangUp(call_id=gone))
    bench.until(lambda: first_id not in bench.session.book.calls, "the first has gone")
    bench.ring(second, "+34612000111")
    call = bench.session.book.ringing()
    call.started_us -= 1_000_000
    ordered: list[str] = []
    bench.session.phone.answer = lambda call_id, beep=False: ordered.append(call_id)
    bench.session.phone.reject = lambda call_id, code=486, reason="": ordered.append(call_id)
    bench.session.phone.hang_up = ordered.append
    bench.session.calls.answer(first_id)
    bench.session.calls.decline(first_id)
    bench.session.calls.end(first_id)
    assert not ordered
    bench.session.calls.end(call.call_id)
    assert ordered == [call.call_id]


def test_ending_one_of_two_ringing_calls_declines_that_one(bench: Bench) -> None:
    bench.ring(bench.other())
    bench.ring(bench.other(), "+34612000111")
    older, newer = bench.session.book.running()
    newer.started_us -= 1_000_000
    older.started_us -= 1_000_000
    bench.session.calls.end(newer.call_id)
    bench.until(lambda: newer.state is CallState.ENDED, "declined")
    assert (newer.rejected, older.rejected, older.state) == (True, False, CallState.RINGING)


def test_two_calls_are_held_and_swapped_and_each_has_its_row(bench: Bench, result: Callable[..., WrapUpResult]) -> None:
    talk(bench, X_Call_Linkedid="t.1")
    second = bench.other()
    bench.ring(second, "+34612000111", X_Call_Linkedid="t.2")
    assert [call.emphasised for call in bench.session.book.views()] == [True, False]
    bench.session.calls.answer()
    bench.until(
        lambda: [c.state for c in bench.session.book.views()] == [CallState.HELD, CallState.TALKING], "first held"
    )
    bench.session.calls.emphasise(bench.session.book.views()[0].call_id)
    bench.session.calls.toggle_hold()
    bench.until(lambda: [c.state for c in bench.session.book.views()] == [CallState.TALKING, CallState.HELD], "swapped")
    told: list[WrapUpView | None] = []
    bench.session.wrap_up_changed.connect(told.append)
    bench.session.calls.end()
    bench.until(lambda: len(bench.session.book.views()) == 1, "one left")
    bench.until(lambda: told and told[-1].waiting == 1, "the one on the line knows of the one that waits")
    bench.session.calls.emphasise(bench.session.book.views()[0].call_id)
    bench.session.calls.end()
    bench.until(lambda: not bench.session.book.views(), "none left")
    bench.until(lambda: told[-1].in_wrap_up and told[-1].waiting == 1, "two to wrap up")
    bench.session.complete_wrap_up(result())
    bench.until(lambda: told[-1].in_wrap_up and told[-1].waiting == 0, "one to wrap up")
    for linked in ("t.1", "t.2"):
        bench.arrives("SELECT 1 FROM interaction WHERE linked_id = ? AND outcome = 'answered'", linked)


def test_an_outgoing_call_carries_its_interaction_and_is_coded(
    bench: Bench, result: Callable[..., WrapUpResult]
) -> None:
    callee = bench.other()
    call = bench.session.outgoing.dial(f"sip:601442190@127.0.0.1:{callee.port}", "Marta")
    assert call is not None
    incoming = callee.wait(m.IncomingCall)
    assert ("X-Interaction-Id", str(call.interaction_id)) in incoming.headers
    callee.send(m.Reject(call_id=incoming.call_id, code=486))
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up after every attempt")
    bench.session.complete_wrap_up(result(note="was busy"))
    row = bench.arrives("SELECT direction, outcome FROM interaction WHERE id = ? AND outcome != 'in_progress'",
                        call.interaction_id.bytes)  # fmt: skip
    assert row == ("outbound", "busy")


def test_what_cannot_be_called_is_told(bench: Bench) -> None:
    assert bench.session.outgoing.dial("hello") is None
    assert bench.session.outgoing.dial("601 442 190") is None
    assert "hello" in bench.notices[-2]
    assert "Settings" in bench.notices[-1]


def test_a_stranger_becomes_a_customer_and_is_known_from_then_on(
    bench: Bench, result: Callable[..., WrapUpResult]
) -> None:
    caller = bench.other()
    call_id = bench.ring(caller, "+4915112345678")
    bench.until(lambda: bench.session.pop_view() is not None and bench.session.pop_view().state == "unknown", "unknown")
    new = NewCustomer("Grete Neu", "Neu GmbH", "+4915112345678", "grete@example.org", "de")
    bench.session.pops.create(bench.session.focus(), new)
    bench.until(lambda: bench.session.pop_view().state == "found", "the new card")
    assert bench.session.pop_view().pop.card.organisation == "Neu GmbH"
    caller.send(m.HangUp(call_id=call_id))
    bench.until(lambda: not bench.session.book.views(), "gone")
    bench.ring(caller, "+4915112345678")
    bench.until(lambda: bench.session.pop_view() is not None and bench.session.pop_view().state == "found", "known")
    assert bench.session.pop_view().pop.card.name == "Grete Neu"


def test_callback_and_ticket_from_wrap_up(bench: Bench, result: Callable[..., WrapUpResult]) -> None:
    talk(bench, X_Queue="Billing")
    bench.until(lambda: bench.session.pop_view().state == "found", "found")
    customer = bench.session.pop_view().pop.card.id
    focus = bench.session.focus()
    ticket = bench.session.open_ticket(NewTicket("Meter", "Photo", customer_id=customer, interaction_id=focus))
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    due = clock.now() + timedelta(hours=2)
    callback = CallbackRequest(due, "after the reading", None, "")
    disposition = bench.session.wrap_up_view().dispositions[0].id
    seen = bench.session.wrap_up_view().tickets[0]
    assert bench.core is not None
    bench.core.store.put(UpdateTicket(event_id=uuid4(), ticket_id=seen.id, status="closed"))  # a colleague
    more = {"callback": callback, "ticket": seen, "ticket_status": "solved"}
    bench.session.complete_wrap_up(result(note="n", disposition_id=disposition, **more))
    bench.arrives("SELECT 1 FROM ticket WHERE id = ? AND customer_id = ?", ticket.bytes, customer.bytes)
    bench.arrives("SELECT 1 FROM work_item WHERE kind = 'callback' AND note = 'after the reading' AND due_at = ?",
                  clock.to_us(due))  # fmt: skip
    bench.until(lambda: bench.core and bench.core.journal.refused(), "nothing said since is overwritten")
    [refused] = bench.core.journal.refused()
    assert (refused.operation.status, refused.operation.comment) == ("solved", "n")  # type: ignore[union-attr]
    assert bench.rows("SELECT status FROM ticket WHERE id = ?", seen.id.bytes) == [("closed",)]


def test_the_work_list_is_claimed_dialled_and_done(bench: Bench) -> None:
    assert bench.core is not None
    work = bench.core.work
    bench.until(lambda: work.items, "the seeded work list")
    callee = bench.other()
    bench.session.outgoing.direct_peer = f"127.0.0.1:{callee.port}"
    item = next(item for item in work.items if item.claimed_by is None)
    work.call(item)
    bench.until(bench.session.book.views, "claimed and dialled")
    incoming = callee.wait(m.IncomingCall)
    callee.send(m.Answer(call_id=incoming.call_id))
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "answered")
    bench.arrives("SELECT 1 FROM work_item WHERE id = ? AND status = 'claimed'", item.id.bytes)
    bench.session.calls.end()
    bench.arrives("SELECT 1 FROM work_item WHERE id = ? AND status = 'done'", item.id.bytes)


def test_an_entry_that_cannot_be_dialled_is_everybodys_again(bench: Bench) -> None:
    assert bench.core is not None
    work = bench.core.work
    bench.until(lambda: work.items, "the seeded work list")
    item = next(item for item in work.items if item.claimed_by is None)
    work.call(item)  # in direct mode, without a peer that numbers go to
    bench.arrives("SELECT 1 FROM work_item WHERE id = ? AND version = ?", item.id.bytes, item.version + 2)
    query = "SELECT status, claimed_by, attempts FROM work_item WHERE id = ?"
    assert bench.rows(query, item.id.bytes) == [("open", None, item.attempts)]
    assert any("Direct mode" in notice for notice in bench.notices)


def test_presence_is_ready_only_with_a_phone(tmp_path: Path) -> None:
    made = Bench(tmp_path / "desk").start(ready=False)
    assert made.session.presence_view().presence is Presence.PAUSED
    made.session.set_ready()
    made.arrives("SELECT 1 FROM presence p JOIN agent a ON a.id = p.agent_id WHERE a.login = 'dana' "
                 "AND p.presence = 'ready' AND p.source = 'desktop'")  # fmt: skip
    made.session.presence.phone_usable = False
    made.session.own.settle()
    view = made.session.presence_view()
    assert (view.presence, view.can_be_ready) == (Presence.PAUSED, False)
    session = made.session
    session._phone_view = PhoneView("starting", "")
    session.toggle_ready()
    assert session.presence.wanted is Presence.READY, "asked for, not taken back, while the phone starts"
    session.presence.ask(Presence.PAUSED)
    session.toggle_ready()
    assert made.notices[-1] == "You are Ready as soon as the phone is."
    session.presence.phone_usable = True
    session.own.settle()
    assert session.presence_view().presence is Presence.READY
    session.toggle_ready()
    session.presence.phone_usable, session._phone_view = False, PhoneView("failed", "Not registered")
    session.toggle_ready()
    assert (session.presence.wanted, made.notices[-1][:20]) == (Presence.PAUSED, "You cannot be Ready:")
    made.stop()


def test_a_call_that_comes_back_goes_on_with_its_wrap_up_and_keeps_its_disposition(
    bench: Bench, result: Callable[..., WrapUpResult]
) -> None:
    talk(bench, X_Queue="Billing", X_Call_Linkedid="back.1")
    interaction = bench.session.focus()
    bench.session.note_typed("before")
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    draft = bench.session.wrap_ups.draft(interaction)
    again = bench.other()
    call_id = bench.ring(again, X_Queue="Billing", X_Call_Linkedid="back.1")
    assert bench.session.book.views()[0].interaction_id == interaction
    assert draft.ended_us is None, "no clock runs while it rings again"
    again.send(m.HangUp(call_id=call_id))
    bench.until(lambda: not bench.session.book.views(), "it stops ringing")
    assert bench.session.wrap_ups.draft(interaction) is draft, "the wrap-up that was owed still is"
    assert draft.ended_us is not None
    assert bench.session.wrap_up_view().note == "before"
    assert bench.session.presence_view().presence is Presence.WRAP_UP


def test_a_second_wrap_up_of_one_interaction_writes_a_note_of_its_own(
    bench: Bench, result: Callable[..., WrapUpResult]
) -> None:
    for note in ("the first talk", "the second talk"):
        talk(bench, X_Call_Linkedid="twice.1")
        bench.session.calls.end()
        bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        bench.session.complete_wrap_up(result(note=note))
        bench.until(lambda: not bench.session.book.calls, "done")
    bench.arrives("SELECT 1 FROM note WHERE text = 'the second talk'")
    assert bench.rows("SELECT text FROM note WHERE text LIKE '% talk' ORDER BY at") == [
        ("the first talk",),
        ("the second talk",),
    ]


def test_signing_out_during_a_call_ends_its_record_and_says_offline(bench: Bench) -> None:
    talk(bench, X_Call_Linkedid="bye.1")
    assert bench.core is not None
    bench.core.stop()
    bench.core = None
    assert bench.rows("SELECT outcome, ended_at IS NOT NULL FROM interaction WHERE linked_id = 'bye.1'") == [
        ("answered", 1)
    ]
    query = "SELECT p.presence FROM presence p JOIN agent a ON a.id = p.agent_id WHERE a.login = 'dana' ORDER BY p.id"
    assert bench.rows(query)[-1] == ("offline",)
    bench.start()
    assert bench.session.presence_view().presence is Presence.WRAP_UP, "what was owed is owed"


def test_neither_ring_nor_card_waits_for_a_write(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each write waits for the disk; the agent must not."""
    assert bench.core is not None
    journal, written = bench.core.journal, []
    put_many, save_draft = journal.put_many, journal.save_draft

    def put(operations: Sequence[AnyOperation], **more: Any) -> int:
        written.extend(type(one).__name__ for one in operations)
        written.extend(key.partition(":")[0] for key in more.get("drafts", ()))
        return put_many(operations, **more)

    def keep(key: str, body: bytes) -> None:
        written.append(key.partition(":")[0])
        save_draft(key, body)

    monkeypatch.setattr(journal, "put_many", put)
    monkeypatch.setattr(journal, "save_draft", keep)
    told: dict[str, list[str]] = {}
    bench.session.rang.connect(lambda call: told.setdefault("ring", list(written)))
    found: Callable[[Any], bool] = lambda view: view is not None and view.state == "found"  # noqa: E731
    bench.session.pop_changed.connect(lambda view: found(view) and told.setdefault("card", list(written)))
    order: list[str] = []
    bench.session.pop_changed.connect(lambda view: found(view) and order.append("card"))
    bench.session.wrap_up_changed.connect(lambda view: view is not None and order.append("form"))
    bench.session.presence_changed.connect(lambda view: order.append(view.presence.value))
    bench.session.pop_painted.connect(lambda view: found(view) and order.append("more"))
    bench.session._patience.setInterval(60_000)  # nobody is shown as being looked up, however slow the computer is
    bench.ring(bench.other())
    bench.until(lambda: "card" in told, "the card is shown")
    bench.until(lambda: "LinkCustomer" in written and "wrap_up" in written, "the link and the copies are written")
    assert told["ring"] == []
    assert "LinkCustomer" not in told["card"]
    assert "wrap_up" not in told["card"]
    assert {"SetPresence", "call"} <= set(written)
    bench.until(lambda: "more" in order, "more is asked of the caller")
    assert order[:4] == ["card", "form", "ringing", "more"], "card and history are painted before anything else"


def test_a_new_call_asks_before_it_is_painted_and_waits_for_the_disk_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench.core is not None
    journal, steps, asked = bench.core.journal, [], []
    put_many = journal.put_many

    def put(operations: Sequence[AnyOperation], **more: Any) -> int:
        steps.append({type(one).__name__ for one in operations} | {key.partition(":")[0] for key in more["drafts"]})
        return put_many(operations, **more)

    monkeypatch.setattr(journal, "put_many", put)
    monkeypatch.setattr(journal, "save_draft", lambda key, body: steps.append({key}))
    bench.session.calls_changed.connect(lambda _views: asked.append(len(bench.session.pops._open)))
    acknowledged: list[int] = []
    acknowledge = bench.session.phone.acknowledge
    monkeypatch.setattr(
        bench.session.phone, "acknowledge", lambda seq: (acknowledged.append(len(steps)), acknowledge(seq))
    )
    bench.ring(bench.other())
    assert asked[0] == 1, "the look-up is under way before any screen hears of the call"
    assert steps[0] == {"SetPresence", "SaveInteraction", "SaveLeg", "call"}
    assert acknowledged[0] == 1, "the engine forgets the call's beginning when all of it is safe"
    bench.until(lambda: bench.session.pop_view() is not None and bench.session.pop_view().state == "found", "found")


def test_a_call_is_no_part_of_its_own_history(bench: Bench) -> None:
    caller = bench.other()
    bench.ring(caller, X_Call_Linkedid="own.1")
    bench.until(lambda: bench.session.pop_view() is not None and bench.session.pop_view().state == "found", "found")
    linked = "SELECT id FROM interaction WHERE linked_id = 'own.1' AND customer_id IS NOT NULL"
    [running] = bench.arrives(linked)
    before = bench.session.pop_view().pop
    shown: list[object] = []
    bench.session.pop_changed.connect(shown.append)
    bench.session.pops._show(bench.session.focus(), before.card.id)
    bench.until(lambda: not any(handle and not handle.settled for handle in bench.session.pops._open.values()), "shown")
    after = bench.session.pop_view().pop
    assert UUID(bytes=running) not in {row.id for row in after.history}
    assert (after.history, after.history_total) == (before.history, before.history_total)
    assert not shown


def test_a_wrap_up_is_owed_though_the_crash_came_between_the_end_of_the_call_and_its_clock(bench: Bench) -> None:
    talk(bench)
    interaction = bench.session.focus()
    bench.session.note_typed("just before")
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    draft = bench.session.wrap_ups.draft(interaction)
    bench.stop()
    draft.ended_us = draft.ends_us = None
    with closing(Journal(bench.profile.journal_file)) as journal:
        journal.save_draft(draft.key, draft.encoded())
    bench.start()
    assert bench.session.presence_view().presence is Presence.WRAP_UP
    view = bench.session.wrap_up_view()
    assert (view.interaction_id, view.in_wrap_up, view.note) == (interaction, True, "just before")


def test_the_pbx_is_believed_by_its_name_and_nobody_else(bench: Bench) -> None:
    def applied(domain: str) -> None:
        phone = msgspec.structs.replace(bench.session.settings.phone, domain=domain, trusted_peers=())
        bench.session.apply(msgspec.structs.replace(bench.session.settings, phone=phone))

    trusts = bench.session.book.trusted
    applied("")
    assert not trusts("127.0.0.1:5060")
    applied("localhost:5060")
    bench.until(lambda: trusts("127.0.0.1:5062"), "the name is looked up")
    assert not trusts("127.0.0.9:5060")
    applied("[2001:db8::1]:5060")
    assert trusts("[2001:db8::1]:5080")
    assert not trusts("127.0.0.1:5062")
