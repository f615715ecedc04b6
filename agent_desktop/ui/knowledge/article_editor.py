"""An article is written: what it says and for whom, how it will look, and every edition there was."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QStackedWidget, QWidget

from agent_desktop.core.interaction_ids import new_id
from agent_desktop.core.knowledge.differences import difference
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.folding import words
from agent_desktop.data.knowledge_rows import ArticleContent, ArticleDraft, ArticleLine, Edition
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.knowledge.article_body import ArticleBody
from agent_desktop.ui.labels import flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.pick_field import PickField
from agent_desktop.ui.segments import Segments

_TEXT, _PREVIEW, _HISTORY = range(3)


class ArticleEditor(QWidget):
    """Signals: save(ArticleDraft, publish); withdraw(UUID, version); left(): back to reading."""

    save = Signal(object, bool)
    withdraw = Signal(object, int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._id: UUID = new_id()
        self._version = self._published = 0
        self._editions: tuple[Edition, ...] = ()
        self._own_key = False  # somebody typed one
        self.heading = label("", "title")
        self.title, self.key, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.valid_from, self.valid_until = QLineEdit(), QLineEdit()
        self.tags, self.note = QLineEdit(), QLineEdit()
        self.queues = PickField(self.tr("Any"))
        self.owner = Choice(self.tr("Owner"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text in Markdown"))
        theme.dress(self.text, "body")
        self.preview = ArticleBody()
        self.past = QListWidget()
        self.past.setAccessibleName(self.tr("Editions"))
        self.changes = QPlainTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setAccessibleName(self.tr("What this edition changed"))
        self.back_to = Button(self.tr("Write on with this edition"), "rotate-ccw")
        self.trouble = flowing("", "small", "bad")
        self.cancel = Button(self.tr("Cancel"))
        self.take_back = Button(self.tr("Take back"), "archive")
        self.keep = Button(self.tr("Save draft"))
        self.publish = Button(self.tr("Publish"), "check", kind="primary")
        options = (self.tr("Text"), self.tr("Preview"), self.tr("Editions"))
        self.view = Segments(options, _TEXT, self.tr("What is shown"))
        self._lay_out()
        self.title.textEdited.connect(self._titled)
        self.key.textEdited.connect(self._keyed)
        self.view.changed.connect(self._show)
        self.past.currentRowChanged.connect(self._compare)
        self.back_to.clicked.connect(self._return_to)
        self.cancel.clicked.connect(self.left)
        self.keep.clicked.connect(lambda _checked=False: self.submit(publish=False))
        self.publish.clicked.connect(lambda _checked=False: self.submit(publish=True))
        self.take_back.clicked.connect(lambda _checked=False: self.withdraw.emit(self._id, self._version))
        self.setFocusProxy(self.title)

    def _lay_out(self) -> None:
        days = self.tr("2026-12-31")
        for edit in (self.valid_from, self.valid_until):
            edit.setPlaceholderText(days)
        self.language.setMaxLength(3)
        theme.size(self.language, fixed_width=64)
        self.tags.setPlaceholderText(self.tr("what callers say, with commas"))
        self.note.setPlaceholderText(self.tr("what you changed, for the list of editions"))
        theme.size(self.valid_from, maximum_width=130)
        theme.size(self.valid_until, maximum_width=130)
        form = column(
            row(
                (field(self.tr("Title"), self.title, required=True), 3), (field(self.tr("Key"), self.key), 2), spacing=8
            ),
            row(
                field(self.tr("Language"), self.language),
                (field(self.tr("Owner"), self.owner), 1),
                field(self.tr("Valid from"), self.valid_from),
                field(self.tr("Valid until"), self.valid_until),
                spacing=8,
            ),
            row((field(self.tr("Queues"), self.queues), 1), (field(self.tr("Tags"), self.tags), 1), spacing=8),
            spacing=6,
            margins=(16, 4, 16, 8),
        )
        self.note.setAccessibleName(self.tr("Note"))
        self.past.setWordWrap(True)
        self.past.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget()
        history = QWidget()
        theme.size(self.past, fixed_width=220)
        history.setLayout(row(self.past, (column((self.changes, 1), row(None, self.back_to), spacing=8), 1), spacing=8))
        for page in (self.text, self.preview, history):
            self._pages.addWidget(page)
        self.setLayout(
            column(
                row((self.heading, 1), margins=(16, 12, 16, 4)),
                form,
                row(self.view, (self.note, 1), spacing=12, margins=(16, 4, 16, 6)),
                (column((self._pages, 1), margins=(16, 0, 16, 8)), 1),
                column(self.trouble, margins=(16, 0, 16, 4)),
                rule(),
                row(self.cancel, self.take_back, None, self.keep, self.publish, spacing=8, margins=(16, 10, 16, 12)),
                spacing=0,
            )
        )
        self.set_trouble("")

    # ------------------------------------------------------------------- shown

    def begin(self, agents: Sequence[AgentRow], me: UUID | None, language: str) -> None:
        """A new article."""
        self._id, self._version, self._published, self._own_key = new_id(), 0, 0, False
        self._fill_owners(agents)
        self.heading.setText(self.tr("New article"))
        self.key.clear()
        self.language.setText(language)
        self._editions = ()
        self.past.clear()
        self._fill(ArticleContent(title="", text="", owner_id=me))

    def set(self, line: ArticleLine, editions: Sequence[Edition], agents: Sequence[AgentRow]) -> None:
        """An article with all its editions, the newest first: that is what is written on."""
        self._id, self._version, self._published, self._own_key = line.id, line.version, line.published, True
        self._fill_owners(agents)
        self.heading.setText(self.tr("Edit article"))
        self.key.setText(line.key)
        self.language.setText(line.language)
        self._editions = tuple(editions)
        self.past.clear()
        for edition in self._editions:
            mark = self.tr("published") if edition.published else self.tr("draft")
            said = f"{edition.number} · {dates.moment(edition.at)} · {edition.agent or '–'} · {mark}"
            self.past.addItem(f"{said}\n{edition.note}" if edition.note else said)
            self.past.item(self.past.count() - 1).setToolTip(plain_tooltip(said))
        self._fill(self._editions[0].content)

    def set_trouble(self, words: str) -> None:
        """Why it was not stored."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _fill_owners(self, agents: Sequence[AgentRow]) -> None:
        self.owner.clear()
        self.owner.addItem(self.tr("Nobody"), "")
        for agent in agents:
            self.owner.addItem(agent.name, str(agent.id))

    def _fill(self, content: ArticleContent) -> None:
        self.title.setText(content.title)
        owner = str(content.owner_id or "")
        if not self.owner.choose(owner):  # who has left keeps what they own until somebody else does
            self.owner.addItem(self.tr("(no longer here)"), owner)
            self.owner.choose(owner)
        self.queues.set_values(content.queues)
        self.tags.setText(", ".join(content.tags))
        self.valid_from.setText(content.valid_from.isoformat() if content.valid_from else "")
        self.valid_until.setText(content.valid_until.isoformat() if content.valid_until else "")
        self.text.setPlainText(content.text)
        self.note.clear()
        self.take_back.setVisible(bool(self._published))
        self.view.set_chosen(_TEXT)
        self._show(_TEXT)
        self.set_trouble("")

    # ------------------------------------------------------------------ inside

    def _titled(self, title: str) -> None:
        if not self._own_key and not self._version:
            self.key.setText(_key_of(title))

    def _keyed(self, _key: str) -> None:
        self._own_key = True

    def _show(self, at: int) -> None:
        if at == _PREVIEW:
            self.preview.set_text(self.text.toPlainText())
        self._pages.setCurrentIndex(at)
        if at == _HISTORY and self.past.count() and self.past.currentRow() < 0:
            self.past.setCurrentRow(0)

    def _compare(self, at: int) -> None:
        """What an edition changed of the one before it."""
        self.back_to.setEnabled(at >= 0)
        if not 0 <= at < len(self._editions):
            self.changes.clear()
            return
        before = self._editions[at + 1].content if at + 1 < len(self._editions) else ArticleContent(title="", text="")
        lines = difference(before, self._editions[at].content)
        self.changes.setPlainText("\n".join(f"{line.sign} {line.text}" for line in lines) or self.tr("Nothing changed"))

    def _return_to(self) -> None:
        """Write on with an earlier edition: it becomes the newest when it is saved."""
        at = self.past.currentRow()
        if 0 <= at < len(self._editions):
            edition = self._editions[at]
            self._fill(edition.content)
            self.note.setText(self.tr("as edition {0}").format(edition.number))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self, *, publish: bool) -> None:
        """Have it stored, if the days can be read."""
        days: list[date | None] = []
        for edit in (self.valid_from, self.valid_until):
            said = edit.text().strip()
            try:
                days.append(date.fromisoformat(said) if said else None)
            except ValueError:
                self.set_trouble(self.tr("“{0}” is no day: write it as 2026-12-31.").format(said))
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        content = ArticleContent(
            title=self.title.text(),
            text=self.text.toPlainText(),
            queues=self.queues.values(),
            tags=_parts(self.tags.text()),
            owner_id=UUID(owner) if (owner := self.owner.currentData()) else None,
            valid_from=days[0],
            valid_until=days[1],
        )
        key, language = self.key.text().strip(), self.language.text().strip().casefold()
        self.save.emit(ArticleDraft(self._id, self._version, key, language, content, self.note.text()), publish)


def _parts(said: str) -> tuple[str, ...]:
    return tuple(part for part in (each.strip() for each in said.split(",")) if part)


def _key_of(title: str) -> str:
    """A key made of a title: "Bill too high?" → "bill-too-high"."""
    return "-".join(word for word in words(title) if word.isascii() and word.isalnum())[:60].strip("-")
