"""Headsets without hardware: report descriptors put together by the HID standard, and devices that speak by them.

Two makers' manners: one report for all buttons, hook as a state that the light's change is answered with; and reports
of their own for each button and light beside a volume control, hook and mute as buttons that only tell a press.
"""

from typing import Any

DATA_ABS, DATA_REL, CONSTANT = 0x02, 0x06, 0x01
PAGES = {"consumer": 0x0C, "telephony": 0x0B, "led": 0x08, "button": 0x09}


def item(prefix: int, value: int) -> bytes:
    """A short item; the length is put into the prefix."""
    width = 1 if value < 0x100 else 2 if value < 0x10000 else 4
    return bytes([prefix | (3 if width == 4 else width)]) + value.to_bytes(width, "little")


def page(name: str) -> bytes:
    return item(0x04, PAGES[name])


def collection(page_name: str, usage: int, *parts: bytes) -> bytes:
    return page(page_name) + item(0x08, usage) + item(0xA0, 1) + b"".join(parts) + b"\xc0"


def bits(kind: int, flags: int, *usages: int, count: int = 0) -> bytes:
    """One-bit fields: kind 0x80 input, 0x90 output."""
    named = b"".join(item(0x08, usage) for usage in usages)
    return named + item(0x74, 1) + item(0x94, count or len(usages)) + item(kind, flags)


REPORT, LIMITS = 0x84, item(0x14, 0) + item(0x24, 1)
IN, OUT = 0x80, 0x90

STATEFUL = collection(
    "telephony", 0x05,
    item(REPORT, 2), LIMITS,
    bits(IN, DATA_ABS, 0x20, 0x97), bits(IN, DATA_REL, 0x2F, 0x21, 0x24), bits(IN, CONSTANT, count=11),
    page("led"), bits(OUT, DATA_ABS, 0x17, 0x1E, 0x09, 0x18, 0x20, 0x21), bits(OUT, CONSTANT, count=10),
)  # fmt: skip

PRESSES = collection(
    "consumer", 0x01,
    item(REPORT, 1), LIMITS, bits(IN, DATA_ABS, 0xE9, 0xEA), bits(IN, CONSTANT, count=6),
) + collection(
    "telephony", 0x05,
    item(REPORT, 8), LIMITS, bits(IN, DATA_REL, 0x20), bits(IN, CONSTANT, count=7),
    item(REPORT, 9), bits(IN, DATA_ABS, 0x2F), bits(IN, DATA_ABS, 0x26), bits(IN, CONSTANT, count=6),
    page("led"), item(REPORT, 0x17), bits(OUT, DATA_ABS, 0x17), bits(OUT, CONSTANT, count=7),
    item(REPORT, 0x18), bits(OUT, DATA_ABS, 0x18), bits(OUT, CONSTANT, count=7),
    item(REPORT, 0x19), bits(OUT, DATA_ABS, 0x09), bits(OUT, CONSTANT, count=7),
)  # fmt: skip


class FakeDevice:
    """What hidapi gives for an opened device; ``reports`` are read one by one, ``written`` what was sent to it."""

    def __init__(self, descriptor: bytes, *, echoes: bool = False):
        self.descriptor, self.echoes = descriptor, echoes
        self.reports: list[bytes] = []
        self.written: list[bytes] = []
        self.gone, self.closed = False, False

    def read(self, _length: int) -> list[int]:
        if self.gone:
            raise OSError("read error")
        return list(self.reports.pop(0)) if self.reports else []

    def write(self, data: bytes) -> int:
        if self.gone:
            raise OSError("write error")
        self.written.append(bytes(data))
        if self.echoes:  # the hook follows the off-hook light
            self.reports.append(bytes([2, data[1] & 1, 0]))
        return len(data)

    def get_report_descriptor(self) -> list[int]:
        return list(self.descriptor)

    def close(self) -> None:
        self.closed = True


class FakeHid:
    """The library with devices plugged into it; ``locked``: this user may not open them."""

    def __init__(self, *devices: FakeDevice, locked: bool = False):
        self.devices, self.locked = list(devices), locked

    def __call__(self) -> "FakeHid":
        return self

    def enumerate(self) -> list[dict[str, Any]]:
        keyboard = {"path": b"kbd", "usage_page": 0x01, "usage": 0x06, "product_string": "Keyboard"}
        found = [
            {"path": str(at).encode(), "usage_page": 0x0B, "usage": 0x05, "product_string": f"Headset {at}"}
            for at in range(len(self.devices))
        ]
        return [keyboard, *found]

    def open_path(self, path: bytes) -> FakeDevice:
        if path == b"kbd":
            raise AssertionError("a keyboard is none of ours")
        if self.locked:
            raise OSError("open failed")
        return self.devices[int(path)]
