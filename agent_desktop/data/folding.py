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


def first_line(text: str, limit: int = 200) -> str:
    """The first line that says something, cut at ``limit`` characters."""
    for line in text.splitlines():
        if said := line.strip():
            return said if len(said) <= limit else said[: limit - 1].rstrip() + "…"
    return ""
