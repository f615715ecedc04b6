"""The call-back list: each caller once, and struck off as soon as somebody has spoken to them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from agent_desktop.core.callbacks import together
from agent_desktop.data.callback_rows import AbandonedVisit, CallBackState, ClaimedWork, LaterCall

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
QUEUE, CALL = UUID(int=1), UUID(int=2)
ANN = "+48601442190"


def visit(minutes: float, reach: str | None = ANN, wait_s: float = 30, call: UUID | None = CALL) -> AbandonedVisit:
    entered = AT + timedelta(minutes=minutes)
    left = entered + timedelta(seconds=wait_s)
    return AbandonedVisit(entered, left, QUEUE, "billing", f"c{minutes}", call, reach or "", reach)


def later(minutes: float, *, outbound: bool, answered: bool) -> LaterCall:
    return LaterCall(ANN, AT + timedelta(minutes=minutes), outbound, answered, "Dana")


CASES = [
    ("nobody has tried", [], [], CallBackState.OPEN, True),
    ("before is not after", [later(5, outbound=True, answered=True)], [], CallBackState.OPEN, True),
    ("tried", [later(12, outbound=True, answered=False)], [], CallBackState.TRIED, True),
    ("reached", [later(12, outbound=True, answered=False), later(14, outbound=True, answered=True)], [],
     CallBackState.REACHED, False),
    ("called again", [later(12, outbound=False, answered=True)], [], CallBackState.CAME_BACK, False),
    ("called again in vain", [later(12, outbound=False, answered=False)], [], CallBackState.OPEN, True),
    ("a colleague is at it", [], [ClaimedWork(CALL, "claimed", "Jonas")], CallBackState.CLAIMED, True),
    ("ticked off", [], [ClaimedWork(CALL, "done", "")], CallBackState.DONE, False),
    ("on the list", [], [ClaimedWork(CALL, "open", "")], CallBackState.OPEN, True),
]  # fmt: skip


@pytest.mark.parametrize(("calls", "work", "state", "waits"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_has_come_of_a_caller(
    calls: list[LaterCall], work: list[ClaimedWork], state: CallBackState, waits: bool
) -> None:
    """Gave up at 9:00 and at 9:10; only what came after the last time counts."""
    (line,) = together([visit(10, wait_s=20), visit(0, wait_s=45)], calls, work, {})
    assert (line.state, line.waits) == (state, waits)
    assert (line.times, line.longest_wait_us) == (2, 45_000_000)
    assert line.last_at == AT + timedelta(minutes=10, seconds=20)


def test_who_waits_for_a_call_comes_first_and_unknown_numbers_stay_apart() -> None:
    visits = [visit(0, "+481"), visit(1, None, call=None), visit(2, None, call=None), visit(3, ANN)]
    lines = together(visits, [later(9, outbound=True, answered=True)], [], {})
    assert [(line.number, line.state) for line in lines] == [
        ("+481", CallBackState.OPEN),
        (ANN, CallBackState.REACHED),
        ("", CallBackState.NO_NUMBER),
        ("", CallBackState.NO_NUMBER),
    ]
