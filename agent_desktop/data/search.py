"""One search over customers, tickets, people, notes and articles, for the command palette."""

from msgspec.structs import replace
from sqlalchemy.orm import Session

from agent_desktop.data import agents, customers, interactions, knowledge, tickets
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.rows import Found
from agent_desktop.data.sql import on_server


def search_all(session: Session, text: str, *, limit: int = 8, language: str = "en") -> Found:
    """What a text may mean, at most ``limit`` of each kind; "#" before it asks for tickets only, "@" for people.

    Articles are shown in ``language`` where they have it.
    """
    asked = text.strip()
    if asked.startswith("#"):
        return _at_most(limit * 3, Found(tickets=tickets.search(session, asked[1:], limit=limit * 3 + 1)))
    if asked.startswith("@"):
        return _at_most(limit * 3, Found(people=agents.search_agents(session, asked[1:], limit=limit * 3 + 1)))
    articles = knowledge.search(session, asked, language, limit=limit)
    ask = _at_once if on_server(session) else _one_by_one
    found = _at_most(limit, ask(session, asked, limit + 1))
    more = found.more | {"articles"} if articles.more else found.more
    return replace(found, articles=articles.lines, more=more)


def _one_by_one(session: Session, asked: str, limit: int) -> Found:
    return Found(
        customers.search(session, asked, limit=limit),
        tickets.search(session, asked, limit=limit),
        agents.search_agents(session, asked, limit=limit),
        interactions.notes_by_text(session, asked, limit=limit),
    )


def _at_most(limit: int, found: Found) -> Found:
    """One more of each kind was asked for, to know whether there is more."""
    return Found(
        found.customers[:limit], found.tickets[:limit], found.people[:limit], found.notes[:limit],
        frozenset(name for name in ("customers", "tickets", "people", "notes") if len(getattr(found, name)) > limit),
    )  # fmt: skip


def _at_once(session: Session, asked: str, limit: int) -> Found:
    """The same in one round trip; for digits in two, as the first asks which country's they are."""
    values = customers.sought(session, asked) | tickets.sought(asked) | (agents.sought(asked) or {}) | {"most": limit}
    if not values["words"]:
        return Found()
    lines = (customers.FOUND_LINES, tickets.FOUND_LINES, agents.FOUND_AGENTS, interactions.FOUND_NOTES)
    of_customers, of_tickets, people, notes = read_all(session, lines, values)
    return Found(
        tuple(customers.line_of(row) for row in of_customers),
        tuple(tickets.line_of(row) for row in of_tickets),
        tuple(agents.agent_of(row) for row in people),
        tuple(interactions.note_line(row) for row in notes),
    )
