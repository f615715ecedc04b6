"""Two and three calls wired to their keys and the call bar: targets, consult, hand over, join, voicemail."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.views import CallView
from agent_desktop.ui.announce import announce

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class TransferWiring(QObject):
    """Between the card and list of the call bar and what the session does with them."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self._session, self._targets = window.session, window.core.targets
        self._bar = window.shell.call_bar
        self._alarmed: frozenset[str] = frozenset()
        session, bar, transfers = self._session, self._bar, self._session.transfers
        bar.targets_wanted.connect(self._find)
        bar.consult.connect(self._consult)
        bar.transfer.connect(self._transfer)
        bar.complete.connect(transfers.complete)
        bar.take_back.connect(transfers.take_back)
        bar.swap.connect(transfers.swap)
        bar.join.connect(transfers.join)
        bar.talk_to.connect(transfers.talk_to)
        bar.end_call.connect(session.calls.end)
        bar.voicemail.connect(session.ringing.to_voicemail)
        window.core.live.fed.connect(bar.refresh_targets)
        session.calls_changed.connect(self._calls_changed)
        for name, handler in (
            ("swap", transfers.swap),
            ("next_call", transfers.choose_next),
            ("join", transfers.join),
            ("voicemail", session.ringing.to_voicemail),
        ):
            window.actions_[name].triggered.connect(lambda _checked=False, handler=handler: handler())

    @Slot(str)
    def _find(self, text: str) -> None:
        self._bar.set_targets(self._targets.find(text), text)

    @Slot(str, str)
    def _consult(self, number: str, name: str) -> None:
        self._targets.called(number)
        self._session.outgoing.consult(number, name)

    @Slot(str)
    def _transfer(self, number: str) -> None:
        self._targets.called(number)
        self._session.outgoing.transfer(number)

    @Slot(object)
    def _calls_changed(self, calls: tuple[CallView, ...]) -> None:
        """A microphone that does not do what it is told is said aloud."""
        alarmed = frozenset(call.call_id for call in calls if call.mute_alarm)
        if alarmed - self._alarmed:
            muted = any(call.muted for call in calls if call.mute_alarm)
            words = self.tr("Attention: nobody hears you") if muted else self.tr("Attention: you are not muted")
            announce(self._bar, words, assertive=True)
        self._alarmed = alarmed
