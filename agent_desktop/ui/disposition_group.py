"""The dispositions as a grid of options: digits 1-9 pick, arrows move; one tab stop."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import plain_tooltip

_GAP = 6
_KEYS = 9
_MOST_SHOWN = 0.94  # so much of a label must be seen in two columns; the rest is in its tooltip


class DispositionGroup(QWidget):
    """Signal: changed(UUID or None)."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[DispositionRow, ...] = ()
        self._buttons: list[Button] = []
        self._chosen: UUID | None = None
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setSpacing(_GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grow(8)

    def set_rows(self, rows: tuple[DispositionRow, ...], chosen: UUID | None) -> None:
        """The dispositions in order, and the one that is on."""
        if rows != self._rows:
            self._rows = rows
            self._grow(len(rows))
            for number, button in enumerate(self._buttons):
                button.setVisible(number < len(rows))
                if number < len(rows):
                    button.setText(rows[number].label.replace("\n", " "))
                    button.set_keys(str(number + 1) if number < _KEYS else "")
                    button.setToolTip(plain_tooltip(rows[number].label))
            self._columns = 0
        self._chosen = chosen if any(entry.id == chosen for entry in rows) else None
        self._show_choice()
        self._arrange()

    def chosen(self) -> DispositionRow | None:
        return next((entry for entry in self._rows if entry.id == self._chosen), None)

    def pick(self, number: int) -> bool:
        """Turn on the option with this index; False if there is none."""
        if not 0 <= number < len(self._rows):
            return False
        self._chosen = self._rows[number].id
        self._show_choice()
        self.changed.emit(self._chosen)
        return True

    def focus_choice(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus the option that is on, else the first."""
        if self._rows:
            self._buttons[self._current()].setFocus(reason)

    def _current(self) -> int:
        return next((number for number, entry in enumerate(self._rows) if entry.id == self._chosen), 0)

    def _grow(self, number: int) -> None:
        while len(self._buttons) < number:
            button = Button("", kind="option", height=32)
            theme.size(button, minimum_width=70)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setParent(self)
            button.hide()
            at = len(self._buttons)
            button.clicked.connect(lambda _on=False, at=at: self._clicked(at))
            button.installEventFilter(self)
            self._buttons.append(button)

    def _clicked(self, at: int) -> None:
        if self._rows[at].id == self._chosen:  # pressed again: none, where none is required the agent may take it back
            self._chosen = None
            self._show_choice()
            self.changed.emit(None)
        else:
            self.pick(at)

    def _show_choice(self) -> None:
        stop = self._current()
        for number, entry in enumerate(self._rows):
            self._buttons[number].setChecked(entry.id == self._chosen)
            self._stop_at(number, stop)

    def _stop_at(self, number: int, stop: int) -> None:
        policy = Qt.FocusPolicy.StrongFocus if number == stop else Qt.FocusPolicy.ClickFocus
        self._buttons[number].setFocusPolicy(policy)

    # ------------------------------------------------------------------- room

    def _arrange(self) -> None:
        """Two columns; one where a label would not fit."""
        shown = self._buttons[: len(self._rows)]
        fits = (self.width() - _GAP) // 2 / _MOST_SHOWN
        columns = 1 if any(button.sizeHint().width() > fits for button in shown) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons:
            self._grid.removeWidget(button)
        for number, button in enumerate(shown):
            self._grid.addWidget(button, number // columns, number % columns)
        for number in (0, 1):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self._grid.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), self._grid.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ------------------------------------------------------------------- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._buttons:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
                number = event.key() - Qt.Key.Key_1
                if self.pick(number):
                    self._buttons[number].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if plain and self._step(self._buttons.index(watched), Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _step(self, at: int, key: Qt.Key) -> bool:
        forward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        steps = {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        if key not in steps:
            return False
        there = at + steps[key]
        if 0 <= there < len(self._rows):
            self._buttons[there].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
