"""The open wrap-ups of this workstation, from the first ring until Complete; each survives a crash in the journal."""

from collections.abc import Callable, Collection
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock
from agent_desktop.core import interaction_ids, wrap_up
from agent_desktop.core.call_book import Call
from agent_desktop.core.centre import Centre
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.views import WrapUpResult, WrapUpView
from agent_desktop.core.wrap_up import Draft
from agent_desktop.data import operations as op
from agent_desktop.data.rows import TicketLine

SEND_NOTES_MS = 4_000
TICK_MS = 500


class WrapUps(QObject):
    """Signals: changed(interaction id), finished(interaction id) once its wrap-up is over."""

    changed = Signal(object)
    finished = Signal(object)

    def __init__(self, store: Store, centre: Callable[[], Centre], default_s: int, extend_s: int):
        super().__init__()
        self.agent_id: UUID | None = None
        self._store = store
        self._centre = centre
        self.default_s, self.extend_s = default_s, extend_s
        self._drafts: dict[UUID, Draft] = {}
        self._overdue: set[UUID] = set()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._check_clocks)
        self._send = QTimer(self)
        self._send.setInterval(SEND_NOTES_MS)
        self._send.timeout.connect(self.send_notes)

    # ---------------------------------------------------------------- state

    def restore(self) -> None:
        """Bring back what a crash left open."""
        for key, text in self._store.journal.drafts().items():
            draft = wrap_up.decode(text) if wrap_up.is_key(key) else None
            if draft is not None:
                self._drafts[draft.interaction_id] = draft
        if self._drafts:
            self._tick.start()
            self._send.start()

    def end_orphans(self, running: Collection[UUID]) -> None:
        """Start the clock of those whose call is not known any more: a crash came right after its end was recorded."""
        for draft in list(self._drafts.values()):
            if draft.interaction_id not in running:
                self.call_over(draft.interaction_id, clock.now_us())

    def draft(self, interaction_id: UUID) -> Draft | None:
        return self._drafts.get(interaction_id)

    def waiting(self) -> UUID | None:
        """The interaction whose wrap-up has run longest; None when no clock runs."""
        ended = [draft for draft in self._drafts.values() if draft.ended_us is not None]
        return min(ended, key=lambda draft: draft.ended_us or 0).interaction_id if ended else None

    def due_us(self, interaction_id: UUID | None) -> int | None:
        """When this one is over by this computer's clock, whether the agent has it before them or not; None: open."""
        draft = self._drafts.get(interaction_id) if interaction_id is not None else None
        if draft is None or draft.ended_us is None or not draft.allowed_s:
            return None
        return draft.ends_us or clock.now_us() + draft.allowed_s * 1_000_000

    def view(self, interaction_id: UUID, tickets: tuple[TicketLine, ...] = ()) -> WrapUpView | None:
        draft = self._drafts.get(interaction_id)
        if draft is None:
            return None
        dispositions = self._centre().dispositions_for(draft.queue)
        waiting = sum(one.ended_us is not None and one is not draft for one in self._drafts.values())
        return wrap_up.view(draft, dispositions, tickets, clock.now_us(), waiting)

    # --------------------------------------------------------------- moments

    def begin(self, call: Call) -> None:
        """A call rings or is dialled: its note box opens."""
        known = self._drafts.get(call.interaction_id)
        if known is not None:
            if known.ended_us is not None and call.state is not CallState.ENDED:  # it came back, transferred or again
                wrap_up.stop_clock(known)
                self._overdue.discard(call.interaction_id)
                self._keep(known)
                self._tell_all()
            return
        centre = self._centre()
        queue = centre.queue(call.queue) if call.queue else None
        self._drafts[call.interaction_id] = Draft(
            interaction_id=call.interaction_id,
            title=call.name,
            number=call.e164 or call.number,
            queue=call.queue,
            customer_id=call.customer_id,
            allowed_s=queue.wrap_up_s if queue is not None else self.default_s,
            required=queue.requires_disposition if queue is not None else False,
        )
        self._send.start()
        self.changed.emit(call.interaction_id)

    def identified(self, interaction_id: UUID, customer_id: UUID, name: str) -> None:
        """The caller has a name now; ``keep`` makes that safe."""
        draft = self._drafts.get(interaction_id)
        if draft is not None:
            draft.customer_id, draft.title = customer_id, name

    def keep(self, interaction_id: UUID) -> None:
        """The copy of what is open for this interaction, if anything is, brought up to now."""
        draft = self._drafts.get(interaction_id)
        if draft is not None:
            self._keep(draft)

    def call_over(self, interaction_id: UUID, ended_us: int) -> None:
        """Its wrap-up waits; the clock starts when the agent has it before them."""
        draft = self._drafts.get(interaction_id)
        if draft is None or draft.ended_us is not None:
            return
        wrap_up.call_over(draft, ended_us)
        self._keep(draft)
        self._tell_all()

    def attend(self, interaction_id: UUID) -> None:
        """The agent has this one before them: if its call is over, the clock starts."""
        draft = self._drafts.get(interaction_id)
        if draft is None or draft.ended_us is None or draft.attended_us is not None:
            return
        wrap_up.begin_clock(draft, clock.now_us())
        self._keep(draft)
        self._tick.start()
        self.changed.emit(interaction_id)

    def drop(self, interaction_id: UUID) -> None:
        """No wrap-up for this one (missed, taken elsewhere): what was typed is still kept as its note."""
        draft = self._drafts.pop(interaction_id, None)
        if draft is None:
            return
        self._store.put(*self._note_operations(draft), finished_draft=draft.key)
        self.changed.emit(interaction_id)

    # ------------------------------------------------------ the agent's doing

    def note_typed(self, interaction_id: UUID, text: str) -> None:
        """Keep it here at once; the shared database hears of it every few seconds."""
        draft = self._drafts.get(interaction_id)
        if draft is not None and draft.note != text:
            draft.note = text
            self._keep(draft)

    def entered(self, result: WrapUpResult) -> None:
        """Keep everything the form holds (Save draft, or any choice made)."""
        draft = self._drafts.get(result.interaction_id)
        if draft is not None:
            wrap_up.take(draft, result)
            self._keep(draft)
            self.send_notes()

    def choose(self, interaction_id: UUID, disposition_id: UUID) -> None:
        """Have a result chosen in the form, as if the agent had; what is not in the form is not chosen."""
        draft = self._drafts.get(interaction_id)
        if draft is None or draft.disposition_id == disposition_id:
            return
        if any(row.id == disposition_id for row in self._centre().dispositions_for(draft.queue)):
            draft.disposition_id, draft.reason = disposition_id, ""
            self._keep(draft)
            self.changed.emit(interaction_id)

    def extend(self, interaction_id: UUID) -> None:
        draft = self._drafts.get(interaction_id)
        if draft is not None and draft.ends_us is not None:
            wrap_up.extend(draft, self.extend_s)
            self._overdue.discard(interaction_id)
            self._keep(draft)
            self.changed.emit(interaction_id)

    def complete(self, result: WrapUpResult) -> bool:
        """Send the result; False if a required disposition is missing."""
        draft = self._drafts.get(result.interaction_id)
        if draft is None or draft.ended_us is None:
            return False
        wrap_up.take(draft, result)
        if not self._may_end(draft):
            self._keep(draft)
            self.changed.emit(draft.interaction_id)
            return False
        self._finish(draft, result)
        return True

    def _finish(self, draft: Draft, result: WrapUpResult | None) -> None:
        now = clock.now_us()
        # One that ended itself took what was allowed, however late that was noticed (the computer slept).
        until = now if result is not None or draft.ends_us is None else min(now, draft.ends_us)
        operations = self._note_operations(draft)
        operations.append(
            op.CompleteWrapUp(
                agent_id=self.agent_id,
                at_us=now,
                interaction_id=draft.interaction_id,
                disposition_id=draft.disposition_id,
                reason=draft.reason,
                wrap_up_s=round(wrap_up.seconds_spent(draft, until), 3),
            )
        )
        if result is not None:
            operations += self._follow_ups(draft, result, now)
        self._store.put(*operations, finished_draft=draft.key)
        del self._drafts[draft.interaction_id]
        self._overdue.discard(draft.interaction_id)
        if not self._drafts:
            self._send.stop()
        self._tell_all()
        self.finished.emit(draft.interaction_id)

    def _follow_ups(self, draft: Draft, result: WrapUpResult, now: int) -> list[op.AnyOperation]:
        found: list[op.AnyOperation] = []
        if result.callback is not None:
            found.append(
                op.ScheduleCallback(
                    agent_id=self.agent_id,
                    at_us=now,
                    work_id=interaction_ids.new_id(),
                    number=result.callback.number or draft.number,
                    due_us=clock.to_us(result.callback.due_at),
                    note=result.callback.note,
                    assigned_to=result.callback.assigned_to,
                    customer_id=draft.customer_id,
                    interaction_id=draft.interaction_id,
                    queue=draft.queue or None,
                )
            )
        if result.ticket is not None:
            found.append(
                op.UpdateTicket(
                    agent_id=self.agent_id,
                    at_us=now,
                    event_id=interaction_ids.new_id(),
                    ticket_id=result.ticket.id,
                    version=result.ticket.version,
                    before={"status": result.ticket.status.value},
                    comment=result.note,
                    status=result.ticket_status or None,
                    interaction_id=draft.interaction_id,
                )
            )
        return found

    def _note_operations(self, draft: Draft) -> list[op.AnyOperation]:
        if draft.note == draft.sent_note:
            return []
        draft.sent_note = draft.note
        return [
            op.SaveNote(
                agent_id=self.agent_id,
                note_id=draft.note_id,
                interaction_id=draft.interaction_id,
                text=draft.note,
            )
        ]

    def _may_end(self, draft: Draft) -> bool:
        return wrap_up.may_end_itself(draft, self._centre().dispositions_for(draft.queue))

    def _tell_all(self) -> None:
        """Each one says how many others wait."""
        for interaction_id in list(self._drafts):
            self.changed.emit(interaction_id)

    def _keep(self, draft: Draft) -> None:
        self._store.keep_draft(draft.key, draft.encoded())

    # ----------------------------------------------------------------- clocks

    @Slot()
    def send_notes(self) -> None:
        """Give the shared database the notes typed since the last time."""
        for draft in self._drafts.values():
            operations = self._note_operations(draft)
            if operations and self._store.put(*operations):
                self._keep(draft)

    @Slot()
    def _check_clocks(self) -> None:
        now = clock.now_us()
        running = [draft for draft in self._drafts.values() if draft.ended_us is not None]
        if not running:
            self._tick.stop()
        for draft in running:
            if not wrap_up.is_over(draft, now):
                continue
            if self._may_end(draft):
                self._finish(draft, None)
            elif draft.interaction_id not in self._overdue:
                self._overdue.add(draft.interaction_id)
                self.changed.emit(draft.interaction_id)
