"""The running quarter hour of one queue, and sliders for what more agents, calls or handle time would make of it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QSlider, QWidget

from agent_desktop.core.figures import NO_DATA, clock_text
from agent_desktop.core.staffing import MOST_MORE, Change, Projection, traffic_of
from agent_desktop.core.staffing_desk import Now
from agent_desktop.ui import staffing_words as words
from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Label, elided, label, plain_tooltip, snug
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.rows_model import Column, RowsModel, Table
from agent_desktop.ui.setting_controls import let_wheel_scroll
from agent_desktop.ui.wording import ltr

_STEP = 5  # per cent of a slider
_LEFT = 330


class WhatIf(QWidget):
    """One assumption: its name, what it is now, a slider over it, what it rests on. Signal: moved(value).

    The value is whole: agents more or fewer, or per cent more or less than measured.
    """

    moved = Signal(int)

    def __init__(self, name: str, low: int, high: int, *, step: int = 1):
        super().__init__()
        self._step, self._silent = step, False
        self.name, self.value_text = snug(name, "body-b"), label("", "body", tabular=True)
        self.note = elided("", "small", "3")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(name)
        self.slider.setRange(low // step, high // step)
        self.slider.setPageStep(max(1, 5 // step))
        let_wheel_scroll(self.slider)
        self.slider.valueChanged.connect(self._moved)
        self.setLayout(column(row(self.name, None, self.value_text), self.slider, self.note, spacing=3))

    def value(self) -> int:
        return self.slider.value() * self._step

    def set_value(self, value: int) -> None:
        """Without a word."""
        self._silent = True
        self.slider.setValue(value // self._step)
        self._silent = False

    def tell(self, text: str, note: str, *, enabled: bool = True) -> None:
        """What it is with the slider where it is, and what it rests on."""
        self.value_text.setText(text)
        self.note.setText(note)
        self.slider.setEnabled(enabled)
        self.slider.setAccessibleDescription(f"{text}, {note}")

    def _moved(self, _value: int) -> None:
        if not self._silent:
            self.moved.emit(self.value())


class Outcome(QWidget):
    """One figure of the end of the quarter hour: what it will be, and what it would be without any change."""

    def __init__(self, name: str):
        super().__init__()
        self._name = name
        self.value = label(NO_DATA, "metric", tabular=True)
        self.below = elided("", "small", "3", tabular=True)
        self.setLayout(column(elided(name, "small", "2"), self.value, self.below, spacing=2))

    def set(self, value: str, below: str, explain: str, tone: str = "") -> None:
        self.value.setText(value)
        self.value.set_tone(tone)
        self.below.setText(below)
        self.setToolTip(plain_tooltip(explain) if explain else "")
        self.setAccessibleName(f"{self._name}: {value}, {below}" if below else f"{self._name}: {value}")
        self.setAccessibleDescription(explain)


class _Note(Label):
    """Words of unknown length; as high as they are: a layout in a scrolling area does not ask that at its width."""

    def __init__(self) -> None:
        super().__init__("", "small", "2")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class StaffingNow(QWidget):
    """Signal: change_wanted(Change): work it out with this. A ``strip`` has no table: it stands among other things."""

    change_wanted = Signal(object)

    def __init__(self, *, strip: bool = False) -> None:
        super().__init__()
        self._shown: Now | None = None
        self._strip = strip
        self.agents = WhatIf(self.tr("Agents"), -MOST_MORE, MOST_MORE)
        self.calls = WhatIf(self.tr("Calls arriving"), -50, 100, step=_STEP)
        self.handle = WhatIf(self.tr("Handle time"), -50, 50, step=_STEP)
        self.patience = WhatIf(self.tr("Patience"), -50, 100, step=_STEP)
        self.as_measured = Button(self.tr("As measured"), "undo-2", height=28)
        self.as_measured.clicked.connect(lambda _checked=False: self.reset())
        self.level = Outcome(self.tr("Service level at its end"))
        self.answer = Outcome(self.tr("Average speed of answer"))
        self.abandoned = Outcome(self.tr("Abandoned"))
        self.occupancy = Outcome(self.tr("Occupancy"))
        self.title = snug("", "body-b")
        self.left_of_it = label("", "small", "2", tabular=True)
        self.note = _Note()
        self.table = Table(RowsModel(self._columns(), row_id=lambda one: one.more), self.tr("Agents more or fewer"), 28)
        if strip:
            self.table.setParent(self)
            self.table.hide()
            self._lay_out_strip()
        else:
            self._lay_out()
        for what in self._sliders():
            what.moved.connect(lambda _value: self._moved())
        self.table.row_activated.connect(self._choose)
        self.table.row_chosen.connect(self._choose)
        theme.size(self.table, minimum_height=150)
        self.setFocusProxy(self.agents.slider)
        self.set(None)

    def _sliders(self) -> tuple[WhatIf, ...]:
        return self.agents, self.calls, self.handle, self.patience

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(
            column(
                row(snug(self.tr("What if"), "body-b"), None, self.as_measured),
                *self._sliders(),
                None,
                spacing=14,
                margins=(16, 12, 16, 12),
            )
        )
        area = QScrollArea()
        area.setWidget(left)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = frame(column(area, margins=1), card=True)
        theme.size(side, fixed_width=_LEFT)
        figures = row(
            *(
                item
                for at, one in enumerate((self.level, self.answer, self.abandoned, self.occupancy))
                for item in ((rule(vertical=True), (one, 1)) if at else ((one, 1),))
            ),
            spacing=16,
        )
        above = column(row(self.title, self.left_of_it, None, spacing=10), figures, spacing=8, margins=(16, 12, 16, 10))
        body = column(above, rule(), (self.table, 1), rule(), row((self.note, 1), margins=(16, 8, 16, 10)), spacing=0,
                      margins=1)  # fmt: skip
        self.setLayout(row(side, (frame(body, card=True), 1), spacing=10))

    def _lay_out_strip(self) -> None:
        """Each assumption below a figure; what the figures rest on is in their tooltips. Title and rest of the time are
        for whoever places the strip."""
        parts: list[tuple[QWidget, int]] = []
        for what, outcome in zip(
            self._sliders(), (self.level, self.answer, self.abandoned, self.occupancy), strict=True
        ):
            both = QWidget()
            both.setLayout(column(outcome, what, None, spacing=8))
            parts += [(rule(vertical=True), 0), (both, 1)] if parts else [(both, 1)]
        self.setLayout(column(row(*parts, spacing=16), self.note, spacing=8))

    def _columns(self) -> tuple[Column[Projection], ...]:
        def cell(title: str, text: Callable[[Projection], str], width: int, rank: int = 0) -> Column[Projection]:
            return Column(title, text, width, number=True, rank=rank, strong=_now)

        return (
            Column(self.tr("Agents"), lambda one: f"{one.agents}", 74, number=True, strong=_now),
            Column(self.tr("Change"), _more, 74, number=True, strong=_now),
            Column(self.tr("Service level"), lambda one: words.share(one.level, self._target()), 120,
                   stretch=True, number=True, strong=_now, tone=self._tone, tooltip=self._explain),
            cell(self.tr("Of calls to come"), lambda one: words.share(one.rest.service_level), 120, rank=2),
            cell(self.tr("ASA"), lambda one: words.seconds(one.rest.answer_s), 76),
            cell(self.tr("Abandoned"), lambda one: words.share(one.rest.abandoned), 96),
            cell(self.tr("Occupancy"), lambda one: words.share(one.rest.occupancy), 96, rank=1),
            cell(self.tr("If it stayed so"), lambda one: words.share(one.steady.service_level), 112, rank=3),
        )  # fmt: skip

    # ------------------------------------------------------------------ told

    def set(self, now: Now | None) -> None:
        """Show what was worked out; None: there is no queue to show."""
        self._shown = now
        if now is None:
            self._show_nothing("")
            return
        measured = now.measured
        self.title.setText(self.tr("{0}, {1}").format(measured.queue.label, measured.interval))
        self.left_of_it.setText(self.tr("{0} left").format(ltr(clock_text(measured.left_s))))
        self._say_sliders()
        if not now.each:
            self._show_nothing(words.missing(measured))
            return
        self.table.set_rows(now.each)
        self._show_choice()

    def change(self) -> Change:
        """Where the sliders are."""
        return Change(
            self.agents.value(),
            1 + self.calls.value() / 100,
            1 + self.handle.value() / 100,
            1 + self.patience.value() / 100,
        )

    def reset(self) -> None:
        """Everything as measured."""
        for what in self._sliders():
            what.set_value(0)
        self._moved()

    def _show_nothing(self, why: str) -> None:
        for outcome in (self.level, self.answer, self.abandoned, self.occupancy):
            outcome.set(NO_DATA, "", why)
        self.table.set_rows(())
        self.note.setText(why)
        self.note.setVisible(bool(why) or not self._strip)

    def _show_choice(self) -> None:
        now = self._shown
        if now is None or not now.each:
            return
        here, chosen = now.with_agents(0), now.with_agents(self.agents.value())
        chosen = chosen or (now.each[0] if self.agents.value() < 0 else now.each[-1])
        if self.table.rows_model.find(chosen.more) != self.table.currentIndex().row():
            self.table.choose(chosen.more)
        target = now.measured.queue.sl_target
        below = "bad" if chosen.level is not None and chosen.level < target else ""
        rests = words.rest_words(now)

        def beside(text: Callable[[Projection], str]) -> str:
            return self.tr("{0} with {1} agents").format(text(here), here.agents) if here is not None else ""

        self.level.set(words.share(chosen.level, target), beside(lambda one: words.share(one.level, target)),
                       words.level_words(now, chosen), below)  # fmt: skip
        self.answer.set(words.seconds(chosen.rest.answer_s), beside(lambda one: words.seconds(one.rest.answer_s)),
                        "\n".join((self.tr("Mean wait of those who are answered, until the end"), rests)))  # fmt: skip
        self.abandoned.set(words.share(chosen.rest.abandoned), beside(lambda one: words.share(one.rest.abandoned)),
                           "\n".join((self.tr("Of the calls to come until the end"), rests)))  # fmt: skip
        self.occupancy.set(words.share(chosen.rest.occupancy), beside(lambda one: words.share(one.rest.occupancy)),
                           "\n".join((self.tr("Busy agents ÷ agents, until the end"), rests)))  # fmt: skip
        lines = words.level_words(now, chosen).splitlines()
        self.note.setText(" ".join(f"{line}." for line in (*lines[1:], words.sharing_note().rstrip("."))))
        self.note.setVisible(not self._strip)

    def _say_sliders(self) -> None:
        now = self._shown
        if now is None:
            return
        measured = now.measured
        more = self.agents.value()
        there = measured.agents
        self.agents.tell(f"{there}" if not more else f"{there} → {max(0, there + more)}", words.agents_note(measured))
        traffic = traffic_of(measured, self.change())
        self._say(self.calls, measured.calls_per_hour, words.per_hour, words.calls_note(measured))
        self._say(self.handle, measured.handle_time_s, words.seconds, words.handle_note(measured))
        self._say(self.patience, measured.patience_s, words.seconds, words.patience_note(measured))
        self.as_measured.setEnabled(traffic is not None and any(what.value() for what in self._sliders()))

    def _say(self, what: WhatIf, measured: float | None, text: Callable[[float | None], str], note: str) -> None:
        by = what.value()
        if measured is None:
            what.tell(NO_DATA, note, enabled=False)
        elif not by:
            what.tell(text(measured), note)
        else:
            what.tell(f"{text(measured * (1 + by / 100))} ({by:+d} %)", note)

    # --------------------------------------------------------------- changed

    def _moved(self) -> None:
        self._say_sliders()
        self._show_choice()
        self.change_wanted.emit(self.change())

    def _choose(self, one: Projection) -> None:
        if one.more != self.agents.value():
            self.agents.set_value(one.more)
            self._say_sliders()
            self._show_choice()

    def _target(self) -> float | None:
        return self._shown.measured.queue.sl_target if self._shown is not None else None

    def _tone(self, one: Projection) -> str:
        target = self._target()
        return "bad" if one.level is not None and target is not None and one.level < target else "text"

    def _explain(self, one: Projection) -> str:
        return words.level_words(self._shown, one) if self._shown is not None else ""


def _more(one: Projection) -> str:
    return QCoreApplication.translate("staffing", "now") if not one.more else f"{one.more:+d}"


def _now(one: Projection) -> bool:
    return one.more == 0
