"""vCards 2.1, 3.0 and 4.0 as they come from telephones, mail programs and servers: one entry for each card.

RFC 6350 (4.0), RFC 2426 (3.0) and the versit consortium's vCard 2.1, read leniently: what is not known is passed over.
"""

import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from agent_desktop.data.exchange.encoding import encoding_of
from agent_desktop.data.exchange.entry import Entry, FileTrouble, unreadable, without_repeats
from agent_desktop.data.exchange.headings import label_of

_MAX_LINE = 1 << 16
_MAX_VALUE = 1 << 16
_NO_VOICE = {"fax", "pager", "video", "modem", "bbs", "textphone", "isdn", "car-fax"}
_OF_TEL = {"cell": "mobile", "mobile": "mobile", "work": "work", "home": "home", "x-main": "main", "main": "main"}
_SPLIT = {mark: re.compile(rf"(?:\\.|[^\\{mark}])*", re.DOTALL) for mark in ";,"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9-]+\.")
_PASSED_OVER = {"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"}


class Property(msgspec.Struct, frozen=True):
    """One line of a card: its name in capitals, its parameters (names in lower case), and its value still escaped."""

    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def kinds(self) -> set[str]:
        """What it is for ("work", "cell", "pref"), in lower case."""
        return {kind.lower() for kind in self.parameters.get("type", [])}

    @property
    def rank(self) -> int:
        """1 is the preferred one of several."""
        said = self.parameters.get("pref", ["1" if "pref" in self.kinds else "100"])[0]
        return int(said) if said.isascii() and said.isdigit() else 100


def is_vcard(path: Path) -> bool:
    """Whether the file begins as a card does. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(512)
    return b"BEGIN:VCARD" in start.replace(b"\x00", b"").upper()


def entries(path: Path, encoding: str = "") -> Iterator[Entry]:
    """The cards of a file, read as they are asked for. Raises FileTrouble, OSError."""
    encoding = encoding or encoding_of(path)
    card: list[Property] = []
    began = depth = found = 0
    stray = False
    for line, raw in _unfolded(path, encoding):
        text = raw.strip().upper()
        if text == b"BEGIN:VCARD":
            if depth and not _agent(card):
                yield Entry(line=began, trouble="The card does not end before the next one begins.")
                depth = 0
            depth += 1
            if depth == 1:
                began, card, found = line, [], found + 1
        elif text == b"END:VCARD" and depth:
            depth -= 1
            if depth == 0:
                yield _entry(began, card)
        elif depth == 1:
            card.append(_property(raw, encoding))
        elif depth == 0 and text and not stray:
            stray = True
            yield Entry(line=line, trouble="It stands outside of any card.")
    if depth:
        yield Entry(line=began, trouble="The card does not end.")
    if not found:
        raise FileTrouble("There is no vCard in this file.")


def _agent(card: list[Property]) -> bool:
    """Whether the last line opened a card inside the card (vCard 2.1)."""
    return bool(card) and card[-1].name == "AGENT" and not card[-1].value.strip()


def _physical(path: Path, encoding: str) -> Iterator[bytes]:
    """The lines without their ends; UTF-16 as UTF-8."""
    if encoding.startswith("utf-16"):
        with path.open(encoding=encoding, errors="replace", newline=None) as text:
            while line := text.readline(_MAX_LINE):
                yield line.rstrip("\r\n").encode("utf-8", "replace")
        return
    with path.open("rb") as file:
        first = True
        while read := file.readline(_MAX_LINE):
            if first and read.startswith(b"\xef\xbb\xbf"):
                read = read[3:]
            first = False
            yield read.rstrip(b"\r\n")


def _unfolded(path: Path, encoding: str) -> Iterator[tuple[int, bytes]]:
    """Whole lines and where they begin: folded ones put together, also by quoted-printable's "=" at the end."""
    began, held, soft, skipped = 0, b"", False, False
    for number, read in enumerate(_physical(path, encoding), start=1):
        if soft:
            held, soft = held[:-1] + read, read.endswith(b"=")
        elif read[:1] in (b" ", b"\t") and held:
            held += b"" if skipped or len(held) > _MAX_VALUE else read[1:]
        else:
            if held:
                yield began, held
            began, held = number, read
            head = read[:200].split(b":", 1)[0].upper()
            soft = read.endswith(b"=") and b"QUOTED-PRINTABLE" in head
            skipped = head.split(b";", 1)[0].rpartition(b".")[2].decode("latin-1") in _PASSED_OVER
        if len(held) > _MAX_VALUE:
            soft = False
    if held:
        yield began, held


def _property(raw: bytes, encoding: str) -> Property:
    """Raw bytes, because vCard 2.1 says the character set of each line by itself."""
    quoted = False
    colon = -1
    for at, byte in enumerate(raw[:4096]):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            colon = at
            break
    head = raw[: colon if colon >= 0 else 0].decode("utf-8", "replace")
    name, *said = re.findall(r'(?:"[^"]*"|[^;"])+', head) or [""]
    name = _NAME.sub("", name, count=1).strip().upper() if "." in name else name.strip().upper()
    if name in _PASSED_OVER and name != "AGENT":
        return Property(name, {}, "")
    parameters: dict[str, list[str]] = {}
    for word in said:
        key, equals, value = word.partition("=")
        if not equals:  # vCard 2.1: TEL;WORK;CELL
            bare = key.strip().lower()
            key, value = (
                ("encoding", bare) if bare in ("quoted-printable", "base64", "8bit", "7bit") else ("type", bare)
            )
        written = value.strip()
        values = [part.strip() for part in written.split(",")]
        if written.startswith('"') and key.strip().lower() != "type":  # in quotes a comma is nothing but a comma
            values = [written.strip('"')]
        parameters.setdefault(key.strip().lower(), []).extend(each.strip('"') for each in values)
    return Property(name, parameters, _decoded(raw[colon + 1 :], parameters, encoding))


def _decoded(value: bytes, parameters: dict[str, list[str]], encoding: str) -> str:
    if parameters.get("encoding", [""])[0].lower() in ("quoted-printable", "q"):
        value = quopri.decodestring(value)
    charset = parameters.get("charset", [""])[0] or ("utf-8" if encoding.startswith("utf-") else encoding)
    try:
        return value.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _entry(line: int, card: list[Property]) -> Entry:
    said: dict[str, list[Property]] = {}
    for each in card:
        said.setdefault(each.name, []).append(each)
    kind = next((p.value.strip().lower() for p in said.get("KIND", []) + said.get("X-ADDRESSBOOKSERVER-KIND", [])), "")
    if kind == "group":
        return Entry(line=line, trouble="It is a group of contacts, not a contact.")
    if any(unreadable(each.value) for each in card):
        return Entry(line=line, trouble="It holds characters that no text has.")
    addresses = [_joined(p) for p in sorted(said.get("ADR", []), key=lambda p: p.rank)]
    return Entry(
        line=line,
        name=_first(said, "FN") or _name(said),
        account_number=_first(said, "X-ACCOUNT-NUMBER"),
        organisation=next((part for p in said.get("ORG", []) for part in _parts(p.value, ";")), ""),
        language=_first(said, "LANG") or _first(said, "LANGUAGE"),
        time_zone=_first(said, "TZ"),
        address=next(filter(None, addresses), ""),
        alert="\n".join(filter(None, (_text(p.value) for p in said.get("NOTE", [])))),
        tags=without_repeats([tag for p in said.get("CATEGORIES", []) for tag in _parts(p.value, ",")]),
        phones=_phones(said.get("TEL", [])),
        emails=without_repeats([_address(p.value) for p in sorted(said.get("EMAIL", []), key=lambda p: p.rank)]),
    )


def _first(said: dict[str, list[Property]], name: str) -> str:
    return next(filter(None, (_text(p.value) for p in sorted(said.get(name, []), key=lambda p: p.rank))), "")


def _name(said: dict[str, list[Property]]) -> str:
    """From the parts (family; given; more; before; after) where no whole name is said."""
    for each in said.get("N", []):
        family, given, more, before, after = (_parts(each.value, ";", keep_empty=True) + [""] * 5)[:5]
        if name := " ".join(part for part in (before, given, more, family, after) if part):
            return name
    return ""


def _phones(properties: list[Property]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for each in sorted(properties, key=lambda p: p.rank):
        voice = bool(each.kinds & {"voice", "cell"})
        if each.kinds & _NO_VOICE and not voice:
            continue
        number = _text(each.value)
        if number.lower().startswith("tel:"):
            number = unquote(number[4:].split(";ext=", 1)[0].split(";", 1)[0])
        label = next((ours for kind, ours in _OF_TEL.items() if kind in each.kinds), "")
        written = each.parameters.get("x-label", [""])[0]
        if number:
            found.setdefault(number, label or label_of(_unquoted(written)))
    return tuple(found.items())


def _unquoted(text: str) -> str:
    """A parameter's value as RFC 6868 writes it."""
    return re.sub(r"\^([n^'])", lambda found: {"n": "\n", "^": "^", "'": '"'}[found[1]], text)


def _address(value: str) -> str:
    text = _text(value)
    return text[7:] if text.lower().startswith("mailto:") else text


def _joined(adr: Property) -> str:
    box, more, street, city, region, code, country = (_parts(adr.value, ";", keep_empty=True) + [""] * 7)[:7]
    town = " ".join(filter(None, (code, city)))
    return ", ".join(filter(None, (box, more, street, town, region, country)))


def _parts(value: str, mark: str, *, keep_empty: bool = False) -> list[str]:
    """A value cut at unescaped marks."""
    parts, at = [], 0
    while at <= len(value):
        found = _SPLIT[mark].match(value, at)
        end = found.end() if found else at
        if end < len(value) and value[end] == "\\":  # a lone one at the end
            end = len(value)
        parts.append(_text(value[at:end]))
        at = end + 1
    return parts if keep_empty else [part for part in parts if part]


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).replace("\r\n", "\n").strip()
