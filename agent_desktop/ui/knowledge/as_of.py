"""The line that says how old the articles are which are shown while the database is away."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from agent_desktop.ui import dates
from agent_desktop.ui.announce import announce
from agent_desktop.ui.labels import Icon, flowing
from agent_desktop.ui.layouts import row


class AsOf(QWidget):
    """Hidden while the database answers."""

    def __init__(self) -> None:
        super().__init__()
        self._words = flowing("", "small", "warn")
        self.setLayout(row(Icon("cloud-off", "warn", 14), (self._words, 1), spacing=8, margins=(16, 8, 16, 6)))
        self.hide()

    def set(self, at: datetime | None) -> None:
        """Since when nothing newer is known; None: it is as the database has it."""
        if at is not None:
            words = self.tr("The database does not answer: articles as this computer had them {0}")
            self._words.setText(words.format(dates.moment(at, inside=True)))
            if self.isHidden():
                announce(self, self._words.text())
        self.setVisible(at is not None)
