"""Customers to choose one of: several who match a caller, or those found to link a caller to."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from agent_desktop.data.rows import CustomerLine, CustomerMatch
from agent_desktop.data.words import MatchKind
from agent_desktop.ui import dates, labels, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.found_text import draw_found, places
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column
from agent_desktop.ui.row_list import RowList

Index = QModelIndex | QPersistentModelIndex
_KEYS = 9  # so many can be picked by a digit


class CustomersModel(QAbstractListModel):
    """Customers, and for each why it is offered (empty for a plain search result)."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[CustomerLine, ...] = ()
        self.reasons: tuple[tuple[MatchKind, str] | None, ...] = ()
        self.sought = ""

    def set_lines(
        self,
        lines: tuple[CustomerLine, ...],
        reasons: tuple[tuple[MatchKind, str] | None, ...] = (),
        sought: str = "",
    ) -> None:
        padded = reasons + (None,) * (len(lines) - len(reasons))
        if (lines, padded, sought) == (self.lines, self.reasons, self.sought):
            return
        self.beginResetModel()
        self.lines, self.reasons, self.sought = lines, padded, sought
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, reason = self.lines[index.row()], self.reasons[index.row()]
        words = [line.name, second_line(line), *([wording.match_kind(reason[0]), reason[1]] if reason else [])]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in words if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return labels.plain_tooltip("\n".join(part for part in words if part))
        return None


def second_line(line: CustomerLine) -> str:
    """What tells two people of one name apart."""
    parts = (line.organisation, wording.ltr(line.account_number), wording.ltr(line.phone), line.email)
    return " · ".join([part for part in parts if part][:2])


class CustomerDelegate(QStyledItemDelegate):
    """Name, what tells it apart, why it is offered, and the digit that picks it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(160), theme.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CustomersModel)
        line, reason = model.lines[index.row()], model.reasons[index.row()]
        spot: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(theme.color("focus" if focused else "line2"), 2 if focused else 1))
        painter.setBrush(theme.color("sel" if selected else "hover" if hovered else "surface"))
        painter.drawRoundedRect(QRectF(spot).adjusted(1, 1, -1, -5), 6, 6)
        end = spot.right() - 12
        if index.row() < _KEYS:
            cap = QRect(
                end - theme.px(20), spot.y() + (spot.height() - 4 - theme.px(20)) // 2, theme.px(20), theme.px(20)
            )
            self._key(painter, QStyle.visualRect(direction, spot, cap), str(index.row() + 1))
            end -= theme.px(20) + 10
        tail = (
            (wording.match_kind(reason[0]), "warn" if reason[0] is MatchKind.SUFFIX else "ok")
            if reason
            else ("", "text3")
        )
        if not reason and line.last_contact is not None:
            tail = (dates.day(line.last_contact), "text3")
        self._texts(painter, spot, direction, end, (line.name, second_line(line), tail, model.sought))
        painter.restore()

    def _texts(
        self,
        painter: QPainter,
        spot: QRect,
        direction: Qt.LayoutDirection,
        end: int,
        texts: tuple[str, str, tuple[str, str], str],
    ) -> None:
        name, below, (tail, tone), sought = texts
        left, height = spot.x() + 12, theme.px(18)
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("small", tabular=True))
        width = painter.fontMetrics().horizontalAdvance(tail) + 2 if tail else 0
        if tail:
            painter.setPen(theme.color(tone))
            place = QRect(end - width, spot.y() + theme.px(9), width, height)
            painter.drawText(QStyle.visualRect(direction, spot, place), start, wording.isolated(tail, direction))
        first_room = end - left - (width + 10 if tail else 0)
        lines = ((9, name, "body-b", "text", first_room), (29, below, "small", "text2", end - left))
        for y, text, role, colour, room in lines:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(colour))
            shown = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
            place = QRect(left, spot.y() + theme.px(y), room, height)
            area = QStyle.visualRect(direction, spot, place)
            if places(shown, sought):
                draw_found(painter, area, shown, sought, painter.font(), direction, theme.color("accent_text"))
            else:
                painter.drawText(area, start | Qt.TextFlag.TextSingleLine, wording.isolated(shown, direction))

    def _key(self, painter: QPainter, place: QRect, key: str) -> None:
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("subtle"))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)


class CustomerList(RowList):
    """The list: arrows and Enter, a click, or a digit 1-9 picks. Signal: picked(UUID)."""

    picked = Signal(object)

    def __init__(self, name: str):
        self._model = CustomersModel()
        super().__init__(self._model, CustomerDelegate)
        self.setAccessibleName(name)
        self.clicked.connect(self._pick)

    def set_lines(
        self,
        lines: tuple[CustomerLine, ...],
        reasons: tuple[tuple[MatchKind, str] | None, ...] = (),
        sought: str = "",
    ) -> None:
        """``reasons``: why each is offered; ``sought``: what they were found by, made bold where it stands."""
        self._model.set_lines(lines, reasons, sought)
        self.updateGeometry()
        if self.hasFocus() and lines and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))

    def count(self) -> int:
        return len(self._model.lines)

    def pick(self, row: int) -> bool:
        """Pick the customer in this row; False if there is none."""
        if not 0 <= row < self.count():
            return False
        self.picked.emit(self._model.lines[row].id)
        return True

    def _pick(self, index: QModelIndex) -> None:
        self.pick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.pick(self.currentIndex().row())
        elif not (plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and self.pick(event.key() - Qt.Key.Key_1)):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Digits pick and letters are shortcuts elsewhere: no jump by first letter."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.count() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._model.index(0, 0))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(58) * min(max(self.count(), 1), _KEYS) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(58))


class PickList(QWidget):
    """Several customers match a caller. Signals: chosen(UUID), none_of_these()."""

    chosen = Signal(object)
    none_of_these = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "title", wrap=True)
        self._hint = label(self.tr("Press 1–9, or click"), "caption", "3")
        self.list = CustomerList(self.tr("Customers who match"))
        self.list.picked.connect(self.chosen)
        self.none = Button(self.tr("None of these"), "user-plus", height=32)
        self.none.clicked.connect(self.none_of_these)
        self.setLayout(column(self._title, self._hint, (self.list, 1), self.none, spacing=8))
        self.setFocusProxy(self.list)

    def set_matches(self, number: str, matches: tuple[CustomerMatch, ...]) -> None:
        """The matches of one caller, best first; ``number`` for display."""
        self._title.setText(
            self.tr("Who is calling from {0}?").format(wording.ltr(number)) if number else self.tr("Who is calling?")
        )
        self.list.set_lines(
            tuple(match.line for match in matches), tuple((match.kind, match.reason) for match in matches)
        )
