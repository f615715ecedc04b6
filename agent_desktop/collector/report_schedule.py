"""Reports that make themselves: what is due is taken once under the lease, counted, filed and sent.

A row of report_run, whose key is schedule and moment, is what makes a moment happen once, with two collectors and
across restarts. Missed moments are made up by the newest alone. All of it runs on a thread of its own with a
connection of its own: a slow mail server must not hold up events.
"""

import contextlib
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from agent_desktop import clock, data, log
from agent_desktop.collector import report_language, report_mail
from agent_desktop.collector.collector_settings import CollectorConfig, password
from agent_desktop.core import report_data, report_files, report_pdf
from agent_desktop.core.report_due import last_due
from agent_desktop.core.report_wish import BadWish, Kind, Wish
from agent_desktop.core.reports import Report
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.report_rows import RunRow, RunState, ScheduleRow

STUCK = timedelta(minutes=5)  # longer than a report may take: whoever began it is gone
AGAIN_AFTER_MIN = (1, 5, 15, 60, 180)  # then it has failed
_log = log.get("collector")


class Due(msgspec.Struct, frozen=True):
    """A moment that is ours to carry out."""

    schedule: ScheduleRow
    run: RunRow
    zone: ZoneInfo


class ReportSchedules:
    """``look`` carries out what is due; it blocks, and belongs on a thread of its own."""

    def __init__(self, config: CollectorConfig, holder: UUID) -> None:
        self._config, self._holder = config, holder
        self._spoken = False
        self._database: Database | None = None

    def look(self) -> int:
        """Make what is due; how many reports were taken up. Raises DatabaseTrouble: then it is looked for again."""
        try:
            if self._database is None:
                self._database = Database.open(self._config.database, password=password("database"))
            taken = self._take(self._database)
            if taken and not self._spoken:
                report_language.speak(self._config.language)
                self._spoken = True
            for due in taken:
                self._carry_out(self._database, due)
            return len(taken)
        except DatabaseTrouble:
            self.close()
            raise

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    # ------------------------------------------------------------------ taking

    def _take(self, database: Database) -> list[Due]:
        with database.read() as session:
            wanted = data.report_schedules.schedules(session, active_only=True)
            zone = report_data.site_zone(session)
        if not any(_may_be_due(schedule, zone, clock.now()) for schedule in wanted):
            return []
        with database.write() as session:
            lease = data.collecting.hold_lease(session, self._holder, self._config.called, self._config.lease_s)
            if not lease.held:
                return []
            found = [_taken(session, schedule, zone, lease.server_now) for schedule in wanted]
        return [due for due in found if due is not None]

    # ------------------------------------------------------------------ making

    def _carry_out(self, database: Database, due: Due) -> None:
        schedule, run = due.schedule, due.run
        try:
            state, answer, run = self._made(database, due)
        except (BadWish, msgspec.ValidationError) as error:
            state, answer = RunState.FAILED, str(error)
        except _Broken as broken:
            state, answer, run = broken.state, broken.words, broken.run
        now = clock.now()
        again_at = None
        if state is RunState.AGAIN:
            if run.attempts > len(AGAIN_AFTER_MIN):
                state = RunState.FAILED
            else:
                again_at = now + timedelta(minutes=AGAIN_AFTER_MIN[run.attempts - 1])
        with database.write() as session:
            data.report_schedules.tell(session, run, state=state, answer=answer, done_at=now, again_at=again_at)
        _log.info("report “%s”: %s", schedule.name, state.value)

    def _made(self, database: Database, due: Due) -> tuple[RunState, str, RunRow]:
        schedule, run = due.schedule, due.run
        wish = msgspec.convert(schedule.wish, Wish, strict=False)
        with database.read() as session:
            report = report_data.fetch(session, wish, due.zone, run.due_at, made_at=clock.now())
        with contextlib.ExitStack() as kept:
            try:
                folder = self._folder(schedule) if schedule.to_folder else Path(
                    kept.enter_context(tempfile.TemporaryDirectory(prefix="report-"))
                )  # fmt: skip
                file = folder / file_name(schedule, report)
                self._write(report, file, whole_numbers=schedule.whole_numbers)
            except (OSError, FileTrouble) as error:
                reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
                raise _Broken(RunState.AGAIN, f"Not written: {reason}", run) from error
            places = [f"{schedule.folder}/{file.name}".lstrip("/")] if schedule.to_folder else []
            if schedule.to_folder and not run.filed:
                run = self._told(database, run, filed=True)
            if schedule.addresses:
                words, run = self._sent(database, due, report, file, run)
                places.append(words)
        if wish.kind is Kind.ABANDONED:
            places.append("whole numbers" if schedule.whole_numbers else "masked numbers")
        return RunState.DONE, " · ".join(places), run

    def _write(self, report: Report, file: Path, *, whole_numbers: bool) -> None:
        """In the format of its name; a file that is there stays until the new one is whole. Raises FileTrouble,
        OSError.
        """
        if file.suffix == ".pdf":
            paper = report_files.paper(report, whole_numbers=whole_numbers)
            report_pdf.write(replace(paper, language=self._config.language or "en"), file)
            return
        table = report_files.table(report)
        (table if whole_numbers else table.masked()).write(file)

    def _folder(self, schedule: ScheduleRow) -> Path:
        base = self._config.reports
        if base is None:
            raise FileTrouble("the collector’s file names no reports_dir")
        folder = base / schedule.folder if schedule.folder else base
        if not folder.resolve().is_relative_to(base.resolve()):
            raise FileTrouble("the folder lies outside the collector’s folder for reports")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _sent(self, database: Database, due: Due, report: Report, file: Path, run: RunRow) -> tuple[str, RunRow]:
        config, schedule = self._config.mail, due.schedule
        if config is None:
            raise _Broken(RunState.AGAIN, "Not sent: the collector’s file has no [mail].", run)
        to = report_mail.allowed(config, schedule.addresses)
        if not to:
            raise _Broken(RunState.FAILED, "Not sent: the collector’s file allows none of these addresses.", run)
        body = "\n".join((report.title, *report_files.about(report)))
        mail = report_mail.message(config, to, f"{report.title}, {report_files.covers(report)}", body, file)
        mail["Message-ID"] = f"<{schedule.id}.{clock.to_us(run.due_at)}@{config.sender.rpartition('@')[2]}>"
        sending = [run]

        def begin_sending() -> None:
            sending[0] = self._told(database, run, state=RunState.SENDING)

        try:
            refused = report_mail.send(config, password("mail"), mail, to, begin_sending)
        except report_mail.NotSent as error:
            raise _Broken(RunState.AGAIN, f"Not sent: {error}", sending[0]) from error
        except report_mail.Unclear as error:
            raise _Broken(RunState.UNCLEAR, f"It may have been sent: {error}", sending[0]) from error
        left_out = [address for address in schedule.addresses if address not in to]
        notes = [f"not allowed: {', '.join(left_out)}"] if left_out else []
        notes += [f"refused: {refused}"] if refused else []
        return "; ".join((f"sent to {len(to) - (refused.count(';') + 1 if refused else 0)}", *notes)), sending[0]

    def _told(self, database: Database, run: RunRow, **values: Any) -> RunRow:
        """Write down how far it is; whoever took it over meanwhile goes on instead."""
        with database.write() as session:
            if not data.report_schedules.tell(session, run, **values):
                raise _Broken(RunState.UNCLEAR, "Somebody else has taken it over.", run)
        return replace(run, **values)


class _Broken(Exception):
    """It ends here, in this state."""

    def __init__(self, state: RunState, words: str, run: RunRow) -> None:
        super().__init__(words)
        self.state, self.words, self.run = state, words, run


def file_name(schedule: ScheduleRow, report: Report) -> str:
    """The schedule's name and the first day it covers: made again it is the same file."""
    first = report.start.astimezone(report.zone).date().isoformat()
    name = "".join(c if c.isalnum() or c in " -." else "_" for c in schedule.name).strip(" .") or "report"
    return f"{name} {first}.{schedule.format}"


def _may_be_due(schedule: ScheduleRow, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is worth holding the lease; clocks may be some seconds apart, so a look too many does no harm."""
    due = last_due(schedule, zone, now + timedelta(seconds=1))
    last = schedule.last_run
    if due is None:
        return False
    if last is None or last.due_at < due:
        return True
    return last.due_at == due and last.state in (RunState.MAKING, RunState.SENDING, RunState.AGAIN)


def _taken(session: Any, schedule: ScheduleRow, zone: ZoneInfo, now: datetime) -> Due | None:
    """The newest moment of a schedule, if it is to be carried out now."""
    runs = data.report_schedules
    moment = last_due(schedule, zone, now)
    if moment is None:
        return None
    found = runs.run(session, schedule.id, moment)
    if found is None:
        took: Callable[[], bool] = lambda: runs.begin(session, schedule.id, moment, now)  # noqa: E731
    elif found.state is RunState.SENDING and now - found.begun_at > STUCK:
        words = "The collector ended while it was sent: it may have gone."
        runs.tell(session, found, state=RunState.UNCLEAR, answer=words, done_at=now)
        return None
    elif (found.state is RunState.MAKING and now - found.begun_at > STUCK) or (
        found.state is RunState.AGAIN and found.again_at is not None and found.again_at <= now
    ):
        again = found
        took = lambda: runs.begin_again(session, again, now)  # noqa: E731
    else:
        return None
    if not took():
        return None
    run = runs.run(session, schedule.id, moment)
    return Due(schedule, run, zone) if run is not None else None
