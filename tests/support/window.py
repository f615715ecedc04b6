"""A window on the made-up company's database, without a telephone: for what is wired, not for calls."""

from agent_desktop.core.workstation import build_core
from agent_desktop.ui.main_window import MainWindow
from tests.support.workstation import Bench, settings


class WindowBench(Bench):
    """``begin`` shows it, ``end`` closes it."""

    def begin(self) -> None:
        self.core = build_core(self.profile, settings(self.port), None)
        self.window = MainWindow(self.core)
        self.window.show()
        self.core.store.start()
        self.until(lambda: self.core and self.core.store.ready, "the database answers")

    def end(self) -> None:
        self.window._closing = True
        self.window.close()
        self.window.deleteLater()
        self.stop()
