"""A call that another program asks for: a link, a command, the session bus. Never without the agent's word."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from agent_desktop import clock, dial_address, numbers
from agent_desktop.core import dialling
from agent_desktop.data.rows import CustomerLine
from agent_desktop.ui import ask, dates
from agent_desktop.ui.wording import ltr

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow

NAME_WITHIN_MS = 300


class OutsideCalls(QObject):
    """One question at a time: a page full of links cannot pile them up, nor press Enter on one."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self._text = ""  # what is being asked about
        self._question: ask.Question | None = None
        self._patience = QTimer(self, singleShot=True, interval=NAME_WITHIN_MS)
        self._patience.timeout.connect(lambda: self._show(""))

    def wish(self, text: str) -> str:
        """Ask the agent whether to call ``text``; words if that will not be asked."""
        session = self.window_.session
        if self._is_asking():
            return self.tr("Another call is being asked about in the window")
        verdict = session.outgoing.gate.check(dialling.Request(text))
        if isinstance(verdict, dialling.Refused):
            return ". ".join(part for part in (verdict.reason, verdict.advice) if part)
        self._text, self._question = text, None
        number = numbers.parse(text, session.settings.numbers.region)

        def found(lines: Sequence[CustomerLine]) -> None:
            self._show(lines[0].name if len(lines) == 1 else "", text)

        if number.e164 is not None:
            self._patience.start()
            self.window_.lists.suggest("asked", number.e164, 2, found)
        else:
            self._show("")
        return ""

    def _show(self, name: str, text: str = "") -> None:
        if self._question is not None or (text and text != self._text) or not self._text:
            return
        self._patience.stop()
        window, text = self.window_, self._text
        region = window.session.settings.numbers.region
        address = dial_address.parse(text)
        shown = ltr(address.text if address.is_sip else numbers.display(address.text, region))
        words = [self.tr("Another program asks for this call.")]
        if numbers.emergency(address.text, region):
            words.insert(0, self.tr("This is an emergency number."))
        if address.extension:
            words.append(self.tr("Then dial extension {0}.").format(ltr(address.extension)))
        title = self.tr("Call {0}, {1}?").format(name, shown) if name else self.tr("Call {0}?").format(shown)
        if window.isMinimized():
            window.showNormal()
        window.raise_()  # it does not take the keyboard: an Enter meant for a page must not say yes
        QApplication.alert(window)
        self._question = ask.confirm(
            window, title, " ".join(words), self.tr("Call"), lambda: window.dial(text, name), danger=False
        )

    def _is_asking(self) -> bool:
        if self._question is None:
            return bool(self._text)  # the name is still being looked up
        return isValid(self._question) and not self._question.isHidden()


def ask_before(window: "MainWindow", question: dialling.Ask, go: Callable[..., object]) -> None:
    """Put the gate's question to the agent; where it wants a reason, there is no yes without one."""
    text = question.text
    if question.as_of is not None:
        age = dates.span((clock.now() - question.as_of).total_seconds())
        seen = QCoreApplication.translate("OutsideCalls", "The database is away: known {0} ago.").format(age)
        text = f"{seen} {text}"
    if question.wants_reason:
        ask.text(
            window,
            question.title,
            question.wants_reason,
            lambda reason: _ignore(go(reason)),
            initial=question.reason,
            more=ask.More(text, question.yes, "phone-off"),
        )
        return
    ask.confirm(window, question.title, text, question.yes, lambda: _ignore(go()))


def _ignore(_result: object) -> None:
    return
