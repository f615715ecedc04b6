"""One window that is driven through its scenes, each taken in every look."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import demo
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow

MARTA = "+48601442190"
NOTE = (
    "October bill used an estimate (8 412 kWh). Customer sent a photo of the meter: 48 655. "
    "Re-read stays on Tuesday 08-12, bill paused until then."
)


class Look(msgspec.Struct, frozen=True):
    """One way to show everything."""

    name: str
    mode: str = "light"
    size: tuple[int, int] = (1440, 900)
    text_size: int = 100
    mirrored: bool = False


LOOKS = (
    Look("light"),
    Look("dark", mode="dark"),
    Look("small", size=(1280, 720)),
    Look("large-text", mode="dark", text_size=150),
    Look("rtl", mirrored=True),
)


class Studio:
    """Drives one window through the screens; each scene is taken in every look."""

    def __init__(self, window: MainWindow, practice: demo.Practice, folder: Path):
        self.window, self.practice, self.folder = window, practice, folder
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.application = application
        self.taken: list[Path] = []

    def take(
        self,
        scene: str,
        small: Callable[[], QWidget | None] = lambda: None,
        again: Callable[[], object] = lambda: None,
    ) -> None:
        """The present scene in every look; ``small`` finds the window to show instead of the main one, ``again``
        does what another size has undone."""
        for look in LOOKS:
            self._dress(look)
            self.wait(0.35)
            again()
            self.wait(0.1)
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # of what just changed, as before a paint
            file = self.folder / f"{scene}-{look.name}.png"
            if not (small() or self.window).grab().save(str(file)):
                raise OSError(f"the picture cannot be written: {file}")
            self.taken.append(file)
        self._dress(LOOKS[0])

    def _dress(self, look: Look) -> None:
        direction = Qt.LayoutDirection.RightToLeft if look.mirrored else Qt.LayoutDirection.LeftToRight
        if self.application.layoutDirection() != direction:
            self.application.setLayoutDirection(direction)
        if (theme.mode, theme.scale) != (look.mode, look.text_size / 100):
            theme.apply(self.application, look.mode, look.text_size)
        self.window.resize(*look.size)

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let the program run for so long, or until something is so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.004)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def act(self, name: str) -> None:
        """An action by name, as its key would."""
        self.window.action(name).trigger()
        self.wait(0.3)
