"""A whole workstation on a real server, signed in as an agent: it rings, the caller is known, the result is there."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallbackRequest, NewTicket, WrapUpResult
from agent_desktop.core.workstation import build_core
from agent_desktop.data import access
from agent_desktop.data import operations as op
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from tests.support import sip
from tests.support.postgres import Server
from tests.support.workstation import Bench, settings, spin_until

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bench(server: Server, company: str, tmp_path: Path) -> Iterator[Bench]:
    url = server.url(company, "dana", "dana")
    made = Bench(tmp_path / "desk", seeded=False, database=url, port=sip.free_port(27_500, 27_900))
    yield made
    made.stop()


def test_ring_pop_wrap_up(bench: Bench, server: Server, company: str) -> None:
    caller = bench.other()
    bench.start()
    bench.until(lambda: bench.session.centre.agents, "the centre is known")
    bench.ring(caller)
    bench.until(lambda: bench.session.pop_view() and bench.session.pop_view().state == "found", "the caller is known")
    card = bench.session.pop_view().pop.card
    assert card.name == "Marta Kowalczyk"
    bench.session.calls.answer()
    bench.until(lambda: bench.session.book.views()[0].state is CallState.TALKING, "talking")
    bench.session.note_typed("first words")
    ticket = bench.session.open_ticket(
        NewTicket("Meter", "Photo", customer_id=card.id, interaction_id=bench.session.focus())
    )
    bench.session.calls.end()
    bench.until(lambda: bench.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
    disposition = bench.session.wrap_up_view().dispositions[0].id
    bench.session.complete_wrap_up(
        WrapUpResult(
            bench.session.focus(),
            disposition,
            "as agreed",
            "final words",
            callback=CallbackRequest(clock.now() + timedelta(hours=2), "after the reading", None, ""),
        )
    )

    def rows() -> list[tuple[object, ...]]:
        return server.execute(
            "SELECT a.login, c.name, i.outcome, n.text, w.reason, l.outcome, i.disposition_id = w.disposition_id "
            "FROM wrap_up w JOIN interaction i ON i.id = w.interaction_id JOIN agent a ON a.id = w.agent_id "
            "JOIN customer c ON c.id = i.customer_id JOIN note n ON n.interaction_id = i.id "
            "JOIN leg l ON l.interaction_id = i.id WHERE w.reason = 'as agreed'",
            company,
        )

    bench.until(rows, "the row is on the server")
    wanted = ("dana", "Marta Kowalczyk", "answered", "final words", "as agreed", "answered", True)
    assert rows() == [wanted]
    assert bench.core is not None
    bench.until(lambda: bench.core and not bench.core.journal.waiting_count(), "all is sent")
    assert bench.core.journal.refused() == []
    assert server.execute("SELECT count(*) FROM work_item WHERE note = 'after the reading'", company) == [(1,)]
    linked = f"SELECT count(*) FROM ticket_interaction WHERE ticket_id = '{ticket}'"
    assert server.execute(linked, company) == [(1,)]
    audited = server.execute("SELECT DISTINCT who FROM audit WHERE table_name = 'interaction'", company)
    assert audited == [("dana",)]
    seen = f"SELECT who, table_name, detail FROM audit WHERE action = 'view' AND row_id = '{card.id}'"
    bench.until(lambda: server.execute(seen, company), "who was looked at is in the audit")
    assert server.execute(seen, company) == [("dana", "customer", "")]


def test_the_login_says_who_works_here_also_while_the_server_is_away(
    server: Server, company: str, tmp_path: Path
) -> None:
    """The settings of the bench name Dana; what counts is who signed in."""
    with closing(Database.open(server.url(company))) as database:
        access.grant(database, access.Grant("jonas", "agent", "jonas"))
    jonas = server.url(company, "jonas", "jonas")
    bench = Bench(tmp_path / "desk", seeded=False, database=jonas, port=sip.free_port(27_000, 27_199))
    try:
        bench.start()
        bench.until(lambda: bench.session.agent, "the agent is known")
        assert bench.session.agent.login == "jonas"
        assert bench.core is not None
        seen = set(bench.core.live.board.queues)
        served = {queue.id for queue in bench.session.centre.queues if bench.session.agent.id in queue.members}
        assert served <= seen < {queue.id for queue in bench.session.centre.queues}
        bench.session.set_paused("Lunch")
        words = "SELECT a.login FROM presence p JOIN agent a ON a.id = p.agent_id WHERE p.reason = 'Lunch'"
        bench.until(lambda: ("jonas",) in server.execute(words, company), "the presence is on the server")
        assert bench.core.journal.refused() == []
        bench.stop()
        away = Bench(tmp_path / "desk", seeded=False, database=jonas.replace(str(server.port), "1"), port=bench.port)
        away.core = build_core(away.profile, settings(away.port), away._database)
        assert away.session.agent.login == "jonas", "before any answer"
        assert set(away.core.live.board.queues) == seen
        away.stop()
        with closing(Database.open(server.url(company))) as database:
            access.grant(database, access.Grant("jonas", "supervisor", "jonas"))
        bench.start()
        bench.until(lambda: bench.session.centre.watched is None, "a supervisor sees all")
        assert bench.core is not None
        assert set(bench.core.live.board.queues) == {queue.id for queue in bench.session.centre.queues}
    finally:
        bench.stop()


def test_what_a_policy_filtered_out_is_told_kept_and_sent_once_it_may(
    server: Server, company: str, tmp_path: Path
) -> None:
    hidden = "SELECT id FROM ticket WHERE id <> ALL (%s::uuid[]) LIMIT 1"
    with psycopg.connect(server.dsn(company, "dana", "dana")) as dana:
        seen = [row[0] for row in dana.execute("SELECT id FROM ticket")]
    with psycopg.connect(server.dsn(company)) as owner:
        ticket = owner.execute(hidden, [seen]).fetchone()
    assert ticket is not None
    core = build_core(Profile(tmp_path / "desk"), settings(0), server.url(company, "dana", "dana"))
    try:
        core.store.start()
        spin_until(lambda: core.store.ready, "signed in")
        core.store.put(op.UpdateTicket(event_id=new_id(), ticket_id=ticket[0], comment="hers after all"))
        spin_until(lambda: core.store.view.refused, "it is told")
        [row] = core.journal.refused()
        assert row.reason
        written = "SELECT count(*) FROM ticket_event WHERE text = 'hers after all'"
        assert server.execute(written, company) == [(0,)]
        core.store.try_again(row)
        spin_until(core.journal.refused, "it is refused again")
        mine = f"UPDATE ticket SET assignee_id = (SELECT id FROM agent WHERE login = 'dana') WHERE id = '{ticket[0]}'"
        server.execute(mine, company)
        core.store.try_again(*core.journal.refused())
        spin_until(lambda: server.execute(written, company) == [(1,)], "it is sent")
        spin_until(lambda: not core.store.view.refused, "nothing is refused any more")
    finally:
        core.stop()
