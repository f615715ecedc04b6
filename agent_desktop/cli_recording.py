"""The commands of those who review recordings: make the centre's key pair, turn a recording into a WAV."""

import argparse
import sys
from pathlib import Path

from agent_desktop.exit_codes import Exit


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``recording`` to the command line."""
    text = "make the key pair for recordings, or decrypt one"
    parser = commands.add_parser("recording", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    text = "make a key pair: the private key goes into a file, the public key into the settings of every workstation"
    keygen = actions.add_parser("keygen", help=text, description=text[0].upper() + text[1:] + ".")
    keygen.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help="the private key; not yet there"
    )
    keygen.set_defaults(run=_keygen)
    text = "turn a recording into a WAV: left is the agent, right the customer, silence where it was paused"
    decrypt = actions.add_parser("decrypt", help=text, description=text[0].upper() + text[1:] + ".")
    decrypt.add_argument("file", metavar="FILE", type=Path, help="the recording (.wav.age)")
    decrypt.add_argument("--identity", metavar="KEYFILE", type=Path, required=True, help="the private key")
    decrypt.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the WAV; replaced if there")
    decrypt.set_defaults(run=_decrypt)


def _keygen(args: argparse.Namespace) -> int:
    from agent_desktop.core import recording_review

    try:
        public = recording_review.make_key(args.output)
    except recording_review.CannotReview as error:
        return _failed(str(error))
    print(f"private key   {args.output}  (keep a copy; without it no recording can ever be heard)")
    print(f"public key    {public}")
    return Exit.OK


def _decrypt(args: argparse.Namespace) -> int:
    from agent_desktop.core import recording_review

    try:
        done = recording_review.decrypt(args.file, args.identity, args.output)
    except recording_review.CannotReview as error:
        return _failed(str(error))
    minutes, seconds = divmod(done.seconds, 60)
    print(f"{args.output}  {int(minutes)}:{seconds:04.1f}")
    if done.complete:
        return Exit.OK
    return _failed("The recording does not reach its end: it was cut short, or changed. What could be read is there.")


def _failed(text: str) -> int:
    print(f"agent-desktop: {text}", file=sys.stderr)
    return Exit.FAILED
