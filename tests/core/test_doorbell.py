"""A second program hands a number to the open window, whatever the profile's path; nobody else's text gets through."""

import socket
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.core.doorbell import Doorbell, ring
from agent_desktop.paths import Profile


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / ("a long way down " * 9))  # longer than a Unix socket's path may be
    made.make()
    return made


def test_a_number_reaches_the_window(profile: Profile, qtbot: QtBot) -> None:
    door = Doorbell(profile)
    with qtbot.waitSignal(door.rang) as rung:
        assert ring(profile, "+48 601 442 190")
    assert rung.args == ["+48 601 442 190"]
    door.close()


def test_without_a_window_nobody_answers(profile: Profile) -> None:
    assert not ring(profile, "601442190")
    door = Doorbell(profile)
    door.close()
    assert not ring(profile, "601442190")


def test_a_new_window_takes_the_place_of_one_that_crashed(profile: Profile, qtbot: QtBot) -> None:
    crashed = Doorbell(profile)  # still has the place in the folder
    door = Doorbell(profile)
    with qtbot.waitSignal(door.rang) as rung:
        assert ring(profile, "112")
    assert rung.args == ["112"]
    door.close()
    crashed.close()


@pytest.mark.parametrize("line", [b"\n", b"\x00\x01\n", b"4\x1b[31m\n", b"12\n34\n"])
def test_only_a_printable_line_is_heard(profile: Profile, qtbot: QtBot, line: bytes) -> None:
    door = Doorbell(profile)
    heard: list[str] = []
    door.rang.connect(heard.append)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
        visitor.connect(f"/proc/self/fd/{door._folder}/door")
        visitor.sendall(line)
    assert ring(profile, "the next one")
    qtbot.waitUntil(lambda: heard[-1:] == ["the next one"])
    assert heard[:-1] == (["12"] if line.startswith(b"12") else [])
    door.close()
