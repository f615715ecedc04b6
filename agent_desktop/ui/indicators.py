"""Painted little figures: state pill, avatar, target bar, agents-by-state bar, sparkline, level meter."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from agent_desktop.core.figures import percent_text
from agent_desktop.ui import icons, theme


class StatePill(QWidget):
    """A presence: icon, word and timer on its tint."""

    def __init__(self, state: str = "offline", extra: str = "", *, large: bool = False):
        super().__init__()
        self._state, self._extra, self._word, self._large = state, extra, "", large
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(state, extra)

    def set(self, state: str, extra: str = "", word: str = "") -> None:
        """``word`` replaces the state's own word (Paused · Lunch)."""
        grew = len(extra) != len(self._extra) or (state, word) != (self._state, self._word)
        self._state, self._extra, self._word = state, extra, word
        self.setAccessibleName(self._text())
        if grew:
            self.updateGeometry()
        self.update()

    def _text(self) -> str:
        word = self._word or theme.state_label(self._state)
        return f"{word}  {self._extra}" if self._extra else word

    def _font(self) -> QFont:
        return theme.font("body-b" if self._large else "small-b", tabular=True)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self._text())
        return QSize(width + theme.px(46 if self._large else 34), theme.px(32 if self._large else 22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._state + "_bg"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        size, left = theme.px(16 if self._large else 13), theme.px(10 if self._large else 7)
        spot = QStyle.visualRect(
            self.layoutDirection(), self.rect(), QRect(left, (self.height() - size) // 2, size, size)
        )
        painter.drawPixmap(spot.topLeft(), icons.pixmap(theme.STATE_ICONS[self._state], self._state, size))
        painter.setPen(theme.color(self._state))
        painter.setFont(self._font())
        room = QRect(left + size + 6, 0, self.width() - left - size - 6, self.height())
        align = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(QStyle.visualRect(self.layoutDirection(), self.rect(), room), align, self._text())


class Avatar(QWidget):
    """Initials in a circle."""

    def __init__(self, name: str = "", size: int = 32):
        super().__init__()
        self._initials, self._size = "", size
        theme.size(self, fixed_width=size, fixed_height=size)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._initials = "".join(part[0] for part in name.split()[:2]).upper() if name.strip() else "?"
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("subtle"))
        painter.drawEllipse(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        font = QFont(theme.font("body-b"))
        font.setPixelSize(int(self.width() * 0.36))
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class Disc(QWidget):
    """An icon on a filled circle."""

    def __init__(self, icon: str, fill: str, tone: str = "on", size: int = 40):
        super().__init__()
        self._icon, self._fill, self._tone = icon, fill, tone
        theme.size(self, fixed_width=size, fixed_height=size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._fill))
        painter.drawEllipse(self.rect())
        size = int(self.width() * 0.48)
        at = (self.width() - size) // 2
        painter.drawPixmap(at, at, icons.pixmap(self._icon, self._tone, size, stroke=2.0))


class TargetBar(QWidget):
    """A percentage as a bar with a tick at its target; coloured by verdict: ok, warn, bad, or neutral without data."""

    def __init__(self, height: int = 8):
        super().__init__()
        self._value: float | None = None
        self._target, self._verdict, self._bar = 0.8, "ok", height
        self.setFixedHeight(height + 6)
        self.setMinimumWidth(60)

    def set(self, value: float | None, target: float, verdict: str = "ok") -> None:
        """``value`` and ``target`` are fractions 0..1; None draws an empty bar."""
        if (value, target, verdict) == (self._value, self._target, self._verdict):
            return
        self._value, self._target, self._verdict = value, target, verdict
        shown = "–" if value is None else percent_text(value)
        self.setAccessibleName(self.tr("{0}, target {1}").format(shown, percent_text(target)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width(), self._bar
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(width, 0)
            painter.scale(-1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pressed"))
        painter.drawRoundedRect(QRectF(0, 3, width, height), height / 2, height / 2)
        if self._value:
            painter.setBrush(theme.color(self._verdict))
            painter.drawRoundedRect(QRectF(0, 3, width * min(self._value, 1), height), height / 2, height / 2)
        x = round(width * self._target)
        painter.fillRect(QRectF(x - 2, 0, 4, height + 6), theme.color("surface"))
        painter.fillRect(QRectF(x - 1, 0, 2, height + 6), theme.color("text"))


class StateBar(QWidget):
    """Agents by state: a segmented bar (``bar`` 0: none) over icons with counts; a Ready count of 0 stands out."""

    def __init__(self, *, bar: int = 6):
        super().__init__()
        self._counts: dict[str, int] = {}
        self._bar = bar
        theme.size(self, fixed_height=20 + (bar + 4 if bar else 0))

    def set(self, counts: Mapping[str, int]) -> None:
        if dict(counts) == self._counts:
            return
        self._counts = dict(counts)
        words = ", ".join(f"{count} {theme.state_label(state)}" for state, count in self._counts.items())
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small-b", tabular=True))
        width = sum(theme.px(18) + metrics.horizontalAdvance(str(count)) + 12 for count in self._counts.values())
        return QSize(width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction = self.layoutDirection()
        total = sum(self._counts.values())
        if self._bar and total:
            path = QPainterPath()
            path.addRoundedRect(QRectF(0, 0, self.width(), self._bar), 3, 3)
            painter.setClipPath(path)
            present = {state: count for state, count in self._counts.items() if count}
            unit = (self.width() - 2 * (len(present) - 1)) / total
            x = 0.0
            for state, count in present.items():
                left = x if direction == Qt.LayoutDirection.LeftToRight else self.width() - x - unit * count
                painter.fillRect(QRectF(left, 0, unit * count, self._bar), theme.color(state + "_fill"))
                x += unit * count + 2
            painter.setClipping(False)
        left, top = 0, self._bar + 6 if self._bar else 2
        size = theme.px(13)
        for state, count in self._counts.items():
            empty = state == "ready" and count == 0
            painter.setFont(theme.font("small-b" if empty else "small", tabular=True))
            text = str(count)
            width = painter.fontMetrics().horizontalAdvance(text) + 2
            spot = QStyle.visualRect(direction, self.rect(), QRect(left, top, size, size))
            tone = "bad" if empty else state + "_fill"
            painter.drawPixmap(spot.topLeft(), icons.pixmap(theme.STATE_ICONS[state], tone, size, stroke=2.25))
            painter.setPen(theme.color("bad" if empty else "text2"))
            room = QRect(left + size + 5, top - 3, width, size + 6)
            painter.drawText(QStyle.visualRect(direction, self.rect(), room), Qt.AlignmentFlag.AlignVCenter, text)
            left += size + 5 + width + 12


class Sparkline(QWidget):
    """A line without axes; its last point is marked."""

    def __init__(self, width: int = 80, height: int = 28):
        super().__init__()
        self._values: list[float] = []
        theme.size(self, fixed_width=width, fixed_height=height)

    def set(self, values: Sequence[float]) -> None:
        self._values = list(values)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        low, high = min(self._values), max(self._values)
        span = (high - low) or 1.0
        step = (self.width() - 6) / (len(self._values) - 1)
        points = [
            QPointF(3 + index * step, self.height() - 4 - (value - low) / span * (self.height() - 8))
            for index, value in enumerate(self._values)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("c1"), 1.5))
        painter.drawPolyline(points)
        painter.setBrush(theme.color("c1"))
        painter.drawEllipse(points[-1], 2.0, 2.0)


class LevelMeter(QWidget):
    """Loudness in steps, ten or as many as wanted; steps, not motion."""

    def __init__(self, name: str = "", *, steps: int = 10):
        super().__init__()
        self._steps, self._most = 0, steps
        self.setFixedSize(round(4.4 * steps), 14)
        self.setAccessibleName(name)

    def set(self, level: float) -> None:
        """``level`` 0..1."""
        steps = min(self._most, max(0, round(level * self._most)))
        if steps != self._steps:
            self._steps = steps
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self._most):
            token = "ready_fill" if index < self._steps else "line2"
            painter.fillRect(QRectF(index * 4.4, 3, 3, 8), theme.color(token))
