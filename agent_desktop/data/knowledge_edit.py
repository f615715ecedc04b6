"""Writing articles and snippets: every save an edition, never over somebody else's; and what agents say of articles."""

import re
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import CursorResult, func, insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.admin_save import Stale, put, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.folding import index_words, words
from agent_desktop.data.knowledge import about_of, queue_mark
from agent_desktop.data.knowledge_rows import ArticleContent, ArticleDraft, SnippetRow
from agent_desktop.data.models import Article, ArticleEdition, ArticleUse, Snippet
from agent_desktop.data.models.knowledge import CENTRE
from agent_desktop.data.operations import UseArticle
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_or_update, on_server, table_of
from agent_desktop.told import told

MOST_TEXT = 64_000  # characters
_MOST_TITLE = 200
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"\w{1,30}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def may_edit(session: Session) -> bool:
    """Whether who is signed in writes articles: a team lead on a server, whoever has the file elsewhere."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


def save(session: Session, draft: ArticleDraft, agent_id: UUID | None, *, publish: bool) -> int:
    """Store an edition, and with ``publish`` have agents read it. Returns its number.

    Raises Stale when somebody saved another one since, Refused for what an article cannot be.
    """
    content = _checked(draft)
    table = table_of(Article)
    found = session.execute(select(table.c.version, table.c.published).where(table.c.id == draft.id)).one_or_none()
    if (found.version if found is not None else 0) != draft.version:
        raise Stale
    taken = select(table.c.id).where(
        table.c.key == draft.key, table.c.language == draft.language, table.c.id != draft.id
    )
    if session.execute(taken).first() is not None:
        raise Refused("There is an article with this key in this language already.")
    number = draft.version + 1
    values: dict[str, Any] = {"version": number, "key": draft.key, "language": draft.language}
    if publish or found is None or not found.published:
        values |= columns_of(content) | {"edited_at": clock.now()}
    if publish:
        values["published"] = number
    if found is None:
        session.execute(insert(table).values({"id": draft.id, "published": 0} | values))
    else:
        changed = update(table).where(table.c.id == draft.id, table.c.version == draft.version).values(values)
        if cast("CursorResult[Any]", session.execute(changed)).rowcount != 1:
            raise Stale
    _edition(session, draft, content, agent_id, publish=publish)
    return number


def withdraw(session: Session, article_id: UUID, version: int) -> None:
    """Have agents read it no more; its editions stay. Raises Stale."""
    table = table_of(Article)
    changed = update(table).where(table.c.id == article_id, table.c.version == version).values(published=0)
    if cast("CursorResult[Any]", session.execute(changed)).rowcount != 1:
        raise Stale


def columns_of(content: ArticleContent) -> dict[str, Any]:
    """What an article's row says of its content."""
    every = (content.title, *content.tags, content.text)
    told = words(" ".join(every))
    # Scripts without spaces are found from every character on.
    inside = sorted(index_words(every) - set(told))
    return {
        "title": content.title,
        "text": content.text,
        "queues": list(content.queues),
        "tags": list(content.tags),
        "owner_id": content.owner_id,
        "valid_from": content.valid_from,
        "valid_until": content.valid_until,
        "about": about_of(content),
        "said": " ".join((*told, *inside)),
    }


def _edition(
    session: Session, draft: ArticleDraft, content: ArticleContent, agent_id: UUID | None, *, publish: bool
) -> None:
    values = {
        "article_id": draft.id, "number": draft.version + 1, "at": clock.now(), "agent_id": agent_id,
        "published": publish, "note": draft.note.strip()[:200], "content": msgspec.to_builtins(content),
    }  # fmt: skip
    session.execute(insert(table_of(ArticleEdition)).values(values))


def _checked(draft: ArticleDraft) -> ArticleContent:
    given = draft.content
    title = required(given.title, "An article has a title.")
    if len(title) > _MOST_TITLE or len(given.text) > MOST_TEXT:
        raise Refused(told("A title has {0} characters at most, a text {1:,}.").format(_MOST_TITLE, MOST_TEXT))
    if not _KEY.fullmatch(draft.key) or len(draft.key) > 80:
        raise Refused("A key is small letters and digits, with single hyphens between words.")
    if not _LANGUAGE.fullmatch(draft.language):
        raise Refused("A language is its code of two or three small letters: en, pl, de.")
    if given.valid_from is not None and given.valid_until is not None and given.valid_until < given.valid_from:
        raise Refused("It ends before it begins.")
    tags = tuple(dict.fromkeys(tag.strip() for tag in given.tags if tag.strip()))
    content = msgspec.structs.replace(given, title=title, tags=tags)
    if any(len(queue_mark(queue)) > 400 for queue in content.queues) or len(" ".join(tags)) > 400:
        raise Refused("That is too much to tag one article with.")
    return content


def use_article(session: Session, op: UseArticle) -> Changed:
    """That an agent used an article in an interaction; the last word on whether it helped stays."""
    if op.agent_id is None:
        raise Refused("Nobody is known to have used it.")
    values: dict[str, Any] = {
        "interaction_id": op.interaction_id, "article_id": op.article_id, "agent_id": op.agent_id,
        "at": clock.from_us(op.at_us), "helped": op.helped,
    }  # fmt: skip
    insert_or_update(session, ArticleUse, values, ("interaction_id", "article_id", "agent_id"))
    return Changed(knowledge=True)


def save_snippet(session: Session, row: SnippetRow) -> None:
    """Store a snippet by the version it was read at. Raises Refused, Stale."""
    name, text = row.name.strip().lstrip(";").casefold(), row.text.strip()
    if not _NAME.fullmatch(name):
        raise Refused("A snippet's name is one word of at most 30 letters and digits.")
    if not text or len(text) > 2_000:
        raise Refused("A snippet has a text, of 2,000 characters at most.")
    owner = row.owner_id or CENTRE
    table = table_of(Snippet)
    same = select(table.c.id, table.c.version, table.c.active).where(
        table.c.owner_id == owner, table.c.name == name, table.c.id != row.id
    )
    other = session.execute(same).one_or_none()
    if other is not None and (other.active or row.version):
        raise Refused("There is a snippet with this name already.")
    values = {"owner_id": owner, "name": name, "text": text, "active": row.active}
    if other is not None:  # one that was taken away comes back with another text
        put(session, Snippet, other.id, other.version, values)
    else:
        put(session, Snippet, row.id, row.version, values)
