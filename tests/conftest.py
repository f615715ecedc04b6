"""What every test gets: no screen, a home and a keyring of its own, and a failure for each thing left behind.

A test fails when it logs a warning it did not announce (``expected_log``), leaves a child process running or, with
``CI`` set, would be skipped. The body of a test marked ``serial`` has the machine for itself, those of one
``xdist_group`` run one at a time; ``soak`` runs only when asked.
"""

import contextlib
import faulthandler
import fcntl
import gc
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from _pytest.assertion import rewrite
from _pytest.faulthandler import fault_handler_stderr_fd_key
from pytestqt.qtbot import QtBot

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
CHILDREN_END_WITHIN_S = float(os.environ.get("TEST_CHILDREN_END_WITHIN_S", "20"))
QT_WAITS_MS = 30_000  # a wait bounds what never happens; on a busy machine pytest-qt's own 5 s are soon over
RUN = "AGENT_DESKTOP_TEST_RUN"  # the folder of this run; whatever a test starts inherits it and is known by it

# A developer's screen, sound server, message bus and language must not change what a test sees.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "Europe/Warsaw"  # not UTC, so that a forgotten conversion shows
time.tzset()
# Each engine and each worker would compile the whole package again: what is compiled is kept, here and in all children.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
for _name in (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "PULSE_SERVER",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
):
    os.environ.pop(_name, None)


# A slow machine is no finding, and neither is a lucky draw: each run has the same examples.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")


# ---------------------------------------------------------------- the run as a whole


def pytest_configure(config: pytest.Config) -> None:
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
        wait.__kwdefaults__["timeout"] = QT_WAITS_MS
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="ad-run-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUN), ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Rewrite this worker's share of the test files' assertions: each worker would rewrite all of them by itself.

    pytest finds what it kept; what another worker has not come to yet it does as ever.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    state = session.config.stash[rewrite.assertstate_key]
    files = sorted((session.config.rootpath / "tests").rglob("test_*.py"))
    for file in files[int(worker["workerid"][2:]) :: worker["workercount"]]:
        folder = rewrite.get_cache_dir(file)
        kept = folder / (file.stem + rewrite.PYC_TAIL)
        if rewrite.try_makedirs(folder) and rewrite._read_pyc(file, kept) is None:
            source, code = rewrite._rewrite_test(file, session.config)
            rewrite._write_pyc(state, code, source, kept)


# The files that take longest, longest first: begun last, one of them would keep one worker busy while the others wait.
# Those of the group "collector" wait for each other: they stand apart.
_LONGEST = (
    "ui/test_pages_fit",
    "telephony/test_engine_sound",
    "practice/test_switch",
    "telephony/test_engine_accounts",
    "end_to_end/test_collector",
    "data/test_roles",
    "data/test_postgres_migrations",
    "end_to_end/test_asterisk_network",
    "end_to_end/test_asterisk",
    "end_to_end/test_asterisk_transfers",
    "end_to_end/test_transfers",
    "end_to_end/test_sound",
    "end_to_end/test_sound_check",
    "telephony/test_engine_recording",
    "telephony/test_engine_link",
    "telephony/test_engine",
    "telephony/test_engine_quality",
    "end_to_end/test_monitoring",
    "test_cli",
    "end_to_end/test_kill",
    "end_to_end/test_tour",
    "core/test_session",
    "data/test_postgres",
    "data/test_postgres_frozen",
    "telephony/test_engine_transfers",
    "ui/test_desktop_wiring",
    "end_to_end/test_sipp_desk",
    "telephony/test_sound_portaudio",
    "data/test_postgres_kill",
    "telephony/test_engine_torture",
    "telephony/test_engine_peers",
    "telephony/test_phone",
    "end_to_end/test_desk_presence",
    "data/test_erasure",
    "data/test_postgres_sign_in",
    "end_to_end/test_desks_on_asterisk",
    "end_to_end/test_ringing_window",
    "end_to_end/test_outage",
    "practice/test_day",
    "data/test_postgres_script_runs",
    "practice/test_menus",
    "core/test_recordings",
    "core/test_live",
    "collector/test_report_schedule",
    "ui/test_supervise_wiring",
    "ui/test_reports_wiring",
    "data/test_rollups",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak tests out unless ``-m`` names them; the longest files first (`--no-loadscope-reorder` keeps that)."""
    if "soak" not in config.option.markexpr:
        soak = [item for item in items if item.get_closest_marker("soak")]
        if soak:
            config.hook.pytest_deselected(items=soak)
            items[:] = [item for item in items if item not in soak]
    for item in items:
        if item.get_closest_marker("serial") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SERIAL_TIMEOUT_S))
    ranks = {f"tests/{name}.py": rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))


def pytest_collection_finish() -> None:
    """Python searches for garbage on any thread, and on a database lane's it takes widgets apart: the process dies.

    As in the program (agent_desktop/garbage.py) it is done on the main thread, here between two tests.
    """
    gc.disable()
    gc.freeze()  # the tests themselves and what they import stay


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A worker that dies of a fault says where: a program that ran in it before has turned pytest's word for it off."""
    if not faulthandler.is_enabled():
        faulthandler.enable(item.config.stash[fault_handler_stderr_fd_key])


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    due = [at for at, (made, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if made > limit]
    if due:
        gc.collect(due[-1])


_ROOM = pytest.StashKey[contextlib.ExitStack]()  # what a running test holds of it
_SERIAL_TIMEOUT_S = 300  # the wait for the others counts


@contextlib.contextmanager
def _held(path: Path, how: int) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, how)
        yield


@contextlib.contextmanager
def _in_the_room(how: int) -> Iterator[None]:
    run = Path(os.environ[RUN])
    with contextlib.ExitStack() as held:
        with _held(run / "door", fcntl.LOCK_EX):  # without it the others would keep passing a waiting serial test
            held.enter_context(_held(run / "room", how))
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Let every test wait while a serial one runs, and a group's test for the group's last one.

    Outside of pytest-timeout's clock. xdist's own ``--dist loadgroup`` does nothing with pytest 9.2.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    with contextlib.ExitStack() as held:
        for name in sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")}):
            held.enter_context(_held(Path(os.environ[RUN]) / f"group-{name}", fcntl.LOCK_EX))
        item.stash[_ROOM] = held.enter_context(contextlib.ExitStack())
        item.stash[_ROOM].enter_context(_in_the_room(fcntl.LOCK_SH))
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let a serial test wait until the other workers pause; its fixtures come and go beside them.

    Whoever waits here holds no room: two of them would wait for each other.
    """
    room = item.stash.get(_ROOM, None)
    if room is None or item.get_closest_marker("serial") is None:
        return (yield)
    room.close()
    try:
        with _in_the_room(fcntl.LOCK_EX):
            return (yield)
    finally:
        room.enter_context(_in_the_room(fcntl.LOCK_SH))


def _not_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped with CI set. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    _not_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    _not_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """Fail the run when a process outlived the test that (through others) started it."""
    result = yield
    if not hasattr(session.config, "workerinput"):
        left = _orphans(os.environ[RUN])
        if left:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        for pid, test, command in left:
            print(f"\nFAILED {test}: its process {pid} was still running after all tests: {command}", file=sys.stderr)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    return result


def _orphans(run: str) -> list[tuple[int, str, str]]:
    """Processes of this run whose parent is gone: (pid, test, command line)."""
    ours: dict[int, tuple[int, str, str]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            raw = (entry / "environ").read_bytes().decode(errors="replace")
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        environment = dict(part.partition("=")[::2] for part in raw.split("\0"))
        if environment.get(RUN) == run and state not in "ZX":
            ours[int(entry.name)] = (int(parent), environment.get("PYTEST_CURRENT_TEST", "a test"), command)
    alive = {*ours, os.getpid()}  # xdist's workers are our children; what they still hold is theirs to end
    return [(pid, test, command) for pid, (parent, test, command) in ours.items() if parent not in alive]


# ---------------------------------------------------------------- each test


class ExpectedLog:
    """Announce a warning or error that the test provokes: ``expected_log("engine ended")``, a regular expression."""

    def __init__(self) -> None:
        self.patterns: list[re.Pattern[str]] = []

    def __call__(self, pattern: str) -> None:
        self.patterns.append(re.compile(pattern))


@pytest.fixture
def expected_log() -> ExpectedLog:
    """Call it with a regular expression for each WARNING or worse that must be logged; one never logged fails too."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture, expected_log: ExpectedLog) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    seen = [record for when in ("setup", "call", "teardown") for record in caplog.get_records(when)]
    said = [f"{record.name}: {record.getMessage()}" for record in seen if record.levelno >= logging.WARNING]
    unexpected = [line for line in said if not any(pattern.search(line) for pattern in expected_log.patterns)]
    unmet = [p.pattern for p in expected_log.patterns if not any(p.search(line) for line in said)]
    assert not unexpected, f"logged without being expected: {unexpected}"
    assert not unmet, f"expected in the log and never came: {unmet}"


_HOME = {
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}
_EMPTY = sorted({*_HOME.values(), ".local"})
_untouched: list[Path] = []  # homes in which a test has left nothing: the next one need not make its own


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own with a short path (a socket's path may have 107 bytes), and a keyring that keeps nothing."""
    if _untouched:
        home = _untouched.pop()
    else:
        home = Path(tempfile.mkdtemp(prefix="ad-"))
        for folder in _HOME.values():
            (home / folder).mkdir(parents=True, mode=0o700)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in _HOME.items():
        monkeypatch.setenv(name, str(home / folder))
    secrets = sys.modules.get("agent_desktop.secrets")
    if secrets is not None:
        secrets._memory.clear()
    yield
    if secrets is not None:
        secrets._memory.clear()
    if sorted(str(entry.relative_to(home)) for entry in home.rglob("*")) == _EMPTY:
        _untouched.append(home)
    else:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_home_left() -> Iterator[None]:
    yield
    for home in _untouched:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_child_left() -> Iterator[None]:
    before = _children()
    yield
    left = _children() - before
    deadline = time.monotonic() + CHILDREN_END_WITHIN_S
    while left and time.monotonic() < deadline:
        time.sleep(0.02)  # whoever ends them says nothing to us
        left &= _children()
    described = [_describe(pid) for pid in left]
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert not left, f"still running after the test: {described}"


def _children() -> set[int]:
    """Running direct children of this process; ended ones that nobody waited for do not count."""
    pids: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            pids.update(int(pid) for pid in (task / "children").read_text().split())
    return {pid for pid in pids if _running(pid)}


def _running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX" and "resource_tracker" not in _describe(pid)  # multiprocessing's own, one for good


def _describe(pid: int) -> str:
    with contextlib.suppress(OSError):
        return f"{pid} " + Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return str(pid)


@pytest.fixture(scope="session")
def agent_desktop() -> list[str]:
    """The program as a user starts it: ``subprocess.run([*agent_desktop, "doctor"])``."""
    return [sys.executable, "-m", "agent_desktop"]


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """``program("sipp")`` is its path; skip, in words, when a program that a test needs is not installed."""

    def need(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed: run make setup, which installs what packages.txt lists")
        return path

    return need
