"""Listening in as the manager tells it: when it began, why it did not, what ended, and what another collector left."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from agent_desktop import clock
from agent_desktop.collector import ami
from agent_desktop.collector.monitors import WANTED, Monitors, Nonsense, channels_of, name_of
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.words import RequestKind, RequestState
from tests.collector.manager import SECRET, PbxManager

ANN, BEN = UUID(int=1), UUID(int=2)


def wanted(mode: str = "listen", by: UUID = BEN, **detail: str) -> PbxRequestRow:
    return PbxRequestRow(uuid4(), clock.now(), RequestKind.MONITOR, RequestState.TAKEN, by, ANN, None, "",
                         {"mode": mode, **detail}, "", None)  # fmt: skip


def with_pbx(test: Callable[[PbxManager, ami.Manager, Monitors], Any]) -> None:
    async def run() -> None:
        pbx, monitors = PbxManager(), Monitors()
        pbx.answers["CoreShowChannels"] = lambda _: (
            {"Response": "Success"}, [{"Event": "CoreShowChannel", "Channel": "PJSIP/1001-0000a"}],
        )  # fmt: skip
        await pbx.start()

        def hear(events: ami.Events) -> None:
            for name, fields in events:
                monitors.take(name, fields)

        manager = await ami.connect("127.0.0.1", pbx.port, tls=None, wanted=WANTED, heard=hear)
        await manager.sign_in("x", SECRET)
        try:
            await test(pbx, manager, monitors)
        finally:
            manager.close()
            await pbx.stop()

    asyncio.run(run())


def test_the_channels_of_one_are_not_those_of_another() -> None:
    assert channels_of("PJSIP/101") == "PJSIP/101-"
    assert channels_of("Local/1101@desks/n") == "Local/1101@desks-"
    assert not "PJSIP/1012-0001".startswith(channels_of("PJSIP/101"))


def test_it_is_done_when_something_is_heard_and_refused_when_the_phone_is_not_there() -> None:
    async def test(pbx: PbxManager, manager: ami.Manager, monitors: Monitors) -> None:
        async def begin(asked: PbxRequestRow, event: str, **fields: str) -> str:
            going = asyncio.ensure_future(monitors.begin(manager, asked, "PJSIP/1002", "PJSIP/1001", "Ann"))
            while not any(one.get("ChannelId") == name_of(asked.id) for one in pbx.asked):
                await asyncio.sleep(0)
            pbx.tell(event, fields)
            return await going

        one = wanted()
        assert await begin(one, "ChanSpyStart", SpyerUniqueid=name_of(one.id)) == ""
        (call,) = [asked for asked in pbx.asked if asked["Action"] == "Originate"]
        assert (call["Data"], call["Channel"]) == ("PJSIP/1001-,qESd", "PJSIP/1002")
        assert call["Variable"] == f"PJSIP_HEADER(add,X-Monitor)={one.id}"
        for fields, words in (({"Reason": "5"}, "is busy"), ({"Reason": "0"}, "cannot be reached")):
            other = wanted()
            told = {"Response": "Failure", "Uniqueid": name_of(other.id), **fields}
            with pytest.raises(Nonsense, match=words):
                await begin(other, "OriginateResponse", **told)
        with pytest.raises(Nonsense, match="in no call"):
            await monitors.begin(manager, wanted(), "PJSIP/1002", "PJSIP/100", "Ann")
        with pytest.raises(Nonsense, match="three ways"):
            await monitors.begin(manager, wanted("shout"), "PJSIP/1002", "PJSIP/1001", "Ann")

        assert monitors.change(wanted("whisper", of=str(one.id))) == ""
        for changed in (wanted("whisper", ANN, of=str(one.id)), wanted("barge", of=str(uuid4()))):
            with pytest.raises(Nonsense, match="has ended"):
                monitors.change(changed)
        assert len(monitors.take_ended()) == 1, "a change of mode is no call"
        monitors.take("Hangup", {"Uniqueid": "1.2"})
        assert monitors.take_ended() == []
        monitors.take("ChanSpyStop", {"SpyerUniqueid": name_of(one.id)})
        monitors.take("Hangup", {"Uniqueid": name_of(one.id)})
        assert monitors.take_ended() == [one.id]

    with_pbx(test)


def test_what_another_collector_began_is_followed_or_over() -> None:
    async def test(pbx: PbxManager, manager: ami.Manager, monitors: Monitors) -> None:
        goes_on, gone = wanted(), wanted()
        pbx.answers["Status"] = lambda asked: (
            ({"Response": "Success"} if asked["Channel"] == name_of(goes_on.id) else
             {"Response": "Error", "Message": "No such channel"}), (),
        )  # fmt: skip
        assert await monitors.check(manager, (goes_on, gone)) == [gone.id]
        assert set(monitors.going) == {goes_on.id}
        monitors.take("Hangup", {"Uniqueid": name_of(goes_on.id)})
        assert monitors.take_ended() == [goes_on.id]

    with_pbx(test)
