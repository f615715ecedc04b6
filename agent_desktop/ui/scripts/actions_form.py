"""What agents can have done from a step, as cards: added, changed, put in another order, removed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget

from agent_desktop.core.scripts.model import Action
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import flowing
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.action_card import ActionCard, kind_of, kind_words, made
from agent_desktop.ui.scripts.form_facts import Scene

MOST = 9  # as many as there are digits


class ActionsForm(QScrollArea):
    """The actions of one step. Signal: edited(field) with a name for what is being typed in."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[ActionCard] = []
        self._scene: Scene | None = None
        self._nothing = flowing(
            self.tr("Nothing can be done from this step yet. What is added here stands below its words as a button."),
            "small", "2",
        )  # fmt: skip
        self.add = Button(self.tr("Add action"), "plus", kind="ghost", height=30)
        self.add.clicked.connect(self._offer)
        self._list = column(spacing=10)
        inner = QWidget()
        inner.setLayout(column(self._nothing, self._list, row(self.add, None), None, spacing=10,
                               margins=(16, 12, 16, 16)))  # fmt: skip
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set(self, actions: tuple[Action, ...], scene: Scene) -> None:
        """Cards of the same kind keep their cursor."""
        self._scene = scene
        while len(self.cards) > len(actions):
            self._drop(self.cards.pop())
        for at, action in enumerate(actions):
            kind = kind_of(action)
            if at == len(self.cards):
                self.cards.append(self._card(kind, at))
            elif self.cards[at].kind_shown != kind:
                before = self.cards[at]
                had = before.kind.hasFocus()
                self.cards[at] = self._card(kind, at)
                self._drop(before)
                if had:
                    self.cards[at].kind.setFocus()
            card = self.cards[at]
            card.set(action, scene)
            card.up.setEnabled(at > 0)
            card.down.setEnabled(at < len(actions) - 1)
        self._nothing.setVisible(not actions)
        self.add.setEnabled(len(actions) < MOST)

    def _card(self, kind: str, at: int) -> ActionCard:
        card = ActionCard(kind, at + 1)
        card.edited.connect(self.edited)
        card.wanted.connect(lambda what, card=card: self._change(card, what))
        card.set_result("", "3")
        self._list.insertWidget(at, card)
        card.show()
        return card

    def _drop(self, card: ActionCard) -> None:
        card.hide()
        card.setParent(None)
        card.deleteLater()

    def all_actions(self) -> tuple[Action, ...]:
        """What the cards say now."""
        return tuple(card.action() for card in self.cards)

    def set_results(self, told: dict[str, tuple[str, str]]) -> None:
        """Words and tone of the conditions by their place ("actions.1.when")."""
        for at, card in enumerate(self.cards, 1):
            card.set_result(*told.get(f"actions.{at}.when", ("", "3")))

    # ---------------------------------------------------------------- changed

    def _offer(self) -> None:
        menu = QMenu(self)
        for kind, words in kind_words().items():
            menu.addAction(words).triggered.connect(lambda _on=False, kind=kind: self.begin(kind))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def begin(self, kind: str) -> None:
        """One more action, at the end."""
        if self._scene is None or len(self.cards) >= MOST:
            return
        self.set((*self.all_actions(), made(kind)), self._scene)
        self.edited.emit("")
        self.cards[-1].focus_first()
        self.ensureWidgetVisible(self.cards[-1])

    def _change(self, card: ActionCard, what: str) -> None:
        if self._scene is None:
            return
        actions = list(self.all_actions())
        at = self.cards.index(card)
        moved = actions.pop(at)
        if what != "remove":
            at += -1 if what == "up" else 1
            actions.insert(at, moved)
        self.set(tuple(actions), self._scene)
        self.edited.emit("")
        if what == "remove":
            (self.cards[min(at, len(self.cards) - 1)].kind if self.cards else self.add).setFocus()
        else:
            button = self.cards[at].up if what == "up" else self.cards[at].down
            (button if button.isEnabled() else self.cards[at].kind).setFocus()
