"""Customers who look like one person, on every card that is shown; the dialog that merges two, and what was merged."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from agent_desktop.core import interaction_ids
from agent_desktop.core.merges import Merges
from agent_desktop.core.views import Notice, PopView
from agent_desktop.data import operations as op
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.rows import ApartLine, Changed, Duplicate, MergeLine, MergeSide
from agent_desktop.ui import ask
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.customer_card import CustomerCard
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.merge_card import Merging
    from agent_desktop.ui.merge_list import MergeList

LATER_MS = 400  # after a card was shown: the caller comes first


class MergeWiring(QObject):
    """The dialog and the list are made when they are wanted."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.core = Merges(window.core.store)
        self.list: MergeList | None = None
        self._shown: dict[CustomerCard, UUID] = {}
        self._stale: set[CustomerCard] = set()
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._ask)
        self._undo: dict[UUID, UUID | tuple[UUID, UUID]] = {}  # notice: the merge, or who was told apart
        window.session.pop_painted.connect(self._popped)
        window.core.store.changed.connect(self._changed)
        window.shell.undo.connect(self._undo_wanted)
        self.core.undone.connect(self._undone)
        self.core.refused.connect(self._refused)
        window.action("merge").triggered.connect(lambda _checked=False: self.open())
        window.action("merges").triggered.connect(lambda _checked=False: self.open_list())

    # -------------------------------------------------------------- who is shown

    def watch(self, card: "CustomerCard") -> None:
        """Let a card's note about duplicates do what it says."""
        card.compare.connect(self.compare)
        card.apart.connect(self._told_apart)

    @Slot(object)
    def _popped(self, view: PopView | None) -> None:
        space = self.window_.workspace
        if view is None:
            if space.is_prepared():
                self._shown.pop(space.card, None)
        elif view.state == "found" and view.pop.card is not None and view.as_of is None:
            space.prepare()  # a caller may be quicker than the start
            self.shown(space.card, view.pop.card.id)

    def shown(self, card: "CustomerCard", customer_id: UUID) -> None:
        """A card shows this customer now; who looks like them is asked once the screen is quiet."""
        if self._shown.get(card) != customer_id:
            self._shown[card] = customer_id
            self._look_again(card)
        self.window_.update_possible()

    def _look_again(self, card: "CustomerCard") -> None:
        self._stale.add(card)
        if not self._later.isActive():
            self._later.start()

    @Slot()
    def _ask(self) -> None:
        stale, self._stale = self._stale, set()
        for card in stale:
            if (key := self._shown.get(card)) is not None:
                self.core.alike(key, lambda found, card=card, key=key: self._found(card, key, found))  # type: ignore[misc]

    def _found(self, card: "CustomerCard", customer_id: UUID, found: tuple[Duplicate, ...]) -> None:
        if self._shown.get(card) == customer_id:
            card.set_duplicates(customer_id, found)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        for card, key in self._shown.items():
            alike = card.found.duplicate.other()
            if changed.everything or key in changed.customers or alike in changed.customers:
                self._look_again(card)
        if self.list is not None and self.list.isVisible() and (changed.customers or changed.everything):
            self._fill()

    def customer(self) -> "tuple[UUID, UUID | None] | None":
        """The customer on the page in sight, and who looks like them."""
        page = self.window_.customers_wiring.page
        card = page.card if page is not None and page.isVisible() else None
        if card is None and self.window_.shell.current() == "workspace" and self.window_.workspace.is_prepared():
            card = self.window_.workspace.card
        if card is None or not card.isVisible() or card.found.card is None or card not in self._shown:
            return None
        return self._shown[card], card.found.duplicate.other()

    # ------------------------------------------------------------------- merging

    def open(self) -> None:
        """Merge the customer in sight: with who looks like them, else with one who is typed and chosen."""
        seen = self.customer()
        if seen is None:
            return
        key, alike = seen
        if alike is not None:
            self.compare(key, alike)
        else:
            self.window_.palette_wiring.pick_customer(lambda other: self.compare(key, other))

    @Slot(object, object)
    def compare(self, one: UUID, other: UUID) -> None:
        """Show both side by side."""

        def failed(error: Exception) -> None:
            words = error.text if isinstance(error, DatabaseTrouble) else self.tr("They could not be fetched.")
            self.window_.shell.notify(Notice(words, "warn"))

        self.core.sides(one, other, self._present, failed)

    def _present(self, kept: MergeSide | None, gone: MergeSide | None) -> None:
        if kept is None or gone is None or kept.card.id == gone.card.id:
            self.window_.shell.notify(Notice(self.tr("This is one and the same customer already."), "info"))
            return
        from agent_desktop.ui.merge_card import MergeCard

        card = MergeCard(kept, gone)

        def answered(value: object) -> None:
            if value is None:
                self._told_apart(kept.card.id, gone.card.id)
            else:
                self._merge(value)  # type: ignore[arg-type]

        ask.present(self.window_, card, answered, card.first())

    def _merge(self, decided: "Merging") -> None:
        from agent_desktop.ui.merge_card import short_name

        self.core.agent_id = self.window_.lists.agent_id
        kept, gone = decided.kept.card, decided.gone.card
        merge_id = self.core.merge(kept.id, gone.id, decided.taken)
        words = self.tr("{0} and {1} are one customer now")
        if not self.window_.core.store.ready:
            words = self.tr("{0} and {1} become one customer once the database is back")
        self._notify(words.format(short_name(gone.name), short_name(kept.name)), merge_id)

    @Slot(object, object)
    def _told_apart(self, one: UUID, other: UUID) -> None:
        self.core.agent_id = self.window_.lists.agent_id
        self.core.set_apart(one, other, apart=True)
        self._notify(self.tr("Two different people: nobody is asked again"), (one, other))

    def _notify(self, words: str, undo: UUID | tuple[UUID, UUID]) -> None:
        token = interaction_ids.new_id()
        self._undo[token] = undo
        self.window_.shell.notify(Notice(words, "ok", self.tr("Undo"), token))

    @Slot(object)
    def _undo_wanted(self, notice: Notice) -> None:
        back = self._undo.pop(notice.token, None) if notice.token is not None else None
        if isinstance(back, tuple):
            self._ask_again(*back)
        elif back is not None:
            self._take_apart(back)

    def _take_apart(self, merge_id: UUID) -> None:
        self.core.agent_id = self.window_.lists.agent_id
        self.core.undo(merge_id)

    def _ask_again(self, one: UUID, other: UUID) -> None:
        self.core.agent_id = self.window_.lists.agent_id
        self.core.set_apart(one, other, apart=False)

    @Slot(object)
    def _undone(self, line: MergeLine) -> None:
        words = self.tr("{0} and {1} are two customers again.").format(line.gone, line.kept)
        if line.left_alone:
            from agent_desktop.ui.merge_list import left_alone

            words += " " + left_alone(line)
        self.window_.shell.notify(Notice(words, "warn" if line.left_alone else "ok"))

    @Slot(object, str)
    def _refused(self, operation: "op.MergeCustomers | op.UndoMerge", why: str) -> None:
        words = self.tr("Not merged: {0}") if isinstance(operation, op.MergeCustomers) else self.tr("Not undone: {0}")
        self.window_.shell.notify(Notice(words.format(why), "bad"))

    # ---------------------------------------------------------------- what was made

    def open_list(self) -> "MergeList":
        """The merges that were made."""
        from agent_desktop.ui.merge_list import MergeList

        card = self.list
        if card is None:
            card = self.list = MergeList()
            card.undo.connect(self._take_apart)
            card.ask_again.connect(self._ask_again)
            card.open_customer.connect(self._open_customer)
            card.closed.connect(self._close)
        Overlay.of(self.window_).present(card, top=60)
        self._fill()
        return card

    def _fill(self) -> None:
        card = self.list
        assert card is not None

        def failed(error: Exception) -> None:
            card.say(error.text if isinstance(error, DatabaseTrouble) else self.tr("They could not be fetched."))

        def answer(merges: tuple[MergeLine, ...], aparts: tuple[ApartLine, ...]) -> None:
            card.set_rows(merges, aparts)
            Overlay.of(self.window_).place()

        self.core.made(answer, failed)

    def _close(self) -> None:
        Overlay.of(self.window_).dismiss(self.list, answered=True)

    @Slot(object)
    def _open_customer(self, customer_id: UUID) -> None:
        self._close()
        self.window_.customers_wiring.open(customer_id)
