"""The calls of this workstation between the engine and the journal: what happens is recorded before it is forgotten."""

import logging
from collections.abc import Callable
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, numbers
from agent_desktop.core import call_quality, interaction_ids, trouble_words
from agent_desktop.core.call_book import Call, CallBook
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

log = logging.getLogger("call")

CALL_PREFIX = "call:"
DECLINE_AFTER_US = 400_000  # a key meant for the last call must not reject the next one
SETTLE_MS = 500  # after attaching: events that still tell how a call ended come within this
_TURNING_POINTS = (messages.IncomingCall, messages.Dialling, messages.CallAnswered)


class Calls(QObject):
    """Signals: changed() after anything about a running call, heard(Call) of a new one before all else, began(Call),
    over(Call), levels(float, float) and quality(CallQuality) of the emphasised call, refused(str) for a command that
    could not be carried out, cut_off(int) when the engine died with so many calls."""

    changed = Signal()
    heard = Signal(object)
    began = Signal(object)
    over = Signal(object)
    levels = Signal(float, float)
    quality = Signal(object)
    refused = Signal(str)
    cut_off = Signal(int)

    def __init__(self, phone: Phone, store: Store, book: CallBook):
        super().__init__()
        self.phone, self.store, self.book = phone, store, book
        self._taken_in = 0  # the last event, acknowledged or not
        # Calls that are none of the agent's work take their own events; whether one did.
        self.aside: Callable[[messages.Event], bool] = _nothing
        self.aside_left: Callable[[messages.CallSnapshot], bool] = _nothing
        store.kept.connect(self._acknowledge)
        phone.event.connect(self._event)
        phone.snapshot.connect(self._attached)
        phone.engine_lost.connect(self._engine_lost)
        phone.command_failed.connect(self._command_failed)
        phone.levels.connect(self._levels)
        phone.voice.connect(self._voice)

    def restore(self) -> None:
        """Know again the calls that were under way when the program ended; the engine tells what became of them."""
        for key, text in self.store.journal.drafts().items():
            if not key.startswith(CALL_PREFIX):
                continue
            try:
                call = msgspec.json.decode(text, type=Call)
            except msgspec.DecodeError:
                log.warning("a call kept by another version of the program could not be read")
                continue
            self.book.calls[call.call_id] = call

    # ---------------------------------------------------------- engine events

    @Slot(object)
    def _event(self, event: messages.Event) -> None:
        if self.aside(event):
            self._taken_in = event.seq
            if self.store.put():
                self._acknowledge()
            return
        known = event.call_id in self.book.calls if isinstance(event, messages.IncomingCall) else True
        call = self.book.handle(event)
        kept = self.store.put()  # an event is acknowledged with all before it: none of those may still be unsaved
        if call is not None and isinstance(event, messages.CallEnded):
            kept = self.record(call)
            self._ended(call)
        elif call is not None and not known and not call.refused:
            self._new(call)
            kept = False  # not yet
        elif call is not None:
            self.changed.emit()  # the screen first: the record follows within the same turn
            if isinstance(event, _TURNING_POINTS):
                kept = self.record(call)
            elif isinstance(event, messages.TransferProgress):
                kept = self.keep(call) and kept  # acknowledged it is not told again, and the end means another thing
        self._taken_in = event.seq
        if kept:
            self._acknowledge()

    def _new(self, call: Call) -> None:
        """A call rings. The look-up first, it works while the screen is painted; then the screen; then one wait for the
        disk for all that is written: while the database still works, or, where it has answered, behind that picture.
        ``kept`` follows; until then the engine would tell of the call again.
        """
        self.heard.emit(call)
        with self.store.together(at_once=False):
            self.changed.emit()
            self.began.emit(call)
            self.record(call)

    @Slot()
    def _acknowledge(self) -> None:
        if self._taken_in:
            self.phone.acknowledge(self._taken_in)

    def record(self, call: Call) -> bool:
        """Bring the shared record and the copy for a restart up to now; False if nothing could be kept."""
        records, key = self.book.records(call, clock.now_us()), CALL_PREFIX + call.call_id
        if call.state is CallState.ENDED:
            return self.store.put(*records, finished_draft=key)
        return self.store.put(*records) and self.keep(call)

    def keep(self, call: Call) -> bool:
        """The copy for a restart."""
        return self.store.keep_draft(CALL_PREFIX + call.call_id, msgspec.json.encode(call))

    def _ended(self, call: Call) -> None:
        log.info("call %s: %s, %s, by %s", call.call_id, call.outcome.name, call.sip_code, call.ended_by)
        self.book.emphasise()
        self.over.emit(call)
        self.changed.emit()

    @Slot(object)
    def _attached(self, snapshots: tuple[messages.CallSnapshot, ...]) -> None:
        self._taken_in = 0  # each engine counts for itself
        snapshots = tuple(snapshot for snapshot in snapshots if not self.aside_left(snapshot))
        for snapshot in snapshots:
            known = snapshot.call_id in self.book.calls
            call = self.book.restore(snapshot)
            self.began.emit(call)
            if not known:
                self.record(call)
        there = {snapshot.call_id for snapshot in snapshots}
        gone = [call.call_id for call in self.book.running() if call.call_id not in there]
        if gone:
            QTimer.singleShot(SETTLE_MS, self, lambda: self._never_heard(gone))
        self.changed.emit()

    def _never_heard(self, call_ids: list[str]) -> None:
        """These calls are neither running nor was their end told: an engine died with them."""
        known = [self.book.calls[call_id] for call_id in call_ids if call_id in self.book.calls]
        self._lose([call for call in known if call.state is not CallState.ENDED])

    @Slot(str)
    def _engine_lost(self, why: str) -> None:
        running = self.book.running()
        self._lose(running)
        self.cut_off.emit(len(running))

    def _lose(self, calls: list[Call]) -> None:
        for call in calls:
            self.book.lose(call, clock.now_us())
            self.record(call)
            self._ended(call)

    @Slot(object)
    def _command_failed(self, failed: messages.CommandFailed) -> None:
        words = trouble_words.say(failed.trouble, failed.detail)
        self.refused.emit(words)
        call = self.book.calls.get(failed.call_id)
        if call is not None and failed.command == "Dial" and call.state is CallState.DIALLING:
            call.sip_reason = words
            self._lose([call])

    @Slot(object)
    def _levels(self, levels: messages.Levels) -> None:
        if levels.call_id == self.book.emphasised:
            self.levels.emit(levels.microphone, levels.speaker)

    @Slot(object)
    def _voice(self, told: messages.VoiceQuality) -> None:
        call = self.book.calls.get(told.call_id)
        if call is not None:
            call.voice = told.voice
        if call is not None and call.call_id == self.book.emphasised:
            self.quality.emit(call_quality.of(told.voice))

    # ---------------------------------------------------------------- intents

    def ringing(self, call_id: str = "") -> Call | None:
        """The given call if it still rings, without one the longest-ringing: what was meant for a call that has just
        gone must not hit another."""
        call = self.book.calls.get(call_id) if call_id else self.book.ringing()
        return call if call is not None and call.state is CallState.RINGING else None

    def answer(self, call_id: str = "") -> None:
        """Answer the given or the longest-ringing call; a call being talked on is held first."""
        call = self.ringing(call_id)
        if call is None:
            return
        self._hold_others(call)
        self.phone.answer(call.call_id)
        self.book.emphasise(call.call_id)
        self.changed.emit()

    def end(self, call_id: str = "") -> None:
        """End the given or the emphasised call; where only one rings, decline that."""
        call = self.book.calls.get(call_id) if call_id else self.book.current()
        if call is None or call.state is CallState.RINGING:
            self.decline(call_id)
            return
        call.cancelled = call.state is CallState.DIALLING
        self.keep(call)
        self.phone.hang_up(call.call_id)

    def decline(self, call_id: str = "") -> None:
        """Decline the given or the longest-ringing call, once it has rung long enough to have been seen."""
        call = self.ringing(call_id)
        if call is None:
            return
        if clock.now_us() - call.started_us >= DECLINE_AFTER_US:
            call.rejected = True
            self.keep(call)
            self.phone.reject(call.call_id, 486)

    def toggle_mute(self) -> None:
        call = self.book.current()
        if call is not None and call.state in (CallState.TALKING, CallState.HELD):
            self.book.want_mute(call, not call.muted)
            self.phone.mute(call.call_id, not call.muted)
            self.changed.emit()

    def toggle_hold(self) -> None:
        call = self.book.current()
        if call is not None and call.state is CallState.TALKING:
            self.phone.hold(call.call_id)
        elif call is not None and call.state is CallState.HELD:
            self._hold_others(call)
            self.phone.resume(call.call_id)

    def emphasise(self, call_id: str) -> None:
        self.book.emphasise(call_id)
        self.changed.emit()

    def send_digits(self, digits: str) -> None:
        call = self.book.current()
        if call is not None and call.state is CallState.TALKING:
            self.phone.send_digits(call.call_id, digits)

    def dial(self, target: str, number: numbers.Number, name: str = "", customer_id: UUID | None = None) -> Call:
        """Place a call; its record begins before the engine has said a word."""
        for other in self.book.running():
            if other.state is CallState.TALKING:
                self.phone.hold(other.call_id)
        interaction_id = interaction_ids.new_id()
        call_id = self.phone.dial(target, _carried(interaction_id, ""))
        call = self.book.dialled(call_id, interaction_id, number, name)
        call.customer_id = customer_id
        self.changed.emit()
        self.began.emit(call)
        self.record(call)
        return call

    def _hold_others(self, call: Call) -> None:
        for other in self.book.running():
            together = other.joined and call.joined and call.state is not CallState.RINGING
            if other is not call and not together and other.state is CallState.TALKING:
                self.phone.hold(other.call_id)


def _nothing(_what: object) -> bool:
    return False


def _carried(interaction_id: UUID, linked_id: str) -> tuple[tuple[str, str], ...]:
    """What every INVITE and REFER of ours says, so that the next desktop means the same row."""
    carried = [("X-Interaction-Id", str(interaction_id))]
    if linked_id:
        carried.append(("X-Call-Linkedid", linked_id))
    return tuple(carried)
