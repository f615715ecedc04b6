"""What was done to a record: who, when, and each column before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.data.admin_rows import Administration, HistoryEntry
from agent_desktop.ui import admin_forms, dates, rows_model
from agent_desktop.ui.admin_forms import Section
from agent_desktop.ui.layouts import column
from agent_desktop.ui.list_states import ListStates
from agent_desktop.ui.rows_model import Column, RowsModel

_HIDDEN = frozenset({"agent_id", "id", "version", "signed_in"})
_LINKS = ("queue_member", "team_lead")


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one column, or one act that changed none."""

    id: tuple[int, int]
    at: datetime
    who: str
    what: str


class AdminHistory(QWidget):
    """Signal: retried."""

    retried = Signal()

    def __init__(self, section: Section):
        super().__init__()
        self._fields = {field.name: field for field in section.fields}
        columns: tuple[Column[Line], ...] = (
            Column(self.tr("When"), lambda line: dates.moment(line.at), 112, tooltip=lambda line: dates.exact(line.at)),
            Column(self.tr("Who"), lambda line: line.who, 96, tooltip=lambda line: line.who, rank=1),
            Column(self.tr("What"), lambda line: line.what, 150, stretch=True, tooltip=lambda line: line.what),
        )
        self.table = rows_model.table(RowsModel(columns), self.tr("History"), row_height=30)
        self.states = ListStates(self.table)
        self.states.retried.connect(self.retried)
        self.setLayout(column((self.states, 1), margins=(5, 0, 5, 6)))

    def show_loading(self) -> None:
        self.states.show_loading()

    def set_entries(self, entries: Sequence[HistoryEntry], now: Administration) -> None:
        """Newest first; ids are shown as the names they have now."""
        self.table.set_rows([line for entry in entries for line in self._lines(entry, now)])
        if entries:
            self.states.show_content()
        else:
            self.states.show_empty(self.tr("Nothing was changed yet"), self.tr("Edits stand here: who, when and what"))

    def set_trouble(self, text: str, advice: str) -> None:
        self.states.show_trouble(text, advice)

    def _lines(self, entry: HistoryEntry, now: Administration) -> Iterator[Line]:
        who = next((person.name for person in now.people if person.login == entry.who), entry.who)
        table = entry.changes[0][0] if entry.changes else ""
        for number, words in enumerate(self._words(entry, table, now)):
            yield Line((entry.id, number), entry.at, who, words)

    def _words(self, entry: HistoryEntry, table: str, now: Administration) -> Iterator[str]:
        if entry.action == "grant":
            yield self.tr("Login: {0}").format(admin_forms.role_name(entry.detail) or entry.detail)
        elif entry.action == "password":
            yield self.tr("Changed the password")
        elif table in _LINKS:
            person = next((before or after for _, name, before, after in entry.changes if name == "agent_id"), None)
            name = admin_forms.shown_value(None, person, now)
            yield (self.tr("Added {0}") if entry.action == "insert" else self.tr("Removed {0}")).format(name)
        elif entry.action == "insert":
            yield self.tr("Phone account given") if table == "agent_phone" else self.tr("Added")
        else:
            for _, name, before, after in entry.changes:
                if name not in _HIDDEN:
                    yield self._change(name, before, after, now)

    def _change(self, name: str, before: object, after: object, now: Administration) -> str:
        field = self._fields.get(name)
        if name == "active":
            return self.tr("Switched on") if after else self.tr("Switched off")
        if name == "one_time":
            return self.tr("A password was handed over") if after else self.tr("Chose a password of their own")
        title = field.title if field is not None else name
        was, became = (admin_forms.shown_value(field, value, now) for value in (before, after))
        return self.tr("{0}: {1} → {2}").format(title, was, became)
