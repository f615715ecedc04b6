"""People: who they are, how they spend a day, what they handled."""

from datetime import timedelta

from agent_desktop import clock
from agent_desktop.data import agents, search
from agent_desktop.data import operations as ops
from agent_desktop.data.centre_rows import DayFigures
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence
from tests.data.conftest import START_US, Desk

START = clock.from_us(START_US)


def test_found_by_login_and_name(dana: Desk) -> None:
    with dana.database.read() as session:
        assert [a.login for a in agents.agents(session)] == ["dana", "jonas"]
        person = agents.agent_by_login(session, "dana")
        assert person is not None
        assert person == agents.agent(session, dana.agent_id)
        assert agents.agent_by_login(session, "nobody") is None
        assert [a.login for a in agents.search_agents(session, "OKA")] == ["dana"]
        assert agents.search_agents(session, " ") == ()
        assert agents.teams(session) == ()
        found = search.search_all(session, "@jon")
    assert [a.login for a in found.people] == ["jonas"]


def test_one_search_over_everything(dana: Desk) -> None:
    dana.customer("Dana Customer")
    key = new_id()
    dana.do(ops.OpenTicket, ticket_id=key, subject="Dana called")
    with dana.database.read() as session:
        found = search.search_all(session, "dana")
        assert [len(part) for part in (found.customers, found.tickets, found.people)] == [1, 1, 1]
        only = search.search_all(session, "#dana")
    assert (only.customers, len(only.tickets), only.people) == ((), 1, ())


def test_presence_is_cut_into_stretches(dana: Desk, jonas: Desk) -> None:
    for desk, states in ((dana, ("ready", "talking", "ready")), (jonas, ("paused",))):
        for state in states:
            desk.do(ops.SetPresence, presence=state, reason="Lunch" if state == "paused" else "")
    second = timedelta(seconds=1)
    with dana.database.read() as session:
        window = agents.presence_history(session, START + 1.5 * second, START + 2.5 * second, agent_id=dana.agent_id)
        everyone = agents.presence_history(session, START, START + timedelta(hours=1))
        assert agents.presence_history(session, START - timedelta(hours=1), START) == ()
    assert [(s.presence, s.since - START, (s.until or START) - START) for s in window] == [
        (Presence.READY, 1.5 * second, 2 * second),
        (Presence.TALKING, 2 * second, 3 * second),
    ]
    assert sorted(s.presence for s in everyone) == ["paused", "ready", "ready", "talking"]
    assert [s.reason for s in everyone if s.presence is Presence.PAUSED] == ["Lunch"]


def test_the_figures_of_a_day(dana: Desk, jonas: Desk) -> None:
    for desk, talk, wrap_up in ((dana, 60, 20.0), (dana, 30, 10.0), (jonas, 500, 1.0)):
        call = desk.call()
        start = desk.at_us
        desk.do(
            ops.SaveLeg, leg_id=new_id(), interaction_id=call, direction="inbound", started_us=start,
            answered_us=start + 1, ended_us=start + 1 + talk * 1_000_000, outcome="answered", hold_s=5.0,
        )  # fmt: skip
        desk.do(ops.CompleteWrapUp, interaction_id=call, disposition_id=None, reason="", wrap_up_s=wrap_up)
    missed = dana.call(outcome="missed")
    dana.do(ops.SaveLeg, leg_id=new_id(), interaction_id=missed, direction="inbound", started_us=dana.at_us,
            ended_us=dana.at_us + 9, outcome="missed")  # fmt: skip
    with dana.database.read() as session:
        hour = timedelta(hours=1)
        figures, hours = agents.day_by_hour(session, dana.agent_id, START - hour, START + 1.5 * hour)
        nothing, _ = agents.day_by_hour(session, dana.agent_id, START - timedelta(days=1), START)
    assert figures == DayFigures(handled=2, talk_s=90.0, hold_s=10.0, wrap_ups=2, wrap_up_s=30.0)
    assert figures.handle_time_s == 60.0
    assert nothing == DayFigures(0, 0.0, 0.0, 0, 0.0)
    assert hours == (nothing, figures, nothing)
    assert nothing.handle_time_s is None
