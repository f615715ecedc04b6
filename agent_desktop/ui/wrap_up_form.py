"""Wrap-up: disposition, reason, notes, ticket and callback of one interaction, and the clock of the time allowed."""

from collections import OrderedDict
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QWidget,
)

from agent_desktop.core.views import CallbackRequest, WrapUpResult, WrapUpView
from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.data.rows import TicketLine
from agent_desktop.data.words import TicketStatus
from agent_desktop.ui import actions, due_time, icons, note_edit, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.disposition_group import DispositionGroup
from agent_desktop.ui.labels import Icon, elided, label, plain_tooltip, tag
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.wrap_up_clock import clock_words

_REMEMBERED = 8  # forms kept while the agent goes from one call to another
_SETTABLE = (TicketStatus.OPEN, TicketStatus.WAITING, TicketStatus.SOLVED, TicketStatus.CLOSED)


class WrapUpForm(QWidget):
    """Open from the first ring until completed. Signals:

    completed(WrapUpResult); draft(WrapUpResult): save draft, or another interaction takes the form over;
    note_changed(str): at most every 250 ms while typing; extend(): more time, please.
    """

    completed = Signal(object)
    note_changed = Signal(str)
    draft = Signal(object)
    extend = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: WrapUpView | None = None
        self._touched = False
        self._filling = False
        self._kept: OrderedDict[UUID, tuple[WrapUpResult, str]] = OrderedDict()
        self._build_fields()
        self._build_ticket()
        self._build_callback()
        self._build_foot()
        self._lay_out()
        self._wire()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.setEnabled(False)

    # ------------------------------------------------------------------ built

    def _build_fields(self) -> None:
        self._title = elided("", "small", "2")
        self._waiting = tag("")
        self._waiting.hide()
        self.dispositions = DispositionGroup()
        self.dispositions.setAccessibleName(self.tr("Disposition"))
        self._disposition_label = label("", "small-b", "2")
        self._disposition_hint = label("", "caption", "3")
        self._error = label("", "small", "bad", wrap=True)
        self._no_disposition = label(self.tr("No dispositions are set up."), "small", "3", wrap=True)
        self.reason = Choice(self.tr("Reason"))
        self._reason_label = label(self.tr("Reason"), "small-b", "2")
        self._reason_label.setBuddy(self.reason)
        self.note = note_edit.NoteEdit()
        self.note.setAccessibleName(self.tr("Notes"))
        theme.size(self.note, minimum_height=84, maximum_height=170)
        self._note_label = label(self.tr("Notes"), "small-b", "2")
        self._note_label.setBuddy(self.note)
        self._counter = label("", "caption", "3", tabular=True)

    def _build_ticket(self) -> None:
        self._seen: TicketLine | None = None  # the ticket to be updated, as it was when it was chosen
        self.ticket = QCheckBox("")
        theme.dress(self.ticket, "body")
        theme.size(self.ticket, minimum_height=26)
        self.ticket_choice = Choice(self.tr("Ticket"))
        self.ticket_status = Choice(self.tr("Status of the ticket"))
        for status in _SETTABLE:
            self.ticket_status.addItem(wording.ticket_status(status), status.value)
        self._ticket_row = QWidget()
        self._ticket_row.setLayout(
            row((self.ticket_choice, 3), (self.ticket_status, 2), spacing=8, margins=(24, 0, 0, 0))
        )

    def _build_callback(self) -> None:
        self.callback = QCheckBox(self.tr("Schedule a callback"))
        theme.dress(self.callback, "body")
        theme.size(self.callback, minimum_height=26)
        self.due = QLineEdit()
        self.due.setAccessibleName(self.tr("Callback: when"))
        self.due.setPlaceholderText(self.tr("tomorrow 17:30"))
        self.due.addAction(icons.icon("calendar-clock", "text3", 15), QLineEdit.ActionPosition.LeadingPosition)
        theme.size(self.due, minimum_width=110)
        self.who = Choice(self.tr("Callback: by whom"))
        self.who.addItem(self.tr("Me"), "me")
        self.who.addItem(self.tr("Anyone"), "anyone")
        self._due_words = label("", "caption", "3", wrap=True)
        self._callback_row = QWidget()
        self._callback_row.setLayout(
            column(row((self.due, 3), (self.who, 2), spacing=8), self._due_words, spacing=4, margins=(24, 0, 0, 0))
        )
        self._my_id: UUID | None = None

    def _build_foot(self) -> None:
        self._clock_icon = Icon("timer", "text3", 15)
        self._clock = elided("", "small", "2", tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Wrap-up time left"))
        self.more_time = Button(self.tr("Extend"), kind="ghost", keys=actions.keys("extend"), height=28)
        self.save = Button(self.tr("Save draft"), keys=actions.keys("save_draft"), height=36)
        self.done = Button(self.tr("Complete"), kind="primary", keys=actions.keys("complete"), height=36).spread()
        for button in (self.save, self.done):
            theme.size(button, minimum_width=100)

    def _lay_out(self) -> None:
        group = column(
            row(self._disposition_label, None, self._disposition_hint),
            self.dispositions,
            self._no_disposition,
            self._error,
            spacing=5,
        )
        self._reason_box = QWidget()
        self._reason_box.setLayout(column(row(self._reason_label, None), self.reason, spacing=5))
        notes = column(row(self._note_label, None, self._counter), (self.note, 1), spacing=5)
        fields = column(
            row((self._title, 1), self._waiting, spacing=8),
            group,
            self._reason_box,
            notes,
            self.ticket,
            self._ticket_row,
            self.callback,
            self._callback_row,
            spacing=8,
            margins=(16, 12, 16, 12),
        )
        fields.addStretch(1)
        inner = QWidget()
        inner.setLayout(fields)
        theme.size(inner, maximum_width=720)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = column(
            row(self._clock_icon, (self._clock, 1), self.more_time, spacing=7),
            self._bar,
            row(self.save, (self.done, 1), spacing=8),
            spacing=8,
            margins=(16, 10, 16, 14),
        )
        self.setLayout(column((self.area, 1), rule(), foot, spacing=0))
        self._error.hide()

    def _wire(self) -> None:
        self.dispositions.changed.connect(self._disposition_changed)
        self.note.counted.connect(self._count)
        self.note.typed.connect(self._note_typed)
        self.reason.currentIndexChanged.connect(self._touch)
        self.ticket.toggled.connect(self._ticket_toggled)
        self.ticket_choice.currentIndexChanged.connect(self._ticket_chosen)
        self.ticket_status.currentIndexChanged.connect(self._touch)
        self.callback.toggled.connect(self._callback_toggled)
        self.due.textChanged.connect(self._due_changed)
        self.who.currentIndexChanged.connect(self._touch)
        self.more_time.clicked.connect(self.extend)
        self.save.clicked.connect(self.save_draft)
        self.done.clicked.connect(self.complete)

    # ------------------------------------------------------------------ shown

    def set_agent(self, agent_id: UUID, name: str) -> None:
        """Who "me" is in a callback."""
        self._my_id = agent_id
        self.who.setItemText(0, self.tr("Me ({0})").format(name) if name else self.tr("Me"))

    def interaction(self) -> UUID | None:
        return self._view.interaction_id if self._view is not None else None

    def set_wrap_up(self, view: WrapUpView | None) -> None:
        """Show an interaction's wrap-up. For the same one only the clock, the lists and untouched fields change;
        another one first hands over what was entered as ``draft``, and finds again what it held itself.
        """
        if view == self._view:
            return
        before = self._view
        if before is not None and (view is None or view.interaction_id != before.interaction_id):
            self._leave()
        self._view = view
        self.setEnabled(view is not None)
        if view is None:
            self._second.stop()
            self._empty()
            return
        if before is None or before.interaction_id != view.interaction_id:
            self._enter(view)
        else:
            self._update(view, before)
        self._head(view)
        self._tick()
        if view.in_wrap_up and view.ends_at is not None:
            self._second.start()
        else:
            self._second.stop()

    def result(self) -> WrapUpResult:
        """What is entered now. Raises RuntimeError without an interaction."""
        if self._view is None:
            raise RuntimeError("no interaction is being wrapped up")
        chosen = self.dispositions.chosen()
        seen = self._seen if self.ticket.isChecked() else None
        return WrapUpResult(
            interaction_id=self._view.interaction_id,
            disposition_id=chosen.id if chosen is not None else None,
            reason=str(self.reason.currentData() or "") if chosen is not None and chosen.reasons else "",
            note=self.note.toPlainText(),
            callback=self._callback(),
            ticket=seen,
            ticket_status=str(self.ticket_status.currentData()) if seen is not None else "",
        )

    def focus_first(self) -> None:
        """Focus the disposition while there is none, where digits pick and letters go on in the notes; else these."""
        if self._view is not None and self._view.dispositions and self.dispositions.chosen() is None:
            self.dispositions.focus_choice(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever just starts to write on a disposition writes the note."""
        focused, plain = QApplication.focusWidget(), Qt.KeyboardModifier.ShiftModifier
        writes = event.text()[:1].isalpha() and not event.modifiers() & ~plain
        if writes and focused is not None and self.dispositions.isAncestorOf(focused):
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
            self.note.moveCursor(QTextCursor.MoveOperation.End)
            self.note.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------- told

    def complete(self) -> None:
        """Finish, if nothing required is missing; else say what, and go there."""
        if self._view is None:
            return
        if not self._view.in_wrap_up:
            self.save_draft()
            self._clock.setText(self.tr("Kept; it can be completed once the call has ended"))
            return
        if self._view.required and self.dispositions.chosen() is None:
            self._tell(self.tr("Choose a disposition first."))
            self.dispositions.focus_choice()
            return
        if self.callback.isChecked() and due_time.parse(self.due.text()) is None:
            restyle(self.due, error=True)
            self.due.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._tell("")
        self.note.flush()
        self._kept.pop(self._view.interaction_id, None)
        self._touched = False
        self.completed.emit(self.result())

    def save_draft(self) -> None:
        if self._view is not None:
            self.note.flush()
            self.draft.emit(self.result())

    # ------------------------------------------------- from one call to the next

    def _leave(self) -> None:
        """Another interaction takes over: nothing typed for this one may be lost or land in the other."""
        assert self._view is not None
        if self._touched or self.note.is_dirty():
            self._kept[self._view.interaction_id] = (self.result(), self.due.text())
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
            self.draft.emit(self.result())

    def _enter(self, view: WrapUpView) -> None:
        kept = self._kept.pop(view.interaction_id, None)
        entered = (
            kept[0]
            if kept is not None
            else WrapUpResult(view.interaction_id, view.disposition_id, view.reason, view.note)
        )
        self._filling = True
        self.dispositions.set_rows(view.dispositions, entered.disposition_id)
        self._fill_reasons(entered.reason)
        self.note.set_text(entered.note)
        self._seen = entered.ticket
        self.ticket.setChecked(entered.ticket is not None)
        self._fill_tickets(view.tickets)
        self.ticket_status.choose(entered.ticket_status or TicketStatus.WAITING.value)
        self.callback.setChecked(entered.callback is not None or bool(kept and kept[1]))
        self.due.setText(kept[1] if kept is not None else "")
        mine = entered.callback is None or entered.callback.assigned_to is not None
        self.who.choose("me" if mine else "anyone")
        self._ticket_row.setVisible(self.ticket.isChecked())
        self._callback_row.setVisible(self.callback.isChecked())
        self._filling = False
        self._touched = kept is not None
        self._tell("")
        self.area.verticalScrollBar().setValue(0)

    def _update(self, view: WrapUpView, before: WrapUpView) -> None:
        self._filling = True
        if not self._touched and not self.note.hasFocus():
            if view.note != before.note:
                self.note.set_text(view.note)
            if (view.disposition_id, view.reason) != (before.disposition_id, before.reason):
                self.dispositions.set_rows(view.dispositions, view.disposition_id)
                self._fill_reasons(view.reason)
        if view.dispositions != before.dispositions:
            chosen = self.dispositions.chosen()
            self.dispositions.set_rows(view.dispositions, chosen.id if chosen is not None else None)
            self._fill_reasons(str(self.reason.currentData() or ""))
        if view.tickets != before.tickets:
            self._fill_tickets(view.tickets)
        self._filling = False

    def _empty(self) -> None:
        self._filling = True
        self.dispositions.set_rows((), None)
        self.note.set_text("")
        self._fill_tickets(())
        self.callback.setChecked(False)
        self.due.clear()
        self._filling = False
        self._touched = False
        self._title.setText("")
        self._waiting.hide()
        self._tell("")

    def _head(self, view: WrapUpView) -> None:
        self._title.setText(view.title)
        self._waiting.setText(self.tr("{0} more to wrap up").format(view.waiting))
        self._waiting.setVisible(bool(view.waiting))
        star = " *" if view.required else ""
        self._disposition_label.setText(self.tr("Disposition") + star)
        most = min(len(view.dispositions), 9)
        self._disposition_hint.setText(self.tr("press 1–{0}").format(most) if most > 1 else "")
        self._no_disposition.setVisible(not view.dispositions)
        required = self.tr("Disposition, required") if view.required else self.tr("Disposition")
        self.dispositions.setAccessibleName(required)
        self.more_time.setVisible(view.in_wrap_up and view.ends_at is not None)
        self.done.setEnabled(view.in_wrap_up)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long translations: the buttons keep their words and lose their key caps."""
        super().resizeEvent(event)
        self.save.set_keys(actions.keys("save_draft"))
        self.done.set_keys(actions.keys("complete"))
        for button in (self.save, self.done):
            if self.save.sizeHint().width() + self.done.sizeHint().width() + 40 > self.width():
                button.set_keys("")

    # ------------------------------------------------------------- the fields

    def _touch(self) -> None:
        if not self._filling:
            self._touched = True

    def _disposition_changed(self, _chosen: object) -> None:
        self._touched = True
        self._tell("")
        self._fill_reasons("")
        self._tick()
        chosen = self.dispositions.chosen()
        if chosen is not None and chosen.asks_callback and not self.callback.isChecked():
            self.callback.setChecked(True)

    def _fill_reasons(self, wanted: str) -> None:
        chosen: DispositionRow | None = self.dispositions.chosen()
        reasons = chosen.reasons if chosen is not None else ()
        shown = [str(self.reason.itemData(at)) for at in range(1, self.reason.count())]
        if shown != list(reasons):
            self.reason.clear()
            self.reason.addItem(self.tr("Choose…"), "")
            for text in reasons:
                self.reason.addItem(text, text)
        if wanted and self.reason.findData(wanted) < 0 and reasons:
            self.reason.addItem(wanted, wanted)
        self.reason.choose(wanted)
        self._reason_box.setVisible(bool(reasons))

    def _note_typed(self, text: str) -> None:
        self._touched = True
        self.note_changed.emit(text)

    def _count(self, length: int) -> None:
        locale = QLocale()
        self._counter.setText(self.tr("{0} of {1}").format(locale.toString(length), locale.toString(note_edit.LIMIT)))
        self._counter.set_tone("warn" if length >= note_edit.LIMIT else "3")

    def _fill_tickets(self, tickets: tuple[TicketLine, ...]) -> None:
        """The list anew; a chosen ticket that left it is let go: no other may get what was meant for it."""
        self.ticket_choice.clear()
        for line in tickets:
            words = f"{line.number} · {line.subject}"
            self.ticket_choice.addItem(words, line)
            place = self.ticket_choice.count() - 1
            self.ticket_choice.setItemData(place, plain_tooltip(words), Qt.ItemDataRole.ToolTipRole)
        at = next((at for at, line in enumerate(tickets) if self._seen is not None and line.id == self._seen.id), -1)
        if at < 0:
            self._seen = None
            self.ticket.setChecked(False)
        self.ticket_choice.setCurrentIndex(max(at, 0))
        only = tickets[0].number if len(tickets) == 1 else ""
        self.ticket.setText(self.tr("Update {0}").format(only) if only else self.tr("Update a ticket"))
        self.ticket_choice.setVisible(len(tickets) > 1)
        self.ticket.setVisible(bool(tickets))
        self._ticket_row.setVisible(self.ticket.isChecked() and bool(tickets))

    def _ticket_toggled(self, on: bool) -> None:
        self._ticket_row.setVisible(on)
        self._ticket_chosen()

    def _ticket_chosen(self) -> None:
        """Whoever updates a ticket changes what it said at this moment, whatever comes in meanwhile."""
        if not self._filling:
            self._seen = self.ticket_choice.currentData() if self.ticket.isChecked() else None
            self._touch()

    def _callback_toggled(self, on: bool) -> None:
        self._callback_row.setVisible(on)
        if not self._filling:
            self._touched = True
            if on and not self.due.text():
                self.due.setText(self.tr("tomorrow 10:00"))
            if on and self.callback.hasFocus():
                self.due.setFocus(Qt.FocusReason.OtherFocusReason)
                self.due.selectAll()
            if on:
                QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self._callback_row, 0, 8))

    def _due_changed(self, text: str) -> None:
        self._touch()
        moment = due_time.parse(text)
        restyle(self.due, error=bool(text.strip()) and moment is None)
        if moment is not None:
            self._due_words.setText(due_time.appointment(moment))
        elif text.strip():
            self._due_words.setText(
                self.tr("Not understood. For example: tomorrow 17:30, Tue 9:00, in 2 h, 25 Nov 14:00")
            )
        else:
            self._due_words.setText("")
        self._due_words.set_tone("bad" if text.strip() and moment is None else "3")

    def _callback(self) -> CallbackRequest | None:
        due_at = due_time.parse(self.due.text()) if self.callback.isChecked() else None
        if due_at is None or self._view is None:
            return None
        mine = self.who.currentData() == "me"
        note = self.note.toPlainText().strip().partition("\n")[0][:200]
        return CallbackRequest(due_at, note, self._my_id if mine else None, self._view.number)

    def _tell(self, trouble: str) -> None:
        self._error.setText(trouble)
        self._error.setVisible(bool(trouble))
        self._disposition_label.set_tone("bad" if trouble else "2")

    # -------------------------------------------------------------- the clock

    def _tick(self) -> None:
        view = self._view
        if view is None:
            return
        words, tone, share = clock_words(view, coded=self.dispositions.chosen() is not None)
        self._clock.setText(words)
        self._clock.set_tone(tone or "2")
        self._clock_icon.set("triangle-alert" if tone == "bad" else "timer", tone or "text3")
        self._bar.setVisible(share is not None)
        if share is not None:
            self._bar.setValue(round(share * 1000))
