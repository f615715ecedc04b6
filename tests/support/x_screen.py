"""A real X screen with a window manager, a program to type into, and hands: what no offscreen window can tell."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WAIT_S = 60.0


class XScreen:
    """``xdo`` runs xdotool; all started here ends with it."""

    def __init__(self, program: Callable[[str], str], folder: Path, size: str = "1440x900"):
        read, write = os.pipe()
        self._log = (folder / "x.log").open("wb")
        command = [
            program("Xvfb"),
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._processes = [subprocess.Popen(command, pass_fds=[write], stdout=self._log, stderr=self._log)]
        os.close(write)
        number = b""
        while not number.endswith(b"\n"):
            ready, _, _ = select.select([read], [], [], WAIT_S)
            assert ready, "Xvfb did not start"
            number += os.read(read, 16)
        os.close(read)
        self.display = f":{number.decode().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self._xdotool = program("xdotool")
        self._processes.append(
            subprocess.Popen(
                [program("openbox"), "--sm-disable"], env=self.environment, stdout=self._log, stderr=self._log
            )
        )

    def wait(self) -> "XScreen":
        """Until the window manager is there."""
        self.until(lambda: self.xdo("get_num_desktops").isdigit(), "the window manager is there")
        return self

    def xdo(self, *arguments: object) -> str:
        """What xdotool says, empty if it failed."""
        done = subprocess.run(
            [self._xdotool, *map(str, arguments)], env=self.environment, capture_output=True, text=True, timeout=WAIT_S
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def shown(self, title: str) -> str:
        """The window of that title that can be seen, if there is one."""
        return self.xdo("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def until(self, condition: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + WAIT_S
        while not condition():
            assert time.monotonic() < deadline, f"never happened: {what}"
            time.sleep(0.02)  # X tells a stranger nothing about other programs' windows

    def appears(self, title: str) -> str:
        self.until(lambda: self.shown(title), f"{title!r} is on the screen")
        return self.shown(title)

    def gone(self, title: str) -> None:
        self.until(lambda: not self.shown(title), f"{title!r} is gone")

    def click(self, window: str, x: int, from_bottom: int) -> None:
        """At a place of a window: ``x`` from its left edge, ``from_bottom`` above its lower one."""
        sizes = dict(
            line.split("=") for line in self.xdo("getwindowgeometry", "--shell", window).splitlines() if "=" in line
        )
        self.xdo("mousemove", int(sizes["X"]) + x, int(sizes["Y"]) + int(sizes["HEIGHT"]) - from_bottom, "click", "1")

    def close(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.wait(WAIT_S)
        self._log.close()


class Typing:
    """Another program's window with a text field; ``text`` is what has been typed into it."""

    TITLE = "A mail to somebody"

    def __init__(self, screen: XScreen):
        self._screen = screen
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.x_screen"],
            cwd=ROOT, env=screen.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._heard = b""
        self.text = ""
        self.window = screen.appears(self.TITLE)

    def front(self) -> None:
        """Give it the keyboard."""
        self._screen.xdo("windowactivate", "--sync", self.window)
        self._screen.until(lambda: self._screen.xdo("getactivewindow") == self.window, "it has the keyboard")

    def until(self, text: str) -> None:
        assert self._process.stdout is not None
        deadline = time.monotonic() + WAIT_S
        while self.text != text:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"only {self.text!r} was typed"
            self._heard += os.read(self._process.stdout.fileno(), 4096)
            *lines, self._heard = self._heard.split(b"\n")
            for line in lines:
                self.text = json.loads(line)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(WAIT_S)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def x_screen(program: Callable[[str], str], folder: Path) -> Iterator[XScreen]:
    screen = XScreen(program, folder)
    try:
        yield screen.wait()
    finally:
        screen.close()


def main() -> int:
    from PySide6.QtWidgets import QApplication, QLineEdit

    application = QApplication(sys.argv)
    field = QLineEdit()
    field.setWindowTitle(Typing.TITLE)
    field.resize(400, 60)
    field.textChanged.connect(lambda text: print(json.dumps(text), flush=True))
    field.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
