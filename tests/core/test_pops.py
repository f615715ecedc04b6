"""Whose call it is: what the agent says stands, whatever a look-up finds before, meanwhile or after an outage."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop import clock, tasks
from agent_desktop.core.call_book import Call
from agent_desktop.core.pops import Pops
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.views import CallView, NewCustomer
from agent_desktop.data import operations as op
from agent_desktop.data.cache import Cache
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.rows import Changed, Pop
from agent_desktop.data.words import Direction
from agent_desktop.paths import Profile
from tests.support.workstation import MARTA, company, spin_until


@pytest.fixture
def pops(unopened: Store) -> Pops:
    return Pops(unopened, "PL")


def ring(pops: Pops, **fields: object) -> UUID:
    """Marta's number calls."""
    values: dict[str, object] = {"number": MARTA, "e164": MARTA, "shown_number": MARTA} | fields
    call = Call("c", new_id(), Direction.INBOUND, CallState.RINGING, 1_790_000_000_000_000, **values)  # type: ignore[arg-type]
    view = CallView("c", call.interaction_id, call.direction, call.state, MARTA, MARTA, clock.now())
    pops.begin(call, view)
    return call.interaction_id


def shown(pops: Pops, interaction_id: UUID) -> str:
    view = pops.view(interaction_id)
    return view.pop.card.name if view is not None and view.state == "found" and view.pop.card is not None else ""


def linked(store: Store, interaction_id: UUID) -> str:
    """The name of the customer that the shared database says it is."""
    found: list[str] = []
    query = "SELECT c.name FROM interaction i JOIN customer c ON c.id = i.customer_id WHERE i.id = ?"
    store.browse(
        lambda session: session.connection().exec_driver_sql(query, (interaction_id.bytes,)).scalar(),
        lambda name: found.append(name or ""),
    )
    spin_until(lambda: found, "an answer")
    return found[0]


def test_a_look_up_that_failed_is_made_again_when_the_database_is_back(unopened: Store, pops: Pops) -> None:
    call = ring(pops)
    assert pops.view(call).state == "offline"  # type: ignore[union-attr]
    unopened.start()
    spin_until(lambda: shown(pops, call), "the caller is found")
    assert shown(pops, call) == "Marta Kowalczyk"


def test_the_customer_the_agent_chose_in_an_outage_stays_chosen(unopened: Store, pops: Pops) -> None:
    with closing(sqlite3.connect(unopened.where)) as connection:
        query = "SELECT id, name FROM customer WHERE name <> 'Marta Kowalczyk' LIMIT 1"
        other, name = connection.execute(query).fetchone()
    call = ring(pops)
    pops.choose(call, UUID(bytes=other))
    assert pops.view(call).state == "offline"  # type: ignore[union-attr]
    unopened.start()
    spin_until(lambda: shown(pops, call), "a card")
    spin_until(lambda: linked(unopened, call), "the link is stored")
    assert (shown(pops, call), linked(unopened, call)) == (name, name)


def test_a_colleagues_word_is_known_as_theirs_until_the_agent_says_another(unopened: Store, pops: Pops) -> None:
    with closing(sqlite3.connect(unopened.where)) as connection:
        (mine, _), (theirs, name) = connection.execute("SELECT id, name FROM customer LIMIT 2").fetchall()
    unopened.start()
    spin_until(lambda: unopened.ready, "the database is open")
    call = ring(pops, number="", e164="", shown_number="")
    assert pops.against_a_colleague(call, UUID(bytes=mine)) == ""
    pops.told(call, UUID(bytes=theirs))
    spin_until(lambda: shown(pops, call) == name, "theirs is shown")
    assert pops.against_a_colleague(call, UUID(bytes=mine)) == name
    assert pops.against_a_colleague(call, None) == name, "a new one, too"
    assert pops.against_a_colleague(call, UUID(bytes=theirs)) == ""
    pops.choose(call, UUID(bytes=mine))
    assert pops.against_a_colleague(call, UUID(bytes=theirs)) == ""


def test_the_customer_the_agent_created_in_an_outage_is_the_caller(unopened: Store, pops: Pops) -> None:
    call = ring(pops)
    pops.create(call, NewCustomer(name="Her Neighbour", number=MARTA))
    unopened.start()
    spin_until(lambda: shown(pops, call), "a card")
    spin_until(lambda: linked(unopened, call) == "Her Neighbour", "the link is stored")
    assert shown(pops, call) == "Her Neighbour"


def test_a_look_up_under_way_does_not_undo_what_the_agent_says(unopened: Store, pops: Pops) -> None:
    unopened.start()
    spin_until(lambda: unopened.ready, "the database is open")
    call = ring(pops)
    pops.create(call, NewCustomer(name="Her Neighbour", number=MARTA))
    spin_until(lambda: shown(pops, call), "a card")
    spin_until(lambda: linked(unopened, call), "the link is stored")
    assert (shown(pops, call), linked(unopened, call)) == ("Her Neighbour", "Her Neighbour")


def test_a_guess_stays_a_guess_when_its_customer_is_edited(store: Store, pops: Pops) -> None:
    named: list[object] = []
    pops.identified.connect(lambda *_who: named.append(_who))
    abroad = "+49" + MARTA.removeprefix("+48")
    call = ring(pops, number=abroad, e164=abroad, shown_number=abroad)
    spin_until(lambda: pops.view(call).state == "choose", "only the last digits match")  # type: ignore[union-attr]
    card = pops.view(call).pop.card  # type: ignore[union-attr]
    assert card is not None
    store.put(op.SaveCustomer(customer_id=card.id, version=card.version, fields={"alert": "Speaks slowly"}))
    spin_until(lambda: pops.view(call).pop.card.alert == "Speaks slowly", "the new words")  # type: ignore[union-attr]
    assert pops.view(call).state == "choose"  # type: ignore[union-attr]
    assert not named


def test_a_caller_seen_before_is_shown_while_the_database_is_away_and_linked_on_nothing_but_its_answer(
    tmp_path: Path, qtbot: QtBot
) -> None:
    profile = Profile(tmp_path / "desk")
    company(profile)
    lanes, journal = tasks.Tasks(), Journal(profile.journal_file)
    store = Store(profile.database_file, journal, lanes, cache=Cache(tmp_path / "cache.db"))
    pops = Pops(store, "PL")
    named: list[tuple[object, ...]] = []
    pops.identified.connect(lambda *who: named.append(who))
    try:
        first = ring(pops)
        assert pops.view(first).state == "offline"  # type: ignore[union-attr]
        store.start()
        spin_until(lambda: shown(pops, first), "the caller is found")
        spin_until(lambda: store.recall(f"pop:{MARTA}:", Pop), "and remembered")
        pops.forget(first)
        named.clear()
        profile.database_file.rename(tmp_path / "aside.db")
        store.call(lambda session: session.connection(), lambda _: None)
        spin_until(lambda: not store.ready, "it is away")
        again, later = ring(pops), ring(pops)
        for call in (again, later):
            view = pops.view(call)
            assert view is not None
            assert (view.state, view.pop.card.name if view.pop.card else "") == ("found", "Marta Kowalczyk")
            assert view.as_of is not None
            assert view.as_of <= clock.now()
        stranger = ring(pops, number="+4915112345678", e164="+4915112345678", shown_number="")
        spin_until(lambda: pops.view(stranger).state == "offline", "nobody seen before")  # type: ignore[union-attr]
        assert not named
        pops.forget(later)  # its call is over before anybody could say whose it was
        store.opened.connect(lambda: store.changed.emit(Changed(everything=True)))  # and who knows what has changed
        (tmp_path / "aside.db").rename(profile.database_file)
        spin_until(lambda: pops.view(again).as_of is None, "the database's own answer")  # type: ignore[union-attr]
        spin_until(lambda: not journal.waiting_count() and linked(store, again), "the links are stored")
        assert [linked(store, call) for call in (again, later)] == ["Marta Kowalczyk"] * 2
    finally:
        store.stop()
        lanes.stop()
        store.close()
        journal.close()
