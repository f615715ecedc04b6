"""Tables over tuples of frozen rows: declared columns, the smallest change signals, and one delegate that paints.

There are no proxies and nothing is sized to contents: filtering and sorting happen in the database or on the tuple,
so a hundred thousand rows scroll like a hundred.
"""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from agent_desktop.ui import icons, labels, theme
from agent_desktop.ui.found_text import draw_found, places
from agent_desktop.ui.text_width import draw_text

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

_PAD = 10  # left and right of a cell's text, as of a header's in the style sheet
_ICON = 14
_GAP = 7


class Column(msgspec.Struct, Generic[Row], frozen=True):
    """One column: what it says about a row and how.

    ``icon`` gives an icon's name and tone, ``tone`` a text token; ``strong`` makes the text semibold. ``number`` aligns
    at the end. ``rank`` above 0: the column may be left out where room is short, the highest first. ``ticks``: the text
    changes by itself each second (a running time). ``key`` names it where somebody may do without it.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 100
    stretch: bool = False
    number: bool = False
    icon: Callable[[Row], tuple[str, str] | None] | None = None
    tone: Callable[[Row], str] | None = None
    strong: Callable[[Row], bool] | None = None
    tooltip: Callable[[Row], str] | None = None
    rank: int = 0
    ticks: bool = False
    key: str = ""


def _own_id(row: Any) -> object:
    return row.id


class RowsModel(QAbstractTableModel):
    """Rows in the order given. ``row_id`` tells which row is which when a new tuple comes."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        rows: Sequence[Any] = (),
        *,
        row_id: Callable[[Any], object] = _own_id,
        parent: QObject | None = None,
    ):
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = tuple(rows)
        self.sought = ""  # what the rows were found by: bold where it stands in them
        self._row_id = row_id

    def id_at(self, row: int) -> object:
        return self._row_id(self.rows[row])

    def row_id(self, row: Any) -> object:
        """What tells which row this is."""
        return self._row_id(row)

    def find(self, row_id: object) -> int:
        """The row number of an id, -1 if it is not there."""
        return next((number for number, row in enumerate(self.rows) if self._row_id(row) == row_id), -1)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows. Same ids in the same order: only rows that differ are announced. The same ids in another
        order move; anything else inserts and removes between the common beginning and end, so selection stays.
        """
        old, new = self.rows, tuple(rows)
        old_ids, new_ids = [self._row_id(row) for row in old], [self._row_id(row) for row in new]
        if old_ids == new_ids:
            self.rows = new
            self._announce(old)
        elif len(old_ids) == len(new_ids) and set(old_ids) == set(new_ids):
            self._reorder(new, old_ids, new_ids)
        else:
            self._splice(new, old_ids, new_ids)
            self._announce(None)

    def _announce(self, old: tuple[Any, ...] | None) -> None:
        """dataChanged for each run of rows that differ from ``old`` (None: all)."""
        if not self.rows:
            return
        if old is None:
            runs = [(0, len(self.rows) - 1)]
        else:
            runs = []
            for number, (was, now) in enumerate(zip(old, self.rows, strict=True)):
                if was is now or was == now:
                    continue
                if runs and runs[-1][1] == number - 1:
                    runs[-1] = (runs[-1][0], number)
                else:
                    runs.append((number, number))
        last = len(self.columns) - 1
        for first, final in runs:
            self.dataChanged.emit(self.index(first, 0), self.index(final, last))

    def _reorder(self, new: tuple[Any, ...], old_ids: list[object], new_ids: list[object]) -> None:
        self.layoutAboutToBeChanged.emit()
        place = {row_id: number for number, row_id in enumerate(new_ids)}
        held = self.persistentIndexList()
        self.rows = new
        moved = [self.index(place[old_ids[index.row()]], index.column()) for index in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _splice(self, new: tuple[Any, ...], old_ids: list[object], new_ids: list[object]) -> None:
        old, short = self.rows, min(len(old_ids), len(new_ids))
        head = next((i for i in range(short) if old_ids[i] != new_ids[i]), short)
        tail = next((i for i in range(short - head) if old_ids[-1 - i] != new_ids[-1 - i]), short - head)
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self.rows = old[:head] + old[head + gone :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self.rows = new
            self.endInsertRows()
        self.rows = new

    def tick(self) -> None:
        """Repaint the columns whose text runs with the clock; once a second is enough."""
        if not self.rows:
            return
        for number, column in enumerate(self.columns):
            if column.ticks:
                self.dataChanged.emit(self.index(0, number), self.index(len(self.rows) - 1, number))

    # --------------------------------------------------------- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row)}"
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return labels.plain_tooltip(column.tooltip(row))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_alignment(self.columns[section]))
        return None


@lru_cache(maxsize=8_192)
def _fitted(text: str, strong: bool, _scale: float, room: int) -> tuple[str, int]:
    """A cell's text cut to its room, and its width; measuring is dearer than drawing and most cells stay the same."""
    metrics = QFontMetrics(theme.font("body-b" if strong else "body", tabular=True))
    line = text.replace("\n", " ")
    width = metrics.horizontalAdvance(line)
    if width <= room:
        return line, width
    shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


@lru_cache(maxsize=64)
def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Paints a cell from its Column and row: asking the model for seven roles a cell would take three times as long."""

    def __init__(self, model: RowsModel, parent: QTableView):
        super().__init__(parent)
        self._model, self._table = model, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, row = self._model.columns[index.column()], self._model.rows[index.row()]
        spot: QRect = option.rect
        direction = self._table.layoutDirection()
        painter.save()
        selected = self._table.selectionModel().isSelected(index)  # its state as flags costs a tenth of a cell
        if selected:
            painter.fillRect(spot, theme.color("sel"))
        painter.setPen(theme.color("line"))
        painter.drawLine(spot.bottomLeft(), spot.bottomRight())
        self._content(painter, spot, column, row, direction)
        if selected and self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            self._focus(painter, spot, index.column(), direction)
        painter.restore()

    def _content(
        self, painter: QPainter, spot: QRect, column: Column[Any], row: Any, direction: Qt.LayoutDirection
    ) -> None:
        room = spot.adjusted(_PAD, 0, -_PAD, 0)
        icon = column.icon(row) if column.icon is not None else None
        taken = theme.px(_ICON) + theme.px(_GAP) if icon else 0
        strong = column.strong is not None and column.strong(row)
        shown, width = _fitted(column.text(row), strong, theme.scale, max(0, room.width() - taken))
        if icon:
            size = theme.px(_ICON)
            left = room.right() + 1 - width - taken if column.number else room.left()
            place = QRect(left, spot.top() + (spot.height() - size) // 2, size, size)
            place = QStyle.visualRect(direction, spot, place)
            painter.drawPixmap(place.topLeft(), icons.pixmap(icon[0], icon[1], size, stroke=2.0))
            if not column.number:
                room.setLeft(room.left() + taken)
        painter.setPen(theme.color(column.tone(row) if column.tone is not None else "text"))
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        place = QStyle.visualRect(direction, spot, room)
        role = "body-b" if strong else "body"
        if self._model.sought and not column.number and places(shown, self._model.sought):
            font, tone = theme.font(role, tabular=True), theme.color("accent_text")
            draw_found(painter, place, shown, self._model.sought, font, direction, tone)
            return
        draw_text(painter, place, shown, role, right=column.number != mirrored, mirrored=mirrored)

    def _focus(self, painter: QPainter, spot: QRect, column: int, direction: Qt.LayoutDirection) -> None:
        """A ring around the whole current row, drawn cell by cell."""
        painter.setPen(QPen(theme.color("focus"), 2))
        inner = spot.adjusted(0, 1, 0, -1)
        painter.drawLine(inner.topLeft(), inner.topRight())
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        shown = [n for n in range(len(self._model.columns)) if not self._table.isColumnHidden(n)]
        ltr = direction == Qt.LayoutDirection.LeftToRight
        if column == (shown[0] if ltr else shown[-1]):
            painter.drawLine(inner.left() + 1, inner.top(), inner.left() + 1, inner.bottom())
        if column == (shown[-1] if ltr else shown[0]):
            painter.drawLine(inner.right(), inner.top(), inner.right(), inner.bottom())


class Table(QTableView):
    """A list of rows. Arrows move, Enter (or a double click) opens. Signals:

    row_chosen(row): the current row is another one; not emitted when the same row comes again with new values.
    row_activated(row): opened. near_end(): the last rows are in sight, more may be fetched.
    """

    row_chosen = Signal(object)
    row_activated = Signal(object)
    near_end = Signal()

    def __init__(self, model: RowsModel, name: str, row_height: int = 34):
        super().__init__()
        self.rows_model, self._row_height = model, row_height
        self._chosen_id: object = None
        self._swapping = False
        self._left_out: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, self))
        self._behave()
        self.activated.connect(lambda index: self.row_activated.emit(model.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._measure()

    def _behave(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setMinimumSectionSize(theme.px(24))

    # ------------------------------------------------------------------ rows

    def set_sought(self, text: str) -> None:
        """What the rows were found by is shown in them."""
        if text != self.rows_model.sought:
            self.rows_model.sought = text
            self.viewport().update()

    def refresh_rows(self, rows: Sequence[Any]) -> None:
        """The beginning of the same list as it is now: rows that were fetched beyond it stay, and so does what is in
        sight, however many came above it."""
        model, old = self.rows_model, self.rows_model.rows
        bar, height = self.verticalScrollBar(), self.verticalHeader().defaultSectionSize()
        first = bar.value() // height if bar.value() else -1
        anchor = model.id_at(first) if 0 <= first < len(old) else None
        inside = bar.value() - first * height
        if rows and len(old) > len(rows):
            have = {model.row_id(row) for row in rows}
            last = model.find(model.row_id(rows[-1]))
            beyond = old[last + 1 :] if last >= 0 else ()
            rows = [*rows, *(row for row in beyond if model.row_id(row) not in have)]
        self.set_rows(rows)
        place = model.find(anchor) if anchor is not None else -1
        if place >= 0:
            bar.setValue(place * height + inside)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """New rows; the chosen row stays chosen and in place if it is still among them."""
        self._swapping = True
        try:
            self.rows_model.set_rows(rows)
            current = self.currentIndex().row()
            if self._chosen_id is not None and (current < 0 or self.rows_model.id_at(current) != self._chosen_id):
                place = self.rows_model.find(self._chosen_id)
                self._select(place)
        finally:
            self._swapping = False

    def chosen(self) -> Any | None:
        """The current row, or None."""
        row = self.currentIndex().row()
        return self.rows_model.rows[row] if 0 <= row < len(self.rows_model.rows) else None

    def choose(self, row_id: object) -> bool:
        """Make the row with this id current; False if it is not there."""
        place = self.rows_model.find(row_id)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.rows_model.index(place, 0))
        return True

    def choose_none(self) -> None:
        """No row is current; nothing is told."""
        self._swapping = True
        self._select(-1)
        self._swapping = False

    def choose_first(self) -> None:
        if self.rows_model.rows:
            self.selectRow(0)

    def _select(self, row: int) -> None:
        if row < 0:
            self.clearSelection()
            self.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
            self._chosen_id = None
        else:
            self.selectRow(row)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._swapping or not current.isValid():
            return
        row_id = self.rows_model.id_at(current.row())
        if row_id != self._chosen_id:
            self._chosen_id = row_id
            self.row_chosen.emit(self.rows_model.rows[current.row()])

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value >= bar.maximum() - 10 * self.verticalHeader().defaultSectionSize():
            self.near_end.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts elsewhere: a list does not jump when one is typed."""

    # ----------------------------------------------------------------- sizes

    def _measure(self) -> None:
        """Row height, header font and column widths for the present text size; a title is never cut."""
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        head = self.horizontalHeader()
        theme.dress(head, "body-b")  # as the style sheet has it painted, whatever the header's own font
        metrics = QFontMetrics(theme.font("body-b"))
        self._widths = [
            max(theme.px(column.width), metrics.horizontalAdvance(column.title) + 2 * _PAD + 8)
            for column in self.rows_model.columns
        ]
        for number, column in enumerate(self.rows_model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(number, mode)
            if not column.stretch:
                head.resizeSection(number, self._widths[number])
        self._make_room()

    def leave_out(self, keys: Collection[str]) -> None:
        """Do without the columns of these keys, whatever the room."""
        self._left_out = frozenset(keys)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out what nobody wants, and the least important columns where there is no room for all."""
        columns = self.rows_model.columns
        unwanted = {number for number, column in enumerate(columns) if column.key and column.key in self._left_out}
        over = sum(width for number, width in enumerate(self._widths) if number not in unwanted)
        over -= self.viewport().width()
        for number in sorted(range(len(columns)), key=lambda n: -columns[n].rank):
            hide = number in unwanted or (over > 0 and columns[number].rank > 0)
            over -= self._widths[number] if hide and number not in unwanted else 0
            if self.isColumnHidden(number) != hide:
                self.setColumnHidden(number, hide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_widths"):
            self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        ):
            self.choose_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def table(model: RowsModel, name: str, *, row_height: int = 34) -> Table:
    """The styled table over a model; ``name`` is what a screen reader calls it."""
    return Table(model, name, row_height)
