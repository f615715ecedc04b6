"""The places a call can go on to, in a list: presence or queue, name, where it stands, its number."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from agent_desktop.core.targets import Kind, Target, Why
from agent_desktop.ui import icons, theme
from agent_desktop.ui.call_parts import since
from agent_desktop.ui.wording import ltr

ROW = 40
Index = QModelIndex | QPersistentModelIndex
_KIND_ICONS = {Kind.COLLEAGUE: "user", Kind.QUEUE: "users", Kind.NUMBER: "phone"}


def facts(target: Target) -> str:
    """What a colleague is doing since when, or who waits in a queue; and why somebody cannot be called."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("TransferCard", text)

    if target.kind is Kind.QUEUE:
        return tr("Queue") if target.waiting is None else tr("Queue, {0} waiting").format(target.waiting)
    if target.kind is Kind.NUMBER:
        return tr("Call this number")
    presence = target.presence
    if presence is None:
        return target.detail
    word = theme.state_label(presence.state.value)
    if presence.reason and target.why is Why.PAUSED:
        word = f"{word} · {presence.reason}"
    if presence.since is not None and target.why is not Why.OFFLINE:
        word = f"{word}  {since(presence.since)}"
    return "  ·  ".join(part for part in (word, target.detail) if part)


def why_not(target: Target) -> str:
    """Why a target cannot be chosen; empty for one that can."""
    if target.why is Why.OFFLINE:
        return QCoreApplication.translate("TransferCard", "{0} is offline.").format(target.label)
    if target.why is Why.PAUSED:
        return QCoreApplication.translate("TransferCard", "{0} is paused and takes no calls.").format(target.label)
    return ""


class Targets(QAbstractListModel):
    """The rows; those that cannot be reached are disabled."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.shown: tuple[Target, ...] = ()

    def show(self, targets: Sequence[Target]) -> None:
        """Other targets; where only their presence changed, the selection stays."""
        fresh = tuple(targets)
        if [one.number for one in fresh] == [one.number for one in self.shown]:
            self.shown = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, 0))
            return
        self.beginResetModel()
        self.shown = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        reachable = self.shown[index.row()].reachable
        return Qt.ItemFlag.ItemIsSelectable | (Qt.ItemFlag.ItemIsEnabled if reachable else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        target = self.shown[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return target
        if role == Qt.ItemDataRole.ToolTipRole:
            return why_not(target)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = (target.label, facts(target), target.shown, why_not(target))
            return ", ".join(word for word in words if word)
        return None


class TargetDelegate(QStyledItemDelegate):
    """Two lines: the name and its number, what is known below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        target: Target = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver) and target.reachable:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        inner, direction = option.rect.adjusted(10, 0, -10, 0), option.direction
        size = theme.px(16)
        spot = QRect(inner.left(), inner.center().y() - size // 2, size, size)
        icon, tone = _KIND_ICONS[target.kind], "text2"
        if target.presence is not None:
            icon, tone = theme.STATE_ICONS[target.presence.state.value], target.presence.state.value
        if not target.reachable:
            tone = "text3"
        painter.drawPixmap(QStyle.visualRect(direction, inner, spot).topLeft(), icons.pixmap(icon, tone, size))
        left = inner.left() + size + 10
        number = ltr(target.shown)
        wide = QFontMetrics(theme.font("small", tabular=True)).horizontalAdvance(number) + 2 if number else 0
        middle = inner.top() + inner.height() // 2
        whole = inner.right() - left
        top, bottom = (inner.top() + 3, middle - inner.top() - 3), (middle, inner.bottom() - middle - 2)
        name_tone = "text" if target.reachable else "text3"
        self._draw(painter, option, (left, whole - wide - 8, *top), ("body", name_tone, target.label))
        self._draw(painter, option, (inner.right() - wide, wide, *top), ("small", "text2", number))
        self._draw(painter, option, (left, whole, *bottom), ("caption", "text3", facts(target)))
        painter.restore()

    @staticmethod
    def _draw(
        painter: QPainter, option: QStyleOptionViewItem, at: tuple[int, int, int, int], what: tuple[str, str, str]
    ) -> None:
        """``at`` left, width, top, height; ``what`` type role, colour, text."""
        (x, width, y, height), (role, tone, text) = at, what
        painter.setFont(theme.font(role, tabular=True))
        painter.setPen(theme.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        if option.direction == Qt.LayoutDirection.RightToLeft and text:
            shown = f"\u2068{shown}\u2069"  # the text's own direction decides how it reads
        inner = option.rect.adjusted(10, 0, -10, 0)
        area = QStyle.visualRect(option.direction, inner, QRect(x, y, width, height))
        start = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area, start | Qt.TextFlag.TextSingleLine, shown)


def target_view(parent: QWidget) -> tuple[QListView, Targets]:
    """A list of targets that leaves the focus to the field above it."""
    model, view = Targets(parent), QListView()
    view.setModel(model)
    view.setItemDelegate(TargetDelegate(view))
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(QCoreApplication.translate("TransferCard", "Colleagues, queues and numbers"))
    return view, model
