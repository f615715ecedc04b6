"""What the live board costs: twelve charts and 200 agents, fed 1,000 queue events a second.

CPU is that of the whole process over the measured time, in percent of one core; a stall is how late a 20 ms heartbeat
of the event loop comes. The floor is the same window in the same process, shown but not fed.
"""

import itertools
import json
import os
import random
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core import metrics
from agent_desktop.core.board import Board
from agent_desktop.data.centre_rows import AgentRow, PresenceRow, QueueEventRow, QueueRow
from agent_desktop.data.words import Presence, QueueEventKind
from agent_desktop.ui import theme

CHARTS = 12
EVENTS_A_SECOND = 1000
SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))
WARM_S = 120
HOUR = 20  # of the day that is shown: late, so that the charts are full, and the same whenever this is run
PER_CALL = 5.2  # events; less than six because some callers hang up and some talks outlast the run
TURNS = 10  # of the nine more charts, in a second
BEAT_MS = 20
FEED_MS = 20
Kind = QueueEventKind


@dataclass(frozen=True)
class Size:
    """Of a centre."""

    agents: int
    queues: int


class Clock:
    """The board's clock: it can wait while events are drawn, so that none is late when they are handed over."""

    def __init__(self) -> None:
        self._behind = timedelta()

    def __call__(self) -> datetime:
        return clock.now() - self._behind

    def set(self, moment: datetime) -> None:
        self._behind = clock.now() - moment


class Day:
    """Draws calls: six events each, spread so that ``EVENTS_A_SECOND`` come out."""

    def __init__(self, size: Size) -> None:
        self._chance = random.Random(7)
        self._numbers = itertools.count(1)
        self._visit = 0
        self.queues = [UUID(int=1 + number) for number in range(size.queues)]
        self.agents = [UUID(int=1000 + number) for number in range(size.agents)]

    def events(self, start: datetime, seconds: float, a_second: float) -> list[QueueEventRow]:
        """Events from ``start`` on, in order of time."""
        found: list[QueueEventRow] = []
        for call in range(int(seconds * a_second / PER_CALL)):
            self._call(found, start + timedelta(seconds=call * PER_CALL / a_second))
        found.sort(key=lambda event: event.at)
        end = start + timedelta(seconds=seconds)
        return [replace(event, source_seq=next(self._numbers)) for event in found if event.at < end]

    def _call(self, found: list[QueueEventRow], enters: datetime) -> None:
        self._visit += 1
        chance, queue, agent = self._chance, self._chance.choice(self.queues), self._chance.choice(self.agents)
        times = [0.0, 1 + chance.expovariate(1 / 8)]
        if chance.random() < 0.08:
            kinds = [(Kind.ENTERED, None), (Kind.ABANDONED, None)]
        else:
            times += [times[-1] + 2, times[-1] + 2 + chance.expovariate(1 / 60)]
            times += [times[-1], times[-1] + chance.expovariate(1 / 20)]
            kinds = [(Kind.ENTERED, None), (Kind.OFFERED, agent), (Kind.CONNECTED, agent)]
            kinds += [(Kind.COMPLETED, agent), (Kind.WRAP_UP_STARTED, agent), (Kind.WRAP_UP_ENDED, agent)]
        for offset, (kind, who) in zip(times, kinds, strict=True):
            at = enters + timedelta(seconds=offset)
            visit = UUID(int=100_000 + self._visit)
            found.append(QueueEventRow(at, kind, "bench", 0, queue, visit, f"call-{self._visit}", who))


class Window(QWidget):
    """The live board with its three charts, and nine more of single queues, each redrawn once a second."""

    def __init__(self, board: Board):
        super().__init__()
        from agent_desktop.ui.live_board import LiveBoard
        from agent_desktop.ui.queue_charts import OfferedChart, ServiceLevelChart, WaitingChart

        self.board, self.live = board, LiveBoard()
        self.live.set_board(board)
        self.more = [
            kind() for _ in range((CHARTS - 3) // 3) for kind in (ServiceLevelChart, OfferedChart, WaitingChart)
        ]
        grid = QGridLayout()
        for number, chart in enumerate(self.more):
            chart.setMinimumHeight(130)
            grid.addWidget(chart, number // 3, number % 3)
        layout = QVBoxLayout(self)
        layout.addWidget(self.live, 3)
        layout.addLayout(grid, 2)
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1000 // TURNS)

    def _tick(self) -> None:
        """One chart a turn, as the board itself draws its three."""
        self._ticks += 1
        number = self._ticks % TURNS
        if number < len(self.more):
            self._redraw(self.more[number], self.board.queues[number // 3])

    def _redraw(self, chart: QObject, queue: UUID) -> None:
        from agent_desktop.ui.queue_charts import OfferedChart, ServiceLevelChart, WaitingChart

        board = self.board
        if isinstance(chart, ServiceLevelChart):
            chart.set(board.intervals(queue), board.day, board.target(queue))
        elif isinstance(chart, OfferedChart):
            tally, scope = board.tally(queue), board.scope(queue)
            total, lost = metrics.visits_offered(tally, scope), metrics.abandon_rate(tally, scope)
            chart.set(board.intervals(queue), board.day, total, lost)
        elif isinstance(chart, WaitingChart):
            chart.set(board.day, board.tile(queue).queue.label, board.waiting_series(queue))


class Measure:
    """CPU and heartbeat while the event loop runs."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self.cpu = 0.0

    def run(self, seconds: float) -> "Measure":
        loop, beat, last = QEventLoop(), QTimer(), [time.perf_counter()]
        beat.setTimerType(Qt.TimerType.PreciseTimer)

        def beaten() -> None:
            present = time.perf_counter()
            self.late_ms.append(max(0.0, (present - last[0]) * 1000 - BEAT_MS))
            last[0] = present

        beat.timeout.connect(beaten)
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        beat.start(BEAT_MS)
        used, began = time.process_time(), time.perf_counter()
        loop.exec()
        self.cpu = (time.process_time() - used) / (time.perf_counter() - began) * 100
        beat.stop()
        return self

    def p99(self) -> float:
        ordered = sorted(self.late_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _board(day: Day, now: Clock) -> Board:
    board = Board(ZoneInfo("UTC"), now)
    board.set_queues(
        [
            QueueRow(queue, f"queue-{number}", f"Queue {number}", members=tuple(day.agents[number :: len(day.queues)]))
            for number, queue in enumerate(day.queues)
        ]
    )
    board.set_agents([AgentRow(agent, f"Agent {number:03d}", f"a{number}") for number, agent in enumerate(day.agents)])
    hours = min(6 * 3600.0, (now() - board.day.start).total_seconds())
    start = now() - timedelta(seconds=hours)
    presences = [PresenceRow(agent, Presence.READY, start) for agent in day.agents]
    board.load(day.events(start, hours, 1.0), presences)
    return board


class Feed:
    """Hands over each event when its time has come, and counts them."""

    def __init__(self, board: Board, events: list[QueueEventRow]) -> None:
        self._board, self._ahead = board, list(reversed(events))
        self.fed = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._due)
        self._timer.start(FEED_MS)

    def _due(self) -> None:
        present = self._board.now()
        while self._ahead and self._ahead[-1].at <= present:
            self._board.add(self._ahead.pop())
            self.fed += 1


def _figure(name: str, value: float, unit: str, limit: float, floor: float, n: int) -> dict[str, object]:
    return {
        "part": "main-job",
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "limit": limit,
        "floor": round(floor, 2),
        "ratio": round(value / floor, 2) if floor else None,
        "n": n,
        "ok": value <= limit,
    }


def measured(
    size: Size, seconds: float = SECONDS, beside: AbstractContextManager[object] | None = None
) -> tuple[Measure, Measure]:
    """Under load, and the floor in the same process; ``beside`` is open while the load is measured."""
    app = QCoreApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    day, now = Day(size), Clock()
    now.set(clock.now().replace(hour=HOUR, minute=0, second=0, microsecond=0))
    board = _board(day, now)
    window = Window(board)
    window.resize(1440, 1300)
    window.show()
    Measure().run(2.0)  # first paints, caches
    floor = Measure().run(seconds)
    # Calls that began before, so that talks and wrap-ups end from the first second on.
    began = now()
    events = day.events(began - timedelta(seconds=WARM_S), WARM_S + seconds + 10, EVENTS_A_SECOND)
    before = next(place for place, event in enumerate(events) if event.at >= began)
    board.add_all(events[:before])
    now.set(began)
    feed = Feed(board, events[before:])
    Measure().run(3.0)
    fed = feed.fed
    with beside or nullcontext():
        loaded = Measure().run(seconds)
    fed = feed.fed - fed
    assert fed >= 0.9 * EVENTS_A_SECOND * seconds, f"only {fed} events were fed"
    window.close()
    return loaded, floor


def figures() -> list[dict[str, object]]:
    """CPU and stalls of the live board under load, with the floor measured in the same run."""
    loaded, floor = measured(Size(agents=200, queues=5))
    n = len(loaded.late_ms)
    return [
        _figure("live board, CPU of one core at 1,000 events/s", loaded.cpu, "%", 10.0, floor.cpu, n),
        _figure("live board, UI stall p99 at 1,000 events/s", loaded.p99(), "ms", 20.0, floor.p99(), n),
    ]


if __name__ == "__main__":
    print(json.dumps(figures(), indent=2))
