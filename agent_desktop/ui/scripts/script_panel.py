"""The script beside the call: what to say, the caller's answer by a digit or a field, and what comes next."""

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice_chip import ChoiceChip
from agent_desktop.ui.labels import Icon, elided, flowing
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.list_states import Message
from agent_desktop.ui.scripts.answer_box import CHOSEN_FROM, AnswerBox
from agent_desktop.ui.scripts.script_parts import (
    BehindList,
    ButtonColumn,
    NextList,
    NoteStrip,
    OtherScripts,
    SayBox,
)
from agent_desktop.ui.wording import breakable

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RUNNING = (ScriptState.STEP, ScriptState.FINISHED)


class ScriptPanel(QWidget):
    """Signals, with the place they are meant for (one that the script has left is nobody's any more):

    answered(place, text): keep this and go on; gone_on(place); gone_back(); jumped(place); started_over();
    went_to(place): of the ways that are offered; acted(place, key); chosen(script id); link_opened(article);
    language_chosen(language); wrap_up_wanted(): the script is finished.

    The focus moves from step to step only while it is in here.
    """

    answered = Signal(str, str)
    gone_on = Signal(str)
    gone_back = Signal()
    jumped = Signal(str)
    went_to = Signal(str)
    started_over = Signal()
    acted = Signal(str, str)
    chosen = Signal(str)
    link_opened = Signal(str)
    language_chosen = Signal(str)
    wrap_up_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = ScriptView()
        self._owner: Hashable = None
        self._went_on = False  # with what somebody else began
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # for the moment in which there is nothing to press
        self._build()
        self._wire()
        self._show_page()
        self._show_message()

    # ------------------------------------------------------------------ built

    def _build(self) -> None:
        self.title = elided("", "body-b")
        self.change = Button(self.tr("Change"), kind="link", height=26)
        self.change.setToolTip(self.tr("Choose another script"))
        self.language = ChoiceChip(self.tr("Language"), (("", ""),), always=True)
        self.why = flowing("", "caption", "3")
        self.strip, self.say = NoteStrip(), SayBox()
        self.links, self.offered = ButtonColumn(self.tr("To read")), ButtonColumn(self.tr("To do"))
        self.answer = AnswerBox()
        self.trouble, self.ways = flowing("", "small", "bad"), ButtonColumn(self.tr("Go on with"))
        self.next_list, self.behind = NextList(), BehindList()
        head = row(Icon("book-open", "text3"), (self.title, 1), self.language, self.change, spacing=8)
        parts = (
            self.strip,
            self.say,
            self.links,
            self.answer,
            self.trouble,
            self.ways,
            self.offered,
            self.next_list,
            self.behind,
        )
        body = column(column(head, self.why, spacing=3), *parts, None, spacing=12, margins=(16, 12, 16, 12))
        self.message, self.others = Message(), OtherScripts()
        self._pages = QStackedWidget()
        self._script_page = _scrolling(body, self.tr("Script"))
        self._others_page = _scrolling(column(self.others, None, margins=(16, 14, 16, 14)), self.tr("Other scripts"))
        for page in (self._script_page, self.message, self._others_page):
            self._pages.addWidget(page)
        self.back = Button(self.tr("Back"), "arrow-left", keys="Backspace", height=36)
        self.go = Button(self.tr("Next"), kind="primary", keys="Enter", height=36).spread()
        buttons = row(self.back, (self.go, 1), spacing=8, margins=(16, 10, 16, 14))
        self._foot = QWidget()
        self._foot.setLayout(column(rule(), buttons, spacing=0))
        self.setLayout(column((self._pages, 1), self._foot, spacing=0))

    def _wire(self) -> None:
        self.change.clicked.connect(self.open_others)
        self.language.changed.connect(self.language_chosen)
        self.message.pressed.connect(self.open_others)
        self.answer.picked.connect(lambda value: self.answered.emit(self._place(), value))
        self.links.pressed.connect(self.link_opened)
        self.offered.pressed.connect(lambda key: self.acted.emit(self._place(), key))
        self.strip.first.connect(self._go_on_here)
        self.strip.second.connect(self.started_over)
        self.others.chosen.connect(self._choose)
        self.others.left.connect(self._keep)
        self.behind.chosen.connect(self.jumped)
        self.ways.pressed.connect(self.went_to)
        self.back.clicked.connect(self._back)
        self.go.clicked.connect(self._enter)

    # ------------------------------------------------------------------ shown

    def view(self) -> ScriptView:
        return self._view

    def set_view(self, view: ScriptView, owner: Hashable = None) -> None:
        """Show where a script stands; ``owner`` is the interaction. What is typed at a step that stays is kept."""
        if (view, owner) == (self._view, self._owner):
            return
        before, held = (_spot(self._view), self._owner), self._has_focus()
        other = owner != self._owner
        self._view, self._owner = view, owner
        same = before == (_spot(view), owner)
        if other:
            self._went_on = False
        if not same:
            self._show_page()
        if self._pages.currentWidget() is self._others_page:
            self.others.set(view.offers, present=view.state in _RUNNING)
        if view.state in _RUNNING:
            self._fill(same=same)
        else:
            self._show_message()
        if not same and held:
            self._follow()
        if not same and view.step.say:
            announce(self, view.step.say)

    def _show_page(self) -> None:
        running = self._view.state in _RUNNING
        self._pages.setCurrentWidget(self._script_page if running else self.message)
        self._foot.setVisible(running)

    def _show_message(self) -> None:
        view = self._view
        if view.state is ScriptState.UNAVAILABLE:
            advice = view.why or self.tr("The call goes on without one.")
            self.message.set("cloud-off", self.tr("No script can be read now"), advice)
        elif view.state is ScriptState.NO_SCRIPT:
            button = self.tr("Choose a script") if view.offers else ""
            self.message.set("book-open", self.tr("No script for this call"), view.why, button, sign="scroll-text")
        else:
            self.message.set("book-open", "")

    def _fill(self, *, same: bool) -> None:
        view, step = self._view, self._view.step
        self.title.setText(view.title)
        self.why.setText(breakable(view.why))
        self.why.setVisible(bool(view.why))
        self.language.set_options([(each, each.upper()) for each in view.languages or (view.language,)])
        self.language.set_value(view.language)
        self.language.setVisible(len(view.languages) > 1)
        finished = view.state is ScriptState.FINISHED
        self._show_strip()
        self.say.set(step)
        self.say.setVisible(bool(step.say or step.title or step.hint))
        self.links.set_links(step.links)
        self.answer.set(None if finished else step.question, (self._owner, *_spot(view)))
        self.trouble.setText(breakable(step.error))
        self.trouble.setVisible(bool(step.error))
        self.ways.set_ways(step.ways)
        self.offered.set_actions(step.actions)
        self.next_list.set(() if finished else step.next)
        self.behind.set(step.behind)
        self.back.setEnabled(step.can_go_back)
        self.go.setText(self.tr("To wrap-up") if finished else self.tr("Next"))
        if not same:
            self._script_page.verticalScrollBar().setValue(0)

    def _show_strip(self) -> None:
        view = self._view
        if view.state is ScriptState.FINISHED:
            self.strip.set(self.tr("The script is finished. The answers are kept with the call."), "ok")
        elif view.resumed_from and not self._went_on:
            words = self.tr("Begun before: {0}").format(view.resumed_from)
            self.strip.set(words, "info", (self.tr("Go on from there"), self.tr("Start over")))
        else:
            self.strip.set("" if view.kept else self.tr("A test run: nothing is kept."), "info")

    # ------------------------------------------------------------------ focus

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    def focus_first(self) -> None:
        """Go to what is asked, else to what leads on."""
        self._follow(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        view, shown = self._view, self._pages.currentWidget()
        if shown is self._others_page:
            self.others.focus_first()
        elif shown is self.message:
            self.setFocus(reason)  # where there is a button, it is the button's
            self.message.focus_button(reason)
        elif self.strip.yes.isVisibleTo(self):
            self.strip.yes.setFocus(reason)
        elif view.state is ScriptState.STEP and view.step.question is not None:
            self.answer.focus_first(reason)
        else:
            self.go.setFocus(reason)

    # ------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the focused part has no use for: digits answer, Enter goes on, Backspace goes back."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and self._pages.currentWidget() is self._script_page and self._take(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take(self, key: int) -> bool:
        if key in _ENTER:
            self._press_or_enter()
        elif key == Qt.Key.Key_Backspace:
            self._back()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return self._digit(key - Qt.Key.Key_1)
        else:
            return False
        return True

    def _digit(self, at: int) -> bool:
        writes = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        return self._view.state is ScriptState.STEP and not writes and self.answer.choices.pick(at)

    def _press_or_enter(self) -> None:
        """Enter presses the button that has the focus; a script that somebody else began goes on with it, too."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and focused is not self.go:
            focused.click()
        else:
            self._enter()

    # ------------------------------------------------------------------- told

    def _place(self) -> str:
        return self._view.step.place

    def _enter(self) -> None:
        """Give the answer that is typed, or go on with the one that was given."""
        question = self._view.step.question
        if self._view.state is ScriptState.FINISHED:
            self.wrap_up_wanted.emit()
        elif question is None or question.kind in CHOSEN_FROM:
            self.gone_on.emit(self._place())
        else:
            self.answer.sent()
            self.answered.emit(self._place(), self.answer.typed())

    def _back(self) -> None:
        if self._view.step.can_go_back:
            self.gone_back.emit()

    def _go_on_here(self) -> None:
        self._went_on = True
        self._show_strip()
        self._follow()

    def open_others(self) -> None:
        """The scripts that could be taken instead."""
        self.others.set(self._view.offers, present=self._view.state in _RUNNING)
        self._pages.setCurrentWidget(self._others_page)
        self._foot.hide()
        self.others.focus_first()

    def _choose(self, script_id: str) -> None:
        self._keep()
        self.chosen.emit(script_id)

    def _keep(self) -> None:
        held = self._has_focus()
        self._show_page()
        if held:
            self._follow()


def _spot(view: ScriptView) -> tuple[str, ScriptState, str]:
    """What is the same for two views of one step."""
    return view.script_id, view.state, view.step.place


def _scrolling(layout: QLayout, name: str) -> QScrollArea:
    inner = QWidget()
    inner.setLayout(layout)
    theme.size(inner, maximum_width=720)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area
