"""What can go wrong with a database, in words an agent understands, with what to do about it."""

import sqlite3
from enum import StrEnum

from agent_desktop.deadlines import Late
from agent_desktop.told import mark, told


class Trouble(StrEnum):
    """Why the database cannot be used now."""

    MISSING = "missing"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    CORRUPT = "corrupt"
    NEWER_SCHEMA = "newer_schema"
    OLDER_SCHEMA = "older_schema"
    UNREACHABLE = "unreachable"
    DISK_FULL = "disk_full"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a trouble
    EXPIRED = "expired"
    CERTIFICATE = "certificate"
    STRANGER = "stranger"  # signed in, but nobody here
    FORBIDDEN = "forbidden"  # one request that this login may not make
    UNEXPECTED = "unexpected"  # not the environment: a statement that the database refuses


_WORDS = {
    Trouble.MISSING: (
        mark("The database is not there."),
        mark("Check the path in the settings, or create it with “db init”."),
    ),
    Trouble.LOCKED: (
        mark("Another program is using the database and does not let go."),
        mark("Close other programs that have the file open; what you enter is kept here and sent later."),
    ),
    Trouble.READ_ONLY: (
        mark("The database cannot be written."),
        mark("Check the permissions of the file and its folder; what you enter is kept here and sent later."),
    ),
    Trouble.CORRUPT: (
        mark("The database file is damaged."),
        mark("Put back a backup copy; calls go on, and what you enter is kept here and sent later."),
    ),
    Trouble.NEWER_SCHEMA: (
        mark("The database was made by a newer version of this program."),
        mark("Update this workstation; until then it does not touch the database."),
    ),
    Trouble.OLDER_SCHEMA: (
        mark("The database was made by an older version of this program."),
        mark("Run “db upgrade”; a backup copy is made first."),
    ),
    Trouble.UNREACHABLE: (
        mark("The database cannot be reached."),
        mark("Check the network and the address in the settings; what you enter is kept here and sent later."),
    ),
    Trouble.DISK_FULL: (mark("The disk is full."), mark("Free some space; nothing more can be saved until then.")),
    Trouble.WRONG_PASSWORD: (
        mark("The database does not know this login with this password."),
        mark(
            "Type the password again. If it is right, it has been changed or is valid no longer: ask your "
            "administrator."
        ),
    ),
    Trouble.EXPIRED: (
        mark("Your access to the database has ended."),
        mark("Ask your administrator to extend it; what you enter is kept here and sent then."),
    ),
    Trouble.CERTIFICATE: (
        mark("The database server could not prove that it is the right one."),
        mark(
            "Nothing was sent to it. Tell your administrator: its certificate, or sslrootcert in the address, is wrong."
        ),
    ),
    Trouble.STRANGER: (
        mark("This login may not use this database."),
        mark("Ask your administrator to add you (“db grant”); what you enter is kept here and sent then."),
    ),
    Trouble.FORBIDDEN: (
        mark("You may not do this."),
        mark("Ask your team lead or your administrator; it is kept on this computer until somebody has seen it."),
    ),
    Trouble.UNEXPECTED: (mark("The database refused a request."), mark("Please report this with the log file.")),
}


class DatabaseTrouble(Exception):
    """The one error of this layer. ``text`` says what is wrong, ``advice`` what to do; ``detail`` is for the log."""

    def __init__(self, kind: Trouble, detail: str = "", text: str = "", advice: str = ""):
        words = _WORDS[kind]
        self.kind = kind
        self.text = told(text or words[0])
        self.advice = told(advice or words[1])
        self.detail = detail
        super().__init__(f"{kind.value}: {text or words[0]} {detail}".strip())


class NoAnswer(DatabaseTrouble, Late):
    """A server was given up when its time was over. What it was asked to write may be there or not."""

    def __init__(self) -> None:
        super().__init__(Trouble.UNREACHABLE, "no answer in time")


class Refused(Exception):
    """An operation that can never be applied, however often it is tried; ``text`` says why in words."""

    def __init__(self, text: str):
        self.text = told(text)
        super().__init__(text)


_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.UNREACHABLE,
    sqlite3.SQLITE_CORRUPT: Trouble.CORRUPT,
    sqlite3.SQLITE_NOTADB: Trouble.CORRUPT,
    sqlite3.SQLITE_FORMAT: Trouble.CORRUPT,
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.MISSING,
}

# PostgreSQL: SQLSTATE classes and codes.
_SQLSTATE = {
    "53100": Trouble.DISK_FULL,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.FORBIDDEN,
    "28P01": Trouble.WRONG_PASSWORD,
    "28000": Trouble.STRANGER,
    "55P03": Trouble.LOCKED,
    "40P01": Trouble.LOCKED,
    "40001": Trouble.LOCKED,
    "3D000": Trouble.MISSING,
    "42P01": Trouble.OLDER_SCHEMA,
    "42703": Trouble.OLDER_SCHEMA,
    "42883": Trouble.OLDER_SCHEMA,
    "3F000": Trouble.OLDER_SCHEMA,
    "XX001": Trouble.CORRUPT,
    "XX002": Trouble.CORRUPT,
}


def was_stopped(error: Exception) -> bool:
    """Whether a statement ended because somebody asked for that: its connection is as good as before."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_INTERRUPT or getattr(cause, "sqlstate", None) == "57014"


def trouble_of(error: Exception) -> DatabaseTrouble:
    """The trouble behind any error of SQLAlchemy, sqlite3 or psycopg."""
    if isinstance(error, DatabaseTrouble):
        return error
    # SQLAlchemy's errors carry the driver's; not imported here, so that whoever only catches troubles starts quickly.
    cause = getattr(error, "orig", None) or error
    detail = f"{type(cause).__name__}: {cause}".splitlines()[0]
    kind = _kind_of(cause)
    if kind is Trouble.LOCKED and not isinstance(cause, sqlite3.Error):
        return DatabaseTrouble(
            kind, detail, mark("Somebody else is writing the same."), mark("It is tried again in a moment.")
        )
    return DatabaseTrouble(kind, detail)


def _kind_of(cause: BaseException) -> Trouble:
    if isinstance(cause, sqlite3.Error) or type(cause).__module__.startswith("sqlcipher3"):
        code = getattr(cause, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _SQLITE:
            return _SQLITE[code & 0xFF]
        if str(cause).startswith(("no such table", "no such column")) or "has no column" in str(cause):
            return Trouble.OLDER_SCHEMA
        return Trouble.UNEXPECTED
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return _SQLSTATE.get(
            state, Trouble.UNREACHABLE if state[:2] in {"08", "57", "58", "28", "53"} else Trouble.UNEXPECTED
        )
    if type(cause).__name__ in {"OperationalError", "InterfaceError"} or isinstance(cause, OSError):
        return Trouble.UNREACHABLE
    return Trouble.UNEXPECTED
