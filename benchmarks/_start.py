"""``agent-desktop run`` as it is, and a line on standard output when Home has been painted, and when it was filled.

With ``--floor``: a window of PySide6 with nothing in it.
"""

import sys
import time
from typing import Any


def _say(what: str) -> None:
    print(what, time.monotonic(), flush=True)


def _floor() -> int:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1440, 900)
    from benchmarks._painted import Painted

    painted = Painted(window, then=lambda: (_say("painted"), _say("filled")))
    painted.watch()
    window.show()
    return int(application.exec())


def _ours() -> int:
    from agent_desktop import app, cli

    show = app.show
    hooks: list[Any] = []

    def opened(window: Any) -> None:
        from benchmarks._painted import Painted

        home = window.workspace.home
        first = Painted(home, then=lambda: _say("painted"))
        filled = Painted(home, then=lambda: _say("filled"))
        hooks.extend((first, filled))
        first.watch()

        def told(view: Any) -> None:
            if view.figures.explain_handled and window.core.live.knows_the_day and not filled.at:
                filled.watch()

        window.core.home.changed.connect(told)

    app.show = lambda application, core: show(application, core, opened)
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_floor() if sys.argv[1:2] == ["--floor"] else _ours())
