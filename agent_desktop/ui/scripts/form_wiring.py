"""What the forms of a script offer: the centre's results and queues, articles found; and what formulas come to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from agent_desktop import clock
from agent_desktop.core.scripts.tryout import Tryout
from agent_desktop.core.scripts.writing import Writing
from agent_desktop.data.knowledge_rows import KnowledgeFound
from agent_desktop.ui.scripts.form_facts import FormFacts

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.scripts.scripts_page import ScriptsPage


class FormWiring(QObject):
    """Made with the page."""

    def __init__(self, window: "MainWindow", page: "ScriptsPage", core: Writing, tryout: Tryout):
        super().__init__(page)
        self._window, self._page, self._core, self._tryout = window, page, core, tryout
        self._articles: dict[str, str] = {}
        self._asked: frozenset[str] = frozenset()
        page.form.articles.searched.connect(self._search)
        page.document.changed.connect(self._look_up)
        tryout.changed.connect(lambda _view: self._weigh())
        tryout.weighed.connect(page.form.set_outcomes)
        self.refresh()
        core.known_words(page.form.rules.set_known, lambda _error: None)

    def refresh(self) -> None:
        """The centre may have other queues and results now."""
        session = self._window.session
        self._page.form.set_facts(
            FormFacts(
                results=tuple(dict.fromkeys(row.label for row in session.centre.dispositions)),
                queues=tuple((queue.name, queue.label) for queue in session.centre.queues),
                pages=session.settings.work.script_pages,
                articles=dict(self._articles),
            )
        )

    @Slot()
    def _weigh(self) -> None:
        script, step_id = self._page.document.script, self._page.document.step_id
        if script is not None:
            self._tryout.weigh(step_id)

    # --------------------------------------------------------------- articles

    @Slot()
    def _look_up(self) -> None:
        """The titles of what this script links, where they are not known yet."""
        script = self._page.document.script
        steps = script.steps if script is not None else ()
        keys = frozenset(link.article for step in steps for link in step.knowledge) - self._asked
        if keys:
            self._asked |= keys
            self._core.titles(sorted(keys), self._know, self._forget(keys))

    def _know(self, titles: dict[str, str]) -> None:
        self._articles |= titles
        self.refresh()

    def _forget(self, keys: frozenset[str]) -> Callable[[Exception], None]:
        def failed(_error: Exception) -> None:
            self._asked -= keys

        return failed

    @Slot(str)
    def _search(self, text: str) -> None:
        desk = self._window.knowledge_wiring.desk

        def found(answer: KnowledgeFound) -> None:
            for line in answer.lines:
                self._articles.setdefault(line.key, line.title)
            today = clock.now().astimezone().date()
            self.refresh()
            self._page.form.articles.set_found(text, answer.lines, today, desk.language)

        desk.search(text, found, lambda _error: found(KnowledgeFound()), kind="script")
