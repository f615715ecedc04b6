"""Messages and who has read them, who is listened to, what others ordered; in a file and on a server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import update

from agent_desktop.data import access, agents, changes, collecting, supervision
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import AccessSetting, Agent
from agent_desktop.data.supervision_rows import Audience, Reach
from agent_desktop.data.words import RequestKind, RequestState
from tests.support.postgres import Server


@dataclass
class Team:
    """Dana and Jonas, of one team; Sam supervises. ``seen_by`` is the database as one of them signs in to it."""

    seen_by: dict[str, Database]
    ids: dict[str, UUID] = field(default_factory=dict)


@pytest.fixture(params=["file", "server"])
def team(request: pytest.FixtureRequest, database: Database, server: Server, centre: str) -> Iterator[Team]:
    logins = ("dana", "jonas", "sam", "coll")
    if request.param == "file":
        with database.write() as session:
            agents.create_agent(session, "Sam Ito", "sam")
        made = Team(dict.fromkeys(logins, database))
    else:
        owner = Database.open(server.url(centre))
        access.grant(owner, access.Grant("sam", "supervisor", "sam", name="Sam Ito"))
        access.grant(owner, access.Grant("coll", "collector", "coll"))
        with owner.write() as session:
            access.install(session.connection())
        made = Team({login: Database.open(server.url(centre, login, login)) for login in logins} | {"owner": owner})
    with made.seen_by["sam"].read() as session:
        made.ids = {row.login: row.id for row in agents.agents(session)}
    yield made
    for opened in made.seen_by.values():
        opened.close()


def test_a_message_stays_until_it_is_read_and_its_sender_sees_who_has(team: Team) -> None:
    sam, dana, jonas = (team.ids[name] for name in ("sam", "dana", "jonas"))
    with team.seen_by["sam"].write() as session:
        assert supervision.send(session, new_id(), sam, Audience.ALL, None, " <b>Stay</b> until six ") == 2
        assert supervision.send(session, new_id(), sam, Audience.AGENT, dana, "Thank you") == 1
        for said, audience, whom in (("  ", Audience.ALL, None), ("x", Audience.TEAM, new_id())):
            with pytest.raises(Refused), session.begin_nested():
                supervision.send(session, new_id(), sam, audience, whom, said)
    with team.seen_by["dana"].write() as session:
        first, second = supervision.unread(session, dana)
        assert (first.text, first.sender, second.audience) == ("<b>Stay</b> until six", "Sam Ito", Audience.AGENT)
        supervision.mark_read(session, dana, [first.id])
        assert [row.id for row in supervision.unread(session, dana)] == [second.id]
    with team.seen_by["jonas"].read() as session:
        assert [row.id for row in supervision.unread(session, jonas)] == [first.id]
    with team.seen_by["sam"].read() as session:
        newest, older = supervision.sent(session, sam)
    assert (newest.to, newest.read, older.read, len(older.readers)) == ("Dana Okafor", 0, 1, 2)
    assert [name for name, at in older.readers if at is not None] == ["Dana Okafor"]


def test_who_may_lead_is_the_database_s_word(team: Team) -> None:
    with team.seen_by["sam"].read() as session:
        assert supervision.leading(session).reach is Reach.SITE
    with team.seen_by["dana"].read() as session:
        found = supervision.leading(session)
    if team.seen_by["dana"] is team.seen_by["sam"]:
        assert found.leads(team.ids["jonas"]), "a file has one owner"
        return
    assert not found.leads(team.ids["jonas"])
    for audience, whom in ((Audience.AGENT, team.ids["jonas"]), (Audience.ALL, None)):
        with pytest.raises(DatabaseTrouble) as trouble, team.seen_by["dana"].write() as session:
            supervision.send(session, new_id(), team.ids["dana"], audience, whom, "x")
        assert trouble.value.kind is Trouble.FORBIDDEN


def test_one_sees_who_listens_while_they_do_and_only_where_the_centre_says_so(team: Team) -> None:
    sam, dana = team.ids["sam"], team.ids["dana"]
    wanted = collecting.Wanted(new_id(), RequestKind.MONITOR, sam, dana, detail={"mode": "listen"})

    def seen() -> list[str]:
        with team.seen_by["dana"].read() as session:
            return [row.by for row in supervision.listeners(session, dana)]

    with team.seen_by["sam"].write() as session:
        collecting.ask(session, wanted)
    assert seen() == [], "nobody listens yet"
    with team.seen_by["coll"].write() as session:
        collecting.take_requests(session)
        collecting.finish_request(session, wanted.id, RequestState.DONE, "")
        assert [row.id for row in collecting.open_monitors(session)] == [wanted.id]
    assert seen() == ["Sam Ito"]
    boss = team.seen_by.get("owner", team.seen_by["sam"])
    for told, shown in ((False, []), (True, ["Sam Ito"])):
        with boss.write() as session:
            session.execute(update(AccessSetting).values(tells_monitored=told))
        assert seen() == shown
    with team.seen_by["coll"].write() as session:
        collecting.end_monitors(session, [wanted.id])
        assert collecting.open_monitors(session) == ()
    assert seen() == []


def test_what_others_ordered_is_told_and_ones_own_wishes_are_not(team: Team) -> None:
    sam, dana = team.ids["sam"], team.ids["dana"]
    with team.seen_by["sam"].write() as session:
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.PAUSE, sam, dana, reason="Training"))
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.MONITOR, sam, dana))
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.PAUSE, sam, team.ids["jonas"]))
    with team.seen_by["dana"].write() as session:
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.UNPAUSE, dana, dana))
    with team.seen_by["dana"].read() as session:
        (order,) = supervision.orders(session, dana)
    assert (order.kind, order.reason, order.by) == (RequestKind.PAUSE, "Training", "Sam Ito")


def test_those_it_is_about_hear_of_it(database: Database) -> None:
    with database.write() as session:
        dana, jonas = (row.id for row in agents.agents(session))
        _, cursor = changes.since(session, None)
        collecting.ask(session, collecting.Wanted(new_id(), RequestKind.PAUSE, jonas, dana))
        asked, cursor = changes.since(session, cursor)
        supervision.send(session, new_id(), None, Audience.AGENT, jonas, "x")
        told, cursor = changes.since(session, cursor)
        session.execute(update(Agent).values(active=False).where(Agent.id == dana))
        other, _ = changes.since(session, cursor)
    assert (asked.people, told.people, other.people) == ({dana, jonas}, {jonas}, frozenset())
