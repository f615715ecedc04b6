"""A customer handed to a menu of a real Asterisk: pays by card unheard, is fetched back, is asked after the call."""

import json
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from agent_desktop import secrets
from agent_desktop.core import recording_review
from agent_desktop.core.ivr_handover import IvrHandovers
from agent_desktop.core.states import CallState
from agent_desktop.data.ivr_rows import HandoverState
from agent_desktop.paths import Profile
from agent_desktop.settings import Recording
from agent_desktop.telephony import messages as m
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_transfers import Desk
from tests.support import sip
from tests.support.collecting import CollectorProcess, make_centre

pytestmark = [pytest.mark.asterisk, pytest.mark.usefixtures("qapp"), pytest.mark.xdist_group("collector")]
CARD = "411111111111"
VOICE, DTMF = 400, (697, 770, 852, 941, 1209, 1336, 1477)


@pytest.fixture
def dana(tmp_path: Path, pbx: Asterisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Dana is 1001, answers support and records; a collector runs with the supplied account's rights."""
    monkeypatch.setattr(secrets, "read", lambda name: f"change-me-{name[4:8]}")
    profile = Profile(tmp_path / "centre")
    profile.make()
    make_centre(profile.database_file, (("Dana Okafor", "1001"),), ("support",)).close()
    phone = {"interface": "PJSIP/{extension}", "context": "agent-desktop-agents"}
    collector = CollectorProcess(tmp_path, "one", profile.database_file, pbx.manager_port, **phone).start()
    with ExitStack() as running:
        running.callback(lambda: collector.stop())
        collector.connected()
        desk = Desk(tmp_path / "dana", profile.database_file, "dana", "1001")
        running.callback(desk.stop)
        yield desk.start(mode="account", domain=pbx.address)


def _menus(desk: Desk) -> IvrHandovers:
    assert desk.core is not None
    return desk.core.handovers


def _payment(desk: Desk) -> HandoverState | None:
    view = _menus(desk).view
    return view.payment.state if view is not None and view.payment is not None else None


def _talk(desk: Desk, pbx: Asterisk, caller: sip.EngineDriver, call_id: str, play: str) -> str:
    caller.send(m.Dial(call_id=call_id, target=f"sip:5001@{pbx.address}", play=play))
    desk.until(lambda: desk.states == [CallState.RINGING], "it rings")
    desk.session.calls.answer()
    desk.until(lambda: desk.states == [CallState.TALKING], "talking")
    desk.until(lambda: _menus(desk).view is not None and not _menus(desk).view.why_not, "a collector is there")
    found: str = desk.views[0].call_id
    return found


def test_paid_by_card_and_asked_after_the_call(pbx: Asterisk, dana: Desk, tmp_path: Path) -> None:
    assert dana.core is not None
    menus, recordings = _menus(dana), dana.core.recordings
    key = tmp_path / "key.txt"
    store = tmp_path / "store"
    store.mkdir()
    public = recording_review.make_key(key)
    recordings.apply(Recording(enabled=True, public_key=public, store=str(store), consent="announced"))
    caller = dana.other(listen_port=pbx.trunk_port, user="trunk")
    call_id = _talk(dana, pbx, caller, "out", str(sip.tone(tmp_path / "voice.wav", hertz=VOICE)))
    recordings.toggle()
    dana.until(lambda: recordings.view().state == "recording", "recording")

    dana.until(_after(1.0), "a second of them")
    assert menus.pay("a lot", "PLN") != ""
    assert menus.set_survey(True) == ""
    dana.until(lambda: menus.view.survey is not None, "a survey is planned")
    assert menus.pay("412,6", "PLN") == ""
    dana.until(lambda: menus.view.payment is not None and menus.view.payment.step == "card", "the menu asks")
    assert recordings.view().state == "paused"
    caller.send(m.SendDigits(call_id="out", digits=CARD[:4]))
    dana.until(lambda: menus.view.payment.digits == 4, "four digits are seen, not which")
    caller.send(m.SendDigits(call_id="out", digits=CARD[4:] + "#"))
    dana.until(lambda: menus.view.payment.step == "expiry", "the expiry")
    caller.send(m.SendDigits(call_id="out", digits="1229"))
    dana.until(lambda: menus.view.payment.step == "cvc", "the check number")
    caller.send(m.SendDigits(call_id="out", digits="123#"))
    dana.until(lambda: _payment(dana) is HandoverState.PAID, "paid")
    assert "Paid: 412.60 PLN, reference R-412.60 PLN" in dana.notices
    dana.until(lambda: recordings.view().state == "recording", "it records again")
    assert dana.states == [CallState.TALKING]
    assert dana.views[0].call_id == call_id, "in the same call"
    dana.until(lambda: "Bridge" in pbx.command("core show channels"), "together again")
    dana.until(_after(1.0), "a second of them")

    dana.session.calls.end()
    dana.until(lambda: "survey1" in pbx.log(), "the survey speaks")
    for digit, question in (("5", "1"), ("4", "2")):
        caller.send(m.SendDigits(call_id="out", digits=digit))
        dana.arrives(f"SELECT 1 FROM ivr_handover WHERE json_extract(answers, '$.\"{question}\"') = ?", digit)
    dana.arrives("SELECT 1 FROM ivr_handover WHERE menu = 'survey' AND state = 'answered'")
    ((interaction,),) = dana.rows("SELECT hex(id) FROM interaction")
    assert dana.rows(
        "SELECT hex(interaction_id), menu, state, amount, reference, digits FROM ivr_handover ORDER BY menu"
    ) == [
        (interaction, "payment", "paid", "412.60", "R-412.60 PLN", 0),
        (interaction, "survey", "answered", "", "", 0),
    ]
    said = "SELECT value FROM handoff_field WHERE hex(interaction_id) = ? AND name = ?"
    for name, value in (("payment", "paid 412.60 PLN"), ("reference", "R-412.60 PLN"), ("survey_2", "4")):
        assert dana.arrives(said, interaction, name) == (value,), "and it stands on the caller's way"
    result = dana.arrives("SELECT result, ended_by, talk_us FROM queue_visit WHERE ended_at IS NOT NULL")
    assert result[:2] == ("answered", "agent"), "one talk, the payment with it"
    assert result[2] > 4_000_000

    (gaps, place) = dana.arrives("SELECT gaps, place FROM recording WHERE state = 'stored'")
    (gap,) = json.loads(gaps)
    assert gap["reason"] == "card payment"
    out = tmp_path / "recording.wav"
    assert recording_review.decrypt(store / place, key, out).complete
    ((started,),) = dana.rows("SELECT started_at FROM recording")
    _listen(out, (gap["start_us"] - started) / 1e6, (gap["end_us"] - started) / 1e6)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "centre").iterdir() if path.is_file())
    assert CARD.encode() not in everything


def test_the_agent_fetches_them_back_and_they_may_hang_up_there(pbx: Asterisk, dana: Desk, tmp_path: Path) -> None:
    menus = _menus(dana)
    caller = dana.other(listen_port=pbx.trunk_port, user="trunk")
    _talk(dana, pbx, caller, "out", str(sip.tone(tmp_path / "voice.wav", hertz=VOICE)))
    assert menus.set_survey(True) == ""
    dana.until(lambda: menus.view.survey is not None and not menus.view.asking, "planned")
    assert menus.set_survey(False) == ""
    dana.until(lambda: menus.view.survey is None and not menus.view.asking, "not after all")
    menus.pay("10", "PLN")
    dana.until(lambda: menus.view.payment is not None and menus.view.payment.step == "card", "in the menu")
    menus.take_back()
    dana.until(lambda: _payment(dana) is HandoverState.TAKEN_BACK and not menus.view.asking, "taken back")
    dana.until(lambda: "Bridge" in pbx.command("core show channels"), "together again")

    menus.pay("11", "PLN")
    dana.until(lambda: _payment(dana) is HandoverState.MENU, "in the menu again")
    caller.send(m.HangUp(call_id="out"))
    dana.until(lambda: dana.states == [], "her call ends with it")
    assert dana.arrives("SELECT state FROM ivr_handover WHERE amount = '11.00' AND ended_at IS NOT NULL") == ("gone",)
    (by,) = dana.arrives("SELECT ended_by FROM queue_visit WHERE ended_at IS NOT NULL")
    assert by in ("caller", "agent"), "the PBX's word: which of the two its queue saw end first"
    assert dana.rows("SELECT menu, state FROM ivr_handover ORDER BY at") == [
        ("survey", "taken_back"), ("payment", "taken_back"), ("payment", "gone"),
    ]  # fmt: skip


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _listen(file: Path, gap_from: float, gap_to: float) -> None:
    """The customer's voice before and after the gap, and in it nothing at all; nowhere a key's tones."""
    with wave.open(str(file)) as sound:
        rate = sound.getframerate()
        heard = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").reshape(-1, 2).astype(float)
    inside = heard[int((gap_from + 0.3) * rate) : int((gap_to - 0.3) * rate)]
    assert len(inside) > 2 * rate
    assert not inside.any(), "silence while they typed"
    for part in (heard[: int(gap_from * rate)], heard[int((gap_to + 0.5) * rate) :]):
        power = np.abs(np.fft.rfft(part[:, 1] * np.hanning(len(part))))
        loud = {hertz: power[round(hertz * len(part) / rate) - 3 :][:7].max() for hertz in (VOICE, *DTMF)}
        voice = loud.pop(VOICE)
        assert voice > 0.02 * len(part) * 1_000, "the customer is heard"
        assert max(loud.values()) < voice / 50, loud
