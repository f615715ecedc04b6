"""Which calls get a script: rules, each of what a call must be like."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from agent_desktop.core.scripts.choosing import named
from agent_desktop.data.script_rows import RuleRow
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.pick_field import PickField

Queues = Sequence[tuple[str, str]]  # name, label
Known = Mapping[str, Sequence[str]]  # what calls and customers had so far, by the field's name
_PICKED = ("queue", "intent", "campaign", "segment", "language")


class RuleCard(QFrame):
    """One rule; empty fields ask for nothing. Signal: save(RuleRow)."""

    save = Signal(object)

    def __init__(self, rule: RuleRow, queues: Queues, known: Known | None = None):
        super().__init__()
        self.setProperty("inset", True)
        self.rule = rule
        self.edits: dict[str, QLineEdit] = {"dialled": QLineEdit(rule.dialled)}
        self.edits["dialled"].setPlaceholderText(self.tr("Any"))
        self._picks = {name: PickField(self.tr("Any")) for name in _PICKED}
        for name, pick in self._picks.items():
            pick.set_values(named(getattr(rule, name)))
        self.edits |= self._picks
        self.queue = self._picks["queue"]
        self.offer(queues, known or {})
        self.store = Button(self.tr("Save rule"), "check", height=30)
        self.away = Button(self.tr("Remove"), "x", kind="ghost", height=30)
        edits = self.edits
        self.setLayout(
            column(
                _beside(_box(self.tr("Queue"), self.queue), _box(self.tr("Intent"), edits["intent"])),
                _beside(_box(self.tr("Dialled number"), edits["dialled"]),
                        _box(self.tr("Campaign"), edits["campaign"])),
                _beside(_box(self.tr("Customer’s tag"), edits["segment"]),
                        _box(self.tr("Language"), edits["language"])),
                row(self.store, self.away, None, spacing=6), spacing=8, margins=(12, 10, 12, 10),
            )
        )  # fmt: skip
        for edit in self.edits.values():
            edit.textEdited.connect(lambda _text: self._show())
        self.store.clicked.connect(lambda: self.save.emit(self.typed()))
        self.away.clicked.connect(lambda: self.save.emit(replace(self.rule, active=False)))
        self._show()

    def typed(self) -> RuleRow:
        """The rule as it stands in the fields."""
        said: dict[str, Any] = {name: ", ".join(pick.values()) for name, pick in self._picks.items()}
        return replace(self.rule, dialled=self.edits["dialled"].text().strip(), **said)

    def offer(self, queues: Queues, known: Known) -> None:
        """What there is to pick from."""
        for name, pick in self._picks.items():
            pick.set_options(queues if name == "queue" else [(each, each) for each in known.get(name, ())])

    def is_touched(self) -> bool:
        return self.typed() != self.rule

    def _show(self) -> None:
        self.store.setEnabled(self.rule.version == 0 or self.is_touched())


class RulesForm(QWidget):
    """The rules of one script. Signals: save(RuleRow), new_wanted()."""

    save = Signal(object)
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[RuleCard] = []
        self._queues: Queues = ()
        self._known: Known = {}
        order = self.tr(
            "Calls that fit a rule get this script; of several names in a field one is enough. Of several rules that "
            "fit, one that asks for a campaign goes first, then for an intent, a dialled number, a queue, a tag, a "
            "language."
        )
        self._nothing = flowing(self.tr("No rule names this script: agents can choose it by hand."), "small", "2")
        self.add = Button(self.tr("Add rule"), "plus", kind="ghost", height=30)
        self.add.clicked.connect(self.new_wanted)
        self._list = column(spacing=10)
        title = label(self.tr("Which calls get it"), "small-b", "2")
        hint = flowing(order, "caption", "3")
        self.setLayout(column(title, hint, self._nothing, self._list, row(self.add, None), None, spacing=10,
                              margins=(16, 0, 16, 16)))  # fmt: skip

    def set_queues(self, queues: Queues) -> None:
        """The centre's queues."""
        self._offer(queues, self._known)

    def set_known(self, known: Known) -> None:
        """What calls and customers had so far."""
        self._offer(self._queues, known)

    def _offer(self, queues: Queues, known: Known) -> None:
        self._queues, self._known = queues, known
        for card in self.cards:
            card.offer(queues, known)

    def set(self, rules: tuple[RuleRow, ...]) -> None:
        """The rules that are on; one that is being typed in, or is new, stays as it stands."""
        known = {rule.id: rule for rule in rules}
        for card in list(self.cards):
            stored = known.pop(card.rule.id, None)
            if (stored is None and card.rule.version == 0) or stored == card.rule:
                continue
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
            if stored is not None:
                self._show(stored)
        for rule in known.values():
            self._show(rule)
        self._nothing.setVisible(not self.cards)

    def clear(self) -> None:
        """Another script."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []

    def begin(self, rule: RuleRow) -> None:
        """A new rule, not stored yet."""
        self._show(rule).queue.setFocus(Qt.FocusReason.OtherFocusReason)
        self._nothing.hide()

    def _show(self, rule: RuleRow) -> RuleCard:
        card = RuleCard(rule, self._queues, self._known)
        card.save.connect(self._save)
        self.cards.append(card)
        self._list.addWidget(card)
        return card

    def _save(self, rule: RuleRow) -> None:
        if rule.version == 0 and not rule.active:  # it was never stored
            card = next(card for card in self.cards if card.rule.id == rule.id)
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
            self._nothing.setVisible(not self.cards)
        else:
            self.save.emit(rule)


def _box(name: str, widget: QWidget) -> QWidget:
    result = QWidget()
    theme.size(result, minimum_width=80)
    result.setLayout(field(name, widget))
    return result


def _beside(left: QWidget, right: QWidget) -> QWidget:
    result = QWidget()
    result.setLayout(row((left, 1), (right, 1), spacing=10))
    return result
