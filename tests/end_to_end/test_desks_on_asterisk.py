"""Two desktops as accounts of a real Asterisk: transfers stay one interaction, whatever the exchange makes of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent_desktop import secrets
from agent_desktop.core.call import Call
from agent_desktop.core.states import CallState
from agent_desktop.data.db import Database
from agent_desktop.data.words import Presence
from agent_desktop.paths import Profile
from agent_desktop.telephony import messages as m
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_transfers import Desk
from tests.support import sip
from tests.support.workstation import MARTA, company

pytestmark = [pytest.mark.asterisk, pytest.mark.usefixtures("qapp")]
TALKING, HELD, RINGING = CallState.TALKING, CallState.HELD, CallState.RINGING


@pytest.fixture
def desks(tmp_path: Path, pbx: Asterisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Desk]]:
    """Dana is 1001, the only agent of support; Jonas is 1002."""
    monkeypatch.setattr(secrets, "read", lambda name: f"change-me-{name[4:8]}")
    shared = Profile(tmp_path / "centre")
    company(shared)
    database = Database.open(shared.database_file)
    with database.write() as session:
        for login, extension in (("dana", "1001"), ("jonas", "1002")):
            session.connection().exec_driver_sql("UPDATE agent SET extension = ? WHERE login = ?", (extension, login))
        for ours, theirs in (("outages", "support"), ("moves", "sales")):
            renamed = "UPDATE queue SET name = ?, label = ? WHERE name = ?"
            session.connection().exec_driver_sql(renamed, (theirs, theirs.title(), ours))
    database.close()
    with ExitStack() as running:
        made = []
        for login, extension in (("dana", "1001"), ("jonas", "1002")):
            desk = Desk(tmp_path / login, shared.database_file, login, extension)
            running.callback(desk.stop)
            queue_dial = f"sip:{{queue}}@{pbx.address}"
            made.append(desk.start(mode="account", domain=pbx.address, queue_dial=queue_dial))
        yield made[0], made[1]


@pytest.fixture
def sipp(tmp_path: Path, program) -> Iterator[sip.SippRunner]:
    program("sipp")
    (tmp_path / "sipp").mkdir()
    runner = sip.SippRunner(tmp_path / "sipp")
    yield runner
    runner.stop()


def queue_call(pbx: Asterisk, dana: Desk, sipp: sip.SippRunner) -> tuple[Call, sip.Sipp]:
    """A customer out of the queue, answered by Dana."""
    caller = sipp.call("call_until_bye", pbx.sip_port, user="5001")
    dana.until(lambda: dana.states == [RINGING], "it rings")
    call: Call = dana.session.book.ringing()
    dana.session.calls.answer()
    dana.until(lambda: dana.states == [TALKING], "talking")
    return call, caller


def test_a_customer_is_handed_over_through_the_exchange(
    pbx: Asterisk, desks: tuple[Desk, Desk], sipp: sip.SippRunner
) -> None:
    dana, jonas = desks
    first, caller = queue_call(pbx, dana, sipp)
    dana.session.note_typed("wants her money back")
    assert dana.session.outgoing.consult("1002", "Jonas Lind") is not None
    jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
    offered = jonas.views[0]
    assert (offered.interaction_id, offered.consult, offered.via) == (first.interaction_id, True, "Dana Okafor (1001)")
    jonas.until(lambda: jonas.views[0].name == "Marta Kowalczyk", "whom it is about")
    jonas.session.calls.answer()
    dana.until(lambda: dana.states == [HELD, TALKING], "asked")
    assert dana.session.transfers.complete()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "it is his call now")
    jonas.until(lambda: jonas.session.pop_view().arrival.notes, "the note")
    jonas.session.calls.end()
    caller.check()
    jonas.until(
        lambda: jonas.session.presence_view().presence is Presence.WRAP_UP, "whoever talked to her writes it up"
    )
    key = first.interaction_id.bytes
    query = "SELECT direction, number, outcome FROM interaction WHERE id = ? AND ended_at IS NOT NULL"
    assert jonas.arrives(query, key) == ("inbound", MARTA, "transferred")
    assert len(jonas.rows("SELECT 1 FROM leg WHERE interaction_id = ?", key)) == 3


def test_a_blind_transfer_through_the_exchange_is_the_same_interaction(
    pbx: Asterisk, desks: tuple[Desk, Desk], sipp: sip.SippRunner
) -> None:
    dana, jonas = desks
    first, caller = queue_call(pbx, dana, sipp)
    dana.session.outgoing.transfer("1002")
    jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
    offered = jonas.views[0]
    assert (offered.interaction_id, offered.via) == (first.interaction_id, "Dana Okafor (1001)")
    jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: jonas.states == [TALKING], "talking")
    jonas.session.calls.end()
    caller.check()


def test_an_outside_call_that_is_transferred_keeps_its_direction_and_number(
    pbx: Asterisk, desks: tuple[Desk, Desk], sipp: sip.SippRunner
) -> None:
    dana, jonas = desks
    customer = dana.other(listen_port=pbx.trunk_port, user="trunk")
    first = dana.session.outgoing.dial(f"sip:48601442190@{pbx.address}", "Marta")
    assert first is not None
    incoming = customer.wait(m.IncomingCall)
    customer.send(m.Answer(call_id=incoming.call_id))
    dana.until(lambda: dana.states == [TALKING], "talking")
    dana.session.outgoing.transfer("1002")
    jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
    assert jonas.views[0].interaction_id == first.interaction_id
    jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: jonas.states == [TALKING], "talking")
    jonas.session.calls.end()
    jonas.until(lambda: not jonas.views, "over")
    query = "SELECT direction, number FROM interaction WHERE id = ? AND outcome = 'transferred'"
    assert jonas.arrives(query, first.interaction_id.bytes) == ("outbound", first.number)


def test_a_call_goes_from_queue_to_queue_and_stays_one_interaction(pbx: Asterisk, desks: tuple[Desk, Desk]) -> None:
    """Dana calls a customer and sends her to sales, where Jonas answers; he asks in support, where Dana does."""
    dana, jonas = desks
    pbx.command("queue pause member PJSIP/1001 queue sales")  # Dana would be rung there, too
    customer = dana.other(listen_port=pbx.trunk_port, user="trunk")
    first = dana.session.outgoing.dial(f"sip:48601442190@{pbx.address}", "Marta")
    assert first is not None
    customer.send(m.Answer(call_id=customer.wait(m.IncomingCall).call_id))
    dana.until(lambda: dana.states == [TALKING], "talking")
    dana.session.note_typed("an upgrade, please")
    dana.session.outgoing.transfer(dana.queue("Sales"))
    jonas.until(lambda: jonas.states == [RINGING], "the queue rings Jonas")
    offered = jonas.views[0]
    assert (offered.interaction_id, offered.queue) == (first.interaction_id, "Sales")
    jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: jonas.states == [TALKING], "talking")
    jonas.until(lambda: jonas.session.pop_view().arrival.notes, "the note")

    assert jonas.session.outgoing.consult(jonas.queue("Support"), "Support") is not None
    dana.until(lambda: dana.states == [RINGING], "the queue rings Dana")
    asked = dana.views[0]
    assert (asked.interaction_id, asked.queue, asked.consult) == (first.interaction_id, "Support", True)
    dana.session.calls.answer()
    dana.until(lambda: dana.states == [TALKING], "asked")
    assert jonas.session.transfers.complete()
    jonas.until(lambda: not jonas.views, "Jonas is out of it")
    dana.until(lambda: [(v.state, v.consult) for v in dana.views] == [(TALKING, False)], "it is hers again")
    dana.session.calls.end()
    customer.wait(m.CallEnded)
    key = first.interaction_id.bytes
    query = "SELECT direction, number, outcome FROM interaction WHERE id = ? AND ended_at IS NOT NULL"
    assert dana.arrives(query, key) == ("outbound", first.number, "transferred")
    legs = dana.rows("SELECT direction, purpose FROM leg WHERE interaction_id = ? ORDER BY started_at", key)
    assert legs == [("outbound", ""), ("inbound", ""), ("outbound", "consult"), ("inbound", "consult")]
