"""A desktop with its board on screen: ``python -m benchmarks._board_desk FOLDER ADDRESS SECONDS``.

Prints a line of JSON: for tiles, table and charts the seconds from each event's stamp until it was painted. What needs
no new picture, because it reads the same or its row is not in sight, counts when the board has looked at it.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Hashable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from agent_desktop import app
from agent_desktop.core.workstation import build_core
from agent_desktop.paths import Profile
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow
from benchmarks._painted import run_until
from tests.support.workstation import settings

_DONE = QEvent.Type(QEvent.registerEventType())
_NOT_PAINTED_MS = 60


class Watched(QObject):
    """One widget and the events that it is about to show; ``late`` are the seconds it took them."""

    def __init__(self, widget: QWidget, late: list[float]):
        super().__init__(widget)
        self._late = late
        self._claimed: list[tuple[float, float]] = []
        widget.installEventFilter(self)

    def claim(self, stamps: list[float]) -> None:
        """The widget knows of them now."""
        if stamps:
            now = time.time()
            self._claimed += [(stamp, now) for stamp in stamps]
            QTimer.singleShot(_NOT_PAINTED_MS, self, partial(self._nothing_new, now))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._claimed:
            QCoreApplication.postEvent(self, QEvent(_DONE), Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, event: QEvent) -> None:
        now = time.time()
        self._late += [now - stamp for stamp, _ in self._claimed]
        self._claimed.clear()

    def _nothing_new(self, claimed_at: float) -> None:
        """It was looked at then and not painted since: what is on screen says it already."""
        self._late += [at - stamp for stamp, at in self._claimed if at == claimed_at]
        self._claimed = [entry for entry in self._claimed if entry[1] != claimed_at]


class Watch:
    """Hooks from outside into a board and the model below it."""

    def __init__(self, page: Any, board: Any) -> None:
        self.late: dict[str, list[float]] = {"tiles": [], "table": [], "charts": []}
        self.measures = False
        self._by_queue: dict[Hashable, list[float]] = defaultdict(list)
        self._by_agent: dict[Hashable, list[float]] = defaultdict(list)
        self._for_chart: list[list[float]] = [[], [], []]
        self._page, self._add = page, board.add
        board.add = self._added
        self._take, board.take_changes = board.take_changes, self._looked
        self._tiles = {view.queue_id: Watched(view, self.late["tiles"]) for view in page.tiles.views()}
        self._set_one, page.tiles.set_one = page.tiles.set_one, self._tile
        self._table = Watched(page.agents.table.viewport(), self.late["table"])
        self._line, page.agents._line = page.agents._line, self._agent
        board_line = page.agents.set_lines
        page.agents.set_lines = lambda lines, line: board_line(lines, self._agent)
        self._charts = [Watched(chart.plot.viewport(), self.late["charts"]) for chart in page.charts]
        for part, chart in enumerate(page.charts):
            chart.set = self._chart(part, chart.set)

    def _added(self, event: Any) -> bool:
        new = bool(self._add(event))
        if new and self.measures:
            stamp = event.at.timestamp()
            if event.queue_id in self._tiles:
                self._by_queue[event.queue_id].append(stamp)
                for known in self._for_chart:
                    known.append(stamp)
            if event.agent_id is not None:
                self._by_agent[event.agent_id].append(stamp)
        return new

    def _looked(self) -> Any:
        """The board has looked: what no tile shows is done with."""
        changes, now = self._take(), time.time()
        if not changes.everything:
            for queue_id in [key for key in self._by_queue if key not in changes.queues]:
                if queue_id not in self._page._stirred:
                    self.late["tiles"] += [now - stamp for stamp in self._by_queue.pop(queue_id)]
        return changes

    def _tile(self, tile: Any, *more: Any) -> None:
        self._set_one(tile, *more)
        watched = self._tiles.get(tile.queue.id)
        if watched is not None:
            watched.claim(self._by_queue.pop(tile.queue.id, []))

    def _agent(self, agent_id: Any) -> Any:
        line = self._line(agent_id)
        stamps = self._by_agent.pop(agent_id, [])
        table = self._page.agents.table
        row = self._page.agents.model.find(agent_id)
        if row >= 0 and 0 <= table.rowViewportPosition(row) < table.viewport().height():
            self._table.claim(stamps)
        else:
            now = time.time()
            self.late["table"] += [now - stamp for stamp in stamps]
        return line

    def _chart(self, part: int, set_it: Any) -> Any:
        def shown(*arguments: Any) -> None:
            set_it(*arguments)
            stamps, self._for_chart[part] = self._for_chart[part], []
            self._charts[part].claim(stamps)

        return shown


def main(folder: Path, address: str, seconds: float) -> None:
    application = app.make_application()
    core = build_core(Profile(folder), settings(0), address)
    theme.apply(application, "light", 100)
    try:
        window = MainWindow(core)
        window.resize(1440, 900)
        window.show()
        core.store.start()  # its telephone is not begun
        print(json.dumps(_measured(window, seconds)), flush=True)
    finally:
        core.stop()


def _measured(window: MainWindow, seconds: float) -> dict[str, Any]:
    core = window.core
    run_until(lambda: core.store.ready, "signed in", 60)
    window.shell.show_page("board")
    page, board = window.board_wiring.page, core.live.board
    assert page is not None
    run_until(lambda: board.queues and page.tiles.views() and board.tally().entered > 20, "callers are counted", 60)
    watch = Watch(page, board)
    _pass(2)
    watch.measures = True
    used, began = time.process_time(), time.monotonic()
    _pass(seconds)
    watch.measures = False
    cpu = (time.process_time() - used) / (time.monotonic() - began) * 100
    _pass(3)  # the last ones are painted
    return {"late": watch.late, "cpu": cpu}


def _pass(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
