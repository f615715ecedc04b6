"""On a customer's card: whether the caller is who they say, and the questions that tell."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from agent_desktop.core.identity_check import VOICE_PIN, IdentityView
from agent_desktop.data.identity_rows import KEPT, Failed, Question, day
from agent_desktop.ui import actions, dates, theme, wording
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.came_from import CameFrom
from agent_desktop.ui.labels import Icon, elided, flowing, key_hint
from agent_desktop.ui.layouts import column, row

_LOOKS = {
    "open": ("shield", "text2", ""),
    "unknown": ("shield", "text3", "3"),
    "verified": ("shield-check", "ok", "ok"),
    "failed": ("shield-x", "bad", "bad"),
    "exhausted": ("shield-alert", "warn", "warn"),
}


class IdentityBox(QFrame):
    """Hidden where nobody is checked. Ctrl I opens the questions; 1 is right, 2 wrong, Esc closes.

    Signals: asked() when a question is put, answered(bool), said(str) for what the caller says, keep(Question, str),
    dial(str).
    """

    asked = Signal()
    answered = Signal(bool)
    said = Signal(str)
    keep = Signal(object, str)
    dial = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: IdentityView | None = None
        self._open = False
        self._keeping: Question | None = None
        self.setAccessibleName(self.tr("Identity check"))
        self._icon, self.title = Icon("shield", "text2", 18), elided("", "body-b")
        self._keys = key_hint(actions.keys("verify"))
        self.detail = flowing("", "small", "2")
        head = row(self._icon, (self.title, 1), self._keys, spacing=8)
        self._build_questions()
        self._came_from = CameFrom(self._questions)
        self._build_keep()
        self.call_back = Button("", "phone-outgoing", kind="link", height=26)
        self.call_back.clicked.connect(lambda: self.dial.emit(self._view.call_back if self._view is not None else ""))
        self.setLayout(column(head, self.detail, self._questions, self.call_back, self._keep_row, spacing=6))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set(None)

    def _build_questions(self) -> None:
        self.question = flowing("", "body-b")
        self.expected = flowing("", "body")
        self.expected.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.right = Button(self.tr("Right"), "check", keys="1", height=32)
        self.wrong = Button(self.tr("Wrong"), "x", keys="2", height=32)
        self.right.clicked.connect(lambda: self.answered.emit(True))
        self.wrong.clicked.connect(lambda: self.answered.emit(False))
        self.typed = QLineEdit()
        self.typed.setMaxLength(120)
        self.typed.setPlaceholderText(self.tr("What the caller says"))
        self.typed.setAccessibleName(self.tr("What the caller says"))
        theme.dress(self.typed, "body")
        self.check = Button(self.tr("Check"), keys="Enter", height=32)
        self.check.clicked.connect(self._check)
        self.typed.returnPressed.connect(self._check)
        self._left = flowing("", "caption", "3")
        close = ToolButton("x", self.tr("Later"), keys="Esc")
        close.clicked.connect(self.close_questions)
        self._judged, self._typing = QWidget(), QWidget()
        self._judged.setLayout(row((self.right, 1), (self.wrong, 1), spacing=8))
        self._typing.setLayout(row((self.typed, 1), self.check, spacing=6))
        self._questions = QFrame()
        self._questions.setProperty("note", "info")
        head = row((self.question, 1), close, spacing=6)
        parts = (head, self.expected, self._judged, self._typing, self._left)
        self._questions.setLayout(column(*parts, spacing=6, margins=(12, 8, 8, 10)))

    def _build_keep(self) -> None:
        self.keep_buttons = {one: Button("", "plus", kind="link", height=26) for one in KEPT}
        for question, button in self.keep_buttons.items():
            button.setText(self.tr("Put on record: {0}").format(wording.identity_question(question)))
            button.clicked.connect(lambda _on=False, question=question: self._ask_what_to_keep(question))
        self.kept = QLineEdit()
        self.kept.setMaxLength(80)
        theme.dress(self.kept, "body")
        self.kept.returnPressed.connect(self._keep_it)
        self._refused = flowing("", "caption", "bad")
        self._refused.hide()
        self.kept.hide()
        self._keep_row = QWidget()
        self._keep_row.setLayout(column(*self.keep_buttons.values(), self.kept, self._refused, spacing=4))

    # ------------------------------------------------------------------ shown

    def set(self, view: IdentityView | None) -> None:
        """How it stands; None: nobody is checked here."""
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None or before is None or before.interaction_id != view.interaction_id:
            self._open = False
            self._stop_keeping()
        if view is None:
            self.close_questions()
            return
        icon, tone, words_tone = _LOOKS[view.state]
        self._icon.set(icon, tone)
        title = {
            "open": self.tr("Identity not verified"),
            "unknown": self.tr("Identity: being looked up"),
            "verified": self.tr("Identity verified"),
            "failed": self.tr("Identity check failed"),
            "exhausted": self.tr("Identity not verified"),
        }[view.state]
        if before is not None and before.interaction_id == view.interaction_id and before.state != view.state:
            announce(self, title, assertive=True)
        self.title.setText(title)
        self.title.set_tone(words_tone)
        self._keys.setVisible(view.state == "open")
        self.detail.setText(wording.breakable(self._details(view)))
        self.detail.setVisible(bool(self.detail.text()))
        self._show_question(view)
        self.call_back.setVisible(bool(view.call_back))
        self.call_back.setText(self.tr("Call back on {0}").format(wording.ltr(view.call_back)))
        for question, button in self.keep_buttons.items():
            button.setVisible(question in view.can_keep and self._keeping is None)
        self._keep_row.setVisible(bool(view.can_keep))

    def _details(self, view: IdentityView) -> str:
        if view.state == "verified":
            right = ", ".join(how_words(one) for one in view.right)
            return self.tr("Right: {0}").format(right)
        if view.after == Failed.REFUSE:
            return self.tr("Give no information and change nothing: refuse, and say so.")
        if view.after == Failed.CALL_BACK:
            return self.tr("Give no information. Offer to call back on the number on record.")
        words = []
        if view.pin_passed is not None:
            passed = self.tr("Voice PIN passed in IVR.") if view.pin_passed else self.tr("Voice PIN not passed in IVR.")
            words.append(passed)
        confirmed = [how_words(one) for one in view.right if one != VOICE_PIN]
        if confirmed:
            words.append(self.tr("Right: {0}.").format(", ".join(confirmed)))
        if view.question is not None:
            words.append(self.tr("Ask for the {0}.").format(_in_a_sentence(view.question)))
        if view.lifted is not None:
            said = self.tr("{0} let answers be compared again at {1}: {2}")
            words.append(said.format(view.lifted.agent, dates.clock_time(view.lifted.at), view.lifted.reason))
        return " ".join(words)

    def _show_question(self, view: IdentityView) -> None:
        asks = view.state == "open" and view.question is not None and self._open
        had_focus = self._came_from.inside()
        if not asks:
            self._came_from.leave()
        self._questions.setVisible(asks)
        if not asks or view.question is None:
            return
        self.question.setText(wording.identity_question(view.question))
        waits = self.tr("Being compared …") if not view.shown else self.tr("Being looked up …")
        words = view.why_not or (waits if view.busy else _readable(view.question, view.expected))
        self.expected.setText(wording.breakable(words))
        self.expected.set_tone("warn" if view.why_not else "2" if view.busy else "")
        self.expected.setVisible(view.shown or view.busy or bool(view.why_not))
        self.right.setEnabled(bool(view.expected))
        self.typed.setEnabled(not view.busy)
        self.check.setEnabled(not view.busy)
        self._judged.setVisible(view.shown)
        self._typing.setVisible(not view.shown)
        if view.busy or not view.why_not:
            self.typed.clear()
        more = self.tr("Right answers still needed: {0}").format(view.to_go)
        left = self.tr("none may be wrong") if not view.left else self.tr("may be wrong: {0}").format(view.left)
        self._left.setText(f"{more}, {left}")
        if had_focus:
            self._focus()
        if view.shown and not view.expected and not view.busy and not view.why_not:
            self.asked.emit()

    # ------------------------------------------------------------------ intents

    def begin(self) -> None:
        """Ctrl I."""
        if self._view is None or self._view.state != "open":
            return
        self._open = True
        self._came_from.remember()
        self._show_question(self._view)
        self._focus()
        if self._view.why_not:
            self.asked.emit()  # once more

    def close_questions(self) -> None:
        """Later."""
        self._open = False
        self._came_from.leave()
        self._questions.hide()

    def _focus(self) -> None:
        target: QWidget = self.typed
        if self._view is not None and self._view.shown:  # no button, until there is something to judge by
            target = self.right if self.right.isEnabled() else self._questions
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _check(self) -> None:
        words = self.typed.text()
        self.typed.clear()
        if words.strip():
            self.said.emit(words)

    def _ask_what_to_keep(self, question: Question) -> None:
        self._keeping = question
        self.kept.setPlaceholderText(wording.identity_question(question))
        self.kept.setAccessibleName(wording.identity_question(question))
        self.kept.show()
        for button in self.keep_buttons.values():
            button.hide()
        self.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_it(self) -> None:
        if self._keeping is not None:
            self.keep.emit(self._keeping, self.kept.text())

    def kept_answer(self, why_not: str) -> None:
        """What came of ``keep``."""
        self._refused.setText(why_not)
        self._refused.setVisible(bool(why_not))
        if not why_not:
            self._stop_keeping()
            self.set(self._view)

    def _stop_keeping(self) -> None:
        self._keeping = None
        self.kept.clear()
        self.kept.hide()
        self._refused.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._questions.isVisible()
        if event.key() == Qt.Key.Key_Escape and (shown or self._keeping is not None):
            self._stop_keeping()
            self.close_questions()
            if self._view is not None:
                self.set(self._view)
        elif shown and self._judged.isVisible() and event.key() in (Qt.Key.Key_1, Qt.Key.Key_2):
            right = event.key() == Qt.Key.Key_1
            if self.right.isEnabled() or not right:
                self.answered.emit(right)
        else:
            super().keyPressEvent(event)


def how_words(key: str) -> str:
    """What was right, as it stands among the others: "Voice PIN in IVR", "date of birth confirmed"."""
    if key == VOICE_PIN:
        return wording.voice_pin()
    known = key in {one.value for one in Question}
    return wording.identity_question(Question(key)) if known else key


def _in_a_sentence(question: Question) -> str:
    words = wording.identity_question(question)
    return words if QLocale().language() == QLocale.Language.German else words[:1].lower() + words[1:]


def _readable(question: Question, answer: str) -> str:
    if question is Question.BIRTH and (known := day(answer)) is not None:
        return dates.full_date(known)
    return wording.ltr(answer) if question in (Question.ACCOUNT, Question.PHONE, Question.EMAIL) else answer
