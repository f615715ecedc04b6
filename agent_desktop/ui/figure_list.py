"""What stands behind a figure, as a card over the window: a table that explains itself and can be taken along."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from agent_desktop.core.table_file import TableFile
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.chip_row import ChipRow
from agent_desktop.ui.labels import flowing, key_hint, label
from agent_desktop.ui.layouts import Item, column, row, rule
from agent_desktop.ui.rows_model import RowsModel, Table


class FigureList(QFrame):
    """``file`` makes what is shown into a file's content. Signals:

    opened(row): Enter or a double click on it; export_wanted(TableFile); closed().
    """

    opened = Signal(object)
    export_wanted = Signal(object)
    closed = Signal()

    def __init__(self, model: RowsModel, name: str, file: Callable[[], TableFile], chips: ChipRow | None = None):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", "h1")
        self.explanation = flowing("", "small", "2")
        self.table = Table(model, name, row_height=30)
        self.table.row_activated.connect(self.opened)
        self.count = label("", "small", "3", tabular=True)
        self.export = Button(self.tr("Export…"), "download", height=30)
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit(file()))
        close = Button(self.tr("Close"), height=30)
        close.clicked.connect(self.closed)
        self.foot = row(self.count, None, self.export, close, spacing=8)
        above: list[Item] = [row((self.title, 1), key_hint(self.tr("Esc"))), self.explanation]
        self.setLayout(
            column(
                *above,
                chips if chips is not None else rule(),
                (self.table, 1),
                self.foot,
                spacing=10,
                margins=(24, 20, 24, 16),
            )
        )
        theme.size(self, fixed_width=960)
        self.setFocusProxy(self.table)

    def _put(self, rows: Sequence[Any]) -> None:
        self.table.set_rows(rows)
        self.count.setText(self.tr("{0} shown").format(QLocale().toString(len(rows))))
        self.export.setEnabled(bool(rows))
        self.table.setMinimumHeight(theme.px(32 + 30 * min(14, max(3, len(rows)))))

    def _name(self, title: str, explanation: str) -> None:
        self.setAccessibleName(title)
        self.title.setText(title)
        self.explanation.setText(explanation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
