"""What goes wrong with the phone while it works, told to the agent: sound that fails, a hold that is refused."""

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop.core import trouble_words
from agent_desktop.core.views import Notice
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

_TOLD = ("audio", "call")  # a port or a configuration that fails stands in the phone's state


class PhoneTroubles(QObject):
    """Signal: notice(Notice)."""

    notice = Signal(object)

    def __init__(self, phone: Phone):
        super().__init__()
        phone.event.connect(self._heard)

    @Slot(object)
    def _heard(self, event: messages.Event) -> None:
        if isinstance(event, messages.EngineTrouble) and event.kind in _TOLD:
            self.notice.emit(Notice(trouble_words.say(event.trouble, event.detail), "warn"))
        elif isinstance(event, messages.SoundBack):
            self.notice.emit(Notice(trouble_words.say(event.kind, event.detail), "ok"))
