"""How a call's voice travels: loss, jitter and delay of its stream, and the moment one direction falls silent."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import PhoneCall

LOOK_EVERY_S = 0.25
TELL_EVERY_S = 1.0
QUIET_S = 2.5  # without a packet: told within three seconds
LOST_THERE = 0.9  # share of our packets that the other side misses: it hears nobody
SILENT_FRAMES = 125  # of 20 ms, each of nothing but zeros: no microphone is as silent as that


@dataclass
class _Watched:
    """What is known about one call's stream."""

    heard: int = -1  # packets of the other side
    heard_at: float = field(default_factory=clock.monotonic)
    told_at: float = 0.0
    sent: int = 0  # by the other side's last report: our packets until then
    lost: int = 0  # and how many of them it misses
    reports: int = 0
    lost_there: float | None = None


class QualityWatch:
    """Looks at every call in ``LOOK_EVERY_S``; ``emit`` for events, ``tell`` for what is worthless when late."""

    def __init__(self, emit: Callable[..., messages.Event], tell: Callable[[messages.Message], None]):
        self._emit, self._tell = emit, tell
        self._calls: dict[str, _Watched] = {}

    def look(self, calls: dict[str, PhoneCall], silent_frames: int) -> None:
        """``silent_frames``: how many frames without any sound the microphone has given in a row."""
        for key in self._calls.keys() - calls.keys():
            del self._calls[key]
        for call in calls.values():
            if call.talking and call.leg is not None:
                with contextlib.suppress(pj.Error):  # its stream is being changed just now
                    self._look_at(call, silent_frames)

    def _look_at(self, call: PhoneCall, silent_frames: int) -> None:
        watched = self._calls.setdefault(call.key, _Watched())
        place = _audio_place(call)
        if place is None or call.leg is None:
            watched.heard_at = clock.monotonic()  # on hold nothing is expected
            self._say_trouble(call, "")
            return
        stat = call.leg.getStreamStat(place)
        rtcp, now = stat.rtcp, clock.monotonic()
        if rtcp.rxStat.pkt != watched.heard:
            watched.heard, watched.heard_at = rtcp.rxStat.pkt, now
        _take_report(watched, rtcp)
        call.voice = self._voice(call, watched, stat, place)
        self._say_trouble(call, _trouble(call, watched, now, silent_frames))
        if now - watched.told_at >= TELL_EVERY_S:
            watched.told_at = now
            self._tell(messages.VoiceQuality(call_id=call.key, voice=call.voice))

    @staticmethod
    def _voice(call: PhoneCall, watched: _Watched, stat: pj.StreamStat, place: int) -> messages.Voice:
        rtcp, received = stat.rtcp, stat.rtcp.rxStat
        assert call.leg is not None
        info = call.leg.getStreamInfo(place)
        # Late packets that the jitter buffer had to throw away are as lost to the ear as those that never came.
        missed = received.loss + stat.jbuf.discard
        expected = received.pkt + received.loss
        return messages.Voice(
            codec=f"{info.codecName}/{info.codecClockRate}",
            encrypted=info.proto in (pj.PJMEDIA_TP_PROTO_RTP_SAVP, pj.PJMEDIA_TP_PROTO_RTP_SAVPF),
            received=received.pkt,
            sent=rtcp.txStat.pkt,
            loss=missed / expected if expected else 0.0,
            loss_there=watched.lost_there,
            jitter_ms=received.jitterUsec.mean / 1000,
            jitter_there_ms=rtcp.txStat.jitterUsec.mean / 1000 if watched.reports else None,
            round_trip_ms=rtcp.rttUsec.last / 1000 if rtcp.rttUsec.n else None,
            buffer_ms=float(stat.jbuf.avgDelayMsec),
        )

    def _say_trouble(self, call: PhoneCall, trouble: str) -> None:
        if trouble != call.voice_trouble:
            call.voice_trouble = trouble
            self._emit(messages.VoiceTrouble, call_id=call.key, kind=trouble)


def _audio_place(call: PhoneCall) -> int | None:
    """Which of the call's streams carries voice both ways now; None on hold."""
    if call.leg is None or call.held or call.held_by_remote or call.media != pj.PJSUA_CALL_MEDIA_ACTIVE:
        return None
    info = call.leg.getInfo()  # its parts die with it
    places = [media.index for media in info.media if media.type == pj.PJMEDIA_TYPE_AUDIO]
    return int(places[0]) if places else None


def _take_report(watched: _Watched, rtcp: pj.RtcpStat) -> None:
    """The other side's report counts from the beginning of the stream: what is new since the last one matters."""
    theirs = rtcp.txStat
    if theirs.updateCount == watched.reports:
        return
    sent, lost = theirs.pkt - watched.sent, theirs.loss - watched.lost
    watched.reports, watched.sent, watched.lost = theirs.updateCount, theirs.pkt, theirs.loss
    watched.lost_there = min(1.0, max(0.0, lost / sent)) if sent > 0 and lost >= 0 else 0.0


def _trouble(call: PhoneCall, watched: _Watched, now: float, silent_frames: int) -> str:
    if now - watched.heard_at > QUIET_S:
        return "nothing_arrives"
    if watched.lost_there is not None and watched.lost_there >= LOST_THERE:
        return "nothing_arrives_there"
    if silent_frames >= SILENT_FRAMES and not (call.muted or call.listening):
        return "microphone_silent"
    return ""
