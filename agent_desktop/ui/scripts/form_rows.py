"""Rows of a step's form that can be added and removed: answers to choose, and ways to go on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.labels import Label, flowing
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.form_facts import takes_fields

Ways = Sequence[tuple[str, str]]  # step id, its title
Line = tuple[str, ...]  # what stands in a row's fields, then the step it leads to


class WayChoice(Choice):
    """The step to go to, or none. A name that no step has stays, and says so."""

    def __init__(self, name: str, nothing: str):
        super().__init__(name)
        self._nothing = nothing
        self._ways: Ways | None = None

    def set(self, ways: Ways, to: str) -> None:
        self.blockSignals(True)
        if ways != self._ways or self.count() != len(ways) + 1:  # a script of 500 steps has as many ways in each row
            self._ways = ways
            self.clear()
            self.addItem(self._nothing, "")
            for step_id, title in ways:
                self.addItem(title, step_id)
        if to and self.findData(to) < 0:
            self.addItem(self.tr("{0} (no such step)").format(to), to)
        self.choose(to)
        self.blockSignals(False)

    def way(self) -> str:
        return str(self.currentData() or "")


class FormRows(QWidget):
    """Rows of text fields with a way at the end. Signal: edited(field) with a name for what is being typed in."""

    edited = Signal(str)

    def __init__(self, name: str, fields: tuple[str, ...], nothing: str, add: str, *, formulas: bool = False):
        super().__init__()
        self._name, self._fields, self._nothing, self._formulas = name, fields, nothing, formulas
        self._captions: list[Label] = []
        self._rows: list[tuple[QWidget, list[QLineEdit], WayChoice]] = []
        self._used = 0
        self._column = column(spacing=5)
        self.add = Button(add, "plus", kind="ghost", height=28)
        self.add.clicked.connect(self._add)
        self.setLayout(column(self._column, row(self.add, None), spacing=4))
        self._ways: Ways = ()

    def set(self, lines: Sequence[Line], ways: Ways) -> None:
        """Fields that show the same already keep their cursor."""
        self._ways = ways
        while len(self._rows) < len(lines):
            self._make()
        self._used = len(lines)
        for at, (widget, edits, way) in enumerate(self._rows):
            widget.setVisible(at < len(lines))
            if at < len(lines):
                for edit, text in zip(edits, lines[at], strict=False):
                    if edit.text() != text:
                        edit.setText(text)
                way.set(ways, lines[at][-1])

    def lines(self) -> list[Line]:
        """What stands in the rows."""
        used = self._rows[: self._used]
        return [(*(edit.text() for edit in edits), way.way()) for _widget, edits, way in used]

    def tell(self, at: int, words: str, tone: str) -> None:
        """Words below a row; nothing takes them away."""
        if at < len(self._captions):
            self._captions[at].setText(words)
            self._captions[at].set_tone(tone)
            self._captions[at].setVisible(bool(words))

    def _make(self) -> None:
        at = len(self._rows)
        edits = []
        for title in self._fields:
            edit = QLineEdit()
            edit.setPlaceholderText(title)
            edit.setAccessibleName(f"{self._name} {at + 1}: {title}")
            theme.size(edit, minimum_width=48)
            if self._formulas:
                takes_fields(edit, formula=True)
            edit.textEdited.connect(lambda _text, title=title: self.edited.emit(f"{self._name}.{at}.{title}"))
            edits.append(edit)
        way = WayChoice(self.tr("{0} {1}: goes on with").format(self._name, at + 1), self._nothing)
        way.currentIndexChanged.connect(lambda _index: self.edited.emit(""))
        away = ToolButton("x", self.tr("Remove {0} {1}").format(self._name, at + 1))
        away.clicked.connect(lambda: self._remove(at))
        widget = QWidget()
        caption = flowing("", "caption", "3")
        caption.hide()
        self._captions.append(caption)
        fields = row(*((edit, 2) for edit in edits), (way, 3), away, spacing=5)
        widget.setLayout(column(fields, caption, spacing=2))
        self._rows.append((widget, edits, way))
        self._column.addWidget(widget)

    def _add(self) -> None:
        self.set([*self.lines(), ("",) * (len(self._fields) + 1)], self._ways)
        self._rows[self._used - 1][1][0].setFocus()
        self.edited.emit("")

    def _remove(self, at: int) -> None:
        lines = self.lines()
        self.set(lines[:at] + lines[at + 1 :], self._ways)
        self.edited.emit("")
