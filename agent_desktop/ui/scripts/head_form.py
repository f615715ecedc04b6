"""What belongs to a script as a whole: its title, its languages, and the step that it begins with."""

import re

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.core.scripts.edits import put_words, words_in
from agent_desktop.core.scripts.model import NAME, Script
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing
from agent_desktop.ui.layouts import column
from agent_desktop.ui.scripts.form_rows import WayChoice, Ways
from agent_desktop.ui.theme import restyle


class HeadForm(QWidget):
    """Signal: edited(Script, field)."""

    edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._script: Script | None = None
        self._language = "en"
        self.title, self.about, self.languages, self.name = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setReadOnly(True)
        self.start = WayChoice(self.tr("Begins with"), self.tr("the first in the list"))
        hint = flowing(self.tr("The first language is the one in which every text stands."), "caption", "3")
        self.setLayout(
            column(
                field(self.tr("Title of the script"), self.title), field(self.tr("What it is for"), self.about),
                column(field(self.tr("Languages, as en, pl"), self.languages), hint, spacing=4),
                field(self.tr("Begins with"), self.start),
                field(self.tr("Name in files and other scripts"), self.name),
                None, spacing=12, margins=(16, 12, 16, 16),
            )
        )  # fmt: skip
        for name, edit in (("script.title", self.title), ("script.about", self.about)):
            edit.textEdited.connect(lambda _text, name=name: self._edited(name))
        self.name.editingFinished.connect(lambda: self._edited(""))
        self.languages.editingFinished.connect(lambda: self._edited(""))
        self.start.currentIndexChanged.connect(lambda _index: self._edited(""))

    def set_stored(self, stored: bool) -> None:
        """Once it is stored its name stays: rules, runs and other scripts know it by that."""
        self.name.setReadOnly(stored)

    def set(self, script: Script, language: str, ways: Ways) -> None:
        """Show a script's texts in one language."""
        self._script, self._language = None, language
        for edit, text in (
            (self.title, words_in(script.title, language, script.languages)),
            (self.about, words_in(script.about, language, script.languages)),
            (self.languages, ", ".join(script.languages)),
            (self.name, script.id),
        ):
            if edit.text() != text:
                edit.setText(text)
        self.start.set(ways, script.start)
        self._script = script

    def _edited(self, name: str) -> None:
        script = self._script
        if script is None:
            return
        wished = tuple(dict.fromkeys(part.strip() for part in self.languages.text().split(",") if part.strip()))
        wrong = not wished or not all(each.replace("-", "").isalnum() and len(each) <= 12 for each in wished)
        restyle(self.languages, error=wrong)
        made = msgspec.structs.replace(
            script,
            title=put_words(script.title, self._language, script.languages, self.title.text()),
            about=put_words(script.about, self._language, script.languages, self.about.text()),
            languages=script.languages if wrong else wished,
            start=self.start.way(),
            id=self._id(script),
        )
        if made != script:
            self.edited.emit(made, name)

    def _id(self, script: Script) -> str:
        wish = self.name.text().strip()
        wrong = re.fullmatch(NAME, wish) is None
        restyle(self.name, error=wrong)
        return script.id if wrong else wish
