"""The lines of a queue_log, as app_queue writes them (`|` between the fields) or as exported from its table (CSV).

Fields: docs.asterisk.org, Operation/Logging/Queue-Logs. The table is that of extconfig's ``queue_log`` (time, callid,
queuename, agent, event, data or data1 to data5), or QueueMetrics' (time_id, call_id, queue, agent, verb, data1 ...).
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop import clock
from agent_desktop.collector.log_file import Problem, lines
from agent_desktop.data.exchange.entry import FileTrouble, unreadable

US = 1_000_000
EARLIEST_S = 1_000_000_000  # 2001: before there was a queue_log. A time that lost its first digit lies before it
_LATEST_S = 4_102_444_800  # 2100
_NOBODY = frozenset({"", "NONE"})
_ENDLESS = "The line does not end: it is cut, or too long."
_HEADINGS = {
    **dict.fromkeys(("time", "time_id", "created", "timestamp", "datetime"), "time"),
    **dict.fromkeys(("callid", "call_id", "uniqueid"), "call"),
    **dict.fromkeys(("queuename", "queue_name", "queue", "qname"), "queue"),
    **dict.fromkeys(("agent", "agentname", "interface"), "agent"),
    **dict.fromkeys(("event", "verb"), "event"),
    **{f"data{at}": f"data{at}" for at in range(1, 6)},
    "data": "data",
}
_NEEDED = ("time", "call", "queue", "agent", "event")
_WITHOUT_HEADING = (*_NEEDED, *(f"data{at}" for at in range(1, 6)))
_PIPED = re.compile(r"\d{10}(\.\d+)?\|")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?$")


class LogLine(msgspec.Struct, frozen=True):
    """One line. ``digest`` is the same for the same line in every copy of the file (59 bits).

    ``agent`` and ``queue`` are empty where the log says NONE.
    """

    number: int
    at_us: int
    call: str
    queue: str
    agent: str
    event: str
    data: tuple[str, ...]
    digest: int


Read = Iterator[LogLine | Problem]


def read(path: Path, zone: ZoneInfo | None = None) -> Read:
    """The lines of a file as they are asked for; an unreadable one says why.

    ``zone`` is the PBX's, where the times are no seconds since 1970; None is this computer's. Raises FileTrouble when
    it is no queue_log, OSError.
    """
    sample = [text for _number, line in islice(lines(path), 100) if (text := _text(line).strip())]
    if any(_PIPED.match(text) for text in sample):  # not only the first, which may be cut
        return _stamped(path, _piped(path))
    first = sample[0] if sample else ""
    delimiter = max(",;\t", key=first.count)
    names = [_HEADINGS.get(cell.strip().casefold(), "") for cell in next(csv.reader([first], delimiter=delimiter), [])]
    heading = all(name in names for name in _NEEDED)
    if not heading and (len(names) < len(_NEEDED) or _moment(_cells(first, delimiter)[0], zone) is None):
        raise FileTrouble(f"{path.name} is no queue_log: its first line is “{first[:60]}”.")
    columns = tuple(names) if heading else _WITHOUT_HEADING
    return _stamped(path, _table(path, delimiter, columns, heading, zone))


def _stamped(path: Path, found: Iterator[tuple[int, int, list[str]] | Problem]) -> Read:
    """Number, time and fields as lines. What stands in one second several times is told apart by how often."""
    second, seen = 0, dict[str, int]()
    for each in found:
        if isinstance(each, Problem):
            yield msgspec.structs.replace(each, file=path.name)
            continue
        number, at_us, fields = each
        written = "|".join((str(at_us), *fields))
        if unreadable(written):
            yield Problem(path.name, number, "It holds characters that no text has.")
            continue
        if at_us // US != second:
            second = at_us // US
            seen = {}
        seen[written] = often = seen.get(written, 0) + 1
        digest = int.from_bytes(blake2b(f"{written}#{often}".encode(), digest_size=8).digest(), "big") >> 5
        call, queue, agent, event, *data = fields
        queue, agent = ("" if text in _NOBODY else text for text in (queue, agent))
        yield LogLine(number, at_us, call, queue, agent, event, tuple(data), digest)


def _piped(path: Path) -> Iterator[tuple[int, int, list[str]] | Problem]:
    for number, line in lines(path):
        if not line.endswith(b"\n"):
            yield Problem("", number, _ENDLESS)
            continue
        text = _text(line).rstrip("\r\n")
        stamp, *fields = text.split("|")
        if len(fields) < 4 or not fields[3]:
            if text.strip():
                yield Problem("", number, "It has fewer fields than a line of a queue_log.")
            continue
        at_us = _epoch(stamp)
        if at_us is None:
            yield Problem("", number, f"“{stamp[:20]}” is no time: the line is cut.")
            continue
        yield number, at_us, fields


def _table(
    path: Path, delimiter: str, columns: tuple[str, ...], heading: bool, zone: ZoneInfo | None
) -> Iterator[tuple[int, int, list[str]] | Problem]:
    places = [columns.index(name) for name in _NEEDED]
    data = [at for at, name in enumerate(columns) if name.startswith("data")]
    parse = _times(zone)
    for number, line in lines(path):
        if not line.endswith(b"\n"):
            yield Problem("", number, _ENDLESS)
            continue
        text = _text(line).rstrip("\r\n")
        if (heading and number == 1) or not text.strip():
            continue
        cells = _cells(text, delimiter)
        if len(cells) <= max(places):
            yield Problem("", number, "It has fewer cells than a line of a queue_log.")
            continue
        stamp, *fields = (cells[at] for at in places)
        at_us = parse(stamp)
        if at_us is None:
            yield Problem("", number, f"“{stamp[:30]}” is no time.")
            continue
        if not fields[3]:
            yield Problem("", number, "It names no event.")
            continue
        said = [part for at in data if at < len(cells) for part in cells[at].split("|")]
        while said and not said[-1]:
            said.pop()
        yield number, at_us, [*fields, *said]


def _times(zone: ZoneInfo | None) -> Callable[[str], int | None]:
    last: list[str | int | None] = ["", None]  # many lines have the same

    def parse(text: str) -> int | None:
        if text != last[0]:
            last[:] = [text, _moment(text, zone)]
        return last[1]  # type: ignore[return-value]

    return parse


def _moment(text: str, zone: ZoneInfo | None) -> int | None:
    """A time in a table: local with or without a fraction, or seconds since 1970."""
    found = _LOCAL.match(text.strip())
    if found is None:
        return _epoch(text.strip())
    return local_us(f"{found[1]} {found[2]}", zone, found[3] or "")


def local_us(text: str, zone: ZoneInfo | None, fraction: str = "", *, fold: int = 0) -> int | None:
    """“2026-11-21 19:40:25” on the clock of ``zone`` (None: this computer's) as µs since 1970; None for no time.

    Of an hour that the autumn brings twice it is the first one, with ``fold`` 1 the second.
    """
    try:
        naive = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(fold=fold)  # noqa: DTZ007 - its zone comes below
    except ValueError:
        return None
    aware = naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()
    us = clock.to_us(aware.astimezone(UTC)) + int(fraction[:6].ljust(6, "0") or 0)
    return us if EARLIEST_S <= us // US < _LATEST_S else None


def _epoch(text: str) -> int | None:
    whole, _, fraction = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and EARLIEST_S <= int(whole[:12]) < _LATEST_S):
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    return int(whole) * US + int(fraction[:6].ljust(6, "0") or 0)


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [""])
    except csv.Error:
        return [""]


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig" if line.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")  # member names of older systems
