"""Articles on a file and on a server: searched, suggested with reasons, kept in editions, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from agent_desktop.data import knowledge, knowledge_edit
from agent_desktop.data import operations as ops
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.knowledge_rows import ArticleContent, ArticleDraft, Asked, OwnUse, SnippetRow, UseCounts
from tests.data.conftest import Desk
from tests.support.postgres import Server

TODAY = date(2026, 11, 22)
TEXT = "# Head\n\n**Say** it *so*: the letter E is an estimate.\n\n| a | b |\n"
# key, language, title, tags, queues, published, valid from, valid until
ARTICLES = (
    ("high-bill", "en", "The bill is too high", ("high bill", "estimate"), ("billing",), True, None, None),
    ("high-bill", "pl", "Rachunek za wysoki", ("wysoki rachunek",), ("billing",), True, None, None),
    ("meter-photo", "en", "Photo of a meter", ("re-read",), ("billing", "moves"), True, None, None),
    ("moving", "en", "Registering a move", ("new address",), ("moves",), True, None, TODAY),
    ("old-offer", "en", "Winter bill offer", ("high bill",), ("billing",), True, None, date(2026, 11, 21)),
    ("new-offer", "en", "Spring bill offer", ("high bill",), ("billing",), True, date(2026, 11, 23), None),
    ("draft", "en", "A bill nobody has seen", ("high bill",), ("billing",), False, None, None),
    ("tokyo", "ja", "電気料金のお支払い", (), (), True, None, None),
)


@dataclass
class Place:
    """Where articles are: who writes them, and an agent's desk."""

    writer: Database
    desk: Desk
    ids: dict[tuple[str, str], UUID]

    def search(self, text: str, language: str = "en", *, drafts: bool = False) -> list[str]:
        with self.desk.database.read() as session:
            return [line.title for line in knowledge.search(session, text, language, drafts=drafts).lines]


def draft(key: str = "high-bill", language: str = "en", version: int = 0, title: str = "T") -> ArticleDraft:
    return ArticleDraft(new_id(), version, key, language, ArticleContent(title=title, text=TEXT))


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, server: Server, _centre: str) -> Iterator[Place]:
    if request.param == "file":
        desk: Desk = request.getfixturevalue("dana")
        writer = desk.database
    else:
        desk = request.getfixturevalue("dana_there")
        writer = Database.open(server.url(request.getfixturevalue("centre")))
    ids = {}
    with writer.write() as session:
        for key, language, title, tags, queues, published, begins, ends in ARTICLES:
            content = ArticleContent(
                title=title, text=TEXT, tags=tags, queues=queues, owner_id=desk.agent_id, valid_from=begins,
                valid_until=ends,
            )  # fmt: skip
            ids[key, language] = new_id()
            knowledge_edit.save(
                session, ArticleDraft(ids[key, language], 0, key, language, content), None, publish=published
            )
    yield Place(writer, desk, ids)
    if writer is not desk.database:
        writer.close()


def test_search_and_lists(place: Place) -> None:
    found = place.search
    assert found("bill")[:1] != ["A bill nobody has seen"], "agents find no drafts"
    assert set(found("bill")) == {"The bill is too high", "Winter bill offer", "Spring bill offer"}
    assert found("TOO  hígh") == ["The bill is too high"], "as it is compared: without case and accents"
    assert found("estim letter")[0] == "The bill is too high", "what stands in title and tags comes first"
    assert len(found("estim letter")) == 6, "the text of each says so; of two languages one is shown"
    assert found("wysoki") == ["Rachunek za wysoki"], "another language's words find it"
    assert found("支払") == ["電気料金のお支払い"], "scripts without spaces, from every character on"
    assert found('" OR a') == []
    assert found("") == found("¿?") == []
    with place.desk.database.read() as session:
        listed = knowledge.listed(session, "pl")
        assert [line.title for line in listed.lines if line.key == "high-bill"] == ["Rachunek za wysoki"]
        assert "draft" not in {line.key for line in listed.lines}
        few = knowledge.listed(session, "en", limit=2)
        assert (len(few.lines), few.more) == (2, True)
        line = listed.lines[0]
    assert (line.summary, line.owner) == ("Say it so: the letter E is an estimate.", "Dana Okafor")
    with place.writer.read() as session:
        drafts = knowledge.search(session, "nobody", "en", drafts=True)
        assert [line.published for line in drafts.lines] == [0]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), []),
        (Asked("moves"), [("meter-photo", True, (), None), ("moving", True, (), None)]),
        (
            Asked("billing", ("high bills",), (("T-1", "Meter re-read after high bill"),)),
            [("high-bill", True, ("high bills",), ("T-1", "Meter re-read after high bill")),
             ("meter-photo", True, (), ("T-1", "Meter re-read after high bill"))],
        ),
        (Asked("", ("the and 12345",)), []),
        (Asked("", ("moved", "address")), [("moving", False, ("moved", "address"), None)]),
        (Asked("unknown'; DROP TABLE article", ("%_", "' OR 1=1 --")), []),
    ],
)  # fmt: skip
def test_suggestions_have_reasons(place: Place, asked: Asked, expected: list[tuple[object, ...]]) -> None:
    """What is past its days, comes later or was never published is not suggested, however well it fits."""
    with place.desk.database.read() as session:
        found = knowledge.suggest(session, asked, "en", TODAY)
    assert [(one.line.key, one.for_queue, one.said, one.ticket) for one in found] == expected


def test_what_helped_comes_first_and_is_counted(place: Place) -> None:
    asked, desk = Asked("moves"), place.desk
    best = place.ids["moving", "en"]
    calls = [desk.call(), desk.call()]
    desk.do(ops.UseArticle, interaction_id=calls[0], article_id=best)
    desk.do(ops.UseArticle, interaction_id=calls[0], article_id=best, helped=True)
    desk.do(ops.UseArticle, interaction_id=calls[1], article_id=best, helped=True)
    desk.do(ops.UseArticle, interaction_id=calls[1], article_id=place.ids["meter-photo", "en"], helped=False)
    with desk.database.read() as session:
        assert [one.line.key for one in knowledge.suggest(session, asked, "en", TODAY)] == ["moving", "meter-photo"]
        page = knowledge.page(session, best, calls[0], desk.agent_id)
        assert page is not None
        assert (page.counts, page.use) == (UseCounts(2, 2, 0), OwnUse(True))
        other = knowledge.page(session, place.ids["meter-photo", "en"], calls[0], desk.agent_id)
        assert other is not None
        assert (other.counts, other.use) == (UseCounts(1, 0, 1), None)
        assert knowledge.page(session, new_id(), None, None) is None


def test_languages(place: Place) -> None:
    polish, english = place.ids["high-bill", "pl"], place.ids["high-bill", "en"]
    with place.desk.database.read() as session:
        assert knowledge.by_key(session, "high-bill", "pl") == polish
        assert knowledge.by_key(session, "high-bill", "de") == english
        assert knowledge.by_key(session, "tokyo", "de") == place.ids["tokyo", "ja"]
        assert knowledge.by_key(session, "draft", "en") is None
        page = knowledge.page(session, polish, None, None)
        assert page is not None
        assert page.translations == (("en", english), ("pl", polish))
        shown = knowledge.suggest(session, Asked("", ("high bill",)), "pl", TODAY)
        assert [one.line.language for one in shown] == ["en"], "its Polish edition does not fit these words"


def test_every_save_is_an_edition(place: Place) -> None:
    key = place.ids["high-bill", "en"]
    first = ArticleContent(title="The bill is too high", text="New text", tags=("high bill",))
    change = ArticleDraft(key, 1, "high-bill", "en", first, "shorter")
    with place.writer.write() as session:
        assert knowledge_edit.save(session, change, None, publish=False) == 2
        with pytest.raises(Stale):
            knowledge_edit.save(session, change, None, publish=True)
    assert "The bill is too high" not in place.search("new text"), "agents read what was published"
    with place.writer.write() as session:
        kept = knowledge.editions(session, key)
        assert [(one.number, one.published, one.note) for one in kept] == [(2, False, "shorter"), (1, True, "")]
        assert kept[1].content.text == TEXT, "what it was before is whole"
        back = replace(change, version=2, content=kept[1].content)
        assert knowledge_edit.save(session, back, None, publish=True) == 3
        knowledge_edit.withdraw(session, key, 3)
    assert "The bill is too high" not in place.search("bill")


@pytest.mark.parametrize(
    "wrong",
    [
        draft(title=" "),
        draft(title="x" * 201),
        draft(key="High Bill"),
        draft(language="english"),
        draft("high-bill", "en"),
        replace(draft("x"), content=ArticleContent(title="T", text="x" * 64_001)),
        replace(draft("x"), content=ArticleContent(title="T", text="", tags=("x" * 401,))),
        replace(draft("x"), content=ArticleContent(title="T", text="", valid_from=TODAY, valid_until=date(2026, 1, 1))),
    ],
)
def test_what_no_article_can_be(dana: Desk, wrong: ArticleDraft) -> None:
    with dana.database.write() as session:
        knowledge_edit.save(session, draft(), None, publish=True)
        with pytest.raises(Refused):
            knowledge_edit.save(session, wrong, None, publish=True)


def test_snippets_of_the_centre_and_of_a_person(place: Place) -> None:
    own = SnippetRow(new_id(), 0, place.desk.agent_id, " ;Bye ", "Said goodbye to {customer}.")
    with place.writer.write() as session:
        knowledge_edit.save_snippet(session, SnippetRow(new_id(), 0, None, "reread", "Re-read booked."))
        knowledge_edit.save_snippet(session, SnippetRow(new_id(), 0, new_id(), "theirs", "x"))
    with place.desk.database.write() as session:
        knowledge_edit.save_snippet(session, own)
        for wrong in ("two words", "", "x" * 31):
            with pytest.raises(Refused):
                knowledge_edit.save_snippet(session, replace(own, id=new_id(), name=wrong))
        with pytest.raises(Refused):
            knowledge_edit.save_snippet(session, replace(own, id=new_id(), text="  "))
    with place.desk.database.write() as session:
        found = knowledge.snippets(session, place.desk.agent_id)
        assert [(row.name, row.owner_id) for row in found] == [("bye", place.desk.agent_id), ("reread", None)]
        with pytest.raises(Refused):
            knowledge_edit.save_snippet(session, replace(own, id=new_id(), version=1, name="bye"))
        knowledge_edit.save_snippet(session, replace(found[0], active=False))
    with place.desk.database.write() as session:
        assert [row.name for row in knowledge.snippets(session, place.desk.agent_id)] == ["reread"]
        knowledge_edit.save_snippet(session, replace(own, id=new_id(), text="back again"))
        assert [row.text for row in knowledge.snippets(session, place.desk.agent_id)][:1] == ["back again"]


def test_a_refused_insert_of_nobody(dana: Desk) -> None:
    with dana.database.write() as session, pytest.raises(Refused):
        knowledge_edit.use_article(session, ops.UseArticle(interaction_id=new_id(), article_id=new_id()))
