"""Alarms: when they come, that they do not flicker, and who hears of them again."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.core.alarm_watch import rules
from agent_desktop.core.alarms import Alarms, Kind, Level, Rule, Rules, _State
from agent_desktop.settings import Board
from tests.support.board_day import BoardDay
from tests.support.board_day import Kind as Event

RULE = Rule(5, 10, 1)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WAITING = Rules(kinds={Kind.WAITING: RULE}, after_s=10)


class Watched:
    """A board with one queue and nobody waiting, looked at each second."""

    def __init__(self, rules: Rules = WAITING) -> None:
        self.day = BoardDay(queues=1, agents=2)
        self.alarms = Alarms(rules)
        self.alarms.look(self.day.board)
        self.queue: UUID = self.day.queues[0]
        self._visit = 0
        self._inside: list[int] = []

    def enter(self, number: int) -> None:
        for _ in range(number):
            self._visit += 1
            self._inside.append(self._visit)
            self.day.say(Event.ENTERED, 0, 100_000 + self._visit)

    def leave(self, number: int) -> None:
        for _ in range(number):
            self.day.say(Event.EXITED, 0, 100_000 + self._inside.pop())

    def seconds(self, number: int) -> list[Level]:
        """The levels that were told meanwhile."""
        told = []
        for _ in range(number):
            self.day.now += timedelta(seconds=1)
            told += [alarm.level for alarm in self.alarms.look(self.day.board)]
        return told

    def level(self) -> Level:
        return max((alarm.level for alarm in self.alarms.now), default=Level.NONE)


def test_it_comes_after_a_while_and_gets_worse() -> None:
    watched = Watched()
    watched.enter(5)
    assert watched.seconds(9) == []
    assert watched.seconds(3) == [Level.WARNING]
    watched.enter(5)
    assert watched.seconds(12) == [Level.BREACH]
    assert watched.alarms.now[0].value == 10


def test_a_short_peak_is_none() -> None:
    watched = Watched()
    for _ in range(5):
        watched.enter(6)
        assert watched.seconds(5) == []
        watched.leave(6)
        assert watched.seconds(5) == []
    assert watched.level() is Level.NONE


def test_it_ends_only_behind_the_margin_and_after_a_while() -> None:
    watched = Watched()
    watched.enter(5)
    watched.seconds(12)
    watched.leave(1)  # 4: inside the margin
    watched.seconds(60)
    assert watched.level() is Level.WARNING
    watched.leave(1)
    watched.seconds(5)
    assert watched.level() is Level.WARNING
    watched.seconds(7)
    assert watched.level() is Level.NONE


def test_who_has_seen_it_hears_of_it_again_when_it_gets_worse() -> None:
    watched = Watched()
    watched.enter(5)
    watched.seconds(12)
    watched.alarms.acknowledge(watched.alarms.now[0].key)
    assert watched.alarms.now[0].acknowledged
    assert watched.seconds(30) == []
    assert watched.alarms.now[0].acknowledged
    watched.enter(5)
    assert watched.seconds(12) == [Level.BREACH]
    assert not watched.alarms.now[0].acknowledged
    watched.leave(10)
    watched.seconds(12)
    watched.enter(5)
    assert watched.seconds(12) == [Level.WARNING]  # another one
    assert not watched.alarms.now[0].acknowledged


def test_what_a_new_desk_finds_is_shown_and_not_told() -> None:
    day = BoardDay().fill(600)
    alarms = Alarms()
    assert alarms.look(day.board) == ()
    assert alarms.now[0].queue.id == day.failing
    assert alarms.now[0].kind is Kind.SERVICE_LEVEL
    assert alarms.now[0].since < day.now - timedelta(minutes=30)  # since when it has been so, not since the look
    assert alarms.look(day.board) == ()


@given(st.lists(st.floats(0, 20), max_size=200))
def test_levels_move_only_after_the_while_and_rise_only_beyond_a_threshold(values: list[float]) -> None:
    state, after, moved = _State(NOW), timedelta(seconds=3), NOW - timedelta(hours=1)
    for second, value in enumerate(values):
        now, before = NOW + timedelta(seconds=second), state.level
        rose = state.step(value, RULE, after, now)
        assert rose == (state.level > before)
        if state.level is not before:
            assert now - moved >= after or second < 3
            moved = now
        if rose:
            assert value >= (10 if state.level is Level.BREACH else 5)


@pytest.mark.parametrize(
    ("begin", "end", "at", "quiet"),
    [
        ("22:00", "07:00", "23:30", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("12:00", "13:00", "12:30", True),
        ("12:00", "13:00", "13:00", False),
        ("12:00", "12:00", "12:00", False),
    ],
)
def test_quiet_hours(begin: str, end: str, at: str, quiet: bool) -> None:
    rules = Rules(quiet_from=time.fromisoformat(begin), quiet_until=time.fromisoformat(end))
    assert rules.is_quiet(datetime.combine(NOW.date(), time.fromisoformat(at), UTC)) is quiet
    assert not Rules().is_quiet(NOW)


def test_settings_become_rules() -> None:
    made = rules(Board(waiting_warning=3, waiting_breach=0, quiet_from="22:00", quiet_until="07:00", alarm_after_s=4))
    assert made.kinds[Kind.WAITING] == Rule(3, 0, 1)
    assert (made.after_s, made.quiet_from, made.quiet_until) == (4, time(22), time(7))
    assert Rules().kinds == rules(Board()).kinds
