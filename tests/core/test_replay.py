"""A past moment's board is the one that was there then, whichever way one comes to it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_desktop import tasks
from agent_desktop.core import centre
from agent_desktop.core.board import Board
from agent_desktop.core.live import Live
from agent_desktop.core.replay import Replay
from agent_desktop.core.store import Store
from agent_desktop.data import agents, queues
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.db import Database
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from tests.support.workstation import WHOLE_DAY, company, spin_until

pytestmark = pytest.mark.usefixtures("qapp")


class Past:
    """The seeded company's last days beside a replay of them."""

    def __init__(self, folder: Path):
        profile = Profile(folder)
        company(profile, WHOLE_DAY)
        self.database = Database.open(profile.database_file)
        self._lanes, self._journal = tasks.Tasks(), Journal(profile.journal_file)
        self.store = Store(profile.database_file, self._journal, self._lanes)
        self.live = Live(self.store)
        with self.database.read() as session:
            self.live.set_centre(centre.load(session))
        opened: list[bool] = []
        self.store.opened.connect(lambda: opened.append(True))
        self.store.start()
        spin_until(lambda: opened, "the database")
        self.replay = Replay(self.store, self.live.board)
        self.came: list[datetime] = []
        self.replay.shown.connect(self.came.append)

    def go(self, moment: datetime) -> None:
        self.came.clear()
        self.replay.seek(moment)
        spin_until(lambda: self.came, f"the board of {moment}")
        assert self.came == [moment]

    def lived(self, moment: datetime) -> Board:
        """A board that saw this day as it was, event by event."""
        board = Board(self.live.board.zone, lambda: moment, self.live.board.limits)
        rows, people = self.live.board.rows()
        board.set_queues(rows)
        board.set_agents(people)
        with self.database.read() as session:
            events = queues.events_between(session, board.load_from, moment + timedelta(hours=1))
            spans = agents.presence_history(session, board.load_from, moment + timedelta(hours=1))
        said = [PresenceRow(s.agent_id, s.presence, s.since, s.reason, s.on_hold) for s in spans]
        board.load([e for e in events if e.at <= moment], [row for row in said if row.since <= moment])
        return board

    def close(self) -> None:
        self.replay.close()
        self.store.stop()
        self._lanes.stop()
        self.store.close()
        self._journal.close()
        self.database.close()


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    with closing(Past(tmp_path / "desk")) as made:
        yield made


def picture(board: Board) -> Any:
    """Everything it shows."""
    states = [(line.agent_id, line.state, line.since, line.cells) for line in board.agent_lines()]
    waits = [(tile.queue.name, tile.waiting, tile.longest_since, tile.agents) for tile in board.tiles()]
    bars = [(bar.label, bar.tally) for bar in board.intervals()]
    return board.day.date, board.tally(), waits, states, bars, board.waiting_series()


def test_it_is_the_board_that_was_there_then(past: Past) -> None:
    with past.database.read() as session:
        last = queues.events_since(session, queues.last_event_id(session) - 1)[1][0].at
    moments = [last - timedelta(minutes=m) for m in (90, 30, 29, 200, 1)]
    moments.append(last - timedelta(days=1, minutes=5))  # another day
    for moment in moments:
        past.go(moment)
        assert picture(past.replay.board) == picture(past.lived(moment))
    past.go(moments[0])
    assert past.replay.board.tally().entered > 0


def test_it_plays_on_and_never_beyond_now(past: Past) -> None:
    start = past.live.board.now() - timedelta(minutes=40)
    past.go(start)
    past.came.clear()
    past.replay.play(600)
    spin_until(lambda: past.came, "ten minutes later")
    assert past.came[0] == start + timedelta(minutes=10)
    past.replay.seek(past.live.board.now() + timedelta(hours=2))
    assert past.replay.speed == 0
    spin_until(lambda: len(past.came) > 1, "now")
    assert past.came[-1] <= past.live.board.now()


def test_without_the_database_it_is_said(unopened: Store) -> None:
    board = Live(unopened).board
    replay, heard = Replay(unopened, board), []
    replay.failed.connect(lambda *words: heard.append(words))
    replay.seek(board.now() - timedelta(days=2))
    spin_until(lambda: heard, "why not")
    assert heard[0][0]
