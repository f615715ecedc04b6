"""The audit finds what it says it finds: each check with an offender and with the same thing done right."""

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QScrollArea, QTabBar, QToolButton, QWidget

from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import row
from tests.support import ui_audit


def holder(child: QWidget, width: int, height: int = 40) -> QWidget:
    parent = QWidget()
    child.setParent(parent)
    child.setGeometry(4, 4, width, height)
    return parent


def test_a_clipped_label_is_found(shown) -> None:
    text = "A sentence that does not fit"
    assert ui_audit.clipped_labels(shown(holder(QLabel(text), 60), 300, 60))
    assert not ui_audit.clipped_labels(shown(holder(QLabel(text), 280), 300, 60))
    assert not ui_audit.clipped_labels(shown(holder(elided(text), 60), 300, 60))


def test_a_wrapped_label_that_is_too_low_is_found(shown) -> None:
    text = "A sentence of some length that takes several lines in a narrow column"
    assert ui_audit.clipped_labels(shown(holder(label(text, wrap=True), 120, 20), 300, 200))
    assert not ui_audit.clipped_labels(shown(holder(label(text, wrap=True), 120, 150), 300, 200))


def test_clipped_buttons_boxes_and_tabs_are_found(shown) -> None:
    for child in (Button("Send to voicemail"), QCheckBox("Schedule a callback")):
        assert ui_audit.clipped_labels(shown(holder(child, 50), 400, 60))
        child.setGeometry(4, 4, 380, 40)
        assert not ui_audit.clipped_labels(child.window())
    tabs = QTabBar()
    tabs.addTab("Contact history")
    tabs.addTab("Wrap-up")
    assert ui_audit.clipped_labels(shown(holder(tabs, 60), 400, 60))
    tabs.setGeometry(4, 4, 380, 40)
    assert not ui_audit.clipped_labels(tabs.window())


def test_a_nameless_stop_is_found(shown) -> None:
    nameless, named = QLineEdit(), QLineEdit()
    named.setAccessibleName("Name")
    parent = QWidget()
    parent.setLayout(row(nameless, named))
    assert len(ui_audit.focusable_without_name(shown(parent, 300, 60))) == 1


def test_what_sticks_out_is_found_unless_it_scrolls(shown) -> None:
    assert ui_audit.outside_window(shown(holder(QPushButton("x"), 400), 300, 60))
    area, inner = QScrollArea(), QPushButton("x")
    inner.resize(900, 900)
    area.setWidget(inner)
    assert not ui_audit.outside_window(shown(area, 300, 200))


def test_overlapping_neighbours_are_found(shown) -> None:
    one, other = QPushButton("one"), QPushButton("other")
    one.setFixedWidth(150)
    other.setFixedWidth(150)
    parent = QWidget()
    parent.setLayout(row(one, other))
    shown(parent, 320, 60)
    assert not ui_audit.overlapping(parent)
    other.move(100, other.y())
    assert ui_audit.overlapping(parent)


def test_small_targets_are_found(shown) -> None:
    small = QToolButton()
    assert ui_audit.small_targets(shown(holder(small, 16, 16), 100, 60))
    small.resize(24, 24)
    assert not ui_audit.small_targets(small.window())


def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in(qapp) -> None:
    ui_audit.pseudo_translate(qapp, 1.4)
    shown = QWidget().tr("{0} of {1} waiting")
    assert "{0}" in shown
    assert "{1}" in shown
    assert shown.format(1, 2)
    assert len(shown) == round(len("{0} of {1} waiting") * 1.4)
    assert ui_audit.lengthened("9:41", 1.4) == "9:41"
    ui_audit.restore(qapp)
    assert QWidget().tr("{0} of {1} waiting") == "{0} of {1} waiting"


def test_a_widget_shown_before_it_has_a_parent_is_found(qapp) -> None:
    with ui_audit.Flashes() as flashes:
        child, hidden = QPushButton("New"), QPushButton("Old")
        hidden.hide()
        holder(hidden, 100)
        assert not flashes.seen
        child.setVisible(True)
        holder(child, 100)
    assert flashes.seen == ["QPushButton "]
