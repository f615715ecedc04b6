"""The conference: which calls are joined with us and each other."""

from typing import TYPE_CHECKING

from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import PhoneCall

if TYPE_CHECKING:
    from agent_desktop.telephony.engine_calls import Calls

FEWEST = 2  # with us three; a conference of one is a call


class Conference:
    """At most one. A held member hears nobody, and nobody them, until the call is resumed."""

    def __init__(self, calls: "Calls"):
        self.members: tuple[PhoneCall, ...] = ()
        self._calls = calls

    def confer(self, command: messages.Confer) -> None:
        """Join these calls, or with fewer than two end the conference."""
        self._calls.running()
        chosen = tuple(self._calls.talking(key) for key in dict.fromkeys(command.call_ids))
        self._set(chosen if len(chosen) >= FEWEST else ())
        if any(call.muted for call in self.members):  # whoever was not to hear us must not through the others
            for call in self.members:
                self._calls.set_muted(call, True)

    def left(self, call: PhoneCall) -> None:
        """A call has ended."""
        if call.joined:
            rest = tuple(one for one in self.members if one is not call)
            self._set(rest if len(rest) >= FEWEST else ())

    def replaced(self, old: PhoneCall, new: PhoneCall) -> None:
        """A new dialog has taken a member's place."""
        if old.joined:
            self._set(tuple(new if one is old else one for one in self.members))

    def _set(self, members: tuple[PhoneCall, ...]) -> None:
        before, self.members = self.members, members
        for call in before:
            call.joined = False
        for call in members:
            call.joined = True
        if self._calls.media is not None:
            self._calls.media.confer(members)
        self._calls.emit(messages.ConferenceChanged, call_ids=tuple(call.key for call in members))
