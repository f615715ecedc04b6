"""What each role may not do, one statement at a time through psql, and what it may."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import insert, text

from agent_desktop import clock
from agent_desktop.core import board_layouts, report_data
from agent_desktop.core.report_wish import Kind, Span, Wish
from agent_desktop.core.shifts import shift_kept
from agent_desktop.data import (
    access,
    admin_centre,
    agents,
    apply,
    desks,
    handoffs,
    identity_checks,
    interactions,
    kept_layouts,
    knowledge_edit,
    pop,
    queues,
    report_schedules,
    schema,
    script_edit,
    scripts,
    shifts,
    sql,
    tickets,
    work,
)
from agent_desktop.data import identity_answers as answers
from agent_desktop.data import operations as ops
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused, Trouble
from agent_desktop.data.filters import TicketFilter
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffWord
from agent_desktop.data.identity_rows import IdentityRecord, Question
from agent_desktop.data.ids import missed_call_id, new_id
from agent_desktop.data.journal import Journal
from agent_desktop.data.knowledge_rows import ArticleContent, ArticleDraft, SnippetRow
from agent_desktop.data.layout_rows import KeptLayoutRow
from agent_desktop.data.models import Queue, QueueMember, Team, Ticket
from agent_desktop.data.report_rows import RunState, ScheduleRow
from agent_desktop.data.script_rows import RuleRow, VersionRow, VersionState
from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow
from agent_desktop.data.words import QueueEventKind
from agent_desktop.numbers import parse
from tests.conftest import ExpectedLog
from tests.data.conftest import Desk
from tests.support.postgres import OWNER, PASSWORD, Server

PEOPLE = {
    "lena": ("Lena Berg", "team_lead"),  # of team Billing, as dana and jonas
    "mo": ("Mo Farsi", "agent"),  # of team Moves
    "sam": ("Sam Ito", "supervisor"),
    "anna": ("Anna Nowak", "admin"),
    "ed": ("Ed Ended", "agent"),  # whose access has ended
}
SERVICES = {"coll": "collector", "reto": "retention", "migo": "migrator", "back": "backup"}


@dataclass
class Centre:
    """A small centre on the server: two teams, a queue each, a call, a ticket and a recording of each team's."""

    server: Server
    name: str
    owner: Database
    ids: dict[str, UUID] = field(default_factory=dict)
    open: list[Database] = field(default_factory=list)
    desks: dict[str, Database] = field(default_factory=dict)

    def signed_in(self, login: str) -> Desk:
        """The workstation of one of them, one for each: a login has twelve connections at most."""
        if login not in self.desks:
            self.desks[login] = Database.open(self.server.url(self.name, login, login))
        database = self.desks[login]
        with self.owner.read() as session:
            person = agents.agent_by_login(session, login)
        assert person is not None
        return Desk(database, person.id, clock.now_us())

    def psql(self, login: str, statement: str) -> subprocess.CompletedProcess[str]:
        """Say a statement, with the names of ``ids`` filled in."""
        named = statement.format(**{name: f"'{key}'" for name, key in self.ids.items()})
        dsn = f"host=127.0.0.1 port={self.server.port} dbname={self.name} user={login}"
        password = PASSWORD if login == OWNER else login
        return subprocess.run(
            [str(self.server.bin / "psql"), "-X", "-A", "-t", "-d", dsn, "-c", named],
            env=os.environ | {"PGPASSWORD": password, "LC_ALL": "C"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip


def _people(made: Centre) -> None:
    made.ids |= {name: new_id() for name in ("moves", "lead_team", "billing_queue", "moves_queue")}
    with made.owner.write() as session:
        session.execute(insert(Team).values(id=made.ids["moves"], name="Moves"))
        for position, name in enumerate(("billing", "moves")):
            key = made.ids[f"{name}_queue"]
            session.execute(insert(Queue).values(id=key, name=name, label=name.title(), position=position))
    for login, (name, group) in PEOPLE.items():
        access.grant(made.owner, access.Grant(login, group, login, name=name))
    for login, group in SERVICES.items():
        access.grant(made.owner, access.Grant(login, group, login))
    with made.owner.write() as session:
        for row in agents.agents(session):
            made.ids[row.login] = row.id
        billing = next(team.id for team in agents.teams(session) if team.name == "Billing")
        made.ids["billing"] = billing
        session.execute(text("UPDATE agent SET team_id = :t WHERE login = 'lena'"), {"t": billing})
        session.execute(text("UPDATE agent SET team_id = :t WHERE login = 'mo'"), {"t": made.ids["moves"]})
        session.execute(text("UPDATE agent SET access_until = now() - interval '1 day' WHERE login = 'ed'"))
        serve = (("dana", "billing_queue"), ("jonas", "billing_queue"), ("mo", "moves_queue"))
        rows = [{"queue_id": made.ids[queue], "agent_id": made.ids[login]} for login, queue in serve]
        session.execute(insert(QueueMember), rows)


def _knowledge(made: Centre) -> None:
    """Two articles, one published; a use of it and a snippet of Dana's."""
    dana = made.signed_in("dana")
    with made.signed_in("lena").database.write() as session:
        for name, publish in (("seen", True), ("unseen", False)):
            key = new_id()
            if publish:
                made.ids["article"] = key
            content = ArticleContent(title=name, text="")
            knowledge_edit.save(session, ArticleDraft(key, 0, name, "en", content), made.ids["lena"], publish=publish)
    made.ids["nobody"] = UUID(int=0)
    dana.do(ops.UseArticle, interaction_id=made.ids["dana_call"], article_id=made.ids["article"])
    with dana.database.write() as session:
        knowledge_edit.save_snippet(session, SnippetRow(new_id(), 0, made.ids["dana"], "own", "x"))


def _scripts(made: Centre) -> None:
    """A script whose first version is published, with a draft of the next, a rule and a run of Dana's."""
    dana = made.signed_in("dana")
    script, run = made.ids["script"], made.ids["run"] = new_id(), new_id()
    row = VersionRow(script, "billing", 0, 0, VersionState.DRAFT, None, "", {"title": "Billing"}, {})
    with made.signed_in("lena").database.write() as session:
        first = script_edit.save(session, row, "Billing", made.ids["lena"])
        script_edit.hand_in(session, first, made.ids["lena"])
        script_edit.save_rule(session, RuleRow(new_id(), script, queue="billing"))
    with made.signed_in("sam").database.write() as session:
        waiting = scripts.version(session, script, 1)
        assert waiting is not None
        script_edit.review(session, waiting, made.ids["sam"], "", publish=True)
        published = scripts.version(session, script, 1)
    assert published is not None
    with made.signed_in("lena").database.write() as session:
        script_edit.save(session, published, "Billing", made.ids["lena"])
    dana.do(
        ops.SaveScriptRun, run_id=run, interaction_id=made.ids["dana_call"], script_id=script, number=1,
        begun_us=dana.at_us, place="a", step=1, body='{"a": 1}',
    )  # fmt: skip


def _work(made: Centre) -> None:
    dana, mo = made.signed_in("dana"), made.signed_in("mo")
    with mo.database.write() as session:
        desks.claim(session, made.ids["mo"], new_id(), "")
    with made.owner.write() as session:  # nobody renews it, and all tests of this file need it
        session.execute(text("UPDATE desk SET expires_at = now() + interval '1 hour'"))
    made.ids["customer"] = dana.customer("Marta Kowalczyk", "+48601442190")
    for desk, name in ((dana, "dana"), (dana, "old"), (mo, "mo")):
        call = made.ids[f"{name}_call"] = desk.call(made.ids["customer"])
        note, leg = made.ids[f"{name}_note"], made.ids[f"{name}_leg"] = new_id(), new_id()
        desk.do(ops.SaveNote, note_id=note, interaction_id=call, text=name)
        desk.do(ops.SaveLeg, leg_id=leg, interaction_id=call, direction="inbound", started_us=desk.at_us)
        desk.do(ops.CompleteWrapUp, interaction_id=call, disposition_id=None, reason="r", wrap_up_s=1.0)
        recording = made.ids[f"{name}_recording"] = new_id()
        desk.do(
            ops.SaveRecording, recording_id=recording, interaction_id=call, started_us=desk.at_us, state="stored",
            consent="announced", consent_us=desk.at_us, consent_by=None, recipient="age1",
        )  # fmt: skip
        if name != "old":
            ticket = made.ids[f"{name}_ticket"] = new_id()
            queue = "billing" if name == "dana" else "moves"
            desk.do(ops.OpenTicket, ticket_id=ticket, subject=f"of {name}", body="b", queue=queue)
            callback = made.ids[f"{name}_callback"] = new_id()
            desk.do(
                ops.ScheduleCallback, work_id=callback, number="1", due_us=desk.at_us, assigned_to=made.ids[name],
                customer_id=made.ids["customer"],
            )  # fmt: skip
    _knowledge(made)
    _scripts(made)
    with made.owner.write() as session:
        old = {"key": made.ids["old_call"]}
        session.execute(
            text("UPDATE participant SET joined_at = now() - interval '80 hours' WHERE interaction_id = :key"), old
        )
    collector = Database.open(made.server.url(made.name, "coll", "coll"))
    made.open.append(collector)
    with collector.write() as session:
        for number, name in enumerate(("dana", "mo")):
            visit = made.ids[f"{name}_visit"] = new_id()
            queue = made.ids["billing_queue" if name == "dana" else "moves_queue"]
            events = [
                QueueEventRow(clock.now(), kind, "pbx", number * 10 + step, queue, visit, "", made.ids[name], {})
                for step, kind in enumerate((QueueEventKind.ENTERED, QueueEventKind.CONNECTED))
            ]
            assert queues.record_events(session, events) == 2


@pytest.fixture(scope="module")
def made(server: Server, _centre: str) -> Iterator[Centre]:
    with server.database(_centre) as name:
        schema.upgrade(server.url(name))  # a copied database has nobody's rights to connect: it is put in order
        centre = Centre(server, name, Database.open(server.url(name)))
        _people(centre)
        _work(centre)
        yield centre
        for database in (*centre.open, *centre.desks.values(), centre.owner):
            database.close()


# What refuses: a missing right, a policy that an added or changed row breaks, a policy that leaves no row to change.
DENIED = (
    "permission denied|must be owner|must be superuser|only people of this centre|is no role of people|"
    "not one of this centre"
)
POLICY = "row-level security"
NONE = "no row"
GROWS = "the audit only grows"

FORBIDDEN = [
    # an agent deletes nothing
    *(("dana", f"DELETE FROM {table}", DENIED) for table in (
        "customer", "customer_word", "phone", "email", "product", "interaction", "leg", "recording", "note", "wrap_up",
        "ticket", "ticket_event", "ticket_interaction", "work_item", "presence", "queue_visit", "queue_event",
        "participant", "applied_op", "agent", "audit", "queue_quarter", "agent_hour", "stale_quarter",
        "counted_limits",
    )),
    # who leads others writes articles, and nobody changes an edition; snippets are one's own, or the centre's
    ("dana", "INSERT INTO article SELECT * FROM article", DENIED),
    ("dana", "UPDATE article SET published = 1", DENIED),
    ("dana", "SELECT id FROM article WHERE published = 0", NONE),
    ("dana", "SELECT access.find_articles(ARRAY['unseen'], true, 9)", NONE),
    ("ed", "SELECT access.find_articles(ARRAY['seen'], false, 9)", NONE),
    ("dana", "SELECT content FROM article_edition", DENIED),
    ("lena", "UPDATE article_edition SET note = 'x'", DENIED),
    ("lena", "INSERT INTO article_edition VALUES ({article}, 9, now(), {dana}, true, '', '{{}}')", POLICY),
    ("lena", "DELETE FROM article", DENIED),
    ("dana", "INSERT INTO article_use VALUES ({dana_call}, {article}, {mo}, now(), true)", POLICY),
    ("mo", "UPDATE article_use SET helped = false WHERE agent_id = {dana}", NONE),
    ("dana", "INSERT INTO snippet VALUES (gen_random_uuid(), 1, {mo}, 'x', 'x', true)", POLICY),
    ("dana", "INSERT INTO snippet VALUES (gen_random_uuid(), 1, {nobody}, 'x', 'x', true)",
     POLICY),
    ("mo", "SELECT text FROM snippet WHERE owner_id = {dana}", NONE),
    ("lena", "UPDATE snippet SET text = 'x' WHERE owner_id = {dana}", NONE),
    # what the PBX said of calls only the collector tells; secrets are read by nobody but through the function
    *((who, "SELECT value FROM handoff_secret", DENIED) for who in ("dana", "sam", "anna", "coll")),
    *((who, "INSERT INTO handoff_field (id, interaction_id, linked_id, pbx, at, name, label, value, secret) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), '', '', now(), 'account', '', '1', false)", DENIED)
      for who in ("dana", "sam", "anna", "reto")),
    ("dana", "UPDATE handoff_field SET value = '1'", DENIED),
    ("coll", "UPDATE handoff_field SET value = '1'", DENIED),
    ("dana", "DELETE FROM handoff_field", DENIED),
    ("sam", "INSERT INTO handoff_rule VALUES (gen_random_uuid(), 1, 'X', 'x', '', 'text', false, true)", DENIED),
    ("sam", "UPDATE handoff_rule SET secret = false", DENIED),
    ("ed", "INSERT INTO handoff_warning VALUES ('X-Card', now())", POLICY),
    ("dana", "DELETE FROM handoff_warning", DENIED),
    ("coll", "SELECT access.reveal_handoff(gen_random_uuid())", DENIED),
    ("coll", "SELECT access.ask_handoff(gen_random_uuid())", DENIED),
    ("dana", "SELECT access.handoff_allowed(gen_random_uuid())", DENIED),
    ("ed", "SELECT access.reveal_handoff(gen_random_uuid())", DENIED),
    # scripts: drafts in one's own name, nothing published by who wrote it or past the function; runs of own calls
    ("dana", "INSERT INTO script (id, version, key, title, published, active) "
             "VALUES (gen_random_uuid(), 1, 'x', '', 0, true)", DENIED),
    ("dana", "SELECT number FROM script_version WHERE state <> 'published'", NONE),
    ("dana", "SELECT access.use_script({script}, 1)", DENIED),
    ("dana", "UPDATE script_rule SET active = false", DENIED),
    ("lena", "UPDATE script SET published = 2", DENIED),
    ("lena", "UPDATE script_version SET state = 'published' WHERE number = 2", POLICY),
    ("lena", "UPDATE script_version SET body = '{{}}' WHERE number = 1", NONE),
    ("lena", "UPDATE script_version SET reviewer_id = {lena}", DENIED),
    ("lena", "INSERT INTO script_version VALUES ({script}, 9, 1, 'published', now(), {lena}, '', NULL, NULL, '', "
             "'{{}}', '{{}}')", POLICY),
    ("lena", "INSERT INTO script_version VALUES ({script}, 9, 1, 'draft', now(), {sam}, '', NULL, NULL, '', '{{}}', "
             "'{{}}')", POLICY),
    ("lena", "UPDATE script_version SET writer_id = NULL WHERE number = 2", DENIED),
    ("dana", "SELECT note FROM script_review", DENIED),
    ("dana", "SELECT access.script_eyes({script}, 1)", DENIED),
    ("lena", "SELECT access.have_script_used({script}, 1)", DENIED),
    ("lena", "INSERT INTO script_review "
             "VALUES (gen_random_uuid(), {script}, 1, now(), {lena}, 'published', '')", POLICY),
    ("lena", "INSERT INTO script_review "
             "VALUES (gen_random_uuid(), {script}, 2, now(), {lena}, 'handed_in', '')", POLICY),
    ("lena", "UPDATE script_review SET note = 'x'", DENIED),
    ("lena", "DELETE FROM script_review", DENIED),
    ("lena", "DELETE FROM script", DENIED),
    ("mo", "UPDATE script_run SET finished = true WHERE interaction_id = {dana_call}", NONE),
    ("dana", "INSERT INTO script_run VALUES (gen_random_uuid(), {mo_call}, {script}, 1, now(), now(), {dana}, false, "
             "'', 1, '{{}}')", POLICY),
    ("dana", "INSERT INTO script_run VALUES (gen_random_uuid(), {dana_call}, {script}, 1, now(), now(), {mo}, false, "
             "'', 1, '{{}}')", POLICY),
    ("mo", "INSERT INTO script_step VALUES (gen_random_uuid(), {run}, {script}, 1, 'a', now(), 1, false, '')", POLICY),
    ("dana", "UPDATE script_step SET answer = 'x'", DENIED),
    ("dana", "DELETE FROM script_run", DENIED),
    # what was summed up, only the collector changes
    ("dana", "UPDATE queue_quarter SET answered = 0", DENIED),
    ("dana", "INSERT INTO stale_quarter (quarter) VALUES (now())", DENIED),
    ("sam", "UPDATE counted_limits SET threshold_s = 1", DENIED),
    ("anna", "INSERT INTO stale_quarter (quarter) VALUES (now())", POLICY),
    ("anna", "DELETE FROM agent_hour", DENIED),
    ("coll", "DELETE FROM queue_visit", DENIED),
    ("dana", "TRUNCATE interaction CASCADE", DENIED),
    # an agent edits own interactions, and those for a while
    ("dana", "UPDATE interaction SET reason = 'x' WHERE id = {mo_call}", NONE),
    ("dana", "UPDATE interaction SET reason = 'x' WHERE id = {old_call}", NONE),
    ("dana", "UPDATE interaction SET id = {customer} WHERE id = {dana_call}", DENIED),
    ("dana", "UPDATE note SET text = 'x' WHERE id = {mo_note}", NONE),
    ("dana", "UPDATE note SET text = 'x' WHERE id = {old_note}", NONE),
    ("dana", "UPDATE note SET agent_id = {mo} WHERE id = {dana_note}", DENIED),
    ("dana", "UPDATE leg SET remote = 'x' WHERE id = {mo_leg}", NONE),
    ("dana", "UPDATE wrap_up SET reason = 'x' WHERE agent_id = {mo}", NONE),
    ("dana", "UPDATE wrap_up SET wrap_up_s = 0 WHERE interaction_id = {old_call}", NONE),
    ("dana", "UPDATE participant SET joined_at = now() WHERE interaction_id = {old_call}", DENIED),
    ("dana", "INSERT INTO participant VALUES ({mo_call}, {dana}, now())", DENIED),
    ("dana", "INSERT INTO note VALUES (gen_random_uuid(), {dana_call}, {mo}, now(), 'as mo', 1)", POLICY),
    ("dana", "INSERT INTO wrap_up VALUES ({dana_call}, {mo}, now(), NULL, '', 1)", POLICY),
    # nor adds to those of others, or to own ones after that while
    *(("dana", f"INSERT INTO note VALUES (gen_random_uuid(), {{{call}}}, {{dana}}, now(), 'x', 1)", POLICY)
      for call in ("mo_call", "old_call")),
    ("dana", "INSERT INTO wrap_up VALUES ({mo_call}, {dana}, now(), NULL, '', 1)", POLICY),
    ("dana", "INSERT INTO leg (id, interaction_id, agent_id, direction, started_at, outcome, remote, sip_call_id, "
             "sip_reason, ended_by, hold_s, cut, referred_by) VALUES (gen_random_uuid(), {old_call}, {dana}, '', "
             "now(), 'answered', '', '', '', '', 0, false, '')", POLICY),
    ("lena", "INSERT INTO note VALUES (gen_random_uuid(), {mo_call}, {lena}, now(), 'x', 1)", POLICY),
    ("sam", "INSERT INTO note VALUES (gen_random_uuid(), {mo_call}, {dana}, now(), 'x', 1)", POLICY),
    ("dana", "INSERT INTO interaction (id, version, channel, direction, started_at, number, display_name, queue, "
             "linked_id, subject, summary, reason) VALUES (gen_random_uuid(), 1, 'call', 'inbound', now(), '', '', '', "
             "'', '', '', '')", POLICY),
    # nor widens whom they reach
    ("dana", "SELECT * FROM access.scope", DENIED),
    ("dana", "UPDATE access.scope SET queues = '{{}}'", DENIED),
    ("dana", "INSERT INTO access.scope VALUES ({mo}, '{{}}', '{{}}', '{{}}')", DENIED),
    ("dana", "SELECT access.refresh_scope()", DENIED),
    ("dana", "UPDATE access.me SET id = {mo}", DENIED),
    ("ed", "SELECT id FROM access.me", NONE),
    # nor hears other people's recordings, nor makes up their presence
    ("dana", "SELECT id FROM recording WHERE id = {mo_recording}", NONE),
    ("dana", "UPDATE recording SET state = 'lost' WHERE id = {mo_recording}", NONE),
    ("dana", "UPDATE recording SET consent = 'said_yes' WHERE id = {dana_recording}", DENIED),
    ("dana", "INSERT INTO presence (agent_id, since, presence, reason, on_hold, source) "
             "VALUES ({mo}, now(), 'ready', '', false, 'desktop')", POLICY),
    ("dana", "UPDATE presence SET presence = 'ready'", DENIED),
    # nor signs others out, says that they are lost who are not, or sits at their desk
    *((who, "INSERT INTO presence (agent_id, since, presence, reason, on_hold, source) "
            f"VALUES ({{{whom}}}, now(), '{presence}', '', false, '{source}')", POLICY)
      for who, whom, presence, source in (
          ("dana", "mo", "offline", "supervisor"), ("dana", "jonas", "offline", "lease"),
          ("lena", "mo", "offline", "supervisor"), ("sam", "mo", "ready", "supervisor"),
          ("sam", "mo", "offline", "lease"), ("coll", "mo", "offline", "supervisor"),
      )),
    ("dana", "INSERT INTO desk (agent_id, desk_id, place, since, then_presence, then_reason, dismissed_why, leads_pbx) "
             "VALUES ({mo}, gen_random_uuid(), '', now(), '', '', '', false)", POLICY),
    ("dana", "UPDATE desk SET expires_at = NULL WHERE agent_id = {mo}", NONE),
    ("lena", "UPDATE desk SET expires_at = NULL, dismissed_at = now(), dismissed_by = {lena} WHERE agent_id = {mo}",
     NONE),
    ("sam", "UPDATE desk SET expires_at = NULL, dismissed_at = now(), dismissed_by = {anna} WHERE agent_id = {mo}",
     POLICY),
    ("sam", "UPDATE desk SET expires_at = now() + interval '1 day' WHERE agent_id = {mo}", POLICY),
    ("dana", "DELETE FROM desk", DENIED),
    ("dana", "UPDATE pbx_member SET paused = false", DENIED),
    ("coll", "UPDATE desk SET expires_at = now()", DENIED),
    # tickets and queues of other teams
    ("dana", "SELECT id FROM ticket WHERE id = {mo_ticket}", NONE),
    ("dana", "UPDATE ticket SET status = 'closed' WHERE id = {mo_ticket}", NONE),
    ("dana", "UPDATE ticket SET subject = 'x' WHERE id = {dana_ticket}", DENIED),
    ("dana", "SELECT id FROM ticket_event WHERE ticket_id = {mo_ticket}", NONE),
    ("dana", "INSERT INTO ticket_event VALUES (gen_random_uuid(), {mo_ticket}, now(), {dana}, 'comment', 'x')", POLICY),
    ("dana", "INSERT INTO ticket_event VALUES (gen_random_uuid(), {dana_ticket}, now(), {mo}, 'comment', 'x')", POLICY),
    ("dana", "INSERT INTO ticket_interaction VALUES ({mo_ticket}, {dana_call})", POLICY),
    ("dana", "SELECT id FROM queue_visit WHERE queue_id = {moves_queue}", NONE),
    ("dana", "SELECT id FROM queue_event WHERE queue_id = {moves_queue}", NONE),
    ("dana", "UPDATE work_item SET status = 'done' WHERE id = {mo_callback}", NONE),
    # a search shows no more, whatever it runs as
    ("dana", "SELECT access.find_tickets(ARRAY['of mo'], '', 99)", NONE),
    ("dana", "SELECT access.find_tickets(ARRAY['of', 'mo'], '', 99)", NONE),
    ("dana", "SELECT t FROM access.find_tickets('{{}}', 'T-', 99) t WHERE t = {mo_ticket}", NONE),
    ("dana", "SELECT access.find_tickets(ARRAY['x%'' OR true OR ''y'], '', 99)", NONE),
    ("ed", "SELECT access.find_tickets(ARRAY['of'], 'T-', 99)", NONE),
    ("ed", "SELECT access.find_notes(ARRAY['dana'], 99)", NONE),
    ("ed", "SELECT access.find_customers('marta', ARRAY['marta'], '', '', '{{}}', 99)", NONE),
    ("coll", "SELECT access.find_notes(ARRAY['dana'], 99)", DENIED),
    ("back", "SELECT access.find_tickets(ARRAY['of'], '', 99)", DENIED),
    # what changed is heard through one function, by the centre's own
    ("dana", "SELECT * FROM change", DENIED),
    ("dana", "DELETE FROM change", DENIED),
    ("dana", "INSERT INTO change (at, kind, xid) VALUES (now(), 'queue', 1)", DENIED),
    ("ed", "SELECT access.changes_since(NULL, NULL)", DENIED),
    ("back", "SELECT access.changes_since(NULL, NULL)", DENIED),
    # only the collector writes what happens in queues
    ("dana", "INSERT INTO queue_event (source, source_seq, at, kind, linked_id, data) "
             "VALUES ('pbx', 99, now(), 'entered', '', '{{}}')", DENIED),
    ("dana", "UPDATE queue_visit SET result = 'answered'", DENIED),
    ("sam", "SELECT access.lock_writers()", DENIED),
    ("dana", "UPDATE queue_member SET signed_in = true", DENIED),
    ("sam", "INSERT INTO queue_event (source, source_seq, at, kind, linked_id, data) "
            "VALUES ('pbx', 99, now(), 'entered', '', '{{}}')", DENIED),
    ("anna", "UPDATE queue_event SET kind = 'abandoned'", DENIED),
    ("anna", "INSERT INTO queue_visit (id, linked_id, entered_at, offers, result, exit_reason, ended_by) "
             "VALUES (gen_random_uuid(), '', now(), 0, 'answered', '', '')", POLICY),
    ("anna", "INSERT INTO queue_event (source, source_seq, at, kind, linked_id, data) "
             "VALUES ('queue_log:x', 99, now(), 'entered', '', '{{}}')", POLICY),
    ("anna", "INSERT INTO interaction (id, version, channel, direction, started_at, linked_id) "
             "VALUES (gen_random_uuid(), 1, 'call', 'inbound', now(), 'x')", POLICY),
    # of the PBX everybody asks for themselves, leads for their people; nobody in another's name, nobody answers
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'pause', {mo}, 'Lunch', '{{}}')", POLICY),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {mo}, 'pause', {dana}, 'Lunch', '{{}}')", POLICY),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'monitor', {dana}, '', '{{}}')", POLICY),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, queue_id, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'log_in', {dana}, {moves_queue}, '', '{{}}')", POLICY),
    ("ed", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
           "VALUES (gen_random_uuid(), {ed}, 'pause', {ed}, '', '{{}}')", POLICY),
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'pause', {mo}, '', '{{}}')", POLICY),
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'redirect', {dana}, '', '{{}}')", POLICY),
    # the customer of one's own call is handed to a menu by nobody else, and what comes of it only the collector says
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'hand_over', {dana}, '', '{{}}')", POLICY),
    ("sam", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
            "VALUES (gen_random_uuid(), {sam}, 'take_back', {dana}, '', '{{}}')", POLICY),
    ("dana", "INSERT INTO ivr_handover (id, interaction_id, agent_id, menu, amount, currency) "
             "VALUES (gen_random_uuid(), gen_random_uuid(), {mo}, 'payment', '', '')", POLICY),
    ("dana", "INSERT INTO ivr_handover (id, interaction_id, agent_id, menu, amount, currency, state) "
             "VALUES (gen_random_uuid(), gen_random_uuid(), {dana}, 'payment', '', '', 'paid')", DENIED),
    ("sam", "UPDATE ivr_handover SET state = 'paid'", DENIED),
    # what callers are asked only an admin says; that one was wrong nobody takes back, nor says it in another's name
    ("sam", "INSERT INTO identity_policy (id, version, active, needed, may_fail, ivr_counts, shows_answer, after, "
            "asks_birth, asks_address, asks_account, asks_phone, asks_email, asks_word) VALUES (gen_random_uuid(), 1, "
            "true, 1, 9, 9, true, 'refuse', true, true, true, true, true, true)", DENIED),
    ("dana", "INSERT INTO identity_attempt (id, interaction_id, agent_id, at, question, \"right\") "
             "VALUES (gen_random_uuid(), gen_random_uuid(), {mo}, now(), 'birth', true)", POLICY),
    ("sam", "UPDATE identity_attempt SET \"right\" = true", DENIED),
    ("dana", "DELETE FROM identity_attempt", DENIED),
    # what only customers know nobody reads, writes past the functions, or judges without seeing it
    *((who, f"SELECT {column} FROM identity_answer", DENIED) for who in ("dana", "lena", "sam", "anna", "coll")
      for column in ("answer", "folded")),
    ("dana", "INSERT INTO identity_answer (customer_id, question, answer, folded, at, agent_id) "
             "VALUES ({customer}, 'word', 'x', 'x', now(), {dana})", DENIED),
    ("lena", "UPDATE identity_answer SET answer = 'x'", DENIED),
    ("dana", "INSERT INTO identity_attempt (id, interaction_id, agent_id, at, question, \"right\", compared) "
             "VALUES (gen_random_uuid(), {dana_call}, {dana}, now(), 'word', false, true)", POLICY),
    ("dana", "INSERT INTO identity_attempt (id, interaction_id, agent_id, at, question, \"right\") "
             "VALUES (gen_random_uuid(), {dana_call}, {dana}, now(), 'word', true)", POLICY),
    ("dana", "SELECT access.identity_allowed({dana_call}, {customer}, 'word')", DENIED),
    ("dana", "SELECT access.identity_policy_of({dana_call})", DENIED),
    ("dana", "SELECT access.ask_identity({dana_call}, {customer}, 'word')", "do not ask that"),
    ("mo", "SELECT access.ask_identity({dana_call}, {customer}, 'word')", "who takes part in the call asks"),
    ("mo", "SELECT access.check_identity(gen_random_uuid(), {dana_call}, {customer}, 'word', 'x')", "who takes part"),
    ("dana", "SELECT access.export_identity(ARRAY[{customer}]::uuid[])", DENIED),
    ("coll", "SELECT access.identity_known({customer})", DENIED),
    # that the day's limit counts anew only a supervisor says, and why
    *((who, "SELECT access.lift_identity(gen_random_uuid(), {customer}, 'x')", DENIED)
      for who in ("dana", "lena", "coll")),
    ("sam", "SELECT access.lift_identity(gen_random_uuid(), {customer}, ' ')", "A reason is needed"),
    ("sam", "INSERT INTO identity_lift (id, customer_id, agent_id, at, reason) "
            "VALUES (gen_random_uuid(), {customer}, {sam}, now(), 'x')", DENIED),
    ("sam", "DELETE FROM identity_lift", DENIED),
    # what became of a call its queue says, and whether it was taken only people ask
    ("dana", "SELECT access.settle_missed('{{}}')", DENIED),
    ("coll", "SELECT access.was_taken('1', now(), now())", DENIED),
    ("coll", "UPDATE work_item SET status = 'done'", DENIED),
    ("ed", "SELECT access.keep_identity({customer}, 'word', 'x', 'x', now())", DENIED),
    ("ed", "SELECT unnest(access.identity_known({customer}))", NONE),
    ("coll", "UPDATE ivr_handover SET amount = '1'", DENIED),
    ("sam", "INSERT INTO pbx_request (id, asked_by, kind, reason, detail, state) "
            "VALUES (gen_random_uuid(), {sam}, 'pause', '', '{{}}', 'done')", DENIED),
    ("sam", "UPDATE pbx_request SET state = 'done'", DENIED),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'redirect', '', '{{}}')", POLICY),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'log_out', {lena}, '', '{{}}')", POLICY),
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'monitor', {mo}, '', '{{}}')", POLICY),
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, queue_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'queue_add', {dana}, {moves_queue}, '', '{{}}')", POLICY),
    ("sam", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
            "VALUES (gen_random_uuid(), {lena}, 'monitor', {mo}, '', '{{}}')", POLICY),
    ("dana", "SELECT id FROM pbx_request WHERE agent_id = {mo}", NONE),
    ("coll", "UPDATE pbx_request SET asked_by = {mo}", DENIED),
    # messages go through one function, to those one leads, and nobody reads in another's name
    ("dana", "SELECT access.send_message(gen_random_uuid(), 'agent', {jonas}, 'x')", DENIED),
    ("lena", "SELECT access.send_message(gen_random_uuid(), 'agent', {mo}, 'x')", DENIED),
    ("lena", "SELECT access.send_message(gen_random_uuid(), 'team', {moves}, 'x')", DENIED),
    ("lena", "SELECT access.send_message(gen_random_uuid(), 'all', NULL, 'x')", DENIED),
    ("sam", "SELECT access.send_message(gen_random_uuid(), 'all', NULL, '  ')", "A message needs words"),
    ("sam", "SELECT access.send_message(gen_random_uuid(), 'agent', {ed}, '')", "A message needs words"),
    ("coll", "SELECT access.send_message(gen_random_uuid(), 'all', NULL, 'x')", DENIED),
    ("sam", "INSERT INTO team_message (id, sender_id, audience, text) "
            "VALUES (gen_random_uuid(), {sam}, 'all', 'x')", DENIED),
    ("sam", "INSERT INTO team_message_reader (message_id, agent_id) VALUES (gen_random_uuid(), {mo})", DENIED),
    ("sam", "UPDATE team_message SET text = 'x'", DENIED),
    ("sam", "DELETE FROM team_message", DENIED),
    ("dana", "SELECT id FROM team_message WHERE sender_id = {sam} AND audience = 'agent'", NONE),
    ("dana", "UPDATE team_message_reader SET read_at = now() WHERE agent_id = {mo}", NONE),
    ("sam", "UPDATE team_message_reader SET read_at = now() WHERE agent_id = {mo}", NONE),
    ("dana", "UPDATE team_message_reader SET agent_id = {mo}", DENIED),
    ("sam", "UPDATE access_setting SET tells_monitored = false", DENIED),
    ("sam", "UPDATE collector_lease SET holder = NULL", DENIED),
    ("sam", "SELECT * FROM collector_lease", DENIED),
    ("anna", "UPDATE collector_health SET lag_ms = 0", DENIED),
    # only an admin manages people, queues and what is chosen from
    ("dana", "UPDATE agent SET team_id = {moves} WHERE login = 'dana'", DENIED),
    ("dana", "UPDATE agent SET login = 'mo2' WHERE login = 'mo'", DENIED),
    ("lena", "INSERT INTO agent (id, version, name, login, extension, active) "
             "VALUES (gen_random_uuid(), 1, 'X', 'x', '', true)", DENIED),
    ("sam", "UPDATE agent SET active = false WHERE login = 'mo'", DENIED),
    ("sam", "UPDATE queue SET sl_target = 0", DENIED),
    ("sam", "INSERT INTO team_lead VALUES ({moves}, {sam})", DENIED),
    ("lena", "INSERT INTO team_lead VALUES ({moves}, {lena})", DENIED),
    ("lena", "UPDATE disposition SET label = 'x'", DENIED),
    ("sam", "UPDATE access_setting SET edit_hours = 10000", DENIED),
    ("sam", "UPDATE pause_reason SET limit_s = 0", DENIED),
    # only a supervisor says how many agents are needed when
    ("lena", "INSERT INTO holiday VALUES ('2026-12-25', 1, 'Christmas', true)", DENIED),
    ("dana", "UPDATE planned_agents SET agents = 0", DENIED),
    ("sam", "UPDATE staffing_aim SET queue_id = {moves_queue}", DENIED),
    ("sam", "DELETE FROM holiday", DENIED),
    # shifts: who leads a team plans its people, and nobody takes a day out of the plan or gives it to somebody else
    ("dana", "INSERT INTO planned_shift VALUES ({dana}, '2026-12-24', 1, '[]')", DENIED),
    ("lena", "INSERT INTO planned_shift VALUES ({mo}, '2026-12-24', 1, '[]')", POLICY),
    ("lena", "UPDATE planned_shift SET version = 9 WHERE agent_id = {mo}", NONE),
    ("sam", "UPDATE planned_shift SET agent_id = {dana}", DENIED),
    ("sam", "DELETE FROM planned_shift", DENIED),
    ("coll", "UPDATE planned_shift SET parts = '[]'", DENIED),
    # layouts: one's own; supervisors publish
    ("dana", "INSERT INTO board_layout VALUES (gen_random_uuid(), 1, {mo}, NULL, 'x', '{{}}', true)", POLICY),
    ("lena", "INSERT INTO board_layout VALUES (gen_random_uuid(), 1, {nobody}, NULL, 'x', '{{}}', true)", POLICY),
    ("dana", "UPDATE board_layout SET name = 'x'", NONE),
    ("dana", "DELETE FROM board_layout", DENIED),
    ("coll", "SELECT name FROM board_layout", DENIED),
    # calls are read by the service while it makes a report over them, and then no more of them than it says
    ("coll", "SELECT number FROM interaction", NONE),
    ("coll", "SELECT name FROM customer", NONE),
    ("coll", "SELECT key FROM phone", NONE),
    ("coll", "SELECT status FROM work_item", NONE),
    ("coll", "SELECT summary FROM interaction", DENIED),
    ("coll", "SELECT address FROM customer", DENIED),
    ("dana", "SELECT * FROM access.reporting", DENIED),
    ("lena", "INSERT INTO agent_phone (agent_id, version, active, server, account, auth_user, transport, proxy, srtp) "
             "VALUES ({dana}, 1, true, 'evil', '1', '', 'udp', '', 'off')", DENIED),
    ("dana", "UPDATE phone SET customer_id = {mo}", DENIED),
    ("dana", "UPDATE email SET customer_id = {mo}", DENIED),
    ("dana", "DELETE FROM customer_apart", DENIED),
    ("dana", "INSERT INTO customer_apart VALUES ({mo}, {mo}, {mo}, true, now(), {mo})", POLICY),
    ("dana", "UPDATE agent_phone SET server = 'evil'", DENIED),
    ("dana", "UPDATE agent SET one_time = false", DENIED),
    ("coll", "SELECT access.change_password('SCRAM-SHA-256$4096:a$b:c')", DENIED),
    ("dana", "SELECT access.change_password('plain words')", "SCRAM verifier"),
    ("sam", "SELECT access.grant_login('sam', 'admin', 'SCRAM-SHA-256$4096:a$b:c', NULL)", DENIED),
    ("sam", "SELECT access.remove_member({billing_queue}, {dana})", DENIED),
    ("anna", "SELECT access.grant_login('anna', 'migrator', 'SCRAM-SHA-256$4096:a$b:c', NULL)", DENIED),
    ("anna", "SELECT access.grant_login('migo', 'agent', 'SCRAM-SHA-256$4096:a$b:c', NULL)", "nobody here has"),
    ("anna", "CREATE ROLE mine LOGIN SUPERUSER", DENIED),
    ("anna", "DELETE FROM agent", DENIED),
    ("anna", "UPDATE site SET site_id = gen_random_uuid()", DENIED),
    ("sam", "UPDATE site SET time_zone = 'UTC'", DENIED),
    ("sam", "UPDATE queue SET sl_variant = 'answered_only'", DENIED),
    ("lena", "UPDATE queue SET sl_exits = true", DENIED),
    # a team lead looks after own teams
    ("lena", "SELECT id FROM recording WHERE id = {mo_recording}", NONE),
    ("lena", "UPDATE interaction SET reason = 'x' WHERE id = {mo_call}", NONE),
    ("lena", "SELECT id FROM ticket WHERE id = {mo_ticket}", NONE),
    ("lena", "SELECT id FROM queue_visit WHERE queue_id = {moves_queue}", NONE),
    ("lena", "UPDATE note SET text = 'x' WHERE id = {dana_note}", NONE),
    # the audit only grows, and only by itself
    ("dana", "SELECT * FROM audit", DENIED),
    ("sam", "SELECT * FROM audit", DENIED),
    ("dana", "INSERT INTO audit (at, who, action, table_name, row_id, detail) "
             "VALUES (now(), 'mo', 'view', '', '', '')", DENIED),
    ("anna", "UPDATE audit SET who = 'mo'", DENIED),
    ("anna", "DELETE FROM audit", DENIED),
    ("reto", "DELETE FROM audit", DENIED),
    ("migo", "UPDATE audit SET who = 'mo'", GROWS),
    ("migo", "DELETE FROM audit", GROWS),
    ("migo", "TRUNCATE audit", GROWS),
    (OWNER, "UPDATE audit SET who = 'mo'", GROWS),
    (OWNER, "DELETE FROM audit WHERE false", GROWS),
    (OWNER, "SET session_replication_role = replica; TRUNCATE audit", GROWS),
    # nobody goes round the back
    ("dana", "SET row_security = off; SELECT * FROM ticket", "row-level security"),
    ("dana", "ALTER TABLE ticket DISABLE ROW LEVEL SECURITY", DENIED),
    ("dana", "DROP POLICY site_read ON ticket", DENIED),
    ("dana", "ALTER TABLE interaction DISABLE TRIGGER audited", DENIED),
    ("dana", "CREATE TABLE mine (x int)", DENIED),
    ("dana", "CREATE TEMP TABLE agent (id uuid)", DENIED),
    ("dana", "CREATE FUNCTION access.my_agent2() RETURNS int LANGUAGE sql AS 'SELECT 1'", DENIED),
    ("dana", "SET SESSION AUTHORIZATION sam", DENIED),
    ("dana", "SET ROLE anna", DENIED),
    ("dana", "GRANT SELECT ON audit TO dana", DENIED),
    ("dana", "COPY customer TO '/tmp/customers'", DENIED),
    ("dana", "SELECT rolpassword FROM pg_authid", DENIED),
    ("dana", "SELECT * FROM applied_op", DENIED),
    ("dana", "SELECT setval('queue_event_id_seq', 1)", DENIED),
    ("mo", "SELECT id FROM ticket WHERE id = {dana_ticket}", NONE),
    # whose access has ended sees nothing and writes nothing
    ("ed", "SELECT id FROM customer", NONE),
    ("ed", "SELECT id FROM interaction", NONE),
    ("ed", "UPDATE customer SET name = 'x'", NONE),
    ("ed", "INSERT INTO applied_op VALUES (gen_random_uuid(), now())", POLICY),
    ("ed", "SELECT access.record('view', 'customer', '', '')", DENIED),
    ("ed", "SELECT access.set_words({customer}, '{{}}')", DENIED),
    # services do their work and nothing else
    ("coll", "SELECT * FROM customer", DENIED),
    ("coll", "SELECT * FROM interaction", DENIED),
    ("coll", "DELETE FROM queue_event", DENIED),
    ("coll", "INSERT INTO presence (agent_id, since, presence, reason, on_hold, source) "
             "VALUES ({mo}, now(), 'ready', '', false, 'desktop')", POLICY),
    ("coll", "INSERT INTO interaction (id, version, channel, direction, started_at, outcome, agent_id, number, "
             "display_name, queue, linked_id, subject, summary, reason) VALUES (gen_random_uuid(), 1, 'call', "
             "'inbound', now(), 'answered', {mo}, '1', '', '', 'x', '', '', '')", POLICY),
    ("coll", "UPDATE interaction SET number = ''", DENIED),
    # schedules are the supervisors', their runs the collector's, and what queues were set to is nobody's to write
    ("lena", "SELECT * FROM report_schedule", DENIED),
    ("dana", "INSERT INTO report_schedule (id, version, name, wish, format, weekdays, month_day, minute, folder, "
             "to_folder, addresses, active, since) VALUES (gen_random_uuid(), 1, 'x', '{{}}', 'csv', '[1]', 0, 0, '', "
             "true, '[]', true, now())", DENIED),
    ("sam", "UPDATE report_run SET state = 'done'", DENIED),
    ("coll", "UPDATE report_schedule SET active = true", DENIED),
    ("anna", "INSERT INTO queue_setting (at, queue_id, said) VALUES (now(), {mo}, '{{}}')", DENIED),
    ("anna", "UPDATE queue_setting SET said = '{{}}'", DENIED),
    ("reto", "UPDATE customer SET name = 'x'", NONE),
    ("reto", "UPDATE note SET text = 'x'", NONE),
    ("reto", "UPDATE audit SET who = 'mo'", DENIED),
    ("reto", "INSERT INTO removal (id, at, who, kind, reason, xid) "
             "VALUES (gen_random_uuid(), now(), 'mo', 'erase', 'x', 1)", DENIED),
    ("reto", "SELECT access.begin_removal('erase', ARRAY[{customer}]::uuid[], ' ')", "a reason is needed"),
    ("reto", "UPDATE legal_hold SET released_at = now()", DENIED),
    ("dana", "SELECT access.begin_removal('erase', ARRAY[{customer}]::uuid[], 'x')", DENIED),
    ("dana", "SELECT access.old_audit(true, now(), false)", DENIED),
    ("dana", "UPDATE consent SET given = true", DENIED),
    ("sam", "SELECT * FROM legal_hold", DENIED),
    ("anna", "UPDATE retention_rule SET days = 30 WHERE kind = 'audit'", "ck_retention_rule_days"),
    (OWNER, "SET access.ageing = 'on'; DELETE FROM audit", GROWS),
    ("reto", "INSERT INTO agent (id, version, name, login, extension, active) "
             "VALUES (gen_random_uuid(), 1, 'X', 'x', '', true)", DENIED),
    ("back", "UPDATE customer SET name = 'x'", DENIED),
    ("back", "DELETE FROM interaction", DENIED),
    ("back", "SELECT access.set_words({customer}, '{{}}')", DENIED),
]  # fmt: skip


@pytest.mark.parametrize(("login", "statement", "refusal"), FORBIDDEN, ids=lambda value: str(value)[:60])
def test_forbidden(made: Centre, login: str, statement: str, refusal: str) -> None:
    done = made.psql(login, statement)
    if refusal == NONE:
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() in ("", "UPDATE 0", "DELETE 0"), done.stdout
        return
    assert done.returncode != 0, done.stdout
    assert any(words in done.stderr for words in refusal.split("|")), done.stderr


def test_there_are_enough_of_them() -> None:
    assert len(FORBIDDEN) >= 60
    assert {login for login, _, _ in FORBIDDEN} >= {"dana", "lena", "sam", "anna", "coll", "reto", "migo", "back"}


# Also what a statement without WHERE changes: the policies of SELECT have no say there.
ALLOWED = [
    ("dana", "SELECT name FROM customer", 1),
    ("dana", "SELECT id FROM interaction", 3),
    ("dana", "SELECT id FROM note WHERE id = {mo_note}", 1),
    ("dana", "SELECT id FROM ticket", 1),
    ("dana", "SELECT id FROM recording WHERE id = {dana_recording}", 1),
    ("dana", "SELECT id FROM queue_visit", 1),
    ("dana", "UPDATE interaction SET reason = reason WHERE id = {dana_call}", 1),
    ("dana", "UPDATE customer SET alert = alert", 1),
    ("jonas", "UPDATE ticket SET priority = priority WHERE id = {dana_ticket}", 1),
    ("jonas", "UPDATE work_item SET note = note WHERE id = {dana_callback}", 1),
    ("dana", "INSERT INTO presence (agent_id, since, presence, reason, on_hold, source) "
             "VALUES ({dana}, now(), 'ready', '', false, 'desktop')", 1),
    ("sam", "INSERT INTO presence (agent_id, since, presence, reason, on_hold, source) "
            "VALUES ({mo}, now(), 'offline', '', false, 'supervisor')", 1),
    ("sam", "UPDATE desk SET expires_at = NULL, dismissed_at = now(), dismissed_by = {sam} WHERE agent_id = {mo}", 1),
    ("dana", "UPDATE ticket SET priority = 'normal'", 1),
    ("dana", "UPDATE interaction SET reason = 'r'", 1),
    ("dana", "UPDATE leg SET remote = 'r'", 1),
    ("dana", "UPDATE note SET text = 'dana'", 1),
    ("dana", "UPDATE recording SET trouble = ''", 2),
    ("dana", "UPDATE work_item SET note = ''", 1),
    ("dana", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
             "VALUES (gen_random_uuid(), {dana}, 'pause', {dana}, 'Lunch', '{{}}')", 1),
    ("lena", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, queue_id, reason, detail) "
             "VALUES (gen_random_uuid(), {lena}, 'queue_remove', {dana}, {billing_queue}, '', '{{}}')", 1),
    ("sam", "INSERT INTO pbx_request (id, asked_by, kind, agent_id, reason, detail) "
            "VALUES (gen_random_uuid(), {sam}, 'redirect', {mo}, '', '{{}}')", 1),
    ("lena", "SELECT access.send_message(gen_random_uuid(), 'team', {billing}, 'Stay on')", 1),
    ("dana", "SELECT text FROM team_message WHERE sender_id = {lena}", 1),
    ("dana", "UPDATE team_message_reader SET read_at = now() WHERE agent_id = {dana} AND read_at IS NULL", 1),
    ("lena", "SELECT agent_id FROM team_message_reader WHERE sender_id = {lena} AND read_at IS NOT NULL", 1),
    ("anna", "SELECT id FROM audit WHERE table_name = 'team_message' AND who = 'lena'", 1),
    ("anna", "SELECT id FROM audit WHERE table_name = 'pbx_request' AND who = 'lena'", 1),
    ("coll", "UPDATE collector_lease SET token = token", 1),
    ("lena", "SELECT id FROM recording", 2),
    ("lena", "UPDATE interaction SET reason = reason WHERE id = {old_call}", 1),
    ("lena", "INSERT INTO note VALUES (gen_random_uuid(), {old_call}, {lena}, now(), 'x', 1)", 1),
    ("sam", "INSERT INTO note VALUES (gen_random_uuid(), {mo_call}, {sam}, now(), 'x', 1)", 1),
    ("sam", "SELECT id FROM queue_visit", 2),
    ("sam", "SELECT id FROM queue_event", 4),
    ("sam", "SELECT id FROM ticket", 2),
    ("sam", "SELECT id FROM recording", 3),
    ("sam", "INSERT INTO holiday VALUES ('2026-12-25', 1, 'Christmas', true)", 1),
    ("dana", "SELECT access.find_articles(ARRAY['seen'], true, 9)", 1),
    ("dana", "UPDATE script_run SET step = 3 WHERE id = {run}", 1),
    ("dana", "SELECT number FROM script_version", 1),
    ("lena", "UPDATE script_version SET note = 'x', agent_id = {lena} WHERE number = 2", 1),
    ("sam", "SELECT id FROM script_review WHERE what = 'published'", 1),
    ("sam", "SELECT access.use_script({script}, 0) = ''", 1),
    ("lena", "SELECT access.find_articles(ARRAY['unseen'], true, 9)", 1),
    ("lena", "UPDATE article SET published = 0 WHERE id = {article}", 1),
    ("dana", "UPDATE article_use SET helped = true", 1),
    ("lena", "INSERT INTO snippet VALUES (gen_random_uuid(), 1, {nobody}, 'x', 'x', true)",
     1),
    ("sam", "INSERT INTO planned_agents VALUES ({moves_queue}, '2026-12-24', 32, 5)", 1),
    ("sam", "INSERT INTO planned_agents VALUES ({moves_queue}, '2026-12-24', 32, 6), "
            "({moves_queue}, '2026-12-24', 33, 6) "
            "ON CONFLICT (queue_id, day, quarter) DO UPDATE SET agents = excluded.agents", 2),
    ("anna", "SELECT action FROM audit WHERE table_name = 'planned_agents' AND row_id LIKE '% 2026-12-24' "
             "AND who = 'sam' AND (after->>'32' = '5' OR before->>'32' = '5' AND after->>'32' = '6' "
             "OR before IS NULL AND after->>'33' = '6')", 3),
    ("lena", "INSERT INTO planned_shift VALUES ({dana}, '2026-12-24', 1, '[[540, 1020, \"work\"]]')", 1),
    ("sam", "INSERT INTO planned_shift VALUES ({mo}, '2026-12-24', 1, '[]')", 1),
    ("lena", "UPDATE planned_shift SET version = 2, parts = '[]' WHERE agent_id = {dana}", 1),
    ("dana", "SELECT day FROM planned_shift", 2),
    ("anna", "SELECT before, after FROM audit WHERE table_name = 'planned_shift' AND action = 'update' "
             "AND row_id LIKE '% 2026-12-24' AND before->>'parts' = '[[540, 1020, \"work\"]]' AND who = 'lena'", 1),
    ("dana", "INSERT INTO board_layout VALUES ({run}, 1, {dana}, NULL, 'x', '{{}}', true)", 1),
    ("sam", "INSERT INTO board_layout VALUES (gen_random_uuid(), 1, {nobody}, {moves}, 'y', '{{}}', true)", 1),
    ("dana", "SELECT name FROM board_layout", 2),
    ("mo", "SELECT name FROM board_layout", 1),
    ("anna", "UPDATE agent SET extension = extension WHERE login = 'mo'", 1),
    ("anna", "UPDATE queue SET sl_target = sl_target", 2),
    ("anna", "INSERT INTO pause_reason VALUES (gen_random_uuid(), 'Lunch', 0, true)", 1),
    ("anna", "UPDATE access_setting SET edit_hours = edit_hours", 1),
    ("anna", "SELECT DISTINCT who FROM audit WHERE who = 'mo'", 1),
    ("dana", "SELECT DISTINCT queue_id FROM queue_setting", 2),
    ("coll", "INSERT INTO report_run SELECT id, now(), 'making', 1, now(), NULL, NULL, false, '' FROM report_schedule "
             "WHERE false", 0),
    ("coll", "UPDATE report_run SET state = 'done' WHERE false", 0),
    ("sam", "SELECT due_at FROM report_run WHERE false", 0),
    ("sam", "INSERT INTO report_schedule (id, version, name, wish, format, weekdays, month_day, minute, folder, "
            "to_folder, addresses, active, since) VALUES ({mo}, 1, 'x', '{{}}', 'csv', '[1]', 0, 0, '', true, '[]', "
            "true, now())", 1),
    ("sam", "UPDATE report_schedule SET wish = '{{\"kind\": \"abandoned\"}}', whole_numbers = true WHERE id = {mo}", 1),
    ("coll", "INSERT INTO report_run VALUES ({mo}, now(), 'making', 1, now(), NULL, NULL, false, '')", 1),
    ("coll", "SELECT DISTINCT channel FROM interaction WHERE number IS NOT NULL", 1),
    ("coll", "UPDATE report_run SET state = 'done' WHERE schedule_id = {mo}", 1),
    ("coll", "SELECT channel FROM interaction", 0),
    ("coll", "UPDATE queue_member SET signed_in = signed_in", 3),
    ("coll", "SELECT id FROM queue_event", 4),
    ("reto", "DELETE FROM work_item WHERE due_at < now() - interval '1 year'", 0),
    ("back", "SELECT id FROM ticket", 2),
    ("back", "SELECT DISTINCT who FROM audit WHERE who = 'mo'", 1),
    ("migo", "ALTER TABLE pause_reason ALTER COLUMN label SET STATISTICS 100", 0),
]  # fmt: skip


def test_allowed(made: Centre) -> None:
    """One after another: what some of them count, others above them have written."""
    for login, statement, rows in ALLOWED:
        done = made.psql(login, statement)
        assert done.returncode == 0, (login, statement, done.stderr)
        said = done.stdout.strip()
        if statement.startswith("SELECT"):
            assert len(said.splitlines()) == rows, (login, statement, said)
        elif not statement.startswith("ALTER"):
            assert said.rpartition(" ")[2] == str(rows), (login, statement, said)


def test_who_gave_up_is_nobodys_until_a_desk_tells_of_the_call(made: Centre) -> None:
    """The collector adds the call with its number; whoever it rang at takes part in it like in one of their own."""
    call = new_id()
    columns = "id, version, channel, direction, started_at, outcome, number, display_name, queue, linked_id"
    values = f"'{call}', 1, 'call', 'inbound', now(), 'missed', '1', '', '', 'x'"
    said = f"INSERT INTO interaction ({columns}, subject, summary, reason) VALUES ({values}, '', '', '')"
    added = made.psql("coll", said)
    assert added.returncode == 0, added.stderr
    change = f"UPDATE interaction SET display_name = 'x' WHERE id = '{call}'"
    assert made.psql("dana", change).stdout.strip() == "UPDATE 0"
    joined = made.psql("dana", f"SELECT access.join_interaction('{call}', {{dana}})")
    assert joined.stdout.strip() == "t", joined.stderr
    assert made.psql("dana", change).stdout.strip() == "UPDATE 1"


def test_settings_of_queues_are_kept_by_version(made: Centre) -> None:
    """What figures are counted by makes a version; what they do not ask for makes none."""

    def kept() -> list[str]:
        asked = "SELECT said ->> 'sl_threshold_s' FROM queue_setting ORDER BY id DESC"
        return made.psql("dana", asked).stdout.split()

    before = kept()
    assert made.psql("anna", "UPDATE queue SET sl_threshold_s = 33, wrap_up_s = 9 WHERE name = 'moves'").returncode == 0
    assert made.psql("anna", "UPDATE queue SET wrap_up_s = 8").returncode == 0
    assert kept() == ["33", *before]


# ------------------------------------------------------------------ what a workstation meets


def test_the_collector_settles_a_missed_call_of_any_queue(made: Centre) -> None:
    """Dana sees no visits of the queue that her caller went on to."""
    dana = made.signed_in("dana")
    entries = []

    def miss(linked_id: str) -> None:
        call = dana.call(outcome="missed", linked_id=linked_id)
        entries.append(missed_call_id(call))
        dana.do(ops.AddMissedCall, work_id=entries[-1], interaction_id=call, number="1")

    miss("8.1")
    collector = Database.open(made.server.url(made.name, "coll", "coll"))
    made.open.append(collector)
    with collector.write() as session:
        for number, linked_id in enumerate(("8.1", "8.2")):
            kinds = enumerate((QueueEventKind.ENTERED, QueueEventKind.CONNECTED))
            visit, queue = new_id(), made.ids["moves_queue"]
            events = [
                QueueEventRow(clock.now(), kind, "later", number * 10 + step, queue, visit, linked_id)
                for step, kind in kinds
            ]
            assert queues.record_events(session, events) == 2
    miss("8.2")
    miss("8.3")
    with dana.database.read() as session:
        found = [work.item(session, entry) for entry in entries]
    assert [row and row.status for row in found] == ["done", "done", "open"]


def test_a_write_that_is_not_allowed_is_kept_as_refused_and_blocks_nothing(made: Centre, tmp_path: Path) -> None:
    dana = made.signed_in("dana")
    journal = Journal(tmp_path / "journal.db")
    theirs = dana.make(ops.SaveNote, note_id=made.ids["mo_note"], interaction_id=made.ids["mo_call"], text="x")
    forged = dana.make(ops.SaveNote, note_id=new_id(), interaction_id=made.ids["dana_call"], text="x")
    unseen = dana.make(ops.UpdateTicket, event_id=new_id(), ticket_id=made.ids["mo_ticket"], comment="x")
    journal.put_many([
        theirs,
        dana.make(ops.SaveLeg, leg_id=made.ids["old_leg"], interaction_id=made.ids["old_call"], direction="inbound",
                  started_us=dana.at_us),
        msgspec.structs.replace(forged, agent_id=made.ids["mo"]),
        unseen,
        dana.make(ops.SetPresence, presence="paused"),
    ])  # fmt: skip
    changed = journal.drain(dana.database)
    assert changed.agents, "what came after was written"
    assert journal.waiting_count() == 0
    assert [row.reason for row in journal.refused()] == [
        sql.NOT_YOURS,
        access.TOO_LATE,
        access.TOO_LATE,
        "This ticket does not exist.",
    ]
    journal.close()


def test_what_a_policy_refuses_outright_is_told_and_kept_too(
    made: Centre, tmp_path: Path, expected_log: ExpectedLog
) -> None:
    expected_log("SetPresence refused by the database")
    dana = made.signed_in("dana")
    journal = Journal(tmp_path / "journal.db")
    journal.put(msgspec.structs.replace(dana.make(ops.SetPresence, presence="ready"), agent_id=made.ids["mo"]))
    journal.drain(dana.database)
    (refused,) = journal.refused()
    assert refused.reason == "You may not do this."
    journal.close()


def test_an_update_that_changed_no_row_is_never_silent(made: Centre) -> None:
    dana = made.signed_in("dana")
    with pytest.raises(Refused, match="not yours"), dana.database.write() as session:
        sql.update_row(session, Ticket, made.ids["mo_ticket"], {"status": "closed"})


def test_whoever_the_call_reached_takes_part_and_that_stays_written(made: Centre) -> None:
    dana, mo = made.signed_in("dana"), made.signed_in("mo")
    call = dana.call(outcome="missed")
    mo.do(ops.SaveInteraction, interaction_id=call, outcome="answered")
    with made.owner.read() as session:
        joined = session.execute(text("SELECT agent_id FROM participant WHERE interaction_id = :key"), {"key": call})
        assert set(joined.scalars()) == {dana.agent_id, mo.agent_id}


def test_who_said_nothing_about_who_is_whoever_signed_in(made: Centre) -> None:
    dana = made.signed_in("dana")
    call = new_id()
    with dana.database.write() as session:
        operation = ops.SaveInteraction(interaction_id=call, started_us=dana.at_us, outcome="answered")
        apply.apply(session, operation)
    with dana.database.read() as session:
        found = interactions.page(session, call)
    assert found is not None
    assert found.line.agent == "Dana Okafor"


def test_how_long_one_may_edit_is_the_admins_to_say(made: Centre) -> None:
    anna, dana = made.signed_in("anna"), made.signed_in("dana")
    again = {"note_id": made.ids["old_note"], "interaction_id": made.ids["old_call"], "text": "later"}
    with pytest.raises(Refused, match="too much time"):
        dana.do(ops.SaveNote, **again)
    for hours in (100, 72):
        with anna.database.write() as session:
            admin_centre.save_centre(session, replace(admin_centre.centre(session), edit_hours=hours))
        if hours == 100:
            dana.do(ops.SaveNote, **again)


def test_a_ticket_handed_to_another_team_stays_in_sight_of_who_wrote_in_it(made: Centre) -> None:
    dana, jonas, mo = (made.signed_in(login) for login in ("dana", "jonas", "mo"))
    ticket = new_id()
    dana.do(ops.OpenTicket, ticket_id=ticket, subject="s")
    dana.do(ops.UpdateTicket, event_id=new_id(), ticket_id=ticket, version=1, assignee_id=mo.agent_id)
    seen = []
    for desk in (dana, jonas, mo):
        with desk.database.read() as session:
            seen.append(tickets.page(session, ticket) is not None)
    assert seen == [True, False, True]


@pytest.mark.parametrize("login", ["dana", "jonas", "mo", "lena", "sam", "anna"])
def test_a_search_finds_the_tickets_that_a_list_shows(made: Centre, login: str) -> None:
    database = made.signed_in(login).database
    with database.read() as session:
        shown = {line.id for line in tickets.listed(session, TicketFilter(statuses=())) if "of " in line.subject}
        found = {line.id for line in tickets.search(session, "of dana")}
        found |= {
            line.id
            for key in ("dana_ticket", "mo_ticket")
            for line in tickets.search(session, tickets.number_of(made.ids[key]))
        }
        assert [line.text for line in interactions.notes_by_text(session, "dana")] == ["dana"]
    database.close()  # a login may have so many connections only
    assert shown
    assert found == shown


def test_a_pop_is_the_same_for_an_agent_of_another_team(made: Centre) -> None:
    with made.signed_in("mo").database.read() as session:
        found = pop.look_up(session, parse("+48601442190", "PL"))
    assert found.card is not None
    assert found.card.name == "Marta Kowalczyk"
    assert found.history_total >= 3


def test_a_removed_number_is_gone_and_stays_in_the_audit(made: Centre) -> None:
    dana = made.signed_in("dana")
    customer, phone = new_id(), new_id()
    dana.do(ops.SaveCustomer, customer_id=customer, version=0, fields={"name": "N"},
            phones_added=((phone, "+48600100200", ""),))  # fmt: skip
    dana.do(ops.SaveCustomer, customer_id=customer, version=1, fields={}, phones_removed=(phone,))
    with made.owner.read() as session:
        assert session.execute(text("SELECT count(*) FROM phone WHERE id = :key"), {"key": phone}).scalar_one() == 0
        row = session.execute(
            text("SELECT who, action, before ->> 'typed' AS typed FROM audit WHERE row_id = :key ORDER BY id DESC"),
            {"key": str(phone)},
        ).first()
    assert row is not None
    assert tuple(row) == ("dana", "delete", "+48600100200")


def test_whose_queues_one_sees(made: Centre) -> None:
    wanted = {"dana": frozenset({made.ids["billing_queue"]}), "mo": frozenset({made.ids["moves_queue"]}), "sam": None}
    for login, seen in wanted.items():
        with made.signed_in(login).database.read() as session:
            assert queues.watched(session) == seen
            assert len(queues.queues(session)) == 2


# ------------------------------------------------------------------ signing in


def test_whom_one_reaches_follows_teams_and_queues(made: Centre) -> None:
    """Each change of who is where counts from the next statement on, whoever makes it."""
    dana = made.signed_in("dana")

    def sees() -> bool:
        with dana.database.read() as session:
            return tickets.page(session, made.ids["mo_ticket"]) is not None

    ids = {name: made.ids[name] for name in ("dana", "moves", "billing", "moves_queue")}
    there_and_back = (
        ("UPDATE agent SET team_id = :moves WHERE id = :dana", "UPDATE agent SET team_id = :billing WHERE id = :dana"),
        ("INSERT INTO team_lead VALUES (:moves, :dana)", "DELETE FROM team_lead WHERE agent_id = :dana"),
        (
            "INSERT INTO queue_member VALUES (:moves_queue, :dana, false)",
            "DELETE FROM queue_member WHERE agent_id = :dana AND queue_id = :moves_queue",
        ),
    )
    for there, back in there_and_back:
        assert not sees(), there
        for statement, after in ((there, True), (back, False)):
            with made.owner.write() as session:
                session.execute(text(statement), {name: key for name, key in ids.items() if f":{name}" in statement})
            assert sees() is after, statement


def test_who_one_is(made: Centre, database: Database) -> None:
    dana = made.signed_in("dana")
    with dana.database.read() as session:
        person = agents.signed_in(session)
    assert person is not None
    assert (person.id, person.name) == (dana.agent_id, "Dana Okafor")
    for nobody in (made.owner, database):
        with nobody.read() as session:
            assert agents.signed_in(session) is None


@pytest.mark.parametrize(("change", "words"), [
    ("access_until = now() - interval '1 hour'", "has ended"),
    ("active = false", "switched off"),
])  # fmt: skip
def test_who_left_is_told_so(made: Centre, change: str, words: str) -> None:
    access.grant(made.owner, access.Grant("eve", "agent", "eve", name="Eve"))
    with made.owner.write() as session:
        session.execute(text(f"UPDATE agent SET {change} WHERE login = 'eve'"))
    with pytest.raises(DatabaseTrouble) as caught:
        Database.open(made.server.url(made.name, "eve", "eve"))
    assert caught.value.kind is Trouble.EXPIRED
    assert words in caught.value.text
    with made.owner.write() as session:
        session.execute(text("UPDATE agent SET active = true, access_until = NULL WHERE login = 'eve'"))
    Database.open(made.server.url(made.name, "eve", "eve")).close()


def test_a_login_of_the_server_that_is_nobody_here(made: Centre) -> None:
    made.server.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    with pytest.raises(DatabaseTrouble) as caught:
        Database.open(made.server.url(made.name, "stranger", "stranger"))
    assert caught.value.kind is Trouble.STRANGER
    with pytest.raises(Refused, match="not one of this centre"):
        access.grant(made.owner, access.Grant("stranger", "agent", "s", name="Stranger"))


def test_an_admin_makes_logins_and_an_agent_does_not(made: Centre) -> None:
    anna = made.signed_in("anna")
    access.grant(anna.database, access.Grant("kim", "agent", "kim", name="Kim Lee", extension="110"))
    assert made.signed_in("kim")
    access.grant(anna.database, access.Grant("kim", "supervisor", "kim"))
    with made.owner.read() as session:
        assert [line.group for line in access.logins(session) if line.login == "kim"] == ["supervisor"]
    for wanted in (access.Grant("kim", "admin", "x"), access.Grant("new", "agent", "x", name="New")):
        with pytest.raises(DatabaseTrouble) as caught:
            access.grant(made.signed_in("dana").database, wanted)
        assert caught.value.kind is Trouble.FORBIDDEN
    with pytest.raises(Refused, match="--name"):
        access.grant(anna.database, access.Grant("nobody_yet", "agent", "x"))
    with pytest.raises(DatabaseTrouble) as caught:
        access.grant(anna.database, access.Grant("coll2", "collector", "x"))
    assert caught.value.kind is Trouble.FORBIDDEN


def test_a_password_is_never_sent_nor_logged(made: Centre) -> None:
    made.server.execute("ALTER SYSTEM SET log_statement = 'all'")
    made.server.execute("SELECT pg_reload_conf()")
    made.server.until_set("log_statement", "all")
    access.grant(made.owner, access.Grant("kim2", "agent", "correct horse", name="Kim Two"))
    log = (made.server.folder / "log").read_text()
    assert "access.grant_login" in log
    assert "correct horse" not in log
    made.server.execute("ALTER SYSTEM RESET log_statement")
    made.server.execute("SELECT pg_reload_conf()")


def test_who_sees_what_a_caller_typed(made: Centre) -> None:
    call, collector = made.ids["dana_call"], made.open[0]
    row = HandoffFieldRow(new_id(), call, "1.1", "one", clock.now(), "card", "Card", "•••• 1111", secret=True)
    with collector.write() as session:
        assert handoffs.record(session, [HandoffWord(row, "4111111111111111")]) == 1
        assert handoffs.record(session, [HandoffWord(row, "4111111111111111")]) == 0
    for login in ("dana", "sam", "mo", "lena"):
        with made.signed_in(login).database.read() as session:
            assert handoffs.fields(session, call) == (row,)
            found = pop.look_up(session, parse("+48601442190", "PL"), interaction_id=call)
            assert (found.said, found.card is not None) == ((row,), True)
    with made.signed_in("dana").database.write() as session:
        handoffs.warn(session, ["X-Card"])
    with pytest.raises(DatabaseTrouble, match="may not do this"), made.signed_in("sam").database.write() as session:
        handoffs.reveal(session, row.id)  # nobody sees what they have not said they look at
    with made.owner.read() as session:
        assert session.execute(_SEEN).scalars().all() == []
        seen = "UPDATE queue_visit SET linked_id = '1.1', entered_at = now() WHERE id = :key"
        session.execute(text(seen), {"key": made.ids["dana_visit"]})
        session.commit()
    # the queue's setting says who; where the collector saw the call counts, not what desks say of its queue
    only = "In this queue only"
    for reveals, seen_by, why in (
        (None, ("sam",), f"{only} supervisors"),
        ("nobody", (), "In this queue nobody"),
        ("team_lead", ("sam", "lena"), f"{only} team leads"),
        ("agent", ("sam", "lena", "dana"), "takes part"),
    ):
        if reveals is not None:
            _set_policy(made, made.ids["billing_queue"], reveals=reveals)
        for login in ("dana", "sam", "mo", "lena"):
            assert (_looked(made, login, row.id) == "4111111111111111") == (login in seen_by), (reveals, login)
            if login == "mo":
                assert re.search(why, _looked(made, login, row.id))
    with made.owner.read() as session:
        assert session.execute(_SEEN).scalars().all() == ["sam", "sam", "lena", "dana", "sam", "lena"]


_SEEN = text("SELECT who FROM audit WHERE table_name = 'handoff_secret' ORDER BY id")
_OFF = {"asks_birth": True, "asks_address": False, "asks_account": False, "asks_phone": False, "asks_email": False}


def _set_policy(made: Centre, key: UUID, **values: object) -> None:
    with made.owner.write() as session:
        there = {one.id: one for one in identity_checks.policies(session)}.get(key, IdentityRecord(key))
        identity_checks.save_policy(session, replace(there, **values))


def _looked(made: Centre, login: str, field: UUID) -> str:
    """What somebody sees who wants to see a secret, or why not."""
    database = made.signed_in(login).database
    try:
        with database.write() as session:
            handoffs.ask(session, field)
        with database.write() as session:
            return handoffs.reveal(session, field).value
    except (Refused, DatabaseTrouble) as error:
        return f"{error} {getattr(error, 'detail', '')}"


def test_what_only_a_customer_knows_is_compared_and_shown_by_the_database(made: Centre) -> None:
    dana, queue, nobody = made.signed_in("dana"), made.ids["billing_queue"], UUID(int=0)
    customer = dana.customer("Ewa Lis", "+48601442999")
    dana.do(ops.SetIdentityAnswer, customer_id=customer, question="word", answer="Morskie Oko")
    with pytest.raises(Refused, match="team lead"):
        dana.do(ops.SetIdentityAnswer, customer_id=customer, question="word", answer="Kaktus")
    made.signed_in("lena").do(ops.SetIdentityAnswer, customer_id=customer, question="word", answer="Zielony rower")
    dana.do(ops.SetIdentityAnswer, customer_id=customer, question="birth", answer="1984-03-12")
    typed, shown = (dana.call(customer, queue=name) for name in ("billing", ""))
    _set_policy(made, queue, active=True, needed=2, may_fail=1, shows_answer=False, **_OFF)
    _set_policy(made, nobody, active=True, needed=2, may_fail=1, shows_answer=True, **_OFF)

    def attempts(call: UUID) -> list[tuple[str, bool, bool]]:
        with dana.database.read() as session:
            rows = identity_checks.attempts(session, [call]).get(call, ())
        return [(row.question, row.right, row.compared) for row in rows]

    def check(call: UUID, question: Question, said: str) -> None:
        with dana.database.write() as session:
            answers.check(session, new_id(), made.ids["dana"], (call, customer, question), said)

    with dana.database.read() as session:
        assert answers.known(session, customer) == {"birth", "word"}
    # typed: compared here, whoever undoes what came of it has heard nothing
    word = typed, customer, Question.WORD
    with pytest.raises(Refused, match="show no answers"), dana.database.write() as session:
        answers.ask(session, word)
    with dana.database.read() as session:
        answers.check(session, new_id(), made.ids["dana"], word, "Kaktus")
        assert identity_checks.attempts(session, [typed]) == {}, "not in the transaction that asked"
        with pytest.raises(Refused, match="at a time"):
            answers.check(session, new_id(), made.ids["dana"], (typed, customer, Question.BIRTH), "1.1.1990")
    check(typed, Question.WORD, "rower zielony")
    with pytest.raises(Refused, match="already"):
        check(typed, Question.WORD, "Kaktus")
    check(typed, Question.BIRTH, "13.3.1984")
    assert attempts(typed) == [("word", True, True), ("birth", False, True)]
    with pytest.raises(Refused, match="this customer"):
        check(dana.call(made.ids["customer"], queue="billing"), Question.WORD, "x")
    guessed = dana.call(customer, queue="billing")
    for question in (Question.WORD, Question.BIRTH):
        check(guessed, question, "x")
    with pytest.raises(Refused, match="has failed"):
        check(guessed, Question.WORD, "Zielony rower")
    for _ in range(7):
        check(dana.call(customer, queue="billing"), Question.WORD, "x")
    with pytest.raises(Refused, match="Ten answers"):
        check(dana.call(customer, queue="billing"), Question.WORD, "Zielony rower")
    with made.signed_in("sam").database.write() as session:
        answers.lift(session, customer, " Was asked for the wrong word. ")
    with dana.database.read() as session:
        lifted = answers.lifted(session, customer)
        assert answers.lifted(session, made.ids["customer"]) is None
    assert lifted is not None
    assert (lifted.agent, lifted.reason) == ("Sam Ito", "Was asked for the wrong word.")
    again = dana.call(customer, queue="billing")
    check(again, Question.WORD, "Zielony rower")
    assert attempts(again) == [("word", True, True)]
    with made.owner.read() as session:
        told = text("SELECT who, after ->> 'reason' FROM audit WHERE table_name = 'identity_lift'")
        assert session.execute(told).all() == [("sam", "Was asked for the wrong word.")]
    # shown: only what was asked for in a transaction that is over
    word = shown, customer, Question.WORD
    with dana.database.read() as session:  # nothing is kept of it
        answers.ask(session, word)
        with pytest.raises(DatabaseTrouble, match="may not do this"):
            answers.reveal(session, word)
    with made.owner.read() as session:
        assert session.execute(_VIEWED).scalars().all() == []
    with dana.database.write() as session:
        answers.ask(session, word)
    with dana.database.write() as session:
        assert answers.reveal(session, word) == "Zielony rower"
    dana.do(ops.RecordIdentityAttempt, interaction_id=shown, customer_id=customer, question="word", right=True)
    assert attempts(shown) == [("word", True, False)]
    with made.signed_in("sam").database.write() as session:
        rows = answers.handed_out(session, [customer])
        assert {(row["question"], row["answer"], row["agent_id"]) for row in rows} == {
            ("birth", "1984-03-12", made.ids["dana"]), ("word", "Zielony rower", made.ids["lena"]),
        }  # fmt: skip
    with made.owner.read() as session:
        assert session.execute(_VIEWED).scalars().all() == ["dana view word"]
        done = text("SELECT action FROM audit WHERE table_name = 'identity_answer' AND action <> 'view' ORDER BY id")
        assert session.execute(done).scalars().all() == ["insert", "update", "insert", "export"]


_VIEWED = text("SELECT concat_ws(' ', who, action, detail) FROM audit "
               "WHERE table_name = 'identity_answer' AND action = 'view'")  # fmt: skip


def test_the_service_reads_calls_for_a_report_that_is_scheduled(made: Centre) -> None:
    """A supervisor schedules it; while it is made, and no longer, the collector's login counts as theirs does."""
    now, zone = clock.now(), ZoneInfo("Europe/Warsaw")
    first, last = now.date() - timedelta(days=40), now.date()
    schedule = ScheduleRow(new_id(), now, name="Back", wish={"kind": "abandoned"}, whole_numbers=True)
    with made.signed_in("sam").database.write() as session:
        report_schedules.save(session, schedule)
    coll = Database.open(made.server.url(made.name, "coll", "coll"))
    made.open.append(coll)

    def lines(database: Database, kind: Kind) -> list[tuple[str, float]]:
        with database.read() as session:
            report = report_data.fetch(session, Wish(kind, Span.DATES, first=first, last=last), zone, now)
        found = [(line.number, float(line.times)) for line in report.callbacks]
        return found + [(line.key, line.figure.numerator) for line in report.calls if line.key.startswith("outcome")]

    supervisor = made.signed_in("sam").database
    theirs = {kind: lines(supervisor, kind) for kind in (Kind.CALLS, Kind.ABANDONED)}
    assert theirs[Kind.CALLS], "there were calls"
    assert lines(coll, Kind.CALLS) == []
    with coll.write() as session:
        assert report_schedules.begin(session, schedule.id, now, now)
    assert {kind: lines(coll, kind) for kind in theirs} == theirs
    with coll.write() as session:
        run = report_schedules.run(session, schedule.id, now)
        assert run is not None
        assert report_schedules.tell(session, run, state=RunState.DONE)
    assert lines(coll, Kind.CALLS) == []


def test_who_plans_whom_and_who_publishes_layouts(made: Centre) -> None:
    """Through the program's own functions: a lead their people, a supervisor all; an agent's layout stays their own."""
    day, early = date(2026, 12, 1), (ShiftPart(360, 840),)
    lena, sam, dana = (made.signed_in(login) for login in ("lena", "sam", "dana"))
    with lena.database.write() as session:
        assert shifts.may_plan(session)
        assert shifts.save(session, [ShiftRow(made.ids["dana"], day, 0, early)]) == 1
    with pytest.raises((Refused, DatabaseTrouble)), lena.database.write() as session:
        shifts.save(session, [ShiftRow(made.ids["mo"], day, 0, early)])
    with sam.database.write() as session:
        assert shifts.save(session, [ShiftRow(made.ids["mo"], day, 0, early), ShiftRow(made.ids["dana"], day, 1)]) == 2
    with pytest.raises(Stale), lena.database.write() as session:
        shifts.save(session, [ShiftRow(made.ids["dana"], day, 1, early)])
    with dana.database.write() as session:
        assert not shifts.may_plan(session)
        assert {row.version for row in shifts.shifts(session, day, day)} == {1, 2}
        noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
        kept = shift_kept.times(session, noon - timedelta(hours=12), noon, ZoneInfo("UTC"))
        assert {who: time.planned_us for who, time in kept.items()} == {made.ids["mo"]: 6 * 3600 * 1_000_000}
    with pytest.raises((Refused, DatabaseTrouble)), dana.database.write() as session:
        shifts.save(session, [ShiftRow(dana.agent_id, day, 2, early)])

    wanted = KeptLayoutRow(new_id(), name="Mine", body={"tiles": False}, shared=True)
    with dana.database.write() as session:
        found = board_layouts.send(session, (wanted,), dana.agent_id)
    assert [(row.name, row.shared) for row in found if "Mine" in row.name] == [("Mine (2)", False)]
    with sam.database.write() as session:
        found = board_layouts.send(session, (wanted,), sam.agent_id)
    assert ("Mine", True, {"tiles": False}) in [(row.name, row.shared, row.body) for row in found]
    with dana.database.write() as session:
        found = board_layouts.send(session, (), dana.agent_id)
    assert {row.name for row in found} >= {"Mine", "Mine (2)"}
    theirs = next(row for row in found if row.name == "Mine")
    with pytest.raises((Refused, DatabaseTrouble)), dana.database.write() as session:
        kept_layouts.save(session, replace(theirs, name="x"), dana.agent_id)
