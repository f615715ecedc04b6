"""The narrow strip of screens at the window's edge; one tab stop, arrows move."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from agent_desktop.ui import actions, theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.indicators import Disc
from agent_desktop.ui.layouts import column

_FOOT = ("sheet", "settings")


class RailEntry(ToolButton):
    """One screen; a dot asks for attention."""

    def __init__(self, name: str, *, checkable: bool):
        entry = actions.BY_NAME[name]
        super().__init__(entry.icon, actions.label(name), size=20, keys=actions.keys(name))
        self._name, self._icon_for, self._dot = name, entry.icon, False
        self.setProperty("rail", True)
        theme.size(self, minimum_width=40, minimum_height=40)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self.toggled.connect(self._tint)

    def set_attention(self, on: bool) -> None:
        if on != self._dot:
            self._dot = on
            words = self.tr("{0}, wants attention") if on else "{0}"
            self.setAccessibleName(words.format(actions.label(self._name)))
            self.update()

    def _tint(self, on: bool) -> None:
        self.set_icon(self._icon_for, "accent_text" if on else "text2")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._dot:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for token, grow in (("surface", 2), ("ringing", 0)):
            painter.setBrush(theme.color(token))
            painter.drawEllipse(QRectF(self.width() - 15 - grow, 7 - grow, 8 + 2 * grow, 8 + 2 * grow))


class Rail(QFrame):
    """Screens above, shortcuts and settings below. Signal: chosen(name) with an action's name."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str] = actions.SCREENS, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Screens"))
        self._entries = {name: RailEntry(name, checkable=name != "sheet") for name in (*names, *_FOOT)}
        self._mark = Disc("headset", "accent", "on", 32)
        body = column(spacing=6, margins=(9, 10, 9, 10))
        centre = Qt.AlignmentFlag.AlignHCenter
        body.addWidget(self._mark, 0, centre)
        body.addSpacing(10)
        for name, entry in self._entries.items():
            if name == _FOOT[0]:
                body.addStretch(1)
            body.addWidget(entry, 0, centre)
            entry.clicked.connect(lambda _checked=False, picked=name: self.chosen.emit(picked))
        self.setLayout(body)
        self.setFixedWidth(theme.px(60))

    def set_entries(self, names: Collection[str]) -> None:
        """Show only these screens."""
        for name, entry in self._entries.items():
            entry.setVisible(name in names or name in _FOOT)

    def set_current(self, name: str) -> None:
        """Mark the screen on view; its dot goes."""
        entry = self._entries.get(name)
        if entry is not None:
            entry.setChecked(True)
            entry.set_attention(False)

    def set_attention(self, name: str, on: bool = True) -> None:
        """A dot at a screen where something waits; the one on view needs none."""
        entry = self._entries.get(name)
        if entry is not None:
            entry.set_attention(on and not entry.isChecked())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(theme.px(60))
        super().changeEvent(event)
