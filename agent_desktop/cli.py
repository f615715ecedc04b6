"""The command ``agent-desktop``: reads the command line, loads only what the command needs, returns the exit status."""

import argparse
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeAlias

from agent_desktop import (
    cli_collect,
    cli_customers,
    cli_db,
    cli_figures,
    cli_handoff,
    cli_history,
    cli_privacy,
    cli_recording,
    running,
)
from agent_desktop.exit_codes import MEANING, Exit
from agent_desktop.paths import Profile, default_profile

DESCRIPTION = (
    "A workstation for call centre agents: the caller's history is on the screen before the phone has rung once."
)
START = """\
first steps:
  agent-desktop demo      a made-up company and practice calls; nothing to set up
  agent-desktop doctor    what this computer still needs
  agent-desktop run       your own workstation; settings are asked for at the first start
"""
_LAST_USED = "that of the window used last"


def main(argv: list[str] | None = None) -> int:
    """Run one command; ``argv`` without the program's name. Returns the exit status, see exit_codes.py."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["practice"]:  # another process of demo; its options are its own
        from agent_desktop.practice.switch import main as practice

        return practice(arguments[1:])
    parser = _parser()
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help()
        return Exit.USAGE
    try:
        with _closing_on_signals() as asked:
            status = int(args.run(args))
        return Exit.INTERRUPTED if asked else status
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever read our words has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except Exception as error:  # noqa: BLE001 - the last place where it can be told in words
        return _told(error)


@contextlib.contextmanager
def _closing_on_signals() -> Iterator[list[int]]:
    """Let Ctrl C and a polite kill close a window as its user would; the second time they end the program at once.

    Inside a Qt slot Python's own KeyboardInterrupt would be reported and forgotten. Gives the signals that came.
    """
    asked: list[int] = []

    def close(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        core = sys.modules.get("PySide6.QtCore")
        if core is None or core.QCoreApplication.instance() is None:
            raise KeyboardInterrupt
        signal.signal(number, signal.SIG_DFL)
        core.QCoreApplication.quit()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, close) for number in numbers]
    try:
        yield asked
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


# ---------------------------------------------------------------- the command line


class _Version(argparse.Action):
    def __call__(self, *_: object) -> NoReturn:
        from importlib.metadata import version

        print("agent-desktop", version("agent-desktop"))
        sys.exit(Exit.OK)


def _parser() -> argparse.ArgumentParser:
    statuses = "".join(f"  {code.value:<5}{text}\n" for code, text in MEANING.items())
    parser = argparse.ArgumentParser(
        prog="agent-desktop",
        description=DESCRIPTION,
        epilog=f"{START}\nexit status:\n{statuses}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_run(commands)
    _add_demo(commands)
    cli_db.add(commands)
    cli_customers.add(commands)
    cli_history.add(commands)
    cli_figures.add(commands)
    _add_doctor(commands)
    _add_dial(commands)
    _add_control(commands)
    _add_desktop(commands)
    cli_collect.add(commands)
    cli_recording.add(commands)
    cli_handoff.add(commands)
    cli_privacy.add(commands)
    _add_shots(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(
    commands: _Commands, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def _add_run(commands: _Commands) -> None:
    parser = _add(commands, "run", _run, "open the workstation")
    _profile_option(parser)
    _database_option(parser)
    parser.add_argument(
        "--sip-listen",
        metavar="HOST:PORT",
        type=_host_and_port,
        help="take calls directly at this address, without a PBX account (direct mode)",
    )


def _add_demo(commands: _Commands) -> None:
    parser = _add(commands, "demo", _demo, "open it with a made-up company and practice calls")
    _profile_option(parser, "one of its own, beside the user's")
    parser.add_argument("--tour", action="store_true", help="go through a call by itself and check every step")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write the tour's steps there as JSON")
    parser.add_argument("--shots", metavar="DIR", type=Path, help="put a screenshot of each step of the tour there")
    parser.add_argument(
        "--speed", metavar="X", type=_positive, default=1.0, help="how fast the practice day goes by (default: 1)"
    )


def _add_doctor(commands: _Commands) -> None:
    parser = _add(commands, "doctor", _doctor, "check display, sound, SIP port, database and keyring; say what to do")
    _profile_option(parser)
    _database_option(parser)
    parser.add_argument("--sip-listen", metavar="HOST:PORT", type=_host_and_port, help="check this port")


def _add_dial(commands: _Commands) -> None:
    parser = _add(commands, "dial", _dial, "call a number from the workstation that is open; its user is asked first")
    parser.add_argument("number", metavar="NUMBER", help="as you would type it, or a tel:, sip: or callto: link")
    _profile_option(parser, _LAST_USED)


def _add_control(commands: _Commands) -> None:
    parser = _add(commands, "control", _control, "do in the workstation that is open what its keys do")
    parser.add_argument("what", metavar="WHAT", choices=running.CONTROLS, help=", ".join(running.CONTROLS))
    _profile_option(parser, _LAST_USED)


def _add_desktop(commands: _Commands) -> None:
    text = "put a menu entry and the handler of tel:, sip: and callto: links into this user's desktop, or remove them"
    parser = commands.add_parser("desktop", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    install = _add(actions, "install", _desktop_install, "put them there; nothing outside this user's folders changes")
    install.add_argument("--default", action="store_true", help="links open here from now on (xdg-mime default)")
    _add(actions, "remove", _desktop_remove, "take them away")


def _add_shots(commands: _Commands) -> None:
    parser = _add(commands, "shots", _shots, "save a picture of every screen, light and dark, with demo data")
    parser.add_argument("--dir", metavar="DIR", type=Path, default=Path("shots"), help="where to (default: shots)")
    parser.add_argument(
        "--only", metavar="PART", default="", choices=("pages", "calls", "centre"), help="one part of them: %(choices)s"
    )


def _profile_option(parser: argparse.ArgumentParser, default: str = "this user's own") -> None:
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=lambda text: Profile(Path(text).expanduser().resolve()),
        help=f"where settings, journal, log and embedded database live (default: {default})",
    )


def _database_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database", metavar="URL", help="postgresql://... or a file (default: the settings', else one in the profile)"
    )


def _host_and_port(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65_535 or not host:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:5060")
    return text


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


# ---------------------------------------------------------------- windows


def _run(args: argparse.Namespace) -> int:
    if not _can_show():
        return Exit.NO_DISPLAY
    gc.disable()  # what is loaded stays, and looking through it takes a tenth of the start; app.py takes over from here
    from agent_desktop.data import first_look, local_key

    profile = _profile(args)
    profile.make()
    # These answer while the window is made.
    with (
        contextlib.closing(local_key.Asking(profile.root)) as key,
        contextlib.closing(first_look.Looking()) as looking,
    ):
        from agent_desktop import app

        return app.run(profile, key, args.database, args.sip_listen, looking)


def _demo(args: argparse.Namespace) -> int:
    from agent_desktop import display

    tour = args.tour
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if not chosen and (not display.has_display(os.environ) or display.probe_window(os.environ).trouble):
        print("There is no display here that a window can open on: running the tour without one instead.", flush=True)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        tour = True
    from agent_desktop import app

    profile = args.profile.root if args.profile else None
    return app.demo(profile, tour, args.report, args.shots, args.speed)


def _dial(args: argparse.Namespace) -> int:
    from agent_desktop import dial_address

    try:
        dial_address.parse(args.number)
    except dial_address.NotDialable:
        _complain("That is neither a number nor a tel:, sip: or callto: link.")
        return Exit.USAGE
    return _tell(args, running.DIAL, args.number.strip())


def _control(args: argparse.Namespace) -> int:
    return _tell(args, running.CONTROL, args.what)


def _tell(args: argparse.Namespace, order: str, text: str) -> int:
    """Hand it to the window of the profile given, else to the one used last."""
    answer = running.tell(args.profile, order, text) if args.profile else running.tell_last_used(order, text)
    if answer is None:
        _complain("No window is open that could do it. Start it first: agent-desktop run")
        return Exit.NO_WINDOW
    if answer != running.DONE:
        _complain(answer)
        return Exit.FAILED
    return Exit.OK


def _desktop_install(args: argparse.Namespace) -> int:
    from agent_desktop import desktop_integration

    print(*desktop_integration.install(default=args.default), sep="\n")
    return Exit.OK


def _desktop_remove(_args: argparse.Namespace) -> int:
    from agent_desktop import desktop_integration

    print(*desktop_integration.remove(), sep="\n")
    return Exit.OK


def _shots(args: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the same pictures on every computer
    from agent_desktop import app

    args.dir.mkdir(parents=True, exist_ok=True)
    return app.shots(args.dir, args.only)


def _can_show() -> bool:
    from agent_desktop import display

    if os.environ.get("QT_QPA_PLATFORM") or display.has_display(os.environ):
        return True
    _complain("There is no display here to open a window on.\nTo see the program work: agent-desktop demo --tour")
    return False


# ---------------------------------------------------------------- the rest


def _doctor(args: argparse.Namespace) -> int:
    from agent_desktop import doctor

    listen = None
    if args.sip_listen:
        host, _, port = args.sip_listen.rpartition(":")
        listen = host, int(port)
    failed = False
    for check in doctor.examine(_profile(args), args.database, listen):
        print(f"{check.state:<5} {check.name:<13} {check.found}", flush=True)
        if check.advice:
            print(f"{'':<20}{check.advice}")
        failed = failed or check.state == doctor.FAIL
    return Exit.FAILED if failed else Exit.OK


def _profile(args: argparse.Namespace) -> Profile:
    profile: Profile = args.profile or default_profile()
    return profile


def _complain(text: str) -> None:
    print(f"agent-desktop: {text}", file=sys.stderr)


def _told(error: Exception) -> int:
    """Say what ended the command: the environment's fault in words, ours with what a report needs."""
    from agent_desktop import crash
    from agent_desktop.data.errors import DatabaseTrouble, Refused  # SQLAlchemy comes with it
    from agent_desktop.data.exchange.entry import FileTrouble
    from agent_desktop.settings import BadSettings

    if isinstance(error, DatabaseTrouble):
        _complain(f"{error.text}\n{error.advice}" + (f"\n({error.detail})" if error.detail else ""))
        return Exit.DATABASE
    if isinstance(error, (Refused, FileTrouble)):
        _complain(error.text)
        return Exit.FAILED
    if isinstance(error, BadSettings):
        _complain(f"{error}\nCorrect the file, or move it away to start with the defaults.")
        return Exit.USAGE
    if isinstance(error, OSError) and error.filename:
        _complain(f"{error.filename}: {error.strerror}")
        return Exit.FAILED
    crash.report(error, "the program")
    _complain("This is a fault of the program, not of yours. Please report it with the lines above.")
    return Exit.INTERNAL
