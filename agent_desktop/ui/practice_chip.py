"""The striped chip that says calls are made up, with the pace of the day and a call at once."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from agent_desktop.core.figures import plain_text
from agent_desktop.ui import icons, theme
from agent_desktop.ui.wording import ltr

SPEEDS = (1.0, 2.0, 4.0, 8.0)


class PracticeChip(QPushButton):
    """Signals: speed_chosen(factor), call_wanted()."""

    speed_chosen = Signal(float)
    call_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._speed = 1.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Calls and figures are made up. Nothing here reaches a real customer."))
        self.clicked.connect(lambda _checked=False: self.open_menu())
        self.set_speed(1.0)

    def set_speed(self, speed: float) -> None:
        self._speed = speed
        self.setAccessibleName(self.tr("Practice, speed {0}").format(f"{plain_text(speed)}×"))
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        pace = ltr(f"{plain_text(self._speed)}×") if self._speed != 1 else ""
        return f"{self.tr('Practice')}  {pace}".strip()

    def open_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ring = menu.addAction(icons.icon("phone-incoming", "text2"), self.tr("Ring me a practice call now"))
        ring.triggered.connect(lambda _checked=False: self.call_wanted.emit())
        menu.addSeparator()
        group = QActionGroup(menu)
        for speed in SPEEDS:
            words = self.tr("Real time") if speed == 1 else self.tr("{0} times faster").format(plain_text(speed))
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(speed == self._speed)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, chosen=speed: self.speed_chosen.emit(chosen))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
        return menu

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font("small-b", tabular=True)).horizontalAdvance(self._words())
        return QSize(width + theme.px(34), max(24, theme.px(26)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.fillPath(outline, theme.color("surface"))
        painter.save()
        painter.setClipPath(outline)
        painter.setPen(QPen(theme.color("warn_bg"), 5))
        for x in range(-self.height(), self.width() + self.height(), 12):
            painter.drawLine(x, self.height(), x + self.height(), 0)
        painter.restore()
        painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "warn"), 2 if self.hasFocus() else 1))
        painter.drawPath(outline)
        painter.setPen(theme.color("warn"))
        painter.setFont(theme.font("small-b", tabular=True))
        size = theme.px(12)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        words = self.rect().adjusted(theme.px(20 if rtl else 8), 0, -theme.px(8 if rtl else 20), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self._words())
        x = theme.px(7) if rtl else self.width() - theme.px(7) - size
        painter.drawPixmap(x, (self.height() - size) // 2, icons.pixmap("chevron-down", "warn", size, stroke=2.2))
