"""The agent's presence: what they asked for, and what calls and wrap-up make of it. No Qt, no I/O.

What may follow what stands in data/presence_moves.py; every step is held against it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agent_desktop import clock, log
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PresenceView
from agent_desktop.data import operations as op
from agent_desktop.data import presence_moves
from agent_desktop.data.presence_moves import By
from agent_desktop.data.words import Presence, RequestKind

logger = log.get("presence")

MONITORING = "Monitoring"
_BUSY = (Presence.RINGING, Presence.TALKING, Presence.WRAP_UP)
NO_PHONE = "No phone"


@dataclass
class PresenceKeeper:
    """``wanted`` is Ready, Paused or Offline; what is shown follows from it, the calls, wrap-up and the phone."""

    wanted: Presence = Presence.PAUSED
    reason: str = ""
    asked_by: By = By.AGENT
    shown: Presence = Presence.OFFLINE
    shown_reason: str = ""
    on_hold: bool = False
    since: datetime | None = None
    interaction_id: UUID | None = None
    signed_out: bool = False  # for good: whatever still runs, nobody sits here any more
    monitoring: bool = False  # listening to a colleague
    phone_usable: bool = False
    why_not: str = ""
    pbx: Difference | None = None  # where the PBX does not agree

    def ask(self, presence: Presence, reason: str = "", by: By = By.AGENT) -> None:
        """Ready, Paused with a reason, or Offline; takes effect when no call or wrap-up stands before it.

        Raises presence_moves.NotAllowed for what nobody can ask for, such as Ready by a supervisor.
        """
        if presence in _BUSY or (presence is Presence.READY and by is not By.AGENT):
            raise presence_moves.NotAllowed(f"{presence.value} cannot be asked for by {by.value}")
        if by is By.SUPERVISOR and presence is Presence.PAUSED and Presence.OFFLINE in (self.wanted, self.shown):
            return  # nobody is here to be paused
        self.wanted, self.reason, self.asked_by = presence, reason, by

    def settle(self, calls: tuple[CallView, ...], in_wrap_up: UUID | None) -> bool:
        """Work out what is shown now; whether it changed."""
        talking = [call for call in calls if call.state in (CallState.TALKING, CallState.HELD, CallState.DIALLING)]
        ringing = [call for call in calls if call.state is CallState.RINGING]
        reason, interaction = "", None
        on_hold = bool(talking) and all(call.state is CallState.HELD for call in talking) and not self.signed_out
        if self.signed_out:
            presence, by = Presence.OFFLINE, By.AGENT
        elif talking:
            presence, interaction, by = Presence.TALKING, talking[0].interaction_id, By.CALL
        elif ringing:
            presence, interaction, by = Presence.RINGING, ringing[0].interaction_id, By.CALL
        elif in_wrap_up is not None:
            presence, interaction, by = Presence.WRAP_UP, in_wrap_up, By.WRAP_UP
        else:
            presence, reason, by = self._resting()
        now = (presence, reason, on_hold, interaction)
        if now == (self.shown, self.shown_reason, self.on_hold, self.interaction_id):
            return False
        if not presence_moves.allowed(self.shown, presence, by):  # our fault: show it all the same
            logger.error("%s → %s by %s is in no table", self.shown.value, presence.value, by.value)
        if (presence, reason) != (self.shown, self.shown_reason):
            self.since = clock.now()
        self.shown, self.shown_reason, self.on_hold, self.interaction_id = now
        return True

    def _resting(self) -> tuple[Presence, str, By]:
        """Without a call or wrap-up: what was asked for, and what brings it about."""
        presence, reason, by = self.wanted, self.reason, self.asked_by
        if presence is Presence.READY:
            if not self.phone_usable:
                presence, reason, by = Presence.PAUSED, NO_PHONE, By.PHONE
            elif self.monitoring:
                presence, reason, by = Presence.PAUSED, MONITORING, By.AGENT
            elif self.shown_reason == NO_PHONE:
                by = By.PHONE
        if self.shown is Presence.WRAP_UP:
            by = By.WRAP_UP
        elif self.shown in _BUSY:
            by = By.CALL
        return presence, reason, by

    @property
    def then(self) -> tuple[str, str]:
        """What follows the present call or wrap-up, if that is not Ready: presence and reason."""
        if self.shown in _BUSY and self.wanted is not Presence.READY:
            return self.wanted.value, self.reason
        return "", ""

    @property
    def for_pbx(self) -> tuple[RequestKind, str]:
        """What the PBX is to do: offer calls, or none and why. A pause that waits for a call's end counts at once."""
        if self.shown is Presence.WRAP_UP:
            return RequestKind.WRAP_UP, ""
        if self.wanted is not Presence.READY or self.shown is Presence.PAUSED:
            reason = self.reason if self.wanted is not Presence.READY else self.shown_reason
            return RequestKind.PAUSE, reason or self.wanted.value.title()
        return RequestKind.UNPAUSE, ""

    def view(self) -> PresenceView:
        presence, reason = self.then
        return PresenceView(
            presence=self.shown,
            since=self.since or clock.now(),
            reason=self.shown_reason,
            on_hold=self.on_hold,
            pending=reason or presence,
            can_be_ready=self.phone_usable,
            why_not="" if self.phone_usable else self.why_not,
            pbx=self.pbx,
        )

    def operation(self, agent_id: UUID, desk: UUID | None = None, due_us: int | None = None) -> op.SetPresence:
        """What is written down of it; ``due_us`` is when a wrap-up ends by itself."""
        return op.SetPresence(
            agent_id=agent_id,
            presence=self.shown.value,
            reason=self.shown_reason,
            on_hold=self.on_hold,
            interaction_id=self.interaction_id,
            due_us=due_us if self.shown is Presence.WRAP_UP else None,
            desk=desk,
        )
