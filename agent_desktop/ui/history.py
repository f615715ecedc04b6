"""The contact history of one customer: a timeline over all channels, with filters, newest first."""

from collections import Counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from agent_desktop.data.filters import HISTORY_GROUPS
from agent_desktop.data.rows import HistoryRow
from agent_desktop.data.words import Channel, Outcome, TicketStatus
from agent_desktop.ui import dates, fields, icons, labels, theme, wording
from agent_desktop.ui.chip_row import ChipRow, Filter
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_TICKET = "ticket"
_FILTER_WAIT_MS = 250


def title_of(line: HistoryRow) -> str:
    """What a line is headed: queue or subject, and who dealt with it."""
    first = line.title or line.queue or wording.channel(line.channel)
    return f"{first}  ·  {line.agent}" if line.agent else first


def detail_of(line: HistoryRow) -> str:
    """The second line: how it ended, if not simply answered, and what was noted."""
    said = line.disposition
    if line.outcome is Outcome.IN_PROGRESS and line.channel == Channel.CALL and not line.detail:
        return said or wording.outcome(line.outcome)
    if line.outcome not in (None, Outcome.ANSWERED, Outcome.IN_PROGRESS) and line.channel == Channel.CALL:
        assert line.outcome is not None
        said = " · ".join(filter(None, (wording.outcome(line.outcome), line.disposition)))
    return ": ".join(part for part in (said, " ".join(line.detail.split())) if part)


def meta_of(line: HistoryRow) -> str:
    """What stands at the end of the second line: a ticket's status or a duration."""
    if line.status:
        known = line.status in TicketStatus.__members__.values()
        return wording.ticket_status(TicketStatus(line.status)) if known else line.status
    return dates.duration(line.duration_s) if line.duration_s is not None else ""


def icon_of(line: HistoryRow) -> tuple[str, str]:
    if line.channel == Channel.CALL:
        return wording.call_icon(line.direction, line.outcome)
    return wording.CHANNEL_ICONS.get(line.channel, "circle"), "text2"


class HistoryModel(QAbstractListModel):
    """Rows as given; filtering swaps the tuple (a proxy model over Python rows costs a hundred times more)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HistoryRow, ...] = ()

    def set_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        if rows == self.rows:
            return
        if self.rows and rows[: len(self.rows)] == self.rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.rows[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (dates.moment(line.started_at), wording.channel(line.channel), title_of(line), detail_of(line))
            return ". ".join(part for part in (*parts, meta_of(line)) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = (dates.exact(line.started_at), title_of(line), detail_of(line))
            return labels.plain_tooltip("\n".join(part for part in words if part))
        return None


class HistoryDelegate(QStyledItemDelegate):
    """Paints one line: disc with the channel's icon on the time thread, two lines of text, time and length at the end.

    Every rectangle is laid out left to right and mirrored by visualRect.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(62))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        line = model.rows[index.row()]
        spot: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, spot, state)
        self._disc(painter, spot, direction, icon_of(line))
        self._texts(painter, spot, direction, line)
        painter.restore()

    def _ground(self, painter: QPainter, spot: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        inner = QRectF(spot.adjusted(4, 1, -4, -1))
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.color("focus"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sel" if selected else "hover"))
        painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1) if focused else inner, 6, 6)

    def _disc(self, painter: QPainter, spot: QRect, direction: Qt.LayoutDirection, icon: tuple[str, str]) -> None:
        size, inner = theme.px(28), theme.px(14)
        disc = QStyle.visualRect(direction, spot, QRect(spot.x() + 16, spot.y() + theme.px(9), size, size))
        middle = disc.center().x() + 0.5
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(middle, spot.top()), QPointF(middle, spot.bottom() + 1))
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5))
        at = (size - inner) // 2
        painter.drawPixmap(disc.x() + at, disc.y() + at, icons.pixmap(*icon, inner))

    def _texts(self, painter: QPainter, spot: QRect, direction: Qt.LayoutDirection, line: HistoryRow) -> None:
        left = spot.x() + 16 + theme.px(28) + 12
        right, height = spot.right() - 16, theme.px(18)
        top, below = spot.y() + theme.px(9), spot.y() + theme.px(30)
        missed = line.outcome is Outcome.MISSED and line.channel == Channel.CALL
        small = theme.font("small", tabular=True)
        lines = (
            (top, title_of(line), theme.font("body-b"), "text", dates.moment(line.started_at), "text3"),
            (below, detail_of(line), theme.font("small"), "text2", meta_of(line), "bad" if missed else "text3"),
        )
        for y, text, font, tone, end, end_tone in lines:
            painter.setFont(small)
            width = painter.fontMetrics().horizontalAdvance(end) + 2 if end else 0
            if end:
                painter.setPen(theme.color(end_tone))
                place = QRect(right - width, y, width, height)
                self._draw(painter, QStyle.visualRect(direction, spot, place), direction, end, at_end=True)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            room = right - left - (width + 12 if end else 0)
            shown = painter.fontMetrics().elidedText(labels.one_line(text), Qt.TextElideMode.ElideRight, room)
            self._draw(painter, QStyle.visualRect(direction, spot, QRect(left, y, room, height)), direction, shown)

    @staticmethod
    def _draw(
        painter: QPainter, place: QRect, direction: Qt.LayoutDirection, text: str, *, at_end: bool = False
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        align = QStyle.visualAlignment(direction, side | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(place, align | Qt.TextFlag.TextSingleLine, wording.isolated(text, direction))


class Timeline(RowList):
    """The list itself. Signal: opened(HistoryRow) by Enter or double click; near_end() when the last rows show."""

    opened = Signal(object)
    near_end = Signal()

    def __init__(self, model: HistoryModel):
        super().__init__(model, HistoryDelegate)
        self.setAccessibleName(self.tr("Contact history"))
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def _scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - self.viewport().height():
            self.near_end.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts elsewhere: the list does not jump when one is typed."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        model = self.model()
        if not self.currentIndex().isValid() and model.rowCount() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(model.index(0, 0))
        self.viewport().update()


class History(QWidget):
    """Chips, filter field and timeline. Signals:

    opened(UUID, str): an entry, and its channel ("ticket" for a ticket's id).
    filter_wanted(str, str): text and channel key to look for among older rows; answered by ``add_rows``.
    more_wanted(): the end of the rows is in sight and there are older ones; answered by ``add_rows``.
    """

    opened = Signal(object, str)
    filter_wanted = Signal(str, str)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HistoryRow, ...] = ()
        self._total = 0
        self._reason: str | None = None
        self._asked_at = -1  # number of rows when more was last asked for
        self._owner: UUID | str | None = None
        self._model = HistoryModel()
        self.timeline = Timeline(self._model)
        self.timeline.opened.connect(lambda line: self.opened.emit(line.id, line.channel))
        self.timeline.near_end.connect(self._more)
        self.chips = ChipRow(
            (
                Filter("", self.tr("All")),
                Filter("call", self.tr("Calls"), "phone"),
                Filter("email", self.tr("E-mail"), "mail"),
                Filter("message", self.tr("Chat/SMS"), "message-square"),
                Filter(_TICKET, self.tr("Tickets"), "ticket"),
                Filter("note", self.tr("Notes"), "sticky-note"),
            ),
            self.tr("Show"),
        )
        self.chips.chosen.connect(self._filter_changed)
        self.filter = fields.search_field(self.tr("Filter history"))
        theme.size(self.filter, fixed_height=30, fixed_width=180)
        self.filter.textChanged.connect(self._filter_changed)
        self._empty = label("", "body", "3", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._older = elided("", "small", "3")
        self._ask = QTimer(self, singleShot=True, interval=_FILTER_WAIT_MS)
        self._ask.timeout.connect(lambda: self.filter_wanted.emit(self.filter.text().strip(), self.chips.key()))
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        self._title = label(self.tr("Contact history"), "body-b")
        self._head = row(self._title, None, self.filter, margins=(16, 8, 16, 0))
        self._chip_row = row((self.chips, 1), margins=(16, 8, 16, 8))
        whole = column(self._head, self._chip_row, self._empty, (self.timeline, 1), spacing=0)
        whole.addLayout(row((self._older, 1), margins=(16, 4, 16, 6)))
        self._empty.setContentsMargins(24, 32, 24, 0)
        whole.setContentsMargins(0, 0, 0, 2)
        self.setLayout(whole)

    def set_titled(self, titled: bool) -> None:
        """With a title line that holds the filter field, or (under a tab that names it) all in one row."""
        if titled == self._title.isVisibleTo(self):
            return
        self._title.setVisible(titled)
        old, new = (self._chip_row, self._head) if titled else (self._head, self._chip_row)
        old.removeWidget(self.filter)
        new.addWidget(self.filter)
        self._head.setContentsMargins(*((16, 8, 16, 0) if titled else (0, 0, 0, 0)))

    # ------------------------------------------------------------------ rows

    def set_history(self, rows: tuple[HistoryRow, ...], total: int, owner: UUID | str | None = None) -> None:
        """Show a customer's rows, newest first, of ``total`` stored ones.

        Another ``owner`` (customer) clears the filters; the same one keeps filter, selection and the older rows that
        were fetched meanwhile.
        """
        if owner != self._owner:
            self._owner = owner
            self._reset()
        else:
            rows = _merged(rows, self._rows)
            if (rows, total) == (self._rows, self._total):
                return
        self._rows, self._total = rows, total
        self._show()

    def add_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        """Older rows, as asked for by ``more_wanted`` or ``filter_wanted``."""
        self._rows = _merged(self._rows, rows)
        self._total = max(self._total, len(self._rows))
        self._show()

    def clear(self) -> None:
        self.set_history((), 0, None)

    def choose(self, key: str) -> None:
        """Turn on a filter: call, email, message, ticket, note, or empty for all."""
        self.chips.choose(key)
        self._filter_changed()

    def _reset(self) -> None:
        self._rows, self._total, self._asked_at = (), 0, -1
        self._ask.stop()
        self.chips.choose("")
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)

    def _filter_changed(self) -> None:
        self._show()
        self.timeline.scrollToTop()
        if self._total > len(self._rows) and (self.filter.text().strip() or self.chips.key()):
            self._ask.start()

    def _more(self) -> None:
        if len(self._rows) < self._total and self._asked_at != len(self._rows):
            self._asked_at = len(self._rows)
            self.more_wanted.emit()

    def _show(self) -> None:
        words, key = self.filter.text().casefold().split(), self.chips.key()
        shown = self._rows
        if key:
            shown = tuple(line for line in shown if line.channel in HISTORY_GROUPS[key])
        if words:
            shown = tuple(line for line in shown if _holds(line, words))
        current = self.timeline.currentIndex()
        chosen = self._model.rows[current.row()].id if current.isValid() else None
        self._model.set_rows(shown)
        if chosen is not None:
            at = next((number for number, line in enumerate(shown) if line.id == chosen), -1)
            if at >= 0:
                self.timeline.setCurrentIndex(self._model.index(at, 0))
        self._count()
        self._empty.setText(self._why_empty())
        self._empty.setVisible(not shown)
        self.timeline.setVisible(bool(shown))
        older = self._total - len(self._rows)
        self._older.setText(self.tr("{0} older ones are fetched as you scroll").format(QLocale().toString(older)))
        self._older.setVisible(older > 0)

    def set_reason(self, words: str | None) -> None:
        """Why there is nothing to show, while nobody is known; None: the customer's history is what it is."""
        self._reason = words
        self._empty.setText(self._why_empty())

    def _why_empty(self) -> str:
        if not self._rows and self._reason is not None:
            return self._reason
        if not self._rows:
            return self.tr("No contact yet. What happens from now on appears here.")
        return self.tr("Nothing matches the filter.")

    def _count(self) -> None:
        counted = Counter(line.channel for line in self._rows)
        more = "+" if self._total > len(self._rows) else ""
        whole = max(self._total, len(self._rows))
        counts = {"": QLocale().toString(whole)} if whole else {}
        for key, channels in HISTORY_GROUPS.items():
            number = sum(counted[channel] for channel in channels)
            if number:
                counts[key] = QLocale().toString(number) + more
        self.chips.set_counts(counts)


def _holds(line: HistoryRow, words: list[str]) -> bool:
    text = " ".join((title_of(line), detail_of(line), line.queue, line.status)).casefold()
    return all(word in text for word in words)


def _merged(newer: tuple[HistoryRow, ...], older: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """Both, each row once (``newer`` wins), newest first."""
    known = {(line.id, line.channel) for line in newer}
    both = (*newer, *(line for line in older if (line.id, line.channel) not in known))
    return tuple(sorted(both, key=lambda line: line.started_at, reverse=True))
