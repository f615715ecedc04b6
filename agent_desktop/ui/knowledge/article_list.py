"""Articles in a list: title, why it is here or how it begins, and what its language and validity are."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.data.knowledge_rows import ArticleLine
from agent_desktop.ui import icons, theme
from agent_desktop.ui.found_text import draw_found
from agent_desktop.ui.knowledge import knowledge_words as words
from agent_desktop.ui.labels import plain_tooltip
from agent_desktop.ui.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
_ROW = 54
_END_TONES = {"bad": "bad", "warn": "warn"}


class Entry(msgspec.Struct, frozen=True):
    """One article with what is said of it here; ``why`` is a reason, else the article's beginning stands there."""

    line: ArticleLine
    why: str = ""


class ArticleModel(QAbstractListModel):
    """The entries, and what they were searched by."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.needle = ""
        self.today = date.min
        self.shown_language = ""

    def set(self, entries: Sequence[Entry], needle: str, today: date, language: str) -> None:
        self.beginResetModel()
        self.entries, self.needle, self.today, self.shown_language = tuple(entries), needle, today, language
        self.endResetModel()

    def end_of(self, line: ArticleLine) -> tuple[str, str]:
        """What stands at the end of a line, and its tone."""
        said, kind = words.validity(line, self.today)
        other = words.language(line.language) if line.language != self.shown_language else ""
        return " · ".join(part for part in (other, said) if part), _END_TONES.get(kind, "text3")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{entry.line.title}\n{entry.why or entry.line.summary}")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (entry.line.title, entry.why or entry.line.summary, self.end_of(entry.line)[0])
            return ". ".join(part for part in said if part)
        return None


class ArticleDelegate(QStyledItemDelegate):
    """Laid out left to right, mirrored by visualRect."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ArticleModel)
        entry = model.entries[index.row()]
        spot: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, spot, option.state)
        size = theme.px(16)
        left, right = spot.x() + theme.px(16), spot.right() - theme.px(16)
        icon = QStyle.visualRect(direction, spot, QRect(left, spot.y() + theme.px(10), size, size))
        tone = "text2" if entry.line.published else "text3"
        painter.drawPixmap(icon.topLeft(), icons.pixmap("lightbulb" if entry.why else "file-text", tone, size))
        left += size + theme.px(12)
        end, end_tone = model.end_of(entry.line)
        painter.setFont(theme.font("small"))
        width = painter.fontMetrics().horizontalAdvance(end) + 2 if end else 0
        top, height = spot.y() + theme.px(7), theme.px(20)
        if end:
            painter.setPen(theme.color(end_tone))
            place = QStyle.visualRect(direction, spot, QRect(right - width, top, width, height))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, end)
        room = right - left - (width + theme.px(12) if end else 0)
        lines = (
            (top, room, entry.line.title, "body-b", "text"),
            (top + theme.px(20), right - left, entry.why or entry.line.summary, "small", "text2"),
        )
        for y, space, text, role, ink in lines:
            font = theme.font(role)
            painter.setFont(font)
            painter.setPen(theme.color(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, space)
            place = QStyle.visualRect(direction, spot, QRect(left, y, space, height))
            accent = theme.color("accent_text") if model.needle else None
            draw_found(painter, place, shown, model.needle, font, direction, accent)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, spot: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.color("focus"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sel" if selected else "hover"))
        painter.drawRoundedRect(QRectF(spot.adjusted(5, 2, -5, -2)), 6, 6)


class ArticleList(RowList):
    """Signals: opened(UUID) by Enter or a click; left_upwards(): the arrow above the first."""

    opened = Signal(object)
    left_upwards = Signal()

    def __init__(self, name: str) -> None:
        self.articles = ArticleModel()
        super().__init__(self.articles, ArticleDelegate)
        self.setAccessibleName(name)
        self.clicked.connect(lambda index: self._open(index.row()))

    def set_entries(self, entries: Sequence[Entry], needle: str, today: date, language: str) -> None:
        """Show these; what was chosen stays chosen where it is still there."""
        chosen = self.chosen()
        self.articles.set(entries, needle, today, language)
        at = next((at for at, entry in enumerate(entries) if entry.line.id == chosen), -1)
        if at >= 0:
            self.setCurrentIndex(self.articles.index(at, 0))

    def chosen(self) -> UUID | None:
        at = self.currentIndex().row()
        return self.articles.entries[at].line.id if 0 <= at < len(self.articles.entries) else None

    def choose(self, at: int) -> None:
        if 0 <= at < len(self.articles.entries):
            self.setCurrentIndex(self.articles.index(at, 0))

    def open_chosen(self) -> None:
        """The chosen one, else the first."""
        self._open(max(0, self.currentIndex().row()))

    def _open(self, at: int) -> None:
        if 0 <= at < len(self.articles.entries):
            self.choose(at)
            self.opened.emit(self.articles.entries[at].line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.open_chosen()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts elsewhere: the list does not jump when one is typed."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(0)
        self.viewport().update()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
