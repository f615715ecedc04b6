"""The bar that takes the board back in time: a day, a slider over it, playing on, and the way back to now."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QSizePolicy, QSlider

from agent_desktop.core.intervals import SiteDay
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import Icon, snug
from agent_desktop.ui.layouts import row

STEP_S = 60  # of the slider, and of an arrow key
PAGE_S = 15 * 60
SPEEDS = (1, 10, 60)


class TimeBar(QFrame):
    """Signals: sought(moment): show this one; play_wanted(seconds a second, 0 stops); left(): back to now."""

    sought = Signal(object)
    play_wanted = Signal(float)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("note", "info")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shown_day: SiteDay | None = None
        self._end: datetime | None = None  # nothing is known after it
        self.moment = snug("", "body-b", tabular=True)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("Day"))
        self.day.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Time of day"))
        self.slider.setSingleStep(1)
        self.slider.setPageStep(PAGE_S // STEP_S)
        self.slider.setTracking(True)
        self.play = ToolButton("play", self.tr("Play on"))
        self.speed = Button("", kind="ghost", height=28)
        self.now = Button(self.tr("Back to now"), "undo-2", height=28)
        self._speed = 1
        self._plays = False
        self._silent = False
        icon = Icon("rotate-ccw-clock", "info")
        self.setLayout(
            row(icon, self.day, self.moment, (self.slider, 1), self.play, self.speed, self.now, spacing=10,
                margins=(14, 6, 8, 6))
        )  # fmt: skip
        theme.size(self.day, fixed_width=128)
        self.day.dateChanged.connect(self._day_chosen)
        self.slider.valueChanged.connect(self._slid)
        self.play.clicked.connect(lambda _checked=False: self.set_playing(not self._plays, tell=True))
        self.speed.clicked.connect(lambda _checked=False: self._faster())
        self.now.clicked.connect(lambda _checked=False: self.left.emit())
        self._say_speed()
        self.setFocusProxy(self.slider)
        self.hide()

    def begin(self, moment: datetime, day: SiteDay, *, now: datetime) -> None:
        """Opened at a moment; ``now`` is as far as it goes."""
        self._end = now
        self._silent = True
        last = now.astimezone(day.zone).date()
        self.day.setMaximumDate(QDate(last.year, last.month, last.day))
        self._silent = False
        self.set_moment(moment, day)
        self.show()
        self.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_moment(self, moment: datetime, day: SiteDay) -> None:
        """The board has come to this one."""
        self._silent = True
        if self._shown_day is None or day.date != self._shown_day.date:
            self._shown_day = day
            self.day.setDate(QDate(day.date.year, day.date.month, day.date.day))
            self.slider.setMaximum(self._last(day))
        if not self.slider.isSliderDown():
            self.slider.setValue(int((moment - day.start).total_seconds()) // STEP_S)
        self._silent = False
        self.moment.setText(f"{moment.astimezone(day.zone):%H:%M:%S}")
        self.slider.setAccessibleDescription(self.moment.text())

    def set_progress(self, share: float) -> None:
        """On the way: how much of the day's events has been counted."""
        self.moment.setText(self.tr("Counting, {0}%").format(round(share * 100)))

    def set_trouble(self, text: str) -> None:
        """It cannot be shown; what was there before stays."""
        self.set_playing(False)
        self.moment.setText(text)
        announce(self, text, assertive=True)

    def set_playing(self, plays: bool, *, tell: bool = False) -> None:
        """Show whether time passes; with ``tell`` also ask for it."""
        self._plays = plays
        self.play.set_icon("pause" if plays else "play")
        name = self.tr("Stop") if plays else self.tr("Play on")
        self.play.setToolTip(name)
        self.play.setAccessibleName(name)
        if tell:
            self.play_wanted.emit(float(self._speed if plays else 0))

    def _last(self, day: SiteDay) -> int:
        end = day.end if self._end is None else min(day.end, self._end)
        return max(0, int((end - day.start).total_seconds()) // STEP_S)

    def _slid(self, value: int) -> None:
        if not self._silent and self._shown_day is not None:
            self.sought.emit(self._shown_day.start + timedelta(seconds=value * STEP_S))

    def _day_chosen(self, chosen: QDate) -> None:
        """The same time of another day."""
        known = self._shown_day
        if self._silent or known is None:
            return
        day = SiteDay(date(chosen.year(), chosen.month(), chosen.day()), known.zone)
        self._shown_day = day
        self._silent = True
        self.slider.setMaximum(self._last(day))
        self._silent = False
        self._slid(self.slider.value())

    def _faster(self) -> None:
        self._speed = SPEEDS[(SPEEDS.index(self._speed) + 1) % len(SPEEDS)]
        self._say_speed()
        if self._plays:
            self.play_wanted.emit(float(self._speed))

    def _say_speed(self) -> None:
        self.speed.setText(self.tr("{0}×").format(self._speed))
        self.speed.setAccessibleName(self.tr("Speed: {0} times").format(self._speed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.set_playing(not self._plays, tell=True)
        else:
            super().keyPressEvent(event)
