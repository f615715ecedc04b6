"""Tokens become a palette and a style sheet; switching changes both at once."""

import re

import lucide
import pytest
from PySide6.QtGui import QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QTabBar, QWidget

from agent_desktop import paths
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.labels import Icon, Label, label, plain_tooltip, snug
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.wording import ltr


def test_the_style_sheet_has_no_unknown_token(qapp: QApplication) -> None:
    for mode in theme.TOKENS:
        theme.apply(qapp, mode)
        assert not re.findall(r"@\w+", qapp.styleSheet())


def test_the_style_sheets_pictures_are_lucides_in_this_modes_colours() -> None:
    """They lie there ready: nothing is drawn or written at the start."""
    sheet = paths.resource("theme", "style.qss").read_text(encoding="utf-8")
    files = set(re.findall(r"@ICONS/([^)]+)", sheet))
    assert files == {"check.svg", "chevron-down.svg", "chevron-up.svg"}
    names = {file.removesuffix(".svg") for file in files}
    for mode, tokens in theme.TOKENS.items():
        for name in names:
            tone = tokens["on" if name == "check" else "text2"]
            drawn = lucide.lucide_icon(name, stroke_width="2.2").replace("currentColor", tone)
            assert paths.resource("theme", mode, f"{name}.svg").read_text(encoding="utf-8").strip() == drawn.strip()


def test_dark_changes_palette_and_sheet(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.TOKENS["dark"]["app"]
    assert theme.TOKENS["dark"]["ringing_bg"] in qapp.styleSheet()


def test_text_size_scales_fonts_and_sheet(qapp: QApplication) -> None:
    words = label("Marta", "h1")
    assert words.font().pixelSize() == 20
    theme.apply(qapp, "light", 150)
    assert theme.font("body").pixelSize() == 20
    words.ensurePolished()
    assert words.font().pixelSize() == 30
    assert "min-height:45px" in qapp.styleSheet()  # 30 px fields


def test_eight_digit_tokens_carry_alpha() -> None:
    assert theme.color("cfill").alpha() == 0x26


def test_digits_of_a_timer_have_one_width(qapp: QApplication) -> None:
    metrics = QFontMetricsF(theme.font("metric", tabular=True))
    widths = [metrics.horizontalAdvance(digit) for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.1  # hinting may shift one by a thirtieth of a pixel


def test_markup_in_data_stays_text(qapp: QApplication) -> None:
    evil = "<b>Bobby</b> <img src=x>"
    words = Label(evil)
    assert words.text() == evil
    assert words.sizeHint().width() > words.fontMetrics().horizontalAdvance("Bobby <img")
    assert "<b>" not in plain_tooltip(evil)


def test_a_snug_label_fits_without_an_ellipsis(shown) -> None:
    for text in ("Marta Kowalczyk", "+48 601 442 190", "محمد الشرقاوي", "WWWWWWW"):
        holder, words = QWidget(), snug(text, "title")
        holder.setLayout(row(words, None))
        shown(holder, 500, 40)
        assert words.width() >= words.fontMetrics().horizontalAdvance(text)
        holder.grab()
        assert words.toolTip() == ""


def test_a_live_change_of_text_size_reaches_fonts_and_sizes_of_single_widgets(qapp: QApplication, shown) -> None:
    tabs, tick, notes = QTabBar(), QCheckBox("Update a ticket"), QPlainTextEdit()
    find = search_field("Find")
    for widget in (tabs, tick, notes):
        theme.dress(widget, "body")
    theme.size(find, fixed_width=180)
    theme.size(find, minimum_height=20)
    holder = QWidget()
    holder.setLayout(column(tabs, tick, notes, find))
    shown(holder, 400, 300)
    for percent, pixels in ((150, 20), (100, 13), (130, 17)):
        theme.apply(qapp, "dark", percent)
        assert [widget.font().pixelSize() for widget in (tabs, tick, notes, find)] == [pixels] * 4
        assert notes.viewport().font().pixelSize() == pixels, "in which the placeholder is painted"
        assert (find.width(), find.minimumHeight()) == (180 * percent // 100, 20 * percent // 100)


def test_another_tone_keeps_the_text_size(qapp: QApplication, shown) -> None:
    words, box = label("2 waiting", "small", "2"), QWidget()
    theme.dress(box, "small")
    shown(words, 200, 40)
    shown(box, 200, 40)
    theme.apply(qapp, "light", 150)
    words.set_tone("bad")
    theme.restyle(box, tone="bad")
    assert words.font() == box.font() == theme.font("small")


def test_numbers_are_isolated_left_to_right() -> None:
    assert ltr("+48 601") == "\u2066+48 601\u2069"
    assert ltr("") == ""


def test_a_compact_button_keeps_its_name(shown) -> None:
    button = Button("Transfer", "phone-forwarded", keys="F6")
    wide = button.sizeHint().width()
    button.set_compact(True)
    assert button.sizeHint().width() < wide
    assert (button.accessibleName(), button.toolTip()) == ("Transfer", "Transfer (F6)")


def test_icons_follow_the_mode(qapp: QApplication, shown) -> None:
    picture = shown(Icon("square", "bad", 24), 30, 30)
    before = picture.pixmap().toImage()
    theme.apply(qapp, "dark")
    assert picture.pixmap().toImage() != before


@pytest.mark.parametrize("state", theme.STATE_ICONS)
def test_every_state_has_icon_word_and_three_colours(state: str) -> None:
    assert theme.state_label(state)
    for mode in theme.TOKENS.values():
        assert {state, f"{state}_bg", f"{state}_fill"} <= mode.keys()
