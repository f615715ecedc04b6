"""What the layers below the interface say, in the user's language: the interface sets how it is translated, once."""

from collections.abc import Callable


def _untranslated(text: str) -> str:
    return text


_translate: Callable[[str], str] = _untranslated


def set_translator(translate: Callable[[str], str]) -> None:
    """How texts of the context ``told`` are translated from now on."""
    global _translate
    _translate = translate


def told(text: str) -> str:
    """A text in the user's language; one that nobody has translated stays as it is."""
    return _translate(text)


def mark(text: str) -> str:
    """Marks a text for the translators' tool; it is translated when it is told."""
    return text
