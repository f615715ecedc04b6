"""The manager's protocol: signing in, answers and lists, events cut anywhere, and every way in which it fails."""

import asyncio
import ssl

import pytest

from agent_desktop.collector import ami
from tests.collector.manager import SECRET, PbxManager
from tests.support.certificates import Authority


def run(talk):
    """One conversation with a manager of its own."""

    async def whole():
        server = PbxManager()
        await server.start()
        heard = []
        manager = await ami.connect("127.0.0.1", server.port, tls=None, wanted={"Wanted"}, heard=heard.extend)
        try:
            await asyncio.wait_for(talk(server, manager, heard), 60)
        finally:
            manager.close()
            await server.stop()

    asyncio.run(whole())


def test_it_signs_in_without_sending_its_password():
    async def talk(server, manager, _heard):
        await manager.sign_in("ann", SECRET)
        assert SECRET not in str(server.asked)
        with pytest.raises(ami.Refusal, match="Authentication failed"):
            await manager.sign_in("ann", "wrong")

    run(talk)


def test_an_answer_brings_its_list_while_events_go_on():
    async def talk(server, manager, heard):
        await manager.sign_in("ann", SECRET)
        listed = [{"Event": "QueueMember", "Name": "Ann: the first"}, {"Event": "QueueMember", "Name": ""}]
        server.answers["QueueStatus"] = lambda _: ({"Response": "Success"}, listed)
        server.tell("Wanted", {"Key": "a: b", "Empty": "", "ActionID": "somebody else's"})
        server.tell("Unwanted", {"Key": "x"})
        reply = await manager.ask("QueueStatus")
        assert [fields["Name"] for _, fields in reply.events] == ["Ann: the first", ""]
        assert [(name, fields["Key"], fields["Empty"]) for name, fields in heard] == [("Wanted", "a: b", "")]
        assert manager.counts == {"Wanted": 1, "Unwanted": 1, "QueueMember": 2, "QueueStatusComplete": 1}

    run(talk)


def test_a_stream_cut_anywhere_gives_the_same_events():
    async def talk():
        whole = b"Asterisk Call Manager/9\r\n" + b"".join(
            f"Event: Wanted\r\nNumber: {number}\r\nText: \xf3\r\n\r\n".encode() for number in range(20)
        )
        for size in (1, 2, 3, 7, 50, 4096):
            heard = []
            manager = ami.Manager({"Wanted"}, heard.extend)
            for start in range(0, len(whole), size):
                manager.data_received(whole[start : start + size])
            assert [fields["Number"] for _, fields in heard] == [str(number) for number in range(20)]

    asyncio.run(talk())


def test_what_cannot_be_asked_is_told_in_words():
    async def talk(server, manager, _heard):
        server.answers["QueuePause"] = lambda _: ({"Response": "Error", "Message": "Interface not found"}, ())
        with pytest.raises(ami.Refusal, match="Interface not found"):
            await manager.ask("QueuePause", {"Interface": "PJSIP/1"})
        with pytest.raises(ValueError, match="more to the PBX than one line"):
            await manager.ask("QueuePause", {"Reason": "Lunch\r\nAction: Originate"})
        server.silent = True
        with pytest.raises(ami.ManagerTrouble, match="did not answer Ping within"):
            await manager.ask("Ping", within_s=0.05)
        waiting = asyncio.ensure_future(manager.ask("Ping"))
        await asyncio.sleep(0)
        manager.close()
        with pytest.raises(ami.ManagerTrouble, match="closed the connection"):
            await waiting
        with pytest.raises(ami.ManagerTrouble, match="no connection"):
            await manager.ask("Ping")

    run(talk)


def test_only_a_pbx_that_proves_its_name_is_talked_to(tmp_path):
    async def talk():
        authority = Authority(tmp_path)
        proof = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        proof.load_cert_chain(authority.server("pbx", address="127.0.0.1"))
        server = PbxManager(proof)
        await server.start()
        trusting = ssl.create_default_context(cafile=authority.file)
        manager = await ami.connect("127.0.0.1", server.port, tls=trusting, wanted=(), heard=lambda _: None)
        await manager.sign_in("ann", SECRET)
        manager.close()
        with pytest.raises(ami.ManagerTrouble, match="could not prove"):
            await ami.connect(
                "127.0.0.1", server.port, tls=ssl.create_default_context(), wanted=(), heard=lambda _: None
            )
        await server.stop()
        with pytest.raises(ami.ManagerTrouble, match="cannot be reached"):
            await ami.connect("127.0.0.1", server.port, tls=None, wanted=(), heard=lambda _: None)

    asyncio.run(talk())
