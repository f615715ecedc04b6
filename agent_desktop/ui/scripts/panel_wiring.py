"""The script panel wired to the desk's script: what is shown, and what the agent answers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from agent_desktop.core.scripts.views import ScriptView

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class ScriptPanelWiring(QObject):
    """The panel is made with the rest of what shows a caller."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self._session, self._space, self.desk = window.session, window.workspace, window.core.scripts
        self.desk.changed.connect(self._changed)
        self.desk.url_wanted.connect(self._open_page)
        self._space.prepared.connect(self._prepared)
        self._changed(self.desk.view())

    @Slot()
    def _prepared(self) -> None:
        panel, desk = self._space.script, self.desk
        panel.answered.connect(desk.answer_and_go)
        panel.gone_on.connect(desk.go_on)
        panel.gone_back.connect(desk.back)
        panel.jumped.connect(desk.jump)
        panel.went_to.connect(desk.go_to)
        panel.started_over.connect(desk.start_over)
        panel.acted.connect(desk.act)
        panel.chosen.connect(desk.choose)
        panel.language_chosen.connect(desk.set_language)

    @Slot(object)
    def _changed(self, view: ScriptView) -> None:
        pop = self._session.pop_view()
        self._space.set_script(view, pop.interaction_id if pop is not None else None)

    @Slot(str)
    def _open_page(self, address: str) -> None:
        """The agent has asked for it, and the centre's list allows it."""
        QDesktopServices.openUrl(QUrl(address))
