"""No log holds a phone number whole, wherever it came from: the message, its arguments, or an exception."""

import logging
from pathlib import Path

import pytest

from agent_desktop import log, numbers


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("call from +48601442190 ended", "call from +••••••••190 ended"),
        ("call from +48 601 442 190", "call from"),
        ("sip:0048601442190@pbx.example", "sip:••••••••••190@pbx.example"),
        ("port 5060, 127.0.0.1, 2026-11-22 05:15:20", "port 5060, 127.0.0.1, 2026-11-22 05:15:20"),
        ("extension 101", "extension 101"),
    ],
)
def test_numbers_in_texts_are_masked(text: str, written: str) -> None:
    masked = numbers.mask_text(text)
    assert written in masked
    assert "601442190" not in "".join(masked.split())
    assert numbers.mask_text(masked) == masked


def test_the_file_holds_no_whole_number(tmp_path: Path) -> None:
    file = tmp_path / "log" / "desk.log"
    root = logging.getLogger()
    log.start(file)
    log.get("call").info("to %s by %s", "+48601442190", "sip:601442190@pbx.example")
    try:
        raise ValueError("no such number: 0048601442190")
    except ValueError:
        log.get("call").info("refused", exc_info=True)
    for handler in root.handlers:
        handler.flush()
    said = file.read_text("utf-8")
    assert said.count("190") >= 3
    assert "601442190" not in said
    assert "ValueError" in said
