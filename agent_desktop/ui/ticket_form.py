"""A new ticket, pre-filled from the call, or a comment on one of the customer's open tickets."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.core.views import NewTicket
from agent_desktop.data.rows import TicketLine
from agent_desktop.data.words import Priority
from agent_desktop.ui import actions, theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.theme import restyle

_PRIORITIES = tuple(Priority)


class TicketForm(QFrame):
    """An overlay. Signals: create_ticket(NewTicket), add(UUID, str) for a comment, closed() when it is given up."""

    create_ticket = Signal(object)
    add = Signal(object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("overlay", True)
        self._prefill = NewTicket("")
        self._sent = False
        self.target = Choice(self.tr("New ticket, or an open one"))
        self.target.setMinimumContentsLength(12)
        self.subject = QLineEdit()
        self.subject.setMaxLength(200)
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        theme.size(self.body, minimum_height=110)
        self.priority = Segments([wording.priority(value) for value in _PRIORITIES], 1, self.tr("Priority"))
        self._title = label("", "title")
        self._customer = elided("", "small", "2")
        self._linked = elided("", "small", "2")
        self._error = label("", "small", "bad", wrap=True)
        self.close_button = ToolButton("x", self.tr("Close"), keys="Esc")
        self.cancel = Button(self.tr("Cancel"), keys="Esc", height=36)
        self.save = Button("", kind="primary", keys=actions.keys("complete"), height=36)
        self._lay_out()
        self.target.currentIndexChanged.connect(self._target_changed)
        self.subject.textChanged.connect(lambda: self._tell(""))
        self.subject.returnPressed.connect(self.submit)
        self.body.textChanged.connect(lambda: self._tell(""))
        self.close_button.clicked.connect(self.give_up)
        self.cancel.clicked.connect(self.give_up)
        self.save.clicked.connect(self.submit)
        self.setFocusProxy(self.subject)

    def _lay_out(self) -> None:
        self._new_only = QWidget()
        self._new_only.setLayout(
            column(
                field(self.tr("Subject"), self.subject, required=True),
                row(label(self.tr("Priority"), "small-b", "2"), None, self.priority),
                spacing=12,
            )
        )
        self._target_box = QWidget()
        self._target_box.setLayout(column(self.target))
        self._body_label = label("", "small-b", "2")
        self._body_label.setBuddy(self.body)
        self._call_icon = Icon("phone", "text3", 14)
        body = column(
            row(Icon("ticket", "text2", 18), (self._title, 1), self.close_button),
            row(Icon("user", "text3", 14), (self._customer, 2), self._call_icon, (self._linked, 3), spacing=6),
            self._target_box,
            self._new_only,
            self._body_label,
            (self.body, 1),
            self._error,
            rule(),
            row(self.cancel, None, self.save),
            spacing=12,
            margins=(20, 16, 20, 16),
        )
        self.setLayout(body)
        self._error.hide()

    # ----------------------------------------------------------------- filled

    def start(self, prefill: NewTicket, customer: str, linked: str, open_tickets: tuple[TicketLine, ...] = ()) -> None:
        """Begin afresh. ``prefill`` carries subject, text, priority, customer and call; ``customer`` and ``linked``
        say in words whose ticket it is and which call goes with it; ``open_tickets`` may be added to instead.
        """
        self._prefill, self._sent = prefill, False
        self.target.blockSignals(True)
        self.target.clear()
        self.target.addItem(self.tr("New ticket"), None)
        for line in open_tickets:
            self.target.addItem(self.tr("Add to {0} · {1}").format(line.number, line.subject), line.id)
        self.target.blockSignals(False)
        self._target_box.setVisible(bool(open_tickets))
        self.subject.setText(prefill.subject)
        self.body.setPlainText(prefill.body)
        known = [value.value for value in _PRIORITIES]
        self.priority.choose(known.index(prefill.priority) if prefill.priority in known else 1)
        self._customer.setText(customer or self.tr("No customer"))
        self._linked.setText(linked or self.tr("No call"))
        self._call_icon.setVisible(bool(linked))
        self._linked.setVisible(bool(linked))
        self._tell("")
        self._target_changed()

    def ticket(self) -> UUID | None:
        """The open ticket that is added to; None: a new one."""
        chosen = self.target.currentData()
        return chosen if isinstance(chosen, UUID) else None

    def submit(self) -> None:
        """Hand on what is entered, once, or say what is missing and go there."""
        if self._sent:
            return  # one key can arrive as the field's Enter and as the window's
        body, existing = self.body.toPlainText().strip(), self.ticket()
        if existing is not None:
            if not body:
                self._tell(self.tr("Write what should be added."), self.body)
            else:
                self._sent = True
                self.add.emit(existing, body)
            return
        subject = " ".join(self.subject.text().split())
        if not subject:
            self._tell(self.tr("A ticket needs a subject."), self.subject)
            return
        at = self.priority.chosen()
        self._sent = True
        self.create_ticket.emit(
            NewTicket(
                subject=subject,
                body=body,
                priority=_PRIORITIES[at if at is not None else 1].value,
                customer_id=self._prefill.customer_id,
                interaction_id=self._prefill.interaction_id,
                queue=self._prefill.queue,
            )
        )

    def give_up(self) -> None:
        self.closed.emit()

    def _target_changed(self) -> None:
        new = self.ticket() is None
        self._new_only.setVisible(new)
        self._title.setText(self.tr("New ticket") if new else self.tr("Add to a ticket"))
        self._body_label.setText(self.tr("Text") if new else self.tr("Comment"))
        self.body.setAccessibleName(self._body_label.text())
        self.save.setText(self.tr("Open ticket") if new else self.tr("Add comment"))
        self._tell("")

    def _tell(self, trouble: str, widget: QWidget | None = None) -> None:
        self._error.setText(trouble)
        self._error.setVisible(bool(trouble))
        restyle(self.subject, error=widget is self.subject)
        restyle(self.body, error=widget is self.body)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.submit()
        else:
            super().keyPressEvent(event)
