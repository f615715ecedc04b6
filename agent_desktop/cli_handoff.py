"""The command for the key that opens what callers typed, in the keyring of this computer."""

import argparse
import sys
from pathlib import Path

from agent_desktop import secrets
from agent_desktop.exit_codes import Exit


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``handoff-key`` to the command line."""
    text = "keep the private key for encrypted secrets of callers in this computer's keyring"
    parser = commands.add_parser("handoff-key", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    text = "take a private key out of the file that “recording keygen” wrote; keys from before go on opening their own"
    put = actions.add_parser("add", help=text, description=text[0].upper() + text[1:] + ".")
    put.add_argument("file", metavar="FILE", type=Path, help="the private key")
    put.set_defaults(run=_add)
    text = "say which keys are here, by their public keys, the newest first"
    shown = actions.add_parser("list", help=text, description=text[0].upper() + text[1:] + ".")
    shown.set_defaults(run=_list)
    text = "take a key away; secrets that are encrypted to it cannot be shown here any more"
    gone = actions.add_parser("remove", help=text, description=text[0].upper() + text[1:] + ".")
    gone.add_argument("public", metavar="PUBLIC-KEY", help="as “list” says it: age1...")
    gone.set_defaults(run=_remove)


def _add(args: argparse.Namespace) -> int:
    from agent_desktop.core import handoff_key

    try:
        key = handoff_key.read(args.file)
        handoff_key.add(key)
    except (handoff_key.BadKey, secrets.NoKeyring, OSError) as error:
        return _failed(error)
    print(f"in the keyring   {key.public}")
    print(f'the collector\'s file says secrets_to = "{key.public}" from now on')
    print(f"keep {args.file} where only administrators read it: other desks need it too")
    return Exit.OK


def _list(_args: argparse.Namespace) -> int:
    from agent_desktop.core import handoff_key

    for key in handoff_key.known():
        print(key.public)
    return Exit.OK


def _remove(args: argparse.Namespace) -> int:
    from agent_desktop.core import handoff_key

    try:
        handoff_key.remove(args.public)
    except (handoff_key.BadKey, secrets.NoKeyring) as error:
        return _failed(error)
    print("removed")
    return Exit.OK


def _failed(error: Exception) -> int:
    no_keyring = isinstance(error, secrets.NoKeyring)
    words = f"No keyring takes it ({error}): see “agent-desktop doctor”." if no_keyring else str(error)
    print(f"agent-desktop: {words}", file=sys.stderr)
    return Exit.FAILED
