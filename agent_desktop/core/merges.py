"""Customers who look like one person: asked for beside everything else, merged, taken apart, told apart."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import data
from agent_desktop.core import interaction_ids
from agent_desktop.core.store import Store
from agent_desktop.data import operations as op
from agent_desktop.data.rows import ApartLine, Changed, Duplicate, MergeLine, MergeSide

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_desktop.core.views import DatabaseView


class Merges(QObject):
    """Signals: undone(MergeLine) once an undo of this desktop is in the database; refused(operation, why): what was not
    merged, or not taken apart, after all."""

    undone = Signal(object)
    refused = Signal(object, str)

    def __init__(self, store: Store):
        super().__init__()
        self.agent_id: UUID | None = None
        self._store = store
        self._undoing: set[UUID] = set()
        self._told: set[int] = set()
        store.changed.connect(self._stored)
        store.state_changed.connect(self._state)

    # ----------------------------------------------------------------- reading

    def alike(self, customer_id: UUID, then: "Callable[[tuple[Duplicate, ...]], None]") -> None:
        """Who may be the same person."""
        self._store.browse(lambda session: data.duplicates.of(session, customer_id), then, _in_vain)

    def sides(
        self,
        one: UUID,
        other: UUID,
        then: "Callable[[MergeSide | None, MergeSide | None], None]",
        failed: "Callable[[Exception], None]",
    ) -> None:
        """Both, as they are now; the one of whom there is more first."""

        def question(session: Any) -> list[MergeSide | None]:
            found = [data.merges_made.side(session, key) for key in (one, other)]
            return sorted(
                found, key=lambda side: side.contacts + side.tickets if side is not None else -1, reverse=True
            )

        self._store.browse(question, lambda found: then(*found), failed)

    def made(
        self,
        then: "Callable[[tuple[MergeLine, ...], tuple[ApartLine, ...]], None]",
        failed: "Callable[[Exception], None]",
    ) -> None:
        """The merges that were made, and who was told apart; the newest first."""

        def question(session: Any) -> tuple[tuple[MergeLine, ...], tuple[ApartLine, ...]]:
            return data.merges_made.made(session), data.duplicates.said_apart(session)

        self._store.browse(question, lambda found: then(*found), failed)

    # ----------------------------------------------------------------- writing

    def merge(self, kept_id: UUID, gone_id: UUID, taken: tuple[str, ...]) -> UUID:
        """Merge ``gone_id`` into ``kept_id``, with these fields of the former; the merge's id, to undo it."""
        merge_id = interaction_ids.new_id()
        self._store.put(
            op.MergeCustomers(
                agent_id=self.agent_id,
                merge_id=merge_id,
                kept_id=kept_id,
                gone_id=gone_id,
                taken=taken,
                joined=("tags",),
            )
        )
        return merge_id

    def undo(self, merge_id: UUID) -> None:
        """Take a merge apart; ``undone`` or ``refused`` follows."""
        self._undoing.add(merge_id)
        self._store.put(op.UndoMerge(agent_id=self.agent_id, merge_id=merge_id))

    def set_apart(self, one: UUID, other: UUID, *, apart: bool) -> None:
        """They are two people; or that was wrong, and they are offered again."""
        self._store.put(op.SetApart(agent_id=self.agent_id, one_id=one, other_id=other, apart=apart))

    # ----------------------------------------------------------- what happened

    @Slot(object)
    def _stored(self, _changed: Changed) -> None:
        if not self._undoing:
            return

        def answer(lines: tuple[MergeLine, ...], _apart: object) -> None:
            for line in lines:
                if line.id in self._undoing and line.undone_at is not None:
                    self._undoing.discard(line.id)
                    self.undone.emit(line)

        self.made(answer, _in_vain)

    @Slot(object)
    def _state(self, view: "DatabaseView") -> None:
        """A refused merge stays in the journal until somebody has read why; here it is said at once."""
        if not view.refused:
            return
        for row in self._store.journal.refused():
            if isinstance(row.operation, op.MergeCustomers | op.UndoMerge) and row.seq not in self._told:
                self._told.add(row.seq)
                self._undoing.discard(row.operation.merge_id)
                self.refused.emit(row.operation, row.reason)


def _in_vain(_error: Exception) -> None:
    """It is asked again when something changes."""
