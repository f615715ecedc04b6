"""Whoever does not want to be called is not called by a slip: known before dialling, without the database too."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop import numbers, tasks
from agent_desktop.core import dialling
from agent_desktop.core.call_consents import CallConsents
from agent_desktop.core.dialling import Allowed, Ask, Gate, Line, Request
from agent_desktop.core.store import Store
from agent_desktop.data import operations as ops
from agent_desktop.data.cache import Cache
from agent_desktop.data.ids import new_id
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from tests.support.workstation import Bench, company, spin_until

PBX = Line(region="PL", account="201@pbx.example")


def customer(store: Store, name: str, *phones: str) -> UUID:
    key = new_id()
    added = tuple((new_id(), phone, "mobile") for phone in phones)
    store.put(ops.SaveCustomer(customer_id=key, version=0, fields={"name": name}, phones_added=added))
    return key


def says(store: Store, key: UUID, *, yes: bool, source: str = "") -> None:
    store.put(ops.SetConsent(customer_id=key, channel="call", given=yes, source=source))


def verdict(consents: CallConsents, text: str, *agreed: str) -> dialling.Verdict:
    return Gate(lambda: PBX, [consents.check]).check(Request(text, frozenset(agreed), "they asked for it"))


def asked(consents: CallConsents, text: str) -> Ask:
    found = verdict(consents, text)
    assert isinstance(found, Ask), found
    return found


def test_the_last_word_counts_from_when_it_is_said(store: Store) -> None:
    consents = CallConsents(store)
    consents._quiet.setInterval(0)
    ewa, adam = customer(store, "Ewa Zielona", "512 000 111"), customer(store, "Adam Zielony", "512 000 111", "12 3")
    says(store, ewa, yes=False, source="a letter")
    spin_until(lambda: isinstance(verdict(consents, "512 000 111"), Ask), "it is known")
    question = asked(consents, "sip:+48512000111@elsewhere.example")
    assert question.title == "Ewa Zielona does not want to be called"
    assert "a letter" in question.text
    assert "Others have this number too" in question.text
    assert (question.about, question.reason, question.as_of) == (ewa, "they asked for it", None)
    assert isinstance(verdict(consents, "512 000 112"), Allowed)
    assert isinstance(verdict(consents, "512 000 111", question.check), Allowed)
    says(store, adam, yes=False)
    spin_until(lambda: "Others" not in asked(consents, "512000111").text, "both say so")
    for key in (ewa, adam):
        says(store, key, yes=True)
    spin_until(lambda: isinstance(verdict(consents, "512 000 111"), Allowed), "they take it back")


@pytest.mark.parametrize("text", ["112", "tel:112", "sip:112@pbx.example"])
def test_emergency_numbers_pass_whoever_has_them(store: Store, text: str) -> None:
    consents = CallConsents(store)
    consents.check = _always  # type: ignore[method-assign]
    assert isinstance(verdict(consents, text), Allowed)
    assert isinstance(verdict(consents, "512 000 111"), Ask)


def _always(_request: Request, _call: Allowed) -> Ask:
    return Ask("consent", "", "", "", "why")


def test_without_the_database_the_last_known_word_counts_and_says_its_age(tmp_path: Path, qtbot: QtBot) -> None:
    profile = Profile(tmp_path / "desk")
    company(profile)
    lanes, journal, cache = tasks.Tasks(), Journal(profile.journal_file), Cache(tmp_path / "cache.db")
    store = Store(profile.database_file, journal, lanes, cache=cache)
    consents = CallConsents(store)
    try:
        store.start()
        spin_until(lambda: store.ready, "open")
        says(store, customer(store, "Ewa Zielona", "512 000 111"), yes=False)
        spin_until(lambda: isinstance(verdict(consents, "512 000 111"), Ask), "it is known")
        spin_until(lambda: b"Ewa" in bytes(str(cache.find("not_to_call", list)), "utf-8"), "it is remembered")
        profile.database_file.rename(tmp_path / "aside.db")
        store.call(lambda session: session.connection(), lambda _: None)
        spin_until(lambda: asked(consents, "512000111").as_of is not None, "it says how old it is")
        word = ops.SetConsent(customer_id=new_id(), channel="call", given=False)
        consents.said(word, "Adam", [numbers.parse("512000222", "PL").key])
        assert asked(consents, "512 000 222").title.startswith("Adam"), "said at this desk meanwhile"
        next_start = CallConsents(Store(tmp_path / "nowhere.db", journal, lanes, cache=cache))
        assert asked(next_start, "512 000 111").as_of is not None
        (tmp_path / "aside.db").rename(profile.database_file)
        spin_until(lambda: asked(consents, "512000111").as_of is None, "as it is now")
    finally:
        store.stop()
        lanes.stop()
        store.close()
        journal.close()


def test_a_call_goes_on_with_a_reason_that_the_audit_keeps(tmp_path: Path, qapp: object) -> None:
    bench = Bench(tmp_path / "desk").start()
    try:
        callee = bench.other()
        bench.session.outgoing.direct_peer = f"127.0.0.1:{callee.port}"
        key = customer(bench.session.store, "Ewa Zielona", "512 000 111")
        says(bench.session.store, key, yes=False)
        questions: list[tuple[Ask, Any]] = []
        placed: list[object] = []
        bench.session.outgoing.question.connect(lambda *asked: questions.append(asked))
        gate = bench.session.outgoing.gate
        bench.until(lambda: isinstance(gate.check(Request("512 000 111")), Ask), "it is known")
        assert bench.session.outgoing.dial("512 000 111", placed=placed.append) is None
        [(_question, go)] = questions
        go(" ")
        assert not placed
        assert not bench.session.book.running()
        go("returns her own call")
        assert len(placed) == 1
        assert [call.e164 for call in bench.session.book.running()] == [numbers.parse("512000111", "PL").e164]
        row = bench.arrives("SELECT who, table_name, row_id, detail FROM audit WHERE action = 'call'")
        assert row[1:] == ("customer", str(key), "returns her own call")
    finally:
        bench.stop()
