"""Every number of the board can be opened, and what is behind it counts the same."""

from msgspec.structs import replace

from agent_desktop.core import board_lists
from agent_desktop.core.board_lists import Behind, Part
from agent_desktop.core.metrics import Tally
from agent_desktop.data.words import SlVariant
from tests.support.board_day import BoardDay


def parts_of(tally: Tally) -> dict[Part, int]:
    return {
        Part.IN_TIME: tally.answered_in_time,
        Part.LATE: tally.answered - tally.answered_in_time,
        Part.ABANDONED: tally.abandoned,
        Part.EXITED: tally.exited,
        Part.OPEN: tally.unresolved,
    }


def test_each_figure_has_as_many_visits_behind_it_as_it_says() -> None:
    day = BoardDay(agents=10).fill(200)
    board = day.board
    assert board_lists.counts(board_lists.lines(board, Behind())) == parts_of(board.tally())
    for queue_id in board.queues:
        found = board_lists.lines(board, Behind(queue_id))
        assert board_lists.counts(found) == parts_of(board.tally(queue_id))
        for bar in board.intervals(queue_id):
            inside = board_lists.lines(board, Behind(queue_id, interval=bar.index))
            assert board_lists.counts(inside) == parts_of(bar.tally)
    for agent_id in board.agents:
        found = board_lists.lines(board, Behind(agent_id=agent_id))
        assert len(found) == board.agent_line(agent_id).tally.answered
        assert {line.agent for line in found} <= {board.agent_line(agent_id).name}


def test_who_waited_at_a_moment_is_as_many_as_the_chart_shows() -> None:
    day = BoardDay(agents=10).fill(200)
    for queue_id in (*day.board.queues, None):
        series = day.board.waiting_series(queue_id)
        for place in range(0, len(series.values), 30):
            moment = series.end_of(place)
            found = board_lists.lines(day.board, Behind(queue_id, waiting_at=moment))
            assert len(found) == series.values[place]


def test_what_a_service_level_divides_is_listed_as_its_queue_counts() -> None:
    day = BoardDay(agents=10).fill(200)
    rules = (SlVariant.WITHOUT_SHORT_ABANDONS, SlVariant.ANSWERED_ONLY, SlVariant.IGNORING_EARLY_ABANDONS)
    queues, _ = day.board.rows()
    day.board.set_queues(
        [
            replace(queue, sl_variant=rules[place % 3], sl_exits=bool(place % 2), short_abandon_s=20)
            for place, queue in enumerate(queues)
        ]
    )
    for queue_id in (*day.board.queues, None):
        found = board_lists.of_parts(board_lists.lines(day.board, Behind(queue_id)), board_lists.IN_LEVEL)
        assert len(found) == day.board.service_level(queue_id).denominator
    assert len(found) < sum(day.board.tally().cells()[:2])


def test_parts_are_picked() -> None:
    found = board_lists.lines(BoardDay().fill(100).board, Behind())
    some = board_lists.of_parts(found, board_lists.IN_LEVEL)
    assert {line.part for line in some} == {Part.IN_TIME, Part.LATE, Part.ABANDONED}
    assert board_lists.of_parts(found, frozenset()) == found
    assert len({line.id for line in found}) == len(found)
