import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent_desktop.cli import main
from agent_desktop.data import site
from agent_desktop.data.db import Database
from agent_desktop.exit_codes import MEANING, Exit
from agent_desktop.paths import Profile
from agent_desktop.telephony.engine_process import running
from tests.support import sip

README = Path(__file__).parent.parent / "README.md"


def command_line(*arguments: str) -> int:
    try:
        return main(list(arguments))
    except SystemExit as end:  # argparse's way out
        return int(end.code or 0)


@pytest.fixture
def database(tmp_path):
    return str(tmp_path / "centre.db")


def test_every_command_is_in_the_help_and_explains_itself(capsys):
    assert command_line("--help") == Exit.OK
    text = capsys.readouterr().out
    for command in ("run", "demo", "db", "customers", "doctor", "dial", "control", "desktop", "recording", "shots"):
        assert f"    {command} " in text.replace("\n", " ")
        assert command_line(command, "--help") == Exit.OK
        assert f"usage: agent-desktop {command}" in capsys.readouterr().out


def test_every_exit_status_is_in_the_help_and_the_readme(capsys):
    command_line("--help")
    text = capsys.readouterr().out
    readme = README.read_text()
    assert set(MEANING) == set(Exit)
    for code, meaning in MEANING.items():
        assert f"  {code.value:<5}{meaning}" in text
        assert f"| {code.value} | {meaning} |" in readme


def test_without_a_command_the_help_is_shown(capsys):
    assert command_line() == Exit.USAGE
    assert "first steps" in capsys.readouterr().out


def test_version_is_that_of_the_package(capsys):
    assert command_line("--version") == Exit.OK
    assert capsys.readouterr().out.startswith("agent-desktop 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("run", "--sip-listen", "5060"),
        ("run", "--sip-listen", "127.0.0.1:99999"),
        ("run", "--sip-listen", ":5060"),
        ("demo", "--speed", "0"),
        ("db",),
        ("db", "seed", "--customers", "-3"),
        ("db", "init", "--region", "Poland"),
        ("db", "init", "--zone", "Warsaw"),
        ("dial",),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused_in_words(arguments, capsys):
    assert command_line(*arguments) == Exit.USAGE
    assert "error:" in capsys.readouterr().err


def test_a_window_needs_a_display(monkeypatch, capsys):
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert command_line("run") == Exit.NO_DISPLAY
    assert "demo --tour" in capsys.readouterr().err


def test_db_init_then_status(database, capsys):
    assert command_line("db", "status", "--database", database) == Exit.FAILED
    assert "run: agent-desktop db init" in capsys.readouterr().out
    assert command_line("db", "init", "--region", "de", "--database", database) == Exit.OK
    assert command_line("db", "status", "--database", database) == Exit.OK
    assert "customers     0" in capsys.readouterr().out


def test_db_init_sets_the_site_s_time_zone(database, tmp_path):
    other = str(tmp_path / "other.db")
    assert command_line("db", "init", "--zone", "Asia/Tokyo", "--database", database) == Exit.OK
    assert command_line("db", "init", "--database", other) == Exit.OK
    for file, zone in ((database, "Asia/Tokyo"), (other, "Europe/Warsaw")):  # else this computer's
        opened = Database.open(file)
        with opened.read() as session:
            assert site.site(session).time_zone == zone
        opened.close()


def test_db_upgrade_has_nothing_to_do_in_a_new_one(database, capsys):
    command_line("db", "init", "--database", database)
    assert command_line("db", "upgrade", "--database", database) == Exit.OK
    assert "nothing to do" in capsys.readouterr().out


def test_db_without_an_address_is_the_profiles_file(tmp_path, capsys):
    assert command_line("db", "init", "--profile", str(tmp_path / "p")) == Exit.OK
    assert (tmp_path / "p" / "agent-desktop.db").exists()
    assert (tmp_path / "p").stat().st_mode & 0o077 == 0


def test_db_takes_the_address_from_the_settings(tmp_path, database):
    (tmp_path / "settings.toml").write_text(f"[database]\nurl = '{database}'\n")
    assert command_line("db", "init", "--profile", str(tmp_path)) == Exit.OK
    assert Path(database).exists()


def test_a_damaged_database_is_told_in_words(database, capsys):
    Path(database).write_text("this is no database, " * 50)
    assert command_line("db", "status", "--database", database) == Exit.DATABASE
    assert "damaged" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_told_in_words(capsys):
    assert command_line("db", "status", "--database", "postgresql://127.0.0.1:22999/none") == Exit.DATABASE
    assert "cannot be reached" in capsys.readouterr().err


def test_settings_that_cannot_be_read_are_told_in_words(tmp_path, capsys):
    (tmp_path / "settings.toml").write_text("[database")
    assert command_line("db", "status", "--profile", str(tmp_path)) == Exit.USAGE
    assert "settings.toml" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert command_line("db", "init", "--database", str(tmp_path / "file" / "centre.db")) == Exit.DATABASE
    assert "cannot be written" in capsys.readouterr().err


def test_seed_fills_a_database_and_shows_how_far_it_is(database, capsys):
    assert (
        command_line("db", "seed", "--customers", "50", "--weeks", "1", "--seed", "7", "--database", database)
        == Exit.OK
    )
    text = capsys.readouterr().out
    assert "customers     50" in text
    assert "interactions     ━" in text
    assert command_line("db", "seed", "--customers", "50", "--database", database) == Exit.FAILED
    assert "customers in this database already" in capsys.readouterr().err


def test_doctor_says_what_to_do_and_fails_without_a_display(tmp_path, capsys):
    assert command_line("doctor", "--profile", str(tmp_path), "--sip-listen", "127.0.0.1:0") == Exit.FAILED
    lines = capsys.readouterr().out.splitlines()
    names = [line[6:].split("  ")[0] for line in lines if line[:1] != " "]
    assert names == [
        *("Profile", "Display", "Fonts", "Sound", "Phone engine", "SIP port", "Database", "Keyring", "Kept files"),
    ]
    for number, line in enumerate(lines):
        if line.startswith(("fail", "warn")):
            assert lines[number + 1].startswith(" " * 20), f"no advice after: {line}"


def test_only_what_a_command_needs_is_loaded():
    program = """
import sys
from agent_desktop.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = ("PySide6", "pyqtgraph", "numpy", "sqlalchemy", "alembic", "rich", "msgspec")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_module_runs_as_the_command_does(agent_desktop):
    done = subprocess.run([*agent_desktop, "--help"], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == Exit.OK
    assert done.stdout.startswith("usage: agent-desktop")


def hear_ctrl_c():
    """A shell that starts something in the background makes all below it deaf to Ctrl C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def started(agent_desktop):
    """``started("run", ...)`` is the program in a process of its own, ended with the test."""
    running = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen([*agent_desktop, *arguments], preexec_fn=hear_ctrl_c))
        return running[-1]

    yield start
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


def test_ctrl_c_has_its_own_status(tmp_path, started):
    os.mkfifo(tmp_path / "settings.toml")  # reading it waits until someone writes
    process = started("db", "status", "--profile", str(tmp_path))
    with (tmp_path / "settings.toml").open("wb"):  # opened: the program is reading
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == Exit.INTERRUPTED


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_window_closes_on_ctrl_c_with_its_phone(tmp_path, started, number):
    profile = Profile(tmp_path / "profile")
    profile.make()
    profile.settings_file.write_text('[work]\nagent_login = "dana"\n')  # not the first start
    process = started("run", "--profile", str(profile.root), "--sip-listen", "127.0.0.1:0")
    sip.until(lambda: running(profile.engine_dir) is not None, "the phone engine")
    process.send_signal(number)
    assert process.wait(20) == Exit.INTERRUPTED
    assert running(profile.engine_dir) is None
    assert "ERROR" not in profile.log_file.read_text()


def test_a_reader_that_has_enough_is_no_fault(agent_desktop, tmp_path):
    command = [*agent_desktop, "doctor", "--profile", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == Exit.FAILED
