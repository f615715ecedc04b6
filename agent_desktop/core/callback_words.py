"""The call-back list in words and as a file. No Qt."""

from datetime import datetime, timedelta
from typing import Any

from agent_desktop.core.figures import QT_TRANSLATE_NOOP, clock_text, moment_text, number_text, translated
from agent_desktop.core.reports import Report
from agent_desktop.core.table_file import Cell, TableFile
from agent_desktop.data.callback_rows import CallBack, CallBackState

_STATES = {
    CallBackState.OPEN: QT_TRANSLATE_NOOP("figures", "to be called"),
    CallBackState.CLAIMED: QT_TRANSLATE_NOOP("figures", "being called"),
    CallBackState.TRIED: QT_TRANSLATE_NOOP("figures", "called, no answer"),
    CallBackState.REACHED: QT_TRANSLATE_NOOP("figures", "called back"),
    CallBackState.CAME_BACK: QT_TRANSLATE_NOOP("figures", "called again, answered"),
    CallBackState.DONE: QT_TRANSLATE_NOOP("figures", "done"),
    CallBackState.NO_NUMBER: QT_TRANSLATE_NOOP("figures", "number not known"),
}


def state_words(line: CallBack) -> str:
    """What has come of a caller, and by whom."""
    words = translated(_STATES[line.state])
    return f"{words}, {line.who}" if line.who else words


def columns() -> tuple[str, ...]:
    """The headings of a file or print of the list."""
    names = (
        QT_TRANSLATE_NOOP("figures", "Caller"),
        QT_TRANSLATE_NOOP("figures", "Number"),
        QT_TRANSLATE_NOOP("figures", "Queue"),
        QT_TRANSLATE_NOOP("figures", "Gave up"),
        QT_TRANSLATE_NOOP("figures", "Times"),
        QT_TRANSLATE_NOOP("figures", "Longest wait"),
        QT_TRANSLATE_NOOP("figures", "Since then"),
        QT_TRANSLATE_NOOP("figures", "When"),
    )
    return tuple(translated(name) for name in names)


def table(report: Report, about: tuple[str, ...]) -> TableFile:
    """The list as a file; its second column are telephone numbers."""
    rows: list[list[Cell]] = [
        [
            *(line.customer, line.number, line.queue_label, line.last_at, line.times),
            *(timedelta(seconds=line.longest_wait_us // 1_000_000), state_words(line), line.when),
        ]
        for line in report.callbacks
    ]
    return TableFile(report.title, columns(), rows, about, report.zone, frozenset({1}))


def texts(made: TableFile) -> tuple[tuple[str, ...], ...]:
    """The rows of such a file as they are printed."""
    return tuple(
        (
            *(str(row[0]), str(row[1]), str(row[2]), moment_text(row[3]), number_text(row[4])),
            *(clock_text(row[5].total_seconds()), str(row[6]), moment_text(row[7]) if row[7] else ""),
        )
        for row in _local(made)
    )  # fmt: skip


def _local(made: TableFile) -> list[list[Any]]:
    zone = made.zone
    return [[cell.astimezone(zone) if isinstance(cell, datetime) else cell for cell in row] for row in made.rows]
