"""Recording at a real workstation in a real call, by the keys alone."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from agent_desktop.core import recording_review
from agent_desktop.core.states import CallState
from agent_desktop.settings import Recording
from agent_desktop.ui.main_window import MainWindow
from tests.support.workstation import Bench
from tests.ui.test_call_bar import texts

STOP = (Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    yield made
    made.stop()


@pytest.fixture
def window(bench: Bench, shown, tmp_path: Path) -> Iterator[MainWindow]:
    assert bench.core is not None
    window = shown(MainWindow(bench.core), 1280, 720)
    bench.ring(bench.other())
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    key = recording_review.make_key(tmp_path / "key.txt")
    (tmp_path / "store").mkdir()
    bench.core.recordings.apply(Recording(enabled=True, public_key=key, store=str(tmp_path / "store")))
    yield window
    bench.session.calls.end()
    bench.until(lambda: not bench.session.book.running(), "over")
    bench.stop()  # before the window is gone that it tells


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def test_start_pause_resume_and_stop_by_the_keys(bench: Bench, window: MainWindow) -> None:
    bar = window.shell.call_bar
    press(window, Qt.Key.Key_F5)
    assert "paused" not in texts(bar), "nothing to pause yet"
    press(window, *STOP)
    press(window, Qt.Key.Key_1)  # the customer said yes
    bench.until(lambda: "Recording  0:0" in texts(bar), "recording is shown")
    press(window, Qt.Key.Key_F5)
    bench.until(lambda: "Recording paused, resumes in 0:" in texts(bar) or "Paused 0:" in texts(bar), "paused")
    press(window, Qt.Key.Key_F5)
    bench.until(lambda: "Recording  0:0" in texts(bar), "recording again")
    press(window, *STOP)
    bench.until(lambda: "Recording" not in texts(bar), "stopped")
    assert "Record" in texts(bar)
    consent, gaps = bench.arrives("SELECT consent, gaps FROM recording WHERE state = 'stored'")
    assert consent == "said_yes"
    assert '"ended_by": "agent"' in gaps


def test_without_an_answer_nothing_is_recorded(bench: Bench, window: MainWindow) -> None:
    press(window, *STOP)
    press(window, Qt.Key.Key_Escape)
    assert bench.core is not None
    view = bench.core.recordings.view()
    assert view is not None
    assert view.state == "off"
    assert bench.rows("SELECT 1 FROM recording") == []


def test_a_recording_is_found_with_its_call_and_reviewed_by_the_command_copied(
    bench: Bench, window: MainWindow, tmp_path: Path
) -> None:
    assert bench.core is not None
    policy = bench.core.recordings.policy
    bench.session.apply(msgspec.structs.replace(bench.session.settings, recording=policy))
    bar = window.shell.call_bar
    press(window, *STOP)
    press(window, Qt.Key.Key_2)  # it was announced
    bench.until(lambda: "Recording  0:0" in texts(bar), "recording is shown")
    press(window, *STOP)
    bench.arrives("SELECT id FROM recording WHERE state = 'stored'")
    window.calls_wiring.open(bench.session.book.views()[0].interaction_id)
    page = window.calls_wiring.page
    assert page is not None

    def copy_button() -> QAbstractButton | None:
        buttons = page.panel.findChildren(QAbstractButton)
        return next((one for one in buttons if one.text() == "Copy the command" and one.isVisible()), None)

    bench.until(copy_button, "the recording is shown")
    button = copy_button()
    assert button is not None
    button.click()
    file = Path(shlex.split(QApplication.clipboard().text())[3])
    assert file.is_relative_to(tmp_path / "store")
    done = recording_review.decrypt(file, tmp_path / "key.txt", tmp_path / "out.wav")
    assert done.complete
    assert done.seconds > 0
