"""Boards that nobody sees: ``python -m benchmarks._board_listeners FOLDER ADDRESS...``, until its input is closed.

Each is a store and what feeds the board, as in a desktop: connections, notifications and questions of their own.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from agent_desktop import tasks
from agent_desktop.core import centre
from agent_desktop.core.live import Live
from agent_desktop.core.store import Store
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile


class Board:
    def __init__(self, folder: Path, address: str) -> None:
        profile = Profile(folder)
        profile.make()
        self._lanes, self._journal = tasks.Tasks(), Journal(profile.journal_file)
        self.store = Store(address, self._journal, self._lanes)
        self.live = Live(self.store)
        self.store.opened.connect(self._opened)
        self.store.start()

    def _opened(self) -> None:
        self.store.call(centre.load, self.live.set_centre)

    def close(self) -> None:
        self.store.stop()
        self._lanes.stop()
        self.store.close()
        self._journal.close()


def main(folder: Path, addresses: list[str]) -> None:
    application = QCoreApplication(sys.argv[:1])
    boards = [Board(folder / str(number), address) for number, address in enumerate(addresses)]
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(application.quit)
    print("ready", flush=True)
    application.exec()
    counted = [board.live.board.tally().entered for board in boards]
    for board in boards:
        board.close()
    print(min(counted), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
