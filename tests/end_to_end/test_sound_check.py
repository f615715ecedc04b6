"""The sound test from the button on the settings page to a real sound server and back to the meter."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop import secrets
from agent_desktop.core.states import CallState
from agent_desktop.core.workstation import build_core
from agent_desktop.telephony import messages as m
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.setting_controls import Picker
from agent_desktop.ui.settings_page import SettingsPage
from agent_desktop.ui.sound_check import SoundCheck
from tests.end_to_end.asterisk import Asterisk
from tests.support import sip, sound, workstation
from tests.support.workstation import Bench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


class Desk(Bench):
    """A workstation with sound and its window, on the sound test."""

    window: MainWindow

    def open(self, **phone: str) -> "Desk":
        wanted = workstation.settings(self.port)
        wanted = msgspec.structs.replace(wanted, phone=msgspec.structs.replace(wanted.phone, sound=True, **phone))
        self.core = build_core(self.profile, wanted)
        self.core.session.notice.connect(self._noticed)
        self.core.start()
        self.until(lambda: self.session.phone_view.usable, "the phone is usable")
        self.window = MainWindow(self.core)
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        self.window.action("test_sound").trigger()
        self.until(lambda: self.check.microphone.hasFocus(), "the button has the focus")
        self.until(lambda: self.picker("microphone").widget.count() > 1, "the devices are known")  # type: ignore[attr-defined]
        return self

    @property
    def page(self) -> SettingsPage:
        page = self.window.settings_wiring.page
        assert page is not None
        return page

    @property
    def check(self) -> SoundCheck:
        return self.page.sound_check

    def picker(self, name: str) -> Picker:
        control = self.page.controls[f"phone.{name}"]
        assert isinstance(control, Picker)
        return control

    def close(self) -> None:
        self.window.close()
        self.stop()
        self.window.deleteLater()

    def said(self, words: str, within_s: float = 15.0) -> None:
        self.until(lambda: words in self.check.words.text(), words, within_s)


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[sound.SoundServer]:
    with sound.serving("pulseaudio", program, tmp_path_factory, monkeypatch) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, server: sound.SoundServer, qapp: QApplication) -> Iterator[Desk]:
    with contextlib.closing(Desk(tmp_path / "desk").open()) as made:
        yield made


def test_the_button_the_engine_the_meter_and_the_ear(desk: Desk, server: sound.SoundServer, tmp_path: Path) -> None:
    seen: list[m.SoundLevel] = []
    assert desk.core is not None
    desk.core.phone.sound_level.connect(seen.append)
    shown: set[int] = set()
    with server.playing(sip.tone(tmp_path / "mic.wav", seconds=10, hertz=600.0)), server.listening() as ear:
        QTest.keyClick(desk.check.microphone, Qt.Key.Key_Space)
        desk.said("Say something now")
        desk.until(lambda: shown.add(desk.check.meter._steps) or len(shown) > 1, "the meter moves")
        desk.said("what the microphone heard")
        desk.until(lambda: sound.loudness(ear(0.2), 600) > 0.9, "it is played")
        desk.said("If you heard yourself")
    assert [level.phase for level in seen][-1] == "idle"
    assert max(shown) > 20, "a loud tone fills most of the forty steps"
    assert desk.check.meter._steps == 0
    assert not desk.check.stop.isEnabled()
    assert not desk.notices


def test_devices_are_tried_before_they_are_saved_and_given_back(desk: Desk, server: sound.SoundServer) -> None:
    server.plug("deafsink", "Nowhere")
    server.plug_microphone("deaf", "Deaf-Microphone", hears="deafsink")
    box = desk.picker("microphone").widget
    desk.until(lambda: box.findData("Deaf-Microphone") > 0, "the list follows what is plugged")  # type: ignore[attr-defined]
    desk.picker("microphone").set_value("Deaf-Microphone")
    assert desk.core is not None
    phone = desk.core.phone
    desk.check.microphone.click()
    desk.said("Say something now")
    assert phone._configure is not None
    assert phone._configure.microphone == "Deaf-Microphone"
    desk.said("Nothing was heard from the microphone")
    assert phone._configure.microphone == "", "nothing was saved"
    desk.check.ring.click()
    desk.said("how calls ring")
    assert phone._configure.microphone == "Deaf-Microphone"
    desk.check.microphone.click()  # the end of the ring is told while this one goes on
    desk.said("Say something now")
    assert phone._configure.microphone == "Deaf-Microphone"
    desk.check.stop.click()
    desk.said("Stopped")
    assert phone._configure.microphone == ""


def test_a_call_ends_the_test_and_bars_it(desk: Desk) -> None:
    desk.check.microphone.click()
    desk.said("Say something now")
    caller = desk.other()
    call_id = desk.ring(caller)
    desk.said("Not during a call")
    assert not desk.check.microphone.isEnabled()
    caller.send(m.HangUp(call_id=call_id))
    desk.said("Three seconds of your voice")
    assert desk.check.microphone.isEnabled()


@pytest.mark.asterisk
def test_the_echo_of_a_real_exchange_is_called_through_the_gate_and_heard(
    pbx: Asterisk, tmp_path: Path, server: sound.SoundServer, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "read", lambda name: "change-me-1001")
    with contextlib.closing(Desk(tmp_path / "desk").open(mode="account", user="1001", domain=pbx.address)) as desk:
        desk.page.controls["phone.echo_number"].set_value("no number at all")
        desk.check.echo.click()
        assert [notice for notice in desk.notices if "no number at all" in notice], "the gate said no"
        assert not desk.session.book.calls
        desk.page.controls["phone.echo_number"].set_value("*43")
        desk.check.echo.click()
        desk.until(lambda: [view.state for view in desk.session.book.views()] == [CallState.TALKING], "it answers")
        [view] = desk.session.book.views()
        assert view.name == "Echo test"
        with server.listening() as ear:
            assert sound.loudness(ear(0.3), 600) < 0.1, "nobody has said anything"
            with server.playing(sip.tone(tmp_path / "mic.wav", seconds=10, hertz=600.0)):
                desk.until(lambda: sound.loudness(ear(0.2), 600) > 0.9, "what the microphone hears comes back")
        desk.session.calls.end()
        desk.until(lambda: not desk.session.book.running(), "over")
