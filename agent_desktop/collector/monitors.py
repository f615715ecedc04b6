"""Listening in: a call of ChanSpy to who asked, under a name of ours by which it is known from its ring to its end.

The name is the channel's unique id, so that another collector, or this one after a restart, finds it again.
"""

import asyncio
import contextlib
from uuid import UUID

from agent_desktop.collector.ami import Fields, Manager, ManagerTrouble, Refusal
from agent_desktop.data.centre_rows import PbxRequestRow

WANTED = frozenset(("ChanSpyStart", "ChanSpyStop", "OriginateResponse", "Hangup"))
# Quiet, ends with the agent's call; d: its mode can be changed. Without w and B nothing of the listener is sent.
_OPTIONS = {"listen": "qESd", "whisper": "qESdw", "barge": "qESdB"}
_RING_S = 15
_BEGINS_S = 20.0
_PREFIX = "agent-desktop-"
_WHY = {
    "0": "cannot be reached",
    "1": "did not answer",
    "5": "is busy",
    "8": "cannot be reached",
}  # of OriginateResponse


class Nonsense(Exception):
    """A request that cannot be carried out as it stands; the text says why."""


def name_of(key: UUID) -> str:
    """What the channel of this request is called."""
    return f"{_PREFIX}{key}"


class Monitors:
    """Those of one PBX. ``going`` are the requests whose listener hears somebody now."""

    def __init__(self) -> None:
        self.going: dict[UUID, PbxRequestRow] = {}
        self._ended: list[UUID] = []
        self._begins: dict[UUID, asyncio.Future[str]] = {}  # why it does not; "": it has

    def take(self, name: str, fields: Fields) -> None:
        """An event of the manager."""
        key = _key_of(fields.get("SpyerUniqueid" if name.startswith("ChanSpy") else "Uniqueid", ""))
        if key is None:
            return
        if name == "ChanSpyStart":
            self._tell(key, "")
        elif name == "OriginateResponse" and fields.get("Response") == "Failure":
            self._tell(key, _WHY.get(fields.get("Reason", ""), "cannot be called"))
        elif name in ("ChanSpyStop", "Hangup"):
            self._tell(key, "did not answer")
            if self.going.pop(key, None) is not None:
                self._ended.append(key)

    def take_ended(self) -> list[UUID]:
        """The requests that listen no more, since the last call of this."""
        ended, self._ended = self._ended, []
        return ended

    def lost(self) -> None:
        """The connection to the PBX: what goes on there is asked for again."""
        self.going.clear()
        for key in list(self._begins):
            self._tell(key, "was lost with the connection to the PBX")

    async def check(self, manager: Manager, open_ones: tuple[PbxRequestRow, ...]) -> list[UUID]:
        """Of those that began by the database, which this PBX knows no more; the others are followed from now on.

        Raises ManagerTrouble.
        """
        gone = []
        for row in open_ones:
            try:
                await manager.ask("Status", {"Channel": name_of(row.id)})
            except Refusal:
                gone.append(row.id)
            else:
                self.going[row.id] = row
        return gone

    async def begin(self, manager: Manager, asked: PbxRequestRow, listener: str, about: str, name: str) -> str:
        """Call the ``listener`` and let them hear the interface ``about``; returns once they do.

        Raises Refusal, Nonsense, ManagerTrouble.
        """
        mode = asked.detail.get("mode", "listen")
        if mode not in _OPTIONS:
            raise Nonsense("There are three ways: listen, whisper, barge.")
        prefix = channels_of(about)
        if not await _talks(manager, prefix):
            raise Nonsense(f"{name} is in no call on the PBX.")
        begins = self._begins[asked.id] = asyncio.get_running_loop().create_future()
        try:
            await manager.ask("Originate", _call(asked, listener, f"{prefix},{_OPTIONS[mode]}", f"{name} <{mode}>"))
            async with asyncio.timeout(_BEGINS_S):
                why = await begins
        except TimeoutError:
            why = "did not answer"
            with contextlib.suppress(Refusal, ManagerTrouble):
                await manager.ask("Hangup", {"Channel": name_of(asked.id)})
        finally:
            self._begins.pop(asked.id, None)
        if why:
            raise Nonsense(f"Your phone {why}.")
        self.going[asked.id] = asked
        return ""

    def change(self, asked: PbxRequestRow) -> str:
        """Whether a call of theirs may go on in another mode. Their desk says that to ChanSpy itself, by a key that
        goes as a SIP message. Raises Nonsense.
        """
        of = asked.detail.get("of", "")
        before = next((row for key, row in self.going.items() if str(key) == of), None)
        if asked.detail.get("mode") not in _OPTIONS:
            raise Nonsense("There are three ways: listen, whisper, barge.")
        if before is None or (before.asked_by, before.agent_id) != (asked.asked_by, asked.agent_id):
            raise Nonsense("That listening has ended.")
        self._ended.append(asked.id)  # it is no call of its own
        return ""

    def _tell(self, key: UUID, why: str) -> None:
        begins = self._begins.get(key)
        if begins is not None and not begins.done():
            begins.set_result(why)


def channels_of(interface: str) -> str:
    """What the names of an interface's channels begin with: those of PJSIP/101 are none of PJSIP/1."""
    return "/".join(interface.split("/")[:2]) + "-"


async def _talks(manager: Manager, prefix: str) -> bool:
    reply = await manager.ask("CoreShowChannels")
    return any(fields.get("Channel", "").startswith(prefix) for _, fields in reply.events)


def _call(asked: PbxRequestRow, listener: str, data: str, called: str) -> Fields:
    """The header tells the listener's desktop that it asked for this call itself."""
    return {
        "Channel": listener,
        "ChannelId": name_of(asked.id),
        "Application": "ChanSpy",
        "Data": data,
        "CallerID": called,
        "Variable": f"PJSIP_HEADER(add,X-Monitor)={asked.id}",
        "Timeout": str(_RING_S * 1000),
        "Async": "true",
    }


def _key_of(unique: str) -> UUID | None:
    if not unique.startswith(_PREFIX):
        return None
    try:
        return UUID(unique.removeprefix(_PREFIX))
    except ValueError:
        return None
