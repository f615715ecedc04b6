"""Knowledge beside the call: what fits it and why, what is being searched for, and the article that is read."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from agent_desktop.data.knowledge_rows import ArticlePage, KnowledgeFound
from agent_desktop.ui import fields
from agent_desktop.ui.knowledge.article_list import ArticleList, Entry
from agent_desktop.ui.knowledge.article_reader import ArticleReader
from agent_desktop.ui.knowledge.as_of import AsOf
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.list_states import ListStates

_ASK_AFTER_MS = 80


class SearchField(QLineEdit):
    """Signals: down() into the list, submitted(), given_up()."""

    down = Signal()
    submitted = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class KnowledgePanel(QWidget):
    """Signals: searched(text) while it is typed, empty: the list by title; opened(UUID); used(UUID, helped);
    link_wanted(address); edit_wanted(UUID); retried(): ask for what is shown once more; counted(int): how many fit.
    """

    searched = Signal(str)
    opened = Signal(object)
    used = Signal(object, object)
    link_wanted = Signal(str)
    edit_wanted = Signal(object)
    retried = Signal()
    counted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._fitting: tuple[Entry, ...] = ()
        self._in_call = False
        self.language = "en"
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Search articles"))
        self.search.setAccessibleName(self.tr("Search articles"))
        fields.as_search(self.search)
        self.list = ArticleList(self.tr("Articles"))
        self._head = label(self.tr("For this call"), "small-b", "2")
        self._more = elided("", "small", "3")
        self.states = ListStates(self.list)
        self.browse = QWidget()
        self.browse.setLayout(
            column(
                row((self.search, 1), margins=(16, 12, 16, 6)),
                row(self._head, None, margins=(16, 4, 16, 2)),
                (self.states, 1),
                row((self._more, 1), margins=(16, 4, 16, 8)),
                spacing=0,
            )
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.browse)
        self._reader: ArticleReader | None = None
        self._age = AsOf()
        self.setLayout(column(self._age, (self._pages, 1), spacing=0))
        self._ask = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._ask.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(self._typed)
        self.search.down.connect(self._to_list)
        self.search.submitted.connect(self._submit)
        self.search.given_up.connect(self.search.clear)
        self.list.opened.connect(self.opened)
        self.list.left_upwards.connect(lambda: self.search.setFocus(Qt.FocusReason.BacktabFocusReason))
        self.states.retried.connect(self.retried)
        self._show()

    @property
    def reader(self) -> ArticleReader:
        """Made when first looked at: a text document is not for the first picture of a call."""
        if self._reader is None:
            made = self._reader = ArticleReader()
            made.back.connect(self.show_list)
            made.used.connect(self._used)
            made.language_chosen.connect(self.opened)
            made.link_wanted.connect(self.link_wanted)
            made.edit_wanted.connect(self.edit_wanted)
            self._pages.addWidget(made)
        return self._reader

    # ------------------------------------------------------------------- shown

    def begin(self, *, in_call: bool) -> None:
        """Another call, or none: what fitted the last one and was read for it goes."""
        self._in_call = in_call
        self._fitting = ()
        if not self.search.hasFocus():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self._pages.setCurrentWidget(self.browse)
        self.counted.emit(0)
        self._show()

    def set_as_of(self, at: datetime | None) -> None:
        """The database is away, and articles are as they were then; None: it answers."""
        self._age.set(at)

    def set_fitting(self, entries: Sequence[Entry]) -> None:
        """What fits this call, each with its reason."""
        self._fitting = tuple(entries)
        self.counted.emit(len(self._fitting))
        if not self.search.text().strip():
            self._show()

    def set_found(self, text: str, found: KnowledgeFound, today: date) -> None:
        """The answer to ``searched``; one to another text than the present is dropped."""
        if text != self.search.text().strip():
            return
        if not found.lines:
            self._say_nothing(text)
            return
        self.list.set_entries([Entry(line) for line in found.lines], text, today, self.language)
        if text:
            self.list.choose(0)
        self._head.setText(self.tr("Found") if text else self.tr("All articles"))
        self._more.setText(self.tr("There are more: type more to find them") if found.more else "")
        self.states.show_content()

    def show_trouble(self, words: str, advice: str) -> None:
        """The articles cannot be read now; nothing of it is shown while some are on the screen."""
        if self._pages.currentWidget() is self.browse and not (self._fitting and not self.search.text().strip()):
            self.states.show_trouble(words, advice)

    def set_article(self, page: ArticlePage, today: date, *, asked: str = "", may_edit: bool = False) -> None:
        """The answer to ``opened``."""
        self.reader.set(page, today, asked=asked, in_call=self._in_call)
        self.reader.set_may_edit(may_edit)
        if self._pages.currentWidget() is not self.reader:
            within = self.browse.isAncestorOf(self.window().focusWidget() or self)
            self._pages.setCurrentWidget(self.reader)
            if within:
                self.reader.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back from an article to where it was found."""
        had = self._reader is not None and self._reader.isAncestorOf(self.window().focusWidget() or self)
        self._pages.setCurrentWidget(self.browse)
        if had:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reads(self) -> UUID | None:
        """The article that is on the screen."""
        reader = self._reader
        shown = reader is not None and self._pages.currentWidget() is reader
        return reader.page.line.id if reader is not None and shown and reader.page is not None else None

    def focus_search(self) -> None:
        """The search, with what stands in it chosen."""
        self._pages.setCurrentWidget(self.browse)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # ------------------------------------------------------------------ inside

    def _used(self, helped: bool | None) -> None:
        article = self.reads()
        if article is not None:
            self.used.emit(article, helped)

    def _typed(self) -> None:
        if not self.search.text().strip():
            self._ask.stop()
            self._show()
        else:
            self._ask.start()

    def _show(self) -> None:
        """What fits; where nothing does, all there are."""
        if self._fitting:
            self.list.set_entries(self._fitting, "", date.min, self.language)
            self._head.setText(self.tr("For this call"))
            self._more.setText("")
            self.states.show_content()
        else:
            self._head.setText(self.tr("All articles"))
            self.states.show_loading()
            self.searched.emit("")

    def _say_nothing(self, text: str) -> None:
        self._head.setText("")
        self._more.setText("")
        if text:
            advice = self.tr("Fewer words, or the beginning of one, find more.")
            self.states.show_empty(self.tr("No article has “{0}”").format(text), advice, "search-x")
        else:
            advice = self.tr("Team leads write them on the page Knowledge.")
            self.states.show_empty(self.tr("There are no articles yet"), advice, "file-text")

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _submit(self) -> None:
        if self._ask.isActive():
            self._ask.stop()
            self.searched.emit(self.search.text().strip())
        else:
            self.list.open_chosen()
