"""The commands about the database: make, upgrade, fill and inspect it, give people logins, back it up and prove it."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile, default_profile

_GROUPS = ("agent", "team_lead", "supervisor", "admin", "collector", "retention", "migrator", "backup")
_URL = "postgresql://... or a file (default: the settings', else one in the profile)"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``db`` to the command line."""
    text = "make, upgrade, fill, inspect, back up the database, and say who may use it"
    parser = commands.add_parser("db", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    init = action(actions, "init", _init, "make the tables and roles; a database that has them stays as it is")
    init.add_argument(
        "--region", metavar="XX", type=_region, default="PL", help="country of numbers without a country code"
    )
    init.add_argument(
        "--zone", metavar="ZONE", type=zone, help="time zone of its days, such as Europe/Berlin (default: here)"
    )
    action(actions, "upgrade", _upgrade, "bring a database to this version; an embedded file is copied first")
    action(actions, "status", _status, "say what is there; exit status 1 where this program cannot use it")
    seed = action(actions, "seed", _seed, "fill an empty database with a made-up company and its last 90 days")
    seed.add_argument("--customers", metavar="N", type=_count, default=2_000, help="how many customers (default: 2000)")
    seed.add_argument(
        "--weeks", metavar="N", type=int, choices=range(13), default=8,
        help="weeks before today whose queues were as busy (default: 8)",
    )  # fmt: skip
    seed.add_argument("--seed", metavar="N", type=int, default=1, help="another number makes another company")
    backup = action(actions, "backup", _backup, "copy the database, with a list of what is in it beside the copy")
    backup.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the copy; not yet there")
    verify = action(actions, "verify", _verify, "restore a backup beside the database and compare every table")
    verify.add_argument(
        "--backup", metavar="FILE", type=Path, help="the backup (default: one is taken now and thrown away)"
    )
    _add_grant(actions)
    text = "remove what is past the days it is kept, and all that came late about people erased"
    retain = action(actions, "retain", _retain, text)
    retain.add_argument("--dry-run", action="store_true", help="only count")


def _add_grant(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    grant = action(actions, "grant", _grant, "make somebody's login, or change its role and password")
    grant.add_argument("login", metavar="LOGIN", help="as the person or service signs in")
    grant.add_argument("--role", choices=_GROUPS, required=True, help=", ".join(_GROUPS))
    grant.add_argument("--name", metavar="NAME", default="", help="of a person nobody has added yet")
    grant.add_argument("--extension", metavar="N", default="", help="of that person's phone")
    grant.add_argument("--until", metavar="DATE", type=_date, help="the day from which on access ends (2027-01-31)")
    grant.add_argument(
        "--generate", action="store_true", help="make a password and show it once (else it is asked for)"
    )


def action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    """Add an action that takes a database."""
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    parser.add_argument("url", metavar="URL", nargs="?", help=_URL)
    parser.add_argument("--database", metavar="URL", help="the same")
    profile_option(parser)
    return parser


def profile_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says whose settings count."""
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=lambda text: Profile(Path(text).expanduser().resolve()),
        help="where settings and embedded database live (default: this user's own)",
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


def _region(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise argparse.ArgumentTypeError(f"{text!r} is not a country's two letters, such as PL")
    return text.upper()


def zone(text: str) -> ZoneInfo:
    """A time zone by its IANA name, for argparse."""
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"there is no time zone {text!r}; one is Europe/Berlin") from None


def _date(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2027-01-31") from None


def profile(args: argparse.Namespace) -> Profile:
    """The profile that the command is about."""
    chosen: Profile = args.profile or default_profile()
    return chosen


def where(args: argparse.Namespace) -> str:
    """The database URL or path that the command is about."""
    from agent_desktop import settings

    if args.url or args.database:
        return str(args.url or args.database)
    chosen = profile(args)
    return settings.load(chosen.settings_file).database.url or str(chosen.database_file)


# ------------------------------------------------------------------ the schema


def _init(args: argparse.Namespace) -> int:
    from agent_desktop.core.site_zone import local_zone
    from agent_desktop.data import schema

    place = where(args)
    profile(args).make()
    schema.init(place, region=args.region, time_zone=(args.zone or local_zone()).key)
    print(f"ready: {schema.status(place).name}")
    return Exit.OK


def _upgrade(args: argparse.Namespace) -> int:
    from agent_desktop.data import schema

    done = schema.upgrade(where(args))
    if done.before == done.after:
        print(f"nothing to do: the schema is {done.after} already")
    else:
        print(f"upgraded from schema {done.before} to {done.after}")
        if done.backup:
            print(f"the database as it was: {done.backup}")
    return Exit.OK


def _seed(args: argparse.Namespace) -> int:
    from agent_desktop.core.site_zone import local_zone
    from agent_desktop.data import schema
    from agent_desktop.data.db import Database
    from agent_desktop.data.seed import LARGE, seed

    place = where(args)
    profile(args).make()
    schema.init(place, time_zone=local_zone().key)
    database = Database.open(place)
    try:
        with _progress() as progress:
            weeks = args.weeks if args.customers < LARGE else 0
            seed(database, customers_wanted=args.customers, seed=args.seed, weeks=weeks, progress=progress)
    finally:
        database.close()
    return _status(args)


def _status(args: argparse.Namespace) -> int:
    from agent_desktop.data import schema

    status = schema.status(where(args))
    print(f"database      {status.name}")
    print(f"schema        {status.found or 'none'} (this program: {status.known})")
    if status.ready:
        print(f"customers     {status.customers:,}\ninteractions  {status.interactions:,}")
        if status.size_bytes is not None:
            print(f"size          {status.size_bytes / 1e6:,.1f} MB")
        for group, count in status.logins:
            print(f"{group:<14}{count:,} logins")
        return Exit.OK
    newer = status.found is not None and status.found > status.known
    todo = "update this workstation" if newer else f"run: agent-desktop db {'upgrade' if status.found else 'init'}"
    print(f"not usable    {todo}")
    return Exit.FAILED


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each kind of work: call it with what is being done, how much is, and of how much."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars: dict[str, TaskID] = {}
    with Progress(*columns) as shown:

        def show(what: str, done: int, total: int) -> None:
            if what not in bars:
                bars[what] = shown.add_task(what, total=total)
            shown.update(bars[what], completed=done, total=total)

        yield show


# ------------------------------------------------------------------ people


def _grant(args: argparse.Namespace) -> int:
    from agent_desktop.data import access
    from agent_desktop.data.db import Database

    database = Database.open(where(args))
    try:
        password = _new_password(args)
        wanted = access.Grant(
            args.login, args.role, password, args.until, args.name, args.extension, one_time=args.generate
        )
        access.grant(database, wanted)
    finally:
        database.close()
    print(f"{args.login} signs in as {args.role}" + (f" until {args.until:%Y-%m-%d}" if args.until else ""))
    if args.generate:
        print(f"password      {password}  (shown this once; it is nowhere else)")
    return Exit.OK


def _new_password(args: argparse.Namespace) -> str:
    """The password made, typed twice, or read from a pipe; never from the command line, which others can see."""
    from agent_desktop.data.access import MIN_PASSWORD, make_password
    from agent_desktop.data.errors import Refused

    if args.generate:
        return make_password()
    if sys.stdin.isatty():
        from getpass import getpass

        password = getpass(f"New password for {args.login}: ")
        if getpass("The same again: ") != password:
            raise Refused("These were two different passwords; nothing was changed.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < MIN_PASSWORD:
        raise Refused(f"A password needs at least {MIN_PASSWORD} characters; nothing was changed.")
    return password


# ------------------------------------------------------------------ backups


def _backup(args: argparse.Namespace) -> int:
    from agent_desktop.data import backup

    taken = backup.take(where(args), args.output.expanduser().resolve())
    print(f"copy          {taken.file}  {taken.file.stat().st_size / 1e6:,.1f} MB")
    print(f"what is in it {taken.manifest_file}  {len(taken.manifest.tables)} tables, {taken.rows:,} rows")
    return Exit.OK


def _verify(args: argparse.Namespace) -> int:
    import tempfile

    from agent_desktop.data import backup, verify

    place = where(args)
    with tempfile.TemporaryDirectory(prefix="agent-desktop-backup-") as folder:
        file = args.backup.expanduser().resolve() if args.backup else backup.take(place, Path(folder, "copy")).file
        checked = verify.verify(place, file)
    for check in checked.checks:
        print(
            f"{'ok' if check.good else 'BAD':<5}{check.name:<20}{check.wanted.rows:>12,} rows  {check.trouble}".rstrip()
        )
    if checked.trouble:
        print(f"BAD  {checked.trouble}")
    if checked.good:
        print(f"The backup is whole: {len(checked.checks)} tables restored, counted and summed up.")
        return Exit.OK
    print("This backup must not be relied upon.")
    return Exit.FAILED


# ------------------------------------------------------------------ retention


def _retain(args: argparse.Namespace) -> int:
    from agent_desktop.data import erasure, retention
    from agent_desktop.data.db import Database

    database = Database.open(where(args))
    try:
        with database.write() as session:
            aged = retention.run(session, dry=args.dry_run)
            late = () if args.dry_run else retention.erase_again(session)
    finally:
        database.close()
    files = tuple(place for one in aged for place in one.files) + late
    for one in aged:
        if one.before is None:
            print(f"{one.rule.kind:<14}kept for ever")
            continue
        rows = ", ".join(f"{name} {count:,}" for name, count in one.counts.items())
        print(f"{one.rule.kind:<14}before {one.before:%Y-%m-%d}  {rows}")
    if args.dry_run:
        print(f"{len(files):,} files of recordings; nothing was removed")
        return Exit.OK
    left = erasure.remove_files(store_of(args), files)
    print(f"removed, with {len(files) - len(left):,} files of recordings")
    return Exit.FAILED if complain_of_files(left) else Exit.OK


def store_of(args: argparse.Namespace) -> Path | None:
    """The store of recordings that the profile's settings name."""
    from agent_desktop import settings

    store = settings.load(profile(args).settings_file).recording.store
    return Path(store).expanduser() if store else None


def complain_of_files(left: tuple[str, ...]) -> bool:
    """Say which recordings' files have to be removed by hand; whether there are any."""
    for line in left:
        print(f"agent-desktop: remove this file by hand: {line}", file=sys.stderr)
    return bool(left)
