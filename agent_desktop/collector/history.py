"""An import of a PBX's files as history, step by step: what is stored already is known again and counts once."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop import data
from agent_desktop.collector.log_file import Problem, count_lines
from agent_desktop.collector.names import People, Queues
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.ids import new_id

if TYPE_CHECKING:
    from agent_desktop.data.db import Database

TOLD = 1_000  # lines whose reasons are kept
PBX = "pbx"


class Wanted(msgspec.Struct, frozen=True):
    """How files are to be read. ``pbx`` tells several apart; ``people`` are pairs of the PBX's name and our login.

    ``zone`` is the PBX's, None this computer's. ``columns`` names those of a CDR file without a heading.
    """

    dry: bool = False
    zone: ZoneInfo | None = None
    pbx: str = PBX
    people: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an import is, and what came of the lines so far.

    ``new``, ``completed`` and ``known`` count events or calls; ``passed_over`` lines that say nothing about either,
    ``rejected`` lines that cannot be read, of which ``problems`` has the first. ``unknown`` has, for each event that
    this program does not know, how often and its first line; ``people`` whom nobody here is called; ``queues`` those
    that are not here (any more). ``first_us`` and ``last_us`` are the period.
    """

    lines: int = 0
    share: float = 0.0
    new: int = 0
    completed: int = 0
    known: int = 0
    passed_over: int = 0
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    unknown: tuple[tuple[str, int, int], ...] = ()
    people: tuple[tuple[str, int], ...] = ()
    queues: tuple[str, ...] = ()
    first_us: int | None = None
    last_us: int | None = None
    finished: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("new", "completed", "known", "passed_over", "rejected")}


class HistoryImport(ABC):
    """One run over some files of one kind. ``step`` until ``finished``; a ``dry`` one stores nothing and says the same.

    A run that breaks off may be begun again: what it stored is known then.
    """

    def __init__(self, database: "Database", paths: Sequence[Path], wanted: Wanted):
        if not paths:
            raise FileTrouble("Which files?")
        self.run_id = new_id()
        self.progress = Progress()
        self.has_stored = False
        self.wanted = wanted
        self._database = database
        self._paths = list(paths)
        self._total = 0
        self._problems: list[Problem] = []
        self._new_queues: dict[str, None] = {}
        self._period: list[int] = []
        self.people = People(())
        self.queues = Queues(())

    def step(self) -> Progress:
        """Read and store some more, in one transaction. Raises DatabaseTrouble, FileTrouble, OSError."""
        if not self._total:
            self._begin()
        if self.wanted.dry:
            with self._database.read() as session:
                self.progress = self._take(session)
        else:
            with self._database.write() as session:
                self.progress = self._take(session)
                data.history.note(session, self.run_id, self.progress.counts, ended=self.progress.finished)
        return self.progress

    def _begin(self) -> None:
        """Everything that is wrong with a file as a whole is found before the first line is stored."""
        self._total = max(1, sum(count_lines(path) for path in self._paths))
        self._paths = self._checked(self._paths)
        with self._database.read() as session:
            self.people = People(data.agents.agents(session, active_only=False), dict(self.wanted.people))
            self.queues = Queues(data.queues.queues(session, active_only=False))
            self._prepare(session)
        if not self.wanted.dry:
            names = [path.name for path in self._paths]
            with self._database.write() as session:
                data.history.begin(session, self.run_id, ", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
            self.has_stored = True

    @abstractmethod
    def _checked(self, paths: list[Path]) -> list[Path]:
        """The files in the order in which they are to be read. Raises FileTrouble for what is none of this kind."""

    @abstractmethod
    def _prepare(self, session: Any) -> None:
        """Read what is needed of the database."""

    @abstractmethod
    def _take(self, session: Any) -> Progress:
        """Some more lines."""

    # ------------------------------------------------------------------ for the kinds

    def queue_id(self, session: Any, name: str) -> Any:
        """A queue by the PBX's name; one that is not here is kept, switched off."""
        if not name:
            return None
        key = self.queues.find(name)
        if key is None:
            self._new_queues[name] = None
            if not self.wanted.dry:
                key = data.history.keep_queue(session, name)
                self.queues.add(name, key)
        return key

    def reject(self, problem: Problem) -> None:
        if len(self._problems) < TOLD:
            self._problems.append(problem)

    def saw(self, moments: Iterable[int]) -> None:
        """The period grows by these times."""
        self._period = [edge(part) for part in [[*self._period, *moments]] if part for edge in (min, max)]

    def told(self, *, lines: int, finished: bool, **counts: int) -> Progress:
        """The progress after so many more lines."""
        before = self.progress
        done = before.lines + lines
        sums = {name: getattr(before, name) + count for name, count in counts.items()}
        return msgspec.structs.replace(
            before,
            lines=done,
            share=1.0 if finished else min(0.999, done / self._total),
            problems=tuple(self._problems),
            people=tuple(sorted(self.people.unknown.items(), key=lambda each: -each[1])),
            queues=tuple(self._new_queues),
            first_us=self._period[0] if self._period else None,
            last_us=self._period[1] if self._period else None,
            finished=finished,
            **sums,
        )


class Numbers:
    """What a dry run has seen so far, as numbers of 63 bits; in a file, so that memory stays flat."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", check_same_thread=False)  # goes away by itself
        self._file.execute("CREATE TABLE seen (number INTEGER PRIMARY KEY)")

    def added(self, numbers: list[int]) -> list[int]:
        """Those that are not there yet, which are from now on."""
        marks = "INSERT OR IGNORE INTO seen VALUES (?) RETURNING number"
        return [number for number in numbers if self._file.execute(marks, (number,)).fetchone() is not None]

    def close(self) -> None:
        self._file.close()
