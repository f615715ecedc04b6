"""Words for how a call sounds: the badge beside the level meters, its explanation, what a silent direction means."""

from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop.core import call_quality
from agent_desktop.core.call_quality import CallQuality
from agent_desktop.data.rows import LegRow
from agent_desktop.ui.wording import ltr

_LOOKS = {
    "good": ("signal", "ok"),
    "fair": ("signal-medium", "warn"),
    "poor": ("signal-low", "bad"),
    "unknown": ("signal", "info"),
}
_NARROW = ("PCMA", "PCMU")
_NAMES = {"PCMA": "G.711 A-law", "PCMU": "G.711 µ-law", "G722": "G.722"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("voice_words", text)


def look(quality: CallQuality) -> tuple[str, str]:
    """Icon and tone."""
    return _LOOKS[quality.grade]


def badge(quality: CallQuality) -> str:
    """A word or a figure."""
    if quality.mos is not None:
        return QLocale().toString(quality.mos, "f", 1)
    return _tr("HD voice") if quality.why_not == "wideband" else "–"


def explanation(quality: CallQuality) -> str:
    """What the badge means and what it is made of, in plain text of several lines."""
    locale = QLocale()
    grades = {"good": _tr("Good"), "fair": _tr("Fair"), "poor": _tr("Poor"), "unknown": _tr("No estimate")}
    reasons = {
        "no report yet": _tr("the other side has not reported yet"),
        "wideband": _tr("the model used here is for narrow-band codecs"),
        "codec": _tr("there are no agreed constants for this codec"),
    }
    if quality.mos is not None:
        first = _tr("Voice: {0}, estimated MOS {1} of 4.5 (E-model, ITU-T G.107)").format(
            grades[quality.grade], locale.toString(quality.mos, "f", 2)
        )
    else:
        first = _tr("Voice: no estimate, {0}").format(reasons.get(quality.why_not, quality.why_not))
    trip = locale.toString(quality.round_trip_ms, "f", 0) + " ms" if quality.round_trip_ms is not None else "–"
    lines = [
        first,
        _tr("Lost packets, the worse direction: {0} %").format(locale.toString(quality.loss * 100, "f", 1)),
        _tr("Jitter, the worse direction: {0} ms").format(locale.toString(quality.jitter_ms, "f", 0)),
        _tr("There and back: {0}").format(trip),
        _tr("Codec: {0}, {1}").format(
            _NAMES.get(quality.codec, quality.codec), _tr("encrypted") if quality.encrypted else _tr("not encrypted")
        ),
    ]
    return "\n".join(lines)


def what_encrypted_means() -> str:
    """How far the lock in the call bar reaches: not to the customer's ear."""
    return _tr("The voice of this call is encrypted (SRTP) from this computer to the next server, usually your PBX.\n"
               "Beyond it nobody here can tell.")  # fmt: skip


def leg_look(leg: LegRow) -> tuple[str, str]:
    """Icon and tone; no bars where there is no estimate."""
    return _LOOKS[call_quality.grade(leg.mos)] if leg.mos is not None else ("signal-zero", "text3")


def leg_facts(leg: LegRow) -> tuple[str, ...]:
    """How a leg's voice travelled, part by part; a dash stands for what nobody knows."""
    locale = QLocale()

    def figure(value: float | None, digits: int, unit: str) -> str:
        return "–" if value is None else ltr(f"{locale.toString(value, 'f', digits)}{unit}")

    if not leg.codec:
        return (_tr("voice: {0}").format("–"),)
    encrypted = {True: _tr("encrypted"), False: _tr("not encrypted"), None: _tr("encrypted: {0}").format("–")}
    return (
        _tr("MOS {0}").format(figure(leg.mos, 1, "")),
        _tr("lost {0}").format(figure(None if leg.loss is None else leg.loss * 100, 1, " %")),
        _tr("jitter {0}").format(figure(leg.jitter_ms, 0, " ms")),
        _tr("there and back {0}").format(figure(leg.round_trip_ms, 0, " ms")),
        _NAMES.get(leg.codec.upper(), leg.codec),
        encrypted[leg.encrypted],
    )


def leg_explanation(leg: LegRow) -> str:
    """What the figures of a leg are, in plain text of several lines."""
    if leg.mos is not None:
        grades = {"good": _tr("Good"), "fair": _tr("Fair"), "poor": _tr("Poor")}
        mos = QLocale().toString(leg.mos, "f", 2)
        first = _tr("Voice: {0}, estimated MOS {1} of 4.5 (E-model, ITU-T G.107)").format(
            grades[call_quality.grade(leg.mos)], mos
        )
    elif not leg.codec:
        first = _tr("Nothing was noted of how this leg’s voice travelled")
    elif leg.codec.upper() in _NARROW:
        first = _tr("No estimate: the other side never reported what it received")
    else:
        first = _tr("No estimate: the model used here knows G.711 only")
    lines = [first]
    if leg.codec:
        lines.append(_tr("As the workstation saw it at the end of the leg; loss and jitter of the worse direction"))
    if leg.encrypted:
        lines.append(_tr("Encrypted (SRTP) up to the next server, usually the PBX"))
    return "\n".join(lines)


def trouble(kind: str) -> tuple[str, str]:
    """Which side is broken, and what to do; empty for no trouble."""
    words = {
        "nothing_arrives": (
            _tr("You cannot hear them"),
            _tr("No sound has arrived from the other side for some seconds. Say that you cannot hear; if it stays so, "
                "call back. If it happens in every call, the network or a firewall stops the sound on its way here."),
        ),
        "nothing_arrives_there": (
            _tr("They cannot hear you"),
            _tr("The other side reports that your sound does not arrive. You hear them, they do not hear you: call "
                "back. If it happens in every call, the network or a firewall stops the sound on its way out."),
        ),
        "microphone_silent": (
            _tr("Your microphone is silent"),
            _tr("It gives no sound at all, not even noise: look for a mute button on the headset, or choose another "
                "microphone in Settings, Phone."),
        ),
    }  # fmt: skip
    return words.get(kind, ("", ""))
