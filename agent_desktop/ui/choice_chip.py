"""A filter as a chip: what it filters by and the value, a menu to change it, and a way back to no filter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QStyle, QWidget

from agent_desktop.ui import icons, theme

Option = tuple[str, str]  # value, words

_PAD = 11
_GAP = 6
_SIGN = 12


class ChoiceChip(QAbstractButton):
    """One choice of several, opened as a menu; the first option is "no filter". Signal: changed(value).

    Space, Enter or Down open the menu; Delete or Backspace clear it, as does a click on its cross. ``always``: one is
    always chosen, and none of them means nothing.
    """

    changed = Signal(str)

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        value: str | None = None,
        parent: QWidget | None = None,
        *,
        always: bool = False,
    ):
        super().__init__(parent)
        self._name, self._options, self._always = name, list(options), always
        self._value = value if value is not None else options[0][0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self._tell()

    def value(self) -> str:
        return self._value

    def set_options(self, options: Sequence[Option]) -> None:
        """Other options; a chosen value that is no longer among them stays, shown as it is."""
        self._options = list(options)
        self._tell()

    def set_value(self, value: str) -> None:
        """Without a signal."""
        self._value = value
        self._tell()

    def is_set(self) -> bool:
        """Whether it filters at all."""
        return not self._always and self._value != self._options[0][0]

    def clear(self) -> None:
        if not self._always:
            self._choose(self._options[0][0])

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.changed.emit(value)

    def _words(self) -> str:
        return dict(self._options).get(self._value, self._value)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words()}")
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """The menu with the present value checked."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, words in self._options:
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, chosen=value: self._choose(chosen))
            group.addAction(action)
            menu.addAction(action)
            if action.isChecked():
                menu.setActiveAction(action)
        return menu

    def open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.rect().bottomLeft()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            corner = QPoint(self.width() - menu.sizeHint().width(), self.height())
        menu.popup(self.mapToGlobal(corner + QPoint(0, 4)))

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open_menu()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_set() and self._sign_rect().adjusted(-6, -8, 6, 8).contains(event.position().toPoint()):
            self.setDown(False)
            self.clear()
        else:
            super().mouseReleaseEvent(event)

    # -------------------------------------------------------------- painting

    def sizeHint(self) -> QSize:
        shown = self.is_set() or self._always
        name = QFontMetrics(theme.font("small")).horizontalAdvance(self._name)
        value = QFontMetrics(theme.font("small-b")).horizontalAdvance(self._words()) + _GAP if shown else 0
        limit = theme.px(220)
        return QSize(min(limit, name + value + _GAP + theme.px(_SIGN) + 2 * _PAD + 4), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _sign_rect(self) -> QRect:
        size = theme.px(_SIGN)
        spot = QRect(self.width() - _PAD - size, (self.height() - size) // 2, size, size)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, direction = self.is_set(), self.layoutDirection()
        painter.setBrush(theme.color("accent_bg" if on else "hover" if self.underMouse() else "surface"))
        pen = painter.pen()
        pen.setColor(theme.color("focus" if self.hasFocus() else "accent" if on else "line2"))
        pen.setWidth(2 if self.hasFocus() else 1)
        painter.setPen(pen)
        inner = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        sign = self._sign_rect()
        tone = "accent_text" if on else "text2"
        painter.drawPixmap(sign.topLeft(), icons.pixmap("x" if on else "chevron-down", tone, sign.width(), stroke=2.0))
        align = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        left, right = _PAD, self.width() - _PAD - theme.px(_SIGN) - _GAP
        for role, text in (("small", self._name), ("small-b", self._words() if on or self._always else "")):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            room = QRect(left, 0, max(0, right - left), self.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QStyle.visualRect(direction, self.rect(), room), align, shown)
            left += painter.fontMetrics().horizontalAdvance(text) + _GAP

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)
