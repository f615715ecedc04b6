"""A call that somebody sent on to us: who it was, and what the shared database knows of the interaction so far."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core.call import Call
from agent_desktop.core.store import Store
from agent_desktop.core.views import ArrivalView, HandledBy, HandoffStep, PopView
from agent_desktop.data.rows import InteractionPage, LegRow
from agent_desktop.data.words import Outcome


def view(by: str, page: InteractionPage, own_name: str, now: datetime) -> ArrivalView:
    """What is shown of an interaction that ``by`` sent on: who had it before, their notes, the first handoff.

    ``own_name`` is this agent's, whose own part is left out; who still has the call has talked until ``now``.
    """
    legs = [leg for leg in page.legs if leg.agent and leg.agent != own_name and not leg.purpose]
    chain: dict[str, HandledBy] = {}
    for leg in legs:
        known = chain.get(leg.agent)
        talked = _talked(leg, now)
        if known is not None and known.talked_s is not None:
            talked = known.talked_s + (talked or 0.0)
        chain[leg.agent] = HandledBy(leg.agent, talked, (known.referred_by if known else "") or leg.referred_by)
    sender = next((one for one in reversed(chain.values()) if by.startswith(one.agent)), None)
    return ArrivalView(
        by=by,
        talked_s=sender.talked_s if sender is not None else None,
        before=tuple(chain.values()),
        notes=tuple(note for note in page.notes if note.agent != own_name),
        handoff=page.handoff,
    )


def was_handed_over(page: InteractionPage, own_name: str) -> bool:
    """Whether somebody has given this call away: then whoever was consulted about it has it now."""
    return any(leg.outcome is Outcome.TRANSFERRED and not leg.purpose and leg.agent != own_name for leg in page.legs)


def _talked(leg: LegRow, now: datetime) -> float | None:
    """Seconds from answer to end, hold included; a leg that still runs counts up to now."""
    if leg.answered_at is None:
        return None
    return max(0.0, ((leg.ended_at or now) - leg.answered_at).total_seconds())


class Arrivals(QObject):
    """Signals: changed(interaction id), handed_over(interaction id) when a consult became a transfer elsewhere."""

    changed = Signal(object)
    handed_over = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self.own_name = ""
        self._store = store
        self._views: dict[UUID, ArrivalView] = {}
        self._pages: dict[UUID, InteractionPage] = {}
        self._came: dict[UUID, datetime] = {}
        store.changed.connect(self._look)
        store.stirred.connect(self._look)
        store.opened.connect(self._look)

    def view(self, interaction_id: UUID) -> ArrivalView | None:
        return self._views.get(interaction_id)

    def shown_with(self, pop: PopView) -> PopView:
        """The caller's screen with what is known of the arrival; the first handoff where the call brought none."""
        known = self._views.get(pop.interaction_id) if pop.interaction_id is not None else None
        if known is None:
            return pop
        told = tuple(HandoffStep(label, value) for label, value in known.handoff)
        return replace(pop, arrival=known, handoff=pop.handoff or told)

    def page(self, interaction_id: UUID) -> InteractionPage | None:
        """What the database has of it."""
        return self._pages.get(interaction_id)

    def begin(self, call: Call) -> None:
        """A call came; if somebody sent it, say who at once and ask the database for the rest."""
        if not (call.referred_by or call.handed_over):
            return
        key = call.interaction_id
        known = self._views.get(key)
        self._came.setdefault(key, clock.now())
        self._views[key] = replace(known or ArrivalView(""), by=call.referred_by, consult=call.is_consult)
        self.changed.emit(key)
        self._ask(key)

    def forget(self, interaction_id: UUID) -> None:
        """It is done."""
        self._views.pop(interaction_id, None)
        self._pages.pop(interaction_id, None)
        self._came.pop(interaction_id, None)

    @Slot()
    def _look(self) -> None:
        for key in self._views:
            self._ask(key)

    def _ask(self, key: UUID) -> None:
        self._store.browse(
            lambda session: data.interactions.page(session, key),
            lambda page: self._found(key, page),
            lambda error: None,  # the store says that the database is away, and opens again
        )

    def _found(self, key: UUID, page: InteractionPage | None) -> None:
        known = self._views.get(key)
        if known is None or page is None:
            return
        self._pages[key] = page
        found = replace(view(known.by, page, self.own_name, self._came[key]), consult=known.consult)
        if known.consult and was_handed_over(page, self.own_name):
            found = replace(found, consult=False)
            self._views[key] = found
            self.handed_over.emit(key)
        if found != known:
            self._views[key] = found
            self.changed.emit(key)
