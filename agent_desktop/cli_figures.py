"""The command about the queues' figures: check that they are what the stored events say, or make them so again."""

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from typing import Any

from agent_desktop import cli_db
from agent_desktop.exit_codes import Exit


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``figures`` to the command line."""
    text = "check the queues' figures against the stored events, or work them out again"
    parser = commands.add_parser("figures", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    about = "compare visits with their events, and sums with the visits; exit status 1 where they differ"
    for name, run, said in (
        ("check", _check, about),
        ("rebuild", _rebuild, "work out visits from their events, and all sums from the visits"),
    ):
        action = cli_db.action(actions, name, run, said)
        for option, words in (("from", "the first day, in UTC (default: the oldest)"), ("to", "the last day")):
            action.add_argument(f"--{option}", dest=f"{option}_day", metavar="DATE", type=_date, help=words)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2027-01-31") from None


def _check(args: argparse.Namespace) -> int:
    from agent_desktop.data import figures_check

    number, wrong = _each(args, figures_check.check)
    print(f"{number:,} days checked, {wrong:,} of them wrong")
    return Exit.FAILED if wrong else Exit.OK


def _rebuild(args: argparse.Namespace) -> int:
    from agent_desktop.data import figures_check

    number, wrong = _each(args, figures_check.rebuild)
    print(f"{number:,} days worked out again, {wrong:,} of them had been wrong")
    return Exit.OK


def _each(args: argparse.Namespace, what: Callable[..., Iterable[Any]]) -> tuple[int, int]:
    from agent_desktop.data.db import Database

    number = wrong = 0
    with closing(Database.open(cli_db.where(args))) as database:
        for day in what(database, args.from_day, args.to_day):
            number += 1
            if not day.right:
                wrong += 1
                print(f"{day.day}: {day.visits:,} visits and {day.sums:,} sums wrong", file=sys.stderr)
    return number, wrong
