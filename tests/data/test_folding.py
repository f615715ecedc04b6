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


@pytest.mark.parametrize(
    ("text", "sought", "parts"),
    [
        ("Łukasz Müller", "lukasz mul", ["Łukasz", "Mül"]),
        ("Straße 5", "strasse", ["Straße"]),
        ("Marta Kowal", "kow mar", ["Mar", "Kow"]),
        ("Kowalczyk", "walcz", ["walcz"]),
        ("an invoice in Anaheim", "an", ["an", "An"]),
        ("+48 601 442 190", "601442", ["601 442"]),
        ("+48 601 442 190", "0048 601", ["48 601"]),
        ("İpek", "ipek", ["İpek"]),
        ("nothing", "else", []),
        ("", "x", []),
    ],
)
def test_what_was_found_is_pointed_out_in_the_text_as_it_stands(text: str, sought: str, parts: list[str]) -> None:
    assert [text[start : start + length] for start, length in folding.found_in(text, sought)] == parts


@given(st.text(max_size=40), st.text(max_size=10))
def test_what_is_pointed_out_lies_inside_the_text(text: str, sought: str) -> None:
    end = 0
    for start, length in folding.found_in(text, sought):
        assert length > 0
        assert end <= start
        end = start + length
    assert end <= len(text)


def test_first_line() -> None:
    assert folding.first_line("\n  \n said \n more") == "said"
    assert folding.first_line("x" * 300) == "x" * 199 + "…"
    assert folding.first_line(" \n") == ""


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folding.fold(text)
    assert set(folding.words(text)) >= set(folding.words(once)) or once == text
    folding.first_line(text)
