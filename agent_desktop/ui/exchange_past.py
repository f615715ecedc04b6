"""The imports that were made: when, by whom, what came of each, and whether it can still be taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.exchange_parts import scrolled
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import clear_layout, column, row, rule

if TYPE_CHECKING:
    from agent_desktop.data.exchange.undo import Run

_LINE = 44
_MOST_SHOWN = 5  # lines before it scrolls


class PastImports(QWidget):
    """Hidden while there are none. Signal: undo_wanted(Run)."""

    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=0)
        holder = QWidget()
        holder.setLayout(column(self._lines, None, spacing=0, margins=(0, 0, 8, 0)))
        self.area = scrolled(holder, _LINE)
        self.area.setAccessibleName(self.tr("Earlier imports"))
        heading = label(self.tr("Earlier imports"), "small-b", "2")
        self.buttons: list[Button] = []
        self.setLayout(column(rule(), row(heading, None), self.area, spacing=8))
        self.hide()

    def set_runs(self, runs: "Sequence[Run]") -> None:
        """Newest first."""
        clear_layout(self._lines)
        self.buttons = []
        for run in runs:
            self._lines.addLayout(self._line(run))
        theme.size(self.area, fixed_height=_LINE * min(_MOST_SHOWN, max(1, len(runs))))
        self.setVisible(bool(runs))

    def _line(self, run: "Run") -> QHBoxLayout:
        when = label(dates.moment(run.at), "small", "2", tabular=True)
        when.setToolTip(dates.exact(run.at))
        theme.size(when, fixed_width=120)
        name = elided(run.file, "body")
        what = elided(f"{run.who}  ·  {self._counts(run)}" if run.counts else run.who, "small", "2")
        words = (column(name, what, spacing=0), 1)
        if run.stays is not None:
            why = label(self._why(run), "small", "2")
            return row(when, words, why, spacing=12, margins=(0, 4, 0, 4))
        button = Button(self.tr("Take back"), "undo-2")
        button.setAccessibleName(self.tr("Take back the import of {0}").format(run.file))
        button.clicked.connect(lambda _checked=False: self.undo_wanted.emit(run))
        self.buttons.append(button)
        return row(when, words, button, spacing=12, margins=(0, 4, 0, 4))

    def _counts(self, run: "Run") -> str:
        names = {
            "new": self.tr("{0} new"),
            "updated": self.tr("{0} completed"),
            "completed": self.tr("{0} completed"),
            "duplicate": self.tr("{0} known already"),
            "known": self.tr("{0} known already"),
            "rejected": self.tr("{0} rejected"),
        }
        said = [
            words.format(QLocale().toString(run.counts[key])) for key, words in names.items() if run.counts.get(key)
        ]
        return ", ".join(said) or self.tr("nothing new")

    def _why(self, run: "Run") -> str:
        """Why it stays, in a few words."""
        return {
            "undone": self.tr("Taken back"),
            "history": self.tr("History: figures were made of it"),
            "nothing": self.tr("Stored nothing"),
            "forgotten": self.tr("Too old: what was there before is gone"),
        }[str(run.stays)]
