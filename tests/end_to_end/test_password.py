"""An account's password is in the keyring and in the phone's memory, and nowhere that others can read."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from agent_desktop import settings as settings_file
from agent_desktop.paths import Profile
from agent_desktop.settings import Phone
from agent_desktop.telephony.engine_process import running
from tests.support import sip
from tests.support.workstation import company, settings
from tests.telephony.registrar import Registrar

REPOSITORY = Path(__file__).parents[2]
KEYRING = "printf unlocked | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null\n"
WRITE = "import sys; from agent_desktop import secrets; secrets.write(sys.argv[1], sys.stdin.read())"


def leaks(password: str, *folders: Path) -> list[str]:
    """Where a password stands that should not: command lines and environments of all processes, and files."""
    places = [path for name in ("cmdline", "environ") for path in Path("/proc").glob(f"[0-9]*/{name}")]
    places += [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found = []
    for place in places:
        try:
            if password.encode() in place.read_bytes():
                found.append(str(place))
        except OSError:  # it has ended, or is somebody else's
            continue
    return found


@pytest.fixture
def registrar() -> Iterator[Registrar]:
    one = Registrar(sip.free_port(), password=f"Zürich-{secrets.token_hex(12)}")
    yield one
    one.close()


class Workstation:
    """``agent-desktop run`` with a keyring that holds the password; nothing else ever sees it."""

    def __init__(self, folder: Path, registrar: Registrar):
        self.profile = Profile(folder / "desk")
        self.home = folder / "home"
        self.home.mkdir(mode=0o700)
        self.errors = folder / "errors"
        company(self.profile)
        base = settings(0)
        phone = Phone(
            mode="account", user="1001", domain=f"127.0.0.1:{registrar.port}", listen_host="127.0.0.1", sound=False
        )
        settings_file.save(self.profile.settings_file, msgspec.structs.replace(base, phone=phone))
        script = folder / "session.sh"
        python = sys.executable
        script.write_text(
            f'set -e\n{KEYRING}{python} -c "{WRITE}" sip:1001@{phone.domain}\n'
            f"exec {python} -m agent_desktop run --profile {self.profile.root} </dev/null\n"
        )
        environment = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
        environment |= {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home)}
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                ["dbus-run-session", "--", "sh", str(script)],
                cwd=REPOSITORY, env=environment, stdin=subprocess.PIPE, stdout=errors, stderr=errors,
            )  # fmt: skip
        assert self.process.stdin is not None
        self.process.stdin.write(registrar.password.encode())
        self.process.stdin.close()

    @property
    def desktop(self) -> int:
        """The process of the window."""
        found = [
            path.parent.name
            for path in Path("/proc").glob("[0-9]*/cmdline")
            if f"agent_desktop\0run\0--profile\0{self.profile.root}".encode() in _bytes(path)
        ]
        assert len(found) == 1, f"{found} {self.errors.read_text()}"
        return int(found[0])

    def end(self) -> None:
        address = running(self.profile.engine_dir)
        self.process.terminate()
        self.process.wait(20)
        if address is not None:
            os.kill(address.pid, signal.SIGTERM)  # alone it would wait a minute for its desktop
            sip.until(lambda: not Path(f"/proc/{address.pid}").exists(), "the engine ends")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.fixture
def workstation(tmp_path: Path, registrar: Registrar, program) -> Iterator[Workstation]:
    for needed in ("dbus-run-session", "gnome-keyring-daemon"):
        program(needed)
    made = Workstation(tmp_path, registrar)
    yield made
    made.end()


def test_a_search_finds_what_is_planted(tmp_path: Path) -> None:
    password = secrets.token_hex(12)
    assert leaks(password, tmp_path) == []
    (tmp_path / "settings.toml").write_text(f'password = "{password}"\n')
    careless = [
        subprocess.Popen(["sleep", "60"], env={"SIP_PASSWORD": password}),
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", password]),
    ]
    try:
        sip.until(lambda: len(leaks(password, tmp_path)) == 3, "all three are found")
        pids = [process.pid for process in careless]
        places = [f"/proc/{pids[1]}/cmdline", f"/proc/{pids[0]}/environ", str(tmp_path / "settings.toml")]
        assert sorted(leaks(password, tmp_path)) == sorted(places)
    finally:
        for process in careless:
            process.kill()
            process.wait()


def test_no_process_file_log_or_crash_report_holds_it(workstation: Workstation, registrar: Registrar) -> None:
    registrar.wait(1, within_s=60)  # only the right password gets that far
    profile = workstation.profile
    sip.until(lambda: "registered" in (profile.engine_dir / "engine.log").read_text(), "the engine says so")
    assert leaks(registrar.password, profile.root, workstation.home) == []
    address = running(profile.engine_dir)
    assert address is not None
    os.kill(address.pid, signal.SIGABRT)  # the engine breaks and comes back
    registrar.wait(2, within_s=60)
    sip.until(lambda: running(profile.engine_dir) not in (None, address), "another engine")
    os.kill(workstation.desktop, signal.SIGABRT)  # and then the desktop, which leaves its stack
    workstation.process.wait(20)
    assert "Fatal Python error" in profile.log_file.with_name("abort.txt").read_text()
    assert leaks(registrar.password, profile.root, workstation.home) == []
    assert registrar.password not in workstation.errors.read_text()
    last = running(profile.engine_dir)
    assert last is not None
    os.kill(last.pid, signal.SIGTERM)  # it leaves to the next engine what no desktop has taken
    sip.until(lambda: not Path(f"/proc/{last.pid}").exists(), "the engine ends")
    assert (profile.engine_dir / "left.json").exists()
    assert leaks(registrar.password, profile.root, workstation.home) == []
