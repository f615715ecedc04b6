"""CDR files row by row: Master.csv of cdr_csv, tables exported from cdr_odbc and FreePBX, cdr_custom by its columns.

What a column holds: docs.asterisk.org, Configuration/Reporting/Call-Detail-Records-CDR. The times are on the PBX's
clock; which one that is can be checked, as a call's unique id begins with the second it began in UTC.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop.collector.log_file import Problem, lines
from agent_desktop.collector.queue_log_lines import US, local_us
from agent_desktop.data.exchange.entry import FileTrouble, unreadable

# The order in which cdr_csv writes them; the last five only where they are switched on.
MASTER = (
    *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start"),
    *("answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield", "peeraccount"),
    *("linkedid", "sequence"),
)
_SAME = {"calldate": "start", "callerid": "clid", "source": "src", "destination": "dst", "context": "dcontext"}
_LEAST_COLUMNS = 16
_NEEDED = ("start", "channel", "disposition")
_DISPOSITIONS = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"})
_UNIQUE = re.compile(r"(?:^|[-_])(\d{10})\.\d+$")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?$")
_CALLER = re.compile(r'\s*(?:"(?P<quoted>.*?)"|(?P<bare>[^<]*?))\s*<(?P<number>[^<>]*)>\s*$')
_SAMPLED = 500
_ASTRAY_S = 600  # more than that between a call's id and its time is another time zone


class CdrRow(msgspec.Struct, frozen=True):
    """One record. ``answer_us`` is when the PBX itself answered, None if it never did; ``name`` is the caller's."""

    line: int
    start_us: int
    answer_us: int | None
    end_us: int
    disposition: str
    source: str
    name: str
    target: str
    channel: str
    target_channel: str
    queue: str
    unique_id: str
    linked_id: str
    sequence: str


def read(path: Path, zone: ZoneInfo | None = None, columns: Sequence[str] = ()) -> Iterator[CdrRow | Problem]:
    """The rows as they are asked for; an unreadable one says why.

    ``zone`` is the PBX's (None: this computer's), ``columns`` what the columns of a file without a heading are where
    it is not cdr_csv's own order. Raises FileTrouble when it is no CDR file, or its times are of another zone; OSError.
    """
    delimiter, names, heading = _layout(path, columns)
    reader = _Reader(path, zone, delimiter, names)
    reader.check_zone(heading)
    return reader.rows(heading)


def is_cdr(path: Path) -> bool:
    """Whether a file is written as call records are. Raises OSError."""
    try:
        _layout(path, ())
    except FileTrouble:
        return False
    return True


def _layout(path: Path, columns: Sequence[str]) -> tuple[str, list[str], bool]:
    """Delimiter, columns, and whether there is a heading."""
    sample = [line.decode("utf-8-sig", "replace").rstrip("\r\n") for _number, line in islice(lines(path), 20)]
    first = next((text for text in sample if text.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    cells = _cells(first, delimiter)
    names = [_SAME.get(cell.strip().casefold(), cell.strip().casefold()) for cell in cells]
    heading = all(name in names for name in _NEEDED)
    if not heading:
        names = _given(columns, cells) if columns else _as_written(cells)
    if len(names) > len(cells) or not all(name in names for name in _NEEDED):
        raise FileTrouble(f"{path.name} is no CDR file: its first line is “{first[:60]}”.")
    return delimiter, names, heading


def _given(columns: Sequence[str], cells: list[str]) -> list[str]:
    names = [_SAME.get(name.strip().casefold(), name.strip().casefold()) for name in columns]
    if unknown := [name for name in names if name not in (*MASTER, "", "-")]:
        raise FileTrouble(f"“{unknown[0]}” is no column of a CDR. Possible: {', '.join(MASTER)}.")
    return names


def _as_written(cells: list[str]) -> list[str]:
    """The columns of cdr_csv's own order, as many as there are."""
    if len(cells) < _LEAST_COLUMNS or _TIME.match(cells[MASTER.index("start")].strip()) is None:
        return []
    names = list(MASTER[: len(cells)])
    if len(cells) == _LEAST_COLUMNS + 1 and not _UNIQUE.search(cells[-1]):
        names[-1] = "userfield"  # either may be switched off
    return names


class _Reader:
    def __init__(self, path: Path, zone: ZoneInfo | None, delimiter: str, names: list[str]):
        self._path, self._zone, self._delimiter = path, zone, delimiter
        self._at = {name: at for at, name in enumerate(names) if name in MASTER}
        self._least = max(self._at[name] for name in _NEEDED) + 1

    def check_zone(self, heading: bool) -> None:
        """Raise FileTrouble when the rows' times are not those of their calls' ids."""
        apart = []
        for row in islice((row for row in self.rows(heading) if isinstance(row, CdrRow)), _SAMPLED):
            if (began := _UNIQUE.search(row.unique_id)) is not None:
                apart.append(row.start_us // US - int(began[1]))
        if apart and abs(middle := median(apart)) > _ASTRAY_S:
            hours = f"{abs(middle) / 3600:.2g} h"
            raise FileTrouble(
                f"The times in {self._path.name} are {hours} {'behind' if middle < 0 else 'ahead of'} its calls’ own "
                "ids: say the time zone of the PBX (UTC where cdr.conf has usegmtime=yes)."
            )

    def rows(self, heading: bool) -> Iterator[CdrRow | Problem]:
        for number, line in lines(self._path):
            if heading and number == 1:
                continue
            text = line.decode("utf-8-sig", "replace")
            if not text.strip():
                continue
            if not text.endswith("\n"):
                yield Problem(self._path.name, number, "The line does not end: it is cut, or too long.")
                continue
            row = self._row(number, _cells(text.rstrip("\r\n"), self._delimiter), text)
            yield row if isinstance(row, CdrRow) else Problem(self._path.name, number, row)

    def _row(self, number: int, cells: list[str], text: str) -> CdrRow | str:
        """The record, or why it cannot be read."""
        if len(cells) < self._least:
            return "It has fewer cells than a CDR."
        if unreadable(text.rstrip("\r\n")):
            return "It holds characters that no text has."

        def cell(name: str) -> str:
            at = self._at.get(name, -1)
            return cells[at].strip() if 0 <= at < len(cells) else ""

        start_us = self._moment(cell("start"), cell("uniqueid"))
        if start_us is None:
            return f"“{cell('start')[:30]}” is no time."
        disposition = cell("disposition").upper()
        if disposition not in _DISPOSITIONS:
            return f"“{disposition[:30]}” is no disposition of a call."
        end_us = self._end(start_us, cell("duration"), cell("end"))
        if end_us is None:
            return "It does not say how long it was."
        app_data = cell("lastdata")
        source, name = _caller(cell("clid"), cell("src"))
        return CdrRow(
            number,
            start_us,
            self._answer(start_us, end_us, cell("billsec"), cell("answer"), disposition),
            *(end_us, disposition, source, name, cell("dst"), cell("channel"), cell("dstchannel")),
            re.split("[,|]", app_data)[0] if cell("lastapp").casefold() == "queue" else "",
            *(cell("uniqueid"), cell("linkedid"), cell("sequence")),
        )

    def _moment(self, text: str, unique_id: str = "") -> int | None:
        found = _TIME.match(text)
        if found is None:
            return None
        local = f"{found[1]} {found[2]}"
        us = local_us(local, self._zone)
        began = _UNIQUE.search(unique_id)
        if us is None or began is None or us // US - int(began[1]) in (0, 1):
            return us
        # In the hour that autumn brings twice it may be the second one: the call's id knows.
        later = local_us(local, self._zone, fold=1)
        return later if later is not None and later // US - int(began[1]) in (0, 1) else us

    def _end(self, start_us: int, duration: str, end: str) -> int | None:
        if duration.isascii() and duration.isdigit() and len(duration) < 8:
            return start_us + int(duration) * US
        ended = self._moment(end)
        return max(start_us, ended) if ended is not None else None

    def _answer(self, start_us: int, end_us: int, billed: str, answer: str, disposition: str) -> int | None:
        if disposition != "ANSWERED":
            return None
        if billed.isascii() and billed.isdigit() and len(billed) < 8:
            return max(start_us, end_us - int(billed) * US)
        return self._moment(answer)


def _caller(clid: str, source: str) -> tuple[str, str]:
    """Number and name of a caller."""
    found = _CALLER.match(clid)
    if found is None:
        return source or clid, ""
    number, name = found["number"].strip(), (found["quoted"] or found["bare"] or "").replace('\\"', '"').strip()
    return source or number, "" if name in (number, source) else name[:120]


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []
