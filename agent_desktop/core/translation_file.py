"""Reads a compiled translation (.qm) without Qt, for services: the texts of one context. No Qt."""

import struct
from pathlib import Path

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _OBSOLETE, _SOURCE, _CONTEXT = 1, 3, 5, 6, 7


class BadTranslation(ValueError):
    """The file is no compiled translation."""


class TranslationFile:
    """Look-ups as QTranslator does them: by a hash of the text, then by whatever the file still says of it."""

    def __init__(self, path: Path) -> None:
        """Raises BadTranslation, OSError."""
        data = path.read_bytes()
        if not data.startswith(_MAGIC):
            raise BadTranslation(f"“{path.name}” is no compiled translation.")
        parts, at = {}, len(_MAGIC)
        while at + 5 <= len(data):
            tag, length = struct.unpack_from(">BI", data, at)
            if at + 5 + length > len(data):
                raise BadTranslation(f"“{path.name}” is not whole.")
            parts[tag] = data[at + 5 : at + 5 + length]
            at += 5 + length
        hashes = parts.get(_HASHES, b"")
        self._messages = parts.get(_MESSAGES, b"")
        self._places: dict[int, list[int]] = {}
        for hashed, place in struct.iter_unpack(">II", hashes[: len(hashes) // 8 * 8]):
            self._places.setdefault(hashed, []).append(place)

    def find(self, context: str, text: str) -> str:
        """The translation; the text itself where there is none."""
        for place in self._places.get(_hash(text.encode()), ()):
            found = self._message(place, {_CONTEXT: context.encode(), _SOURCE: text.encode()})
            if found:
                return found
        return text

    def _message(self, at: int, wanted: dict[int, bytes]) -> str:
        """The first translation at this place, or nothing if it is of another text or context."""
        data, found = self._messages, ""
        while at < len(data) and data[at] != _END:
            tag = data[at]
            if tag == _OBSOLETE:
                at += 5
                continue
            (length,) = struct.unpack_from(">I", data, at + 1)
            length = 0 if length == 0xFFFFFFFF else length
            said = data[at + 5 : at + 5 + length]
            at += 5 + length
            if tag == _TRANSLATION:
                found = found or said.decode("utf-16-be")
            elif tag in wanted and said.rstrip(b"\0") != wanted[tag]:
                return ""
        return found


def _hash(text: bytes) -> int:
    """The ELF hash that a compiled translation finds its texts by."""
    hashed = 0
    for byte in text:
        hashed = (hashed << 4) + byte
        high = hashed & 0xF0000000
        if high:
            hashed ^= high >> 24
        hashed &= ~high & 0xFFFFFFFF
    return hashed or 1
