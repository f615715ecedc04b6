"""Two customers side by side, about to become one: field by field which value stays, and what comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QWidget

from agent_desktop.data.rows import CustomerCard, MergeSide
from agent_desktop.ui import ask, dates, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import elided, flowing, label
from agent_desktop.ui.layouts import Item, column, frame, row, settle
from agent_desktop.ui.theme import restyle

_FIELDS = ("name", "account_number", "organisation", "language", "time_zone", "address", "alert", "since")
_STORED = {"organisation": "organisation_id"}
_WIDTH, _NAME, _MOST = 660, 110, 310
_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Merging:
    """What was decided: one of them stays, with these fields of the other."""

    kept: MergeSide
    gone: MergeSide
    taken: tuple[str, ...]


class MergeCard(ask.Question):
    """Answers with a Merging, or with None: they are two people.

    Tab goes from field to field, left and right choose, Enter merges, Escape leaves both as they are.
    """

    def __init__(self, kept: MergeSide, gone: MergeSide):
        super().__init__("")
        self._kept, self._gone = kept, gone
        self.fields: dict[str, _Field] = {}
        title = self.tr("Merge {0} with {1}").format(short_name(kept.card.name), short_name(gone.card.name))
        self.setAccessibleName(title)
        heading = label(title, "title", wrap=True)
        self._items = [heading, label(self._intro(), "body", "2", wrap=True)]
        self.merge_button = Button(self.tr("Merge"), "git-merge", kind="primary", keys=self.tr("Enter"), height=34)
        self.merge_button.clicked.connect(lambda: self.answered.emit(self._decided()))
        self.apart_button = Button(self.tr("Two different people"), "users", height=34)
        self.apart_button.clicked.connect(lambda: self.answered.emit(None))
        stop = Button(self.tr("Cancel"), height=34)
        stop.clicked.connect(self.dismissed.emit)
        self.default = self.merge_button
        foot = row(self.apart_button, None, stop, self.merge_button)
        self.finish(self._choices(), self._result(), foot)
        theme.size(self, fixed_width=_WIDTH)
        self._preview()

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        for field in self.fields.values():
            return field.options[field.chosen()]
        return self.merge_button

    def _intro(self) -> str:
        return self.tr("Choose what stays. Contacts, tickets, numbers and e-mail of both come together.")

    # ------------------------------------------------------------------ fields

    def _choices(self) -> QWidget:
        titles = _titles(self)
        lines: list[Item] = []
        same: list[str] = []
        for name in _FIELDS:
            ours, theirs = getattr(self._kept.card, name), getattr(self._gone.card, name)
            if ours == theirs:
                same += [titles[name]] if ours else []
                continue
            texts = (_shown(name, self._kept.card), _shown(name, self._gone.card))
            self.fields[name] = field = _Field(titles[name], texts, self._default(name), self)
            field.chosen_now.buttonToggled.connect(lambda _button, on: self._preview() if on else None)
            lines.append(field)
        if same:
            words = self.tr("The same in both: {0}").format(QLocale().createSeparatedList(same))
            lines.append(flowing(words, "caption", "3"))
        body = QWidget()
        body.setLayout(column(*lines, None, spacing=6, margins=(0, 0, 10, 0)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(body)
        for field in self.fields.values():
            field.entered.connect(lambda field=field: area.ensureWidgetVisible(field, 0, 12))
        settle(body)
        most = min(_MOST, 40 * len(self.fields) + (24 if same else 0))
        theme.size(area, minimum_height=min(most, 80), maximum_height=most)
        if not lines:
            area.hide()
        return area

    def _default(self, name: str) -> int:
        """The filled one; of two the newer customer's, but the earlier beginning."""
        ours, theirs = getattr(self._kept.card, name), getattr(self._gone.card, name)
        if not ours or not theirs:
            return 1 if theirs else 0
        if name == "since":
            return 1 if (theirs or _EVER) < (ours or _EVER) else 0
        return 1 if self._gone.updated_at > self._kept.updated_at else 0

    def _decided(self) -> Merging:
        taken = tuple(_STORED.get(name, name) for name, field in self.fields.items() if field.chosen() == 1)
        return Merging(self._kept, self._gone, taken)

    # ------------------------------------------------------------------ result

    def _result(self) -> QWidget:
        self.result_name = elided("", "body-b")
        self.result_facts = elided("", "small", "2")
        self.result_reach = flowing("", "small", "2")
        self.result_moved = flowing("", "small", "2")
        parts: list[Item] = [label(self.tr("After that"), "caption", "3"), self.result_name, self.result_facts]
        return frame(
            column(*parts, self.result_reach, self.result_moved, spacing=3, margins=(14, 9, 14, 10)), inset=True
        )

    def _preview(self) -> None:
        if not hasattr(self, "result_name"):
            return  # the fields are being made
        kept, gone = self._kept.card, self._gone.card

        def stays(name: str) -> str:
            field = self.fields.get(name)
            return _shown(name, gone if field is not None and field.chosen() == 1 else kept)

        self.result_name.setText(stays("name"))
        tags = ", ".join(dict.fromkeys((*kept.tags, *gone.tags)))
        facts = (stays("organisation"), stays("account_number"), stays("language"), tags)
        self.result_facts.setText(" · ".join(fact for fact in facts if fact))
        self.result_facts.setVisible(bool(self.result_facts.text()))
        reach = " · ".join(_reach(kept, gone))
        self.result_reach.setText(wording.breakable(reach))
        self.result_reach.setVisible(bool(reach))
        self.result_moved.setText(self._moved())

    def _moved(self) -> str:
        """How much comes together, and how much of it moves."""
        counted = []
        kinds = (
            (self.tr("Contacts: {0}"), self._kept.contacts, self._gone.contacts),
            (self.tr("Tickets: {0}"), self._kept.tickets, self._gone.tickets),
            (self.tr("To do: {0}"), self._kept.work, self._gone.work),
        )
        for words, ours, theirs in kinds:
            if ours or theirs:
                number = QLocale().toString(ours + theirs)
                moves = self.tr("{0}, {1} of them from {2}")
                name = short_name(self._gone.card.name)
                counted.append(
                    words.format(moves.format(number, QLocale().toString(theirs), name) if theirs else number)
                )
        return " · ".join(counted) or self.tr("Neither has any contacts yet.")


class _Field(QWidget):
    """One field with both values, of which one stays. Signal: entered() by the keyboard."""

    entered = Signal()

    def __init__(self, title: str, texts: Sequence[str], chosen: int, parent: QObject):
        super().__init__()
        self.chosen_now = QButtonGroup(parent)
        self.options: list[QRadioButton] = []
        self._frames: list[QFrame] = []
        name = label(title, "small", "3", wrap=True)
        theme.size(name, fixed_width=_NAME)
        cells: list[Item] = [name]
        for at, text in enumerate(texts):
            option = QRadioButton()
            option.setProperty("framed", True)  # the cell around it shows the focus
            theme.size(option, minimum_height=24)
            option.setAccessibleName(f"{title}: {text or self.tr('(empty)')}")
            option.setChecked(at == chosen)
            option.toggled.connect(lambda _on: self._arrange())
            option.installEventFilter(self)
            self.chosen_now.addButton(option, at)
            self.options.append(option)
            value = elided(" ".join(text.split()) or self.tr("(empty)"), "body", "" if text else "3")
            cell = frame(row(option, (value, 1), spacing=6, margins=(10, 3, 8, 3)), inset=True)
            cell.setProperty("choice", at)
            cell.installEventFilter(self)
            self._frames.append(cell)
            cells.append((cell, 1))
        self.setLayout(row(*cells, spacing=8))
        theme.size(self, minimum_height=32)
        self._arrange()

    def chosen(self) -> int:
        return self.chosen_now.checkedId()

    def _arrange(self) -> None:
        for option, cell in zip(self.options, self._frames, strict=False):
            restyle(cell, inset="focused" if option.hasFocus() else "chosen" if option.isChecked() else "true")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QRadioButton):
            QTimer.singleShot(0, self, self._arrange)
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QFrame):
            option = self.options[int(watched.property("choice"))]
            option.setChecked(True)
            option.setFocus()
        return super().eventFilter(watched, event)


def _shown(name: str, card: CustomerCard) -> str:
    if name == "since":
        return dates.day(card.since) if card.since is not None else ""
    value = str(getattr(card, name))
    if name == "language":
        return wording.language(value)
    return wording.ltr(value) if name == "account_number" else value


def _reach(kept: CustomerCard, gone: CustomerCard) -> list[str]:
    """Numbers, addresses and products of both, each once."""
    phones = [phone.e164 or phone.typed for card in (kept, gone) for phone in card.phones]
    found = [wording.phone(number) for number in dict.fromkeys(phones)]
    emails = {email.address.casefold(): email.address for card in (gone, kept) for email in card.emails}
    found += [wording.ltr(address) for address in emails.values()]
    return found + [product.name for card in (kept, gone) for product in card.products]


def _titles(spoken: QObject) -> dict[str, str]:
    return {
        "name": spoken.tr("Name"),
        "account_number": spoken.tr("Account no."),
        "organisation": spoken.tr("Organisation"),
        "language": spoken.tr("Language"),
        "time_zone": spoken.tr("Time zone"),
        "address": spoken.tr("Address"),
        "alert": spoken.tr("Alert"),
        "since": spoken.tr("Customer since"),
    }


def short_name(name: str) -> str:
    """A name inside a sentence."""
    return name if len(name) <= 40 else name[:39].rstrip() + "…"
