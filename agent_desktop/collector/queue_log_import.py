"""Files of queue_log as history: their events in the tables that the live feed fills, each once."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from agent_desktop import clock, data
from agent_desktop.collector.history import HistoryImport, Numbers, Progress, Wanted
from agent_desktop.collector.log_file import Problem
from agent_desktop.collector.queue_log import Happened, QueueLog
from agent_desktop.collector.queue_log_lines import US, LogLine, read
from agent_desktop.collector.visit_ids import visit_id
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.exchange.entry import FileTrouble

if TYPE_CHECKING:
    from agent_desktop.data.db import Database

STEP = 2_000  # lines of one transaction: a quarter of a second, so that no save of anybody waits long
_FORGET_EVERY = 50
_SAME_US = 2 * US  # two entries nearer than this are one: a restored one is exact to the second only
_Pair = tuple[str, str]  # queue and call as the PBX names them


class QueueLogImport(HistoryImport):
    """Lines of queue_log files; ``new`` and ``known`` count events."""

    def __init__(self, database: "Database", paths: Sequence[Path], wanted: Wanted | None = None):
        super().__init__(database, paths, wanted or Wanted())
        self.source = f"queue_log:{self.wanted.pbx}"
        self._log = QueueLog()
        self._lines: Iterator[LogLine | Problem] | None = None
        self._entries: dict[_Pair, list[int | None]] = {}
        self._ids: dict[tuple[_Pair, int], UUID] = {}
        self._whole: set[UUID] = set()  # visits that the live feed has told to their end
        self._site: UUID | None = None
        self._steps = 0
        self._seen = Numbers() if self.wanted.dry else None

    def _checked(self, paths: list[Path]) -> list[Path]:
        first: dict[Path, int] = {}
        for path in paths:
            lines = (each.at_us for each in islice(read(path, self.wanted.zone), 1000) if isinstance(each, LogLine))
            found = next(lines, None)
            if found is None:
                raise FileTrouble(f"{path.name} is no queue_log: none of its first lines can be read.")
            first[path] = found
        return sorted(paths, key=lambda path: first[path])

    def _prepare(self, session: Any) -> None:
        self._site = data.history.site_id(session)

    def _take(self, session: Any) -> Progress:
        if self._lines is None:
            self._lines = chain.from_iterable(read(path, self.wanted.zone) for path in self._paths)
        found = list(islice(self._lines, STEP))
        problems = [each for each in found if isinstance(each, Problem)]
        for problem in problems:
            self.reject(problem)
        passed_over = self._log.passed_over
        happened = [event for line in found if isinstance(line, LogLine) for event in self._log.events(line)]
        self.saw(line.at_us for line in found if isinstance(line, LogLine))
        told = len(happened)
        rows = self._rows(session, happened)
        new = self._counted(session, rows) if self._seen is not None else self._stored(session, rows)
        self._steps += 1
        if self._steps % _FORGET_EVERY == 0:
            self._log.forget()
            self._ids.clear()
            self._whole.clear()
            self._entries = {pair: known for pair, known in self._entries.items() if self._log.follows(pair)}
        progress = self.told(
            lines=len(found),
            finished=len(found) < STEP,
            new=new,
            known=told - new,
            passed_over=self._log.passed_over - passed_over,
            rejected=len(problems),
        )
        if self._seen is not None and progress.finished:
            self._seen.close()
        unknown = ((name, *said) for name, said in self._log.unknown.items())
        return msgspec.structs.replace(progress, unknown=tuple(unknown))

    # ------------------------------------------------------------------ events as rows

    def _rows(self, session: Any, happened: list[Happened]) -> list[QueueEventRow]:
        self._look_up(session, dict.fromkeys((each.queue, each.call) for each in happened if each.call))
        rows = []
        for each in happened:
            visit = self._visit(each)
            if visit in self._whole:
                continue
            agent = self.people.find(each.agent)
            said = each.data if agent is not None or not each.agent else {**each.data, "agent": each.agent}
            rows.append(
                QueueEventRow(
                    *(clock.from_us(each.at_us), each.kind, self.source, each.seq, self.queue_id(session, each.queue)),
                    *(visit, each.call, agent, said),
                )
            )
        return rows

    def _look_up(self, session: Any, pairs: dict[_Pair, None]) -> None:
        """The stays that are stored already of the calls that are new to this run."""
        asked = [pair for pair in pairs if pair not in self._entries]
        self._entries |= {pair: [] for pair in asked}
        while asked:
            ids = {self._id(pair, len(self._entries[pair]) + 1): pair for pair in asked}
            found = data.history.entries(session, ids)
            self._whole |= data.history.told_whole(session, self.source, found)
            for key, entered in found.items():
                self._entries[ids[key]].append(clock.to_us(entered))
            asked = [ids[key] for key in found]  # there may be one more

    def _id(self, pair: _Pair, ordinal: int) -> UUID:
        known = self._ids.get((pair, ordinal))
        if known is None:
            assert self._site is not None
            known = self._ids[pair, ordinal] = visit_id(self._site, *pair, ordinal)
        return known

    def _visit(self, event: Happened) -> UUID | None:
        """Which stay of the call in the queue it is: by when that began, else the last one."""
        pair = event.queue, event.call
        if not event.call:
            return None
        known = self._entries[pair]
        for ordinal, entered in enumerate(known, 1):
            if event.entered_us is not None and entered is not None and abs(entered - event.entered_us) <= _SAME_US:
                return self._id(pair, ordinal)
        if known and (event.entered_us is None or known[-1] is None):
            known[-1] = known[-1] or event.entered_us
        else:
            known.append(event.entered_us)
        return self._id(pair, len(known))

    def _stored(self, session: Any, rows: list[QueueEventRow]) -> int:
        """Store what is new, and say how much: of a file that has only grown most is known, and asking is cheap."""
        known = data.history.known_numbers(session, self.source, [row.source_seq for row in rows])
        fresh = [row for row in rows if row.source_seq not in known]
        stored: int = data.feed.record_history(session, fresh)
        return stored

    def _counted(self, session: Any, rows: list[QueueEventRow]) -> int:
        """How many of them would be new."""
        assert self._seen is not None
        numbers = self._seen.added([row.source_seq for row in rows])
        return len(numbers) - len(data.history.known_numbers(session, self.source, numbers))
