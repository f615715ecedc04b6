"""Who calls, and what comes with them."""

import uuid
from collections import Counter
from datetime import UTC, datetime

from agent_desktop import paths
from agent_desktop.practice.callers import OTHER_VOICES, VOICES, Caller, CallerBook, Person, handoff_headers, voice
from agent_desktop.practice.day import Offer
from agent_desktop.telephony import headers

PEOPLE = tuple(Person(f"Customer {n}", f"+4860144{n:04d}", f"A{n}", "pl-PL") for n in range(200))
SHARED = ("+48601440007",)


def book() -> CallerBook:
    return CallerBook(PEOPLE, SHARED, lambda _: None)


def test_the_mix_of_callers() -> None:
    drawn = [book().draw(person) for person in range(10_000)]
    known = {person.number for person in PEOPLE} | {"00" + person.number[1:] for person in PEOPLE}
    kinds = Counter(
        "withheld" if not caller.number else "known" if caller.number in known else "stranger" for caller in drawn
    )
    assert kinds["withheld"] == 400
    assert kinds["stranger"] == 600
    assert kinds["known"] == 9_000
    shared = [caller for caller in drawn if caller.number.endswith("8601440007")]
    assert len(shared) >= 400
    assert any(caller.number.startswith("00") for caller in drawn)
    assert any(not caller.name for caller in drawn if caller.number in known)
    assert 0 < sum(bool(caller.account) for caller in drawn) < 5_000
    assert all(caller.account for caller in drawn if caller.verified)


def test_the_same_person_is_always_the_same_caller() -> None:
    assert [book().draw(n) for n in range(300)] == [book().draw(n) for n in range(300)]
    assert len({caller.number for caller in (book().draw(n) for n in range(14, 20_000, 100))}) > 100


def test_a_number_outside_the_sample_is_looked_up() -> None:
    found = Person("Marta Kowalczyk", "+48601442190", "44710932", "pl")
    asked: list[str] = []

    def find(number: str) -> Person | None:
        asked.append(number)
        return found if number == found.number else None

    of_all = CallerBook(PEOPLE, (), find)
    assert of_all.known(found.number, 6) == Caller(found.number, found.name, "pl", found.account, "pin")
    assert of_all.known("+48999", 6) == Caller("+48999", "")
    of_all.known(PEOPLE[3].number)
    assert asked == [found.number, "+48999"]


def test_without_customers_only_strangers_call() -> None:
    empty = CallerBook((), (), lambda _: None)
    assert all(empty.draw(n).number.startswith("+44207946") for n in range(200))


def test_headers_say_what_the_ivr_learnt() -> None:
    offer = Offer(uuid.uuid4(), "run.5", uuid.uuid4(), "Billing", 48.4, 60.0, 200.0, 1)
    now = datetime(2026, 11, 21, 14, 32, 37, tzinfo=UTC)
    sent = dict(handoff_headers(offer, Caller("+48601442190", "Marta", "pl", "4471", "pin"), now))
    assert sent["X-Queue-Wait"] == "48"
    assert sent["X-IVR-1"] == "2026-11-21T14:31:06Z Dialled: 0800 100 300"
    assert sent["X-IVR-5"] == "2026-11-21T14:31:42Z Voice PIN: passed"
    assert sent["User-to-User"] == "34343731;encoding=hex"
    read = headers.handoff(sent.items())
    assert (read.queue, read.linked_id, read.account_number, read.uui) == ("Billing", "run.5", "4471", "4471")
    assert read.called_number == "0800 100 300"
    bare = dict(handoff_headers(offer, Caller("", "Anonymous"), now))
    assert "X-Account" not in bare
    assert bare["X-Verified"] == "no"
    assert headers.handoff(bare.items()).uui == "run.5"


def test_every_voice_is_there() -> None:
    for name in (*OTHER_VOICES, *(one for voices in VOICES.values() for one in voices), "callee-en-1"):
        assert paths.resource("practice", name + ".wav").read_bytes()[:4] == b"RIFF"
    assert voice(Caller("", "", "pl"), 3).name == "caller-pl-1.wav"
    assert len({voice(Caller("", "", "en"), person) for person in range(6)}) == 3
