"""What the desktop and the phone engine say to each other: frozen values, JSON on a local authenticated socket.

``call_id`` names a call of one engine: made by the engine for incoming calls, by the desktop for outgoing ones. Times
are microseconds since 1970, UTC.
"""

import msgspec

from agent_desktop.telephony.frames import *  # noqa: F403 - one name for all that is said
from agent_desktop.telephony.phone_commands import *  # noqa: F403
from agent_desktop.telephony.phone_commands import Command
from agent_desktop.telephony.phone_events import *  # noqa: F403
from agent_desktop.telephony.phone_events import EngineMessage
from agent_desktop.telephony.trouble import Trouble as Trouble

_commands = msgspec.json.Decoder(Command)
_engine_messages = msgspec.json.Decoder(EngineMessage)


def command(body: bytes) -> Command:
    """Raises msgspec.ValidationError."""
    decoded: Command = _commands.decode(body)
    return decoded


def engine_message(body: bytes) -> EngineMessage:
    """Raises msgspec.ValidationError."""
    decoded: EngineMessage = _engine_messages.decode(body)
    return decoded
