"""Who and what a PBX's names mean: members of queues as people, queues by the name they have there."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from agent_desktop.data.centre_rows import AgentRow, QueueRow
from agent_desktop.data.folding import fold

# "PJSIP/1001-0000002a", "Local/1001@from-queue/n", "Agent/1001", "SIP/1001"; the endpoint without what comes after it
_INTERFACE = re.compile(r"^[A-Za-z0-9_]+/(?P<name>[^@/]+?)(?:-[0-9a-f]{8}(?:;[12])?)?(?:@[^/]*)?(?:/[a-z]+)?$")
_NUMBER = re.compile(r"(?<!\d)\d{2,8}(?!\d)")


def endpoint(channel: str) -> str:
    """The endpoint of a channel or interface, "1001" of "PJSIP/1001-0000002a"; the text itself where there is none."""
    found = _INTERFACE.match(channel.strip())
    return found["name"] if found is not None else channel.strip()


class People:
    """Finds agents by login, extension or name; ``said`` is what somebody typed: the PBX's name, our login.

    A name that means several people means nobody: work is never written to the wrong one.
    """

    def __init__(self, agents: Iterable[AgentRow], said: Mapping[str, str] | None = None):
        self.unknown: dict[str, int] = {}
        self._found: dict[str, UUID | None] = {}
        rows = list(agents)
        logins = {fold(row.login): row.id for row in rows}
        self._by: dict[str, UUID | None] = {}
        for texts in ([row.name for row in rows], [row.extension for row in rows], [row.login for row in rows]):
            for text, row in zip(texts, rows, strict=True):
                if key := fold(text):
                    self._by[key] = None if self._by.get(key, row.id) != row.id else row.id
        for name, login in (said or {}).items():
            self._by[fold(name)] = logins.get(fold(login))

    def find(self, name: str) -> UUID | None:
        """Whom the PBX means by this member or channel; None when nobody here is called so, which is counted."""
        if not name:
            return None
        if name not in self._found:
            self._found[name] = self._look(name)
        found = self._found[name]
        if found is None:
            self.unknown[name] = self.unknown.get(name, 0) + 1
        return found

    def known(self, name: str) -> UUID | None:
        """The same, without counting."""
        return self._found[name] if name in self._found else self._look(name)

    def is_one(self, channel: str) -> bool:
        """Whether a channel is an agent's; not counted when it is not."""
        return bool(channel) and self._look(channel) is not None

    def _look(self, name: str) -> UUID | None:
        for text in (name, endpoint(name)):
            if fold(text) in self._by:
                return self._by[fold(text)]
        numbers = _NUMBER.findall(endpoint(name)) if "/" not in name else []  # "Agent 1001"
        return self._by.get(numbers[0]) if len(numbers) == 1 else None


class Queues:
    """Finds queues by the PBX's name of them; ``make`` gives those that are not here an id of their own."""

    def __init__(self, queues: Iterable[QueueRow]):
        self._named = {row.name: row.id for row in queues}
        self._by = dict(self._named)
        for name, key in list(self._by.items()):
            self._by.setdefault(name.casefold(), key)

    def find(self, name: str) -> UUID | None:
        """None where no queue has the name."""
        key = self._by.get(name)
        return key if key is not None else self._by.get(name.casefold())

    def names(self) -> Iterable[tuple[str, UUID]]:
        """The PBX's name of each."""
        return self._named.items()

    def add(self, name: str, key: UUID) -> None:
        self._by[name] = key
