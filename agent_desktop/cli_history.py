"""The command import: what a PBX's own files say of the past, queue_log and CDR."""

import argparse
import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent_desktop import cli_db
from agent_desktop.exit_codes import Exit

if TYPE_CHECKING:
    from agent_desktop.collector.history import HistoryImport

_TOLD = 20  # reasons that are printed


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``import`` to the command line."""
    text = "take the past of a PBX from its own files; reading the same ones again counts nothing twice"
    parser = commands.add_parser("import", help=text, description=text[0].upper() + text[1:] + ".")
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", title="kinds", required=True)
    text = "queue_log of Asterisk and its relatives, or its table as CSV: events of queues; before cdr, if both"
    _add(kinds, "queue-log", _queue_log, text)
    text = "call records (Master.csv, a table exported as CSV): calls in the list of calls and customers' histories"
    records = _add(kinds, "cdr", _cdr, text)
    records.add_argument(
        "--columns",
        metavar="A,B,...",
        type=lambda text: tuple(text.split(",")),
        default=(),
        help="what the columns are, by cdr_csv's names, where a file has neither a heading nor its order (-: left out)",
    )


def _add(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ". Exit status 1 if lines could not be read."
    )
    parser.set_defaults(run=run, url=None, columns=())
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="also rotated and packed (.gz, .bz2, .xz)")
    parser.add_argument(
        "--time-zone", metavar="ZONE", type=cli_db.zone, help="the PBX's, such as Europe/Berlin (default: here)"
    )
    parser.add_argument("--pbx", metavar="NAME", default="pbx", help="tells several apart (default: pbx)")
    parser.add_argument(
        "--agent",
        metavar="NAME=LOGIN",
        action="append",
        default=[],
        type=_pair,
        help="whom the PBX means, where neither name, login nor extension says it; more than once",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen; nothing is stored")
    parser.add_argument("--database", metavar="URL", help="postgresql://... or a file (default: the settings')")
    cli_db.profile_option(parser)
    return parser


def _pair(text: str) -> tuple[str, str]:
    name, equals, login = text.rpartition("=")
    if not equals or not name.strip() or not login.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=LOGIN, such as Agent/7=dana")
    return name.strip(), login.strip()


def _queue_log(args: argparse.Namespace) -> int:
    from agent_desktop.collector.queue_log_import import QueueLogImport

    return _run(args, QueueLogImport, "events")


def _cdr(args: argparse.Namespace) -> int:
    from agent_desktop.collector.cdr_import import CdrImport

    return _run(args, CdrImport, "calls")


def _run(args: argparse.Namespace, kind: "Callable[..., HistoryImport]", what: str) -> int:
    from agent_desktop.collector.history import Wanted
    from agent_desktop.data.db import Database

    wanted = Wanted(args.dry_run, args.time_zone, args.pbx, tuple(args.agent), args.columns)
    if args.dry_run:
        print("dry run       nothing is stored")
    with contextlib.closing(Database.open(cli_db.where(args))) as database:
        run = kind(database, [path.expanduser() for path in args.files], wanted)
        try:
            with _bar("dry run" if args.dry_run else "import") as bar:
                while not run.step().finished:
                    bar(run.progress.share)
                bar(1.0)
        except BaseException:
            if run.has_stored:
                print("What was read until then stays. The same command goes on from there, and counts nothing twice.")
            raise
    return _tell(run, what)


def _tell(run: "HistoryImport", what: str) -> int:
    said = run.progress
    for problem in said.problems[:_TOLD]:
        print(f"{problem.file}, line {problem.line}: {problem.reason}")
    if said.rejected > _TOLD:
        print(f"... and {said.rejected - _TOLD:,} more")
    for name, count, line in said.unknown:
        print(f"unknown       {name}, {count:,} times, first in line {line:,}")
    for name, count in said.people[:_TOLD]:
        print(f"nobody        {name}, {count:,} times: say --agent '{name}=LOGIN'")
    for name in said.queues:
        print(f"queue         {name} is not here: it is kept, switched off")
    if said.first_us is not None and said.last_us is not None:
        moments = (datetime.fromtimestamp(us // 1_000_000, UTC).astimezone() for us in (said.first_us, said.last_us))
        print("period        " + " to ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in moments))
    print(f"lines         {said.lines:,}")
    for name, count in said.counts.items():
        if count or name == "new":
            print(f"{name.replace('_', ' '):<14}{count:,}" + (f" {what}" if name in ("new", "known") else ""))
    return Exit.FAILED if said.rejected else Exit.OK


@contextlib.contextmanager
def _bar(what: str) -> Iterator[Callable[[float], None]]:
    """A bar that is told how much is done, 0..1."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns) as shown:
        task = shown.add_task(what, total=1.0)
        yield lambda share: shown.update(task, completed=share)
