"""The program's language: numbers are its own at once, words where there is a translation."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from agent_desktop.ui import program_language


@pytest.mark.parametrize(("language", "number", "spoken"), [("en", "1,234.5", True), ("de", "1.234,5", False)])
def test_numbers_are_the_language_s_words_where_there_are_some(
    qapp: QApplication, language: str, number: str, spoken: bool
) -> None:
    before = QLocale()
    try:
        assert program_language.speak(qapp, language) is spoken, "no translation of it is shipped yet"
        assert QLocale().toString(1234.5, "f", 1) == number
        assert QCoreApplication.translate("figures", "Total") == "Total"
    finally:
        QLocale.setDefault(before)
