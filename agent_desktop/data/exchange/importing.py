"""An import, step by step: each step reads some entries and stores them in one transaction; all can be taken back."""

import getpass
from collections.abc import Iterator
from itertools import islice

import msgspec
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.db import Database
from agent_desktop.data.exchange import known
from agent_desktop.data.exchange.compare import Decision, Known, Said, Seen, Verdict, decide, understood
from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.exchange.source import Source
from agent_desktop.data.exchange.store import Store
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import ImportRun, Site
from agent_desktop.data.sql import on_server, table_of

STEP = 250  # entries of one transaction: a tenth of a second, so that no save of anybody waits long
TOLD = 1_000  # rejected entries whose reasons are kept


class Problem(msgspec.Struct, frozen=True):
    """An entry that was not taken as new: where it stands, and why."""

    line: int
    verdict: Verdict
    reason: str


class Progress(msgspec.Struct, frozen=True):
    """How far an import is: entries so far, what came of them, the first reasons, whether it has ended."""

    entries: int = 0
    share: float = 0.0  # of the file, 0..1
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    finished: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: getattr(self, verdict.value) for verdict in Verdict}


class Import:
    """One run over a file. ``step`` until ``finished``; a ``dry`` one stores nothing and says the same."""

    def __init__(self, database: Database, source: Source, *, dry: bool = False, overwrite: bool = False):
        self.run_id = new_id()
        self.dry = dry
        self.progress = Progress()
        self._database = database
        self._source = source
        self._overwrite = overwrite
        self._entries: Iterator[Entry] | None = None
        self._seen = Seen()
        self._region = ""
        self._seq = 0
        self.has_stored = False  # whether there is anything to take back
        self._lines = source.about_lines()

    def step(self) -> Progress:
        """Read and store some more entries. Raises DatabaseTrouble, FileTrouble, OSError: then take it back."""
        if self._entries is None:
            self._entries = self._source.entries()
            with self._database.read() as session:
                self._region = session.execute(select(Site.region)).scalar_one()
            if not self.dry:
                with self._database.write() as session:
                    self._begin(session)
                self.has_stored = True
        entries = list(islice(self._entries, STEP))
        finished = len(entries) < STEP
        if self.dry:
            with self._database.read() as session:
                decisions = self._decided(session, entries)
        else:
            with self._database.write() as session:
                decisions = self._decided(session, entries)
                store = Store(session, self.run_id, self._seq)
                store.put([d for d in decisions if d.verdict in (Verdict.NEW, Verdict.UPDATED)])
                self._seq = store.seq
                after = self._counted(entries, decisions, finished)
                state = {"state": "done"} if finished else {}
                session.execute(
                    update(table_of(ImportRun)).where(ImportRun.id == self.run_id).values(counts=after.counts, **state)
                )
            self._seen.forget()
        self.progress = self._counted(entries, decisions, finished)
        if finished:
            self._seen.close()
        return self.progress

    def _begin(self, session: Session) -> None:
        who = session.execute(select(text("session_user"))).scalar_one() if on_server(session) else getpass.getuser()
        values = {"id": self.run_id, "at": clock.now(), "who": who, "file": self._source.path.name}
        session.execute(insert(table_of(ImportRun)).values(values | {"state": "running", "counts": {}}))

    def _decided(self, session: Session, entries: list[Entry]) -> list[Decision]:
        """Each compared with what is stored and with the entries before it."""
        answers = [understood(entry, self._region) for entry in entries]
        stored = known.like(session, [said for said in answers if isinstance(said, Said)], hold=not self.dry)
        decisions: list[Decision] = []
        for answer in answers:
            decision = answer if isinstance(answer, Decision) else self._decide(answer, stored)
            if decision.known is not None and decision.verdict is not Verdict.DUPLICATE:
                self._seen.put(decision.known)
            decisions.append(decision)
        return decisions

    def _decide(self, said: Said, stored: dict[str, list[Known]]) -> Decision:
        keys = said.match_keys()
        others = self._seen.having(keys)
        for key in keys:
            for each in stored.get(key, ()):
                if each.id not in others:
                    others[each.id] = self._seen.newest(each)
        return decide(said, list(others.values()), new_id(), overwrite=self._overwrite)

    def _counted(self, entries: list[Entry], decisions: list[Decision], finished: bool) -> Progress:
        before = self.progress
        counts = before.counts
        problems = list(before.problems)
        for decision in decisions:
            counts[decision.verdict.value] += 1
            if decision.verdict is Verdict.REJECTED and len(problems) < TOLD:
                problems.append(Problem(decision.line, decision.verdict, decision.reason))
        share = 1.0 if finished else min(0.999, entries[-1].line / self._lines if entries else 1.0)
        return Progress(before.entries + len(entries), share, **counts, problems=tuple(problems), finished=finished)
