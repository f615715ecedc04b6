"""What only shows after many calls; run by ``make soak``."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from agent_desktop.telephony import messages as m
from tests.support import sip

CALLS = 1_500
SETTLED = 800  # the library keeps memory for reuse until about here
GROWTH_MB = 4
ANYHOW_S = 90.0
NOBODY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"  # a recipient whose key is not kept


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_thousand_calls_leave_the_engine_as_it_was(engines: Callable[..., sip.EngineDriver]) -> None:
    desk, caller = engines(), engines()
    assert desk.process is not None
    process = psutil.Process(desk.process.pid)
    settled = 0
    for number in range(CALLS):
        call_id = f"c{number}"
        caller.send(m.Dial(call_id=call_id, target=desk.uri))
        ringing = desk.wait(m.IncomingCall)
        desk.send(m.Answer(call_id=ringing.call_id))
        caller.wait(m.CallAnswered, lambda event, call_id=call_id: event.call_id == call_id)
        (caller if number % 2 else desk).send(m.HangUp(call_id=call_id if number % 2 else ringing.call_id))
        ended = desk.wait(m.CallEnded)
        assert ended.answered
        caller.wait(m.CallEnded)
        desk.send(m.Acknowledge(seq=ended.seq))
        if number == SETTLED:
            settled = process.memory_info().rss
    grown = (process.memory_info().rss - settled) / 1e6
    assert grown < GROWTH_MB, f"{grown:.1f} MB more after {CALLS - SETTLED} calls"


class Anyhow:
    """One phone that three others call, and everybody does at any moment whatever comes to their mind."""

    def __init__(self, desk: sip.EngineDriver, callers: list[sip.EngineDriver], chance: random.Random):
        self.desk, self.callers, self.chance = desk, callers, chance
        self.addresses = {one: one.uri for one in (desk, *callers)}
        self.calls: dict[sip.EngineDriver, dict[str, str]] = {one: {} for one in (desk, *callers)}
        self.wavs = ["", *(str(sip.tone(desk.folder / f"{s}.wav", seconds=s)) for s in (0.05, 0.5))]
        self.orders = 0

    def step(self) -> None:
        for one in (self.desk, *self.callers):
            self._hear(one)
        for at, caller in enumerate(self.callers):
            self._call(caller, f"{at}-{self.orders}")
        for engine, calls in self.calls.items():
            for call_id, state in list(calls.items()):
                if self.chance.random() < 0.3:
                    self.orders += 1
                    engine.send(self._order(engine, call_id, state))

    def _hear(self, engine: sip.EngineDriver) -> None:
        engine.hear()
        for said in engine.heard:
            if isinstance(said, m.IncomingCall) and not said.refused:
                self.calls[engine][said.call_id] = "ringing"
            elif isinstance(said, m.CallAnswered):
                self.calls[engine][said.call_id] = "talking"
            elif isinstance(said, m.CallEnded):
                self.calls[engine].pop(said.call_id, None)
            if isinstance(said, m.Event):
                engine.send(m.Acknowledge(seq=said.seq))
        engine.heard.clear()

    def _call(self, caller: sip.EngineDriver, call_id: str) -> None:
        if len(self.calls[caller]) < 2 and self.chance.random() < 0.1:
            self.calls[caller][call_id] = "dialling"
            play = self.chance.choice(self.wavs)
            caller.send(m.Dial(call_id=call_id, target=self.addresses[self.desk], play=play))

    def _order(self, engine: sip.EngineDriver, call_id: str, state: str) -> m.Message:
        yes, other = self.chance.random() < 0.5, self.chance.choice(self.callers)
        if state == "ringing":
            answers = [m.Answer(call_id=call_id, beep=yes)] * 4
            return self.chance.choice([*answers, m.Reject(call_id=call_id, code=486), m.HangUp(call_id=call_id)])
        talking = tuple(one for one, state in self.calls[engine].items() if state == "talking")
        path = str(engine.folder / f"{self.orders}.age")
        record = m.Record(
            call_id=call_id, recording_id="r", path=path, recipient=NOBODY,
            action=self.chance.choice(("start", "pause", "resume", "stop")), beep_every_s=0.2,
        )  # fmt: skip
        return self.chance.choice(
            [
                m.HangUp(call_id=call_id),
                m.Hold(call_id=call_id),
                m.Resume(call_id=call_id),
                m.Mute(call_id=call_id, on=yes),
                m.Speak(call_id=call_id, on=yes),
                m.Play(call_id=call_id, path=self.chance.choice(self.wavs), loop=yes),
                m.SendDigits(call_id=call_id, digits="12#"),
                m.Confer(call_ids=talking if yes else ()),
                m.Transfer(call_id=call_id, target=self.addresses[other]),
                m.TransferToCall(call_id=call_id, to_call_id=self.chance.choice(list(self.calls[engine]))),
                record,
            ]
        )


def starve(engine: sip.EngineDriver) -> None:
    """Every thread but the owner's runs only when nobody else wants to: what is late on a busy machine is, here."""
    assert engine.process is not None
    for task in Path(f"/proc/{engine.process.pid}/task").iterdir():
        if int(task.name) != engine.process.pid:
            os.sched_setscheduler(int(task.name), os.SCHED_IDLE, os.sched_param(0))


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_calls_that_begin_change_and_end_anyhow_kill_no_engine(
    engines: Callable[..., sip.EngineDriver], seed: int
) -> None:
    desk, *callers = phones = [engines(follow_transfers=True) for _ in range(4)]
    anyhow = Anyhow(desk, callers, random.Random(seed))
    until = time.monotonic() + ANYHOW_S
    while time.monotonic() < until:
        if anyhow.orders % 50 == 0:  # also threads that have begun meanwhile
            for phone in phones:
                starve(phone)
        anyhow.step()
        desk.pause(0.01)
        assert all(phone.alive for phone in phones)
    assert anyhow.orders > 100
    for phone in phones:
        phone.send(m.Shutdown())
    assert [phone.wait_for_end() for phone in phones] == ["exit code 0"] * len(phones)
