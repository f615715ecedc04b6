"""The first line of the board: which layout is shown, and how the events come; over it, in colour, what is away."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from agent_desktop.core.feed_health import FeedView
from agent_desktop.ui import feed_words
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import Icon, elided, plain_tooltip, snug
from agent_desktop.ui.layouts import row
from agent_desktop.ui.theme import restyle


class FeedBanner(QFrame):
    """What is away and what to do; hidden while all is well."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("note", "warn")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = Icon("cloud-off", "warn")
        self.text, self.advice = snug("", "small-b", "warn", tabular=True), elided("", "small", "2")
        self.setLayout(row(self._icon, self.text, (self.advice, 1), spacing=10, margins=(12, 8, 12, 8)))
        self._announced = ""
        self.hide()

    def set(self, text: str, advice: str = "", icon: str = "cloud-off", tone: str = "warn", tooltip: str = "") -> None:
        """An empty text hides it; one that differs in more than its numbers is announced."""
        self.setVisible(bool(text))
        words = "".join(sign for sign in text if not sign.isdigit())
        if text:
            restyle(self, note=tone)
            self._icon.set(icon, tone)
            self.text.set_tone(tone)
            self.text.setText(text)
            self.advice.setText(advice)
            self.advice.setToolTip(plain_tooltip(tooltip or advice))
            if words != self._announced:
                announce(self, f"{text} {advice}")
        self._announced = words


class BoardHead(QWidget):
    """The layout's button, the line about the events, the wallboard's button."""

    def __init__(self) -> None:
        super().__init__()
        self.layouts = Button(self.tr("All queues"), "layout-grid", kind="ghost", height=28)
        self.layouts.setToolTip(self.tr("Which queues, charts and columns are shown"))
        self._icon = Icon("activity", "ok", 14)
        self.feed = elided("", "small", "3", tabular=True)
        self.what_if = Button(self.tr("What if"), "calendar-clock", kind="ghost", height=28)
        self.what_if.setToolTip(self.tr("What more agents, calls or handle time would make of this quarter hour"))
        self.wall = ToolButton("tv", self.tr("Wallboard"))
        self.setLayout(
            row(self.layouts, 8, self._icon, (self.feed, 1), self.what_if, self.wall, spacing=6, margins=(0, 0, 0, 0))
        )
        self._shown: tuple[str, str] = ("", "")

    def set_feed(self, view: FeedView, words: str, tooltip: str) -> None:
        """``words``: the calm line; what is wrong is the banner's."""
        tone = feed_words.tone(view)
        icon = feed_words.ICONS[view.flow]
        if (icon, tone) != self._shown:
            self._shown = icon, tone
            self._icon.set(icon, tone)
        if words != self.feed.text():
            self.feed.setText(words)
        self.setToolTip(plain_tooltip(tooltip))
