"""What a workstation keeps for itself: encrypted where there is a keyring, taken over whole, and never thrown away."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from agent_desktop import clock, doctor
from agent_desktop.data import journal_file, local_file, local_key
from agent_desktop.data import operations as ops
from agent_desktop.data.cache import Cache
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal, RefusedRow
from agent_desktop.data.local_key import Answer, Asking, State
from agent_desktop.paths import Profile
from tests.conftest import ExpectedLog
from tests.support.keyrings import TestsKeyring

REPOSITORY = Path(__file__).parents[2]
WHO = UUID("019ab2c4-0000-7000-8000-000000000001")
NAME, NUMBER, NOTE = "Marta Kowalczyk", "+48601442190", "meter re-read on Tuesday"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> TestsKeyring:
    monkeypatch.setattr(local_key, "_known", {})
    backend = TestsKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", backend)
    return backend


def begins(folder: Path) -> Answer:
    """As a start of the program does."""
    answer = local_key.look_or_make(folder)
    local_key.settle(folder, answer)
    return answer


def note(text: str) -> ops.SaveNote:
    return ops.SaveNote(
        op_id=new_id(), agent_id=WHO, at_us=clock.now_us(), note_id=new_id(), interaction_id=WHO, text=text
    )


def notes(path: Path) -> list[str]:
    with closing(Journal(path, own=True)) as journal:
        return [operation.text for operation in journal.pending() if isinstance(operation, ops.SaveNote)]


def fill(path: Path, count: int = 20) -> None:
    with closing(Journal(path)) as journal:
        for number in range(count):
            journal.put(note(f"{NOTE} {number}"))
        journal.save_draft("half typed", NAME.encode())


def test_no_byte_of_any_file_says_who_called(keyring: TestsKeyring, tmp_path: Path) -> None:
    assert begins(tmp_path).state is State.KEPT
    journal, cache = Journal(tmp_path / "journal.db", own=True), Cache(tmp_path / "cache.db")
    journal.put(ops.SaveCustomer(op_id=new_id(), customer_id=new_id(), version=0, fields={"name": NAME},
                                 phones_added=((new_id(), NUMBER, "mobile"),)))  # fmt: skip
    journal.put_many([note(NOTE)] * 200)
    journal.save_draft(f"about {NUMBER}", NOTE.encode())
    cache.keep(f"pop {NUMBER}", {"name": NAME})
    files = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert {"journal.db", "journal.db-wal", "journal.db-shm", "cache.db"} <= set(files)
    (key,) = keyring.kept.values()
    for name, found in files.items():
        for secret in (NAME, NUMBER, NOTE, "operation", key):
            assert secret.encode() not in found, f"{secret} in {name}"
        assert bytes.fromhex(key) not in found
    for name in ("journal.db", "cache.db"):
        with closing(sqlite3.connect(tmp_path / name)) as other, pytest.raises(sqlite3.DatabaseError):
            other.execute("SELECT * FROM sqlite_master").fetchall()
    assert cache.find(f"pop {NUMBER}", dict) is not None
    journal.close()
    cache.close()
    local_key.forget(tmp_path)
    assert len(notes(tmp_path / "journal.db")) == 1, "the next start, or another program of ours, reads it"


def test_an_unencrypted_file_is_taken_over_by_the_first_start_with_a_keyring(
    keyring: TestsKeyring, tmp_path: Path
) -> None:
    path, before = tmp_path / "journal.db", tmp_path / "before"
    fill(path)
    cache = Cache(tmp_path / "cache.db")
    cache.keep("a", 1)
    cache.close()
    os.link(path, before)
    begins(tmp_path)
    with closing(local_file.open_local(path)) as reader:
        reader.execute("SELECT * FROM operation").fetchone()
        assert len(notes(path)) == 20
        assert local_file.is_plain(path), "somebody has it open"
    with closing(Journal(path, own=True)) as journal:
        assert not local_file.is_plain(path)
        assert journal.drafts() == {"half typed": NAME.encode()}
        assert journal.put(note("one more")) == 21
    assert notes(path) == [*(f"{NOTE} {number}" for number in range(20)), "one more"]
    assert not before.read_bytes().strip(b"\0"), "what stood there is overwritten"
    found = Cache(tmp_path / "cache.db")
    assert found.find("a", int) is not None
    found.close()
    assert not local_file.is_plain(tmp_path / "cache.db")


_KILLED_AT_EACH_LINE = """
import os, signal, sys
from pathlib import Path
from agent_desktop.data import local_file, local_key
from tests.data.test_local_file import fill

KEY = local_key.Answer(local_key.State.KEPT, bytes(range(32)))
for last in range(1, 1000):
    folder = Path(sys.argv[1]) / f"{last:03}"
    folder.mkdir()
    fill(folder / "journal.db")
    child = os.fork()
    if not child:
        lines = 0
        def trace(frame, event, argument):
            global lines
            if frame.f_code.co_filename != local_file.__file__:
                return None
            if event == "line":
                lines += 1
                if lines == last:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace
        local_key.settle(folder, KEY)
        sys.settrace(trace)
        local_file.encrypt(folder / "journal.db")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def test_killed_at_any_line_of_taking_over_nothing_is_lost(keyring: TestsKeyring, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KILLED_AT_EACH_LINE, str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folders = sorted(tmp_path.iterdir())
    assert len(folders) > 30
    plain = [local_file.is_plain(folder / "journal.db") for folder in folders]
    assert plain == sorted(plain, reverse=True)
    assert True in plain
    assert plain[-3:] == [False] * 3, "killed before and after its place was taken"
    for folder in folders:
        local_key.settle(folder, Answer(State.KEPT, bytes(range(32))))
        assert len(notes(folder / "journal.db")) == 20, folder
        assert [file.name for file in folder.iterdir()] == ["journal.db"]
        assert not local_file.is_plain(folder / "journal.db")


def test_without_a_keyring_it_lies_open_and_the_doctor_says_so(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    assert begins(tmp_path).state is State.OPEN
    fill(profile.journal_file)
    assert local_file.is_plain(profile.journal_file)
    check = doctor.check_kept_files(profile)
    assert (check.state, "not encrypted" in check.found) == (doctor.WARN, True)


def test_a_keyring_that_does_not_give_back_what_it_took_is_not_trusted(
    keyring: TestsKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TestsKeyring, "get_password", lambda *_: None)
    assert begins(tmp_path) == local_key.OPEN
    assert list(tmp_path.iterdir()) == []


def test_while_the_key_is_away_work_goes_on_beside_and_is_brought_in(keyring: TestsKeyring, tmp_path: Path) -> None:
    path, profile = tmp_path / "journal.db", Profile(tmp_path)
    begins(tmp_path)
    fill(path, 2)
    before = path.read_bytes()
    Cache(tmp_path / "cache.db").keep("a", 1)
    keyring.locked = True
    local_key.forget(tmp_path)
    assert begins(tmp_path) == local_key.AWAY
    assert doctor.check_kept_files(profile).state == doctor.WARN
    for start in range(2):
        with closing(Journal(path, own=True)) as journal:
            assert "unencrypted" in journal.notice
            journal.put(note(f"meanwhile {start}"))
            journal.save_draft("half typed", b"newer")
            if not start:
                journal.keep_refused(refused_row())
    with pytest.raises(DatabaseTrouble) as trouble:
        Journal(path)
    assert "keyring" in trouble.value.advice
    assert journal_file.waiting_in(path) == 0
    unseen = Cache(tmp_path / "cache.db")
    unseen.keep("b", 2)
    assert unseen.find("a", int) is None
    assert path.read_bytes() == before
    keyring.locked = False
    begins(tmp_path)
    with closing(Journal(path, own=True)) as journal:
        journal.keep_refused(refused_row())
        assert [operation.text for operation in journal.pending() if isinstance(operation, ops.SaveNote)] == [
            f"{NOTE} 0", f"{NOTE} 1", "meanwhile 0", "meanwhile 1"]  # fmt: skip
        assert journal.drafts() == {"half typed": b"newer"}
        assert [(row.reason, row.seq < 0) for row in journal.refused()] == [("no", True), ("no", False)]
        assert journal.notice == ""
    assert not list(tmp_path.glob("*.meanwhile*"))
    assert Cache(tmp_path / "cache.db").find("a", int) is not None
    assert doctor.check_kept_files(profile).state == doctor.OK


def refused_row() -> RefusedRow:
    return RefusedRow(1, new_id(), "no", clock.now(), None, b"{}")


def test_a_lost_key_costs_no_file(keyring: TestsKeyring, tmp_path: Path, expected_log: ExpectedLog) -> None:
    expected_log("journal damaged or locked")
    path, profile = tmp_path / "journal.db", Profile(tmp_path)
    begins(tmp_path)
    fill(path)
    before = path.read_bytes()
    keyring.kept.clear()
    local_key.forget(tmp_path)
    check = doctor.check_kept_files(profile)
    assert (check.state, "does not know" in check.found) == (doctor.FAIL, True)
    assert begins(tmp_path).state is State.KEPT
    with closing(Journal(path, own=True)) as journal:
        (aside,) = journal_file.all_set_aside(tmp_path)
        assert aside.name in journal.notice
        assert "does not open" in journal.notice
        assert journal.waiting_count() == 0
        journal.put(note(NOTE))
    assert aside.read_bytes() == before
    assert not local_file.is_plain(path)
    check = doctor.check_kept_files(profile)
    assert (check.state, aside.name in check.found) == (doctor.WARN, True)


@pytest.mark.parametrize("again", [False, True])
def test_a_journal_set_aside_is_read_back_when_its_key_is_there_again(
    keyring: TestsKeyring, tmp_path: Path, expected_log: ExpectedLog, again: bool
) -> None:
    """The keyring is restored with what it held; ``again``: after a second key was lost, too."""
    expected_log("journal damaged or locked")
    path, kept = tmp_path / "journal.db", {}
    begins(tmp_path)
    fill(path, 3)
    with closing(Journal(path)) as journal:
        journal.keep_refused(refused_row())
    for loss in range(1 + again):
        kept.update(keyring.kept)
        keyring.kept.clear()
        local_key.forget(tmp_path)
        begins(tmp_path)
        with closing(Journal(path, own=True)) as journal:
            assert journal.pending() == []
            journal.put(note(f"after loss {loss}"))
            journal.save_draft("half typed", b"newer")
    assert len(journal_file.all_set_aside(tmp_path)) == 1 + again
    keyring.kept.update(kept)
    local_key.forget(tmp_path)
    begins(tmp_path)
    with closing(Journal(path, own=True)) as journal:
        texts = [operation.text for operation in journal.pending() if isinstance(operation, ops.SaveNote)]
        assert texts == [*(f"{NOTE} {number}" for number in range(3)), *(f"after loss {n}" for n in range(1 + again))]
        assert journal.drafts() == {"half typed": b"newer"}
        assert [row.reason for row in journal.refused()] == ["no"]
        assert "3 waiting entries are back" in journal.notice
        journal.put(note("behind them"))
        assert journal.pending()[-1].text == "behind them"  # type: ignore[union-attr]
    assert journal_file.all_set_aside(tmp_path) == []
    with closing(Journal(path, own=True)) as journal:
        assert journal.notice == ""


def test_two_programs_that_begin_at_once_make_one_key(keyring: TestsKeyring, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(local_key.look_or_make, [tmp_path] * 8))
    assert len({answer.key for answer in answers}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["files.key"]
    assert len(keyring.kept) == 1, "the others' keys are not left behind"


def test_a_real_keyring_is_asked_by_another_process(tmp_path: Path, program) -> None:
    """GNOME's. The first start makes the key, the second is given the same; a locked one never answers."""
    for needed in ("dbus-run-session", "gnome-keyring-daemon"):
        program(needed)
    home, profile = tmp_path / "home", tmp_path / "profile"
    home.mkdir(mode=0o700)
    profile.mkdir()
    asks = (
        "import sys; from pathlib import Path; from agent_desktop.data.local_key import Asking; "
        "asking = Asking(Path(sys.argv[1])); answer = asking.wait(30); print(answer, answer.key.hex()); asking.close()"
    )
    script = "printf unlocked | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null; "
    script += '"$0" -c "$1" "$2" && exec "$0" -c "$1" "$2"'
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHON_KEYRING_BACKEND", "DISPLAY")
    }
    environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    command = ["dbus-run-session", "--", "sh", "-c", script, sys.executable, asks, str(profile)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    first, second = done.stdout.splitlines()
    assert first == second
    state, key = first.split()
    assert (state, len(bytes.fromhex(key))) == ("Answer(State.KEPT)", 32), done.stderr
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(key.encode() in file.read_bytes() or bytes.fromhex(key) in file.read_bytes() for file in files)


def test_no_keyring_is_an_answer_too(tmp_path: Path) -> None:
    with closing(Asking(tmp_path)) as asking:
        assert asking.wait(30) == local_key.OPEN
