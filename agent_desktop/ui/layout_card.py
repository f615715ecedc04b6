"""A board layout being made or changed: its name, its queues in order, which charts and columns, and whose default."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from agent_desktop.core.views import DatabaseView
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.settings import BoardLayout, ChartName
from agent_desktop.ui import ask, theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.theme import restyle

REMOVE = "remove"
_MINE, _ALL = "*mine", "*all"  # no team is called so
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def chart_words(name: str) -> str:
    words = {
        "service_level": QCoreApplication.translate("LayoutCard", "Service level by 15 min"),
        "offered": QCoreApplication.translate("LayoutCard", "Queue visits offered"),
        "waiting": QCoreApplication.translate("LayoutCard", "Waiting now, last hour"),
    }
    return words[name]


class QueueOrder(QListWidget):
    """Queues to tick; Ctrl with Up and Down moves one. Signal: changed()."""

    changed = Signal()

    def __init__(self, queues: Sequence[QueueRow], chosen: Sequence[str]):
        super().__init__()
        self.setAccessibleName(self.tr("Queues of this layout"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        by_name = {queue.name: queue for queue in queues}
        ordered = [by_name[name] for name in chosen if name in by_name]
        ordered += [queue for queue in queues if queue.name not in chosen]
        for queue in ordered:
            item = QListWidgetItem(queue.label)
            item.setData(Qt.ItemDataRole.UserRole, queue.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = not chosen or queue.name in chosen
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme.px(26)))
            self.addItem(item)
        self.setCurrentRow(0)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def names(self) -> tuple[str, ...]:
        """Those that are ticked, in order."""
        items = [self.item(number) for number in range(self.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, on: bool) -> None:
        """All of them, or none."""
        for number in range(self.count()):
            self.item(number).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def move_by(self, step: int) -> None:
        """The current one up or down."""
        at = self.currentRow()
        if 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_by(step)
        else:
            super().keyPressEvent(event)


class LayoutCard(ask.Question):
    """Answers with the BoardLayout, or with REMOVE. ``taken`` are the names of the others; ``teams`` those that it can
    be published for, None: it stays one's own."""

    def __init__(
        self, layout: BoardLayout, queues: Sequence[QueueRow], columns: Mapping[str, str], teams: Sequence[str] | None,
        taken: Sequence[str], *, is_new: bool,
    ):  # fmt: skip
        super().__init__(self.tr("New layout") if is_new else self.tr("Change layout"))
        self._layout = layout
        self._taken, self._every = frozenset(taken), tuple(queue.name for queue in queues)
        self.name = QLineEdit("" if is_new else layout.name)
        self.name.setMaxLength(60)
        self.queues = QueueOrder(queues, layout.queues)
        self.tiles = _check(self.tr("Tiles"), layout.tiles)
        self.charts: dict[ChartName, QCheckBox] = {
            name: _check(chart_words(name), name in layout.charts) for name in ("service_level", "offered", "waiting")
        }
        self.agents = _check(self.tr("Agents"), layout.agents)
        self.columns = {key: _check(title, key not in layout.without_columns) for key, title in columns.items()}
        self.team = Choice(self.tr("Whose it is"))
        self.team.addItem(self.tr("My own, at every desk of mine"), _MINE)
        if teams is not None:
            self.team.addItem(self.tr("Everybody’s to choose"), _ALL)
            for team in teams:
                self.team.addItem(self.tr("Desks of {0} begin with it").format(team), team)
        self.team.choose((layout.team or _ALL) if layout.shared else _MINE)
        self._trouble = elided("", "small", "bad")
        self.save = Button(self.tr("Save"), kind="primary", keys=self.tr("Enter"), height=34)
        self.save.clicked.connect(self._save)
        stop = Button(self.tr("Cancel"), height=34)
        stop.clicked.connect(self.dismissed.emit)
        self.remove = Button(self.tr("Remove"), "trash", height=34)
        self.remove.clicked.connect(lambda: self.answered.emit(REMOVE))
        if is_new:
            self.remove.hide()
        self.default = self.save
        self.agents.toggled.connect(self._look)
        whose = field(self.tr("Whose it is"), self.team) if teams is not None else None
        self.finish(
            field(self.tr("Name"), self.name, required=True),
            row((self._queue_side(), 1), (self._part_side(), 1), spacing=20),
            *((whose,) if whose is not None else ()),
            row(self.remove, (self._trouble, 1), stop, self.save),
        )
        theme.size(self, fixed_width=620)
        self.name.textChanged.connect(self._look)
        self.queues.changed.connect(self._look)
        self._look()

    def _queue_side(self) -> QWidget:
        side = QWidget()
        up = ToolButton("chevron-up", self.tr("Up"), keys="Ctrl+Up")
        down = ToolButton("chevron-down", self.tr("Down"), keys="Ctrl+Down")
        every, none = Button(self.tr("All"), kind="ghost", height=26), Button(self.tr("None"), kind="ghost", height=26)
        up.clicked.connect(lambda _checked=False: self.queues.move_by(-1))
        down.clicked.connect(lambda _checked=False: self.queues.move_by(1))
        every.clicked.connect(lambda _checked=False: self.queues.tick(True))
        none.clicked.connect(lambda _checked=False: self.queues.tick(False))
        theme.size(self.queues, minimum_height=230)
        head = row(label(self.tr("Queues, in order"), "small-b", "2"), None, every, none, up, down, spacing=2)
        side.setLayout(column(head, (self.queues, 1), spacing=4))
        return side

    def _part_side(self) -> QWidget:
        side = QWidget()
        shown = column(self.tiles, *self.charts.values(), self.agents, spacing=5)
        boxes = list(self.columns.values())
        half = (len(boxes) + 1) // 2
        columns = row((column(*boxes[:half], None, spacing=4), 1), (column(*boxes[half:], None, spacing=4), 1))
        side.setLayout(
            column(
                label(self.tr("Parts"), "small-b", "2"),
                shown,
                6,
                label(self.tr("Columns of the agents"), "small-b", "2"),
                columns,
                None,
                spacing=4,
            )
        )
        return side

    @Slot(object)
    def set_database(self, view: DatabaseView) -> None:
        """What stands in the database is not taken away while it cannot be asked what became of it."""
        away = self.tr("Not while the database is away: it cannot be asked what became of this layout meanwhile.")
        why_not = away if view.trouble and self._layout.version else ""
        self.remove.setEnabled(not why_not)
        self.remove.setToolTip(why_not)
        self.remove.setAccessibleDescription(why_not)

    def _look(self) -> None:
        """Whether it can be kept so, and if not, why."""
        name = self.name.text().strip()
        trouble = ""
        if name in self._taken:
            trouble = self.tr("There is a layout of this name.")
        elif name.startswith(("*", "team:")):
            trouble = self.tr("A name cannot begin like this.")
        elif not self.queues.names():
            trouble = self.tr("Tick at least one queue.")
        self._trouble.setText(trouble)
        restyle(self.name, error=bool(trouble) and bool(self.queues.names()))
        self.save.setEnabled(bool(name) and not trouble)
        for box in self.columns.values():
            box.setEnabled(self.agents.isChecked())

    def layout_shown(self) -> BoardLayout:
        """What is entered. All queues in the usual order are no choice: one that is added later belongs to them."""
        names, whose = self.queues.names(), self.team.currentData()
        return replace(
            self._layout,
            name=self.name.text().strip(),
            queues=() if names == self._every else names,
            tiles=self.tiles.isChecked(),
            charts=tuple(name for name, box in self.charts.items() if box.isChecked()),
            agents=self.agents.isChecked(),
            without_columns=tuple(key for key, box in self.columns.items() if not box.isChecked()),
            team="" if whose in (_MINE, _ALL) else str(whose),
            shared=whose != _MINE,
        )

    def _save(self) -> None:
        self.answered.emit(self.layout_shown())


def _check(text: str, on: bool) -> QCheckBox:
    box = QCheckBox(text.replace("&", "&&"))
    theme.dress(box, "body")
    box.setChecked(on)
    theme.size(box, minimum_height=24)
    return box
