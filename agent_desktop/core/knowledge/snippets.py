"""Texts for notes: which one ``;name`` means while somebody types, and what it becomes."""

import re
from collections.abc import Iterable, Mapping

from agent_desktop.data.folding import fold
from agent_desktop.data.knowledge_rows import SnippetRow

_TYPED = re.compile(r"(?:^|(?<=[\s(]));(\w{0,30})$")
_FIELD = re.compile(r"\{(\w{1,30})\}")
FIELDS = ("customer", "agent")


def typed(before: str) -> str | None:
    """The name that is being typed at the end of ``before``, without its semicolon; None where none is."""
    found = _TYPED.search(before[-40:])
    return found[1] if found is not None else None


def fitting(rows: Iterable[SnippetRow], name: str, most: int = 6) -> tuple[SnippetRow, ...]:
    """Those whose name begins so, then those that contain it; one's own stands for the centre's of the same name."""
    wanted = fold(name)
    every = tuple(rows)
    own = {row.name for row in every if row.owner_id is not None}
    known = [row for row in every if row.active and (row.owner_id is not None or row.name not in own)]
    found = [(not fold(row.name).startswith(wanted), row.name, row) for row in known if wanted in fold(row.name)]
    return tuple(row for *_order, row in sorted(found, key=lambda one: one[:2]))[:most]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields put in, once: what a name says is never read as a field. Unknown ones stay as typed."""
    return _FIELD.sub(lambda found: values.get(found[1]) or found[0], text)
