"""Customers into a file: which ones, in which format, and where to."""

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.exchange_parts import ProgressBar
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing, key_hint, label
from agent_desktop.ui.layouts import column, row, rule


class ExportCard(QFrame):
    """A card over the window. Signals:

    browse_wanted(file name): choose where to; export_wanted(Path, format, text): all, or with a text those it finds;
    cancel_wanted(); closed().
    """

    browse_wanted = Signal(str)
    export_wanted = Signal(object, str, str)
    cancel_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Export customers"))
        self.who = Choice(self.tr("Which customers"))
        self.kind = Choice(self.tr("Format"))
        for key, name in (
            ("xlsx", self.tr("Excel workbook (XLSX)")),
            ("csv", self.tr("List (CSV)")),
            ("vcf", self.tr("vCards (vCard 4.0)")),
            ("json", self.tr("Data (JSON)")),
        ):
            self.kind.addItem(name, key)
        self.path = QLineEdit()
        self.path.returnPressed.connect(self._export)
        self.browse = Button(self.tr("Choose…"), "folder-open")
        self.browse.clicked.connect(lambda _checked=False: self.browse_wanted.emit(self.path.text()))
        self.kind.currentIndexChanged.connect(lambda _index: self._rename())
        self.bar = ProgressBar(self.tr("Progress"))
        self.said = flowing("", "body", "2")
        self.cancel = Button(self.tr("Cancel"), height=34)
        self.cancel.clicked.connect(lambda _checked=False: self.cancel_wanted.emit())
        self.run = Button(self.tr("Export"), "upload", kind="primary", height=34)
        self.run.clicked.connect(lambda _checked=False: self._export())
        self.path.textChanged.connect(lambda text: self.run.setEnabled(bool(text.strip())))
        title = row(label(self.tr("Export customers"), "h1"), None, key_hint(self.tr("Esc")))
        where = row((field(self.tr("File"), self.path), 1), column(None, self.browse, spacing=0), spacing=8)
        self.masked = flowing(
            self.tr("Numbers and e-mail addresses will be masked: whole ones are for team leads and up."),
            "small",
            "warn",
        )
        self.masked.hide()
        words = self.tr("The audit notes who exported how many customers.")
        self.setLayout(
            column(
                *(title, rule(), field(self.tr("Customers"), self.who), field(self.tr("Format"), self.kind), where),
                *(self.masked, flowing(words, "small", "2"), self.said, self.bar, row(None, self.cancel, self.run)),
                spacing=12,
                margins=(24, 20, 24, 16),
            )
        )
        theme.size(self, fixed_width=520)
        self.setFocusProxy(self.who)
        self._set_busy(False)

    def start(self, text: str, folder: Path) -> None:
        """Opened anew; ``text`` is what the list of customers is searched for."""
        self.who.clear()
        self.who.addItem(self.tr("All customers"), "")
        if text:
            self.who.addItem(self.tr("Those that “{0}” finds").format(text), text)
            self.who.setCurrentIndex(1)
        if not self.path.text():
            self.path.setText(str(folder / (self.tr("customers") + ".xlsx")))
        self.said.setText("")
        self._set_busy(False)

    def set_path(self, path: Path) -> None:
        """Where to was chosen; the name's ending says the format."""
        self.kind.blockSignals(True)
        self.kind.choose(path.suffix.lstrip(".").lower() or self.kind.currentData())
        self.kind.blockSignals(False)
        self.path.setText(str(path))
        self._rename()

    def set_progress(self, share: float) -> None:
        self._set_busy(True)
        self.bar.set_share(share)

    def set_whole(self, whole: bool) -> None:
        """Whether whole numbers will be in it."""
        self.masked.setVisible(not whole)

    def set_exported(self, path: Path, customers: int) -> None:
        """It is written."""
        self._set_busy(False)
        count = QLocale().toString(customers)
        self._say(self.tr("{0} customers were written to {1}.").format(count, path.name), "ok")

    def set_trouble(self, text: str, advice: str) -> None:
        """It did not work; nothing was written."""
        self._set_busy(False)
        self._say(f"{text} {advice}".strip(), "bad")

    def set_cancelled(self) -> None:
        self._set_busy(False)
        self._say(self.tr("Cancelled; nothing was written."), "2")

    def _say(self, text: str, tone: str) -> None:
        self.said.setText(text)
        self.said.set_tone(tone)
        self.said.show()
        announce(self, text, assertive=tone == "bad")

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.said.setVisible(bool(self.said.text()) and not busy)
        for widget in (self.who, self.kind, self.path, self.browse):
            widget.setEnabled(not busy)
        self.run.setEnabled(not busy and bool(self.path.text().strip()))

    def _rename(self) -> None:
        """The file's name ends as its format does."""
        if text := self.path.text().strip():
            self.path.setText(str(Path(text).with_suffix("." + str(self.kind.currentData()))))

    def _export(self) -> None:
        if self.run.isEnabled():
            self.bar.set_share(0.0)
            self._set_busy(True)
            path = Path(self.path.text().strip()).expanduser()
            self.export_wanted.emit(path, str(self.kind.currentData()), str(self.who.currentData() or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
