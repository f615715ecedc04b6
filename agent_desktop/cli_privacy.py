"""The commands about one customer's data: hand it out, erase it, hold it, release it."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent_desktop import cli_db
from agent_desktop.exit_codes import Exit

_WHOM = "account number, phone number, e-mail address or id"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``privacy`` to the command line."""
    text = "hand out, erase or hold what is kept of one customer, and say how long data is kept"
    parser = commands.add_parser("privacy", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    export = _add(actions, "export", _export, "everything kept of a customer, as a ZIP to hand out")
    export.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the ZIP; not yet there")
    export.add_argument(
        "--identity", metavar="KEYFILE", type=Path, help="the private key of recordings: they are handed out as WAV"
    )
    erase = _add(actions, "erase", _erase, "take away whatever tells who it was; figures stay as they are")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    hold = _add(actions, "hold", _hold, "keep everything of a customer, whatever is asked, until it is released")
    release = _add(actions, "release", _release, "end such a hold")
    for one in (erase, hold, release):
        one.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept, so without names")
    rules = cli_db.action(actions, "rules", _rules, "say how long each kind of data is kept, or change it")
    rules.add_argument("--set", metavar="KIND=DAYS", action="append", default=[], help="0: for ever")


def _add(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run, url=None)
    parser.add_argument("customer", metavar="CUSTOMER", help=_WHOM)
    parser.add_argument("--database", metavar="URL", help="postgresql://... or a file (default: the settings')")
    cli_db.profile_option(parser)
    return parser


def _opened(args: argparse.Namespace) -> Any:
    from contextlib import closing

    from agent_desktop.data.db import Database

    return closing(Database.open(cli_db.where(args)))


def _export(args: argparse.Namespace) -> int:
    from agent_desktop.core import recording_review
    from agent_desktop.data import privacy, privacy_export
    from agent_desktop.data.errors import Refused

    with _opened(args) as database, tempfile.TemporaryDirectory(prefix="agent-desktop-export-") as folder:

        def opened(recording: Path) -> Path:
            plain = Path(folder, "plain.wav")
            try:
                recording_review.decrypt(recording, args.identity, plain)
            except recording_review.CannotReview as error:
                raise Refused(str(error)) from error
            return plain

        with database.write() as session:  # handed out and written down, or neither
            who = privacy.person(session, privacy.find(session, args.customer))
            found = privacy_export.gather(session, who)
            privacy_export.record(session, who, found)
        missing = privacy_export.write(
            found, args.output.expanduser().resolve(), cli_db.store_of(args), opened if args.identity else None
        )
    print(f"{args.output}  {privacy_export.rows_in(found):,} rows about {who.name}")
    for line in missing:
        print(f"agent-desktop: recording not in it: {line}", file=sys.stderr)
    return Exit.FAILED if missing else Exit.OK


def _erase(args: argparse.Namespace) -> int:
    from agent_desktop.core import erasures
    from agent_desktop.data import erasure, erasure_desk, privacy

    profile = cli_db.profile(args)
    with _opened(args) as database:
        with database.read() as session:
            who = privacy.person(session, privacy.find(session, args.customer))
        if not args.yes and not _sure(f"Erase {who.name}, {len(who.interactions)} contacts? This cannot be undone."):
            print("nothing was changed")
            return Exit.FAILED
        with database.write() as session:
            who = privacy.person(session, who.id)  # all of it, as it stands now
            done = erasure.erase(session, who, args.reason)

        def others(numbers: set[str]) -> set[str]:
            with database.read() as session:
                return erasure_desk.of_others(session, numbers)

        gone, journals = erasure_desk.of_person(who), erasure_desk.journals(profile.root)
        here = erasures.clear_files(profile, gone, others, journals)
        left = erasure.remove_files(cli_db.store_of(args), done.files)
        anew = erasure.write_anew(database)
    rows = sum(done.counts.values())
    print(f"erased: {rows:,} rows, {len(done.files) - len(left)} recordings, {here} entries at this desk")
    if anew:
        print(f"agent-desktop: words of it may linger in freed pages of the file: {anew}", file=sys.stderr)
    if done.underway:
        print(f"agent-desktop: {done.underway} recordings are not in the store yet: erase again then", file=sys.stderr)
    return Exit.FAILED if cli_db.complain_of_files(left) or done.underway else Exit.OK


def _sure(question: str) -> bool:
    from agent_desktop.data.errors import Refused

    if not sys.stdin.isatty():
        raise Refused("Nobody is here to be asked; say --yes.")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _hold(args: argparse.Namespace) -> int:
    from agent_desktop.data import privacy

    return _said(args, privacy.hold, "on hold")


def _release(args: argparse.Namespace) -> int:
    from agent_desktop.data import privacy

    return _said(args, privacy.release, "released")


def _said(args: argparse.Namespace, say: Callable[[Any, Any, str], None], words: str) -> int:
    from agent_desktop.data import privacy

    with _opened(args) as database, database.write() as session:
        who = privacy.person(session, privacy.find(session, args.customer))
        say(session, who, args.reason)
    print(f"{words}: {who.name}")
    return Exit.OK


def _rules(args: argparse.Namespace) -> int:
    from agent_desktop.data import retention
    from agent_desktop.data.errors import Refused

    with _opened(args) as database, database.write() as session:
        for one in args.set:
            kind, _, days = one.partition("=")
            if not days.isascii() or not days.isdigit():
                raise Refused(f"“{one}” is not KIND=DAYS, such as note=730.")
            retention.set_rule(session, kind, int(days))
        for rule in retention.rules(session):
            print(f"{rule.kind:<14}{f'{rule.days:,} days' if rule.days else 'for ever'}")
    return Exit.OK
