"""One report that makes itself: which, when, in which format, and where it goes."""

from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QTimeEdit, QWidget

from agent_desktop import clock
from agent_desktop.data.report_rows import ScheduleRow
from agent_desktop.ui import actions, theme
from agent_desktop.ui.buttons import Button, chip
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import elided, flowing, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.setting_controls import inset_text

_FORMATS = ("pdf", "xlsx", "csv")


class ScheduleForm(QFrame):
    """An overlay. Signals: save(ScheduleRow), closed()."""

    save = Signal(object)
    closed = Signal()

    def __init__(self, schedule: ScheduleRow, words: str, zone: str) -> None:
        """``words`` say which report it is; ``zone`` is that of the site."""
        super().__init__()
        self._schedule = schedule
        self.name = QLineEdit(schedule.name)
        self.name.setMaxLength(80)
        self.format = Segments(["PDF", "XLSX", "CSV"], _FORMATS.index(schedule.format), self.tr("Format"))
        self.rule = Choice(self.tr("How often"))
        self.rule.addItem(self.tr("On these days of the week"), 0)
        for day in range(1, 29):
            self.rule.addItem(self.tr("On day {0} of each month").format(day), day)
        self.rule.choose(0 if schedule.weekdays else schedule.month_day)
        locale = QLocale()
        self.days = [chip(locale.standaloneDayName(day, QLocale.FormatType.ShortFormat)) for day in range(1, 8)]
        for day, button in enumerate(self.days, 1):
            button.setAccessibleName(locale.standaloneDayName(day))
            button.setChecked(day in schedule.weekdays)
        self.time = QTimeEdit(QTime(*divmod(schedule.minute, 60)))
        self.time.setDisplayFormat(locale.timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", ""))
        inset_text(self.time)
        self.to_folder = QCheckBox(self.tr("Into the collector’s folder for reports"))
        self.to_folder.setChecked(schedule.to_folder)
        self.folder = QLineEdit(schedule.folder)
        self.folder.setPlaceholderText(self.tr("A folder below it, such as billing; empty: itself"))
        self.whole_numbers = QCheckBox(self.tr("Whole telephone numbers, to call back from"))
        self.whole_numbers.setChecked(schedule.whole_numbers)
        self.whole_numbers.setVisible(schedule.wish.get("kind") == "abandoned")
        self.addresses = QLineEdit(", ".join(schedule.addresses))
        self.addresses.setPlaceholderText(self.tr("E-mail addresses with commas between them; empty: none"))
        self._error = flowing("", "small", "bad")
        self._error.hide()
        self.done = Button(self.tr("Save"), kind="primary", keys=actions.keys("complete"), height=36)
        self._lay_out(words, zone)
        self.done.clicked.connect(self.submit)
        self.rule.currentIndexChanged.connect(lambda _index: self._fit())
        self.to_folder.toggled.connect(self.folder.setEnabled)
        self.folder.setEnabled(schedule.to_folder)
        self._fit()
        self.setFocusProxy(self.name)

    def _lay_out(self, words: str, zone: str) -> None:
        cancel = Button(self.tr("Cancel"), keys="Esc", height=36)
        cancel.clicked.connect(self.closed)
        self._week = QWidget()
        self._week.setLayout(row(*self.days, None, spacing=6))
        when = row((self.rule, 1), label(self.tr("at"), "body", "2"), self.time, spacing=8)
        title = self.tr("Edit a schedule") if self._schedule.version else self.tr("A report that makes itself")
        self.setAccessibleName(title)
        self.setLayout(
            column(
                label(title, "title"),
                elided(words, "small", "2"),
                field(self.tr("Name"), self.name, required=True, hint=self.tr("The file is called so")),
                label(self.tr("When"), "small-b", "2"),
                when,
                self._week,
                label(self.tr("The site’s time, {0}").format(zone), "caption", "3"),
                row(label(self.tr("Format"), "small-b", "2"), None, self.format),
                self.to_folder,
                self.folder,
                field(self.tr("By e-mail"), self.addresses),
                self.whole_numbers,
                self._error,
                rule(),
                row(cancel, None, self.done),
                spacing=10,
                margins=(20, 16, 20, 16),
            )
        )
        theme.size(self, fixed_width=520)
        self.time.setAccessibleName(self.tr("Time"))
        self.folder.setAccessibleName(self.tr("Folder"))

    def _fit(self) -> None:
        self._week.setVisible(not self.rule.currentData())

    def row_now(self, now: datetime) -> ScheduleRow:
        """What is entered; nothing that was due before ``now`` will be made."""
        month_day = int(self.rule.currentData() or 0)
        weekdays = tuple(day for day, button in enumerate(self.days, 1) if button.isChecked())
        time = self.time.time()
        parts = self.addresses.text().replace(";", ",").split(",")
        return replace(
            self._schedule,
            since=now,
            name=" ".join(self.name.text().split()),
            format=_FORMATS[self.format.chosen() or 0],
            weekdays=() if month_day else weekdays,
            month_day=month_day,
            minute=60 * time.hour() + time.minute(),
            to_folder=self.to_folder.isChecked(),
            folder=self.folder.text().strip().strip("/"),
            whole_numbers=self.whole_numbers.isChecked(),
            addresses=tuple(address for part in parts if (address := part.strip())),
        )

    def submit(self) -> None:
        """Hand on what is entered."""
        self.save.emit(self.row_now(clock.now()))

    def refuse(self, words: str) -> None:
        """It was not stored; what was entered stays."""
        self._error.setText(words)
        self._error.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
