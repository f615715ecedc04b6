import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from agent_desktop import crash


@pytest.fixture
def log_file(tmp_path):
    file = tmp_path / "log" / "agent-desktop.log"
    crash.start(file)
    yield file
    crash.stop()


def boom(text="boom"):
    raise ValueError(text)


def uncaught(function):
    """What Python does with an error that nobody catches."""
    try:
        function()
    except Exception as error:
        sys.excepthook(type(error), error, error.__traceback__)


def run_program(log_file: Path, body: str) -> subprocess.CompletedProcess[str]:
    program = f"""
        import sys, logging, threading
        from pathlib import Path
        from agent_desktop import crash, log
        log.start(Path({str(log_file)!r}))
        crash.start(Path({str(log_file)!r}))
    """
    code = textwrap.dedent(program) + textwrap.dedent(body)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)


def test_an_uncaught_error_is_told_once_and_counted(log_file, expected_log):
    expected_log("(?s)crash: fault in the program: .*ValueError: boom")
    expected_log("fault in the program for the 10. time")
    told = []
    crash.on_crash = told.append
    for _ in range(12):
        uncaught(boom)
    assert [c.times for c in told] == [1]
    assert told[0].summary.startswith("ValueError: boom (test_crash.py:")
    assert "in boom" in told[0].details


def test_two_places_are_two_faults(log_file, expected_log):
    expected_log("boom")
    expected_log("KeyError")
    uncaught(boom)
    uncaught(lambda: {}["name"])
    assert [c.summary.split(":")[0] for c in crash.crashes] == ["ValueError", "KeyError"]


def test_numbers_and_rows_of_customers_stay_out(log_file, expected_log, caplog):
    expected_log("fault in")
    message = "no such +48 601 442 190\n[parameters: ('Maria Nowak',)]"
    uncaught(lambda: boom(message))
    for text in (crash.crashes[0].details, crash.crashes[0].summary, caplog.text):
        assert "601" not in text
        assert "442" not in text
    assert "…190" in crash.crashes[0].summary
    assert "Nowak" not in crash.crashes[0].details + caplog.text


def test_a_thread_reports_under_its_name(log_file, expected_log):
    expected_log("fault in thread worker")
    thread = threading.Thread(target=boom, name="worker")
    thread.start()
    thread.join()
    assert "in thread worker" in crash.crashes[0].summary


def test_a_listener_that_fails_makes_no_new_fault(log_file, expected_log):
    expected_log("fault in the program")
    expected_log("the fault could not be shown")
    crash.on_crash = lambda _: boom("the dialog")
    uncaught(boom)
    assert len(crash.crashes) == 1


def test_a_slot_that_raises_reaches_the_hook(log_file, expected_log, qtbot):
    from PySide6.QtCore import QObject, Signal

    class Sender(QObject):
        sent = Signal()

    expected_log("fault in the program")
    sender = Sender()
    sender.sent.connect(boom)
    with qtbot.captureExceptions():  # pytest-qt puts its own hook in front while a test runs
        crash_hook, sys.excepthook = sys.excepthook, crash._uncaught
        sender.sent.emit()
        sys.excepthook = crash_hook
    assert "boom" in crash.crashes[0].summary


def test_the_program_goes_on_after_an_error_in_a_thread(tmp_path):
    file = tmp_path / "log" / "ours.log"
    done = run_program(
        file,
        """
        def fail(): raise ValueError("in the thread")
        thread = threading.Thread(target=fail, name="pop"); thread.start(); thread.join()
        class Bad:
            def __del__(self): raise ValueError("while cleaning")
        Bad()
        print("still here")
        """,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "still here")
    assert "fault in thread pop" in file.read_text()
    assert "ValueError: while cleaning" in file.read_text()


def test_what_a_fault_in_a_library_leaves_is_kept_for_the_next_session(tmp_path):
    file = tmp_path / "log" / "ours.log"
    done = run_program(file, "import ctypes; ctypes.string_at(0)")
    assert done.returncode < 0
    assert "Segmentation fault" in file.with_name("abort.txt").read_text()
    crash.start(file)
    kept = crash.previous_abort
    crash.stop()
    assert kept is not None
    assert "Segmentation fault" in kept.read_text()
    assert not file.with_name("abort.txt").read_text()


def test_ctrl_c_is_no_fault(tmp_path):
    file = tmp_path / "log" / "ours.log"
    done = run_program(file, "raise KeyboardInterrupt")
    assert done.returncode != 0
    assert "fault in" not in file.read_text()
