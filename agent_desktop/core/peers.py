"""Who sends us calls: which addresses are the PBX's, and whose word about a caller is believed."""

import socket
from collections.abc import Callable

from agent_desktop import tasks
from agent_desktop.settings import Account, Phone


def host(address: str) -> str:
    """An address without its port: "pbx.example.com:5060", "[2001:db8::1]:5060", "2001:db8::1"."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address if address.count(":") > 1 else address.partition(":")[0]


class Peers:
    """``settings`` gives the phone's. A call comes from an address, the settings name a host: both mean the PBX."""

    def __init__(self, settings: Callable[[], Phone], lanes: tasks.Tasks):
        self._settings, self._tasks = settings, lanes
        self._servers: frozenset[str] = frozenset()

    def look_up(self) -> None:
        """Ask which addresses the PBX has now, each server of it; their names are believed meanwhile."""
        names = _names(self._settings())
        self._servers = names

        def found(addresses: frozenset[str]) -> None:
            if names == _names(self._settings()):
                self._servers = addresses | names

        if names:
            self._tasks.work(lambda: frozenset[str]().union(*map(_addresses, names)), found)

    def trusts(self, source: str) -> bool:
        """Whether what comes from this address may say who calls."""
        return host(source) in self._settings().trusted_peers or host(source) in self._servers

    def may_answer_for_us(self, source: str) -> bool:
        """Whether calls from there may be answered by themselves."""
        return self.trusts(source) and host(source) in self._settings().auto_answer_peers


def _names(phone: Phone) -> frozenset[str]:
    """Every host that calls of our accounts may come from."""
    accounts: tuple[Phone | Account, ...] = (phone, *phone.more_accounts)
    named = [name for one in accounts for name in (one.domain, one.proxy, *one.servers)]
    return frozenset(host(name) for name in named if name)


def _addresses(name: str) -> frozenset[str]:
    """What the name means now; nothing for a name that nobody knows."""
    try:
        return frozenset(str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_DGRAM))
    except OSError:
        return frozenset()
