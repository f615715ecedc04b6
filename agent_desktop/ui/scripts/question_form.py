"""What a step asks, as a form: its kind, its words, its limits, and the answers to choose from."""

import re
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from agent_desktop.core.scripts import model
from agent_desktop.core.scripts.edits import put_words, words_in
from agent_desktop.core.scripts.model import ChoiceQuestion, Option, Question, YesNoQuestion
from agent_desktop.ui import theme
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.form_rows import FormRows, WayChoice, Ways

_KINDS: dict[str, type[Any]] = {
    "choice": model.ChoiceQuestion, "yes_no": model.YesNoQuestion, "text": model.TextQuestion,
    "number": model.NumberQuestion, "date": model.DateQuestion, "money": model.MoneyQuestion,
    "phone": model.PhoneQuestion, "email": model.EmailQuestion,
}  # fmt: skip
_LIMITS = ("min_length", "max_length", "minimum", "maximum", "earliest", "latest", "currency", "unit", "pattern")
_SWITCHES = ("several_lines", "whole")


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuestionForm", text)


def kind_of(question: Question | None) -> str:
    """The name of a question's kind as in the file; empty for none."""
    return next((name for name, kind in _KINDS.items() if type(question) is kind), "")


def _limit_words() -> dict[str, str]:
    return {
        "min_length": _tr("Characters, least"), "max_length": _tr("Characters, most"), "minimum": _tr("Least"),
        "maximum": _tr("Most"), "earliest": _tr("Earliest (today-1)"), "latest": _tr("Latest (today+30)"),
        "currency": _tr("Currency"), "unit": _tr("Unit"), "pattern": _tr("Pattern"),
        "several_lines": _tr("Several lines"), "whole": _tr("Whole numbers only"),
    }  # fmt: skip


class QuestionForm(QWidget):
    """Signal: edited(field) with a name for what is being typed in, empty for a choice that was made."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._language = "en"
        self._languages: tuple[str, ...] = ("en",)
        self.kind = Choice(self.tr("Question"))
        for value, words in self._kinds():
            self.kind.addItem(words, value)
        self.label, self.help, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.required = QCheckBox(self.tr("An answer is needed"))
        theme.size(self.required, minimum_height=28)
        self._texts = QWidget()
        self._texts.setLayout(
            column(row((_box(self.tr("Asked"), self.label), 3), (_box(self.tr("Kept as"), self.name), 2), spacing=10),
                   _box(self.tr("Help below the field"), self.help), self.required, spacing=8)
        )  # fmt: skip
        titles = _limit_words()
        self.limits = {name: QLineEdit() for name in _LIMITS}
        self._limit_boxes = {name: _box(titles[name], edit) for name, edit in self.limits.items()}
        self.switches = {name: QCheckBox(titles[name]) for name in _SWITCHES}
        for box in self._limit_boxes.values():
            theme.size(box, fixed_width=150)
        for switch in self.switches.values():
            theme.size(switch, minimum_height=28)
        self._limits = flow(*self._limit_boxes.values(), *self.switches.values(), spacing=10)
        nothing = self.tr("the ways below")
        self.options = FormRows(self.tr("Answer"), (self.tr("name"), self.tr("words")), nothing, self.tr("Add answer"))
        self.yes_to, self.no_to = WayChoice(self.tr("Yes"), nothing), WayChoice(self.tr("No"), nothing)
        self._yes_no = QWidget()
        self._yes_no.setLayout(
            row((_box(self.tr("Yes goes on with"), self.yes_to), 1), (_box(self.tr("No goes on with"), self.no_to), 1))
        )
        self._trouble = label("", "small", "bad", wrap=True)
        self.setLayout(column(_box(self.tr("Question"), self.kind), self._texts, self.options, self._yes_no,
                              self._limits, self._trouble, spacing=10))  # fmt: skip
        self._wire()

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        return (
            ("", self.tr("None")), ("choice", self.tr("Choice of answers")), ("yes_no", self.tr("Yes or no")),
            ("text", self.tr("Text")), ("number", self.tr("Number")), ("date", self.tr("Date")),
            ("money", self.tr("Amount of money")), ("phone", self.tr("Phone number")), ("email", self.tr("E-mail")),
        )  # fmt: skip

    def _wire(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _index: self.edited.emit(""))
        edits = {"label": self.label, "help": self.help, "name": self.name, **self.limits}
        for name, edit in edits.items():
            edit.textEdited.connect(lambda _text, name=name: self.edited.emit(f"ask.{name}"))
        for switch in (self.required, *self.switches.values()):
            switch.clicked.connect(lambda _on=False: self.edited.emit(""))
        self.options.edited.connect(self.edited)
        for way in (self.yes_to, self.no_to):
            way.currentIndexChanged.connect(lambda _index: self.edited.emit(""))

    # ------------------------------------------------------------------ shown

    def set(self, question: Question | None, ways: Ways, language: str, languages: tuple[str, ...]) -> None:
        """Show a question in one language."""
        self._question, self._language, self._languages = question, language, languages
        self.kind.blockSignals(True)
        self.kind.choose(kind_of(question))
        self.kind.blockSignals(False)
        self._texts.setVisible(question is not None)
        if question is not None:
            for edit, text in ((self.label, self._in(question.label)), (self.help, self._in(question.help)),
                               (self.name, question.name)):  # fmt: skip
                _write(edit, text)
            self.required.setChecked(question.required)
        for name, edit in self.limits.items():
            there = hasattr(question, name)
            self._limit_boxes[name].setVisible(there)
            if there and self._shows_other(name, getattr(question, name)):
                value = getattr(question, name)
                value = self._in(value) if name == "unit" else value
                _write(edit, "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value))
        for name, switch in self.switches.items():
            switch.setVisible(hasattr(question, name))
            switch.setChecked(bool(getattr(question, name, False)))
        self._limits.setVisible(any(hasattr(question, name) for name in (*_LIMITS, *_SWITCHES)))
        self.options.setVisible(isinstance(question, ChoiceQuestion))
        if isinstance(question, ChoiceQuestion):
            self.options.set([(each.value, self._in(each.label), each.to) for each in question.options], ways)
        self._yes_no.setVisible(isinstance(question, YesNoQuestion))
        if isinstance(question, YesNoQuestion):
            self.yes_to.set(ways, question.yes_to)
            self.no_to.set(ways, question.no_to)

    def _in(self, words: model.Words) -> str:
        return words_in(words, self._language, self._languages)

    def _shows_other(self, name: str, value: Any) -> bool:
        try:
            return bool(self._read_limit(name) != value)
        except ValueError:
            return True

    # -------------------------------------------------------------------- read

    def question(self) -> Question | None:
        """What the form says now; a limit that cannot be read stays as it was and is marked."""
        kind = str(self.kind.currentData() or "")
        if not kind:
            return None
        before = self._question
        if kind_of(before) != kind:
            return _made(kind, before)
        assert before is not None
        changes: dict[str, Any] = {
            "label": self._put(before.label, self.label.text()), "help": self._put(before.help, self.help.text()),
            "name": self.name.text().strip(), "required": self.required.isChecked(),
        }  # fmt: skip
        changes |= {name: self._limit(name) for name in _LIMITS if hasattr(before, name)}
        changes |= {name: switch.isChecked() for name, switch in self.switches.items() if hasattr(before, name)}
        if isinstance(before, ChoiceQuestion):
            changes["options"] = self._options(before)
        elif isinstance(before, YesNoQuestion):
            changes |= {"yes_to": self.yes_to.way(), "no_to": self.no_to.way()}
        made: Question = msgspec.structs.replace(before, **changes)
        return made

    def _put(self, words: model.Words, text: str) -> model.Words:
        return put_words(words, self._language, self._languages, text)

    def _options(self, before: ChoiceQuestion) -> tuple[Option, ...]:
        labels = {option.value: option.label for option in before.options}
        made = []
        for at, (value, words, to) in enumerate(self.options.lines(), 1):
            if value.strip() or words.strip() or to:
                name = value.strip() or f"answer_{at}"
                made.append(Option(value=name, label=self._put(labels.get(name, ""), words), to=to))
        return tuple(made)

    def _read_limit(self, name: str) -> Any:
        """What stands in a limit's field. Raises ValueError."""
        text = self.limits[name].text().strip()
        if name in ("minimum", "maximum"):
            return float(text.replace(",", ".")) if text else None
        if name in ("min_length", "max_length"):
            return int(text)
        if name == "currency":
            if re.fullmatch("[A-Za-z]{3}", text) is None:
                raise ValueError
            return text.upper()
        return self._put(self._question.unit, text) if isinstance(self._question, model.NumberQuestion) else text

    def _limit(self, name: str) -> Any:
        """A limit as typed, or as it was where nobody can read it."""
        try:
            value, wrong = self._read_limit(name), False
        except ValueError:
            value, wrong = getattr(self._question, name), True
        theme.restyle(self.limits[name], error=wrong)
        return value


def _made(kind: str, before: Question | None) -> Question:
    """A question of another kind with what it has in common with the one before."""
    common: dict[str, Any] = {}
    if before is not None:
        common = {name: getattr(before, name) for name in ("name", "label", "help", "required")}
    if kind == "choice":
        common["options"] = (Option(value="yes", label=_tr("Yes")), Option(value="no", label=_tr("No")))
    made: Question = _KINDS[kind](**common)
    return made


def _write(edit: QLineEdit, text: str) -> None:
    """Without moving the cursor of who is typing just that."""
    if edit.text() != text:
        edit.setText(text)
        edit.setCursorPosition(0)


def _box(name: str, widget: QWidget) -> QWidget:
    result = QWidget()
    result.setLayout(field(name, widget))
    return result
