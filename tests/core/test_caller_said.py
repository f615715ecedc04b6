"""What the PBX says of a call reaches the screen with the pop and while the call goes on; secrets when asked for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pyrage
import pytest

from agent_desktop import clock, data, secrets
from agent_desktop.core import handoff_key
from agent_desktop.core.call_book import Call
from agent_desktop.core.caller_said import CallerSaid
from agent_desktop.core.centre import Centre
from agent_desktop.core.pops import Pops
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.views import CallView, PopView
from agent_desktop.data.admin_rows import ROLES
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffWord
from agent_desktop.data.identity_rows import IdentityRecord
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Direction
from tests.core.test_pops import linked, shown
from tests.support.workstation import MARTA, spin_until

CARD = "4111111111111111"


def said(
    call: UUID, name: str, value: str, *, after_s: float = 0.0, secret: str = "", sealed: bool = False
) -> HandoffWord:
    at = clock.now() + timedelta(seconds=after_s)
    field = HandoffFieldRow(new_id(), call, "1.1", "one", at, name, name.title(), value, bool(secret))
    return HandoffWord(field, secret, sealed)


def told(store: Store, *words: HandoffWord) -> None:
    """As a collector does it: from elsewhere."""
    done: list[int] = []
    store.write_now(lambda session: data.handoffs.record(session, words), done.append, lambda error: done.append(-1))
    spin_until(lambda: done, "it is stored")
    assert done == [len(words)]


class Screen:
    """A desk's pops and what is said of its calls, wired as the session does it."""

    def __init__(self, store: Store) -> None:
        self.store, self.pops, self.said = store, Pops(store, "PL"), CallerSaid(store)
        self.said.account_told.connect(self.pops.account_told)
        stirred: list[int] = []
        store.stirred.connect(lambda: stirred.append(1))
        store.write_now(lambda session: data.handoffs.warn(session, ["X-Other"]), lambda done: None, lambda error: None)
        spin_until(lambda: stirred, "the desk follows what others write")
        asked: list[tuple[str, ...]] = []
        store.browse(data.handoffs.warnings, asked.append, None)
        spin_until(lambda: asked, "and has read where that begins")

    def ring(self, **fields: object) -> UUID:
        values: dict[str, object] = {"number": MARTA, "e164": MARTA, "shown_number": MARTA} | fields
        call = Call("c", new_id(), Direction.INBOUND, CallState.RINGING, clock.now_us(), **values)  # type: ignore[arg-type]
        self.said.begin(call)
        self.pops.begin(call, CallView("c", call.interaction_id, call.direction, call.state, "", "", clock.now()))
        return call.interaction_id

    def view(self, key: UUID) -> PopView:
        view = self.pops.view(key)
        assert view is not None
        return self.said.shown_with(view)


def test_what_is_said_while_it_rings_comes_to_the_screen_and_to_scripts(store: Store) -> None:
    screen = Screen(store)
    call = screen.ring(said=(("language", "pl"), ("campaign", "winback")))
    spin_until(lambda: shown(screen.pops, call), "the caller is found")
    assert screen.view(call).facts.language == "pl"
    told(store, said(call, "language", "en"), said(call, "pin", "passed", after_s=1),
         said(call, "card", "•••• 1111", after_s=2, secret=CARD))  # fmt: skip
    spin_until(lambda: screen.view(call).facts.pin_passed, "the change is heard of")
    view = screen.view(call)
    assert (view.facts.language, view.facts.campaign) == ("en", "winback")
    assert [step.name for step in view.handoff] == ["language", "pin", "card"]
    assert "card" not in dict(view.facts.free)
    screen.said.forget(call)
    assert screen.said.shown_with(view).facts.campaign == ""


def test_an_account_number_typed_late_says_whose_call_it_is(store: Store) -> None:
    screen = Screen(store)
    call = screen.ring()
    spin_until(lambda: linked(store, call) == "Marta Kowalczyk", "who calls from that number")
    with closing(sqlite3.connect(store.where)) as connection:
        query = "SELECT name, account_number FROM customer WHERE account_number <> '' AND name <> 'Marta Kowalczyk'"
        name, account = connection.execute(query).fetchone()
    told(store, said(call, "account", account))
    spin_until(lambda: linked(store, call) == name, "whose account it is")
    assert shown(screen.pops, call) == name
    assert "typed in the menu" in screen.view(call).reason
    again = screen.ring()
    told(store, said(again, "account", "0"))
    spin_until(lambda: shown(screen.pops, again) == "Marta Kowalczyk", "nobody has that account")


@pytest.fixture
def asked(store: Store) -> Callable[[UUID], str]:
    """What the screen is given for a secret, or why it is not."""

    def ask(field_id: UUID) -> str:
        found: list[str] = []
        CallerSaid(store).reveal(field_id, found.append, lambda words: found.append(f"no: {words}"))
        spin_until(lambda: found, "an answer")
        return found[0]

    return ask


def test_a_secret_is_shown_and_that_it_was_stands_in_the_audit(store: Store, asked: Callable[[UUID], str]) -> None:
    word = said(new_id(), "card", "•••• 1111", secret=CARD)
    told(store, word)
    assert asked(word.field.id) == CARD
    with closing(sqlite3.connect(store.where)) as connection:
        rows = connection.execute("SELECT action, detail FROM audit WHERE table_name = 'handoff_secret'").fetchall()
    assert rows == [("view", "card")]
    assert asked(new_id()) == "no: It is not kept any more."


def test_a_sealed_secret_opens_with_the_centres_key_only(
    store: Store, asked: Callable[[UUID], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = pyrage.encrypt(CARD.encode(), [right.to_public()], armored=True).decode()
    word = said(new_id(), "card", "•••• 1111", secret=sealed, sealed=True)
    told(store, word)
    for key, answer in (
        ("", "no: It is encrypted"),
        ("nonsense", "no: It is"),
        (str(wrong), "no: It is"),
        (str(right), CARD),
    ):
        monkeypatch.setattr(secrets, "read", lambda name, key=key: key if name == handoff_key.NAME else None)
        assert asked(word.field.id).startswith(answer)


def test_headers_with_secrets_are_told_to_administrators_once(store: Store) -> None:
    desk = CallerSaid(store)
    for _ in range(2):
        desk.warn(("X-Card", "X-PIN"))

    def warnings() -> tuple[str, ...]:
        found: list[tuple[str, ...]] = []
        store.browse(data.handoffs.warnings, found.append, None)
        spin_until(lambda: found, "an answer")
        return found[0]

    spin_until(lambda: set(warnings()) == {"X-Card", "X-PIN"}, "both are told")


def test_who_may_see_secrets_is_known_before_anybody_asks(store: Store) -> None:
    queue = QueueRow(new_id(), "Cards", "Cards", 20, 0.8, 5, 30, requires_disposition=True)
    said = CallerSaid(store)
    for reveals, roles in (
        (None, ("supervisor", "admin")),
        ("nobody", ()),
        ("supervisor", ("supervisor", "admin")),
        ("team_lead", ("team_lead", "supervisor", "admin")),
        ("agent", ROLES),
    ):
        identity = (IdentityRecord(queue.id, reveals=reveals),) if reveals is not None else ()
        for role in ROLES:
            centre = Centre(queues=(queue,), identity=identity, role=role, server=True)
            assert (said.why_hidden(centre, "cards") == "") == (role in roles), (reveals, role)
            assert said.why_hidden(centre, "").startswith("In this queue only") == (role in ROLES[:2]), (
                "without a queue"
            )
        in_file = Centre(queues=(queue,), identity=identity)
        assert (said.why_hidden(in_file, "cards") == "") == (reveals != "nobody"), "a file knows no roles"
