"""Who gave up waiting: the caller's number, for the call-back list.

Numbers stand in no queue event; they go into the record of the call, where they can be masked and erased. What could
not be stored yet is only in memory: a number is in no file of the collector.
"""

from collections import deque
from datetime import datetime
from uuid import UUID

from agent_desktop import clock, numbers
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data.past_calls import PastCall
from agent_desktop.data.words import Direction, Outcome

EVENT = "QueueCallerAbandon"
KEPT = 500


class GaveUp:
    """Those of one PBX that are not stored yet, the newest ``KEPT``. Which PBX call is which interaction says ``site``;
    ``region`` is where its numbers are dialled.
    """

    def __init__(self, site: UUID, region: str) -> None:
        self._site, self._region = site, region
        self._calls: deque[PastCall] = deque(maxlen=KEPT)

    def hear(self, fields: dict[str, str], at_us: int) -> None:
        """The PBX says that a caller has left the queue by hanging up (or by a timeout: then the call may go on, and
        what desktops tell of it counts for more)."""
        said, linked = fields.get("CallerIDNum", ""), fields.get("Linkedid", "") or fields.get("Uniqueid", "")
        number = numbers.parse(said, self._region)
        if not linked or not number.key:
            return
        held = fields.get("HoldTime", "")
        wait_s = int(held) if held.isdecimal() and len(held) < 7 else 0
        name = fields.get("CallerIDName", "")
        self._calls.append(
            PastCall(
                id=id_of_call(self._site, "", linked, "", 0),
                direction=Direction.INBOUND,
                started_at=clock.from_us(at_us - wait_s * 1_000_000),
                answered_at=None,
                ended_at=clock.from_us(at_us),
                outcome=Outcome.MISSED,
                agent_id=None,
                number=number.e164 or said,
                e164=number.e164,
                key=number.key,
                name="" if name in ("<unknown>", said) else name[:80],
                queue=fields.get("Queue", ""),
                wait_s=float(wait_s),
                linked_id=linked,
            )
        )

    def take(self) -> list[PastCall]:
        """Those that wait; whoever cannot store them gives them back."""
        calls = []
        while self._calls:  # more may come meanwhile: taken one by one none is lost
            calls.append(self._calls.popleft())
        return calls

    def forget(self, before: datetime) -> None:
        """Another collector has stored those who gave up before then."""
        while self._calls and self._calls[0].ended_at < before:
            self._calls.popleft()

    def give_back(self, calls: list[PastCall]) -> None:
        """They could not be stored."""
        self._calls.extendleft(reversed(calls))
