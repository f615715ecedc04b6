"""The queue visits behind a figure of the board: who waited how long, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Signal

from agent_desktop.core.board_lists import IN_LEVEL, Part, VisitLine, counts, of_parts
from agent_desktop.core.metrics import Visit
from agent_desktop.core.table_file import Cell, TableFile
from agent_desktop.data.rows import CallLine
from agent_desktop.data.words import ExitReason
from agent_desktop.ui import dates
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.chip_row import ChipRow, Filter
from agent_desktop.ui.figure_list import FigureList
from agent_desktop.ui.rows_model import Column, RowsModel
from agent_desktop.ui.wording import phone

ALL, LEVEL = "all", "level"  # LEVEL: what the service level divides


def _tr(text: str) -> str:
    return QCoreApplication.translate("visits", text)


def part_words(part: Part) -> str:
    words = {
        Part.IN_TIME: _tr("Answered in time"),
        Part.LATE: _tr("Answered later"),
        Part.ABANDONED: _tr("Abandoned"),
        Part.EXITED: _tr("Left the queue"),
        Part.OPEN: _tr("Waiting, or no known end"),
    }
    return words[part]


_TONES = {Part.LATE: "warn", Part.ABANDONED: "bad", Part.OPEN: "text2"}


def result_words(line: VisitLine) -> str:
    """What became of a visit; of one that left, why."""
    reasons = {
        ExitReason.TIMEOUT: _tr("Left: waited too long"),
        ExitReason.KEY: _tr("Left by a key"),
        ExitReason.EMPTY: _tr("Left: nobody signed in"),
        ExitReason.WITHDRAWN: _tr("Left: taken out"),
    }
    reason = line.visit.exit_reason
    return reasons[reason] if line.part is Part.EXITED and reason in reasons else part_words(line.part)


class VisitList(FigureList):
    """``callers`` says whom a visit's call was with, as far as this login may know.

    Signal: take_wanted(VisitLine), a caller who waits, to one's own phone.
    """

    take_wanted = Signal(object)

    def __init__(self, *, with_day: bool = False) -> None:
        self._with_day = with_day
        self._lines: Sequence[VisitLine] = ()
        self._callers: Mapping[str, CallLine] = {}
        self._picked: frozenset[Part] = frozenset()
        self._zone = ZoneInfo("UTC")
        parts = (Filter(part.value, part_words(part)) for part in Part)
        groups = (Filter(ALL, _tr("All")), Filter(LEVEL, _tr("In the service level")))
        self.chips = ChipRow((*groups, *parts), _tr("Show visits"))
        self.chips.chosen.connect(self._pick)
        super().__init__(RowsModel(self._columns()), _tr("Queue visits"), self._file, self.chips)
        self.take = Button(_tr("Take this call"), "phone-incoming", height=30)
        self.take.clicked.connect(self._take)
        self.take.hide()
        self.foot.insertWidget(2, self.take)
        self.table.row_chosen.connect(lambda line: self.take.setEnabled(line.part is Part.OPEN))

    def _columns(self) -> tuple[Column[VisitLine], ...]:
        def talk(line: VisitLine) -> str:
            return dates.duration(line.visit.talk_s)

        return (
            Column(_tr("Entered"), self._entered, 128 if self._with_day else 88),
            Column(_tr("Caller"), self._caller, 170, stretch=True),
            Column(_tr("Queue"), lambda line: line.queue, 120, rank=2),
            Column(_tr("What became of it"), result_words, 186, tone=lambda line: _TONES.get(line.part, "text")),
            Column(_tr("Waited"), lambda line: dates.duration(line.visit.wait_s), 76, number=True),
            Column(_tr("Talked"), talk, 76, number=True, rank=1),
            Column(_tr("Agent"), lambda line: line.agent, 140, rank=3),
        )  # fmt: skip

    def _entered(self, line: VisitLine) -> str:
        at = line.visit.entered_at.astimezone(self._zone)
        return f"{dates.date_text(at.date(), with_year=False)} {at:%H:%M:%S}" if self._with_day else f"{at:%H:%M:%S}"

    def set(
        self, title: str, explanation: str, lines: Sequence[VisitLine], parts: frozenset[Part], zone: ZoneInfo
    ) -> None:
        """``parts`` are shown first: none (all), one, or those of the service level."""
        self._lines, self._zone, self._callers = lines, zone, {}
        self._name(title, explanation)
        found = counts(lines)
        shown = {ALL: str(len(lines)), **{part.value: str(n) for part, n in found.items() if n}}
        if parts == IN_LEVEL:
            shown[LEVEL] = str(len(of_parts(lines, IN_LEVEL)))
        self.chips.set_counts(shown)
        self.chips.choose(LEVEL if parts == IN_LEVEL else next(iter(parts)).value if len(parts) == 1 else ALL)
        self._show(parts)

    def set_callers(self, callers: Mapping[str, CallLine]) -> None:
        """By linked id."""
        self._callers = callers
        model = self.table.rows_model
        if model.rows:
            model.dataChanged.emit(model.index(0, 1), model.index(len(model.rows) - 1, 1))

    def set_takes(self, on: bool) -> None:
        """Whether whoever looks at it may take waiting callers."""
        self.take.setVisible(on)

    def _take(self) -> None:
        line = self.table.chosen()
        if line is not None and line.part is Part.OPEN:
            self.take_wanted.emit(line)

    def call_of(self, line: VisitLine) -> UUID | None:
        """The interaction of a visit, if it is known."""
        call = self._callers.get(line.visit.linked_id)
        return call.id if call is not None else None

    def _pick(self, key: str) -> None:
        groups = {ALL: frozenset[Part](), LEVEL: IN_LEVEL}
        self._show(groups[key] if key in groups else frozenset({Part(key)}))

    def _show(self, parts: frozenset[Part]) -> None:
        self._picked = parts
        self._put(of_parts(self._lines, parts))

    def _caller(self, line: VisitLine) -> str:
        call = self._callers.get(line.visit.linked_id)
        if call is None:
            return "–"
        return call.customer or phone(call.number) or _tr("Withheld number")

    # ------------------------------------------------------------------- file

    def _file(self) -> TableFile:
        names = (
            *(_tr("Entered"), _tr("Queue"), _tr("Caller"), _tr("Customer"), _tr("What became of it"), _tr("Waited")),
            *(_tr("Talked"), _tr("On hold"), _tr("Wrap-up"), _tr("Agent"), _tr("Call")),
        )
        shown = [part_words(part) for part in Part if part in self._picked] or [_tr("all")]
        if self._picked == IN_LEVEL:
            shown = [_tr("in the service level")]
        about = (
            *self.explanation.text().splitlines(),
            _tr("Shown: {0}").format(", ".join(shown)),
            _tr("Times are of the zone {0}.").format(self._zone.key),
        )
        rows = [self._row(line) for line in self.table.rows_model.rows]
        return TableFile(self.title.text(), names, rows, about, self._zone, frozenset({2}))

    def _row(self, line: VisitLine) -> Sequence[Cell]:
        visit, call = line.visit, self._callers.get(line.visit.linked_id)
        number, customer = (call.number, call.customer) if call is not None else ("", "")
        lengths = (visit.wait_us, *_worked(visit))
        spans = (None if us is None else timedelta(seconds=round(us / 1e6)) for us in lengths)
        return (visit.entered_at, line.queue, number, customer, result_words(line), *spans, line.agent, visit.linked_id)


def _worked(visit: Visit) -> tuple[int | None, int | None, int | None]:
    """Talk, hold and wrap-up in microseconds; unknown while nobody has answered or the talk goes on."""
    if visit.talk_us is None:
        return None, None, None
    return visit.talk_us, visit.hold_us, visit.wrap_us
