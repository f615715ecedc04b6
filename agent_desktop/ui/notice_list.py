"""The bell and what is behind it: the notices of this session, newest first."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from agent_desktop.core.views import Notice
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.dates import clock_time
from agent_desktop.ui.labels import Icon, label
from agent_desktop.ui.layouts import clear_layout, column, frame, row, rule, settle
from agent_desktop.ui.overlay import NOTICE_ICONS

_KEPT = 50


class Bell(ToolButton):
    """How many notices nobody has looked at."""

    def __init__(self) -> None:
        super().__init__("bell", "", size=18)
        self._unseen = 0
        self.set_unseen(0)

    def set_unseen(self, count: int) -> None:
        self._unseen = count
        words = self.tr("Notices, unseen: {0}").format(count) if count else self.tr("Notices")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._unseen:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = str(self._unseen) if self._unseen < 10 else "9+"
        font = QFont(theme.font("caption", tabular=True))
        font.setPixelSize(theme.px(9))
        font.setWeight(QFont.Weight.DemiBold)
        width = theme.px(14 if len(text) == 1 else 18)
        spot = QRectF(self.width() - width, 0, width, theme.px(14))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
        painter.setFont(font)
        painter.setPen(theme.color("on"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class NoticeList(QFrame):
    """Signal: closed()."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Notices"))
        self._kept: list[tuple[Notice, datetime]] = []
        self._unseen = 0
        self._lines = column(spacing=0)
        holder = QWidget()
        holder.setLayout(column(self._lines, None, spacing=0))
        self._holder = holder
        self._area = QScrollArea()
        self._area.setWidget(holder)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = frame(row(label(self.tr("Nothing has happened yet"), "small", "3"), margins=(14, 10, 14, 14)))
        title = row(label(self.tr("Notices"), "body-b"), None, margins=(14, 10, 14, 6))
        self.setLayout(column(title, rule(), self._none, self._area, spacing=0))

    def add(self, notice: Notice, at: datetime) -> None:
        self._kept.insert(0, (notice, at))
        del self._kept[_KEPT:]
        self._unseen += 1
        if self.isVisible():
            self.show_all()

    def unseen(self) -> int:
        return self._unseen

    def mark_seen(self) -> None:
        self._unseen = 0

    def show_all(self) -> None:
        """Fill the list; it is empty while nobody looks."""
        clear_layout(self._lines)
        for notice, at in self._kept:
            tone = notice.kind if notice.kind in NOTICE_ICONS else "info"
            words = label(notice.text, "small", wrap=True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            when = label(clock_time(at), "caption", "3", tabular=True)
            line = row(Icon(NOTICE_ICONS[tone], tone, 14), (words, 1), when, spacing=10, margins=(14, 8, 14, 8))
            self._lines.addWidget(frame(line))
        self._none.setVisible(not self._kept)
        self._area.setVisible(bool(self._kept))
        width = theme.px(360)
        self.setFixedWidth(width)
        settle(self)
        body = self._holder.layout()
        lines = body.heightForWidth(width - 14) if body is not None else 0
        self._area.setFixedHeight(min(theme.px(380), lines + 4))
        settle(self)
        self.setFixedHeight(self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
