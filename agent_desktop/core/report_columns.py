"""The columns of each kind of report: every one is a figure that explains itself. No Qt."""

from collections.abc import Callable

import msgspec

from agent_desktop.core import agent_metrics, metrics, wait_metrics
from agent_desktop.core.board_lists import Part
from agent_desktop.core.figures import QT_TRANSLATE_NOOP, Figure, Scope, Unit, translated
from agent_desktop.core.report_wish import Kind
from agent_desktop.core.reports import Line
from agent_desktop.data.agent_time_rows import AgentTime


class ReportColumn(msgspec.Struct, frozen=True):
    """``parts``: the visits that the figure counts, where it counts some; ``rank`` as of a table's column."""

    key: str
    name: str
    figure: Callable[[Line], Figure]
    parts: frozenset[Part] = frozenset()
    rank: int = 0
    width: int = 62
    against_target: bool = False

    @property
    def title(self) -> str:
        return translated(self.name)


def columns(kind: Kind) -> tuple[ReportColumn, ...]:
    """What stands beside a line's name; of the call-back list, whose lines are callers, what its sum says.

    None where each line is a figure of its own.
    """
    if kind is Kind.CALLS:
        return ()
    if kind is Kind.ABANDONED:
        return _LOST
    return _PEOPLE if kind in (Kind.AGENTS, Kind.TEAMS) else _QUEUES


def _count(key: str, name: str, formula: str, parts: frozenset[Part] = frozenset(), rank: int = 0) -> ReportColumn:
    def figure(line: Line) -> Figure:
        return Figure(name, Unit.COUNT, getattr(line.tally, key), 1, formula, line.scope)

    return ReportColumn(key, name, figure, parts, rank)


def _of_tally(key: str, name: str, figure: Callable[[metrics.Tally, Scope], Figure], rank: int = 0) -> ReportColumn:
    return ReportColumn(key, name, lambda line: figure(line.tally, line.scope), rank=rank)


def _occupancy(line: Line) -> Figure:
    time = line.time or AgentTime()
    return agent_metrics.occupancy(time.handling_us / 1e6, time.available_us / 1e6, line.scope)


def _utilisation(line: Line) -> Figure:
    time = line.time or AgentTime()
    return agent_metrics.utilisation(time.handling_us / 1e6, time.signed_in_us / 1e6, line.scope)


def _adherence(line: Line) -> Figure:
    time = line.time or AgentTime()
    return agent_metrics.adherence_of(time.kept_us / 1e6, time.planned_us / 1e6, line.scope)


def _conformance(line: Line) -> Figure:
    time = line.time or AgentTime()
    return agent_metrics.conformance_of(time.worked_us / 1e6, time.down_us / 1e6, line.scope)


def _signed_in(line: Line) -> Figure:
    return Figure(
        QT_TRANSLATE_NOOP("figures", "Signed in"),
        Unit.SECONDS,
        line.time.signed_in_us / 1e6 if line.time is not None else 0,
        1 if line.time is not None else 0,
        QT_TRANSLATE_NOOP("figures", "time in any state but offline, pauses included"),
        line.scope,
        by_entry=False,
    )


_ANSWERED = _count(
    "answered",
    QT_TRANSLATE_NOOP("figures", "Answered"),
    QT_TRANSLATE_NOOP("figures", "queue visits that an agent answered (A)"),
    frozenset({Part.IN_TIME, Part.LATE}),
)
_HANDLE_TIME = _of_tally("aht", QT_TRANSLATE_NOOP("figures", "AHT"), metrics.average_handle_time)
_ANSWER_SPEED = _of_tally("asa", QT_TRANSLATE_NOOP("figures", "ASA"), metrics.average_speed_of_answer, 1)
_WRAP_UP = _of_tally("wrap_up", QT_TRANSLATE_NOOP("figures", "Wrap-up"), metrics.average_wrap_up, 6)
_OFFERED = ReportColumn(
    "entered",
    QT_TRANSLATE_NOOP("figures", "Offered"),
    lambda line: metrics.visits_offered(line.tally, line.scope),
)
_ABANDONED = _count(
    "abandoned",
    QT_TRANSLATE_NOOP("figures", "Abandoned"),
    QT_TRANSLATE_NOOP("figures", "hung up while waiting, short ones included (B)"),
    frozenset({Part.ABANDONED}),
)
_EXITED = _count(
    "exited",
    QT_TRANSLATE_NOOP("figures", "Left"),
    QT_TRANSLATE_NOOP("figures", "left by key or timeout, or because nobody was signed in (X)"),
    frozenset({Part.EXITED}),
    rank=2,
)
_OPEN = _count(
    "unresolved",
    QT_TRANSLATE_NOOP("figures", "Open"),
    QT_TRANSLATE_NOOP("figures", "still waiting, or the end was never heard of (U)"),
    frozenset({Part.OPEN}),
    rank=3,
)

_QUEUES = (
    _OFFERED,
    _ANSWERED,
    _count(
        "answered_in_time",
        QT_TRANSLATE_NOOP("figures", "In time"),
        QT_TRANSLATE_NOOP("figures", "answered within {threshold}, the limit included"),
        frozenset({Part.IN_TIME}),
        rank=4,
    ),
    _ABANDONED,
    _count(
        "abandoned_short",
        QT_TRANSLATE_NOOP("figures", "Short"),
        QT_TRANSLATE_NOOP("figures", "abandoned within {short}; in abandoned too"),
        frozenset({Part.ABANDONED}),
        rank=8,
    ),
    _EXITED,
    _OPEN,
    _count(
        "refused",
        QT_TRANSLATE_NOOP("figures", "Refused"),
        QT_TRANSLATE_NOOP("figures", "turned away before joining; never offered"),
        rank=9,
    ),
    ReportColumn(
        "level", QT_TRANSLATE_NOOP("figures", "Service level"), lambda line: line.level,
        frozenset({Part.IN_TIME, Part.LATE, Part.ABANDONED}), against_target=True,
    ),
    _of_tally("abandon_rate", QT_TRANSLATE_NOOP("figures", "Abandon rate"), metrics.abandon_rate, 5),
    _ANSWER_SPEED,
    _of_tally("ata", QT_TRANSLATE_NOOP("figures", "To abandon"), metrics.average_time_to_abandon, 7),
    ReportColumn(
        "longest",
        QT_TRANSLATE_NOOP("figures", "Longest wait"),
        lambda line: wait_metrics.longest_wait(line.max_wait_us, line.scope),
        rank=6,
    ),
    _HANDLE_TIME,
)  # fmt: skip

_PEOPLE = (
    _OFFERED,
    _ANSWERED,
    msgspec.structs.replace(_ABANDONED, rank=3),
    msgspec.structs.replace(_EXITED, rank=4),
    msgspec.structs.replace(_OPEN, rank=5),
    ReportColumn(
        "handled",
        QT_TRANSLATE_NOOP("figures", "Handled"),
        lambda line: metrics.calls_handled(line.tally, line.scope),
    ),
    _ANSWER_SPEED,
    _HANDLE_TIME,
    _WRAP_UP,
    _of_tally("transfers", QT_TRANSLATE_NOOP("figures", "Transferred"), agent_metrics.transfer_rate, 7),
    ReportColumn("occupancy", QT_TRANSLATE_NOOP("figures", "Occupancy"), _occupancy, rank=1),
    ReportColumn("utilisation", QT_TRANSLATE_NOOP("figures", "Utilisation"), _utilisation, rank=8),
    ReportColumn("adherence", QT_TRANSLATE_NOOP("figures", "Adherence"), _adherence, rank=2, width=76),
    ReportColumn("conformance", QT_TRANSLATE_NOOP("figures", "Conformance"), _conformance, rank=10, width=84),
    ReportColumn("signed_in", QT_TRANSLATE_NOOP("figures", "Signed in"), _signed_in, rank=2, width=96),
)  # fmt: skip

_LOST = tuple(
    column for column in _QUEUES if column.key in ("entered", "abandoned", "abandoned_short", "abandon_rate", "ata")
)
