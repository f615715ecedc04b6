"""What stands beside a board's counts: asked of a real database, of the right agents, for the board that is shown."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop import clock
from agent_desktop.core import metrics, queue_past
from agent_desktop.core.beside import day_forecast, shift_watch, talk_watch
from agent_desktop.core.beside.day_forecast import DayForecast, of_queue, together
from agent_desktop.core.beside.shift_watch import ShiftWatch
from agent_desktop.core.beside.talk_watch import TalkWatch
from agent_desktop.core.board import Board
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.staff_plan import History
from agent_desktop.core.store import Store
from agent_desktop.data import agents, queues, rollups, shifts
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Interaction, Leg, PresenceSpan
from agent_desktop.data.rows import Changed
from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow
from agent_desktop.data.tally_rows import Group
from agent_desktop.data.words import Presence
from tests.support.board_day import WARSAW, BoardDay, Kind
from tests.support.workstation import spin_until

SECOND = timedelta(seconds=1)


@pytest.fixture
def day() -> BoardDay:
    return BoardDay(agents=10)


@pytest.fixture
def others(store: Store) -> Iterator[Database]:
    opened = Database.open(store.where)
    yield opened
    opened.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_watch, "NEWS_EVERY_S", 0.0)
    monkeypatch.setattr(shift_watch, "REST_S", 0.0)


def answers(day: BoardDay, others: Database, agent_id: UUID, number: str) -> None:
    """An agent's desktop tells of a call that began now."""
    call = new_id()
    with others.write() as session:
        session.add(Interaction(id=call, started_at=day.now, number=number, channel="call", direction="inbound"))
        session.flush()
        session.add(
            Leg(
                id=new_id(),
                interaction_id=call,
                agent_id=agent_id,
                direction="inbound",
                started_at=day.now,
                answered_at=day.now,
                outcome="in_progress",
            )
        )


def looked(watch: TalkWatch, day: BoardDay, until: Callable[[], bool], what: str) -> None:
    def look() -> bool:
        watch.look(day.board)
        return until()

    spin_until(look, what)


@pytest.mark.usefixtures("quick")
def test_whom_agents_talk_with_is_asked_when_their_calls_change(
    store: Store, others: Database, day: BoardDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = day.agents[:2]
    watch = TalkWatch(store)
    changed = QSignalSpy(watch.changed)
    for agent in (one, two):
        day.say(Kind.CONNECTED, 0, 100_000 + agent.int, agent)
    answers(day, others, one, "+48601442190")
    looked(watch, day, lambda: one in watch.known, "the first call")
    assert watch.known[one].row.number == "+48601442190"
    assert changed.at(0)[0] == {one}
    assert two not in watch.known
    assert watch.known[one].is_of(day.board.agent_line(one))

    day.now += 60 * SECOND
    day.say(Kind.COMPLETED, 0, 100_000 + one.int, one)
    day.say(Kind.CONNECTED, 0, 200_000, one)
    assert not watch.known[one].is_of(day.board.agent_line(one)), "the caller before is not shown with the next"
    answers(day, others, one, "+48586201140")
    looked(watch, day, lambda: watch.known[one].row.number == "+48586201140", "the second call")

    answers(day, others, two, "+48221234567")
    watch.look(day.board)
    assert not watch._asking, "nothing of two's call has changed"
    monkeypatch.setattr(talk_watch, "AGAIN_EVERY_S", 0.0)
    looked(watch, day, lambda: two in watch.known, "told late, found with the next round")

    day.say(Kind.COMPLETED, 0, 200_000, one)
    watch.look(day.board)
    assert one not in watch.known
    past = BoardDay(agents=10)
    watch.look(past.board)
    assert not watch.known, "another board begins anew"


@pytest.mark.usefixtures("quick")
def test_adherence_is_that_of_the_reports_up_to_the_boards_moment(
    store: Store, others: Database, day: BoardDay
) -> None:
    nine = day.now.astimezone(WARSAW).replace(hour=9, minute=0, second=0, microsecond=0)
    with others.write() as session:
        who = agents.create_agent(session, "Ada", "ada").id
        shifts.save(session, [ShiftRow(who, nine.date(), 0, (ShiftPart(9 * 60, 17 * 60),))])
        for hours, presence in ((1, Presence.READY), (3, Presence.OFFLINE)):
            at = nine + timedelta(hours=hours)
            session.add(PresenceSpan(agent_id=who, since=at, presence=presence.value, reason="", source="test"))
    watch = ShiftWatch(store)
    day.now = nine + timedelta(hours=4)
    watch.look(day.board)
    assert watch.kept is None
    spin_until(lambda: watch.kept is not None, "the first answer")
    kept = watch.kept
    assert kept is not None
    figure = kept.adherence(who, "Dana")
    assert (figure.value, figure.name) == (0.5, metrics.adherence((), ()).name)
    assert kept.until == day.now
    assert kept.adherence(day.agents[1], "Ewa").text() == "–"

    day.now += 59 * SECOND
    watch.look(day.board)
    assert not watch._asking, "not before a minute has passed"
    day.now += SECOND
    watch.look(day.board)
    spin_until(lambda: watch.kept is not kept, "a minute later")
    kept = watch.kept
    store.changed.emit(Changed(staffing=True))
    watch.look(day.board)
    spin_until(lambda: watch.kept is not kept, "at once when somebody has planned")
    watch.look(BoardDay(agents=10).board)
    assert watch.kept is None


def test_a_forecast_is_read_for_the_queues_that_are_looked_at(
    store: Store, others: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces what one reading of the whole past brings; once it is known nothing is read any more."""
    monkeypatch.setattr(day_forecast, "PAUSE_MS", 0)
    for name, value in (("PAST_DAYS", 120), ("PIECE_DAYS", 50)):
        monkeypatch.setattr(queue_past, name, value)
    board, history = Board(WARSAW, clock.now), History(WARSAW)
    with others.read() as session:
        rows = queues.queues(session)
        begins = [SiteDay(board.day.date - timedelta(days=back), WARSAW).start for back in (120, 0)]
        moments = [begins[0] + at * INTERVAL for at in range((begins[1] - begins[0]) // INTERVAL + 1)]
        cells = rollups.tallies(session, moments, Group.QUEUE, queue_ids=(rows[1].id,))
        history.add((cell.starts_at, cell.tally) for cell in cells)
    board.set_queues(rows)
    forecast = DayForecast(store, store._tasks)
    assert forecast.expected(board, rows[1].id) is None
    forecast.look(board)
    spin_until(lambda: forecast.expected(board, rows[1].id) is not None, "the past is read")
    found = forecast.expected(board, rows[1].id)
    assert found == together([of_queue(history, board.day.date, ())], board.day)
    assert found is not None
    assert found.total > 0
    forecast.look(board)
    assert forecast._reading is None, "nobody looks at the others"
    assert forecast.expected(board, None) is None
    forecast.look(board)
    assert forecast._reading == rows[0].id
