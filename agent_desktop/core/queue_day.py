"""One queue's day while it goes on: sums by quarter hour, who waits, and how many waited when. No Qt."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from agent_desktop.core.agent_activity import AgentRecord, AgentState
from agent_desktop.core.board_views import IntervalBar
from agent_desktop.core.figures import Scope
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.metrics import SlPart, Tally, service_level_value
from agent_desktop.core.visit_counts import REFUSED_CELL, STILL_WAITING, TALLY_FIELDS, Counts, count
from agent_desktop.core.visits import VisitRecord
from agent_desktop.data.centre_rows import QueueRow, SlRule

STEP_S = 10  # of the waiting series
SERIES = timedelta(hours=1)
_STEP = timedelta(seconds=STEP_S)
_CELLS = len(TALLY_FIELDS)


class QueueDay:
    """Sums that visits are put into and taken out of, so that whatever is learned late lands where it belongs."""

    def __init__(self, row: QueueRow, day: SiteDay) -> None:
        self.row = row
        self.changed = False  # since the board was last asked
        self.configured = frozenset(row.members)
        self.waiting: set[VisitRecord] = set()
        self.agents: dict[AgentRecord, AgentState] = {}  # members, in which state each is
        self.states = dict.fromkeys(AgentState, 0)
        self.cells: dict[int, list[int]] = {}  # by interval
        self.changes = 0  # of any interval's sums so far
        self.changed_at: dict[int, int] = {}  # which of these changes was an interval's last
        self._tallies: dict[int, Tally] = {}
        self.total = [0] * _CELLS
        self._unanswered = [0] * _CELLS  # the part of it that is nobody's
        self._longest: datetime | None = None  # worked out when asked for
        self.longest_us = 0  # of the waits that are over
        self._longest_of: VisitRecord | None = None
        self.longest_is_known = True  # else its visit turned out to have waited less
        self._day = day
        self._series_start = day.start - SERIES
        self._steps = array("i")
        self.start_day(day)

    def start_day(self, day: SiteDay) -> None:
        """Empty all sums; who waits stays, and is put in again by the board."""
        self._day = day
        self.cells = {}
        self.changed_at = {}
        self._tallies = {}
        self.total = [0] * _CELLS
        self.find_longest(())
        self._series_start = day.start - SERIES
        self._steps = array("i", bytes(4 * ((day.end - self._series_start) // _STEP + 1)))

    # ---------------------------------------------------------------- sums

    def put(self, record: VisitRecord, agent: AgentRecord | None) -> None:
        """Bring all that is counted of ``record`` up to date, the sums of ``agent``, who answered it, too."""
        began, left, index = record.began_at, record.left_at, record.counted_at
        if began is not record.began_then or (left or record.lost_at) is not record.left_then:
            index = None if began is None else self._day.index(began)
            self._follow(record, began, left or record.lost_at)
        if index is None:
            counts = None
        elif left is None:
            counts = STILL_WAITING
        else:
            row = self.row
            counts = count(record, row.sl_threshold_s * 1_000_000, row.short_abandon_s * 1_000_000)
        if counts != record.counted or index != record.counted_at or agent is not record.counted_agent:
            self._swap(record, counts, index, agent)

    def _swap(self, record: VisitRecord, counts: Counts | None, index: int | None, agent: AgentRecord | None) -> None:
        """Take what was counted of ``record`` out of all sums, and put ``counts`` into those of now."""
        total, before = self.total, record.counted_at
        if record.counted is not None and before is not None:
            cell, own = self.cell(before), self._own(record.counted_agent)
            for place, number in record.counted:
                cell[place] -= number
                total[place] -= number
                own[place] -= number
        if counts is not None and index is not None:
            cell, own = cell if index == before else self.cell(index), self._own(agent)
            for place, number in counts:
                cell[place] += number
                total[place] += number
                own[place] += number
        record.counted, record.counted_at, record.counted_agent = counts, index, agent
        self._note_wait(record)
        self.changed = True

    def _own(self, agent: AgentRecord | None) -> list[int]:
        """The sums of whoever answered, to be changed."""
        if agent is None:
            return self._unanswered
        agent.changed = True
        return agent.sums

    def _note_wait(self, record: VisitRecord) -> None:
        known = record.counted is not None and record.counted is not STILL_WAITING
        wait = record.wait_us or 0 if known else 0
        if wait >= self.longest_us:
            self.longest_us, self._longest_of, self.longest_is_known = wait, record, True
        elif record is self._longest_of:
            self.longest_is_known = False

    def find_longest(self, records: Iterable[VisitRecord]) -> None:
        """Look for the longest wait among all of this queue's visits that are counted."""
        self.longest_us, self._longest_of, self.longest_is_known = 0, None, True
        for record in records:
            self._note_wait(record)

    def refuse(self, at: datetime) -> None:
        """One caller was turned away before joining."""
        index = self._day.index(at)
        if index is not None:
            self.cell(index)[REFUSED_CELL] += 1
            self.total[REFUSED_CELL] += 1
            self.changed = True

    def cell(self, index: int) -> list[int]:
        """The sums of one interval, to be changed: in the order of the tally's fields."""
        self._tallies.pop(index, None)
        self.changes += 1
        self.changed_at[index] = self.changes
        found = self.cells.get(index)
        if found is None:
            found = self.cells[index] = [0] * _CELLS
        return found

    def tally(self, index: int) -> Tally:
        """One interval's tally, made anew only after a change."""
        found = self._tallies.get(index)
        if found is None:
            cell = self.cells.get(index)
            found = self._tallies[index] = Tally(*cell) if cell is not None else _NOTHING
        return found

    def level(self, index: int) -> float | None:
        """One interval's service level as this queue counts it; None without data."""
        return service_level_value((SlPart(self.row.sl_rule, self.tally(index)),))

    def below_target(self, present: int) -> tuple[int, Tally] | None:
        """Going back from the present interval: the first of those below target without a break, and their sum.

        Intervals without an answer or abandon are skipped.
        """
        total, first = _NOTHING, None
        for index in range(present, -1, -1):
            level = self.level(index)
            if level is None:
                continue
            if level >= self.row.sl_target:
                break
            total, first = total + self.tally(index), index
        return None if first is None else (first, total)

    # ------------------------------------------------------------- waiting

    def _follow(self, record: VisitRecord, began: datetime | None, left: datetime | None) -> None:
        """Whether ``record`` waits now, and its steps in the waiting series."""
        record.began_then, record.left_then = began, left
        waits = began is not None and left is None
        if waits != record.waits:
            record.waits = waits
            self.changed = True
            (self.waiting.add if waits else self.waiting.discard)(record)
            if self._longest is not None and began is not None and began <= self._longest:
                self._longest = None
        step = None if began is None else self._step(began)
        if step != record.series_in:
            self._move(record.series_in, step, 1)
            record.series_in = step
        step = None if left is None else self._step(began if began is not None and began > left else left)
        if step != record.series_out:
            self._move(record.series_out, step, -1)
            record.series_out = step

    def longest_since(self) -> datetime | None:
        """The entry of the one who has waited longest."""
        if self._longest is None and self.waiting:
            self._longest = min(record.began_at for record in self.waiting if record.began_at is not None)
        return self._longest

    def entries(self) -> tuple[datetime, ...]:
        """When those who wait entered, the longest wait first."""
        return tuple(sorted(record.began_at for record in self.waiting if record.began_at is not None))

    def lose_before(self, limit: datetime, now: datetime) -> None:
        """The ends of those who entered before ``limit`` were missed: unresolved, but nobody waits any more."""
        for record in list(self.waiting):
            if record.began_at is not None and record.began_at < limit:
                record.lost_at = now
                self._follow(record, record.began_at, now)

    def steps(self, now: datetime) -> tuple[datetime, list[int]]:
        """How many waited at the end of each step of the last hour, and when that hour began."""
        last = self._step(now)
        first = max(0, last - SERIES // _STEP + 1)
        running = sum(self._steps[:first])
        values = []
        for change in self._steps[first : last + 1]:
            running += change
            values.append(running)
        return self._series_start + first * _STEP, values

    def _step(self, moment: datetime) -> int:
        step = (moment - self._series_start) // _STEP
        return 0 if step < 0 else step if step < len(self._steps) else len(self._steps) - 1

    def _move(self, old: int | None, new: int | None, by: int) -> None:
        if old is not None:
            self._steps[old] -= by
        if new is not None:
            self._steps[new] += by

    # -------------------------------------------------------------- agents

    def show(self, agent: AgentRecord, state: AgentState | None) -> None:
        """An agent's state here; None: no member (any more)."""
        before = self.agents.get(agent)
        if before is state:
            return
        self.changed = True
        if before is not None:
            self.states[before] -= 1
        if state is None:
            del self.agents[agent]
        else:
            self.states[state] += 1
            self.agents[agent] = state


_NOTHING = Tally()


class IntervalBars:
    """The bars of one queue, or of several together; of intervals that are over only those with other sums are new."""

    def __init__(self) -> None:
        self._of: tuple[Scope, SiteDay, tuple[QueueDay, ...], tuple[QueueRow, ...]] | None = None
        self._seen: list[int] = []  # of each queue's changes
        self._over: list[IntervalBar] = []
        self._groups: list[tuple[SlRule, list[int], str]] = []  # queues of one rule: their places and labels

    def of(self, queues: Sequence[QueueDay], day: SiteDay, present: int, scope: Scope) -> tuple[IntervalBar, ...]:
        """One bar for each interval up to the present one."""
        rows = tuple([queue.row for queue in queues])
        asked = replace(scope, end=None), day, tuple(queues), rows
        if asked != self._of or present < len(self._over):
            self._of, self._seen, self._over = asked, [0] * len(queues), []
            rules = [row.sl_rule for row in rows]
            self._groups = [
                (rule, places, ", ".join(rows[place].label for place in places))
                for rule in dict.fromkeys(rules)
                for places in ([place for place, other in enumerate(rules) if other == rule],)
            ]
        known = len(self._over)
        for place, queue in enumerate(queues):
            seen, self._seen[place] = self._seen[place], queue.changes
            if seen == queue.changes:
                continue
            for index, change in queue.changed_at.items():
                if change > seen and index < known:
                    self._over[index] = self._bar(queues, day, index, scope)
        self._over += [self._bar(queues, day, index, scope) for index in range(known, present)]
        return (*self._over, self._bar(queues, day, present, scope))

    def _bar(self, queues: Sequence[QueueDay], day: SiteDay, index: int, scope: Scope) -> IntervalBar:
        parts = [queue.tally(index) for queue in queues]
        tally = parts[0] if len(parts) == 1 else sum(parts, _NOTHING)
        if len(self._groups) == 1:
            by_rule: tuple[SlPart, ...] = (SlPart(self._groups[0][0], tally),)
        else:
            by_rule = tuple(
                SlPart(rule, sum((parts[place] for place in places), _NOTHING), label)
                for rule, places, label in self._groups
            )
        level = service_level_value(by_rule)
        return IntervalBar(index, day.starts_at(index), day.label(index), tally, scope, by_rule, level)
