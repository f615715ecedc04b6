"""The stays of calls in queues while they last, as the manager's events tell of them."""

from collections.abc import Iterator
from uuid import UUID

from agent_desktop.collector.visit_ids import visit_id

_SAME_US = 2_000_000  # a snapshot says waits in whole seconds
KEPT_US = 30_000_000  # how long a stay that is over, or a call that has hung up, may still be spoken of


class Stay:
    """One stay. Moments are the PBX's own, in µs; None: not heard of."""

    __slots__ = (
        "abandoned_us",
        "agent_id",
        "call",
        "channel",
        "completed_us",
        "connected_us",
        "decided",
        "entered_us",
        "first_us",
        "held_from_us",
        "id",
        "left_us",
        "linked",
        "lost",
        "number",
        "offers",
        "ordinal",
        "queue",
        "queue_id",
        "restored",
        "status",
        "talked_from_us",
        "transfer",
    )

    def __init__(self, key: UUID, queue: str, queue_id: UUID, call: str, ordinal: int, first_us: int) -> None:
        self.id = key
        self.queue, self.queue_id, self.call, self.ordinal = queue, queue_id, call, ordinal
        self.channel = self.linked = self.number = self.status = ""
        self.first_us = first_us
        self.entered_us: int | None = None
        self.left_us: int | None = None
        self.abandoned_us: int | None = None
        self.connected_us: int | None = None
        self.completed_us: int | None = None
        self.held_from_us: int | None = None  # the same of the entry and the connect by what a later event says
        self.talked_from_us: int | None = None
        self.agent_id: UUID | None = None
        self.offers: set[str] = set()  # interfaces that ring
        self.transfer: tuple[str, str] | None = None  # kind, to
        self.restored = False  # the entry is from a snapshot or the database
        self.decided = False  # how the wait ended has been said
        self.lost = False  # it was said that nobody knows; the call itself may go on

    @property
    def waits(self) -> bool:
        """Whether the caller is in the queue, as far as is known."""
        return not self.decided and self.connected_us is None and self.left_us is None and self.abandoned_us is None

    @property
    def talks(self) -> bool:
        """Whether an agent has the caller."""
        return self.connected_us is not None and self.completed_us is None

    @property
    def over_us(self) -> int | None:
        """Since when nothing more is to come."""
        if self.completed_us is not None:
            return self.completed_us
        return (self.left_us or self.abandoned_us or self.first_us) if self.decided and not self.talks else None


class Stays:
    """All of them, by queue and call; each call's stays in one queue are counted from 1."""

    def __init__(self, site: UUID) -> None:
        self._site = site
        self._by: dict[tuple[str, str], list[Stay]] = {}
        self._ordinals: dict[tuple[str, str], int] = {}

    def __iter__(self) -> Iterator[Stay]:
        for found in self._by.values():
            yield from found

    def of_call(self, call: str) -> list[Stay]:
        """Every stay of a call."""
        return [stay for (_, of), found in self._by.items() if of == call for stay in found]

    def new(self, queue: str, queue_id: UUID, call: str, first_us: int, ordinal: int = 0) -> Stay:
        """The next stay of this call in this queue, or the one that is said."""
        key = queue, call
        number = ordinal or self._ordinals.get(key, 0) + 1
        self._ordinals[key] = max(number, self._ordinals.get(key, 0))
        stay = Stay(visit_id(self._site, queue, call, number), queue, queue_id, call, number, first_us)
        found = self._by.setdefault(key, [])
        found.append(stay)
        found.sort(key=lambda one: one.ordinal)
        return stay

    def count_from(self, queue: str, call: str, ordinal: int) -> None:
        """This call has been in this queue so often already."""
        self._ordinals[queue, call] = max(ordinal, self._ordinals.get((queue, call), 0))

    def enter(self, queue: str, queue_id: UUID, call: str, us: int) -> Stay | None:
        """The stay that begins now; None when that has been told already."""
        for stay in self._by.get((queue, call), ()):
            if stay.entered_us == us:
                return None
            if stay.entered_us is None and stay.first_us >= us:
                return stay  # what came after the entry was heard before it
            if stay.restored and stay.entered_us is not None and abs(stay.entered_us - us) <= _SAME_US:
                return None
        return self.new(queue, queue_id, call, us)

    def find(self, queue: str, call: str, us: int) -> Stay | None:
        """The stay that an event of ``us`` belongs to."""
        found: Stay | None = None
        for stay in self._by.get((queue, call), ()):
            # Without an entry it may have begun before the first that was heard of it.
            if found is None or (stay.first_us - 1_000_000 if stay.entered_us is None else stay.entered_us) <= us:
                found = stay
        return found

    def forget(self, before_us: int, gone_calls: set[str]) -> None:
        """Let go of what was over before this moment, and of the count of calls that have gone."""
        kept = {}
        for key, found in self._by.items():
            left = [stay for stay in found if not _is_over(stay, before_us, gone_calls)]
            if left:
                kept[key] = left
        self._by = kept
        for key in [key for key in self._ordinals if key[1] in gone_calls and key not in kept]:
            del self._ordinals[key]


def _is_over(stay: Stay, before_us: int, gone_calls: set[str]) -> bool:
    if stay.lost and stay.call not in gone_calls:
        return False  # the end of its talk may still be told
    if stay.entered_us is None and stay.call in gone_calls:
        return True
    return stay.over_us is not None and stay.over_us <= before_us
