"""Scripts in both databases: drafts, publishing, going back; runs from desk to desk, and their figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from agent_desktop import clock
from agent_desktop.data import access, apply, erasure, erasure_desk, privacy, retention, script_edit, scripts
from agent_desktop.data import operations as ops
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import ScriptRun
from agent_desktop.data.script_rows import Eyes, Review, RuleRow, StepCount, VersionRow, VersionState
from tests.data.conftest import Desk
from tests.support.postgres import Server

BODY = {
    "id": "billing",
    "title": {"pl": "Rachunek", "en": "High bill"},
    "languages": ["en", "pl"],
    "steps": [{"id": "a"}],
}


@dataclass
class Place:
    """Two who lead others, and two agents' desks."""

    writer: Desk
    other: Desk
    dana: Desk
    jonas: Desk
    rights: bool
    owner: Database | None = None


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, server: Server) -> Iterator[Place]:
    if request.param == "file":
        database = request.getfixturevalue("database")
        people = {row.login: row.id for row in _agents(database)}
        dana, jonas = Desk(database, people["dana"], clock.now_us()), Desk(database, people["jonas"], clock.now_us())
        yield Place(dana, jonas, dana, jonas, False)
        return
    name = request.getfixturevalue("centre")
    owner = Database.open(server.url(name))
    for login in ("lena", "leo"):
        access.grant(owner, access.Grant(login, "team_lead", login, name=login.title()))
    people = {row.login: row.id for row in _agents(owner)}
    desks = {
        login: Desk(Database.open(server.url(name, login, login)), people[login], clock.now_us())
        for login in ("lena", "leo", "dana", "jonas")
    }
    yield Place(*desks.values(), True, owner)
    for desk in desks.values():
        desk.database.close()
    owner.close()


def _agents(database: Database) -> Any:
    from agent_desktop.data import agents

    with database.read() as session:
        return agents.agents(session)


def draft(**more: Any) -> VersionRow:
    known = {
        "key": "billing",
        "number": 0,
        "edition": 0,
        "state": VersionState.DRAFT,
        "author_id": None,
        "note": "first",
    }
    return VersionRow(**({"script_id": new_id(), "body": BODY, "parts": {}} | known | more))


def published(place: Place, row: VersionRow) -> VersionRow:
    with place.writer.database.write() as session:
        made = script_edit.save(session, row, "High bill", place.writer.agent_id)
        script_edit.hand_in(session, made, place.writer.agent_id)
    with place.other.database.write() as session:
        waiting = scripts.version(session, made.script_id, made.number)
        assert waiting is not None
        script_edit.review(session, waiting, place.other.agent_id, "good", publish=True)
        found = scripts.version(session, made.script_id, made.number)
    assert found is not None
    return found


def test_from_a_draft_to_what_calls_get_and_back(place: Place) -> None:
    first = published(place, draft())
    with place.dana.database.read() as session:
        (kept,) = scripts.shelf(session).versions
    assert (kept.number, kept.body, kept.key) == (1, BODY, "billing")
    with place.writer.database.write() as session:
        second = script_edit.save(
            session, replace(first, note="better", body=BODY | {"steps": []}), "T", None or place.writer.agent_id
        )
        assert (second.number, second.edition) == (2, 1)
        with pytest.raises(Stale):
            script_edit.save(session, first, "T", place.writer.agent_id)
        assert [line.state for line in scripts.scripts(session)] == ["draft"]
    with place.dana.database.read() as session:
        assert scripts.shelf(session).versions[0].number == 1, "a draft is nobody's yet"
    published(place, second)
    with place.dana.database.read() as session:
        assert scripts.shelf(session).versions[0].number == 2
        assert scripts.version(session, first.script_id, 1) == first, "runs of it can be gone on with"
    with place.writer.database.write() as session:
        script_edit.use(session, first.script_id, 1)
        with pytest.raises(Refused, match="published"):
            script_edit.use(session, first.script_id, 9)
    with place.dana.database.read() as session:
        assert scripts.shelf(session).versions[0].number == 1
    with place.writer.database.read() as session:
        lines = scripts.history(session, first.script_id)
        assert [(line.number, line.state, line.used) for line in lines] == [
            (2, "published", False),
            (1, "published", True),
        ]
        assert (lines[1].note, lines[1].review_note, bool(lines[1].reviewer)) == ("first", "good", True)
        assert scripts.scripts(session)[0].title == "High bill", "in the first of its languages"


def test_what_was_handed_in_is_looked_through_by_somebody_else_and_may_be_given_back(place: Place) -> None:
    with place.writer.database.write() as session:
        made = script_edit.save(session, draft(), "High bill", place.writer.agent_id)
        with pytest.raises(Refused, match="not waiting"):
            script_edit.review(session, made, place.writer.agent_id, "", publish=True)
    with place.writer.database.write() as session:
        script_edit.hand_in(session, made, place.writer.agent_id)
        waiting = scripts.version(session, made.script_id, 1)
        assert waiting is not None
        with pytest.raises(Stale):
            script_edit.hand_in(session, made, place.writer.agent_id)
    if place.rights:
        with pytest.raises(Refused, match="Somebody else"), place.writer.database.write() as session:
            script_edit.review(session, waiting, place.writer.agent_id, "", publish=True)
        with place.dana.database.read() as session:
            assert scripts.version(session, made.script_id, 1) is None
            assert not script_edit.may_edit(session)
    with place.other.database.write() as session:
        with pytest.raises(Stale):
            script_edit.review(session, replace(waiting, edition=1), place.other.agent_id, "", publish=True)
        script_edit.review(session, waiting, place.other.agent_id, "too long", publish=False)
        back = scripts.version(session, made.script_id, 1)
        assert back is not None
        assert (back.state, scripts.history(session, made.script_id)[0].review_note) == ("draft", "too long")
        script_edit.save(session, back, "High bill", place.other.agent_id)


def test_everything_said_about_a_version_stays(place: Place) -> None:
    def seen(desk: Desk) -> VersionRow:
        with desk.database.read() as session:
            found = scripts.version(session, made.script_id, 1)
        assert found is not None
        return found

    writer, other = place.writer, place.other
    with writer.database.write() as session:
        made = script_edit.save(session, draft(), "High bill", writer.agent_id)
        script_edit.hand_in(session, made, writer.agent_id, " a new greeting ")
    with other.database.write() as session:
        script_edit.review(session, seen(other), other.agent_id, "too long\nand too loud", publish=False)
        assert scripts.returned(session, other.agent_id) == ()
    with writer.database.write() as session:
        [back] = scripts.returned(session, writer.agent_id)
        assert (back.script_id, back.number, back.note) == (made.script_id, 1, "too long\nand too loud")
        assert (back.title, bool(back.agent)) == ("High bill", True)
        script_edit.save(session, seen(writer), "High bill", writer.agent_id)
        assert scripts.returned(session, writer.agent_id) == (back,), "until it is handed in again"
        script_edit.hand_in(session, seen(writer), writer.agent_id)
        assert scripts.returned(session, writer.agent_id) == ()
    with other.database.write() as session:
        script_edit.review(session, seen(other), other.agent_id, "good", publish=True)
        script_edit.use(session, made.script_id, 0, other.agent_id)
    with writer.database.read() as session:
        told = [(line.number, line.what, line.note) for line in scripts.reviews(session, made.script_id)]
        names = [line.agent for line in scripts.reviews(session, made.script_id)]
    assert told == [
        (0, Review.USED, ""),
        (1, Review.PUBLISHED, "good"),
        (1, Review.HANDED_IN, ""),
        (1, Review.GIVEN_BACK, "too long\nand too loud"),
        (1, Review.HANDED_IN, "a new greeting"),
    ]
    assert names[0] == names[1] == names[3] != names[2] == names[4] != ""
    if place.rights:
        with pytest.raises(DatabaseTrouble), place.dana.database.read() as session:
            scripts.reviews(session, made.script_id)


def test_who_may_publish_what(place: Place) -> None:
    """Four eyes where people share a database: by whose words they are, not by who handed them in, or by a claim."""
    writer, other = place.writer, place.other
    with writer.database.write() as session:
        made = script_edit.save(session, draft(), "High bill", writer.agent_id)
    with other.database.write() as session:
        script_edit.hand_in(session, made, other.agent_id)

    def eyes(desk: Desk) -> Eyes:
        with desk.database.read() as session:
            return script_edit.eyes(session, made.script_id, 1)

    if not place.rights:
        assert eyes(writer) is Eyes.FILE
        with writer.database.write() as session:
            waiting = scripts.version(session, made.script_id, 1)
            assert waiting is not None
            script_edit.review(session, waiting, writer.agent_id, "", publish=True)
        return
    assert (eyes(writer), eyes(other)) == (Eyes.OWN, Eyes.OWN), "one wrote it, one handed it in"
    with other.database.write() as session:
        waiting = scripts.version(session, made.script_id, 1)
        assert waiting is not None
        script_edit.review(session, waiting, other.agent_id, "hand it in yourself", publish=False)
    with pytest.raises(DatabaseTrouble), other.database.write() as session:
        session.execute(text("UPDATE script_version SET writer_id = NULL"))
    with writer.database.write() as session:
        back = scripts.version(session, made.script_id, 1)
        assert back is not None
        script_edit.hand_in(session, back, writer.agent_id)
    assert (eyes(writer), eyes(other)) == (Eyes.OWN, Eyes.OTHERS)
    assert place.owner is not None
    for active, wanted in ((False, Eyes.ALONE), (True, Eyes.OWN), (False, Eyes.ALONE)):
        with place.owner.write() as session:
            session.execute(text("UPDATE agent SET active = :on WHERE login = 'leo'"), {"on": active})
        assert eyes(writer) is wanted
    with writer.database.write() as session:
        waiting = scripts.version(session, made.script_id, 1)
        assert waiting is not None
        script_edit.review(session, waiting, writer.agent_id, "nobody else is here", publish=True)
        assert scripts.scripts(session)[0].published == 1


def test_rules_and_ids(place: Place) -> None:
    made = published(place, draft())
    rule = RuleRow(new_id(), made.script_id, queue=" billing ", position=2)
    with place.writer.database.write() as session:
        script_edit.save_rule(session, rule)
        script_edit.save_rule(session, RuleRow(new_id(), made.script_id, active=False))
        with pytest.raises(Stale):
            script_edit.save_rule(session, rule)
        with pytest.raises(Refused, match="names a script"):
            script_edit.save_rule(session, RuleRow(new_id(), new_id()))
        with pytest.raises(Refused, match="this id"):
            script_edit.save(session, draft(), "Again", place.writer.agent_id)
        assert len(scripts.rules(session)) == 2
    with place.dana.database.read() as session:
        assert scripts.shelf(session).rules == (replace(rule, queue="billing", version=1),)
        known = scripts.known_words(session)
    assert set(known) == {"intent", "campaign", "language", "segment"}
    with place.writer.database.write() as session:
        script_edit.save_rule(session, RuleRow(new_id(), made.script_id, segment="Zzz, Aaa"))
        said = set(scripts.known_words(session)["segment"])
    assert said == {*known["segment"], "Zzz", "Aaa"}, "what other rules ask for is offered"


def run(desk: Desk, call: UUID, script: VersionRow, key: UUID, **more: Any) -> dict[str, Any]:
    said = {"run_id": key, "interaction_id": call, "script_id": script.script_id, "number": script.number}
    return said | {"begun_us": desk.at_us, "place": "a", "step": 1, "body": '{"answers": {"a": "bill"}}'} | more


def test_the_next_agent_goes_on_with_what_the_last_one_had(place: Place) -> None:
    made = published(place, draft())
    customer = place.dana.customer("Marta", "+48601442190")
    call, key = place.dana.call(customer), new_id()
    late = place.dana.make(ops.SaveScriptRun, **run(place.dana, call, made, key, body="{}"))
    place.dana.do(ops.SaveScriptRun, **run(place.dana, call, made, key, place="b", step=2, left="a", answered=True))
    with place.dana.database.write() as session:
        assert apply.apply(session, late).interactions == {call}
    with place.jonas.database.read() as session:
        (found,) = scripts.runs(session, call, None)
        assert (found.agent, found.step, found.body) == ("Dana Okafor", 2, {"answers": {"a": "bill"}})
    place.jonas.at_us = place.dana.at_us
    place.jonas.do(ops.SaveInteraction, interaction_id=call, outcome="answered")
    place.jonas.do(ops.SaveScriptRun, **run(place.jonas, call, made, key, place="c", step=3, left="b"))
    with place.dana.database.read() as session:
        assert [each.agent for each in scripts.runs(session, call, customer)] == ["Jonas Lind"]

        assert [each.id for each in scripts.runs(session, new_id(), customer)] == [key], "called back"
        assert scripts.runs(session, new_id(), customer, now=clock.now() + timedelta(days=30)) == ()
    place.dana.at_us = place.jonas.at_us
    place.dana.do(ops.SaveScriptRun, **run(place.dana, call, made, key, place="c", step=3, finished=True))
    with place.jonas.database.read() as session:
        assert scripts.runs(session, new_id(), customer) == ()
        assert [each.finished for each in scripts.runs(session, call, customer)] == [True]


def test_figures_by_step(place: Place) -> None:
    made = published(place, draft())
    for answers, finished in ((("bill", ""), True), (("bill",), False), (("move",), False), ((), False)):
        call, key = place.dana.call(), new_id()
        place.dana.do(ops.SaveScriptRun, **run(place.dana, call, made, key, place="a"))
        for at, answer in enumerate(answers):
            left, there = "ab"[at], "bc"[at]
            place.dana.do(
                ops.SaveScriptRun,
                **run(place.dana, call, made, key, place=there, left=left, answered=bool(answer), answer=answer,
                      spent_ms=2_000 + 1_000 * at, finished=finished and at == 1),
            )  # fmt: skip
    with place.writer.database.read() as session:
        found = scripts.statistics(session, made.script_id, 1)
        assert scripts.statistics(session, made.script_id, 7).runs == 0
        assert scripts.statistics(session, made.script_id) == found
    assert (found.runs, found.finished) == (4, 1)
    assert found.steps == (
        StepCount("a", 4, 3, 1, 2.0, (("bill", 2), ("move", 1))),
        StepCount("b", 3, 0, 2, 3.0),
    )


def test_erasing_takes_answers_and_leaves_figures_and_age_takes_all(request: pytest.FixtureRequest) -> None:
    database: Database = request.getfixturevalue("database")
    people = {row.login: row.id for row in _agents(database)}
    dana, jonas = Desk(database, people["dana"]), Desk(database, people["jonas"])
    made = published(Place(dana, jonas, dana, jonas, False), draft())
    customer = dana.customer("Marta", "+48601442190")
    call = dana.call(customer)
    dana.do(ops.SaveScriptRun, **run(dana, call, made, new_id(), left="a", answered=True, answer="bill"))
    with database.write() as session:
        erased = erasure.erase(session, privacy.person(session, customer), "asked for it")
        assert erased.counts["script_run"] == 1
        assert session.execute(select(ScriptRun.body)).scalars().all() == [{}]
        assert scripts.statistics(session, made.script_id).steps[0].answers == (("bill", 1),)
    with database.write() as session:
        retention.set_rule(session, "interaction", 1)
        aged = retention.run(session, dry=False, now=clock.from_us(dana.at_us) + timedelta(days=400))
        (calls,) = (each for each in aged if each.rule.kind == "interaction")
        assert (calls.counts["script_run"], calls.counts["script_step"]) == (1, 1)
        assert scripts.statistics(session, made.script_id).runs == 0


def test_what_was_erased_waits_in_no_journal_and_is_not_gone_on_with(place: Place) -> None:
    made = published(place, draft())
    call = place.dana.call()
    operation = place.dana.make(ops.SaveScriptRun, **run(place.dana, call, made, new_id()))
    stripped = erasure_desk.without(operation)
    assert isinstance(stripped, ops.SaveScriptRun)
    assert b"bill" not in msgspec.json.encode(stripped)
    with place.dana.database.write() as session:
        apply.apply(session, stripped)
        assert scripts.runs(session, call, None) == ()
        long = place.dana.make(ops.SaveScriptRun, **run(place.dana, call, made, new_id(), body="x" * 300_000))
        with pytest.raises(Refused, match="too long"):
            apply.apply(session, long)
