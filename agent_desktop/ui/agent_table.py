"""Every agent and what they do, the worst first: filters with counts, a field to find one, a table that only repaints
what changed.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.beside.shift_watch import Kept
from agent_desktop.core.beside.talk_watch import IN_A_CALL, Talk
from agent_desktop.core.board_views import AgentLine
from agent_desktop.core.figures import NO_DATA, clock_text, number_text
from agent_desktop.ui import actions, theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.chip_row import ChipRow, Filter
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.labels import Label, snug
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.presence_words import state_words
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.wording import ltr, phone

_ORDER = {
    state: place
    for place, state in enumerate(
        (
            AgentState.HOLD,
            AgentState.WRAP_UP,
            AgentState.TALKING,
            AgentState.RINGING,
            AgentState.PAUSED,
            AgentState.READY,
            AgentState.OFFLINE,
        )
    )
}
_FILTERED = (
    AgentState.READY,
    AgentState.TALKING,
    AgentState.RINGING,
    AgentState.HOLD,
    AgentState.WRAP_UP,
    AgentState.PAUSED,
    AgentState.OFFLINE,
)
ALL, OVER = "all", "over"
_CALM = 3  # so many changed rows in sight are painted at once; more wait for the next order, a second at most
_AT_A_TIME = 40  # agents out of sight looked up in one go
_TALK, _ADHERENCE = 4, 10  # columns
_STATE_COLUMNS, _FIGURE_COLUMNS = (1, _TALK), (6, 9)


def _state_of(line: AgentLine) -> tuple[object, ...]:
    return line.state, line.since, line.queue_id, line.then, line.pbx


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents, so that "wojcik" finds Wójcik."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain.casefold().replace("ł", "l")


class AgentTable(QFrame):
    """Signals: chosen(AgentLine), when another row becomes current; all_wanted(), no longer only one queue's agents;
    menu_wanted(AgentLine, QPoint of the screen), by the mouse or the menu key."""

    chosen = Signal(object)
    all_wanted = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, now: Callable[[], datetime]):
        super().__init__()
        self.setProperty("card", True)
        self.now = now
        self._lines: dict[UUID, AgentLine] = {}
        self._line: Callable[[UUID], AgentLine] = self._lines.__getitem__
        self._behind: set[UUID] = set()  # agents whose line is no longer true
        self._queue: tuple[UUID, str] | None = None
        self._members: frozenset[UUID] = frozenset()
        self._everybody: frozenset[UUID] | None = None
        self._talks: Mapping[UUID, Talk] = {}
        self._kept: Kept | None = None
        self._words = self._age = ""
        self._title = snug(self.tr("Agents"), "body-b")
        self.chips = ChipRow(self._filters(), self.tr("Show agents"))
        self.finder = search_field(self.tr("Find agent"))
        self.finder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.model = RowsModel(self._columns(), row_id=lambda line: line.agent_id)
        self.table = Table(self.model, self.tr("Agents, worst first"), row_height=30)
        self.nobody = Label(self.tr("No agent fits these filters."), "body", "3")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.hide()
        self.every_queue = Button(self.tr("All queues"), "x", kind="ghost", height=28)
        self.every_queue.hide()
        self.every_queue.clicked.connect(self.all_wanted)
        self.look_back = ToolButton("rotate-ccw-clock", self.tr("Look back in time"), keys=actions.keys("look_back"))
        head = row(
            *(self._title, self.every_queue, 4, (self.chips, 1), self.finder, self.look_back),
            spacing=6,
            margins=(14, 9, 12, 7),
        )
        body = column((self.table, 1), (self.nobody, 1), margins=(4, 0, 4, 0))
        self.setLayout(column(head, (body, 1), spacing=0, margins=(0, 0, 0, 4)))
        self.chips.chosen.connect(self._filter_changed)
        self.finder.textChanged.connect(self._words_changed)
        self.table.row_chosen.connect(self.chosen)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self._measure()

    def _filters(self) -> tuple[Filter, ...]:
        states = (
            Filter(state.value, theme.state_label(state.value), theme.STATE_ICONS[state.value]) for state in _FILTERED
        )
        return (Filter(ALL, self.tr("All")), *states, Filter(OVER, self.tr("Over limit"), "triangle-alert"))

    def _columns(self) -> tuple[Column[AgentLine], ...]:
        rang = self.tr("Calls that rang at {0} today and were not answered")
        return (
            Column(self.tr("Agent"), lambda line: line.name, 180, tone=self._tone),
            Column(self.tr("State"), state_words, 180, icon=self._state_icon, tooltip=state_words,
                   tone=lambda line: "warn" if line.pbx is not None else self._tone(line)),
            Column(self.tr("For"), self._length, 90, number=True, ticks=True, strong=self._over, tooltip=self._limit,
                   tone=lambda line: "bad" if self._over(line) else self._tone(line),
                   icon=lambda line: ("triangle-alert", "bad") if self._over(line) else None),
            Column(self.tr("Queue"), lambda line: line.queue, 130, stretch=True, tone=self._tone, key="queue"),
            Column(self.tr("On call with"), self._talk, 116, stretch=True, rank=5, tone=self._tone,
                   tooltip=self._talk_words, key="talk"),
            Column(self.tr("Team"), lambda line: line.team, 130, rank=4, tone=self._tone, key="team"),
            Column(self.tr("Calls"), lambda line: line.handled.text(), 70, number=True, tone=self._tone,
                   tooltip=lambda line: line.handled.explain(), key="calls"),
            Column(self.tr("Not answered"), lambda line: number_text(line.not_answered), 110, number=True, rank=3,
                   tone=lambda line: self._tone(line) if line.not_answered else "text3",
                   tooltip=lambda line: rang.format(line.name), key="not_answered"),
            Column(self.tr("AHT"), lambda line: ltr(line.handle_time.text()), 75, number=True, tone=self._tone,
                   tooltip=lambda line: line.handle_time.explain(), key="aht"),
            Column(self.tr("Occupancy"), lambda line: line.occupancy.text(), 105, number=True, rank=2, tone=self._tone,
                   tooltip=_time_words, key="occupancy"),
            Column(self.tr("Adherence"), self._adherence, 92, number=True, rank=6, tone=self._tone,
                   tooltip=self._adherence_words, key="adherence"),
        )  # fmt: skip

    def _tone(self, _line: AgentLine) -> str:
        return "text3" if self._age else "text"

    def _state_icon(self, line: AgentLine) -> tuple[str, str]:
        return theme.STATE_ICONS[line.state.value], "text3" if self._age else f"{line.state.value}_fill"

    def _over(self, line: AgentLine) -> bool:
        return not self._age and line.over_limit(self.now())

    def _length(self, line: AgentLine) -> str:
        seconds = line.seconds(self.now())
        return NO_DATA if seconds is None else ltr(clock_text(seconds))

    def _limit(self, line: AgentLine) -> str:
        if line.limit_s is None:
            return self.tr("No limit for this state")
        return self.tr("Limit for this state: {0}").format(clock_text(line.limit_s))

    def _talk(self, line: AgentLine) -> str:
        """Who it is, else the number; nothing outside of calls, a dash where nobody knows."""
        if line.state not in IN_A_CALL:
            return ""
        talk = self._talks.get(line.agent_id)
        if talk is None or not talk.is_of(line):
            return NO_DATA
        return talk.row.customer or phone(talk.row.number) or self.tr("Withheld number")

    def _talk_words(self, line: AgentLine) -> str:
        if line.state not in IN_A_CALL:
            return self.tr("In no call")
        talk = self._talks.get(line.agent_id)
        if talk is None or not talk.is_of(line):
            return self.tr("No record of this call has come, or it is not yours to see.")
        words = (talk.row.customer, phone(talk.row.number) or self.tr("Withheld number"))
        return "\n".join(part for part in words if part)

    def _adherence(self, line: AgentLine) -> str:
        return NO_DATA if self._kept is None else self._kept.adherence(line.agent_id, line.name).text()

    def _adherence_words(self, line: AgentLine) -> str:
        if self._kept is None:
            return self.tr("Not known yet")
        figure = self._kept.adherence(line.agent_id, line.name)
        if figure.value is None:
            return self.tr("No shift is planned for {0} today up to now.").format(line.name)
        age = (self.now() - self._kept.until).total_seconds()
        return figure.explain() + "\n" + self.tr("Worked out {0} ago").format(clock_text(max(0.0, age)))

    # ------------------------------------------------------------------ shown

    def set_talks(self, talks: Mapping[UUID, Talk], agents: Collection[UUID]) -> None:
        """Whom people talk with; of these agents it is another one than before."""
        self._talks = dict(talks)
        for number, line in enumerate(self.model.rows):
            if line.agent_id in agents:
                self.model.dataChanged.emit(self.model.index(number, _TALK), self.model.index(number, _TALK))

    def set_kept(self, kept: Kept | None) -> None:
        """How people have kept to their shifts; cells that read the same are not painted."""
        before = [self._adherence(line) for line in self.model.rows]
        self._kept = kept
        for number, (line, text) in enumerate(zip(self.model.rows, before, strict=True)):
            if self._adherence(line) != text:
                index = self.model.index(number, _ADHERENCE)
                self.model.dataChanged.emit(index, index)

    def set_lines(self, lines: Iterable[AgentLine], line: Callable[[UUID], AgentLine]) -> None:
        """All agents; ``line`` gives the present line of one of them."""
        self._lines = {entry.agent_id: entry for entry in lines}
        self._line = line
        self._behind.clear()
        self.sort()

    def stir(self, agents: Iterable[UUID], *, calm: bool = False) -> None:
        """Something about these agents has changed: rows in sight follow at once, the others a few at a time.

        In a storm all of them follow with the next order; ``calm`` says that this is none, however many they are.
        """
        self._behind.update(agents)
        if not self._behind:
            return
        rows = self.model.rows
        first = max(0, self.table.rowAt(0))
        last = self.table.rowAt(self.table.viewport().height() - 1)
        sight = range(first, len(rows) if last < 0 else last + 1)
        changed = [number for number in sight if rows[number].agent_id in self._behind]
        if len(changed) > _CALM and not calm:
            return
        for number in changed:
            key = rows[number].agent_id
            self._behind.discard(key)
            self._lines[key] = self._line(key)
            self._replace(number, self._lines[key])
        for key in list(self._behind)[:_AT_A_TIME]:
            self._behind.discard(key)
            self._lines[key] = self._line(key)

    def _replace(self, number: int, line: AgentLine) -> None:
        """Another line in the same row; only the cells that may read differently are painted."""
        rows, before = list(self.model.rows), self.model.rows[number]
        rows[number] = line
        self.model.rows = tuple(rows)
        columns = [_STATE_COLUMNS] if _state_of(line) != _state_of(before) else []
        columns += [_FIGURE_COLUMNS] if (line.cells, line.not_answered) != (before.cells, before.not_answered) else []
        for left, right in columns:
            self.model.dataChanged.emit(self.model.index(number, left), self.model.index(number, right))

    def sort(self) -> None:
        """Filter and order anew, the worst first: over their limit, then by state, then the longest in it."""
        for agent_id in self._behind:
            self._lines[agent_id] = self._line(agent_id)
        self._behind.clear()
        now, key = self.now(), self.chips.key()
        fitting = [(line, line.over_limit(now)) for line in self._lines.values() if self._fits(line)]
        self._count(fitting)
        if key == OVER:
            fitting = [entry for entry in fitting if entry[1]]
        elif key != ALL:
            fitting = [entry for entry in fitting if entry[0].state.value == key]
        fitting.sort(
            key=lambda entry: (not entry[1], _ORDER[entry[0].state], -(entry[0].seconds(now) or 0), entry[0].name)
        )
        shown = [line for line, _ in fitting]
        self.table.set_rows(shown)
        self.table.setVisible(bool(shown) or not self._lines)
        self.nobody.setVisible(not shown and bool(self._lines))

    def tick(self) -> None:
        """A second has passed: the running times."""
        self.model.tick()

    def column_names(self) -> Mapping[str, str]:
        """The columns that can be left out: their keys and titles."""
        return {column.key: column.title for column in self.model.columns if column.key}

    def set_everybody(self, members: frozenset[UUID] | None) -> None:
        """Whom the table is about while no queue is chosen, from the next order on; None: all there are."""
        self._everybody = members

    def show_queue(self, queue_id: UUID | None, label: str = "", members: frozenset[UUID] = frozenset()) -> None:
        """Only the agents of one queue; None: of all."""
        self._queue = None if queue_id is None else (queue_id, label)
        self._members = members
        self.every_queue.setVisible(queue_id is not None)
        self._say_title()
        self.sort()

    def set_age(self, age: str) -> None:
        """What is shown is this old, in words, and grey; empty: up to date."""
        if age != self._age:
            self._age = age
            self._say_title()
            self.table.viewport().update()

    def _say_title(self) -> None:
        words = self.tr("Agents") if self._queue is None else self.tr("Agents of {0}").format(self._queue[1])
        self._title.setText(f"{words} · {self._age}" if self._age else words)

    def _fits(self, line: AgentLine) -> bool:
        among = self._members if self._queue is not None else self._everybody
        if among is not None and line.agent_id not in among:
            return False
        return not self._words or all(word in folded(line.name) for word in self._words.split())

    def _count(self, lines: list[tuple[AgentLine, bool]]) -> None:
        counts = dict.fromkeys(_FILTERED, 0)
        over = 0
        for line, too_long in lines:
            counts[line.state] += 1
            over += too_long
        shown = {state.value: str(number) for state, number in counts.items()}
        self.chips.set_counts({ALL: str(len(lines)), **shown, OVER: str(over)})

    # ------------------------------------------------------------------ input

    def _menu(self, spot: QPoint) -> None:
        """Of the row under the mouse; by the menu key of the one that is chosen."""
        index = self.table.indexAt(spot)
        if index.isValid():
            self.table.selectRow(index.row())
        line = self.table.chosen()
        if line is not None:
            self.menu_wanted.emit(line, self.table.viewport().mapToGlobal(spot))

    def focus_filter(self) -> None:
        """To the field that finds an agent."""
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def _filter_changed(self, _key: str) -> None:
        self.sort()

    def _words_changed(self, text: str) -> None:
        self._words = folded(text.strip())
        self.sort()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.finder.hasFocus():
            if self.finder.text():
                self.finder.clear()
            else:
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.finder.hasFocus():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.table.choose_first()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        theme.size(self.finder, fixed_width=180)
        self.table.setMinimumHeight(theme.px(32 + 4 * 30))
        restyle(self.finder, quiet=True)


def _time_words(line: AgentLine) -> str:
    return "\n\n".join(figure.explain() for figure in (line.occupancy, line.utilisation, line.transfer_rate))
