"""Whose call it is: look-ups in the background, one screen pop per interaction, and nothing linked on a guess."""

from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import data, numbers, tasks
from agent_desktop.core import interaction_ids
from agent_desktop.core.call_book import Call
from agent_desktop.core.store import Store
from agent_desktop.core.views import CallView, NewCustomer, PopView
from agent_desktop.data import operations as op
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.rows import Changed, Pop
from agent_desktop.data.words import MatchKind

DEADLINE_S = 3.0
_NO_ANSWER_YET = ("looking", "offline")
_SURE = (MatchKind.ACCOUNT, MatchKind.EXACT, MatchKind.EXTENSION)


class Pops(QObject):
    """Signals: changed(interaction id), identified(interaction id, customer id, name)."""

    changed = Signal(object)
    identified = Signal(object, object, str)

    def __init__(self, store: Store, region: str):
        super().__init__()
        self.agent_id: UUID | None = None
        self._store = store
        self.region = region
        self._views: dict[UUID, PopView] = {}
        self._numbers: dict[UUID, tuple[numbers.Number, str]] = {}
        self._open: dict[UUID, tasks.Handle | None] = {}
        self._said: dict[UUID, UUID] = {}  # interaction: the customer that somebody, no look-up, says it is
        self._late: set[UUID] = set()  # interactions whose account number came late: they are looked up by it
        self._theirs: set[UUID] = set()  # interactions of which a colleague said it
        self._owed: dict[UUID, tuple[numbers.Number, str]] = {}  # taken and done while nobody could say who it was
        store.changed.connect(self._after_write)
        store.opened.connect(self._retry_offline)

    def view(self, interaction_id: UUID) -> PopView | None:
        return self._views.get(interaction_id)

    def follow(self, call: CallView) -> bool:
        """The call went on: keep how it is now; whether its state is another."""
        view = self._views.get(call.interaction_id)
        if view is None or view.call == call:
            return False
        self._views[call.interaction_id] = replace(view, call=call)
        return view.call is None or view.call.state is not call.state

    @Slot(object)
    def ask(self, call: Call) -> None:
        """Ask the database whose call it is, ahead of ``begin``: the screen is painted meanwhile."""
        key = call.interaction_id
        if key in self._views or call.customer_id is not None or _is_nobody(call):
            return
        self._numbers[key] = (numbers.parse(call.e164 or call.number, self.region), call.account_number)
        self._look_up(key)

    def begin(self, call: Call, view: CallView) -> None:
        """Show what the call itself says, and ask the database who it is, unless ``ask`` has."""
        key = call.interaction_id
        asked = self._open.get(key) if key not in self._views else None
        if asked is None:
            self._numbers[key] = (numbers.parse(call.e164 or call.number, self.region), call.account_number)
        state = "withheld" if _is_nobody(call) else "looking"
        empty = Pop(number=call.shown_number)
        self._views[key] = shown = PopView(state, empty, view, key, call.handoff)
        if call.customer_id is not None:
            self._said[key] = call.customer_id
        if not self._store.ready and (state == "looking" or key in self._said):
            self._show_seen(key, shown)  # the question that follows may take all its time
        self.changed.emit(key)
        if call.customer_id is not None:
            self._show(key, call.customer_id)
        elif state == "looking" and asked is None:
            self._look_up(key)

    def forget(self, interaction_id: UUID) -> None:
        """The interaction is done: drop its look-up and its view."""
        handle = self._open.pop(interaction_id, None)
        if handle is not None:
            handle.cancel()
        view = self._views.pop(interaction_id, None)
        asked = self._numbers.pop(interaction_id, None)
        self._theirs.discard(interaction_id)
        self._late.discard(interaction_id)
        if self._said.pop(interaction_id, None) is not None:
            return
        unknown = view is not None and view.state in _NO_ANSWER_YET and view.pop.card is None
        if view is not None and asked is not None and (unknown or view.as_of is not None):
            self._owed[interaction_id] = asked
            if self._store.ready:
                self._look_up_owed(interaction_id)

    def _look_up(self, key: UUID) -> None:
        number, account = self._numbers[key]
        self._replace_handle(
            key,
            self._store.call(
                lambda session: data.pop.look_up(session, number, account_number=account or None, interaction_id=key),
                lambda found: self._found(key, found),
                lambda error: self._failed(key, error),
                deadline_s=DEADLINE_S,
            ),
        )

    def _replace_handle(self, key: UUID, handle: tasks.Handle | None) -> None:
        old = self._open.get(key)
        if old is not None:
            old.cancel()
        self._open[key] = handle

    def _found(self, key: UUID, found: Pop) -> None:
        view = self._views.get(key)
        if view is None:
            return
        number, account = self._numbers[key]
        late = key in self._late
        self._late.discard(key)
        found = _before(found, key)
        best = found.matches[0] if found.matches else None
        view = replace(view, as_of=None, trouble="")
        if found.card is not None and best is not None:
            sure = best.kind in _SURE
            self._views[key] = replace(view, state="found" if sure else "choose", pop=found, reason=best.reason)
            if sure:
                self._remember(found, _key(number, account))
                # Who typed their number has said who they are: that counts for more than what was found first.
                typed = late and best.kind is MatchKind.ACCOUNT
                self._link(key, found.card.id, found.card.name, typed=typed)
        else:
            self._views[key] = replace(view, state="choose" if found.matches else "unknown", pop=found)
        self.changed.emit(key)

    @Slot(object, str)
    def account_told(self, key: UUID, account: str) -> None:
        """The caller typed an account number after the call had come: it says more than the number they call from."""
        asked, view = self._numbers.get(key), self._views.get(key)
        if asked is None or view is None or key in self._said or asked[1] == account:
            return
        if any(row.name == "account" and row.value == account for row in view.pop.said):
            return  # the look-up has seen it
        self._numbers[key] = asked[0], account
        self._late.add(key)
        self._look_up(key)

    def _remember(self, found: Pop, *keys: str) -> None:
        assert found.card is not None
        card_key = f"card:{found.card.id}"
        found = replace(found, said=())  # of this call, not of the customer
        for each in (card_key, *keys):
            self._store.remember(each, found)

    def _show_seen(self, key: UUID, view: PopView) -> None:
        """Show what this computer saw last of the caller, if it did. Nothing is linked on that."""
        under = f"card:{self._said[key]}" if key in self._said else _key(*self._numbers[key])
        seen = self._store.recall(under, Pop)
        if seen is not None:
            reason = seen[0].matches[0].reason if seen[0].matches else ""
            self._views[key] = replace(view, state="found", pop=_before(seen[0], key), reason=reason, as_of=seen[1])

    def _failed(self, key: UUID, error: Exception) -> None:
        view = self._views.get(key)
        if view is None or view.state == "found":  # a card on the screen is worth more than none
            return
        words = error.text if isinstance(error, DatabaseTrouble) else self.tr("The database does not answer.")
        self._views[key] = view = replace(view, state="offline", trouble=words)
        self._show_seen(key, view)
        self.changed.emit(key)

    def _retry_offline(self) -> None:
        for key, view in list(self._views.items()):
            if view.state != "offline" and view.as_of is None and key not in self._late:
                continue
            if key in self._said:
                self._show(key, self._said[key])
            else:
                self._look_up(key)
        for key in self._owed:
            self._look_up_owed(key)

    def _look_up_owed(self, key: UUID) -> None:
        """The call is off the screen; its record still wants to know whose it was."""
        number, account = self._owed[key]
        self._store.call(
            lambda session: data.pop.look_up(session, number, account_number=account or None),
            lambda found: self._found_late(key, found),
            lambda error: None,  # still owed
        )

    def _found_late(self, key: UUID, found: Pop) -> None:
        best = found.matches[0] if found.matches else None
        if self._owed.pop(key, None) is None or found.card is None or best is None or best.kind not in _SURE:
            return
        self._store.put(self._link_operation(key, found.card.id, by_hand=False))

    # ------------------------------------------------------ the agent's word

    def choose(self, interaction_id: UUID, customer_id: UUID) -> None:
        """The agent says who it is."""
        self._said[interaction_id] = customer_id
        view = self._views.get(interaction_id)
        if view is not None and view.pop.card is not None and view.pop.card.id != customer_id:
            self._theirs.discard(interaction_id)
            self._views[interaction_id] = replace(view, state="looking")
        self._store.put(self._link_operation(interaction_id, customer_id, by_hand=True))
        self._show(interaction_id, customer_id)

    def told(self, interaction_id: UUID, customer_id: UUID) -> None:
        """A colleague's desktop knows whose call it is: show that, it is written already."""
        self._said[interaction_id] = customer_id
        self._theirs.add(interaction_id)
        self._show(interaction_id, customer_id)

    def against_a_colleague(self, interaction_id: UUID, customer_id: UUID | None) -> str:
        """Whom a colleague in the same call has said it is, if that is another than this (None: a new one)."""
        view = self._views.get(interaction_id)
        card = view.pop.card if view is not None else None
        theirs = interaction_id in self._theirs and card is not None and card.id != customer_id
        return card.name if theirs and card is not None else ""

    def create(self, interaction_id: UUID, new: NewCustomer) -> UUID:
        """A new customer with the caller's number, linked to the interaction; the new customer's id."""
        customer_id = interaction_ids.new_id()
        fields = {"name": new.name, "organisation": new.organisation, "language": new.language}
        save = op.SaveCustomer(
            agent_id=self.agent_id,
            customer_id=customer_id,
            version=0,
            fields={name: value for name, value in fields.items() if value},
            phones_added=((interaction_ids.new_id(), new.number, "mobile"),) if new.number else (),
            emails_added=((interaction_ids.new_id(), new.email),) if new.email else (),
        )
        self._said[interaction_id] = customer_id
        self._theirs.discard(interaction_id)
        self._replace_handle(interaction_id, None)  # what a look-up under way finds is not the agent's word
        self._store.put(save, self._link_operation(interaction_id, customer_id, by_hand=True))
        self.identified.emit(interaction_id, customer_id, new.name)
        return customer_id

    def _link(self, key: UUID, customer_id: UUID, name: str, *, typed: bool) -> None:
        """Written once the card is painted: a write waits for the disk, and the agent would wait with it."""
        link = self._link_operation(key, customer_id, by_hand=typed)
        QTimer.singleShot(0, self, lambda: self._store.put(link))
        self.identified.emit(key, customer_id, name)

    def _link_operation(self, interaction_id: UUID, customer_id: UUID, *, by_hand: bool) -> op.LinkCustomer:
        return op.LinkCustomer(
            agent_id=self.agent_id,
            interaction_id=interaction_id,
            customer_id=customer_id,
            by_hand=by_hand,
        )

    def _show(self, key: UUID, customer_id: UUID) -> None:
        self._replace_handle(
            key,
            self._store.call(
                lambda session: data.pop.card_for(session, customer_id),
                lambda found: self._shown(key, found),
                lambda error: self._failed(key, error),
                deadline_s=DEADLINE_S,
            ),
        )

    def _shown(self, key: UUID, found: Pop) -> None:
        view = self._views.get(key)
        if view is None or found.card is None:
            return
        if key in self._said:
            self._said[key] = found.card.id  # who was chosen may have been merged since
        found = replace(_before(found, key), matches=view.pop.matches, number=view.pop.number, said=view.pop.said)
        now = replace(view, state="found", pop=found, trouble="", as_of=None)
        if now == view:
            return
        self._views[key] = now
        assert found.card is not None
        self._remember(found)
        self.identified.emit(key, found.card.id, found.card.name)
        self.changed.emit(key)

    def _after_write(self, changed: Changed) -> None:
        """A write touched a customer that is on screen: fetch the card again."""
        for key, view in list(self._views.items()):
            shown = self._said.get(key) or (view.pop.card.id if view.pop.card is not None else None)
            if shown is None or not (shown in changed.customers or changed.everything) or key in self._late:
                continue
            if (view.state == "choose" or view.as_of is not None) and key not in self._said:
                self._look_up(key)  # still a guess, or only what was seen last: nothing is linked yet
            else:
                self._show(key, shown)


def _is_nobody(call: Call) -> bool:
    """Whether the call says nothing that could be looked up."""
    return call.withheld and not call.account_number


def _key(number: numbers.Number, account: str) -> str:
    """Under which name the cache has a caller."""
    return f"pop:{number.e164 or number.raw}:{account}"


def _before(found: Pop, interaction_id: UUID) -> Pop:
    """The same without the running interaction: a call is no part of its own history."""
    rows = tuple(row for row in found.history if row.id != interaction_id)
    gone = next((row for row in found.history if row.id == interaction_id), None)
    if gone is None:
        return found
    last = found.last_contact
    if last is not None and last.id == interaction_id:
        last = next((row for row in rows if row.channel != "ticket"), None)
    return replace(
        found,
        history=rows,
        history_total=found.history_total - 1,
        totals=tuple((channel, count - (channel == gone.channel)) for channel, count in found.totals),
        last_contact=last,
    )
