"""One step of a script as a form, or as it is written in its file."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QStackedWidget, QTabBar, QWidget

from agent_desktop.core.scripts import edits, files
from agent_desktop.core.scripts.edits import put_words, words_in
from agent_desktop.core.scripts.facts import KNOWN
from agent_desktop.core.scripts.model import Branch, Script, Step, said
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field, tall
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.scripts.form_rows import FormRows, Ways
from agent_desktop.ui.scripts.head_form import HeadForm
from agent_desktop.ui.scripts.question_form import QuestionForm
from agent_desktop.ui.scripts.rules_form import RulesForm
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.wording import breakable


class StepForm(QWidget):
    """Signals: edited(Step, field): the step as it is now, and a name for what is being typed in, if anything is;
    script_edited(Script, field) what belongs to the script as a whole.

    Computed values, actions and articles stand on the page "Source".
    """

    edited = Signal(object, str)
    script_edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._script: Script | None = None
        self._step: Step | None = None
        self._filling = False
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Step, source or script"))
        for name in (self.tr("Step"), self.tr("Source"), self.tr("Script"), self.tr("Rules")):
            self.tabs.addTab(name)
        self.language = Choice(self.tr("Language of the texts"))
        theme.size(self.language, fixed_width=90)
        self._build_fields()
        self._build_source()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._form_page())
        self._pages.addWidget(self._source_page)
        self.head = HeadForm()
        self._pages.addWidget(_scrolling(self.head))
        self.rules = RulesForm()
        self._pages.addWidget(self.rules)
        head = row((self.tabs, 1), self.language, spacing=8, margins=(16, 4, 12, 0))
        self.setLayout(column(head, rule(), (self._pages, 1), spacing=0))
        self._wire()
        self.set(None, "")

    def _build_fields(self) -> None:
        self.name, self.title, self.hint = QLineEdit(), QLineEdit(), QLineEdit()
        self.say = QPlainTextEdit()
        self.say.setTabChangesFocus(True)
        self.say.setUndoRedoEnabled(False)
        theme.dress(self.say, "say")
        self.insert = Choice(self.tr("Insert a field"))
        self.question = QuestionForm()
        self.ways = FormRows(self.tr("Way"), (self.tr("where (empty: always)"),), self.tr("the end"),
                             self.tr("Add way"))  # fmt: skip
        self.part = Choice(self.tr("Runs the script"))

    def _form_page(self) -> QScrollArea:
        say_head = row(label(self.tr("Say"), "small-b", "2"), None, self.insert)
        theme.size(self.insert, minimum_width=150)
        self.say.setAccessibleName(self.tr("Say"))
        fields = column(
            row((field(self.tr("Title"), self.title), 3), (field(self.tr("Name"), self.name), 2), spacing=10),
            column(say_head, tall(self.say, 112), spacing=5),
            field(self.tr("Hint for the agent"), self.hint),
            rule(),
            self.question,
            rule(),
            column(label(self.tr("Goes on with"), "small-b", "2"), self.ways, spacing=5),
            field(self.tr("Runs the script"), self.part),
            None,
            spacing=12,
            margins=(16, 12, 16, 16),
        )
        inner = QWidget()
        inner.setLayout(fields)
        return _scrolling(inner)

    def _build_source(self) -> None:
        self.source = QPlainTextEdit()
        self.source.setAccessibleName(self.tr("The step as it is written"))
        theme.dress(self.source, "body", tabular=True)
        self._source_error = flowing("", "small", "bad")
        self.take = Button(self.tr("Take over"), "check", height=32)
        self._source_page = QWidget()
        self._source_page.setLayout(
            column((self.source, 1), self._source_error, row(None, self.take), spacing=8, margins=(16, 12, 16, 12))
        )

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.language.currentIndexChanged.connect(lambda _index: self._fill())
        for name, edit in (("id", self.name), ("title", self.title), ("hint", self.hint)):
            if edit is self.name:
                edit.editingFinished.connect(lambda: self._edited(""))
            else:
                edit.textEdited.connect(lambda _text, name=name: self._edited(name))
        self.say.textChanged.connect(lambda: self._edited("say"))
        self.question.edited.connect(self._edited)
        self.ways.edited.connect(self._edited)
        self.part.currentIndexChanged.connect(lambda _index: self._edited(""))
        self.insert.activated.connect(self._insert)
        self.take.clicked.connect(self._take)
        self.head.edited.connect(self.script_edited)

    # ------------------------------------------------------------------ shown

    def set(self, script: Script | None, step_id: str, parts: tuple[str, ...] = ()) -> None:
        """Show a step; ``parts`` are the names of scripts that it could run."""
        self._script = script
        self._step = edits.step_of(script, step_id) if script is not None else None
        self.setEnabled(self._step is not None)
        if script is None:
            return
        self._filling = True
        languages = [self.language.itemText(at) for at in range(self.language.count())]
        if languages != list(script.languages):
            self.language.clear()
            self.language.addItems(script.languages)
        self.language.setVisible(len(script.languages) > 1)
        self.part.clear()
        self.part.addItem(self.tr("None"), "")
        for part in dict.fromkeys((*parts, *([self._step.script] if self._step and self._step.script else []))):
            self.part.addItem(part, part)
        self._filling = False
        self._fill()

    def _fill(self) -> None:
        step, script = self._step, self._script
        if step is None or script is None or self._filling:
            return
        self._filling = True
        language = self.language.currentText() or script.languages[0]
        for edit, text in ((self.name, step.id), (self.title, words_in(step.title, language, script.languages)),
                           (self.hint, words_in(step.hint, language, script.languages))):  # fmt: skip
            if edit.text() != text:
                edit.setText(text)
        say = words_in(step.say, language, script.languages)
        if self.say.toPlainText() != say:
            self.say.setPlainText(say)
        ways = self._ways()
        self.head.set(script, language, ways)
        self.question.set(step.ask, ways, language, script.languages)
        self.ways.set([(branch.when, branch.to) for branch in step.branches], ways)
        self.part.choose(step.script)
        self._fill_insert()
        written = files.written_step(step)
        if self.source.toPlainText() != written:
            self.source.setPlainText(written)
        self._tell("")
        self._filling = False

    def _ways(self) -> Ways:
        script = self._script
        if script is None:
            return ()
        return [(each.id, " ".join(f"{said(each.title, script.languages[0]) or each.id}".split()))
                for each in script.steps]  # fmt: skip

    def _fill_insert(self) -> None:
        """Everything that a text may name: what is known of the call, and the answers."""
        assert self._script is not None
        names = [f"{group}.{name}" for group, fields in KNOWN.items() for name in fields or ()]
        names += [step.answer_name for step in self._script.steps if step.ask is not None]
        names += [name for step in self._script.steps for name in step.compute]
        wanted = [self.tr("Insert a field"), *dict.fromkeys(names)]
        if [self.insert.itemText(at) for at in range(self.insert.count())] != wanted:
            self.insert.clear()
            self.insert.addItems(wanted)
        self.insert.setCurrentIndex(0)

    def focus_first(self) -> None:
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------- told

    def _insert(self, at: int) -> None:
        if at > 0:
            self.say.insertPlainText(f"{{{{ {self.insert.itemText(at)} }}}}")
            self.insert.setCurrentIndex(0)
            self.say.setFocus()

    def _edited(self, name: str) -> None:
        if self._filling or self._step is None or self._script is None:
            return
        step = self._read(self._step, self._script)
        if step != self._step:
            self.edited.emit(step, name)

    def _read(self, step: Step, script: Script) -> Step:
        language, languages = self.language.currentText() or script.languages[0], script.languages
        branches = tuple(Branch(to=to, when=when.strip()) for when, to in self.ways.lines() if to or when.strip())
        simple = len(branches) == 1 and not branches[0].when
        return msgspec.structs.replace(
            step,
            id=self._name(step, script),
            title=put_words(step.title, language, languages, self.title.text()),
            say=put_words(step.say, language, languages, self.say.toPlainText()),
            hint=put_words(step.hint, language, languages, self.hint.text()),
            ask=self.question.question(),
            next=branches[0].to if simple else branches,
            script=str(self.part.currentData() or ""),
        )

    def _name(self, step: Step, script: Script) -> str:
        """Another name for the step, where it is one and nobody has it."""
        wish = self.name.text().strip()
        taken = any(other.id == wish for other in script.steps if other is not step)
        try:
            msgspec.convert({"id": wish}, Step)
        except msgspec.ValidationError:
            taken = True
        restyle(self.name, error=taken)
        return step.id if taken else wish

    def _take(self) -> None:
        """What stands on the page "Source" becomes the step."""
        if self._step is None:
            return
        try:
            step = files.read_step(self.source.toPlainText())
        except files.FileWrong as error:
            self._tell(str(error))
            return
        self._tell("")
        if step != self._step:
            self.edited.emit(step, "")

    def _tell(self, error: str) -> None:
        self._source_error.setText(breakable(error))
        self._source_error.setVisible(bool(error))
        restyle(self.source, error=bool(error))


def _scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
