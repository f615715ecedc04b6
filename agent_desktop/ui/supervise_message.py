"""Writing a message to an agent, a team or everybody; below it those that were sent, and who has read them."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from agent_desktop.data.supervision_rows import Audience, SentRow
from agent_desktop.ui import dates, supervise_words, theme
from agent_desktop.ui.agent_actions import Outcome
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import key_hint, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.note_edit import LIMIT, NoteEdit
from agent_desktop.ui.rows_model import Column, RowsModel, Table


def _tr(text: str) -> str:
    return QCoreApplication.translate("message", text)


class MessageCard(QFrame):
    """Signals: sent(Audience, id or None, text); closed()."""

    sent = Signal(object, object, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_tr("Message to agents"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.to, self.edit = Choice(_tr("To")), NoteEdit()
        self.edit.setAccessibleName(_tr("Message"))
        theme.size(self.edit, fixed_height=80)
        self._count = label("", "caption", "3", tabular=True)
        self.send = Button(_tr("Send"), "send", kind="primary", keys=_tr("Ctrl Enter"), height=34)
        close = Button(_tr("Close"), height=34)
        self.outcome = Outcome()
        self._sent_title = label(_tr("Sent"), "body-b")
        self.table = Table(RowsModel(_columns(), row_id=lambda line: line.id), _tr("Sent messages"), row_height=30)
        theme.size(self.table, minimum_height=32 + 2 * 30)
        self.setLayout(
            column(
                row((label(_tr("Message to agents"), "h1"), 1), key_hint(_tr("Esc"))),
                field(_tr("To"), self.to),
                field(_tr("Message"), self.edit, hint=_tr("Plain text; it stays on their screens until they read it")),
                row(self._count, None, close, self.send, spacing=8),
                self.outcome,
                rule(),
                self._sent_title,
                (self.table, 1),
                spacing=10,
                margins=(24, 20, 24, 18),
            )
        )
        theme.size(self, fixed_width=720)
        self.setFocusProxy(self.edit)
        self.edit.counted.connect(self._counted)
        self.send.clicked.connect(self._send)
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        self.set_sent(())
        self._counted(0)

    def set_people(self, choices: Sequence[tuple[str, Audience, UUID | None]], chosen: UUID | None = None) -> None:
        """To whom one may write: words, audience and whom; ``chosen`` of them."""
        self.to.clear()
        for words, audience, whom in choices:
            self.to.addItem(words, (audience, whom))
        at = next((n for n, (_, _, whom) in enumerate(choices) if whom == chosen), 0)
        self.to.setCurrentIndex(at)

    def set_sent(self, rows: Sequence[SentRow]) -> None:
        """What was sent, newest first."""
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._sent_title.setText(_tr("Sent") if rows else _tr("Nothing sent yet"))

    def told(self, readers: int) -> None:
        """It went out to so many."""
        self.edit.set_text("")
        words = _tr("Sent to one person.") if readers == 1 else _tr("Sent to {0} people.").format(readers)
        self.outcome.set(words, "ok")
        self.send.setEnabled(False)

    def failed(self, words: str) -> None:
        """It did not; the text stays."""
        self.outcome.set(words, "bad")
        self.send.setEnabled(True)

    def _counted(self, length: int) -> None:
        self._count.setText(f"{length} / {LIMIT}")
        self.send.setEnabled(bool(self.edit.toPlainText().strip()) and self.to.count() > 0)

    def _send(self) -> None:
        text, chosen = self.edit.toPlainText().strip(), self.to.currentData()
        if text and chosen is not None:
            self.send.setEnabled(False)
            self.outcome.set(_tr("Sending…"), "info")
            self.sent.emit(*chosen, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.send.isEnabled():
                self._send()
        else:
            super().keyPressEvent(event)


def _columns() -> tuple[Column[SentRow], ...]:
    return (
        Column(_tr("Sent"), lambda line: dates.moment(line.at), 110),
        Column(_tr("To"), supervise_words.audience, 150, tooltip=supervise_words.audience),
        Column(_tr("Message"), lambda line: " ".join(line.text.split()), 200, stretch=True,
               tooltip=lambda line: line.text),
        Column(_tr("Read"), _read, 90, number=True, tooltip=_readers),
    )  # fmt: skip


def _read(line: SentRow) -> str:
    return _tr("{0} of {1}").format(line.read, len(line.readers))


def _readers(line: SentRow) -> str:
    """Who has read it and when, and who has not."""
    read = [_tr("{0} read it at {1}").format(name, dates.moment(at)) for name, at in line.readers if at is not None]
    unread = [name for name, at in line.readers if at is None]
    return "\n".join([*read, _tr("Not read yet: {0}").format(", ".join(unread))] if unread else read)
