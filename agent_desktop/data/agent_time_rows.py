"""How long somebody did what."""

import msgspec


class AgentTime(msgspec.Struct, frozen=True):
    """Microseconds of one person, or of several together."""

    handling_us: int = 0  # talking, holds in it, and wrap-up
    available_us: int = 0  # ready and ringing
    paused_us: int = 0
    kept_us: int = 0  # in what was planned for that very moment, of planned_us
    planned_us: int = 0  # work and breaks
    worked_us: int = 0  # whenever it was, by those who have a plan
    down_us: int = 0  # planned for work

    @property
    def signed_in_us(self) -> int:
        return self.handling_us + self.available_us + self.paused_us

    def __add__(self, other: "AgentTime") -> "AgentTime":
        return AgentTime(
            self.handling_us + other.handling_us,
            self.available_us + other.available_us,
            self.paused_us + other.paused_us,
            self.kept_us + other.kept_us,
            self.planned_us + other.planned_us,
            self.worked_us + other.worked_us,
            self.down_us + other.down_us,
        )
