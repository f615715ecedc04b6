"""A list as it is on the screen, into a file: CSV or XLSX, with what its figures mean. No Qt.

Nothing in it is ever calculated by a spreadsheet; times are the site's own clock, lengths are seconds in CSV and real
durations in XLSX.
"""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from agent_desktop.data.exchange import masking
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.exchange.writers import safe, safe_number

FORMATS = ("xlsx", "csv")
_MAX_SHEET_ROWS = 1_048_576
_DAY_S = 86_400


class Share(float):
    """From 0 to 1: a percentage in XLSX, the number itself in CSV."""

    __slots__ = ()


Cell = str | int | float | datetime | timedelta | None


class TableFile(msgspec.Struct, frozen=True):
    """``rows`` have a cell for each of ``columns``; datetimes are aware. ``numbers``: the columns that are telephone
    numbers. ``about``: what is in it, and what the figures mean, a line each."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[str] = ()
    zone: ZoneInfo = ZoneInfo("UTC")
    numbers: frozenset[int] = frozenset()

    def write(self, path: Path) -> None:
        """In the format its name ends in; a file that is there stays until the new one is whole.

        Raises FileTrouble for another ending or too many rows, OSError.
        """
        kind = path.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            raise FileTrouble(f"A list can be written as {' or '.join(FORMATS)}; “{path.name}” is neither.")
        beside = path.with_name(f".{path.name}.new")
        try:
            (self._xlsx if kind == "xlsx" else self._csv)(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def masked(self) -> "TableFile":
        """The same with the last three digits of its numbers."""

        def shown(cell: Cell, at: int) -> Cell:
            return masking.number(cell) if at in self.numbers and isinstance(cell, str) and cell else cell

        rows = [[shown(cell, at) for at, cell in enumerate(row)] for row in self.rows]
        return replace(self, rows=rows)

    # -------------------------------------------------------------------- CSV

    def _csv(self, path: Path) -> None:
        """What the figures mean comes last, after an empty line, so that the table begins where programs look."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([safe(name) for name in self.columns])
            for row in self.rows:
                rows.writerow([self._text(cell, at) for at, cell in enumerate(row)])
            if self.about:
                rows.writerow([])
                rows.writerows([safe(line)] for line in (self.title, *self.about))

    def _text(self, cell: Cell, at: int) -> str:
        if isinstance(cell, datetime):
            return f"{cell.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"
        if isinstance(cell, timedelta):
            return f"{cell.total_seconds():g}"
        if isinstance(cell, str):
            return safe_number(cell) if at in self.numbers else safe(cell)
        return "" if cell is None else f"{cell}"

    # ------------------------------------------------------------------- XLSX

    def _xlsx(self, path: Path) -> None:
        import xlsxwriter  # only where a workbook is written

        if len(self.rows) >= _MAX_SHEET_ROWS:
            raise FileTrouble(f"A sheet holds {_MAX_SHEET_ROWS - 1:,} rows at most: write CSV instead.")
        book = xlsxwriter.Workbook(path, {"in_memory": True})
        sheet, bold = book.add_worksheet(_sheet_name(self.title)), book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        when = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        length = book.add_format({"num_format": "[h]:mm:ss"})
        share = book.add_format({"num_format": "0.0%"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(self.columns) - 1, 18)
        for at, name in enumerate(self.columns):
            sheet.write_string(0, at, name, bold)
        for place, row in enumerate(self.rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(place, at, cell.astimezone(self.zone).replace(tzinfo=None), when)
                elif isinstance(cell, timedelta):
                    sheet.write_number(place, at, cell.total_seconds() / _DAY_S, length)
                elif isinstance(cell, str):
                    sheet.write_string(place, at, cell[:32_767], text)
                elif cell is not None:
                    sheet.write_number(place, at, cell, share if isinstance(cell, Share) else None)
        if self.about:
            sheet = book.add_worksheet("About")
            sheet.set_column(0, 0, 100)
            for place, line in enumerate((self.title, *self.about)):
                sheet.write_string(place, 0, line, bold if place == 0 else text)
        book.close()


def _sheet_name(title: str) -> str:
    """What a workbook takes: 31 characters, none of those that formulas use, and not the name of the second sheet."""
    name = "".join(" " if character in "[]:*?/\\'" else character for character in title)
    name = " ".join(name.split())[:31].strip()
    return "" if name.casefold() in ("about", "history") else name
