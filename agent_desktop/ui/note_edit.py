"""The notes of a call: plain text with a limit, told on at short intervals while somebody types."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from agent_desktop.ui import theme

LIMIT = 2000  # UTF-16 units, as Qt counts
_TELL_AFTER_MS = 250  # from the first unsaved key, also while typing goes on


class NoteEdit(QPlainTextEdit):
    """Signals: typed(str), at most every 250 ms and when focus leaves; counted(int) on every change."""

    typed = Signal(str)
    counted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self._cutting = False
        self.setTabChangesFocus(True)
        theme.dress(self, "body")
        self._tell_soon = QTimer(self, singleShot=True, interval=_TELL_AFTER_MS)
        self._tell_soon.timeout.connect(self.flush)
        self.document().contentsChange.connect(self._changed)

    def set_text(self, text: str) -> None:
        """Replace everything, without telling; what was undone before is forgotten."""
        self._tell_soon.stop()
        self._told = text
        self._cutting = True  # a stored note is never cut
        self.setPlainText(text)
        self._cutting = False
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.counted.emit(self.length())

    def length(self) -> int:
        return self.document().characterCount() - 1

    def is_dirty(self) -> bool:
        """Whether there is text that was not told yet."""
        return self.toPlainText() != self._told

    def flush(self) -> None:
        """Tell what is new now."""
        self._tell_soon.stop()
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.typed.emit(text)

    def _changed(self, position: int, _removed: int, added: int) -> None:
        if self._cutting:
            return
        over = self.length() - LIMIT
        if over > 0 and added:
            QTimer.singleShot(0, self, lambda: self._cut(position, added))
        self.counted.emit(min(self.length(), LIMIT))
        if not self._tell_soon.isActive():
            self._tell_soon.start()

    def _cut(self, position: int, added: int) -> None:
        """Take back the end of what was just put in, as far as it is over the limit."""
        over = min(self.length() - LIMIT, added)
        end = min(position + added, self.length())
        if over <= 0 or end - over < 0:
            return
        start = end - over
        units = self.toPlainText().encode("utf-16-le", "surrogatepass")
        if 0xDC <= units[2 * start + 1] <= 0xDF:  # never half a character
            start -= 1
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.endEditBlock()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()
