"""Listening in on a real Asterisk: who hears whom in each of the three ways, and that it leaves no trace of a call."""

import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from agent_desktop import secrets
from agent_desktop.core import board_lists, recording_review
from agent_desktop.core.board_lists import Behind
from agent_desktop.core.states import CallState
from agent_desktop.data import agents
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence, RequestKind
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_transfers import Desk
from tests.support import sip
from tests.support.collecting import CollectorProcess, make_centre
from tests.support.sound import RATE

pytestmark = [pytest.mark.asterisk, pytest.mark.usefixtures("qapp"), pytest.mark.xdist_group("collector")]
CALLER, AGENT, SUPERVISOR = 400, 700, 1_100


@pytest.fixture
def desks(tmp_path: Path, pbx: Asterisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Desk]]:
    """Dana is 1001 and answers support; Jonas, 1002, listens. A collector runs with the supplied account's rights."""
    monkeypatch.setattr(secrets, "read", lambda name: f"change-me-{name[4:8]}")
    profile = Profile(tmp_path / "centre")
    profile.make()
    shared = profile.database_file
    make_centre(shared, (("Dana Okafor", "1001"), ("Jonas Lind", "1002")), ("support",)).close()
    phone = {"interface": "PJSIP/{extension}", "context": "agent-desktop-agents"}
    collector = CollectorProcess(tmp_path, "one", shared, pbx.manager_port, **phone).start().connected()
    with ExitStack() as running:
        running.callback(lambda: collector.stop())
        made = []
        for login, extension in (("dana", "1001"), ("jonas", "1002")):
            desk = Desk(tmp_path / login, shared, login, extension)
            running.callback(desk.stop)
            made.append(desk.start(mode="account", domain=pbx.address))
        yield made[0], made[1]


class Ears:
    """What the three of them hear, recorded for a while in their own engines."""

    def __init__(self, folder: Path, dana: Desk, jonas: Desk, caller: sip.EngineDriver) -> None:
        self._key = recording_review.make_key(folder / "key.txt")
        self._folder, self._turn = folder, 0
        self._desks, self._caller = (dana, jonas), caller
        self.calls: dict[str, str] = {}  # who: the call

    def expect(self, wanted: dict[str, set[int]], what: str) -> None:
        """This is what they hear once a change has reached everybody: mixer and phones take a moment."""
        for _ in range(5):
            found = self.hear()
            if found == wanted:
                return
        assert found == wanted, what

    def hear(self) -> dict[str, set[int]]:
        """Which of the three voices each of them hears now."""
        self._turn += 1
        places = {who: self._folder / f"{who}{self._turn}.wav.age" for who in self.calls}
        names = {who: str(new_id()) for who in self.calls}
        for action in ("start", "stop"):
            for who, path in places.items():
                order = m.Record(call_id=self.calls[who], action=action, recording_id=names[who], path=str(path),
                                 recipient=self._key)  # fmt: skip
                self._send(who, order)
            until = self._desks[0].until
            if action == "start":
                until(lambda: all(path.exists() and path.stat().st_size > 0 for path in places.values()), "recording")
                until(_after(1.0), "a second")
        found = {}
        for who, path in places.items():
            self._desks[0].until(lambda path=path: self._whole(path), "the recording ends")
            found[who] = self._voices(path)
        return found

    def _send(self, who: str, order: m.Record) -> None:
        if who == "caller":
            self._caller.send(order)
        else:
            desk = self._desks[who == "supervisor"]
            assert desk.core is not None
            desk.core.phone.record(order)

    def _whole(self, path: Path) -> bool:
        out = path.with_suffix(".wav")
        return recording_review.decrypt(path, self._folder / "key.txt", out).complete

    @staticmethod
    def _voices(path: Path) -> set[int]:
        with wave.open(str(path.with_suffix(".wav"))) as sound:
            heard = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2)[:, 1].astype(float)
        heard = heard[-int(0.6 * RATE) :]
        power = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
        at = {hertz: power[round(hertz * len(heard) / RATE) - 3 :][:7].max() for hertz in (CALLER, AGENT, SUPERVISOR)}
        return {hertz for hertz, loud in at.items() if loud > 0.05 * len(heard) * 1_000}


def _after(seconds: float) -> Callable[[], bool]:
    import time

    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def test_listen_whisper_and_barge_in(pbx: Asterisk, desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    dana, jonas = desks
    assert dana.core is not None
    assert jonas.core is not None
    tones = {hertz: str(sip.tone(tmp_path / f"{hertz}.wav", hertz=hertz)) for hertz in (CALLER, AGENT, SUPERVISOR)}
    database = Database.open(dana.database)
    with database.read() as session:
        person = agents.agent_by_login(session, "dana")
    database.close()
    assert person is not None
    monitoring, failures = jonas.core.monitoring, []
    monitoring.failed.connect(failures.append)
    monitoring.start(person.id, person.name)
    jonas.until(lambda: failures, "nobody talks there yet")
    assert failures == ["Dana Okafor is in no call on the PBX."]

    caller = dana.other(listen_port=pbx.trunk_port, user="trunk")
    caller.send(m.Dial(call_id="out", target=f"sip:5001@{pbx.address}", play=tones[CALLER]))
    dana.until(lambda: dana.states == [CallState.RINGING], "it rings")
    dana.session.calls.answer()
    dana.until(lambda: dana.states == [CallState.TALKING], "talking")
    talk = dana.views[0].call_id
    dana.core.phone.play(talk, tones[AGENT], loop=True)

    voices: list[m.VoiceQuality] = []
    jonas.core.phone.voice.connect(voices.append)
    monitoring.start(person.id, person.name)
    jonas.until(lambda: monitoring.view is not None and monitoring.view.state == "listening", "he is called and hears")
    listened = monitoring._call_id
    jonas.core.phone.play(listened, tones[SUPERVISOR], loop=True)  # his microphone
    dana.until(lambda: [one.by for one in dana.core.supervision.listeners] == ["Jonas Lind"], "she sees who listens")
    assert jonas.views == (), "it is no call"
    assert jonas.session.presence_view().presence is Presence.PAUSED
    ears = Ears(tmp_path, dana, jonas, caller)
    ears.calls = {"caller": "out", "agent": talk, "supervisor": listened}
    ears.expect({"caller": {AGENT}, "agent": {CALLER}, "supervisor": {CALLER, AGENT}}, "listen")
    jonas.until(lambda: voices and voices[-1].voice.received > 0, "a report")
    assert voices[-1].voice.sent == 0
    (line,) = [line for line in pbx.command("pjsip show channelstats").splitlines() if " 1002-" in line]
    # Voice is 50 packets a second; one without anything in it keeps the way open every five.
    assert int(line.split()[4]) < 10, f"the PBX has got nothing of his: {line}"

    for mode, heard in (
        ("whisper", {"caller": {AGENT}, "agent": {CALLER, SUPERVISOR}, "supervisor": {CALLER, AGENT}}),
        ("barge", {"caller": {AGENT, SUPERVISOR}, "agent": {CALLER, SUPERVISOR}, "supervisor": {CALLER, AGENT}}),
        ("listen", {"caller": {AGENT}, "agent": {CALLER}, "supervisor": {CALLER, AGENT}}),
    ):
        monitoring.change(mode)
        jonas.until(lambda mode=mode: failures[1:] or monitoring.view.mode == mode, mode)
        assert failures[1:] == []
        assert monitoring._call_id == listened, "in the same call"
        ears.expect(heard, mode)

    monitoring.end()
    dana.until(lambda: dana.core.supervision.listeners == (), "and she sees that he has gone")
    assert dana.states == [CallState.TALKING]
    monitoring.start(person.id, person.name, "whisper")
    jonas.until(lambda: monitoring.view is not None and monitoring.view.state == "listening", "again")
    dana.session.calls.end()
    jonas.until(lambda: monitoring.view is None, "it ends with her call")
    jonas.until(lambda: jonas.session.presence_view().presence is Presence.READY, "back to work")
    jonas.until(
        lambda: (
            not jonas.rows("SELECT 1 FROM pbx_request WHERE over_at IS NULL AND state = 'done' AND kind = 'monitor'")
        ),
        "all over",
    )

    ((his,),) = jonas.rows("SELECT hex(id) FROM agent WHERE login = 'jonas'")
    started = "started_at > (SELECT min(at) FROM pbx_request WHERE kind = 'monitor')"
    assert jonas.rows(f"SELECT 1 FROM leg WHERE hex(agent_id) = ? AND {started}", his) == []
    assert len(jonas.rows(f"SELECT 1 FROM interaction WHERE {started}")) == 1
    busy = "presence IN ('talking', 'ringing', 'wrap_up')"
    assert jonas.rows(f"SELECT 1 FROM presence WHERE hex(agent_id) = ? AND {busy}", his) == []
    kinds = jonas.rows(
        "SELECT json_extract(detail, '$.mode'), state FROM pbx_request WHERE kind = 'monitor' ORDER BY at"
    )
    assert kinds == [
        ("listen", "refused"), ("listen", "done"), ("whisper", "done"), ("barge", "done"), ("listen", "done"),
        ("whisper", "done"),
    ]  # fmt: skip

    # Dana wraps up; whoever waits now, Jonas takes to his own phone.
    pbx.command("queue pause member PJSIP/1001 queue support")
    caller.send(m.Dial(call_id="second", target=f"sip:5001@{pbx.address}", play=tones[CALLER]))
    board = jonas.core.live.board
    jonas.until(lambda: board_lists.lines(board, Behind(waiting_at=board.now())), "his board has them waiting")
    (line,) = board_lists.lines(board, Behind(waiting_at=board.now()))
    jonas.core.supervision.ask(RequestKind.REDIRECT, detail={"visit": str(line.visit.id), "to": "1002"})
    jonas.until(lambda: jonas.states == [CallState.RINGING], "it rings at his desk")
    assert jonas.views[0].queue == "support"
    ended = "SELECT exit_reason FROM queue_visit WHERE id = ? AND left_at IS NOT NULL"
    assert line.visit.id is not None
    assert jonas.arrives(ended, line.visit.id.bytes) == ("withdrawn",), "nobody has given up"
    jonas.session.calls.answer()
    jonas.until(lambda: jonas.states == [CallState.TALKING], "and it is his")
