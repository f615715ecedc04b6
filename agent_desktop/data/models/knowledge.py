"""What agents read beside a call: articles with all their editions, what came of them, and texts for notes."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, KeyText

CENTRE = uuid.UUID(int=0)  # whose snippets are everybody's


class Article(Base):
    """One article in one language, as it is published; before it ever was, as its newest edition has it.

    Articles with the same ``key`` are the same one in several languages.
    """

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("key", "language"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)  # the number of the newest edition
    published: Mapped[int] = mapped_column(default=0)  # the number of the one that agents read; 0: none
    key: Mapped[str] = mapped_column(KeyText)
    language: Mapped[str]
    title: Mapped[str]
    queues: Mapped[list[Any]]  # names by the PBX
    tags: Mapped[list[Any]]
    owner_id: Mapped[uuid.UUID | None]
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]  # the last day
    edited_at: Mapped[dt.datetime]
    about: Mapped[str]  # a space, then the folded words of title and tags: what suggestions go by
    text: Mapped[str]  # Markdown
    said: Mapped[str]  # the folded words of all of it: what searches go by


class ArticleEdition(Base):
    """Every save of an article, whole; rows are only ever added."""

    __tablename__ = "article_edition"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    article_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    agent_id: Mapped[uuid.UUID | None]
    published: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]


class ArticleUse(Base):
    """An agent used an article in an interaction, and whether it helped; NULL: not said."""

    __tablename__ = "article_use"
    __table_args__ = (Index(None, "article_id"), {"sqlite_with_rowid": False})
    interaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    helped: Mapped[bool | None]


class Snippet(Base):
    """A text for notes, found by ``;name``: a person's own, or (owner CENTRE) everybody's."""

    __tablename__ = "snippet"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    owner_id: Mapped[uuid.UUID]
    name: Mapped[str]  # small letters, as it is typed
    text: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
