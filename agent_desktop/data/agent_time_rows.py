"""How long somebody did what."""

import msgspec


class AgentTime(msgspec.Struct, frozen=True):
    """Microseconds of one person, or of several together."""

    handling_us: int = 0  # talking, holds in it, and wrap-up
    available_us: int = 0  # ready and ringing
    paused_us: int = 0

    @property
    def signed_in_us(self) -> int:
        return self.handling_us + self.available_us + self.paused_us

    def __add__(self, other: "AgentTime") -> "AgentTime":
        return AgentTime(
            self.handling_us + other.handling_us,
            self.available_us + other.available_us,
            self.paused_us + other.paused_us,
        )
