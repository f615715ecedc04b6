"""Who may do what on a shared server: the centre's groups, its people's logins, and taking part in an interaction.

The rights themselves are SQL, in roles/*.sql; here they are installed, and asked for where the program writes.
"""

import re
import secrets as chance
from datetime import datetime
from importlib import resources
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Connection, exc, func, select, text
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import agents
from agent_desktop.data.base import Base
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble, trouble_of
from agent_desktop.data.models import AccessSetting, Agent, Participant
from agent_desktop.data.operations import Operation
from agent_desktop.data.sql import insert_new, on_server
from agent_desktop.told import mark

PEOPLE = ("agent", "team_lead", "supervisor", "admin")
SERVICES = ("collector", "retention", "migrator", "backup")
GROUPS = PEOPLE + SERVICES
MIN_PASSWORD = 8
TOO_LATE = mark("This interaction cannot be changed any more: it is somebody else's, or too much time has passed.")
_REFUSED = "AD001"  # of our own functions: a request that makes no sense, in words
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_VARIABLE = re.compile(r":(['\"])(\w+)\1")
_Operation = TypeVar("_Operation", bound=Operation)


# ------------------------------------------------------------------ while the program writes


def signed(session: Session, operation: _Operation) -> _Operation:
    """The operation with the name of who is signed in, where it says none (said before anybody was known here)."""
    if operation.agent_id is not None or not on_server(session):
        return operation
    return msgspec.structs.replace(operation, agent_id=session.execute(select(func.access.my_agent())).scalar_one())


def join(session: Session, interaction_id: UUID, agent_id: UUID | None) -> None:
    """Take part in an interaction before anything is said about it. Raises Refused when it is too late for that."""
    if on_server(session):
        if not session.execute(select(func.access.join_interaction(interaction_id, agent_id))).scalar_one():
            raise Refused(TOO_LATE)
    elif agent_id is not None:
        values = {"interaction_id": interaction_id, "agent_id": agent_id, "joined_at": clock.now()}
        insert_new(session, Participant, values)


def takes_whole_numbers(session: Session, *, in_file: bool) -> bool:
    """Whether exports of who is signed in have whole numbers: team leads' and up; ``in_file`` where no roles are."""
    if not on_server(session):
        return in_file
    return bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


# ------------------------------------------------------------------ roles


def install(connection: Connection) -> None:
    """Make the groups and give them their rights; run again, it changes nothing. PostgreSQL only.

    Raises DatabaseTrouble when this login may not make roles.
    """
    connection.exec_driver_sql("SET LOCAL ROLE NONE")
    prefix = connection.execute(select(AccessSetting.prefix)).scalar_one()
    allowed = (
        "SELECT rolsuper OR rolcreaterole OR EXISTS ("
        " SELECT FROM pg_roles WHERE rolname = :migrator AND pg_has_role(current_user, oid, 'MEMBER')) "
        "FROM pg_roles WHERE rolname = current_user"
    )
    if not connection.execute(text(allowed), {"migrator": f"{prefix}_migrator"}).scalar_one():
        raise DatabaseTrouble(
            Trouble.FORBIDDEN,
            text="This login may not make the centre's roles.",
            advice="Connect as a superuser of the server, or as the database's owner with CREATEROLE.",
        )
    values = {group: f"{prefix}_{group}" for group in GROUPS}
    values["tables"] = "{" + ",".join(sorted(Base.metadata.tables)) + "}"
    scripts = sorted(resources.files("agent_desktop.data").joinpath("roles").iterdir(), key=lambda file: file.name)
    for script in scripts:
        if script.name.endswith(".sql"):
            _run(connection, _filled(script.read_text("utf-8"), values))
            if script.name.startswith("1_"):
                _own(connection, values["migrator"])


def become_owner(connection: Connection) -> None:
    """Make what follows the migrator's, where it owns the tables and this login belongs to it."""
    known = "SELECT to_regclass('public.access_setting') IS NOT NULL"
    if not connection.execute(text(known)).scalar_one():
        return
    migrator = connection.execute(text("SELECT prefix || '_migrator' FROM access_setting")).scalar_one()
    member = (
        "SELECT EXISTS (SELECT FROM pg_roles r JOIN pg_class c ON c.relowner = r.oid"
        " WHERE c.oid = 'public.alembic_version'::regclass AND r.rolname = :name"
        " AND pg_has_role(current_user, r.oid, 'MEMBER'))"
    )
    if connection.execute(text(member), {"name": migrator}).scalar_one():
        connection.exec_driver_sql(f"SET LOCAL ROLE {_identifier(migrator)}")


def _own(connection: Connection, migrator: str) -> None:
    """Give what this login made to the migrator, and go on as that."""
    found = connection.execute(
        text(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND relowner <> (SELECT oid FROM pg_roles WHERE rolname = :migrator) AND relname = ANY (:ours)"
        ),
        {"migrator": migrator, "ours": [*Base.metadata.tables, "alembic_version"]},
    ).scalars()
    owner = _identifier(migrator)
    for table in list(found):
        connection.exec_driver_sql(f"ALTER TABLE public.{_identifier(table)} OWNER TO {owner}")
    functions = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE (n.nspname = 'access' OR (n.nspname = 'public' AND p.proname IN ('folded', 'age_marks'))) "
        "AND pg_get_userbyid(p.proowner) <> :migrator"
    )
    for function in list(connection.execute(text(functions), {"migrator": migrator}).scalars()):
        connection.exec_driver_sql(f"ALTER FUNCTION {function} OWNER TO {owner}")
    relations = (
        "SELECT relname, relkind = 'v' FROM pg_class WHERE relnamespace = to_regnamespace('access') "
        "AND relkind IN ('r', 'v') AND pg_get_userbyid(relowner) <> :migrator"
    )
    for name, is_view in connection.execute(text(relations), {"migrator": migrator}).all():
        kind = "VIEW" if is_view else "TABLE"
        connection.exec_driver_sql(f"ALTER {kind} access.{_identifier(name)} OWNER TO {owner}")
    schema = (
        "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'access' AND pg_get_userbyid(nspowner) <> :migrator)"
    )
    if connection.execute(text(schema), {"migrator": migrator}).scalar_one():
        connection.exec_driver_sql(f"ALTER SCHEMA access OWNER TO {owner}")
    connection.exec_driver_sql(f"SET LOCAL ROLE {owner}")


def _filled(script: str, values: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        quote = found[1]
        return quote + values[found[2]].replace(quote, quote * 2) + quote

    return _VARIABLE.sub(value, script)


def _run(connection: Connection, statement: Any) -> None:
    """Several statements at once, or one that takes no parameters: as the driver does it. Raises DatabaseTrouble."""
    import psycopg

    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(statement)
    except psycopg.Error as error:
        raise trouble_of(error) from error


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# ------------------------------------------------------------------ logins


class Grant(msgspec.Struct, frozen=True):
    """A login to make or change; ``name`` adds the person where nobody has the login yet."""

    login: str
    group: str
    password: str
    until: datetime | None = None
    name: str = ""
    extension: str = ""
    one_time: bool = False  # the password was made here: its owner is asked for another one at sign-in


def grant(database: Database, wanted: Grant) -> None:
    """Make one of the people's logins, or change its role, password and end; a service's where the server lets us.

    The server is told the password's SCRAM verifier only. From ``until`` on the database answers a person nothing and
    says why; a month later the server does not know the password any more. Raises Refused, DatabaseTrouble.
    """
    if database.is_sqlite:
        raise Refused("A file knows no logins: roles belong to a database on a PostgreSQL server.")
    if wanted.group not in GROUPS:
        raise Refused(f"“{wanted.group}” is no role; there are {', '.join(GROUPS)}.")
    with database.write() as session:
        if wanted.group in PEOPLE:
            _grant_person(session, wanted)
            return
        prefix = session.execute(select(AccessSetting.prefix)).scalar_one()
        verifier = _verifier(session, wanted.login, wanted.password)
        _grant_service(session.connection(), wanted, verifier, f"{prefix}_{wanted.group}")


def _grant_person(session: Session, wanted: Grant) -> None:
    person = agents.agent_by_login(session, wanted.login)
    if person is None:
        if not wanted.name:
            raise Refused(f"Nobody here has the login “{wanted.login}”: say who it is, with --name.")
        agents.create_agent(session, wanted.name, wanted.login, extension=wanted.extension)
    elif wanted.group != "admin" or wanted.until is not None:
        keep_an_admin(session, wanted.login)
    values = {"login": wanted.login, "until": wanted.until, "one_time": wanted.one_time}
    change = "UPDATE agent SET access_until = :until, one_time = :one_time WHERE login = :login"
    session.execute(text(change), values)
    give_login(session, wanted.login, wanted.group, wanted.until, wanted.password)


def give_login(session: Session, login: str, group: str, until: datetime | None, password: str | None) -> None:
    """Make the login of a person who is here, or change its role and end, and its password unless that is None.

    Raises Refused for a login that is none of this centre's people's.
    """
    verifier = None if password is None else _verifier(session, login, password)
    hard_end = text("SELECT access.grant_login(:login, :wanted, :verifier, CAST(:until AS timestamptz) + '30 days')")
    values = {"login": login, "until": until, "wanted": group, "verifier": verifier}
    try:
        session.execute(hard_end, values)
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == _REFUSED:
            said: Any = error.orig
            raise Refused(f"The server says: {said.diag.message_primary}.") from error
        raise


def keep_an_admin(session: Session, login: str) -> None:
    """Raise Refused if, without this one, nobody is left who is an admin without an end.

    The database's owner is not held back: who owns the database can make another admin at any time.
    """
    if session.execute(select(func.access.is_member("migrator"))).scalar_one():
        return
    session.execute(select(AccessSetting.id).with_for_update())  # two admins who take each other's role wait here
    lines = logins(session)
    lasting = set(session.execute(select(Agent.login).where(Agent.active, Agent.access_until.is_(None))).scalars())
    admins = {line.login for line in lines if line.group == "admin" and line.login in lasting}
    if admins == {login}:
        raise Refused("This is the last administrator without an end: make somebody else one first.")


def password_is_handed_over(session: Session) -> bool:
    """Whether the password of who is signed in was made by an administrator and is to be changed."""
    if not on_server(session):
        return False
    query = select(Agent.one_time).where(Agent.id == func.access.my_agent())
    return bool(session.execute(query).scalar_one_or_none())


def own_role(session: Session) -> str:
    """The highest of ``PEOPLE`` that the login of this connection has; empty for a service's, and on a file."""
    if not on_server(session):
        return ""
    held = session.execute(select(*(func.access.is_member(group).label(group) for group in PEOPLE))).mappings().one()
    return next((group for group in reversed(PEOPLE) if held[group]), "")


def change_password(session: Session, password: str) -> None:
    """Give the login of this connection another password; connections that are open stay so.

    Raises Refused for one that is too short.
    """
    if len(password) < MIN_PASSWORD:
        raise Refused(f"A password needs at least {MIN_PASSWORD} characters; nothing was changed.")
    login = session.execute(text("SELECT session_user::text")).scalar_one()
    session.execute(select(func.access.change_password(_verifier(session, login, password))))


def make_password() -> str:
    """A password to hand over: four times four letters and digits that look like no others, 79 bits of chance."""
    return "-".join("".join(chance.choice(_READABLE) for _ in range(4)) for _ in range(4))


def _verifier(session: Session, login: str, password: str) -> str:
    driver: Any = session.connection().connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    return made.decode()


def _grant_service(connection: Connection, wanted: Grant, verifier: str, group: str) -> None:
    from psycopg import sql

    known = text("SELECT rolsuper FROM pg_roles WHERE rolname = :login")
    found = connection.execute(known, {"login": wanted.login}).scalar_one_or_none()
    if found:
        raise Refused(f"“{wanted.login}” is a superuser of the server already.")
    login = sql.Identifier(wanted.login)
    if found is None:
        _run(connection, sql.SQL("CREATE ROLE {} LOGIN").format(login))
    until = wanted.until.isoformat() if wanted.until else "infinity"
    change = "ALTER ROLE {} LOGIN PASSWORD {} VALID UNTIL {}"
    _run(connection, sql.SQL(change).format(login, sql.Literal(verifier), sql.Literal(until)))
    _run(connection, sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), login))


class RoleLine(msgspec.Struct, frozen=True):
    """A login of this centre and the group it is in."""

    login: str
    group: str
    until: datetime | None


def logins(session: Session) -> tuple[RoleLine, ...]:
    """Who may sign in to this centre's database; empty on SQLite."""
    if not on_server(session):
        return ()
    rows = session.execute(
        text(
            "SELECT r.rolname, substr(g.rolname, length(s.prefix) + 2) AS held, a.access_until "
            "FROM access_setting s JOIN pg_roles g ON g.rolname = ANY ("
            " SELECT s.prefix || '_' || unnest(CAST(:groups AS text[])))"
            " JOIN pg_auth_members m ON m.roleid = g.oid JOIN pg_roles r ON r.oid = m.member AND r.rolcanlogin"
            " LEFT JOIN agent a ON a.login = r.rolname ORDER BY r.rolname, g.rolname"
        ),
        {"groups": list(GROUPS)},
    )
    return tuple(RoleLine(row.rolname, row.held, row.access_until) for row in rows)
