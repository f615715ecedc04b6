"""The wallboard's picture: queues in type that is read across a room. Painted whole; nothing in it can be pressed.

All sizes are shares of the window's height (``UNITS`` of them), so that a 4K wall shows the same as a small one.
On a screen of 43 inches a figure is 25 mm high or more and words 14 mm: read from 5 m. No customer is ever named here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from agent_desktop.core.alarms import Kind, Level
from agent_desktop.core.board_views import QueueTile, Verdict
from agent_desktop.core.figures import clock_text, number_text, share_text
from agent_desktop.ui import icons, theme
from agent_desktop.ui.queue_tiles import figure_tones

UNITS = 1080
_MARGIN, _GAP, _PAD = 16, 16, 20
_HEAD, _FOOT, _ALARM = 96, 64, 108
_WIDE, _HIGH = 608, 246  # the smallest tile whose type is still large enough
_NAME, _FIGURE, _CAPTION, _LINE = 48, 80, 40, 44
_TONES = {Verdict.BAD: "bad", Verdict.WARN: "warn"}
_ICONS = {Verdict.BAD: "triangle-alert", Verdict.WARN: "hourglass"}


class Side(Enum):
    START, END, CENTRE = range(3)


_ALIGNED = {
    Side.START: Qt.AlignmentFlag.AlignLeft,
    Side.END: Qt.AlignmentFlag.AlignRight,
    Side.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


class Word(NamedTuple):
    """A text, its size in units, its colour and how bold it is."""

    text: str
    size: float
    tone: str
    weight: int = 600


class Totals(msgspec.Struct, frozen=True):
    """All queues of the wallboard together, as texts and counts."""

    waiting: int
    longest: str
    level: str
    below: bool  # the level is below its target
    free: int
    signed_in: int


class Wall(msgspec.Struct, frozen=True):
    """One moment of the wallboard. ``trouble`` and ``age`` are empty while the figures are up to date."""

    title: str
    clock: str
    now: datetime
    tiles: tuple[QueueTile, ...] = ()
    totals: Totals | None = None
    alarm: str = ""
    alarm_tone: str = "bad"
    trouble: str = ""
    age: str = ""  # only what is grey has one
    passed: Mapping[UUID, Mapping[Kind, Level]] = msgspec.field(default_factory=dict)  # thresholds, by queue


def fitting(count: int, width: float, height: float) -> tuple[int, int]:
    """Columns and rows for ``count`` tiles in so many units: as large as can be; at most as many as stay readable."""
    most_columns = max(1, int((width + _GAP) // (_WIDE + _GAP)))
    most_rows = max(1, int((height + _GAP) // (_HIGH + _GAP)))
    best, largest = (most_columns, most_rows), 0.0
    for columns in range(1, most_columns + 1):
        rows = max(1, -(-count // columns))
        if rows > most_rows:
            continue
        scale = min((width / columns - _GAP) / _WIDE, (height / rows - _GAP) / _HIGH)
        if scale > largest:
            best, largest = (columns, rows), scale
    return best


class WallView(QWidget):
    """Paints one page of a Wall; ``pages`` says how many there are at this size."""

    def __init__(self) -> None:
        super().__init__()
        self._wall: Wall | None = None
        self.page = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set(self, wall: Wall) -> None:
        if wall != self._wall:
            self._wall = wall
            self.setAccessibleName(wall.title)
            self.update()

    def turn(self) -> None:
        """To the next page, after the last one to the first."""
        self.page = (self.page + 1) % max(1, self.pages)
        self.update()

    @property
    def unit(self) -> float:
        """Pixels; a narrow window counts as one of its width in wide format."""
        return min(self.height(), self.width() * 10 / 16) / UNITS

    @property
    def per_page(self) -> int:
        columns, rows = fitting(10_000, *self._room())
        return columns * rows

    @property
    def pages(self) -> int:
        count = len(self._wall.tiles) if self._wall is not None else 0
        return max(1, -(-count // self.per_page))

    def shown(self) -> tuple[QueueTile, ...]:
        """The tiles of this page; pages are filled evenly."""
        tiles = self._wall.tiles if self._wall is not None else ()
        page, pages = min(self.page, self.pages - 1), self.pages
        each, more = divmod(len(tiles), pages)
        start = page * each + min(page, more)
        return tiles[start : start + each + (page < more)]

    def _room(self) -> tuple[float, float]:
        """Units for tiles."""
        unit = max(self.unit, 0.01)
        notes = _ALARM if self._wall is not None and self._wall.trouble else 0
        return self.width() / unit - 2 * _MARGIN, self.height() / unit - _HEAD - _FOOT - notes - _GAP

    # -------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("app"))
        wall = self._wall
        if wall is None:
            return
        top = self._paint_head(painter, wall)
        if wall.trouble:
            top = self._paint_trouble(painter, top, wall.trouble) + self._px(_GAP)
        tiles, (width, height) = self.shown(), self._room()
        if not tiles:
            spot = QRect(0, top, self.width(), self.height() - top)
            self._text(painter, spot, Word(self.tr("No queues yet"), _NAME, "text3"), Side.CENTRE)
            return
        # Every page has the same grid, so that nothing jumps when they turn.
        columns, rows = fitting(-(-len(wall.tiles) // self.pages), width, height)
        wide, high = (width + _GAP) / columns, (height + _GAP) / rows
        for number, tile in enumerate(tiles):
            line, place = divmod(number, columns)
            left, y = _MARGIN + place * wide, line * high
            spot = QRect(self._px(left), top + self._px(y), self._px(wide - _GAP), self._px(high - _GAP))
            self._paint_tile(painter, spot, tile)
        self._paint_foot(painter, wall)

    def _px(self, units: float) -> int:
        return round(units * self.unit)

    def _text(self, painter: QPainter, spot: QRect, word: Word, side: Side = Side.START) -> int:
        """One line in the middle of ``spot`` (as if left to right), cut with an ellipsis; returns its width."""
        font = theme.sized_font(self._px(word.size), word.weight)
        measures = QFontMetrics(font)
        text = measures.elidedText(word.text, Qt.TextElideMode.ElideRight, spot.width())
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
        align = QStyle.visualAlignment(self.layoutDirection(), _ALIGNED[side])
        painter.setFont(font)
        painter.setPen(theme.color(word.tone))
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        return measures.horizontalAdvance(text)

    def _icon(self, painter: QPainter, spot: QRect, name: str, tone: str) -> None:
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
        painter.drawPixmap(place.topLeft(), icons.pixmap(name, tone, spot.width(), stroke=2.2))

    def _paint_head(self, painter: QPainter, wall: Wall) -> int:
        """Title, all queues together, and the clock; returns where the tiles begin."""
        height, margin = self._px(_HEAD), self._px(_MARGIN)
        width = self.width() - 2 * margin
        clock_width = QFontMetrics(theme.sized_font(self._px(64))).horizontalAdvance(wall.clock) + self._px(8)
        right = QRect(margin + width - clock_width, 0, clock_width, height)
        self._text(painter, right, Word(wall.clock, 64, "text2" if wall.age else "text"), Side.END)
        room = width - clock_width - self._px(40)
        title = self._text(painter, QRect(margin, 0, room * 4 // 10, height), Word(wall.title, _NAME, "text"))
        left = margin + title + self._px(40)
        if wall.totals is not None:
            parts = _total_parts(wall.totals)
            if wall.age:
                parts = [(text, "text3") for text, _tone in parts]
            self._paint_parts(painter, QRect(left, 0, margin + room - left, height), parts, "text2")
        return height

    def _paint_parts(self, painter: QPainter, spot: QRect, parts: Sequence[tuple[str, str]], plain: str) -> None:
        """Texts with their colours side by side, those that do not fit left out."""
        left, gap = spot.left(), self._px(36)
        for text, wanted in parts:
            width = QFontMetrics(theme.sized_font(self._px(_LINE))).horizontalAdvance(text)
            if left + width > spot.right():
                return
            tone = wanted or plain
            self._text(painter, QRect(left, spot.top(), width + 4, spot.height()), Word(text, _LINE, tone))
            left += width + gap

    def _paint_trouble(self, painter: QPainter, top: int, text: str) -> int:
        """A line across the whole width; returns its foot."""
        tone, icon = "bad", "cloud-off"
        spot = QRect(self._px(_MARGIN), top, self.width() - 2 * self._px(_MARGIN), self._px(_ALARM - _GAP))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tone + "_bg"))
        painter.drawRoundedRect(spot, self._px(12), self._px(12))
        size, pad = self._px(52), self._px(_PAD)
        self._icon(painter, QRect(spot.left() + pad, spot.center().y() - size // 2, size, size), icon, tone)
        words = spot.adjusted(2 * pad + size, 0, -pad, 0)
        self._text(painter, words, Word(text, _LINE, tone))
        return spot.bottom() + 1

    def _paint_foot(self, painter: QPainter, wall: Wall) -> None:
        height, margin = self._px(_FOOT), self._px(_MARGIN)
        top = self.height() - height
        page = f"{min(self.page, self.pages - 1) + 1} / {self.pages}" if self.pages > 1 else ""
        right = self._px(130) if page else 0
        self._text(
            painter, QRect(self.width() - margin - right, top, right, height), Word(page, _CAPTION, "text2"), Side.END
        )
        spot = QRect(margin, top, self.width() - 2 * margin - right, height)
        if wall.alarm and not wall.age:
            size = self._px(_LINE)
            icon = QRect(spot.left(), spot.center().y() - size // 2, size, size)
            self._icon(painter, icon, "triangle-alert", wall.alarm_tone)
            words = spot.adjusted(size + self._px(16), 0, 0, 0)
            self._text(painter, words, Word(wall.alarm, _LINE, wall.alarm_tone))

    def _paint_tile(self, painter: QPainter, spot: QRect, tile: QueueTile) -> None:
        wall = self._wall
        assert wall is not None
        old, tone = bool(wall.age), _TONES.get(tile.verdict, "")
        tone = "" if old else tone
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{tone}_bg" if tone else "surface"))
        painter.drawRoundedRect(spot, self._px(14), self._px(14))
        grown = min(spot.width() / self._px(_WIDE), spot.height() / self._px(_HIGH), 2.4)
        pad = self._px(_PAD * grown)
        inner = spot.adjusted(pad, self._px(8 * grown), -pad, -self._px(10 * grown))
        name = QRect(inner.left(), inner.top(), inner.width(), self._px(60 * grown))
        self._paint_name(painter, name, tile, tone, grown)
        free = inner.height() - self._px((60 + 104 + 50) * grown)
        figures = name.bottom() + max(0, free // 2)
        self._paint_figures(painter, QRect(inner.left(), figures, inner.width(), self._px(154 * grown)), tile, grown)

    def _paint_name(self, painter: QPainter, spot: QRect, tile: QueueTile, tone: str, grown: float) -> None:
        """The queue, a sign when it is in trouble, and who is free; once it is old, how old."""
        assert self._wall is not None
        age = self._wall.age
        words, tone_of_words = age or self.tr("{0} free").format(tile.free), "text3" if age else "text2"
        if not age and not tile.free and tile.signed_in:
            tone_of_words = "bad"
        caption = _CAPTION * grown
        taken = QFontMetrics(theme.sized_font(self._px(caption))).horizontalAdvance(words) + 2
        taken = min(taken, spot.width() // 2)
        right = QRect(spot.right() + 1 - taken, spot.top(), taken, spot.height())
        self._text(painter, right, Word(words, caption, tone_of_words), Side.END)
        room = spot.adjusted(0, 0, -taken - self._px(16 * grown), 0)
        if tone:
            size = self._px(_CAPTION * grown)
            place = QRect(spot.left(), spot.center().y() - size // 2, size, size)
            self._icon(painter, place, _ICONS[tile.verdict], tone)
            room.adjust(size + self._px(12 * grown), 0, 0, 0)
        self._text(painter, room, Word(tile.queue.label, _NAME * grown, "text2" if age else "text"))

    def _paint_figures(self, painter: QPainter, spot: QRect, tile: QueueTile, grown: float) -> None:
        """Waiting, longest wait and service level, each over its word."""
        assert self._wall is not None
        wall, target = self._wall, tile.queue.sl_target
        waited = -1.0 if tile.longest_since is None else (wall.now - tile.longest_since).total_seconds()
        tones = figure_tones(tile, waited, wall.passed.get(tile.queue.id, {}))
        waiting_tone, longest_tone, level_tone = ("text3",) * 3 if wall.age else tones
        columns = (
            (number_text(tile.waiting), self.tr("waiting"), waiting_tone),
            (longest(tile, self._wall.now), self.tr("longest"), longest_tone),
            (
                tile.service_level.text(target),
                self.tr("of {0}").format(share_text(target)),
                level_tone,
            ),
        )
        size, caption, least = _FIGURE * grown, _CAPTION * grown, self._px(16 * grown)
        big, small = QFontMetrics(theme.sized_font(self._px(size))), QFontMetrics(theme.sized_font(self._px(caption)))
        widths = [max(big.horizontalAdvance(text), small.horizontalAdvance(word)) + 2 for text, word, _ in columns]
        gap = (spot.width() - sum(widths)) / 2
        if gap < least:  # somebody has waited for more than an hour: smaller figures, the same words
            size *= (spot.width() - 2 * least) / sum(widths)
            big = QFontMetrics(theme.sized_font(self._px(size)))
            widths = [max(big.horizontalAdvance(text), small.horizontalAdvance(word)) + 2 for text, word, _ in columns]
            gap = max(float(self._px(6)), (spot.width() - sum(widths)) / 2)
        left, high = float(spot.left()), self._px(104 * grown)
        for (text, word, tone_of_it), width in zip(columns, widths, strict=True):
            place = QRect(round(left), spot.top(), width + 2, high)
            self._text(painter, place, Word(text, size, tone_of_it))
            below = QRect(place.left(), spot.top() + high, width + 2, self._px(50 * grown))
            self._text(painter, below, Word(word, caption, "text3", 500))
            left += width + gap


def longest(tile: QueueTile, now: datetime) -> str:
    """How long the first in the queue has waited."""
    return clock_text((now - tile.longest_since).total_seconds()) if tile.longest_since is not None else "–"


def _total_parts(totals: Totals) -> list[tuple[str, str]]:
    return [
        (_tr("{0} waiting").format(number_text(totals.waiting)), ""),
        (_tr("longest {0}").format(totals.longest), ""),
        (_tr("SL {0}").format(totals.level), "bad" if totals.below else ""),
        (_tr("{0} of {1} free").format(totals.free, totals.signed_in), "bad" if not totals.free else ""),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("WallView", text)
