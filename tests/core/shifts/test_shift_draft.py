"""Planning: steps back and forth, a week copied, and what is stored at which version."""

from datetime import date, timedelta
from uuid import UUID

from agent_desktop.core.shifts import shift_text
from agent_desktop.core.shifts.shift_draft import ShiftDraft
from agent_desktop.data.staffing_rows import ShiftRow

ANN, BEN = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=day) for day in range(14)]
EARLY, LATE = shift_text.read("6-14"), shift_text.read("14-22")


def test_every_step_goes_back_and_forth_past_what_was_stored() -> None:
    draft = ShiftDraft()
    draft.load([ShiftRow(ANN, MONDAY, 3, EARLY)], DAYS, (ANN, BEN))
    assert not draft.set({(ANN, MONDAY): EARLY}), "as it is"
    assert draft.set({(ANN, MONDAY): LATE, (BEN, MONDAY): EARLY})
    assert draft.copy_week((ANN, BEN), MONDAY)
    rows = draft.changes()
    assert [(row.agent_id, row.day, row.version, row.parts) for row in rows] == [
        (ANN, MONDAY, 3, LATE), (ANN, DAYS[7], 0, LATE), (BEN, MONDAY, 0, EARLY), (BEN, DAYS[7], 0, EARLY),
    ]  # fmt: skip
    draft.undo()
    assert len(draft.changes()) == 2
    draft.redo()
    assert draft.changes() == rows
    draft.saved(rows)
    assert not draft.changes()
    draft.undo()
    draft.undo()
    assert [(row.agent_id, row.version, row.parts) for row in draft.changes()] == [
        (ANN, 4, EARLY), (ANN, 1, ()), (BEN, 1, ()), (BEN, 1, ()),
    ]  # fmt: skip
    assert not draft.can_undo
    draft.redo()
    assert draft.set({(BEN, MONDAY): LATE})
    assert not draft.can_redo


def test_what_others_stored_comes_without_taking_ours() -> None:
    draft = ShiftDraft()
    draft.load([], DAYS, (ANN, BEN))
    draft.set({(ANN, MONDAY): LATE, (BEN, MONDAY): LATE})
    draft.load([ShiftRow(ANN, MONDAY, 1, LATE), ShiftRow(BEN, MONDAY, 2, EARLY)], DAYS, (ANN, BEN))
    assert [(row.agent_id, row.version) for row in draft.changes()] == [(BEN, 2)], "Ann's is stored as it is here"
    draft.forget()
    assert draft.parts((BEN, MONDAY)) == EARLY
    assert not draft.can_undo
