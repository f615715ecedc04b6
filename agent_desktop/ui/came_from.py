"""Where the keyboard was before something asked for it, and the way back there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class CameFrom:
    """For a part of a screen that is opened by a key and goes by itself: the focus must not land on what is next."""

    def __init__(self, part: QWidget) -> None:
        self._part = part
        self._before: QWidget | None = None

    def remember(self) -> None:
        """The part is about to take the focus."""
        now = QApplication.focusWidget()
        if now is not None and not self.inside():
            self._before = now

    def inside(self) -> bool:
        """Whether the focus is in the part."""
        now = QApplication.focusWidget()
        return now is not None and (now is self._part or self._part.isAncestorOf(now))

    def leave(self) -> None:
        """The part goes: back to where the focus was, else nowhere."""
        before, self._before = self._before, None
        if not self.inside():
            return
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (now := QApplication.focusWidget()) is not None:
            now.clearFocus()
