"""Ten thousand articles in a database of each kind, for what is suggested and searched beside a call."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import access, agents
from agent_desktop.data.db import Database
from agent_desktop.data.folding import words
from agent_desktop.data.ids import new_id
from agent_desktop.data.knowledge_edit import columns_of
from agent_desktop.data.knowledge_rows import ArticleContent, Asked
from agent_desktop.data.models import Article, ArticleEdition
from agent_desktop.data.sql import table_of
from tests.support import postgres

ARTICLES = 10_000
QUEUES = ("billing", "outages", "moves", "business", "espanol")
TODAY = date(2026, 11, 22)
WORDS = words(
    "bill meter reading estimate photo refund payment instalment tariff contract address moving keys outage power cable"
    " fuse voltage compensation complaint letter discount campaign heating pump solar charge box fault visit engineer"
    " appointment identity password relative court landlord tenant business connection quote invoice order number"
    " portal login paperless reminder dunning cancel retention switch supplier price change winter summer market"
)


@contextmanager
def filled() -> Iterator[list[tuple[str, Database]]]:
    """(kind, an agent's database) of a server under row-level security and of a file."""
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server, server.database() as name:
        with closing(Database.open(server.url(name), create=True)) as owner:
            access.grant(owner, access.Grant("dana", "agent", "dana", name="Dana"))
            _fill(owner)
        with (
            closing(Database.open(Path(folder) / "file.db", create=True)) as file,
            closing(Database.open(server.url(name, "dana", "dana"))) as desk,
        ):
            with file.write() as session:
                agents.create_agent(session, "Dana", "dana")
            _fill(file)
            yield [("PostgreSQL", desk), ("SQLite", file)]


def _fill(database: Database) -> None:
    rng = random.Random(3)
    articles, editions = [], []
    for number in range(ARTICLES):
        content = _content(rng)
        key, at = new_id(), clock.now() - timedelta(minutes=number)
        named = {"key": f"article-{number}", "language": "en" if number % 4 else "pl", "version": 1, "published": 1}
        articles.append({"id": key, "edited_at": at} | named | columns_of(content))
        edition = {"article_id": key, "number": 1, "at": at, "agent_id": None, "published": True, "note": ""}
        editions.append(edition | {"content": msgspec.to_builtins(content)})
    with database.write() as session:
        for first in range(0, ARTICLES, 500):
            session.execute(insert(table_of(Article)), articles[first : first + 500])
            session.execute(insert(table_of(ArticleEdition)), editions[first : first + 500])
    with database.write() as session:
        session.connection().exec_driver_sql("ANALYZE article")


def _content(rng: random.Random) -> ArticleContent:
    """About 1.5 kB of text; one in ten is past its days."""
    said = [rng.choice(WORDS) + rng.choice(("", "", "s", "ing", str(rng.randrange(40)))) for _ in range(200)]
    return ArticleContent(
        title=" ".join(said[:5]),
        text="## About\n\n" + " ".join(said) + ".\n",
        queues=tuple(rng.sample(QUEUES, rng.randrange(3))),
        tags=tuple(rng.sample(WORDS, 3)),
        valid_until=TODAY - timedelta(days=1) if rng.random() < 0.1 else None,
    )


def calls(count: int) -> list[Asked]:
    """What calls are about: a queue, two things the caller said, two open tickets."""
    rng = random.Random(5)

    def some(most: int) -> str:
        return " ".join(rng.sample(WORDS, most))

    return [Asked(rng.choice(QUEUES), (some(4), some(2)), (("T-1", some(5)), ("T-2", some(4)))) for _ in range(count)]


def typed(count: int) -> list[str]:
    """One word and two, letter by letter."""
    rng = random.Random(6)
    whole = [" ".join(rng.sample(WORDS, rng.choice((1, 2)))) for _ in range(count)]
    return [text[:at] for text in whole for at in range(2, len(text) + 1)][:count]


def p99_ms(database: Database, questions: list[Callable[[Session], object]]) -> float:
    """The wall time that one in a hundred of these exceeds, in ms; the first tenth warms up."""
    times = []
    for number, question in enumerate(questions):
        begun = time.perf_counter()
        with database.read() as session:
            question(session)
        if number >= len(questions) // 10:
            times.append((time.perf_counter() - begun) * 1e3)
    return sorted(times)[int(len(times) * 0.99)]
