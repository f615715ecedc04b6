"""The workspace: Home while idle, else the caller, the contact history, and the panel with script and wrap-up."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QTabBar, QTextEdit, QWidget

from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.core.states import CallState
from agent_desktop.core.views import HomeView, PopView, WrapUpView
from agent_desktop.data.rows import CustomerLine, HistoryRow, WorkItem
from agent_desktop.ui import actions, theme
from agent_desktop.ui.home import Home
from agent_desktop.ui.layouts import column, frame, row, rule

PANEL_WIDTH = 372
_MIDDLE = 554  # below this the history would be too narrow: the panel becomes tabs of the middle
_HISTORY, _SCRIPT, _HANDOFF, _WRAP_UP = "history", "script", "handoff", "wrap_up"
_KNOWLEDGE = "knowledge"
_TAB_OF = {3: _SCRIPT, 4: _WRAP_UP, 5: _HANDOFF}  # of the panels that are reached by number


class TabbedPanel(QWidget):
    """Pages under tabs; the history joins them where the window is narrow."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pages: list[tuple[str, QWidget]] = []
        self.tabs = QTabBar()
        theme.dress(self.tabs, "body")
        self.tabs.setAccessibleName(name)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.stack = QStackedWidget()
        self.tabs.currentChanged.connect(self._changed)
        head = row((self.tabs, 1), margins=(16, 4, 16, 0))
        self.setLayout(column(head, rule(), (self.stack, 1), spacing=0))

    def insert(self, at: int, key: str, title: str, tip: str, page: QWidget) -> None:
        self._pages.insert(at, (key, page))
        self.stack.insertWidget(at, page)
        self.tabs.insertTab(at, title)
        self.tabs.setTabToolTip(at, f"{title} ({tip})")

    def take(self, key: str) -> QWidget:
        at = self._at(key)
        _key, page = self._pages.pop(at)
        self.tabs.removeTab(at)
        self.stack.removeWidget(page)
        return page

    def title(self, key: str) -> str:
        return self.tabs.tabText(self._at(key))

    def rename(self, key: str, title: str) -> None:
        self.tabs.setTabText(self._at(key), title)

    def show_page(self, key: str) -> None:
        self.tabs.setCurrentIndex(self._at(key))

    def show_first(self) -> None:
        self.tabs.setCurrentIndex(0)

    def page(self) -> str:
        return self._pages[self.tabs.currentIndex()][0]

    def _at(self, key: str) -> int:
        return next(at for at, (known, _page) in enumerate(self._pages) if known == key)

    def _changed(self, at: int) -> None:
        if 0 <= at < len(self._pages):
            self.stack.setCurrentWidget(self._pages[at][1])


class Workspace(QStackedWidget):
    """Holds ``home``, ``card``, ``history``, ``knowledge``, ``script``, ``handoff`` and ``wrap_up``, whose signals
    others connect to.

    With ``later`` all but Home are made by ``prepare``: they take as long as the rest of the window and belong behind
    its first picture. Signals: shown_changed(bool), prepared().

    A pop never moves focus. While nobody types, the answer to a call moves it to the script, where there is one, and
    the end of a call to the first field wrap-up needs.
    """

    shown_changed = Signal(bool)  # True: a caller is on screen, False: Home
    prepared = Signal()

    def __init__(self, *, later: bool = False) -> None:
        super().__init__()
        self.home = Home()
        self.addWidget(self.home)
        self._shown: QWidget = self.home
        self._is_prepared = False
        self._agent: tuple[UUID, str] | None = None
        self._pop: PopView | None = None
        self._wrap_up: WrapUpView | None = None
        self._script: tuple[ScriptView, UUID | None] = (ScriptView(), None)
        self._narrow = False
        self._picked = False  # the agent chose a tab for this caller: it stays
        if not later:
            self.prepare()

    def prepare(self) -> None:
        """Make everything that shows a caller; again does nothing."""
        if self._is_prepared:
            return
        self._is_prepared = True
        # Not before: these modules take as long to load as the window does to paint.
        from agent_desktop.ui.arrival_box import ArrivalBox
        from agent_desktop.ui.customer_card import CustomerCard
        from agent_desktop.ui.handoff_panel import HandoffPanel
        from agent_desktop.ui.history import History
        from agent_desktop.ui.knowledge.knowledge_panel import KnowledgePanel
        from agent_desktop.ui.scripts.script_panel import ScriptPanel
        from agent_desktop.ui.way_line import WayLine
        from agent_desktop.ui.wrap_up_form import WrapUpForm

        self.card, self.history, self.knowledge = CustomerCard(), History(), KnowledgePanel()
        self.handoff, self.wrap_up, self.arrival = HandoffPanel(), WrapUpForm(), ArrivalBox()
        self.way = WayLine()
        self.script = ScriptPanel()
        self.script.set_view(*self._script)
        self.script.wrap_up_wanted.connect(lambda: self.focus_panel(4))
        self._build()
        self.addWidget(self._caller)
        self.knowledge.counted.connect(self._knowledge_counted)
        self.card.all_tickets.connect(lambda: self._show_history("ticket"))
        self.panel.tabs.tabBarClicked.connect(self._tab_clicked)
        self.panel.tabs.currentChanged.connect(lambda _at: self._show_way())
        if self._agent is not None:
            self.wrap_up.set_agent(*self._agent)
        self.prepared.emit()

    def _build(self) -> None:
        self.panel = TabbedPanel(self.tr("Panels"))
        self.panel.insert(0, _SCRIPT, self.tr("Script"), actions.keys("panel_script"), self.script)
        self.panel.insert(1, _HANDOFF, self.tr("Handoff"), actions.keys("panel_handoff"), self.handoff)
        self.panel.insert(2, _WRAP_UP, self.tr("Wrap-up"), actions.keys("panel_wrap_up"), self.wrap_up)
        self.middle = TabbedPanel(self.tr("About the customer"))
        self._place_middle(self.middle)
        self._middle = frame(column((self.middle, 1), spacing=0, margins=1), card=True)
        self._panel_frame = frame(column(self.arrival, self.way, (self.panel, 1), spacing=0, margins=1), card=True)
        self._caller = QWidget()
        self._columns = row(self.card, (self._middle, 1), self._panel_frame, spacing=12, margins=12)
        self._caller.setLayout(self._columns)
        self.panel.hide()
        self._fit()

    def _place_middle(self, panel: TabbedPanel) -> None:
        """History and knowledge: the first tabs of the panel beside where there is no room for a middle."""
        keys = actions.keys
        panel.insert(0, _HISTORY, self.tr("History"), keys("panel_history"), self.history)
        panel.insert(1, _KNOWLEDGE, self.tr("Knowledge"), keys("panel_knowledge"), self.knowledge)
        self.history.set_titled(False)

    def _knowledge_counted(self, fitting: int) -> None:
        """How many articles fit stands on the tab."""
        name = self.tr("Knowledge")
        self._of_middle().rename(_KNOWLEDGE, f"{name} · {QLocale().toString(fitting)}" if fitting else name)

    def _of_middle(self) -> TabbedPanel:
        return self.panel if self._narrow else self.middle

    # ------------------------------------------------------------------ shown

    def set_home(self, view: HomeView) -> None:
        self.home.set_home(view)

    def set_work(self, items: tuple[WorkItem, ...], my_agent_id: UUID | None, as_of: datetime | None = None) -> None:
        self.home.set_work(items, my_agent_id, as_of)

    def set_agent(self, agent_id: UUID, name: str) -> None:
        """Who works here."""
        self._agent = agent_id, name
        if self._is_prepared:
            self.wrap_up.set_agent(agent_id, name)

    def set_pop(self, view: PopView | None) -> None:
        """Show a caller; None: nobody, Home again once no wrap-up is open either.

        Where Home was, card and history are on the screen before the panel is filled.
        """
        before, self._pop = self._pop, view
        if view is None:
            self._show()
            return
        self.prepare()
        new = before is None or _caller(before) != _caller(view)
        self.card.set_pop(view)
        owner = view.pop.card.id if view.pop.card is not None else str(_caller(view))
        self.history.set_history(view.pop.history, view.pop.history_total, owner)
        self.history.set_reason(self._no_history(view))
        if self.is_home() and self.isVisible() and not self._narrow:
            self.setCurrentWidget(self._caller)  # the panel is still hidden: it holds the last caller's words
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # the picture is the final one
            self._caller.repaint()
        self.arrival.set(view.arrival)
        self.handoff.set(view.handoff, view.call)
        self._choose_tab(view, before if not new else None, new=new)
        self._show()

    def set_wrap_up(self, view: WrapUpView | None) -> None:
        before, self._wrap_up = self._wrap_up, view
        if view is None and not self._is_prepared:
            return
        self.prepare()
        self.wrap_up.set_wrap_up(view)
        began = (
            view is not None
            and view.in_wrap_up
            and not (before is not None and before.interaction_id == view.interaction_id and before.in_wrap_up)
        )
        self._show()
        if began:
            self.panel.show_page(_WRAP_UP)
            self._go_to_wrap_up()
            if _typing():
                QTimer.singleShot(0, self, self._go_to_wrap_up)  # what was typed in may go with the call

    def set_script(self, view: ScriptView, owner: UUID | None) -> None:
        """Where the script of interaction ``owner`` stands. One that comes after the answer comes up, too."""
        before, self._script = self._script, (view, owner)
        if not self._is_prepared:
            return
        self.script.set_view(view, owner)
        self._say_first_words()
        came = view.state is ScriptState.STEP and (before[0].state is not ScriptState.STEP or before[1] != owner)
        state = self._pop.call.state if self._pop is not None and self._pop.call is not None else None
        answered = state in (CallState.TALKING, CallState.HELD) and self._offers_script()
        if came and answered and not self._picked and not self._keeps_focus():
            self._open_script()

    def _offers_script(self) -> bool:
        """Whether there is something to be said to the caller on the screen, who is still there."""
        view, owner = self._script
        ended = self._wrap_up is not None and self._wrap_up.in_wrap_up
        ours = self._pop is not None and self._pop.interaction_id == owner
        return ours and view.state is ScriptState.STEP and not ended

    def _open_script(self) -> None:
        """The script comes up, and has the digits unless somebody types elsewhere."""
        self.panel.show_page(_SCRIPT)
        if self.isVisible() and not _typing():
            self.script.focus_first()

    def _go_to_wrap_up(self) -> None:
        view = self._wrap_up
        if view is not None and view.in_wrap_up and not _typing():
            self.wrap_up.focus_first()

    def set_candidates(self, lines: tuple[CustomerLine, ...]) -> None:
        """The answer to ``card.search``."""
        self.card.set_candidates(lines)

    def add_history(self, rows: tuple[HistoryRow, ...]) -> None:
        """The answer to ``history.more_wanted`` and ``history.filter_wanted``."""
        self.history.add_rows(rows)

    def interaction(self) -> UUID | None:
        """The interaction whose wrap-up form is open."""
        return self.wrap_up.interaction() if self._is_prepared else None

    def is_prepared(self) -> bool:
        """Whether the parts that show a caller are there."""
        return self._is_prepared

    def is_home(self) -> bool:
        return self.currentWidget() is self.home

    def _show(self) -> None:
        busy = self._pop is not None or self._wrap_up is not None
        page = self._caller if busy and self._is_prepared else self.home
        if page is not self.home:
            self.panel.show()
        if page is self._shown:
            return
        self._shown = page
        if not busy:
            self.card.set_pop(None)
        self.setCurrentWidget(page)
        self.shown_changed.emit(busy)
        if not busy:
            self.panel.hide()  # to be filled for the next caller before it is seen

    def _no_history(self, view: PopView) -> str | None:
        words = {
            "looking": "",
            "choose": self.tr("Choose who is calling to see the contact history."),
            "offline": self.tr("The contact history cannot be read now. {0}").format(view.trouble),
            "withheld": self.tr("Without a number there is no contact history yet."),
        }
        return words.get(view.state)

    def _choose_tab(self, view: PopView, before: PopView | None, *, new: bool) -> None:
        """Handoff while it rings, from the answer on the script, or wrap-up without one, unless a tab was picked."""
        self.way.set(view.handoff)
        self._show_way()
        self._say_first_words()
        if new:
            self._picked = False
            self.middle.show_first()
        state = view.call.state if view.call is not None else None
        was = before.call.state if before is not None and before.call is not None else None
        if self._picked or (state is was and not new) or self._keeps_focus():
            return
        if state is CallState.RINGING:
            self.panel.show_page(_HISTORY if self._narrow else _HANDOFF)
        elif state in (CallState.TALKING, CallState.HELD) and self._offers_script():
            self._open_script()
        elif state is not None and not self._narrow:
            self.panel.show_page(_WRAP_UP)

    def _rings(self) -> bool:
        call = self._pop.call if self._pop is not None else None
        return call is not None and call.state is CallState.RINGING

    def _show_way(self) -> None:
        """While it rings the caller's way is on the screen, and their history: beside it, or else below."""
        elsewhere = self._narrow and self.panel.page() != _HANDOFF
        self.way.setVisible(elsewhere and self._rings() and not self.way.is_empty())

    def _say_first_words(self) -> None:
        """What is said first can be read before the answer, below the way."""
        view, owner = self._script
        ours = self._rings() and self._pop is not None and self._pop.interaction_id == owner
        told = ours and view.state is ScriptState.STEP
        self.handoff.set_first_words(view.title if told else "", view.step.say if told else "")

    def _keeps_focus(self) -> bool:
        """Whether somebody types inside the panel: then no tab changes under his hands."""
        focused = QApplication.focusWidget()
        return _typing() and focused is not None and self.panel.isAncestorOf(focused)

    def _tab_clicked(self, _at: int) -> None:
        self._picked = True

    # ------------------------------------------------------------------ panels

    def focus_panel(self, number: int) -> None:
        """Focus panel 1 caller, 2 history, 3 script, 4 wrap-up, 5 handoff, 6 knowledge; on Home the work list."""
        if self.is_home():
            self.home.focus_work()
        elif number == 1:
            self.card.focus_first()
        elif number == 2:
            self._show_history("")
        elif number == 6:
            self.show_knowledge()
            self.knowledge.focus_search()
        elif number in _TAB_OF:
            self._picked = True
            self.panel.show_page(_TAB_OF[number])
            if number == 5:
                self.handoff.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                (self.script if number == 3 else self.wrap_up).focus_first()

    def focus_filter(self) -> None:
        """Ctrl F: the filter field of the history, or the search for articles where these are on view."""
        if self.is_home():
            return
        if self._of_middle().page() == _KNOWLEDGE:
            self.knowledge.focus_search()
        else:
            self._of_middle().show_page(_HISTORY)
            self.history.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_knowledge(self) -> None:
        """Bring the articles up, without moving the focus."""
        self._picked = self._picked or self._narrow
        self._of_middle().show_page(_KNOWLEDGE)

    def _show_history(self, filter_key: str) -> None:
        self._of_middle().show_page(_HISTORY)
        if filter_key:
            self.history.choose(filter_key)
        target = self.history.timeline if self.history.timeline.isVisibleTo(self) else self.history.filter
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -------------------------------------------------------------------- room

    def _fit(self) -> None:
        """Three columns where the history keeps its width; else the history becomes the first tab of the panel."""
        needed = theme.px(self.card.WIDTH) + theme.px(PANEL_WIDTH) + theme.px(_MIDDLE) + 48
        narrow = self.width() < needed
        if narrow:
            self._panel_frame.setMinimumWidth(theme.px(PANEL_WIDTH))
            self._panel_frame.setMaximumWidth(16_777_215)
        else:
            self._panel_frame.setFixedWidth(theme.px(PANEL_WIDTH))
        self._columns.setStretch(2, 1 if narrow else 0)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        old, new = (self.middle, self.panel) if narrow else (self.panel, self.middle)
        shown, fitting = old.page(), old.title(_KNOWLEDGE)
        for key in (_HISTORY, _KNOWLEDGE):
            old.take(key)
        self._place_middle(new)
        new.rename(_KNOWLEDGE, fitting)
        if not narrow and shown in (_HISTORY, _KNOWLEDGE):
            ends = self._wrap_up is not None and self._wrap_up.in_wrap_up
            self.panel.show_page(_SCRIPT if self._offers_script() else _WRAP_UP if ends else _HANDOFF)
            self.middle.show_page(shown)
        self._middle.setVisible(not narrow)
        self._show_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_prepared:
            self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_is_prepared", False):
            self._fit()


def _caller(view: PopView) -> object:
    card = view.pop.card.id if view.pop.card is not None else None
    return view.interaction_id or (view.call.call_id if view.call is not None else None) or card or view.pop.number


def _typing() -> bool:
    """Whether the focus is where somebody writes; in a line without a word nobody does yet."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        return bool(focused.text()) and not focused.isReadOnly()
    return isinstance(focused, QPlainTextEdit | QTextEdit) and not focused.isReadOnly()
