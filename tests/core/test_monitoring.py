"""A call for listening in at a real desk: answered for an own, fresh request of a trusted peer only; never a call."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from agent_desktop.core import monitoring
from agent_desktop.core.monitoring import Monitoring
from agent_desktop.data import collecting
from agent_desktop.data.db import Database
from agent_desktop.data.words import Presence, RequestState
from agent_desktop.telephony import messages as m
from tests.support import sip
from tests.support.workstation import Bench

pytestmark = pytest.mark.usefixtures("qapp")
COLLEAGUE = UUID(int=77)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk").start()
    made.until(lambda: made.session.agent is not None, "who works here")
    yield made
    made.stop()


def call(bench: Bench, caller: sip.EngineDriver, key: object) -> str:
    call_id = f"spy{uuid4().hex[:6]}"
    headers = (("X-Monitor", str(key)),)
    caller.send(m.Dial(call_id=call_id, target=f"sip:agent@{sip.HOST}:{bench.port}", headers=headers))
    return call_id


def ended(bench: Bench, caller: sip.EngineDriver, call_id: str) -> int:
    bench.until(lambda: caller.hear() or any(e.call_id == call_id for e in caller.of(m.CallEnded)), "it ends")
    return next(event.code for event in caller.of(m.CallEnded) if event.call_id == call_id)


def asked(bench: Bench, listens: Monitoring) -> UUID:
    listens.start(COLLEAGUE, "Anna Nowak")
    (key,) = bench.arrives("SELECT hex(id) FROM pbx_request WHERE state = 'asked' ORDER BY at DESC LIMIT 1")
    return UUID(key)


def done(bench: Bench, key: UUID, state: RequestState = RequestState.DONE, words: str = "") -> None:
    database = Database.open(bench.profile.database_file)
    with database.write() as session:
        collecting.finish_request(session, key, state, words)
    database.close()


def test_only_what_was_asked_for_is_answered_and_nothing_of_it_is_a_call(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, core = bench.other(), bench.core
    assert core is not None
    listens, calls = core.monitoring, bench.session.book.calls
    before = bench.rows("SELECT count(*) FROM interaction")
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "ready")

    assert ended(bench, caller, call(bench, caller, uuid4())) == 603, "nobody asked for that"
    key = asked(bench, listens)
    assert ended(bench, caller, call(bench, caller, uuid4())) == 603, "for another request"
    monkeypatch.setattr(monitoring, "VALID_S", 0.0)
    assert ended(bench, caller, call(bench, caller, key)) == 603, "too late"
    monkeypatch.undo()
    heard = call(bench, caller, key)
    bench.until(lambda: caller.hear() or any(e.call_id == heard for e in caller.of(m.CallAnswered)), "answered")
    done(bench, key)
    bench.until(lambda: listens.view is not None and listens.view.state == "listening", "listening")
    assert ended(bench, caller, call(bench, caller, key)) == 603, "once only"
    assert bench.session.presence_view().presence is Presence.PAUSED
    assert calls == {}
    listens.end()
    assert ended(bench, caller, heard) == 200
    bench.until(lambda: bench.session.presence_view().presence is Presence.READY, "ready again")

    key = asked(bench, listens)
    failures: list[str] = []
    listens.failed.connect(failures.append)
    done(bench, key, RequestState.REFUSED, "Your phone is busy.")
    bench.until(lambda: failures == ["Your phone is busy."], "why not")
    assert listens.view is None
    assert ended(bench, caller, call(bench, caller, key)) == 603, "it was refused"
    assert bench.rows("SELECT count(*) FROM interaction") == before
    assert bench.session.wrap_ups.waiting() is None

    bench.session.book.trusted = lambda _source: False
    call(bench, caller, asked(bench, listens))
    bench.until(lambda: len(calls) == 1, "whom nobody trusts rings as everybody does")
    bench.session.calls.answer()
    bench.until(lambda: listens.view is None, "a call of one's own comes first")


def test_an_engine_s_call_from_before_is_hung_up(bench: Bench) -> None:
    assert bench.core is not None
    incoming = m.IncomingCall(seq=1, at_us=1, call_id="left", sip_call_id="x", request_uri="sip:a@b",
                              headers=(("X-Monitor", str(uuid4())),), source="127.0.0.1:5060")  # fmt: skip
    values = {"started_us": 1, "answered_us": 2, "held": False, "held_by_remote": False, "muted": False, "hold_s": 0.0}
    left = m.CallSnapshot(call_id="left", direction="inbound", state="talking", incoming=incoming, **values)  # type: ignore[arg-type]
    bench.session.calls._attached((left,))
    assert bench.session.book.calls == {}
    assert bench.core.monitoring.take(m.CallEnded(seq=2, at_us=3, call_id="left", code=200, reason="", by="local"))
