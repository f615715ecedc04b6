"""Words on a screen: labels that elide, flow or stay snug, tags, key caps, and the icon beside them.

All text is plain text: what a customer's name contains is shown, never interpreted.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from agent_desktop.ui import icons, theme
from agent_desktop.ui.key_caps import cap_text
from agent_desktop.ui.theme import restyle

_WIDEST = 2_000  # characters in one line: more than any screen shows; every one of 64,000 would be shaped
_TIP = 4_000  # characters: a tooltip that fills the screen


def one_line(text: str) -> str:
    """As much of a text as a line can show, without its line breaks."""
    return text[:_WIDEST].replace("\n", " ")


class Label(QLabel):
    """Plain text in a type role; ``elide`` cuts it with an ellipsis (whole text in the tooltip) instead of clipping."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "", *, tabular: bool = False):
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._role, self._tabular = role, tabular
        self._elide, self._full = False, text
        self.setFont(theme.font(role, tabular=tabular))
        if tone:
            self.setProperty("tone", tone)
        super().setText(text)

    def set_tone(self, tone: str) -> None:
        """2, 3, ok, warn, bad, info, accent, on, ringing, talking, or empty for the normal colour."""
        restyle(self, tone=tone)
        self._refont()

    def set_elided(self, on: bool = True) -> "Label":
        self._elide = on
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored if on else QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        return self

    def text(self) -> str:
        """The whole text, also when an ellipsis stands for some of it."""
        return self._full

    def setText(self, text: str) -> None:
        if text == self._full and not self._elide:
            return
        self._full = text
        super().setText(text[:_WIDEST] if self._elide else text)
        self.setAccessibleName(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(theme.px(24), hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        room = self.contentsRect()
        metrics = self.fontMetrics()
        shown = metrics.elidedText(one_line(self._full), Qt.TextElideMode.ElideRight, room.width())
        cut = shown != self._full
        if cut != bool(self.toolTip()):
            self.setToolTip(plain_tooltip(self._full) if cut else "")
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment() | Qt.AlignmentFlag.AlignVCenter)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            shown = f"\u2068{shown}\u2069"  # the text's own direction decides how it reads
        painter.drawText(room, align | Qt.TextFlag.TextSingleLine, shown)

    def _refont(self) -> None:
        """A style that looks at a widget again brings back its first font, of whatever text size."""
        wanted = theme.font(self._role, tabular=self._tabular)
        if self.font() != wanted:
            self.setFont(wanted)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._refont()
        super().changeEvent(event)


def plain_tooltip(text: str) -> str:
    """A tooltip text Qt will not take for rich text: customer data stays plain."""
    text = text if len(text) <= _TIP else f"{text[: _TIP - 1]}…"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>"


def label(text: str = "", role: str = "body", tone: str = "", *, tabular: bool = False, wrap: bool = False) -> Label:
    """A Label in one line of code; ``wrap`` breaks lines."""
    result = Label(text, role, tone, tabular=tabular)
    result.setWordWrap(wrap)
    return result


def flowing(text: str = "", role: str = "body", tone: str = "") -> Label:
    """A Label that breaks lines and never asks for width: for texts of unknown length in a column of fixed width."""
    result = label(text, role, tone, wrap=True)
    policy = result.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    result.setSizePolicy(policy)
    return result


def elided(text: str = "", role: str = "body", tone: str = "", *, tabular: bool = False) -> Label:
    """A Label that takes the room it gets and ends in an ellipsis: for names and everything of unknown length."""
    return Label(text, role, tone, tabular=tabular).set_elided()


def snug(text: str = "", role: str = "body", tone: str = "", *, tabular: bool = False) -> Label:
    """A Label as wide as its text where there is room, with an ellipsis where there is not."""
    result = elided(text, role, tone, tabular=tabular)
    result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return result


class Icon(QLabel):
    """An icon that follows the theme."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16):
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self._draw()

    def set(self, name: str, tone: str = "text2") -> None:
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self._draw()

    def _draw(self) -> None:
        size = theme.px(self._size)
        self.setPixmap(icons.pixmap(self._name, self._tone, size))
        self.setFixedSize(size, size)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()
        super().changeEvent(event)


def key_hint(keys: str) -> Label:
    """A small key cap."""
    keys = cap_text(keys)
    result = Label(keys, "caption")
    result.setProperty("kbd", "true")
    result.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    result.setAccessibleName(keys)
    return result


def tag(text: str, kind: str = "true") -> Label:
    """A small label in a box; kind: true (neutral), ok, warn, bad, info."""
    result = Label(text, "caption")
    result.setProperty("tag", kind)
    result.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return result
