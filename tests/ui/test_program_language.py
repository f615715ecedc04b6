"""The program's language: numbers are its own at once, words where there is a translation, from file to window."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from agent_desktop import told
from agent_desktop.core import figures
from agent_desktop.core.figures import Figure, Unit
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.ui import actions, program_language, setting_controls, theme, wording
from agent_desktop.ui.wrap_up_form import WrapUpForm


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    program_language.speak(qapp, "en")
    QLocale.setDefault(before)
    figures.set_style(figures.Style())


@pytest.mark.parametrize(
    ("language", "number", "total", "spoken"),
    [("en", "1,234.5", "Total", True), ("de", "1.234,5", "Summe", True), ("de_AT", "1.234,5", "Summe", True),
     ("fr", "1\u202f234,5", "Total", False)],
)  # fmt: skip
def test_numbers_are_the_language_s_words_where_there_are_some(
    qapp: QApplication, language: str, number: str, total: str, spoken: bool
) -> None:
    assert program_language.speak(qapp, language) is spoken
    assert QLocale().toString(1234.5, "f", 1).replace("\xa0", ".") == number
    assert QCoreApplication.translate("figures", "Total") == total


def test_german_reaches_the_window_and_goes_again(qapp: QApplication, qtbot) -> None:
    assert program_language.speak(qapp, "de")
    form = WrapUpForm()
    qtbot.addWidget(form)
    assert form.done.text() == "Abschließen"
    assert theme.state_label("wrap_up") == "Nachbearbeitung"
    assert actions.label("hold") == "Halten, zurückholen"
    assert actions.keys("palette") == "Strg K"
    assert QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText) == "Strg+K"
    assert wording.language("pl") == "polski"
    assert ("de", "Deutsch") in setting_controls.languages()
    program_language.speak(qapp, "en")
    assert actions.label("hold") == "Hold, resume"
    assert actions.keys("palette") == "Ctrl K"
    assert wording.language("pl") == "Polish"


def test_what_the_database_says_is_translated_and_its_log_is_not(qapp: QApplication) -> None:
    program_language.speak(qapp, "de")
    told.set_translator(QCoreApplication.translate)
    try:
        trouble = DatabaseTrouble(Trouble.DISK_FULL)
    finally:
        told.set_translator(told.untranslated)
    assert trouble.text == "Der Datenträger ist voll."
    assert str(trouble) == "disk_full: The disk is full."


def test_figures_and_what_explains_them_have_the_language_s_numbers(qapp: QApplication) -> None:
    rate = Figure("Calls per hour", Unit.RATE, 2469, 2, "calls ÷ hours over {least} h", values=(("least", 0.5),))
    for language, number, least, day in (
        ("en", "1,234.5", "0.5", "11/22/2026"),
        ("de", "1.234,5", "0,5", "22.11.2026"),
        ("en_GB", "1,234.5", "0.5", "22/11/2026"),
    ):
        program_language.speak(qapp, language)
        assert figures.number_text(1234.5, 1) == rate.text() == number
        assert f"over {least} h" in rate.explain()
        assert figures.day_text(date(2026, 11, 22)) == day
