"""The settings page is what settings.py declares: every setting has a control, and what is saved can be stored."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from agent_desktop import settings
from agent_desktop.settings import Database, Numbers, Phone, Settings
from agent_desktop.ui import settings_page
from agent_desktop.ui.setting_controls import Choice, Picker
from agent_desktop.ui.settings_page import SettingsPage
from tests.support import screen

STORED = Settings(phone=Phone(mode="account", user="201", domain="pbx.example.com", speaker="Headset"))


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    widget = SettingsPage(STORED)
    screen.show(qtbot, widget)
    return widget


def test_every_setting_has_a_control_with_its_title_and_help(page: SettingsPage) -> None:
    groups = tuple(group for group in Settings.__struct_fields__ if group != "layouts")  # a card of the board
    declared = {f"{group}.{name}" for group in groups for name in getattr(STORED, group).__struct_fields__}
    assert set(page.controls) == declared
    assert groups == settings_page.GROUPS
    for key, control in page.controls.items():
        assert control.widget.accessibleName(), key
        assert page._specs[key].help, key


def test_what_is_shown_is_what_is_stored(page: SettingsPage) -> None:
    assert page.pending() == STORED
    assert not page.is_dirty()
    assert not page.save_button.isEnabled()


@pytest.mark.parametrize("key", ["phone.user", "phone.listen_port", "phone.sound", "phone.trusted_peers",
                                 "phone.transport", "numbers.region", "work.after_wrap_up"])  # fmt: skip
def test_a_change_is_saved_and_readable_again(qtbot: QtBot, page: SettingsPage, key: str, tmp_path: Path) -> None:
    values = {
        "phone.user": "Zoë", "phone.listen_port": 5062, "phone.sound": False,
        "phone.trusted_peers": ("10.0.0.1", "pbx.example.com"), "phone.transport": "tcp",
        "numbers.region": "DE", "work.after_wrap_up": "paused",
    }  # fmt: skip
    page.controls[key].set_value(values[key])
    assert page.save_button.isEnabled()
    with qtbot.waitSignal(page.saved) as told:
        page.save_button.click()
    new = told.args[0]
    group, name = key.split(".")
    assert getattr(getattr(new, group), name) == values[key]
    setattr(getattr(new, group), name, getattr(getattr(STORED, group), name))
    assert new == STORED, "nothing else changed"
    setattr(getattr(new, group), name, values[key])
    settings.save(tmp_path / "settings.toml", new)
    assert settings.load(tmp_path / "settings.toml") == new
    assert not page.is_dirty()


def test_bounds_are_kept(page: SettingsPage) -> None:
    page.controls["phone.listen_port"].set_value(70_000)
    assert page.pending().phone.listen_port == 65_535
    page.controls["work.extend_s"].set_value(0)
    assert page.pending().work.extend_s == 10


def test_revert_takes_back_and_refreshes_do_not(page: SettingsPage) -> None:
    page.controls["phone.user"].set_value("999")
    page.password.setText("secret")
    page.set_settings(msgspec.structs.replace(STORED, numbers=Numbers(region="FR")))
    assert page.controls["phone.user"].value() == "999"
    assert page.password.text() == "secret"
    assert page.controls["numbers.region"].value() == "FR"
    page.revert_button.click()
    assert page.controls["phone.user"].value() == "201"
    assert page.password.text() == ""
    assert not page.is_dirty()


def test_the_password_goes_its_own_way(qtbot: QtBot, page: SettingsPage) -> None:
    assert page.password.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(page.password, "hunter2")
    told: list[str] = []
    page.password_changed.connect(told.append)
    page.save_button.click()
    assert "hunter2" not in repr(page.pending())
    assert told == ["hunter2"]
    assert page.password.text() == ""
    page.controls["phone.user"].set_value("202")
    page.save_button.click()
    assert told == ["hunter2"]


def test_an_account_needs_a_server(qtbot: QtBot, page: SettingsPage) -> None:
    page.controls["phone.domain"].set_value("")
    page.open_group("look")
    with qtbot.assertNotEmitted(page.saved):
        page.save_button.click()
    assert page.controls["phone.domain"].widget.hasFocus()
    assert page._problems["phone.domain"].text() == "A PBX account needs this"


def test_direct_mode_asks_for_no_account(page: SettingsPage) -> None:
    assert page.password.isVisible()
    page.controls["phone.mode"].set_value("direct")
    assert not page.password.isVisible()
    assert not page.controls["phone.domain"].widget.isVisible()
    assert page.controls["phone.listen_port"].widget.isVisible()


def test_a_look_is_told_at_once_and_can_be_undone(qtbot: QtBot, page: SettingsPage) -> None:
    page.controls["phone.user"].set_value("unsaved")
    page.open_group("look")
    choice = page.controls["look.text_size"]
    assert isinstance(choice, Choice)
    with qtbot.waitSignal(page.saved) as told:
        choice.widget.setFocus()
        qtbot.keyClick(choice.widget, Qt.Key.Key_Right)
    assert told.args[0].look.text_size == 115
    assert told.args[0].phone == STORED.phone, "what is not saved yet is not kept by a change of look"
    page.set_settings(told.args[0])
    assert page.undo.isVisible()
    with qtbot.waitSignal(page.saved) as told:
        page.undo.click()
    assert told.args[0] == STORED
    assert not page.undo.isVisible()
    assert page.controls["phone.user"].value() == "unsaved"


def test_devices_that_are_gone_stay_chosen_and_say_so(page: SettingsPage) -> None:
    speaker = page.controls["phone.speaker"]
    assert isinstance(speaker, Picker)
    box = speaker.widget
    assert isinstance(box, QComboBox)
    page.set_devices(("Built-in",), ("Microphone",))
    assert box.currentText() == "Headset (not found)"
    assert page.pending() == STORED
    page.set_devices(("Built-in", "Headset"), ())
    assert box.currentText() == "Headset"
    assert [box.itemText(n) for n in range(box.count())] == ["The system’s choice", "Built-in", "Headset"]
    assert not page.is_dirty()


def test_a_number_can_be_tried(qtbot: QtBot, page: SettingsPage) -> None:
    page.open_group("numbers")
    with qtbot.waitSignal(page.try_number) as asked:
        qtbot.keyClicks(page.trial, "601 442 190")
    assert asked.args == ["601 442 190"]
    page.set_tried("+48 601 442 190")
    assert page._tried.text() == "+48 601 442 190"
    with qtbot.waitSignal(page.try_number) as asked:
        page.controls["numbers.region"].set_value("DE")
    assert page.pending().numbers.region == "DE"


def test_the_wheel_scrolls_and_changes_nothing(page: SettingsPage) -> None:
    page.open_group("numbers")
    widget = page.controls["numbers.region"].widget
    page.trial.setFocus()
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(centre, QPointF(widget.mapToGlobal(centre)), QPoint(), QPoint(0, -120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(widget, event)
    assert page.controls["numbers.region"].value() == "PL"


def test_groups_are_reached_by_arrow_keys(qtbot: QtBot, page: SettingsPage) -> None:
    page.tabs.setFocus()
    qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    assert page.controls["numbers.region"].widget.isVisible()


def test_on_a_server_the_login_is_no_setting_and_its_password_can_be_changed(qtbot: QtBot) -> None:
    page = SettingsPage(Settings(database=Database(url="postgresql://dana@db/centre")))
    screen.show(qtbot, page, 1220, 720)
    page.open_group("work")
    assert not page.controls["work.agent_login"].widget.isVisible()
    page.open_group("database")
    with qtbot.waitSignal(page.database_password_wanted):
        page.database_password.click()
    page.set_settings(Settings())
    assert not page.database_password.isVisible()
    page.open_group("work")
    assert page.controls["work.agent_login"].widget.isVisible()
