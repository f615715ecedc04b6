"""Notices another network and a computer that slept: by the address that packets would leave from, and by the clock.

Looking costs three system calls a server and sends nothing, on every system alike: no notification of one is needed.
"""

import socket
import time
from collections.abc import Iterable

LOOK_EVERY_S = 0.5
SLEPT_S = 1.0  # by which the clock that runs during sleep went ahead
ANYWHERE = "192.0.2.1:5060"  # an address of the documentation: nothing is sent there
GAP_S = 10.0  # without a look: this process stood still, where the clocks do not tell


def own_address(peer: str) -> str:
    """The address that a packet to ``peer`` (ip:port) leaves from now; '' when no network leads there."""
    host, _, port = peer.rpartition(":")
    host = host.strip("[]")
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((host, int(port)))
            return str(probe.getsockname()[0])
    except (OSError, ValueError):
        return ""


def slept_s() -> float:
    """How long this computer has slept since it was started; 0.0 where the system does not tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) - time.clock_gettime(time.CLOCK_MONOTONIC) if boot is not None else 0.0


class NetworkWatch:
    """``look`` some times a second; says what changed since the last time."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._slept_s = slept_s()
        self._looked: float | None = None

    def look(self, peers: Iterable[str], now: float) -> tuple[bool, frozenset[str]]:
        """(the network is another one or the computer slept, peers that no network leads to since now).

        ``peers`` are ip:port; ``now`` is monotonic seconds. A peer that is new here tells of no other network.
        """
        slept = slept_s()
        woke = slept - self._slept_s > SLEPT_S or (self._looked is not None and now - self._looked > GAP_S)
        self._slept_s, self._looked = slept, now
        own = {peer: own_address(peer) for peer in peers}
        moved = any(address and address != self._own.get(peer, address) for peer, address in own.items())
        cut_off = frozenset(peer for peer, address in own.items() if not address and self._own.get(peer, "unknown"))
        self._own = own
        return moved or woke, cut_off
