"""A day's shift as people write it, "9-17 12-12:30": a part within another is a break, an end before its beginning is
on the next day. No Qt.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, translated
from agent_desktop.data.staffing_rows import ShiftPart

DAY = 1_440
_PART = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.]?(\d{2}))?")
_BETWEEN = re.compile(r"[\s,;()+·]*")
_FREE = ("", "-", "–")


class BadShift(ValueError):
    """It cannot be read as a shift; the text says why."""


def read(text: str) -> tuple[ShiftPart, ...]:
    """The parts of a day, in order; nothing for an empty text or a dash. Raises BadShift."""
    if text.strip() in _FREE:
        return ()
    runs: list[tuple[int, int]] = []
    breaks: list[tuple[int, int]] = []
    for first, last in _ranges(text):
        around = next((run for run in runs for ahead in (0, DAY) if run[0] <= first + ahead and last + ahead <= run[1]),
                      None)  # fmt: skip
        if around is None:
            runs.append((first, last))
        else:
            ahead = 0 if around[0] <= first else DAY
            breaks.append((first + ahead, last + ahead))
    return together(sorted(runs), sorted(breaks))


def together(runs: Sequence[tuple[int, int]], breaks: Sequence[tuple[int, int]]) -> tuple[ShiftPart, ...]:
    """Work with its breaks cut out of it. Raises BadShift where two parts overlap."""
    parts: list[ShiftPart] = []
    for first, last in runs:
        at = first
        for begins, ends in breaks:
            if not first <= begins < last:
                continue
            if begins < at:
                raise BadShift(translated(QT_TRANSLATE_NOOP("figures", "Two parts overlap.")))
            if begins > at:
                parts.append(ShiftPart(at, begins))
            parts.append(ShiftPart(begins, ends, "break"))
            at = ends
        if at < last:
            parts.append(ShiftPart(at, last))
    for one, other in pairwise(parts):
        if other.first < one.last:
            raise BadShift(translated(QT_TRANSLATE_NOOP("figures", "Two parts overlap.")))
    return tuple(parts)


def write(parts: Sequence[ShiftPart]) -> str:
    """As it is read again: what hangs together first, its breaks after it."""
    return ", ".join([f"{span(*run)}" + "".join(f" ({span(*gap)})" for gap in gaps) for run, gaps in runs_of(parts)])


def runs_of(parts: Sequence[ShiftPart]) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """What hangs together, each with its breaks."""
    found: list[tuple[tuple[int, int], list[tuple[int, int]]]] = []
    for part in parts:
        if found and found[-1][0][1] == part.first:
            found[-1] = ((found[-1][0][0], part.last), found[-1][1])
        else:
            found.append(((part.first, part.last), []))
        if part.kind == "break":
            found[-1][1].append((part.first, part.last))
    return found


def worked_minutes(parts: Sequence[ShiftPart]) -> int:
    """Without breaks."""
    return sum(part.last - part.first for part in parts if part.kind == "work")


def _ranges(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(text):
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap is not None else at
        if at >= len(text):
            break
        part = _PART.match(text, at)
        if part is None:
            words = QT_TRANSLATE_NOOP("figures", "“{text}” is no time; write it like 9:00–17:00 12:00–12:30.")
            raise BadShift(translated(words).format(text=text[at : at + 20].strip()))
        hours = [int(part[1]), int(part[3])]
        minutes = [int(part[2] or 0), int(part[4] or 0)]
        if max(hours) > 24 or max(minutes) > 59 or hours[0] == 24 or (hours[1] == 24 and minutes[1]):
            words = QT_TRANSLATE_NOOP("figures", "A day has no such time: {text}.")
            raise BadShift(translated(words).format(text=part[0]))
        first, last = (60 * hour + minute for hour, minute in zip(hours, minutes, strict=True))
        found.append((first, last if last > first else last + DAY))
        at = part.end()
    return found


def span(first: int, last: int) -> str:
    return f"{_clock(first)}–{_clock(last, end=True)}"


def _clock(minute: int, *, end: bool = False) -> str:
    at = minute % DAY if minute != DAY or not end else DAY
    return f"{at // 60:02}:{at % 60:02}"
