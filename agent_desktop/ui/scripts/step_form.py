"""One step of a script as a form, or as it is written in its file."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from agent_desktop.core.scripts import edits, files
from agent_desktop.core.scripts.model import Branch, Script, Step, said
from agent_desktop.core.scripts.orders import Outcome
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field, tall
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.scripts.actions_form import ActionsForm
from agent_desktop.ui.scripts.article_rows import ArticleRows
from agent_desktop.ui.scripts.form_facts import FormFacts, Scene, takes_fields, write
from agent_desktop.ui.scripts.form_rows import FormRows, Ways
from agent_desktop.ui.scripts.head_form import HeadForm
from agent_desktop.ui.scripts.outcome_words import told
from agent_desktop.ui.scripts.question_form import QuestionForm
from agent_desktop.ui.scripts.rules_form import RulesForm
from agent_desktop.ui.scripts.value_rows import ValueRows
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.wording import breakable


class StepForm(QWidget):
    """Signals: edited(Step, field): the step as it is now, and a name for what is being typed in, if anything is;
    script_edited(Script, field) what belongs to the script as a whole.
    """

    edited = Signal(object, str)
    script_edited = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._script: Script | None = None
        self._step: Step | None = None
        self._filling = False
        self._facts = FormFacts()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Step, its actions, script or source"))
        for name in (self.tr("Step"), self.tr("Actions"), self.tr("Script"), self.tr("Source")):
            self.tabs.addTab(name)
        self.language = Choice(self.tr("Language of the texts"))
        theme.size(self.language, fixed_width=90)
        self._build_fields()
        self._build_source()
        self._pages = QStackedWidget()
        self.actions_form, self.head, self.rules = ActionsForm(), HeadForm(), RulesForm()
        whole = QWidget()
        whole.setLayout(column(self.head, rule(), self.rules, None, spacing=12))
        for page in (self._form_page(), self.actions_form, _scrolling(whole), self._source_page):
            self._pages.addWidget(page)
        self._head = row((self.tabs, 1), self.language, spacing=8, margins=(16, 4, 12, 0))
        self.setLayout(column(self._head, rule(), (self._pages, 1), spacing=0))
        self._wire()
        self.set(None, "")

    def _build_fields(self) -> None:
        self.name, self.title, self.hint = QLineEdit(), QLineEdit(), QLineEdit()
        self.say = QPlainTextEdit()
        self.say.setTabChangesFocus(True)
        self.say.setUndoRedoEnabled(False)
        theme.dress(self.say, "say")
        for edit in (self.say, self.hint):
            takes_fields(edit)
        self.insert = Choice(self.tr("Insert a field"))
        self.question = QuestionForm()
        self.ways = FormRows(self.tr("Way"), (self.tr("where (empty: always)"),), self.tr("the end"),
                             self.tr("Add way"), formulas=True)  # fmt: skip
        self.values, self.articles = ValueRows(), ArticleRows()
        self._wrong = flowing("", "small", "bad")
        self._wrong.hide()
        self.part = Choice(self.tr("Runs the script"))

    def _form_page(self) -> QScrollArea:
        say_head = row(label(self.tr("Say"), "small-b", "2"), None, self.insert)
        theme.size(self.insert, minimum_width=150)
        self.say.setAccessibleName(self.tr("Say"))
        fields = column(
            self._wrong,
            row((field(self.tr("Title"), self.title), 3), (field(self.tr("Name"), self.name), 2), spacing=10),
            column(say_head, tall(self.say, 112), spacing=5),
            field(self.tr("Hint for the agent"), self.hint),
            rule(),
            self.question,
            rule(),
            column(label(self.tr("Computed when the step is left"), "small-b", "2"), self.values, spacing=5),
            column(label(self.tr("Goes on with"), "small-b", "2"), self.ways, spacing=5),
            field(self.tr("Runs the script"), self.part),
            column(label(self.tr("Articles beside it"), "small-b", "2"), self.articles, spacing=5),
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
        for part in (self.ways, self.values, self.articles, self.actions_form):
            part.edited.connect(self._edited)
        self.part.currentIndexChanged.connect(lambda _index: self._edited(""))
        self.insert.activated.connect(self._insert)
        self.take.clicked.connect(self._take)
        self.head.edited.connect(self.script_edited)

    # ------------------------------------------------------------------ shown

    def set_facts(self, facts: FormFacts) -> None:
        """What the centre has to choose from."""
        if facts != self._facts:
            self._facts = facts
            self._fill()

    def set_outcomes(self, step_id: str, outcomes: dict[str, Outcome]) -> None:
        """What the conditions and formulas of a step come to with the made-up caller."""
        if self._step is None or self._step.id != step_id:
            return
        words = {place: told(outcome) for place, outcome in outcomes.items()}
        self.values.set_results(words)
        self.actions_form.set_results(words)
        for at in range(len(self._step.branches)):
            self.ways.tell(at, *words.get(f"next.{at + 1}.when", ("", "3")))

    def _scene(self) -> Scene:
        assert self._script is not None
        return Scene(self._script, self.language.currentText() or self._script.languages[0], self._facts)

    def names(self) -> tuple[str, ...]:
        """What a text of this script may name."""
        return self._scene().names() if self._script is not None else ()

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
        self._place_languages()
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
        scene, language = self._scene(), self._scene().language
        for edit, text in ((self.name, step.id), (self.title, scene.read(step.title)), (self.say, scene.read(step.say)),
                           (self.hint, scene.read(step.hint))):  # fmt: skip
            write(edit, text)
        ways = self._ways()
        self.head.set(script, language, ways)
        self.question.set(step.ask, ways, language, script.languages)
        self.ways.set([(branch.when, branch.to) for branch in step.branches], ways)
        self.part.choose(step.script)
        self.values.set(step.compute)
        self.articles.set(step.knowledge, scene)
        self.actions_form.set(step.actions, scene)
        count = len(step.actions)
        self.tabs.setTabText(1, self.tr("Actions {0}").format(count) if count else self.tr("Actions"))
        self._place_languages()
        self._fill_insert()
        written = files.written_step(step)
        if self.source.toPlainText() != written:
            self.source.setPlainText(written)
        self._tell("")
        self._wrong.hide()
        self._filling = False

    def _ways(self) -> Ways:
        script = self._script
        if script is None:
            return ()
        return [(each.id, " ".join(f"{said(each.title, script.languages[0]) or each.id}".split()))
                for each in script.steps]  # fmt: skip

    def _fill_insert(self) -> None:
        """Everything that a text may name: what is known of the call, and the answers."""
        wanted = [self.tr("Insert a field"), *self._scene().names()]
        if [self.insert.itemText(at) for at in range(self.insert.count())] != wanted:
            self.insert.clear()
            self.insert.addItems(wanted)
        self.insert.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the languages do not fit beside the tabs they stand above them."""
        super().resizeEvent(event)
        self._place_languages()

    def _place_languages(self) -> None:
        margins = self._head.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._head.spacing() - self.language.width()
        narrow = not self.language.isHidden() and self.tabs.sizeHint().width() > room
        way = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != way:
            self._head.setDirection(way)

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
        step = self._read(self._step)
        if step == self._step:
            return
        try:
            msgspec.convert(msgspec.to_builtins(step), Step)
        except msgspec.ValidationError as error:  # a text that is too long: it is not taken until it is mended
            self._wrong.setText(breakable(self.tr("This is not taken as it stands: {0}").format(error)))
            self._wrong.show()
            return
        self.edited.emit(step, name)

    def _read(self, step: Step) -> Step:
        scene = self._scene()
        branches = tuple(Branch(to=to, when=when.strip()) for when, to in self.ways.lines() if to or when.strip())
        simple = len(branches) == 1 and not branches[0].when
        return msgspec.structs.replace(
            step,
            id=self._name(step, scene.script),
            title=scene.put(step.title, self.title.text()),
            say=scene.put(step.say, self.say.toPlainText()),
            hint=scene.put(step.hint, self.hint.text()),
            ask=self.question.question(),
            next=branches[0].to if simple else branches,
            script=str(self.part.currentData() or ""),
            compute=self.values.computed(),
            knowledge=self.articles.links(),
            actions=self.actions_form.all_actions(),
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
