"""A desktop that shows one customer: ``python -m benchmarks._live_desk FOLDER ADDRESS CUSTOMER``.

Writes a line of JSON for every alert of that customer that was painted: its text, and when, on the clock that all
processes share. Ends when its standard input is closed.
"""

import json
import sys
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSocketNotifier

from agent_desktop import app
from agent_desktop.core.workstation import build_core
from agent_desktop.paths import Profile
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow
from benchmarks._painted import Painted, run_until
from tests.support.workstation import settings


def main(folder: Path, address: str, customer: UUID) -> None:
    application = app.make_application()
    core = build_core(Profile(folder), settings(0), address)
    theme.apply(application, "light", 100)
    window = MainWindow(core)
    window.resize(1440, 900)
    window.show()
    core.store.start()  # its telephone is not begun
    run_until(lambda: core.store.ready, "signed in")
    window.customers_wiring.open(customer)
    page = window.customers_wiring.page
    assert page is not None
    found = page.card.found
    run_until(lambda: found.alert.isVisible(), "the customer is shown")
    run_until(lambda: core.store.others.listening, "it listens")

    def told() -> None:
        print(json.dumps({"alert": found.card.alert if found.card is not None else "", "at": painted.at}), flush=True)
        painted.watch()

    painted = Painted(found.alert, then=told)
    painted.watch()
    found.alert.update()
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(application.quit)
    application.exec()
    core.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], UUID(sys.argv[3]))
