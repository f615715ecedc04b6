"""The work after a call: its clock, its draft, and when it may end. No Qt, no I/O; the journal keeps the draft."""

from uuid import UUID

import msgspec

from agent_desktop import clock
from agent_desktop.core.views import WrapUpResult, WrapUpView
from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import TicketLine

_PREFIX = "wrap_up:"
AT_ONCE_US = 2_000_000  # a wrap-up that follows its call so soon begins with the end of the call


class Draft(msgspec.Struct, kw_only=True):
    """Everything needed to show the form again after a crash, and to send what was typed."""

    interaction_id: UUID
    note_id: UUID = msgspec.field(default_factory=new_id)  # each wrap-up writes its own note, over nobody's
    title: str
    number: str = ""
    queue: str = ""
    customer_id: UUID | None = None
    allowed_s: int = 45
    required: bool = False
    ended_us: int | None = None  # wrap-up waits; None while the call runs
    attended_us: int | None = None  # the agent has it before them; None while another call keeps them
    ends_us: int | None = None
    note: str = ""
    disposition_id: UUID | None = None
    reason: str = ""
    sent_note: str = ""  # what the shared database has been given

    @property
    def key(self) -> str:
        return f"{_PREFIX}{self.interaction_id}"

    def encoded(self) -> bytes:
        return msgspec.json.encode(self)


def decode(text: bytes) -> Draft | None:
    """A draft read back from the journal; None for one this program cannot read."""
    try:
        return msgspec.json.decode(text, type=Draft)
    except msgspec.DecodeError:
        return None


def is_key(key: str) -> bool:
    """Whether a journal draft is one of ours."""
    return key.startswith(_PREFIX)


def call_over(draft: Draft, ended_us: int) -> None:
    """The call is over; its wrap-up waits for the agent."""
    draft.ended_us, draft.attended_us, draft.ends_us = ended_us, None, None


def begin_clock(draft: Draft, now_us: int) -> None:
    """The agent has the wrap-up before them. An allowance of 0 gives them all the time they want."""
    assert draft.ended_us is not None
    at_once = now_us - draft.ended_us < AT_ONCE_US
    draft.attended_us = draft.ended_us if at_once else now_us
    draft.ends_us = draft.attended_us + draft.allowed_s * 1_000_000 if draft.allowed_s else None


def stop_clock(draft: Draft) -> None:
    """The call goes on after all."""
    draft.ended_us = draft.attended_us = draft.ends_us = None


def extend(draft: Draft, seconds: int) -> None:
    """Add time, counted from now if the allowance had run out."""
    if draft.ends_us is not None:
        draft.ends_us = max(draft.ends_us, clock.now_us()) + seconds * 1_000_000


def is_over(draft: Draft, now_us: int) -> bool:
    """The allowance has run out."""
    return draft.ends_us is not None and now_us >= draft.ends_us


def may_end_itself(draft: Draft, dispositions: tuple[DispositionRow, ...]) -> bool:
    """A required disposition beats the timer; where there are none to choose from, none is required."""
    return not draft.required or draft.disposition_id is not None or not dispositions


def take(draft: Draft, result: WrapUpResult) -> None:
    """Keep what the form holds."""
    draft.note, draft.disposition_id, draft.reason = result.note, result.disposition_id, result.reason


def seconds_spent(draft: Draft, now_us: int) -> float:
    """How long wrap-up took: from when the agent had it before them."""
    began = draft.attended_us or draft.ended_us
    return max(0.0, (now_us - began) / 1e6) if began is not None else 0.0


def view(
    draft: Draft, dispositions: tuple[DispositionRow, ...], tickets: tuple[TicketLine, ...], now_us: int, waiting: int
) -> WrapUpView:
    """What the form shows; ``waiting`` is how many others are to be wrapped up."""
    return WrapUpView(
        interaction_id=draft.interaction_id,
        title=draft.title,
        dispositions=dispositions,
        required=draft.required and bool(dispositions),
        in_wrap_up=draft.ended_us is not None,
        ends_at=clock.from_us(draft.ends_us) if draft.ends_us is not None else None,
        overdue=is_over(draft, now_us) and not may_end_itself(draft, dispositions),
        note=draft.note,
        disposition_id=draft.disposition_id,
        reason=draft.reason,
        tickets=tickets,
        number=draft.number,
        allowed_s=draft.allowed_s,
        waiting=waiting,
    )
