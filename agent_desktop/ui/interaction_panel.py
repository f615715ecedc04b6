"""One interaction whole, beside the list of calls: who, how it ended, what came with it, its legs and its notes."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.data.rows import CallLine, InteractionPage
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.ui import dates, labels, layouts, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import fact
from agent_desktop.ui.flow import flow
from agent_desktop.ui.identity_box import how_words
from agent_desktop.ui.labels import Icon, elided, label, tag
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.leg_lines import leg_lines
from agent_desktop.ui.list_states import Message
from agent_desktop.ui.note_box import Drafts, NoteBox
from agent_desktop.ui.recording_lines import recording_lines

_TAGS = {Outcome.ANSWERED: "ok", Outcome.TRANSFERRED: "ok", Outcome.MISSED: "bad", Outcome.REFUSED: "bad"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("InteractionPanel", text)


def number(raw: str) -> str:
    """A number as people read it, kept left to right."""
    return wording.phone(raw)


def who(line: CallLine) -> str:
    """The customer's name, else the number, else that it was withheld."""
    return line.customer or number(line.number) or _tr("Withheld number")


class InteractionPanel(QFrame):
    """Signals: dial(number), open_customer(UUID), link(interaction), save_note(interaction, note or None, text, text
    before);    copy(text): put it on the clipboard."""

    dial = Signal(str)
    open_customer = Signal(object)
    link = Signal(object)
    save_note = Signal(object, object, str, str)
    copy = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._drafts: Drafts = {}
        self._page: InteractionPage | None = None
        self._store = ""
        self.boxes: list[NoteBox] = []  # the notes, and last the place for a new one
        self._empty = Message()
        self._empty.set(
            "mouse-pointer-click", self.tr("No call chosen"), self.tr("Choose one to see its legs and notes")
        )
        self._body = QVBoxLayout()
        self._body.setContentsMargins(16, 14, 16, 16)
        self._body.setSpacing(10)
        inner = QWidget()
        inner.setLayout(self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.setLayout(column(self._stack, margins=1))

    def set_store(self, folder: str) -> None:
        """The folder that recordings are moved to, for those that are shown from now on."""
        self._store = folder

    def interaction_id(self) -> UUID | None:
        return self._page.line.id if self._page else None

    def customer_id(self, interaction_id: UUID) -> UUID | None:
        """Whose it is, as it is shown."""
        return self._page.line.customer_id if self._page and self._page.line.id == interaction_id else None

    def show_line(self, line: CallLine) -> None:
        """What the list already knows, until ``set_page`` brings the rest."""
        if self.interaction_id() != line.id:
            self.set_page(InteractionPage(line))

    def set_page(self, page: InteractionPage | None) -> None:
        """Show a page; the same interaction keeps its place and what is being typed."""
        if page == self._page:
            return
        same = page is not None and self.interaction_id() == page.line.id
        place = self._scroll.verticalScrollBar().value() if same else 0
        typing = next((box.caret() for box in self.boxes if box.is_typing()), None) if same else None
        self._page = page
        self._stack.setCurrentWidget(self._scroll if page else self._empty)
        layouts.clear_layout(self._body)
        self.boxes = []
        if page is None:
            return
        self._head(page)
        self._facts(page)
        self._notes(page)
        if page.handoff or page.said:
            self._section("route", self.tr("How the caller got here"))
            known = {value for _, value in page.handoff}
            for name, value in page.handoff:
                self._body.addLayout(fact(name, value))
            for said in page.said:
                if said.value not in known:  # what the headers say too stands once
                    self._body.addLayout(fact(said.label, said.value))
        if page.checks:
            self._section("shield-check", self.tr("Identity check"), str(len(page.checks)))
            for check in page.checks:
                went = self.tr("right") if check.right else self.tr("wrong")
                words = ", ".join(part for part in (went, check.agent, dates.clock_time(check.at)) if part)
                self._body.addLayout(fact(how_words(check.question), words))
        if page.legs:
            self._section("git-branch", self.tr("Legs"), str(len(page.legs)))
            for leg in page.legs:
                self._body.addWidget(leg_lines(leg))
        if page.recordings:
            self._section("circle-dot", self.tr("Recordings"), str(len(page.recordings)))
            for recording in page.recordings:
                self._body.addWidget(recording_lines(recording, self._store, self.copy.emit))
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(place)
        for box in self.boxes:
            if typing is not None and box.key == typing[0]:
                box.resume(typing[1])

    def focus_first(self) -> None:
        """Keyboard focus to the first thing one can do here."""
        if self._page is not None:
            self.main_button.setFocus(Qt.FocusReason.TabFocusReason)

    # ------------------------------------------------------------------ parts

    def _head(self, page: InteractionPage) -> None:
        line = page.line
        words = {Direction.INBOUND: self.tr("Incoming"), Direction.OUTBOUND: self.tr("Outgoing")}
        parts = [words.get(line.direction, self.tr("Internal")), line.queue, dates.moment(line.started_at)]
        under = elided(" · ".join(part for part in parts if part), "small", "3")
        under.setToolTip(labels.plain_tooltip(dates.exact(line.started_at)))
        name = elided(who(line), "h1")
        tags = [tag(wording.outcome(line.outcome), _TAGS.get(line.outcome, "true"))]
        if line.disposition:
            tags.append(tag(line.disposition))
        self._body.addLayout(column(name, under, flow(*tags), spacing=5))
        self.call_button = Button(self.tr("Call"), "phone")
        self.call_button.setEnabled(bool(line.number))
        self.call_button.clicked.connect(lambda: self.dial.emit(line.number))
        if line.customer_id is not None:
            customer_id = line.customer_id
            self.main_button = Button(self.tr("Open customer"), "contact")
            self.main_button.clicked.connect(lambda: self.open_customer.emit(customer_id))
            self.link_button = Button(self.tr("Change"), "link", kind="ghost")
            self.link_button.setToolTip(self.tr("Link this call to another customer"))
        else:
            self.link_button = self.main_button = Button(self.tr("Link to customer"), "link", kind="primary")
        self.link_button.clicked.connect(lambda: self.link.emit(line.id))
        buttons = dict.fromkeys((self.main_button, self.call_button, self.link_button))
        self._body.addWidget(flow(*buttons, spacing=8))

    def _facts(self, page: InteractionPage) -> None:
        line = page.line
        self._body.addWidget(rule())
        shown = (
            (self.tr("Number"), number(line.number)),
            (self.tr("Agent"), line.agent),
            (self.tr("Waited"), "" if line.wait_s is None else dates.duration(line.wait_s)),
            (self.tr("Talked"), "" if line.talk_s is None else dates.duration(line.talk_s)),
            (self.tr("Reason"), page.reason),
        )
        for name, value in shown:
            if value:
                self._body.addLayout(fact(name, value))

    def _section(self, icon: str, title: str, right: str = "") -> None:
        self._body.addSpacing(2)
        self._body.addWidget(rule())
        items: list[layouts.Item] = [Icon(icon, "text2"), label(title, "body-b"), None]
        if right:
            items.append(label(right, "small", "3", tabular=True))
        self._body.addLayout(row(*items))

    def _notes(self, page: InteractionPage) -> None:
        self._section("sticky-note", self.tr("Notes"))
        self.boxes = [NoteBox(page.line.id, note, self._drafts) for note in (*page.notes, None)]
        for box in self.boxes:
            box.saved.connect(lambda note, text, before, at=page.line.id: self.save_note.emit(at, note, text, before))
            self._body.addWidget(box)
