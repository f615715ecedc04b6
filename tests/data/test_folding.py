"""Text for comparing: no case, no accents, words of any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.data import folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz  MÜLLER", "lukasz muller"),
        ("Straße", "strasse"),
        ("İpek Işık", "ipek isik"),
        ("ＡＢＣ", "abc"),
        ("Ørsted & Æther", "orsted & aether"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert folding.fold(text) == folded


def test_words() -> None:
    assert folding.words("O'Brien, Sean-Paul  (Sean)") == ["o", "brien", "sean", "paul"]
    assert folding.index_words(["佐藤花"]) == {"佐藤花", "藤花", "花"}


def test_first_line() -> None:
    assert folding.first_line("\n  \n said \n more") == "said"
    assert folding.first_line("x" * 300) == "x" * 199 + "…"
    assert folding.first_line(" \n") == ""


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folding.fold(text)
    assert set(folding.words(text)) >= set(folding.words(once)) or once == text
    folding.first_line(text)
