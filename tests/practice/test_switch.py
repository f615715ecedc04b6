"""The whole practice switch: real INVITEs with real voice to a real phone engine, and rows in a real database."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from agent_desktop import clock
from agent_desktop.data.models import Site
from agent_desktop.practice.switch import WARM_UP_US, main
from agent_desktop.telephony import headers, messages
from tests.support import sip
from tests.support.practice import MARTA, ROOT, Report, SmallCompany, SwitchProcess

Start = Callable[..., SwitchProcess]


def ring(switch: SwitchProcess, desk: sip.EngineDriver, **details: object) -> tuple[Report, messages.IncomingCall]:
    """Order a call; what the switch says of it and what the phone heard."""
    switch.tell(do="call", queue="Billing", **{"number": MARTA, **details})
    calling = switch.wait("calling")
    return calling, desk.wait(messages.IncomingCall)


def answer(switch: SwitchProcess, desk: sip.EngineDriver, call: messages.IncomingCall) -> None:
    desk.send(messages.Answer(call_id=call.call_id))
    desk.wait(messages.CallAnswered)
    switch.wait("answered")


def written(switch: SwitchProcess, company: SmallCompany, visit: str, last: str) -> list[str]:
    """The kinds of events of this visit once ``last`` is among them."""
    while last not in company.kinds(visit):
        switch.wait("events_written")
    return company.kinds(visit)


def test_a_call_brings_everything_and_a_voice(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    switch = practice("--quiet")
    calling, call = ring(switch, desk, wait_s=48, talk_s=2.5, id=7)
    assert calling["id"] == 7
    found = dict(call.headers)
    assert headers.identity(call.headers, trusted=False).number == MARTA
    assert "Marta Kowalczyk" in found["From"]
    handoff = headers.handoff(call.headers)
    assert (handoff.queue, handoff.wait_s, handoff.linked_id) == ("Billing", 48.0, calling["linked_id"])
    assert (handoff.account_number, handoff.uui) == ("44710932", "44710932")
    assert (found["X-IVR-Path"], found["X-IVR-Language"], found["X-Verified"]) == (
        "main>2>billing>account",
        "pl",
        "pin",
    )
    assert found["X-IVR-2"].endswith("Z Language: Polish (pressed 2)")
    assert switch.wait("ringing")["ms"] >= 0

    answer(switch, desk, call)
    desk.wait(messages.Levels, lambda heard: heard.speaker > 0.02)  # it speaks
    assert switch.wait("rtp")["linked_id"] == calling["linked_id"]
    assert switch.wait("bye_sent")["why"] == "done"
    assert desk.wait(messages.CallEnded).by == "remote"
    kinds = written(switch, company, calling["visit_id"], "completed")
    assert kinds == ["entered", "offered", "connected", "completed"]
    rows = dict(company.events(calling["visit_id"]))
    assert (rows["offered"]["at"] - rows["entered"]["at"]).total_seconds() == 48.0
    assert rows["completed"]["data"] == {"by": "caller"}
    assert rows["connected"]["agent"] == company.agents["dana"]
    assert {row["linked_id"] for row in rows.values()} == {calling["linked_id"]}


def test_hold_hang_up_and_wrap_up_are_seen(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    company.presence("ready")
    switch = practice("--quiet")
    switch.wait("presence", lambda report: report["presence"] == "ready")
    calling, call = ring(switch, desk)
    answer(switch, desk, call)
    company.presence("talking")
    desk.send(messages.Hold(call_id=call.call_id))
    switch.wait("held")
    desk.send(messages.Resume(call_id=call.call_id))
    switch.wait("resumed")
    desk.send(messages.HangUp(call_id=call.call_id))
    switch.wait("bye_received")
    company.presence("wrap_up")
    switch.wait("presence", lambda report: report["presence"] == "wrap_up")
    company.presence("ready")
    kinds = written(switch, company, calling["visit_id"], "wrap_up_ended")
    story = ["entered", "offered", "connected", "held", "resumed", "completed", "wrap_up_started", "wrap_up_ended"]
    assert kinds == story
    rows = dict(company.events(calling["visit_id"]))
    assert rows["completed"]["data"] == {"by": "agent"}
    assert rows["wrap_up_started"]["agent"] == company.agents["dana"]


def test_patience_ends_while_it_rings(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    switch = practice("--quiet")
    calling, call = ring(switch, desk, patience_s=0.4)
    ended = desk.wait(messages.CallEnded)
    assert (ended.call_id, ended.code, ended.by, ended.answered) == (call.call_id, 487, "remote", False)
    assert switch.wait("cancelled")["why"] == "abandoned"
    assert written(switch, company, calling["visit_id"], "abandoned") == ["entered", "offered", "abandoned"]


def test_patience_ends_on_hold(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    switch = practice("--quiet")
    calling, call = ring(switch, desk, hold_patience_s=0.3)
    answer(switch, desk, call)
    desk.send(messages.Hold(call_id=call.call_id))
    assert switch.wait("bye_sent")["why"] == "hold"
    kinds = written(switch, company, calling["visit_id"], "completed")
    assert kinds == ["entered", "offered", "connected", "held", "completed"]


def test_a_declined_call_goes_to_a_colleague(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    switch = practice("--quiet", "--speed", "60")
    calling, call = ring(switch, desk, patience_s=600)
    desk.send(messages.Reject(call_id=call.call_id))
    assert switch.wait("rejected")["code"] == 486
    while "connected" not in (kinds := company.kinds(calling["visit_id"])):
        switch.wait("events_written")
    assert kinds[:3] == ["entered", "offered", "not_answered"]
    rows = company.events(calling["visit_id"])
    declined, connected = rows[2][1], next(row for kind, row in rows if kind == "connected")
    assert (declined["agent"], declined["data"]["reason"]) == (company.agents["dana"], "declined")
    assert connected["agent"] != company.agents["dana"]


def test_planned_calls_come_when_the_agent_is_ready(
    practice: Start, desk: sip.EngineDriver, company: SmallCompany
) -> None:
    company.presence("paused", "Lunch")
    switch = practice("--speed", "300")
    for _ in range(8):  # a lot happens among the colleagues, and nothing here
        switch.wait("events_written")
    assert not desk.of(messages.IncomingCall)
    company.presence("ready")
    call = desk.wait(messages.IncomingCall)
    invited = switch.wait("invite_sent")
    assert headers.handoff(call.headers).linked_id == invited["linked_id"]
    switch.tell(do="hang_up")
    switch.wait("cancelled")
    switch.tell(do="quiet", value=True)
    switch.wait("done", lambda report: report["do"] == "quiet")
    calls = len(desk.of(messages.IncomingCall))
    for _ in range(12):
        switch.wait("events_written")
    desk.pause(0)
    assert len(desk.of(messages.IncomingCall)) == calls
    dana = [kind for kind, row in company.events() if row["agent"] == company.agents["dana"]]
    assert dana[:5] == ["member_added", "member_added", "paused", "unpaused", "offered"]


def test_an_agent_who_never_signed_in_gets_no_planned_calls(
    practice: Start, desk: sip.EngineDriver, company: SmallCompany
) -> None:
    switch = practice("--speed", "600", "--hour", "10")
    _, call = ring(switch, desk)  # what follows from this call in the database is no word of the agent's
    desk.send(messages.Reject(call_id=call.call_id))
    switch.wait("rejected")
    for _ in range(20):
        switch.wait("events_written")
    desk.pause(0.1)
    assert len(desk.of(messages.IncomingCall)) == 1


def test_events_carry_the_time_on_the_wall_at_any_speed(practice: Start, company: SmallCompany) -> None:
    begun = clock.now()
    switch = practice("--speed", "600", "--hour", "10")
    switch.wait("events_written", lambda report: report["total"] >= 40)
    switch.tell(do="pause")
    switch.wait("done")
    now = clock.now()
    moments = [row["at"] for _, row in company.events()]
    assert len(moments) > 30
    assert moments == sorted(moments)
    assert begun - timedelta(microseconds=WARM_UP_US / 600) <= moments[0]  # calls under way began before
    assert moments[-1] <= now
    switch.tell(do="quit")
    assert switch.ended() == 0


def test_withheld_numbers_headers_of_ones_own_and_two_at_once(practice: Start, desk: sip.EngineDriver) -> None:
    switch = practice("--quiet")
    _, first = ring(switch, desk, number="", headers={"X-Odd": "<b>7</b>"})
    assert headers.identity(first.headers, trusted=False).anonymous
    assert dict(first.headers)["X-Odd"] == "<b>7</b>"
    _, second = ring(switch, desk, number="+442079460999", name="Zoë 🎧")
    assert headers.identity(second.headers, trusted=False) == headers.CallerIdentity(
        "+442079460999", "Zoë 🎧", source="From"
    )
    assert first.call_id != second.call_id


def test_orders_that_cannot_be_carried_out_are_refused(practice: Start) -> None:
    switch = practice("--quiet")
    orders: tuple[tuple[dict[str, object], str], ...] = (
        ({"do": "dance"}, "no such order"),
        ({"do": "call", "queue": "Nowhere"}, "Billing, Outages"),
        ({"do": "call", "queue": "Billing", "talk_s": -1}, "talk_s"),
        ({"do": "speed", "value": -1}, "between"),
        ({"do": "speed", "value": "fast"}, "number"),
    )
    for number, (order, said) in enumerate(orders):
        switch.tell(**order, id=number)
        refused = switch.wait("refused")
        assert said in refused["text"]
        assert refused["id"] == number


# -------------------------------------------------------------------- the agent dials


def dial(desk: sip.EngineDriver, ready: Report, number: str) -> str:
    call_id = f"out-{number}"
    desk.send(messages.Dial(call_id=call_id, target=f"sip:{number}@127.0.0.1:{ready['port']}"))
    return call_id


def test_dialled_numbers_do_what_their_last_digit_says(practice: Start, desk: sip.EngineDriver) -> None:
    switch = practice("--quiet")
    ready = switch.wait("ready")
    for number, code, kind in (("+48601442197", 486, "busy"), ("+48601442199", 404, "unknown")):
        call_id = dial(desk, ready, number)
        assert desk.wait(messages.CallEnded, lambda end, key=call_id: end.call_id == key).code == code
        assert switch.wait("incoming")["fate"] == kind
        assert switch.wait("rejected")["code"] == code

    call_id = dial(desk, ready, "+48601442198")
    assert switch.wait("incoming")["fate"] == "no_answer"
    desk.wait(messages.CallProgress)
    desk.send(messages.HangUp(call_id=call_id))
    switch.wait("cancelled")

    call_id = dial(desk, ready, MARTA)
    assert switch.wait("incoming")["number"] == MARTA
    desk.wait(messages.CallAnswered)
    desk.wait(messages.Levels, lambda heard: heard.speaker > 0.02)
    desk.send(messages.Hold(call_id=call_id))
    assert switch.wait("held")["side"] == "callee"
    desk.send(messages.HangUp(call_id=call_id))
    switch.wait("bye_received")


# ------------------------------------------------------------------------- the ends


def test_end_of_orders_lets_a_talk_finish(practice: Start, desk: sip.EngineDriver, company: SmallCompany) -> None:
    switch = practice("--quiet")
    calling, call = ring(switch, desk, talk_s=1.5)
    _, ringing = ring(switch, desk, number="")
    answer(switch, desk, call)
    switch.end_of_orders()
    assert desk.wait(messages.CallEnded).call_id == ringing.call_id  # who rings gives up
    assert switch.wait("bye_sent")["why"] == "done"
    assert switch.ended() == 0
    kinds = [kind for kind, _ in company.events()]
    assert kinds.count("member_added") == kinds.count("member_removed") == 6
    assert company.kinds(calling["visit_id"])[-1] == "completed"


@pytest.mark.parametrize("how", ["quit", "SIGTERM"])
def test_told_to_quit_it_hangs_up_at_once(
    practice: Start, desk: sip.EngineDriver, company: SmallCompany, how: str
) -> None:
    switch = practice("--quiet")
    calling, call = ring(switch, desk)
    answer(switch, desk, call)
    if how == "quit":
        switch.tell(do="quit")
    else:
        os.kill(switch.pid, signal.SIGTERM)
    assert desk.wait(messages.CallEnded).by == "remote"
    assert switch.ended() == 0
    assert company.kinds(calling["visit_id"])[-1] == "completed"


def test_a_workstation_that_is_not_there(practice: Start, company: SmallCompany) -> None:
    switch = practice("--quiet", target=f"sip:agent@127.0.0.1:{sip.free_port(23_000, 23_500)}")
    switch.tell(do="call", queue="Billing", number=MARTA)
    calling = switch.wait("calling")
    switch.wait("failed")
    kinds = written(switch, company, calling["visit_id"], "not_answered")
    assert kinds[:3] == ["entered", "offered", "not_answered"]
    assert dict(company.events(calling["visit_id"]))["not_answered"]["data"]["reason"] == "unreachable"


def test_events_wait_for_a_locked_database(practice: Start, company: SmallCompany, desk: sip.EngineDriver) -> None:
    switch = practice("--quiet")
    switch.wait("events_written")
    blocker = sqlite3.connect(company.file, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    calling, call = ring(switch, desk, patience_s=60)
    desk.send(messages.Reject(call_id=call.call_id))
    assert "database" in switch.wait("trouble")["text"]
    blocker.execute("ROLLBACK")
    blocker.close()
    kinds = written(switch, company, calling["visit_id"], "not_answered")
    assert kinds[:3] == ["entered", "offered", "not_answered"]
    numbers = [report["last_seq"] for report in switch.reports if report["report"] == "events_written"]
    assert numbers == sorted(set(numbers))


# ------------------------------------------------------------------------ the command line


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agent_desktop.practice", "--dir", "unused", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30, check=False)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "where",
    ["postgresql://server/db", "postgresql+psycopg://u:p@server/db", "mysql://server/db", "host=server dbname=db"],
)
def test_a_server_is_refused_in_words(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    there = ("--database", where, "--target", "sip:a@127.0.0.1:5060", "--agent", "dana")
    assert main([*there, "--dir", "unused"]) == 2
    assert "only on an embedded database" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_what_is_wrong_is_said_in_words(
    company: SmallCompany, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ["--database", str(company.file), "--target", "sip:a@127.0.0.1:5060"]
    for arguments, code, words in (
        (["--database", str(tmp_path / "no.db"), "--target", "sip:a@h", "--agent", "dana"], 1, "not there"),
        ([*there, "--agent", "nobody"], 2, "dana"),
        ([*there[:2], "--target", "phone", "--agent", "dana"], 2, "--target"),
        ([*there, "--agent", "dana", "--listen", "5060"], 2, "--listen"),
        ([*there, "--agent", "dana", "--speed", "-1"], 2, "--speed"),
    ):
        done, said = main([*arguments, "--dir", "unused"]), capsys.readouterr().err
        assert (done, words in said) == (code, True), said


def test_the_database_of_a_real_site_is_refused_in_words(company: SmallCompany) -> None:
    with company.database.write() as session:
        session.execute(update(Site).values(practice=False))
    done = run("--database", str(company.file), "--target", "sip:a@127.0.0.1:5060", "--agent", "dana")
    assert done.returncode != 0
    assert "real site" in done.stderr
    assert "Traceback" not in done.stderr
    assert company.events() == []
