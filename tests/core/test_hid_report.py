"""Descriptors are read by the standard, whatever their order, and a broken device breaks nothing here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.core import hid_report
from agent_desktop.core.hid_report import BadDescriptor, read_descriptor
from tests.support import hid


def test_one_report_with_all_buttons() -> None:
    layout = read_descriptor(hid.STATEFUL)
    assert layout.numbered
    assert layout.has(hid_report.HOOK)
    assert not layout.is_relative(hid_report.HOOK)
    assert layout.is_relative(hid_report.MUTE)
    report = layout.read(bytes([2, 0b00101, 0]))
    assert report[hid_report.HOOK]
    assert report[hid_report.MUTE]
    assert not report[hid_report.FLASH]
    assert layout.lights({hid_report.LED_OFF_HOOK, hid_report.LED_MUTE}) == [bytes([2, 0b000101, 0])]
    assert layout.lights({hid_report.LED_RING}) == [bytes([2, 0b001000, 0])]
    assert layout.lights(()) == [bytes([2, 0, 0])]


def test_reports_for_each_button_and_light() -> None:
    layout = read_descriptor(hid.PRESSES)
    assert layout.is_relative(hid_report.HOOK)
    assert not layout.is_relative(hid_report.MUTE)
    assert layout.read(bytes([8, 1])) == {hid_report.HOOK: True}
    assert layout.read(bytes([9, 0b10])) == {hid_report.MUTE: False, hid_report.DROP: True}
    assert layout.read(bytes([1, 0xFF])) == {}, "the volume is not ours"
    assert layout.read(bytes([77, 1])) == layout.read(b"") == layout.read(bytes([8])) == {}
    assert layout.lights({hid_report.LED_RING}) == [bytes([0x17, 0]), bytes([0x18, 1]), bytes([0x19, 0])]


def test_a_device_without_report_numbers() -> None:
    plain = hid.collection(
        "telephony", 0x05, hid.LIMITS, hid.bits(hid.IN, hid.DATA_ABS, 0x20, 0x2F), hid.bits(hid.IN, 1, count=6),
        hid.page("led"), hid.bits(hid.OUT, hid.DATA_ABS, 0x17), hid.bits(hid.OUT, 1, count=7),
    )  # fmt: skip
    layout = read_descriptor(plain)
    assert layout.read(b"\x02") == {hid_report.HOOK: False, hid_report.MUTE: True}
    assert layout.lights({hid_report.LED_OFF_HOOK}) == [b"\x00\x01"]


def test_buttons_told_by_their_number() -> None:
    array = hid.collection(
        "telephony", 0x05, hid.item(0x14, 1), hid.item(0x24, 3),
        hid.item(0x18, 0x20), hid.item(0x28, 0x22), hid.item(0x74, 8), hid.item(0x94, 2), hid.item(0x80, 0),
    )  # fmt: skip
    layout = read_descriptor(array)
    assert layout.read(bytes([2, 0])) == {
        hid_report.HOOK: False, hid_report.FLASH: True, 0x0B0022: False,
    }  # fmt: skip
    assert layout.read(bytes([0, 1]))[hid_report.HOOK]


def test_pushed_settings_and_usages_with_their_own_page() -> None:
    pushed = hid.collection(
        "telephony", 0x05, hid.LIMITS, b"\xa4", hid.page("button"), hid.item(0x08, 0x0B0020), hid.item(0x74, 1),
        hid.item(0x94, 1), hid.item(0x80, 2), b"\xb4", hid.bits(hid.IN, hid.DATA_ABS, 0x2F),
    )  # fmt: skip
    assert read_descriptor(pushed).read(b"\x03") == {hid_report.HOOK: True, hid_report.MUTE: True}


@pytest.mark.parametrize("broken", [b"\x05", hid.STATEFUL[:-2] + b"\x97\xff\xff\xff\x7f\x81\x02", b"\xfe"])
def test_what_is_no_descriptor_is_refused_or_means_nothing(broken: bytes) -> None:
    try:
        layout = read_descriptor(broken)
    except BadDescriptor:
        return
    assert layout.inputs == ()


@given(st.binary(max_size=300), st.binary(max_size=70))
def test_nothing_that_a_device_says_raises(descriptor: bytes, report: bytes) -> None:
    try:
        layout = read_descriptor(hid.STATEFUL + descriptor)
    except BadDescriptor:
        return
    layout.read(report)
    for sent in layout.lights({hid_report.LED_RING}):
        assert len(sent) <= 1025
