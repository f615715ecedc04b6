"""Recordings of this workstation: who may and how, what the engine says of them, and their way into the store.

Each one stands in the journal from before its first second until the database says that it is in the store.
"""

import logging
import threading
from collections.abc import Collection, Sequence
from datetime import UTC
from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, data, settings, tasks
from agent_desktop.core import interaction_ids, recording_review, recording_spool
from agent_desktop.core.call_book import Call, CallBook
from agent_desktop.core.recording_spool import Delivered
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.views import Notice, RecordingView
from agent_desktop.data import operations as op
from agent_desktop.data.words import Consent, RecordingState
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone
from agent_desktop.telephony.recording_format import SUFFIX

log = logging.getLogger("call")

PREFIX = "recording:"
SETTLE_MS = 500  # after attaching: events that still tell how a recording ended come within this
RETRY_MS = (1_000, 5_000, 30_000, 120_000, 300_000)
COPY_WITHIN_S = 3_600.0
PAUSE_REASON = "sensitive data"
_SPOKEN = (CallState.TALKING, CallState.HELD)


class Kept(msgspec.Struct):
    """A recording as it stands in the journal. ``state``: asked, recording, paused, ended, stored."""

    recording_id: UUID
    call_id: str
    interaction_id: UUID
    leg_id: UUID | None
    agent_id: UUID | None
    recipient: str
    consent: str
    consent_us: int
    started_us: int
    state: str = "asked"
    ended_us: int | None = None
    gaps: tuple[messages.RecordingGap, ...] = ()
    resumes_at_us: int | None = None
    trouble: str = ""
    place: str = ""
    sha256: str = ""
    bytes: int | None = None

    @property
    def running(self) -> bool:
        return self.state in ("asked", "recording", "paused")

    def said(self, state: RecordingState) -> op.SaveRecording:
        """For the database; one that is lost lies nowhere."""
        lost = state is RecordingState.LOST
        return op.SaveRecording(
            agent_id=self.agent_id,
            recording_id=self.recording_id,
            interaction_id=self.interaction_id,
            leg_id=self.leg_id,
            started_us=self.started_us,
            state=state.value,
            consent=self.consent,
            consent_us=self.consent_us,
            consent_by=self.agent_id,
            recipient=self.recipient,
            ended_us=self.ended_us,
            gaps=tuple(msgspec.structs.asdict(gap) for gap in self.gaps),
            place="" if lost else self.place,
            sha256="" if lost else self.sha256,
            bytes=None if lost else self.bytes,
            trouble=self.trouble,
        )


class Recordings(QObject):
    """Signals: changed(RecordingView | None) for the call that the keys act on, None where nothing is ever recorded;
    consent_wanted() when the agent must say how the customer agreed, notice(Notice)."""

    changed = Signal(object)
    consent_wanted = Signal()
    notice = Signal(object)

    def __init__(self, phone: Phone, store: Store, lanes: tasks.Tasks, spool: Path, policy: settings.Recording):
        """Made before whoever acknowledges the phone's events: they are kept here first."""
        super().__init__()
        self.phone, self.store, self.policy = phone, store, policy
        self._tasks, self._spool = lanes, spool
        self._book: CallBook | None = None
        self._kept: dict[UUID, Kept] = {}
        self._erased: set[UUID] = set()  # interactions of somebody who was erased
        self._wanted = ""  # the call whose agent is asked about the consent
        self._copying = False
        self._failures = 0
        self._stop = threading.Event()
        self._view: RecordingView | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._move_on)
        phone.event.connect(self._event)
        phone.snapshot.connect(self._attached)
        phone.engine_lost.connect(self._engine_lost)
        phone.command_failed.connect(self._command_failed)
        store.changed.connect(self._confirm)
        store.opened.connect(self._move_on)

    def start(self, book: CallBook) -> None:
        """Know again what a crash left; the engine tells what became of it."""
        self._book = book
        for key, text in self.store.journal.drafts().items():
            if key.startswith(PREFIX):
                try:
                    kept = msgspec.json.decode(text, type=Kept)
                except msgspec.DecodeError:
                    log.warning("a recording kept by another version of the program could not be read")
                    continue
                self._kept[kept.recording_id] = kept
        self._move_on()
        self.tell()

    def stop(self) -> None:
        """A copy under way is given up; it begins again at the next start."""
        self._stop.set()
        self._retry.stop()

    def apply(self, policy: settings.Recording) -> None:
        """Other settings from now on; what runs goes on as it began."""
        self.policy = policy
        self._failures = 0
        self._move_on()
        self.tell()

    # ---------------------------------------------------------------- intents

    @Slot()
    def toggle(self) -> None:
        """Start recording the call that the keys act on, or stop."""
        call = self._call()
        if call is None:
            return
        running = self.of(call.call_id)
        if running is not None:
            self.order(call.call_id, "stop")
            return
        why_not = self._why_not(call)
        if why_not:
            self.notice.emit(Notice(why_not, "warn"))
        elif self.policy.consent == "ask":
            self._wanted = call.call_id
            self.consent_wanted.emit()
        else:
            self._begin(call, Consent(self.policy.consent))

    def consent_given(self, consent: Consent) -> None:
        """How the customer agreed: the recording that was asked for begins, if its call still goes on."""
        call = self._book.calls.get(self._wanted) if self._book is not None else None
        self._wanted = ""
        if call is not None and self.of(call.call_id) is None and not self._why_not(call):
            self._begin(call, consent)

    @Slot()
    def toggle_pause(self) -> None:
        """Record nothing for a while, or go on. It goes on by itself after the time in the settings."""
        call = self._call()
        kept = self.of(call.call_id) if call is not None else None
        if kept is None:
            return
        if kept.state == "paused":
            self.order(kept.call_id, "resume")
        else:  # also while it is only about to begin
            order = {"resume_after_s": float(self.policy.resume_after_s), "reason": PAUSE_REASON}
            self.order(kept.call_id, "pause", **order)

    def order(self, call_id: str, action: str, **more: object) -> None:
        """Have the engine start, pause, resume or stop it."""
        self.phone.record(messages.Record(call_id=call_id, action=action, **more))  # type: ignore[arg-type]

    def _begin(self, call: Call, consent: Consent) -> None:
        assert self._book is not None
        now_us = clock.now_us()
        kept = Kept(
            recording_id=interaction_ids.new_id(),
            call_id=call.call_id,
            interaction_id=call.interaction_id,
            leg_id=call.leg_id,
            agent_id=self._book.agent_id,
            recipient=self.policy.public_key,
            consent=consent.value,
            consent_us=now_us,
            started_us=now_us,
        )
        try:
            self._spool.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            self._tell_trouble("file", error.strerror or str(error))
            return
        self._kept[kept.recording_id] = kept
        self._keep(kept)
        self.order(
            call.call_id,
            "start",
            recording_id=str(kept.recording_id),
            path=str(self._file(kept)),
            recipient=kept.recipient,
            beep_every_s=float(self.policy.beep_every_s),
        )
        self.tell()

    def _why_not(self, call: Call) -> str:
        if not self.policy.enabled:
            return self.tr("Recording is off in the settings.")
        if not self.policy.public_key or not recording_review.is_public_key(self.policy.public_key):
            return self.tr("Recording needs the centre’s public key, in the settings.")
        if self._book is None or self._book.agent_id is None:
            return self.tr("Sign in first: a recording says whose it is.")
        if call.state not in _SPOKEN:
            return self.tr("Only a call that was answered can be recorded.")
        return ""

    # ---------------------------------------------------------- engine events

    @Slot(object)
    def _event(self, event: messages.Event) -> None:
        if isinstance(event, messages.RecordingChanged):
            self._follow(event)
            self._take_in(event.recording)

    def _follow(self, event: messages.RecordingChanged) -> None:
        """A recording goes on when a new dialog takes its call's place, but not from a colleague to a customer who has
        not been asked."""
        kept = self._kept.get(UUID(event.recording.recording_id))
        if kept is None or not kept.running or kept.call_id == event.call_id or self._book is None:
            return
        before, now = self._book.calls.get(kept.call_id), self._book.calls.get(event.call_id)
        kept.call_id = event.call_id
        asked_a_colleague = before is not None and before.is_consult and kept.consent == Consent.SAID_YES
        if not asked_a_colleague or now is None or now.is_consult:
            return
        self.order(event.call_id, "stop")
        text = self.tr("The recording of the consultation has ended: {0} has not been asked.")
        self.notice.emit(Notice(text.format(now.name), "warn"))

    def _take_in(self, told: messages.RecordingState) -> None:
        kept = self._kept.get(UUID(told.recording_id))
        if kept is None or kept.state == "stored":
            return  # told again after a restart
        kept.started_us, kept.ended_us = told.started_us, told.ended_us
        kept.gaps, kept.resumes_at_us, kept.trouble = told.gaps, told.resumes_at_us, told.trouble
        kept.state = told.state if told.state in ("recording", "paused") else "ended"
        if kept.trouble:
            self._tell_trouble(kept.trouble, told.detail)
        self._record(kept)
        self.tell()

    @Slot(object)
    def _attached(self, snapshots: Sequence[messages.CallSnapshot]) -> None:
        ids = set()
        for call in snapshots:
            if call.recording is not None:
                ids.add(UUID(call.recording.recording_id))
                if (kept := self._kept.get(UUID(call.recording.recording_id))) is not None:
                    kept.call_id = call.call_id
                self._take_in(call.recording)
        gone = [kept.recording_id for kept in self._running() if kept.recording_id not in ids]
        if gone:
            QTimer.singleShot(SETTLE_MS, self, lambda: self._never_heard(gone))

    def _never_heard(self, recording_ids: list[UUID]) -> None:
        self._cut_off([kept for kept in self._running() if kept.recording_id in recording_ids])

    @Slot(str)
    def _engine_lost(self, why: str) -> None:
        self._cut_off(self._running())

    def _cut_off(self, lost: Sequence[Kept]) -> None:
        """The engine died with them: what it had written is there, up to about its last second."""
        for kept in lost:
            try:
                last_us = self._file(kept).stat().st_mtime_ns // 1000
            except OSError:
                last_us = kept.started_us
            kept.state, kept.trouble, kept.ended_us = "ended", "engine", max(last_us, kept.started_us)
            end_us = kept.ended_us
            kept.gaps = tuple(
                gap if gap.end_us is not None else msgspec.structs.replace(gap, end_us=end_us, ended_by="end")
                for gap in kept.gaps
            )
            self._record(kept)
        self.tell()

    @Slot(object)
    def _command_failed(self, failed: messages.CommandFailed) -> None:
        """Whoever listens to the calls tells the agent; what never began is forgotten."""
        kept = self.of(failed.call_id)
        if failed.command == "Record" and kept is not None and kept.state == "asked":
            self._forget(kept)
            self.tell()

    def _tell_trouble(self, trouble: str, detail: str) -> None:
        if trouble == "disk_full":
            text = self.tr("The disk of this computer is full: the recording stopped. The call goes on.")
        else:
            text = self.tr("The recording stopped ({0}). The call goes on.").format(detail)
        self.notice.emit(Notice(text, "bad"))

    # ------------------------------------------------------------ what is kept

    def _record(self, kept: Kept) -> None:
        """Bring the journal up to now, and with it the row of the database."""
        if kept.state == "ended" and (kept.interaction_id in self._erased or not _has_sound(self._file(kept))):
            self._lose(kept)
            return
        states = {"ended": RecordingState.SPOOLED, "stored": RecordingState.STORED}
        self._keep(kept)
        self._put(kept, states.get(kept.state, RecordingState.RECORDING))
        if kept.state == "ended":
            self._move_on()

    def _keep(self, kept: Kept) -> bool:
        return self.store.keep_draft(_key(kept), msgspec.json.encode(kept))

    def _put(self, kept: Kept, state: RecordingState) -> bool:
        return self.store.put(kept.said(state))

    def _forget(self, kept: Kept) -> None:
        """Nothing of it is needed here any more."""
        self._kept.pop(kept.recording_id, None)
        file = self._file(kept)
        self._tasks.work(lambda: file.unlink(missing_ok=True), _nothing, _stays)
        self.store.put(finished_draft=_key(kept))

    def erase(self, interactions: Collection[UUID]) -> None:
        """Recordings of these calls are nobody's to keep any more: what is here goes, and what runs when it ends."""
        self._erased.update(interactions)
        for kept in [kept for kept in self._kept.values() if kept.interaction_id in self._erased and not kept.running]:
            if kept.place and self.policy.store:
                copy = Path(self.policy.store) / kept.place
                self._tasks.work(lambda copy=copy: copy.unlink(missing_ok=True), _nothing, _stays)  # type: ignore[misc]
            self._lose(kept)

    def _lose(self, kept: Kept) -> None:
        self._put(kept, RecordingState.LOST)
        self._forget(kept)

    # ------------------------------------------------------------ to the store

    @property
    def waiting(self) -> int:
        """How many ended recordings are not known to be in the store."""
        return sum(not kept.running for kept in self._kept.values())

    @Slot()
    def _move_on(self) -> None:
        """Copy the oldest one that has ended; ask about those that were copied."""
        self._confirm()
        ended = [kept for kept in self._kept.values() if kept.state == "ended"]
        if not ended or not self.policy.store or self._stop.is_set():
            return
        if self._copying:  # perhaps it hangs in the file system: a second one would hang beside it
            self._later()
            return
        kept = ended[0]
        started = clock.from_us(kept.started_us).astimezone(UTC)
        place = f"{started:%Y/%m/%d}/{kept.recording_id}{SUFFIX}"
        file, folder = self._file(kept), Path(self.policy.store)
        self._copying = True

        def job() -> Delivered:
            try:
                return recording_spool.deliver(file, folder, place, self._stop)
            finally:
                self._copying = False

        self._tasks.work(
            job, lambda done: self._delivered(kept, place, done), self._not_delivered, deadline_s=COPY_WITHIN_S
        )

    def _delivered(self, kept: Kept, place: str, delivered: Delivered) -> None:
        self._failures = 0
        if kept.recording_id not in self._kept:  # erased meanwhile
            copy = Path(self.policy.store) / place
            self._tasks.work(lambda: copy.unlink(missing_ok=True), _nothing, _stays)
            return
        if kept.state != "ended":
            return  # the engine turned out to be writing it still
        kept.state, kept.place, kept.sha256, kept.bytes = "stored", place, delivered.sha256, delivered.bytes
        self._record(kept)
        log.info("a recording is in the store: %d bytes", delivered.bytes)
        self._move_on()

    def _not_delivered(self, error: Exception) -> None:
        if self._stop.is_set():
            return
        if not self._failures:
            log.info("a recording cannot be copied to the store: %s", error)
            text = self.tr("Recordings cannot be copied to the store ({0}). They are kept here and tried again.")
            why = getattr(error, "strerror", None) or str(error)
            self.notice.emit(Notice(text.format(why), "warn"))
        self._later()

    def _later(self) -> None:
        if not self._retry.isActive():
            self._retry.start(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
            self._failures += 1

    @Slot()
    def _confirm(self) -> None:
        """Ask the database about those that were copied: here they go only when it knows them."""
        for kept in [kept for kept in self._kept.values() if kept.state == "stored"]:
            self._ask_about(kept)

    def _ask_about(self, kept: Kept) -> None:
        def answer(known: bool) -> None:
            if known and kept.recording_id in self._kept:
                self._forget(kept)

        self.store.browse(
            lambda session: data.recordings.is_stored(session, kept.recording_id), answer, lambda error: None
        )

    # ------------------------------------------------------------------ shown

    @Slot()
    def tell(self) -> None:
        """Say how the recording of the call that the keys act on is, if that is news."""
        view = self.view()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def view(self) -> RecordingView | None:
        call = self._call()
        kept = self.of(call.call_id) if call is not None else None
        if call is None or (kept is None and not self.policy.enabled):
            return None
        if kept is None:
            return RecordingView(call.call_id, why_not=self._why_not(call))
        paused = kept.gaps[-1].start_us if kept.state == "paused" and kept.gaps else None
        return RecordingView(
            call_id=call.call_id,
            state="starting" if kept.state == "asked" else kept.state,
            started_at=clock.from_us(kept.started_us),
            paused_at=clock.from_us(paused) if paused is not None else None,
            resumes_at=clock.from_us(kept.resumes_at_us) if kept.resumes_at_us is not None else None,
        )

    # ----------------------------------------------------------------- inside

    def _call(self) -> Call | None:
        return self._book.current() if self._book is not None else None

    def of(self, call_id: str) -> Kept | None:
        """What runs of this call, also paused."""
        return next((kept for kept in self._running() if kept.call_id == call_id), None)

    def _running(self) -> list[Kept]:
        return [kept for kept in self._kept.values() if kept.running]

    def _file(self, kept: Kept) -> Path:
        return self._spool / f"{kept.recording_id}{SUFFIX}"


def _key(kept: Kept) -> str:
    return f"{PREFIX}{kept.recording_id}"


def _has_sound(file: Path) -> bool:
    """Whether anything was written: the first bytes come with the first whole chunk, or at the end."""
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _nothing(_result: object) -> None:
    pass


def _stays(error: Exception) -> None:
    log.warning("a recording that is in the store could not be removed here: %s", error)
