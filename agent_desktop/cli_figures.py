"""The command about figures: whether they are what the stored events say, and how people kept to their plan."""

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from agent_desktop import cli_db
from agent_desktop.exit_codes import Exit


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``figures`` to the command line."""
    text = "check the queues' figures against the stored events, work them out again, hold presence against a plan"
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
    said = "say how people kept to their shifts of the last seven days, or to the plan of a CSV file"
    action = cli_db.action(actions, "adherence", _adherence, said)
    action.add_argument(
        "--plan", metavar="FILE", type=Path,
        help="login,start,end,kind: 2026-11-21 09:00 by the site's clock; kind is work or break",
    )  # fmt: skip


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


def _adherence(args: argparse.Namespace) -> int:
    from agent_desktop import clock
    from agent_desktop.core import shift_plan
    from agent_desktop.core.shifts import shift_kept
    from agent_desktop.core.site_zone import zone_of
    from agent_desktop.data import site
    from agent_desktop.data.db import Database

    with closing(Database.open(cli_db.where(args))) as database, database.read() as session:
        zone = zone_of(site.site(session).time_zone)
        try:
            if args.plan is None:
                plan = shift_kept.last_days(session, zone, clock.now())
            else:
                with args.plan.open(newline="", encoding="utf-8-sig") as file:
                    plan = shift_plan.read(file, zone)
        except (OSError, UnicodeDecodeError, shift_plan.BadPlan) as error:
            print(f"{args.plan}: {error}", file=sys.stderr)
            return Exit.USAGE
        found, strangers = shift_plan.kept(session, plan, zone, clock.now()), shift_plan.strangers(session, plan)
    for one in found:
        print(f"{one.name:<32} adherence {one.adherence.text():>6}   conformance {one.conformance.text():>6}")
    for figure in (found[0].adherence, found[0].conformance) if found else ():
        print(figure.explain().splitlines()[2])
    for login in strangers:
        print(f"nobody here has the login {login}", file=sys.stderr)
    return Exit.FAILED if strangers else Exit.OK


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
