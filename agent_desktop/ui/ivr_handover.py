"""Below the caller: hand them to a menu of the PBX, how far they are in it, and what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from agent_desktop.core.ivr_handover import HandoverView
from agent_desktop.data.ivr_rows import HandoverRow, HandoverState
from agent_desktop.ui import actions, dates, theme, wording
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.came_from import CameFrom
from agent_desktop.ui.labels import Icon, elided, flowing, key_hint, label
from agent_desktop.ui.layouts import column, row, rule

CURRENCIES = ("EUR", "USD", "GBP", "PLN", "CHF", "CZK", "SEK", "NOK", "DKK", "HUF")
_CARD_DIGITS = 16


class HandoverBox(QFrame):
    """Hidden until a call is answered. Signals: pay(amount, currency), take_back(), survey(bool)."""

    pay = Signal(str, str)
    take_back = Signal()
    survey = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._view: HandoverView | None = None
        self.setAccessibleName(self.tr("Hand over to IVR"))
        title = elided(self.tr("Hand over to IVR"), "body-b")
        keys = key_hint(actions.keys("hand_over"))
        self.payment = Button(self.tr("Card payment, recording pauses"), "credit-card", height=32).spread()
        self.payment.clicked.connect(self.open_form)
        self.after = Button(self.tr("Satisfaction survey after the call"), "list-checks", kind="option", height=32)
        self.after.clicked.connect(self._survey_wanted)
        self._why_not = flowing("", "caption", "3")
        self._build_form()
        self._build_progress()
        self._came_from, self._stands = CameFrom(self._form), CameFrom(self._progress)
        self._result_icon = Icon("circle-check", "ok", 14)
        self._result = flowing("", "small")
        self._result_row = QWidget()
        self._result_row.setLayout(row(self._result_icon, (self._result, 1), spacing=6))
        head = row((title, 1), keys, spacing=6)
        parts = (self.payment, self._form, self._progress, self._result_row, self.after, self._why_not)
        self.setLayout(column(rule(), column(head, *parts, spacing=8, margins=(16, 10, 16, 12)), spacing=0))
        self.hide()

    def _build_form(self) -> None:
        self.amount, self.currency = QLineEdit(), QComboBox()
        self.amount.setPlaceholderText(self.tr("Amount"))
        self.amount.setAccessibleName(self.tr("Amount to pay"))
        self.amount.setMaxLength(10)
        self.currency.addItems(CURRENCIES)
        self.currency.setAccessibleName(self.tr("Currency"))
        for part in (self.amount, self.currency):
            theme.dress(part, "body")
        self.go = Button(self.tr("Hand over"), kind="primary", keys="Enter", height=32)
        self.go.clicked.connect(self._go)
        self.amount.returnPressed.connect(self._go)
        close = ToolButton("x", self.tr("Not now"), keys="Esc")
        close.clicked.connect(self.close_form)
        self._refused = flowing("", "caption", "bad")
        words = self.tr(
            "Practice: an amount that ends in .01 is refused, with .02 they give up, with .03 they hang up."
        )
        self._practised = flowing(words, "caption", "3")
        self._form = QWidget()
        fields = row((self.amount, 1), self.currency, close, spacing=6)
        self._form.setLayout(column(fields, self.go, self._practised, self._refused, spacing=6))
        self._form.hide()

    def _build_progress(self) -> None:
        self._step = flowing("", "body-b")
        self._digits = label("", "small", "2", tabular=True)
        self._hint = flowing(self.tr("You hear music, and are not recorded. The customer comes back by themselves."),
                             "caption", "3")  # fmt: skip
        self.back = Button(self.tr("Take the customer back"), "undo-2", height=32).spread()
        self.back.clicked.connect(self.take_back)
        sign = Icon("credit-card", "info", 16)
        head = row(sign, (column(self._step, self._digits, spacing=2), 1), spacing=10)
        head.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self._progress = QFrame()
        self._progress.setProperty("note", "info")
        self._progress.setLayout(column(head, self._hint, self.back, spacing=8, margins=(12, 10, 12, 10)))
        self._progress.hide()

    # ------------------------------------------------------------------ shown

    def set(self, view: HandoverView | None) -> None:
        """How it stands with the call that the keys act on; None: there is none."""
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None or before is None or before.interaction_id != view.interaction_id:
            self.close_form()
        if view is None:
            return
        self._practised.setVisible(view.practised)
        away = view.in_menu
        if away:
            self.close_form()
        if not away:
            self._stands.leave()
        self._progress.setVisible(away)
        planned = view.survey is not None and view.survey.state.open
        self.payment.setVisible(not away and not view.why_not and self._form.isHidden())
        self.payment.setEnabled(not view.asking)
        self.after.setVisible(not view.why_not or planned)
        self.after.setEnabled(not view.why_not and not view.asking)
        self._why_not.setText(view.why_not)
        self._why_not.setVisible(bool(view.why_not) and not away)
        if away and view.payment is not None:
            self._show_progress(view.payment)
        self.back.setEnabled(not view.asking)
        self._show_result(view)
        self._show_survey(view.survey)

    def _show_progress(self, at: HandoverRow) -> None:
        words = {
            "card": self.tr("Typing the card number…"),
            "expiry": self.tr("Typing the expiry date…"),
            "cvc": self.tr("Typing the check number…"),
            "charging": self.tr("The card is being charged…"),
        }.get(at.step, self.tr("On the way to the payment menu…"))
        if words != self._step.text():
            announce(self, words)
        self._step.setText(words)
        dots = " ".join("•" * min(4, at.digits - start) for start in range(0, at.digits, 4))
        money = f"{at.amount} {at.currency}".strip()
        typed = self.tr("{0} digits").format(at.digits) if at.digits else ""
        self._digits.setText(" · ".join(part for part in (wording.ltr(dots), typed, wording.ltr(money)) if part))
        self._digits.setAccessibleName(typed or money)

    def _show_result(self, view: HandoverView) -> None:
        paid = view.payment
        self._result_row.setVisible(paid is not None and not view.in_menu and paid.state in _RESULTS)
        if paid is None or paid.state not in _RESULTS:
            return
        icon, tone = _RESULTS[paid.state]
        self._result_icon.set(icon, tone)
        self._result.set_tone(tone)
        self._result.setText(wording.breakable(result_words(self, paid)))

    def _show_survey(self, survey: HandoverRow | None) -> None:
        planned = survey is not None and survey.state.open
        self.after.setChecked(planned)
        self.after.setText(
            self.tr("Survey follows this call") if planned else self.tr("Satisfaction survey after the call")
        )

    # ------------------------------------------------------------------ intents

    def begin(self) -> None:
        """Ctrl H: the amount, or where the customer is in the menu, the way to take them back."""
        if not self.isVisible():
            return
        if self._view is not None and self._view.in_menu:
            self._stands.remember()
            self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.payment.isVisible() and self.payment.isEnabled():
            self.open_form()

    def open_form(self) -> None:
        """Ask how much."""
        self._refused.hide()
        self._came_from.remember()
        self._form.show()
        self.payment.hide()
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self) -> None:
        """Not now."""
        self._came_from.leave()
        self._form.hide()
        self.amount.clear()
        away = self._view is not None and (self._view.in_menu or bool(self._view.why_not))
        self.payment.setVisible(not away)

    def refuse(self, words: str) -> None:
        """What was wanted cannot be done."""
        self._refused.setText(words)
        self._refused.setVisible(bool(words))
        announce(self, words, assertive=True)

    def _go(self) -> None:
        self._refused.hide()
        self.pay.emit(self.amount.text(), self.currency.currentText())

    def _survey_wanted(self) -> None:
        wanted = self.after.isChecked()
        self.after.setChecked(not wanted)  # it is on once the PBX has said so
        self.survey.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._form.isHidden():
            self.close_form()
        else:
            super().keyPressEvent(event)


_RESULTS = {
    HandoverState.PAID: ("circle-check", "ok"),
    HandoverState.REFUSED: ("circle-x", "bad"),
    HandoverState.GIVEN_UP: ("circle-alert", "warn"),
    HandoverState.TAKEN_BACK: ("undo-2", "text2"),
    HandoverState.FAILED: ("circle-alert", "warn"),
}


def result_words(of: QWidget, paid: HandoverRow) -> str:
    """What came of a payment, in a line."""
    money = wording.ltr(f"{paid.amount} {paid.currency}".strip())
    at = dates.clock_time(paid.ended_at) if paid.ended_at is not None else ""
    words = {
        HandoverState.PAID: of.tr("Paid {0} at {1}, reference {2}"),
        HandoverState.REFUSED: of.tr("Refused: {0} at {1}. {2}"),
        HandoverState.GIVEN_UP: of.tr("Not paid: {0}, given up at {1}"),
        HandoverState.GONE: of.tr("Not paid: {0}, hung up at {1}"),
        HandoverState.TAKEN_BACK: of.tr("Not paid: {0}, taken back at {1}"),
        HandoverState.FAILED: of.tr("Not handed over: {0}"),
    }.get(paid.state, "{0}")
    return words.format(money, at, paid.reference or "–")
