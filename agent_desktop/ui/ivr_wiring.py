"""Handing over to a menu of the PBX and the identity check, wired to the card of the caller and their keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.identity_check import IdentityView
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
        self.identity = window.core.identity
        self.identity.changed.connect(self._checked)
        self.identity.marked.connect(window.shell.call_bar.set_identity)
        window.actions_["verify"].triggered.connect(lambda _checked=False: self._verify())
        window.actions_["hand_over"].triggered.connect(lambda _checked=False: self._begin())

    def possible(self) -> frozenset[str]:
        """The names of the actions."""
        view = self.core.view
        names = {"hand_over"} if view is not None and (view.in_menu or not view.why_not) else set()
        if self.identity.view is not None and self.identity.view.state == "open":
            names.add("verify")
        return frozenset(names)

    @Slot()
    def _prepared(self) -> None:
        box = self.window_.workspace.card.handover
        box.pay.connect(self._pay)
        box.take_back.connect(self.core.take_back)
        box.survey.connect(self._survey)
        box.set(self.core.view)
        check = self.window_.workspace.card.found.identity
        check.asked.connect(self.identity.show)
        check.answered.connect(self.identity.answer)
        check.said.connect(self.identity.check)
        check.keep.connect(lambda question, answer: check.kept_answer(self.identity.keep(question, answer)))
        check.set(self.identity.view)

    @Slot(object)
    def _checked(self, view: IdentityView | None) -> None:
        if self.window_.workspace.is_prepared():
            self.window_.workspace.card.found.identity.set(view)
        self.window_.update_possible()

    def _verify(self) -> None:
        self.window_.shell.show_page("workspace")
        if self.window_.workspace.is_prepared():
            self.window_.workspace.card.found.identity.begin()

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
