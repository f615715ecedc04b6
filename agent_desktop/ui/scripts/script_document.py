"""The script being edited, with everything that was done to it to be taken back."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from agent_desktop.core.scripts.model import Script


class _Change(QUndoCommand):
    """One script in the place of another. Typing on in one field is one change."""

    def __init__(self, document: "ScriptDocument", after: Script, step_id: str, field: str):
        super().__init__()
        self._document, self._before, self._after = document, document.script, after
        self._step_before, self.step_id, self.field = document.step_id, step_id, field

    def id(self) -> int:
        return 1 if self.field else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or (other.step_id, other.field) != (self.step_id, self.field):
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._document.show(self._after, self.step_id)

    def undo(self) -> None:
        self._document.show(self._before, self._step_before)


class ScriptDocument(QObject):
    """Signals: changed() the script or the step that is looked at; touched(bool) whether something is not stored."""

    changed = Signal()
    touched = Signal(bool)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.script: Script | None = None
        self.step_id = ""
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(500)
        self.stack.cleanChanged.connect(self._clean)

    @Slot(bool)
    def _clean(self, clean: bool) -> None:
        self.touched.emit(not clean)

    def open(self, script: Script | None, step_id: str = "") -> None:
        """Another script; what was done to the one before cannot be taken back any more."""
        self.script = None
        self.stack.clear()
        self.show(script, step_id)
        self.touched.emit(False)

    def show(self, script: Script | None, step_id: str) -> None:
        """Without a trace in what can be taken back."""
        known = {step.id for step in script.steps} if script is not None else set()
        first = script.first if script is not None and script.first in known else next(iter(known), "")
        self.script, self.step_id = script, step_id if step_id in known else first
        self.changed.emit()

    def look_at(self, step_id: str) -> None:
        """Go to another step."""
        if self.script is not None and step_id != self.step_id:
            self.show(self.script, step_id)

    def change(self, script: Script, step_id: str = "", field: str = "") -> None:
        """``field`` names what is being typed in: the next change of the same one is taken back together with it."""
        if self.script is not None and script != self.script:
            self.stack.push(_Change(self, script, step_id or self.step_id, field))

    def is_touched(self) -> bool:
        return not self.stack.isClean()

    def stored(self) -> None:
        """It is stored as it stands now."""
        self.stack.setClean()
        self.touched.emit(False)
