"""What waits for this agent: promised callbacks and missed calls, with one key to call and one to tick off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from agent_desktop import clock
from agent_desktop.data.rows import WorkItem
from agent_desktop.data.words import WorkKind, WorkStatus
from agent_desktop.ui import dates, due_time, icons, labels, theme, wording
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 48
_UNDO_MS = 6000  # how long "done" can be taken back before it is told
_CALL, _DONE = "call", "done"


def _tr(text: str) -> str:
    return QCoreApplication.translate("work_list", text)


class WorkModel(QAbstractListModel):
    """Items as given, except those ticked off; ``leaving`` is the one that can still be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[WorkItem, ...] = ()
        self.me: UUID | None = None
        self.leaving: UUID | None = None

    def set_items(self, items: tuple[WorkItem, ...], me: UUID | None) -> None:
        if (items, me) == (self.items, self.me):
            return
        same = [item.id for item in items] == [item.id for item in self.items]
        if same:
            self.items, self.me = items, me
            self.refresh()
            return
        self.beginResetModel()
        self.items, self.me = items, me
        self.endResetModel()

    def refresh(self) -> None:
        """Words that depend on the clock, or a claim, changed."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, 0))

    def find(self, item_id: UUID) -> int:
        return next((at for at, item in enumerate(self.items) if item.id == item_id), -1)

    def claimed_by_other(self, item: WorkItem) -> bool:
        return item.claimed_by is not None and item.claimed_by != self.me

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (title(item), self.detail(item), when(item)[0]) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return labels.plain_tooltip("\n".join(part for part in (title(item), self.detail(item)) if part))
        return None

    def detail(self, item: WorkItem) -> str:
        """Note, promise, queue and claim: whatever there is."""
        if item.id == self.leaving:
            return self.tr("Done. Ctrl Z or a click takes it back.")
        claim = ""
        if item.claimed_by is not None:
            other = item.claimed_by_name or self.tr("A colleague")
            claim = self.tr("{0} is on it").format(other) if self.claimed_by_other(item) else self.tr("You are on it")
        promised = self.tr("promised by {0}").format(item.promised_by) if item.promised_by else ""
        tried = self.tr("tried {0} times").format(item.attempts) if item.attempts > 1 else ""
        number = wording.phone(item.number) if item.customer else ""
        note = " ".join(item.note.split())
        return " · ".join(part for part in (claim, note, promised, item.queue, tried, number) if part)


def title(item: WorkItem) -> str:
    who = item.customer or wording.phone(item.number) or _tr("Withheld number")
    return (_tr("Call back {0}") if item.kind is WorkKind.CALLBACK else _tr("Missed: {0}")).format(who)


def when(item: WorkItem) -> tuple[str, str]:
    """Words and tone: a promise by how near it is, a missed call by when it was."""
    return due_time.words(item.due_at) if item.kind is WorkKind.CALLBACK else (dates.moment(item.created_at), "")


class WorkDelegate(QStyledItemDelegate):
    """One entry: icon, who, note, when, and two buttons; mirrored by visualRect."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(240), theme.px(ROW_HEIGHT))

    def button(self, spot: QRect, direction: Qt.LayoutDirection, which: str) -> QRect:
        """Where the call or the done button of an entry is."""
        height, tick = theme.px(28), theme.px(28)
        call = self._call_width()
        top = spot.y() + (spot.height() - height) // 2
        left = spot.right() - 16 - call + 1
        place = QRect(left, top, call, height) if which == _CALL else QRect(left - 6 - tick, top, tick, height)
        return QStyle.visualRect(direction, spot, place)

    def _call_width(self) -> int:
        metrics = QFontMetrics(theme.font("body"))
        return metrics.horizontalAdvance(_tr("Call")) + theme.px(16) + 7 + 24

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, WorkModel)
        item = model.items[index.row()]
        spot: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or (state & QStyle.StateFlag.State_MouseOver):
            painter.setPen(QPen(theme.color("focus"), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel" if focused else "hover"))
            painter.drawRoundedRect(QRectF(spot).adjusted(6, 1, -6, -2), 6, 6)
        elif index.row():
            painter.setPen(theme.color("line"))
            painter.drawLine(spot.x() + 16, spot.y(), spot.right() - 16, spot.y())
        self._texts(painter, spot, direction, model, item)
        self._buttons(painter, spot, direction, model, item)
        painter.restore()

    def _texts(
        self, painter: QPainter, spot: QRect, direction: Qt.LayoutDirection, model: WorkModel, item: WorkItem
    ) -> None:
        words, tone = when(item)
        busy = model.claimed_by_other(item) or item.id == model.leaving
        missed = item.kind is WorkKind.MISSED
        size = theme.px(16)
        place = QRect(spot.x() + 16, spot.y() + theme.px(10), size, size)
        name = "check" if item.id == model.leaving else "phone-missed" if missed else "calendar-clock"
        shade = "text3" if busy else tone or "text2"
        painter.drawPixmap(QStyle.visualRect(direction, spot, place).topLeft(), icons.pixmap(name, shade, size))
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        first = self.button(spot, direction, _DONE)
        end = QStyle.visualRect(direction, spot, first).left() - 10
        painter.setFont(theme.font("small-b" if tone == "bad" else "small", tabular=True))
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        painter.setPen(theme.color("text3" if busy else tone or "text3"))
        place = QRect(end - width, spot.y(), width, spot.height())
        painter.drawText(QStyle.visualRect(direction, spot, place), start, wording.isolated(words, direction))
        left, height = spot.x() + 16 + size + 12, theme.px(18)
        room = end - width - 12 - left
        for y, text, role, colour in (
            (6, title(item), "body-b", "text2" if busy else "text"),
            (24, model.detail(item), "small", "text2"),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(colour))
            shown = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
            line = QRect(left, spot.y() + theme.px(y), room, height)
            painter.drawText(
                QStyle.visualRect(direction, spot, line),
                start | Qt.TextFlag.TextSingleLine,
                wording.isolated(shown, direction),
            )

    def _buttons(
        self, painter: QPainter, spot: QRect, direction: Qt.LayoutDirection, model: WorkModel, item: WorkItem
    ) -> None:
        view = self.parent()
        assert isinstance(view, WorkView)
        leaving, off = item.id == model.leaving, not view.can_call(item)
        for which in (_DONE, _CALL):
            place = self.button(spot, direction, which)
            over = view.hovers(place)
            if which == _CALL or over or leaving:
                painter.setPen(QPen(theme.color("line" if which == _CALL and off else "line2"), 1))
                painter.setBrush(theme.color("hover" if over else "surface"))
                painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            size = theme.px(16)
            if which == _DONE:
                name = "undo-2" if leaving else "check"
                at = QPoint(place.center().x() - size // 2 + 1, place.center().y() - size // 2 + 1)
                painter.drawPixmap(at, icons.pixmap(name, "text2" if over or leaving else "text3", size))
                continue
            tone = "disabled" if off else "text"
            icon = QRect(place.x() + 11, place.y() + (place.height() - size) // 2, size, size)
            spot_of_icon = QStyle.visualRect(direction, place, icon).topLeft()
            painter.drawPixmap(spot_of_icon, icons.pixmap("phone", "disabled" if off else "text2", size))
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color(tone))
            text = QStyle.visualRect(direction, place, place.adjusted(11 + size + 7, 0, -11, 0))
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, _tr("Call"))


class WorkView(RowList):
    """The entries: arrows, Enter calls, Delete ticks off, Ctrl Z takes back; the buttons do the same by mouse."""

    called = Signal(object)
    finished = Signal(object)
    taken_back = Signal()
    opened = Signal(object)

    def __init__(self, model: WorkModel):
        super().__init__(model, WorkDelegate)
        self._work = model
        self.phone_usable = True
        self.setAccessibleName(self.tr("For you: callbacks and missed calls"))
        self.setAccessibleDescription(self.tr("Enter calls, Delete marks as done, Ctrl Z takes that back"))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ITEM)))

    def can_call(self, item: WorkItem) -> bool:
        free = not self._work.claimed_by_other(item) and item.id != self._work.leaving
        return free and bool(item.number) and self.phone_usable

    def hovers(self, place: QRect) -> bool:
        return self.underMouse() and place.contains(self.viewport().mapFromGlobal(QCursor.pos()))

    def _chosen(self) -> WorkItem | None:
        at = self.currentIndex().row()
        return self._work.items[at] if 0 <= at < len(self._work.items) else None

    def _call(self, item: WorkItem) -> None:
        if self.can_call(item):
            self.called.emit(item)

    def _finish(self, item: WorkItem) -> None:
        if item.id == self._work.leaving:
            self.taken_back.emit()
        else:
            self.finished.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self._chosen()
        undo = event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if undo:
            self.taken_back.emit()
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._call(item)
        elif item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._finish(item)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton or not isinstance(delegate, WorkDelegate):
            return
        item, spot, at = self._work.items[index.row()], self.visualRect(index), event.position().toPoint()
        if delegate.button(spot, self.layoutDirection(), _CALL).contains(at):
            self._call(item)
        elif delegate.button(spot, self.layoutDirection(), _DONE).contains(at):
            self._finish(item)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts elsewhere: the list does not jump when one is typed."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen() is None and self._work.items and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._work.index(0, 0))


class WorkList(QFrame):
    """Title, count and entries. An entry never vanishes by age, only when it is done. Signals:

    call_work(WorkItem); finish_work(WorkItem), told once it can no longer be taken back; open_customer(UUID).
    """

    call_work = Signal(object)
    finish_work = Signal(object)
    open_customer = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._model = WorkModel()
        self._items: tuple[WorkItem, ...] = ()
        self._me: UUID | None = None
        self._told: set[UUID] = set()  # finished here, and perhaps still in the next list
        self.view = WorkView(self._model)
        self._count = label("", "small", "3", tabular=True)
        self._empty = label(
            self.tr("Nothing waits for you. Missed calls and promised callbacks appear here."), "small", "3", wrap=True
        )
        self._empty.setContentsMargins(16, 2, 16, 10)
        self._as_of: datetime | None = None
        self._age = label("", "caption", "warn")
        self._age.hide()
        head = row(label(self.tr("For you"), "body-b"), self._age, None, self._count, margins=(16, 12, 16, 6))
        self.setLayout(column(head, self._empty, (self.view, 1), spacing=0, margins=(0, 0, 0, 4)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._undo = QTimer(self, singleShot=True, interval=_UNDO_MS)
        self._undo.timeout.connect(self.flush)
        self._minute = QTimer(self, interval=15_000)
        self._minute.timeout.connect(self._model.refresh)
        self._minute.timeout.connect(self._say_age)
        self.view.called.connect(self.call_work)
        self.view.finished.connect(self._finish)
        self.view.taken_back.connect(self._take_back)
        self.view.opened.connect(self._open)
        self._show()

    def set_work(self, items: tuple[WorkItem, ...], my_agent_id: UUID | None, as_of: datetime | None = None) -> None:
        """The open and claimed entries, most urgent first; ``as_of``: the database is away, this was so then."""
        self._as_of = as_of
        self._say_age()
        self._told &= {item.id for item in items}
        self._items = tuple(item for item in items if item.status is not WorkStatus.DONE)
        self._me = my_agent_id
        self._show()

    def _say_age(self) -> None:
        self._age.setVisible(self._as_of is not None)
        if self._as_of is not None:
            age = dates.span((clock.now() - self._as_of).total_seconds())
            self._age.setText(self.tr("From this computer, {0} old").format(age))

    def set_phone_usable(self, usable: bool) -> None:
        self.view.phone_usable = usable
        self.view.viewport().update()

    def count(self) -> int:
        return len(self._model.items)

    def flush(self) -> None:
        """Tell now what was ticked off and not taken back."""
        self._undo.stop()
        leaving, self._model.leaving = self._model.leaving, None
        if leaving is None:
            return
        item = next((entry for entry in self._items if entry.id == leaving), None)
        self._told.add(leaving)
        self._show()
        if item is not None:
            self.finish_work.emit(item)

    def _finish(self, item: WorkItem) -> None:
        self.flush()
        self._model.leaving = item.id
        self._model.refresh()
        self._undo.start()

    def _take_back(self) -> None:
        self._undo.stop()
        self._model.leaving = None
        self._model.refresh()

    def _open(self, item: WorkItem) -> None:
        if item.customer_id is not None:
            self.open_customer.emit(item.customer_id)

    def _show(self) -> None:
        shown = tuple(item for item in self._items if item.id not in self._told)
        current = self.view.currentIndex()
        chosen = self._model.items[current.row()].id if current.isValid() else None
        at = max(current.row(), 0)
        self._model.set_items(shown, self._me)
        if chosen is not None and shown:
            found = self._model.find(chosen)
            self.view.setCurrentIndex(self._model.index(found if found >= 0 else min(at, len(shown) - 1), 0))
        self._count.setText(self.tr("{0} open").format(len(shown)) if shown else "")
        self._empty.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self.setMaximumHeight(self._height(len(shown)))
        self.updateGeometry()

    def _height(self, rows: int) -> int:
        head = theme.px(42)
        return head + (theme.px(ROW_HEIGHT) * rows + 10 if rows else theme.px(48))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), self._height(min(max(self.count(), 0), 6)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self._height(min(self.count(), 2)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.refresh()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()
        self.flush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_empty"):
            self.setMaximumHeight(self._height(self.count()))
