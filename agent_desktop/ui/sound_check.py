"""The sound test in the settings: say something and hear it again, hear the ring, call the echo of the PBX."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.flow import flow
from agent_desktop.ui.indicators import LevelMeter
from agent_desktop.ui.labels import Icon, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, row

_QUIETEST_DB = -48.0  # the meter's left end: a quiet room through a headset
_LIVE = ("recording", "playing", "ringing")


class SoundCheck(QFrame):
    """Told what happens by ``set_level``, and why nothing can be tried by ``set_why_not``. Signals:

    try_wanted(what): "microphone", "ring", or empty to stop; echo_wanted(number).
    """

    try_wanted = Signal(str)
    echo_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("inset", True)
        self.setAccessibleName(self.tr("Sound test"))
        self._phase, self._stopped, self._number = "idle", False, ""
        self._why_not = self._echo_why_not = ""
        self.microphone = Button(self.tr("Try the microphone"), "mic")
        self.ring = Button(self.tr("Try the ring"), "bell-ring")
        self.echo = Button(self.tr("Call the echo"), "phone-outgoing")
        self.stop = Button(self.tr("Stop"), "square", kind="ghost")
        self.microphone.clicked.connect(lambda: self._try("microphone"))
        self.ring.clicked.connect(lambda: self._try("ring"))
        self.stop.clicked.connect(self._stop)
        self.echo.clicked.connect(lambda: self.echo_wanted.emit(self._number))
        self.meter = LevelMeter(self.tr("Level of the sound test"), steps=40)
        self._icon, self.words = Icon("info", "text3", 16), flowing("", "small", "2")
        theme.size(self.words, minimum_height=34)
        title = label(self.tr("Sound test"), "body-b")
        about = flowing(self.tr("With the devices chosen above, saved or not"), "small", "3")
        buttons = flow(self.microphone, self.ring, self.echo, self.stop, spacing=8)
        said = row(self._icon, (self.words, 1), spacing=8)
        self.setLayout(
            column(
                column(title, about, spacing=2), buttons, row(self.meter, None), said, spacing=10,
                margins=(14, 12, 14, 10),
            )
        )  # fmt: skip
        self._arrange()
        self._say_idle("")

    # ------------------------------------------------------------------- told

    def set_level(self, phase: str, level: float, text: str) -> None:
        """``phase`` is recording, playing, ringing or idle; ``level`` 0..1 of the largest sample; ``text`` at the end
        what was found wrong."""
        before, self._phase = self._phase, phase
        self.meter.set(_shown(level) if phase in _LIVE else 0.0)
        if phase == before and phase in _LIVE:
            return
        self._arrange()
        if phase == "idle":
            self._say_end(before, text)
        else:
            words = {
                "recording": (self.tr("Say something now: three seconds are recorded"), "mic"),
                "playing": (self.tr("This is what the microphone heard"), "headphones"),
                "ringing": (self.tr("This is how calls ring"), "bell-ring"),
            }
            self._say(*words[phase], "info")

    def set_why_not(self, words: str, echo: str) -> None:
        """Why no sound, and why no echo can be tried now; empty where it can."""
        if (words, echo) == (self._why_not, self._echo_why_not):
            return
        self._why_not, self._echo_why_not = words, echo
        if words:
            self._phase = "idle"
            self.meter.set(0.0)
        self._arrange()
        if self._phase == "idle":
            self._say_idle("")

    def set_echo(self, number: str) -> None:
        """What to dial for the echo; empty: there is none."""
        self._number = number
        self._arrange()

    def focus_first(self) -> None:
        """Keyboard focus to the first thing one can do here, if there is any."""
        if self.microphone.isEnabled():
            self.microphone.setFocus()

    # ------------------------------------------------------------------ shown

    def _try(self, what: str) -> None:
        self._stopped = False
        self.try_wanted.emit(what)

    def _stop(self) -> None:
        self._stopped = True
        self.try_wanted.emit("")

    def _arrange(self) -> None:
        live, possible = self._phase in _LIVE, not self._why_not
        if self.stop.hasFocus() and not live and possible:
            self.microphone.setFocus()  # where it would go by itself is a matter of chance
        self.microphone.setEnabled(possible)
        self.ring.setEnabled(possible)
        self.stop.setEnabled(live)
        self.echo.setVisible(bool(self._number))
        self.echo.setEnabled(not self._echo_why_not)
        self.echo.setToolTip(plain_tooltip(self._echo_why_not or self._number))
        self.echo.setAccessibleDescription(self._echo_why_not)
        for button in (self.microphone, self.ring):
            button.setAccessibleDescription(self._why_not)

    def _say_end(self, phase: str, text: str) -> None:
        if text:
            self._say(text, "triangle-alert", "warn")
        elif self._why_not:
            self._say_idle("")
        elif self._stopped:
            self._say_idle(self.tr("Stopped"))
        elif phase == "playing":
            words = self.tr("If you heard yourself well, callers will; if not, choose other devices above")
            self._say(words, "circle-check", "ok")
        elif phase == "ringing":
            words = self.tr("If you heard nothing, choose another ring device above")
            self._say(words, "circle-check", "ok")

    def _say_idle(self, words: str) -> None:
        if self._why_not:
            self._say(self._why_not, "info", "text3")
        else:
            self._say(words or self.tr("Three seconds of your voice are recorded, then played to you"), "info", "text3")

    def _say(self, words: str, icon: str, tone: str) -> None:
        self._icon.set(icon, tone)
        self.words.set_tone(tone if tone in ("ok", "warn", "info") else "2")
        if words != self.words.text():
            self.words.setText(words)
            announce(self, words)


def _shown(level: float) -> float:
    """A level 0..1 as the meter shows it: by loudness, as ears judge, in decibels."""
    return max(0.0, 1 - 20 * math.log10(level) / _QUIETEST_DB) if level > 0 else 0.0
