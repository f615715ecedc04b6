"""One ticket whole: what it is about, its state, who has it, everything that happened to it, and a place to comment."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.data.rows import TicketEventRow, TicketLine, TicketPage
from agent_desktop.data.words import Priority, TicketStatus
from agent_desktop.ui import dates, fields, labels, layouts, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.list_states import Message
from agent_desktop.ui.note_box import NoteField

_MOST_EVENTS = 60  # widgets shown at once; older ones come by a button
_ICONS = {
    "opened": "ticket", "comment": "message-square-text", "status": "circle-dot", "priority": "flag",
    "assigned": "user-check", "linked": "phone",
}  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketPanel", text)


def due(line: TicketLine) -> tuple[str, str]:
    """When an open ticket is due, and the tone: bad once it is late, warn within two hours."""
    if line.due_at is None or not line.status.is_open:
        return "", "text3"
    left = (line.due_at - clock.now()).total_seconds()
    if left < 0:
        return _tr("{0} late").format(dates.span(left)), "bad"
    return dates.relative(line.due_at) if left < 86400 else dates.day(line.due_at), "warn" if left < 7200 else "text"


class _Link(Button):
    """A link made of data: it takes the room there is and ends in an ellipsis, with the whole text in its tooltip."""

    def __init__(self, text: str, icon: str):
        super().__init__(text, icon, kind="link", height=26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(labels.plain_tooltip(text))

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(labels.plain_tooltip(text))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), theme.px(90)), hint.height())


class TicketPanel(QFrame):
    """Signals: comment(UUID, text); change(UUID, version, TicketStatus, Priority, agent UUID), None for each that
    stays; open_customer(UUID); open_interaction(UUID, channel).
    """

    comment = Signal(object, str)
    change = Signal(object, int, object, object, object)
    open_customer = Signal(object)
    open_interaction = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._page: TicketPage | None = None
        self._agents: tuple[tuple[UUID, str], ...] = ()
        self._drafts: dict[UUID, str] = {}
        self._all_events = False
        self._filling = False
        self._empty = Message()
        self._empty.set("ticket", self.tr("No ticket chosen"), self.tr("Choose one to see what happened to it"))
        self._build_head()
        self._build_events()
        self._build_comment()
        whole = QWidget()
        whole.setLayout(column((self._scroll, 1), rule(), self._comment_box, spacing=0))
        self._whole = whole
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(whole)
        self.setLayout(column(self._stack, margins=1))

    def _build_head(self) -> None:
        self.number, self.subject = label("", "small", "3", tabular=True), label("", "h1", wrap=True)
        self.opened, self.due = elided("", "small", "3"), label("", "small-b")
        self.customer = _Link("", "contact")
        self.customer.clicked.connect(self._open_customer)
        self.status, self.priority, self.assignee = QComboBox(), QComboBox(), QComboBox()
        for value in TicketStatus:
            self.status.addItem(wording.ticket_status(value), value)
        for level in Priority:
            self.priority.addItem(wording.priority(level), level)
        choices = []
        for name, choice in (
            (self.tr("Status"), self.status),
            (self.tr("Priority"), self.priority),
            (self.tr("Assigned to"), self.assignee),
        ):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(5)
            choice.activated.connect(self._changed)
            choices.append((fields.field(name, choice), 1))
        self._trouble_text = label("", "small", "bad", wrap=True)
        self._trouble = frame(
            row(Icon("triangle-alert", "bad"), (self._trouble_text, 1), spacing=10, margins=(12, 9, 12, 9)), note="bad"
        )
        self._head = QWidget()
        self._head.setLayout(
            column(
                row(self.number, (self.opened, 1), self.due),
                self.subject,
                self.customer,
                self._trouble,
                row(*choices, spacing=10),
                spacing=6,
                margins=(16, 12, 16, 12),
            )
        )

    def _build_events(self) -> None:
        self._events = QVBoxLayout()
        self._events.setContentsMargins(16, 12, 16, 12)
        self._events.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self._head, rule(), self._events, None, spacing=0))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that arrows can scroll it
        self._scroll.setAccessibleName(self.tr("What happened"))
        self._scroll.setWidget(inner)

    def _build_comment(self) -> None:
        self.editor = NoteField(self.tr("Comment"), self.tr("Add a comment"))
        self.editor.textChanged.connect(self._typed)
        self.send = Button(self.tr("Add comment"), "message-square-plus", kind="primary")
        self.send.clicked.connect(self.add_comment)
        self._comment_box = QWidget()
        self._comment_box.setLayout(column(self.editor, row(None, self.send), spacing=8, margins=(16, 10, 16, 12)))

    # ------------------------------------------------------------------ shown

    def set_agents(self, agents: Sequence[tuple[UUID, str]]) -> None:
        """Whom a ticket can be given to: (id, name)."""
        self._agents = tuple(agents)
        if self._page is not None:
            self._fill_choices(self._page.line)

    def ticket_id(self) -> UUID | None:
        return self._page.line.id if self._page else None

    def line(self) -> TicketLine | None:
        """The ticket as it is shown."""
        return self._page.line if self._page else None

    def set_page(self, page: TicketPage | None) -> None:
        """Show a ticket; the same one keeps the comment being typed and its place."""
        if page == self._page:
            return
        same = page is not None and self.ticket_id() == page.line.id
        self._page = page
        self._stack.setCurrentWidget(self._whole if page else self._empty)
        if page is None:
            return
        if not same:
            self._all_events = False
            self._filling = True
            self.editor.setPlainText(self._drafts.get(page.line.id, ""))
            self._filling = False
            self._say("")
        self._fill_head(page.line)
        self._fill_choices(page.line)
        self._fill_events(page)
        self._typed()

    def refused(self, ticket_id: UUID, why: str) -> bool:
        """A change was refused: the choices go back to what is stored. False where another ticket is shown."""
        if self._page is None or self._page.line.id != ticket_id:
            return False
        self._fill_choices(self._page.line)
        self._say(why)
        return True

    def focus_first(self) -> None:
        self.status.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill_head(self, line: TicketLine) -> None:
        self.number.setText(wording.ltr(line.number))
        self.subject.setText(wording.breakable(line.subject))
        words, tone = due(line)
        parts = [self.tr("opened {0}").format(dates.moment(line.opened_at, inside=True)), line.queue]
        self.due.setText(self.tr("due {0}").format(words) if words and tone != "bad" else words)
        self.due.set_tone(tone if tone in ("bad", "warn") else "2")
        self.opened.setText(" · ".join(part for part in parts if part))
        self.customer.setText(line.customer or self.tr("No customer"))
        self.customer.setEnabled(line.customer_id is not None)

    def _fill_choices(self, line: TicketLine) -> None:
        self.status.setCurrentIndex(self.status.findData(line.status))
        self.priority.setCurrentIndex(self.priority.findData(line.priority))
        self.assignee.clear()
        if not line.assignee:
            self.assignee.addItem(self.tr("Nobody"), None)
        for agent_id, name in self._agents:
            self.assignee.addItem(name, agent_id)
        if self.assignee.findText(line.assignee) < 0 and line.assignee:
            self.assignee.insertItem(0, line.assignee, None)
        self.assignee.setCurrentIndex(max(0, self.assignee.findText(line.assignee)))

    def _fill_events(self, page: TicketPage) -> None:
        bar = self._scroll.verticalScrollBar()
        place = bar.value()
        layouts.clear_layout(self._events)
        for line in page.interactions:
            text = " · ".join(
                part for part in (line.queue or line.title, line.agent, dates.moment(line.started_at)) if part
            )
            button = _Link(text, wording.CHANNEL_ICONS.get(line.channel, "circle"))
            button.setAccessibleName(self.tr("Open {0}").format(f"{wording.channel(line.channel)} {text}"))
            button.clicked.connect(lambda _on=False, at=line: self.open_interaction.emit(at.id, at.channel))
            self._events.addWidget(button)
        newest_first = page.events[::-1]
        for event in newest_first if self._all_events else newest_first[:_MOST_EVENTS]:
            self._events.addWidget(_event(event))
        if len(newest_first) > _MOST_EVENTS and not self._all_events:
            older = Button(
                self.tr("Show {0} older").format(len(newest_first) - _MOST_EVENTS), "rotate-ccw-clock", kind="link"
            )
            older.clicked.connect(self._show_all)
            self._events.addLayout(row(older, None))
        bar.setValue(place)

    def _show_all(self) -> None:
        self._all_events = True
        if self._page is not None:
            self._fill_events(self._page)
        self._scroll.setFocus()

    # ------------------------------------------------------------------- told

    def _typed(self) -> None:
        text = self.editor.toPlainText()
        self.send.setEnabled(bool(text.strip()))
        if self._page is not None and not self._filling:
            if text.strip():
                self._drafts[self._page.line.id] = text
            else:
                self._drafts.pop(self._page.line.id, None)

    def has_unsaved(self) -> bool:
        return bool(self._drafts)

    def add_comment(self) -> None:
        text = self.editor.toPlainText().strip()
        if text and self._page is not None:
            self._say("")
            self.comment.emit(self._page.line.id, text)
            self.editor.clear()
            self.editor.setFocus()

    def _changed(self) -> None:
        if self._page is None:
            return
        line = self._page.line
        status, priority = TicketStatus(self.status.currentData()), Priority(self.priority.currentData())
        agent = self.assignee.currentData() if self.assignee.currentText() != line.assignee else None
        new_status = status if status is not line.status else None
        new_priority = priority if priority is not line.priority else None
        if new_status or new_priority or agent:
            self._say("")
            self.change.emit(line.id, line.version, new_status, new_priority, agent)

    def _open_customer(self) -> None:
        if self._page is not None and self._page.line.customer_id is not None:
            self.open_customer.emit(self._page.line.customer_id)

    def _say(self, words: str) -> None:
        self._trouble_text.setText(words)
        self._trouble.setVisible(bool(words))


def _event(event: TicketEventRow) -> QWidget:
    """Who did what and when; the text of an opening or a comment below."""
    said = _said(event)
    spoken = event.kind in ("opened", "comment")
    head = row(
        Icon(_ICONS.get(event.kind, "circle"), "text3", 14),
        (
            elided(
                f"{event.agent} · {said}" if event.agent else said,
                "small-b" if spoken else "small",
                "" if spoken else "2",
            ),
            1,
        ),
        label(dates.moment(event.at), "small", "3", tabular=True),
    )
    result = QWidget()
    if spoken and event.text:
        text = label(wording.breakable(event.text), "body", "2", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        result.setLayout(column(head, row((text, 1), margins=(22, 0, 0, 0)), spacing=3))
    else:
        result.setLayout(column(head))
    return result


def _said(event: TicketEventRow) -> str:
    """An event in words: "status: Solved"."""
    if event.kind == "status" and event.text in list(TicketStatus):
        return _tr("status: {0}").format(wording.ticket_status(TicketStatus(event.text)))
    if event.kind == "priority" and event.text in list(Priority):
        return _tr("priority: {0}").format(wording.priority(Priority(event.text)))
    words = {
        "opened": _tr("opened it"),
        "comment": _tr("commented"),
        "assigned": _tr("gave it to {0}").format(event.text) if event.text else _tr("took it from everybody"),
        "linked": _tr("linked a call"),
    }
    return words.get(event.kind, f"{event.kind}: {event.text}" if event.text else event.kind)
