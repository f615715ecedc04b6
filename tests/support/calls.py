"""Calls, queues and presences as the screens are shown them, for tests of widgets."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView, PresenceView, QueueView
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.words import Direction, Presence

READY_PHONE = PhoneView("ready", "SIP ready", audio="Jabra Evolve2 40", usable=True)
LOST_PHONE = PhoneView("failed", "Not registered: wrong password", "The server refused the sign-in.")


def call(state: CallState = CallState.TALKING, *, ago_s: float = 6, **changes: Any) -> CallView:
    """A call that started ``ago_s`` seconds ago."""
    started = clock.now() - timedelta(seconds=ago_s)
    values: dict[str, Any] = {
        "call_id": uuid4().hex,
        "interaction_id": uuid4(),
        "direction": Direction.INBOUND,
        "state": state,
        "number": "+48 601 442 190",
        "name": "Marta Kowalczyk",
        "started_at": started,
        "queue": "Billing",
        "answered_at": started if state in (CallState.TALKING, CallState.HELD) else None,
        "held_since": started if state is CallState.HELD else None,
        "can_answer": state is CallState.RINGING,
    }
    return CallView(**{**values, **changes})


def presence(which: Presence = Presence.READY, *, ago_s: float = 134, **changes: Any) -> PresenceView:
    return PresenceView(which, clock.now() - timedelta(seconds=ago_s), **changes)


def queue(label: str, waiting: int = 0, longest_s: float = 0, verdict: str = "ok") -> QueueView:
    since = clock.now() - timedelta(seconds=longest_s) if longest_s else None
    return QueueView(QueueRow(uuid4(), label.lower(), label), waiting, since, 0.8, verdict)
