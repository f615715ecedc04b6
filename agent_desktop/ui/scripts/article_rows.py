"""The articles beside a step: found by searching, each with words of its own for the link."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.core.scripts.model import Knowledge
from agent_desktop.data.knowledge_rows import ArticleLine
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import ToolButton
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.knowledge.article_list import ArticleList, Entry
from agent_desktop.ui.labels import Icon, elided
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.scripts.form_facts import Scene, takes_fields, write

_QUIET_MS = 150
_SHOWN = 5


class _Row(QWidget):
    def __init__(self, number: int):
        super().__init__()
        self.icon = Icon("file-text", "text2")
        self.title = elided("", "body")
        self.label = QLineEdit()
        self.label.setAccessibleName(self.tr("Article {0}: words of the link").format(number))
        takes_fields(self.label)
        theme.size(self.label, minimum_width=60)
        self.away = ToolButton("x", self.tr("Remove article {0}").format(number))
        self.setLayout(row(self.icon, (self.title, 3), (self.label, 4), self.away, spacing=6))


class ArticleRows(QWidget):
    """Signals: edited(field); searched(text) after a moment of quiet, answered by ``set_found``."""

    edited = Signal(str)
    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self._links: tuple[Knowledge, ...] = ()
        self._scene: Scene | None = None
        self._lines: tuple[ArticleLine, ...] = ()
        self._column = column(spacing=5)
        self.search = search_field(self.tr("Find an article to link"))
        self.found = ArticleList(self.tr("Articles found"))
        self.found.hide()
        self.setLayout(column(self._column, self.search, self.found, spacing=5))
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._take_first)
        self.search.installEventFilter(self)
        self.found.opened.connect(self._take)
        self.found.left_upwards.connect(self.search.setFocus)

    # ------------------------------------------------------------------ shown

    def set(self, links: tuple[Knowledge, ...], scene: Scene) -> None:
        """A step's links; a row's title says so where the centre has no such article."""
        self._links, self._scene = links, scene
        while len(self.rows) < len(links):
            self._make()
        for at, each in enumerate(self.rows):
            each.setVisible(at < len(links))
        for each, link in zip(self.rows, links, strict=False):
            self._show_title(each, link.article, scene.facts.articles)
            each.label.setPlaceholderText(scene.facts.articles.get(link.article) or self.tr("words of the link"))
            write(each.label, scene.read(link.label))

    def _show_title(self, shown: _Row, key: str, articles: Mapping[str, str]) -> None:
        known = articles.get(key)
        unknown = known == ""  # it was looked for
        shown.title.setText(self.tr("{0} (no such article)").format(key) if unknown else known or key)
        shown.title.set_tone("bad" if unknown else "")
        shown.icon.set("triangle-alert" if unknown else "file-text", "bad" if unknown else "text2")

    def links(self) -> tuple[Knowledge, ...]:
        """What the rows say now."""
        if self._scene is None:
            return self._links
        return tuple(
            Knowledge(article=link.article, label=self._scene.put(link.label, each.label.text()))
            for each, link in zip(self.rows, self._links, strict=False)
        )

    def set_found(self, text: str, lines: Sequence[ArticleLine], today: date, language: str) -> None:
        """The answer to ``searched``; one that comes late for another text is dropped."""
        if text != self.search.text().strip():
            return
        self._lines = tuple(lines[:_SHOWN])
        self.found.set_entries([Entry(line) for line in self._lines], text, today, language)
        theme.size(self.found, fixed_height=56 * max(1, len(self._lines)))
        self.found.setVisible(bool(self._lines))
        theme.restyle(self.search, error=bool(text) and not lines)

    # ---------------------------------------------------------------- changed

    def _typed(self, text: str) -> None:
        if text.strip():
            self._quiet.start()
        else:
            self._quiet.stop()
            self._lines = ()
            self.found.hide()
            theme.restyle(self.search, error=False)

    def _take_first(self) -> None:
        if self._lines and self.found.isVisible():
            self._take(self._lines[0].id)

    def _take(self, article_id: object) -> None:
        line = next((line for line in self._lines if line.id == article_id), None)
        if line is None or self._scene is None:
            return
        self.search.clear()
        self.search.setFocus()
        if all(link.article != line.key for link in self._links):
            self.set((*self.links(), Knowledge(article=line.key)), self._scene)
            self.edited.emit("")

    def _make(self) -> None:
        at = len(self.rows)
        made = _Row(at + 1)
        made.label.textEdited.connect(lambda _text: self.edited.emit(f"knowledge.{at}"))
        made.away.clicked.connect(lambda: self._remove(at))
        self.rows.append(made)
        self._column.addWidget(made)

    def _remove(self, at: int) -> None:
        if self._scene is not None:
            left = self.links()
            self.set(left[:at] + left[at + 1 :], self._scene)
            self.edited.emit("")
            self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow down goes from the field into what it found, Escape empties it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.found.isVisible():
                self.found.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
