"""On a real X screen: keys pressed in another program's window reach us, whatever Caps Lock says, and one at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.core.x_keys import XKeys
from tests.support.x_screen import XScreen, x_screen

KEYS = {"answer": "Ctrl+Shift+F2", "mute": "Meta+m"}


@pytest.fixture
def screen(program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[XScreen]:
    with x_screen(program, tmp_path) as made:
        monkeypatch.setenv("DISPLAY", made.display)
        yield made


def test_keys_reach_us_from_anywhere(screen: XScreen, qtbot: QtBot) -> None:
    keys, pressed = XKeys(), []
    keys.pressed.connect(pressed.append)
    assert keys.grab(KEYS) == []
    screen.xdo("key", "ctrl+shift+F2")
    qtbot.waitUntil(lambda: pressed == ["answer"])
    screen.xdo("key", "Caps_Lock")
    screen.xdo("key", "ctrl+shift+F2")
    qtbot.waitUntil(lambda: pressed == ["answer", "answer"])
    screen.xdo("key", "Caps_Lock")
    screen.xdo("key", "super+m")
    qtbot.waitUntil(lambda: pressed[2:] == ["mute"])
    screen.xdo("key", "F2")
    screen.xdo("keydown", "super+m")  # held for longer than the screen takes to repeat keys
    qtbot.waitUntil(lambda: pressed[3:] == ["mute"])
    with qtbot.waitSignal(keys.pressed, timeout=1_000, raising=False) as again:
        pass
    assert not again.signal_triggered, "a held key is pressed once"
    screen.xdo("keyup", "super+m")

    other = XKeys()
    assert other.grab(KEYS) == ["answer", "mute"], "somebody has them"
    keys.release()
    assert other.grab({**KEYS, "hangup": "Ctrl+Nonsense", "hold": "m", "ready": "Hyper+F1"}) == [
        "hangup", "hold", "ready",
    ]  # fmt: skip
    other.release()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib forgets its socket then
def test_without_a_screen_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(OSError, match=r"."):
        XKeys().grab(KEYS)


def test_a_screen_that_ends_takes_the_keys_with_it(
    program: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    keys = XKeys()
    with x_screen(program, tmp_path) as made:
        monkeypatch.setenv("DISPLAY", made.display)
        assert keys.grab(KEYS) == []
    qtbot.waitUntil(lambda: keys._display is None)
