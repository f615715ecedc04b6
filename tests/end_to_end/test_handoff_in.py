"""What a caller does in a real Asterisk's menu comes to agent and row, and along with transfers; secrets apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.core.states import CallState
from agent_desktop.telephony import messages as m
from tests.end_to_end.asterisk import Asterisk
from tests.end_to_end.test_desks_on_asterisk import desks
from tests.end_to_end.test_transfers import Desk
from tests.support import sip
from tests.support.collecting import CollectorProcess
from tests.support.workstation import MARTA

__all__ = ["desks"]  # a fixture
pytestmark = [pytest.mark.asterisk, pytest.mark.usefixtures("qapp")]
TALKING, HELD, RINGING = CallState.TALKING, CallState.HELD, CallState.RINGING
ACCOUNT, PIN = "20000000", "88417305"


@pytest.fixture
def collected(tmp_path: Path, pbx: Asterisk, desks: tuple[Desk, Desk]) -> Iterator[CollectorProcess]:
    """A collector on the desks' database."""
    made = CollectorProcess(tmp_path, "first", desks[0].database, pbx.manager_port).start().connected()
    yield made
    assert made.stop() == 0, made.said


def through_the_menu(pbx: Asterisk, dana: Desk) -> tuple[sip.EngineDriver, str]:
    """A customer presses 1, types an account number and a PIN, by RFC 4733, and waits; their phone and call."""
    customer = dana.other(listen_port=pbx.trunk_port, user="trunk")
    customer.send(m.Dial(call_id="customer", target=f"sip:5004@{pbx.address}", from_user=MARTA))
    customer.wait(m.CallAnswered)
    for prompt, digits in (("menu", "1"), ("account", f"{ACCOUNT}#"), ("card", f"{PIN}#")):
        dana.until(lambda prompt=prompt: f"prompts/{prompt}" in pbx.log(), f"the menu asks for {prompt}")
        customer.send(m.SendDigits(call_id="customer", digits=digits))
    dana.until(lambda: dana.states == [RINGING], "it rings")
    return customer, "customer"


def told(desk: Desk) -> dict[str, str]:
    """What the screen says of the caller's way, by field."""
    view = desk.session.pop_view()
    return {step.name: step.value for step in view.handoff if step.name} if view is not None else {}


def is_complete(desk: Desk) -> bool:
    """Whether the screen has the caller by the account number, and all that they did in the menu."""
    said, view = told(desk), desk.session.pop_view()
    return (
        said.get("account") == ACCOUNT
        and (said.get("pin"), said.get("pin_typed")) == ("passed", "•••• 7305")
        and (said.get("service"), said.get("language")) == ("support", "pl")
        and view.facts.pin_passed is True
        and view.pop.card is not None
        and view.pop.card.account_number == ACCOUNT
    )


@pytest.mark.parametrize("attended", [True, False], ids=["attended", "blind"])
@pytest.mark.usefixtures("collected")
def test_what_a_caller_does_in_the_menu_reaches_every_agent_who_gets_the_call(
    pbx: Asterisk, desks: tuple[Desk, Desk], tmp_path: Path, attended: bool
) -> None:
    dana, jonas = desks
    customer, call_id = through_the_menu(pbx, dana)
    dana.until(lambda: is_complete(dana), "it is all on Dana's screen")
    view = dana.session.pop_view()
    key = dana.views[0].interaction_id.bytes
    assert view.reason.startswith(f"Matched by account number {ACCOUNT}, typed in the menu")
    assert all(step.at for step in view.handoff if step.name in ("account", "service", "language"))
    query = (
        "SELECT 1 FROM interaction i JOIN customer c ON c.id = i.customer_id WHERE i.id = ? AND c.account_number = ?"
    )
    dana.arrives(query, key, ACCOUNT)
    assert dana.rows("SELECT value FROM handoff_secret WHERE interaction_id = ?", key) == [(PIN,)]
    dana.session.calls.answer()
    dana.until(lambda: dana.states == [TALKING], "talking")
    if attended:
        dana.session.outgoing.consult("1002", "Jonas Lind")
        jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
        jonas.session.calls.answer()
        dana.until(lambda: dana.states == [HELD, TALKING], "asked")
        jonas.until(lambda: is_complete(jonas), "it is all on Jonas's screen while he is asked")
        assert dana.session.transfers.complete()
    else:
        dana.session.outgoing.transfer("1002")
        jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
        jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "it is his call now")
    assert jonas.views[0].interaction_id.bytes == key
    jonas.until(lambda: is_complete(jonas), "it is all on Jonas's screen")
    secret = next(step.secret for step in jonas.session.pop_view().handoff if step.secret)
    shown: list[str] = []
    jonas.session.said.reveal(secret, shown.append, shown.append)
    jonas.until(lambda: shown, "what was typed")
    assert shown == [PIN]
    customer.send(m.HangUp(call_id=call_id))
    jonas.until(lambda: not jonas.views, "over")
    assert PIN not in in_clear(tmp_path, but=("centre", "collector.toml"))


def in_clear(folder: Path, but: tuple[str, ...]) -> str:
    """What desks and collector have written: logs, journals, caches."""
    files = [
        each for each in folder.rglob("*") if each.is_file() and not set(but) & set(each.relative_to(folder).parts)
    ]
    return " ".join(each.read_bytes().decode("latin-1") for each in files)
