"""A list whose rows are fetched: asked for anew when a filter changes or typing rests, and continued near its end."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.data.filters import COUNTED
from agent_desktop.ui.labels import label
from agent_desktop.ui.list_states import ListBanner, ListStates
from agent_desktop.ui.rows_model import Table


class FetchedList(QObject):
    """``asks`` says what is asked for at the moment; every answer names what it answers. Signals:

    wanted(asked): fetch the first rows; more_wanted(asked): and the next ones.
    """

    wanted = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, table: Table, field: QLineEdit, asks: Callable[[], object], typing_ms: int):
        super().__init__(table)
        self.table, self.field = table, field
        self.states, self.banner = ListStates(table), ListBanner()
        self.count = label("", "small", "3", tabular=True)
        self.asked: object = None
        self._answered: object = None
        self._asks = asks
        self._complete, self._asking_more = True, False
        self._trouble = ("", "")
        self._in_vain = False
        self._typing = QTimer(self, singleShot=True, interval=typing_ms)
        self._typing.timeout.connect(self.reload)
        field.textChanged.connect(lambda _text: self._typing.start())
        field.returnPressed.connect(self._into_table)
        self.states.retried.connect(self.reload)
        table.near_end.connect(self._more)

    def reload(self) -> None:
        """Ask for the list again; shown rows stay until the answer."""
        self._typing.stop()
        self.asked, self._asking_more, self._in_vain = self._asks(), False, False
        self.states.show_loading()
        self.wanted.emit(self.asked)

    def tell(self, total: int | None, words: str, more: str) -> None:
        """How many there are, in ``words`` with a {0}, or in ``more`` beyond what is counted; None: unknown."""
        if total is None:
            self.count.setText("")
        else:
            self.count.setText((more if total > COUNTED else words).format(QLocale().toString(min(total, COUNTED))))

    def put(self, asked: object, rows: Sequence[Any], *, complete: bool) -> bool:
        """The first rows. An answer to what is no longer asked for is dropped: False. Why there are none says the
        caller."""
        if asked != self.asked:
            return False
        self._complete, self._asking_more = complete, False
        self.banner.set(*self._trouble)
        self.table.set_sought(self.field.text())
        if asked == self._answered:
            self.table.refresh_rows(rows)
        else:
            self.table.set_rows(rows)
        self._answered = asked
        if rows:
            self.states.show_content()
        return True

    def add(self, asked: object, rows: Sequence[Any], *, complete: bool) -> None:
        """Further rows, after ``more_wanted``; those that are shown already are left out."""
        if asked != self.asked:
            return
        self._complete, self._asking_more = complete, False
        shown = self.table.rows_model.rows
        have = {row.id for row in shown}
        self.table.set_rows([*shown, *(row for row in rows if row.id not in have)])

    def _more(self) -> None:
        if self.table.rows_model.rows and not self._complete and not self._asking_more and self.asked is not None:
            self._asking_more = True
            self.more_wanted.emit(self.asked)

    def _into_table(self) -> None:
        if self._typing.isActive():
            self.reload()
        self.table.setFocus()
        if self.table.chosen() is None:
            self.table.choose_first()

    def focus_field(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def set_trouble(self, text: str, advice: str = "") -> None:
        """The database is away: say so above the rows, which stay; empty takes it back."""
        self._trouble = (text, advice)
        self.banner.set(text, advice)

    def set_error(self, title: str, advice: str) -> None:
        """The rows could not be fetched: say so above those shown, or in their place where there are none."""
        self._in_vain = True
        if self.table.rows_model.rows:
            self.states.show_content()
            self.banner.set(title, advice)
        else:
            self.states.show_trouble(title, advice)

    def ask_again(self) -> None:
        """The database answers: what could not be fetched is asked for once more."""
        if self._in_vain:
            self.reload()


class ListPage(QWidget):
    """A page around such a list; whoever builds the page gives it one."""

    list: FetchedList

    def focus_filter(self) -> None:
        self.list.focus_field()
