"""How several desktops' words about one row come together, the same in whatever order they arrive.

A stamp is ``[at_us, op_id]`` of the operation whose word stands for a field; rows keep theirs in a ``stamps`` column.
A value without a stamp (seeded, imported) counts as said before all others.
"""

from collections.abc import Mapping
from typing import Any

Stamp = list[Any]  # JSON: [at_us, op_id as hex]
_BEFORE_ALL: Stamp = [-1, ""]


class Merge:
    """One operation's changes to one row; read ``changes`` at the end."""

    def __init__(self, row: Mapping[str, Any], stamp: Stamp):
        self.row = row
        self.stamp = stamp
        self.stamps: dict[str, Any] = dict(row.get("stamps") or {})
        self._changed: dict[str, Any] = {}

    @property
    def changes(self) -> dict[str, Any]:
        """The columns to write, stamps included; empty when the row already says all of it."""
        found = {name: value for name, value in self._changed.items() if self.row.get(name) != value}
        if self.stamps != (self.row.get("stamps") or {}):
            found["stamps"] = self.stamps
        return found

    def value(self, field: str) -> Any:
        """What the field says after the merge so far."""
        return self._changed.get(field, self.row.get(field))

    def first(self, field: str, value: Any) -> None:
        """The earliest word stays; None and "" say nothing."""
        if value is None or value == "":
            return
        empty = self.row.get(field) in (None, "") and field not in self.stamps
        if empty or self.stamp < self.stamps.get(field, _BEFORE_ALL):
            self._say(field, value)

    def last(self, field: str, value: Any) -> None:
        """The latest word stays; None says nothing."""
        if value is not None and self.stamp > self.stamps.get(field, _BEFORE_ALL):
            self._say(field, value)

    def least(self, field: str, value: Any) -> None:
        """The smallest value stays."""
        if value is not None:
            known = self.value(field)
            self._changed[field] = value if known is None else min(known, value)

    def most(self, field: str, value: Any) -> None:
        """The greatest value stays."""
        if value is not None:
            known = self.value(field)
            self._changed[field] = value if known is None else max(known, value)

    def put(self, field: str, value: Any) -> None:
        """Write a value that was worked out by a rule of its own."""
        self._changed[field] = value

    def _say(self, field: str, value: Any) -> None:
        self._changed[field] = value
        self.stamps[field] = self.stamp
