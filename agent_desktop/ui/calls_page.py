"""The list of calls with its filters, and beside it the interaction that is chosen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from agent_desktop.data.rows import CallLine, InteractionPage
from agent_desktop.data.words import Direction, Outcome
from agent_desktop.ui import dates, interaction_panel, rows_model, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice_chip import ChoiceChip
from agent_desktop.ui.fetched_list import FetchedList, ListPage
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.flow import flow
from agent_desktop.ui.interaction_panel import InteractionPanel
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import list_card
from agent_desktop.ui.rows_model import Column, RowsModel
from agent_desktop.ui.segments import Segments

TYPING_MS = 200  # after the last letter the list is asked for anew
_DAYS = {"today": 0, "yesterday": -1, "week": -6, "month": -29}


class CallsFilter(msgspec.Struct, frozen=True):
    """Which calls: started in [since, until), and everything else that is said; empty says nothing."""

    since: datetime | None = None
    until: datetime | None = None
    direction: Direction | None = None
    outcome: Outcome | None = None
    queue: str = ""  # a QueueRow's name
    mine: bool = False
    text: str = ""  # in customer, number, note


class CallsPage(ListPage):
    """Give it calls by ``set_calls`` and ``add_calls``, the chosen one's page by ``set_page``. Signals:

    filter_changed(CallsFilter): fetch these; more_wanted(CallsFilter, CallLine): and those older than this one;
    selected(UUID): fetch this interaction's page; open_customer(UUID), dial(number), manual_entry_wanted();
    save_note(interaction UUID, note UUID or None, text), link(interaction UUID), copy(text).
    """

    filter_changed = Signal(object)
    more_wanted = Signal(object, object)
    selected = Signal(object)
    open_customer = Signal(object)
    dial = Signal(str)
    manual_entry_wanted = Signal()
    save_note = Signal(object, object, str, str)
    link = Signal(object)
    copy = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._queues: dict[str, str] = {}  # name: label
        self._answered: CallsFilter | None = None
        self._opened_beside: object = None  # the list asked for when a call was opened
        self._build_filters()
        self.table = rows_model.table(RowsModel(self._columns()), self.tr("Calls"))
        self.list = FetchedList(self.table, self.text, self.call_filter, TYPING_MS)
        self.panel = InteractionPanel()
        new = Button(self.tr("Enter a call by hand"), "plus", kind="ghost")
        new.clicked.connect(self.manual_entry_wanted)
        head = column(
            row((self.text, 1), new, spacing=8),
            row((flow(self.whose, *self._chips), 1), (self.list.count, 0)),
            spacing=8,
            margins=(14, 12, 14, 6),
        )
        card = list_card(head, self.list.states)
        self.setLayout(column(self.list.banner, (row((card, 1), self.panel, spacing=12), 1), spacing=12, margins=12))
        self._wire()

    def _build_filters(self) -> None:
        self.text = search_field(self.tr("Customer, number or words of a note"), self.tr("Filter calls"))
        self.whose = Segments([self.tr("Mine"), self.tr("All")], 0, self.tr("Whose calls"))
        any_word = self.tr("Any")
        self.period = ChoiceChip(
            self.tr("Period"),
            [
                ("", any_word),
                ("today", self.tr("Today")),
                ("yesterday", self.tr("Yesterday")),
                ("week", self.tr("7 days")),
                ("month", self.tr("30 days")),
            ],
            "week",
        )
        self.direction = ChoiceChip(
            self.tr("Direction"),
            [
                ("", any_word),
                (Direction.INBOUND.value, self.tr("Incoming")),
                (Direction.OUTBOUND.value, self.tr("Outgoing")),
                (Direction.INTERNAL.value, self.tr("Internal")),
            ],
        )
        outcomes = [(value.value, wording.outcome(value)) for value in Outcome]
        self.outcome = ChoiceChip(self.tr("Outcome"), [("", any_word), *outcomes])
        self.queue = ChoiceChip(self.tr("Queue"), [("", any_word)])
        self._chips = (self.period, self.direction, self.outcome, self.queue)

    def _columns(self) -> tuple[Column[CallLine], ...]:
        missed: Callable[[CallLine], bool] = lambda line: line.outcome in (Outcome.MISSED, Outcome.REFUSED)  # noqa: E731
        return (
            Column(self.tr("Time"), lambda line: dates.moment(line.started_at), 124,
                   tooltip=lambda line: dates.exact(line.started_at)),
            Column(self.tr("Caller"), interaction_panel.who, 170, stretch=True,
                   icon=lambda line: wording.call_icon(line.direction, line.outcome), tooltip=_caller_tip),
            Column(self.tr("Queue"), lambda line: self._queues.get(line.queue, line.queue), 100, rank=2),
            Column(self.tr("Agent"), lambda line: line.agent, 124, rank=3),
            Column(self.tr("Length"), lambda line: dates.duration(line.talk_s), 70, number=True),
            Column(self.tr("Outcome"), lambda line: wording.outcome(line.outcome), 156, rank=1,
                   tone=lambda line: "bad" if missed(line) else "text"),
            Column(self.tr("Disposition"), lambda line: line.disposition, 140, rank=4,
                   tooltip=lambda line: line.note or line.disposition),
        )  # fmt: skip

    def _wire(self) -> None:
        self.list.wanted.connect(self.filter_changed)
        self.list.more_wanted.connect(lambda asked: self.more_wanted.emit(asked, self.table.rows_model.rows[-1]))
        self.whose.changed.connect(lambda _index: self.list.reload())
        for chip in self._chips:
            chip.changed.connect(lambda _value: self.list.reload())
        self.table.row_chosen.connect(self._chosen)
        self.table.row_activated.connect(lambda _line: self.panel.focus_first())
        self.panel.dial.connect(self.dial)
        self.panel.open_customer.connect(self.open_customer)
        self.panel.link.connect(self.link)
        self.panel.save_note.connect(self.save_note)
        self.panel.copy.connect(self.copy)

    # ---------------------------------------------------------------- filters

    def call_filter(self) -> CallsFilter:
        """What the filters say now; days are the desktop's own, so "today" moves on at midnight."""
        period = self.period.value()
        return CallsFilter(
            since=dates.day_start(_DAYS[period]) if period in _DAYS else None,
            until=dates.day_start() if period == "yesterday" else None,
            direction=Direction(self.direction.value()) if self.direction.value() else None,
            outcome=Outcome(self.outcome.value()) if self.outcome.value() else None,
            queue=self.queue.value(),
            mine=self.whose.chosen() == 0,
            text=self.text.text().strip(),
        )

    def set_filter(self, wanted: CallsFilter, period: str = "") -> None:
        """Show what a figure elsewhere counted; ``period`` is one of the chip's words, empty for any time."""
        self.period.set_value(period)
        self.direction.set_value(wanted.direction.value if wanted.direction else "")
        self.outcome.set_value(wanted.outcome.value if wanted.outcome else "")
        self.queue.set_value(wanted.queue)
        self.text.blockSignals(True)
        self.text.setText(wanted.text)
        self.text.blockSignals(False)
        self.whose.blockSignals(True)
        self.whose.choose(0 if wanted.mine else 1)
        self.whose.blockSignals(False)
        self.list.reload()

    def set_queues(self, queues: Sequence[tuple[str, str]]) -> None:
        """(name, label) of each queue."""
        self._queues = dict(queues)
        self.queue.set_options([("", self.tr("Any")), *queues])

    # ------------------------------------------------------------------- rows

    def set_calls(self, asked: CallsFilter, calls: Sequence[CallLine], *, total: int | None, complete: bool) -> None:
        """The answer to a filter; one that is no longer asked for is dropped. ``total`` None: not counted."""
        if not self.list.put(asked, calls, complete=complete):
            return
        self.list.tell(total, self.tr("{0} found"), self.tr("More than {0} found"))
        if not calls and asked == CallsFilter(since=asked.since, until=asked.until, mine=asked.mine):
            self.list.states.show_empty(
                self.tr("No calls in this period"), self.tr("A longer period may have some"), "phone"
            )
        elif not calls:
            self.list.states.show_empty(self.tr("No call fits"), self.tr("Take a filter away to see more"), "search-x")
        if self.table.chosen() is None and asked not in (self._answered, self._opened_beside):
            self.panel.set_page(None)  # another list; after a mere refresh what is read stays
        self._answered = asked

    def add_calls(self, asked: CallsFilter, calls: Sequence[CallLine], *, complete: bool) -> None:
        """Older calls, after ``more_wanted``."""
        self.list.add(asked, calls, complete=complete)

    # ------------------------------------------------------------------ chosen

    def _chosen(self, line: CallLine) -> None:
        self.panel.show_line(self._labelled(line))
        self.selected.emit(line.id)

    def _labelled(self, line: CallLine) -> CallLine:
        return replace(line, queue=self._queues.get(line.queue, line.queue))

    def choose(self, interaction_id: UUID) -> bool:
        """Select a call from elsewhere; False when it is not in the list."""
        return self.table.choose(interaction_id)

    def set_page(self, page: InteractionPage | None) -> None:
        """The chosen interaction whole; a page of another one comes too late and is dropped."""
        chosen = self.table.chosen()
        if page is None or (chosen is not None and chosen.id == page.line.id):
            self.panel.set_page(replace(page, line=self._labelled(page.line)) if page else None)

    def open_page(self, page: InteractionPage | None) -> None:
        """Show an interaction that the list may not have."""
        if page is not None and not self.choose(page.line.id):
            self.table.clearSelection()
            self._opened_beside = self.list.asked
        self.panel.set_page(replace(page, line=self._labelled(page.line)) if page else None)

    def shown(self) -> UUID | None:
        """The interaction that is shown."""
        return self.panel.interaction_id()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(theme.px(420), round(self.width() * 0.42)))


def _caller_tip(line: CallLine) -> str:
    parts = (line.customer, interaction_panel.number(line.number), line.note)
    return "\n".join(part for part in parts if part)
