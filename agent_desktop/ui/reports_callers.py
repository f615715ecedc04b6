"""The call-back list on the screen: who gave up waiting, and what has come of them since."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop.core import callback_words
from agent_desktop.data.callback_rows import CallBack, CallBackState
from agent_desktop.ui import dates
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.wording import ltr, phone

_ICONS = {
    CallBackState.OPEN: ("phone-missed", "bad"),
    CallBackState.CLAIMED: ("phone-outgoing", "info"),
    CallBackState.TRIED: ("phone-off", "warn"),
    CallBackState.REACHED: ("check", "ok"),
    CallBackState.CAME_BACK: ("check", "ok"),
    CallBackState.DONE: ("check", "ok"),
    CallBackState.NO_NUMBER: ("phone-off", "text3"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("callers", text)


def callers_table(zone: Callable[[], ZoneInfo | None]) -> Table:
    """The table; ``zone`` is that of the report on view."""

    def tone(line: CallBack) -> str:
        return "text" if line.waits else "text3"

    def at(moment: datetime | None) -> str:
        if moment is None:
            return ""
        at_site = moment.astimezone(zone())
        return f"{dates.date_text(at_site.date(), with_year=False)} {at_site:%H:%M}"

    columns = (
        Column[CallBack](_tr("Caller"), who, 200, stretch=True, icon=lambda line: _ICONS[line.state], tone=tone,
                         strong=lambda line: line.waits, tooltip=lambda line: phone(line.number) or who(line)),
        Column[CallBack](_tr("Queue"), lambda line: line.queue_label, 130, rank=2, tone=tone),
        Column[CallBack](_tr("Gave up"), lambda line: at(line.last_at), 120, tone=tone),
        Column[CallBack](_tr("Times"), lambda line: QLocale().toString(line.times), 64, number=True, tone=tone),
        Column[CallBack](_tr("Longest wait"), lambda line: ltr(dates.duration(line.longest_wait_us / 1e6)), 96,
                         number=True, rank=3, tone=tone),
        Column[CallBack](_tr("Since then"), callback_words.state_words, 230, tone=tone, rank=1),
        Column[CallBack](_tr("When"), lambda line: at(line.when), 120, tone=tone, rank=4),
    )  # fmt: skip
    return Table(RowsModel(columns), _tr("Callers who gave up"), row_height=32)


def who(line: CallBack) -> str:
    """By name, else by number."""
    return line.customer or phone(line.number) or _tr("Withheld number")
