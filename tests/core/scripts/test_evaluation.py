"""The child that works out scripts: answers, endless work, being killed, a program it does not have any more."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.core.scripts import facts, model
from agent_desktop.core.scripts.evaluation import Evaluation
from agent_desktop.core.scripts.orders import Answer, Check, Checked, Kind, Move, Moved, Prepare, Prepared
from agent_desktop.core.scripts.runner import Facts, Run

FACTS = Facts(names=facts.named(customer={"name": "Marta"}), today=date(2026, 11, 22))
ENDLESS = "(a+)+b"


def program(*steps: dict[str, Any]) -> model.Program:
    return model.Program(script=msgspec.convert({"id": "main", "title": "Main", "steps": steps}, model.Script))


class Child:
    """Asks, and waits for the answer."""

    def __init__(self, qtbot: QtBot):
        self.evaluation = Evaluation()
        self.evaluation.deadline_ms = 20_000  # a test machine may be busy
        self._qtbot = qtbot

    def ask(self, order: Any, loaded: model.Program | None = None, key: str = "main 1") -> Answer | str:
        answers: list[Answer | str] = []
        self.evaluation.ask(order, answers.append, answers.append, (key, loaded) if loaded is not None else None)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
        return answers[0]

    def move(self, loaded: model.Program, kind: Kind = Kind.BEGIN, run: Run | None = None, text: str = "") -> Moved:
        answer = self.ask(
            lambda number: Move(
                number=number, key="main 1", kind=kind, facts=FACTS, run=run, text=text, run_id=UUID(int=1)
            ),
            loaded,
        )
        assert isinstance(answer, Moved)
        return answer


@pytest.fixture
def child(qtbot: QtBot) -> Iterator[Child]:
    made = Child(qtbot)
    yield made
    made.evaluation.stop()


def test_moves_actions_and_checks_go_to_the_child_and_come_back(child: Child) -> None:
    loaded = program(
        {"id": "a", "say": "Hello {{ customer.name }}", "ask": {"type": "money"}, "next": "b"},
        {
            "id": "b",
            "say": "{{ a|money }}",
            "actions": [{"do": "open_ticket", "subject": "{{ a }}", "body": "{{ c }}"}],
        },
    )
    begun = child.move(loaded)
    assert begun.view.say == "Hello Marta"
    there = child.move(loaded, Kind.ANSWER_AND_GO, begun.run, "1")
    assert (there.run.place, there.view.say) == ("b", "1.00")
    refused = child.move(loaded, Kind.ANSWER_AND_GO, begun.run, "one")
    assert refused.view.question is not None
    assert (refused.run.place, refused.view.question.error, refused.view.question.value) == ("a", "not_a_number", "one")
    texts = child.ask(lambda n: Prepare(number=n, key="main 1", run=there.run, action="b#1", facts=FACTS), loaded)
    assert isinstance(texts, Prepared)
    assert (texts.texts["subject"], texts.texts["body"]) == ("1.00", "{{ c }}")
    assert texts.troubles == ("'c' is undefined",)
    found = child.ask(lambda n: Check(n, loaded.script, {}))
    assert isinstance(found, Checked)
    assert [(each.kind, each.detail) for each in found.findings] == [("unknown_field", "c")]


def test_a_text_that_takes_too_long_is_shown_as_written_and_the_rest_goes_on(child: Child) -> None:
    heavy = "{{ customer.name }}" * 3_400  # 64 kB, which compile for longer than a text may take
    loaded = program({"id": "a", "say": heavy, "ask": {"type": "text", "pattern": ENDLESS}, "next": "b"}, {"id": "b"})
    begun = child.move(loaded)
    assert begun.view.say == heavy[:3_000].rstrip() + " …"
    assert "too long" in begun.view.say_error
    first = child.evaluation.child
    there = child.move(loaded, Kind.ANSWER, begun.run, "a" * 64)  # what cannot be matched in time is taken
    assert there.run.answers == {"a": "a" * 64}
    assert child.evaluation.child == first


def test_what_cannot_be_handed_over_is_told_and_the_next_one_goes_on(child: Child) -> None:
    half = program({"id": "a", "say": "half a sign: \ud800"})
    told = child.ask(lambda n: Move(number=n, key="half", kind=Kind.BEGIN, facts=FACTS), half, "half")
    assert "cannot be handed over" in str(told)
    first = child.evaluation.child
    said_of_it = program({"id": "a", "say": "{{ nobody['\\ud800'] }} {{ 1 is in '\\ud800' }}"})
    assert child.move(said_of_it).view.say_error
    assert child.evaluation.child == first


def test_a_child_that_hangs_or_dies_is_replaced_and_the_next_one_has_the_program_again(child: Child) -> None:
    loaded = program({"id": "a", "say": "Hello", "ask": {"type": "text"}})
    run = child.move(loaded).run
    first = child.evaluation.child
    os.kill(first, signal.SIGSTOP)
    child.evaluation.deadline_ms = 100
    hung = child.ask(lambda n: Move(number=n, key="main 1", kind=Kind.SHOW, facts=FACTS, run=run), loaded)
    assert hung == "it took too long to work out"
    child.evaluation.deadline_ms = 10_000
    assert child.move(loaded, Kind.SHOW, run).view.say == "Hello"
    second = child.evaluation.child
    assert second not in (0, first)
    os.kill(second, signal.SIGKILL)
    child.ask(lambda n: Move(number=n, key="main 1", kind=Kind.SHOW, facts=FACTS, run=run), loaded)
    assert child.move(loaded, Kind.SHOW, run).view.say == "Hello"


def test_the_child_cannot_write_files_nor_grow(child: Child) -> None:
    child.move(program({"id": "a", "say": "Hello"}))
    limits = {}
    with open(f"/proc/{child.evaluation.child}/limits") as lines:
        for line in lines:
            limits[line[:25].strip()] = line[26:].split()[0]
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "0"
    assert int(limits["Max address space"]) <= 512 * 1024 * 1024
    assert int(limits["Max cpu time"]) < 10
