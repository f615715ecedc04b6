"""A file of customers, whatever its format: how it is written, what its columns are, its entries one by one."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from agent_desktop.data.exchange import json_file, sheet_file, table_file, vcard_file
from agent_desktop.data.exchange.encoding import encoding_of
from agent_desktop.data.exchange.entry import Entry, FileTrouble
from agent_desktop.data.exchange.headings import SKIP, TARGETS, Column
from agent_desktop.data.exchange.table_file import Layout, Row


class Source(msgspec.Struct, frozen=True):
    """A file that was looked at. ``layout`` is None for vCards and JSON, which say themselves what each line is."""

    path: Path
    encoding: str
    layout: Layout | None = None
    format: str = "CSV"  # or Excel, vCard, JSON

    def entries(self) -> Iterator[Entry]:
        """Entry by entry, as they are asked for. Raises FileTrouble, OSError."""
        if self.layout is not None:
            columns = self.layout.columns
            return (table_file.entry_of(row, columns) for row in self._rows(self.layout))
        if self.format == "JSON":
            return json_file.entries(self.path, self.encoding)
        return vcard_file.entries(self.path, self.encoding)

    def first_rows(self, limit: int = 5) -> list[list[str]]:
        """The cells of the first rows, for the mapping; of vCards and JSON nothing."""
        if self.layout is None:
            return []
        return [cells for _line, cells, _why in islice(self._rows(self.layout), limit)]

    def about_lines(self) -> int:
        """About how many lines it has, for the progress alone. Raises OSError."""
        if self.format == "Excel":
            return sheet_file.about_rows(self.path)
        with self.path.open("rb") as file:
            start = file.read(1 << 20)
        return max(1, round(max(1, start.count(b"\n")) * self.path.stat().st_size / max(1, len(start))))

    def _rows(self, layout: Layout) -> Iterator[Row]:
        if self.format != "Excel":
            return table_file.rows(self.path, layout)
        found = sheet_file.rows(self.path)
        if layout.has_heading:
            next(found, None)
        return found

    def preview(self, limit: int = 5) -> list[Entry]:
        """The first entries."""
        return list(islice(self.entries(), limit))

    def with_targets(self, targets: dict[str, str]) -> "Source":
        """The same with other meanings for some columns, by heading. Raises FileTrouble for what there is not."""
        if self.layout is None:
            raise FileTrouble(f"{self.format} says itself what each line is: there is nothing to map.")
        columns = list(self.layout.columns)
        for heading, target in targets.items():
            places = [at for at, c in enumerate(columns) if c.heading.strip().casefold() == heading.strip().casefold()]
            if not places:
                raise FileTrouble(f"There is no column “{heading}”.")
            for at in places:
                columns[at] = meaning(columns[at], target)
        return self.with_columns(tuple(columns))

    def with_columns(self, columns: tuple[Column, ...]) -> "Source":
        """The same with these columns."""
        assert self.layout is not None
        return msgspec.structs.replace(self, layout=msgspec.structs.replace(self.layout, columns=columns))


def meaning(column: Column, target: str) -> Column:
    """The column with another meaning. Raises FileTrouble when there is no such meaning."""
    if target not in (SKIP, *TARGETS):
        raise FileTrouble(f"“{target}” is nothing a column can be. Possible: {', '.join(TARGETS)}.")
    return msgspec.structs.replace(column, target=target, label=column.label if target == column.target else "")


def look_at(path: Path, encoding: str = "") -> Source:
    """Find out how a file is written. Raises FileTrouble for what is no list of customers, OSError."""
    if path.stat().st_size == 0:
        raise FileTrouble("This file is empty.")
    if sheet_file.is_sheet(path):
        sheet = table_file.laid_out(sheet_file.rows(path), "", "")
        if not sheet.columns:
            raise FileTrouble("There is nothing in the first sheet of this workbook.")
        return Source(path, "", sheet, "Excel")
    encoding = encoding or encoding_of(path)
    if vcard_file.is_vcard(path):
        return Source(path, encoding, None, "vCard")
    if json_file.is_json(path, encoding):
        return Source(path, encoding, None, "JSON")
    layout = table_file.layout_of(path, encoding)
    if not layout.columns:
        raise FileTrouble("There is no text in this file.")
    return Source(path, encoding, layout)
