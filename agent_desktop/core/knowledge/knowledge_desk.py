"""Knowledge at a desk: searched and suggested on the lane of lists, uses through the journal, edits written at once."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data, tasks
from agent_desktop.core.store import Store
from agent_desktop.data import operations as op
from agent_desktop.data.knowledge_rows import (
    ArticleDraft,
    ArticlePage,
    Asked,
    Edition,
    KnowledgeFound,
    SnippetRow,
    Suggestion,
    UseCounts,
)
from agent_desktop.data.rows import Changed

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[Exception], None]


class KnowledgeDesk(QObject):
    """A newer question of a kind drops the older one's answer. Signals: changed() somebody wrote articles or snippets;
    snippets_changed(tuple of SnippetRow); may_edit_changed(bool) whether who is signed in writes articles.
    """

    changed = Signal()
    snippets_changed = Signal(object)
    may_edit_changed = Signal(bool)

    def __init__(self, store: Store):
        super().__init__()
        self._store = store
        self._open: dict[str, tasks.Handle | None] = {}
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
        for handle in self._open.values():
            if handle is not None:
                handle.cancel()
        self._open.clear()

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

        self._ask("load", question, self._loaded, lambda _error: None)

    def _loaded(self, answer: tuple[tuple[SnippetRow, ...], bool]) -> None:
        snippets, may_edit = answer
        if snippets != self.snippets:
            self.snippets = snippets
            self.snippets_changed.emit(snippets)
        if may_edit != self.may_edit:
            self.may_edit = may_edit
            self.may_edit_changed.emit(may_edit)

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        if changed.knowledge or changed.everything:
            self.load()
            self.changed.emit()

    # --------------------------------------------------------------------- reading

    def suggest(self, asked: Asked, then: Then[tuple[Suggestion, ...]], failed: Failed) -> None:
        """Articles for a call, each with its reasons."""
        language, today = self.language, _today()
        self._ask("suggest", lambda session: data.knowledge.suggest(session, asked, language, today), then, failed)

    def search(
        self, text: str, then: Then[KnowledgeFound], failed: Failed, *, drafts: bool = False, kind: str = "search"
    ) -> None:
        """What is being typed; nothing typed: all of them, by title. ``kind`` names the field."""
        language = self.language

        def question(session: Any) -> KnowledgeFound:
            if not text.strip():
                return data.knowledge.listed(session, language, drafts=drafts)
            return data.knowledge.search(session, text, language, drafts=drafts)

        self._ask(kind, question, then, failed)

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
        self._ask(
            kind, lambda session: data.knowledge.page(session, article_id, interaction_id, agent_id), then, failed
        )

    def by_key(self, key: str, language: str, then: Then[UUID | None], failed: Failed) -> None:
        """The article that a script names."""
        self._ask("key", lambda session: data.knowledge.by_key(session, key, language or self.language), then, failed)

    def editions(self, article_id: UUID, then: Then[tuple[tuple[Edition, ...], UseCounts]], failed: Failed) -> None:
        """Every save of an article, the newest first, and what came of it."""

        def question(session: Any) -> tuple[tuple[Edition, ...], UseCounts]:
            counted = data.knowledge.counts(session, [article_id]).get(article_id, UseCounts())
            return data.knowledge.editions(session, article_id), counted

        self._ask("editions", question, then, failed)

    # --------------------------------------------------------------------- writing

    def use(self, interaction_id: UUID, article_id: UUID, helped: bool | None) -> bool:
        """Keep that this agent used an article, and whether it helped; false while this computer cannot keep it."""
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

    def _ask(self, kind: str, question: Callable[[Any], T], then: Then[T], failed: Failed) -> None:
        old = self._open.get(kind)
        if old is not None:
            old.cancel()
        self._open[kind] = self._store.browse(question, then, failed)


def _today() -> date:
    return clock.now().astimezone().date()
