"""Recording wired to its keys, its place in the call bar and the question of consent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.views import RecordingView
from agent_desktop.data.words import Consent
from agent_desktop.ui import ask
from agent_desktop.ui.announce import announce

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class RecordingWiring(QObject):
    """``view`` is what is shown now."""

    def __init__(self, window: "MainWindow", possible: Callable[[], None]):
        """``possible`` is called when other keys make sense than before."""
        super().__init__(window)
        self.window_, self._possible = window, possible
        recordings, bar = window.core.recordings, window.shell.call_bar
        self.view: RecordingView | None = recordings.view()
        recordings.changed.connect(self._changed)
        recordings.consent_wanted.connect(self._ask)
        bar.record.connect(recordings.toggle)
        bar.pause_recording.connect(recordings.toggle_pause)
        window.actions_["record"].triggered.connect(lambda _checked=False: recordings.toggle())
        window.actions_["pause_recording"].triggered.connect(lambda _checked=False: recordings.toggle_pause())
        bar.set_recording(self.view)

    @Slot(object)
    def _changed(self, view: RecordingView | None) -> None:
        before = self.view.state if self.view is not None else "off"
        self.view = view
        bar = self.window_.shell.call_bar
        bar.set_recording(view)
        self._possible()
        now = view.state if view is not None else "off"
        words = {
            "recording": self.tr("Recording"),
            "paused": self.tr("Recording paused"),
            "off": self.tr("Recording stopped"),
        }
        if now != before and now in words:
            announce(bar, words[now])

    @Slot()
    def _ask(self) -> None:
        options = (
            (Consent.SAID_YES, self.tr("The customer said yes")),
            (Consent.ANNOUNCED, self.tr("It was announced before the call")),
            (Consent.ONE_PARTY, self.tr("My own consent is enough here")),
        )
        words = self.tr("Your answer is kept with the recording, with your name and the time.")
        ask.choice(
            self.window_, self.tr("How did the customer agree to be recorded?"), options, self._given, text=words
        )

    def _given(self, consent: object) -> None:
        assert isinstance(consent, Consent)
        self.window_.core.recordings.consent_given(consent)
