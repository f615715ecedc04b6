"""Two people changed the same: what it said before, what is stored now and what was typed here, field by field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from agent_desktop.ui import ask, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import Item, column, row, rule
from agent_desktop.ui.segments import Segments


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed; ``name`` is the field, ``title`` what people call it, the rest as people read it."""

    name: str
    title: str
    before: str
    theirs: str
    mine: str


class ClashCard(ask.Question):
    """Answers with the names of the fields in which one's own words shall stand.

    Arrows or 1 and 2 choose, Tab goes on, Enter saves, Escape leaves all as it is stored and the own words kept.
    """

    def __init__(self, title: str, clashes: Sequence[Clash]):
        text = QCoreApplication.translate(
            "ClashCard", "Somebody else changed the same meanwhile. Nothing is overwritten: choose what shall stand."
        )
        super().__init__(title, text, icon="git-branch", tone="warn")
        self._clashes = tuple(clashes)
        self.choices: list[Segments] = []
        items: list[Item] = []
        for clash in clashes:
            items += [rule(), self._field(clash)]
        self.save = Button(self.tr("Save"), "check", kind="primary", keys=self.tr("Enter"), height=34)
        self.save.clicked.connect(self._answer)
        later = Button(self.tr("Later"), height=34)
        later.clicked.connect(self.dismissed.emit)
        self.default = self.save
        body = QWidget()
        body.setLayout(column(*items, None, spacing=10))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        theme.size(area, fixed_height=min(360, 150 * len(self._clashes)))
        self.finish(area, row(None, later, self.save))

    def _field(self, clash: Clash) -> QWidget:
        chosen = Segments([self.tr("Stored now"), self.tr("Yours")], 1, clash.title)
        self.choices.append(chosen)
        said = [
            (self.tr("Before"), clash.before, "3"),
            (self.tr("Stored now"), clash.theirs, "2"),
            (self.tr("Yours"), clash.mine, ""),
        ]
        lines: list[Item] = [row(label(clash.title, "body-b"), None, chosen)]
        for name, value, tone in said:
            text = label(wording.breakable(value or self.tr("(empty)")), "small", tone, wrap=True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            head = label(name, "small", "3")
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            theme.size(head, fixed_width=90)
            lines.append(row(head, (text, 1), spacing=8))
        box = QWidget()
        box.setLayout(column(*lines, spacing=3))
        return box

    def _answer(self) -> None:
        pairs = zip(self._clashes, self.choices, strict=True)
        self.answered.emit(frozenset(clash.name for clash, choice in pairs if choice.chosen() == 1))


def ask_whose(
    parent: QWidget, title: str, clashes: Sequence[Clash], then: Callable[[frozenset[str]], None]
) -> ClashCard:
    """Ask whose words shall stand; ``then`` gets the names of the fields in which one's own shall."""

    def answered(value: object) -> None:
        if isinstance(value, frozenset):
            then(value)

    card = ClashCard(title, clashes)
    ask.present(parent, card, answered, card.choices[0])
    return card
