"""The days that are not like others of their weekday: added, taken away, or read from a calendar's file."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QLineEdit

from agent_desktop.data.staffing_rows import HolidayRow
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing, key_hint, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.setting_controls import inset_text, let_wheel_scroll


class HolidaysCard(QFrame):
    """Signals: save_wanted(tuple of HolidayRow); file_wanted(): read them from one; closed()."""

    save_wanted = Signal(object)
    file_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HolidayRow, ...] = ()
        self.setAccessibleName(self.tr("Holidays"))
        about = self.tr(
            "For these days a forecast takes what holidays have brought; they count in no forecast of ordinary days."
        )
        columns = (
            Column[HolidayRow](self.tr("Day"), lambda one: _long(one.day), 190),
            Column[HolidayRow](self.tr("Name"), lambda one: one.label, 200, stretch=True),
        )
        self.table = Table(RowsModel(columns, row_id=lambda one: one.day), self.tr("Holidays"), 30)
        theme.size(self.table, minimum_height=220)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setCalendarPopup(True)
        inset_text(self.day)
        let_wheel_scroll(self.day)
        theme.size(self.day, minimum_width=140)
        self.name = QLineEdit()
        self.add = Button(self.tr("Add"), "plus")
        self.remove = Button(self.tr("Take away"), "trash")
        self.from_file = Button(self.tr("From a file…"), "download")
        self.trouble = flowing("", "small", "bad")
        close = Button(self.tr("Close"))
        self.add.clicked.connect(lambda _checked=False: self._add())
        self.remove.clicked.connect(lambda _checked=False: self._remove())
        self.from_file.clicked.connect(lambda _checked=False: self.file_wanted.emit())
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        self.table.row_chosen.connect(lambda _row: self.remove.setEnabled(self.from_file.isEnabled()))
        self.setLayout(
            column(
                row((label(self.tr("Holidays"), "h1"), 1), key_hint(self.tr("Esc"))),
                flowing(about, "small", "2"),
                (self.table, 1),
                row(field(self.tr("Day"), self.day), (field(self.tr("Name"), self.name), 1), column(None, self.add),
                    spacing=10),
                self.trouble,
                row(self.from_file, self.remove, None, close, spacing=8),
                spacing=12,
                margins=(24, 20, 24, 16),
            )
        )  # fmt: skip
        theme.size(self, fixed_width=640)
        self.set_trouble("")
        self.setFocusProxy(self.day)

    def set(self, rows: Sequence[HolidayRow], *, may_change: bool) -> None:
        self._rows = tuple(rows)
        self.table.set_rows([one for one in rows if one.active])
        for box in (self.day, self.name, self.add, self.from_file):
            box.setEnabled(may_change)
        self.remove.setEnabled(may_change and self.table.chosen() is not None)

    def set_trouble(self, text: str) -> None:
        """Why it was not saved."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def put(self, found: Sequence[tuple[date, str]]) -> None:
        """Days read from a file: new ones, and others' new names."""
        stored = {one.day: one for one in self._rows}
        self.save_wanted.emit(
            tuple(HolidayRow(day, name, stored[day].version if day in stored else 0) for day, name in found)
        )

    def _add(self) -> None:
        chosen, name = self.day.date(), self.name.text().strip()
        if not name:
            self.set_trouble(self.tr("A holiday has a name."))
            self.name.setFocus()
            return
        self.name.clear()
        self.put([(date(chosen.year(), chosen.month(), chosen.day()), name)])

    def _remove(self) -> None:
        one = self.table.chosen()
        if one is not None:
            self.save_wanted.emit((HolidayRow(one.day, one.label, one.version, active=False),))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self._add()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.remove.isEnabled():
            self._remove()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _long(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
