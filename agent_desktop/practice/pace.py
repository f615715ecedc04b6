"""How virtual time runs against the clock on the wall: at a speed that can change, or not at all."""

# A machine that slept must not wake up to hours of calls at once.
LONGEST_STEP_US = 5_000_000


class Pace:
    """Maps wall time to virtual time and back, piecewise linear; both in µs since 1970."""

    def __init__(self, virtual_us: int, wall_us: int, speed: float = 1.0):
        self._virtual = virtual_us
        self._wall = wall_us
        self.speed = speed

    def step(self, wall_us: int) -> int:
        """The virtual time at ``wall_us``; never backwards, and forward by at most LONGEST_STEP_US of wall time.

        Asked often (several times a second): what was mapped at one step may only be mapped back until the next.
        """
        passed = min(max(wall_us - self._wall, 0), LONGEST_STEP_US)
        self._virtual += round(passed * self.speed)
        self._wall = wall_us
        return self._virtual

    def set_speed(self, wall_us: int, speed: float) -> None:
        """From now on; 0 stands still. Raises ValueError for a negative one."""
        if speed < 0:
            raise ValueError("time does not run backwards")
        self.step(wall_us)
        self.speed = speed

    def wall(self, virtual_us: int) -> int:
        """The wall time of a virtual moment near the last step."""
        if self.speed == 0:
            return self._wall
        return self._wall + round((virtual_us - self._virtual) / self.speed)
