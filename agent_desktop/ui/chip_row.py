"""Filters of which one is on, as chips with counts: one tab stop, arrows move, icons alone where room is short."""

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_desktop.ui.buttons import Button, chip
from agent_desktop.ui.labels import plain_tooltip

_GAP = 6


class Filter(msgspec.Struct, frozen=True):
    key: str
    label: str
    icon: str = ""


class ChipRow(QWidget):
    """Signal: chosen(key), when the agent picks another filter."""

    chosen = Signal(str)

    def __init__(self, filters: tuple[Filter, ...], name: str):
        super().__init__()
        self.setAccessibleName(name)
        self._filters = {entry.key: entry for entry in filters}
        self._counts: dict[str, str] = {}
        self._key = filters[0].key
        self._hint = QSize()
        self._chips: dict[str, Button] = {}
        for entry in filters:
            button = chip(entry.label, entry.icon)
            button.setParent(self)
            button.clicked.connect(lambda _on=False, key=entry.key: self._picked(key))
            button.installEventFilter(self)
            self._chips[entry.key] = button
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._show_choice()

    def key(self) -> str:
        return self._key

    def choose(self, key: str) -> None:
        """Turn a filter on, without a signal."""
        self._key = key
        self._show_choice()
        self._arrange()

    def set_counts(self, counts: dict[str, str]) -> None:
        """Text behind each label ("21"); a filter without one is left out unless it is on or the first."""
        if counts == self._counts:
            return
        self._counts = dict(counts)
        self._arrange()

    def _picked(self, key: str) -> None:
        changed = key != self._key
        self.choose(key)
        if changed:
            self.chosen.emit(key)

    def _show_choice(self) -> None:
        for key, button in self._chips.items():
            button.setChecked(key == self._key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == self._key else Qt.FocusPolicy.ClickFocus)

    # ------------------------------------------------------------------ room

    def _present(self) -> list[str]:
        first = next(iter(self._filters))
        return [key for key in self._filters if key in self._counts or key in (first, self._key)]

    def _label(self, key: str, *, short: bool) -> str:
        entry, count = self._filters[key], self._counts.get(key, "")
        return count if short and entry.icon else f"{entry.label} {count}".strip()

    def _arrange(self) -> None:
        present = self._present()
        for short in (False, True):
            for key in present:
                button, full = self._chips[key], self._label(key, short=False)
                button.setText(self._label(key, short=short))
                button.setAccessibleName(full)
                button.setToolTip(plain_tooltip(full) if short and self._filters[key].icon else "")
            needed = sum(self._chips[key].sizeHint().width() for key in present) + _GAP * (len(present) - 1)
            if needed <= self.width():
                break
        self._place(present)
        hint = self.sizeHint()
        if hint != self._hint:  # else the page is laid out again with every count
            self._hint = hint
            self.updateGeometry()

    def _place(self, present: list[str]) -> None:
        x = 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for key, button in self._chips.items():
            button.setVisible(key in present)
            if key in present:
                size = button.sizeHint()
                button.setGeometry(self.width() - x - size.width() if mirrored else x, 0, size.width(), size.height())
                x += size.width() + _GAP

    def sizeHint(self) -> QSize:
        hints = [self._chips[key].sizeHint() for key in self._present()]
        return QSize(sum(hint.width() for hint in hints) + _GAP * (len(hints) - 1), hints[0].height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange) and self._chips:
            self._arrange()

    # ------------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            forward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
            step = {Qt.Key.Key_Right: forward, Qt.Key.Key_Left: -forward}.get(Qt.Key(event.key()), 0)
            present = self._present()
            at = present.index(self._key) + step
            if step and 0 <= at < len(present):
                self._picked(present[at])
                self._chips[present[at]].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
