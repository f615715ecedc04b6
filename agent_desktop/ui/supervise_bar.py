"""While one listens to a colleague: to whom, since when, who hears what, and the keys to change that."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from agent_desktop import clock
from agent_desktop.core.monitoring import MODES, MonitorView
from agent_desktop.ui import actions, supervise_words, theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.dates import duration
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.wording import ltr


class MonitorBar(QFrame):
    """Signals: mode_wanted(mode), ended()."""

    mode_wanted = Signal(str)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._view: MonitorView | None = None
        self._icon = Icon("headphones", "accent_text", 20)
        self._who, self._hint = elided("", "body-b"), elided("", "small", "2")
        self._clock = label("", "body-b", tabular=True)
        self.modes = {mode: Button(supervise_words.mode(mode), kind="option", height=30) for mode in MODES}
        self._end = Button(self.tr("Stop listening"), "phone-off", kind="hangup", keys=actions.keys("end"), height=30)
        words = column(self._who, self._hint, spacing=1)
        choices = row(*self.modes.values(), spacing=4)
        self.setLayout(row(self._icon, (words, 1), self._clock, choices, self._end, spacing=12, margins=(16, 7, 14, 7)))
        for mode, button in self.modes.items():
            button.clicked.connect(lambda _checked=False, mode=mode: self._chosen(mode))
        self._end.clicked.connect(lambda _checked=False: self.ended.emit())
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        theme.restyle(self, kind="info")
        self.hide()

    def set(self, view: MonitorView | None) -> None:
        """How it is now; None: nobody is listened to."""
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None:
            self._tick.stop()
            return
        going = view.state == "listening"
        words = self._title(view)
        self._who.setText(words)
        hint = supervise_words.heard_by(view.mode, view.name) if going else self.tr("The PBX calls your phone.")
        if view.wanted:
            hint = self.tr("{0}: the PBX is being asked…").format(supervise_words.mode(view.wanted))
        self._hint.setText(hint)
        for mode, button in self.modes.items():
            button.setEnabled(going and not view.wanted)
            button.setChecked(mode == view.mode)
            button.updateGeometry()  # what is chosen is written bold
        self.setAccessibleName(f"{words}. {hint}")
        if before is None or (before.mode, before.state) != (view.mode, view.state):
            announce(self, f"{words}. {hint}")
        self._show_time()
        self._tick.start()

    def _title(self, view: MonitorView) -> str:
        if view.state != "listening":
            return self.tr("Listening to {0} begins").format(view.name)
        words = {
            "listen": self.tr("You listen to {0}"),
            "whisper": self.tr("You whisper to {0}"),
            "barge": self.tr("You are in the call of {0}"),
        }
        return words[view.mode].format(view.name)

    def _chosen(self, mode: str) -> None:
        if self._view is not None:
            self.modes[mode].setChecked(mode == self._view.mode)  # not before it is so
            self.mode_wanted.emit(mode)

    def _show_time(self) -> None:
        if self._view is not None:
            going = self._view.state == "listening"
            self._clock.setText(ltr(duration(clock.monotonic() - self._view.since)) if going else "")
