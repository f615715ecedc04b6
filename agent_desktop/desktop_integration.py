"""The program in this user's desktop: menu entry, icon, and the handler of tel:, sip:, sips: and callto: links."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from agent_desktop import paths

SCHEMES = ("tel", "sip", "sips", "callto")
HANDLER = "agent-desktop-dial.desktop"
_ENTRIES = ("agent-desktop.desktop", HANDLER)
_ICON = "agent-desktop.svg"
_TOLD_WITHIN_S = 20


def install(*, default: bool = False) -> list[str]:
    """Put entries and icon into the user's folders, overwriting ours of before; what was done, a line each.

    With ``default`` links of all four kinds come to this program from now on. Raises OSError.
    """
    done = []
    for name in _ENTRIES:
        text = paths.resource("desktop", name).read_text("utf-8")
        done.append(_write(_applications() / name, text.replace("Exec=agent-desktop ", f"Exec={command()} ")))
    done.append(_write(_icons() / _ICON, paths.resource("desktop", _ICON).read_text("utf-8")))
    done += _refresh()
    if default:
        kinds = [f"x-scheme-handler/{scheme}" for scheme in SCHEMES]
        asked = _run("xdg-mime", "default", HANDLER, *kinds)
        told = "links to tel:, sip:, sips: and callto: open here from now on"
        done.append(told if asked else "not made the default: there is no xdg-mime here (Debian package xdg-utils)")
    return done


def remove() -> list[str]:
    """Take away what ``install`` put there; what was done, a line each. Raises OSError."""
    done = []
    for file in (*(_applications() / name for name in _ENTRIES), _icons() / _ICON):
        if file.exists():
            file.unlink()
            done.append(f"removed {file}")
    return [*done, *_refresh()] if done else ["nothing to remove"]


def command() -> str:
    """How a desktop entry starts this very installation, quoted by the Desktop Entry Specification."""
    found = shutil.which("agent-desktop", path=os.path.dirname(sys.executable)) or shutil.which("agent-desktop")
    words = [found] if found else [sys.executable, "-m", "agent_desktop"]
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """Section "The Exec key": in quotes, four characters escaped; then escaped again as any value is, and % twice."""
    escaped = "".join("\\" + c if c in '"`$\\' else c for c in word)
    plain = escaped == word and not any(c in " \t'<>~|&;*?#()" for c in word)
    shown = word if plain else f'"{escaped}"'
    return shown.replace("\\", "\\\\").replace("%", "%%")


def _write(file: Path, text: str) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return f"wrote {file}"


def _refresh() -> list[str]:
    known = _run("update-desktop-database", str(_applications()))
    return ["told the desktop"] if known else []


def _run(program: str, *arguments: str) -> bool:
    """Whether the program is there and did it."""
    path = shutil.which(program)
    if path is None:
        return False
    try:
        ended = subprocess.run([path, *arguments], capture_output=True, timeout=_TOLD_WITHIN_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _data() -> Path:
    """Where this user's desktop looks, which is not where the program keeps its own things."""
    chosen = os.environ.get("XDG_DATA_HOME", "")
    return Path(chosen) if os.path.isabs(chosen) else Path.home() / ".local" / "share"


def _applications() -> Path:
    return _data() / "applications"


def _icons() -> Path:
    return _data() / "icons" / "hicolor" / "scalable" / "apps"
