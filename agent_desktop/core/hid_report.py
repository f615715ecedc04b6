"""What a headset's HID reports mean: its descriptor read by the standard, for the telephony and LED pages.

Device Class Definition for HID 1.11, section 6.2.2 (descriptor items); HID Usage Tables 1.5, pages 0x08 and 0x0B.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

TELEPHONY, LED = 0x0B, 0x08
HOOK, FLASH, HOLD, DROP, MUTE = (TELEPHONY << 16 | usage for usage in (0x20, 0x21, 0x23, 0x26, 0x2F))
LED_MUTE, LED_OFF_HOOK, LED_RING, LED_HOLD = (LED << 16 | usage for usage in (0x09, 0x17, 0x18, 0x20))

_CONSTANT, _VARIABLE, _RELATIVE = 0x01, 0x02, 0x04
_MAX_BITS = 8 * 1024  # of one report; more is nonsense
_INPUT, _OUTPUT, _COLLECTION, _END = 0x8, 0x9, 0xA, 0xC
_MAIN, _GLOBAL, _LOCAL = 0, 1, 2


class BadDescriptor(ValueError):
    """This is no descriptor."""


class Field(msgspec.Struct, frozen=True):
    """Some bits of a report. A variable one has one usage; an array's value says which of its usages is pressed."""

    output: bool
    report_id: int
    at: int  # its first bit, after the report id
    size: int
    usages: tuple[int, ...]
    relative: bool = False
    array: bool = False
    least: int = 0  # the value that an array's first usage has


@dataclass
class _Globals:
    page: int = 0
    least: int = 0
    size: int = 0
    count: int = 0
    report_id: int = 0


@dataclass
class _Reader:
    """Where the reading of a descriptor stands."""

    now: _Globals = field(default_factory=_Globals)
    kept: list[_Globals] = field(default_factory=list)
    usages: list[int] = field(default_factory=list)
    lowest: int = 0
    used_bits: dict[tuple[bool, int], int] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)

    def usage(self, value: int, width: int) -> int:
        return value if width == 4 else self.now.page << 16 | value

    def take_global(self, tag: int, value: int, signed: int) -> None:
        now = self.now
        if tag == 0x0:
            now.page = value
        elif tag == 0x1:
            now.least = signed
        elif tag == 0x7:
            now.size = value
        elif tag == 0x8:
            now.report_id = value
        elif tag == 0x9:
            now.count = value
        elif tag == 0xA:
            self.kept.append(_Globals(**{name: getattr(now, name) for name in _Globals.__dataclass_fields__}))
        elif tag == 0xB and self.kept:
            self.now = self.kept.pop()

    def take_local(self, tag: int, value: int, width: int) -> None:
        if tag == 0x0:
            self.usages.append(self.usage(value, width))
        elif tag == 0x1:
            self.lowest = self.usage(value, width)
        elif tag == 0x2:
            highest = self.usage(value, width)
            self.usages += range(self.lowest, min(highest, self.lowest + 255) + 1)

    def take_main(self, tag: int, flags: int) -> None:
        if tag in (_INPUT, _OUTPUT):
            self._add(tag == _OUTPUT, flags)
        self.usages, self.lowest = [], 0

    def _add(self, output: bool, flags: int) -> None:
        now, key = self.now, (output, self.now.report_id)
        start = self.used_bits.get(key, 0)
        self.used_bits[key] = start + now.size * now.count
        if self.used_bits[key] > _MAX_BITS:
            raise BadDescriptor("a report without end")
        if flags & _CONSTANT or not self.usages or not now.size:
            return
        relative = bool(flags & _RELATIVE)
        for index in range(now.count):
            at = start + index * now.size
            if flags & _VARIABLE:
                usage = self.usages[min(index, len(self.usages) - 1)]  # the last one stands for all that follow
                self.fields.append(Field(output, now.report_id, at, now.size, (usage,), relative))
            else:
                usages = tuple(self.usages)
                self.fields.append(
                    Field(output, now.report_id, at, now.size, usages, relative, array=True, least=now.least)
                )


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """(type, tag, width, value, value with sign) of each short item; long ones are passed over."""
    at = 0
    while at < len(descriptor):
        prefix = descriptor[at]
        if prefix == 0xFE:
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        width = (0, 1, 2, 4)[prefix & 0x3]
        data = descriptor[at + 1 : at + 1 + width]
        if len(data) != width:
            raise BadDescriptor("it ends within an item")
        value, signed = int.from_bytes(data, "little"), int.from_bytes(data, "little", signed=True)
        yield prefix >> 2 & 0x3, prefix >> 4, width, value, signed
        at += 1 + width


class Layout(msgspec.Struct, frozen=True):
    """The fields of a device's reports that matter on a telephone."""

    inputs: tuple[Field, ...]
    outputs: tuple[Field, ...]
    numbered: bool  # its reports begin with their number
    output_bytes: Mapping[int, int]  # report id: length without the number

    def has(self, usage: int) -> bool:
        """Whether the device has this button."""
        return any(usage in one.usages for one in self.inputs)

    def is_relative(self, usage: int) -> bool:
        """Whether the button tells that it was pressed, and not its state (Usage Tables section 3.4.1.2)."""
        return any(one.relative for one in self.inputs if usage in one.usages)

    def read(self, report: bytes) -> dict[int, bool]:
        """The buttons that a report tells of; those of other reports are not in it."""
        if not report:
            return {}
        report_id, body = (report[0], report[1:]) if self.numbered else (0, report)
        bits = int.from_bytes(body, "little")
        found: dict[int, bool] = {}
        for one in self.inputs:
            if one.report_id != report_id or one.at + one.size > 8 * len(body):
                continue
            value = bits >> one.at & (1 << one.size) - 1
            if one.array:
                for index, usage in enumerate(one.usages):
                    found[usage] = found.get(usage, False) or value == one.least + index
            else:
                found[one.usages[0]] = bool(value)
        return found

    def lights(self, on: Iterable[int]) -> list[bytes]:
        """Reports that put exactly these lights on, each beginning with its number (0 where there are none)."""
        wanted = set(on)
        bits: dict[int, int] = {one.report_id: 0 for one in self.outputs}
        for one in self.outputs:
            if not one.array and one.usages[0] in wanted:
                bits[one.report_id] |= 1 << one.at
        return [
            bytes([report_id]) + value.to_bytes(self.output_bytes[report_id], "little")
            for report_id, value in bits.items()
        ]


def read_descriptor(descriptor: bytes) -> Layout:
    """What of a device's reports is telephony. Raises BadDescriptor."""
    reader = _Reader()
    for kind, tag, width, value, signed in _items(descriptor):
        if kind == _MAIN:
            reader.take_main(tag, value)
        elif kind == _GLOBAL:
            reader.take_global(tag, value, signed)
        elif kind == _LOCAL:
            reader.take_local(tag, value, width)
    inputs = [one for one in reader.fields if not one.output and any(u >> 16 == TELEPHONY for u in one.usages)]
    outputs = [one for one in reader.fields if one.output and any(u >> 16 == LED for u in one.usages)]
    return Layout(
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        numbered=any(report_id for _output, report_id in reader.used_bits),
        output_bytes={report_id: (bits + 7) // 8 for (output, report_id), bits in reader.used_bits.items() if output},
    )
