"""Passwords: kept by a real keyring, never by a plain file, and in memory where there is none."""

import os
import subprocess
import sys
from pathlib import Path

import keyring.backend
import keyring.errors
import pytest

from agent_desktop import secrets

REPOSITORY = Path(__file__).parents[1]
PASSWORD = "correct horse battery"


class Keeping(keyring.backend.KeyringBackend):
    """One that answers, from whatever module it says it is."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class PlainFile(Keeping):
    """As keyrings.alt brings them."""


class SystemKeyring(Keeping):
    __module__ = "keyring.backends.SecretService"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    return lambda backend: monkeypatch.setattr("keyring.core._keyring_backend", backend)


def test_without_a_keyring_it_is_known_until_the_program_ends() -> None:
    assert secrets.read("sip:1001@pbx") is None
    with pytest.raises(secrets.NoKeyring):
        secrets.write("sip:1001@pbx", PASSWORD)
    assert secrets.read("sip:1001@pbx") == PASSWORD
    assert not secrets.available()[0]


def test_a_keyring_that_may_be_a_plain_file_is_not_used(use) -> None:
    backend = PlainFile()
    use(backend)
    assert not secrets.available()[0]
    with pytest.raises(secrets.NoKeyring):
        secrets.write("sip:1001@pbx", PASSWORD)
    assert backend.kept == {}
    backend.kept["agent-desktop", "other"] = "planted"
    assert secrets.read("other") is None


def test_in_a_chain_the_systems_own_is_used(use) -> None:
    chain, plain, own = Keeping(), PlainFile(), SystemKeyring()
    chain.backends = [plain, own]
    use(chain)
    assert secrets.available() == (True, "keyring.backends.SecretService.SystemKeyring")
    secrets.write("sip:1001@pbx", PASSWORD)
    assert own.kept == {("agent-desktop", "sip:1001@pbx"): PASSWORD}
    assert plain.kept == {}


class DyingKeyring(SystemKeyring):
    """Its service has gone: what that raises is the bus's, not the keyring library's."""

    __module__ = "keyring.backends.SecretService"

    def _gone(self, *_arguments: str) -> None:
        raise ConnectionResetError("the bus closed")

    get_password = set_password = delete_password = _gone  # type: ignore[assignment]


def test_a_keyring_that_dies_is_none(use, caplog: pytest.LogCaptureFixture) -> None:
    use(DyingKeyring())
    assert secrets.read("sip:1001@pbx") is None
    assert "ConnectionResetError" in caplog.text
    caplog.clear()
    with pytest.raises(secrets.NoKeyring):
        secrets.write("sip:1001@pbx", PASSWORD)
    assert secrets.read("sip:1001@pbx") == PASSWORD, "until the program ends"
    secrets.forget("sip:1001@pbx")
    assert PASSWORD not in caplog.text


def test_what_is_forgotten_is_nowhere_any_more(use) -> None:
    own = SystemKeyring()
    use(own)
    secrets.write("sip:1001@pbx", PASSWORD)
    secrets.forget("sip:1001@pbx")
    assert own.kept == {}
    assert secrets.read("sip:1001@pbx") is None
    secrets.forget("sip:1001@pbx")


def test_a_real_secret_service_keeps_it_for_the_next_start(tmp_path: Path, program) -> None:
    """GNOME's, on a message bus and in a home of the test's own; each start is a process of its own."""
    for needed in ("dbus-run-session", "gnome-keyring-daemon"):
        program(needed)
    python = f"{sys.executable} -c"
    write = f"from agent_desktop import secrets; secrets.write('sip:1001@pbx', '{PASSWORD}')"
    read = "from agent_desktop import secrets; print(secrets.available()[1], secrets.read('sip:1001@pbx'))"
    script = tmp_path / "session.sh"
    script.write_text(
        "set -e\n"
        "printf unlocked | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null\n"
        f'{python} "{write}"\n{python} "{read}"\n'
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHON_KEYRING_BACKEND", "DISPLAY")
    }
    environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    command = ["dbus-run-session", "--", "sh", str(script)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"keyring.backends.SecretService.Keyring {PASSWORD}\n", done.stdout + done.stderr
    files = [file for file in home.rglob("*") if file.is_file()]
    assert files, "the keyring wrote nothing"
    assert not any(PASSWORD.encode() in file.read_bytes() for file in files)
