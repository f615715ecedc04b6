"""Who asked in vain asks again: at once, and ever later on a database that fails again and again."""

import pytest

from agent_desktop import clock
from agent_desktop.core.asked_again import FORGIVEN_S, MOST_S, AskedAgain

pytestmark = pytest.mark.usefixtures("qapp")


def test_each_failure_in_a_row_makes_them_wait_twice_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now, told = 1_000.0, list[float]()
    monkeypatch.setattr(clock, "monotonic", lambda: now)
    asked = AskedAgain()
    asked.now.connect(lambda: told.append(now))
    asked.answered()
    assert told == [now], "at the start everybody asks"
    asked.answered()
    assert told == [now], "and nobody was left without an answer"
    waits = []
    for _ in range(7):
        asked.failed()
        asked.answered()
        asked.answered()
        waits.append(asked._wait.interval() / 1000)
        assert len(told) == len(waits)
        now += waits[-1]
        asked._wait.stop()
        asked._wait.timeout.emit()
    assert waits == pytest.approx([1, 2, 4, 8, 16, MOST_S, MOST_S])
    now += FORGIVEN_S
    asked.failed()
    asked.answered()
    assert told[-1] == now, "that is forgotten"
    asked.failed()
    asked.answered()
    asked.stop()
    assert not asked._wait.isActive()
