"""Customers as CSV, XLSX, vCard 4.0 or JSON: written entry by entry, and never as something a spreadsheet calculates.

In CSV a cell that begins with = + - @, a tab or a line break gets an apostrophe before it, which our reader takes away
again. A telephone number stays as people read it, "+49 30 1234567": nothing but its plus, digits and spaces are
written, which no spreadsheet calculates, and the spaces keep it from being read as a number without its plus.
"""

import csv
import re
from pathlib import Path
from typing import Any, Protocol

import msgspec

from agent_desktop.data.exchange.entry import Entry, FileTrouble

FORMATS = ("csv", "xlsx", "vcf", "json")
_MAX_SHEET_ROWS = 1_048_576
_FORMULA = re.compile(r"^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_TEL = {"mobile": "cell", "work": "work", "home": "home", "main": "x-main"}
_FOLD = 75  # octets


class Writer(Protocol):
    """Writes one file; ``close`` ends it."""

    def put(self, entry: Entry) -> None: ...

    def close(self) -> None: ...


def writer(kind: str, path: Path, phones: int, emails: int) -> Writer:
    """A writer of one of FORMATS; ``phones`` and ``emails``: the most that one customer has. Raises OSError."""
    if kind == "csv":
        return CsvWriter(path, phones, emails)
    if kind == "xlsx":
        return XlsxWriter(path, phones, emails)
    return VcardWriter(path) if kind == "vcf" else JsonWriter(path)


def headings(phones: int, emails: int) -> list[str]:
    """The columns of a table, which our reader knows."""
    numbered = [f"Phone {at} - {part}" for at in range(1, phones + 1) for part in ("Label", "Value")]
    addresses = [f"E-mail {at} - Value" for at in range(1, emails + 1)]
    rest = ["Address", "Language", "Time zone", "Alert", "Labels"]
    return ["Name", "Organisation", "Account number", *numbered, *addresses, *rest]


def cells(entry: Entry, phones: int, emails: int) -> list[str]:
    """An entry in the order of ``headings``."""
    numbered = [cell for number, label in entry.phones[:phones] for cell in (label, number)]
    numbered += [""] * (2 * phones - len(numbered))
    addresses = [*entry.emails[:emails], *[""] * (emails - len(entry.emails))]
    rest = [entry.address, entry.language, entry.time_zone, entry.alert, ", ".join(entry.tags)]
    return [entry.name, entry.organisation, entry.account_number, *numbered, *addresses, *rest]


def safe(text: str) -> str:
    """A text cell that no spreadsheet calculates."""
    return "'" + text if _FORMULA.match(text) else text


def safe_number(text: str) -> str:
    """A telephone number's cell: readable where it is nothing but a number, else as any text."""
    plain = " ".join(re.sub(r"[ ()/.\u00a0-]+", " ", text).split())
    if re.fullmatch(r"\+\d[\d ]*", plain):
        return plain if " " in plain else f"{plain[:3]} {plain[3:]}"
    return safe(text)


class CsvWriter:
    """UTF-8 with a mark, so that Excel takes it for what it is; commas; lines end as RFC 4180 wants."""

    def __init__(self, path: Path, phones: int, emails: int):
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._size = (phones, emails)
        self._numbers = range(4, 4 + 2 * phones, 2)
        self._rows.writerow(headings(*self._size))

    def put(self, entry: Entry) -> None:
        row = cells(entry, *self._size)
        self._rows.writerow([safe_number(c) if at in self._numbers else safe(c) for at, c in enumerate(row)])

    def close(self) -> None:
        self._file.close()


class XlsxWriter:
    """A workbook in which every cell is text: nothing is calculated, and no number loses its plus or its zeros."""

    def __init__(self, path: Path, phones: int, emails: int):
        import xlsxwriter  # only where a workbook is written

        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
        self._sheet = self._book.add_worksheet()
        as_text = self._book.add_format({"num_format": "@"})
        bold = self._book.add_format({"bold": True})
        self._size = (phones, emails)
        names = headings(*self._size)
        self._sheet.set_column(0, len(names) - 1, 20, as_text)
        self._sheet.freeze_panes(1, 0)
        self._text = as_text
        self._row = 0
        for at, name in enumerate(names):
            self._sheet.write_string(0, at, name, bold)

    def put(self, entry: Entry) -> None:
        self._row += 1
        if self._row >= _MAX_SHEET_ROWS:
            raise FileTrouble(f"A sheet holds {_MAX_SHEET_ROWS - 1:,} customers at most: write CSV instead.")
        for at, cell in enumerate(cells(entry, *self._size)):
            if cell:
                self._sheet.write_string(self._row, at, cell[:32_767], self._text)

    def close(self) -> None:
        self._book.close()


class VcardWriter:
    """vCard 4.0, RFC 6350; the account number as X-ACCOUNT-NUMBER."""

    def __init__(self, path: Path):
        self._file = path.open("wb")

    def put(self, entry: Entry) -> None:
        lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(entry.name)}"]
        for name, text in (("ORG", entry.organisation), ("X-ACCOUNT-NUMBER", entry.account_number)):
            if text:
                lines.append(f"{name}:{_escaped(text)}")
        lines += [_tel(number, label) for number, label in entry.phones]
        lines += [f"EMAIL:{_escaped(address)}" for address in entry.emails]
        if entry.address:
            lines.append(f"ADR:;;{_escaped(entry.address)};;;;")
        for name, text in (("LANG", entry.language), ("TZ", entry.time_zone), ("NOTE", entry.alert)):
            if text:
                lines.append(f"{name}:{_escaped(text)}")
        if entry.tags:
            lines.append("CATEGORIES:" + ",".join(map(_escaped, entry.tags)))
        self._file.write(b"".join(_folded(line) for line in (*lines, "END:VCARD")))

    def close(self) -> None:
        self._file.close()


class JsonWriter:
    """A list of objects, one on each line; RFC 8259."""

    def __init__(self, path: Path):
        self._file = path.open("wb")
        self._file.write(b"[")
        self._first = True

    def put(self, entry: Entry) -> None:
        said: dict[str, Any] = msgspec.to_builtins(entry)
        del said["line"], said["trouble"]
        said["phones"] = [{"number": number, "label": label} for number, label in entry.phones]
        self._file.write((b"\n" if self._first else b",\n") + msgspec.json.encode(said))
        self._first = False

    def close(self) -> None:
        self._file.write(b"\n]\n")
        self._file.close()


def _escaped(text: str) -> str:
    for mark in "\\,;":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _tel(number: str, label: str) -> str:
    kind = f";TYPE={_TEL[label]}" if label in _TEL else ""
    if label and not kind:
        written = label.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
        kind = f';X-LABEL="{written}"'
    if re.fullmatch(r"\+[\d ()/.-]+", number):
        return f"TEL{kind};VALUE=uri:tel:" + re.sub(r"[ ()/.-]+", "-", number).strip("-")
    return f"TEL{kind};VALUE=text:{_escaped(number)}"


def _folded(line: str) -> bytes:
    """The line in octets, cut into pieces of at most 75, never inside a character."""
    octets = line.encode("utf-8", "replace")
    pieces: list[bytes] = []
    while octets:
        end = min(len(octets), _FOLD if not pieces else _FOLD - 1)
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join(pieces) + b"\r\n"


def format_of(path: Path, asked: str = "") -> str:
    """The format by what was asked for, else by the file's name. Raises FileTrouble for another one."""
    kind = (asked or path.suffix.lstrip(".")).lower()
    kind = {"vcard": "vcf", "excel": "xlsx"}.get(kind, kind)
    if kind not in FORMATS:
        raise FileTrouble(f"Customers can be written as {', '.join(FORMATS)}; “{path.name}” is none of these.")
    return kind
