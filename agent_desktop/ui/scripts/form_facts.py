"""What the forms of a script offer to choose from, and how a text field of theirs is filled."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from agent_desktop.core.scripts import model
from agent_desktop.core.scripts.edits import put_words, words_in
from agent_desktop.core.scripts.facts import KNOWN
from agent_desktop.core.scripts.model import Question, Script, Words

Named = Sequence[tuple[str, str]]  # a value, and how people read it
TEMPLATE = "template"  # property of a field that takes merge fields ("text") or bare names ("formula")


class FormFacts(msgspec.Struct, frozen=True):
    """What the centre has. ``pages``: the addresses that scripts may open; ``articles``: titles by key, ''
    for one that is not there."""

    results: tuple[str, ...] = ()
    queues: tuple[tuple[str, str], ...] = ()
    pages: str = ""
    articles: Mapping[str, str] = {}


class Scene(msgspec.Struct, frozen=True):
    """The script whose step is shown, the language of its texts, and what the centre has."""

    script: Script
    language: str
    facts: FormFacts = FormFacts()

    def read(self, words: Words) -> str:
        return words_in(words, self.language, self.script.languages)

    def put(self, words: Words, text: str) -> Words:
        return put_words(words, self.language, self.script.languages, text)

    def answers(self, kind: type[Question] | None = None) -> tuple[str, ...]:
        """The names of answers, of one kind of question or of all."""
        named = [step.answer_name for step in self.script.steps
                 if step.ask is not None and (kind is None or isinstance(step.ask, kind))]  # fmt: skip
        return tuple(dict.fromkeys(named))

    def names(self) -> tuple[str, ...]:
        """Everything that a text may name: what is known of the call, answers and computed values."""
        known = [f"{group}.{name}" for group, fields in KNOWN.items() for name in fields or ()]
        computed = [name for step in self.script.steps for name in step.compute]
        return tuple(dict.fromkeys((*known, "today", *self.answers(), *computed)))


def write(edit: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Without moving the cursor of who is typing just that."""
    if isinstance(edit, QPlainTextEdit):
        if edit.toPlainText() != text:
            edit.setPlainText(text)
    elif edit.text() != text:
        edit.setText(text)
        edit.setCursorPosition(0)


def takes_fields(edit: QLineEdit | QPlainTextEdit, *, formula: bool = False) -> None:
    """Have Ctrl Space offer the names that this field may say."""
    edit.setProperty(TEMPLATE, "formula" if formula else "text")


ANSWERS: dict[str, type[Question]] = {
    "at": model.DateQuestion, "number": model.PhoneQuestion, "amount": model.MoneyQuestion,
}  # fmt: skip
