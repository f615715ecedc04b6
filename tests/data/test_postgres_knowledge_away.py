"""Articles and snippets while the server is away: found as it would find them, with their age; uses arrive later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent_desktop import clock
from agent_desktop.core.knowledge import knowledge_desk
from agent_desktop.core.knowledge.kept_articles import SHELF
from agent_desktop.core.knowledge.knowledge_desk import KnowledgeDesk
from agent_desktop.core.workstation import Core, build_core
from agent_desktop.data import knowledge_shelf
from agent_desktop.data.db import Database
from agent_desktop.data.knowledge_rows import ArticlePage, Asked, KnowledgeFound, KnowledgeShelf, SnippetRow
from agent_desktop.paths import Profile
from tests.support.postgres import Server
from tests.support.workstation import settings, spin_until

pytestmark = pytest.mark.usefixtures("qapp")
ASKED = Asked("billing", ("my bill is too high", "meter"), (("T-1", "Moving house in March"),))


class Reader:
    """A desk that reads articles; its telephone is not begun."""

    def __init__(self, folder: Path, url: str):
        self.core: Core = build_core(Profile(folder), settings(0), url)
        self.desk = KnowledgeDesk(self.core.store)
        self.core.store.start()

    def answer(self, ask: Any, *values: Any) -> Any:
        got: list[Any] = []
        ask(*values, got.append, got.append)
        spin_until(lambda: got, "an answer")
        return got[0]

    def titles(self, text: str) -> list[str]:
        found: KnowledgeFound = self.answer(self.desk.search, text)
        return [line.title for line in found.lines]

    def everything(self) -> tuple[Any, ...]:
        """What is found of this and that."""
        sought = [self.titles(text) for text in ("", "meter re", "bill", "rechnung", "m", "no such word")]
        fitting = self.answer(self.desk.suggest, ASKED)
        why = [(one.line.title, one.for_queue, one.said, one.ticket) for one in fitting]
        page: ArticlePage = self.answer(self.desk.article, fitting[0].line.id, None)
        key = self.answer(self.desk.by_key, page.line.key, "de")
        return sought, why, (page.line, page.text, page.translations), key, self.desk.snippets

    def stop(self) -> None:
        self.desk.stop()
        self.core.stop()


@pytest.fixture
def desks(server: Server, company: str, tmp_path: Path) -> Iterator[Any]:
    made: list[Reader] = []

    def desk(*, away: bool) -> Reader:
        for each in made:
            each.stop()
        url = server.url(company, "dana", "dana")
        made[:] = [Reader(tmp_path / "desk", url.replace(f":{server.port}/", ":1/") if away else url)]
        return made[0]

    yield desk
    for each in made:
        each.stop()


def test_what_is_read_while_the_server_is_away(
    desks: Any, server: Server, company: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(interaction, me)] = server.execute(
        "SELECT i.id, a.id FROM interaction i, agent a WHERE a.login = 'dana' LIMIT 1", company
    )
    reader = desks(away=False)
    spin_until(lambda: reader.core.store.ready, "signed in")
    reader.desk.set_agent(me)
    own = SnippetRow(interaction, 0, me, "mine", "What {customer} said")
    reader.answer(reader.desk.save_snippet, own)
    spin_until(lambda: any(row.name == "mine" for row in reader.desk.snippets), "a snippet of one's own")
    there = reader.everything()
    assert there[0][1], "something is found"
    assert there[1], "something fits"
    assert reader.desk.as_of is None
    reader.desk.kept.fetch()
    spin_until(lambda: reader.core.store.recall(SHELF, KnowledgeShelf), "kept")
    monkeypatch.setattr(knowledge_desk, "PATIENCE_S", 0.3)
    with server.frozen():
        assert reader.titles("bill") == there[0][2], "nobody waits long"
        assert reader.desk.as_of is not None
    monkeypatch.undo()
    spin_until(lambda: reader.desk.as_of is None, "what is shown is the database's again")

    reader = desks(away=True)
    reader.desk.set_agent(me)
    spin_until(lambda: reader.desk.snippets, "snippets")
    assert reader.everything() == there
    assert reader.desk.as_of is not None
    assert reader.desk.as_of <= clock.now()
    article = there[2][0].id
    assert reader.desk.use(interaction, article, helped=True)
    page = reader.answer(reader.desk.article, article, interaction)
    assert page.use is not None
    assert page.use.helped
    assert reader.core.journal.waiting_count()

    reader = desks(away=False)
    used = f"SELECT helped FROM article_use WHERE interaction_id = '{interaction}' AND article_id = '{article}'"
    spin_until(lambda: server.execute(used, company) == [(True,)], "it arrives")
    assert reader.titles("bill")
    assert reader.desk.as_of is None


def test_only_so_much_is_kept_and_only_what_is_new_is_read(server: Server, company: str) -> None:
    database = Database.open(server.url(company))
    with database.read() as session:
        everything = knowledge_shelf.fetch(session)
        few = knowledge_shelf.fetch(session, most=3)
        size = sum(len(each.text) + len(each.said) for each in everything.articles[:2])
        two = knowledge_shelf.fetch(session, most_signs=size)
    assert everything.articles[:3] == few.articles
    assert everything.articles[:2] == two.articles
    changed, gone, *rest = everything.articles
    server.execute(f"UPDATE article SET published = 0 WHERE id = '{gone.line.id}'", company)
    server.execute(f"UPDATE article SET version = version + 1, text = 'new' WHERE id = '{changed.line.id}'", company)
    poisoned = [type(each)(each.line, "kept", each.about, each.said) for each in everything.articles]
    with database.read() as session:
        fresh = knowledge_shelf.fetch(session, poisoned)
    assert [(each.line.id, each.text) for each in fresh.articles] == [
        (changed.line.id, "new"), *((each.line.id, "kept") for each in rest),
    ]  # fmt: skip
    assert knowledge_shelf.suggest(everything, Asked(), "en", date.today()) == ()  # noqa: DTZ011
    database.close()
