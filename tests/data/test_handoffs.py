"""What the PBX said of calls: once, with the pop; secrets apart, shown with a row of the audit, and soon gone."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agent_desktop import clock, numbers
from agent_desktop.data import (
    audit,
    erasure,
    handoffs,
    identity_checks,
    interactions,
    pop,
    privacy,
    privacy_export,
    retention,
)
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffWord
from agent_desktop.data.identity_rows import NO_QUEUE, IdentityRecord
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import HandoffRule
from agent_desktop.data.words import MatchKind
from tests.data.conftest import Desk

CARD = "4111111111111111"


def word(call: UUID, name: str, value: str, *, after_s: float = 0.0, secret: str = "") -> HandoffWord:
    at = clock.now() + timedelta(seconds=after_s)
    return HandoffWord(
        HandoffFieldRow(new_id(), call, "1.1", "one", at, name, name.title(), value, bool(secret)), secret
    )


def stored(database: Database, *words: HandoffWord) -> int:
    with database.write() as session:
        return handoffs.record(session, words)


def test_what_was_said_comes_with_the_pop_and_stands_once(dana: Desk) -> None:
    dana.customer("Marta", "601442190")
    dana.customer("Other", "602000000", account_number="4471")
    call = new_id()
    words = [word(call, "language", "pl"), word(call, "intent", "a", after_s=1), word(call, "intent", "a", after_s=2),
             word(call, "intent", "b", after_s=3), word(new_id(), "account", "9")]  # fmt: skip
    assert stored(dana.database, *words) == 5
    assert stored(dana.database, *words) == 0
    with dana.database.read() as session:
        found = pop.look_up(session, numbers.parse("601442190", "PL"), interaction_id=call)
        withheld = pop.look_up(session, numbers.parse("", "PL"), interaction_id=call)
    assert [(row.name, row.value) for row in found.said] == [("language", "pl"), ("intent", "a"), ("intent", "b")]
    assert found.card is not None
    assert withheld.said == found.said


def test_an_account_number_typed_in_the_menu_comes_before_the_number(dana: Desk) -> None:
    dana.customer("Marta", "601442190")
    dana.customer("Other", "602000000", account_number="4471 0932")
    call, wrong = new_id(), new_id()
    stored(dana.database, word(call, "account", "4471 0932"), word(wrong, "account", "1"))
    with dana.database.read() as session:
        for number in ("601442190", ""):
            found = pop.look_up(session, numbers.parse(number, "PL"), interaction_id=call)
            assert (found.matches[0].line.name, found.matches[0].kind) == ("Other", MatchKind.ACCOUNT)
            assert found.matches[0].reason == "Matched by account number 44710932, typed in the menu; it is Other's"
        unknown = pop.look_up(session, numbers.parse("601442190", "PL"), interaction_id=wrong)
        assert (unknown.matches[0].line.name, unknown.matches[0].kind) == ("Marta", MatchKind.EXACT)


def test_a_secret_is_shown_with_a_row_of_the_audit_and_stands_nowhere_else(dana: Desk) -> None:
    customer = dana.customer("Marta", "601442190")
    call = dana.call(customer)
    secret = word(call, "card", "•••• 1111", secret=CARD)
    stored(dana.database, secret)
    with dana.database.read() as session:
        page = interactions.page(session, call)
        exported = privacy_export.gather(session, privacy.person(session, customer))
    assert page is not None
    assert [(row.value, row.secret) for row in page.said] == [("•••• 1111", True)]
    assert CARD not in str(page) + str(exported)
    assert "•••• 1111" in str(exported)
    with dana.database.write() as session:
        handoffs.ask(session, secret.field.id)
    with dana.database.write() as session:
        assert handoffs.reveal(session, secret.field.id).value == CARD
        [entry] = audit.entries(session, table="handoff_secret")
        assert (entry.action, entry.row_id, entry.detail) == ("view", str(secret.field.id), "card")
        with pytest.raises(Refused, match="not kept any more"):
            handoffs.reveal(session, new_id())
        identity_checks.save_policy(session, IdentityRecord(NO_QUEUE, reveals="nobody"))
        for look in (handoffs.ask, handoffs.reveal):
            with pytest.raises(Refused, match="nobody sees"):
                look(session, secret.field.id)


def written(database: Database) -> bytes:
    """What is in the file, its log taken in."""
    assert database.path is not None
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(database.path).read_bytes()


def test_secrets_go_after_a_day_and_all_of_it_with_who_is_erased(dana: Desk) -> None:
    customer = dana.customer("Marta", "601442190")
    call = dana.call(customer)
    old, young = word(call, "card", "•• 1", after_s=-90_000, secret=CARD), word(call, "pin", "••", secret="1234")
    stored(dana.database, old, young, word(new_id(), "account", "1", after_s=-800 * 86_400))
    with dana.database.write() as session:
        done = {aged.rule.kind: aged.counts for aged in retention.run(session, dry=False)}
        assert (done["handoff_secret"]["handoff_secret"], done["interaction"]["handoff_field"]) == (1, 1)
        with pytest.raises(Refused):
            handoffs.reveal(session, old.field.id)
    assert CARD.encode() not in written(dana.database)
    with dana.database.write() as session:
        assert handoffs.reveal(session, young.field.id).value == "1234"
        assert len(handoffs.fields(session, call)) == 2
        counts = erasure.erase(session, privacy.person(session, customer), "asked for it").counts
        assert (counts["handoff_field"], counts["handoff_secret"]) == (2, 1)
        assert handoffs.fields(session, call) == ()


def test_rules_in_force_and_headers_that_brought_secrets(dana: Desk) -> None:
    with dana.database.write() as session:
        for name, active in (("X-B", True), ("X-A", True), ("X-Off", False)):
            session.add(HandoffRule(id=new_id(), name=name, field="f", active=active))
        handoffs.warn(session, ["X-Card", "X-Card", "X-PIN"])
        handoffs.warn(session, ["X-Card"])
        session.flush()
        assert [rule.name for rule in handoffs.rules(session)] == ["X-A", "X-B"]
        assert handoffs.warnings(session) == ("X-Card", "X-PIN")
