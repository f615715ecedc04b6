"""Reports in the site's language: numbers and dates always, texts where there is a translation."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from agent_desktop import told
from agent_desktop.collector import report_language
from agent_desktop.core import figures
from agent_desktop.core.figures import Figure, Style, Unit


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    figures.set_style(Style())
    told.set_translator(told.untranslated)


@pytest.mark.parametrize(
    ("language", "number", "moment"),
    [("", "12,345.6", "2026-11-03 14:05"), ("de", "12.345,6", "03.11.2026 14:05"),
     ("en_GB", "12,345.6", "03/11/2026 14:05")],
)  # fmt: skip
def test_numbers_and_dates_are_the_site_s(language: str, number: str, moment: str) -> None:
    report_language.speak(language)
    rate = Figure("Calls per hour", Unit.RATE, 12345.6, 1, "calls ÷ hours")
    assert rate.text() == number
    assert figures.moment_text(datetime(2026, 11, 3, 14, 5)) == moment  # noqa: DTZ001 - of a clock on a wall
    assert rate.explain().startswith("Anrufe je Stunde: " if language == "de" else "Calls per hour: ")
