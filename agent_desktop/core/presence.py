"""The agent's presence: what they asked for, and what calls and wrap-up make of it. No Qt, no I/O."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PresenceView
from agent_desktop.data import operations as op
from agent_desktop.data.words import Presence

MONITORING = "Monitoring"
_BUSY = (Presence.RINGING, Presence.TALKING, Presence.WRAP_UP)


@dataclass
class PresenceKeeper:
    """``wanted`` is Ready, Paused or Offline; what is shown follows from it, the calls, wrap-up and the phone."""

    wanted: Presence = Presence.PAUSED
    reason: str = ""
    shown: Presence = Presence.OFFLINE
    shown_reason: str = ""
    on_hold: bool = False
    since: datetime | None = None
    interaction_id: UUID | None = None
    signed_out: bool = False  # for good: whatever still runs, nobody sits here any more
    monitoring: bool = False  # listening to a colleague
    phone_usable: bool = False
    why_not: str = ""

    def ask(self, presence: Presence, reason: str = "") -> None:
        """Ready, Paused with a reason, or Offline; takes effect when no call or wrap-up stands before it."""
        self.wanted, self.reason = presence, reason

    def settle(self, calls: tuple[CallView, ...], in_wrap_up: UUID | None) -> bool:
        """Work out what is shown now; whether it changed."""
        talking = [call for call in calls if call.state in (CallState.TALKING, CallState.HELD, CallState.DIALLING)]
        ringing = [call for call in calls if call.state is CallState.RINGING]
        reason, interaction = "", None
        on_hold = bool(talking) and all(call.state is CallState.HELD for call in talking) and not self.signed_out
        if self.signed_out:
            presence = Presence.OFFLINE
        elif talking:
            presence, interaction = Presence.TALKING, talking[0].interaction_id
        elif ringing:
            presence, interaction = Presence.RINGING, ringing[0].interaction_id
        elif in_wrap_up is not None:
            presence, interaction = Presence.WRAP_UP, in_wrap_up
        elif self.wanted is Presence.READY and not self.phone_usable:
            presence, reason = Presence.PAUSED, "No phone"
        elif self.monitoring and self.wanted is Presence.READY:
            presence, reason = Presence.PAUSED, MONITORING
        else:
            presence, reason = self.wanted, self.reason
        now = (presence, reason, on_hold, interaction)
        if now == (self.shown, self.shown_reason, self.on_hold, self.interaction_id):
            return False
        if (presence, reason) != (self.shown, self.shown_reason):
            self.since = clock.now()
        self.shown, self.shown_reason, self.on_hold, self.interaction_id = now
        return True

    def view(self) -> PresenceView:
        pending = ""
        if self.shown in _BUSY and self.wanted is not Presence.READY:
            pending = self.reason or self.wanted.value
        return PresenceView(
            presence=self.shown,
            since=self.since or clock.now(),
            reason=self.shown_reason,
            on_hold=self.on_hold,
            pending=pending,
            can_be_ready=self.phone_usable,
            why_not="" if self.phone_usable else self.why_not,
        )

    def operation(self, agent_id: UUID) -> op.SetPresence:
        """What is written down of it."""
        return op.SetPresence(
            agent_id=agent_id,
            presence=self.shown.value,
            reason=self.shown_reason,
            on_hold=self.on_hold,
            interaction_id=self.interaction_id,
        )
