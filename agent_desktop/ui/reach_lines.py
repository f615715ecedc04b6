"""How a customer is reached, as lines that can be edited: phone numbers with a label, and e-mail addresses."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from agent_desktop import numbers
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import CustomerCard, EmailRow, PhoneRow
from agent_desktop.ui import theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.theme import restyle

_ADDRESS = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")

Reach = tuple[UUID | None, str, str]  # stored row's id or None for a new one, text as typed, label (phones only)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReachLines", text)


def phone_labels() -> tuple[tuple[str, str], ...]:
    """(stored value, words) of the usual labels."""
    return (("mobile", _tr("Mobile")), ("home", _tr("Home")), ("work", _tr("Work")), ("other", _tr("Other")))


def read_number(typed: str, region: str) -> tuple[str, str]:
    """What a typed number is understood as, and a tone: empty if fine, warn if unusual, bad if it is none."""
    number = numbers.parse(typed.strip(), region)
    if number.e164:
        shown = wording.ltr(numbers.display(number.e164, region))
        country = numbers.country(number.e164)
        words = f"{shown} ({country})" if country else shown
        if numbers.is_valid(number.e164):
            return words, ""
        return _tr("{0}: no such range is assigned").format(words), "warn"
    if number.extension:
        return _tr("Short number, inside only"), ""
    return (_tr("Cannot be dialled from outside"), "warn") if number else (_tr("Not a phone number"), "bad")


class _Line(QWidget):
    """One editable line; its tone and words below say what it is understood as."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, text: str, *, stored: UUID | None, choice: QComboBox | None):
        super().__init__()
        self.stored, self.choice = stored, choice
        self.edit = QLineEdit(text)
        self.edit.setAccessibleName(name)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme.size(self.edit, minimum_width=90)
        self.words = label("", "caption", "3", wrap=True)
        self.remove = ToolButton("trash", _tr("Remove {0}").format(text or name))
        self.remove.clicked.connect(self.removed)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        parts: list[QWidget | tuple[QWidget, int]] = [(self.edit, 1)]
        if choice is not None:
            choice.currentIndexChanged.connect(lambda _index: self.changed.emit())
            parts.append(choice)
        self._theirs: Reach | None = None
        self._stored_words = label("", "caption", "warn", wrap=True)
        self._take = Button(_tr("Use this"), "undo-2", kind="link", height=24)
        self._take.setAccessibleName(_tr("Use the stored line"))
        self._take.clicked.connect(self._take_theirs)
        self._clash = QWidget()
        self._clash.setLayout(row((self._stored_words, 1), self._take))
        self._clash.hide()
        self.setLayout(column(row(*parts, self.remove, spacing=6), self.words, self._clash, spacing=2))

    def reach(self) -> Reach:
        return self.stored, self.edit.text().strip(), self.choice.currentData() if self.choice else ""

    def set_theirs(self, theirs: Reach) -> None:
        """What somebody else stored in this line meanwhile."""
        self._theirs = theirs
        self._stored_words.setText(_tr("Stored meanwhile: {0}").format(wording.breakable(shown(theirs))))
        self._clash.setVisible(self.reach()[1:] != theirs[1:])

    def _take_theirs(self) -> None:
        if self._theirs is not None:
            self._clash.hide()
            if self.choice is not None:
                if self.choice.findData(self._theirs[2]) < 0:
                    self.choice.addItem(self._theirs[2] or _tr("Not said"), self._theirs[2])
                self.choice.setCurrentIndex(self.choice.findData(self._theirs[2]))
            self.edit.setText(self._theirs[1])
            self.edit.setFocus()

    def tell(self, words: str, tone: str) -> None:
        self.words.setText(words)
        self.words.set_tone(tone or "3")
        self.words.setVisible(bool(words))
        restyle(self.edit, error="true" if tone == "bad" else "")
        self.edit.setAccessibleDescription(words)


class ReachLines(QWidget):
    """Lines with a button that adds one. Signal: changed(). ``phones`` False: e-mail addresses."""

    changed = Signal()

    def __init__(self, *, phones: bool):
        super().__init__()
        self._phones, self._region = phones, ""
        self.lines: list[_Line] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.add_button = Button(
            self.tr("Add number") if phones else self.tr("Add address"), "plus", kind="ghost", height=28
        )
        self.add_button.clicked.connect(self._add_by_hand)
        self.setLayout(column(self._box, row(self.add_button, None), spacing=6))

    def set_region(self, region: str) -> None:
        """The country numbers without a country code are read in."""
        self._region = region
        self._read()

    def set_reaches(self, reaches: tuple[Reach, ...], theirs: Mapping[UUID, Reach] = MappingProxyType({})) -> None:
        """Show these lines; ``theirs`` is what others stored meanwhile in those that were changed here too."""
        for line in self.lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for stored, text, name in reaches:
            line = self._add(stored, text, name)
            if stored is not None and stored in theirs:
                line.set_theirs(theirs[stored])
        self._read()

    def reaches(self) -> tuple[Reach, ...]:
        """What stands there, without empty new lines."""
        return tuple(reach for reach in (line.reach() for line in self.lines) if reach[1] or reach[0])

    def _add(self, stored: UUID | None, text: str, name: str) -> _Line:
        choice = _label_choice(name) if self._phones else None
        title = self.tr("Phone number") if self._phones else self.tr("E-mail address")
        line = _Line(title, text, stored=stored, choice=choice)
        line.changed.connect(self._line_changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._box.addWidget(line)
        return line

    def _add_by_hand(self) -> None:
        line = self._add(None, "", "mobile")
        self._read()
        line.edit.setFocus()
        self.changed.emit()

    def _remove(self, line: _Line) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        neighbour = self.lines[min(place, len(self.lines) - 1)].edit if self.lines else self.add_button
        neighbour.setFocus()
        self._line_changed()

    def _line_changed(self) -> None:
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        for line in self.lines:
            text = line.edit.text().strip()
            if not text:
                line.tell("", "")
            elif self._phones:
                line.tell(*read_number(text, self._region))
            else:
                fine = _ADDRESS.match(text)
                line.tell(*(("", "") if fine else (self.tr("An address looks like name@example.org"), "bad")))

    def problem(self) -> tuple[QWidget, str] | None:
        """The first line that cannot be saved, and why."""
        seen: set[str] = set()
        for line in self.lines:
            text = line.edit.text().strip()
            if not text and line.stored is not None:
                line.tell(self.tr("Empty: remove the line instead"), "bad")
            key = (numbers.parse(text, self._region).key if self._phones else "") or text.casefold()
            if text and key in seen:
                line.tell(self.tr("Already there"), "bad")
            seen.add(key)
            if line.edit.property("error") == "true":
                return line.edit, line.words.text()
        return None


def _label_choice(value: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(_tr("Kind of number"))
    for stored, words in phone_labels():
        choice.addItem(words, stored)
    if choice.findData(value) < 0:
        choice.addItem(value or _tr("Not said"), value)
    choice.setCurrentIndex(choice.findData(value))
    return choice


def shown(reach: Reach) -> str:
    """A line in words."""
    name = dict(phone_labels()).get(reach[2], reach[2])
    return f"{wording.ltr(reach[1])} ({name})" if name else wording.ltr(reach[1])


def of_phones(phones: tuple[PhoneRow, ...]) -> tuple[Reach, ...]:
    return tuple((phone.id, phone.typed, phone.label) for phone in phones)


def of_emails(emails: tuple[EmailRow, ...]) -> tuple[Reach, ...]:
    return tuple((email.id, email.address, "") for email in emails)


def of_card(card: CustomerCard) -> tuple[Reach, ...]:
    """All of a customer's lines, numbers first."""
    return (*of_phones(card.phones), *of_emails(card.emails))


Said = tuple[UUID, str, str]  # id, text as typed, label


def differences(
    before: tuple[Reach, ...], now: tuple[Reach, ...], fresh: dict[tuple[str, str], UUID]
) -> tuple[tuple[Said, ...], tuple[UUID, ...], tuple[Said, ...]]:
    """(added with ids, removed ids, changed).

    ``fresh`` remembers the id each added line was given: the same edit saved twice adds it once.
    """
    known = {reach[0]: reach for reach in before}
    added = tuple(
        (fresh.setdefault((text, name), new_id()), text, name) for stored, text, name in now if stored is None and text
    )
    there = {reach[0] for reach in now if reach[1]}
    removed = tuple(key for key in known if key is not None and key not in there)
    changed = tuple(
        (stored, text, name)
        for stored, text, name in now
        if stored is not None and text and known.get(stored) != (stored, text, name)
    )
    return added, removed, changed


def rebased(
    mine: tuple[Reach, ...], before: tuple[Reach, ...], after: tuple[Reach, ...]
) -> tuple[tuple[Reach, ...], dict[UUID, Reach]]:
    """Lines as they are stored now, with what was typed here, and what others made of those that both changed.

    One that somebody changed while it was removed here comes back; one typed here that somebody removed is a new one.
    """
    typed, was = {reach[0]: reach for reach in mine}, {reach[0]: reach for reach in before}
    lines: list[Reach] = []
    theirs: dict[UUID, Reach] = {}
    for stored in after:
        key, old = stored[0], was.get(stored[0])
        here = typed.get(key)
        if old is None or here == old or (here is None and stored != old):
            lines.append(stored)
        elif here is not None:
            lines.append(here)
            if stored not in (old, here) and key is not None:
                theirs[key] = stored
    there = {reach[0] for reach in after}
    have = {(reach[1], reach[2]) for reach in lines}
    for key, text, name in mine:
        kept_here = key is not None and key not in there and (key, text, name) != was.get(key)
        if (key is None or kept_here) and (text, name) not in have:
            lines.append((None, text, name))
    return tuple(lines), theirs
