"""A second program hands an order to the open window, whatever the profile's path; nobody else's text gets through."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop import running
from agent_desktop.core.doorbell import Doorbell
from agent_desktop.paths import Profile


class Visitor:
    """Tells from a thread of its own: the window answers in this one."""

    def __init__(self, qtbot: QtBot):
        self._qtbot = qtbot

    def __call__(self, tell: Callable[[], str | None]) -> str | None:
        answers: list[str | None] = []
        thread = threading.Thread(target=lambda: answers.append(tell()))
        thread.start()
        self._qtbot.waitUntil(lambda: bool(answers))
        thread.join()
        return answers[0]


@pytest.fixture
def visit(qtbot: QtBot) -> Visitor:
    return Visitor(qtbot)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / ("a long way down " * 9))  # longer than a Unix socket's path may be
    made.make()
    return made


class Window:
    """What an open window does with an order."""

    def __init__(self, profile: Profile) -> None:
        self.orders: list[tuple[str, str]] = []
        self.says = ""
        self.door = Doorbell(profile, self.obey)

    def obey(self, order: str, text: str) -> str:
        self.orders.append((order, text))
        return self.says


@pytest.fixture
def window(profile: Profile, qtbot: QtBot) -> Iterator[Window]:
    made = Window(profile)
    yield made
    made.door.close()


def test_an_order_reaches_the_window_and_its_answer_comes_back(
    profile: Profile, window: Window, visit: Visitor
) -> None:
    assert visit(lambda: running.tell(profile, running.DIAL, "+48 601 442 190")) == running.DONE
    window.says = "Not now: no call rings"
    assert visit(lambda: running.tell(profile, running.CONTROL, "answer")) == "Not now: no call rings"
    assert window.orders == [("dial", "+48 601 442 190"), ("control", "answer")]


def test_the_window_used_last_is_told(profile: Profile, window: Window, visit: Visitor, tmp_path: Path) -> None:
    running.remember(profile)
    running.remember(Profile(tmp_path / "closed"))
    assert visit(lambda: running.tell_last_used(running.DIAL, "601442190")) == running.DONE
    assert window.orders == [("dial", "601442190")]


def test_without_a_window_nobody_answers(profile: Profile) -> None:
    assert running.tell(profile, running.DIAL, "601442190") is None
    Window(profile).door.close()
    assert running.tell(profile, running.DIAL, "601442190") is None


def test_a_new_window_takes_the_place_of_one_that_crashed(profile: Profile, visit: Visitor) -> None:
    crashed, new = Window(profile), Window(profile)  # the first still has its place in the folder
    assert visit(lambda: running.tell(profile, running.DIAL, "112")) == running.DONE
    assert (crashed.orders, new.orders) == ([], [("dial", "112")])
    new.door.close()
    crashed.door.close()


@pytest.mark.parametrize(
    "line",
    [b"\n", b"\x00\x01\n", b"dial 4\x1b[31m\n", b"dial \n", b"dial\n", b"control format\n", b"run away\n", b"d" * 2000],
)
def test_only_a_printable_order_is_heard(profile: Profile, window: Window, visit: Visitor, line: bytes) -> None:
    def knock() -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as visitor:
            visitor.connect(f"/proc/self/fd/{window.door._folder}/door")
            visitor.sendall(line)
            try:
                return visitor.recv(100).decode()
            except ConnectionResetError:  # the window did not read it all
                return "\n"

    assert visit(knock) in ("\n", "")
    assert window.orders == []
    assert visit(lambda: running.tell(profile, running.DIAL, "the next one")) == running.DONE
