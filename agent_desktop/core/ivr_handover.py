"""Handing the customer of one's own call to a menu of the PBX: a card payment during it, a survey after it.

The PBX does it because it was asked by a row; what the menu tells comes back by rows. Before a payment the recording is
paused, and the request goes out only once it is.
"""

import re
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import data
from agent_desktop.core.call_book import Call, CallBook
from agent_desktop.core.calls import Calls
from agent_desktop.core.recordings import Recordings
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.supervision import Asked, Supervision
from agent_desktop.core.views import Notice
from agent_desktop.data.ivr_rows import HandoverRow, HandoverState, Menu
from agent_desktop.data.rows import Changed
from agent_desktop.data.words import RequestKind, RequestState

LOOK_MS = 300  # how often a customer in a menu is looked after, however little is told
SILENCE_MS = 3_000  # within which a recording must be paused
LONGEST_S = 900.0  # a menu; then the recording goes on by itself
REASON = "card payment"  # of the recording's gap
_AMOUNT = re.compile(r"^\d{1,7}([.,]\d{1,2})?$")
_SPOKEN = (CallState.TALKING, CallState.HELD)


class HandoverView(msgspec.Struct, frozen=True):
    """What stands beside the call that the keys act on. ``why_not``: why nothing can be handed over now.

    ``payment`` is the last one of this interaction, ``survey`` the one that is planned or over, None: none.
    ``asking``: a wish is on its way to the PBX.
    """

    interaction_id: UUID
    why_not: str = ""
    payment: HandoverRow | None = None
    survey: HandoverRow | None = None
    asking: bool = False
    practised: bool = False  # by the practice switch, where the cents decide

    @property
    def in_menu(self) -> bool:
        """Whether the customer is away in the payment's menu."""
        return self.payment is not None and self.payment.state.open


class IvrHandovers(QObject):
    """Signals: changed(HandoverView | None), notice(Notice)."""

    changed = Signal(object)
    notice = Signal(object)

    def __init__(self, calls: Calls, recordings: Recordings, supervision: Supervision, store: Store):
        super().__init__()
        self.view: HandoverView | None = None
        self.practised = False  # the practice switch is there: it has menus, too
        self._book: CallBook = calls.book
        self._recordings, self._supervision, self._store = recordings, supervision, store
        self._rows: dict[UUID, tuple[HandoverRow, ...]] = {}  # by interaction
        self._wanted: tuple[str, dict[str, str]] | None = None  # call and detail: waits for the recording's pause
        self._asked: dict[UUID, Menu] = {}  # requests under way
        self._seen: set[UUID] = set()  # interactions whose rows were asked for
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._read)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._not_silent)
        calls.changed.connect(self.tell)
        recordings.changed.connect(self._recorded)
        supervision.progressed.connect(self._progressed)
        supervision.leading_changed.connect(self.tell)
        store.changed.connect(self._changed)
        store.opened.connect(self._read)

    # ------------------------------------------------------------------ intents

    def pay(self, amount: str, currency: str) -> str:
        """Hand the customer to the payment menu; why not, in words, or nothing."""
        call, why_not = self._call(), self._why_not()
        amount = amount.strip().replace(",", ".")
        if call is None or why_not:
            return why_not or self.tr("There is no call.")
        if not _AMOUNT.match(amount) or not float(amount):
            return self.tr("An amount is a number like 412.60.")
        asking = self._wanted is not None or Menu.PAYMENT in self._asked.values()
        if asking or (self.view is not None and self.view.in_menu):
            return self.tr("The customer is in the menu already.")
        detail = self._detail(call, Menu.PAYMENT) | {"amount": f"{float(amount):.2f}", "currency": currency[:8]}
        self._wanted = call.call_id, detail
        if self._is_recorded(call.call_id):
            self._recordings.order(call.call_id, "pause", resume_after_s=LONGEST_S, reason=REASON)
            self._silence.start()
        else:
            self._ask_wanted()
        self.tell()
        return ""

    def take_back(self) -> None:
        """Fetch the customer out of the payment menu."""
        call, view = self._call(), self.view
        if call is not None and view is not None and view.payment is not None and view.in_menu:
            self._take_back(call, view.payment)

    def set_survey(self, on: bool) -> str:
        """Have a survey follow this call, or not after all; why not, in words, or nothing."""
        call, view, why_not = self._call(), self.view, self._why_not()
        if call is None or view is None or why_not:
            return why_not or self.tr("There is no call.")
        if Menu.SURVEY in self._asked.values():
            return self.tr("The PBX is being asked already.")
        planned = view.survey is not None and view.survey.state.open
        if on and not planned:
            self._ask(RequestKind.HAND_OVER, Menu.SURVEY, self._detail(call, Menu.SURVEY))
        elif not on and planned and view.survey is not None:
            self._take_back(call, view.survey)
        return ""

    def _take_back(self, call: Call, row: HandoverRow) -> None:
        detail = self._detail(call, row.menu) | {"of": str(row.id)}
        self._ask(RequestKind.TAKE_BACK, row.menu, detail)

    @staticmethod
    def _detail(call: Call, menu: Menu) -> dict[str, str]:
        return {"menu": menu.value, "interaction": str(call.interaction_id), "linked": call.linked_id}

    def _ask(self, kind: RequestKind, menu: Menu, detail: dict[str, str]) -> None:
        key = self._supervision.ask(kind, self._supervision.agent_id, detail=detail)
        self._asked[key] = menu
        self._look.start()
        self.tell()

    # ------------------------------------------------------------------ the recording

    @Slot()
    def _recorded(self) -> None:
        if self._wanted is not None and not self._is_recorded(self._wanted[0]):
            self._ask_wanted()

    def _is_recorded(self, call_id: str) -> bool:
        kept = self._recordings.of(call_id)
        return kept is not None and kept.state != "paused"

    def _ask_wanted(self) -> None:
        self._silence.stop()
        if self._wanted is not None:
            detail, self._wanted = self._wanted[1], None
            self._ask(RequestKind.HAND_OVER, Menu.PAYMENT, detail)

    @Slot()
    def _not_silent(self) -> None:
        """Nobody types a card number while a recording may be running."""
        self._wanted = None
        self.notice.emit(Notice(self.tr("The recording could not be paused: the customer stays with you."), "bad"))
        self.tell()

    def _record_again(self, call: Call) -> None:
        rows = self._rows.get(call.interaction_id, ())
        in_menu = any(row.menu is Menu.PAYMENT and row.state.open for row in rows)
        if not in_menu and self._wanted is None and Menu.PAYMENT not in self._asked.values():
            kept = self._recordings.of(call.call_id)
            if kept is not None and kept.state == "paused" and kept.gaps and kept.gaps[-1].reason == REASON:
                self._recordings.order(call.call_id, "resume")  # what somebody else paused stays so

    # ------------------------------------------------------------------ what comes of it

    @Slot(object)
    def _progressed(self, asked: Asked) -> None:
        menu = self._asked.get(asked.id)
        if menu is None or asked.open:
            return
        del self._asked[asked.id]
        if asked.state is not RequestState.DONE:
            words = asked.answer or self.tr("The PBX did not do it in time.")
            self.notice.emit(Notice(words, "bad"))
        self._read()
        self.tell()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.everything or self._supervision.agent_id in changed.people:
            self._read()

    @Slot()
    def _read(self) -> None:
        keys = sorted({call.interaction_id for call in self._book.calls.values() if not call.is_consult})
        if not keys or not self._store.ready:
            self._look.stop()
            return

        def question(session: Any) -> tuple[HandoverRow, ...]:
            return data.ivr_handovers.of_interactions(session, keys)

        def answer(rows: tuple[HandoverRow, ...]) -> None:
            self._take(keys, rows)

        self._store.call(question, answer, lambda _error: None)

    def _take(self, keys: list[UUID], rows: tuple[HandoverRow, ...]) -> None:
        before = {row.id: row for found in self._rows.values() for row in found}
        self._rows = {key: tuple(row for row in rows if row.interaction_id == key) for key in keys}
        if self._asked or any(row.state.open and row.menu is Menu.PAYMENT for row in rows):
            if not self._look.isActive():
                self._look.start()
        else:
            self._look.stop()
        for call in self._book.running():
            self._record_again(call)
        for row in rows:
            known = before.get(row.id)
            if known is not None and known.state.open and not row.state.open:
                self._say(row)
        self.tell()

    def _say(self, row: HandoverRow) -> None:
        money = f"{row.amount} {row.currency}".strip()
        words = {
            HandoverState.PAID: (self.tr("Paid: {0}, reference {1}").format(money, row.reference or "–"), "ok"),
            HandoverState.REFUSED: (self.tr("The card was refused. {0}").format(row.reference).strip(), "warn"),
            HandoverState.GIVEN_UP: (self.tr("The customer did not pay and is back."), "warn"),
        }
        if row.state in words:
            self.notice.emit(Notice(*words[row.state]))

    # ------------------------------------------------------------------ shown

    @Slot()
    def tell(self) -> None:
        """Say how it is with the call that the keys act on, if that is news."""
        call = self._call()
        if call is not None and call.interaction_id not in self._seen:
            self._seen = {one.interaction_id for one in self._book.calls.values()}
            self._supervision.look()
            self._read()
        view = self._view(call)
        if view != self.view:
            self.view = view
            self.changed.emit(view)

    def _view(self, call: Call | None) -> HandoverView | None:
        if call is None:
            return None
        rows = self._rows.get(call.interaction_id, ())
        last = {row.menu: row for row in rows}
        survey = last.get(Menu.SURVEY)
        if survey is not None and survey.state in (HandoverState.TAKEN_BACK, HandoverState.FAILED):
            survey = None
        return HandoverView(
            call.interaction_id,
            why_not=self._why_not(),
            payment=last.get(Menu.PAYMENT),
            survey=survey,
            asking=bool(self._asked) or self._wanted is not None,
            practised=self.practised,
        )

    def _call(self) -> Call | None:
        call = self._book.current()
        return call if call is not None and call.answered_us is not None and not call.is_consult else None

    def _why_not(self) -> str:
        call = self._call()
        if call is None or call.state not in _SPOKEN:
            return self.tr("Only a customer you are talking with can be handed over.")
        if call.joined:
            return self.tr("Not out of a conference.")
        if self._supervision.agent_id is None:
            return self.tr("Sign in first: the PBX must know whose call it is.")
        if not self._store.ready:
            return self.tr("The database is away, and the PBX is asked through it.")
        if not (self._supervision.leading.collects or self.practised):
            return self.tr("Needs the centre’s collector: nobody else can ask the PBX.")
        return ""
