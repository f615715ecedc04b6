"""The sound test says in words what happens, moves its meter, and cannot be begun when it would disturb a call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.settings import Phone, Settings
from agent_desktop.ui.indicators import LevelMeter
from agent_desktop.ui.settings_page import SettingsPage
from agent_desktop.ui.sound_check import SoundCheck
from tests.support import screen, ui_audit


@pytest.fixture
def check(qtbot: QtBot) -> SoundCheck:
    widget = SoundCheck()
    screen.show(qtbot, widget, 700, 180)
    return widget


def lit(meter: LevelMeter) -> float:
    """The share of the meter that is painted as loud."""
    image = meter.grab().toImage()
    colours = [image.pixelColor(round((step + 0.3) * 4.4), 7) for step in range(40)]
    return sum(colour.saturation() > 60 for colour in colours) / 40


def test_the_keyboard_alone_begins_and_stops(qtbot: QtBot, check: SoundCheck) -> None:
    wanted: list[str] = []
    check.try_wanted.connect(wanted.append)
    check.focus_first()
    QTest.keyClick(check.microphone, Qt.Key.Key_Space)
    assert not check.stop.isEnabled(), "the phone has not begun"
    check.set_level("recording", 0.0, "")
    QTest.keyClick(check, Qt.Key.Key_Tab)
    QTest.keyClick(check, Qt.Key.Key_Tab)
    assert check.stop.hasFocus()
    QTest.keyClick(check.stop, Qt.Key.Key_Space)
    assert wanted == ["microphone", ""]
    check.set_level("idle", 0.0, "")
    assert check.words.text() == "Stopped"
    assert check.microphone.hasFocus(), "a button that cannot be pressed keeps no focus"
    check.ring.click()
    assert wanted[-1] == "ring"


def test_every_phase_has_its_words(check: SoundCheck) -> None:
    check.set_level("recording", 0.1, "")
    assert "Say something now" in check.words.text()
    check.set_level("playing", 0.1, "")
    assert "what the microphone heard" in check.words.text()
    check.set_level("idle", 0.0, "")
    assert "If you heard yourself" in check.words.text()
    check.set_level("ringing", 0.1, "")
    assert "how calls ring" in check.words.text()
    check.set_level("idle", 0.0, "")
    assert "another ring device" in check.words.text()
    check.set_level("recording", 0.0, "")
    check.set_level("idle", 0.0, "Nothing was heard.")
    assert check.words.text() == "Nothing was heard."
    assert check.words.property("tone") == "warn"


def test_the_meter_follows_the_loudness_as_ears_judge_it(check: SoundCheck) -> None:
    assert lit(check.meter) == 0
    shares = []
    for level in (0.001, 0.02, 0.2, 1.0):
        check.set_level("recording", level, "")
        shares.append(lit(check.meter))
    assert shares[0] == 0
    assert 0.2 < shares[1] < 0.4
    assert 0.6 < shares[2] < 0.8, "a voice fills most of it"
    assert shares[3] == 1
    check.set_level("idle", 0.0, "")
    assert lit(check.meter) == 0


def test_during_a_call_nothing_can_be_tried_and_words_say_so(check: SoundCheck) -> None:
    check.set_echo("*43")
    check.set_level("recording", 0.5, "")
    check.set_why_not("Not during a call", "Not during a call")
    check.set_level("idle", 0.0, "")  # the phone ended it
    for button in (check.microphone, check.ring, check.stop, check.echo):
        assert not button.isEnabled()
        if button is not check.stop:
            assert button.accessibleDescription() == "Not during a call"
    assert check.words.text() == "Not during a call"
    assert lit(check.meter) == 0
    check.set_why_not("", "")
    assert check.microphone.isEnabled()
    assert check.echo.isEnabled()
    assert "Three seconds" in check.words.text()


def test_the_echo_is_offered_only_with_a_number(qtbot: QtBot, check: SoundCheck) -> None:
    assert not check.echo.isVisible()
    check.set_echo("*43")
    assert check.echo.isVisible()
    with qtbot.waitSignal(check.echo_wanted) as asked:
        check.echo.click()
    assert asked.args == ["*43"]
    check.set_why_not("", "Not registered")
    assert check.microphone.isEnabled()
    assert not check.echo.isEnabled()
    assert "Not registered" in check.echo.toolTip()


def test_the_settings_page_opens_it_with_the_number_typed_there(qtbot: QtBot) -> None:
    page = SettingsPage(Settings(phone=Phone(echo_number="600")))
    screen.show(qtbot, page, 1220, 592)
    page.open_group("look")
    assert not page.sound_check.isVisible()
    page.open_sound_check()
    screen.settle(page)
    assert page.sound_check.microphone.hasFocus()
    assert not page.sound_check.visibleRegion().isEmpty()
    page.controls["phone.echo_number"].set_value(" *43 ")
    with qtbot.waitSignal(page.sound_check.echo_wanted) as asked:
        page.sound_check.echo.click()
    assert asked.args == ["*43"]
    page.revert_button.click()
    with qtbot.waitSignal(page.sound_check.echo_wanted) as asked:
        page.sound_check.echo.click()
    assert asked.args == ["600"]
    page.controls["phone.echo_number"].set_value("")
    assert not page.sound_check.echo.isVisible()


@pytest.mark.parametrize("size", [(1220, 592), (760, 592)])
def test_nothing_is_clipped(qtbot: QtBot, qapp: QApplication, size: tuple[int, int]) -> None:
    ui_audit.pseudo_translate(qapp)
    check = SoundCheck()
    check.set_echo("*43")
    check.set_level("recording", 0.3, "")
    check.set_level("idle", 0.0, "Nothing was heard from the microphone: is it muted, or is another one chosen? " * 2)
    screen.show(qtbot, check, *size)
    assert not ui_audit.everything(check)
