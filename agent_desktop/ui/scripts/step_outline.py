"""The steps of a script in their order: choose one, add, duplicate, move, remove."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from agent_desktop.core.scripts.model import Script, Step, said
from agent_desktop.ui import icons, theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.labels import label, plain_tooltip
from agent_desktop.ui.layouts import column, row

_KIND_ICONS = {
    "ChoiceQuestion": "list", "YesNoQuestion": "list-checks", "TextQuestion": "text-cursor-input",
    "NumberQuestion": "hash", "DateQuestion": "calendar", "MoneyQuestion": "banknote", "PhoneQuestion": "phone",
    "EmailQuestion": "mail",
}  # fmt: skip


class _List(QListWidget):
    """Signals: wanted(what): add, remove, up, down."""

    wanted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = event.modifiers() == Qt.KeyboardModifier.AltModifier
        keys = {Qt.Key.Key_Insert: "add", Qt.Key.Key_Delete: "remove"}
        if moved:
            keys = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        what = keys.get(Qt.Key(event.key()))
        if what is not None:
            self.wanted.emit(what)
        else:
            super().keyPressEvent(event)


class StepOutline(QWidget):
    """Signals: chosen(step id), wanted(what) of add, copy, remove, up, down for the chosen step."""

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._steps: tuple[Step, ...] = ()
        self._wrong: frozenset[str] = frozenset()
        self._filling = False
        self.list = _List()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("Steps"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        theme.dress(self.list, "body")
        self.add = ToolButton("plus", self.tr("Add a step"), keys="Insert")
        self.copy = ToolButton("copy", self.tr("Duplicate the step"))
        self.up = ToolButton("arrow-up", self.tr("Move up"), keys="Alt ↑")
        self.down = ToolButton("arrow-down", self.tr("Move down"), keys="Alt ↓")
        self.remove = ToolButton("trash", self.tr("Remove the step"), keys="Delete")
        self._count = label("", "caption", "3", tabular=True)
        tools = row(self.add, self.copy, self.up, self.down, self.remove, None, self._count, spacing=0)
        self.setLayout(column(tools, (self.list, 1), spacing=6, margins=(8, 8, 8, 8)))
        for name in ("add", "copy", "up", "down", "remove"):
            button: ToolButton = getattr(self, name)
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
        self.list.wanted.connect(self.wanted)
        self.list.currentRowChanged.connect(self._row)

    def set(self, script: Script | None, step_id: str) -> None:
        """The steps as they are now, and which one is looked at."""
        steps = script.steps if script is not None else ()
        self._filling = True
        while self.list.count() > len(steps):
            self.list.takeItem(self.list.count() - 1)
        language = script.languages[0] if script is not None else "en"
        for at, step in enumerate(steps):
            if at >= self.list.count():
                self.list.addItem(QListWidgetItem())
            elif at < len(self._steps) and self._steps[at] is step:
                continue
            self._write(self.list.item(at), step, language)
        self._steps, self._names = steps, tuple(step.id for step in steps)
        self.list.setCurrentRow(self._names.index(step_id) if step_id in self._names else -1)
        self._count.setText(str(len(steps)) if steps else "")
        for button in (self.copy, self.up, self.down, self.remove):
            button.setEnabled(bool(step_id))
        self.add.setEnabled(script is not None)
        self._filling = False

    def mark(self, wrong: Collection[str]) -> None:
        """Steps at which the checks found something that forbids publishing."""
        found = frozenset(wrong)
        if found != self._wrong:
            self._wrong = found
            for at, step in enumerate(self._steps):
                self._draw(self.list.item(at), step)

    def _write(self, item: QListWidgetItem, step: Step, language: str) -> None:
        title = said(step.title, language) or step.id
        item.setText(" ".join(title.split()))
        item.setToolTip(plain_tooltip(f"{title}\n{step.id}"))
        self._draw(item, step)

    def _draw(self, item: QListWidgetItem, step: Step) -> None:
        size = theme.px(15)
        wrong = step.id in self._wrong
        name = _KIND_ICONS.get(type(step.ask).__name__, "message-square-text" if step.say else "split")
        item.setIcon(icons.icon("triangle-alert" if wrong else name, "bad" if wrong else "text2", size))
        item.setSizeHint(QSize(0, theme.px(32)))

    def _row(self, at: int) -> None:
        if not self._filling and 0 <= at < len(self._names):
            self.chosen.emit(self._names[at])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_count"):
            for at, step in enumerate(self._steps):
                self._draw(self.list.item(at), step)
