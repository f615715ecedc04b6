"""Text as it is compared and searched: without case, accents or width, cut into words."""

import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not take apart into a base letter and an accent.
_ALIKE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_WORD = re.compile(r"\w+")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
LAST = "\U0010ffff"  # sorts after every word: the end of a prefix range


def fold(text: str) -> str:
    """``text`` for comparing: "Łukasz Müller" and "LUKASZ MULLER" give the same."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The folded words of ``text``, in order, each once."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def index_words(texts: Iterable[str]) -> set[str]:
    """What is stored for search by prefix; scripts written without spaces are found from every character on."""
    found: set[str] = set()
    for text in texts:
        for word in words(text):
            found.add(word)
            if _NO_SPACES.search(word):
                found.update(word[i:] for i in range(1, len(word)))
    return found


def found_in(text: str, sought: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` the words of ``sought`` stand: (first character, how many), in order, none over another.

    Compared as ``fold`` does: "lukasz" is all of "Łukasz", "ss" the one character of "ß". Digits are found across what
    groups them: "601442" in "+48 601 442 190". A word that begins a word of the text counts before one inside.
    """
    folded, places = _with_places(text)
    spans: list[tuple[int, int]] = []
    for word in words(sought):
        starts = [at for at in _starts(folded, word) if at == 0 or not folded[at - 1].isalnum()]
        for at in starts or _starts(folded, word):
            spans.append((places[at], places[at + len(word) - 1] + 1))
    digits = "".join(c for c in fold(sought) if c.isdigit())
    if len(digits) >= 3 and not any(c.isalpha() for c in sought):
        spans += _grouped(text, digits)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((start, end - start) for start, end in merged)


def _with_places(text: str) -> tuple[str, list[int]]:
    """Each character folded by itself, and which character of ``text`` each of the result comes from."""
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        apart = unicodedata.normalize("NFKD", character.casefold().translate(_ALIKE))
        for letter in apart:
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(at)
    return "".join(letters), places


def _starts(folded: str, word: str) -> list[int]:
    found, at = [], folded.find(word)
    while at >= 0:
        found.append(at)
        at = folded.find(word, at + len(word))
    return found


def _grouped(text: str, digits: str) -> list[tuple[int, int]]:
    """The same digits in ``text``, with at most spaces and signs between them; also without the zeros before them."""
    places = [at for at, character in enumerate(text) if character.isdecimal()]
    plain = "".join(str(unicodedata.decimal(text[at])) for at in places)
    for wanted in (digits, digits.lstrip("0")):
        at = plain.find(wanted) if len(wanted) >= 3 else -1
        if at >= 0 and not any(c.isalpha() for c in text[places[at] : places[at + len(wanted) - 1]]):
            return [(places[at], places[at + len(wanted) - 1] + 1)]
    return []


def first_line(text: str, limit: int = 200) -> str:
    """The first line that says something, cut at ``limit`` characters."""
    for line in text.splitlines():
        if said := line.strip():
            return said if len(said) <= limit else said[: limit - 1].rstrip() + "…"
    return ""
