"""What the human agent's presence means to the practice day: membership, pauses and wrap-up."""

from agent_desktop import clock
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.words import Presence, QueueEventKind
from agent_desktop.practice.day import Day, Offer


class Human:
    """Follows the presence that the workstation writes and tells the day what changed."""

    def __init__(self, day: Day):
        self._day = day
        self._before = Presence.OFFLINE
        self._wrapping: Offer | None = None
        self.last_call: Offer | None = None  # the newest call that the human talked in

    @property
    def presence(self) -> Presence:
        """What was seen last."""
        return self._before

    def see(self, row: PresenceRow | None) -> None:
        """One look at the presence in the database; None when the agent never signed in."""
        presence = row.presence if row else Presence.OFFLINE
        before, self._before = self._before, presence
        if presence is before:
            return
        if before is Presence.OFFLINE:
            self._day.human_membership(True)
        since = row.since if row else None
        at_us = clock.to_us(since) if since else clock.now_us()
        if before is Presence.WRAP_UP:
            self._say(QueueEventKind.WRAP_UP_ENDED, at_us, self._wrapping)
        elif before is Presence.PAUSED:
            self._say(QueueEventKind.UNPAUSED, at_us)
        if presence is Presence.WRAP_UP:
            self._wrapping = self.last_call
            self._say(QueueEventKind.WRAP_UP_STARTED, at_us, self._wrapping)
        elif presence is Presence.PAUSED:
            self._day.human_event(QueueEventKind.PAUSED, at_us, reason=row.reason if row else "")
        elif presence is Presence.OFFLINE:
            self._day.human_membership(False)

    def _say(self, kind: QueueEventKind, at_us: int, after: Offer | None = None) -> None:
        self._day.human_event(kind, at_us, after)
