"""Several reads in one round trip: the same answers as one after another, and what becomes of an error."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import pipeline, pop
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.models import Customer, Phone
from agent_desktop.data.rows import Pop
from tests.data.conftest import Desk
from tests.support.postgres import Server


@pytest.fixture
def signed_in(server: Server, company: str) -> Iterator[Database]:
    """The made-up company as Dana sees it."""
    database = Database.open(server.url(company, "dana", "dana"))
    yield database
    database.close()


def callers(database: Database) -> list[tuple[str, str]]:
    """Number and account number of every customer."""
    with database.read() as session:
        rows = session.execute(select(Phone.typed, Customer.account_number).join(Customer))
        return [(row[0], row[1]) for row in rows]


DIALLED: dict[str, Callable[[str], str]] = {
    "as it is": lambda number: number,
    "from abroad": lambda number: "+99" + "".join(c for c in number if c.isdigit())[-9:],
    "the last seven digits": lambda number: "".join(c for c in number if c.isdigit())[-7:],
    "an extension": lambda _: "101",
    "nobody's": lambda _: "+48600000000",
    "nothing": lambda _: "",
}


def test_at_once_and_one_after_another_give_the_same(signed_in: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    known = callers(signed_in)
    found: set[str] = set()

    def look_up(number: numbers.Number, account: str | None, limit: int) -> Pop:
        with signed_in.read() as session:
            return pop.look_up(session, number, account_number=account, history_limit=limit)

    @given(
        st.sampled_from(known), st.sampled_from(sorted(DIALLED)), st.sampled_from((None, "right", "none of ours")),
        st.sampled_from((1, 3, 50)),
    )  # fmt: skip
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def check(caller: tuple[str, str], how: str, account: str | None, limit: int) -> None:
        number = numbers.parse(DIALLED[how](caller[0]), "PL")
        told = caller[1] if account == "right" else account
        at_once = look_up(number, told, limit)
        with monkeypatch.context() as patch:
            for module in (pop, pipeline):
                patch.setattr(module, "on_server", lambda _: False)
            assert look_up(number, told, limit) == at_once
        found.update(match.kind.value for match in at_once.matches)
        found.add("one" if at_once.card else "several" if at_once.matches else "nobody")

    check()
    assert found >= {"exact", "suffix", "account", "one", "nobody"}


def questions(session: Session, file: Path, asked: Callable[[], object]) -> int:
    """How often the client asks and must wait, by the messages that libpq itself notes down."""
    driver: Any = session.connection().connection.driver_connection
    with file.open("wb") as trace:
        driver.pgconn.trace(trace.fileno())
        asked()
        driver.pgconn.untrace()
    return sum(line.split("\t")[1:4:2] == ["F", kind] for line in file.read_text().splitlines() for kind in ASKS)


ASKS = ("Sync", "Query")


def test_a_known_caller_costs_one_round_trip(signed_in: Database, tmp_path: Path) -> None:
    number = numbers.parse("+48601442190", "PL")
    stranger = numbers.parse("+99" + "601442190", "PL")
    with signed_in.read() as session:
        for caller in (number, stranger):  # prepares
            pop.look_up(session, caller)
    for caller, most in ((number, 1), (stranger, 2)):
        with signed_in.read() as session:
            asked = questions(session, tmp_path / "trace", lambda caller=caller: pop.look_up(session, caller))
            assert pop.look_up(session, caller).card is not None
        assert asked == most


def test_inside_a_transaction_it_stays_in_it(dana_there: Desk) -> None:
    """What this session has written is seen, and is gone when it is rolled back."""
    key = dana_there.customer("Marta", "601442190")
    database, number = dana_there.database, numbers.parse("601442190", "PL")

    def rename_and_fail() -> None:
        with database.write() as session:
            session.execute(text("UPDATE customer SET name = 'Anna' WHERE id = :key"), {"key": key})
            card = pop.look_up(session, number).card
            assert card is not None
            assert card.name == "Anna"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    with database.read() as session:
        card = pop.look_up(session, number).card
    assert card is not None
    assert card.name == "Marta"


def test_a_merged_customers_number_gives_whom_they_became(dana_there: Desk) -> None:
    """Whether only they still have it, or both do; and nobody is taken for the caller of the statement before."""
    old, new = (
        dana_there.customer("Old", "601442190", "601442191", "601442192"),
        dana_there.customer("New", "601442191"),
    )
    contacts = {key: dana_there.call(key) for key in (old, new)}
    dana_there.customer("Other", "601442190")
    with dana_there.database.write() as session:
        session.execute(update(Customer).where(Customer.id == old).values(merged_into=new))
    with dana_there.database.read() as session:
        both = pop.look_up(session, numbers.parse("601442191", "PL"))
        assert [match.line.name for match in both.matches] == ["New"]
        assert [row.id for row in both.history] == [contacts[new]]
        shared = pop.look_up(session, numbers.parse("601442190", "PL"))
        assert sorted(match.line.name for match in shared.matches) == ["New", "Other"]
        one = pop.look_up(session, numbers.parse("601442192", "PL"))
        assert one.card is not None
        assert (one.card.name, [row.id for row in one.history]) == ("New", [contacts[new]])
        assert pop.look_up(session, numbers.parse("602000000", "PL")).matches == ()


def test_an_error_is_told_and_the_next_question_answered(signed_in: Database) -> None:
    wrong = select(func.no_such_function(bindparam("x")).label("y"))
    right = select(Customer.__table__.c.id)
    for _ in range(2):
        with pytest.raises(DatabaseTrouble), signed_in.read() as session:
            pipeline.read_all(session, (right, wrong, right), {"x": 1})
        with signed_in.read() as session:
            (rows,) = pipeline.read_all(session, (right,), {})
            assert len(rows) == 40


def test_the_servers_plans_go_by_indexes(signed_in: Database) -> None:
    """Row-level security forbids an index wherever it must not tell what it compares: then all customers are read."""
    with signed_in.read() as session:
        dialect = session.get_bind().dialect
        driver: Any = session.connection().connection.driver_connection
        driver.execute("SET LOCAL enable_seqscan = off")
        values: dict[str, Any] = {"key": "091244106", "low": "0912", "high": "0912:", "account": "1", "limit": 50}
        values["before"] = clock.now()
        for question in (pop._BY_NUMBER, pop._BY_SUFFIX, pop._BY_ACCOUNT):
            for statement in (question.at_once, *pop._OF_MATCH):
                one = pipeline._prepared(statement, dialect)
                named = {name: value(values) for name, value in one.values}
                rows = psycopg.ClientCursor(driver).execute("EXPLAIN (FORMAT JSON) " + one.text, named)
                seen = sorted(nodes(rows.fetchone()[0][0]["Plan"]))
                assert seen
                walked = {table for table, by_condition in seen if not by_condition}
                assert not walked & {"customer", "phone"}, (seen, one.text)


def nodes(plan: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each table of a plan, and whether its rows are found by a condition on an index."""
    if "Relation Name" in plan:
        yield plan["Relation Name"], "Index Cond" in plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)
