"""A compiled translation read as Qt reads it."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from agent_desktop.core.translation_file import BadTranslation, TranslationFile

TEXTS = {
    ("figures", "Queues compared"): "Warteschlangen im Vergleich",
    ("figures", "Service level: {0} ÷ {1}"): "Servicegrad: {0} ÷ {1} – „ß“",
    ("figures", "Total"): "Summe",
    ("board", "Total"): "Gesamt",
    ("figures", "Abandoned calls, and a text that is as long as explanations of figures are " * 3): "Aufgelegt",
}
_TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="de">{0}</TS>"""


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    said = "".join(
        f"<context><name>{context}</name><message><source>{text}</source><translation>{by}</translation></message>"
        "</context>" for (context, text), by in TEXTS.items()
    )  # fmt: skip
    (tmp_path / "de.ts").write_text(_TS.format(said), "utf-8")
    release = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run([release, "-silent", tmp_path / "de.ts", "-qm", tmp_path / "de.qm"], check=True)
    return tmp_path / "de.qm"


def test_it_says_what_qt_says(compiled: Path) -> None:
    ours, theirs = TranslationFile(compiled), QTranslator()
    assert theirs.load(str(compiled))
    for (context, text), by in TEXTS.items():
        assert ours.find(context, text) == theirs.translate(context, text) == by
    for context, text in (("figures", "Nothing of the kind"), ("elsewhere", "Total"), ("figures", "")):
        assert ours.find(context, text) == (theirs.translate(context, text) or text)


def test_what_is_none_is_told_and_half_of_one_says_nothing(compiled: Path, tmp_path: Path) -> None:
    (tmp_path / "no.qm").write_bytes(b"something else")
    with pytest.raises(BadTranslation):
        TranslationFile(tmp_path / "no.qm")
    whole = compiled.read_bytes()
    for cut in range(16, len(whole), 7):
        (tmp_path / "half.qm").write_bytes(whole[:cut])
        try:
            half = TranslationFile(tmp_path / "half.qm")
        except BadTranslation:
            continue
        assert half.find("figures", "Total") in ("Total", "Summe")
