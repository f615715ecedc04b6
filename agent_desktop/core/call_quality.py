"""How good a call sounds: an estimate by the E-model (ITU-T G.107) from what the engine sees of its packets.

Only narrow-band G.711 has agreed constants here; for wideband codecs (G.722) another model is needed (G.107.1) and no
figure is given. Nor is one given before the other side has reported: a round trip of nothing is not a perfect call.
"""

import math

import msgspec

from agent_desktop.telephony import messages

BEST = 93.2  # R of the default transmission (G.107, 7.7)
PACKET_MS = 20.0  # of voice in one packet: the codec waits for it
G711 = (0.0, 25.1)  # Ie and Bpl with packet loss concealment (G.113, appendix I)
_IMPAIRMENTS = {"PCMU": G711, "PCMA": G711}
GOOD, FAIR = 4.0, 3.6  # satisfied users, some dissatisfied (G.107, annex B: R 80 and 70)


class CallQuality(msgspec.Struct, frozen=True):
    """What is shown of a call's voice. ``mos`` None: it cannot be said, and ``why_not`` says why."""

    codec: str
    encrypted: bool
    mos: float | None
    why_not: str  # "", "no report yet", "wideband"
    loss: float  # the worse direction's share, 0..1
    jitter_ms: float  # the worse direction's
    round_trip_ms: float | None

    @property
    def grade(self) -> str:
        """good, fair, poor; unknown without a figure."""
        return grade(self.mos)


def grade(mos: float | None) -> str:
    """good, fair, poor; unknown without a figure."""
    if mos is None:
        return "unknown"
    return "good" if mos >= GOOD else "fair" if mos >= FAIR else "poor"


def of(voice: messages.Voice) -> CallQuality:
    """The quality of a call as its engine sees it."""
    loss = max(voice.loss, voice.loss_there or 0.0)
    name, _, rate = voice.codec.partition("/")
    constants = _IMPAIRMENTS.get(name.upper())
    mos, why_not = None, ""
    if constants is None:
        why_not = "wideband" if rate not in ("8000", "") else "codec"
    elif voice.round_trip_ms is None:
        why_not = "no report yet"
    else:
        delay = voice.round_trip_ms / 2 + voice.buffer_ms + PACKET_MS
        mos = mean_opinion_score(rating(delay, loss * 100, constants))
    return CallQuality(
        codec=name,
        encrypted=voice.encrypted,
        mos=mos,
        why_not=why_not,
        loss=loss,
        jitter_ms=max(voice.jitter_ms, voice.jitter_there_ms or 0.0),
        round_trip_ms=voice.round_trip_ms,
    )


def rating(delay_ms: float, loss_percent: float, constants: tuple[float, float] = G711, burst: float = 1.0) -> float:
    """The transmission rating R of the E-model: R = 93.2 − Idd − Ie,eff (G.107, 7.4 and 7.5).

    ``delay_ms`` is mouth to ear, one way; ``constants`` are Ie and Bpl of the codec; ``burst`` is BurstR.
    """
    impairment, robustness = constants
    lost = impairment + (95 - impairment) * loss_percent / (loss_percent / burst + robustness)
    return BEST - _delay_impairment(delay_ms) - lost


def mean_opinion_score(rated: float) -> float:
    """MOS of a rating R, 1 to 4.5 (G.107, annex B). The polynomial dips below 1 for small R: that is cut off."""
    if rated <= 0:
        return 1.0
    if rated >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * rated + rated * (rated - 60) * (100 - rated) * 7e-6)


def _delay_impairment(delay_ms: float) -> float:
    """Idd (G.107, 7.4): nothing up to 100 ms, one way."""
    if delay_ms <= 100:
        return 0.0
    octaves = math.log2(delay_ms / 100)
    return 25 * (math.pow(1 + octaves**6, 1 / 6) - 3 * math.pow(1 + (octaves / 3) ** 6, 1 / 6) + 2)
