"""The program on a computer whose clock is wrong: ``python -m tests.support.other_clock AHEAD_S COMMAND...``."""

import sys
from datetime import timedelta

from agent_desktop import clock
from agent_desktop.cli import main

_now, _now_us = clock.now, clock.now_us

if __name__ == "__main__":
    ahead_s = int(sys.argv[1])
    clock.now = lambda: _now() + timedelta(seconds=ahead_s)
    clock.now_us = lambda: _now_us() + ahead_s * 1_000_000
    sys.exit(main(sys.argv[2:]))
