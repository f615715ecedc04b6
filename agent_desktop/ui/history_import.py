"""A PBX's own file on the card of imports: its clock, what would come of it, and what has."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop import clock
from agent_desktop.ui import dates, theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.exchange_parts import ProgressBar, scrolled
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import flowing, label
from agent_desktop.ui.layouts import clear_layout, column, row

if TYPE_CHECKING:
    from agent_desktop.collector.history import Progress

_TOLD = 100
_NAMED = 20


class HistoryPage(QWidget):
    """Signals: check_wanted(zone), import_wanted(zone): a dry run, the import; ``zone`` is empty for this computer's.

    cancel_wanted(); back_wanted(): another file; done_wanted().
    """

    check_wanted = Signal(str)
    import_wanted = Signal(str)
    cancel_wanted = Signal()
    back_wanted = Signal()
    done_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._records = False
        self._what = flowing("", "body", "2")
        self._said = flowing("", "title")
        self._counts = flowing("", "body")
        self._details = column(spacing=3)
        holder = QWidget()
        holder.setLayout(column(self._details, None, spacing=0, margins=(0, 0, 8, 0)))
        self._area = scrolled(holder, 170)
        self._area.setAccessibleName(self.tr("What was found"))
        self.zone = Choice(self.tr("Time zone of the PBX"))
        self.zone.addItem(self.tr("As this computer"), "")
        self.zone.addItem("UTC", "UTC")
        theme.size(self.zone, fixed_width=280)
        self.bar = ProgressBar(self.tr("Progress"))
        self.back = self._button(self.tr("Another file"), self.back_wanted.emit)
        self.cancel = self._button(self.tr("Cancel"), self._cancel)
        self.check = self._button(self.tr("See what would happen"), self._check, kind="primary")
        self.run = self._button(self.tr("Import"), self._import, kind="primary")
        self.done = self._button(self.tr("Done"), self.done_wanted.emit, kind="primary")
        self._zone = QWidget()
        self._zone.setLayout(row(field(self.tr("Time zone of the PBX"), self.zone), None))
        foot = row(None, self.back, self.cancel, self.check, self.run, self.done)
        body = (self._what, self._zone, self._said, self._counts, self._area, self.bar, foot, None)
        self.setLayout(column(*body, spacing=12))
        self._show(asked=True)

    def _button(self, text: str, then: object, kind: str = "") -> Button:
        button = Button(text, kind=kind, height=34) if kind else Button(text, height=34)
        button.clicked.connect(lambda _checked=False: then())  # type: ignore[operator]
        return button

    # ------------------------------------------------------------------ what happened

    def set_file(self, path: Path, *, records: bool) -> None:
        """A file that was looked at: call records, or a queue's log."""
        words = (
            self.tr("{0}: call records of a PBX. Its calls come into the list of calls and customers’ histories.")
            if records
            else self.tr("{0}: the log of a PBX’s queues. What happened in them comes into the figures.")
        )
        self._records = records
        self._what.setText(words.format(path.name))
        if self.zone.count() == 2:  # they are read from some hundred files: not before they are wanted
            for name in sorted(name for name in available_timezones() if "/" in name and name[:4] != "Etc/"):
                self.zone.addItem(name.replace("_", " "), name)
        self._show(asked=True)

    def set_progress(self, share: float) -> None:
        self.bar.set_share(share)
        self._show(busy=True)

    def set_checked(self, progress: "Progress") -> None:
        """What would happen."""
        would = progress.new + progress.completed
        words = self.tr("{0} calls would be new.") if self._records else self.tr("{0} events would be new.")
        self._said.setText(words.format(_number(would)) if would else self.tr("There is nothing new in it."))
        self._tell(progress)
        self.run.setEnabled(bool(would))
        self._show(result=True)

    def set_imported(self, progress: "Progress") -> None:
        """What has happened."""
        self._said.setText(self.tr("The import is done."))
        self._tell(progress)
        self._show(result=True, ended=True)

    def set_stopped(self, text: str) -> None:
        """Cancelled or broken off; a text says more."""
        self._said.setText(self.tr("What was stored until then stays; reading it again counts nothing twice."))
        self._counts.setText(text)
        clear_layout(self._details)
        self._area.hide()
        self._show(asked=True)
        self._said.show()
        self._counts.setVisible(bool(text))

    def first(self) -> QWidget:
        """What gets the keyboard."""
        found = (self.done, self.run, self.check, self.cancel, self.back)
        return next((each for each in found if not each.isHidden() and each.isEnabled()), self)

    # ------------------------------------------------------------------ parts

    def _tell(self, progress: "Progress") -> None:
        counts = [
            (self.tr("{0} new"), progress.new),
            (self.tr("{0} completed"), progress.completed),
            (self.tr("{0} known already"), progress.known),
            (self.tr("{0} saying nothing of calls"), progress.passed_over),
            (self.tr("{0} unreadable"), progress.rejected),
        ]
        said = ", ".join(words.format(_number(count)) for words, count in counts if count)
        if progress.first_us is not None and progress.last_us is not None:
            period = (dates.exact(clock.from_us(us)) for us in (progress.first_us, progress.last_us))
            said = self.tr("{0} to {1}").format(*period) + "\n" + said
        self._counts.setText(said)
        clear_layout(self._details)
        lines = list(self._lines(progress))
        for place, reason in lines:
            beginning = label(place, "small-b", "2")
            theme.size(beginning, fixed_width=110)
            self._details.addLayout(row(beginning, (flowing(reason, "small"), 1), spacing=8))
        self._area.setVisible(bool(lines))
        announce(self, f"{self._said.text()} {said}")

    def _lines(self, progress: "Progress") -> Iterator[tuple[str, str]]:
        for name in progress.queues[:_NAMED]:
            yield self.tr("Queue"), self.tr("{0} is not here: it is kept, switched off.").format(name)
        for name, count in progress.people[:_NAMED]:
            words = self.tr("Nobody here is called {0} ({1} times): give somebody this extension or name first.")
            yield self.tr("Agent"), words.format(name, _number(count))
        for name, count, line in progress.unknown[:_NAMED]:
            words = self.tr("{0} is not known ({1} times, first in line {2}).")
            yield self.tr("Event"), words.format(name, _number(count), _number(line))
        for problem in progress.problems[:_TOLD]:
            yield self.tr("Line {0}").format(_number(problem.line)), problem.reason
        if progress.rejected > _TOLD:
            yield "", self.tr("… and {0} more").format(_number(progress.rejected - _TOLD))

    def _show(self, *, asked: bool = False, busy: bool = False, result: bool = False, ended: bool = False) -> None:
        self._zone.setVisible(asked)
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.cancel.setEnabled(True)
        self._said.setVisible(result)
        self._counts.setVisible(result)
        self._area.setVisible(result and bool(self._details.count()))
        self.back.setVisible(asked or (result and not ended))
        self.check.setVisible(asked)
        self.run.setVisible(result and not ended)
        self.done.setVisible(ended)

    def _wanted(self) -> str:
        return str(self.zone.currentData() or "")

    def _check(self) -> None:
        self.set_progress(0.0)
        self.check_wanted.emit(self._wanted())

    def _import(self) -> None:
        self.set_progress(0.0)
        self.import_wanted.emit(self._wanted())

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel_wanted.emit()


def _number(count: int) -> str:
    return str(QLocale().toString(count))
