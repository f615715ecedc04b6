"""What a caller does in a real Asterisk's menu comes to agent and row, and along with transfers; secrets apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.data.words import Presence
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
    made = CollectorProcess(tmp_path, "first", desks[0].database, pbx.manager_port).start()
    try:
        yield made.connected()
    finally:
        assert made.stop() == 0, made.said


def through_the_menu(pbx: Asterisk, dana: Desk, customer: sip.EngineDriver, call_id: str) -> None:
    """The customer presses 1, types an account number and a PIN, by RFC 4733, and waits for Dana."""
    asked = {prompt: pbx.log().count(f"prompts/{prompt}") for prompt in ("menu", "account", "card")}
    customer.send(m.Dial(call_id=call_id, target=f"sip:5004@{pbx.address}", from_user=MARTA))
    customer.wait(m.CallAnswered, lambda event: event.call_id == call_id)
    for prompt, digits in (("menu", "1"), ("account", f"{ACCOUNT}#"), ("card", f"{PIN}#")):
        dana.until(lambda p=prompt: pbx.log().count(f"prompts/{p}") > asked[p], f"the menu asks for {prompt}")
        customer.send(m.SendDigits(call_id=call_id, digits=digits))
    dana.until(lambda: dana.states == [RINGING], "it rings")


def told(desk: Desk) -> dict[str, str]:
    """What the screen says of the caller's way, by field, and of the caller."""
    view = desk.session.pop_view()
    if view is None:
        return {}
    found = {step.name: step.value for step in view.handoff if step.name in ("account", "pin", "pin_typed", "service")}
    found |= {"language": view.facts.language, "right": str(view.facts.pin_passed)}
    return found | {"customer": view.pop.card.account_number if view.pop.card is not None else ""}


ALL = {"account": ACCOUNT, "pin": "passed", "pin_typed": "•••• 7305", "service": "support", "language": "pl"}
ALL |= {"right": "True", "customer": ACCOUNT}


def complete(desk: Desk) -> None:
    """The screen has the caller by the account number, and all that they did in the menu."""
    try:
        desk.until(lambda: told(desk) == ALL, "it is all on the screen", within_s=30.0)
    except AssertionError:
        assert told(desk) == ALL


def handed_on(dana: Desk, jonas: Desk, *, attended: bool) -> None:
    """Dana's customer becomes Jonas's."""
    if attended:
        dana.session.outgoing.consult("1002", "Jonas Lind")
        jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
        jonas.session.calls.answer()
        dana.until(lambda: dana.states == [HELD, TALKING], "asked")
        complete(jonas)
        assert dana.session.transfers.complete()
    else:
        dana.session.outgoing.transfer("1002")
        jonas.until(lambda: jonas.states == [RINGING], "Jonas's phone rings")
        jonas.session.calls.answer()
    dana.until(lambda: not dana.views, "Dana is out of it")
    jonas.until(lambda: [(v.state, v.consult) for v in jonas.views] == [(TALKING, False)], "it is his call now")


def revealed(desk: Desk) -> str:
    """What was typed in secret, asked for."""
    secret = next(step.secret for step in desk.session.pop_view().handoff if step.secret)
    shown: list[str] = []
    desk.session.said.reveal(secret, shown.append, shown.append)
    desk.until(lambda: shown, "what was typed")
    return shown[0]


def written_up(*desks: Desk) -> None:
    for desk in desks:
        desk.until(lambda desk=desk: desk.session.wrap_up_view() is not None, "a wrap-up")
        view = desk.session.wrap_up_view()
        desk.session.complete_wrap_up(WrapUpResult(view.interaction_id, view.dispositions[0].id, "", ""))
        desk.until(lambda desk=desk: desk.session.presence_view().presence is Presence.READY, "Ready again")


@pytest.mark.usefixtures("collected")
def test_what_a_caller_does_in_the_menu_reaches_every_agent_who_gets_the_call(
    pbx: Asterisk, desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    dana, jonas = desks
    customer = dana.other(listen_port=pbx.trunk_port, user="trunk")
    for call_id, attended in (("first", True), ("second", False)):
        through_the_menu(pbx, dana, customer, call_id)
        complete(dana)
        view, key = dana.session.pop_view(), dana.views[0].interaction_id.bytes
        assert view.reason.startswith(f"Matched by account number {ACCOUNT}, typed in the menu")
        assert all(step.at for step in view.handoff if step.name in ("account", "service", "language"))
        whose = (
            "SELECT 1 FROM interaction i JOIN customer c ON c.id = i.customer_id WHERE i.id = ? AND account_number = ?"
        )
        dana.arrives(whose, key, ACCOUNT)
        assert dana.rows("SELECT value FROM handoff_secret WHERE interaction_id = ?", key) == [(PIN,)]
        dana.session.calls.answer()
        dana.until(lambda: dana.states == [TALKING], "talking")
        handed_on(dana, jonas, attended=attended)
        assert jonas.views[0].interaction_id.bytes == key
        complete(jonas)
        assert revealed(jonas) == PIN
        customer.send(m.HangUp(call_id=call_id))
        jonas.until(lambda: not jonas.views, "over")
        written_up(dana, jonas)
    assert PIN not in in_clear(tmp_path, but=("centre", "collector.toml"))


def in_clear(folder: Path, but: tuple[str, ...]) -> str:
    """What desks and collector have written: logs, journals, caches."""
    files = [
        each for each in folder.rglob("*") if each.is_file() and not set(but) & set(each.relative_to(folder).parts)
    ]
    return " ".join(each.read_bytes().decode("latin-1") for each in files)
