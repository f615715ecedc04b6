"""The dial field: type a number, or part of a name and pick who was meant."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from agent_desktop.data.rows import CustomerLine
from agent_desktop.ui import icons, theme
from agent_desktop.ui.found_text import draw_found, places
from agent_desktop.ui.wording import phone

_ROWS_SHOWN = 6
Index = QModelIndex | QPersistentModelIndex


class CustomerLines(QAbstractListModel):
    """Customers to pick from."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.lines: tuple[CustomerLine, ...] = ()
        self.sought = ""

    def set(self, lines: Sequence[CustomerLine], sought: str = "") -> None:
        """``sought``: what they were found by, made bold where it stands."""
        self.beginResetModel()
        self.lines, self.sought = tuple(lines), sought
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (line.name, line.phone, line.organisation) if part)
        return None


class CustomerDelegate(QStyledItemDelegate):
    """Name and organisation in front, the number behind."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CustomerLines)
        line = model.lines[index.row()]
        area: QRect = option.rect
        state = option.state
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        inner = area.adjusted(10, 0, -10, 0)
        number = phone(line.phone)
        small = QFontMetrics(theme.font("small", tabular=True))
        number_width = small.horizontalAdvance(number) + 2 if number else 0
        name_width = QFontMetrics(theme.font("body-b")).horizontalAdvance(line.name) + 2
        room = inner.width() - number_width - 12
        name_width = min(name_width, room)
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

        def draw(left: int, width: int, text: str) -> None:
            spot = QStyle.visualRect(direction, inner, QRect(inner.left() + left, inner.top(), width, inner.height()))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            if places(shown, model.sought):
                draw_found(painter, spot, shown, model.sought, painter.font(), direction, theme.color("accent_text"))
            else:
                painter.drawText(spot, start | Qt.TextFlag.TextSingleLine, shown)

        painter.setFont(theme.font("body-b"))
        painter.setPen(theme.color("text"))
        draw(0, name_width, line.name)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text2"))
        draw(inner.width() - number_width, number_width, number)
        if line.organisation and room - name_width > 40:
            painter.setPen(theme.color("text3"))
            draw(name_width + 8, room - name_width - 8, line.organisation)
        painter.restore()


class DialField(QLineEdit):
    """A number, or a name with suggestions below. Signals: text_edited(text), dial(number)."""

    text_edited = Signal(str)
    dial = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Name or number"))
        self.setAccessibleName(self.tr("Dial a name or number"))
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self._model = CustomerLines(self)
        self._list = QListView(self)
        self._list.setObjectName("suggestions")
        self._list.setModel(self._model)
        self._list.setItemDelegate(CustomerDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("Customers found"))
        self._list.clicked.connect(self._picked)
        self._list.hide()
        self._awaits_answer = ""
        self.textEdited.connect(self._edited)
        self._dress()

    def submit(self) -> None:
        """What Enter does: dial the marked customer, else the number typed."""
        text = self.text().strip()
        line = self._marked()
        if line is not None and line.phone:
            self._done(line.phone)
        elif _dialable(text):
            self._done(text)
        elif text:
            self._awaits_answer = text

    def set_suggestions(self, lines: Sequence[CustomerLine], query: str | None = None) -> None:
        """Customers for what was typed; an answer to another ``query`` than the present text is dropped.

        Enter pressed before a name's answer came dials it only if there is exactly one.
        """
        text = self.text().strip()
        if query is not None and query.strip() != text:
            return
        lines = tuple(line for line in lines if line.phone)
        self._model.set(lines, text)
        if not lines or not text or not self.hasFocus():
            self._list.hide()
            return
        if not _dialable(text):
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._place()
        if self._awaits_answer == text and len(lines) == 1:
            self._done(lines[0].phone)

    def suggestions_open(self) -> bool:
        return not self._list.isHidden()

    def _marked(self) -> CustomerLine | None:
        row = self._list.currentIndex().row()
        return self._model.lines[row] if self.suggestions_open() and 0 <= row < len(self._model.lines) else None

    def _done(self, number: str) -> None:
        self._awaits_answer = ""
        self._list.hide()
        self.clear()
        self.dial.emit(number)

    def _edited(self, text: str) -> None:
        self._awaits_answer = ""
        self._list.hide()
        self._model.set(())
        self.text_edited.emit(text.strip())

    def _picked(self, index: QModelIndex) -> None:
        self._done(self._model.lines[index.row()].phone)

    def _place(self) -> None:
        window = self.window()
        self._list.setParent(window)
        at = self.mapTo(window, QPoint(0, self.height() + 4))
        height = theme.px(36) * min(len(self._model.lines), _ROWS_SHOWN) + 10
        width = max(self.width(), theme.px(420))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + self.width() - width)
        self._list.setGeometry(max(4, at.x()), at.y(), min(width, window.width() - 8), height)
        self._list.show()
        self._list.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.submit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.suggestions_open():
            row = self._list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= row < self._model.rowCount():
                self._list.setCurrentIndex(self._model.index(row, 0))
        elif key == Qt.Key.Key_Escape:
            if self.suggestions_open():
                self._list.hide()
            else:
                self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._list.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        theme.dress(self, "title", tabular=True)
        theme.size(self, fixed_height=38)
        self._mark.setIcon(icons.icon("phone", "text3", theme.px(16)))


def _dialable(text: str) -> bool:
    """A number (with the signs people put into one), a short code, or an address."""
    bare = text.translate(str.maketrans("", "", " -./()\u2066\u2069\u00a0"))
    return bool(bare) and ("@" in bare or bare.removeprefix("+").translate(str.maketrans("", "", "*#")).isdigit())
