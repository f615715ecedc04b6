"""Everybody at the workstation sees whether a call is recorded, and one key pauses it."""

from datetime import timedelta

import pytest
import time_machine
from PySide6.QtWidgets import QApplication

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import RecordingView
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions
from agent_desktop.ui.call_bar import CallBar
from tests.support.calls import READY_PHONE, call, presence
from tests.ui.test_call_bar import LONG, button, texts

TALK = call(CallState.TALKING, ago_s=384)


def view(state: str = "recording", **changes: object) -> RecordingView:
    now = clock.now()
    values: dict[str, object] = {"state": state, "started_at": now - timedelta(seconds=42)}
    if state == "paused":
        values |= {"paused_at": now - timedelta(seconds=36), "resumes_at": now + timedelta(seconds=24)}
    return RecordingView(TALK.call_id, **(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def bar(shown) -> CallBar:
    result = CallBar()
    result.set_phone(READY_PHONE)
    result.set_presence(presence())
    result.set_calls((TALK,))
    return shown(result, 1220)


def test_where_nothing_is_recorded_nothing_is_said(bar: CallBar) -> None:
    bar.set_recording(None)
    assert "Record" not in texts(bar)


def test_before_during_and_in_a_pause(bar: CallBar) -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        bar.set_recording(view("off", started_at=None))
        assert "Recording" not in texts(bar)
        assert "Record this call (Ctrl Shift R)" in button(bar, "Record").toolTip()
        bar.set_recording(view())
        assert "Recording  0:42" in texts(bar)
        time.shift(1)
        bar._tick()
        assert "Recording  0:43" in texts(bar)
        bar.set_recording(view("paused"))
        assert "Recording paused, resumes in 0:24" in texts(bar)
        assert "Recording  " not in texts(bar)
        time.shift(2)
        bar._tick()
        assert "resumes in 0:22" in texts(bar)


def test_the_buttons_say_what_is_wanted(bar: CallBar, qtbot) -> None:
    bar.set_recording(view("off", started_at=None))
    with qtbot.waitSignal(bar.record):
        button(bar, "Record").click()
    bar.set_recording(view())
    with qtbot.waitSignal(bar.pause_recording):
        button(bar, "Pause recording").click()
    with qtbot.waitSignal(bar.record):
        button(bar, "Stop recording").click()
    bar.set_recording(view("paused"))
    with qtbot.waitSignal(bar.pause_recording):
        button(bar, "Resume recording").click()


def test_why_it_cannot_be_recorded_is_said(bar: CallBar) -> None:
    bar.set_recording(view("off", why_not="Only a call that was answered can be recorded."))
    start = button(bar, "Record")
    assert not start.isEnabled()
    assert "Only a call that was answered can be recorded." in start.toolTip()


@pytest.mark.parametrize("state", ["off", "recording", "paused"])
@pytest.mark.parametrize("width", [1000, 1256])
def test_it_is_seen_in_the_fullest_bar(bar: CallBar, state: str, width: int) -> None:
    second = call(CallState.RINGING, name=LONG, wait_s=4.0)
    bar.set_calls((call(CallState.TALKING, emphasised=True, ago_s=3700, name=LONG, muted=True), second))
    bar.set_recording(view(state))
    bar.resize(width, bar.height())
    QApplication.processEvents()
    name = {"off": "Record", "recording": "Pause recording", "paused": "Resume recording"}[state]
    shown = button(bar, name)
    inside = shown.mapTo(bar, shown.rect().topRight())
    assert 0 <= inside.x() < bar.width()
    assert button(bar, "End").mapTo(bar, button(bar, "End").rect().topRight()).x() < bar.width()


def test_keys_that_are_possible() -> None:
    def keys(recording: RecordingView | None) -> set[str]:
        names = actions.possible((TALK,), Presence.TALKING, recording=recording)
        return names & {"record", "pause_recording"}

    assert keys(None) == set()
    assert keys(view("off", why_not="not answered")) == set()
    assert keys(view("off")) == {"record"}
    for state in ("starting", "recording", "paused"):
        assert keys(view(state)) == {"record", "pause_recording"}


def test_no_key_has_two_meanings() -> None:
    keys = [action.keys for action in actions.TABLE]
    assert len(keys) == len(set(keys))
    assert actions.keys("pause_recording") == "F5"
