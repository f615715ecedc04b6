"""How the caller got here: what the switch and the IVR knew, station by station, and the wait in the queue."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from agent_desktop.core.views import CallView, HandoffStep
from agent_desktop.ui import dates, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, elided, flowing, label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.wording import breakable

SHOWN_MS = 30_000


class _Step(QWidget):
    """One station: clock time, icon, what, and a detail below; a secret's value is asked for.

    Signals: wanted(id of the secret).
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.secret: UUID | None = None
        self._why_hidden = ""
        self._step = HandoffStep("", "")
        self._show = Button(self.tr("Show"), kind="link", height=20)
        self._show.clicked.connect(self._asked)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(SHOWN_MS)
        self._hide.timeout.connect(self.conceal)
        self._at = label("", "small", "3", tabular=True)
        self._icon = Icon("route", "text2", 14)
        self._words = flowing("", "small")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail = flowing("", "caption", "3")
        texts = column(self._words, self._detail, spacing=0)
        line = row(self._at, self._icon, (texts, 1), self._show, spacing=10)
        for part in (self._at, self._icon, self._show):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self._at.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set(self, step: HandoffStep, *, times: bool) -> None:
        self._at.setText(step.at)
        self._at.setVisible(times)
        self._measure()
        self._icon.set(step.icon or "route", "text2")
        if step.secret is None or step.secret != self.secret:
            self._hide.stop()
        self._step, self.secret = step, step.secret
        self._show.setVisible(step.secret is not None and not self._why_hidden)
        if not self._hide.isActive():
            self._say(step.value)

    def _say(self, value: str) -> None:
        step = self._step
        words = f"{step.label}: {value}" if step.label and value else step.label or value
        self._words.setText(breakable(words))
        self._show.setText(self.tr("Hide") if self._hide.isActive() else self.tr("Show"))
        self._show.setAccessibleName(f"{self._show.text()}: {step.label}")
        detail = step.detail or (self._why_hidden if step.secret is not None else "")
        self._detail.setText(breakable(detail))
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(", ".join(part for part in (step.at, words, detail) if part))

    def set_hidden(self, why: str) -> None:
        """A secret is not for this login: the reason stands in the place of the button."""
        if why != self._why_hidden:
            self._why_hidden = why
            if why:
                self._hide.stop()
            self._show.setVisible(self.secret is not None and not why)
            self._say(self._step.value)

    def _asked(self) -> None:
        if self._hide.isActive():
            self.conceal()
        elif self.secret is not None:
            self._show.setEnabled(False)
            self.wanted.emit(self.secret)

    def reveal(self, value: str) -> None:
        """Show it for a moment; empty: it could not be had."""
        self._show.setEnabled(True)
        if value:
            self._hide.start()
            self._say(value)

    def forget(self) -> None:
        """It shows nothing any more: what was revealed is not kept for whoever comes next."""
        self.secret = None
        self.conceal()

    def conceal(self) -> None:
        """Its mask again."""
        self._hide.stop()
        self._say(self._step.value)

    def _measure(self) -> None:
        """One width for every clock time, also for a station without one."""
        metrics = QFontMetrics(theme.font("small", tabular=True))
        self._at.setMinimumWidth(metrics.horizontalAdvance("00:00:00") + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_at"):
            self._measure()


class HandoffPanel(QWidget):
    """Shown beside the history while it rings, with what is to be said first; read only.

    Signals: secret_wanted(id): somebody wants to see what the caller typed; ``reveal`` is the answer.
    """

    secret_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[_Step] = []
        self._shown: tuple[HandoffStep, ...] = ()
        self._why_hidden = ""
        self._wait = label("", "small", "3", tabular=True)
        self._nothing = label(
            self.tr("The telephone system sent nothing about this caller’s way here."), "small", "3", wrap=True
        )
        self._cut = label(
            self.tr("The message was too long for the phone engine: part of it is missing."), "small", "warn", wrap=True
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(9)
        title = elided(self.tr("How the caller got here"), "body-b")
        head = row(Icon("route", "text3"), (title, 1), self._wait, spacing=8)
        self._script, self._say = elided("", "body-b"), flowing("", "say")
        self._first = QWidget()
        script = row(Icon("book-open", "text3"), (self._script, 1), spacing=8)
        say = frame(column(self._say, margins=(14, 10, 14, 14)), inset=True)
        self._first.setLayout(column(rule(), script, say, spacing=10))
        self._first.hide()
        inner = QWidget()
        parts = (head, self._cut, self._nothing, self._list, self._first)
        inner.setLayout(column(*parts, None, spacing=12, margins=(16, 14, 16, 14)))
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("How the caller got here"))
        self.setLayout(column(self.area))
        self.setFocusProxy(self.area)
        self._grow(6)
        self.set((), None)

    def set(self, steps: tuple[HandoffStep, ...], call: CallView | None) -> None:
        """The stations in order; the call adds its queue and wait, once connected or ringing."""
        wait = call.wait_s if call is not None else None
        words = self.tr("{0} in queue").format(dates.duration(wait)) if wait is not None else ""
        self._wait.setText(words)
        self._wait.setVisible(bool(words))
        self._cut.setVisible(call is not None and call.cut)
        shown = steps or _known(call, self.tr("Dialled in from"), self.tr("Queue"))
        self._nothing.setVisible(not steps)
        if shown == self._shown:
            return
        self._shown = shown
        self._grow(len(shown))
        times = any(step.at for step in shown)
        for widget, step in zip(self._steps, shown, strict=False):
            widget.set(step, times=times)
        for number, widget in enumerate(self._steps):
            widget.setVisible(number < len(shown))
            if number >= len(shown):
                widget.forget()

    def set_first_words(self, script: str, say: str) -> None:
        """With which words which script begins; empty: none."""
        self._first.setVisible(bool(say))
        self._script.setText(self.tr("Script: {0}").format(script) if say else "")
        self._say.setText(breakable(say))

    def reveal(self, secret: UUID, value: str) -> None:
        """Show what was asked for, for half a minute; empty: it could not be had. Nobody keeps it but the label."""
        for step in self._steps:
            if step.secret == secret:
                step.reveal(value)

    def set_hidden(self, why: str) -> None:
        """Why secrets are not for this login; empty: they are asked for one by one."""
        self._why_hidden = why
        for step in self._steps:
            step.set_hidden(why)

    def _grow(self, number: int) -> None:
        while len(self._steps) < number:
            step = _Step()
            step.set_hidden(self._why_hidden)
            step.wanted.connect(self.secret_wanted)
            step.hide()
            self._steps.append(step)
            self._list.addWidget(step)


def _known(call: CallView | None, number_label: str, queue_label: str) -> tuple[HandoffStep, ...]:
    """What a plain SIP call says of itself."""
    if call is None:
        return ()
    steps = []
    if call.number:
        steps.append(HandoffStep(number_label, wording.ltr(call.number), icon="phone-incoming"))
    if call.queue:
        steps.append(HandoffStep(queue_label, call.queue, icon="users"))
    return tuple(steps)
