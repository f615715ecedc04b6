"""The script beside real calls: chosen, answered, written down, taken up again after a crash and by the next agent."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data.db import Database
from tests.support.scripts import publish, without_scripts
from tests.support.workstation import Bench

pytestmark = pytest.mark.usefixtures("qapp")

BILL: dict[str, Any] = {
    "id": "bill",
    "title": {"en": "High bill", "pl": "Wysoki rachunek"},
    "languages": ["en", "pl"],
    "steps": [
        {
            "id": "same",
            "say": {"en": "Hello {{ customer.name }}, same bill?", "pl": "Dzień dobry {{ customer.name }}"},
            "ask": {"type": "choice", "options": [
                {"value": "yes", "label": "Yes", "to": "paid"}, {"value": "other", "label": "Other", "to": "ticket"},
            ]},
        },
        {"id": "paid", "say": "When?", "ask": {"type": "date", "latest": "today", "required": True}, "next": "ticket"},
        {
            "id": "ticket",
            "say": "I open a ticket.",
            "actions": [
                {"do": "open_ticket", "subject": "Bill of {{ customer.name }}: {{ same }}"},
                {"do": "set_disposition", "disposition": "Bill explained", "by_itself": True},
                {"do": "schedule_callback", "in_minutes": 30, "note": "about {{ paid }}"},
                {"do": "call_url", "url": "https://example.org/bill?c={{ customer.account_number }}"},
                {"do": "start_handoff", "target": "survey"},
            ],
            "next": "bye",
        },
        {"id": "bye", "say": "Goodbye"},
    ],
}  # fmt: skip
OTHER = {"id": "other", "title": "Anything", "steps": [{"id": "a", "say": "Hello"}]}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk", scripts=True)
    database = Database.open(made.profile.database_file)
    without_scripts(database)
    publish(database, BILL, {"queue": "billing"})
    publish(database, OTHER, {})
    database.close()
    made.start()
    yield made
    made.stop()


class Desk:
    """The panel's part: what it would show, and the keys."""

    def __init__(self, bench: Bench):
        assert bench.core is not None
        self.bench, self.desk = bench, bench.core.scripts

    @property
    def view(self) -> ScriptView:
        view: ScriptView = self.desk.view()
        return view

    def until(self, place: str) -> ScriptView:
        self.bench.until(lambda: self.view.step.place == place and self.view.state is not ScriptState.LOADING, place)
        return self.view

    def answer(self, text: str, then: str) -> ScriptView:
        self.desk.answer_and_go(self.view.step.place, text)
        return self.until(then)

    def act(self, at: int) -> None:
        key = self.view.step.actions[at].key
        self.desk.act(self.view.step.place, key)

    def done(self, at: int) -> bool:
        return self.view.step.actions[at].done


def talking(bench: Bench, **headers: str) -> Desk:
    caller = bench.other()
    bench.ring(caller, **({"X_Queue": "billing"} | headers))
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    return Desk(bench)


def test_a_call_gets_its_script_and_every_answer_is_written_down(bench: Bench) -> None:
    desk = talking(bench)
    desk.until("same")
    bench.until(lambda: "Marta Kowalczyk" in desk.view.step.say, "with the caller's name")
    view = desk.view
    assert (view.title, view.version, view.why, view.language) == ("Wysoki rachunek", 1, "Queue Billing", "pl")
    assert view.step.say == "Dzień dobry Marta Kowalczyk"
    assert [offer.title for offer in view.offers] == ["Wysoki rachunek", "Anything"]
    desk.answer("yes", "paid")
    desk.desk.go_on("paid")
    bench.until(lambda: desk.view.step.question.error == "An answer is needed here.", "refused")  # type: ignore[union-attr]
    desk.desk.answer_and_go("same", "other")  # a key that came late is for a step that was left
    desk.answer("2020-01-02", "ticket")
    bench.until(lambda: desk.done(1), "the result is chosen by itself")
    draft = bench.session.wrap_up_view()
    assert next(row.label for row in draft.dispositions if row.id == draft.disposition_id) == "Bill explained"
    desk.act(0)
    desk.act(0)
    bench.until(lambda: desk.done(0), "the ticket is open")
    desk.act(0)
    assert bench.arrives("SELECT subject FROM ticket WHERE subject LIKE 'Bill of %'") == (
        "Bill of Marta Kowalczyk: yes",
    )
    desk.act(2)
    bench.until(lambda: desk.done(2), "a callback")
    assert bench.arrives("SELECT note FROM work_item WHERE note LIKE 'about%'") == ("about 2020-01-02",)
    desk.act(3)
    bench.until(lambda: any("none of the pages" in text for text in bench.notices), "no page is allowed")
    desk.desk.go_on("ticket")
    desk.until("bye")
    assert bench.rows("SELECT count(*) FROM ticket WHERE subject LIKE 'Bill of %'") == [(1,)]
    desk.desk.go_on("bye")
    bench.until(lambda: desk.view.state is ScriptState.FINISHED, "finished")
    bench.arrives("SELECT 1 FROM script_run WHERE finished")
    body = json.loads(bench.rows("SELECT body FROM script_run")[0][0])
    assert body["answers"] == {"same": "yes", "paid": "2020-01-02"}
    steps = bench.rows("SELECT place, answered, answer FROM script_step ORDER BY at")
    assert steps == [("same", 1, "yes"), ("paid", 1, ""), ("ticket", 0, ""), ("bye", 0, "")]
    assert not bench.notices[-1].startswith("Script")


def test_another_script_can_be_chosen_and_the_child_may_die_or_hang(bench: Bench) -> None:
    desk = talking(bench, X_Queue="nobody")
    assert (desk.until("a").title, desk.view.why) == ("Anything", "For all calls")
    bill = next(offer for offer in desk.view.offers if offer.title == "Wysoki rachunek")
    desk.desk.choose(bill.script_id)
    assert desk.until("same").why == "Chosen by you"
    desk.answer("other", "ticket")
    anything = next(offer.script_id for offer in desk.view.offers if offer.title == "Anything")
    for forgotten, who in ((False, "You"), (True, "Dana Okafor")):
        desk.desk.choose(anything)
        desk.until("a")
        if forgotten:  # as a desk that was restarted, or a colleague's
            desk.desk._left.clear()
            bench.until(lambda: not bench.session.store.journal.waiting_count(), "it is sent")
        desk.desk.choose(bill.script_id)
        assert desk.until("ticket").resumed_from.startswith(f"{who}, step 2"), "what was answered is not asked again"
    desk.desk.start_over()
    assert desk.until("same").step.question is not None
    assert desk.view.step.question.value == ""  # type: ignore[union-attr]
    os.kill(desk.desk.evaluation.child, signal.SIGKILL)
    desk.answer("yes", "paid")
    desk.desk.evaluation.deadline_ms = 1
    desk.answer("2020-01-02", "ticket")
    assert desk.view.step.say == "I open a ticket."


def test_answers_survive_a_crash_and_are_dropped_here_when_the_wrap_up_is_done(bench: Bench) -> None:
    desk = talking(bench)
    desk.until("same")
    desk.answer("yes", "paid")
    key = bench.session.focus()
    assert any(name.startswith("script:") for name in bench.session.store.journal.drafts())
    bench.session.calls.end()
    bench.until(lambda: bench.session.wrap_up_view().in_wrap_up, "wrap-up")
    bench.stop()
    bench.start()
    again = Desk(bench)
    assert again.until("paid").resumed_from == "You, step 2"
    again.answer("2020-01-02", "ticket")
    assert again.view.resumed_from == ""
    bench.session.complete_wrap_up(WrapUpResult(key, bench.session.wrap_up_view().dispositions[0].id, "", ""))
    bench.until(lambda: again.view.state is ScriptState.NONE, "done")
    assert not any(name.startswith("script:") for name in bench.session.store.journal.drafts())
    caller = bench.other()
    bench.ring(caller, X_Queue="billing")  # they call again: gone on with
    view = again.until("ticket")
    assert "Dana" in view.resumed_from
    assert "step 3" in view.resumed_from
