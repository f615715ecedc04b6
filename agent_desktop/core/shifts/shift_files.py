"""Shifts into files and out of them: lists as planning tools write them (CSV), and calendars (ICS). No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_desktop.core import shift_plan
from agent_desktop.core.metrics import Span
from agent_desktop.core.shifts import shift_kept, shift_text
from agent_desktop.core.shifts.shift_draft import Key, Parts
from agent_desktop.core.shifts.shift_text import DAY
from agent_desktop.core.table_file import TableFile
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.staffing_rows import ShiftPart

_MOST_BYTES = 20_000_000


def read(path: Path, people: Sequence[AgentRow], zone: ZoneInfo) -> tuple[dict[Key, Parts], tuple[str, ...]]:
    """The days of a list (columns login, start, end, kind), and the logins in it that nobody here has.

    Raises BadPlan, FileTrouble, OSError.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise FileTrouble(f"“{path.name}” is too large for a list of shifts.")
    with path.open(newline="", encoding="utf-8-sig") as file:
        try:
            plan = shift_plan.read(file, zone)
        except UnicodeDecodeError:
            raise FileTrouble(f"“{path.name}” is no text in UTF-8.") from None
    known = {agent.login.casefold(): agent.id for agent in people}
    found: dict[Key, Parts] = {}
    for login, spans in plan.items():
        if login in known:
            found |= {(known[login], day): parts for day, parts in days_of(spans, zone).items()}
    return found, tuple(sorted(plan.keys() - known.keys()))


def days_of(spans: Iterable[Span], zone: ZoneInfo) -> dict[date, Parts]:
    """Spans as parts of days; what goes on through midnight stays with the day that it began on."""
    found: dict[date, Parts] = {}
    day, ended = date.min, datetime.min.replace(tzinfo=UTC)
    for span in sorted(spans):
        begins = span.start.astimezone(zone)
        if span.start != ended:
            day = begins.date()
        first, last = (_minute(moment.astimezone(zone), day) for moment in (span.start, span.end))
        found[day] = (*found.get(day, ()), ShiftPart(first, last, span.kind.value))
        ended = span.end
    return found


def table(title: str, shifts: Mapping[Key, Parts], people: Sequence[AgentRow], zone: ZoneInfo) -> TableFile:
    """The list that ``read`` reads."""
    rows = [
        (login, shift_kept.moment(day, part.first, zone), shift_kept.moment(day, part.last, zone), part.kind)
        for login, day, parts in _by_login(shifts, people)
        for part in parts
    ]
    return TableFile(title, shift_plan.COLUMNS, rows, zone=zone)


def write_calendar(path: Path, shifts: Mapping[Key, Parts], people: Sequence[AgentRow], zone: ZoneInfo) -> None:
    """An event for each shift (RFC 5545), its breaks named in its description. Raises OSError."""
    names = {agent.login: agent.name for agent in people}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Agent Desktop//Shifts//EN"]
    for login, day, parts in _by_login(shifts, people):
        for (first, last), breaks in shift_text.runs_of(parts):
            begins, ends = (shift_kept.moment(day, minute, zone) for minute in (first, last))
            said = shift_text.write(tuple(ShiftPart(*gap) for gap in breaks))
            lines += ["BEGIN:VEVENT", f"UID:{day:%Y%m%d}-{first}-{_escaped(login)}@agent-desktop"]
            lines += [f"DTSTAMP:{begins:%Y%m%dT%H%M%SZ}", f"DTSTART:{begins:%Y%m%dT%H%M%SZ}"]
            lines += [f"DTEND:{ends:%Y%m%dT%H%M%SZ}", f"SUMMARY:{_escaped(names[login])}"]
            lines += [f"DESCRIPTION:{_escaped(said)}", "END:VEVENT"]
    folded = "\r\n".join(part for line in (*lines, "END:VCALENDAR") for part in _folded(line))
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(folded.encode() + b"\r\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _by_login(shifts: Mapping[Key, Parts], people: Sequence[AgentRow]) -> list[tuple[str, date, Parts]]:
    logins = {agent.id: agent.login for agent in people}
    return sorted((logins[who], day, parts) for (who, day), parts in shifts.items() if who in logins and parts)


def _minute(moment: datetime, day: date) -> int:
    return (moment.date() - day).days * DAY + 60 * moment.hour + moment.minute


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _folded(line: str) -> list[str]:
    """At most 75 bytes a line, never within a character."""
    found, room = [""], 75
    for character in line:
        size = len(character.encode())
        if size > room:
            found.append(" ")
            room = 74
        found[-1] += character
        room -= size
    return found
