"""Knowledge wired: what a call is about becomes suggestions, words become articles, and what helped is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from agent_desktop import clock
from agent_desktop.core.knowledge.about_call import about
from agent_desktop.core.knowledge.knowledge_desk import KnowledgeDesk
from agent_desktop.core.views import Notice, PopView
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.knowledge_rows import ArticleDraft, ArticlePage, Asked, Edition, KnowledgeFound, Suggestion
from agent_desktop.ui import ask
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.ui.knowledge.knowledge_page import KnowledgePage
    from agent_desktop.ui.knowledge.snippet_list import SnippetList
    from agent_desktop.ui.knowledge.snippets_card import SnippetsCard
    from agent_desktop.ui.main_window import MainWindow

AFTER_POP_MS = 150  # the caller comes first


class KnowledgeWiring(QObject):
    """The tab beside the history, the page of all articles, and snippets in the notes."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_, self._session, self._space = window, window.session, window.workspace
        self.desk = KnowledgeDesk(window.core.store)
        self.destroyed.connect(self.desk.stop)
        locale = QLocale()
        self.desk.language = "en" if locale.language() == QLocale.Language.C else locale.name().split("_")[0]
        self.page: KnowledgePage | None = None
        self.notes: SnippetList | None = None
        self._about = Asked()
        self._interaction: UUID | None = None
        self._key = ""  # of the article that a script wants, while it is looked for
        self._soon = QTimer(self, singleShot=True, interval=AFTER_POP_MS)
        self._soon.timeout.connect(self._suggest)
        self.desk.changed.connect(self._changed)
        self._session.pop_painted.connect(self._popped)
        self._session.centre_changed.connect(lambda _centre: self._agent())
        self._agent()

    def _agent(self) -> None:
        agent = self._session.agent
        self.desk.set_agent(agent.id if agent is not None else None)

    # ---------------------------------------------------------- beside the call

    @Slot()
    def prepared(self) -> None:
        """The workspace has made the parts that show a caller."""
        from agent_desktop.ui.knowledge.snippet_list import SnippetList

        panel = self._space.knowledge
        panel.language = self.desk.language
        panel.searched.connect(self._searched)
        panel.opened.connect(self.read)
        panel.used.connect(self._used)
        panel.link_wanted.connect(self.open_link)
        panel.retried.connect(self._retry)
        panel.edit_wanted.connect(self.edit)
        self.desk.as_of_changed.connect(panel.set_as_of)
        panel.set_as_of(self.desk.as_of)
        self._space.script.link_opened.connect(self._linked)
        self.notes = SnippetList(self._space.wrap_up.note, self._values)
        self.notes.set_snippets(self.desk.snippets)
        self.desk.snippets_changed.connect(self.notes.set_snippets)
        self._popped(self._session.pop_view())

    @Slot(object)
    def _popped(self, view: PopView | None) -> None:
        """Another caller, or more is known of this one; after the call what fitted stays for the wrap-up."""
        if view is None or not self._space.is_prepared():
            return
        centre = self._session.centre
        asked = about(view, (*centre.queues, *centre.retired_queues))
        if view.interaction_id != self._interaction:
            self._interaction, self._about = view.interaction_id, Asked()
            self._space.knowledge.begin(in_call=view.interaction_id is not None)
        if asked != self._about:
            self._about = asked
            self._soon.start()

    @Slot()
    def _suggest(self) -> None:
        asked = self._about
        label = self._session.centre.queue_label(asked.queue)

        def answer(found: tuple[Suggestion, ...]) -> None:
            from agent_desktop.ui.knowledge.article_list import Entry
            from agent_desktop.ui.knowledge.knowledge_words import reason

            if asked == self._about:
                entries: list[Entry] = [Entry(one.line, reason(one, label)) for one in found]
                self._space.knowledge.set_fitting(entries)

        self.desk.suggest(asked, answer, self._failed)

    @Slot(str)
    def _searched(self, text: str) -> None:
        panel = self._space.knowledge

        def answer(found: KnowledgeFound) -> None:
            panel.set_found(text, found, _today())

        self.desk.search(text, answer, self._failed)

    @Slot(object)
    def read(self, article_id: UUID) -> None:
        """Show an article in the tab."""
        panel, desk = self._space.knowledge, self.desk

        def answer(page: ArticlePage | None) -> None:
            if page is None:
                self._tell(self.tr("This article is not there any more."))
            else:
                panel.set_article(page, _today(), asked=desk.language, may_edit=desk.may_edit)

        desk.article(article_id, self._interaction, answer, self._article_failed)

    @Slot(str)
    def read_key(self, key: str, language: str = "") -> None:
        """Show the article that a script names: in the call's language, else in the one there is."""

        def answer(article_id: UUID | None) -> None:
            if article_id is None:
                self._tell(self.tr("There is no article “{0}”.").format(key))
            else:
                self._space.show_knowledge()
                self.read(article_id)

        self.desk.by_key(key, language, answer, self._article_failed)

    @Slot(str)
    def _linked(self, key: str) -> None:
        """What a script names is an article's key, or the address of a page."""
        if key.startswith(("http://", "https://")):
            self.open_link(key)
        else:
            self.read_key(key)

    def open(self, article_id: UUID) -> None:
        """From anywhere: beside the caller where there is one, else on the page."""
        if self._space.is_home():
            self.window_.shell.show_page("knowledge")
            self._open_on_page(article_id)
        else:
            self.window_.shell.show_page("workspace")
            self._space.show_knowledge()
            self.read(article_id)

    @Slot(object, object)
    def _used(self, article_id: UUID, helped: bool | None) -> None:
        call = self._interaction or self._space.interaction()
        if call is not None:
            self.desk.use(call, article_id, helped)

    @Slot(str)
    def open_link(self, address: str) -> None:
        """A page of the web only after somebody has seen where it leads."""

        def go() -> None:
            QDesktopServices.openUrl(QUrl(address))

        ask.confirm(self.window_, self.tr("Open this page in the browser?"), address, self.tr("Open"), go)

    def _values(self) -> Mapping[str, str]:
        """What the fields of a snippet become."""
        view, agent = self._session.wrap_up_view(), self._session.agent
        names = {"customer": view.title if view is not None else "", "agent": agent.name if agent is not None else ""}
        return {field: name for field, name in names.items() if name}

    # --------------------------------------------------------------- the page

    def build(self) -> QWidget:
        from agent_desktop.ui.knowledge.knowledge_page import KnowledgePage

        page = self.page = KnowledgePage()
        page.language = self.desk.language
        page.searched.connect(self._page_searched)
        page.opened.connect(self._open_on_page)
        page.retried.connect(page.ask)
        page.snippets_wanted.connect(self.open_snippets)
        page.new_wanted.connect(self._new)
        page.editor.save.connect(self._save)
        page.editor.withdraw.connect(self._withdraw)
        page.editor.left.connect(page.leave_editor)
        page.set_may_edit(self.desk.may_edit)
        self.desk.as_of_changed.connect(page.set_as_of)
        page.set_as_of(self.desk.as_of)
        self.desk.may_edit_changed.connect(page.set_may_edit)
        page.reader.link_wanted.connect(self.open_link)
        page.reader.language_chosen.connect(self._open_on_page)
        page.reader.edit_wanted.connect(self.edit)
        page.ask()
        self.window_.shell.page_shown.connect(self._shown)
        return page

    @Slot(str)
    def _shown(self, name: str) -> None:
        """Whoever goes to the page looks for something; a call that comes is answered by its own keys."""
        if name == "knowledge" and self.page is not None:
            self.page.focus_filter()

    @Slot(str)
    def _page_searched(self, text: str) -> None:
        page = self.page
        if page is None:
            return

        def answer(found: KnowledgeFound) -> None:
            page.set_found(text, found, _today())

        failed = _told(page.show_trouble)
        self.desk.search(text, answer, failed, drafts=self.desk.may_edit, kind="page")

    @Slot(object)
    def _open_on_page(self, article_id: UUID) -> None:
        page = self.page
        if page is None:
            return

        def answer(found: ArticlePage | None) -> None:
            if found is None:
                self._tell(self.tr("This article is not there any more."))
            else:
                page.set_article(found, _today())

        self.desk.article(article_id, None, answer, self._article_failed, kind="page article")

    # ----------------------------------------------------------------- written

    @Slot(object)
    def edit(self, article_id: UUID) -> None:
        """For who writes articles: on the page, from wherever it was asked for."""
        self.window_.shell.show_page("knowledge")
        page, desk = self.page, self.desk
        if page is None or page.writes():
            return

        def found(whole: ArticlePage | None) -> None:
            if whole is not None:
                desk.editions(article_id, lambda told: begin(whole, told[0]), self._article_failed)

        def begin(whole: ArticlePage, editions: tuple[Edition, ...]) -> None:
            if editions:
                self._offer_queues(page)
                page.editor.set(whole.line, editions, self._session.centre.agents)
                page.show_editor()

        desk.article(article_id, None, found, self._article_failed, kind="edit")

    @Slot()
    def _new(self) -> None:
        page = self.page
        if page is not None and not page.writes():
            self._offer_queues(page)
            page.editor.begin(self._session.centre.agents, self.desk.agent_id, self.desk.language)
            page.show_editor()

    def _offer_queues(self, page: "KnowledgePage") -> None:
        page.editor.queues.set_options((queue.name, queue.label) for queue in self._session.centre.queues)

    @Slot(object, bool)
    def _save(self, draft: ArticleDraft, publish: bool) -> None:
        page = self.page
        if page is None:
            return

        def done(_number: int) -> None:
            words = self.tr("“{0}” is published.") if publish else self.tr("The draft of “{0}” is saved.")
            self.window_.shell.notify(Notice(words.format(draft.content.title), "ok"))
            self._left(draft.id)

        self.desk.save(draft, done, self._not_saved, publish=publish)

    @Slot(object, int)
    def _withdraw(self, article_id: UUID, version: int) -> None:
        self.desk.withdraw(article_id, version, lambda _done: self._left(article_id), self._not_saved)

    def _left(self, article_id: UUID) -> None:
        if self.page is not None:
            self.page.leave_editor()
            self._open_on_page(article_id)

    def _not_saved(self, error: Exception) -> None:
        if self.page is not None:
            words = self.tr("It could not be saved. Try again in a moment.")
            self.page.editor.set_trouble(error.text if isinstance(error, DatabaseTrouble) else str(error) or words)

    def save_now(self) -> bool:
        """The save key; False if nothing is being written here."""
        page = self.page
        if page is None or not page.isVisible() or not page.writes():
            return False
        page.editor.submit(publish=False)
        return True

    @Slot()
    def open_snippets(self) -> "SnippetsCard":
        """One's own snippets and the centre's."""
        from agent_desktop.ui.knowledge.snippets_card import SnippetsCard

        card, desk, overlay = SnippetsCard(), self.desk, Overlay.of(self.window_)

        def fill() -> None:
            card.set(desk.snippets, desk.agent_id, may_edit=desk.may_edit)

        def failed(error: Exception) -> None:
            words = self.tr("It could not be saved.")
            card.set_trouble(error.text if isinstance(error, DatabaseTrouble) else str(error) or words)

        def gone() -> None:
            desk.snippets_changed.disconnect(fill)
            card.deleteLater()

        fill()
        desk.snippets_changed.connect(fill)
        card.save_wanted.connect(lambda made: desk.save_snippet(made, lambda _done: card.begin(), failed))
        card.closed.connect(lambda: overlay.dismiss(card))
        overlay.present(card, top=60, dismissed=gone)
        return card

    # ----------------------------------------------------------------- changes

    @Slot()
    def _changed(self) -> None:
        """Somebody wrote: what is on the screen is asked for again."""
        if self.page is not None:
            self.page.ask()
            if (shown := self.page.reads()) is not None:
                self._open_on_page(shown)
        if self._space.is_prepared():
            self._soon.start()
            if (read := self._space.knowledge.reads()) is not None:
                self.read(read)

    @Slot()
    def _retry(self) -> None:
        self._suggest()
        self._searched(self._space.knowledge.search.text().strip())

    def _failed(self, error: Exception) -> None:
        _told(self._space.knowledge.show_trouble)(error)

    def _article_failed(self, error: Exception) -> None:
        words = error.text if isinstance(error, DatabaseTrouble) else self.tr("The article could not be read.")
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.window_.shell.notify(Notice(words, "warn"))


def _told(show: Callable[[str, str], None]) -> Callable[[Exception], None]:
    """A failure in words, to what shows them."""

    def tell(error: Exception) -> None:
        if isinstance(error, DatabaseTrouble):
            show(error.text, error.advice)
        else:
            words = QCoreApplication.translate("knowledge", "The articles could not be read.")
            show(words, QCoreApplication.translate("knowledge", "Try again in a moment."))

    return tell


def _today() -> date:
    return clock.now().astimezone().date()
