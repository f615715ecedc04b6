"""Whether a window can open here, found out without Qt in this process: where Qt cannot start, it ends the process."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

_WINDOWLESS = {"offscreen", "minimal", "vnc"}
WAIT_S = 15.0
_PROBE = """
import json, sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication(sys.argv[:1])
screen = app.primaryScreen()
size = f"{screen.size().width()}x{screen.size().height()}" if screen else ""
print(json.dumps({"platform": app.platformName(), "screen": size, "families": QFontDatabase.families()}))
"""


class Window(msgspec.Struct, frozen=True):
    """What a Qt program finds on this display; ``trouble`` is Qt's own message when it could not start."""

    platform: str = ""
    screen: str = ""
    families: tuple[str, ...] = ()
    trouble: str = ""


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window has somewhere to go, as far as the environment says."""
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in _WINDOWLESS:
        return False
    return sys.platform != "linux" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def probe_window(environment: Mapping[str, str]) -> Window:
    """Start Qt in another process as the program would, without a display offscreen."""
    environment = dict(environment)
    if not has_display(environment):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    done = ran([sys.executable, "-c", _PROBE], environment)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        return Window(trouble=next((line for line in lines if "qt.qpa" in line or "Error" in line), "Qt cannot start"))
    answer = json.loads(done.stdout.splitlines()[-1])
    return Window(answer["platform"], answer["screen"], tuple(answer["families"]))


def missing_libraries(with_window: bool) -> list[str]:
    """Debian packages of the libraries that Qt wants and this computer does not have."""
    spec = importlib.util.find_spec("PySide6")
    ldd = shutil.which("ldd")
    if ldd is None or spec is None or spec.origin is None:
        return []
    plugin = "libqxcb.so" if with_window else "libqoffscreen.so"
    folder = Path(spec.origin).parent
    files = [folder / "QtGui.abi3.so", folder / "Qt" / "plugins" / "platforms" / plugin]
    listed = ran([ldd, *map(str, files)], os.environ).stdout
    return sorted({debian_package(name) for name in re.findall(r"(\S+) => not found", listed)})


def debian_package(library: str) -> str:
    """Debian's name for a shared library (libxcb-cursor.so.0 -> libxcb-cursor0)."""
    name, _, version = library.lower().partition(".so.")
    if name == "libglib-2.0":
        return "libglib2.0-0"
    return f"{name}{'-' if name[-1:].isdigit() else ''}{version.partition('.')[0]}"


def ran(command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program of ours or the system's to its end; one that hangs counts as failed."""
    try:
        return subprocess.run(  # noqa: S603 - fixed commands, nothing that a user typed
            command, env=environment, capture_output=True, text=True, timeout=WAIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"Error: no answer within {WAIT_S:.0f} seconds")
