"""What callers and agents hear while the interface is held up: the engine is a process of its own."""

import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from agent_desktop.core.states import CallState
from agent_desktop.core.workstation import build_core
from agent_desktop.ui.live_board import LiveBoard
from tests.support import sip, sound, workstation
from tests.support.board_day import BoardDay, Kind
from tests.support.workstation import Bench

LARGEST_GAP_MS = 40
LATEST_PACKET_MS = 100  # a busy machine may delay one, which a listener's buffer makes up for; a stall delays by 300
SO_TIMESTAMPNS = 35  # Linux


class SoundDesk(Bench):
    """A workstation with sound."""

    def start(self, *, ready: bool = True) -> "SoundDesk":
        wanted = workstation.settings(self.port, ready=ready)
        wanted = msgspec.structs.replace(wanted, phone=msgspec.structs.replace(wanted.phone, sound=True))
        self.core = build_core(self.profile, wanted)
        self.core.start()
        self.until(lambda: self.session.phone_view.usable, "the phone is usable")
        return self

    def answer(self) -> None:
        self.until(lambda: self.session.book.calls, "it rings")
        self.session.calls.answer()
        self.until(lambda: [view.state for view in self.session.book.views()] == [CallState.TALKING], "talking")

    def stall(self, times: int = 5) -> None:
        """The interface does nothing for 300 ms, again and again."""
        for _ in range(times):
            time.sleep(0.3)  # the stall itself
            self.run(0.1)

    def run(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > until, "a while")


class Redrawing:
    """The live board on screen, with other numbers every 50 ms."""

    def __init__(self) -> None:
        self.day = BoardDay().fill()
        self.board = LiveBoard()
        self.board.set_board(self.day.board)
        self.board.resize(1280, 720)
        self.board.show()
        self._visit = 100_000

    def __call__(self, desk: SoundDesk, seconds: float = 2.0) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._visit += 1
            self.day.say(Kind.ENTERED, self._visit % 5, self._visit)
            for _ in range(5):
                self.board._tick()
            desk.run(0.05)


@pytest.fixture(params=list(sound.PROGRAMS))
def server(
    tmp_path_factory: pytest.TempPathFactory,
    program: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[sound.SoundServer]:
    with sound.serving(request.param, program, tmp_path_factory, monkeypatch) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, server: sound.SoundServer, qapp: object) -> Iterator[SoundDesk]:
    made = SoundDesk(tmp_path / "desk")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def redraw(qapp: object) -> Iterator[Redrawing]:
    made = Redrawing()
    yield made
    made.board.close()
    made.board.deleteLater()


def one_is_good(take: Callable[[], Iterator[str]]) -> None:
    """Of three takes: what the interface does to the sound it does in each, what the machine does it does in one."""
    flaws = []
    for _ in range(3):
        flaws.append(list(take()))
        if not flaws[-1]:
            return
    pytest.fail(f"no take without flaws: {flaws}")


@pytest.mark.serial
def test_the_agent_hears_every_moment(desk: SoundDesk, server: sound.SoundServer, redraw: Redrawing) -> None:
    other = desk.other()
    voice = sip.tone(other.folder / "voice.wav", hertz=1000.0, seconds=40)
    other.send(sip.messages.Dial(call_id="out", target=f"sip:agent@{sip.HOST}:{desk.port}", play=str(voice)))
    desk.answer()
    with server.listening() as ear:
        sip.until(lambda: sound.loudness(ear(0.3), 1000) > 0.9, "the tone")

        def take() -> Iterator[str]:
            for hold_up in (desk.stall, lambda: redraw(desk)):
                hold_up()
                heard = ear(1.9)
                if (pure := sound.loudness(heard, 1000)) <= 0.95:
                    yield f"{pure:.2f} of it is the tone"
                if (gap := max(sound.gaps_ms(heard), default=0)) > LARGEST_GAP_MS:
                    yield f"a gap of {gap:.0f} ms"

        one_is_good(take)


class Listener:
    """Where a caller hears the agent, with the moments at which the packets came."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((sip.HOST, sip.free_port()))
        self.socket.settimeout(20)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)

    def hear(self, seconds: float) -> tuple[np.ndarray, float]:
        """The next so many seconds, 16 kHz, and the largest time in ms between two packets."""
        came, frames = [], []
        for _ in range(int(seconds * 50)):
            data, extra, _, _ = self.socket.recvmsg(2048, 64)
            whole, ns = struct.unpack("qq", extra[0][2])
            came.append(whole * 1e3 + ns / 1e6)
            frames.append(sound.from_alaw(data[12:]))
        return np.repeat(np.concatenate(frames), 2), float(np.diff(came).max())


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


@pytest.mark.serial
def test_the_caller_hears_every_moment(
    desk: SoundDesk, server: sound.SoundServer, redraw: Redrawing, listener: Listener
) -> None:
    caller = sip.RawCaller(desk.port)
    port = str(listener.socket.getsockname()[1]).encode()
    with server.playing(sip.tone(desk.profile.root / "mic.wav", seconds=40, hertz=600.0)):
        caller.send(caller.invite("call", body=sip.SDP.replace(b"21990", port)))
        desk.answer()
        sip.until(lambda: sound.loudness(listener.hear(0.3)[0], 600) > 0.9, "the tone")

        def take() -> Iterator[str]:
            for hold_up in (desk.stall, lambda: redraw(desk)):
                hold_up()
                heard, between_packets_ms = listener.hear(1.9)
                if (pure := sound.loudness(heard, 600)) <= 0.9:
                    yield f"{pure:.2f} of it is the tone"
                if (gap := max(sound.gaps_ms(heard), default=0)) > LARGEST_GAP_MS:
                    yield f"a gap of {gap:.0f} ms"
                if between_packets_ms > LATEST_PACKET_MS:
                    yield f"{between_packets_ms:.0f} ms between two packets"

        one_is_good(take)
    caller.close()
