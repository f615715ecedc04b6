"""From every released revision, with data in it, to the newest: nothing is lost, on a file and on a server."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, bindparam, text

from agent_desktop import clock
from agent_desktop.data import access, agents, backup, interactions, schema, verify
from agent_desktop.data.base import UtcTime, UuidType
from agent_desktop.data.db import SCHEMA, Database, url_of
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.models.figures import FIELDS
from tests.support.postgres import OWNER, PASSWORD, Server

REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(schema.alembic_config()).walk_revisions())
OLD = [revision for revision in REVISIONS if revision != SCHEMA]
AT = clock.from_us(1_795_000_000_000_000)
KEYS = {
    name: new_id()
    for name in ("site", "team", "agent", "customer", "phone", "call", "leg", "note", "recording", "run", "visit")
}

# Rows as a program of that time wrote them: the columns that each revision had and demanded.
_ALWAYS = (
    "INSERT INTO site (id, site_id, name, region, practice, created_at) VALUES (1, :site, 'Old', 'PL', false, :at)",
    "INSERT INTO team (id, name) VALUES (:team, 'Billing')",
    "INSERT INTO agent (id, version, name, login, extension, team_id, active) "
    "VALUES (:agent, 1, 'Dana Okafor', 'dana', '101', :team, true)",
    "INSERT INTO customer (id, version, name, name_key, account_number, language, time_zone, address, alert, tags, "
    "changed_in, created_at, updated_at) "
    "VALUES (:customer, 3, 'Łukasz', 'lukasz', '', '', '', '', '', '[]', '{}', :at, :at)",
    "INSERT INTO phone (id, customer_id, typed, e164, key, label, is_primary) "
    "VALUES (:phone, :customer, '601 442 190', '+48601442190', '09124410684', 'mobile', true)",
    "INSERT INTO interaction (id, version, channel, direction, started_at, outcome, customer_id, agent_id, number, "
    "display_name, queue, linked_id, subject, summary, reason) VALUES (:call, 1, 'call', 'inbound', :at, 'answered', "
    ":customer, :agent, '601442190', '', 'billing', '', '', 'first line', '')",
    "INSERT INTO note (id, interaction_id, agent_id, at, text, version) "
    "VALUES (:note, :call, :agent, :at, 'first line', 1)",
    "INSERT INTO queue_visit (id, linked_id, agent_id, entered_at, connected_at, ended_at, offers, result, "
    "exit_reason, ended_by) VALUES (:visit, '1.2', :agent, :at, :s10, :s100, 1, 'answered', '', 'agent')",
    *(
        "INSERT INTO queue_event (source, source_seq, at, kind, visit_id, linked_id, data) "
        f"VALUES ('pbx', {number}, :{at}, '{kind}', :visit, '1.2', '{{}}')"
        for number, (at, kind) in enumerate(
            (
                ("at", "entered"),
                ("s10", "connected"),
                ("s30", "held"),
                ("s40", "resumed"),
                ("s100", "completed"),
                ("s100", "wrap_up_started"),
                ("s130", "wrap_up_ended"),
                ("s20", "held"),
            )
        )
    ),
)
_LEG = (
    "INSERT INTO leg (id, interaction_id, agent_id, direction, started_at, outcome, remote, sip_call_id, sip_reason, "
    "ended_by, hold_s, cut{more}) VALUES (:leg, :call, :agent, 'inbound', :at, 'answered', 'r', 'c', '', '', 2.5, "
    "false{values})"
)
_SINCE = {
    "0001": (_LEG.format(more="", values=""),),
    "0002": (_LEG.format(more=", referred_by, purpose", values=", 'mo', 'consult'"),),
    "0003": (
        "INSERT INTO recording (id, interaction_id, started_at, state, consent, consent_at, recipient, place, sha256, "
        "trouble) VALUES (:recording, :call, :at, 'stored', 'announced', :at, 'age1', 'p', 's', '')",
    ),
    "0004": (
        _LEG.format(
            more=", referred_by, purpose, codec, encrypted, mos", values=", 'mo', 'consult', 'opus', true, 4.2"
        ),
    ),
    "0005": ("INSERT INTO participant (interaction_id, agent_id, joined_at) VALUES (:call, :agent, :at)",),
    "0008": ("INSERT INTO change (at, kind, row_id, xid) VALUES (:at, 'customer', :customer, 0)",),
    "0009": (
        "INSERT INTO agent_phone (agent_id, version, active, server, account, auth_user, transport, proxy, srtp) "
        "VALUES (:agent, 1, true, 's', 'a', '', 'udp', '', 'off')",
    ),
    "0010": ("INSERT INTO import_run (id, at, who, file, state, counts) VALUES (:run, :at, 'd', 'f', 'done', '{}')",),
    "0012": (
        "INSERT INTO consent (id, customer_id, channel, given, source, at, agent_id) "
        "VALUES (:run, :customer, 'call', true, 'said', :at, :agent)",
    ),
    "0013": (
        "INSERT INTO customer_apart (id, first_id, second_id, apart, at, agent_id) "
        "VALUES (:run, :customer, :call, true, :at, :agent)",
    ),
    "0014": (
        "INSERT INTO pbx_request (id, at, asked_by, kind, agent_id, reason, detail, state) "
        "VALUES (:run, :at, :agent, 'pause', :agent, '', '{}', 'asked')",
    ),
    "0018": (
        "INSERT INTO desk (agent_id, desk_id, place, since, then_presence, then_reason, dismissed_why, leads_pbx) "
        "VALUES (:agent, :run, '', :at, '', '', '', false)",
    ),
    "0019": ("INSERT INTO team_message (id, at, sender_id, audience, text) VALUES (:run, :at, :agent, 'all', 'x')",),
    "0021": (
        "INSERT INTO report_run (schedule_id, due_at, state, attempts, begun_at, filed, answer) "
        "SELECT id, :at, 'done', 1, :at, false, '' FROM report_schedule",
    ),
    "0022": (
        "INSERT INTO snippet (id, version, owner_id, name, text, active) VALUES (:run, 1, :agent, 'hi', 'Hello', true)",
    ),
    "0025": (
        "INSERT INTO script_version (script_id, number, edition, state, at, agent_id, note, review_note, body, parts) "
        "VALUES (:run, 1, 1, 'draft', :at, :agent, '', '', '{}', '{}')",
    ),
    "0026": (
        "INSERT INTO identity_answer (customer_id, question, answer, at) "
        "VALUES (:customer, 'birth', '1984-03-12', :at)",
    ),
    "0030": (
        "INSERT INTO script_review (id, script_id, number, at, agent_id, what, note) "
        "VALUES (:run, :run, 1, :at, :agent, 'handed_in', '')",
    ),
}
# Two quarters of one hour; from 0027 on they stand as one row by the hour.
_QUARTERS = tuple(
    f"INSERT INTO agent_quarter (quarter, agent_id, queue_id, max_wait_us, {', '.join(FIELDS)}) "
    f"VALUES (:at, :agent, :call, {wait}, {', '.join('3' if field == 'talk_us' else '0' for field in FIELDS)})"
    for wait in (7, 5)
)


def _statements(revision: str) -> Iterator[str]:
    yield from _ALWAYS
    if "0016" <= revision < "0027":
        yield from _QUARTERS
    leg = max(found for found in _SINCE if found <= revision and "leg" in _SINCE[found][0].split()[2])
    for since, statements in _SINCE.items():
        if since <= revision and (since == leg or "leg" not in statements[0].split()[2]):
            yield from statements


def _fill(connection: Connection, revision: str) -> None:
    types: dict[str, Any] = {name: UuidType() for name in KEYS} | {"at": UtcTime()}
    later = {f"s{seconds}": AT + timedelta(seconds=seconds) for seconds in (10, 20, 30, 40, 100, 130)}
    types |= dict.fromkeys(later, UtcTime())
    values: dict[str, Any] = KEYS | later | {"at": AT}
    for statement in _statements(revision):
        said = text(statement)
        named = set(said.compile().params)
        typed = said.bindparams(*(bindparam(name, type_=types[name]) for name in named))
        connection.execute(typed, {name: values[name] for name in named})


class Ladder:
    """A database without rows that climbs from revision to revision: each test copies it on the rung it wants."""

    def __init__(self, where: str | Path):
        self.where = where
        self._rung = ""

    def climb(self, revision: str) -> None:
        """As a program of that revision made it."""
        assert self._rung <= revision, "nobody climbs down: name the revisions in their order"
        database = Database(url_of(self.where))
        if database.path is not None:
            schema._make_file(database.path)
        config = schema.alembic_config()
        with database.connect() as connection, connection.execution_options(begin="BEGIN IMMEDIATE").begin():
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        database.close()
        self._rung = revision


@pytest.fixture(scope="module")
def file_ladder(tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    return Ladder(tmp_path_factory.mktemp("ladder") / "empty.db")


@pytest.fixture(scope="module")
def server_ladder(server: Server) -> Iterator[tuple[Ladder, str]]:
    """With the name of its database; it has no groups yet: what it is copied to makes its own."""
    with server.database() as name:
        yield Ladder(server.url(name)), name


def _upgrades(where: str | Path, revision: str) -> Database:
    """``where`` is on this revision and gets rows of its time."""
    old = Database(url_of(where))
    with old.connect() as connection, connection.execution_options(begin="BEGIN IMMEDIATE").begin():
        _fill(connection, revision)
    old.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(where)
    assert trouble.value.kind is Trouble.OLDER_SCHEMA
    status = schema.status(where)
    assert (status.found, status.ready) == (revision, False)
    done = schema.upgrade(where)
    assert (done.before, done.after) == (revision, SCHEMA)
    database = Database.open(where)
    with database.read() as session:
        person = agents.agent_by_login(session, "dana")
        page = interactions.page(session, KEYS["call"])
        joined = session.execute(text("SELECT count(*) FROM participant")).scalar_one()
        phones = session.execute(text("SELECT count(*) FROM phone")).scalar_one()
        recordings = session.execute(text("SELECT count(*) FROM recording")).scalar_one()
        sums = session.execute(text("SELECT talk_us, max_wait_us, entered FROM agent_hour")).all()
        visit = session.execute(text("SELECT wait_us, talk_us, hold_us, wrap_us FROM queue_visit")).one()
    assert person is not None
    assert page is not None
    lengths = (10_000_000, 70_000_000, 20_000_000, 30_000_000)
    assert tuple(visit) == (lengths if revision < "0016" else (None, None, 0, 0))  # there from then on
    assert [tuple(row) for row in sums] == ([(6, 7, None)] if "0016" <= revision < "0027" else [])
    assert (person.name, person.team) == ("Dana Okafor", "Billing")
    assert [note.text for note in page.notes] == ["first line"]
    assert [leg.hold_s for leg in page.legs] == [2.5]
    with database.read() as session:
        noted = [line.text for line in interactions.notes_by_text(session, "FIRST lin")]
        folded = session.execute(text("SELECT folded FROM identity_answer")).scalars().all()
        written = session.execute(text("SELECT count(writer_id) FROM script_version")).scalar_one()
    assert folded == ([] if revision < "0026" else ["1984-03-12"] if revision < "0029" else [""])
    assert written == ("0025" <= revision < "0030"), "whoever saved it last"
    assert (joined, phones, recordings) == (1, 1, revision >= "0003")
    assert noted == (["first line"] if database.is_sqlite else [])  # on a server only the centre's people find any
    return database


def test_every_revision_is_tried() -> None:
    known = ["0001", "0002", "0003", "0004", "0005", "0008", "0009", "0010", "0011", "0012", "0013", "0014", "0015"]
    known += ["0016", "0017", "0018", "0019", "0020", "0021", "0022", "0023", "0024", "0025", "0026", "0027"]
    known += ["0028", "0029", "0030"]
    assert known == OLD, "add rows of the new revision here"


@pytest.mark.parametrize("revision", OLD)
def test_a_file_from_every_revision(tmp_path: Path, file_ladder: Ladder, revision: str) -> None:
    file_ladder.climb(revision)
    database = _upgrades(shutil.copy(file_ladder.where, tmp_path / "old.db"), revision)
    database.close()
    assert len(list(tmp_path.glob("*.backup-*"))) == 1


@pytest.mark.parametrize("revision", OLD)
def test_a_server_from_every_revision(server: Server, server_ladder: tuple[Ladder, str], revision: str) -> None:
    ladder, empty = server_ladder
    ladder.climb(revision)
    with server.database(empty) as name:
        if revision >= "0005":  # from then on a database knows under which name it was made
            server.execute("UPDATE access_setting SET prefix = current_database()", name)
        database = _upgrades(server.url(name), revision)
        with database.read() as session:
            tables = session.execute(text("SELECT count(*) FROM pg_tables WHERE tableowner = :owner"),
                                     {"owner": f"{name}_migrator"}).scalar_one()  # fmt: skip
        database.close()
        assert tables > 25, "all of it belongs to the migrator"
    _drop_groups(server, name)


def test_a_migrator_who_is_no_superuser_upgrades(server: Server) -> None:
    """The database's owner made it; later a login of the group migrator brings it along."""
    server.execute("CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'maker'")
    with server.database() as name:
        server.execute(f"ALTER DATABASE {name} OWNER TO maker")
        schema.init(server.url(name, "maker", "maker"))
        server.execute("CREATE ROLE helper LOGIN PASSWORD 'helper'")
        server.execute(f'GRANT "{name}_migrator" TO helper')
        assert schema.upgrade(server.url(name, "helper", "helper")).after == SCHEMA
        with closing(Database.open(server.url(name, "helper", "helper"))) as database, database.read() as session:
            assert agents.agents(session) == ()
    _drop_groups(server, name, "maker", "helper")


def test_a_databases_owner_without_more_rights_does_all_of_it(server: Server, tmp_path: Path) -> None:
    """As docs/database.md sets it up: CREATEROLE and the database are enough, CREATEDB to verify."""
    server.execute("CREATE ROLE owning LOGIN CREATEROLE CREATEDB PASSWORD 'owning'")
    with server.database() as name:
        server.execute(f"ALTER DATABASE {name} OWNER TO owning")
        url = server.url(name, "owning", "owning")
        schema.init(url)
        with closing(Database.open(url)) as database:
            for login, group in (("ann", "admin"), ("saver", "backup")):
                access.grant(database, access.Grant(login, group, login, name="Ann"))
        with closing(Database.open(server.url(name, "ann", "ann"))) as database:
            access.grant(database, access.Grant("bob", "agent", "bob", name="Bob"))
        with closing(Database.open(server.url(name, "bob", "bob"))) as database, database.read() as session:
            assert [person.name for person in agents.agents(session)] == ["Ann", "Bob"]
        taken = backup.take(server.url(name, "saver", "saver"), tmp_path / "centre.dump")
        assert verify.verify(url, taken.file).good
        schema.upgrade(url)
    _drop_groups(server, name, "ann", "bob", "saver", "owning")


def test_who_may_not_make_roles_is_told_before_anything_is_made(server: Server) -> None:
    server.execute("CREATE ROLE poor LOGIN PASSWORD 'poor'")
    with server.database() as name:
        server.execute(f"ALTER DATABASE {name} OWNER TO poor")
        with pytest.raises(DatabaseTrouble, match="may not make the centre's roles"):
            schema.init(server.url(name, "poor", "poor"))
        assert server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name) == [(0,)]
    _drop_groups(server, name, "poor")


def test_a_newer_server_is_not_touched(server: Server, centre: str) -> None:
    server.execute("UPDATE alembic_version SET version_num = '0099'", centre)
    for attempt in (Database.open, schema.upgrade):
        with pytest.raises(DatabaseTrouble) as trouble:
            attempt(server.url(centre, OWNER, PASSWORD))
        assert trouble.value.kind is Trouble.NEWER_SCHEMA
    assert not schema.status(server.url(centre)).ready


def test_two_centres_on_one_server_know_nothing_of_each_other(server: Server, centre: str) -> None:
    with server.database() as other:
        schema.init(server.url(other))
        with pytest.raises(DatabaseTrouble) as trouble:
            Database.open(server.url(other, "dana", "dana"))
        assert trouble.value.kind is Trouble.STRANGER
    _drop_groups(server, other)


def _drop_groups(server: Server, name: str, *logins: str) -> None:
    """What a database leaves behind when it is dropped."""
    groups = [str(row[0]) for row in server.execute(f"SELECT rolname FROM pg_roles WHERE rolname LIKE '{name}%'")]
    for role in (*logins, *groups):
        server.execute(f'DROP ROLE "{role}"')
