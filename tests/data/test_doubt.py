"""Somebody waits for a server: the others are asked, ever more rarely, and a line is cut once its place is taken."""

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest

from agent_desktop import clock
from agent_desktop.data import doubt
from agent_desktop.data.doubt import Doubts
from agent_desktop.data.statement import Line

Made = Callable[[Callable[[Line], bool]], Doubts]
WAIT_S = 30.0


@pytest.fixture
def doubts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.setattr(doubt, "AFTER_S", 0.02)
    made: list[Doubts] = []

    def make(moved_from: Callable[[Line], bool]) -> Doubts:
        made.append(Doubts(moved_from))
        return made[-1]

    yield make
    for each in made:
        thread = each._thread
        each.stop()
        if thread is not None:
            thread.join(WAIT_S)
            assert not thread.is_alive()


class Cut(Line):
    """Says when it is shut."""

    def __init__(self) -> None:
        super().__init__(1.0)
        self.told = threading.Event()

    def shut(self) -> None:
        super().shut()
        self.told.set()


def test_a_line_is_cut_when_another_has_taken_the_place_of_its_server(doubts: Made) -> None:
    moved, right = Cut(), Cut()
    one = doubts(lambda line: line is moved)
    with one.over(right), one.over(moved):
        assert moved.told.wait(WAIT_S)
    assert not right.cut


def test_a_slow_server_is_asked_about_ever_more_rarely_and_keeps_its_time(doubts: Made) -> None:
    asked: list[float] = []
    enough = threading.Event()

    def moved_from(_line: Line) -> bool:
        asked.append(clock.monotonic())
        if len(asked) == 5:
            enough.set()
        return False

    slow = Cut()
    with doubts(moved_from).over(slow):
        assert enough.wait(WAIT_S)
    gaps = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert all(gap >= least for gap, least in zip(gaps, (0.01, 0.02, 0.04, 0.08), strict=True))
    assert not slow.cut


def test_what_was_answered_meanwhile_is_not_cut(doubts: Made) -> None:
    asking, answer, asked_again = threading.Event(), threading.Event(), threading.Event()

    def moved_from(line: Line) -> bool:
        if line is not quick:
            asked_again.set()
            return False
        asking.set()
        return answer.wait(WAIT_S)

    quick, later = Cut(), Cut()
    one = doubts(moved_from)
    with one.over(quick):
        assert asking.wait(WAIT_S)
    answer.set()
    with one.over(later):
        assert asked_again.wait(WAIT_S)
    assert not quick.cut
