"""The queues in the top line: name, how many wait, and for how long; as many as fit, those in trouble first."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QWidget

from agent_desktop import clock
from agent_desktop.core.views import QueueView
from agent_desktop.ui import icons, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.dates import clock_time, duration
from agent_desktop.ui.labels import plain_tooltip
from agent_desktop.ui.wording import ltr

_GAP = 6
_RANK = {"bad": 0, "warn": 1, "ok": 2, "none": 3}


class QueueEntry(QPushButton):
    """One queue, painted; clicking it opens it."""

    def __init__(self, view: QueueView, parent: QWidget):
        super().__init__(parent)
        self.view = view
        self._longest = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tick()

    def set(self, view: QueueView) -> None:
        self.view = view
        self.setToolTip(plain_tooltip(view.explain) if view.explain else "")
        self.tick()

    def tick(self) -> None:
        since, now = self.view.longest_since, self.view.as_of or clock.now()
        self._longest = duration((now - since).total_seconds()) if since is not None else "–"
        old = self.tr(", as of {0}").format(clock_time(self.view.as_of)) if self.view.as_of is not None else ""
        trouble = old or (self.tr(", target broken") if self.view.verdict == "bad" else "")
        self.setAccessibleName(
            self.tr("{0}: {1} waiting, longest {2}").format(self.view.queue.label, self.view.waiting, self._longest)
            + trouble
        )
        self.update()

    def _parts(self) -> list[tuple[str, str, str]]:
        """Role, token and text of each word; an icon has the role "icon"."""
        verdict = self.view.verdict
        loud = verdict if verdict in ("bad", "warn") else ""
        tone = loud if self.view.waiting else ""  # nobody waits: the sign alone says that the target is broken
        parts = [
            ("small", "text2", self.view.queue.label),
            ("small-b", "text3" if self.view.as_of is not None else tone or "text", str(self.view.waiting)),
            ("small", tone or "text3", self._longest),
        ]
        if loud:
            parts.insert(2, ("icon", loud, "triangle-alert"))
        return parts

    @staticmethod
    def _width(role: str, text: str) -> int:
        if role == "icon":
            return theme.px(13)
        # Digits change every second: room for as many, not for these.
        return QFontMetrics(theme.font(role, tabular=True)).horizontalAdvance(text) + 1

    def sizeHint(self) -> QSize:
        parts = self._parts()
        return QSize(
            sum(self._width(role, text) for role, _tone, text in parts) + 5 * (len(parts) - 1) + 12, theme.px(30)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the strip moves; a button of its own would jump to any other on the screen
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction = self.layoutDirection()
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        left = 6
        for role, tone, text in self._parts():
            width = self._width(role, text)
            spot = QStyle.visualRect(direction, self.rect(), QRect(left, 0, width, self.height()))
            if role == "icon":
                painter.drawPixmap(
                    spot.left(), (self.height() - width) // 2, icons.pixmap(text, tone, width, stroke=2.0)
                )
            else:
                painter.setFont(theme.font(role, tabular=True))
                painter.setPen(theme.color(tone))
                painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
            left += width + 5


class QueueStrip(QWidget):
    """One tab stop; arrows move. What does not fit is in the menu behind "+2". Signal: queue_chosen(id)."""

    queue_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(self.tr("Queues"))
        self._entries: list[QueueEntry] = []
        self._more = Button("", kind="ghost", height=28)
        self._more.setParent(self)
        self._more.clicked.connect(self._open_more)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(theme.px(60), theme.px(30))

    def set(self, queues: Sequence[QueueView]) -> None:
        while len(self._entries) > len(queues):
            entry = self._entries.pop()
            entry.hide()
            entry.deleteLater()
        for index, view in enumerate(queues):
            if index == len(self._entries):
                entry = QueueEntry(view, self)
                entry.clicked.connect(lambda _checked=False, of=entry: self.queue_chosen.emit(of.view.queue.id))
                self._entries.append(entry)
            self._entries[index].set(view)
        self._arrange()

    def tick(self) -> None:
        widths = [entry.sizeHint().width() for entry in self._entries]
        for entry in self._entries:
            entry.tick()
        if widths != [entry.sizeHint().width() for entry in self._entries]:
            self._arrange()

    def shown(self) -> list[QueueView]:
        """The queues that can be read without opening the menu."""
        return [entry.view for entry in self._entries if not entry.isHidden()]

    def needed(self) -> int:
        """The width that shows every queue."""
        return sum(entry.sizeHint().width() + _GAP for entry in self._entries)

    def _arrange(self) -> None:
        """Keep the given order, drop the calmest until the rest fits."""
        widths = {entry: entry.sizeHint().width() + _GAP for entry in self._entries}
        kept = list(self._entries)
        self._more.setText(ltr(f"+{len(self._entries)}"))
        more = self._more.sizeHint().width()
        while kept and sum(widths[e] for e in kept) + (more if len(kept) < len(self._entries) else 0) > self.width():
            calmest = max(range(len(kept)), key=lambda at: (_RANK[kept[at].view.verdict], at))
            del kept[calmest]
        hidden = len(self._entries) - len(kept)
        left, height = 0, theme.px(30)
        for entry in self._entries:
            entry.setVisible(entry in kept)
            entry.setFocusPolicy(Qt.FocusPolicy.TabFocus if kept and entry is kept[0] else Qt.FocusPolicy.ClickFocus)
            if entry in kept:
                spot = QRect(left, (self.height() - height) // 2, widths[entry] - _GAP, height)
                entry.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), spot))
                left += widths[entry]
        self._more.setVisible(hidden > 0)
        if hidden:
            self._more.setText(ltr(f"+{hidden}"))
            self._more.setAccessibleName(self.tr("More queues: {0}").format(hidden))
            spot = QRect(left, (self.height() - theme.px(28)) // 2, more, theme.px(28))
            self._more.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), spot))

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self._entries:
            if entry.isHidden():
                action = menu.addAction(entry.accessibleName().replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, of=entry.view.queue.id: self.queue_chosen.emit(of))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        step = {Qt.Key.Key_Right: forward, Qt.Key.Key_Left: -forward}.get(Qt.Key(event.key()), 0)
        shown = [entry for entry in self._entries if not entry.isHidden()]
        at = next((index for index, entry in enumerate(shown) if entry.hasFocus()), -1)
        if step and at >= 0:
            shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange) and hasattr(self, "_more"):
            self._arrange()
