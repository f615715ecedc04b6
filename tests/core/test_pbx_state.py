"""Where desktop and PBX do not agree."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from agent_desktop.core.pbx_state import SETTLES, Difference, difference
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.desk_rows import PbxSaid
from agent_desktop.data.words import Presence as P

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD = NOW - 2 * SETTLES
D = Difference


@pytest.mark.parametrize(
    ("presence", "queues", "paused", "reachable", "serves", "expected"),
    [
        (P.READY, 2, 0, True, True, None),
        (P.READY, 2, 2, True, True, D.PAUSED),
        (P.READY, 2, 1, True, True, D.PAUSED),
        (P.READY, 2, 0, False, True, D.UNREACHABLE),
        (P.READY, 0, 0, False, True, D.NO_QUEUE),
        (P.READY, 0, 0, False, False, None),
        (P.PAUSED, 2, 2, True, True, None),
        (P.PAUSED, 2, 1, True, True, D.NOT_PAUSED),
        (P.PAUSED, 0, 0, False, True, None),
        (P.WRAP_UP, 1, 0, True, True, D.NOT_PAUSED),
        (P.OFFLINE, 1, 0, True, True, D.NOT_PAUSED),
        (P.TALKING, 1, 0, True, True, None),
        (P.RINGING, 1, 1, True, True, None),
    ],
)
def test_what_differs(presence: P, queues: int, paused: int, reachable: bool, serves: bool, expected: D | None) -> None:
    said = PbxSaid(queues, paused, "", reachable, OLD)
    row = PresenceRow(UUID(int=1), presence, OLD)
    assert difference(row, said, serves=serves, now=NOW) is expected
    assert difference(PresenceRow(UUID(int=1), presence, NOW), said, serves=serves, now=NOW) is None, "on its way"
    fresh = PbxSaid(queues, paused, "", reachable, NOW - timedelta(seconds=1))
    assert difference(row, fresh, serves=serves, now=NOW) is None


def test_of_whom_the_pbx_never_spoke() -> None:
    row = PresenceRow(UUID(int=1), P.READY, OLD)
    assert difference(row, None, serves=True, now=NOW) is D.NO_QUEUE
    assert difference(row, None, serves=False, now=NOW) is None
