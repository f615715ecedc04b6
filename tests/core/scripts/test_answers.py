"""Typed answers: what is taken, what is refused and why, and that what was kept reads as the same."""

from datetime import date
from typing import Any

import msgspec
import pytest

from agent_desktop.core.scripts import answers, model

TODAY = date(2026, 11, 22)

TAKEN: list[tuple[dict[str, Any], str, model.Value]] = [
    ({"type": "text"}, "  two \t words ", "two words"),
    ({"type": "text", "several_lines": True}, "one\ntwo", "one\ntwo"),
    ({"type": "text"}, "", None),
    ({"type": "text"}, "a\x00b\u202ec", "abc"),
    ({"type": "number"}, "12", 12),
    ({"type": "number"}, "1 234,5", 1234.5),
    ({"type": "number"}, "-0.25", -0.25),
    ({"type": "money"}, "1.234,50", "1234.50"),
    ({"type": "money"}, "1,234.5 EUR", "1234.50"),
    ({"type": "money"}, "1,234,567", "1234567.00"),
    ({"type": "date"}, "2024-02-29", "2024-02-29"),
    ({"type": "date"}, "4.5.1980", "1980-05-04"),
    ({"type": "date"}, "today-1", "2026-11-21"),
    ({"type": "phone"}, "601 442 190", "+48601442190"),
    ({"type": "phone"}, "+49 30 901820", "+4930901820"),
    ({"type": "email"}, "a.b@example.org", "a.b@example.org"),
    ({"type": "yes_no"}, "yes", True),
    ({"type": "yes_no"}, "no", False),
    ({"type": "choice", "options": [{"value": "x", "label": "X"}]}, "x", "x"),
]

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "text", "min_length": 3}, "ab", "too_short 3"),
    ({"type": "text", "max_length": 3}, "abcd", "too_long 3"),
    ({"type": "text"}, "x" * 5000, "too_long 4000"),
    ({"type": "number"}, "twelve", "not_a_number"),
    ({"type": "number"}, "1e9", "not_a_number"),
    ({"type": "number"}, "NaN", "not_a_number"),
    ({"type": "number"}, "٣", "not_a_number"),
    ({"type": "number", "whole": True}, "1.5", "not_whole"),
    ({"type": "number", "minimum": 1}, "0", "too_small 1"),
    ({"type": "money", "maximum": 100}, "100.01", "too_large 100"),
    ({"type": "money"}, "1.005", "too_fine"),
    ({"type": "date"}, "31.2.2026", "not_a_day"),
    ({"type": "date", "latest": "today"}, "2026-11-23", "too_late 2026-11-22"),
    ({"type": "date", "earliest": "2026-01-01"}, "2025-12-31", "too_early 2026-01-01"),
    ({"type": "phone"}, "12", "not_a_phone_number"),
    ({"type": "email"}, "a b@example.org", "not_an_address"),
    ({"type": "yes_no"}, "maybe", "not_offered"),
    ({"type": "choice", "options": [{"value": "x", "label": "X"}]}, "y", "not_offered"),
]


def question(said: dict[str, Any]) -> model.Question:
    return msgspec.convert(said, model.Question)  # type: ignore[no-any-return,call-overload]


@pytest.mark.parametrize(("said", "typed", "value"), TAKEN)
def test_taken(said: dict[str, Any], typed: str, value: model.Value) -> None:
    ask = question(said)
    assert answers.read(ask, typed, "PL", TODAY) == value
    assert answers.read(ask, answers.typed_again(ask, value), "PL", TODAY) == value


@pytest.mark.parametrize(("said", "typed", "trouble"), REFUSED)
def test_refused(said: dict[str, Any], typed: str, trouble: str) -> None:
    with pytest.raises(answers.NotTaken) as refused:
        answers.read(question(said), typed, "PL", TODAY)
    assert refused.value.trouble == trouble
