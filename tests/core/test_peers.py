"""Whose word about a caller is believed, and whose calls may be answered by themselves."""

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop import tasks
from agent_desktop.core.peers import Peers, host
from agent_desktop.settings import Phone


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("pbx.example.com:5060", "pbx.example.com"),
        ("10.0.0.1", "10.0.0.1"),
        ("[2001:db8::1]:5060", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_an_address_without_its_port(address: str, name: str) -> None:
    assert host(address) == name


def test_the_exchange_is_believed_by_its_name_and_its_addresses(qtbot: QtBot) -> None:
    lanes = tasks.Tasks()
    peers = Peers(lambda: Phone(domain="localhost:5060", trusted_peers=()), lanes)
    assert not peers.trusts("127.0.0.1:5060")
    peers.look_up()
    assert peers.trusts("localhost:5060")
    qtbot.waitUntil(lambda: peers.trusts("127.0.0.1:5060"))
    lanes.stop()


def test_only_who_is_trusted_and_opted_in_may_be_answered_for_the_agent() -> None:
    lanes = tasks.Tasks()
    settings = Phone(trusted_peers=("10.0.0.1", "10.0.0.2"), auto_answer_peers=("10.0.0.2", "10.0.0.3"))
    peers = Peers(lambda: settings, lanes)
    assert [peers.may_answer_for_us(f"10.0.0.{n}:5060") for n in (1, 2, 3)] == [False, True, False]
    lanes.stop()
