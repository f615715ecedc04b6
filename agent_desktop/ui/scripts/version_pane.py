"""The versions of a script: who wrote, reviewed and published which, what differs, and the way back to an older one."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from agent_desktop.data.script_rows import ReviewLine, VersionLine, VersionState
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import column, rule
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.scripts import review_words
from agent_desktop.ui.wording import breakable


class _Colours(QSyntaxHighlighter):
    """What was added and what was taken away; their signs say it, too."""

    def __init__(self, document: QTextDocument):
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        tone = {"+": "ok", "-": "bad", "@": "text3"}.get(text[:1])
        if tone is not None:
            shape = QTextCharFormat()
            shape.setForeground(theme.color(tone))
            self.setFormat(0, len(text), shape)


class DifferenceText(QPlainTextEdit):
    """Lines of a difference, read only."""

    def __init__(self, name: str):
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        theme.dress(self, "small", tabular=True)
        self._colours = _Colours(self.document())

    def set_lines(self, lines: tuple[str, ...]) -> None:
        self.setPlainText("\n".join(lines) or self.tr("Nothing differs."))


class VersionPane(QWidget):
    """Signals: wanted(number) to be compared with the one being edited; opened(number) to go on writing from it;
    used(number) have calls get it again."""

    wanted = Signal(int)
    opened = Signal(int)
    used = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._reviews: tuple[ReviewLine, ...] = ()
        columns = [
            Column[VersionLine](self.tr("No."), lambda line: str(line.number), 44, number=True),
            Column[VersionLine](self.tr("State"), _state, 92, tone=_tone),
            Column[VersionLine](self.tr("By"), lambda line: line.author, 100, stretch=True, tooltip=self._told),
            Column[VersionLine](self.tr("When"), lambda line: dates.moment(line.at), 108),
        ]
        self.table = Table(RowsModel(columns, row_id=lambda line: line.number), self.tr("Versions"))
        self.note = flowing("", "small", "2")
        self.difference = DifferenceText(self.tr("What differs from what is being edited"))
        self.open = Button(self.tr("Write on from this"), "square-pen", height=30)
        self.use = Button(self.tr("Use this one again"), "rotate-ccw", height=30)
        title = label(self.tr("What differs from what is being edited"), "small-b", "2")
        below = column(self.note, title, (self.difference, 1), flow(self.open, self.use), spacing=8,
                       margins=(14, 8, 14, 12))  # fmt: skip
        self.setLayout(column((self.table, 2), rule(), (below, 3), spacing=0))
        self.table.row_chosen.connect(self._chosen)
        self.open.clicked.connect(lambda: self._about(self.opened))
        self.use.clicked.connect(lambda: self._about(self.used))
        self.set(())

    def set(self, lines: tuple[VersionLine, ...], reviews: tuple[ReviewLine, ...] = ()) -> None:
        """All versions, and what was done with them and said about them, the newest first."""
        self._reviews = reviews
        self.table.set_rows(lines)
        self._show(self._line())

    def _line(self) -> VersionLine | None:
        found = self.table.chosen()
        return found if isinstance(found, VersionLine) else None

    def _chosen(self, line: VersionLine) -> None:
        self._show(line)
        self.difference.setPlainText("")
        self.wanted.emit(line.number)

    def _show(self, line: VersionLine | None) -> None:
        self.note.setText(breakable(self._told(line)) if line is not None else self.tr("Choose a version in the list."))
        self.open.setEnabled(line is not None)
        again = line is not None and line.state is VersionState.PUBLISHED and not line.used
        self.use.setEnabled(again)

    def _told(self, line: VersionLine) -> str:
        """Everything said about a version, the first first."""
        told = [review_words.said(review) for review in reversed(self._reviews) if review.number == line.number]
        if not told and line.reviewer and line.reviewed_at is not None:  # looked through before notes were kept
            words = self.tr("Looked through by {0}, {1}")
            told = [words.format(line.reviewer, dates.moment(line.reviewed_at, inside=True)), line.review_note]
        return "\n".join(part for part in (line.note, *told) if part)

    def show_difference(self, number: int, lines: tuple[str, ...]) -> None:
        """The answer to ``wanted``."""
        line = self._line()
        if line is not None and line.number == number:
            self.difference.set_lines(lines)

    def _about(self, signal: object) -> None:
        line = self._line()
        if line is not None:
            signal.emit(line.number)  # type: ignore[attr-defined]


def state_words(state: VersionState) -> str:
    """The word for where a version stands."""
    words = {
        VersionState.DRAFT: QCoreApplication.translate("VersionPane", "Draft"),
        VersionState.REVIEW: QCoreApplication.translate("VersionPane", "In review"),
        VersionState.PUBLISHED: QCoreApplication.translate("VersionPane", "Published"),
    }
    return words[state]


def _state(line: VersionLine) -> str:
    return QCoreApplication.translate("VersionPane", "In use") if line.used else state_words(line.state)


def _tone(line: VersionLine) -> str:
    return "ok" if line.used else "text2"
