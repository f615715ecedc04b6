"""What this computer itself still keeps of a person: writes that wait in journals, what was refused, what was typed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from agent_desktop.data.journal import Journal
from agent_desktop.data.operations import encode
from agent_desktop.data.privacy import Person


def waiting(journals: Sequence[Path], who: Person) -> int:
    """How many writes about this person have not reached the database yet; they would bring back what is erased."""
    return sum(_each(journals, lambda journal: sum(_about(encode(one), who) for one in journal.pending())))


def clear(journals: Sequence[Path], who: Person) -> int:
    """Drop what was refused and what was only typed about this person; how many there were."""

    def drop(journal: Journal) -> int:
        refused = [row for row in journal.refused() if _about(row.body, who)]
        for row in refused:
            journal.dismiss_refused(row.seq)
        typed = [key for key, body in journal.drafts().items() if _about(key.encode() + b" " + body, who)]
        if typed:
            journal.put_many([], finished_drafts=typed)
        return len(refused) + len(typed)

    return sum(_each(journals, drop))


def _each(journals: Sequence[Path], work: Callable[[Journal], int]) -> list[int]:
    found = []
    for path in journals:
        journal = Journal(path)
        try:
            found.append(work(journal))
        finally:
            journal.close()
    return found


def _about(body: bytes, who: Person) -> bool:
    """Whether a row speaks of them: by an id of theirs, or by a number that nobody else has."""
    marks = (*who.customers, *who.interactions, *who.tickets, *who.work, *who.numbers)
    return any(str(mark).encode() in body for mark in marks)
