"""Trying a login on a server before anybody works with it, and changing its password."""

from contextlib import closing

from agent_desktop.data import access, agents, site
from agent_desktop.data.centre_rows import Admission
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble


def admission(where: str, password: str) -> Admission:
    """Sign in once, and say who that is. Raises DatabaseTrouble, also for a login that is no person's."""
    with closing(Database.open(where, password=password)) as database, database.read() as session:
        person = agents.signed_in(session)
        here = site.site(session)
    if person is None:
        raise DatabaseTrouble(
            Trouble.STRANGER,
            "a service's login",
            "This login belongs to a service, not to a person.",
            "Sign in with your own login.",
        )
    return Admission(person, here.region, here.name)


def change_password(where: str, old: str, new: str) -> None:
    """Give the login another password; the old one proves who asks. The server is told its SCRAM verifier only.

    Raises DatabaseTrouble, WRONG_PASSWORD if the old one is not right; Refused for one that is too short.
    """
    with closing(Database.open(where, password=old)) as database, database.write() as session:
        access.change_password(session, new)
