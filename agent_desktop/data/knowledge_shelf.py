"""Articles that a desktop keeps for when the database is away: which ones, and the same questions answered from them.

Searches and suggestions find what knowledge.py's would, by the same words; they run on any thread and need no session.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data import knowledge
from agent_desktop.data.folding import words
from agent_desktop.data.knowledge_rows import (
    ArticleLine,
    ArticlePage,
    Asked,
    KnowledgeFound,
    KnowledgeShelf,
    OwnUse,
    ShelfArticle,
    Suggestion,
    UseCounts,
)
from agent_desktop.data.models import Article

MOST = 1_000  # articles
MOST_SIGNS = 2_000_000  # of their texts and of what is searched, together


def fetch(
    session: Session, known: Sequence[ShelfArticle] = (), *, most: int = MOST, most_signs: int = MOST_SIGNS
) -> KnowledgeShelf:
    """The published articles, the last edited first, as far as there is room; only what is not ``known`` is read."""
    size = func.length(Article.text) + func.length(Article.said)
    rows = session.execute(
        select(Article.id, Article.version, Article.published, size.label("signs"))
        .where(Article.published > 0)
        .order_by(Article.edited_at.desc(), Article.id)
        .limit(most)
    )
    wanted: dict[UUID, tuple[int, int]] = {}
    for row in rows:
        most_signs -= row.signs
        if most_signs < 0:
            break
        wanted[row.id] = row.version, row.published
    kept = {each.line.id: each for each in known}
    kept = {key: each for key, each in kept.items() if wanted.get(key) == (each.line.version, each.line.published)}
    missing = [key for key in wanted if key not in kept]
    for row in session.execute(
        knowledge.line_query(Article.text, Article.about, Article.said).where(Article.id.in_(missing))
    ):
        kept[row.id] = ShelfArticle(knowledge.line_of(row), row.text, row.about, row.said)
    return KnowledgeShelf(tuple(kept[key] for key in wanted if key in kept))


def search(shelf: KnowledgeShelf, text: str, language: str, limit: int = 30) -> KnowledgeFound:
    """As ``knowledge.search``; without words as ``knowledge.listed``."""
    sought = words(text)
    if not sought:
        found = sorted((each.line for each in shelf.articles), key=lambda line: (line.title, line.id))
        shown = knowledge.one_language(found, language)
        return KnowledgeFound(tuple(shown[:200]), len(shown) > 200)
    starts = [f" {word}" for word in sought]
    having = [each for each in shelf.articles if all(start in f" {each.said}" for start in starts)]
    having.sort(key=lambda each: -sum(start in each.about for start in starts))  # stable: the last edited first
    shown = knowledge.one_language([each.line for each in having], language)
    return KnowledgeFound(tuple(shown[:limit]), len(shown) > limit)


def suggest(shelf: KnowledgeShelf, asked: Asked, language: str, today: date, limit: int = 5) -> tuple[Suggestion, ...]:
    """As ``knowledge.suggest``; what helped others is not known here."""
    matter = knowledge.Matter(asked)
    scored: list[tuple[int, ArticleLine]] = []
    abouts = {each.line.id: each.about for each in shelf.articles}
    for each in shelf.articles:
        score = matter.score(each.about) if each.line.validity(today) == "current" else 0
        if score:
            scored.append((score, each.line))
    scored.sort(key=lambda one: (-one[0], one[1].title))
    lines = knowledge.one_language([line for _score, line in scored], language)[:limit]
    return tuple(matter.why(line, abouts[line.id]) for line in lines)


def page(shelf: KnowledgeShelf, article_id: UUID, use: OwnUse | None = None) -> ArticlePage | None:
    """As ``knowledge.page``, without what came of it."""
    found = next((each for each in shelf.articles if each.line.id == article_id), None)
    if found is None:
        return None
    same = sorted((each.line.language, each.line.id) for each in shelf.articles if each.line.key == found.line.key)
    return ArticlePage(found.line, found.text, tuple(same), UseCounts(), use)


def by_key(shelf: KnowledgeShelf, key: str, language: str) -> UUID | None:
    """As ``knowledge.by_key``."""
    lines = [each.line for each in shelf.articles if each.line.key == key]
    lines.sort(key=lambda line: (line.language != language, line.language != "en", line.language))
    return lines[0].id if lines else None
