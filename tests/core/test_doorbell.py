"""The door at which other programs of this user ask the open window to dial."""

import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.core.doorbell import MAX_LINE, Doorbell, ring
from agent_desktop.paths import Profile
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "desk")
    made.make()
    return made


@pytest.fixture
def heard(profile: Profile) -> Iterator[list[str]]:
    """What the open window is asked to dial."""
    numbers: list[str] = []
    bell = Doorbell(profile)
    bell.rang.connect(numbers.append)
    yield numbers
    bell.close()


def visit(profile: Profile, said: bytes) -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as door:
        door.connect(str(profile.engine_dir / "door"))
        door.sendall(said)


def test_nobody_at_home(profile: Profile) -> None:
    assert not ring(profile, "+48601442190")


def test_one_line_is_handed_over_and_only_this_user_gets_to_the_door(profile: Profile, heard: list[str]) -> None:
    assert ring(profile, "+48 601\n442 190")
    spin_until(lambda: heard, "the bell")
    assert heard == ["+48 601 442 190"]
    assert stat.S_IMODE(profile.engine_dir.stat().st_mode) == 0o700


@pytest.mark.parametrize("said", [b"", b"\n", b"\x1b[2J\n", b"\x00\xff\xfe\n"])
def test_visitors_without_a_number_are_turned_away_and_do_no_harm(
    profile: Profile, heard: list[str], said: bytes
) -> None:
    visit(profile, said)
    visit(profile, b"112" + b"0" * 2 * MAX_LINE + b"\n")
    spin_until(lambda: heard, "the next visitor")
    assert len(heard) == 1
    assert len(heard[0]) <= MAX_LINE + 1


def test_a_closed_window_leaves_no_door_that_answers(profile: Profile) -> None:
    Doorbell(profile).close()
    assert not ring(profile, "1")
