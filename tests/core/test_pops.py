"""Whose call it is: what the agent says stands, whatever a look-up finds before, meanwhile or after an outage."""

import sqlite3
from contextlib import closing
from uuid import UUID

import pytest

from agent_desktop import clock
from agent_desktop.core.call_book import Call
from agent_desktop.core.pops import Pops
from agent_desktop.core.states import CallState
from agent_desktop.core.store import Store
from agent_desktop.core.views import CallView, NewCustomer
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Direction
from tests.support.workstation import MARTA, spin_until


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
