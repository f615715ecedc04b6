"""Numbers and addresses that two people changed: what there is to decide, and the edit as it was decided."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.operations import line_said
from agent_desktop.data.rows import CustomerCard
from agent_desktop.ui import reach_lines
from agent_desktop.ui.clash import Clash
from agent_desktop.ui.reach_lines import Reach


def clashes(said: op.SaveCustomer, card: CustomerCard, titles: tuple[str, str], removed: str) -> list[Clash]:
    """One for each line, named by its id. ``titles`` of a number and an address; ``removed`` says that none is left."""
    stored = {line[0]: line for line in reach_lines.of_card(card)}
    found = []
    for title, mine in zip(titles, (_phones(said), _emails(said)), strict=True):
        for key, line in mine.items():
            before, now = said.lines_before.get(str(key)), stored.get(key)
            if before is None or (now is None and line is None):
                continue
            if now is not None and (_said(now) == before or (line is not None and now[1:] == line[1:])):
                continue
            text, _, name = before.partition("\t")
            shown = [
                reach_lines.shown(each) if each is not None else removed for each in ((key, text, name), now, line)
            ]
            found.append(Clash(str(key), title, *shown))
    return found


def decided(said: op.SaveCustomer, card: CustomerCard, given_up: Collection[str]) -> op.SaveCustomer:
    """The edit against what is stored now, without the lines given up; one of which nothing is left is added."""
    stored = {line[0]: line for line in reach_lines.of_card(card)}

    def stands(key: UUID) -> bool:
        return str(key) not in given_up

    phones = [line for line in said.phones_changed if stands(line[0])]
    emails = [line for line in said.emails_changed if stands(line[0])]
    return msgspec.structs.replace(
        said,
        phones_removed=tuple(filter(stands, said.phones_removed)),
        emails_removed=tuple(filter(stands, said.emails_removed)),
        phones_changed=tuple(line for line in phones if line[0] in stored),
        emails_changed=tuple(line for line in emails if line[0] in stored),
        phones_added=(*said.phones_added, *((new_id(), *line[1:]) for line in phones if line[0] not in stored)),
        emails_added=(*said.emails_added, *((new_id(), line[1]) for line in emails if line[0] not in stored)),
        lines_before={str(key): _said(line) for key, line in stored.items()},
    )


def _said(line: Reach) -> str:
    return line_said(line[1], line[2])


def _phones(said: op.SaveCustomer) -> dict[UUID, Reach | None]:
    changed: dict[UUID, Reach | None] = {key: (key, text, name) for key, text, name in said.phones_changed}
    return changed | dict.fromkeys(said.phones_removed)


def _emails(said: op.SaveCustomer) -> dict[UUID, Reach | None]:
    changed: dict[UUID, Reach | None] = {key: (key, address, "") for key, address in said.emails_changed}
    return changed | dict.fromkeys(said.emails_removed)
