"""How soon a caller is rung, beside other phones in the same run: baresip, and Linphone's desktop program.

One raw caller rings the phones in turn, so that all of them see the same machine. Each INVITE is cancelled after a
moment. Ours is the whole program on a virtual screen with its window minimised; an X11 listener notes when a window
comes onto the screen, and whether one comes for a caller who has gone. Needs xvfb, openbox and xdotool, and baresip and
linphone-desktop for their parts; a phone that is not installed is left out, with a word.

A caller has gone once they have read the final answer to their INVITE (487): a window is late if the X server, asked at
that moment, has not yet mapped it, however soon it goes again. A window that was mapped between CANCEL and 487 is not
counted: nobody knows at that time who comes first. The calls that are cancelled quickly end at every moment from before
the first 180 to well after the window, a millisecond apart.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from Xlib import X
from Xlib.display import Display

from agent_desktop import data
from agent_desktop import settings as settings_file
from agent_desktop.paths import Profile
from benchmarks import _company, figure
from tests.support import sip
from tests.support.baresip import Baresip

PART = "softphone"
CALLS = int(os.environ.get("BENCH_CALLS", "200"))
QUICK_CALLS = 40  # cancelled at once: no window may come for them
QUICK_STEP_S = 0.001
WARM_UP = 5
RINGS_S = 0.35
REST_S = 0.25
START_WITHIN_S = 40.0
_ROOT = Path(__file__).parents[1]
_LINPHONE = """\
[sip]
sip_port={port}
sip_tcp_port=-1
sip_tls_port=-1
contact=sip:agent@127.0.0.1
guess_hostname=0
use_ipv6=0
[net]
firewall_policy=0
[misc]
check_updates=0
"""


class Screen:
    """A virtual screen with a window manager, and the moments at which windows came onto it."""

    def __init__(self, folder: Path):
        self.mapped: list[float] = []
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24"],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()
        self.environment = {
            **os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder), "LANG": "C.UTF-8", "QT_QUICK_BACKEND": "software", "LIBGL_ALWAYS_SOFTWARE": "1",
        }  # fmt: skip
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stderr=subprocess.DEVNULL)
        self._listener = Display(self.display)
        self._listener.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)

    def look(self) -> None:
        """Note what came onto the screen until now: the server itself is asked, so that nothing is still on its way."""
        self._listener.sync()
        now = time.perf_counter()
        come = range(self._listener.pending_events())
        self.mapped += [now for _ in come if self._listener.next_event().type == X.MapNotify]

    def minimise(self, pid: int) -> None:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(pid)], env=self.environment, capture_output=True
        )
        for window in found.stdout.split():
            subprocess.run(["xdotool", "windowminimize", window], env=self.environment, capture_output=True)

    def close(self) -> None:
        self._listener.close()
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()


class Other:
    """One phone under measurement."""

    def __init__(self, name: str, port: int, *, window: bool):
        self.name, self.port, self.window = name, port, window
        self.rang: list[float] = []  # ms from INVITE to the first 18x
        self.shown: list[float] = []  # ms from INVITE to a window
        self.late = 0  # windows that came after the caller had gone


class Line:
    """A raw caller that watches the screen while it waits."""

    def __init__(self, screen: Screen):
        self._screen = screen
        self._number = 0

    def ring(self, phone: Other, rings_s: float) -> None:
        """INVITE, wait, CANCEL; what was seen goes into ``phone``."""
        self._number += 1
        call_id = f"b{os.getpid()}x{self._number}"
        caller = sip.RawCaller(phone.port)
        try:
            self._screen.look()
            self._screen.mapped.clear()
            sent = time.perf_counter()
            caller.send(caller.invite(call_id))
            rang = 0.0
            while time.perf_counter() < sent + rings_s or (not rang and time.perf_counter() < sent + 3):
                text = next(caller.answers(0.001), "")
                self._screen.look()
                if not rang and text.startswith("SIP/2.0 18"):
                    rang = time.perf_counter()
            shown = self._screen.mapped[0] if self._screen.mapped else 0.0
            sender = b"<sip:+48601442190@127.0.0.1>;tag=" + call_id.encode()
            caller.send(caller.request("CANCEL", call_id, b"", sender))
            caller.final(call_id, 1.0)
            self._screen.look()
            self._screen.mapped.clear()
            time.sleep(REST_S)
            self._screen.look()
        finally:
            caller.close()
        if rang:
            phone.rang.append((rang - sent) * 1e3)
        if shown:
            phone.shown.append((shown - sent) * 1e3)
        if phone.window and self._screen.mapped:
            phone.late += 1


@contextlib.contextmanager
def _ours(folder: Path, screen: Screen) -> Iterator[Other]:
    profile, port = Profile(folder / "ours"), sip.free_port()
    profile.make()
    opened = data.db.Database.open(profile.database_file, create=True)
    with contextlib.closing(opened), opened.write() as session:
        data.agents.create_agent(session, "Dana", _company.AGENT)
    settings_file.save(profile.settings_file, _company.settings(port))
    command = [sys.executable, "-m", "agent_desktop", "run", "--profile", str(profile.root)]
    process = subprocess.Popen(command, cwd=_ROOT, env=screen.environment)
    try:
        _wait_for(port)
        screen.minimise(process.pid)
        yield Other("ours", port, window=True)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@contextlib.contextmanager
def _baresip(folder: Path, _screen: Screen) -> Iterator[Other]:
    phone = Baresip(folder / "baresip", answers=False)
    try:
        yield Other("baresip", phone.port, window=False)
    finally:
        phone.stop()


@contextlib.contextmanager
def _linphone(folder: Path, screen: Screen) -> Iterator[Other]:
    port = sip.free_port()
    settings = folder / "linphonerc"
    settings.write_text(_LINPHONE.format(port=port))
    log = (folder / "linphone.log").open("wb")
    process = subprocess.Popen(
        ["dbus-run-session", "--", "linphone", "--config", str(settings)],
        env=screen.environment, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        time.sleep(3)  # it opens its windows after its port
        yield Other("Linphone desktop", port, window=True)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def _wait_for(port: int) -> None:
    """Until somebody answers on it."""
    caller = sip.RawCaller(port)
    deadline, number = time.monotonic() + START_WITHIN_S, 0
    try:
        while time.monotonic() < deadline:
            number += 1
            sender = b"<sip:probe@127.0.0.1>;tag=probe"
            caller.send(caller.request("OPTIONS", f"probe{port}n{number}", b"", sender))
            if next(caller.answers(0.3), ""):
                return
    finally:
        caller.close()
    raise RuntimeError(f"nothing answers on port {port}")


def figures() -> list[dict[str, Any]]:
    """Milliseconds from INVITE to 180 and to a window, of 200 calls each; windows that came too late."""
    makers = [_ours]
    for program, maker in (("baresip", _baresip), ("linphone", _linphone)):
        if shutil.which(program):
            makers.append(maker)
        else:
            print(f"{program} is not installed: left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        screen = Screen(folder)
        stack.callback(screen.close)
        phones = [stack.enter_context(maker(folder, screen)) for maker in makers]
        line = Line(screen)
        for turn in range(WARM_UP + CALLS):
            for phone in phones:
                if turn == WARM_UP:
                    phone.rang, phone.shown, phone.late = [], [], 0
                line.ring(phone, RINGS_S)
        quick = [Other(phone.name, phone.port, window=phone.window) for phone in phones]
        for turn in range(QUICK_CALLS):
            for phone in quick:
                line.ring(phone, QUICK_STEP_S * turn)
    return _figures(phones, quick)


def _figures(phones: list[Other], quick: list[Other]) -> list[dict[str, Any]]:
    ours, *others = phones
    made = []
    fastest = min((_quantile(phone.rang, 0.5) for phone in others if phone.rang), default=None)
    p50 = _quantile(ours.rang, 0.50)
    made.append(
        figure("INVITE to 180, p50, floor the fastest other phone", p50, "ms", limit=10, floor=fastest,
               most_ratio=3.0 if fastest else None, n=len(ours.rang), part=PART)
    )  # fmt: skip
    made.append(figure("INVITE to 180, p99", _quantile(ours.rang, 0.99), "ms", limit=10, n=len(ours.rang), part=PART))
    window = next((phone for phone in others if phone.window and phone.shown), None)
    if ours.shown:
        floor = _quantile(window.shown, 0.5) if window else None
        made.append(
            figure("INVITE to a window on the screen, p50, floor Linphone", _quantile(ours.shown, 0.5), "ms", limit=60,
                   floor=floor, most_ratio=1 / 3 if floor else None, n=len(ours.shown), part=PART)
        )  # fmt: skip
    gone = ours.late + quick[0].late
    made.append(figure("windows for callers who had gone", gone, "", limit=0, n=CALLS + QUICK_CALLS, part=PART))
    for phone in phones:
        shown = f", window p50 {_quantile(phone.shown, 0.5):.1f} p99 {_quantile(phone.shown, 0.99):.1f}"
        print(
            f"  {phone.name}: 18x p50 {_quantile(phone.rang, 0.5):.2f} p99 {_quantile(phone.rang, 0.99):.2f} ms"
            f"{shown if phone.shown else ''}, n={len(phone.rang)}, late windows {phone.late}"
        )
    for phone in quick:
        if phone.window:
            print(f"  {phone.name}: late windows for {QUICK_CALLS} callers who cancelled quickly: {phone.late}")
    return made


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")
