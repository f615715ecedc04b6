"""The fixed vocabularies that are stored: channels, outcomes, queue events, presence. Their values never change."""

from enum import StrEnum


class Channel(StrEnum):
    CALL = "call"
    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    NOTE = "note"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class RecordingState(StrEnum):
    RECORDING = "recording"
    SPOOLED = "spooled"  # ended, on its way from the workstation to the store
    STORED = "stored"
    LOST = "lost"  # there is nothing of it


class Consent(StrEnum):
    """How the customer came to agree to be recorded."""

    ANNOUNCED = "announced"
    SAID_YES = "said_yes"
    ONE_PARTY = "one_party"  # the law asks for one side's agreement only


class ConsentChannel(StrEnum):
    """What a customer may be asked about: the ways to contact them, and being recorded."""

    CALL = "call"
    RECORDING = "recording"
    EMAIL = "email"
    SMS = "sms"
    CHAT = "chat"
    POST = "post"


class Outcome(StrEnum):
    """How a call ended; set by the program. Several desktops may each report one: the highest rank stays."""

    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    REJECTED = "rejected"
    REFUSED = "refused"  # a fourth call, turned away by the engine so that it leaves a record
    ELSEWHERE = "elsewhere"  # a colleague took it (RFC 3326 Reason: cause 200); never a missed call
    MISSED = "missed"  # the caller (or the PBX) gave up while it rang here
    CANCELLED = "cancelled"  # we gave up while dialling
    IN_PROGRESS = "in_progress"

    @property
    def rank(self) -> int:
        return _RANK[self]

    def merged(self, other: "Outcome") -> "Outcome":
        """The outcome that stays when two desktops report the same interaction; symmetric."""
        return max(self, other, key=lambda outcome: (outcome.rank, outcome.value))


_RANK = {
    Outcome.IN_PROGRESS: 0,
    Outcome.MISSED: 1,
    Outcome.CANCELLED: 1,
    Outcome.FAILED: 2,
    Outcome.NO_ANSWER: 2,
    Outcome.BUSY: 2,
    Outcome.REFUSED: 2,
    Outcome.REJECTED: 3,
    Outcome.ELSEWHERE: 4,
    Outcome.ANSWERED: 5,
    Outcome.TRANSFERRED: 6,
}


class QueueEventKind(StrEnum):
    """The one vocabulary of what happens in a queue, for practice, collector, import and figures."""

    ENTERED = "entered"
    OFFERED = "offered"
    NOT_ANSWERED = "not_answered"
    CONNECTED = "connected"
    HELD = "held"
    RESUMED = "resumed"
    COMPLETED = "completed"
    TRANSFERRED = "transferred"
    ABANDONED = "abandoned"
    EXITED = "exited"
    REFUSED = "refused"
    LOST = "lost"  # found to be over, and how it ended was not heard
    MEMBER_ADDED = "member_added"
    MEMBER_REMOVED = "member_removed"
    PAUSED = "paused"
    UNPAUSED = "unpaused"
    WRAP_UP_STARTED = "wrap_up_started"
    WRAP_UP_ENDED = "wrap_up_ended"


class ExitReason(StrEnum):
    """Why a queue visit ended without an agent and without the caller hanging up (``exited``)."""

    TIMEOUT = "timeout"
    KEY = "key"
    EMPTY = "empty"
    WITHDRAWN = "withdrawn"


class VisitResult(StrEnum):
    """The class a queue visit ends in; each visit in exactly one (E = A + B + X + U)."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    EXITED = "exited"
    UNRESOLVED = "unresolved"  # still waiting, or its end was never heard of


class SlVariant(StrEnum):
    """The formulas in use for "service level". Vendors differ: none is the right one, so it is always named."""

    OFFERED = "offered"  # default: within T ÷ (answered + abandoned)
    IGNORING_EARLY_ABANDONS = "ignoring_early_abandons"  # abandons within T are left out
    POSITIVE = "positive"  # abandons within T count as reached
    WITHOUT_SHORT_ABANDONS = "without_short_abandons"
    ANSWERED_ONLY = "answered_only"  # 1 answered in time and 99 abandoned is 100 %


class RequestKind(StrEnum):
    """What a desktop can ask of the PBX."""

    LOG_IN = "log_in"  # into a queue, or all that the agent serves
    LOG_OUT = "log_out"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    WRAP_UP = "wrap_up"  # no calls, without it being a pause
    QUEUE_ADD = "queue_add"
    QUEUE_REMOVE = "queue_remove"
    REDIRECT = "redirect"  # a waiting caller to an extension
    MONITOR = "monitor"  # listen, whisper, barge
    HAND_OVER = "hand_over"  # the customer of one's own call to a menu, or to one after the call
    TAKE_BACK = "take_back"  # them from there


class RequestState(StrEnum):
    ASKED = "asked"
    TAKEN = "taken"
    DONE = "done"
    REFUSED = "refused"  # by the PBX, or because it makes no sense: the answer says why
    LATE = "late"  # nobody was there to do it in time; nothing was done
    UNCLEAR = "unclear"  # begun, and then the collector died


class Presence(StrEnum):
    """What an agent is doing. On hold is a part of Talking."""

    OFFLINE = "offline"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    PAUSED = "paused"


class TicketStatus(StrEnum):
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"  # on the customer or a third party
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self in (TicketStatus.NEW, TicketStatus.OPEN, TicketStatus.WAITING)


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class WorkKind(StrEnum):
    """What an entry of the work list on Home is."""

    CALLBACK = "callback"  # promised to the customer
    MISSED = "missed"  # a missed call that nobody has returned


class WorkStatus(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"


class Likeness(StrEnum):
    """Why two customers may be one person, the strongest sign first."""

    EMAIL = "email"
    NUMBER = "number"
    NAME = "name"  # and the same organisation


class MatchKind(StrEnum):
    """Why a customer was found for a caller, best first."""

    ACCOUNT = "account"  # the account number given in the IVR
    EXACT = "exact"  # the same E.164 number
    EXTENSION = "extension"  # an internal short number, matched inside this site
    SUFFIX = "suffix"  # the last digits agree: a guess, shown as one
