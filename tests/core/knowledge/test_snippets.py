"""What ``;name`` means while somebody types, and what its text becomes."""

import pytest

from agent_desktop.core.knowledge.snippets import filled, fitting, typed
from agent_desktop.data.ids import new_id
from agent_desktop.data.knowledge_rows import SnippetRow

ME = new_id()


def row(name: str, *, own: bool = False, active: bool = True) -> SnippetRow:
    return SnippetRow(new_id(), 1, ME if own else None, name, "x", active)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (";", ""), (";re", "re"), ("Spoke to her ;re", "re"), ("(;ré", "ré"), ("a\t;x", "x"),
        ("", None), ("re", None), ("a;re", None), ("; re", None), (";re ", None), ("http://x;y", None),
        (";" + "x" * 31, None),
    ],
)  # fmt: skip
def test_what_is_being_typed(before: str, name: str | None) -> None:
    assert typed(before) == name


def test_which_fit() -> None:
    rows = (row("reread"), row("hello"), row("callback"), row("hello", own=True), row("recall", active=False))
    assert [(one.name, one.owner_id) for one in fitting(rows, "HEL")] == [("hello", ME)], "one's own stands for it"
    assert [one.name for one in fitting(rows, "re")] == ["reread"], "what was taken away is not offered"
    assert [one.name for one in fitting(rows, "ll")] == ["callback", "hello"]
    assert [one.name for one in fitting(rows, "", most=2)] == ["callback", "hello"]
    assert fitting(rows, "zz") == ()


def test_fields_are_put_in_once_and_as_they_are() -> None:
    values = {"customer": "<b>{agent}</b>", "agent": "Dana"}
    assert (
        filled("{customer} and {agent}, {unknown}, { agent }", values)
        == "<b>{agent}</b> and Dana, {unknown}, { agent }"
    )
    assert filled("{customer}", {}) == "{customer}", "without a name the field stays to be seen"
