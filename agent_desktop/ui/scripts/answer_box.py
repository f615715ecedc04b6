"""The caller's answer at a step of a script: a column of choices with their digits, or one field."""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.core.scripts.views import ChoiceView, QuestionView
from agent_desktop.ui import dates, theme
from agent_desktop.ui.fields import tall
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.wide_button import WideButton
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.wording import breakable

CHOSEN_FROM = ("choice", "yes_no")
_REMEMBERED = 16  # steps whose half-typed answer is kept while the agent looks at another call
_LEFT_TO_RIGHT = ("number", "date", "money", "phone", "email")  # also where the words run the other way
_HINTS = Qt.InputMethodHint
_INPUT_HINTS = {
    "number": _HINTS.ImhFormattedNumbersOnly,
    "money": _HINTS.ImhFormattedNumbersOnly,
    "date": _HINTS.ImhDate,
    "phone": _HINTS.ImhDialableCharactersOnly,
    "email": _HINTS.ImhEmailCharactersOnly,
}


class AnswerLine(QLineEdit):
    """One line; Backspace where nothing stands is not the field's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class AnswerText(QPlainTextEdit):
    """Several lines: Shift Enter begins another one, Enter alone is not the field's."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        theme.dress(self, "body")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift
        if enter or (event.key() == Qt.Key.Key_Backspace and not self.toPlainText()):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Choices(QWidget):
    """Answers below each other; arrows move, one tab stop. Signal: picked(value of the choice)."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[ChoiceView, ...] = ()
        self.buttons: list[WideButton] = []
        self._column = column(spacing=6)
        self.setLayout(self._column)

    def set(self, choices: tuple[ChoiceView, ...]) -> None:
        """The choices in order, one of them perhaps given before."""
        self._choices = choices
        while len(self.buttons) < len(choices):
            self._add()
        stop = next((at for at, choice in enumerate(choices) if choice.chosen), 0)
        for at, button in enumerate(self.buttons):
            button.setVisible(at < len(choices))
            if at < len(choices):
                button.set(choices[at].label, "", choices[at].key)
                button.setChecked(choices[at].chosen)
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus)
        self._turn()

    def _add(self) -> None:
        at = len(self.buttons)
        button = WideButton("arrow-right", kind="option")
        button.clicked.connect(lambda _on=False, at=at: self.pick(at))
        self.buttons.append(button)
        self._column.addWidget(button)

    def _turn(self) -> None:
        """An arrow points the way the words run; what was answered before has a tick."""
        forward = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        for button in self.buttons:
            button.set_icon("check" if button.isChecked() else "arrow-right" if forward else "arrow-left")

    def pick(self, at: int) -> bool:
        """Give this answer; False if there is none."""
        if not 0 <= at < len(self._choices):
            return False
        for number, button in enumerate(self.buttons):
            button.setChecked(number == at)
        self._turn()
        self.picked.emit(self._choices[at].value)
        return True

    def pick_focused(self) -> bool:
        """Give the answer that has the focus; False if none has."""
        return self.pick(self._focused())

    def focus_first(self, reason: Qt.FocusReason) -> None:
        """Focus the answer given before, else the first."""
        for at, button in enumerate(self.buttons):
            if at < len(self._choices) and button.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                button.setFocus(reason)

    def _focused(self) -> int:
        return next((at for at, button in enumerate(self.buttons) if button.hasFocus()), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        at = self._focused()
        if step and at >= 0:
            if 0 <= at + step < len(self._choices):
                self.buttons[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn()


class AnswerBox(QWidget):
    """What is asked and what answers it. Signal: picked(str): a choice was made, by key, digit or mouse.

    What is typed and not sent yet stays with its step, also while another call is on the screen.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._question: QuestionView | None = None
        self._at: Hashable = None
        self._filled = ""  # what the field held before anybody typed
        self._unsent: OrderedDict[Hashable, str] = OrderedDict()
        self.title = flowing("", "small-b", "2")
        self._digits = label("", "caption", "3")
        self.choices = Choices()
        self.line, self.text = AnswerLine(), AnswerText()
        self._tall = tall(self.text, 84)
        theme.dress(self.line, "body")
        self._unit = label("", "small", "3")
        self._help = flowing("", "caption", "3")
        self.error = flowing("", "small", "bad")
        self._field = QWidget()
        self._field.setLayout(row((self.line, 1), (self._tall, 1), self._unit, spacing=8))
        head = row((self.title, 1), self._digits, spacing=8)
        self.setLayout(column(head, self.choices, self._field, self.error, self._help, spacing=6))
        self.choices.picked.connect(self.picked)
        self.line.textEdited.connect(lambda _text: self._tell(""))
        self.hide()

    def set(self, question: QuestionView | None, at: Hashable) -> None:
        """``at`` names the step of its call: only another one changes what stands in the field."""
        self._put_aside()
        before, self._question = self._at, question
        self._at = at
        self.setVisible(question is not None)
        if question is None:
            self.choices.set(())
            return
        words = question.label or self.tr("Caller’s answer")
        self.title.setText(breakable(f"{words} *" if question.required else words))
        chosen_from = question.kind in CHOSEN_FROM
        self._digits.setVisible(chosen_from)
        self._digits.setText(self._range(question.choices))
        self.choices.setVisible(chosen_from)
        self._field.setVisible(not chosen_from)
        self.choices.set(question.choices if chosen_from else ())
        if not chosen_from and (before != at or self.typed() == self._filled):
            self._fill(question)
        self._unit.setText(question.unit)
        self._unit.setVisible(bool(question.unit))
        self._help.setText(breakable(question.help))
        self._help.setVisible(bool(question.help))
        self._tell(question.error)

    def _put_aside(self) -> None:
        question = self._question
        if question is None or question.kind in CHOSEN_FROM:
            return
        self._unsent.pop(self._at, None)
        if self.typed() != self._filled:
            self._unsent[self._at] = self.typed()
            while len(self._unsent) > _REMEMBERED:
                self._unsent.popitem(last=False)

    def _fill(self, question: QuestionView) -> None:
        several = question.several_lines
        self.line.setVisible(not several)
        self._tall.setVisible(several)
        self._filled = question.value
        words = self._unsent.get(self._at, question.value)
        if several:
            self.text.setPlainText(words)
        else:
            self.line.setText(words)
            self.line.setPlaceholderText(self._example(question.kind))
            self.line.setInputMethodHints(_INPUT_HINTS.get(question.kind, _HINTS.ImhNone))
        for field in (self.line, self.text):
            field.setAccessibleName(question.label or self.tr("Caller’s answer"))
            field.setAccessibleDescription(question.help)
        self._turn()

    def _turn(self) -> None:
        """Numbers, dates and addresses run from left to right in every language."""
        own = self._question is not None and self._question.kind in _LEFT_TO_RIGHT
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight if own else self.layoutDirection())

    def _range(self, choices: tuple[ChoiceView, ...]) -> str:
        digits = [choice.key for choice in choices if choice.key]
        return self.tr("press {0}").format("–".join(dict.fromkeys((digits[0], digits[-1])))) if digits else ""

    def _example(self, kind: str) -> str:
        today = dates.today().timetuple()[:3]
        words = {
            "date": str(QLocale().toString(QDate(*today), QLocale.FormatType.ShortFormat)),
            "money": str(QLocale().toString(0.0, "f", 2)),
            "phone": "+48 601 442 190",
            "email": self.tr("name@example.com"),
        }
        return words.get(kind, "")

    def _tell(self, error: str) -> None:
        self.error.setText(breakable(error))
        self.error.setVisible(bool(error))
        restyle(self.line, error=bool(error))
        restyle(self.text, error=bool(error))

    def _editor(self) -> QLineEdit | QPlainTextEdit:
        several = self._question is not None and self._question.several_lines
        return self.text if several else self.line

    def typed(self) -> str:
        """What stands in the field."""
        editor = self._editor()
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def sent(self) -> None:
        """What stands in the field was given as the answer."""
        self._filled = self.typed()

    def focus_first(self, reason: Qt.FocusReason) -> None:
        """Focus the choices or the field."""
        if self._question is None:
            return
        if self._question.kind in CHOSEN_FROM:
            self.choices.focus_first(reason)
            return
        editor = self._editor()
        editor.setFocus(reason)
        editor.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and hasattr(self, "error"):
            self._turn()
