"""Handing over to a menu of the PBX, wired to its place in the caller's card and its key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.ivr_handover import HandoverView
from agent_desktop.core.views import Notice

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class IvrWiring(QObject):
    """``possible`` says which actions make sense now."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_, self.core = window, window.core.handovers
        self.core.changed.connect(self._changed)
        window.workspace.prepared.connect(self._prepared)
        window.actions_["hand_over"].triggered.connect(lambda _checked=False: self._begin())

    def possible(self) -> frozenset[str]:
        """The names of the actions."""
        view = self.core.view
        return frozenset({"hand_over"}) if view is not None and (view.in_menu or not view.why_not) else frozenset()

    @Slot()
    def _prepared(self) -> None:
        box = self.window_.workspace.card.handover
        box.pay.connect(self._pay)
        box.take_back.connect(self.core.take_back)
        box.survey.connect(self._survey)
        box.set(self.core.view)

    @Slot(object)
    def _changed(self, view: HandoverView | None) -> None:
        if self.window_.workspace.is_prepared():
            self.window_.workspace.card.handover.set(view)
        self.window_.update_possible()

    def _begin(self) -> None:
        self.window_.shell.show_page("workspace")
        if self.window_.workspace.is_prepared():
            self.window_.workspace.card.handover.begin()

    @Slot(str, str)
    def _pay(self, amount: str, currency: str) -> None:
        box = self.window_.workspace.card.handover
        why_not = self.core.pay(amount, currency)
        if why_not:
            box.refuse(why_not)
        else:
            box.close_form()

    @Slot(bool)
    def _survey(self, on: bool) -> None:
        why_not = self.core.set_survey(on)
        if why_not:
            self.window_.shell.notify(Notice(why_not, "warn"))
