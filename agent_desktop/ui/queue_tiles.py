"""A tile for each queue: waiting, longest wait, service level against its target, and its agents by state.

Each tile is painted whole, so that new figures cost a repaint and never a new layout.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QToolTip, QWidget

from agent_desktop.core import metrics
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.alarms import Kind, Level
from agent_desktop.core.board_views import QueueTile, Verdict
from agent_desktop.core.figures import Figure, clock_text, number_text, share_text, translated
from agent_desktop.ui import icons, theme
from agent_desktop.ui.labels import plain_tooltip
from agent_desktop.ui.text_width import draw_text, text_width

_SHOWN_STATES = (
    AgentState.READY,
    AgentState.TALKING,
    AgentState.RINGING,
    AgentState.WRAP_UP,
    AgentState.HOLD,
    AgentState.PAUSED,
)
_ALWAYS = (AgentState.READY, AgentState.TALKING)
_TONES = {Level.WARNING: "warn", Level.BREACH: "bad"}


_PAD = 12


def _captions(target: str) -> tuple[str, str, str]:
    return (
        QCoreApplication.translate("tiles", "waiting"),
        QCoreApplication.translate("tiles", "longest wait"),
        QCoreApplication.translate("tiles", "SL, target {0}").format(target),
    )


@lru_cache(maxsize=16)
def _figure_widths(compact: bool, scale: float) -> tuple[int, int, int]:
    waiting, longest, level = (text_width(words, "caption") for words in _captions("80%"))
    if compact:
        gap = theme.px(4)
        return (
            text_width("00", "title") + gap + waiting,
            text_width("00:00", "title") + gap + longest,
            text_width("79.9%", "title"),
        )
    return (
        max(text_width("00", "metric"), waiting),
        max(text_width("0:00", "metric"), longest),
        max(text_width("88%", "metric"), level),
    )


@lru_cache(maxsize=16)
def _rows(compact: bool, scale: float) -> tuple[int, int, int, int, int, int]:
    """The tops of: name, figures, captions, bar, agents; and the bottom. ``scale`` only tells text sizes apart."""
    name, caption = QFontMetrics(theme.font("body-b")), QFontMetrics(theme.font("caption"))
    first = theme.px(9 if compact else 12)
    second = first + max(name.height(), theme.px(20)) + theme.px(3 if compact else 6)
    if compact:
        fourth = second + QFontMetrics(theme.font("title")).height() + theme.px(4)
        return first, second, fourth, fourth, fourth + 12 + theme.px(9), fourth + 12 + theme.px(9)
    third = second + QFontMetrics(theme.font("metric")).height() - theme.px(2)
    fourth = third + caption.height() + theme.px(8)
    fifth = fourth + 12 + theme.px(12)
    return first, second, third, fourth, fifth, fifth + theme.px(14) + theme.px(14)


def verdict_words(verdict: Verdict) -> str:
    """How a queue stands, in a word or two."""
    words = {
        Verdict.NONE: QCoreApplication.translate("tiles", "No calls yet"),
        Verdict.OK: QCoreApplication.translate("tiles", "On target"),
        Verdict.WARN: QCoreApplication.translate("tiles", "At risk"),
        Verdict.BAD: QCoreApplication.translate("tiles", "Below target"),
    }
    return words[verdict]


def figure_tones(tile: QueueTile, waited_s: float, alarms: Mapping[Kind, Level]) -> tuple[str, str, str]:
    """The colours of waiting, longest wait and service level: what is beyond a threshold of its own, or makes the risk.

    ``waited_s``: of the longest wait, below 0 without one.
    """
    at_risk, late = tile.verdict is Verdict.WARN, waited_s > tile.queue.sl_threshold_s
    level = {Verdict.BAD: "bad", Verdict.WARN: "text" if late else "warn"}.get(tile.verdict, "text")
    if tile.verdict is Verdict.BAD and tile.waiting:
        return "bad", "bad", level
    waiting, longest = (_TONES.get(alarms.get(kind, Level.NONE), "") for kind in (Kind.WAITING, Kind.LONGEST_WAIT))
    return waiting or "text", longest or ("warn" if at_risk and late else "text"), level


TAKE = 3


class TileView(QWidget):
    """One queue. Signals: pressed(queue_id), by click, Enter or Space; entered(queue_id), the focus came;

    figure_pressed(queue_id, place): 0 who waits, 1 the longest wait, 2 the service level; by click or the menu key.
    TAKE: the longest waiting call is to be taken.
    """

    pressed = Signal(object)
    figure_pressed = Signal(object, int)
    entered = Signal(object)

    def __init__(self, tile: QueueTile):
        super().__init__()
        self._tile = tile
        self.takes = False  # whoever looks at it may take a waiting call
        self._seconds = -1
        self._waited: Figure | None = None
        self._chosen = self._compact = False
        self._age = ""  # how old it is, in words; empty: up to date
        self._alarms: dict[Kind, Level] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._tell()

    @property
    def queue_id(self) -> UUID:
        return self._tile.queue.id

    def set(self, tile: QueueTile, now: datetime, waited: Figure) -> None:
        """Show ``tile``; repaints only when something on it reads differently."""
        seconds = int(waited.value) if waited.value is not None else -1
        before, self._tile, self._waited = self._tile, tile, waited
        shown = (tile.waiting, tile.verdict, tile.agents, tile.queue, tile.service_level.value)
        if seconds == self._seconds and shown == (
            before.waiting,
            before.verdict,
            before.agents,
            before.queue,
            before.service_level.value,
        ):
            return
        self._seconds = seconds
        self._tell()
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._tell()
            self.update()

    def set_alarms(self, alarms: Mapping[Kind, Level]) -> None:
        """Which of its thresholds are passed: those figures have the alarm's colour."""
        if alarms != self._alarms:
            self._alarms = dict(alarms)
            self.update()

    def set_age(self, age: str) -> None:
        """Old figures are grey and say how old they are; empty: they are not."""
        if age != self._age:
            self._age = age
            self._tell()
            self.update()

    def _tell(self) -> None:
        tile = self._tile
        words = QCoreApplication.translate("tiles", "{0}: {1}, {2} waiting, longest {3}, service level {4}, target {5}")
        text = words.format(
            tile.queue.label,
            self._age or verdict_words(tile.verdict),
            tile.waiting,
            self._longest(),
            self._level(),
            share_text(tile.queue.sl_target),
        )
        if self._chosen:
            text += QCoreApplication.translate("tiles", ", chosen")
        self.setAccessibleName(text)

    def _longest(self) -> str:
        return clock_text(self._seconds) if self._seconds >= 0 else "–"

    def _level(self) -> str:
        return self._tile.service_level.text(self._tile.queue.sl_target)

    # ---------------------------------------------------------------- sizes

    @staticmethod
    def figure_widths(*, compact: bool) -> tuple[int, int, int]:
        """What waiting, longest wait and service level need side by side."""
        return _figure_widths(compact, theme.scale)

    @staticmethod
    def narrowest(*, compact: bool) -> int:
        """The width below which its three figures touch."""
        return sum(TileView.figure_widths(compact=compact)) + 2 * theme.px(6) + 2 * theme.px(_PAD)

    def set_compact(self, compact: bool) -> None:
        """Without the agents and with its figures in one line, where there are many queues."""
        if compact != self._compact:
            self._compact = compact
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.narrowest(compact=self._compact), self.height_of(compact=self._compact))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def height_of(*, compact: bool) -> int:
        return TileView._rows(compact)[-1]

    @staticmethod
    def _rows(compact: bool) -> tuple[int, int, int, int, int, int]:
        return _rows(compact, theme.scale)

    # -------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        ring = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if ring else "accent" if self._chosen else "line"), 2 if ring else 1))
        painter.setBrush(theme.color("accent_bg" if self._chosen else "surface"))
        painter.drawRoundedRect(edge.adjusted(0.5, 0.5, -0.5, -0.5) if ring else edge, 8, 8)
        tops = self._rows(self._compact)
        self._paint_head(painter, tops[0], tops[1])
        self._paint_figures(painter, tops)
        self._paint_bar(painter, tops[3])
        if not self._compact:
            self._paint_agents(painter, tops[4])

    def _inner(self) -> QRect:
        pad = theme.px(_PAD)
        return self.rect().adjusted(pad, 0, -pad, 0)

    def _tone(self) -> str:
        """The colour of how it stands; none for what nobody knows any more."""
        if self._age:
            return ""
        return {Verdict.BAD: "bad", Verdict.WARN: "warn"}.get(self._tile.verdict, "")

    def _text(self, painter: QPainter, spot: QRect, text: str, role: str, token: str) -> None:
        """``spot`` is as if left to right; the text is cut with an ellipsis."""
        painter.setPen(theme.color(token))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = QRect(self.width() - spot.right() - 1, spot.top(), spot.width(), spot.height()) if mirrored else spot
        if text_width(text, role) > spot.width():
            metrics = QFontMetrics(theme.font(role, tabular=True))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, spot.width())
        draw_text(painter, place, text, role, right=mirrored)

    def _icon(self, painter: QPainter, left: int, top: int, name: str, tone: str, size: int) -> None:
        spot = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(left, top, size, size))
        painter.drawPixmap(spot.topLeft(), icons.pixmap(name, tone, size, stroke=2.0))

    def _paint_head(self, painter: QPainter, top: int, bottom: int) -> None:
        inner, tone, tile = self._inner(), self._tone(), self._tile
        height = bottom - top - theme.px(6)
        words = self._age or verdict_words(tile.verdict)
        width = text_width(words, "caption") + 2
        left = inner.right() + 1 - width
        if tone:
            left -= 7
            box = QRect(left - 7, top, width + 14, max(height, theme.px(20)))
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(tone + "_bg"))
            painter.drawRoundedRect(QRectF(place), 4, 4)
            size = theme.px(14)
            self._text(painter, QRect(left, top, width, box.height()), words, "caption", tone)
            left -= 7 + 6 + size
            self._icon(painter, left, top + (box.height() - size) // 2, "triangle-alert", tone, size)
        else:
            self._text(painter, QRect(left, top, width, height), words, "caption", "text3")
        room = QRect(inner.left(), top, left - inner.left() - theme.px(6), height)
        self._text(painter, room, tile.queue.label, "body-b", "text2" if self._age else "text")

    def _columns(self) -> tuple[QRect, QRect, QRect]:
        """Left edges and widths of waiting, longest wait and service level, for the full height."""
        inner = self._inner()
        needed = self.figure_widths(compact=self._compact)
        spare = max(0, inner.width() - sum(needed))
        second = inner.left() + needed[0] + spare * 9 // 20
        third = second + needed[1] + spare * 5 // 20
        gap = theme.px(3)
        return (
            QRect(inner.left(), 0, second - inner.left() - gap, self.height()),
            QRect(second, 0, third - second - gap, self.height()),
            QRect(third, 0, self.width() - third - theme.px(4), self.height()),
        )

    def _paint_figures(self, painter: QPainter, tops: tuple[int, ...]) -> None:
        tile, texts = self._tile, (number_text(self._tile.waiting), self._longest(), self._level())
        values = zip(
            texts, ("text3",) * 3 if self._age else figure_tones(tile, self._seconds, self._alarms), strict=True
        )
        captions = _captions(share_text(tile.queue.sl_target))
        big, height = "title" if self._compact else "metric", tops[2] - tops[1]
        for place, (spot, (value, token), words) in enumerate(zip(self._columns(), values, captions, strict=True)):
            self._text(painter, QRect(spot.left(), tops[1], spot.width(), height), value, big, token)
            if not self._compact:
                below = QRect(spot.left(), tops[2], spot.width(), tops[3] - tops[2] - theme.px(8))
                self._text(painter, below, words, "caption", "text3")
            elif place < 2:
                left = text_width(value, big) + theme.px(4)
                beside = QRect(spot.left() + left, tops[1] + theme.px(2), spot.width() - left, height - theme.px(2))
                self._text(painter, beside, words, "caption", "text3")

    def _paint_bar(self, painter: QPainter, top: int) -> None:
        inner, height, tile = self._inner(), 6, self._tile
        painter.save()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pressed"))
        painter.drawRoundedRect(QRectF(inner.left(), top + 3, inner.width(), height), 3, 3)
        level = tile.service_level.value
        if level:
            painter.setBrush(theme.color("line2" if self._age else self._tone() or "ok"))
            painter.drawRoundedRect(QRectF(inner.left(), top + 3, inner.width() * level, height), 3, 3)
        x = inner.left() + round(inner.width() * tile.queue.sl_target)
        painter.fillRect(QRectF(x - 2, top, 4, 12), theme.color("accent_bg" if self._chosen else "surface"))
        painter.fillRect(QRectF(x - 1, top, 2, 12), theme.color("text3" if self._age else "text"))
        painter.restore()

    def _paint_agents(self, painter: QPainter, top: int) -> None:
        inner, counts = self._inner(), dict(self._tile.agents)
        size, left, tone = theme.px(14), inner.left(), "text3" if self._age else ""
        for state in _SHOWN_STATES:
            count = counts.get(state, 0)
            if not count and state not in _ALWAYS:
                continue
            none_free = state is AgentState.READY and not count and bool(self._tile.signed_in) and not self._age
            width = text_width(str(count), "small-b") + 2
            if left + size + 5 + width > inner.right() + 1:
                break
            self._icon(
                painter, left, top, theme.STATE_ICONS[state], tone or ("bad" if none_free else f"{state}_fill"), size
            )
            role = "small-b" if none_free else "small"
            spot = QRect(left + size + 5, top - 3, width, size + 6)
            self._text(painter, spot, str(count), role, tone or ("bad" if none_free else "text2"))
            left += size + 5 + width + theme.px(10)

    # ------------------------------------------------------------ input

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(event.position().toPoint()):
            return
        place = self._figure_at(event.position())
        if place is None:
            self.pressed.emit(self.queue_id)
        else:
            self.figure_pressed.emit(self.queue_id, place)

    def _figure_at(self, spot: QPointF) -> int | None:
        """Which of the three figures is written there."""
        tops, mirrored = self._rows(self._compact), self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - spot.x() if mirrored else spot.x()
        if not tops[1] <= spot.y() < tops[3]:
            return None
        widths = self.figure_widths(compact=self._compact)
        for place, (column, width) in enumerate(zip(self._columns(), widths, strict=True)):
            if column.left() <= x < column.left() + width:
                return place
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        words = (
            QCoreApplication.translate("tiles", "Who waits now"),
            None,
            QCoreApplication.translate("tiles", "Calls behind the service level"),
        )
        for place, text in enumerate(words):
            if text is not None:
                menu.addAction(text, lambda place=place: self.figure_pressed.emit(self.queue_id, place))  # type: ignore[misc]
        if self.takes:
            take = QCoreApplication.translate("tiles", "Take the longest waiting call")
            entry = menu.addAction(take, lambda: self.figure_pressed.emit(self.queue_id, TAKE))
            entry.setEnabled(self._tile.waiting > 0)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self.queue_id)
        else:
            super().keyPressEvent(event)

    def explain_at(self, x: float, y: float) -> str:
        """The words for the tooltip at a point."""
        tops, tile = self._rows(self._compact), self._tile
        if y >= tops[4] - 4 or (self._compact and y < tops[1]):
            return ", ".join(f"{count} {theme.state_label(state)}" for state, count in tile.agents if count)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self.width() - x if mirrored else x
        _, longest, level = self._columns()
        if y >= tops[3] or at >= level.left() or y < tops[1]:
            target = QCoreApplication.translate("tiles", "Target: {0}").format(share_text(tile.queue.sl_target))
            others = [f"· {translated(figure.name)}: {figure.text()}" for figure in tile.other_levels]
            by_others = QCoreApplication.translate("tiles", "The same visits by other formulas:")
            return "\n".join((tile.service_level.explain(), target, by_others, *others))
        if at >= longest.left() and self._waited is not None:
            return f"{self._waited.explain()}\n\n{tile.longest_today.explain()}"
        waiting = metrics.waiting_now(tile.waiting, tile.service_level.scope)
        return f"{waiting.explain()}\n\n{tile.estimated_wait.explain()}"

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = QPointF(event.pos())
            QToolTip.showText(event.globalPos(), plain_tooltip(self.explain_at(spot.x(), spot.y())), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.queue_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
