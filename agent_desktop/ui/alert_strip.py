"""A queue's alarm over the board, in words, with what to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from agent_desktop.core.alarms import Alarm, Level
from agent_desktop.ui import alarm_words
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, elided, plain_tooltip, snug
from agent_desktop.ui.layouts import row
from agent_desktop.ui.theme import restyle


class AlertStrip(QFrame):
    """One queue's alarm, in words. Signals: shown_queue(queue_id); acknowledged(), this one;
    all_acknowledged(); next_wanted()."""

    shown_queue = Signal(object)
    acknowledged = Signal()
    all_acknowledged = Signal()
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("note", "bad")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._alarm: Alarm | None = None
        self._announced: object = None
        self._tone = "bad"
        self.icon = Icon("triangle-alert", "bad")
        self.text = snug("", "body-b", "bad")
        self.detail = elided("", "body")
        self.next = Button("", kind="ghost", height=28)
        self.show_agents = Button(self.tr("Show agents"), height=28)
        self.acknowledge = Button(self.tr("Acknowledge"), kind="ghost", height=28)
        self.acknowledge_all = Button(self.tr("All"), kind="ghost", height=28)
        self.acknowledge_all.setAccessibleName(self.tr("Acknowledge all alarms"))
        self.acknowledge_all.setToolTip(self.tr("Acknowledge all alarms: they come back when they get worse"))
        self.setLayout(
            row(
                self.icon,
                self.text,
                (self.detail, 1),
                self.next,
                self.show_agents,
                self.acknowledge,
                self.acknowledge_all,
                spacing=10,
                margins=(14, 6, 8, 6),
            )
        )
        self.show_agents.clicked.connect(self._show_queue)
        self.acknowledge.clicked.connect(self.acknowledged)
        self.acknowledge_all.clicked.connect(self.all_acknowledged)
        self.next.clicked.connect(self.next_wanted)
        self.hide()

    def set(self, alarm: Alarm | None, since: str = "", place: int = 0, total: int = 0) -> None:
        """``alarm`` is number ``place`` (from 0) of ``total`` and began at ``since``; None hides the strip."""
        self._alarm = alarm
        self.setVisible(alarm is not None)
        if alarm is None:
            return
        tone = "bad" if alarm.level is Level.BREACH else "warn"
        if tone != self._tone:
            self._tone = tone
            restyle(self, note=tone)
            self.icon.set("triangle-alert", tone)
            self.text.set_tone(tone)
        words = alarm_words.headline(alarm, since)
        if words != self.text.text():
            self.text.setText(words)
            if alarm.key != self._announced:
                self._announced = alarm.key
                announce(self, words)
        self.detail.setText(alarm_words.detail(alarm))
        self.detail.setToolTip(plain_tooltip(alarm_words.explanation(alarm)))
        self.next.setText(self.tr("{0} of {1}").format(place + 1, total))
        self.next.setAccessibleName(self.tr("Next alarm, {0} of {1} shown").format(place + 1, total))
        self.next.setVisible(total > 1)
        self.acknowledge_all.setVisible(total > 1)

    def _show_queue(self) -> None:
        if self._alarm is not None:
            self.shown_queue.emit(self._alarm.queue.id)
