"""One's own presence on a real store: the lease, who ends it, another desk, pauses that last too long."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from agent_desktop import clock, data
from agent_desktop.core.desk_turn import Doing, Order, Told, turn
from agent_desktop.core.pause_watch import PauseWatch
from agent_desktop.core.views import Notice, PresenceView
from agent_desktop.data.centre_rows import PauseReasonRow
from agent_desktop.data.db import Database
from agent_desktop.data.desk_rows import Hold
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import Presence
from tests.support.workstation import Bench


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    yield made
    made.stop()


@pytest.fixture
def other(bench: Bench) -> Iterator[Database]:
    """Another program on the same database."""
    bench.arrives("SELECT 1 FROM desk WHERE expires_at IS NOT NULL")
    opened = Database.open(bench.profile.database_file)
    yield opened
    opened.close()


def shown(bench: Bench) -> tuple[Presence, str]:
    view = bench.session.presence_view()
    return view.presence, view.pending


def test_who_is_signed_out_by_a_supervisor_hears_it_and_can_come_back(bench: Bench, other: Database) -> None:
    me = bench.session.agent.id
    bench.until(lambda: shown(bench)[0] is Presence.READY, "ready")
    bench.arrives("SELECT 1 FROM presence WHERE presence = 'ready' AND agent_id = ?", me.bytes)
    with other.write() as session:
        sam = next(row for row in data.agents.agents(session) if row.id != me)
        data.desks.dismiss(session, me, sam.id, "gone home")
    bench.session.own.lease.put_right()  # what its clock would do within ten seconds
    bench.until(lambda: shown(bench)[0] is Presence.OFFLINE, "signed out")
    assert f"{sam.name} has signed you out: gone home" in bench.notices
    bench.session.set_ready()
    bench.arrives("SELECT 1 FROM desk WHERE expires_at IS NOT NULL AND dismissed_at IS NULL")
    assert shown(bench)[0] is Presence.READY


def test_at_the_second_desk_the_agent_works_on_and_the_first_says_nothing_more(bench: Bench, other: Database) -> None:
    me = bench.session.agent.id
    bench.until(lambda: shown(bench)[0] is Presence.READY, "ready")
    bench.until(lambda: not bench.core.journal.waiting_count(), "told")
    before = bench.rows("SELECT count(*) FROM presence")
    with other.write() as session:
        turn(session, Order(me, new_id(), False, Doing(Presence.READY), Doing()))
    bench.session.own.lease.put_right()
    bench.until(lambda: shown(bench)[0] is Presence.OFFLINE, "it is the other desk's now")
    assert any("another desktop" in words for words in bench.notices)
    assert bench.rows("SELECT count(*) FROM presence") == before, "here nothing is written of them"


def test_a_desk_that_was_cut_off_says_again_what_is_so(bench: Bench, other: Database) -> None:
    me = bench.session.agent.id
    bench.until(lambda: shown(bench)[0] is Presence.READY, "ready")
    bench.arrives("SELECT 1 FROM presence WHERE presence = 'ready' AND agent_id = ?", me.bytes)
    ago = clock.now_us() - 40_000_000
    with other.write() as session:
        session.connection().exec_driver_sql("UPDATE presence SET since = ? WHERE agent_id = ?", (ago, me.bytes))
        session.connection().exec_driver_sql("UPDATE desk SET expires_at = ?", (ago + 20_000_000,))
        assert data.desks.settle_lost(session) == 1
    bench.session.own.lease._held_us = ago
    bench.session.own.lease.put_right()
    bench.until(lambda: newest(bench, me) == [("offline", "lease"), ("ready", "desktop")], "it is back")


def test_a_desk_whose_coming_back_got_no_answer_tells_the_pbx_again(bench: Bench) -> None:
    lease = bench.session.own.lease
    bench.until(lambda: shown(bench)[0] is Presence.READY, "ready")
    bench.until(lambda: lease._held_us is not None and lease._told.presence is Presence.READY, "and told")
    lease._timer.stop()
    lease._took(Told(Hold(True), False, lease._held_us + 40_000_000, 0, lease._told))
    assert lease._told == Doing(), "a collector has paused whoever was lost"
    bench.until(lambda: lease._told.presence is Presence.READY, "told again")


def newest(bench: Bench, me: UUID) -> list[tuple[str, str]]:
    query = "SELECT presence, source FROM presence WHERE agent_id = ? ORDER BY since DESC, id DESC LIMIT 2"
    return bench.rows(query, me.bytes)[::-1]


def test_a_clock_that_is_off_is_told_once_and_set_right(bench: Bench) -> None:
    lease, time = bench.session.own.lease, bench.core.store.time
    off = Told(None, False, clock.now_us(), 7_000_000, Doing())
    for _ in range(2):
        lease._took(off)
    assert 6.9 < (time.now() - clock.now()).total_seconds() < 7.1
    assert [words for words in bench.notices if "clock" in words] == [
        "This computer’s clock is 7 s behind the database’s. Times are set right here; have the clock set."
    ]
    lease._took(replace(off, ahead_us=-6_000_000))
    lease._took(replace(off, ahead_us=0))
    lease._took(replace(off, ahead_us=-6_000_000))
    assert [words for words in bench.notices if "6 s ahead" in words] != [], "and again when it has been right"


def test_a_pause_that_lasts_too_long_is_told_before_and_at_its_end(qtbot: QtBot) -> None:
    told: list[Notice] = []
    watch = PauseWatch()
    watch.notice.connect(told.append)
    watch.set_reasons([PauseReasonRow(new_id(), "Lunch", limit_s=5), PauseReasonRow(new_id(), "Training")])
    watch.follow(PresenceView(Presence.PAUSED, clock.now() - timedelta(seconds=3.4), "Lunch"))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].text == "Your pause “Lunch” ends in 1 s."
    qtbot.waitUntil(lambda: len(told) == 2)
    assert (told[1].text, told[1].kind) == ("Your pause “Lunch” is over.", "bad")
    watch.follow(PresenceView(Presence.PAUSED, clock.now() - timedelta(hours=1), "Training"))
    watch.follow(PresenceView(Presence.READY, clock.now(), "Lunch"))
    assert not watch._timer.isActive()
