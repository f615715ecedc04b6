"""The caller's way in a line or two, above the history where there is no room for both beside each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from agent_desktop.core.views import HandoffStep
from agent_desktop.ui.labels import Icon, flowing, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.wording import breakable, ltr

_LONGEST = 220  # characters; the whole is in the tooltip and under its tab
_MOST = 12


class WayLine(QWidget):
    """Hidden until ``set`` and ``setVisible``."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[HandoffStep, ...] = ()
        self._words = flowing("", "small")
        sign = Icon("route", "text3", 16)
        line = row(sign, (self._words, 1), spacing=10, margins=(12, 9, 12, 9))
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(frame(line, inset=True), margins=(12, 10, 12, 0)))
        self.setAccessibleName(self.tr("How the caller got here"))
        self.hide()

    def set(self, steps: tuple[HandoffStep, ...]) -> None:
        """The stations in order; of many the last ones, which say most."""
        if steps == self._shown:
            return
        self._shown = steps
        told = [_told(step) for step in steps[-_MOST:]]
        while len(told) > 1 and sum(map(len, told)) > _LONGEST:
            told.pop(0)
        words = " · ".join(told)
        self._words.setText(breakable(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"))
        whole = " · ".join(_told(step) for step in steps)
        self._words.setToolTip(plain_tooltip(whole))
        self.setAccessibleDescription(whole)

    def is_empty(self) -> bool:
        return not self._shown


def _told(step: HandoffStep) -> str:
    words = f"{step.label}: {step.value}" if step.label and step.value else step.label or step.value
    return f"{ltr(step.at)} {words}" if step.at else words
