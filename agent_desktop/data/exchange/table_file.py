"""Lists of customers as text: delimiter and heading found out, rows read one by one, whatever stands in them."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from agent_desktop import numbers
from agent_desktop.data.exchange.encoding import encoding_of
from agent_desktop.data.exchange.entry import Entry, unreadable, without_repeats
from agent_desktop.data.exchange.headings import SKIP, Column, guessed, label_of

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 60
_MAX_LINE = 1 << 20
_SEVERAL = " ::: "  # Google's between several values of one cell
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r\n])")
_AS_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
_EXPONENT = re.compile(r"^\d[.,]\d+E\+\d+$", re.IGNORECASE)
_NOTHING = {
    "n/a",
    "na",
    "none",
    "null",
    "-",
    "--",
    "keine",
    "kein",
    "brak",
    "unbekannt",
    "nieznany",
    "unknown",
    "0",
    ".",
}
_PARTS = ("street", "postal_code", "city", "state", "country")
_NAMES = ("prefix", "first_name", "middle_name", "last_name", "suffix")
_ONE_LINE = (*_NAMES, "name", "organisation", "account_number", "phone", "email")
Row = tuple[int, list[str], str]  # first line, cells, why it cannot be read


class Layout(msgspec.Struct, frozen=True):
    """How a file is to be read: how it is written, and what its columns mean."""

    encoding: str
    delimiter: str
    has_heading: bool
    columns: tuple[Column, ...]


def layout_of(path: Path, encoding: str = "") -> Layout:
    """Find out how a list is written. Raises FileTrouble, OSError."""
    encoding = encoding or encoding_of(path)
    delimiter = _delimiter_of(path, encoding)
    return laid_out(_rows(path, encoding, delimiter), encoding, delimiter)


def laid_out(found: Iterator[Row], encoding: str, delimiter: str) -> Layout:
    """What the columns of these rows are, by the heading or by what stands in them."""
    sample = [cells for _line, cells, _why in islice(found, _SAMPLE_ROWS)]
    if not sample:
        return Layout(encoding, delimiter, True, ())
    columns = tuple(guessed(cell.strip()) for cell in sample[0])
    known = sum(column.target != SKIP for column in columns)
    if known == 0 and any(_kind_of(cell) for cell in sample[0]):
        width = max(map(len, sample))
        return Layout(encoding, delimiter, False, _by_content(sample, width))
    return Layout(encoding, delimiter, True, columns)


def rows(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows below the heading, read as they are asked for; an unreadable one says why. Raises OSError."""
    found = _rows(path, layout.encoding, layout.delimiter)
    if layout.has_heading:
        next(found, None)
    return found


def entry_of(row: Row, columns: Sequence[Column]) -> Entry:
    """What a row says, its columns taken for what ``columns`` says."""
    line, cells, trouble = row
    if trouble:
        return Entry(line=line, trouble=trouble)
    if any(unreadable(cell) for cell in cells):
        return Entry(line=line, trouble="It holds characters that no text has.")
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Entry(line=line, trouble=f"It has {len(cells)} cells, the heading {len(columns)}.")
    if any(c.target in _ONE_LINE and "\n" in cell.strip() for c, cell in zip(columns, cells, strict=False)):
        return Entry(line=line, trouble="A name or number goes over several lines: is a quotation mark missing?")
    texts: dict[str, list[str]] = {}
    parts: dict[str, dict[str, list[str]]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.target in _PARTS:
            if text := plain(cell):
                parts.setdefault(column.group, {}).setdefault(column.target, []).append(text)
        elif column.target != SKIP and column.target not in ("phone", "phone_label"):
            texts.setdefault(column.target, []).append(plain(cell))
    phones = _phones(columns, cells)
    first = {target: next((text for text in found if text), "") for target, found in texts.items()}
    if any(_EXPONENT.match(number) for number, _label in phones):
        return Entry(
            line=line, trouble="A number was shortened by a spreadsheet (such as 4,86E+10); its digits are lost."
        )
    return Entry(
        line=line,
        name=first.get("name") or " ".join(first[part] for part in _NAMES if first.get(part)),
        account_number=first.get("account_number", ""),
        organisation=first.get("organisation", ""),
        language=first.get("language", ""),
        time_zone=first.get("time_zone", ""),
        address=first.get("address") or next(filter(None, map(_address, parts.values())), ""),
        alert="\n".join(text for text in texts.get("alert", []) if text),
        tags=_tags(texts.get("tags", [])),
        phones=phones,
        emails=tuple(e for e in _several(texts.get("email", [])) if e.casefold() not in _NOTHING),
    )


def plain(cell: str) -> str:
    """A cell's text, without what keeps a spreadsheet from calculating it."""
    text = cell.strip(" \u00a0")
    if (inside := _AS_FORMULA.match(text)) is not None:
        text = inside[1].replace('""', '"')
    return _GUARDED.sub("", text, count=1).strip()


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        said: list[int] = [0]  # lines handed to the reader
        raw: list[str] = []  # those of this row

        def lines() -> Iterator[str]:
            while line := file.readline(_MAX_LINE):
                said[0] += 1
                raw.append(line)
                yield line

        reader = csv.reader(lines(), delimiter=delimiter)
        while True:
            first = said[0] + 1
            raw.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield first, [], _words_of(error, first, said[0])
                continue
            if first == 1 and len(cells) <= 2 and cells and cells[0].casefold().startswith("sep"):
                continue  # Excel's way to say the delimiter
            if _unclosed("".join(raw), cells, delimiter):
                yield first, [], "A quotation mark is missing: a cell does not end."
            elif any(cell.strip() for cell in cells):
                yield first, cells, ""


def _unclosed(raw: str, cells: list[str], delimiter: str) -> bool:
    """Whether the row only ended because the file did."""
    if raw.count('"') % 2 == 0 or not cells:
        return False
    return "\n" in cells[-1] or "\r" in cells[-1] or re.search(rf'(?:^|{re.escape(delimiter)})"[^"]*$', raw) is not None


def _words_of(error: csv.Error, first: int, last: int) -> str:
    if "field larger" in str(error):
        return (
            f"A cell does not end before line {last}: a quotation mark is missing."
            if last > first
            else "It is too long."
        )
    return f"It is not written as a list is ({error})."


def _delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that gives the first rows the same number of cells, the more the better."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.readline(_MAX_LINE)
        if (said := re.fullmatch(r'"?sep=(.)"?\s*', head, re.IGNORECASE)) is not None:
            return said[1]
        text = head + file.read(64 * 1024)
    best, found = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        try:
            widths = [
                len(cells) for cells in islice(csv.reader(text.splitlines(True), delimiter=delimiter), _SAMPLE_ROWS)
            ]
        except csv.Error:
            continue
        counted = Counter(width for width in widths if width)
        if not counted:
            continue
        width, often = counted.most_common(1)[0]
        score = (often / sum(counted.values()) if width > 1 else 0.0, width)
        if widths[0] == width and score > best:
            best, found = score, delimiter
    return found


def _kind_of(cell: str) -> str:
    text = plain(cell)
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return "email"
    if re.fullmatch(r"[+(\d][\d ()./+-]{5,}", text) and len(re.sub(r"\D", "", text)) >= numbers.MIN_SUFFIX_DIGITS:
        return "phone"
    return ""


def _by_content(sample: list[list[str]], width: int) -> tuple[Column, ...]:
    """Columns without headings: addresses and numbers by their form, the first other one is the name."""
    columns: list[Column] = []
    named = False
    for index in range(width):
        cells = [cells[index] for cells in sample if index < len(cells) and cells[index].strip()]
        kinds = Counter(map(_kind_of, cells))
        target = max(kinds, key=lambda kind: kinds[kind]) if kinds else SKIP
        if not target and cells and not named:
            target, named = "name", True
        columns.append(Column(f"#{index + 1}", target))
    return tuple(columns)


def _several(texts: list[str]) -> tuple[str, ...]:
    return without_repeats([part for text in texts for part in text.split(_SEVERAL)])


def _tags(texts: list[str]) -> tuple[str, ...]:
    found = without_repeats([part.strip(" *") for text in texts for part in re.split(r" ::: |[,;]", text)])
    return tuple(tag for tag in found if tag.casefold() not in ("mycontacts", "starred"))


def _phones(columns: Sequence[Column], cells: list[str]) -> tuple[tuple[str, str], ...]:
    labels = {c.group: plain(cell) for c, cell in zip(columns, cells, strict=False) if c.target == "phone_label"}
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.target != "phone":
            continue
        label = column.label or label_of(labels.get(column.group, ""))
        for number in plain(cell).split(_SEVERAL):
            if number.strip() and number.strip().casefold() not in _NOTHING:
                found.setdefault(number.strip(), label)
    return tuple(found.items())


def _address(parts: dict[str, list[str]]) -> str:
    town = " ".join(text for name in ("postal_code", "city") for text in parts.get(name, []))
    return ", ".join(filter(None, (*parts.get("street", []), town, *parts.get("state", []), *parts.get("country", []))))
