"""What the layers below the interface say, in the user's language: the program sets how it is translated, once."""

from collections.abc import Callable


def untranslated(_context: str, text: str) -> str:
    """Texts as they stand in the source."""
    return text


_translate: Callable[[str, str], str] = untranslated


def set_translator(translate: Callable[[str, str], str]) -> None:
    """How a context's text is translated from now on."""
    global _translate
    _translate = translate


def told(text: str, context: str = "told") -> str:
    """A text in the user's language; one that nobody has translated stays as it is."""
    return _translate(context, text)


def mark(text: str) -> str:
    """Marks a text for the translators' tool; it is translated when it is told."""
    return text
