"""The workstation's handle on the practice switch."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.practice.control import PracticeOptions, PracticeSwitch
from agent_desktop.telephony import messages
from tests.support import sip
from tests.support.practice import MARTA, SmallCompany


@pytest.fixture
def switch(qtbot: QtBot) -> Iterator[PracticeSwitch]:
    made = PracticeSwitch()
    yield made
    made.stop_and_wait()


def test_start_call_and_stop(
    qtbot: QtBot, switch: PracticeSwitch, company: SmallCompany, desk: sip.EngineDriver, tmp_path: Path
) -> None:
    reports: list[dict[str, object]] = []
    switch.reported.connect(reports.append)
    options = PracticeOptions(quiet=True, rtp_port=23_750, folder=tmp_path / "practice")
    switch.start(company.file, desk.uri, "dana", options)
    switch.call("Billing", MARTA, patience_s=30)  # may be asked for before it is ready
    switch.set_speed(5.0)
    qtbot.waitUntil(lambda: any(report["report"] == "ringing" for report in reports))
    call = desk.wait(messages.IncomingCall)
    switch.hang_up()
    qtbot.waitUntil(lambda: any(report["report"] == "cancelled" for report in reports))
    assert desk.wait(messages.CallEnded).call_id == call.call_id
    assert switch.running
    with qtbot.waitSignal(switch.stopped) as stopped:
        switch.stop()
    assert stopped.args == [""]
    assert not switch.running
    assert {"do": "speed", "id": None, "report": "done"} in reports


def test_what_goes_wrong_is_said(qtbot: QtBot, switch: PracticeSwitch, company: SmallCompany, tmp_path: Path) -> None:
    with qtbot.waitSignal(switch.stopped) as stopped:
        switch.start(company.file, "sip:agent@127.0.0.1:23000", "nobody", PracticeOptions(folder=tmp_path / "p"))
    assert "nobody" in stopped.args[0]


def test_the_end_of_the_program_waits_for_it(
    qtbot: QtBot, switch: PracticeSwitch, company: SmallCompany, desk: sip.EngineDriver, tmp_path: Path
) -> None:
    switch.stop_and_wait()  # nothing runs: nothing to wait for
    options = PracticeOptions(quiet=True, rtp_port=23_750, folder=tmp_path / "practice")
    with qtbot.waitSignal(switch.reported):
        switch.start(company.file, desk.uri, "dana", options)
    switch.stop_and_wait()
    assert not switch.running
