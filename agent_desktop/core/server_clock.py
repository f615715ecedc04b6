"""The present moment by the database's clock, as far as this workstation has measured it."""

from datetime import datetime, timedelta

from agent_desktop import clock

TOLD = timedelta(seconds=5)  # a computer's clock that is off by more is told: other programs of it go by that, too


class ServerClock:
    """``ahead`` is how far the database's clock is ahead of this computer's; zero until it has been asked."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Aware, in UTC."""
        return clock.now() + self.ahead
