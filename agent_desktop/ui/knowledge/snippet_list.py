"""Snippets while notes are typed: a list at ``;name``, completed by Tab or a space, never in the way of other keys."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from agent_desktop.core.knowledge.snippets import filled, fitting, typed
from agent_desktop.data.knowledge_rows import SnippetRow
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce

_ROW = 34
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Delegate(QStyledItemDelegate):
    """The name, then how the text begins."""

    def sizeHint(self, option: Option, index: object) -> QSize:
        return QSize(theme.px(200), theme.px(_ROW))

    def paint(self, painter: QPainter, option: Option, index: object) -> None:
        row: SnippetRow = index.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        area: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        inner = area.adjusted(10, 0, -10, 0)
        align = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("body-b"))
        painter.setPen(theme.color("text"))
        name = f";{row.name}"
        width = min(painter.fontMetrics().horizontalAdvance(name) + 2, inner.width())
        painter.drawText(
            QStyle.visualRect(direction, inner, QRect(inner.left(), inner.top(), width, inner.height())), align, name
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        room = inner.width() - width - 10
        text = painter.fontMetrics().elidedText(" ".join(row.text.split()), Qt.TextElideMode.ElideRight, room)
        rest = QRect(inner.left() + width + 10, inner.top(), room, inner.height())
        painter.drawText(QStyle.visualRect(direction, inner, rest), align | Qt.TextFlag.TextSingleLine, text)
        painter.restore()


class SnippetList(QObject):
    """Belongs to one field. ``values`` are asked for when a text is put in: customer and agent, as plain text."""

    def __init__(self, edit: QPlainTextEdit, values: Callable[[], Mapping[str, str]]):
        super().__init__(edit)
        self._edit, self._values = edit, values
        self._rows: tuple[SnippetRow, ...] = ()
        self._closed_at = -1  # where Escape closed it
        self._moved = False
        self.list = QListWidget(edit)
        self.list.setObjectName("suggestions")
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Snippets"))
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.hide()
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(self._look)
        edit.textChanged.connect(self._look)

    def set_snippets(self, rows: tuple[SnippetRow, ...]) -> None:
        """What there is: the centre's and one's own."""
        self._rows = rows
        self._look()

    def is_open(self) -> bool:
        return not self.list.isHidden()

    def _name(self) -> str | None:
        """What is typed before the cursor; None where nothing of the kind is, or something is chosen."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection() or not self._edit.hasFocus():
            return None
        return typed(cursor.block().text()[: cursor.positionInBlock()])

    def _look(self) -> None:
        name = self._name()
        cursor = self._edit.textCursor()
        if name is None or self._closed_at == cursor.position() - len(name):
            self.list.hide()
            return
        self._closed_at = -1
        found = fitting(self._rows, name)
        if not found:
            self.list.hide()
            return
        if self._shown() != list(found):
            self.list.clear()
            for row in found:
                item = QListWidgetItem(f";{row.name}, {row.text}", self.list)
                item.setData(Qt.ItemDataRole.UserRole, row)
            self.list.setCurrentRow(0)
            self._moved = False
        if self.list.isHidden():
            self.list.setCurrentRow(0)
            self._moved = False
            announce(self._edit, self.tr("Snippets: {0}, Tab takes it").format(found[0].name))
        self._place(len(found))

    def _place(self, rows: int) -> None:
        """Below the cursor, above it where there is no room."""
        edit, window = self._edit, self._edit.window()
        self.list.setParent(window)
        spot = edit.cursorRect()
        below = edit.viewport().mapTo(window, QPoint(0, spot.bottom() + 4))
        height = theme.px(_ROW) * rows + 10
        if below.y() + height > window.height() - 8:
            below.setY(edit.viewport().mapTo(window, QPoint(0, spot.top() - 4)).y() - height)
        width = max(edit.width(), theme.px(280))
        left = min(edit.mapTo(window, QPoint(0, 0)).x(), window.width() - width - 8)
        self.list.setGeometry(max(4, left), max(4, below.y()), min(width, window.width() - 8), height)
        self.list.show()
        self.list.raise_()

    def _take(self, *, space: bool = False) -> None:
        """Put the chosen one where its name stands; one step of undo."""
        item, name = self.list.currentItem(), self._name()
        self.list.hide()
        if item is None or name is None:
            return
        row: SnippetRow = item.data(Qt.ItemDataRole.UserRole)
        cursor = self._edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(name) + 1)
        cursor.insertText(filled(row.text, self._values()) + (" " if space else ""))
        self._edit.setTextCursor(cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif event.type() == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, self._look)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open():
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            self._moved = True
            return True
        if key == Qt.Key.Key_Escape:
            self._closed_at = self._edit.textCursor().position() - len(self._name() or "")
            self.list.hide()
            return True
        if key == Qt.Key.Key_Tab or (key in _ENTER and self._moved):
            self._take()
            return True
        if key == Qt.Key.Key_Space and self._exact():
            self._take(space=True)
            return True
        return False

    def _exact(self) -> bool:
        """Whether a whole name is typed: only then a space means it."""
        name = (self._name() or "").casefold()
        at = next((at for at, row in enumerate(self._shown()) if row.name == name), -1)
        if at >= 0:
            self.list.setCurrentRow(at)
        return at >= 0

    def _shown(self) -> list[SnippetRow]:
        return [self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count())]
