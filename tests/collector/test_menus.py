"""Customers in menus, without a PBX: what a request may say, and what the dialplan's events mean."""

import asyncio

import pytest

from agent_desktop import clock
from agent_desktop.collector.ami import Manager
from agent_desktop.collector.menus import Menus
from agent_desktop.collector.monitors import Nonsense
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.ids import new_id
from agent_desktop.data.ivr_rows import HandoverState
from agent_desktop.data.words import RequestKind, RequestState

CALL = str(new_id())
PAY = {"menu": "payment", "interaction": CALL, "amount": "412.60", "currency": "PLN"}


def request(kind: RequestKind, detail: dict[str, str]) -> PbxRequestRow:
    me = new_id()
    return PbxRequestRow(new_id(), clock.now(), kind, RequestState.TAKEN, me, me, None, "", detail, "", None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"menu": "shell"}, {"interaction": "x"}, {"interaction": ""}, {"amount": ""}, {"amount": "412"},
        {"amount": "1.00,4111111111111111"}, {"amount": "${SHELL(id)}"}, {"amount": "-1.00"}, {"amount": "1.00)"},
        {"currency": "PLN,1"}, {"currency": "pln"}, {"amount": "٤.٠٠"},
    ],
)  # fmt: skip
def test_what_could_mean_something_else_in_the_dialplan_is_refused(change: dict[str, str]) -> None:
    async def ask() -> None:
        manager = Manager((), lambda _events: None)  # connected to nothing: it must not even be asked
        await Menus().hand_over(manager, request(RequestKind.HAND_OVER, PAY | change), "PJSIP/1001")

    with pytest.raises(Nonsense):
        asyncio.run(ask())


def test_events_are_counted_digits_and_nothing_else() -> None:
    menus, key, at = Menus(), new_id(), clock.now()
    menus.hear({"Request": str(key), "State": "menu", "Step": "card", "Digits": "12"}, at)
    menus.hear({"Request": "x", "State": "menu", "Step": "card", "Digits": "12"}, at)
    menus.hear({"Request": str(key), "State": "bribed"}, at)
    menus.hear({"Request": str(key), "State": "menu", "Step": "c" * 500, "Digits": "4111111111111111",
                "Reference": "A1\x1b[2J\u202e\x00 2"}, at)  # fmt: skip
    first, second = menus.take_told()
    assert (first.id, first.state, first.step, first.digits) == (key, HandoverState.MENU, "card", 12)
    assert (len(second.step), second.digits) == (80, 0), "a number is no count of digits"
    assert second.reference == "A1[2J 2"
    menus.give_back([first])
    menus.forget(at)
    assert menus.take_told() == [first]
