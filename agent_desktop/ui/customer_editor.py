"""Editing a customer, or entering a new one. What is typed stays until saved or dropped, also if a save is refused."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from agent_desktop.data.ids import new_id
from agent_desktop.data.operations import line_said
from agent_desktop.data.rows import CustomerCard
from agent_desktop.ui import layouts, reach_lines, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.consent_lines import ConsentFields, ConsentSaid, rebased
from agent_desktop.ui.customer_fields import FieldBox, language_choice, set_text, short_text, text_of, zones
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.reach_lines import Reach, ReachLines

FIELDS = ("name", "organisation", "account_number", "language", "time_zone", "address", "tags", "alert")


class CustomerEdit(msgspec.Struct, frozen=True):
    """What changed. ``version`` 0: a new customer with an id of our making. Ids of added lines are ours too."""

    customer_id: UUID
    version: int
    fields: dict[str, str]
    phones_added: tuple[tuple[UUID, str, str], ...] = ()  # id, as typed, label
    phones_removed: tuple[UUID, ...] = ()
    phones_changed: tuple[tuple[UUID, str, str], ...] = ()
    emails_added: tuple[tuple[UUID, str], ...] = ()
    emails_removed: tuple[UUID, ...] = ()
    emails_changed: tuple[tuple[UUID, str], ...] = ()
    consents: tuple[ConsentSaid, ...] = ()
    before: dict[str, str] = {}  # what the changed fields said
    lines_before: dict[str, str] = {}  # and the changed and removed lines, as operations.line_said

    def __bool__(self) -> bool:
        return bool(self.consents) or self.touches_card

    @property
    def touches_card(self) -> bool:
        """Whether more than consent has changed."""
        phones = (self.phones_added, self.phones_removed, self.phones_changed)
        return bool(self.fields) or any((*phones, self.emails_added, self.emails_removed, self.emails_changed))


@dataclass
class _Draft:
    """One customer being edited: where the edit began, and what stands in the form."""

    base: CustomerCard
    values: dict[str, str]
    phones: tuple[Reach, ...]
    emails: tuple[Reach, ...]
    theirs: dict[str, str] = field(default_factory=dict)  # fields changed by both: the stored value
    line_theirs: dict[UUID, Reach] = field(default_factory=dict)  # and numbers and addresses
    fresh: dict[tuple[str, str], UUID] = field(default_factory=dict)  # ids of added lines
    consents: dict[str, ConsentSaid] = field(default_factory=dict)  # what they say now, by channel
    sent: CustomerEdit | None = None  # handed on to be saved, neither stored nor refused yet

    def is_dirty(self) -> bool:
        edit = self.edit()
        return bool(edit) and edit != self.sent

    def edit(self) -> CustomerEdit:
        before = values_of(self.base)
        phones, emails = reach_lines.of_phones(self.base.phones), reach_lines.of_emails(self.base.emails)
        phones_added, phones_removed, phones_changed = reach_lines.differences(phones, self.phones, self.fresh)
        emails_added, emails_removed, emails_changed = reach_lines.differences(emails, self.emails, self.fresh)
        fields = {name: value.strip() for name, value in self.values.items() if value.strip() != before[name].strip()}
        touched = {*phones_removed, *emails_removed, *(line[0] for line in (*phones_changed, *emails_changed))}
        return CustomerEdit(
            self.base.id,
            self.base.version,
            fields,
            phones_added,
            phones_removed,
            phones_changed,
            tuple((email_id, address) for email_id, address, _ in emails_added),
            emails_removed,
            tuple((email_id, address) for email_id, address, _ in emails_changed),
            tuple(self.consents.values()),
            {name: before[name] for name in fields},
            {str(key): line_said(text, name) for key, text, name in (*phones, *emails) if key in touched},
        )


def values_of(card: CustomerCard) -> dict[str, str]:
    """The editable fields of a card as texts."""
    values = {name: getattr(card, name) for name in FIELDS if name != "tags"}
    return {**values, "tags": ", ".join(card.tags)}


class CustomerEditor(QFrame):
    """Signals: save(CustomerEdit), closed() when the form was left, changed() when dirty or clean may have turned,
    consent_history_wanted(UUID)."""

    save = Signal(object)
    consent_history_wanted = Signal(object)
    closed = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._drafts: dict[UUID, _Draft] = {}
        self._draft: _Draft | None = None
        self._filling = False
        self.title = elided("", "title")
        self._build_fields()
        self.phones, self.emails = ReachLines(phones=True), ReachLines(phones=False)
        self.consents = ConsentFields()
        self._trouble_text = label("", "small", "bad", wrap=True)
        self._trouble = frame(
            row(Icon("triangle-alert", "bad"), (self._trouble_text, 1), spacing=10, margins=(12, 9, 12, 9)), note="bad"
        )
        self._trouble.hide()
        self.save_button = Button(self.tr("Save"), "check", kind="primary")
        self.cancel_button = Button(self.tr("Discard"), kind="ghost")
        self.state = label("", "small", "3")
        self._lay_out()
        self.save_button.clicked.connect(self.try_save)
        self.cancel_button.clicked.connect(self.discard)
        for lines in (self.phones, self.emails, self.consents):
            lines.changed.connect(self._edited)
        self.consents.history_wanted.connect(self._consent_history)

    def _build_fields(self) -> None:
        self._inputs: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {
            "name": QLineEdit(),
            "organisation": QLineEdit(),
            "account_number": QLineEdit(),
            "language": language_choice(self.tr("Not known")),
            "time_zone": QLineEdit(),
            "address": short_text(),
            "tags": QLineEdit(),
            "alert": short_text(),
        }
        known = QCompleter(zones(), self)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        zone = self._inputs["time_zone"]
        assert isinstance(zone, QLineEdit)
        zone.setCompleter(known)
        zone.setPlaceholderText("Europe/Warsaw")
        self._titles = {
            "name": self.tr("Name"),
            "organisation": self.tr("Organisation"),
            "account_number": self.tr("Account no."),
            "language": self.tr("Language"),
            "time_zone": self.tr("Time zone"),
            "address": self.tr("Address"),
            "tags": self.tr("Tags"),
            "alert": self.tr("Alert"),
        }
        self._hints = {"tags": self.tr("with commas between"), "alert": self.tr("read before saying hello")}
        self._boxes: dict[str, FieldBox] = {}
        for name, widget in self._inputs.items():
            box = FieldBox(self._titles[name], widget, self._hints.get(name, ""), required=name == "name")
            box.take_theirs.connect(lambda chosen=name: self._take_theirs(chosen))
            self._boxes[name] = box
            if isinstance(widget, QComboBox):
                widget.currentIndexChanged.connect(lambda _index: self._edited())
            else:
                widget.textChanged.connect(lambda *_text: self._edited())

    def _lay_out(self) -> None:
        boxes = self._boxes
        form = QWidget()
        body = column(
            boxes["name"],
            row((boxes["organisation"], 1), (boxes["account_number"], 1), spacing=12),
            row(label(self.tr("Phone numbers"), "small-b", "2"), None),
            self.phones,
            row(label(self.tr("E-mail addresses"), "small-b", "2"), None),
            self.emails,
            boxes["alert"],
            row((boxes["language"], 1), (boxes["time_zone"], 1), spacing=12),
            boxes["address"],
            boxes["tags"],
            self.consents,
            None,
            spacing=12,
            margins=(16, 4, 16, 12),
        )
        form.setLayout(body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(form)
        head = column(self.title, self._trouble, margins=(16, 12, 16, 8))
        buttons = flow(self.cancel_button, self.save_button, spacing=8)
        foot = row((self.state, 1), buttons, margins=(16, 10, 16, 12))
        self.setLayout(column(head, (self._scroll, 1), layouts.rule(), foot, spacing=0, margins=1))

    # ------------------------------------------------------------------ open

    def set_region(self, region: str) -> None:
        self.phones.set_region(region)

    def edit(self, card: CustomerCard) -> None:
        """Open a customer; a draft of it is taken up again, over what was stored meanwhile."""
        draft = self._drafts.get(card.id)
        if draft is None:
            draft = _Draft(
                card, values_of(card), reach_lines.of_phones(card.phones), reach_lines.of_emails(card.emails)
            )
            self._drafts[card.id] = draft
        elif card.version > draft.base.version:
            _rebase(draft, card)
        self._show(draft)

    def new_customer(self, name: str = "", number: str = "") -> None:
        """Open the form of a new customer, taking up one that was begun."""
        draft = next((draft for draft in self._drafts.values() if draft.base.version == 0), None)
        if draft is None:
            base = CustomerCard(new_id(), 0, "")
            phones: tuple[Reach, ...] = ((None, number, "mobile"),)
            draft = _Draft(base, {**values_of(base), "name": name}, phones, ())
            self._drafts[base.id] = draft
        self._show(draft)

    def customer_id(self) -> UUID | None:
        """Whom the form is about; None while it is closed."""
        return self._draft.base.id if self._draft else None

    def card(self) -> CustomerCard | None:
        """Whom the form is about, as stored."""
        return self._draft.base if self._draft else None

    def is_new(self) -> bool:
        return self._draft is not None and self._draft.base.version == 0

    def is_dirty(self, customer_id: UUID | None = None) -> bool:
        """Whether something is typed and not saved, for this customer or (None) for any."""
        drafts = [d for d in self._drafts.values() if customer_id is None or d.base.id == customer_id]
        return any(draft.is_dirty() for draft in drafts)

    def stored(self, card: CustomerCard) -> None:
        """A customer was stored, by us or by somebody else. Ours ends the edit; another's shows where both differ."""
        draft = self._drafts.get(card.id)
        if draft is None or card.version <= draft.base.version:
            return
        draft.sent = None
        _rebase(draft, card)
        if not draft.edit():
            self._end(draft)
        elif draft is self._draft:
            self._show(draft)

    def refused(self, customer_id: UUID, why: str, card: CustomerCard | None = None) -> bool:
        """A save was refused: everything typed is still here. ``card`` is what is stored now. Whether it is told."""
        draft = self._drafts.get(customer_id)
        if draft is None:
            return False
        draft.sent = None
        if card is not None and card.version > draft.base.version:
            _rebase(draft, card)
        if draft is self._draft:
            self._show(draft)
            self._say(why)
        return draft is self._draft

    def follow(self, customer_id: UUID, card: CustomerCard) -> None:
        """A customer was merged into ``card``: what was typed about them is about that one now."""
        draft = self._drafts.pop(customer_id, None)
        if draft is None:
            return
        if card.id in self._drafts:  # that one is being edited already, with words of its own
            self._drafts[customer_id] = draft
            return
        draft.sent = None
        self._drafts[card.id] = draft
        _rebase(draft, card)
        if not draft.edit():
            self._end(draft)
        elif draft is self._draft:
            self._show(draft)

    def give_up(self, customer_id: UUID, names: Collection[str]) -> None:
        """What is stored shall stand in these fields and lines (by their ids), not what was typed here."""
        draft = self._drafts.get(customer_id)
        if draft is None:
            return
        stored = {str(line[0]): line for line in reach_lines.of_card(draft.base)}
        draft.phones = tuple(stored.get(str(line[0]), line) if str(line[0]) in names else line for line in draft.phones)
        draft.emails = tuple(stored.get(str(line[0]), line) if str(line[0]) in names else line for line in draft.emails)
        for name in set(names) & set(FIELDS):
            draft.values[name] = draft.theirs.get(name, values_of(draft.base)[name])
        draft.theirs, draft.line_theirs = {}, {}
        draft.sent = draft.edit()
        if not draft.sent:
            self._end(draft)
        elif draft is self._draft:
            self._show(draft)

    # ---------------------------------------------------------------- typing

    def _show(self, draft: _Draft) -> None:
        self._draft = draft
        self._filling = True
        new = draft.base.version == 0
        self.title.setText(self.tr("New customer") if new else self.tr("Edit {0}").format(draft.base.name))
        for name, widget in self._inputs.items():
            set_text(widget, draft.values[name])
        self.phones.set_reaches(draft.phones, draft.line_theirs)
        self.emails.set_reaches(draft.emails, draft.line_theirs)
        self.consents.set(draft.base.consents, draft.consents)
        self._filling = False
        self._say("")
        self._tell()
        if draft.theirs or draft.line_theirs:
            self._say(self.tr("Somebody else changed this customer meanwhile. Yours is kept: choose, then save again."))
        first = next((name for name in FIELDS if name in draft.theirs), "name")
        self._inputs[first].setFocus()
        box = self._boxes[first]
        QTimer.singleShot(
            0, box, lambda: self._scroll.ensureWidgetVisible(box, 0, theme.px(40))
        )  # once it has its size

    def _edited(self) -> None:
        if self._filling or self._draft is None:
            return
        self._draft.values = {name: text_of(widget) for name, widget in self._inputs.items()}
        self._draft.phones, self._draft.emails = self.phones.reaches(), self.emails.reaches()
        self._draft.consents = self.consents.said()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        draft = self._draft
        if draft is None:
            return
        dirty = draft.is_dirty()
        self.save_button.setEnabled(dirty)
        self.state.setText(self.tr("Not saved yet") if dirty else self.tr("Saving…") if draft.sent else "")
        self.cancel_button.setText(self.tr("Discard") if dirty else self.tr("Close"))
        for name, box in self._boxes.items():
            box.set_theirs(self._shown(name, draft.theirs.get(name)))

    def _shown(self, name: str, value: str | None) -> str | None:
        if value == "":
            return self.tr("(empty)")
        return wording.language(value) if value and name == "language" else value

    def _take_theirs(self, name: str) -> None:
        if self._draft is not None and name in self._draft.theirs:
            set_text(self._inputs[name], self._draft.theirs.pop(name))
            self._edited()
            self._inputs[name].setFocus()

    def _consent_history(self) -> None:
        if self._draft is not None:
            self.consent_history_wanted.emit(self._draft.base.id)

    # ---------------------------------------------------------------- saving

    def try_save(self) -> None:
        """Check, then emit ``save``; the first thing that is wrong gets the focus and words."""
        draft = self._draft
        if draft is None or not draft.is_dirty():
            return
        for box in self._boxes.values():
            box.set_error("")
        wrong = self._problem()
        if wrong is not None:
            wrong.setFocus()
            self._scroll.ensureWidgetVisible(wrong, 0, theme.px(60))
            return
        draft.theirs, draft.line_theirs = {}, {}
        draft.sent = draft.edit()
        self._say("")
        self._tell()
        self.save.emit(draft.sent)

    def _problem(self) -> QWidget | None:
        values = {name: text_of(widget).strip() for name, widget in self._inputs.items()}
        if not values["name"]:
            self._boxes["name"].set_error(self.tr("A customer needs a name"))
            return self._inputs["name"]
        if values["time_zone"] and values["time_zone"] not in zones():
            self._boxes["time_zone"].set_error(self.tr("Not a time zone: they look like Europe/Warsaw"))
            return self._inputs["time_zone"]
        wrong = self.phones.problem() or self.emails.problem()
        return wrong[0] if wrong else None

    def discard(self) -> None:
        """Drop what was typed and close."""
        if self._draft is not None:
            self._end(self._draft)

    def _end(self, draft: _Draft) -> None:
        self._drafts.pop(draft.base.id, None)
        if draft is self._draft:
            self._draft = None
            self.closed.emit()
        self.changed.emit()

    def _say(self, words: str) -> None:
        self._trouble_text.setText(words)
        self._trouble.setVisible(bool(words))


def _rebase(draft: _Draft, card: CustomerCard) -> None:
    """Carry a draft over to what is stored now: untouched fields follow, fields changed on both sides are marked."""
    before, after = values_of(draft.base), values_of(card)
    for name in FIELDS:
        mine, theirs = draft.values[name], after[name]
        if mine.strip() == before[name]:
            draft.values[name] = theirs
        elif theirs != before[name] and mine.strip() != theirs:
            draft.theirs[name] = theirs
        if draft.values[name].strip() == theirs:
            draft.values[name] = theirs
            draft.theirs.pop(name, None)
    was, base = draft.base, card
    phones = (draft.phones, reach_lines.of_phones(was.phones), reach_lines.of_phones(base.phones))
    emails = (draft.emails, reach_lines.of_emails(was.emails), reach_lines.of_emails(base.emails))
    draft.phones, theirs_phones = reach_lines.rebased(*phones)
    draft.emails, theirs_emails = reach_lines.rebased(*emails)
    draft.line_theirs |= theirs_phones | theirs_emails
    draft.consents = rebased(draft.consents, card.consents)
    draft.base = card
