"""Who hears what: joins calls to the microphone, the loudspeaker or a WAV, in the library's conference bridge."""

import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Any

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony.audio import Sound
from agent_desktop.telephony.engine_call import PhoneCall, guarded
from agent_desktop.telephony.engine_frames import content, fill, layout_of
from agent_desktop.telephony.engine_players import Players, WavPort
from agent_desktop.telephony.sound_frames import FRAME_BYTES, RATE, Layout

log = logging.getLogger("engine")
_LOUDEST = 49  # of the library: the µ-law magnitude (0..127) of the mean signal, in 255ths of 100
_BEEP_MS = 300
_BEEP_HZ = 880
_BEEP_VOLUME = 9_000
_SPEAKER_OPENS_WITHIN_S = 2.0
_CONNECTED = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)


class SoundPort(pj.AudioMediaPort):  # type: ignore[misc]
    """The bridge's end of the sound devices; its callbacks come from the library's media thread, 50 times a second."""

    def __init__(self, sound: Sound):
        pj.AudioMediaPort.__init__(self)
        self.sound = sound
        self.silent_frames = 0  # in a row, from the microphone
        self.createPort("sound", layout_of(Layout()))

    @guarded
    def onFrameRequested(self, frame: Any) -> None:
        data = self.sound.from_microphone(frame.size)
        self.silent_frames = 0 if any(data) else self.silent_frames + 1
        fill(frame, data)

    @guarded
    def onFrameReceived(self, frame: Any) -> None:
        self.sound.to_speaker(content(frame) or bytes(FRAME_BYTES))


class _Beep(pj.ToneGenerator):  # type: ignore[misc]
    """The tone that tells an agent that a call was answered for them; ``ended`` once it was played."""

    def __init__(self) -> None:
        pj.ToneGenerator.__init__(self)
        self.createToneGenerator(RATE, 1)
        self._made = clock.monotonic()
        self._until = 0.0  # not yet begun

    @property
    def ended(self) -> bool:
        return 0.0 < self._until <= clock.monotonic()

    def begin(self, speaker: pj.AudioMedia, *, heard: bool) -> None:
        """Once, as soon as the loudspeaker is open: opening it takes a moment."""
        now = clock.monotonic()
        if self._until or not (heard or now - self._made > _SPEAKER_OPENS_WITHIN_S):
            return
        self._until = now + _BEEP_MS / 1000
        tone = pj.ToneDesc()
        tone.freq1, tone.on_msec, tone.volume = _BEEP_HZ, _BEEP_MS, _BEEP_VOLUME
        tones = pj.ToneDescVector()
        tones.append(tone)
        self.play(tones)
        self.startTransmit(speaker)


class MediaBridge:
    """Keeps each call's connections as they should be. Every object in it dies before the library does."""

    def __init__(self, devices: Any, sound: Sound | None):
        self._devices = devices
        self._sound = sound
        self._port = self._kept_port = SoundPort(sound) if sound is not None else None
        self._players = Players()
        self._beeps: dict[str, _Beep] = {}
        self._conference: tuple[PhoneCall, ...] = ()
        self._runs = False
        # Told whenever a call's connections change: its media (None: nobody hears anybody), and what is sent to it.
        self.watch: Callable[[PhoneCall, pj.AudioMedia | None, Sequence[pj.AudioMedia]], None] = _nobody_watches
        self.watch_place: Callable[[PhoneCall, PhoneCall], None] = _nobody_follows  # told of ``take_over``
        self.run(on=True)  # once, so that the bridge is as the library made it

    def run(self, *, on: bool) -> None:
        """Run the bridge's clock, or stop it while there is no call: it wakes 50 times a second for nothing."""
        if on == self._runs:
            return
        self._runs = on
        if on:
            self._devices.setNullDev()
        else:
            self._devices.setNoDev()

    def join(self, call: PhoneCall) -> None:
        """Connect a call after its media changed (the library forgot its connections) or after ``part``."""
        media = self._media(call)
        if media is None:
            self.watch(call, None, ())
            self._link(call, self._conference)
            return
        if call.beep:
            call.beep = False
            self._beeps[call.key] = _Beep()
        media.startTransmit(self.speaker())
        self._send(call, media)
        self._link(call, self._conference)

    def part(self, call: PhoneCall) -> None:
        """Nobody hears anybody in this call until ``join``, whatever the other side makes of a hold."""
        media, call.parted = self._stream(call), True
        if media is None:
            return
        for source in self._sources(call):
            self._disconnect(source, media)
        self._disconnect(media, self.speaker())
        self.watch(call, None, ())
        if call not in self._conference:
            return
        for other in self._conference:
            theirs = self._media(other)
            if theirs is not None:
                self._disconnect(media, theirs)
                self._disconnect(theirs, media)
                self._tell(other, theirs)

    def confer(self, calls: tuple[PhoneCall, ...]) -> None:
        """Let these calls hear each other, and nobody else."""
        before, self._conference = self._conference, calls
        for call in dict.fromkeys((*before, *calls)):
            self._link(call, tuple(dict.fromkeys((*before, *calls))))

    def take_over(self, old: PhoneCall, new: PhoneCall) -> None:
        """A new dialog carries on an old call: what is played goes on in it, and so does its recording."""
        self.watch_place(old, new)
        self._players.move(old.key, new.key)

    def mind_beeps(self, calls: dict[str, PhoneCall]) -> None:
        """Tell the agent what was answered for them, then open the microphone."""
        for beep in self._beeps.values():
            beep.begin(self.speaker(), heard=self._sound is None or self._sound.heard)
        for key in [key for key, beep in self._beeps.items() if beep.ended]:
            del self._beeps[key]
            self.mute(calls[key])

    def mute(self, call: PhoneCall) -> None:
        """Begin to send what ``call.muted`` says; the bridge does it on its own thread, a moment later."""
        media = self._media(call)
        if media is not None:
            self._send(call, media)

    def is_muted(self, call: PhoneCall) -> bool:
        """Whether silence is really sent."""
        media = self._media(call)
        return call.muted if media is None else not self._sends(call, media)

    def play(self, call: PhoneCall, path: str, loop: bool) -> None:
        """Send a WAV instead of the microphone; an empty path stops it. Raises CannotDo for an unreadable file."""
        before = self._players.begin(call.key, path, loop=loop) if path else self._players.end(call.key)
        self._rest(call, before)
        media = self._media(call)
        if media is not None:
            self._send(call, media)

    def forget(self, call: PhoneCall) -> None:
        """Drop what belongs to a call that has ended."""
        self._rest(call, self._players.end(call.key))
        self._beeps.pop(call.key, None)
        self.watch(call, None, ())

    def speaker(self) -> pj.AudioMedia:
        """Where the agent hears."""
        return self._port or self._devices.getPlaybackDevMedia()

    def levels(self, call: PhoneCall) -> tuple[float, float]:
        """Loudness (sent, heard) of a talking call, 0..1 each."""
        media = self._media(call)
        if media is None:
            return 0.0, 0.0
        # Measured: the port's Rx is what the bridge gives it to send, its Tx what it brings from the other side.
        return min(1.0, media.getRxLevel() / _LOUDEST), min(1.0, media.getTxLevel() / _LOUDEST)

    @property
    def silent_frames(self) -> int:
        """How many frames of 20 ms without any sound the microphone has given in a row; 0 without one."""
        return self._port.silent_frames if self._port is not None else 0

    def return_to_microphone(self, calls: dict[str, PhoneCall]) -> None:
        """Give the microphone back to the calls whose WAV has come to its end."""
        for key in self._players.ended():
            self.play(calls[key], "", loop=False)

    def use_sound(self, sound: Sound | None, calls: list[PhoneCall]) -> None:
        """Change between sound devices and silence, also in the middle of a call."""
        if sound is self._sound:
            return
        for call in calls:
            media = self._media(call)
            if media is not None:
                self._disconnect(self._microphone(), media)
                self._disconnect(media, self.speaker())
        self._sound = sound
        if sound is not None:  # a port is never dropped while the clock runs: the media thread may be within it
            self._kept_port = self._kept_port or SoundPort(sound)
            self._kept_port.sound = sound
        self._port = self._kept_port if sound is not None else None
        for call in calls:
            self.join(call)

    def close(self) -> None:
        """Before the library is destroyed."""
        self.run(on=False)
        self._players.clear()
        self._beeps.clear()
        self._conference = ()
        self._port = self._kept_port = None

    def _microphone(self) -> pj.AudioMedia:
        return self._port or self._devices.getCaptureDevMedia()

    def _media(self, call: PhoneCall) -> pj.AudioMedia | None:
        """What is connected for this call; None while nothing may be."""
        return None if call.parted else self._stream(call)

    @staticmethod
    def _stream(call: PhoneCall) -> pj.AudioMedia | None:
        if call.leg is None or call.media not in _CONNECTED:
            return None
        try:
            return call.leg.getAudioMedia(-1)
        except pj.Error:  # the stream has just gone
            return None

    def _send(self, call: PhoneCall, media: pj.AudioMedia) -> None:
        player = self._players.get(call.key)
        microphone = self._microphone()
        silent = self._silent(call)
        if silent or player is not None:
            self._disconnect(microphone, media)
        if silent and player is not None:
            self._disconnect(player, media)
        if not silent:
            (player or microphone).startTransmit(media)
        self._tell(call, media)

    def _silent(self, call: PhoneCall) -> bool:
        return call.muted or call.listening or call.key in self._beeps

    def _link(self, call: PhoneCall, others: tuple[PhoneCall, ...]) -> None:
        """Let a member hear the other members, and them it; part it from those of ``others`` that are none."""
        for other in others:
            if other is call:
                continue
            media, theirs = self._media(call), self._media(other)
            if media is not None and theirs is not None:
                if self._together(call, other):
                    media.startTransmit(theirs)
                    theirs.startTransmit(media)
                else:
                    self._disconnect(media, theirs)
                    self._disconnect(theirs, media)
            if theirs is not None:
                self._tell(other, theirs)
        media = self._media(call) if others else None
        if media is not None:
            self._tell(call, media)

    def _together(self, call: PhoneCall, other: PhoneCall) -> bool:
        """Whether both are members who can talk; who holds us sends music or nothing, and neither is for the others."""
        members = call in self._conference and other in self._conference and call is not other
        return members and not (call.parted or other.parted) and call.media == other.media == pj.PJSUA_CALL_MEDIA_ACTIVE

    def _tell(self, call: PhoneCall, media: pj.AudioMedia) -> None:
        sent = [] if self._silent(call) else [self._players.get(call.key) or self._microphone()]
        members = (self._media(other) for other in self._conference if self._together(call, other))
        self.watch(call, media, [*sent, *(theirs for theirs in members if theirs is not None)])

    def _sends(self, call: PhoneCall, media: pj.AudioMedia) -> bool:
        return any(_hears(media, source) for source in self._sources(call))

    def _sources(self, call: PhoneCall) -> list[pj.AudioMedia]:
        """What may be sent to it of our own."""
        player = self._players.get(call.key)
        return [self._microphone(), *([player] if player is not None else ())]

    def _rest(self, call: PhoneCall, player: WavPort | None) -> None:
        """Part one that has played for this call."""
        if player is None:
            return
        media = self._stream(call)
        if media is not None:
            self._disconnect(player, media)
        self._players.rest(player)

    @staticmethod
    def _disconnect(source: pj.AudioMedia, media: pj.AudioMedia) -> None:
        # Always, whatever seems to be connected: the bridge works through its orders later, on its own thread.
        with contextlib.suppress(pj.Error):
            source.stopTransmit(media)


def _nobody_watches(call: PhoneCall, media: pj.AudioMedia | None, sent: Sequence[pj.AudioMedia]) -> None:
    pass


def _nobody_follows(old: PhoneCall, new: PhoneCall) -> None:
    pass


def _hears(listener: pj.AudioMedia, source: pj.AudioMedia) -> bool:
    """Whether the bridge sends ``source`` to ``listener``: the truth, whatever we believe."""
    info = source.getPortInfo()  # its parts die with it
    return listener.getPortId() in tuple(info.listeners)
