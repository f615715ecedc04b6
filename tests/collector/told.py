"""What a PBX tells its manager: captures cut to what queues need, and made-up days of every fate."""

import random
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from agent_desktop.collector.names import People, Queues
from agent_desktop.collector.translate import Translator
from agent_desktop.core.metrics import Visit
from agent_desktop.core.visits import VISIT_KINDS, VisitRecord
from agent_desktop.data.centre_rows import AgentRow, QueueEventRow, QueueRow
from agent_desktop.data.collecting import OpenStay
from agent_desktop.data.words import QueueEventKind, VisitResult

CAPTURES = Path(__file__).parent / "captures"
SITE = UUID(int=99)
ANN, BEN = UUID(int=1), UUID(int=2)
SUPPORT, SALES = UUID(int=11), UUID(int=12)
WHO = {ANN: "ann", BEN: "ben", None: ""}
START_US = 1_795_290_000_000_000
Told = tuple[str, dict[str, str]]


def translator(pbx: str = "pbx1") -> Translator:
    """Of a PBX with two agents and two queues."""
    agents = [AgentRow(ANN, "Ann Lee", "ann", "1001"), AgentRow(BEN, "Ben Roy", "ben", "1002")]
    queues = [QueueRow(SUPPORT, "support", "Support"), QueueRow(SALES, "sales", "Sales")]
    return Translator(SITE, pbx, People(agents), Queues(queues))


def captured(name: str) -> list[Told]:
    """A capture, in order."""
    found = []
    for frame in (CAPTURES / f"{name}.txt").read_text().split("\n\n"):
        fields = dict((line + " ").split(": ", 1) for line in frame.splitlines() if line)
        fields = {key: value.strip() for key, value in fields.items()}
        found.append((fields["Event"], fields))
    return found


def rows_of(told: Iterable[Told], by: Translator | None = None, *, ends: bool = True) -> list[QueueEventRow]:
    """Everything that comes of it, and unless it goes on what time alone makes sure."""
    by = by or translator()
    rows = []
    for name, fields in told:
        rows += by.take(name, fields)
        rows += by.settle(by.last_us)  # time goes on
    return rows + by.settle(by.last_us + 60_000_000) if ends else rows


def visits_of(rows: Iterable[QueueEventRow]) -> dict[UUID, Visit | None]:
    """What the figures are made from."""
    records: dict[UUID, VisitRecord] = {}
    seen = set()
    for row in rows:
        if (row.source, row.source_seq) in seen or row.visit_id is None or row.kind not in VISIT_KINDS:
            continue
        seen.add((row.source, row.source_seq))
        records.setdefault(row.visit_id, VisitRecord(row.visit_id)).apply(row)
    return {key: record.visit() for key, record in records.items()}


def stored(rows: Iterable[QueueEventRow]) -> list[OpenStay]:
    """What the database would tell a collector that starts now."""
    rows = list(rows)
    visits = visits_of(rows)
    found = []
    for row in rows:
        visit = visits.get(row.visit_id) if row.visit_id is not None else None
        if row.kind is QueueEventKind.ENTERED and visit is not None and row.queue_id is not None:
            connected = visit.left_at if visit.result is VisitResult.ANSWERED else None
            over = visit.ended_at or (visit.left_at if connected is None else None)
            found.append(
                OpenStay(row.at, row.queue_id, row.linked_id, row.data, connected, visit.agent_id, open=over is None)
            )
    return found


class Day:
    """A made-up stretch of a PBX's life: ``told`` is what it tells, ``fates`` what became of each stay, in order."""

    FATES = ("answered", "abandoned", "timeout", "key", "rang_out", "transferred", "said_empty")

    def __init__(self, seed: int, calls: int) -> None:
        self.told: list[tuple[int, Told]] = []
        self.fates: list[str] = []
        self._draw = random.Random(seed)
        for number in range(calls):
            us = START_US + int(self._draw.random() * calls * 2_000_000)
            for _ in range(self._draw.choice((1, 1, 1, 2))):  # some come back into the same queue
                us = self._stay(us, f"pbx-{1795290000 + number}.{number}", self._draw.choice(("support", "sales")))
                if self.fates[-1] in ("abandoned", "rang_out"):
                    break
                us += 3_000_000 + self._draw.randrange(2_000_000)
        self.told.sort(key=lambda one: one[0])

    @property
    def stream(self) -> list[Told]:
        return [told for _, told in self.told]

    def _say(self, us: int, event: str, call: str, **more: str) -> None:
        stamp = f"{us // 1_000_000}.{us % 1_000_000:06}"
        fields = {"Timestamp": stamp, "Uniqueid": call, "Linkedid": call, "Channel": f"PJSIP/trunk-{call[-3:]}"}
        self.told.append((us, (event, fields | more)))

    def _stay(self, us: int, call: str, queue: str) -> int:
        fate, draw = self._draw.choice(self.FATES), self._draw
        self.fates.append(fate)
        ms = 1_000
        self._say(us, "QueueCallerJoin", call, Queue=queue, Position="1")
        us += draw.randrange(2, 900) * ms
        agent = draw.choice(("1001", "1002"))
        phone = {"Queue": queue, "Interface": f"PJSIP/{agent}", "MemberName": f"Agent {agent}"}
        phone["DestUniqueid"] = f"{call}a{us}"
        if fate in ("answered", "rang_out", "transferred", "abandoned"):
            self._say(us, "AgentCalled", call, **phone)
            us += draw.randrange(200, 5_000) * ms
        if fate == "rang_out":
            self._say(us, "AgentRingNoAnswer", call, RingTime="5000", **phone)
            us += 1_500 * ms
        if fate in ("answered", "transferred"):
            self._say(us, "QueueCallerLeave", call, Queue=queue)
            self._say(us + ms, "AgentConnect", call, HoldTime="3", RingTime="2", **phone)
            us += draw.randrange(2_500, 9_000) * ms
            reason = "transfer" if fate == "transferred" else draw.choice(("agent", "caller"))
            self._say(us, "AgentComplete", call, HoldTime="3", TalkTime="5", Reason=reason, **phone)
            return us
        if fate in ("abandoned", "rang_out"):
            self._say(us - ms, "HangupRequest", call)
        if fate != "key":
            self._say(us, "QueueCallerAbandon", call, Queue=queue, HoldTime="4")
        self._say(us + ms, "QueueCallerLeave", call, Queue=queue)
        if fate == "said_empty":
            self._say(us + 2 * ms, "UserEvent", call, UserEvent="AgentDesktopQueue", Queue=queue, Status="LEAVEEMPTY")
        if fate in ("abandoned", "rang_out"):
            self._say(us + 2 * ms, "Hangup", call)
        return us

    def mixed_up(self, seed: int, window_us: int = 900_000) -> list[Told]:
        """The same shuffled within ``window_us``, and a tenth of it told twice."""
        draw = random.Random(seed)
        twice = self.told + [one for one in self.told if draw.random() < 0.1]
        return [told for _, told in sorted(twice, key=lambda one: one[0] + draw.randrange(window_us))]
