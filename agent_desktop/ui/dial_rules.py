"""The dial rules as a small table: which numbers, what is left out, what is put in front; the order counts."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from agent_desktop.settings import DialRule
from agent_desktop.ui import setting_controls, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.theme import restyle

_NAMES = ("when", "strip", "add", "account")
_STRETCH = {"when": 3, "strip": 2, "add": 2, "account": 4}
_EXAMPLES = {"when": "+48.", "strip": "+48", "add": "0"}


class DialRules(QWidget):
    """Signal: changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in setting_controls.specs("", DialRule)}
        self._lines: list[dict[str, QLineEdit]] = []
        self._buttons: list[tuple[Button, Button]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._heads = [label(self._spec(name).title, "small-b", "2") for name in _NAMES]
        for at, (name, head) in enumerate(zip(_NAMES, self._heads, strict=True)):
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, _STRETCH[name])
        self.add = Button(self.tr("Add a rule"), "plus", kind="link")
        self.add.clicked.connect(lambda: self._append(DialRule(), told=True))
        self._hint = label(self._spec("when").help, "caption", "3", wrap=True)
        self.setLayout(column(self._grid, self._hint, row(self.add, None), spacing=8))
        self.setFocusProxy(self.add)
        self._arrange()

    def _spec(self, name: str) -> setting_controls.Spec:
        return self._specs[f".{name}"]

    def value(self) -> tuple[DialRule, ...]:
        """The rules as they stand, whether or not they can be kept."""
        return tuple(DialRule(**{name: edit.text().strip() for name, edit in line.items()}) for line in self._lines)

    def set_value(self, rules: tuple[DialRule, ...]) -> None:
        if rules == self.value():
            return
        while self._lines:
            self._drop(0, told=False)
        for rule in rules:
            self._append(rule, told=False)

    def problem(self) -> str:
        """Which rule cannot be kept, in words."""
        for at, rule in enumerate(self.value()):
            for name in _NAMES:
                wrong = not _keeps(rule, name)
                restyle(self._lines[at][name], error="true" if wrong else "")
                if wrong:
                    title = self._spec(name).title
                    return self.tr("Rule {0}: “{1}” does not have the right form").format(at + 1, title)
        return ""

    def _append(self, rule: DialRule, *, told: bool) -> None:
        line: dict[str, QLineEdit] = {}
        for name in _NAMES:
            edit = QLineEdit(getattr(rule, name))
            edit.setCursorPosition(0)
            edit.setPlaceholderText(_EXAMPLES.get(name, ""))
            edit.setToolTip(self._spec(name).help)
            theme.size(edit, minimum_width=52)
            edit.textChanged.connect(lambda _text: self.changed.emit())
            line[name] = edit
        up, drop = Button("", "arrow-up", kind="ghost", height=28), Button("", "trash", kind="ghost", height=28)
        up.setToolTip(self.tr("Earlier"))
        drop.setToolTip(self.tr("Remove"))
        up.clicked.connect(lambda: self._raise(self._lines.index(line)))
        drop.clicked.connect(lambda: self._drop(self._lines.index(line), told=True))
        self._lines.append(line)
        self._buttons.append((up, drop))
        self._arrange()
        if told:
            line["when"].setFocus()
            self.changed.emit()

    def _drop(self, at: int, *, told: bool) -> None:
        for widget in (*self._lines.pop(at).values(), *self._buttons.pop(at)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._arrange()
        if told:
            self.add.setFocus()
            self.changed.emit()

    def _raise(self, at: int) -> None:
        self._lines.insert(at - 1, self._lines.pop(at))
        self._buttons.insert(at - 1, self._buttons.pop(at))
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        before: QWidget | None = None
        for at, (line, buttons) in enumerate(zip(self._lines, self._buttons, strict=True)):
            for place, widget in enumerate((*line.values(), *buttons)):
                self._grid.addWidget(widget, at + 1, place)
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
            for name, edit in line.items():
                edit.setAccessibleName(self.tr("Rule {0}, {1}").format(at + 1, self._spec(name).title))
            buttons[0].setAccessibleName(self.tr("Rule {0} earlier").format(at + 1))
            buttons[1].setAccessibleName(self.tr("Remove rule {0}").format(at + 1))
            buttons[0].setEnabled(at > 0)
        for part in (*self._heads, self._hint):
            part.setVisible(bool(self._lines))


def _keeps(rule: DialRule, name: str) -> bool:
    try:
        msgspec.convert({name: getattr(rule, name)}, DialRule)
    except msgspec.ValidationError:
        return False
    return True
