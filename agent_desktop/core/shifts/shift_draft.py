"""Shifts being planned: what is stored, what was changed since, and the way back. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow

Key = tuple[UUID, date]
Parts = tuple[ShiftPart, ...]
WEEK = timedelta(days=7)
_MOST_UNDO = 200


class ShiftDraft:
    """Nothing of it is stored until ``changes`` are. ``undo`` and ``redo`` go through every edit, of any week, and
    past what was stored: going back is a change like any other.
    """

    def __init__(self) -> None:
        self._stored: dict[Key, ShiftRow] = {}
        self._edits: dict[Key, Parts] = {}
        self._done: list[dict[Key, tuple[Parts, Parts]]] = []
        self._undone: list[dict[Key, tuple[Parts, Parts]]] = []

    def load(self, rows: Iterable[ShiftRow], days: Sequence[date], people: Iterable[UUID]) -> None:
        """What the database has for these days and people; what was changed here stays changed."""
        wanted, theirs = set(days), set(people)
        self._stored = {key: row for key, row in self._stored.items() if key[1] not in wanted or key[0] not in theirs}
        self._stored |= {(row.agent_id, row.day): row for row in rows}
        self._write(self._edits)

    def parts(self, key: Key) -> Parts:
        """As it would be stored."""
        return self._edits[key] if key in self._edits else self._kept(key)

    def is_changed(self, key: Key) -> bool:
        return key in self._edits

    def changes(self) -> tuple[ShiftRow, ...]:
        """What there is to store, each at the version that it was read at."""
        versions = {key: row.version for key, row in self._stored.items()}
        return tuple(ShiftRow(*key, versions.get(key, 0), parts) for key, parts in sorted(self._edits.items()))

    def set(self, cells: Mapping[Key, Parts]) -> bool:
        """Change some days at once: one step back. Whether that changed anything."""
        step = {key: (self.parts(key), parts) for key, parts in cells.items() if parts != self.parts(key)}
        if not step:
            return False
        self._done.append(step)
        del self._done[:-_MOST_UNDO]
        self._undone.clear()
        self._write({key: after for key, (_before, after) in step.items()})
        return True

    def copy_week(self, people: Iterable[UUID], monday: date) -> bool:
        """The week after ``monday``'s is planned as this one; both must be loaded."""
        days = [monday + timedelta(days=day) for day in range(7)]
        return self.set({(who, day + WEEK): self.parts((who, day)) for who in people for day in days})

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        if self._done:
            self._undone.append(self._done.pop())
            self._write({key: before for key, (before, _after) in self._undone[-1].items()})

    def redo(self) -> None:
        """Go the last step that was taken back once more, if there is one."""
        if self._undone:
            self._done.append(self._undone.pop())
            self._write({key: after for key, (_before, after) in self._done[-1].items()})

    def saved(self, rows: Iterable[ShiftRow]) -> None:
        """These are in the database now."""
        for row in rows:
            self._stored[row.agent_id, row.day] = ShiftRow(row.agent_id, row.day, row.version + 1, row.parts)
        self._write(self._edits)

    def forget(self) -> None:
        """Drop what was changed, and the way back."""
        self._edits = {}
        self._done.clear()
        self._undone.clear()

    def _write(self, cells: Mapping[Key, Parts]) -> None:
        edits = self._edits | dict(cells)
        self._edits = {key: parts for key, parts in edits.items() if parts != self._kept(key)}

    def _kept(self, key: Key) -> Parts:
        row = self._stored.get(key)
        return row.parts if row is not None else ()
