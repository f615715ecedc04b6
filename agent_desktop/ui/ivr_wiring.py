"""Handing over to a menu of the PBX and the identity check, wired to the card of the caller and their keys."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.identity_check import IdentityView
from agent_desktop.core.ivr_handover import HandoverView
from agent_desktop.core.views import Notice
from agent_desktop.ui import ask

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
        window.actions_["lift_identity"].triggered.connect(lambda _checked=False: self._pick_whom_to_lift())
        window.actions_["hand_over"].triggered.connect(lambda _checked=False: self._begin())

    def possible(self) -> frozenset[str]:
        """The names of the actions."""
        view = self.core.view
        names = {"hand_over"} if view is not None and (view.in_menu or not view.why_not) else set()
        if self.identity.view is not None and self.identity.view.state == "open":
            names.add("verify")
        if self.window_.session.centre.role in ("supervisor", "admin"):
            names.add("lift_identity")
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

    def _pick_whom_to_lift(self) -> None:
        """For supervisors: answers of a customer are compared again, after the day's limit of wrong ones."""
        self.window_.palette_wiring.pick_customer(self._ask_why)

    def _ask_why(self, customer: UUID) -> None:
        words = self.tr(
            "After ten wrong answers in a day no more of a customer’s are compared. Agents see your reason."
        )
        more = ask.More(words, self.tr("Let them be verified again"), "shield-check")
        title = self.tr("Verify this caller again?")
        ask.text(self.window_, title, self.tr("Reason"), lambda why: self._lift(customer, why), more=more)

    def _lift(self, customer: UUID, why: str) -> None:
        def done(why_not: str) -> None:
            words = why_not or self.tr("Answers of this customer are compared again.")
            self.window_.shell.notify(Notice(words, "warn" if why_not else "ok"))

        self.identity.lift(customer, why, done)

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
