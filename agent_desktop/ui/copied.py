"""What is copied is what was said: marks that only help to show a text do not come along."""

import re

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

_HELPERS = re.compile("[\u200b\u2066\u2068\u2069]")  # of wording.breakable, ltr and isolated


class Copied(QObject):
    """Looks at what this program puts on the clipboard; what others put there is theirs."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selected)

    @Slot()
    def _copied(self) -> None:
        self._tidy(QClipboard.Mode.Clipboard)

    @Slot()
    def _selected(self) -> None:
        self._tidy(QClipboard.Mode.Selection)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        selected = mode == QClipboard.Mode.Selection
        return self._clipboard.ownsSelection() if selected else self._clipboard.ownsClipboard()

    def _tidy(self, mode: QClipboard.Mode) -> None:
        if not self._is_ours(mode):
            return
        text = self._clipboard.text(mode)
        if (said := _HELPERS.sub("", text)) != text:
            self._clipboard.setText(said, mode)
