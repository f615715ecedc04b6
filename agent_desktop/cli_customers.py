"""The commands about customers in files: import with a dry run and an undo, export."""

import argparse
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile, default_profile

if TYPE_CHECKING:
    from agent_desktop.data.db import Database
    from agent_desktop.data.exchange.importing import Import
    from agent_desktop.data.exchange.source import Source

_TOLD = 20  # reasons that are printed
_ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "iso-8859-1", "iso-8859-2")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``customers`` to the command line."""
    text = "take customers from a file, or write them into one"
    parser = commands.add_parser("customers", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    text = "take customers from CSV (Google Contacts, Outlook, any list), XLSX, vCard or JSON"
    taken = _add(actions, "import", _import, f"{text}; exit status 1 if some were rejected")
    taken.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the list")
    taken.add_argument(
        "--mapping",
        metavar="HEADING=FIELD",
        action="append",
        default=[],
        type=_pair,
        help="what a column means where its heading does not say it (FIELD empty: leave it out); more than once",
    )
    taken.add_argument("--dry-run", action="store_true", help="only say what would happen; nothing is stored")
    taken.add_argument(
        "--overwrite", action="store_true", help="what the file says counts for more than what is stored"
    )
    taken.add_argument("--encoding", choices=_ENCODINGS, default="", help="where it is guessed wrong")
    taken.add_argument("--undo", metavar="RUN", type=UUID, help="take a whole import back")
    taken.add_argument("--runs", action="store_true", help="list the newest imports")
    written = _add(actions, "export", _export, "write all customers, or those a search finds; the audit notes it")
    written.add_argument("file", metavar="FILE", type=Path, help="the file; it is replaced if it is there")
    written.add_argument("--format", choices=("csv", "xlsx", "vcf", "json"), default="", help="default: by FILE's name")
    written.add_argument("--search", metavar="TEXT", default="", help="only those that this finds")


def _add(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    parser.add_argument(
        "--database", metavar="URL", help="postgresql://... or a file (default: the settings', else one in the profile)"
    )
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=lambda text: Profile(Path(text).expanduser().resolve()),
        help="where settings and embedded database live (default: this user's own)",
    )
    return parser


def _pair(text: str) -> tuple[str, str]:
    heading, equals, field = text.rpartition("=")
    if not equals or not heading.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not HEADING=FIELD, such as Kunde=name")
    return heading.strip(), field.strip()


@contextlib.contextmanager
def _open(args: argparse.Namespace) -> Iterator["Database"]:
    from agent_desktop import settings
    from agent_desktop.data.db import Database

    profile: Profile = args.profile or default_profile()
    where = args.database or settings.load(profile.settings_file).database.url or str(profile.database_file)
    database = Database.open(where)
    try:
        yield database
    finally:
        database.close()


@contextlib.contextmanager
def _bar(what: str) -> Iterator[Callable[[float], None]]:
    """A bar that is told how much is done, 0..1."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns) as shown:
        task = shown.add_task(what, total=1.0)
        yield lambda share: shown.update(task, completed=share)


# ------------------------------------------------------------------ in


def _import(args: argparse.Namespace) -> int:
    from agent_desktop.data.exchange.source import look_at

    if args.runs:
        return _runs(args)
    if args.undo:
        return _undo(args)
    if args.file is None:
        print("Which file? Say: agent-desktop customers import FILE")
        return Exit.USAGE
    source = look_at(args.file.expanduser(), args.encoding)
    if args.mapping:
        source = source.with_targets(dict(args.mapping))
    _show(source)
    if args.dry_run:
        print("dry run       nothing is stored")
    with _open(args) as database:
        return _run(database, source, args)


def _run(database: "Database", source: "Source", args: argparse.Namespace) -> int:
    from agent_desktop.data.exchange.importing import Import

    run = Import(database, source, dry=args.dry_run, overwrite=args.overwrite)
    try:
        with _bar("dry run" if args.dry_run else "import") as bar:
            while not run.step().finished:
                bar(run.progress.share)
            bar(1.0)
    except BaseException:
        if run.has_stored:
            print(f"Taking back what was stored until then (import {run.run_id}) ...")
            _take_back(database, run.run_id)
        raise
    return _told(run)


def _told(run: "Import") -> int:
    said = run.progress
    for problem in said.problems[:_TOLD]:
        print(f"line {problem.line:<8} {problem.reason}")
    if said.rejected > _TOLD:
        print(f"...           and {said.rejected - _TOLD:,} more")
    for word, count in said.counts.items():
        print(f"{word:<14}{count:,}")
    if not run.dry:
        print(f"import        {run.run_id}  (take it back: agent-desktop customers import --undo {run.run_id})")
    return Exit.FAILED if said.rejected else Exit.OK


def _show(source: "Source") -> None:
    print(f"file          {source.path.name}  {source.format}{', ' * bool(source.encoding)}{source.encoding}")
    for column in source.layout.columns if source.layout else ():
        print(
            f"{column.heading[:30]:<30}  ->  {column.target or '(left out)'}{f' ({column.label})' * bool(column.label)}"
        )


def _undo(args: argparse.Namespace) -> int:
    with _open(args) as database:
        return _take_back(database, args.undo)


def _take_back(database: "Database", run_id: UUID) -> int:
    from agent_desktop.data.exchange.undo import Undo

    undo = Undo(database, run_id)
    with _bar("undo") as bar:
        while not (done := undo.step()).finished:
            bar(done.done / max(1, done.total))
        bar(1.0)
    print(f"taken back    {done.done - done.kept:,} changes")
    if done.kept:
        print(f"kept          {done.kept:,} customers: somebody has edited or used them since")
    return Exit.OK


def _runs(args: argparse.Namespace) -> int:
    from agent_desktop.data.exchange.undo import runs

    with _open(args) as database, database.read() as session:
        for run in runs(session):
            counts = ", ".join(f"{count:,} {word}" for word, count in run.counts.items() if count)
            print(f"{run.id}  {run.at:%Y-%m-%d %H:%M}  {run.state:<8} {run.who:<12} {run.file}  {counts}")
    return Exit.OK


# ------------------------------------------------------------------ out


def _export(args: argparse.Namespace) -> int:
    from agent_desktop import settings
    from agent_desktop.data.exchange import export_rows
    from agent_desktop.data.exchange.exporting import Export

    whole = settings.load((args.profile or default_profile()).settings_file).database.whole_exports
    with _open(args) as database:
        only = None
        if args.search:
            with database.read() as session:
                only = export_rows.found(session, args.search)
        export = Export(database, args.file.expanduser().resolve(), args.format, only=only, whole=whole)
        try:
            with _bar("export") as bar:
                while not (done := export.step()).finished:
                    bar(done.customers / max(1, done.total))
                bar(1.0)
        except BaseException:
            export.cancel()
            raise
    print(f"{export.path}  {done.customers:,} customers, {export.path.stat().st_size / 1e6:,.1f} MB")
    if done.masked:
        print("numbers and e-mail addresses are masked: whole ones are for team leads, supervisors and administrators")
    return Exit.OK
