"""Whether the call is being recorded, for how long, and until when the recording rests; with its two buttons."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from agent_desktop import clock
from agent_desktop.core.views import RecordingView
from agent_desktop.ui import actions, theme
from agent_desktop.ui.call_parts import Mark, bar_button, since, stacked
from agent_desktop.ui.dates import duration
from agent_desktop.ui.labels import plain_tooltip
from agent_desktop.ui.layouts import frame, row
from agent_desktop.ui.wording import ltr


class _RedDot(Mark):
    """A mark whose icon is the filled red dot of every recorder."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bad"))
        size = theme.px(14)
        spot = QRect(theme.px(6), (self.height() - size) // 2, size, size)
        inner = QStyle.visualRect(self.layoutDirection(), self.rect(), spot).adjusted(3, 3, -3, -3)
        painter.drawEllipse(inner)


class RecordStrip(QWidget):
    """Signals: toggled() to start or stop, pause_toggled()."""

    toggled = Signal()
    pause_toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: RecordingView | None = None
        self._brief = False
        self._start = bar_button(self.tr("Record"), "circle-dot", "record")
        self._start.set_keys("")
        self._recording = _RedDot("circle", "bad", self.tr("Recording"))
        self._paused = Mark("circle-pause", "warn", self.tr("Recording paused"))
        self._pause = bar_button(self.tr("Pause"), "circle-pause", "pause_recording", height=28)
        self._stop = bar_button("", "square", "record", height=28)
        self._stop.set_keys("")
        words = self.tr("Stop recording")
        self._stop.setAccessibleName(words)
        self._stop.setToolTip(f"{words} ({actions.keys('record')})")
        for button in (self._start, self._stop):
            button.clicked.connect(self.toggled.emit)
        self._pause.clicked.connect(self.pause_toggled.emit)
        self._running = frame(
            stacked(row(self._recording, self._paused, None, spacing=0), row(self._pause, self._stop, None, spacing=4))
        )
        self.setLayout(row(self._start, self._running, spacing=0))
        self.set(None)

    def set(self, view: RecordingView | None) -> None:
        """How it is now; None where nothing is ever recorded."""
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            return
        off, paused = view.state == "off", view.state == "paused"
        self._start.setVisible(off)
        self._running.setVisible(not off)
        self._recording.setVisible(not paused)
        self._paused.setVisible(paused)
        self._start.setEnabled(not view.why_not)
        words = view.why_not or f"{self.tr('Record this call')} ({actions.keys('record')})"
        self._start.setToolTip(plain_tooltip(words))
        self._start.setAccessibleDescription(view.why_not)
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._pause.set_icon("circle-play" if paused else "circle-pause")
        self._pause.setAccessibleName(self.tr("Resume recording") if paused else self.tr("Pause recording"))
        self.tick()

    def tick(self) -> None:
        """Once a second while it is shown."""
        view = self._view
        if view is None:
            return
        if view.state == "recording":
            self._recording.set_word(f"{self.tr('Recording')}  {since(view.started_at)}")
        elif view.state == "starting":
            self._recording.set_word(self.tr("Recording starts…"))
        elif view.state == "paused" and view.resumes_at is not None:
            left = ltr(duration(max(0.0, (view.resumes_at - clock.now()).total_seconds())))
            words = self.tr("Paused {0}") if self._brief else self.tr("Recording paused, resumes in {0}")
            self._paused.set_word(words.format(left))
            self._paused.setToolTip(self.tr("Nothing is recorded. It goes on by itself in {0}").format(left))

    def set_compact(self, on: bool, *, icons_only: bool = False) -> None:
        """Let the words shrink; the red dot, the key and what a reader hears stay."""
        self._start.set_compact(on)
        self._pause.set_compact(on)
        self._recording.set_compact(icons_only)
        self._paused.set_compact(icons_only)
        if on != self._brief:
            self._brief = on
            self.tick()
