"""What a step computes when it is left: a name and a formula each, with what comes of it for the made-up caller."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.core.scripts.model import NAME
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import Label, flowing, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.form_facts import takes_fields, write


class _Row(QWidget):
    def __init__(self, number: int):
        super().__init__()
        self.name, self.formula = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(self.tr("name"))
        self.formula.setPlaceholderText(self.tr("formula, as (amount / 3)|round(2)"))
        self.name.setAccessibleName(self.tr("Value {0}: name").format(number))
        self.formula.setAccessibleName(self.tr("Value {0}: formula").format(number))
        takes_fields(self.formula, formula=True)
        for edit in (self.name, self.formula):
            theme.size(edit, minimum_width=60)
        self.away = ToolButton("x", self.tr("Remove value {0}").format(number))
        self.result: Label = flowing("", "caption", "3")
        fields = row((self.name, 2), label("=", "body", "3"), (self.formula, 5), self.away, spacing=5)
        self.setLayout(column(fields, self.result, spacing=2))
        self.result.hide()


class ValueRows(QWidget):
    """Signal: edited(field) with a name for what is being typed in."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self._computed: dict[str, str] = {}
        self._column = column(spacing=6)
        self.add = Button(self.tr("Add value"), "plus", kind="ghost", height=28)
        self.add.clicked.connect(self._add)
        self.setLayout(column(self._column, row(self.add, None), spacing=4))

    def set(self, computed: dict[str, str]) -> None:
        """Names and formulas in the order in which they are worked out."""
        self._computed = dict(computed)
        while len(self.rows) < len(computed):
            self._make()
        for at, each in enumerate(self.rows):
            each.setVisible(at < len(computed))
        for each, (name, formula) in zip(self.rows, computed.items(), strict=False):
            write(each.name, name)
            write(each.formula, formula)
            theme.restyle(each.name, error=False)

    def computed(self) -> dict[str, str]:
        """What the rows say now; a name that cannot be one stays as it was and is marked."""
        made: dict[str, str] = {}
        known = list(self._computed)
        typed = [each.name.text().strip() for each in self.rows[: len(known)]]
        for at, before in enumerate(known):
            wish = typed[at]
            wrong = (
                re.fullmatch(NAME, wish) is None or wish in made or wish in typed[at + 1 :] or wish in known[at + 1 :]
            )
            theme.restyle(self.rows[at].name, error=wrong)
            made[before if wrong else wish] = self.rows[at].formula.text().strip()
        return made

    def set_results(self, told: dict[str, tuple[str, str]]) -> None:
        """Words and tone by the place of the formula ("compute.third")."""
        for each, name in zip(self.rows, self._computed, strict=False):
            words, tone = told.get(f"compute.{name}", ("", "3"))
            each.result.setText(words)
            each.result.set_tone(tone)
            each.result.setVisible(bool(words))

    def _make(self) -> None:
        at = len(self.rows)
        made = _Row(at + 1)
        made.name.editingFinished.connect(lambda: self.edited.emit(""))
        made.formula.textEdited.connect(lambda _text: self.edited.emit(f"compute.{at}"))
        made.away.clicked.connect(lambda: self._remove(at))
        self.rows.append(made)
        self._column.addWidget(made)

    def _add(self) -> None:
        number = next(n for n in range(1, len(self._computed) + 2) if f"value_{n}" not in self._computed)
        self.set({**self.computed(), f"value_{number}": ""})
        self.edited.emit("")
        fresh = self.rows[len(self._computed) - 1]
        fresh.name.setFocus()
        fresh.name.selectAll()

    def _remove(self, at: int) -> None:
        left = list(self.computed().items())
        self.set(dict(left[:at] + left[at + 1 :]))
        self.edited.emit("")
        (self.rows[min(at, len(left) - 2)].name if len(left) > 1 else self.add).setFocus()
