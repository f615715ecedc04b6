"""Excel workbooks (XLSX, ISO 29500): the rows of the first sheet as text, one by one."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.exchange.table_file import Row
from agent_desktop.data.exchange.writers import safe

_BROKEN = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, EOFError, NotImplementedError)
_PLACE = re.compile(r"([A-Z]{1,3})\d+$")
_WIDEST = 16_384
_MOST_TEXTS = 200 << 20  # of the table of texts, unpacked
_WHOLE = re.compile(r"-?\d+(?:\.0+)?$")
_ROW_BYTES = 400  # about, for the progress


def is_sheet(path: Path) -> bool:
    """Whether a file is an Excel workbook. Raises OSError."""
    try:
        with zipfile.ZipFile(path) as book:
            return "xl/workbook.xml" in book.namelist()
    except zipfile.BadZipFile:
        return False


def about_rows(path: Path) -> int:
    """About how many rows the first sheet has: for the progress alone."""
    with zipfile.ZipFile(path) as book:
        return max(1, book.getinfo(_first_sheet(book)).file_size // _ROW_BYTES)


def rows(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that have anything in them, with their numbers.

    Raises FileTrouble for a workbook that is damaged or locked by a password, OSError.
    """
    try:
        with zipfile.ZipFile(path) as book:
            name = _first_sheet(book)
            texts = _shared(book)
            with book.open(name) as sheet:
                yield from _rows(sheet, texts)
    except (*_BROKEN, RuntimeError) as error:
        raise FileTrouble("This workbook is damaged, or locked by a password.") from error


def _first_sheet(book: zipfile.ZipFile) -> str:
    """The part with the sheet that comes first in the workbook."""
    links = ElementTree.fromstring(_plain(book, "xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    for element in ElementTree.fromstring(_plain(book, "xl/workbook.xml")).iter():  # noqa: S314
        if _name(element) == "sheet":
            key = next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "id"), "")
            target = targets.get(key, "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise FileTrouble("There is no sheet in this workbook.")


def _plain(book: zipfile.ZipFile, name: str) -> bytes:
    """A small part whole. Raises FileTrouble for one with definitions of its own, which a workbook never has."""
    if book.getinfo(name).file_size > _MOST_TEXTS:
        raise FileTrouble("This workbook is too large.")
    content = book.read(name)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise FileTrouble("This workbook holds what no workbook holds (a document type).")
    return content


def _shared(book: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(_plain(book, "xl/sharedStrings.xml"))  # noqa: S314
    return [_text(item) for item in root if _name(item) == "si"]


def _rows(sheet: IO[bytes], texts: list[str]) -> Iterator[Row]:
    guarded = _Guarded(sheet)
    number, cells, root = 0, dict[int, str](), None
    for event, element in ElementTree.iterparse(guarded, ("start", "end")):  # noqa: S314
        if root is None:
            root = element
        name = _name(element)
        if event == "start":
            if name == "row":
                said = element.get("r", "")
                number, cells = int(said) if said.isdigit() else number + 1, {}
            continue
        if name == "c":
            at = _column(element.get("r", ""), len(cells))
            if at < _WIDEST and (text := _cell(element, texts)):
                cells[at] = text
        elif name == "row":
            if cells:
                yield number, [safe(cells.get(at, "")) for at in range(max(cells) + 1)], ""
            root.clear()


class _Guarded:
    """A sheet's bytes, of which the first may not define anything."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._first = True

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        if self._first and (b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]):
            raise FileTrouble("This workbook holds what no workbook holds (a document type).")
        self._first = False
        return content


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    """The text of a string item, its formatted pieces together, without how it is pronounced."""
    parts = []
    for child in element:
        if _name(child) == "t":
            parts.append(child.text or "")
        elif _name(child) == "r":
            parts += [piece.text or "" for piece in child if _name(piece) == "t"]
    return "".join(parts)


def _cell(element: Any, texts: list[str]) -> str:
    """What a cell shows: formulas by their last result, whole numbers without a fraction."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(child) for child in element if _name(child) == "is")
    value = next((child.text or "" for child in element if _name(child) == "v"), "")
    if kind == "s":
        return texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
    if kind == "e":
        return ""
    if kind == "n" and value:
        if _WHOLE.match(value):
            return value.partition(".")[0]
        if "E" in value.upper():
            try:
                number = float(value)
            except ValueError:
                return value
            return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value
    return value


def _column(place: str, following: int) -> int:
    """“C7” is column 2; a cell that does not say where it is comes next."""
    found = _PLACE.match(place)
    if found is None:
        return following
    at = 0
    for letter in found[1]:
        at = at * 26 + ord(letter) - 64
    return at - 1
