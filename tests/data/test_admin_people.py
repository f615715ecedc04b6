"""What an administrator keeps, on a file and on a server: stored by version, told in words, written into the audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.data import access, admin_centre, admin_people, agents, catalogue, queues, schema
from agent_desktop.data.admin_rows import (
    Administration,
    DispositionRecord,
    PauseRecord,
    PersonRecord,
    PhoneRecord,
    QueueRecord,
    Record,
    Saved,
    TeamRecord,
)
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import SlVariant
from tests.support.postgres import Server, days_ago


@dataclass
class Admin:
    """Who keeps the centre, at their desk."""

    database: Database

    def now(self) -> Administration:
        with self.database.read() as session:
            return admin_people.load(session)

    def save(self, record: Record) -> Saved:
        with self.database.write() as session:
            return admin_people.save(session, record)

    def person(self, login: str) -> PersonRecord:
        return next(person for person in self.now().people if person.login == login)

    def told(self, record: Record) -> list[str]:
        """The record's history in short: action and what was changed."""
        with self.database.read() as session:
            entries = admin_people.history(session, record)
        said = []
        for entry in entries:
            columns = sorted(change[1] for change in entry.changes) if entry.action == "update" else ()
            said.append(" ".join([entry.action, *columns]))
        return said


@pytest.fixture(scope="module")
def served(server: Server, _centre: str) -> Iterator[str]:
    with server.database(_centre) as name:
        schema.upgrade(server.url(name))
        owner = Database.open(server.url(name))
        access.grant(owner, access.Grant("anna", "admin", "anna", name="Anna Nowak"))
        owner.close()
        yield name


@pytest.fixture(params=["file", "server"])
def admin(request: pytest.FixtureRequest, database_file: Path, server: Server, served: str) -> Iterator[Admin]:
    where = server.url(served, "anna", "anna") if request.param == "server" else str(database_file)
    database = Database.open(where)
    yield Admin(database)
    database.close()


@pytest.fixture
def anna(server: Server, served: str) -> Iterator[Admin]:
    database = Database.open(server.url(served, "anna", "anna"))
    yield Admin(database)
    database.close()


def test_every_record_is_added_changed_switched_off_and_told(admin: Admin) -> None:
    dana, jonas = admin.person("dana"), admin.person("jonas")
    mark = str(new_id())[-6:]
    team = TeamRecord(new_id(), name=f"Moves {mark}", leads=(jonas.id,))
    queue = QueueRecord(new_id(), name=f"moves-{mark}", label="Moves", members=tuple(sorted((dana.id, jonas.id))))
    disposition = DispositionRecord(new_id(), label="Sold", queue_id=queue.id, reasons=("New", "Again"))
    pause = PauseRecord(new_id(), label="Lunch", limit_s=1800)
    phone = PhoneRecord(dana.id, server="pbx.example.com:5061", account="101", transport="tls", srtp="required")
    records: tuple[Record, ...] = (team, queue, disposition, pause, phone)
    for record in records:
        admin.save(record)
    now = admin.now()
    stored = {one.id: one for group in (now.teams, now.queues, now.dispositions, now.pause_reasons) for one in group}
    stored |= {one.id: one for one in now.phones}
    assert [stored[record.id] for record in records] == [replace(record, version=1) for record in records]
    admin.save(replace(stored[team.id], leads=(), active=False))
    counted = {"sl_variant": SlVariant.POSITIVE, "sl_exits": True}
    admin.save(replace(stored[queue.id], sl_target=0.9, sl_threshold_s=30, members=(dana.id,), **counted))
    admin.save(replace(stored[disposition.id], active=False))
    admin.save(replace(stored[pause.id], limit_s=0, active=False))
    admin.save(replace(stored[phone.id], proxy="proxy.example.com", active=False))
    assert [admin.told(record) for record in records] == [
        ["delete", "update active", "insert", "insert"],
        ["delete", "update sl_exits sl_target sl_threshold_s sl_variant", "insert", "insert", "insert"],
        ["update active", "insert"],
        ["update active limit_s", "insert"],
        ["update active proxy", "insert"],
    ]
    with admin.database.read() as session:
        assert team.id not in {row.id for row in agents.teams(session)}
        (shown,) = (row for row in queues.queues(session) if row.id == queue.id)
        assert (shown.sl_variant, shown.sl_exits, shown.sl_target) == (SlVariant.POSITIVE, True, 0.9)
        assert disposition.id not in {row.id for row in catalogue.all_dispositions(session)}
        assert pause.id not in {row.id for row in catalogue.pause_reasons(session)}


def test_an_edit_of_what_somebody_else_has_changed_is_refused(admin: Admin) -> None:
    now = admin.now()
    queue = QueueRecord(new_id(), name=str(new_id()))
    admin.save(queue)
    with pytest.raises(Stale):
        admin.save(queue)  # sent twice: it is there already
    jonas = admin.person("jonas")
    admin.save(replace(jonas, extension="117"))
    with pytest.raises(Stale):
        admin.save(replace(jonas, extension="118"))
    assert admin.person("jonas").extension == "117"
    with pytest.raises(Stale):
        admin.save(replace(now.centre, name="Mine", version=now.centre.version + 1))
    admin.save(replace(now.centre, name="Mine", region="DE", edit_hours=48, time_zone="Asia/Tokyo"))
    assert admin.now().centre == replace(now.centre, version=now.centre.version + 1, name="Mine", region="DE",
                                         edit_hours=48, time_zone="Asia/Tokyo")  # fmt: skip
    assert admin.told(now.centre)


def test_what_makes_no_sense_is_refused_in_words(admin: Admin) -> None:
    dana = admin.person("dana")
    for record, words in (
        (replace(dana, name=" "), "needs a name"),
        (replace(admin.person("jonas"), login="dana"), "is taken|keeps its name"),
        (PersonRecord(new_id(), name="No", login="two words"), "one word"),
        (PersonRecord(new_id(), name="No", login="public"), "one word"),
        (PersonRecord(new_id(), name="No", login="ł" * 40), "one word"),  # a server would cut it off at 63 bytes
        (PersonRecord(new_id(), name="No", login="dana"), "is taken"),
        (PersonRecord(new_id(), name="No", login="no", team_id=new_id()), "no such team"),
        (TeamRecord(new_id(), name=""), "needs a name"),
        (replace(admin.now().centre, time_zone="Mars/Olympus"), "no time zone"),
        (QueueRecord(new_id(), name="q", sl_target=1.2), "between 1 and 100"),
        (QueueRecord(new_id(), name="q", wrap_up_s=-1), "nothing and a day"),
        (DispositionRecord(new_id()), "needs a name"),
        (PauseRecord(new_id(), label="L", limit_s=-1), "a day at most"),
        (PhoneRecord(dana.id, server="two hosts", account="1"), "needs its server"),
        (PhoneRecord(dana.id, server="h", account="1", proxy="a b"), "outbound proxy"),
        (PhoneRecord(dana.id, server="h", account="1", srtp="maybe"), "no such transport"),
        (PhoneRecord(new_id(), server="h", account="1"), "nobody"),
        (replace(admin.now().centre, region="Poland"), "two letters"),
        (replace(admin.now().centre, edit_hours=0), "one hour"),
    ):
        with pytest.raises(Refused, match=words):
            admin.save(record)
    assert admin.person("dana") == dana


def test_a_person_on_a_file_needs_no_password(database_file: Path) -> None:
    admin = Admin(Database.open(database_file))
    kim = PersonRecord(new_id(), name="Kim Lee", login="kim", extension="110")
    assert admin.save(kim).password == ""
    assert admin.person("kim") == replace(kim, version=1)
    admin.save(replace(kim, version=1, login="kimlee", active=False))
    assert admin.told(kim) == ["update active login", "insert"]
    with admin.database.read() as session:
        assert admin_people.allowed(session)
    with pytest.raises(Refused, match="no login"), admin.database.write() as session:
        admin_people.new_password(session, kim.id)
    admin.database.close()


# ------------------------------------------------------------------ logins, on a server


def _password_ends(server: Server, login: str) -> str:
    """When the server no longer takes it."""
    query = f"""SELECT CASE WHEN rolvaliduntil = 'infinity' THEN 'never'
        WHEN rolvaliduntil > now() + interval '72 hours' THEN 'later'
        WHEN rolvaliduntil > now() + interval '71 hours' THEN 'in three days' ELSE 'sooner' END
        FROM pg_roles WHERE rolname = '{login}'"""
    [[when]] = server.execute(query)
    return str(when)


def test_a_password_that_is_handed_over_ends_after_three_days(server: Server, served: str, anna: Admin) -> None:
    kim = PersonRecord(new_id(), name="Kim Lee", login="kim72", role="agent", access_until=days_ago(-90))
    made = anna.save(kim).password
    assert _password_ends(server, "kim72") == "in three days"
    lead = replace(anna.person("kim72"), role="team_lead", access_until=None)
    anna.save(lead)
    assert _password_ends(server, "kim72") == "in three days", "another role gives it no longer life"
    desk = Database.open(server.url(served, "kim72", made))
    with desk.write() as session:
        access.change_password(session, "kim's own words")
    desk.close()
    assert _password_ends(server, "kim72") == "never"
    anna.save(replace(anna.person("kim72"), access_until=days_ago(-90)))
    assert _password_ends(server, "kim72") == "later"
    with anna.database.write() as session:
        again = admin_people.new_password(session, kim.id).password
    assert _password_ends(server, "kim72") == "in three days"
    server.execute("ALTER ROLE kim72 VALID UNTIL '2001-01-01'")  # the three days are over
    with pytest.raises(DatabaseTrouble) as caught:
        Database.open(server.url(served, "kim72", again))
    assert caught.value.kind is Trouble.WRONG_PASSWORD


def test_a_login_is_made_with_a_password_that_is_to_be_changed(server: Server, served: str, anna: Admin) -> None:
    kim = PersonRecord(new_id(), name="Kim Lee", login="kim9", role="agent")
    made = anna.save(kim).password
    assert len(made) == 19
    assert anna.person("kim9") == replace(kim, version=1, one_time=True)
    desk = Database.open(server.url(served, "kim9", made))
    with desk.read() as session:
        assert not admin_people.allowed(session)
        assert access.password_is_handed_over(session)
    with pytest.raises(Refused, match="8 characters"), desk.write() as session:
        access.change_password(session, "short")
    with desk.write() as session:
        access.change_password(session, "kim's own words")
    with desk.read() as session:
        assert not access.password_is_handed_over(session)
    desk.close()
    Database.open(server.url(served, "kim9", "kim's own words")).close()
    assert not anna.person("kim9").one_time
    with anna.database.write() as session:
        again = admin_people.new_password(session, kim.id).password
    with pytest.raises(DatabaseTrouble) as caught:
        Database.open(server.url(served, "kim9", "kim's own words"))
    assert caught.value.kind is Trouble.WRONG_PASSWORD
    Database.open(server.url(served, "kim9", again)).close()
    assert "password" in anna.told(kim)


def test_role_and_end_change_without_the_password(server: Server, served: str, anna: Admin) -> None:
    made = anna.save(PersonRecord(new_id(), name="Lo", login="lo9", role="agent")).password
    anna.save(replace(anna.person("lo9"), role="team_lead"))
    until = clock.now() + timedelta(days=3)
    anna.save(replace(anna.person("lo9"), access_until=until, role=""))
    assert (anna.person("lo9").role, anna.person("lo9").access_until) == ("team_lead", until)
    Database.open(server.url(served, "lo9", made)).close()
    with pytest.raises(Refused, match="keeps its name"):
        anna.save(replace(anna.person("lo9"), login="lo10"))
    anna.save(replace(anna.person("lo9"), active=False))
    with pytest.raises(DatabaseTrouble, match="switched off"):
        Database.open(server.url(served, "lo9", made))


def test_the_last_admin_stays(server: Server, served: str, anna: Admin) -> None:
    me = anna.person("anna")
    for change in ({"role": "agent"}, {"active": False}, {"access_until": clock.now() + timedelta(days=9)}):
        with pytest.raises(Refused, match="last administrator"):
            anna.save(replace(me, **change))
    with pytest.raises(Refused, match="last administrator"):
        access.grant(anna.database, access.Grant("anna", "agent", "anna"))
    second = PersonRecord(new_id(), name="Bo", login="bo9", role="admin")
    password = anna.save(second).password
    with Database.open(server.url(served, "bo9", password)).write() as session:
        admin_people.save(session, replace(me, role="supervisor"))
    assert anna.person("anna").role == "supervisor"
    with pytest.raises(DatabaseTrouble) as caught:
        anna.save(replace(anna.person("dana"), name="D"))
    assert caught.value.kind is Trouble.FORBIDDEN
    owner = Database.open(server.url(served))
    access.grant(owner, access.Grant("anna", "admin", "anna"))
    access.grant(owner, access.Grant("bo9", "agent", "bo9"))
    access.grant(owner, access.Grant("anna", "agent", "anna"))  # the owner may: the next line is why
    access.grant(owner, access.Grant("anna", "admin", "anna"))
    owner.close()


def test_an_agent_sees_the_own_phone_only(server: Server, served: str, anna: Admin) -> None:
    for login in ("dana", "jonas"):
        person = anna.person(login)
        version = next((phone.version for phone in anna.now().phones if phone.id == person.id), 0)
        anna.save(PhoneRecord(person.id, version, server="pbx", account=person.extension))
    dana = Database.open(server.url(served, "dana", "dana"))
    with dana.read() as session:
        assert [phone.id for phone in admin_centre.phones(session)] == [anna.person("dana").id]
    dana.close()
