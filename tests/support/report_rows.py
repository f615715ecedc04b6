"""A report without a database: queues with long names, and callers who gave up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop.core import metrics
from agent_desktop.core.figures import Figure
from agent_desktop.core.report_wish import Kind, Wish
from agent_desktop.core.reports import CallLine, Counted, Maker, Report, Site, Window, title
from agent_desktop.data.callback_rows import CallBack, CallBackState
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.report_rows import QueueSettingRow, SettingsVersion
from agent_desktop.data.tally_rows import Tally

START = datetime(2026, 11, 20, 23, tzinfo=UTC)
NAMES = ("Billing", "Rechnungen, Mahnungen und Ratenzahlungen für Geschäftskunden", "Español", "صندوق المساعدة")
QUEUES = tuple(QueueRow(UUID(int=number), name, name) for number, name in enumerate(NAMES, 1))
TALLY = Tally(1200, 900, 700, 250, 60, 40, 45, 5, 3, 900, 250, 9_000_000_000, 7_000_000_000, 0, 890, 200_000_000_000)


def report(wish: Wish) -> Report:
    """A day of four queues, or of as many callers as there are states."""
    end = START + timedelta(days=1)
    site = Site("Brightline", ZoneInfo("Europe/Warsaw"), {row.id: row for row in QUEUES}, {}, {})
    maker = Maker(wish, site, Window(START, end, end))
    counted = [Counted(None, row.id, TALLY) for row in QUEUES]
    settings = SettingsVersion(7, START, tuple(QueueSettingRow(row.id, {"label": row.label}) for row in QUEUES))
    callers, calls = wish.kind is Kind.ABANDONED, wish.kind is Kind.CALLS
    return Report(
        wish=wish,
        title=title(wish.kind),
        lines=() if callers or calls else maker.by_queue(counted),
        whole=maker.whole(counted),
        start=START,
        end=end,
        made_at=end,
        site=site,
        queues=QUEUES,
        settings=settings,
        changes=(settings,),
        callbacks=tuple(_caller(state) for state in CallBackState) if callers else (),
        calls=tuple(_call_line(*figure) for figure in _FIGURES) if calls else (),
    )


_COUNTS = {"answered": 899, "missed": 250, "no_answer": 40, "blind": 61, "attended": 12}
_FIGURES = (
    ("", metrics.calls_offered(1120, 1200)),
    ("Answered", metrics.calls_by_outcome(_COUNTS, "answered")),
    ("Taken by a colleague", metrics.calls_by_outcome(_COUNTS, "elsewhere")),
    ("after a consultation", metrics.transfers_by_kind(_COUNTS, "attended")),
    ("", metrics.first_contact_resolution([(UUID(int=1), START)], (START, START + timedelta(days=1)), START)),
)


def _call_line(which: str, figure: Figure) -> CallLine:
    return CallLine(f"{figure.name}{which}", f"{figure.name}: {which}" if which else figure.name, figure)


def _caller(state: CallBackState) -> CallBack:
    known = state is not CallBackState.NO_NUMBER
    name = "Łucja Żak-Brzęczyszczykiewicz of the Młyn cooperative, accounts receivable" if known else ""
    who = "Konstantin Papadimitriou" if state in (CallBackState.REACHED, CallBackState.CLAIMED) else ""
    return CallBack(state.value, "+48601442190" if known else "", None, name, "b", NAMES[1], START, START, 12,
                    4_000_000_000, state, who, START)  # fmt: skip
