"""All articles: a list that is searched, and beside it the one that is read or edited."""

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from agent_desktop.data.knowledge_rows import ArticlePage, KnowledgeFound
from agent_desktop.ui import fields, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.knowledge.article_editor import ArticleEditor
from agent_desktop.ui.knowledge.article_list import ArticleList, Entry
from agent_desktop.ui.knowledge.article_reader import ArticleReader
from agent_desktop.ui.knowledge.as_of import AsOf
from agent_desktop.ui.knowledge.knowledge_panel import SearchField
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.list_states import ListStates, Message

_ASK_AFTER_MS = 80
_LIST_WIDTH = 400


class KnowledgePage(QWidget):
    """Signals: searched(text); opened(UUID); new_wanted(); snippets_wanted(); retried()."""

    searched = Signal(str)
    opened = Signal(object)
    new_wanted = Signal()
    snippets_wanted = Signal()
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.language = "en"
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Search articles"))
        self.search.setAccessibleName(self.tr("Search articles"))
        fields.as_search(self.search)
        self.new = Button(self.tr("New article"), "plus")
        self.new.hide()
        self.snippets = Button(self.tr("Snippets"), "text-quote")
        self.list = ArticleList(self.tr("Articles"))
        self.states = ListStates(self.list)
        self._more = elided("", "small", "3")
        self._more.hide()
        self.reader = ArticleReader(returns=False)
        self._nothing = Message()
        self._nothing.set("library", self.tr("No article chosen"), self.tr("Choose one in the list to read it here."))
        self.side = QStackedWidget()
        self.side.addWidget(self._nothing)
        self.side.addWidget(self.reader)
        self.editor = ArticleEditor()
        self.side.addWidget(self.editor)
        self._lay_out()
        self._ask = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._ask.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._ask.start())
        self.search.down.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.submitted.connect(self.list.open_chosen)
        self.search.given_up.connect(self.search.clear)
        self.list.opened.connect(self.opened)
        self.list.left_upwards.connect(lambda: self.search.setFocus(Qt.FocusReason.BacktabFocusReason))
        self.new.clicked.connect(lambda _checked=False: self.new_wanted.emit())
        self.snippets.clicked.connect(lambda _checked=False: self.snippets_wanted.emit())
        self.states.retried.connect(self.retried)
        self.setFocusProxy(self.search)
        self.states.show_loading()

    def _lay_out(self) -> None:
        self._age = AsOf()
        head = row(label(self.tr("Knowledge"), "h1"), None, self.snippets, self.new, margins=(16, 12, 16, 8))
        shelf = frame(
            column(
                row((self.search, 1), margins=(16, 12, 16, 8)),
                rule(),
                (self.states, 1),
                row((self._more, 1), margins=(16, 4, 16, 8)),
                spacing=0,
                margins=1,
            ),
            card=True,
        )
        theme.size(shelf, fixed_width=_LIST_WIDTH)
        read = frame(column((self.side, 1), spacing=0, margins=1), card=True)
        both = row(shelf, (read, 1), spacing=12, margins=(12, 0, 12, 12))
        self.setLayout(column(head, self._age, (both, 1), spacing=0))

    # ------------------------------------------------------------------- shown

    def set_as_of(self, at: datetime | None) -> None:
        """The database is away, and articles are as they were then; None: it answers."""
        self._age.set(at)

    def set_may_edit(self, may_edit: bool) -> None:
        """Whether who is signed in writes articles."""
        self.new.setVisible(may_edit)
        self.reader.set_may_edit(may_edit)

    def ask(self) -> None:
        """For what is typed, once more."""
        self._ask.stop()
        self.searched.emit(self.search.text().strip())

    def set_found(self, text: str, found: KnowledgeFound, today: date) -> None:
        """The answer to ``searched``; one to another text than the present is dropped."""
        if text != self.search.text().strip():
            return
        self.list.set_entries([Entry(line) for line in found.lines], text, today, "" if not text else self.language)
        self._more.setText(self.tr("There are more: type more to find them"))
        self._more.setVisible(found.more)
        if found.lines:
            self.states.show_content()
        elif text:
            self.states.show_empty(self.tr("No article has “{0}”").format(text), "", "search-x")
        else:
            self.states.show_empty(self.tr("There are no articles yet"), "", "file-text")

    def show_trouble(self, words: str, advice: str) -> None:
        """The articles cannot be read now."""
        if not self.list.articles.entries:
            self.states.show_trouble(words, advice)

    def set_article(self, page: ArticlePage, today: date) -> None:
        """The answer to ``opened``."""
        self.reader.set(page, today)
        if not self.writes():
            self.side.setCurrentWidget(self.reader)

    def reads(self) -> UUID | None:
        """The article that is on the screen."""
        page = self.reader.page
        return page.line.id if page is not None and self.side.currentWidget() is self.reader else None

    def writes(self) -> bool:
        """Whether somebody edits: then nothing else comes up by itself."""
        return self.side.currentWidget() is self.editor

    def show_editor(self) -> None:
        self.side.setCurrentWidget(self.editor)
        self.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_editor(self) -> None:
        """Back to reading, or to nothing where nothing was read."""
        self.side.setCurrentWidget(self.reader if self.reader.page is not None else self._nothing)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Ctrl F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
