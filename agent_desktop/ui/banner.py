"""Standing trouble across the window: what is wrong, what still works, and what to press."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.overlay import NOTICE_ICONS
from agent_desktop.ui.theme import restyle


class Banner(QFrame):
    """One line of trouble with its icon and at most one action. Signal: acted()."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("banner")
        self._icon = Icon("triangle-alert", "warn", 16)
        self._text = label("", "small-b", wrap=True)
        self._advice = label("", "small", "2", wrap=True)
        self._action = Button("", height=26)
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(self.acted.emit)
        words = column(self._text, self._advice, spacing=1)
        self.setLayout(row(self._icon, (words, 1), self._action, spacing=10, margins=(16, 6, 16, 6)))

    def set(self, text: str, kind: str, advice: str, action: str) -> None:
        self._icon.set(NOTICE_ICONS[kind], kind)
        self._text.setText(text)
        self._text.set_tone(kind)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{text} {advice}".strip())
        restyle(self, kind=kind)


class BannerStack(QWidget):
    """Banners by key, the first set uppermost. Signal: acted(key)."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._banners: dict[str, Banner] = {}
        self._said: dict[str, str] = {}
        self._column: QVBoxLayout = column(spacing=1)
        self.setLayout(self._column)
        self.hide()

    def set(self, key: str, text: str, *, kind: str = "warn", advice: str = "", action: str = "") -> None:
        """Show or change the banner of ``key``; kinds: info, warn, bad. An empty text takes it away."""
        if not text:
            self.clear(key)
            return
        banner = self._banners.get(key)
        if banner is None:
            banner = self._banners[key] = Banner()
            banner.acted.connect(partial(self.acted.emit, key))
            self._column.addWidget(banner)
        banner.set(text, kind, advice, action)
        self.show()
        if self._said.get(key) != text:
            self._said[key] = text
            announce(banner, f"{text} {advice}".strip())

    def clear(self, key: str) -> None:
        banner = self._banners.pop(key, None)
        self._said.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def keys(self) -> list[str]:
        """What is shown, uppermost first."""
        return list(self._banners)
