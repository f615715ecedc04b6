"""The page of scripts wired: read and stored with the database's answer, tried out in a process of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_desktop import clock, tasks
from agent_desktop.core.scripts.model import Script, Step, said
from agent_desktop.core.scripts.returned import Returned
from agent_desktop.core.scripts.tryout import Tryout
from agent_desktop.core.scripts.writing import Writing, body_of, script_of
from agent_desktop.core.views import DatabaseView, Notice
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from agent_desktop.data.script_rows import RuleRow, ScriptLine, VersionRow, VersionState
from agent_desktop.ui import ask, file_dialogs
from agent_desktop.ui.scripts.returned_wiring import ReturnedWiring
from agent_desktop.ui.scripts.review_card import ReviewCard, ask_note

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.scripts.form_wiring import FormWiring
    from agent_desktop.ui.scripts.scripts_page import ScriptsPage

_MAX_FILE = 4_000_000  # bytes


class ScriptsWiring(QObject):
    """Offered to team leads, and to the one person who owns a file."""

    def __init__(self, window: "MainWindow", possible_changed: Callable[[], None]):
        super().__init__(window)
        self.window_ = window
        self.page: ScriptsPage | None = None
        self.tryout: Tryout | None = None
        self.forms: FormWiring | None = None
        self._row: VersionRow | None = None  # what is being edited, as it is stored
        self._rules_before: dict[UUID, RuleRow] = {}  # by id: what takes the last change of a rule back
        self._turn = 0  # counts what was to be opened: an answer for what nobody waits for any more is dropped
        self._possible_changed = possible_changed
        self.core = Writing(window.core.store, self._agent)
        self._wanted: UUID | None = None  # a script to open once the list is there
        self.returned = ReturnedWiring(
            window, Returned(window.core.store, self._agent, self.core.permission), self.open
        )
        self.core.permission.changed.connect(self._allowed)
        self.core.loaded.connect(self._loaded)
        window.core.store.changed.connect(self._changed)
        window.core.store.state_changed.connect(self._state)
        window.shell.page_shown.connect(self._shown)
        window.shell.undo.connect(self._undo)

    def _agent(self) -> UUID | None:
        agent = self.window_.session.agent
        return agent.id if agent is not None else None

    @property
    def allowed(self) -> bool:
        return self.core.permission.given

    def build(self) -> QWidget:
        """The page, when it is first shown."""
        from agent_desktop.ui.scripts.form_wiring import FormWiring
        from agent_desktop.ui.scripts.scripts_page import ScriptsPage

        page = self.page = ScriptsPage()
        tryout = self.tryout = Tryout(self.window_.session.settings.numbers.region, self)
        page.script_chosen.connect(self._leave_for)
        page.new_wanted.connect(self._new)
        page.save.connect(self._save)
        page.hand_in.connect(self._hand_in)
        page.publish.connect(lambda: self._review(publish=True))
        page.give_back.connect(lambda: self._review(publish=False))
        page.import_wanted.connect(self._choose_file)
        page.export_wanted.connect(self._choose_place)
        page.reload_wanted.connect(self.load)
        page.edited.connect(self._try_out)
        page.versions.wanted.connect(self._compare)
        page.versions.opened.connect(self._write_on)
        page.versions.used.connect(self._use)
        page.form.rules.save.connect(self._save_rule)
        page.form.rules.new_wanted.connect(self._new_rule)
        page.preview.begin_wanted.connect(tryout.begin)
        page.preview.caller_changed.connect(tryout.set_caller)
        panel = page.preview.panel
        panel.answered.connect(tryout.answer)
        panel.gone_on.connect(tryout.go_on)
        panel.gone_back.connect(tryout.back)
        panel.jumped.connect(tryout.jump)
        panel.went_to.connect(tryout.go_to)
        panel.acted.connect(tryout.act)
        panel.wrap_up_wanted.connect(tryout.begin)
        tryout.changed.connect(page.set_view)
        tryout.checked.connect(page.set_findings)
        self.forms = FormWiring(self.window_, page, self.core, tryout)
        tryout.failed.connect(lambda why: page.preview.set_trouble(self.tr("It cannot be tried out: {0}").format(why)))
        return page

    def load(self) -> None:
        if self.page is not None:
            self.core.load(self._not_loaded)

    def open(self, script_id: UUID) -> None:
        """Go to the page and to this script."""
        self._wanted = script_id
        if self.window_.shell.current() == "scripts":
            self.load()
        else:
            self.window_.shell.show_page("scripts")

    def close(self) -> None:
        """The window closes."""
        if self.tryout is not None:
            self.tryout.stop()

    def save_now(self) -> bool:
        """The save key; False if this page is not in sight or nothing was written."""
        return self.page is not None and self.page.save_now()

    # ---------------------------------------------------------- what happened

    @Slot(bool)
    def _allowed(self, allowed: bool) -> None:
        self.window_.shell.set_page("scripts", self.build, allowed)
        self._possible_changed()

    @Slot(str)
    def _shown(self, name: str) -> None:
        if name == "scripts":
            self.load()
            if self.forms is not None:
                self.forms.refresh()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.catalogue and self.page is not None and self.page.isVisible():
            self.load()

    @Slot(object)
    def _state(self, view: DatabaseView) -> None:
        if self.page is not None:
            self.page.banner.set(view.trouble, view.advice)

    @Slot(object)
    def _loaded(self, lines: tuple[ScriptLine, ...]) -> None:
        page = self.page
        if page is None:
            return
        page.set_scripts(lines)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._unless_touched(lambda: self._open(wanted))  # anew, where it is open already
        elif page.document.script is None and lines:
            self._open(lines[0].id)
        elif self._row is not None:
            self._read_beside(self._row.script_id)
        self._show_rules()

    def _not_loaded(self, error: Exception) -> None:
        assert self.page is not None
        if self.page.document.script is None:
            self.page.states.show_trouble(*self._words(error))

    # ----------------------------------------------------------------- opened

    @Slot(object)
    def _leave_for(self, script_id: UUID) -> None:
        """What was not stored is only left after a question."""
        if self._row is None or script_id != self._row.script_id:
            self._unless_touched(lambda: self._open(script_id))

    def _unless_touched(self, go: Callable[[], None]) -> None:
        page = self.page
        assert page is not None
        if not page.document.is_touched():
            go()
            return
        page.set_scripts(self.core.lines)  # the choice stays until the answer
        title, words = self.tr("Leave without saving?"), self.tr("What you changed in this script is lost.")
        ask.confirm(self.window_, title, words, self.tr("Leave"), go, danger=True)

    def _open(self, script_id: UUID, number: int = 0) -> None:
        newest = next((line.newest for line in self.core.lines if line.id == script_id), 0)
        self.core.read(script_id, number or newest, self._for_this_turn(self._take), self._failed)

    def _for_this_turn(self, take: Callable[[VersionRow | None], None]) -> Callable[[VersionRow | None], None]:
        self._turn += 1
        turn = self._turn
        return lambda row: take(row) if turn == self._turn else None

    def _take(self, row: VersionRow | None) -> None:
        script = script_of(row) if row is not None else None
        page = self.page
        assert page is not None
        if row is None or script is None:
            page.set_trouble(self.tr("This version cannot be read by this program."))
            return
        if self._row is None or self._row.script_id != row.script_id:
            page.form.rules.clear()
        self._row = row
        page.open(row.script_id, script, row.state, self._who(row))
        self._read_beside(row.script_id)
        self._show_rules()

    def _who(self, row: VersionRow) -> str:
        line = next((line for line in self.core.lines if line.id == row.script_id), None)
        words = self.tr("Version {0}").format(row.number)
        return f"{words}, {line.author}" if line is not None and line.author else words

    def _read_beside(self, script_id: UUID) -> None:
        page = self.page
        assert page is not None
        self.core.history(
            script_id, lambda found: page.set_history(found.versions, found.reviews, found.eyes), lambda error: None
        )
        self.core.figures(script_id, page.set_figures, lambda error: None)

    @Slot()
    def _new(self) -> None:
        self._unless_touched(self._make)

    def _make(self) -> None:
        taken = {line.key for line in self.core.lines} | ({self._row.key} if self._row is not None else set())
        number = next(number for number in range(1, len(taken) + 2) if f"script_{number}" not in taken)
        first = Step(id="greet", title=self.tr("Greeting"), say=self.tr("Hello, this is {{ agent.name }}."))
        self._begin(Script(id=f"script_{number}", title=self.tr("New script"), steps=(first,)))

    def _begin(self, script: Script) -> None:
        """A script that was never stored; one that is there already gets another version."""
        page = self.page
        assert page is not None
        known = next((line for line in self.core.lines if line.key == script.id), None)
        if known is not None:
            put = self._for_this_turn(lambda row: self._put(row, script))
            self.core.read(known.id, known.newest, put, self._failed)
            return
        self._turn += 1
        self._row = VersionRow(new_id(), script.id, 0, 0, VersionState.DRAFT, self._agent(), "", {}, {})
        page.open(self._row.script_id, script, None, "")
        page.form.rules.clear()
        self._show_rules()
        page.set_history(())

    def _put(self, row: VersionRow | None, script: Script) -> None:
        """``script`` over the newest version of the same name, to be taken back like anything typed."""
        self._take(row)
        if self.page is not None and row is not None:
            self.page.document.change(script)

    # ----------------------------------------------------------------- stored

    def _draft(self) -> tuple[VersionRow, Script] | None:
        page, row = self.page, self._row
        script = page.document.script if page is not None else None
        if page is None or row is None or script is None:
            return None
        try:
            key = row.key if row.number else script.id  # undone to before its first save it keeps its name
            return replace(row, key=key, body=body_of(replace(script, id=key)), parts={}), script
        except msgspec.ValidationError as error:
            page.set_trouble(self.tr("It cannot be stored as it is: {0}").format(error))
            return None

    @Slot()
    def _save(self) -> None:
        self._store(lambda _row: self._notify(self.tr("The draft is stored.")))

    def _store(self, then: Callable[[VersionRow], None]) -> None:
        found, page = self._draft(), self.page
        if found is None or page is None:
            return
        draft, script = found

        def stored(row: VersionRow) -> None:
            self._row = row
            if page.document.script is script:
                page.document.stored()
            page.set_trouble("")
            page.set_state(row.state, self._who(row))
            then(row)

        self.core.save(draft, said(script.title, script.languages[0]), stored, self._failed)

    @Slot()
    def _hand_in(self) -> None:
        card = ReviewCard(
            self.tr("Hand in for review"), self.tr("Somebody else looks it through and publishes it."),
            self.tr("What is new, for whoever looks it through"), self.tr("Hand in"),
        )  # fmt: skip
        ask_note(self.window_, card, self._hand_in_with)

    def _hand_in_with(self, note: str) -> None:
        page = self.page
        if page is not None and page.document.is_touched():
            self._store(lambda row: self._hand_in_row(row, note))
        elif self._row is not None:
            self._hand_in_row(self._row, note)

    def _hand_in_row(self, row: VersionRow, note: str) -> None:
        script = script_of(row)
        if script is None:
            return
        parts = {name: body_of(part) for name, part in self.core.parts(script).items()}
        handed = replace(row, parts=parts)
        words = self.tr("Handed in: somebody else looks it through now.")
        self.core.hand_in(handed, note, lambda _none: self._again(words), self._failed)

    def _review(self, *, publish: bool) -> None:
        """Publish what was handed in, or give it back, with a word to its author."""
        if publish:
            card = ReviewCard(
                self.tr("Publish"), self.tr("Calls get this version from now on; those under way keep theirs."),
                self.tr("Note, kept with the version"), self.tr("Publish"),
            )  # fmt: skip
        else:
            card = ReviewCard(
                self.tr("Give back"), self.tr("It becomes a draft again, and your words stand above it."),
                self.tr("What is to be changed"), self.tr("Give back"), needed=True,
            )  # fmt: skip
        ask_note(self.window_, card, lambda note: self._reviewed(note, publish=publish))

    def _reviewed(self, note: str, *, publish: bool) -> None:
        row = self._row
        if row is not None:
            words = self.tr("Published: calls get it from now on.") if publish else self.tr("Given back as a draft.")
            self.core.review(row, note, lambda _none: self._again(words), self._failed, publish=publish)

    @Slot(int)
    def _use(self, number: int) -> None:
        row = self._row
        if row is not None:
            words = self.tr("Calls get version {0} again.").format(number)
            self.core.use(row.script_id, number, lambda _none: self._again(words), self._failed)

    def _again(self, words: str) -> None:
        """It stands otherwise in the database now."""
        self._notify(words)
        if self._row is not None:
            self._open(self._row.script_id, self._row.number)

    def _notify(self, words: str) -> None:
        self.window_.shell.notify(Notice(words, "ok"))

    def _failed(self, error: Exception) -> None:
        if self.page is not None:
            self.page.set_trouble(" ".join(self._words(error)).strip())

    def _words(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, Refused):
            return error.text, ""
        if isinstance(error, tasks.Late):
            return self.tr("The database gave no answer in time."), self.tr("Look whether it was stored all the same.")
        if isinstance(error, DatabaseTrouble):
            return error.text, self.tr("Nothing was changed.")
        return self.tr("Something went wrong in this program."), self.tr("It is in the log; nothing was changed.")

    # --------------------------------------------------------------- versions

    @Slot(int)
    def _compare(self, number: int) -> None:
        row, page = self._row, self.page
        if row is None or page is None:
            return

        from agent_desktop.core.scripts import edits

        def answer(found: VersionRow | None) -> None:
            before, now = script_of(found) if found is not None else None, page.document.script
            if now is not None and before is not None:
                page.versions.show_difference(number, edits.difference(before, now))

        self.core.read(row.script_id, number, answer, self._failed)

    @Slot(int)
    def _write_on(self, number: int) -> None:
        """An older version's words in the place of the present ones, to be taken back like anything typed."""
        row, page = self._row, self.page
        if row is None or page is None:
            return

        def answer(found: VersionRow | None) -> None:
            script = script_of(found) if found is not None else None
            if script is not None:
                page.document.change(script)

        self.core.read(row.script_id, number, answer, self._failed)

    # ------------------------------------------------------------------ rules

    def _show_rules(self) -> None:
        page, row = self.page, self._row
        if page is None or row is None:
            return
        queues = [(queue.name, queue.label) for queue in self.window_.session.centre.queues]
        page.form.rules.set_queues(queues)
        page.form.rules.set(tuple(rule for rule in self.core.rules if rule.script_id == row.script_id))

    @Slot()
    def _new_rule(self) -> None:
        page, row = self.page, self._row
        if page is None or row is None:
            return
        if row.number == 0:
            page.set_trouble(self.tr("Save the script first: a rule names one that is stored."))
            return
        position = max((rule.position for rule in self.core.rules), default=0) + 1
        page.form.rules.begin(RuleRow(new_id(), row.script_id, position=position))

    @Slot(object)
    def _save_rule(self, rule: RuleRow) -> None:
        """A rule counts at once, so what takes it back stands in the notice."""
        words = self.tr("The rule is stored.") if rule.active else self.tr("The rule is removed.")
        before = next((each for each in self.core.rules if each.id == rule.id), replace(rule, active=False))
        taken_back = replace(before, version=rule.version + 1)

        def stored(_none: None) -> None:
            self._rules_before[rule.id] = taken_back
            self.window_.shell.notify(Notice(words, "ok", self.tr("Undo"), rule.id))

        self.core.save_rule(rule, stored, self._failed)

    @Slot(object)
    def _undo(self, notice: Notice) -> None:
        before = self._rules_before.pop(notice.token, None) if notice.token is not None else None
        if before is not None:
            self.core.save_rule(before, lambda _none: self._notify(self.tr("The rule is as before.")), self._failed)

    # ------------------------------------------------------------------ tried

    @Slot()
    def _try_out(self) -> None:
        page, tryout = self.page, self.tryout
        if page is None or tryout is None or page.document.script is None:
            return
        script = page.document.script
        tryout.load(script, self.core.parts(script), page.form.language.currentText() or script.languages[0])
        tryout.look_at(page.document.step_id)
        tryout.check()

    # ------------------------------------------------------------------ files

    @Slot()
    def _choose_file(self) -> None:
        kinds = [self.tr("Scripts (*.yaml *.yml)")]
        file_dialogs.choose_to_read(self.window_, self.tr("Read a script from a file"), kinds, self.read_file)

    def read_file(self, file: Path) -> None:
        """Open a script's file; it is stored when somebody says so."""
        from agent_desktop.core.scripts import files

        def read() -> Script:
            if file.stat().st_size > _MAX_FILE:
                raise ValueError(self.tr("the file is too large"))
            return files.read(file.read_text(encoding="utf-8"))

        def failed(error: Exception) -> None:
            if not isinstance(error, OSError | ValueError | files.FileWrong | tasks.Late):
                raise error
            if self.page is not None:
                self.page.set_trouble(self.tr("{0} cannot be read as a script: {1}").format(file.name, error))

        self.window_.core.tasks.work(read, self._begin, failed)  # a long one takes seconds

    @Slot()
    def _choose_place(self) -> None:
        page = self.page
        if page is None or page.document.script is None:
            return
        name = f"{page.document.script.id}-{clock.now():%Y-%m-%d}"
        kinds = {self.tr("Scripts (*.yaml)"): "yaml"}
        title = self.tr("Write the script into a file")
        file_dialogs.choose_to_write(self.window_, title, name, self.write_file, kinds)

    def write_file(self, file: Path) -> None:
        """The script as it stands, whether it is stored or not."""
        page = self.page
        assert page is not None
        if page.document.script is None:
            return
        from agent_desktop.core.scripts import files

        try:
            file.write_text(files.written(page.document.script), encoding="utf-8")
        except OSError as error:
            page.set_trouble(self.tr("{0} cannot be written: {1}").format(file.name, error))
            return
        self._notify(self.tr("Written into {0}").format(file.name))
