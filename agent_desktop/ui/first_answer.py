"""What the first start was answered."""

import msgspec

from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Settings


class FirstRun(msgspec.Struct, frozen=True):
    """``practice``: made-up calls on a database of their own, nothing else was asked. ``address``: the centre's server,
    which says who its people are; without one the agent ``name`` comes into being in a file of this computer."""

    name: str
    settings: Settings
    password: str  # of the phone account
    practice: bool
    address: ServerAddress | None = None
    database_password: str = ""

    def __repr__(self) -> str:
        return f"FirstRun({self.name!r}, practice={self.practice}, address={self.address!r})"
