"""The form of one record, and what was done to it. What is typed stays until it is stored or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTabBar, QWidget

from agent_desktop.data.admin_rows import Administration, HistoryEntry, PersonRecord, PhoneRecord, Record
from agent_desktop.ui import admin_forms, theme
from agent_desktop.ui.admin_fields import FieldBox
from agent_desktop.ui.admin_forms import Section
from agent_desktop.ui.admin_history import AdminHistory
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import Icon, elided, label, tag
from agent_desktop.ui.layouts import column, frame, row, rule


def _beside(boxes: Sequence[FieldBox]) -> QHBoxLayout:
    """In one row, their inputs at one height whatever stands below them."""
    line = row(*((box, 1) for box in boxes), spacing=12)
    for box in boxes:
        line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
    return line


@dataclass
class Draft:
    """One record being edited: what it was, and what stands in the form where that differs."""

    base: Record
    typed: dict[str, Any] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)  # changed by both: what is stored now
    sent: dict[str, Any] = field(default_factory=dict)  # on its way to be stored

    def record(self) -> Record:
        return replace(self.base, **self.typed)

    def rebase(self, stored: Record) -> None:
        """Over what is stored now: fields not touched here follow, those changed on both sides are marked."""
        for name in list(self.typed):
            value = getattr(stored, name)
            if value == self.typed[name] or self.sent.get(name) == self.typed[name]:
                del self.typed[name]
                self.theirs.pop(name, None)
            elif value != getattr(self.base, name):
                self.theirs[name] = value
        self.base, self.sent = stored, {}


class AdminEditor(QFrame):
    """Signals: save(Record), switched(Record) the same with ``active`` turned, password_wanted(Record),
    history_wanted(Record), changed() when something was typed or dropped, left() back to the list.
    """

    save = Signal(object)
    switched = Signal(object)
    password_wanted = Signal(object)
    history_wanted = Signal(object)
    changed = Signal()
    left = Signal()

    def __init__(self, section: Section):
        super().__init__()
        self.setProperty("card", True)
        self.section = section
        self._now: Administration | None = None
        self._drafts: dict[UUID, Draft] = {}
        self._draft: Draft | None = None
        self._filling = False
        self.title = elided("", "title")
        self._off = tag(self.tr("Switched off"))
        self._trouble_text = label("", "small", "bad", wrap=True)
        self._trouble = frame(
            row(Icon("triangle-alert", "bad"), (self._trouble_text, 1), spacing=10, margins=(12, 9, 12, 9)), note="bad"
        )
        self.boxes = {one.name: FieldBox(one) for one in section.fields}
        self.password = Button(self.tr("Make a new password"), "key-round", kind="link")
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Record or history"))
        for name in (self.tr("Record"), self.tr("History")):
            self.tabs.addTab(name)
        self.history = AdminHistory(section)
        self.save_button = Button(self.tr("Save"), "check", kind="primary")
        self.drop_button = Button(self.tr("Discard"), kind="ghost")
        self.switch_button = Button(self.tr("Switch off"), "power-off", kind="ghost")
        self.state = label("", "small", "3")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        form = QWidget()
        lines: list[list[FieldBox]] = []
        for box in self.boxes.values():
            if box.field.beside and lines:
                lines[-1].append(box)
            else:
                lines.append([box])
        rows = [line[0] if len(line) == 1 else _beside(line) for line in lines]
        body = column(*rows, row(self.password, None), None, spacing=12, margins=(16, 4, 16, 12))
        form.setLayout(body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(form)
        buttons = flow(self.switch_button, self.drop_button, self.save_button, spacing=8)
        self._foot = QWidget()
        self._foot.setLayout(column(rule(), row((self.state, 1), buttons, margins=(16, 10, 16, 12)),
                                    spacing=0))  # fmt: skip
        record = QWidget()
        record.setLayout(column((self._scroll, 1), self._foot, spacing=0))
        self._pages = QStackedWidget()
        self._pages.addWidget(record)
        self._pages.addWidget(self.history)
        head = column(row((self.title, 1), self._off), self.tabs, self._trouble, spacing=6, margins=(16, 12, 16, 8))
        self.setLayout(column(head, (self._pages, 1), spacing=0, margins=1))

    def _wire(self) -> None:
        for name, box in self.boxes.items():
            box.changed.connect(lambda chosen=name: self._edited(chosen))
            box.take_theirs.connect(lambda chosen=name: self._take_theirs(chosen))
        self.save_button.clicked.connect(self.try_save)
        self.drop_button.clicked.connect(self.discard)
        self.switch_button.clicked.connect(self.switch)
        self.password.clicked.connect(lambda: self._about(self.password_wanted))
        self.tabs.currentChanged.connect(self._turned)
        self.history.retried.connect(lambda: self._about(self.history_wanted))

    # ------------------------------------------------------------------ what is shown

    def set_now(self, now: Administration) -> None:
        """What is stored now; drafts are carried over to it."""
        self._now = now
        stored = {record.id: record for record in self.section.rows(now)}
        for key, draft in list(self._drafts.items()):
            found = stored.get(key)
            if found is None or found == draft.base or found.version < draft.base.version:
                continue
            draft.rebase(found)
            if not draft.typed and draft is not self._draft:
                del self._drafts[key]
        if self._draft is not None:
            self._show(self._draft)

    def edit(self, record: Record) -> None:
        """Show a record; what was typed into it before is there again."""
        draft = self._drafts.get(record.id)
        if draft is None:
            draft = self._drafts[record.id] = Draft(record)
        self._forget_clean(draft)
        self._say("")
        self._show(draft)

    def add(self) -> None:
        """The form of a new record; one that was begun is taken up again."""
        if self._now is None or self.section.fresh is None:
            return
        begun = next((draft for draft in self._drafts.values() if draft.base.version == 0 and draft.typed), None)
        if begun is None:
            made = self.section.fresh(self._now)
            begun = self._drafts[made.id] = Draft(made)
        self._forget_clean(begun)
        self._say("")
        self._show(begun)
        self.focus_first()

    def _forget_clean(self, kept: Draft) -> None:
        self._drafts = {key: one for key, one in self._drafts.items() if one is kept or one.typed or one.sent}

    def shown(self) -> Record | None:
        """The record in the form, as it is stored."""
        return self._draft.base if self._draft is not None else None

    def dirty(self) -> frozenset[UUID]:
        """The records into which something was typed that is not stored."""
        return frozenset(key for key, draft in self._drafts.items() if draft.typed)

    def is_new(self) -> bool:
        return self._draft is not None and self._draft.base.version == 0 and self.section.fresh is not None

    def _show(self, draft: Draft) -> None:
        now = self._now
        if now is None:
            return
        another = draft is not self._draft
        self._draft, self._filling = draft, True
        record = draft.record()
        names = [(person.id, person.name) for person in now.people if person.active]
        for name, box in self.boxes.items():
            linked = getattr(record, name)
            chosen = [(person.id, person.name) for person in now.people if not person.active and person.id in linked] \
                if isinstance(linked, tuple) else []  # fmt: skip
            box.fill(now, [*names, *chosen], draft.base)
            box.control.set_value(linked)
            box.set_error("")
        self._filling = False
        self.password.setVisible(isinstance(draft.base, PersonRecord) and bool(draft.base.role))
        self._tell()
        if another or self.tabs.currentIndex() == 1:
            self._fetch_history()

    def _tell(self) -> None:
        draft, now = self._draft, self._now
        if draft is None or now is None:
            return
        new, dirty = self.is_new(), bool(draft.typed)
        name = admin_forms.name_of(draft.base, now)
        self.title.setText(self.section.new if new else name)
        self._off.setVisible(not admin_forms.is_on(draft.base) and not isinstance(draft.base, PhoneRecord))
        self.save_button.setEnabled(dirty and not draft.sent)
        self.drop_button.setVisible(dirty or new)
        self.switch_button.setVisible(self.section.switches and not new)
        on = admin_forms.is_on(draft.base)
        self.switch_button.setText(self.tr("Switch off") if on else self.tr("Switch on"))
        self.switch_button.set_icon("power-off" if on else "power")
        self.switch_button.setEnabled(not draft.sent)
        self.state.setText(self.tr("Storing…") if draft.sent else self.tr("Not saved yet") if dirty else "")
        self.tabs.setTabEnabled(1, not new)
        for key, box in self.boxes.items():
            clash = key in draft.theirs
            box.set_theirs(admin_forms.shown_value(box.field, draft.theirs[key], now) if clash else None)

    # ------------------------------------------------------------------ typing

    def _edited(self, name: str) -> None:
        draft = self._draft
        if self._filling or draft is None:
            return
        value = self.boxes[name].control.value()
        if value == getattr(draft.base, name):
            draft.typed.pop(name, None)
            draft.theirs.pop(name, None)
        else:
            draft.typed[name] = value
        self.boxes[name].set_error("")
        self._tell()
        self.changed.emit()

    def _take_theirs(self, name: str) -> None:
        if self._draft is not None and name in self._draft.theirs:
            self.boxes[name].control.set_value(self._draft.theirs[name])
            self.boxes[name].control.widget.setFocus()

    def focus_first(self) -> None:
        self.tabs.setCurrentIndex(0)
        first = next((box for box in self.boxes.values() if not box.isHidden()), None)
        if first is not None:
            first.control.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------ storing

    def try_save(self) -> bool:
        """Check, then emit ``save``; the first field that is wrong gets the focus. False: nothing was to be saved."""
        draft = self._draft
        if draft is None or not draft.typed or draft.sent:
            return False
        for name, box in self.boxes.items():
            empty = box.field.required and not box.isHidden() and not getattr(draft.record(), name)
            box.set_error(self.tr("This is needed") if empty else "")
            if empty:
                self.tabs.setCurrentIndex(0)
                box.control.widget.setFocus()
                QTimer.singleShot(0, box, lambda wrong=box: self._scroll.ensureWidgetVisible(wrong, 0, theme.px(40)))
                return True
        self._say("")
        draft.sent, draft.theirs = dict(draft.typed), {}
        self._tell()
        self.save.emit(draft.record())
        return True

    def switch(self) -> None:
        """Switch the stored record off or on; what is typed waits."""
        draft = self._draft
        if draft is not None and self.section.switches and not self.is_new() and not draft.sent:
            turned: dict[str, Any] = {"active": not admin_forms.is_on(draft.base)}
            self.switched.emit(replace(draft.base, **turned))

    def stored(self, key: UUID) -> None:
        """A save of ours was taken; the record itself follows by ``set_now``."""
        draft = self._drafts.get(key)
        if draft is not None and draft is self._draft:
            self._say("")

    def refused(self, key: UUID, words: str) -> None:
        """A save was not taken, and why; everything typed is still here."""
        draft = self._drafts.get(key)
        if draft is None:
            return
        draft.sent = {}
        if draft is self._draft:
            self._tell()
            self._say(words)

    def discard(self) -> None:
        """Drop what was typed."""
        draft = self._draft
        if draft is None:
            return
        draft.typed, draft.theirs, draft.sent = {}, {}, {}
        self._say("")
        if draft.base.version == 0 and self.section.fresh is not None:
            del self._drafts[draft.base.id]
            self._draft = None
        else:
            self._show(draft)
        self.changed.emit()
        self.left.emit()

    def _say(self, words: str) -> None:
        self._trouble_text.setText(words)
        self._trouble.setVisible(bool(words))

    # ------------------------------------------------------------------ history

    def _turned(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self._fetch_history()

    def _fetch_history(self) -> None:
        if self.tabs.currentIndex() == 1 and self._draft is not None:
            if self.is_new():
                self.tabs.setCurrentIndex(0)
                return
            self.history.show_loading()
            self.history_wanted.emit(self._draft.base)

    def set_history(self, record: Record, entries: Sequence[HistoryEntry]) -> None:
        """The answer to ``history_wanted``; one about another record comes too late."""
        if self._draft is not None and self._now is not None and record.id == self._draft.base.id:
            self.history.set_entries(entries, self._now)

    def _about(self, signal: Any) -> None:
        if self._draft is not None:
            signal.emit(self._draft.base)
