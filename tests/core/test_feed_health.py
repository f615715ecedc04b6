"""How old the board is: what the collectors' rows say, and that whoever looks is told."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_desktop.core.alarm_watch import AlarmWatch
from agent_desktop.core.feed_health import FeedHealth, FeedView, Flow, judge
from agent_desktop.data import collecting
from agent_desktop.data.centre_rows import CollectorRow
from agent_desktop.settings import Board
from tests.core.test_live import Watch
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 11, 21, 13, 46, 30, tzinfo=UTC)
ONE = CollectorRow(
    name="a", pbx="one", active=True, connected_at=NOW - timedelta(hours=5), last_event_at=NOW - timedelta(seconds=90),
    events=9, unknown={"queue": {"night": 4}, "person": {"7": 3}}, lag_ms=400, clock_ms=0, spooled=0, put_right=0,
    trouble="", pbx_started="", told_at=NOW - timedelta(seconds=1),
)  # fmt: skip
TWO = replace(ONE, pbx="two")
READY = replace(ONE, name="b", active=False)
CUT = replace(ONE, connected_at=None, trouble="connection refused")


def silent(row: CollectorRow, seconds: float) -> CollectorRow:
    return replace(row, told_at=NOW - timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("rows", "flow", "age_s", "old"),
    [
        ((), Flow.LOCAL, 0, False),
        ((ONE, READY), Flow.LIVE, 1.4, False),
        ((replace(ONE, lag_ms=4_000),), Flow.LATE, 5, False),
        ((replace(ONE, lag_ms=20_000),), Flow.LATE, 21, True),
        ((replace(ONE, spooled=7),), Flow.LATE, 1.4, False),
        ((CUT, READY), Flow.PBX_AWAY, 90, True),
        ((CUT, TWO), Flow.PBX_AWAY, 1.4, False),  # the other one's queues go on
        ((silent(ONE, 60), silent(TWO, 61)), Flow.COLLECTOR_AWAY, 60, True),
        ((silent(ONE, 60), READY), Flow.COLLECTOR_AWAY, 1, True),
        ((silent(ONE, 60), replace(READY, active=True)), Flow.LIVE, 1.4, False),  # it took over
        ((silent(replace(CUT, pbx="sold"), 90_000), ONE), Flow.LIVE, 1.4, False),  # collected no more
    ],
)
def test_what_the_rows_say(rows: tuple[CollectorRow, ...], flow: Flow, age_s: float, old: bool) -> None:
    found = judge(NOW, rows)
    assert (found.flow, found.is_old) == (flow, old)
    assert found.age_s == pytest.approx(age_s)


def test_what_a_supervisor_is_told_of_it() -> None:
    found = judge(NOW, (CUT, TWO, READY))
    assert (found.away, found.reached, found.stands_by) == (("one",), ("two",), ("b",))
    assert (found.trouble, found.unknown, found.connected_at) == ("connection refused", 14, ONE.connected_at)
    late, early = replace(ONE, clock_ms=2_000), replace(TWO, clock_ms=-5_000)  # how far each is behind
    assert judge(NOW, (late, early)).clock_s == 5


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with closing(Watch(tmp_path / "desk")) as made:
        yield made


def test_whoever_looks_is_told_and_of_an_outage_too(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    health = FeedHealth(watch.store, watch.live)
    said: list[FeedView] = []
    health.changed.connect(said.append)
    alarms, looked = AlarmWatch(watch.live, Board(), health), []
    monkeypatch.setattr(alarms.alarms, "look", lambda board: looked.append(board) or ())
    watch.begin()
    watch.write(lambda session: collecting.tell_health(session, CUT))
    health.watch(watch, True)
    spin_until(lambda: said and said[-1].flow is Flow.PBX_AWAY, "the phone system is away")
    watch.live.stale.emit(12.0)
    assert (said[-1].flow, said[-1].age_s) == (Flow.DATABASE_AWAY, 12.0)
    alarms.look()
    assert looked == [], "what is old is no news"
    watch.write(lambda session: collecting.tell_health(session, ONE))
    watch.live.stale.emit(None)
    spin_until(lambda: said[-1].flow is Flow.LIVE, "all is well again")
    alarms.look()
    assert looked == [watch.live.board]
    health.watch(watch, False)
    assert not health._ask_timer.isActive()
