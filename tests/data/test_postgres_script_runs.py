"""A script's answers belong to the call: desks on a server that die, hand on and call back go on where it stood."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data import access
from agent_desktop.data.db import Database
from agent_desktop.data.words import Presence
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.desktop_process import DesktopProcess
from tests.support.postgres import Server
from tests.support.scripts import publish, without_scripts
from tests.support.workstation import MARTA, Bench

pytestmark = pytest.mark.usefixtures("qapp")
TALKING, RINGING = CallState.TALKING, CallState.RINGING

BILL: dict[str, Any] = {
    "id": "bill",
    "title": "High bill",
    "steps": [
        {"id": "meter", "say": "What does the meter say?", "ask": {"type": "number"}, "next": "paid"},
        {"id": "paid", "say": "Have you paid?", "ask": {"type": "yes_no"}, "next": "since"},
        {"id": "since", "say": "Since when?", "ask": {"type": "text"}, "next": "flat"},
        {"id": "flat", "say": "Which flat, {{ customer.name }}?", "ask": {"type": "text"}, "next": "later"},
        {
            "id": "later",
            "say": "The meter said {{ meter }}.",
            "actions": [{"do": "schedule_callback", "in_minutes": 1440, "note": "read again: {{ meter }}"}],
            "next": "reading",
        },
        {"id": "reading", "say": "It said {{ meter }}; and now?", "ask": {"type": "number"}, "next": "bye"},
        {"id": "bye", "say": "Goodbye"},
    ],
}
OTHER = {"id": "other", "title": "Anything", "steps": [{"id": "a", "say": "Hello"}]}
SAID = (("X-Queue", "billing"), ("X-Call-Linkedid", "s.1"), ("X-IVR-1", "Language: Polish (pressed 2)"))


class Desk(Bench):
    """One agent's workstation, which may have died before."""

    def view(self) -> ScriptView:
        assert self.core is not None
        found: ScriptView = self.core.scripts.view()
        return found

    def at(self, place: str) -> ScriptView:
        self.until(lambda: self.view().step.place == place and self.view().state is ScriptState.STEP, place)
        return self.view()

    def answer(self, text: str, then: str) -> ScriptView:
        assert self.core is not None
        self.core.scripts.answer_and_go(self.view().step.place, text)
        return self.at(then)

    def states(self) -> list[CallState]:
        return [view.state for view in self.session.book.views()]

    def wrapped_up(self) -> None:
        self.until(lambda: self.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        view = self.session.wrap_up_view()
        self.session.complete_wrap_up(WrapUpResult(view.interaction_id, view.dispositions[0].id, "", ""))
        self.until(lambda: self.core and not self.core.journal.waiting_count(), "it is sent")
        assert self.core is not None
        assert self.core.journal.refused() == []


class Centre:
    """Dana, whose desktop is a process to be killed, Jonas, and a customer's phone that goes where it is sent."""

    def __init__(self, server: Server, company: str, folder: Path):
        self.server, self.company = server, company
        with closing(Database.open(server.url(company))) as database:
            access.grant(database, access.Grant("jonas", "agent", "jonas"))
            without_scripts(database)
            publish(database, BILL, {"queue": "billing"})
            publish(database, OTHER, {})
        self.first_port = sip.free_port(28_300, 28_600)
        self.first = DesktopProcess(
            self._profile(folder / "dana"), self.first_port, server.url(company, "dana", "dana")
        )
        self.dana = self._desk(folder / "dana", "dana", self.first_port)
        self.jonas = self._desk(folder / "jonas", "jonas", sip.free_port(28_601, 28_900))
        self.customer = sip.EngineDriver(folder / "customer", follow_transfers=True)

    @staticmethod
    def _profile(folder: Path) -> Path:
        folder.mkdir()
        return folder

    def _desk(self, folder: Path, login: str, port: int) -> Desk:
        url = self.server.url(self.company, login, login)
        return Desk(folder, seeded=False, database=url, port=port, scripts=True)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.server.execute(query, self.company)

    def answers(self) -> dict[str, Any]:
        [(body,)] = self.rows("SELECT body FROM script_run ORDER BY begun_at DESC LIMIT 1")
        assert isinstance(body, str | dict)
        found: dict[str, Any] = (json.loads(body) if isinstance(body, str) else body)["answers"]
        return found

    def stop(self) -> None:
        self.first.close()
        self.jonas.stop()
        self.dana.stop()
        self.customer.stop()


@pytest.fixture
def centre(server: Server, company: str, tmp_path: Path) -> Iterator[Centre]:
    made = Centre(server, company, tmp_path)
    yield made
    made.stop()


def test_a_script_goes_on_after_a_crash_with_the_next_agent_and_when_they_are_called_back(centre: Centre) -> None:
    dana, jonas, customer, first = centre.dana, centre.jonas, centre.customer.start(), centre.first
    first.ready()
    target = f"sip:agent@{sip.HOST}:{centre.first_port}"
    customer.send(m.Dial(call_id="c", target=target, headers=SAID, from_user=MARTA))
    first.until_calls("ringing")
    first.tell("answer")
    first.until_calls("talking")
    for answer, place in (("4711", "meter"), ("yes", "paid")):
        first.until(lambda place=place: first.said.get("script", {}).get("place") == place, place)
        first.tell("script", answer=answer)
    first.until(lambda: first.said["script"]["place"] == "since", "two answers")
    interaction = first.call["interaction"]
    first.kill()  # its engine keeps the call

    dana.start()
    dana.until(lambda: dana.states() == [TALKING], "the call is taken back")
    assert dana.at("since").resumed_from == "You, step 3"
    dana.answer("Tuesday", "flat")
    jonas.start()
    dana.session.outgoing.transfer(f"sip:102@{sip.HOST}:{jonas.port}")
    jonas.until(lambda: jonas.states() == [RINGING], "it rings at Jonas's")
    view = jonas.at("flat")
    assert str(jonas.session.focus()) == interaction
    assert "Dana Okafor, step 4" in view.resumed_from
    jonas.session.calls.answer()
    jonas.until(lambda: jonas.states() == [TALKING], "talking")
    dana.wrapped_up()
    pop = jonas.session.pop_view()
    assert ("Language", "Polish") in [(step.label, step.value) for step in pop.handoff]
    jonas.answer("third floor", "later")
    jonas.until(lambda: jonas.view().step.say == "The meter said 4711.", "what Dana was told")
    assert jonas.core is not None
    jonas.core.scripts.act("later", jonas.view().step.actions[0].key)
    jonas.until(lambda: jonas.view().step.actions[0].done, "a callback is promised")
    jonas.core.scripts.go_on("later")
    jonas.at("reading")
    jonas.session.calls.end()
    jonas.wrapped_up()
    answers = {"meter": 4711, "paid": True, "since": "Tuesday", "flat": "third floor"}
    assert centre.answers() == answers
    assert centre.rows("SELECT interaction_id::text FROM script_run") == [(interaction,)]

    a_day_later(centre)
    dana.session.outgoing.direct_peer = f"{sip.HOST}:{customer.port}"
    assert dana.core is not None
    work = dana.core.work
    work.load()
    dana.until(lambda: any(item.note == "read again: 4711" for item in work.items), "the callback is due")
    work.call(next(item for item in work.items if item.note == "read again: 4711"))
    dana.until(dana.states, "it is hers, and dialled")
    incoming = customer.wait(m.IncomingCall)
    customer.send(m.Answer(call_id=incoming.call_id))
    dana.until(lambda: dana.states() == [TALKING], "called back")
    view = dana.at("reading")
    assert "Jonas Lind, step 6" in view.resumed_from
    dana.until(lambda: dana.view().step.say == "It said 4711; and now?", "what was said yesterday")
    dana.answer("4750", "bye")
    dana.core.scripts.go_on("bye")
    dana.until(lambda: dana.view().state is ScriptState.FINISHED, "finished")
    dana.session.calls.end()
    dana.wrapped_up()
    assert centre.answers() == answers | {"reading": 4750}
    runs = centre.rows("SELECT finished FROM script_run ORDER BY begun_at")
    assert runs == [(False,), (True,)], "yesterday's call keeps what was said in it"


def a_day_later(centre: Centre) -> None:
    """What has happened was yesterday, and what was promised for tomorrow is due."""
    for table, column in (
        *(("interaction", name) for name in ("started_at", "answered_at", "ended_at")),
        *(("script_run", name) for name in ("begun_at", "at")),
        ("work_item", "due_at"),
    ):
        where = "WHERE interaction_id IN (SELECT interaction_id FROM script_run)" if table == "work_item" else ""
        where = "WHERE id IN (SELECT interaction_id FROM script_run)" if table == "interaction" else where
        centre.rows(f"UPDATE {table} SET {column} = {column} - interval '1 day' {where} RETURNING 1")
