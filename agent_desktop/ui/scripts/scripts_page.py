"""Scripts for team leads: the steps on the left, the chosen one as a form, and beside it how it will be."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QTabBar, QWidget
from shiboken6 import isValid

from agent_desktop.core.scripts import edits
from agent_desktop.core.scripts.findings import Finding
from agent_desktop.core.scripts.model import Script, Step, said
from agent_desktop.core.scripts.views import ScriptView
from agent_desktop.data.script_rows import Eyes, ReviewLine, ScriptLine, Statistics, VersionLine, VersionState
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.labels import Icon, elided, flowing, tag
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.list_states import ListBanner, ListStates
from agent_desktop.ui.scripts import field_menu, review_words
from agent_desktop.ui.scripts.editor_side import FindingList, PreviewPane
from agent_desktop.ui.scripts.figures_pane import FiguresPane
from agent_desktop.ui.scripts.script_document import ScriptDocument
from agent_desktop.ui.scripts.step_form import StepForm
from agent_desktop.ui.scripts.step_outline import StepOutline
from agent_desktop.ui.scripts.version_pane import VersionPane, state_words
from agent_desktop.ui.wording import breakable

_OUTLINE, _SIDE = 216, 372
_QUIET_MS = 250  # after the last key, before the step is tried out and checked anew
_TAGS = {VersionState.DRAFT: "true", VersionState.REVIEW: "warn", VersionState.PUBLISHED: "ok"}


class ScriptsPage(QWidget):
    """Signals: script_chosen(UUID), new_wanted(), save(), hand_in(), publish(), give_back(), import_wanted(),
    export_wanted(); edited(): after a moment of quiet, what the preview and the checks are about has changed.
    """

    script_chosen = Signal(object)
    new_wanted = Signal()
    save = Signal()
    hand_in = Signal()
    publish = Signal()
    give_back = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    edited = Signal()
    reload_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.document = ScriptDocument(self)
        self._lines: tuple[ScriptLine, ...] = ()
        self._chosen: UUID | None = None
        self._state: VersionState | None = None
        self._forbidden = False
        self._number = 0
        self._reviews: tuple[ReviewLine, ...] = ()
        self._eyes = Eyes.OTHERS
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self.edited)
        self._build_head()
        self._build_body()
        self._wire()
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)
        self._show()

    # ------------------------------------------------------------------ built

    def _build_head(self) -> None:
        self.scripts = Choice(self.tr("Script"))
        theme.size(self.scripts, minimum_width=200)
        self.state_tag = tag("")
        self.who = elided("", "small", "3")
        self.new = ToolButton("plus", self.tr("New script"))
        self.load_file = ToolButton("download", self.tr("Read from a file"))
        self.store_file = ToolButton("upload", self.tr("Write into a file"))
        self.undo = ToolButton("undo-2", self.tr("Undo"), keys="Ctrl Z")
        self.redo = ToolButton("redo-2", self.tr("Redo"), keys="Ctrl Shift Z")
        self.save_button = Button(self.tr("Save draft"), "save", keys="Ctrl S")
        self.hand_in_button = Button(self.tr("Hand in for review"), "send")
        self.give_back_button = Button(self.tr("Give back"), "undo-2", kind="ghost")
        self.publish_button = Button(self.tr("Publish"), "badge-check", kind="primary")
        self.trouble = flowing("", "small", "bad")
        self._trouble_box = frame(
            row(Icon("triangle-alert", "bad"), (self.trouble, 1), spacing=10, margins=(12, 8, 12, 8)), note="bad"
        )
        self._trouble_box.hide()
        self.remark = flowing("", "small")
        self._remark_icon = Icon("message-square-text")
        self._remark_box = frame(
            row(self._remark_icon, (self.remark, 1), spacing=10, margins=(12, 8, 12, 8)), note="info"
        )
        self._remark_box.hide()
        self.banner = ListBanner()
        buttons = (self.save_button, self.hand_in_button, self.give_back_button, self.publish_button)
        self._head = frame(
            row((self.scripts, 2), self.new, self.load_file, self.store_file, rule(vertical=True), self.state_tag,
                (self.who, 1), self.undo, self.redo, *buttons, spacing=8, margins=(12, 8, 12, 8)),
            card=True,
        )  # fmt: skip

    def _build_body(self) -> None:
        self.outline, self.form = StepOutline(), StepForm()
        self.preview, self.findings = PreviewPane(), FindingList()
        self.versions, self.figures = VersionPane(), FiguresPane()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(self.tr("Preview, checks, versions or figures"))
        self._side = QStackedWidget()
        panes = (
            (self.tr("Preview"), self.preview), (self.tr("Checks"), self.findings),
            (self.tr("Versions"), self.versions), (self.tr("Figures"), self.figures),
        )  # fmt: skip
        for title, pane in panes:
            self.tabs.addTab(title)
            self._side.addWidget(pane)
        self.tabs.currentChanged.connect(self._side.setCurrentIndex)
        left = frame(column(self.outline, margins=1), card=True)
        theme.size(left, fixed_width=_OUTLINE)
        middle = frame(column(self.form, margins=1), card=True)
        tabs = row((self.tabs, 1), margins=(10, 4, 0, 0))
        self._right: QFrame = frame(column(tabs, rule(), (self._side, 1), spacing=0, margins=1), card=True)
        body = QWidget()
        body.setLayout(row(left, (middle, 1), self._right, spacing=12))
        self.states = ListStates(body)
        notes = (self._trouble_box, self._remark_box)
        self.setLayout(column(self.banner, self._head, *notes, (self.states, 1), spacing=12, margins=12))

    def _wire(self) -> None:
        self.scripts.activated.connect(lambda at: self.script_chosen.emit(self.scripts.itemData(at)))
        self.new.clicked.connect(self.new_wanted)
        self.load_file.clicked.connect(self.import_wanted)
        self.store_file.clicked.connect(self.export_wanted)
        self.undo.clicked.connect(self.document.stack.undo)
        self.redo.clicked.connect(self.document.stack.redo)
        self.save_button.clicked.connect(self.save)
        self.hand_in_button.clicked.connect(self.hand_in)
        self.give_back_button.clicked.connect(self.give_back)
        self.publish_button.clicked.connect(self.publish)
        self.states.retried.connect(self.reload_wanted)
        self.document.changed.connect(self._show)
        self.document.touched.connect(lambda _touched: self._show_head())
        self.document.stack.canUndoChanged.connect(self.undo.setEnabled)
        self.document.stack.canRedoChanged.connect(self.redo.setEnabled)
        self.outline.chosen.connect(self.document.look_at)
        self.outline.wanted.connect(self.change_steps)
        self.form.edited.connect(self._edited)
        self.form.script_edited.connect(lambda script, field: self.document.change(script, "", field))
        self.findings.step_wanted.connect(self.document.look_at)

    # ------------------------------------------------------------------ shown

    def set_scripts(self, lines: tuple[ScriptLine, ...]) -> None:
        """Every script there is."""
        self._lines = lines
        self.scripts.clear()
        for line in lines:
            self.scripts.addItem(_listed(line), line.id)
        self.scripts.setPlaceholderText(self.tr("Choose a script"))
        self._choose(self._chosen)
        self._show()

    def _choose(self, script_id: UUID | None) -> None:
        self._chosen = script_id
        self.scripts.setCurrentIndex(self.scripts.findData(script_id))

    def open(self, script_id: UUID, script: Script, state: VersionState | None, who: str) -> None:
        """A version to be looked at or edited; ``state`` None: it was never stored."""
        self._choose(script_id)
        self._state = state
        self.who.setText(who)
        self.set_trouble("")
        self.findings.set(())
        self.outline.mark(())
        kept = (
            self.document.step_id if self.document.script is not None and self.document.script.id == script.id else ""
        )
        self.document.open(script, kept)

    def set_history(
        self, versions: tuple[VersionLine, ...], reviews: tuple[ReviewLine, ...] = (), eyes: Eyes = Eyes.OTHERS
    ) -> None:
        """All versions of this script, what was said about them, and who may publish the newest."""
        self.versions.set(versions, reviews)
        self._number = versions[0].number if versions else 0
        self._reviews, self._eyes = reviews, eyes
        self._show_head()

    def set_state(self, state: VersionState | None, who: str) -> None:
        """It was stored, handed in or published; what is written stays as it is."""
        self._state = state
        self.who.setText(who)
        self._show_head()

    def close_script(self) -> None:
        self._choose(None)
        self._state = None
        self.document.open(None)

    def _show(self) -> None:
        script, step_id = self.document.script, self.document.step_id
        self.outline.set(script, step_id)
        parts = tuple(line.key for line in self._lines if script is None or line.key != script.id)
        self.form.set(script, step_id, parts)
        if script is None:
            advice = self.tr("Choose one above, begin a new one, or read one from a file")
            self.states.show_empty(self.tr("No script is open"), advice, "scroll-text")
        else:
            self.states.show_content()
            self._quiet.start()
        self._show_head()

    def _show_head(self) -> None:
        there, touched = self.document.script is not None, self.document.is_touched()
        state = self._state
        self.state_tag.setVisible(there)
        self.form.head.set_stored(state is not None)
        self.state_tag.setText(self.tr("Not saved") if touched or state is None else state_words(state))
        theme.restyle(self.state_tag, tag="info" if touched or state is None else _TAGS[state])
        self.save_button.setEnabled(there and (touched or state is None))
        self.hand_in_button.setVisible(state is not VersionState.REVIEW or touched)
        self.hand_in_button.setEnabled(there and not self._forbidden and (touched or state is VersionState.DRAFT))
        for button in (self.publish_button, self.give_back_button):
            button.setVisible(state is VersionState.REVIEW and not touched)
        self.publish_button.setEnabled(not self._forbidden and self._eyes is not Eyes.OWN)
        words, tone = review_words.remark(state, self._number, self._reviews, self._eyes)
        self.remark.setText(breakable(words))
        self._remark_icon.set("undo-2" if tone == "warn" else "message-square-text", tone or "info")
        theme.restyle(self._remark_box, note=tone)
        self._remark_box.setVisible(there and bool(words) and not touched)
        self.store_file.setEnabled(there)
        self.undo.setEnabled(self.document.stack.canUndo())
        self.redo.setEnabled(self.document.stack.canRedo())

    def set_view(self, view: ScriptView) -> None:
        """How the step is in the preview now."""
        self.preview.set_trouble("")
        self.preview.panel.set_view(view, "preview")

    def set_findings(self, found: tuple[Finding, ...]) -> None:
        """What the checks say about the script as it is now."""
        self.findings.set(found)
        self._forbidden = any(each.forbids for each in found)
        self.outline.mark({each.step for each in found if each.forbids})
        self.tabs.setTabText(1, self.tr("Checks {0}").format(len(found)) if found else self.tr("Checks"))
        self._show_head()

    def set_figures(self, figures: Statistics) -> None:
        self.figures.set(figures, self._titles())

    def _titles(self) -> Mapping[str, str]:
        script = self.document.script
        if script is None:
            return {}
        return {step.id: said(step.title, script.languages[0]) or step.id for step in script.steps}

    def set_trouble(self, words: str) -> None:
        """Why something could not be done; empty takes it back."""
        self.trouble.setText(breakable(words))
        self._trouble_box.setVisible(bool(words))

    # ---------------------------------------------------------------- changed

    def _edited(self, step: Step, field: str) -> None:
        script = self.document.script
        if script is not None:
            self.document.change(edits.put_step(script, self.document.step_id, step), step.id, field)

    def change_steps(self, what: str) -> None:
        """Add, copy, remove, up or down: the chosen step in the outline."""
        script, at = self.document.script, self.document.step_id
        if script is None:
            return
        if what in ("add", "copy"):
            made, name = edits.add_step(script, at, edits.step_of(script, at) if what == "copy" else None)
            self.document.change(made, name)
        elif what == "remove":
            number = edits.index_of(script, at)
            left = edits.remove_step(script, at)
            self.document.change(left, left.steps[min(number, len(left.steps) - 1)].id)
        else:
            self.document.change(edits.move_step(script, at, -1 if what == "up" else 1), at)

    # ------------------------------------------------------------------- keys

    @Slot(QWidget, QWidget)
    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Undo is the script's, not one field's; only the source has its own until it is taken over."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        inside = now is not None and (self.form.isAncestorOf(now) or self.outline.isAncestorOf(now))
        self._watched = now if inside and now is not self.form.source else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.document.stack.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.document.stack.redo()
        elif self._wants_names(event):
            assert self._watched is not None
            field_menu.open_menu(self._watched, self.form.names())
        else:
            return False
        return True

    def _wants_names(self, event: QKeyEvent) -> bool:
        asked = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return asked and field_menu.takes_names(self._watched)

    def save_now(self) -> bool:
        """What the save key does here; False when nothing was to be saved."""
        if not self.isVisible() or not self.save_button.isEnabled():
            return False
        self.save.emit()
        return True

    def focus_filter(self) -> None:
        self.scripts.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - theme.px(_OUTLINE) - 48
        self._right.setFixedWidth(max(theme.px(240), min(theme.px(_SIDE), round(room * 0.5))))


def _listed(line: ScriptLine) -> str:
    """Its title, and where its newest version stands when that is not what calls get."""
    title = line.title or line.key
    return title if line.state is VersionState.PUBLISHED else f"{title} · {state_words(line.state)}"
