"""A frame that opens below a button, inside the window, and leaves the keys of the application working."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid


class Flyout(QObject):
    """Opens and closes one frame; a click outside or Escape closes it and focus goes back. Signal: closed()."""

    closed = Signal()

    def __init__(self, content: QFrame):
        super().__init__(content)
        self._content = content
        self._anchor: QWidget | None = None
        self._return_to: QWidget | None = None
        self._watched: QWindow | None = None
        content.setProperty("overlay", True)
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content.hide()

    def is_open(self) -> bool:
        return not self._content.isHidden()

    def open(self, anchor: QWidget, *, take_focus: bool = True) -> None:
        """Place the frame under ``anchor``, pulled in where the window ends."""
        window, content = anchor.window(), self._content
        self._anchor, self._return_to = anchor, window.focusWidget()
        content.setParent(window)
        self._watch(window.windowHandle())
        self.place()
        content.show()
        content.raise_()
        if take_focus:
            content.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Fit the frame to its content and put it at its button again."""
        if self._anchor is None:
            return
        window, content = self._anchor.window(), self._content
        content.adjustSize()
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 6))
        if self._anchor.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            below.setX(below.x() + self._anchor.width() - content.width())
        x = max(8, min(below.x(), window.width() - content.width() - 8))
        y = max(8, min(below.y(), window.height() - content.height() - 8))
        content.move(x, y)

    def close(self) -> None:
        if not self.is_open():
            return
        inside = self._content.window().focusWidget()
        had_focus = inside is not None and (inside is self._content or self._content.isAncestorOf(inside))
        back = self._return_to
        if had_focus and back is not None and isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self._content.hide()
        self._watch(None)
        self.closed.emit()

    def toggle(self, anchor: QWidget) -> None:
        if self.is_open():
            self.close()
        else:
            self.open(anchor)

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if not self._covers(self._content, event.globalPosition()) and not self._covers(
                self._anchor, event.globalPosition()
            ):
                self.close()
        elif kind == QEvent.Type.Resize:
            self.close()
        return False

    @staticmethod
    def _covers(widget: QWidget | None, at: QPointF) -> bool:
        return widget is not None and isValid(widget) and widget.rect().contains(widget.mapFromGlobal(at).toPoint())
