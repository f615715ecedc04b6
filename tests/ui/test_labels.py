"""A line shows what a screen can hold; the text stays whole."""

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from agent_desktop.ui.labels import elided, one_line, plain_tooltip, snug

LONG = "x" * 64_000


def test_a_line_of_64_000_letters_is_not_shaped_whole_and_stays_whole(qtbot) -> None:
    for make in (elided, snug):
        shown = make("Marta")
        qtbot.addWidget(shown)
        shown.setText(LONG)
        assert shown.text() == LONG
        assert len(QLabel.text(shown)) == len(one_line(LONG)) == 2_000
        shown.resize(200, 20)
        shown.render(QPixmap(200, 20))
        assert shown.toolTip().startswith("<span>xxxx")
        assert len(shown.toolTip()) < 5_000
        shown.setText("Two\nlines")
        assert (shown.text(), one_line(shown.text())) == ("Two\nlines", "Two lines")


def test_a_tooltip_is_plain_and_ends(qtbot) -> None:
    assert plain_tooltip("<b> & more\nbelow") == "<span>&lt;b&gt; &amp; more<br>below</span>"
    assert plain_tooltip("x" * 4_000).count("x") == 4_000
    assert plain_tooltip(LONG).endswith("x…</span>")
