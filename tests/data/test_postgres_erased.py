"""Somebody is erased while one desk works and another one is switched off: neither keeps them, nor brings them back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text

from agent_desktop import clock, data
from agent_desktop.core.recordings import Kept
from agent_desktop.core.workstation import Core, build_core
from agent_desktop.data import access, erasure, privacy
from agent_desktop.data import operations as op
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Pop
from agent_desktop.paths import Profile
from tests.support.postgres import Server
from tests.support.workstation import MARTA, settings, spin_until

pytestmark = pytest.mark.usefixtures("qapp")
MARKS = (b"kowalczyk", b"442190", b"442 190", b"her debts")
OTHER = "+48700100200"


class Desks:
    """Dana's desktop, which works, and Jonas's, which is not begun yet; their telephones never are."""

    def __init__(self, server: Server, company: str, folder: Path):
        self.owner = Database.open(server.url(company))
        access.grant(self.owner, access.Grant("jonas", "agent", "jonas"))
        access.grant(self.owner, access.Grant("keep", "retention", "keep"))
        self.keeper = Database.open(server.url(company, "keep", "keep"))
        with self.owner.read() as session:
            self.marta = privacy.find(session, MARTA)
        self.cores = [
            build_core(Profile(folder / login), settings(0), server.url(company, login, login))
            for login in ("dana", "jonas")
        ]
        self.dana, self.jonas = self.cores

    def begin(self, core: Core) -> None:
        core.store.start()
        core.recordings.start(core.session.book)
        spin_until(lambda: core.store.ready, "signed in")

    def erase(self) -> erasure.Erased:
        with self.keeper.write() as session:
            return erasure.erase(session, privacy.person(session, self.marta), "asked for it")

    def call(self, core: Core, customer: UUID | None, number: str) -> tuple[UUID, list[op.AnyOperation]]:
        """What a call leaves at a desk, to be sent."""
        key = new_id()
        about = {"interaction_id": key, "started_us": clock.now_us(), "number": number, "e164": number}
        return key, [
            op.SaveInteraction(**about, outcome="answered", customer_id=customer, display_name="M. Kowalczyk"),  # type: ignore[arg-type]
            op.SaveNote(interaction_id=key, note_id=new_id(), text="about her debts"),
        ]

    def rows(self, query: str, **values: object) -> list[tuple[object, ...]]:
        with self.owner.read() as session:
            return [tuple(row) for row in session.execute(text(query), values)]

    def close(self) -> None:
        for core in self.cores:
            core.stop()
        self.keeper.close()
        self.owner.close()


@pytest.fixture
def desks(server: Server, company: str, tmp_path: Path) -> Iterator[Desks]:
    with closing(Desks(server, company, tmp_path)) as made:
        yield made


def kept(core: Core, interaction_id: UUID) -> Kept:
    """A recording that waits at a desk for its store."""
    now = clock.now_us()
    agent_id = core.session.agent.id if core.session.agent is not None else None
    waits = Kept(
        new_id(), "c1", interaction_id, None, agent_id, "age1", "announced", now, now, state="ended", ended_us=now + 1
    )
    core.profile.spool_dir.mkdir(exist_ok=True)
    (core.profile.spool_dir / f"{waits.recording_id}.wav.age").write_bytes(b"sound")
    core.store.keep_draft(f"recording:{waits.recording_id}", msgspec.json.encode(waits))
    return waits


def test_a_desk_that_works_and_one_that_begins_later_keep_nothing(desks: Desks, tmp_path: Path) -> None:
    dana, jonas = desks.dana, desks.jonas
    [(hers,), *_rest] = desks.rows("SELECT id FROM interaction WHERE customer_id = :key", key=desks.marta)
    assert isinstance(hers, UUID)
    spooled = kept(dana, hers)
    desks.begin(dana)
    spin_until(lambda: dana.store.others.listening, "Dana's desktop listens")
    found: list[Pop] = []
    dana.store.call(lambda session: data.pop.card_for(session, desks.marta), found.append)
    spin_until(lambda: found, "her card")
    dana.store.remember(f"pop:{MARTA}:", found[0])
    dana.store.remember("card:somebody", Pop("1", ()))
    spin_until(lambda: dana.store.recall("card:somebody", Pop), "it is kept")
    dana.store.keep_draft(f"note:{hers}", b"about her debts")
    dana.store.keep_draft("note:another", b"nothing of hers")

    # Jonas's desk was switched off with calls of hers, of an unknown caller with her number, and of somebody else.
    assigned, first = desks.call(jonas, desks.marta, MARTA)
    by_number, second = desks.call(jonas, None, MARTA)
    others, third = desks.call(jonas, None, OTHER)
    edit = op.SaveCustomer(customer_id=desks.marta, version=1, fields={"alert": "her debts"}, before={"alert": ""})
    jonas.journal.put_many([*first, *second, *third, edit])
    store = tmp_path / "store"
    store.mkdir()
    jonas.recordings.policy.store = str(store)
    place = f"{new_id()}.wav.age"
    for name in (place, "another.wav.age"):
        (store / name).write_bytes(b"sound")
    recorded = op.SaveRecording(
        recording_id=new_id(), interaction_id=hers, started_us=clock.now_us(), state="stored", consent="announced",
        consent_us=clock.now_us(), consent_by=None, recipient="age1", place=place,
    )  # fmt: skip
    dana.store.put(recorded)
    spin_until(lambda: not dana.journal.waiting_count(), "its row is there")

    assert desks.erase().files == (place,)
    spin_until(lambda: not dana.recordings._kept, "Dana's desktop hears of it")
    spin_until(lambda: not list(dana.profile.spool_dir.iterdir()), "the sound is gone")
    assert dana.store.recall(f"pop:{MARTA}:", Pop) is None
    assert dana.store.recall("card:somebody", Pop) is not None
    assert dana.journal.drafts().keys() & {f"note:{hers}", "note:another"} == {"note:another"}
    lost = "SELECT state, place FROM recording WHERE id = :key"
    spin_until(lambda: desks.rows(lost, key=spooled.recording_id) == [("lost", "")], "nobody waits for it")

    desks.begin(jonas)
    spin_until(lambda: not jonas.journal.waiting_count(), "what Jonas had is sent")
    calls = "SELECT i.number, i.e164, i.display_name, n.text FROM interaction i JOIN note n ON n.interaction_id = i.id "
    for key in (assigned, by_number):
        assert desks.rows(calls + "WHERE i.id = :key", key=key) == [("", None, "", "(erased)")]
    whole = [(OTHER, OTHER, "M. Kowalczyk", "about her debts")]
    assert desks.rows(calls + "WHERE i.id = :key", key=others) == whole
    assert desks.rows("SELECT name, alert FROM customer WHERE id = :key", key=desks.marta) == [("Erased customer", "")]
    assert jonas.journal.refused() == []
    spin_until(lambda: [file.name for file in store.iterdir()] == ["another.wav.age"], "Jonas's desk reaches the store")
    files = [*dana.profile.root.glob("cache*"), *dana.profile.root.glob("journal*")]
    left = b"".join(file.read_bytes() for file in files).lower()
    assert [mark for mark in MARKS if mark in left] == []
