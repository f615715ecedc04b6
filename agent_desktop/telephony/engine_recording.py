"""Recordings of the engine's calls: taps in the conference bridge, one writer each, pauses that end by themselves."""

import contextlib
import errno
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import CannotDo, PhoneCall, guarded
from agent_desktop.telephony.engine_frames import content, layout_of
from agent_desktop.telephony.engine_media import MediaBridge
from agent_desktop.telephony.recording_writer import FrameRing, RecordingWriter
from agent_desktop.telephony.sound_frames import RATE, Layout
from agent_desktop.telephony.trouble import Trouble

BEEP_HZ = 1_400
BEEP_MS = 200
BEEP_VOLUME = 6_000  # of 32,767: heard beside a voice, not over it
CLOSE_WITHIN_S = 2.0
REPLACED = "replaced"  # of a gap: from one dialog of the call to the next
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

log = logging.getLogger("engine")


class _Tap(pj.AudioMediaPort):  # type: ignore[misc]
    """A port of the bridge that hands every frame it is given to ``take``, 50 times a second, on the media thread."""

    def __init__(self, name: str):
        pj.AudioMediaPort.__init__(self)
        self.take: Callable[[bytes], None] | None = None
        self.createPort(name, layout_of(Layout()))

    @guarded
    def onFrameReceived(self, frame: Any) -> None:
        take = self.take
        if take is not None:
            take(content(frame))


class _Taps:
    """The bridge's side of one recording. Used again and again: a port that goes while its thread is in it aborts."""

    def __init__(self, number: int):
        self._sent, self._received = _Tap(f"sent-{number}"), _Tap(f"received-{number}")
        self._beep = pj.ToneGenerator()
        self._beep.createToneGenerator(RATE, 1)
        self._heard: pj.AudioMedia | None = None
        self._sources: tuple[pj.AudioMedia, ...] = ()

    def begin(self, ring: FrameRing) -> None:
        self._sent.take, self._received.take = ring.sent, ring.received

    def end(self) -> None:
        self._sent.take = self._received.take = None
        self.connect(None, (), None)
        _part(self._beep, self._sent)

    def connect(
        self, media: pj.AudioMedia | None, sent: Sequence[pj.AudioMedia], speaker: pj.AudioMedia | None
    ) -> None:
        """Listen to ``media`` and to what is sent to it from now on, and to nothing else."""
        stays = {source.getPortId() for source in sent}
        for source in self._sources:
            if source.getPortId() not in stays:
                _part(source, self._sent)
        if self._heard is not None and (media is None or media.getPortId() != self._heard.getPortId()):
            _part(self._heard, self._received)
        self._heard, self._sources = media, tuple(sent)
        if media is None or speaker is None:
            return
        media.startTransmit(self._received)  # again, also where it did before: a new stream knows nothing of the old
        for source in (*sent, self._beep):
            source.startTransmit(self._sent)
        self._beep.startTransmit(media)
        self._beep.startTransmit(speaker)

    def beep(self) -> None:
        tone = pj.ToneDesc()
        tone.freq1, tone.freq2, tone.on_msec, tone.off_msec, tone.volume = BEEP_HZ, 0, BEEP_MS, 0, BEEP_VOLUME
        tones = pj.ToneDescVector()
        tones.append(tone)
        self._beep.play(tones, False)


def _part(source: pj.AudioMedia, tap: _Tap) -> None:
    with contextlib.suppress(pj.Error):  # it went with the call's media
        source.stopTransmit(tap)


@dataclass
class _Recording:
    """One recording under way."""

    call_id: str
    writer: RecordingWriter
    ring: FrameRing
    taps: _Taps
    state: messages.RecordingState
    beep_every_s: float
    resumes_at: float | None = None  # monotonic
    beeps_at: float | None = None  # monotonic
    said: bool = field(default=False)  # that it has begun


class Recordings:
    """Owned by the owner thread. ``emit`` sends an event, ``calls`` are those of the engine."""

    def __init__(self, emit: Callable[..., messages.Event], calls: Mapping[str, PhoneCall]):
        self.media: MediaBridge | None = None
        self._emit = emit
        self._calls = calls
        self._running: dict[str, _Recording] = {}
        self._ending: list[_Recording] = []
        self._free: list[_Taps] = []
        self._made = 0

    def use(self, media: MediaBridge) -> None:
        """Record what goes over this bridge."""
        self.media = media
        media.watch = self._reconnect
        media.watch_place = self._follow

    # ------------------------------------------------------------ what the desktop asks for

    def record(self, command: messages.Record) -> None:
        """Carry out one order. Raises CannotDo."""
        orders = {"start": self._start, "pause": self._pause, "resume": self._resume, "stop": self._stop}
        order = orders.get(command.action)
        if order is None:
            raise CannotDo(Trouble.RECORD_ORDER)
        order(command)

    def _start(self, command: messages.Record) -> None:
        call = self._calls.get(command.call_id)
        if call is None or not call.talking or self.media is None:
            raise CannotDo(Trouble.RECORD_NOT_ANSWERED)
        if call.key in self._running:
            raise CannotDo(Trouble.RECORD_RUNS)
        ring = FrameRing()
        try:
            writer = RecordingWriter(Path(command.path), command.recipient, ring)
        except ValueError as error:
            raise CannotDo(Trouble.RECORD_KEY) from error
        taps = self._taps()
        state = messages.RecordingState(
            recording_id=command.recording_id, state="recording", path=command.path, started_us=clock.now_us()
        )
        self._running[call.key] = _Recording(call.key, writer, ring, taps, state, command.beep_every_s)
        taps.begin(ring)
        writer.start()
        self.media.mute(call)  # as it is: this tells us what is connected

    def _taps(self) -> _Taps:
        if not self._free:
            self._made += 1
            self._free.append(_Taps(self._made))
        return self._free.pop()

    def _pause(self, command: messages.Record) -> None:
        recording = self._of(command)
        if recording.state.state == "paused":
            return
        recording.ring.paused = True
        now_us = clock.now_us()
        resumes_us = now_us + round(command.resume_after_s * 1e6) if command.resume_after_s > 0 else None
        recording.resumes_at = clock.monotonic() + command.resume_after_s if resumes_us else None
        gap = messages.RecordingGap(start_us=now_us, reason=command.reason)
        self._say(recording, state="paused", gaps=(*recording.state.gaps, gap), resumes_at_us=resumes_us)

    def _resume(self, command: messages.Record) -> None:
        self._go_on(self._of(command), "agent")

    def _go_on(self, recording: _Recording, ended_by: str) -> None:
        if recording.state.state != "paused":
            return
        recording.ring.paused = False
        recording.resumes_at = None
        gaps = _closed(recording.state.gaps, clock.now_us(), ended_by)
        self._say(recording, state="recording", gaps=gaps, resumes_at_us=None)

    def _stop(self, command: messages.Record) -> None:
        self._finish(self._of(command))

    def _of(self, command: messages.Record) -> _Recording:
        recording = self._running.get(command.call_id)
        if recording is None:
            raise CannotDo(Trouble.RECORD_NOT_RUNNING)
        return recording

    # ------------------------------------------------------------ the owner's turns

    def poll(self) -> None:
        """What is due: beeps, the ends of pauses, of calls and of writers."""
        now = clock.monotonic()
        for recording in tuple(self._running.values()):
            if recording.call_id not in self._calls or not recording.writer.is_alive():
                self._finish(recording)
                continue
            if recording.writer.opened and not recording.said:
                recording.said = True
                recording.beeps_at = now if recording.beep_every_s > 0 else None
                log.info("call %s is being recorded", recording.call_id)
                self._say(recording)
            if recording.resumes_at is not None and now >= recording.resumes_at:
                self._go_on(recording, "timer")
            if recording.beeps_at is not None and now >= recording.beeps_at:
                recording.beeps_at = now + recording.beep_every_s
                if recording.state.state == "recording":
                    recording.taps.beep()
        for recording in [one for one in self._ending if not one.writer.is_alive()]:
            self._ending.remove(recording)
            self._over(recording)

    def with_recordings(self, calls: tuple[messages.CallSnapshot, ...]) -> tuple[messages.CallSnapshot, ...]:
        """The snapshots, each with its recording."""
        running = self._running
        return tuple(
            msgspec.structs.replace(call, recording=running[call.call_id].state) if call.call_id in running else call
            for call in calls
        )

    def close(self) -> None:
        """Complete what is being written; before the library is destroyed."""
        for recording in tuple(self._running.values()):
            self._finish(recording)
        deadline = clock.monotonic() + CLOSE_WITHIN_S
        for recording in self._ending:
            recording.writer.join(max(0.0, deadline - clock.monotonic()))
            self._over(recording)
        self._ending.clear()
        self._free.clear()
        self.media = None

    # ------------------------------------------------------------ inside

    def _reconnect(self, call: PhoneCall, media: pj.AudioMedia | None, sent: Sequence[pj.AudioMedia]) -> None:
        recording = self._running.get(call.key)
        if recording is not None and self.media is not None:
            recording.taps.connect(media, sent, self.media.speaker())
            gaps = _closed(recording.state.gaps, clock.now_us(), "new_dialog", REPLACED) if media is not None else ()
            if gaps and gaps != recording.state.gaps:
                self._say(recording, gaps=gaps)

    def _follow(self, old: PhoneCall, new: PhoneCall) -> None:
        """The other side put a new dialog in the place of a recorded call: the recording goes on in the same file."""
        recording = self._running.pop(old.key, None)
        if recording is None:
            return
        recording.call_id = new.key
        self._running[new.key] = recording
        recording.taps.connect(None, (), None)
        gaps = recording.state.gaps
        if recording.state.state == "recording":  # a pause is a gap already
            gaps = (*gaps, messages.RecordingGap(start_us=clock.now_us(), reason=REPLACED))
        self._say(recording, gaps=gaps)

    def _finish(self, recording: _Recording) -> None:
        del self._running[recording.call_id]
        recording.ring.closed = True
        recording.taps.end()
        self._free.append(recording.taps)
        recording.writer.finish()
        recording.state = msgspec.structs.replace(recording.state, ended_us=clock.now_us())
        self._ending.append(recording)

    def _over(self, recording: _Recording) -> None:
        state, error = recording.state, recording.writer.error
        assert state.ended_us is not None
        gaps = _closed(state.gaps, state.ended_us, "end") + tuple(recording.writer.lost)
        self._say(
            recording,
            state="stopped" if error is None and not recording.writer.is_alive() else "failed",
            gaps=tuple(sorted(gaps, key=lambda gap: gap.start_us)),
            resumes_at_us=None,
            trouble="" if error is None else "disk_full" if error.errno in _FULL else "file",
            detail="" if error is None else os.strerror(error.errno) if error.errno else str(error),
        )

    def _say(self, recording: _Recording, **changes: object) -> None:
        recording.state = msgspec.structs.replace(recording.state, **changes)
        log.info("recording of call %s: %s %s", recording.call_id, recording.state.state, recording.state.detail)
        self._emit(messages.RecordingChanged, call_id=recording.call_id, recording=recording.state)


def _closed(
    gaps: tuple[messages.RecordingGap, ...], end_us: int, ended_by: str, reason: str = ""
) -> tuple[messages.RecordingGap, ...]:
    """The gaps, none of them (or of those with this reason) going on any more."""
    return tuple(
        msgspec.structs.replace(gap, end_us=end_us, ended_by=ended_by)
        if gap.end_us is None and reason in ("", gap.reason)
        else gap
        for gap in gaps
    )
