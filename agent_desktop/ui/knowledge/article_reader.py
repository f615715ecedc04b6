"""One article to read beside a call, and the word on whether it was used and helped."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from agent_desktop.data.knowledge_rows import ArticlePage, OwnUse
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.dates import date_text, local
from agent_desktop.ui.knowledge import knowledge_words as words
from agent_desktop.ui.knowledge.article_body import ArticleBody
from agent_desktop.ui.labels import flowing, label, snug, tag
from agent_desktop.ui.layouts import clear_layout, column, row, rule
from agent_desktop.ui.theme import restyle


class ArticleReader(QWidget):
    """Signals: back(); used(helped: bool or None): this agent used it in this call; language_chosen(UUID): the same
    article in another language; link_wanted(address); edit_wanted(UUID).
    """

    back = Signal()
    used = Signal(object)
    language_chosen = Signal(object)
    link_wanted = Signal(str)
    edit_wanted = Signal(object)

    def __init__(self, *, returns: bool = True) -> None:
        super().__init__()
        self.page: ArticlePage | None = None
        self.leave = ToolButton("arrow-left", self.tr("Back to the list"), keys="Esc")
        if not returns:
            self.leave.hide()
        self.title = flowing("", "title")
        self.edit = Button(self.tr("Edit"), "square-pen", height=28)
        self.edit.hide()
        self._tag = tag("")
        self._meta = snug("", "small", "3")
        self._note = label("", "small", "warn", wrap=True)
        self._languages = row(spacing=6)
        self.body = ArticleBody()
        self._question = label("", "small", "2")
        self.use = Button(self.tr("I used it"), "check", height=28)
        self.yes = Button(self.tr("It helped"), "thumbs-up", height=28)
        self.no = Button(self.tr("It did not"), "thumbs-down", height=28)
        for button in (self.use, self.yes, self.no):
            button.setCheckable(True)
        self.leave.clicked.connect(self.back)
        self.edit.clicked.connect(self._edit)
        self.body.link_wanted.connect(self.link_wanted)
        self.use.clicked.connect(lambda _checked=False: self._said(None))
        self.yes.clicked.connect(lambda _checked=False: self._said(True))
        self.no.clicked.connect(lambda _checked=False: self._said(False))
        self._feedback = QWidget()
        self._feedback.setLayout(
            column(
                rule(),
                row((self._question, 1), self.use, self.yes, self.no, spacing=6, margins=(16, 8, 16, 10)),
                spacing=0,
            )
        )
        head = row(self.leave, (self.title, 1), self.edit, spacing=8)
        head.setAlignment(self.leave, Qt.AlignmentFlag.AlignTop)
        facts = row(self._tag, self._meta, None, self._languages, spacing=8)
        self.setLayout(
            column(
                column(head, facts, self._note, spacing=6, margins=(16, 12, 16, 8)),
                rule(),
                (column((self.body, 1), margins=(10, 4, 8, 0)), 1),
                self._feedback,
                spacing=0,
            )
        )
        self.setFocusProxy(self.body)

    def set(self, page: ArticlePage, today: date, *, asked: str = "", in_call: bool = False) -> None:
        """Show an article. ``asked``: the language that was wanted; ``in_call``: whether there is one to be used in."""
        self.page = page
        line = page.line
        self.title.setText(line.title)
        said, kind = words.validity(line, today)
        self._tag.setText(said)
        restyle(self._tag, tag=kind or "true")
        self._tag.setVisible(bool(said))
        owner = self.tr("by {0}").format(line.owner) if line.owner else ""
        edited = self.tr("changed {0}").format(date_text(local(line.edited_at).date()))
        locale = QLocale()
        counts = page.counts
        told = self.tr("used {0}, helped {1}").format(locale.toString(counts.used), locale.toString(counts.helped))
        self._meta.setText(" · ".join(part for part in (owner, edited, told if counts.used else "") if part))
        self._say_note(page, today, asked)
        self._fill_languages(page)
        self.body.set_text(page.text)
        self._feedback.setVisible(in_call)
        self._show_use(page.use)

    def _say_note(self, page: ArticlePage, today: date, asked: str) -> None:
        line, notes = page.line, []
        if line.validity(today) == "expired":
            notes.append(self.tr("This article is past its days: what it says may not be so any more."))
        if asked and line.language != asked and asked not in dict(page.translations):
            wanted, shown = words.language(asked), words.language(line.language)
            notes.append(self.tr("There is none in {0}; this is the one in {1}.").format(wanted, shown))
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))

    def _fill_languages(self, page: ArticlePage) -> None:
        clear_layout(self._languages)
        if len(page.translations) < 2:
            return
        for code, article_id in page.translations:
            button = Button(code.upper(), kind="chip", height=24)
            button.setCheckable(True)
            button.setChecked(code == page.line.language)
            button.setAccessibleName(words.language(code))
            button.setToolTip(words.language(code))
            button.clicked.connect(lambda _checked=False, key=article_id: self._language(key))
            self._languages.addWidget(button)

    def _language(self, article_id: UUID) -> None:
        if self.page is not None and article_id != self.page.line.id:
            self.language_chosen.emit(article_id)

    def set_may_edit(self, may_edit: bool) -> None:
        """Whether who is signed in writes articles."""
        self.edit.setVisible(may_edit)

    def _edit(self) -> None:
        if self.page is not None:
            self.edit_wanted.emit(self.page.line.id)

    def _said(self, helped: bool | None) -> None:
        """One word of this agent and call; said again it stays."""
        self._show_use(OwnUse(helped))
        self.used.emit(helped)

    def _show_use(self, use: OwnUse | None) -> None:
        self._question.setText(self.tr("Kept for this call") if use is not None else self.tr("For this call:"))
        for button, on in (
            (self.use, use is not None),
            (self.yes, use is not None and use.helped is True),
            (self.no, use is not None and use.helped is False),
        ):
            button.setChecked(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace) and not self.leave.isHidden():
            self.back.emit()
        else:
            super().keyPressEvent(event)
