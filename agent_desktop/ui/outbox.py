"""What has not reached the database: refused writes with the reason and what can be done, and what still waits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from agent_desktop import clock
from agent_desktop.data.journal import RefusedRow
from agent_desktop.data.operations import AnyOperation
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.dates import moment
from agent_desktop.ui.labels import Icon, flowing, key_hint, label
from agent_desktop.ui.layouts import Item, clear_layout, column, frame, row, rule, settle
from agent_desktop.ui.outbox_words import Written, written
from agent_desktop.ui.wording import breakable

SHOWN = 50  # of each kind; how many more there are is said
_TEXT = 400  # letters of what was typed; copying takes all of it


class Outbox(QFrame):
    """A card over the window. Signals: copy(text), again(tuple[RefusedRow]), discard(RefusedRow),
    undiscard(RefusedRow), closed()."""

    copy = Signal(str)
    again = Signal(object)
    discard = Signal(object)
    undiscard = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Unsent entries"))
        self._refused: tuple[RefusedRow, ...] = ()
        self._discarded: list[RefusedRow] = []
        self._lines = column(spacing=8)
        self._holder = QWidget()
        self._holder.setLayout(column(self._lines, None, spacing=0, margins=(0, 0, 8, 0)))
        self._area = QScrollArea()
        self._area.setWidget(self._holder)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copy_all = Button(self.tr("Copy all"), "copy", height=30)
        self.copy_all.clicked.connect(lambda _checked=False: self.copy.emit(self._all_text()))
        self.all_again = Button(self.tr("Try all again"), "rotate-ccw", height=30)
        self.all_again.clicked.connect(lambda _checked=False: self.again.emit(self._refused))
        title = row(label(self.tr("Unsent entries"), "h1"), None, key_hint(self.tr("Esc")))
        close = Button(self.tr("Close"), height=30)
        close.clicked.connect(self.closed)
        self._foot = row(self.copy_all, self.all_again, None, close, spacing=8)
        self.setLayout(column(title, rule(), (self._area, 1), self._foot, spacing=12, margins=(24, 20, 24, 16)))
        theme.size(self, fixed_width=660)

    def start(self) -> None:
        """Opened anew: what was discarded the last time is gone."""
        self._discarded.clear()

    def set_rows(self, refused: Sequence[RefusedRow], waiting: Sequence[AnyOperation], why_waiting: str) -> None:
        """What was refused, and what waits and why, oldest first; ``why_waiting`` is empty if it is on its way."""
        self._refused = tuple(refused)
        focused = self._focused_name()
        clear_layout(self._lines)
        if not refused and not waiting and not self._discarded:
            self._lines.addWidget(label(self.tr("Everything has reached the database."), "body", "2"))
        if refused or self._discarded:
            self._lines.addWidget(label(self.tr("Refused by the database: {0}").format(len(refused)), "title"))
        shown = [*((one, False) for one in refused[:SHOWN]), *((one, True) for one in self._discarded)]
        for one, gone in sorted(shown, key=lambda entry: entry[0].seq):
            self._lines.addWidget(self._gone(one) if gone else self._entry(one))
        self._say_more(len(refused) - SHOWN)
        if waiting:
            self._lines.addWidget(label(self.tr("Waiting to be sent: {0}").format(len(waiting)), "title"))
            why = why_waiting or self.tr("It is on its way.")
            self._lines.addWidget(flowing(why, "small", "2"))
            for operation in waiting[:SHOWN]:
                self._lines.addWidget(self._waiting(operation))
            self._say_more(len(waiting) - SHOWN)
        self.copy_all.setVisible(bool(refused or waiting))
        self.all_again.setVisible(len(refused) > 1)
        self._waiting_text = [written(operation).whole for operation in waiting]
        self._fit()
        self._focus(focused)

    # ------------------------------------------------------------------ lines

    def _entry(self, refused: RefusedRow) -> QFrame:
        said = written(refused.operation)
        copy = Button(self.tr("Copy"), "copy", kind="ghost", height=28)
        again = Button(self.tr("Try again"), "rotate-ccw", kind="ghost", height=28)
        discard = Button(self.tr("Discard"), "trash", kind="ghost", height=28)
        copy.clicked.connect(lambda _checked=False: self.copy.emit(said.whole))
        again.clicked.connect(lambda _checked=False: self.again.emit((refused,)))
        discard.clicked.connect(lambda _checked=False: self._discard(refused))
        for number, button in enumerate((copy, again, discard)):
            button.setObjectName(f"{number} {refused.seq}")
            button.setAccessibleName(f"{button.text()}: {said.title}")
        again.setEnabled(refused.operation is not None)
        why = flowing(refused.reason, "small", "bad")
        parts: list[Item] = [self._head(said, clock.to_us(refused.at)), why]
        if said.text:
            parts.append(flowing(breakable(_short(said.text)), "small", "2"))
        parts.append(row(copy, again, discard, None, spacing=2, margins=(-8, 0, 0, 0)))
        return self._line(said.icon, "bad", parts)

    def _gone(self, refused: RefusedRow) -> QFrame:
        said = written(refused.operation)
        undo = Button(self.tr("Undo"), "undo-2", height=28)
        undo.setObjectName(f"2 {refused.seq}")
        undo.setAccessibleName(self.tr("Undo: {0}").format(said.title))
        undo.clicked.connect(lambda _checked=False: self._bring_back(refused))
        words = flowing(self.tr("Discarded: {0}").format(breakable(said.title)), "small", "3")
        return frame(row(Icon("trash", "text3", 16), (words, 1), undo, spacing=10, margins=(12, 6, 8, 6)), inset=True)

    def _waiting(self, operation: AnyOperation) -> QFrame:
        said = written(operation)
        parts: list[Item] = [self._head(said, operation.at_us)]
        if said.text:
            parts.append(flowing(breakable(_short(said.text)), "small", "2"))
        return self._line(said.icon, "text2", parts)

    def _head(self, said: Written, at_us: int) -> Item:
        title = flowing(breakable(said.title), "body-b")
        return row((title, 1), label(moment(clock.from_us(at_us)), "caption", "3", tabular=True), spacing=10)

    @staticmethod
    def _line(icon: str, tone: str, parts: list[Item]) -> QFrame:
        mark = column(Icon(icon, tone, 16), None, spacing=0, margins=(0, 2, 0, 0))
        return frame(row(mark, (column(*parts, spacing=4), 1), spacing=10, margins=(12, 9, 12, 9)), inset=True)

    def _say_more(self, more: int) -> None:
        if more > 0:
            self._lines.addWidget(label(self.tr("and {0} more").format(more), "small", "3"))

    # ---------------------------------------------------------------- intents

    def _discard(self, refused: RefusedRow) -> None:
        self._discarded.append(refused)
        self.discard.emit(refused)

    def _bring_back(self, refused: RefusedRow) -> None:
        self._discarded.remove(refused)
        self.undiscard.emit(refused)

    def _all_text(self) -> str:
        refused = [f"{written(one.operation).whole}\n({one.reason})" for one in self._refused]
        return "\n\n".join((*refused, *self._waiting_text))

    def _focused_name(self) -> str:
        focused = self.window().focusWidget() if self.isVisible() else None
        return focused.objectName() if focused is not None and self._holder.isAncestorOf(focused) else ""

    def _focus(self, name: str) -> None:
        """The same place again: what was pressed was made anew."""
        if name:
            found = self._holder.findChildren(Button, name)
            (found[-1] if found else self).setFocus()

    def _fit(self) -> None:
        for place in range(self._lines.count()):  # a layout counts only what is shown, which new ones are later
            item = self._lines.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()
        settle(self)
        body = self._holder.layout()
        width = self.width() - 48 - 14
        height = body.heightForWidth(width) if body is not None else 0
        self._area.setMinimumHeight(min(theme.px(420), height + 4))
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        settle(self)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _short(text: str) -> str:
    return text if len(text) <= _TEXT else text[:_TEXT].rstrip() + " …"
