"""The screen stays on while it is held: by the desktop's screen saver, else its portal, else not at all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from agent_desktop.core.awake import Awake
from agent_desktop.core.session_bus import Method, SessionBus
from tests.support.bus import bus_daemon, heard_out
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bus(program: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with bus_daemon(program) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        made = SessionBus()
        yield made
        made.close()


class Desktop(SessionBus):
    """Keeps its screen on for whoever asks; ``held`` is why."""

    def __init__(self, *, portal: bool) -> None:
        super().__init__()
        assert self.open()
        self.held: dict[object, str] = {}
        if portal:
            handle = "/org/freedesktop/portal/desktop/request/1"
            methods = {"Inhibit": Method("sua{sv}", self._by_portal, "o")}
            self.serve("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit", methods)
            close = {"Close": Method("", lambda: self.held.pop(handle, None))}
            self.serve(handle, "org.freedesktop.portal.Request", close)
            self.own("org.freedesktop.portal.Desktop")
        else:
            name = "org.freedesktop.ScreenSaver"
            methods = {
                "Inhibit": Method("ss", self._inhibit, "u"),
                "UnInhibit": Method("u", lambda cookie: self.held.pop(cookie, None)),
            }
            self.serve("/org/freedesktop/ScreenSaver", name, methods)
            self.own(name)
        heard_out(self)

    def _inhibit(self, _program: str, why: str) -> tuple[int]:
        self.held[7] = why
        return (7,)

    def _by_portal(self, _window: str, flags: int, options: dict[str, Any]) -> tuple[str]:
        assert flags == 8, "idle, and nothing else"
        self.held["/org/freedesktop/portal/desktop/request/1"] = options["reason"][1]
        return ("/org/freedesktop/portal/desktop/request/1",)


@pytest.mark.parametrize("portal", [False, True])
def test_the_screen_is_held_and_let_go(bus: SessionBus, portal: bool) -> None:
    desktop = Desktop(portal=portal)
    awake = Awake(bus)
    awake.hold("a wallboard")
    awake.hold("a wallboard")
    spin_until(lambda: list(desktop.held.values()) == ["a wallboard"], "the screen is held")
    spin_until(lambda: awake._cookie is not None or awake._request, "the answer")
    awake.release()
    spin_until(lambda: not desktop.held, "and let go")
    awake.hold("again")
    awake.release()  # before it was answered
    heard_out(bus)
    spin_until(lambda: not desktop.held, "let go all the same")
    desktop.close()


def test_a_desktop_without_either_is_no_trouble(bus: SessionBus) -> None:
    awake = Awake(bus)
    awake.hold("a wallboard")
    heard_out(bus)
    awake.release()
    assert not awake.held
