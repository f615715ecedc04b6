"""Rows about knowledge: articles, their editions, why one is suggested, what came of them, and snippets."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class ArticleContent(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition says; ``text`` is Markdown, ``queues`` are names by the PBX, ``valid_until`` is the last day."""

    title: str
    text: str
    queues: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner_id: UUID | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class ArticleLine(msgspec.Struct, frozen=True):
    """An article in a list; ``published`` 0: a draft that was never published, or one taken back."""

    id: UUID
    key: str
    language: str
    title: str
    summary: str
    tags: tuple[str, ...]
    queues: tuple[str, ...]
    owner_id: UUID | None
    owner: str
    valid_from: date | None
    valid_until: date | None
    edited_at: datetime
    version: int
    published: int

    def validity(self, today: date) -> str:
        """early, current or expired."""
        if self.valid_from is not None and today < self.valid_from:
            return "early"
        return "expired" if self.valid_until is not None and today > self.valid_until else "current"


class UseCounts(msgspec.Struct, frozen=True):
    """In how many interactions an article was used, and of how many of these agents said yes or no."""

    used: int = 0
    helped: int = 0
    did_not: int = 0


class OwnUse(msgspec.Struct, frozen=True):
    """That one agent used it in one interaction; ``helped`` None: not said."""

    helped: bool | None = None


class ArticlePage(msgspec.Struct, frozen=True):
    """An article whole. ``translations`` are all its languages, its own too; ``use`` is that of who asks."""

    line: ArticleLine
    text: str
    translations: tuple[tuple[str, UUID], ...]
    counts: UseCounts
    use: OwnUse | None = None


class Asked(msgspec.Struct, frozen=True):
    """What a call is about: its queue by the PBX's name, what the caller said or chose, tickets (number, subject)."""

    queue: str = ""
    said: tuple[str, ...] = ()
    tickets: tuple[tuple[str, str], ...] = ()


class Suggestion(msgspec.Struct, frozen=True):
    """An article and why: it is for the queue; these things the caller said fit; this ticket (number, subject) does."""

    line: ArticleLine
    for_queue: bool = False
    said: tuple[str, ...] = ()
    ticket: tuple[str, str] | None = None


class Edition(msgspec.Struct, frozen=True):
    """One save of an article."""

    number: int
    at: datetime
    agent: str
    published: bool
    note: str
    content: ArticleContent


class ArticleDraft(msgspec.Struct, frozen=True):
    """What a team lead saves: ``version`` is the one the edit began with, 0 for a new article."""

    id: UUID
    version: int
    key: str
    language: str
    content: ArticleContent
    note: str = ""


class SnippetRow(msgspec.Struct, frozen=True):
    """A text for notes; ``owner_id`` None: the centre's. ``version`` 0: not stored yet."""

    id: UUID
    version: int
    owner_id: UUID | None
    name: str
    text: str
    active: bool = True


class KnowledgeFound(msgspec.Struct, frozen=True):
    """Articles that have the words, best first; ``more``: there are others."""

    lines: tuple[ArticleLine, ...] = ()
    more: bool = False


class ShelfArticle(msgspec.Struct, frozen=True):
    """A published article as a desktop keeps it; ``about`` and ``said`` are what suggestions and searches go by."""

    line: ArticleLine
    text: str
    about: str
    said: str


class KnowledgeShelf(msgspec.Struct, frozen=True):
    """The articles that a desktop keeps for when the database is away, the last edited first."""

    articles: tuple[ShelfArticle, ...] = ()
