"""A headset's buttons do what the keys do, its lights say what is so, and no headset at all is no trouble."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from agent_desktop.core import headset as headsets
from agent_desktop.core.headset import Headset, HeadsetView
from agent_desktop.core.states import CallState
from tests.support import calls, hid, sip
from tests.support.hid import FakeDevice, FakeHid
from tests.support.workstation import Bench

RINGING, TALKING = calls.call(CallState.RINGING), calls.call(CallState.TALKING, emphasised=True)
OFF, OFF_HOOK, RING, OFF_HOOK_MUTE = bytes([2, 0, 0]), bytes([2, 1, 0]), bytes([2, 8, 0]), bytes([2, 5, 0])


class Desk:
    def __init__(self, *devices: FakeDevice, locked: bool = False):
        self.hid = FakeHid(*devices, locked=locked)
        self.headset = Headset(self.hid)
        self.pressed: list[str] = []
        self.headset.pressed.connect(self.pressed.append)
        self.headset.set_wanted(True)

    def presses(self, device: FakeDevice, *reports: bytes) -> list[str]:
        """What came of these reports."""
        self.pressed.clear()
        device.reports += reports
        self.headset._read()
        return self.pressed

    def close(self) -> None:
        self.headset.set_wanted(False)


@pytest.fixture
def stateful(qtbot: QtBot) -> Iterator[tuple[Desk, FakeDevice]]:
    device = FakeDevice(hid.STATEFUL)
    desk = Desk(device)
    yield desk, device
    desk.close()


def test_the_hook_answers_and_hangs_up(stateful: tuple[Desk, FakeDevice]) -> None:
    desk, device = stateful
    assert desk.headset.view == HeadsetView("ready", "Headset 0")
    desk.headset.set_calls((RINGING,))
    assert device.written[-1] == RING
    assert desk.presses(device, OFF_HOOK) == ["answer"]
    desk.headset.set_calls((TALKING,))
    assert device.written[-1] == OFF_HOOK
    assert desk.presses(device, OFF_HOOK) == [], "what is so already is no press"
    assert desk.presses(device, OFF) == ["hangup"]
    desk.headset.set_calls(())
    assert device.written[-1] == OFF


def test_what_the_device_repeats_of_our_light_is_no_press(qtbot: QtBot) -> None:
    device = FakeDevice(hid.STATEFUL, echoes=True)
    desk = Desk(device)
    desk.headset.set_calls((RINGING,))
    desk.headset.set_calls((TALKING,))  # answered with the mouse: light on, hook follows
    desk.headset._read()
    desk.headset.set_calls(())  # ended by the other side
    desk.headset._read()
    assert desk.pressed == []
    desk.headset.set_calls((RINGING,))
    assert desk.presses(device, OFF_HOOK) == ["answer"]
    desk.close()


def test_a_hook_lifted_for_nothing_is_put_down_again(stateful: tuple[Desk, FakeDevice]) -> None:
    desk, device = stateful
    before = len(device.written)
    assert desk.presses(device, OFF_HOOK) == []
    assert device.written[before:] == [OFF]


def test_mute_and_hold_buttons(stateful: tuple[Desk, FakeDevice]) -> None:
    desk, device = stateful
    mute, flash = bytes([2, 0b00101, 0]), bytes([2, 0b01001, 0])
    assert desk.presses(device, bytes([2, 0b00100, 0]), OFF) == [], "without a call nothing is muted"
    desk.headset.set_calls((TALKING,))
    assert desk.presses(device, OFF_HOOK, mute, OFF_HOOK) == ["mute"]
    desk.headset.set_calls((replace(TALKING, muted=True),))
    assert device.written[-1] == OFF_HOOK_MUTE
    assert desk.presses(device, flash, OFF_HOOK) == ["hold"]
    desk.headset.set_calls((replace(TALKING, state=CallState.HELD),))
    assert device.written[-1] == bytes([2, 0b010001, 0])


def test_a_headset_whose_buttons_only_tell_presses(qtbot: QtBot) -> None:
    device = FakeDevice(hid.PRESSES)
    desk = Desk(device)
    press, release = bytes([8, 1]), bytes([8, 0])
    desk.headset.set_calls((RINGING,))
    assert bytes([0x18, 1]) in device.written
    assert desk.presses(device, press, release) == ["answer"]
    desk.headset.set_calls((TALKING,))
    assert desk.presses(device, bytes([9, 1])) == ["mute"]
    desk.headset.set_calls((replace(TALKING, muted=True),))
    assert desk.presses(device, bytes([9, 1])) == []
    assert desk.presses(device, bytes([9, 0])) == ["mute"]
    desk.headset.set_calls((TALKING,))
    assert desk.presses(device, press, release) == ["hangup"]
    assert desk.presses(device, bytes([9, 2])) == ["hangup"], "the button that only ends calls"
    desk.close()


# ------------------------------------------------------------------ fallbacks


def test_off_means_left_alone(stateful: tuple[Desk, FakeDevice]) -> None:
    desk, device = stateful
    desk.headset.set_calls((RINGING,))
    desk.headset.set_wanted(False)
    assert device.closed
    assert device.written[-1] == OFF, "no light is left on"
    assert desk.headset.view.state == "off"
    assert headsets.words(desk.headset.view) == ""
    device.reports.append(OFF_HOOK)
    desk.headset.look()
    desk.headset.set_wanted(True)
    assert desk.headset.view.state == "ready"


def test_unplugged_and_plugged_in_again(stateful: tuple[Desk, FakeDevice]) -> None:
    desk, device = stateful
    device.gone = True
    desk.headset._read()
    assert desk.headset.view.state == "none"
    assert device.closed
    desk.hid.devices[:] = [FakeDevice(hid.PRESSES)]
    desk.headset.look()
    assert desk.headset.view.state == "ready"


def test_without_permission_or_library_the_settings_say_so(qtbot: QtBot) -> None:
    desk = Desk(FakeDevice(hid.STATEFUL), locked=True)
    assert desk.headset.view == HeadsetView("refused", "Headset 0")
    assert "udev rule" in headsets.words(desk.headset.view)
    desk.close()

    def missing() -> FakeHid:
        raise ImportError("libudev.so.1")

    without = Headset(missing)
    without.set_wanted(True)
    assert without.view.state == "missing"
    assert "hidapi" in headsets.words(without.view)
    without.set_calls((RINGING,))
    without.set_wanted(False)


@pytest.mark.parametrize("descriptor", [b"", b"\x05", hid.STATEFUL[:10] + b"\x97\xff\xff\xff\x7f\x81\x02"])
def test_a_device_that_cannot_be_understood_is_passed_over(qtbot: QtBot, descriptor: bytes) -> None:
    strange, good = FakeDevice(descriptor), FakeDevice(hid.PRESSES)
    desk = Desk(strange, good)
    assert strange.closed
    assert desk.headset.view == HeadsetView("ready", "Headset 1")
    desk.close()
    alone = Desk(FakeDevice(descriptor))
    assert alone.headset.view.state == "silent"
    assert headsets.words(alone.headset.view)
    alone.close()


def test_the_real_library_finds_what_there_is(qtbot: QtBot) -> None:
    headset = Headset()
    headset.set_wanted(True)
    assert headset.view.state in ("none", "ready", "refused", "silent"), "hidapi loads"
    headset.set_wanted(False)


def test_a_real_call_answered_muted_and_ended_by_the_headset(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "desk", port=sip.free_port(25_000, 25_700)).start()
    device = FakeDevice(hid.STATEFUL, echoes=True)
    headset = Headset(FakeHid(device))
    orders = {"answer": "answer", "hangup": "end", "mute": "toggle_mute", "hold": "toggle_hold"}
    headset.pressed.connect(lambda what: getattr(bench.session.calls, orders[what])())
    bench.session.calls_changed.connect(headset.set_calls)
    headset.set_wanted(True)
    try:
        bench.ring(bench.other(listen_port=sip.free_port(25_000, 25_700), rtp_port=25_800))
        bench.until(lambda: device.written[-1] == RING, "its ring light is on")
        device.reports.append(OFF_HOOK)
        bench.until(lambda: device.written[-1] == OFF_HOOK, "it is off the hook")
        assert [call.state for call in bench.session.book.running()] == [CallState.TALKING]
        device.reports += [bytes([2, 0b00101, 0]), OFF_HOOK]
        bench.until(lambda: device.written[-1] == OFF_HOOK_MUTE, "its mute light is on")
        device.reports.append(OFF)
        bench.until(lambda: device.written[-1] == OFF, "all its lights are off")
        assert not bench.session.book.running()
    finally:
        headset.set_wanted(False)
        bench.stop()
