"""Customers from a file: choose it, say what its columns mean, see what would happen, let it happen, take it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QSizePolicy, QWidget

from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.exchange.source import Source
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.exchange_parts import Counts, Mapping, Pages, Preview, ProgressBar, scrolled
from agent_desktop.ui.exchange_past import PastImports
from agent_desktop.ui.fields import field
from agent_desktop.ui.history_import import HistoryPage
from agent_desktop.ui.labels import elided, flowing, key_hint, label
from agent_desktop.ui.layouts import clear_layout, column, row, rule

if TYPE_CHECKING:
    from agent_desktop.data.exchange.importing import Progress
    from agent_desktop.data.exchange.undo import Undone

_PREVIEWED = 3
_REASONS = 100


class ImportCard(QFrame):
    """A card over the window; one page after the other. Signals:

    browse_wanted(): choose a file; look_wanted(Path); check_wanted(Source, overwrite): a dry run;
    import_wanted(Source, overwrite); cancel_wanted(): of what goes on; undo_wanted(): of this import;
    undo_run_wanted(Run): of an earlier one; closed().
    """

    browse_wanted = Signal()
    look_wanted = Signal(object)
    check_wanted = Signal(object, bool)
    import_wanted = Signal(object, bool)
    cancel_wanted = Signal()
    undo_wanted = Signal()
    undo_run_wanted = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._source: Source | None = None
        self._back: QWidget | None = None  # where a cancelled or failed step leads
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Import customers"))
        self.pages = Pages()
        self._trouble = flowing("", "body", "bad")
        self.history = HistoryPage()
        self.history.back_wanted.connect(self.start)
        self.history.done_wanted.connect(self.closed)
        self._history = self._page(self.history)
        self._build_file()
        self._build_columns()
        self._build_result()
        self._build_busy()
        self._title = label(self.tr("Import customers"), "h1")
        title = row(self._title, None, key_hint(self.tr("Esc")))
        body = column(title, rule(), self._trouble, self.pages, spacing=12, margins=(24, 20, 24, 16))
        self.setLayout(body)
        theme.size(self, fixed_width=760)
        self.start()

    # ------------------------------------------------------------------ pages

    def _build_file(self) -> None:
        self.path = QLineEdit()
        self.path.setPlaceholderText(self.tr("A CSV, Excel, vCard or JSON file"))
        self.path.returnPressed.connect(self._look)
        self.browse = Button(self.tr("Choose…"), "folder-open")
        self.browse.clicked.connect(lambda _checked=False: self.browse_wanted.emit())
        self.look = Button(self.tr("Continue"), kind="primary", height=34)
        self.look.clicked.connect(lambda _checked=False: self._look())
        self.path.textChanged.connect(lambda text: self.look.setEnabled(bool(text.strip())))
        words = self.tr(
            "Lists of Google Contacts, Outlook and other programs (CSV, Excel), vCards, and what this program has "
            "exported. Nothing is stored before you have seen what would happen."
        )
        chosen = row((field(self.tr("File"), self.path), 1), (column(None, self.browse, spacing=0), 0), spacing=8)
        self.past = PastImports()
        self.past.undo_wanted.connect(self.undo_run_wanted)
        self._file = self._page(flowing(words, "body", "2"), chosen, row(None, self.look), self.past, None)

    def _build_columns(self) -> None:
        self._what = elided("", "body", "2")
        self.mapping = Mapping()
        self.preview = Preview()
        self.mapping.changed.connect(self._show_preview)
        self.overwrite = QCheckBox(self.tr("Where both say something, the file counts"))
        theme.size(self.overwrite, minimum_height=30)
        other = Button(self.tr("Another file"), height=34)
        other.clicked.connect(lambda _checked=False: self.start())
        self.check = Button(self.tr("See what would happen"), kind="primary", height=34)
        self.check.clicked.connect(lambda _checked=False: self._check())
        first = row(label(self.tr("The first customers, as they will be"), "small-b", "2"), None)
        self._columns = self._page(
            *(self._what, self.mapping, first, self.preview, self.overwrite, row(None, other, self.check))
        )

    def _build_result(self) -> None:
        self._outcome = flowing("", "title")
        self.counts = Counts()
        self._reasons = column(spacing=3)
        holder = QWidget()
        holder.setLayout(column(self._reasons, None, spacing=0, margins=(0, 0, 8, 0)))
        self._reasons_area = scrolled(holder, 190)
        self._reasons_area.setAccessibleName(self.tr("Why entries were rejected"))
        self.back = Button(self.tr("Back"), height=34)
        self.back.clicked.connect(lambda _checked=False: self._show(self._columns, self.check))
        self.run = Button(self.tr("Import"), "download", kind="primary", height=34)
        self.run.clicked.connect(lambda _checked=False: self._import())
        self.undo = Button(self.tr("Take it all back"), "undo-2", height=34)
        self.undo.clicked.connect(lambda _checked=False: self._undo())
        self.done = Button(self.tr("Done"), kind="primary", height=34)
        self.done.clicked.connect(lambda _checked=False: self.closed.emit())
        foot = row(None, self.back, self.undo, self.run, self.done)
        self._result = self._page(self._outcome, self.counts, self._reasons_area, foot)

    def _build_busy(self) -> None:
        self._doing = label("", "body")
        self.bar = ProgressBar(self.tr("Progress"))
        self.cancel = Button(self.tr("Cancel"), height=34)
        self.cancel.clicked.connect(lambda _checked=False: self._cancel())
        self._busy = self._page(row(self._doing, None), self.bar, row(None, self.cancel))

    def _page(self, *items: object) -> QWidget:
        page = QWidget()
        page.setLayout(column(*items, spacing=12))  # type: ignore[arg-type]
        self.pages.addWidget(page)
        return page

    def _show(self, page: QWidget, focus: QWidget) -> None:
        """One page; the card is as high as that one."""
        self._trouble.setVisible(bool(self._trouble.text()))
        past = page is self._history
        self._title.setText(self.tr("Import the past of a PBX") if past else self.tr("Import customers"))
        for each in (self._file, self._columns, self._result, self._busy, self._history):
            height = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(None if focus is self else focus)  # type: ignore[arg-type]  # its stub knows no None
        self.pages.updateGeometry()
        if self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    # ------------------------------------------------------------------ what happened

    def start(self) -> None:
        """From the beginning."""
        self._source, self._back = None, None
        self._trouble.setText("")
        self.look.setEnabled(bool(self.path.text().strip()))
        self._show(self._file, self.path)

    def set_path(self, path: Path) -> None:
        """A file was chosen."""
        self.path.setText(str(path))
        self._look()

    def show_history(self, trouble: str = "") -> None:
        """The page of a PBX's file, with what went wrong."""
        self._trouble.setText(trouble)
        self._back = self._history
        self._show(self._history, self.history.first())

    def set_source(self, source: Source, rows: Sequence[Sequence[str]], entries: Sequence[Entry]) -> None:
        """What the file is, and its first rows."""
        self._source = source
        self._trouble.setText("")
        said = (source.format, source.encoding)
        self._what.setText(f"{source.path.name}: " + ", ".join(part for part in said if part))
        mapped = source.layout is not None
        self.mapping.setVisible(mapped)
        if source.layout is not None:
            self.mapping.set_columns(source.layout.columns, rows)
        self.preview.set_entries(entries, _PREVIEWED if mapped else 5)
        first = self.mapping.choices[0] if mapped and self.mapping.choices else self.check
        self._show(self._columns, first if self._unknown() else self.check)

    def set_trouble(self, text: str, advice: str) -> None:
        """It did not work."""
        self._trouble.setText(f"{text} {advice}".strip())
        announce(self, self._trouble.text(), assertive=True)
        back = self._back if self._back is not None else self._file
        self._show(back, self.path if back is self._file else self.check)

    def set_progress(self, doing: str, share: float) -> None:
        """How far it is; ``doing``: check, import, undo."""
        words = {
            "check": self.tr("Comparing with the customers there are…"),
            "import": self.tr("Storing…"),
            "undo": self.tr("Taking back…"),
        }
        self._doing.setText(words.get(doing, ""))
        self.bar.set_share(share)
        self.cancel.setEnabled(doing != "undo")
        if self.pages.currentWidget() is not self._busy:
            self._show(self._busy, self.cancel if doing != "undo" else self)

    def set_checked(self, progress: "Progress") -> None:
        """What would happen."""
        would = progress.new + progress.updated
        self._outcome.setText(
            self.tr("Of {0} entries {1} would be stored.").format(_number(progress.entries), _number(would))
            if would
            else self.tr("Of {0} entries none says anything new.").format(_number(progress.entries))
        )
        self._set_result(progress, running=True)
        self.run.setEnabled(bool(would))
        self.run.setText(self.tr("Import {0}").format(_number(would)))
        self._show(self._result, self.run if would else self.back)

    def set_imported(self, progress: "Progress") -> None:
        """What has happened."""
        self._outcome.setText(self.tr("The import is done."))
        self._set_result(progress, running=False)
        self.undo.setVisible(bool(progress.new + progress.updated))
        self._show(self._result, self.done)

    def set_undone(self, undone: "Undone") -> None:
        """It was taken back."""
        words = self.tr("The import was taken back.")
        if undone.kept:
            words += " " + self.tr("Somebody has used or edited {0} of its customers since: they stay.").format(
                _number(undone.kept)
            )
        self._outcome.setText(words)
        for widget in (self.counts, self._reasons_area, self.undo, self.run, self.back):
            widget.hide()
        self._show(self._result, self.done)

    def set_cancelled(self) -> None:
        """Nothing of it is left."""
        if not self._trouble.text():
            self._trouble.setText(self.tr("Cancelled; nothing was stored."))
        self._show(self._columns, self.check)

    def _set_result(self, progress: "Progress", *, running: bool) -> None:
        self._trouble.setText("")
        self.counts.set_counts(progress.counts)
        self.counts.show()
        clear_layout(self._reasons)
        for problem in progress.problems[:_REASONS]:
            place = label(self.tr("Line {0}").format(problem.line), "small-b", "2", tabular=True)
            theme.size(place, fixed_width=90)
            self._reasons.addLayout(row(place, (flowing(problem.reason, "small"), 1), spacing=8))
        if progress.rejected > _REASONS:
            more = self.tr("… and {0} more").format(_number(progress.rejected - _REASONS))
            self._reasons.addWidget(label(more, "small", "2"))
        self._reasons_area.setVisible(bool(progress.problems))
        for button in (self.back, self.run):
            button.setVisible(running)
        for button in (self.undo, self.done):
            button.setVisible(not running)

    # ------------------------------------------------------------------ what is wanted

    def _unknown(self) -> bool:
        """Whether no column is a name."""
        targets = {each.target for each in self.mapping.columns()}
        return self._source is not None and self._source.layout is not None and not targets & {
            "name", "first_name", "last_name", "organisation",
        }  # fmt: skip

    def _show_preview(self) -> None:
        self.preview.set_entries(self.mapping.entries(), _PREVIEWED)

    def _look(self) -> None:
        if text := self.path.text().strip():
            self._back = self._file
            self.look_wanted.emit(Path(text).expanduser())

    def _wanted(self) -> Source:
        assert self._source is not None
        return self._source if self._source.layout is None else self._source.with_columns(self.mapping.columns())

    def _check(self) -> None:
        if self._unknown():
            self._trouble.setText(self.tr("No column is a name: say which one it is."))
            self._show(self._columns, self.mapping.choices[0])
            return
        self._trouble.setText("")
        self._back = self._columns
        self.set_progress("check", 0.0)
        self.check_wanted.emit(self._wanted(), self.overwrite.isChecked())

    def _import(self) -> None:
        self._back = self._columns
        self.set_progress("import", 0.0)
        self.import_wanted.emit(self._wanted(), self.overwrite.isChecked())

    def _undo(self) -> None:
        self.set_progress("undo", 0.0)
        self.undo_wanted.emit()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._doing.setText(self.tr("Taking back what was stored…"))
        self.cancel_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            if isinstance(focused, Button) and focused.isEnabled():
                focused.click()
        else:
            super().keyPressEvent(event)


def _number(count: int) -> str:
    return str(QLocale().toString(count))
