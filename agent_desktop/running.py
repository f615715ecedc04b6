"""Which window was used last, and how another program tells an open window something: one line over a local socket."""

import os
import socket
from pathlib import Path

import platformdirs

from agent_desktop.paths import APP_NAME, Profile, default_profile

DIAL, CONTROL = "dial", "control"
CONTROLS = ("answer", "hangup", "mute", "hold", "ready", "show")
DONE = "done"
MAX_LINE = 1_200  # an address of the longest kind, were every character of it four bytes
ANSWER_WITHIN_S = 3.0
_REMEMBERED = 8


def tell(profile: Profile, order: str, text: str) -> str | None:
    """Hand an order to the profile's open window: DONE, or its words why not; None if there is no window.

    Raises ValueError for a text that is no single printable line of at most MAX_LINE bytes.
    """
    line = f"{order} {text}".encode()
    if not text.isprintable() or len(line) > MAX_LINE:
        raise ValueError("not a line that a window would take")
    folder = open_folder(profile)
    if folder is None:
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.settimeout(ANSWER_WITHIN_S)
            door.connect(f"/proc/self/fd/{folder}/door")
            door.sendall(line + b"\n")
            answer = b""
            while not answer.endswith(b"\n") and (more := door.recv(MAX_LINE)):
                answer += more
    except OSError:
        return None
    finally:
        os.close(folder)
    return answer.decode("utf-8", "replace").strip() or None


def open_folder(profile: Profile) -> int | None:
    """Unix socket paths end at 108 bytes; an open folder's /proc name is short whatever the profile's is."""
    try:
        return os.open(profile.engine_dir, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def tell_last_used(order: str, text: str) -> str | None:
    """As ``tell``, to the window whose profile was used last among those that are open."""
    for profile in last_used():
        answer = tell(profile, order, text)
        if answer is not None:
            return answer
    return None


def last_used() -> list[Profile]:
    """The profiles whose windows were used, the last one first; the user's own is always among them."""
    try:
        lines = _memory().read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    found = [Profile(Path(line)) for line in lines[:_REMEMBERED] if os.path.isabs(line)]
    own = default_profile()
    return found if own in found else [*found, own]


def remember(profile: Profile) -> None:
    """This profile's window is in use now. Without a place to write it in, nothing is remembered."""
    root = profile.root.absolute()
    before = [known.root for known in last_used()]
    if before[:1] == [root] and _memory().exists():
        return
    names = [str(root), *(str(known) for known in before if known != root)]
    fresh = _memory().with_suffix(".new")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text("\n".join(names[:_REMEMBERED]) + "\n", "utf-8")
        os.replace(fresh, _memory())
    except OSError:
        return


def _memory() -> Path:
    return Path(platformdirs.user_state_path(APP_NAME, appauthor=False)) / "profiles"
