"""The command palette wired to actions and to the search over customers, tickets, people, notes and articles."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.views import Notice
from agent_desktop.data import rows
from agent_desktop.ui import dates, wording
from agent_desktop.ui.command_palette import CommandPalette, Hit, first_of, scope
from agent_desktop.ui.found_text import excerpt
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow


class PaletteWiring(QObject):
    """Opens the palette; ``pick_customer`` uses it to choose a customer for something."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self._palette: CommandPalette | None = None
        self._possible: frozenset[str] = frozenset()
        self._picking: Callable[[UUID], None] | None = None

    def set_possible(self, names: Collection[str]) -> None:
        """Which actions make sense now."""
        self._possible = frozenset(names)

    @Slot()
    def open(self) -> None:
        self._picking = None
        self._open("")

    def pick_customer(self, then: Callable[[UUID], None]) -> None:
        """Choose a customer; ``then`` is called with the choice."""
        self._picking = then
        self._open("@")

    def _open(self, text: str) -> None:
        if self._palette is None:
            self._palette = palette = CommandPalette()
            palette.query.connect(self._ask)
            palette.action_chosen.connect(self._act)
            palette.found_chosen.connect(self._go)
            palette.call_wanted.connect(self._call)
            palette.closed.connect(self._close)
        self._palette.start(self._possible, text)
        Overlay.of(self.window_).present(self._palette)

    @Slot()
    def _close(self) -> None:
        Overlay.of(self.window_).dismiss(self._palette, answered=True)

    @Slot(str)
    def _ask(self, text: str) -> None:
        self.window_.lists.find(text, lambda found: self._show(text, found))

    def _show(self, text: str, found: rows.Found) -> None:
        if self._palette is None:
            return
        customers = [
            Hit("customer", line.name, line.id, _parts(line.organisation, wording.phone(line.phone)), line.phone)
            for line in found.customers
        ]
        tickets = [Hit("ticket", f"{line.number}  {line.subject}", line.id, line.customer) for line in found.tickets]
        people = [Hit("person", line.name, line.id, line.team, line.extension) for line in found.people]
        needle = scope(text)[1]
        notes = [
            Hit("note", excerpt(line.text, needle), line.interaction_id, _parts(line.customer, dates.moment(line.at)))
            for line in found.notes
        ]
        articles = [Hit("article", line.title, line.id, line.summary) for line in found.articles]
        groups = [
            (self.tr("Customers"), "customers", customers),
            (self.tr("Tickets"), "tickets", tickets),
            (self.tr("People"), "people", people),
            (self.tr("Notes"), "notes", notes),
            (self.tr("Articles"), "articles", articles),
        ]
        shown = [(first_of(head, len(hits)) if name in found.more else head, hits) for head, name, hits in groups]
        self._palette.set_results(text, [group for group in shown if group[1]])

    @Slot(str)
    def _act(self, name: str) -> None:
        self._close()
        self.window_.action(name).trigger()

    @Slot(object)
    def _go(self, found: Hit) -> None:
        self._close()
        if not isinstance(found.key, UUID):
            return
        if found.kind == "customer":
            if self._picking is not None:
                self._picking(found.key)
            else:
                self.window_.customers_wiring.open(found.key)
        elif found.kind == "ticket":
            self.window_.tickets_wiring.open(found.key)
        elif found.kind == "note":
            self.window_.calls_wiring.open(found.key)
        elif found.kind == "article":
            self.window_.knowledge_wiring.open(found.key)
        elif found.number:
            self.window_.dial(found.number, found.title)
        else:
            words = self.tr("{0} has no extension to call.").format(found.title)
            self.window_.shell.notify(Notice(words, "info"))

    @Slot(object)
    def _call(self, found: Hit) -> None:
        self._close()
        customer_id = found.key if found.kind == "customer" and isinstance(found.key, UUID) else None
        self.window_.dial(found.number, found.title, customer_id)


def _parts(*said: str) -> str:
    return " · ".join(part for part in said if part)
