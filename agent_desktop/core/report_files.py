"""A report as it goes into a file: its rows, and what every figure in it means. No Qt.

The same words stand in all three formats: XLSX and CSV get values, a PDF the texts of the screen.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from agent_desktop.core import callback_words
from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Unit, moment_text, number_text, plain_text, translated
from agent_desktop.core.metrics import level_words
from agent_desktop.core.report_columns import columns
from agent_desktop.core.report_wish import Kind
from agent_desktop.core.reports import Report
from agent_desktop.core.table_file import Cell, Share, TableFile
from agent_desktop.data.centre_rows import SlRule
from agent_desktop.data.report_rows import QueueSettingRow, SettingsVersion
from agent_desktop.data.words import SlVariant

FORMATS = ("pdf", "xlsx", "csv")
_FIRST = {
    Kind.INTRADAY: QT_TRANSLATE_NOOP("figures", "From"),
    Kind.DAYS: QT_TRANSLATE_NOOP("figures", "Period"),
    Kind.QUEUES: QT_TRANSLATE_NOOP("figures", "Queue"),
    Kind.TEAMS: QT_TRANSLATE_NOOP("figures", "Team"),
    Kind.AGENTS: QT_TRANSLATE_NOOP("figures", "Agent"),
    Kind.CALLS: QT_TRANSLATE_NOOP("figures", "Figure"),
    Kind.ABANDONED: QT_TRANSLATE_NOOP("figures", "Caller"),
}


class Paper(msgspec.Struct, frozen=True):
    """A report as texts, for printing. ``numbers``: columns that align at the end. The last row is the sum."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    about: tuple[str, ...]
    foot: str
    numbers: frozenset[int] = frozenset()
    summed: bool = True
    language: str = ""  # of the printer's own words; empty: the system's


def first_column(kind: Kind) -> str:
    """What a line of this kind is called by."""
    return translated(_FIRST[kind])


def table(report: Report) -> TableFile:
    """For CSV and XLSX: counts, shares from 0 to 1, lengths; the sum last."""
    if report.wish.kind is Kind.ABANDONED:
        return callback_words.table(report, about(report))
    if report.wish.kind is Kind.CALLS:
        found = [
            [line.label, _value(line.figure), *_counted(line.figure), formula(line.figure)] for line in report.calls
        ]
        return TableFile(report.title, call_columns(), found, about(report), report.zone)
    shown = columns(report.wish.kind)
    rows: list[list[Cell]] = []
    for line in (*report.lines, report.whole):
        begins = report.wish.kind is Kind.INTRADAY and not line.whole
        first: Cell = line.scope.start if begins and line.scope.start is not None else line.label
        rows.append([first, *(_value(column.figure(line)) for column in shown)])
    names = (first_column(report.wish.kind), *(column.title for column in shown))
    return TableFile(report.title, names, rows, about(report), report.zone)


def paper(
    report: Report, text: Callable[[Figure, float | None], str] = Figure.text, *, whole_numbers: bool = True
) -> Paper:
    """For a PDF. ``text``: how a figure is written, in the reader's language; ``whole_numbers``: telephone numbers are
    not masked.
    """
    if report.wish.kind is Kind.ABANDONED:
        return _list_of_callers(report, whole_numbers)
    if report.wish.kind is Kind.CALLS:
        found = tuple(
            (
                line.label,
                text(line.figure, None),
                *(number_text(number) for number in _counted(line.figure)),
                formula(line.figure),
            )
            for line in report.calls
        )
        return Paper(report.title, covers(report), call_columns(), found, about(report), foot(report),
                     frozenset({1, 2, 3}), summed=False)  # fmt: skip
    shown = columns(report.wish.kind)
    rows = tuple(
        (line.label, *(text(column.figure(line), line.target if column.against_target else None) for column in shown))
        for line in (*report.lines, report.whole)
    )
    names = (first_column(report.wish.kind), *(column.title for column in shown))
    numbers = frozenset(range(1, len(names)))
    return Paper(report.title, covers(report), names, rows, about(report), foot(report), numbers)


def call_columns() -> tuple[str, ...]:
    """Of the report of calls and customers: a figure, its value, what was counted, of how many, and how."""
    names = (
        QT_TRANSLATE_NOOP("figures", "Value"),
        QT_TRANSLATE_NOOP("figures", "Counted"),
        QT_TRANSLATE_NOOP("figures", "Of"),
        QT_TRANSLATE_NOOP("figures", "How it is counted"),
    )
    return (first_column(Kind.CALLS), *map(translated, names))


def formula(figure: Figure) -> str:
    """How a figure of calls and customers is counted, in words."""
    return translated(figure.formula).format(**{name: plain_text(value) for name, value in figure.values})


def _counted(figure: Figure) -> tuple[int, int]:
    """The two numbers of a share; of a count itself, of itself."""
    below = figure.numerator if figure.unit is Unit.COUNT else figure.denominator
    return int(figure.numerator), int(below)


def _list_of_callers(report: Report, whole_numbers: bool) -> Paper:
    made = table(report) if whole_numbers else table(report).masked()
    rows = callback_words.texts(made)
    return Paper(report.title, covers(report), tuple(made.columns), rows, about(report), foot(report),
                 frozenset({4, 5}), summed=False)  # fmt: skip


def covers(report: Report) -> str:
    """Whose figures these are and of when, in a line."""
    words = translated(QT_TRANSLATE_NOOP("figures", "{start} to {end}, {zone}"))
    window = words.format(start=_at(report, report.start), end=_at(report, report.end), zone=report.zone.key)
    return " · ".join(part for part in (report.site.name, window) if part)


def foot(report: Report) -> str:
    """When it was counted, and by which settings."""
    made = translated(QT_TRANSLATE_NOOP("figures", "Counted {at}")).format(at=_at(report, report.made_at))
    return " · ".join(part for part in (made, version_words(report.settings)) if part)


def version_words(settings: SettingsVersion | None) -> str:
    """A version of the queues' settings as it is printed, so that it can be looked up."""
    if settings is None:
        return ""
    words = translated(QT_TRANSLATE_NOOP("figures", "queue settings no. {number} ({mark})"))
    return words.format(number=settings.number, mark=settings.mark)


def about(report: Report) -> tuple[str, ...]:
    """Everything that is needed to count it again: window, settings, and each figure's formula."""
    lines = [covers(report), foot(report)]
    lines.append(translated(QT_TRANSLATE_NOOP("figures", "Visits count in the interval they entered in.")))
    words = translated(
        QT_TRANSLATE_NOOP("figures", "In each line: offered = answered + abandoned + left + open, E = A + B + X + U.")
    )
    lines += [words, ""]
    if report.wish.kind is Kind.ABANDONED:
        told = QT_TRANSLATE_NOOP(
            "figures",
            "One line for each number, however often it gave up; short waits are in it. Struck off is who was called"
            " back and spoken to, or called again and was answered, after the last time.",
        )
        lines += [translated(told), ""]
    if report.wish.kind is Kind.CALLS:
        told = QT_TRANSLATE_NOOP("figures", "Calls, not queue visits: one call in two queues is one call.")
        lines += [translated(told), ""]
        for entry in report.calls:
            lines += [*_explained(entry.label, entry.figure), ""]
    lines += [_of_queue(queue) for queue in _settings_of(report)]
    for change in report.changes:
        words = translated(
            QT_TRANSLATE_NOOP("figures", "Within this time, at {at}, the settings became no. {number}; all is counted"
                              " by those of now.")
        )  # fmt: skip
        lines.append(words.format(at=_at(report, change.at), number=change.number))
    lines.append("")
    for column in columns(report.wish.kind):
        lines += [*_explained(column.title, column.figure(report.whole)), ""]
    return tuple(lines)


def _explained(title: str, figure: Figure) -> list[str]:
    """A figure in words, without the window that stands above for all."""
    name, *rest = (
        msgspec.structs.replace(figure, scope=msgspec.structs.replace(figure.scope, start=None)).explain().splitlines()
    )
    return [name if name.startswith(title) else f"{title} – {name}", *rest]


def _settings_of(report: Report) -> tuple[QueueSettingRow, ...]:
    if report.settings is None:
        return ()
    asked = {queue.id for queue in report.queues}
    return tuple(row for row in report.settings.queues if row.queue_id in asked)


def _of_queue(row: QueueSettingRow) -> str:
    said = row.said
    words = translated(
        QT_TRANSLATE_NOOP(
            "figures", "{queue}: in time within {threshold} s, target {target} %, short abandon within {short} s"
        )
    )
    text = words.format(
        queue=said.get("label", ""),
        threshold=said.get("sl_threshold_s", ""),
        target=plain_text(100 * float(said.get("sl_target", 0))),
        short=said.get("short_abandon_s", ""),
    )
    known = set(SlVariant)
    variant = SlVariant(said["sl_variant"]) if said.get("sl_variant") in known else SlVariant.OFFERED
    name, formula = level_words(SlRule(variant, bool(said.get("sl_exits"))))
    limits = {"threshold": f"{said.get('sl_threshold_s', '')} s", "short": f"{said.get('short_abandon_s', '')} s"}
    return f"{text}. {translated(name)}: {translated(formula).format(**limits)}"


def _value(figure: Figure) -> Cell:
    value = figure.value
    if value is None:
        return None
    if figure.unit in (Unit.SHARE, Unit.TIME_SHARE):
        return Share(value)
    return timedelta(seconds=value) if figure.unit is Unit.SECONDS else int(value)


def _at(report: Report, moment: datetime) -> str:
    return moment_text(moment.astimezone(report.zone))
