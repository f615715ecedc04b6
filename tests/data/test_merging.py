"""Two customers who are one: whatever is merged and undone in whatever order, everything stays reachable once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import agents, apply, consent, customers, interactions, pop, tickets
from agent_desktop.data import operations as ops
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.filters import TicketFilter
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Customer, CustomerMerge, Email, Interaction, Phone, Product, Ticket, WorkEntry
from agent_desktop.data.sql import table_of
from tests.data.conftest import START_US, Desk
from tests.support.postgres import Server

NUMBERS = ("601442190", "602000001", "603000002")


@dataclass
class People:
    """Customers in one open transaction, with a contact, a ticket, a callback and a product each."""

    session: Session
    agent_id: UUID
    ids: list[UUID] = field(default_factory=list)
    merges: list[UUID] = field(default_factory=list)
    at_us: int = START_US

    def do(self, kind: type[Any], /, **fields: Any) -> None:
        """An operation; one that is refused leaves nothing behind."""
        self.at_us += 1_000_000
        operation = kind(**({"op_id": new_id(), "agent_id": self.agent_id, "at_us": self.at_us} | fields))
        with self.session.begin_nested():
            apply.apply(self.session, operation)

    def add(self, name: str, *phones: str, email: str = "", **more: str) -> UUID:
        key, call, work = new_id(), new_id(), new_id()
        self.do(
            ops.SaveCustomer, customer_id=key, version=0, fields={"name": name, **more},
            phones_added=tuple((new_id(), phone, "mobile") for phone in phones),
            emails_added=((new_id(), email),) if email else (),
        )  # fmt: skip
        self.do(ops.SaveInteraction, interaction_id=call, customer_id=key, started_us=self.at_us, outcome="answered")
        self.do(ops.OpenTicket, ticket_id=new_id(), subject=name, customer_id=key)
        self.do(ops.ScheduleCallback, work_id=work, number=NUMBERS[0], due_us=self.at_us, customer_id=key)
        self.session.execute(insert(table_of(Product)).values(id=new_id(), customer_id=key, name="Flex"))
        self.ids.append(key)
        return key

    def merge(self, kept: UUID, gone: UUID, **more: Any) -> UUID:
        key = new_id()
        self.do(ops.MergeCustomers, merge_id=key, kept_id=kept, gone_id=gone, **more)
        self.merges.append(key)
        return key

    def undo(self, merge: UUID) -> list[str]:
        self.do(ops.UndoMerge, merge_id=merge)
        query = select(table_of(CustomerMerge).c.left_alone).where(table_of(CustomerMerge).c.id == merge)
        return list(self.session.execute(query).scalar_one())

    def card(self, key: UUID) -> Any:
        return customers.card(self.session, key)

    def state(self) -> dict[str, Any]:
        """Every row that a merge touches, without versions."""
        c = table_of(Customer).c
        named = (c.id, c.name, c.name_key, c.account_number, c.organisation_id, c.address, c.tags, c.merged_into)
        found: dict[str, Any] = {"customer": sorted(map(repr, self.session.execute(select(*named))))}
        for model in (Phone, Email, Product, Interaction, Ticket, WorkEntry):
            table = table_of(model)
            found[table.name] = sorted(map(repr, self.session.execute(select(table.c.id, table.c.customer_id))))
        return found


@pytest.fixture
def people(dana: Desk) -> Iterator[People]:
    with dana.database.write() as session:
        yield People(session, dana.agent_id)
        session.rollback()


def reachable_once(people: People) -> None:
    """Every contact, ticket, callback and product on exactly one card; every number leads to each owner once."""
    session = people.session
    living = [line.id for line in customers.listed(session)]
    reached = Counter(row.id for key in living for row in interactions.plain_history(session, key, clock.now(), 99))
    assert reached == Counter(session.execute(select(Interaction.id)).scalars())
    owned = Counter(t.id for key in living for t in tickets.listed(session, TicketFilter(statuses=(), customer_id=key)))
    assert owned == Counter(session.execute(select(Ticket.id)).scalars())
    for model in (Product, WorkEntry):
        owners = session.execute(select(table_of(model).c.customer_id)).scalars()
        assert set(owners) <= set(living)
    shown: Counter[UUID] = Counter(phone.id for key in living for phone in people.card(key).phones)
    assert not [key for key, times in shown.items() if times > 1]
    for number in NUMBERS:
        found = [match.line.id for match in pop.look_up(session, numbers.parse(number, "PL")).matches]
        assert len(found) == len(set(found))
        assert set(found) <= set(living)
        assert bool(found) == bool(session.execute(select(Phone.id).where(Phone.e164 == f"+48{number}")).first())


STEP = st.tuples(
    st.booleans(), st.integers(0, 3), st.integers(0, 3), st.sampled_from(("this", "that", "both")),
    st.sampled_from(((), ("name",), ("name", "account_number", "address"))),
)  # fmt: skip


def test_any_order_of_merges_and_undos_keeps_everything_reachable_once(people: People) -> None:
    done: Counter[str] = Counter()

    @given(st.lists(STEP, min_size=4, max_size=7))
    @settings(
        max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def check(steps: list[tuple[bool, int, int, str, tuple[str, ...]]]) -> None:
        outside = people.session.begin_nested()
        people.ids, people.merges = [], []
        for name, phones in zip("ABCD", (NUMBERS[:2], NUMBERS[1:], NUMBERS[:1], ()), strict=True):
            people.add(name, *phones, email=f"{name}@example.org", account_number=name, tags=name)
        before = people.state()
        for undoing, first, second, which, taken in steps:
            with suppress(Refused):
                if undoing and people.merges:
                    people.undo(people.merges[first % len(people.merges)])
                    done["undone"] += 1
                elif not undoing:
                    people.merge(people.ids[first], people.ids[second], phones=which, emails=which, taken=taken)
                    done["merged"] += 1
            reachable_once(people)
        for merge in reversed(people.merges):
            with suppress(Refused):
                assert people.undo(merge) == []
        assert people.state() == before, "undone from the last to the first, everything is as it was"
        outside.rollback()

    check()
    assert min(done["merged"], done["undone"]) > 5


def test_field_by_field(people: People) -> None:
    kept = people.add("Marta", "601442190", email="m@example.org", account_number="1", tags="Solar, Senior")
    gone = people.add("Marta Kowalczyk", "602000001", address="Gdynia", organisation="Baltic", tags="Senior, Gas")
    merge = people.merge(kept, gone, taken=("name", "address", "organisation_id"), joined=("tags",))
    card = people.card(gone)
    assert (card.id, card.name, card.address, card.organisation) == (kept, "Marta Kowalczyk", "Gdynia", "Baltic")
    assert (card.account_number, card.tags) == ("1", ("Solar", "Senior", "Gas"))
    assert [phone.e164 for phone in card.phones] == ["+48601442190", "+48602000001"]
    assert [line.name for line in customers.search(people.session, "kowalczyk")] == ["Marta Kowalczyk"]
    assert customers.count(people.session) == 1
    assert people.undo(merge) == []
    assert (people.card(kept).name, people.card(gone).name) == ("Marta", "Marta Kowalczyk")
    assert people.card(kept).tags == ("Solar", "Senior")
    assert [line.id for line in customers.search(people.session, "kowalczyk")] == [gone]


def test_what_was_said_last_about_calls_stands(people: People) -> None:
    kept, gone = people.add("Marta", "601442190"), people.add("Marta K.", "601442190")
    for whose, channel, yes in (
        (gone, "email", True),
        (kept, "call", True),
        (kept, "email", False),
        (gone, "call", False),
    ):
        people.do(ops.SetConsent, customer_id=whose, channel=channel, given=yes, source="said")
    merge = people.merge(kept, gone)
    assert {row.channel: row.given for row in people.card(kept).consents} == {"call": False, "email": False}
    assert [found.customer_id for found in consent.not_to_call(people.session)] == [kept]
    assert len(consent.history(people.session, kept)) == 4
    assert people.undo(merge) == []
    assert {row.channel: row.given for row in people.card(kept).consents} == {"call": True, "email": False}
    assert [found.customer_id for found in consent.not_to_call(people.session)] == [gone]


def test_what_was_edited_since_stays_and_is_told(people: People) -> None:
    kept, gone = people.add("Marta", "601442190"), people.add("Marta K.", "602000001", address="Gdynia")
    merge = people.merge(kept, gone, taken=("name", "address"))
    moved = next(phone.id for phone in people.card(kept).phones if phone.e164 == "+48602000001")
    people.do(
        ops.SaveCustomer, customer_id=kept, version=2, fields={"address": "Sopot"}, phones_removed=(moved,),
    )  # fmt: skip
    assert people.undo(merge) == ["address", "phone"]
    assert (people.card(kept).name, people.card(kept).address) == ("Marta", "Sopot")
    with pytest.raises(Refused):
        people.undo(merge)


def test_a_chain_is_undone_from_its_end(people: People) -> None:
    one, two, three = (people.add(name) for name in "ABC")
    first = people.merge(two, one)
    second = people.merge(three, two)
    assert people.card(one).id == three
    with pytest.raises(Refused, match="undo that first"):
        people.undo(first)
    people.undo(second)
    assert people.card(one).id == two
    people.undo(first)
    assert people.card(one).id == one


@pytest.mark.parametrize("pair", [(0, 0), (0, 2), (2, 0)])
def test_refused(people: People, pair: tuple[int, int]) -> None:
    ids = [people.add("A"), people.add("B"), people.add("C")]
    people.merge(ids[1], ids[2])
    with pytest.raises(Refused):
        people.merge(ids[pair[0]], ids[pair[1]])


def test_what_comes_late_for_the_one_that_went_goes_to_the_one_kept(people: People) -> None:
    kept, gone = people.add("A"), people.add("B")
    people.merge(kept, gone)
    call = new_id()
    people.do(ops.SaveInteraction, interaction_id=call, customer_id=gone, started_us=people.at_us)
    people.do(ops.LinkCustomer, interaction_id=call, customer_id=gone)
    people.do(ops.OpenTicket, ticket_id=new_id(), subject="late", customer_id=gone)
    reachable_once(people)
    with pytest.raises(Refused, match="merged"):
        people.do(ops.SaveCustomer, customer_id=gone, version=1, fields={"name": "C"})


def test_on_a_server_an_agent_moves_what_they_cannot_see_and_nothing_else(server: Server, centre: str) -> None:
    owner, database = Database.open(server.url(centre)), Database.open(server.url(centre, "dana", "dana"))
    try:
        with owner.write() as session:
            person = agents.agent_by_login(session, "dana")
            other = agents.create_agent(session, "Mo", "mo").id
            assert person is not None
            desk = Desk(database, person.id)
            kept = desk.customer("Marta", "601442190")
            gone = desk.customer("Marta K.", "602000001", "601442190")
            ticket, key = new_id(), new_id()
            theirs = ops.OpenTicket(
                agent_id=other, ticket_id=ticket, subject="of another team", customer_id=gone, queue="moves"
            )
            apply.apply(session, theirs)
        desk.call(gone)
        desk.do(ops.MergeCustomers, merge_id=key, kept_id=kept, gone_id=gone, taken=("name",))
        with owner.read() as session:
            assert [line.id for line in tickets.all_of_customer(session, kept)] == [ticket]
            found = pop.look_up(session, numbers.parse("602000001", "PL"))
        assert found.card is not None
        assert (found.card.id, found.card.name, len(found.history)) == (kept, "Marta K.", 2)
        desk.do(ops.UndoMerge, merge_id=key)
        with owner.read() as session:
            assert [line.id for line in tickets.all_of_customer(session, gone)] == [ticket]
            assert [phone.e164 for phone in customers.card(session, gone).phones] == ["+48602000001", "+48601442190"]  # type: ignore[union-attr]
    finally:
        owner.close()
        database.close()
