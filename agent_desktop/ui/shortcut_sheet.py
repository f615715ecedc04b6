"""Every key on one sheet, made from the table of actions."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.ui import actions, theme
from agent_desktop.ui.labels import key_hint, label
from agent_desktop.ui.layouts import Item, column, row, rule

_COLUMNS = (  # the most that there is room for
    (("call", "state"), ("work", "wrap_up", "lead"), ("transfer", "screens", "panels")),
    (("call", "state", "transfer", "screens"), ("work", "wrap_up", "lead", "panels")),
    (("call", "state", "work", "wrap_up", "lead", "transfer", "screens", "panels"),),
)
_BESIDE = 60  # margins and scroll bar
_ANY = 16_777_215


class _Area(QScrollArea):
    """As high as what it holds, less where the window is lower."""

    def sizeHint(self) -> QSize:
        body = self.widget()
        return body.sizeHint() + QSize(4, 4) if body is not None else super().sizeHint()


class ShortcutSheet(QFrame):
    """Signal: closed()."""

    closed = Signal()

    def __init__(self, changed_keys: Mapping[str, str] | None = None, room: int = _ANY):
        """``room``: how wide it may be, in pixels."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        keys = dict(changed_keys or {})
        body = next((fits for fits in self._bodies(keys) if fits.sizeHint().width() + _BESIDE <= room), None)
        body = body or self._body(_COLUMNS[-1], keys)
        area = _Area()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = row(label(self.tr("Keyboard shortcuts"), "h1"), None, key_hint(self.tr("Esc")))
        self.setLayout(column(title, rule(), (area, 1), spacing=14, margins=(24, 20, 24, 16)))
        self.setFixedWidth(min(room, max(theme.px(820), body.sizeHint().width() + _BESIDE)))

    def _bodies(self, keys: Mapping[str, str]) -> Iterator[QWidget]:
        return (self._body(columns, keys) for columns in _COLUMNS)

    def _body(self, columns: Sequence[Sequence[str]], keys: Mapping[str, str]) -> QWidget:
        items: list[Item] = []
        for groups in columns:
            items += [(self._column(groups, keys), 1), 36]
        body = QWidget()
        body.setLayout(row(*items[:-1], spacing=0))
        return body

    def _column(self, groups: Sequence[str], keys: Mapping[str, str]) -> QVBoxLayout:
        items: list[Item] = []
        for group in groups:
            entries: list[actions.Action | actions.Gesture] = [a for a in actions.TABLE if a.group == group]
            entries += [gesture for gesture in actions.GESTURES if gesture.group == group]
            items.append(label(actions.translated(actions.GROUPS[group]), "body-b"))
            for entry in entries:
                chosen = keys.get(entry.name, entry.keys) if isinstance(entry, actions.Action) else entry.keys
                hint = key_hint(actions.key_text(chosen))
                items.append(row(label(actions.translated(entry.label), "small", "2"), None, hint, spacing=12))
            items.append(10)
        return column(*items, None, spacing=7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
