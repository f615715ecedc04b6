"""What a dialled number does."""

import pytest

from agent_desktop.practice.callees import Fate, dialled_number, fate


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+48601442197", Fate("busy", code=486)),
        ("601442198", Fate("no_answer")),
        ("9", Fate("unknown", code=404)),
        ("+48601442190", Fate("answered", after_s=1.0)),
        ("+48601442195", Fate("answered", after_s=2.0)),
        ("+48601442196", Fate("answered", after_s=1.0)),
        ("billing", Fate("answered", after_s=1.0)),
        ("", Fate("answered", after_s=1.0)),
        ("12²", Fate("answered", after_s=1.0)),
    ],
)
def test_the_last_digit_decides(number: str, expected: Fate) -> None:
    assert fate(number) == expected


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("sip:+48601442190@127.0.0.1:23000;transport=tcp", "+48601442190"),
        ("sip:%2B48601442190@host", "+48601442190"),
        ("sip:601;phone-context=x@host", "601"),
        ("sip:host", "host"),
        ("", ""),
    ],
)
def test_the_number_of_an_address(uri: str, number: str) -> None:
    assert dialled_number(uri) == number
