"""One search over customers, tickets, people and notes, for the command palette."""

from sqlalchemy.orm import Session

from agent_desktop.data import agents, customers, interactions, tickets
from agent_desktop.data.rows import Found


def search_all(session: Session, text: str, *, limit: int = 8) -> Found:
    """What a text may mean, at most ``limit`` of each kind; "#" before it asks for tickets only, "@" for people."""
    asked = text.strip()
    if asked.startswith("#"):
        return Found(tickets=tickets.search(session, asked[1:], limit=limit * 3))
    if asked.startswith("@"):
        return Found(people=agents.search_agents(session, asked[1:], limit=limit * 3))
    return Found(
        customers.search(session, asked, limit=limit),
        tickets.search(session, asked, limit=limit),
        agents.search_agents(session, asked, limit=limit),
        interactions.notes_by_text(session, asked, limit=limit),
    )
