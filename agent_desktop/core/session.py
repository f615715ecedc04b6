"""The agent's day at this workstation: presence, and which caller, history and wrap-up are on the screen."""

import logging
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import clock, numbers, tasks
from agent_desktop.core import centre as centres
from agent_desktop.core import dialling, interaction_ids, phone_words
from agent_desktop.core.arrival import Arrivals
from agent_desktop.core.call_book import Call, CallBook
from agent_desktop.core.call_consents import CallConsents
from agent_desktop.core.caller_said import CallerSaid
from agent_desktop.core.calls import Calls
from agent_desktop.core.handoff import map_of
from agent_desktop.core.mute_watch import MuteWatch
from agent_desktop.core.outgoing import Outgoing
from agent_desktop.core.own_presence import OwnPresence
from agent_desktop.core.peers import Peers
from agent_desktop.core.phone_troubles import PhoneTroubles
from agent_desktop.core.pops import Pops
from agent_desktop.core.presence import NO_PHONE
from agent_desktop.core.ringing import Ringing
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.transfers import Transfers
from agent_desktop.core.views import NewTicket, Notice, PhoneView, PopView, PresenceView, WrapUpResult, WrapUpView
from agent_desktop.core.wrap_ups import WrapUps
from agent_desktop.data import operations as op
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.rows import Changed
from agent_desktop.data.words import Direction, Presence
from agent_desktop.settings import Settings
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone, PhoneState

log = logging.getLogger("call")

LOOKING_MS = 60  # how long a caller nobody has found yet is not shown; the call bar rings at once


class Session(QObject):
    """Signals: calls_changed(tuple[CallView]), pop_changed(PopView | None) for the screen, pop_painted(PopView | None)
    once it has had its turn, for whoever asks or shows more of the caller, wrap_up_changed(WrapUpView | None),
    presence_changed(PresenceView), phone_changed(PhoneView), levels_changed(float, float),
    quality_changed(CallQuality) once a second of the emphasised call, centre_changed(Centre),
    notice(Notice), rang(CallView) when a call begins to ring."""

    calls_changed = Signal(object)
    pop_changed = Signal(object)
    pop_painted = Signal(object)
    wrap_up_changed = Signal(object)
    presence_changed = Signal(object)
    phone_changed = Signal(object)
    levels_changed = Signal(float, float)
    quality_changed = Signal(object)
    centre_changed = Signal(object)
    notice = Signal(object)
    rang = Signal(object)

    def __init__(self, phone: Phone, store: Store, settings: Settings, lanes: tasks.Tasks):
        super().__init__()
        self.phone, self.store, self.settings = phone, store, settings
        self.centre = centres.decode(store.journal.draft(centres.CACHE_KEY))
        self.agent: AgentRow | None = None
        region = settings.numbers.region
        self.peers = Peers(lambda: self.settings.phone, lanes)
        self.book = CallBook(self.centre.site_id, None, region, self.peers.trusts, self._queue_label, self._colleague)
        self.calls = Calls(phone, store, self.book)
        self.pops = Pops(store, region)
        self.wrap_ups = WrapUps(store, lambda: self.centre, settings.work.wrap_up_s, settings.work.extend_s)
        self.own = OwnPresence(store, self.wrap_ups, self.book.views)
        self.presence = self.own.keeper
        self.own.leads_pbx = settings.work.tell_pbx
        self.transfers = Transfers(self.calls, self.wrap_ups.send_notes)
        self.outgoing = Outgoing(self.calls, self.transfers, self._line)
        self.call_consents = CallConsents(store)
        self.outgoing.gate.checks.append(self.call_consents.check)
        self.arrivals = Arrivals(store)
        self.said = CallerSaid(store)
        self.book.secrets_dropped = self.said.warn
        self._mute_watch = MuteWatch(self.calls)
        self._troubles = PhoneTroubles(phone)
        self._shown: UUID | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LOOKING_MS)
        self._patience.timeout.connect(self._tell)
        self._phone_view = PhoneView("starting", self.tr("Phone is starting"))
        self._listen()
        self.ringing = Ringing(self.calls, lambda: self.settings.phone, self._answers_itself, self.outgoing.way_to)
        self._take_centre(self.centre)

    def _listen(self) -> None:
        self.calls.changed.connect(self._calls_changed)
        self.calls.heard.connect(self.said.begin)  # before the look-up: what it does not see yet must be heard of
        self.calls.heard.connect(self.pops.ask)
        self.calls.began.connect(self._began)
        self.calls.over.connect(self._over)
        self.calls.levels.connect(self.levels_changed)
        self.calls.quality.connect(self.quality_changed)
        self.calls.refused.connect(self._refused)
        self.calls.cut_off.connect(self._cut_off)
        self.phone.state_changed.connect(self._phone_state)
        self.store.opened.connect(self.load_centre)
        self.store.changed.connect(self._stored)
        self.pops.changed.connect(self._pop_changed)
        self.pops.identified.connect(self._identified)
        self.wrap_ups.changed.connect(self._wrap_up_changed)
        self.wrap_ups.finished.connect(self._wrapped_up)
        self.transfers.notice.connect(self.notice)
        self.outgoing.notice.connect(self.notice)
        self.outgoing.excepted.connect(self._excepted)
        self._troubles.notice.connect(self.notice)
        self.own.changed.connect(self.presence_changed)
        self.own.notice.connect(self.notice)
        self.arrivals.changed.connect(self._arrival_changed)
        self.arrivals.handed_over.connect(self._handed_over)
        self.said.account_told.connect(self.pops.account_told)
        self.said.changed.connect(self._pop_changed)

    # ------------------------------------------------------------- beginning

    def start(self, configure: messages.Configure) -> None:
        """Bring back what a crash left, then start the phone."""
        self.wrap_ups.restore()
        self.calls.restore()
        self.wrap_ups.end_orphans({call.interaction_id for call in self.book.calls.values()})
        if self.settings.work.ready_at_start:
            self.presence.ask(Presence.READY)
        self.peers.look_up()
        self.phone.start(configure)
        self.own.lease.start()
        self.own.settle()
        self._show()

    def stop(self, *, keep_calls: bool) -> None:
        """Sign out; ``keep_calls`` leaves the engine alone with what runs."""
        self.own.lease.stop()
        self.wrap_ups.send_notes()
        if keep_calls and self.book.running():
            self.phone.detach()
            return
        self.phone.shutdown()
        self.presence.signed_out = True
        self.own.settle()

    def apply(self, settings: Settings) -> None:
        """Other settings from now on; the phone is configured by whoever changes them."""
        self.settings = settings
        self.book.region = self.pops.region = settings.numbers.region
        self.wrap_ups.default_s, self.wrap_ups.extend_s = settings.work.wrap_up_s, settings.work.extend_s
        self.own.leads_pbx = settings.work.tell_pbx
        self.peers.look_up()
        self._take_centre(self.centre)

    def load_centre(self) -> None:
        """Read the catalogue again; the cached one serves until the answer is there."""
        self.store.browse(centres.load, self._loaded_centre, lambda error: None)

    def _loaded_centre(self, centre: centres.Centre) -> None:
        self.store.keep_draft(centres.CACHE_KEY, centres.encode(centre))
        self._take_centre(centre)
        self.own.settle()

    def _take_centre(self, centre: centres.Centre) -> None:
        self.centre = centre
        self.agent = centre.worker(self.settings.work.agent_login)
        agent_id = self.agent.id if self.agent is not None else None
        self.book.site, self.book.agent_id = centre.site_id, agent_id
        self.book.header_map = map_of(centre.handoff_rules)
        self.pops.agent_id = self.wrap_ups.agent_id = agent_id
        self.own.set_centre(centre, agent_id)
        self.arrivals.own_name = self.agent.name if self.agent is not None else ""
        self.centre_changed.emit(centre)

    # ----------------------------------------------------------------- calls

    @Slot()
    def _calls_changed(self) -> None:
        views = self.book.views()
        self.calls_changed.emit(views)
        customers = [view for view in views if not view.consult_for]
        legs = {view.interaction_id: view for view in sorted(customers, key=lambda view: view.emphasised)}
        for view in legs.values():
            if self.pops.follow(view) and view.interaction_id == self._shown:
                self.pop_changed.emit(self.pop_view())
                self._painted()
        if not any(self._begins(call) for call in self.book.running()):
            self.own.settle()
            self._show()

    def _begins(self, call: Call) -> bool:
        """Whether ``_began`` follows at once: the ring and the look-up do not wait for the presence to be written."""
        new = call.state in (CallState.RINGING, CallState.DIALLING) and not call.refused
        return new and self.pops.view(call.interaction_id) is None

    @Slot(object)
    def _began(self, call: Call) -> None:
        view = self.book.view(call)
        if call.state is CallState.RINGING:
            self.rang.emit(view)
        if not call.consult_for:
            self.wrap_ups.begin(call)
            self.arrivals.begin(call)
            if self.pops.view(call.interaction_id) is None or call.state in (CallState.RINGING, CallState.DIALLING):
                self.pops.begin(call, view)
        self.own.settle(later=True)
        self._show()
        if not self._patience.isActive():
            QTimer.singleShot(0, self.own, self.own.tell)

    @Slot(object)
    def _over(self, call: Call) -> None:
        legs = [other for other in self.book.calls.values() if other.interaction_id == call.interaction_id]
        if any(leg.state is not CallState.ENDED for leg in legs):
            return  # the same interaction goes on, on another leg
        customers = [leg for leg in legs if leg.needs_wrap_up]
        if customers:
            self.wrap_ups.begin(customers[-1])  # it is not there yet for a call that ended while this desktop was away
            self.wrap_ups.call_over(call.interaction_id, call.ended_us or clock.now_us())
        else:
            self.wrap_ups.drop(call.interaction_id)
            self._close(call.interaction_id)

    def _close(self, interaction_id: UUID) -> None:
        self.pops.forget(interaction_id)
        self.arrivals.forget(interaction_id)
        self.said.forget(interaction_id)
        for call in list(self.book.calls.values()):
            if call.interaction_id == interaction_id and call.state is CallState.ENDED:
                self.book.forget(call.call_id)

    @Slot(str)
    def _refused(self, text: str) -> None:
        self.notice.emit(Notice(text, "bad"))

    @Slot(object, str)
    def _excepted(self, customer_id: UUID, reason: str) -> None:
        agent_id = self.agent.id if self.agent is not None else None
        self.store.put(op.RecordException(agent_id=agent_id, customer_id=customer_id, reason=reason))

    @Slot(int)
    def _cut_off(self, calls: int) -> None:
        cut = " " + self.tr("The call was cut off; its record is kept.") if calls else ""
        self.notice.emit(Notice(self.tr("The phone stopped and is being started again.") + cut, "bad"))

    @Slot(object)
    def _phone_state(self, state: PhoneState) -> None:
        self._phone_view = phone_words.view(state, self.settings.phone)
        self.presence.phone_usable = self._phone_view.usable
        self.presence.why_not = self._phone_view.text
        self.phone_changed.emit(self._phone_view)
        self.own.settle()

    def _answers_itself(self, call: Call) -> bool:
        """Whether a call may be answered for the agent: who sent it may ask for that, and there is nothing else."""
        ready = self.presence.wanted is Presence.READY and self.presence.phone_usable
        idle = self.book.running() == [call] and self.wrap_ups.waiting() is None
        return ready and idle and self.peers.may_answer_for_us(call.source)

    def _line(self, direct_peer: str) -> dialling.Line:
        registration = self.phone.state.registration
        account = registration.account if registration is not None else ""
        return dialling.line(self.settings, direct_peer, self._phone_view, account)

    # ---------------------------------------------------------- what is shown

    @property
    def phone_view(self) -> PhoneView:
        return self._phone_view

    def focus(self) -> UUID | None:
        """The interaction on the screen: the one talked with, else the oldest wrap-up, else the ringing one."""
        current = self.book.current()
        if current is not None and current.state is not CallState.RINGING:
            return current.interaction_id
        waiting = self.wrap_ups.waiting()
        if waiting is not None:
            return waiting
        ringing = self.book.ringing()
        return ringing.interaction_id if ringing is not None and not ringing.refused else None

    def pop_view(self) -> PopView | None:
        return self.pop_of(self._shown) if self._shown is not None else None

    def pop_of(self, interaction_id: UUID) -> PopView | None:
        """What is known of a caller, on the screen or not."""
        view = self.pops.view(interaction_id)
        return self.said.shown_with(self.arrivals.shown_with(view)) if view is not None else None

    def wrap_up_view(self) -> WrapUpView | None:
        if self._shown is None:
            return None
        pop = self.pops.view(self._shown)
        return self.wrap_ups.view(self._shown, pop.pop.tickets if pop is not None else ())

    def _show(self) -> None:
        focus = self.focus()
        if focus is not None:
            self.wrap_ups.attend(focus)
        if focus == self._shown:
            return
        if focus is not None and self.wrap_ups.draft(focus) is None:
            return  # it has only just rung: the next step brings its pop
        self._shown = focus
        if focus is not None and self.pops.view(focus) is None:
            self._pop_again(focus)
        view = self.pop_view()
        if view is not None and view.state == "looking":
            self._patience.start()  # the answer is a few milliseconds away: one picture instead of two
        else:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """Bring what is shown up to date on the screen."""
        self._patience.stop()
        self.pop_changed.emit(self.pop_view())
        self.wrap_up_changed.emit(self.wrap_up_view())
        self._painted()

    def _painted(self) -> None:
        """In Home's place a caller is painted; after another's, nothing of that one may be seen beside them."""
        self.own.tell()
        self.pop_painted.emit(self.pop_view())

    def _pop_again(self, interaction_id: UUID) -> None:
        """A wrap-up that came back after a crash has no call any more: look its customer up again."""
        draft = self.wrap_ups.draft(interaction_id)
        assert draft is not None
        call = Call(
            call_id="",
            interaction_id=interaction_id,
            direction=Direction.INBOUND,
            state=CallState.ENDED,
            started_us=draft.ended_us or clock.now_us(),
            number=draft.number,
            e164=numbers.parse(draft.number, self.book.region).e164,
            shown_number=numbers.display(draft.number, self.book.region),
            customer_name=draft.title,
            customer_id=draft.customer_id,
            queue=draft.queue,
        )
        self.pops.begin(call, self.book.view(call))

    @Slot(object)
    def _pop_changed(self, interaction_id: UUID) -> None:
        view = self.pop_view()
        waits = self._patience.isActive() and view is not None and view.state == "looking"
        if interaction_id == self._shown and not waits:
            self._tell()

    @Slot(object)
    def _arrival_changed(self, interaction_id: UUID) -> None:
        """A call that was sent on: what was known before may say whose it is, too."""
        page, view = self.arrivals.page(interaction_id), self.pops.view(interaction_id)
        if page is not None and page.line.customer_id is not None and view is not None and view.pop.card is None:
            self.pops.told(interaction_id, page.line.customer_id)
        self._pop_changed(interaction_id)

    @Slot(object)
    def _handed_over(self, interaction_id: UUID) -> None:
        """The PBX has put the customer on the line of whoever was consulted: the call is theirs now."""
        for call in self.book.running():
            if call.interaction_id == interaction_id and not call.consult_for:
                call.purpose = ""
                self.calls.record(call)
        self.calls.changed.emit()

    @Slot(object)
    def _wrap_up_changed(self, interaction_id: UUID) -> None:
        if interaction_id == self._shown and not self._patience.isActive():
            self.wrap_up_changed.emit(self.wrap_up_view())

    @Slot(object, object, str)
    def _identified(self, interaction_id: UUID, customer_id: UUID, name: str) -> None:
        for call in self.book.calls.values():
            if call.interaction_id == interaction_id and not call.consult_for:
                call.customer_id, call.customer_name = customer_id, name
        self.wrap_ups.identified(interaction_id, customer_id, name)
        # Once the card is painted: the call bar says the name too, and copies for a restart wait for the disk.
        QTimer.singleShot(0, self, lambda: self._named(interaction_id))

    def _named(self, interaction_id: UUID) -> None:
        self.calls_changed.emit(self.book.views())
        with self.store.together():
            for call in self.book.running():
                if call.interaction_id == interaction_id:
                    self.calls.keep(call)
            self.wrap_ups.keep(interaction_id)

    @Slot(object)
    def _wrapped_up(self, interaction_id: UUID) -> None:
        if self.presence.wanted is Presence.READY and self.settings.work.after_wrap_up == "paused":
            self.presence.ask(Presence.PAUSED)
        self._close(interaction_id)
        self.own.settle()
        self._show()

    @Slot(object)
    def _stored(self, changed: Changed) -> None:
        if changed.catalogue or changed.everything:
            self.load_centre()

    # -------------------------------------------------------------- presence

    def set_ready(self) -> None:
        if self.presence.phone_usable:
            self.own.ask(Presence.READY)
        elif self.phone_view.state in ("starting", "registering"):
            self.own.ask(Presence.READY)  # as at the start: it comes about with the phone
            self.notice.emit(Notice(self.tr("You are Ready as soon as the phone is."), "info"))
        else:
            words = self.tr("You cannot be Ready: {0}").format(self.presence.why_not)
            self.notice.emit(Notice(words, "warn"))

    def set_paused(self, reason: str) -> None:
        self.own.ask(Presence.PAUSED, reason)

    def set_offline(self) -> None:
        self.own.ask(Presence.OFFLINE)

    def set_monitoring(self, on: bool) -> None:
        """Whether we listen to a colleague: no calls are for us then, and it is no talk of ours."""
        self.presence.monitoring = on
        self.own.settle()

    def toggle_ready(self) -> None:
        if self.presence.wanted is Presence.READY and self.presence.shown_reason != NO_PHONE:
            self.set_paused("")
        else:
            self.set_ready()

    def presence_view(self) -> PresenceView:
        return self.presence.view()

    # ---------------------------------------------------- wrap-up and tickets

    @Slot(str)
    def note_typed(self, text: str) -> None:
        if self._shown is not None:
            self.wrap_ups.note_typed(self._shown, text)

    @Slot()
    def extend_wrap_up(self) -> None:
        if self._shown is not None:
            self.wrap_ups.extend(self._shown)

    @Slot(object)
    def complete_wrap_up(self, result: WrapUpResult) -> None:
        self.wrap_ups.complete(result)

    @Slot(object)
    def open_ticket(self, new: NewTicket) -> UUID:
        """A ticket for the customer, linked to the call; its id."""
        ticket_id = interaction_ids.new_id()
        self.store.put(
            op.OpenTicket(
                agent_id=self.agent.id if self.agent is not None else None,
                ticket_id=ticket_id,
                subject=new.subject,
                body=new.body,
                priority=new.priority,
                customer_id=new.customer_id,
                interaction_id=new.interaction_id,
                queue=new.queue or None,
            )
        )
        self.notice.emit(Notice(self.tr("Ticket opened: {0}").format(new.subject), "ok"))
        return ticket_id

    @Slot(object, str)
    def add_to_ticket(self, ticket_id: UUID, comment: str) -> None:
        self.store.put(
            op.UpdateTicket(
                agent_id=self.agent.id if self.agent is not None else None,
                event_id=interaction_ids.new_id(),
                ticket_id=ticket_id,
                comment=comment,
                interaction_id=self._shown,
            )
        )
        self.notice.emit(Notice(self.tr("Added to the ticket"), "ok"))

    # --------------------------------------------------------------- helpers

    def _queue_label(self, name: str) -> str:
        return self.centre.queue_label(name)

    def _colleague(self, extension: str) -> str:
        """An extension as people read it; as it is if nobody has it."""
        found = next((agent for agent in self.centre.agents if extension and agent.extension == extension), None)
        return f"{found.name} ({extension})" if found is not None else extension
