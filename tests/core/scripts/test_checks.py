"""What is found wrong with a script, as a table; and that a right one is let through."""

from typing import Any

import msgspec
import pytest

from agent_desktop.core.scripts import checks, model
from agent_desktop.core.scripts.templates import Sandbox

END = {"id": "end", "say": "Bye"}
YES = {"type": "yes_no"}


def findings(*steps: dict[str, Any], parts: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, str, str]]:
    script = msgspec.convert({"id": "main", "title": "Main", "steps": steps, **more}, model.Script)
    others = {name: msgspec.convert(part, model.Script) for name, part in (parts or {}).items()}
    return [(each.kind, each.step, each.detail) for each in checks.check(script, others, Sandbox())]


WRONG: list[tuple[list[dict[str, Any]], list[tuple[str, str, str]]]] = [
    ([{"id": "a", "next": "b"}], [("no_such_step", "a", "b"), ("dead_end", "a", "")]),
    ([{"id": "a"}, END], [("unreachable", "end", "")]),
    ([{"id": "a", "next": "b"}, {"id": "b", "next": "a"}], [("circle", "a", ""), ("circle", "b", "")]),
    (
        [{"id": "a", "ask": YES, "next": "b"}, {"id": "b", "next": "a"}],
        [("dead_end", "a", ""), ("dead_end", "b", "")],
    ),
    ([{"id": "a", "ask": {**YES, "yes_to": "end"}}, END], [("dead_end", "a", "no")]),
    ([{"id": "a", "next": [{"to": "end", "when": "today"}]}, END], [("may_stop", "a", "")]),
    ([{"id": "a"}, {"id": "a"}], [("twice", "a", "a")]),
    ([{"id": "a", "ask": {**YES, "name": "customer"}}], [("bad_name", "a", "customer")]),
    ([{"id": "a", "ask": {**YES, "name": "x"}, "compute": {"x": "1"}}], [("twice", "a", "x")]),
    ([{"id": "a", "say": "{{ customer.shoe }}"}], [("unknown_field", "a", "customer.shoe")]),
    ([{"id": "a", "say": "{{ nobody }} {{ handoff.anything }}"}], [("unknown_field", "a", "nobody")]),
    ([{"id": "a", "say": "{% for x in y %}{% endfor %}"}], [("refused", "a", "For is not allowed in a script")]),
    ([{"id": "a", "compute": {"x": "2 ** 3"}}], [("refused", "a", "Pow is not allowed in a script")]),
    (
        [{"id": "a", "ask": {"type": "text", "pattern": "("}}],
        [("refused", "a", "missing ), unterminated subpattern at position 0")],
    ),
    ([{"id": "a", "ask": {"type": "date", "latest": "soon"}}], [("refused", "a", "soon")]),
    ([{"id": "a", "script": "other"}], [("no_such_script", "a", "other")]),
    ([{"id": "a", "script": "self_caller"}], [("circle_of_scripts", "", "")]),
    (
        [{"id": "a", "script": "part", "next": "b"}, {"id": "b", "say": "{{ a.sure }}{{ a.nope }}"}],
        [("unknown_field", "b", "a.nope")],
    ),
    (
        [{"id": "a", "ask": YES, "actions": [{"do": "start_handoff", "target": "pay", "amount": "a"}]}],
        [("unknown_field", "a", "a")],
    ),
]
PARTS = {
    "part": {"id": "part", "title": "Part", "steps": [{"id": "sure", "ask": YES}]},
    "self_caller": {"id": "self_caller", "title": "S", "steps": [{"id": "a", "script": "self_caller"}]},
}


@pytest.mark.parametrize(("steps", "wrong"), WRONG)
def test_found(steps: list[dict[str, Any]], wrong: list[tuple[str, str, str]]) -> None:
    assert findings(*steps, parts=PARTS) == wrong


def test_a_missing_translation_is_found_where_there_are_letters() -> None:
    found = findings(
        {"id": "a", "title": {"en": "One", "pl": "Jeden"}, "say": "Hello", "ask": {"type": "number"}, "next": "b"},
        {"id": "b", "title": {"en": "Two"}, "say": "{{ a }}."},
        languages=("en", "pl"),
    )
    assert found == [("no_translation", "", "pl"), ("no_translation", "a", "pl"), ("no_translation", "b", "pl")]


def test_only_what_breaks_a_call_forbids_publishing() -> None:
    assert checks.Finding(checks.Wrong.NO_SUCH_STEP).forbids
    assert checks.Finding(checks.Wrong.REFUSED).forbids
    assert not checks.Finding(checks.Wrong.UNREACHABLE).forbids
    assert not checks.Finding(checks.Wrong.NO_TRANSLATION).forbids
