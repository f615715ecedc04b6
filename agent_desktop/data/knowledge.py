"""Reading articles: lists, searches, pages, suggestions with their reasons, and snippets."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.folding import first_line, words
from agent_desktop.data.knowledge_rows import (
    ArticleContent,
    ArticleLine,
    ArticlePage,
    Asked,
    Edition,
    KnowledgeFound,
    OwnUse,
    SnippetRow,
    Suggestion,
    UseCounts,
)
from agent_desktop.data.models import Agent, Article, ArticleEdition, ArticleUse, Snippet
from agent_desktop.data.models.knowledge import CENTRE
from agent_desktop.data.sql import on_server
from agent_desktop.data.text_search import ARTICLES_FOUND, articles_saying

_BEGINNING = 400  # characters of a text that a list's summary is made of
_LOOKED_AT = 40  # articles with the highest scores, of which the best are suggested
_MOST_STEMS = 24
_SAID, _SUBJECT, _QUEUE = 4, 2, 3  # what a word that the caller said, one of a ticket, and the queue are worth
_MARKS = re.compile(r"^(?:[#>*\-\s]+|\d{1,3}[.)]\s)|[*_`]+")
_LINK = re.compile(r"!?\[([^\]]*)(?:\]\([^)]*\)?|$)")
# Words that say nothing about a matter, in the languages that articles are likely to be in.
_EMPTY = frozenset(
    words(
        "and are but can die der das den des del dla does ein eine for from has have how ist its jak jest kann les los"
        " mit nicht nie not oder para por pour que sie the und una with was what when why wie you your zur zum"
    )
)


def listed(session: Session, language: str, *, drafts: bool = False, limit: int = 200) -> KnowledgeFound:
    """Articles by title, each in one language: ``language`` where it is there; ``drafts``: unpublished ones too."""
    query = line_query().order_by(Article.title, Article.id).limit(limit + 1)
    if not drafts:
        query = query.where(Article.published > 0)
    found = [line_of(row) for row in session.execute(query)]
    lines = found if drafts else one_language(found, language)
    return KnowledgeFound(tuple(lines[:limit]), len(found) > limit)


def search(session: Session, text: str, language: str, *, drafts: bool = False, limit: int = 30) -> KnowledgeFound:
    """Articles with every word of ``text`` (each the beginning of one), those with them in the title first."""
    sought = words(text)
    if not sought:
        return KnowledgeFound()
    most = 2 * limit + 1  # the same one in two languages is shown once
    if on_server(session):
        asked = select(ARTICLES_FOUND.c.id).select_from(ARTICLES_FOUND).order_by(ARTICLES_FOUND.c.place)
        ids = list(session.execute(asked, {"words": sought, "drafts": drafts, "most": most}).scalars())
    else:
        ids = articles_saying(session, sought, drafts=drafts, limit=most)
    lines = lines_of(session, ids)
    shown = lines if drafts else one_language(lines, language)
    return KnowledgeFound(tuple(shown[:limit]), len(shown) > limit or len(ids) == most)


def page(session: Session, article_id: UUID, interaction_id: UUID | None, agent_id: UUID | None) -> ArticlePage | None:
    """One article whole, with what came of it, and what this agent said of it in this interaction."""
    row = session.execute(line_query(Article.text).where(Article.id == article_id)).one_or_none()
    if row is None:
        return None
    others = select(Article.language, Article.id).where(Article.key == row.key, Article.published > 0)
    translations = tuple((other.language, other.id) for other in session.execute(others.order_by(Article.language)))
    use = None
    if interaction_id is not None and agent_id is not None:
        own = select(ArticleUse.helped).where(
            ArticleUse.interaction_id == interaction_id,
            ArticleUse.article_id == article_id,
            ArticleUse.agent_id == agent_id,
        )
        said = session.execute(own).one_or_none()
        use = OwnUse(said.helped) if said is not None else None
    counted = counts(session, [article_id]).get(article_id, UseCounts())
    return ArticlePage(line_of(row), row.text, translations, counted, use)


def by_key(session: Session, key: str, language: str) -> UUID | None:
    """The published article that a script names: in this language, else in English, else in any."""
    rows = session.execute(select(Article.id, Article.language).where(Article.key == key, Article.published > 0))
    ranked = sorted(rows, key=lambda row: (row.language != language, row.language != "en", row.language))
    return ranked[0].id if ranked else None


def counts(session: Session, ids: Sequence[UUID]) -> dict[UUID, UseCounts]:
    """What came of these articles; those nobody used are left out."""
    use = ArticleUse
    query = (
        select(
            use.article_id,
            func.count(func.distinct(use.interaction_id)),
            func.sum(case((use.helped.is_(True), 1), else_=0)),
            func.sum(case((use.helped.is_(False), 1), else_=0)),
        )
        .where(use.article_id.in_(ids))
        .group_by(use.article_id)
    )
    return {key: UseCounts(int(used), int(yes), int(no)) for key, used, yes, no in session.execute(query)}


def editions(session: Session, article_id: UUID) -> tuple[Edition, ...]:
    """Every save, the newest first; nothing for a login that may not edit."""
    rows = session.execute(
        select(ArticleEdition, Agent.name)
        .outerjoin(Agent, Agent.id == ArticleEdition.agent_id)
        .where(ArticleEdition.article_id == article_id)
        .order_by(ArticleEdition.number.desc())
    )
    return tuple(
        Edition(made.number, made.at, name or "", made.published, made.note, content_of(made.content))
        for made, name in rows
    )


def content_of(stored: Any) -> ArticleContent:
    """An edition as it was stored."""
    return msgspec.convert(stored, ArticleContent)


def snippets(session: Session, agent_id: UUID | None) -> tuple[SnippetRow, ...]:
    """A person's own and the centre's, by name."""
    owners = [CENTRE] if agent_id is None else [CENTRE, agent_id]
    rows = session.execute(
        select(Snippet).where(Snippet.owner_id.in_(owners), Snippet.active).order_by(Snippet.name, Snippet.owner_id)
    ).scalars()
    return tuple(
        SnippetRow(row.id, row.version, row.owner_id if row.owner_id != CENTRE else None, row.name, row.text)
        for row in rows
    )


# ------------------------------------------------------------------ suggestions


def suggest(session: Session, asked: Asked, language: str, today: date, *, limit: int = 5) -> tuple[Suggestion, ...]:
    """Published and valid articles for what a call is about, best first, each with its reasons.

    A word fits where it begins a word of title or tags, as far as its stem goes ("bills" finds "bill"). Every article's
    title and tags are looked at: ten thousand took 58 ms on a server and 52 in a file (p99).
    """
    matter = Matter(asked)
    parts = [case((_has(session, stem), worth), else_=0) for stem, worth in matter.worth]
    if not parts:
        return ()
    score: ColumnElement[int] = sum(parts[1:], start=parts[0])
    valid = (
        Article.published > 0,
        or_(Article.valid_from.is_(None), Article.valid_from <= today),
        or_(Article.valid_until.is_(None), Article.valid_until >= today),
    )
    # Apart from its use, and not to be merged into it: else each score is worked out twice.
    scored = select(Article.id, Article.edited_at, score.label("score")).where(*valid).cte("scored")
    scored = scored.prefix_with("MATERIALIZED")
    best = (
        select(scored.c.id, scored.c.score)
        .where(scored.c.score > 0)
        .order_by(scored.c.score.desc(), scored.c.edited_at.desc())
        .limit(_LOOKED_AT)
    )
    scores = {row.id: row.score for row in session.execute(best)}
    if not scores:
        return ()
    rows = session.execute(line_query(Article.about).where(Article.id.in_(scores))).all()
    abouts = {row.id: row.about for row in rows}
    helped = counts(session, list(scores))
    none = UseCounts()
    lines = sorted(
        (line_of(row) for row in rows),
        key=lambda line: (
            -scores[line.id],
            helped.get(line.id, none).did_not - helped.get(line.id, none).helped,
            line.title,
        ),
    )
    return tuple(matter.why(line, abouts[line.id]) for line in one_language(lines, language)[:limit])


class Matter:
    """What a call is about, as stems; ``worth``: what each of them counts for where an article's ``about`` has it."""

    def __init__(self, asked: Asked):
        self._queue = asked.queue
        self._said = {phrase: _stems([phrase]) for phrase in asked.said}
        self._subjects = {ticket: _stems([ticket[1]]) for ticket in asked.tickets}
        spoken = _first([stem for stems in self._said.values() for stem in stems])
        written = [s for s in _first([s for stems in self._subjects.values() for s in stems]) if s not in spoken]
        mark = [(queue_mark(asked.queue), _QUEUE)] if asked.queue else []
        self.worth = (*((stem, _SAID) for stem in spoken), *((stem, _SUBJECT) for stem in written), *mark)

    def score(self, about: str) -> int:
        """How well an article fits; 0: not at all."""
        return sum(worth for stem, worth in self.worth if f" {stem}" in about)

    def why(self, line: ArticleLine, about: str) -> Suggestion:
        """The article with its reasons."""
        heard = tuple(phrase for phrase, stems in self._said.items() if _any(stems, about))
        about_ticket = next((one for one, stems in self._subjects.items() if _any(stems, about)), None)
        return Suggestion(line, bool(self._queue) and self._queue in line.queues, heard, about_ticket)


def _any(stems: Iterable[str], about: str) -> bool:
    return any(f" {stem}" in about for stem in stems)


def queue_mark(queue: str) -> str:
    """A queue's name as one word that no text has."""
    return f"zq{queue.casefold().encode().hex()}z"


def about_of(content: ArticleContent) -> str:
    """What suggestions go by; see ``Article.about``."""
    told = words(" ".join((content.title, *content.tags)))
    return " " + " ".join((*told, *(queue_mark(queue) for queue in content.queues)))


def _stems(texts: Iterable[str]) -> list[str]:
    """The beginnings by which the words of texts are found in other forms; none of words that say nothing."""
    told = [word for text in texts for word in words(text) if len(word) > 2 and word not in _EMPTY]
    return _first([word[: max(4, len(word) - 2)] for word in told if not word.isdecimal()])


def _first(stems: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(stems))[:_MOST_STEMS]


def _has(session: Session, stem: str) -> ColumnElement[bool]:
    place = func.strpos if on_server(session) else func.instr
    return place(Article.about, f" {stem}") > 0


# ------------------------------------------------------------------------ lines


def one_language(lines: Sequence[ArticleLine], language: str) -> list[ArticleLine]:
    """Each article once, where its first stood: in ``language`` if that is among them."""
    wanted = {line.key: line for line in lines if line.language == language}
    shown: dict[str, ArticleLine] = {}
    for line in lines:
        shown.setdefault(line.key, wanted.get(line.key, line))
    return list(shown.values())


def lines_of(session: Session, ids: Sequence[UUID]) -> list[ArticleLine]:
    """The lines of these articles, in this order."""
    if not ids:
        return []
    known = {row.id: line_of(row) for row in session.execute(line_query().where(Article.id.in_(ids)))}
    return [known[key] for key in ids if key in known]


def line_query(*more: Any) -> Select[Any]:
    """Lines, with more columns."""
    return select(
        Article.id, Article.key, Article.language, Article.title, Article.tags, Article.queues, Article.owner_id,
        Article.valid_from, Article.valid_until, Article.edited_at, Article.version, Article.published,
        func.substr(Article.text, 1, _BEGINNING).label("begins"), Agent.name.label("owner"), *more,
    ).outerjoin(Agent, Agent.id == Article.owner_id)  # fmt: skip


def line_of(row: Any) -> ArticleLine:
    """A row of ``line_query``."""
    return ArticleLine(
        row.id, row.key, row.language, row.title, _summary(row.begins), tuple(row.tags), tuple(row.queues),
        row.owner_id, row.owner or "", row.valid_from, row.valid_until, row.edited_at, row.version, row.published,
    )  # fmt: skip


def _summary(text: str) -> str:
    """The first line that is no heading, without Markdown's signs."""
    plain = [line for line in text.splitlines() if not line.lstrip().startswith(("#", "|", "---"))]
    return _MARKS.sub("", _LINK.sub(r"\1", first_line("\n".join(plain))))
