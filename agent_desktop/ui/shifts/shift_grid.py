"""A team's week: a line for each person, a cell for each day, written and copied as in a spreadsheet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from agent_desktop.core import metrics
from agent_desktop.core.figures import Figure
from agent_desktop.core.shifts import shift_text
from agent_desktop.core.shifts.shift_draft import Key, Parts, ShiftDraft
from agent_desktop.core.shifts.shift_text import BadShift
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.ui import dates, theme
from agent_desktop.ui.actions import own_keys
from agent_desktop.ui.labels import plain_tooltip
from agent_desktop.ui.reports_table import figure_text

Index = QModelIndex | QPersistentModelIndex
NAME, FIRST_DAY, HOURS, ADHERENCE = 0, 1, 8, 9
_COLUMNS = 10
_ROW = 44
_NOBODY = AgentTime()
_WEEKS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ShiftModel(QAbstractTableModel):
    """What the draft says of some people and the seven days from ``monday`` on."""

    def __init__(self, draft: ShiftDraft) -> None:
        super().__init__()
        self.draft = draft
        self.people: Sequence[AgentRow] = ()
        self.monday = date.min
        self.today: date | None = None
        self.times: Mapping[UUID, AgentTime] = {}
        self.editable = False

    def set(self, people: Sequence[AgentRow], monday: date, times: Mapping[UUID, AgentTime]) -> None:
        self.beginResetModel()
        self.people, self.monday, self.times = people, monday, times
        self.endResetModel()

    def key(self, index: Index) -> Key | None:
        """Whose day a cell is; None for a cell that is no day."""
        if not FIRST_DAY <= index.column() < HOURS:
            return None
        return self.people[index.row()].id, self.monday + timedelta(days=index.column() - FIRST_DAY)

    def refresh(self) -> None:
        """The draft has changed."""
        if self.people:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.people) - 1, _COLUMNS - 1))

    def minutes(self, row: int) -> int:
        """Planned for work in this week."""
        who = self.people[row].id
        days = (self.monday + timedelta(days=day) for day in range(7))
        return sum(shift_text.worked_minutes(self.draft.parts((who, day))) for day in days)

    # --------------------------------------------------------- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and self.key(index) is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            changed = (key := self.key(index)) is not None and self.draft.is_changed(key)
            words = self._text(index) or self.tr("free")
            head = self.headerData(index.column(), Qt.Orientation.Horizontal)
            said = f"{self.people[index.row()].name}, {head}: {words}"
            return self.tr("{0}, not saved").format(said) if changed else said
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ADHERENCE:
            return plain_tooltip("\n\n".join(figure.explain() for figure in self._figures(index.row())))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._text(index))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if FIRST_DAY <= section < HOURS:
            day = self.monday + timedelta(days=section - FIRST_DAY)
            return dates.weekday_date(day)
        return {NAME: self.tr("Agent"), HOURS: self.tr("Hours"), ADHERENCE: self.tr("Adherence")}[section]

    def _figures(self, row: int) -> tuple[Figure, Figure]:
        time = self.times.get(self.people[row].id, _NOBODY)
        return (
            metrics.adherence_of(time.kept_us / 1e6, time.planned_us / 1e6),
            metrics.conformance_of(time.worked_us / 1e6, time.down_us / 1e6),
        )

    def _text(self, index: Index) -> str:
        if (key := self.key(index)) is not None:
            return shift_text.write(self.draft.parts(key))
        if index.column() == NAME:
            return self.people[index.row()].name
        if index.column() == HOURS:
            return QLocale().toString(self.minutes(index.row()) / 60, "f", 1)
        return figure_text(self._figures(index.row())[0])


class _Cells(QStyledItemDelegate):
    """Hours above, breaks below; a bar at the edge of what is not stored yet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, grid = index.model(), self.parent()
        assert isinstance(model, ShiftModel)
        assert isinstance(grid, ShiftGrid)
        spot: QRect = option.rect
        key = model.key(index)
        painter.save()
        if grid.selectionModel().isSelected(index):
            painter.fillRect(spot, theme.color("sel"))
        elif key is not None and key[1] == model.today:
            painter.fillRect(spot, theme.color("inset"))
        painter.setPen(theme.color("line"))
        painter.drawLine(spot.bottomLeft(), spot.bottomRight())
        painter.drawLine(spot.topRight(), spot.bottomRight())
        if key is not None and model.draft.is_changed(key):
            painter.fillRect(QRect(spot.left(), spot.top() + 3, theme.px(3), spot.height() - 7), theme.color("accent"))
        self._words(painter, spot.adjusted(theme.px(8), 2, -theme.px(6), -2), index, key)
        if index == grid.currentIndex() and grid.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(spot.adjusted(1, 1, -2, -2))
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, index: Index, key: Key | None) -> None:
        model = index.model()
        assert isinstance(model, ShiftModel)
        if key is None:
            right = index.column() in (HOURS, ADHERENCE)
            _line(painter, room, str(index.data()), "body", "text", right=right)
            return
        runs = shift_text.runs_of(model.draft.parts(key))
        hours = [shift_text.span(*run) for run, _gaps in runs]
        gaps = ", ".join(shift_text.span(*gap) for _run, each in runs for gap in each)
        if len(hours) == 1 and not gaps:
            _line(painter, room, hours[0], "small-b", "text")
            return
        half, below = room.height() // 2, room.adjusted(0, room.height() // 2, 0, 0)
        _line(painter, room.adjusted(0, 0, 0, -half), ", ".join(hours[:1]), "small-b", "text")
        if len(hours) > 1:
            _line(painter, below, ", ".join(hours[1:]), "small-b", "text")
        else:
            _line(painter, below, gaps, "caption", "text3")

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        grid = self.parent()
        assert isinstance(grid, ShiftGrid)
        assert isinstance(editor, QLineEdit)
        grid.write(index, editor.text())


def _line(painter: QPainter, room: QRect, text: str, role: str, tone: str, *, right: bool = False) -> None:
    font = theme.font(role, tabular=True)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class ShiftGrid(QTableView):
    """Typing or Enter writes a cell, Delete frees it, Ctrl C and V copy any rectangle; one copied cell fills what is
    selected. Signals: changed(): the draft has; refused(words); save_wanted();
    week_wanted(weeks on).
    """

    changed = Signal()
    refused = Signal(str)
    save_wanted = Signal()
    week_wanted = Signal(int)

    def __init__(self, draft: ShiftDraft) -> None:
        super().__init__()
        self.draft = draft
        self.shifts = ShiftModel(draft)
        self._copied: list[list[Parts]] = []
        self.setModel(self.shifts)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(self.tr("Shifts of the week"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in ((NAME, 150), (HOURS, 62), (ADHERENCE, 98)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, theme.px(width))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        own_keys(self, "Ctrl+S", "Ctrl+Return", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+C", "Ctrl+V", "Ctrl+X")

    def set(self, people: Sequence[AgentRow], monday: date, times: Mapping[UUID, AgentTime]) -> None:
        """The week; the current cell stays where it was."""
        at = self.currentIndex()
        place = (at.row(), at.column()) if at.isValid() else (0, FIRST_DAY)
        self.shifts.set(people, monday, times)
        if people:
            index = self.shifts.index(min(place[0], len(people) - 1), place[1])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def write(self, index: Index, text: str) -> None:
        """What was typed into a cell; what is no shift is told and changes nothing."""
        key = self.shifts.key(index)
        if key is None:
            return
        try:
            self.put({key: shift_text.read(text)})
        except BadShift as error:
            self.refused.emit(str(error))

    def put(self, cells: Mapping[Key, Parts]) -> None:
        """Change the draft, as one step."""
        if self.shifts.editable and self.draft.set(cells):
            self.tell()

    def tell(self) -> None:
        """The draft is another."""
        self.shifts.refresh()
        self.changed.emit()

    def copy(self) -> None:
        """The rectangle around what is selected, for here and for other programs."""
        area = self._area()
        if area:
            self._copied = [[self.draft.parts(key) for key in line] for line in area]
            text = "\n".join("\t".join(shift_text.write(parts) for parts in line) for line in self._copied)
            QApplication.clipboard().setText(text)

    def paste(self) -> None:
        """What was copied last, here or in a spreadsheet: from the first selected cell on, or into all of them."""
        area, block = self._area(), self._pasted()
        if not area or not block:
            return
        tall, wide = max(len(area), len(block)), max(len(area[0]), *map(len, block))
        first, cells = self._corner(), {}
        for down in range(tall):
            for across in range(wide):
                index = self.shifts.index(first.row() + down, first.column() + across)
                key = self.shifts.key(index) if index.isValid() else None
                line = block[down % len(block)]
                if key is not None and line:
                    cells[key] = line[across % len(line)]
        self.put(cells)

    def clear_cells(self) -> None:
        """What is selected is free."""
        self.put({key: () for line in self._area() for key in line})

    def undo(self) -> None:
        if self.shifts.editable:
            self.draft.undo()
            self.tell()

    def redo(self) -> None:
        if self.shifts.editable:
            self.draft.redo()
            self.tell()

    def _pasted(self) -> list[list[Parts]]:
        text = QApplication.clipboard().text()
        try:
            return [[shift_text.read(cell) for cell in line.split("\t")] for line in text.rstrip("\n").split("\n")]
        except BadShift as error:
            self.refused.emit(str(error))
            return []

    def _corner(self) -> QModelIndex:
        days = [index for index in self.selectedIndexes() if self.shifts.key(index) is not None]
        return self.shifts.index(min(i.row() for i in days), min(i.column() for i in days))

    def _area(self) -> list[list[Key]]:
        days = [index for index in self.selectedIndexes() if self.shifts.key(index) is not None]
        if not days:
            return []
        rows, columns = {index.row() for index in days}, {index.column() for index in days}
        lines = []
        for row in range(min(rows), max(rows) + 1):
            keys = (self.shifts.key(self.shifts.index(row, at)) for at in range(min(columns), max(columns) + 1))
            lines.append([key for key in keys if key is not None])
        return lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            QKeySequence.StandardKey.Copy: self.copy,
            QKeySequence.StandardKey.Paste: self.paste,
            QKeySequence.StandardKey.Undo: self.undo,
            QKeySequence.StandardKey.Redo: self.redo,
            QKeySequence.StandardKey.Save: self.save_wanted.emit,
        }
        if self.state() == QAbstractItemView.State.EditingState:
            return  # what the editor leaves over, such as the Enter that ends it
        act = next((act for key, act in acts.items() if event.matches(key)), None)
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.redo()
        elif event.key() in _WEEKS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.week_wanted.emit(_WEEKS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_cells()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
