"""Knowledge at a desk: searched and suggested on the lane of lists, uses through the journal, edits written at once.

While a server is away, what is read comes from what was kept here.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data, tasks
from agent_desktop.core.knowledge.kept_articles import KeptArticles
from agent_desktop.core.store import Store
from agent_desktop.data import operations as op
from agent_desktop.data.knowledge_rows import (
    ArticleDraft,
    ArticlePage,
    Asked,
    Edition,
    KnowledgeFound,
    KnowledgeShelf,
    OwnUse,
    SnippetRow,
    Suggestion,
    UseCounts,
)
from agent_desktop.data.rows import Changed

T = TypeVar("T")
_MOST_USES = 200
PATIENCE_S = 5.0  # with a server; then what is kept here is better than nothing
Then = Callable[[T], None]
Failed = Callable[[Exception], None]


class KnowledgeDesk(QObject):
    """A newer question of a kind drops the older one's answer. Signals: changed() somebody wrote articles or snippets;
    snippets_changed(tuple of SnippetRow); may_edit_changed(bool) whether who is signed in writes articles;
    as_of_changed(datetime): what is shown was so then, the database is away; None: it is as it stands there.
    """

    changed = Signal()
    snippets_changed = Signal(object)
    may_edit_changed = Signal(bool)
    as_of_changed = Signal(object)

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._open: dict[str, tasks.Handle | None] = {}
        self._aside: dict[str, tasks.Handle | None] = {}  # the same, of what is kept here
        self._uses: dict[tuple[UUID, UUID], OwnUse] = {}  # of interaction and article, said at this desk
        self.kept = KeptArticles(store)
        self.as_of: datetime | None = None
        self.agent_id: UUID | None = None
        self.language = "en"
        self.may_edit = False
        self.snippets: tuple[SnippetRow, ...] = ()
        store.changed.connect(self._changed)
        store.opened.connect(self.load)
        if store.ready:
            self.load()

    @Slot()
    def stop(self) -> None:
        """Nobody is there any more whom an answer would reach."""
        for handle in (*self._open.values(), *self._aside.values()):
            if handle is not None:
                handle.cancel()
        self._open.clear()
        self._aside.clear()

    def set_agent(self, agent_id: UUID | None) -> None:
        """Who works here."""
        if agent_id != self.agent_id:
            self.agent_id = agent_id
            self.load()

    @Slot()
    def load(self) -> None:
        """Ask for snippets, and whether who is signed in may write articles."""
        agent_id = self.agent_id

        def question(session: Any) -> tuple[tuple[SnippetRow, ...], bool]:
            return data.knowledge.snippets(session, agent_id), data.knowledge_edit.may_edit(session)

        self._ask("load", question, self._loaded, self._not_loaded)

    def _loaded(self, answer: tuple[tuple[SnippetRow, ...], bool]) -> None:
        snippets, may_edit = answer
        self.kept.keep_snippets(snippets)
        self.kept.fetch_soon()
        self._take_snippets(snippets)
        if may_edit != self.may_edit:
            self.may_edit = may_edit
            self.may_edit_changed.emit(may_edit)
        if self.as_of is not None:  # it answers again: what was shown from here is asked for anew
            self._shown_as_of(None)
            self.changed.emit()

    def _not_loaded(self, _error: Exception) -> None:
        if not self.snippets:
            self._take_snippets(self.kept.snippets())

    def _take_snippets(self, snippets: tuple[SnippetRow, ...]) -> None:
        if snippets != self.snippets:
            self.snippets = snippets
            self.snippets_changed.emit(snippets)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.knowledge or changed.everything:
            self.load()
            self.changed.emit()

    # --------------------------------------------------------------------- reading

    def suggest(self, asked: Asked, then: Then[tuple[Suggestion, ...]], failed: Failed) -> None:
        """Articles for a call, each with its reasons."""
        language, today = self.language, _today()
        self._ask(
            "suggest",
            lambda session: data.knowledge.suggest(session, asked, language, today),
            then,
            failed,
            lambda shelf: data.knowledge_shelf.suggest(shelf, asked, language, today),
        )

    def search(
        self, text: str, then: Then[KnowledgeFound], failed: Failed, *, drafts: bool = False, kind: str = "search"
    ) -> None:
        """What is being typed; nothing typed: all of them, by title. ``kind`` names the field."""
        language = self.language

        def question(session: Any) -> KnowledgeFound:
            if not text.strip():
                return data.knowledge.listed(session, language, drafts=drafts)
            return data.knowledge.search(session, text, language, drafts=drafts)

        self._ask(kind, question, then, failed, lambda shelf: data.knowledge_shelf.search(shelf, text, language))

    def article(
        self,
        article_id: UUID,
        interaction_id: UUID | None,
        then: Then[ArticlePage | None],
        failed: Failed,
        *,
        kind: str = "article",
    ) -> None:
        """One article whole, with what was said of it in this interaction. ``kind`` names the place that shows it."""
        agent_id = self.agent_id
        use = self._uses.get((interaction_id, article_id)) if interaction_id is not None else None
        self._ask(
            kind,
            lambda session: data.knowledge.page(session, article_id, interaction_id, agent_id),
            then,
            failed,
            lambda shelf: data.knowledge_shelf.page(shelf, article_id, use),
        )

    def by_key(self, key: str, language: str, then: Then[UUID | None], failed: Failed) -> None:
        """The article that a script names."""
        wanted = language or self.language
        self._ask(
            "key",
            lambda session: data.knowledge.by_key(session, key, wanted),
            then,
            failed,
            lambda shelf: data.knowledge_shelf.by_key(shelf, key, wanted),
        )

    def editions(self, article_id: UUID, then: Then[tuple[tuple[Edition, ...], UseCounts]], failed: Failed) -> None:
        """Every save of an article, the newest first, and what came of it."""

        def question(session: Any) -> tuple[tuple[Edition, ...], UseCounts]:
            counted = data.knowledge.counts(session, [article_id]).get(article_id, UseCounts())
            return data.knowledge.editions(session, article_id), counted

        self._ask("editions", question, then, failed)

    # --------------------------------------------------------------------- writing

    def use(self, interaction_id: UUID, article_id: UUID, helped: bool | None) -> bool:
        """Keep that this agent used an article, and whether it helped; false while this computer cannot keep it."""
        self._uses[interaction_id, article_id] = OwnUse(helped)
        while len(self._uses) > _MOST_USES:
            self._uses.pop(next(iter(self._uses)))
        return self._store.put(
            op.UseArticle(agent_id=self.agent_id, interaction_id=interaction_id, article_id=article_id, helped=helped)
        )

    def save(self, draft: ArticleDraft, then: Then[int], failed: Failed, *, publish: bool) -> None:
        """Store an edition. ``failed`` gets Stale, Refused, DatabaseTrouble or tasks.Late: nobody knows, then."""
        agent_id = self.agent_id
        self._write(lambda session: data.knowledge_edit.save(session, draft, agent_id, publish=publish), then, failed)

    def withdraw(self, article_id: UUID, version: int, then: Then[None], failed: Failed) -> None:
        """Have agents read it no more."""
        self._write(lambda session: data.knowledge_edit.withdraw(session, article_id, version), then, failed)

    def save_snippet(self, row: SnippetRow, then: Then[None], failed: Failed) -> None:
        """Store a snippet, one's own or (for who leads others) the centre's."""
        self._write(lambda session: data.knowledge_edit.save_snippet(session, row), then, failed)

    def _write(self, change: Callable[[Any], T], then: Then[T], failed: Failed) -> None:
        def done(result: T) -> None:
            then(result)
            self._store.changed.emit(Changed(knowledge=True))

        self._store.write_now(change, done, failed)

    def _ask(
        self,
        kind: str,
        question: Callable[[Any], T],
        then: Then[T],
        failed: Failed,
        kept: Callable[[KnowledgeShelf], T] | None = None,
    ) -> None:
        """Ask the database; while a server is away, or where it fails, what is ``kept`` here."""
        for lane in (self._open, self._aside):
            old = lane.pop(kind, None)
            if old is not None:
                old.cancel()
        if kept is not None and self._store.caches:
            if not self._store.ready:
                self._ask_kept(kind, kept, then, partial(self._ask, kind, question, then, failed))
                return

            def away(error: Exception) -> None:
                self._ask_kept(kind, kept, then, partial(failed, error))

            self._open[kind] = self._store.browse(question, partial(self._answered, then), away, deadline_s=PATIENCE_S)
            return
        self._open[kind] = self._store.browse(question, then, failed)

    def _ask_kept(
        self, kind: str, kept: Callable[[KnowledgeShelf], T], then: Then[T], otherwise: Callable[[], None]
    ) -> None:
        def found(answer: T, at: datetime) -> None:
            self._shown_as_of(at)
            then(answer)

        self._aside[kind] = self.kept.ask(kept, found, otherwise)

    def _answered(self, then: Then[T], answer: T) -> None:
        self._shown_as_of(None)
        then(answer)

    def _shown_as_of(self, at: datetime | None) -> None:
        if at != self.as_of:
            self.as_of = at
            self.as_of_changed.emit(at)


def _today() -> date:
    return clock.now().astimezone().date()
