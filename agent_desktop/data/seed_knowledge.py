"""The demo company's articles and snippets."""

import random
import tomllib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from agent_desktop import clock, paths
from agent_desktop.data.knowledge_edit import columns_of
from agent_desktop.data.knowledge_rows import ArticleContent
from agent_desktop.data.models import Article, ArticleEdition, Snippet
from agent_desktop.data.models.knowledge import CENTRE
from agent_desktop.data.seed_world import DAY_US, World
from agent_desktop.data.sql import table_of

_AGE_DAYS = 200


def make_knowledge(session: Session, world: World, day: date) -> None:
    """Every article published once; one of them is past its days."""
    with paths.resource("demo", "knowledge.toml").open("rb") as file:
        told = tomllib.load(file)
    rng = random.Random(2)  # of its own: all other rows stay what they were
    begun = world.today_us - _AGE_DAYS * DAY_US
    articles, editions = [], []
    for at, each in enumerate(told["articles"]):
        key, written = UUID(bytes=world.new_id(begun + at, rng)), clock.from_us(begun + at * DAY_US)
        content = _content(each, world, day)
        named = {"key": each["key"], "language": each["language"], "version": 1, "published": 1}
        articles.append({"id": key, "edited_at": written} | named | columns_of(content))
        edition = {"article_id": key, "number": 1, "at": written, "agent_id": content.owner_id, "published": True}
        editions.append(edition | {"note": "", "content": msgspec.to_builtins(content)})
    session.execute(insert(table_of(Article)), articles)
    session.execute(insert(table_of(ArticleEdition)), editions)
    snippets = [
        {
            "id": UUID(bytes=world.new_id(begun + at, rng)),
            "owner_id": CENTRE,
            "name": each["name"],
            "text": each["text"],
        }
        for at, each in enumerate(told["snippets"])
    ]
    session.execute(insert(table_of(Snippet)), snippets)


def _content(each: dict[str, Any], world: World, day: date) -> ArticleContent:
    def on(name: str) -> date | None:
        return day + timedelta(days=each[name]) if name in each else None

    return ArticleContent(
        title=each["title"],
        text=each["text"].strip(),
        queues=tuple(each["queues"]),
        tags=tuple(each["tags"]),
        owner_id=UUID(bytes=world.agents[each["owner"]]),
        valid_from=on("valid_from"),
        valid_until=on("valid_until"),
    )
