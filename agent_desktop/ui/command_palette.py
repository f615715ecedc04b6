"""One field that finds everything: actions of the program at once, customers, tickets and people as they are found."""

from collections.abc import Collection, Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.ui import actions, icons, theme
from agent_desktop.ui.found_text import draw_found
from agent_desktop.ui.labels import Icon, key_hint, label
from agent_desktop.ui.layouts import Item, column, frame, row, rule, settle

Index = QModelIndex | QPersistentModelIndex
SCOPES = {">": "commands", "@": "people", "#": "tickets"}
_ROW, _HEAD, _MOST_ROWS, _MOST_ACTIONS = 34, 30, 12, 8
_KIND_ICONS = {"customer": "user", "organisation": "building", "ticket": "ticket", "person": "users", "call": "phone",
               "note": "sticky-note", "article": "file-text"}  # fmt: skip


class Hit(msgspec.Struct, frozen=True):
    """Something that was searched for: ``kind`` customer, organisation, ticket, person, call, note or article; ``key``
    its id (of a note: its interaction's).

    With a ``number``, Ctrl Enter calls it.
    """

    kind: str
    title: str
    key: object
    detail: str = ""
    number: str = ""


class Line(msgspec.Struct, frozen=True):
    """One line of the list: a heading (nothing else set), an action, or something found."""

    title: str
    detail: str = ""
    icon: str = ""
    keys: str = ""
    action: str = ""
    hit: Hit | None = None
    enabled: bool = True

    @property
    def heading(self) -> bool:
        return not self.action and self.hit is None


def scope(text: str) -> tuple[str, str]:
    """What a query asks for and the rest of it: ``"#20481"`` → ("tickets", "20481"); no sign: ("all", text)."""
    text = text.strip()
    if text[:1] in SCOPES:
        return SCOPES[text[0]], text[1:].strip()
    return "all", text


def match(needle: str, title: str) -> int | None:
    """How well an action's name fits: 0 starts with it, 1 a word does, 2 contains it, None not at all."""
    wanted, name = needle.casefold(), title.casefold()
    if name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in name.replace(",", " ").split()):
        return 1
    return 2 if wanted in name else None


def first_of(heading: str, shown: int) -> str:
    """The heading of a group of which there is more than ``shown``."""
    words = QCoreApplication.translate("CommandPalette", "{0}: the first {1}, type more to find others")
    return words.format(heading, shown)


class PaletteLines(QAbstractListModel):
    """The lines, headings between them."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.lines: list[Line] = []
        self.needle = ""

    def set(self, lines: Sequence[Line], needle: str) -> None:
        self.beginResetModel()
        self.lines, self.needle = list(lines), needle
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()]
        if line.heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (line.title, line.detail, line.keys) if part)
        return None


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title with the letters found in bold, detail, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        return QSize(theme.px(200), theme.px(_HEAD if line.heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        needle = model.needle if isinstance(model, PaletteLines) else ""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(option.rect.adjusted(0, 0, 0, -1), 6, 6)
        inner, direction = option.rect.adjusted(12, 0, -12, 0), option.direction
        if line.heading:
            painter.setFont(theme.font("small-b"))
            painter.setPen(theme.color("text3"))
            start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            painter.drawText(inner.adjusted(0, 0, 0, -5), start, line.title)
        else:
            self._paint_line(painter, inner, direction, line, needle, chosen=chosen)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, inner: QRect, direction: Qt.LayoutDirection, line: Line, needle: str, *, chosen: bool
    ) -> None:
        size = theme.px(16)
        tone = "disabled" if not line.enabled else "accent_text" if chosen else "text2"
        spot = QStyle.visualRect(direction, inner, QRect(inner.left(), inner.center().y() - size // 2, size, size))
        painter.drawPixmap(spot.topLeft(), icons.pixmap(line.icon, tone, size))
        left, right = inner.left() + size + 10, inner.right()
        if line.keys:
            right = self._paint_keys(painter, inner, direction, line.keys) - 10
        strong = chosen and line.enabled
        font = theme.font("body-b" if strong else "body")
        title = QFontMetrics(theme.font("body-b")).elidedText(line.title, Qt.TextElideMode.ElideRight, right - left)
        width = min(right - left, QFontMetrics(theme.font("body-b")).horizontalAdvance(title) + 4)
        area = QStyle.visualRect(direction, inner, QRect(left, inner.top(), width, inner.height()))
        painter.setPen(theme.color("text" if line.enabled else "text3"))
        used = draw_found(painter, area, title, needle, font, direction)
        left += used + 10
        if line.detail and right - left > 24:
            small = theme.font("small", tabular=True)
            painter.setPen(theme.color("text3"))
            shown = QFontMetrics(small).elidedText(line.detail, Qt.TextElideMode.ElideRight, right - left)
            room = QStyle.visualRect(direction, inner, QRect(left, inner.top(), right - left, inner.height()))
            draw_found(painter, room, shown, needle if line.hit is not None else "", small, direction)

    @staticmethod
    def _paint_keys(painter: QPainter, inner: QRect, direction: Qt.LayoutDirection, keys: str) -> int:
        """Draw the key cap at the end of the line; returns where it starts, before mirroring."""
        painter.setFont(theme.font("caption"))
        width, height = painter.fontMetrics().horizontalAdvance(keys) + 12, theme.px(19)
        left = inner.right() - width
        cap = QStyle.visualRect(direction, inner, QRect(left, inner.center().y() - height // 2, width, height))
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("subtle"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.color("text3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return left


class _Results(QListView):
    """As high as its lines, less where the window is low."""

    wanted = 0

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self.wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), min(self.wanted, theme.px(_ROW + _HEAD)))


class CommandPalette(QFrame):
    """Signals: query(text) whenever it changes and names something to search for, action_chosen(name),
    found_chosen(Hit), call_wanted(Hit), closed()."""

    query = Signal(str)
    action_chosen = Signal(str)
    found_chosen = Signal(object)
    call_wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Search or run a command"))
        self._possible: Collection[str] = frozenset(actions.BY_NAME)
        self._groups: Sequence[tuple[str, Sequence[Hit]]] = ()
        self._edit = QLineEdit()
        self._edit.setProperty("bare", True)
        theme.dress(self._edit, "title")
        theme.size(self._edit, fixed_height=48)
        self._edit.setPlaceholderText(self.tr("Search or run a command"))
        self._edit.setAccessibleName(self.tr("Search or run a command"))
        self._edit.textChanged.connect(self._changed)
        self._model = PaletteLines(self)
        self._list = _Results()
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(self.tr("Results"))
        self._list.clicked.connect(lambda _index: self._run(call=False))
        self._empty = label("", "small", "3")
        self._empty.setContentsMargins(18, 10, 18, 12)
        self.setLayout(self._build())
        theme.size(self, fixed_width=640)
        self.setFocusProxy(self._edit)

    def _build(self) -> QVBoxLayout:
        small: list[Item] = [
            key_hint("↑"), key_hint("↓"), label(self.tr("move"), "caption", "3"), key_hint(self.tr("Enter")),
            label(self.tr("run"), "caption", "3"), key_hint(self.tr("Ctrl Enter")),
            label(self.tr("call"), "caption", "3"),
        ]  # fmt: skip
        scopes = label(self.tr("> commands   @ people   # tickets"), "caption", "3")
        head = row(Icon("search", "text2", 18), (self._edit, 1), spacing=8, margins=(18, 2, 12, 2))
        results = frame(column(self._list, self._empty, spacing=0, margins=(6, 4, 6, 6)))
        foot = row(*small, None, scopes, spacing=6, margins=(16, 8, 16, 8))
        return column(head, rule(), results, rule(), foot, spacing=0)

    # ------------------------------------------------------------------- told

    def start(self, possible: Collection[str], text: str = "") -> None:
        """Open afresh; ``possible`` are the actions that make sense now (see ``actions.possible``)."""
        self._possible, self._groups = possible, ()
        self._edit.clear()
        self._edit.setText(text)
        self._edit.selectAll()
        self._fill()

    def set_results(self, query: str, groups: Sequence[tuple[str, Sequence[Hit]]]) -> None:
        """What was found for ``query``, by translated heading; an answer to an older text is dropped."""
        if query == self._edit.text():
            self._groups = groups
            self._fill()

    # ------------------------------------------------------------------ inside

    def _changed(self, text: str) -> None:
        self._groups = ()
        self._fill()
        kind, rest = scope(text)
        if rest and kind != "commands":
            self.query.emit(text)

    def _fill(self) -> None:
        kind, rest = scope(self._edit.text())
        before = self._current()
        lines: list[Line] = []
        if kind in ("all", "commands"):
            found = self._actions(rest)
            most = len(found) if kind == "commands" else _MOST_ACTIONS
            heading = self.tr("Commands")
            if found:
                lines += [Line(heading if len(found) <= most else first_of(heading, most)), *found[:most]]
        for heading, group in self._groups:
            if group:
                lines.append(Line(heading))
                lines += [Line(f.title, f.detail, _KIND_ICONS.get(f.kind, "search"), hit=f) for f in group]
        self._model.set(lines, rest)
        self._list.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._empty.setText(self.tr("Nothing found for “{0}”").format(rest) if rest else self.tr("Type to search"))
        same = next((at for at, line in enumerate(lines) if before is not None and line == before), None)
        first = next((at for at, line in enumerate(lines) if not line.heading and line.enabled), None)
        chosen = same if same is not None and before is not None and not before.action else first
        if chosen is not None:
            self._list.setCurrentIndex(self._model.index(chosen, 0))
        self._fit(lines)
        if chosen is not None and chosen == first:
            self._list.scrollToTop()  # with the heading above it

    def _fit(self, lines: Sequence[Line]) -> None:
        heights = [theme.px(_HEAD if line.heading else _ROW) for line in lines]
        self._list.wanted = sum(heights[: _MOST_ROWS + 2]) + 4
        self._list.updateGeometry()
        settle(self)
        self.adjustSize()

    def _actions(self, needle: str) -> list[Line]:
        """Actions whose name fits, possible ones first; without a needle, the possible ones."""
        ranked = []
        for at, entry in enumerate(actions.TABLE):
            name, enabled = actions.label(entry.name), entry.name in self._possible
            rank = match(needle, name) if needle else 0
            if entry.name == "palette" or rank is None or (not needle and not enabled):
                continue
            why = "" if enabled else actions.translated(entry.why_not or "")
            line = Line(name, why, entry.icon, actions.key_text(entry.keys), action=entry.name, enabled=enabled)
            ranked.append((not enabled, rank, at, line))
        return [line for *_order, line in sorted(ranked, key=lambda item: item[:3])]

    def _current(self) -> Line | None:
        at = self._list.currentIndex().row()
        return self._model.lines[at] if 0 <= at < len(self._model.lines) else None

    def _run(self, *, call: bool) -> None:
        line = self._current()
        if line is None or line.heading or not line.enabled:
            return
        if line.action:
            self.closed.emit()
            self.action_chosen.emit(line.action)
        elif line.hit is not None and call and line.hit.number:
            self.closed.emit()
            self.call_wanted.emit(line.hit)
        elif line.hit is not None and not call:
            self.closed.emit()
            self.found_chosen.emit(line.hit)

    def _move(self, step: int) -> None:
        at = self._list.currentIndex().row() + step
        while 0 <= at < len(self._model.lines) and self._model.lines[at].heading:
            at += step
        if 0 <= at < len(self._model.lines):
            self._list.setCurrentIndex(self._model.index(at, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(call=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
