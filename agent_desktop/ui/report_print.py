"""Prints a report as a PDF without a screen: ``python -m agent_desktop.ui.report_print FILE`` with a Paper as JSON."""

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from agent_desktop.core.report_files import Paper
from agent_desktop.ui import program_language

_DPI = 300
_POINT = _DPI / 72
_WIDE = 7  # columns; more go across the page
_TEXT, _GREY, _LINE = QColor("#1b1f24"), QColor("#5b6470"), QColor("#c9ced6")
_HEAD, _SUM = QColor("#e9ecf1"), QColor("#f3f4f7")
_FAMILIES = ["Inter", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif"]
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_PAD = 2.5 * _POINT
_SMALLEST = 5.5  # points


def _tr(text: str) -> str:
    return QCoreApplication.translate("report", text)


def write(paper: Paper, path: Path) -> int:
    """Print it; the number of pages. All text is plain. Raises OSError."""
    pages = _Printing(paper, _writer(paper, path), of=0).run()  # to count them
    return _Printing(paper, _writer(paper, path), of=pages).run()


def _writer(paper: Paper, path: Path) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setTitle(paper.title)
    writer.setCreator("Agent Desktop")
    across = len(paper.columns) > _WIDE
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    margins = QMarginsF(14, 12, 14, 10)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, orientation, margins, QPageLayout.Unit.Millimeter))
    return writer


@lru_cache(maxsize=64)
def _font(points: float, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


class _Printing:
    """One run over the pages, painted by hand: a text document takes 13 ms for each line of a table."""

    def __init__(self, paper: Paper, writer: QPdfWriter, of: int) -> None:
        self._paper, self._writer, self._of = paper, writer, of
        room = writer.pageLayout().paintRectPixels(_DPI)
        self._width = float(room.width())
        self._bottom = room.height() - 16 * _POINT
        self._page, self._y = 1, 0.0
        self._points = 8.0
        self._painter = QPainter()
        self._measures: dict[str, QFontMetricsF] = {}

    def run(self) -> int:
        """Paint all; how many pages that were."""
        if not self._painter.begin(self._writer):
            raise OSError("it cannot be written there")
        paper = self._paper
        self._words(paper.title, _font(15, bold=True), _TEXT)
        self._words(paper.subtitle, _font(9), _GREY)
        self._y += 8 * _POINT
        if paper.rows:
            self._table()
        else:
            self._words(_tr("Nothing was counted in this time."), _font(9), _TEXT)
        self._y += 12 * _POINT
        self._about()
        self._foot()
        self._painter.end()
        return self._page

    # ------------------------------------------------------------------ text

    def _words(self, text: str, font: QFont, tone: QColor) -> None:
        """Lines of text, a new page before them where there is no room."""
        height = self._height(text, font, self._width)
        if self._y + height > self._bottom:
            self._turn()
        self._painter.setFont(font)
        self._painter.setPen(tone)
        spot = QRectF(0, self._y, self._width, height)
        self._painter.drawText(spot, int(_LEFT | _WRAP), text)
        self._y += height

    def _about(self) -> None:
        head = _font(10, bold=True)
        if self._y + 60 * _POINT > self._bottom:
            self._turn()
        self._words(_tr("What the figures mean"), head, _TEXT)
        self._y += 3 * _POINT
        for line in self._paper.about:
            if line:
                self._words(line, _font(7.5), _GREY)
            else:
                self._y += 4 * _POINT

    def _metrics(self, font: QFont) -> QFontMetricsF:
        found = self._measures.get(font.key())
        if found is None:
            found = self._measures[font.key()] = QFontMetricsF(font, self._writer)
        return found

    def _height(self, text: str, font: QFont, width: float) -> float:
        metrics = self._metrics(font)
        if metrics.horizontalAdvance(text) <= width:
            return metrics.lineSpacing()
        return metrics.boundingRect(QRectF(0, 0, width, 100_000), int(_LEFT | _WRAP), text).height()

    # ----------------------------------------------------------------- table

    def _table(self) -> None:
        widths = self._widths()
        paper, last = self._paper, len(self._paper.rows) - 1
        self._row(paper.columns, widths, bold=True, ground=_HEAD)
        for at, cells in enumerate(paper.rows):
            summed = paper.summed and at == last
            self._row(cells, widths, bold=summed, ground=_SUM if summed else None)

    def _row(self, cells: Sequence[str], widths: Sequence[float], *, bold: bool, ground: QColor | None) -> None:
        font, paper = _font(self._points, bold=bold), self._paper
        inner = [width - 2 * _PAD for width in widths]
        tall = max(self._height(text, font, width) for text, width in zip(cells, inner, strict=True)) + 2 * _PAD
        if self._y + tall > self._bottom:
            self._turn()
            if cells is not paper.columns:
                self._row(paper.columns, widths, bold=True, ground=_HEAD)
        if ground is not None:
            self._painter.fillRect(QRectF(0, self._y, self._width, tall), ground)
        self._painter.setFont(font)
        left = 0.0
        for at, (text, width) in enumerate(zip(cells, widths, strict=True)):
            side = _RIGHT if at in paper.numbers else _LEFT
            spot = QRectF(left + _PAD, self._y + _PAD, width - 2 * _PAD, tall - 2 * _PAD)
            self._painter.setPen(_TEXT)
            self._painter.drawText(spot, int(side | Qt.AlignmentFlag.AlignVCenter | _WRAP), text)
            left += width
        self._y += tall
        self._painter.fillRect(QRectF(0, self._y - 0.25 * _POINT, self._width, 0.5 * _POINT), _LINE)

    def _widths(self) -> list[float]:
        """As wide as their texts; columns of words share what is left, and break lines where that is too little."""
        paper = self._paper
        words = [at for at in range(len(paper.columns)) if at not in paper.numbers]
        while True:
            wanted = [self._wanted(at) for at in range(len(paper.columns))]
            left = self._width - sum(width for at, width in enumerate(wanted) if at not in words)
            if left >= min(sum(wanted[at] for at in words), 0.16 * self._width * len(words)) or (
                self._points <= _SMALLEST
            ):
                break
            self._points -= 0.5
        asked = sum(wanted[at] for at in words) or 1.0
        over = left - asked
        if over > 0:
            return [width + over / len(wanted) for width in wanted]
        return [wanted[at] * max(left, 1.0) / asked if at in words else wanted[at] for at in range(len(wanted))]

    def _wanted(self, column: int) -> float:
        plain, bold = self._metrics(_font(self._points)), self._metrics(_font(self._points, bold=True))
        texts = {row[column] for row in self._paper.rows}
        widest = max((plain.horizontalAdvance(text) for text in texts), default=0.0)
        last = self._paper.rows[-1][column]
        return max(widest, bold.horizontalAdvance(self._paper.columns[column]), bold.horizontalAdvance(last)) + (
            2 * _PAD + 2
        )

    # ----------------------------------------------------------------- pages

    def _turn(self) -> None:
        self._foot()
        self._writer.newPage()
        self._page += 1
        self._y = 0.0

    def _foot(self) -> None:
        self._painter.setFont(_font(7.5))
        self._painter.setPen(_GREY)
        spot = QRectF(0, self._bottom, self._width, 16 * _POINT)
        below = Qt.AlignmentFlag.AlignBottom
        self._painter.drawText(spot, int(_LEFT | below), self._paper.foot)
        local = QLocale()
        number = _tr("Page {0} of {1}").format(local.toString(self._page), local.toString(self._of))
        self._painter.drawText(spot, int(_RIGHT | below), number)


def main(arguments: list[str]) -> int:
    """Print what comes on the standard input; with ``--style`` say how the language that comes there writes numbers."""
    if arguments[1:] == ["--style"]:
        sys.stdout.buffer.write(msgspec.json.encode(program_language.style(QLocale(sys.stdin.read().strip()))))
        return 0
    paper = msgspec.json.decode(sys.stdin.buffer.read(), type=Paper)
    application = QGuiApplication(arguments[:1])
    if paper.language:
        program_language.speak(application, paper.language)
    try:
        write(paper, Path(arguments[1]))
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
