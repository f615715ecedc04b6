"""Where a call goes on: type a number or pick a colleague; Enter transfers blind."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from agent_desktop.ui import icons, theme
from agent_desktop.ui.components import Button, column, label, ltr, row

_ROWS_SHOWN = 6
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """Somebody or something a call can be given to; ``state`` is a presence token ("ready") or empty for queues."""

    label: str
    number: str
    detail: str = ""
    state: str = ""


class _Targets(QAbstractListModel):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.shown: tuple[TransferTarget, ...] = ()

    def show(self, targets: Sequence[TransferTarget]) -> None:
        self.beginResetModel()
        self.shown = tuple(targets)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        target = self.shown[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return target
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = (target.label, theme.state_label(target.state) if target.state else "", target.detail)
            return ", ".join(word for word in (*words, target.number) if word)
        return None


class _TargetDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        target: TransferTarget = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(option.rect, 6, 6)
        inner, direction = option.rect.adjusted(10, 0, -10, 0), option.direction
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        size = theme.px(14)
        spot = QRect(inner.left(), inner.center().y() - size // 2, size, size)
        name, tone = (theme.STATE_ICONS[target.state], target.state) if target.state else ("users", "text2")
        painter.drawPixmap(QStyle.visualRect(direction, inner, spot).topLeft(), icons.pixmap(name, tone, size))
        left = inner.left() + size + 9
        number = ltr(target.number)
        number_width = QFontMetrics(theme.font("small", tabular=True)).horizontalAdvance(number) + 2
        cells = (
            (left, inner.right() - number_width - 8 - left, "body", "text", f"{target.label}  {target.detail}".strip()),
            (inner.right() - number_width, number_width, "small", "text2", number),
        )
        for x, width, role, token, text in cells:
            painter.setFont(theme.font(role, tabular=True))
            painter.setPen(theme.color(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            area = QStyle.visualRect(direction, inner, QRect(x, inner.top(), width, inner.height()))
            painter.drawText(area, start | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class TransferCard(QFrame):
    """The field, the list and the button. Signals: transfer(number), closed()."""

    transfer = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(self.tr("Transfer"))
        self._all: tuple[TransferTarget, ...] = ()
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(self.tr("Number or colleague"))
        self._edit.setAccessibleName(self.tr("Transfer to a number or colleague"))
        self._edit.textEdited.connect(self._filter)
        self._model = _Targets(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_TargetDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(self.tr("Colleagues and queues"))
        self._list.clicked.connect(lambda _index: self._submit())
        self._go = Button(self.tr("Transfer"), "phone-forwarded", kind="primary", keys=self.tr("Enter"))
        self._go.clicked.connect(self._submit)
        self._hint = label(self.tr("The caller is connected there and leaves you."), "small", "3", wrap=True)
        self.setLayout(
            column(
                label(self.tr("Transfer the call"), "body-b"),
                self._edit,
                self._list,
                self._hint,
                row(None, self._go),
                spacing=8,
                margins=(14, 12, 14, 12),
            )
        )
        theme.size(self, fixed_width=340)
        self.setFocusProxy(self._edit)
        self._filter("")

    def open_for(self, name: str) -> None:
        """Start afresh for the caller of this name."""
        self._edit.clear()
        self._filter("")
        self._edit.setAccessibleDescription(name)

    def set_targets(self, targets: Sequence[TransferTarget]) -> None:
        """Who can be picked; what was typed keeps filtering."""
        self._all = tuple(targets)
        self._filter(self._edit.text())

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = [t for t in self._all if wanted in f"{t.label} {t.detail} {t.number}".casefold()]
        self._model.show(found)
        self._list.setVisible(bool(found))
        self._list.setFixedHeight(theme.px(34) * min(len(found), _ROWS_SHOWN) + 4)
        if wanted and found and not any(character.isdigit() for character in wanted):
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._go.setEnabled(bool(self._destination()))
        self.adjustSize()

    def _destination(self) -> str:
        row_ = self._list.currentIndex().row()
        if 0 <= row_ < len(self._model.shown):
            return self._model.shown[row_].number
        text = self._edit.text().strip()
        return text if any(character.isdigit() for character in text) or "@" in text else ""

    def _submit(self) -> None:
        number = self._destination()
        if number:
            self.closed.emit()
            self.transfer.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._model.rowCount():
            step = self._list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
            self._list.setCurrentIndex(self._model.index(max(0, min(step, self._model.rowCount() - 1)), 0))
            self._go.setEnabled(bool(self._destination()))
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
