"""A large centre's board under load for a minute; run by ``make soak``."""

import pytest

from benchmarks import board


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_a_large_board_keeps_up_for_a_minute() -> None:
    loaded, _floor = board.measured(board.Size(agents=500, queues=50), 60.0)
    assert loaded.cpu <= 15
    assert loaded.p99() <= 20
