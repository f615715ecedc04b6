"""The small widgets every screen is built of: labels, buttons, cards, chips, notes, and layout helpers.

All text is plain text: what a customer's name contains is shown, never interpreted.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.ui import icons, theme
from agent_desktop.ui.layouts import Item as Item
from agent_desktop.ui.layouts import Margins as Margins
from agent_desktop.ui.layouts import clear_layout as clear_layout
from agent_desktop.ui.layouts import column as column
from agent_desktop.ui.layouts import frame as frame
from agent_desktop.ui.layouts import row as row
from agent_desktop.ui.layouts import rule as rule
from agent_desktop.ui.layouts import settle as settle


def card(*body: Item, title: str = "", right: Sequence[QWidget] = (), spacing: int = 10) -> QFrame:
    """A white card with an optional title line."""
    items: list[Item] = []
    if title:
        items.append(row(label(title, "body-b"), None, *right))
    return frame(column(*items, *body, spacing=spacing, margins=(16, 12, 16, 14)), card=True)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style-sheet properties and have the style look again; does nothing if none changed."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


# -------------------------------------------------------------------- labels


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
        super().setText(text)
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
        shown = metrics.elidedText(self._full.replace("\n", " "), Qt.TextElideMode.ElideRight, room.width())
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

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            wanted = theme.font(self._role, tabular=self._tabular)
            if self.font() != wanted:
                self.setFont(wanted)
        super().changeEvent(event)


def plain_tooltip(text: str) -> str:
    """A tooltip text Qt will not take for rich text: customer data stays plain."""
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


def ltr(number: str) -> str:
    """A phone number, time or code that keeps its left-to-right order inside any text (U+2066 ... U+2069)."""
    return f"\u2066{number}\u2069" if number else ""


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


def note(text: str, kind: str = "info", icon: str = "info") -> QFrame:
    """A tinted box with an icon: info, ok, warn or bad."""
    body = label(text, "small", kind if kind != "info" else "info", wrap=True)
    return frame(row(Icon(icon, kind), (body, 1), spacing=10, margins=(12, 9, 12, 9)), note=kind)


# -------------------------------------------------------------------- buttons


class Button(QPushButton):
    """Icon, label and key hint. Kinds: empty, primary, answer, hangup, ghost, link, option (checkable), chip."""

    def __init__(self, text: str = "", icon: str = "", *, kind: str = "", keys: str = "", height: int = 32):
        super().__init__(text)
        self._icon_name, self._keys, self._kind, self._height = icon, keys, kind, height
        self._fill_width, self._compact = False, False
        self.setProperty("kind", "opt" if kind == "option" else kind)
        self.setCheckable(kind in ("option", "chip"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(theme.font(self._role()))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(height))
        self._tell()

    def set_keys(self, keys: str) -> None:
        self._keys = keys
        self._tell()
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()
        self.updateGeometry()

    def set_compact(self, on: bool) -> None:
        """Leave the word out where room is short: icon and key stay, the word is in the tooltip and read aloud."""
        if on != self._compact:
            self._compact = on
            self.updateGeometry()
            self.update()

    def is_compact(self) -> bool:
        return self._compact

    def _shown(self) -> str:
        return "" if self._compact and self._icon_name else self.text()

    def _tell(self) -> None:
        if self._keys and self.text():
            self.setToolTip(f"{self.text()} ({self._keys})")

    def _role(self) -> str:
        return (
            "body-b" if self._kind in ("primary", "answer", "hangup") else "small" if self._kind == "chip" else "body"
        )

    def _parts(self) -> tuple[int, int, int, int]:
        """Widths of icon, text, key cap, and padding."""
        metrics = QFontMetrics(theme.font(self._role()))
        if self.isChecked():
            metrics = QFontMetrics(theme.font("small-b" if self._kind == "chip" else "body-b"))
        text = metrics.horizontalAdvance(self._shown()) if self._shown() else 0
        size = theme.px(14 if self._kind == "chip" else 16)
        keys = QFontMetrics(theme.font("caption")).horizontalAdvance(self._keys) + 12 if self._keys else 0
        padding = {"link": 2, "ghost": 8, "chip": 11, "option": 8}.get(self._kind, 11 if self._shown() else 8)
        return size if self._icon_name else 0, text, keys, padding

    def sizeHint(self) -> QSize:
        icon, text, keys, padding = self._parts()
        present = [width for width in (icon, text, keys) if width]
        return QSize(sum(present) + 7 * max(0, len(present) - 1) + 2 * padding + 2, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _tone(self) -> str:
        if not self.isEnabled():
            return "disabled"
        if self._kind in ("primary", "answer", "hangup"):
            return "on"
        if self._kind == "link" or (self.isChecked() and self.isCheckable()):
            return "accent_text"
        return "text"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        icon, text, keys, padding = self._parts()
        present = [width for width in (icon, text, keys) if width]
        total = sum(present) + 7 * max(0, len(present) - 1)
        spread = self._kind == "option" or self._fill_width
        x = padding if spread or self._kind == "link" else max(padding, (self.width() - total) // 2)
        tone = self._tone()
        if icon:
            spot = self._mirrored(QRect(x, (self.height() - icon) // 2, icon, icon))
            shade = "text2" if tone == "text" else tone
            painter.drawPixmap(spot.topLeft(), icons.pixmap(self._icon_name, shade, icon))
            x += icon + 7
        if text:
            strong = self._kind in ("primary", "answer", "hangup") or self.isChecked()
            base = "small" if self._kind == "chip" else "body"
            painter.setFont(theme.font(base + "-b" if strong else base))
            painter.setPen(theme.color(tone if self._kind != "chip" or tone != "text" else "text2"))
            room = self.width() - x - padding - (keys + 7 if keys else 0)
            shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 8))
            align = QStyle.visualAlignment(
                self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
            painter.drawText(self._mirrored(QRect(x, 0, room, self.height())), align, shown)
            x += text + 7
        if keys:
            left = self.width() - padding - keys if spread else x
            self._draw_keys(
                painter, self._mirrored(QRect(left, (self.height() - theme.px(20)) // 2, keys, theme.px(20)))
            )

    def _draw_keys(self, painter: QPainter, spot: QRect) -> None:
        filled = self._kind in ("primary", "answer", "hangup")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if filled and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(255, 255, 255, 46))
        else:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.setBrush(theme.color("subtle"))
        painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(
            theme.color("on" if filled and self.isEnabled() else "text3" if self.isEnabled() else "disabled")
        )
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._keys)

    def _mirrored(self, spot: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), spot)

    def spread(self) -> "Button":
        """Text at the start and the key hint at the end, for buttons that fill their row."""
        self._fill_width = True
        return self

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(self._height))
            self.updateGeometry()
        super().changeEvent(event)


def chip(text: str, icon: str = "", *, checked: bool = False) -> Button:
    """A filter: on or off."""
    result = Button(text, icon, kind="chip", height=28)
    result.setChecked(checked)
    return result


class ToolButton(QToolButton):
    """An icon-only button; its tip is its accessible name."""

    def __init__(self, icon: str, tip: str, *, size: int = 16, tone: str = "text2", keys: str = ""):
        super().__init__()
        self._icon_name, self._icon_size, self._icon_tone = icon, size, tone
        self.setToolTip(f"{tip} ({keys})" if keys else tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.size(self, minimum_width=28, minimum_height=28)
        self._draw()

    def set_icon(self, icon: str, tone: str = "text2") -> None:
        if (icon, tone) != (self._icon_name, self._icon_tone):
            self._icon_name, self._icon_tone = icon, tone
            self._draw()

    def _draw(self) -> None:
        size = theme.px(self._icon_size)
        self.setIcon(icons.icon(self._icon_name, self._icon_tone, size))
        self.setIconSize(QSize(size, size))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()
        super().changeEvent(event)


class Segments(QWidget):
    """One choice of a few, side by side; arrows move, digits pick. Signal: changed(index)."""

    changed = Signal(int)

    def __init__(self, options: Sequence[str], chosen: int | None = None, name: str = ""):
        super().__init__()
        self._options, self._chosen, self._name = list(options), chosen, name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def chosen(self) -> int | None:
        return self._chosen

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._options) and index != self._chosen:
            self._chosen = index
            self._tell()
            self.update()
            self.changed.emit(index)

    def _tell(self) -> None:
        value = self._options[self._chosen] if self._chosen is not None else self.tr("not set")
        self.setAccessibleName(f"{self._name}: {value}")

    def _cell(self) -> int:
        metrics = QFontMetrics(theme.font("small-b"))
        return max(theme.px(31), *(metrics.horizontalAdvance(text) + 20 for text in self._options))

    def sizeHint(self) -> QSize:
        return QSize(self._cell() * len(self._options) + 1, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _rect(self, index: int) -> QRect:
        cell = self._cell()
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(index * cell, 0, cell + 1, theme.px(28)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self._options)):
            if self._rect(index).contains(event.position().toPoint()):
                self.choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0) * (1 if forward else -1)
        if step:
            self.choose((self._chosen if self._chosen is not None else -1) + step)
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self._options):
            self.choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(0.5, 0.5, self._cell() * len(self._options), theme.px(28) - 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            outline.moveRight(self.width() - 0.5)
        path = QPainterPath()
        path.addRoundedRect(outline, 5, 5)
        painter.fillPath(path, theme.color("surface"))
        painter.save()
        painter.setClipPath(path)
        for index, text in enumerate(self._options):
            spot, on = self._rect(index), index == self._chosen
            if on:
                painter.fillRect(spot, theme.color("accent"))
            painter.setFont(theme.font("small-b" if on else "small", tabular=True))
            painter.setPen(theme.color("on" if on else "text2"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
            if index:
                painter.setPen(theme.color("line2"))
                edge = spot.left() if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else spot.right()
                painter.drawLine(QPointF(edge, 0), QPointF(edge, self.height()))
        painter.restore()
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "line2"), 2 if focused else 1))
        painter.drawPath(path)


# --------------------------------------------------------------------- fields


def search_field(placeholder: str, name: str = "") -> QLineEdit:
    """A quiet text field with a magnifier and a clear button."""
    edit = QLineEdit()
    edit.setPlaceholderText(placeholder)
    edit.setProperty("quiet", True)
    theme.dress(edit, "body")
    edit.addAction(icons.icon("search", "text3", 14), QLineEdit.ActionPosition.LeadingPosition)
    edit.setClearButtonEnabled(True)
    edit.setAccessibleName(name or placeholder)
    return edit


def field(name: str, widget: QWidget, *, hint: str = "", required: bool = False) -> QVBoxLayout:
    """A label above its input; a required one carries an asterisk."""
    caption = label(name + (" *" if required else ""), "small-b", "2")
    caption.setBuddy(widget)
    if not widget.accessibleName():
        widget.setAccessibleName(name)
    head = row(caption, None)
    if hint:
        head.addWidget(label(hint, "caption", "3"))
    return column(head, widget, spacing=5)


def fact(name: str, value: str) -> QHBoxLayout:
    """A name and its value on one line, as on the customer card."""
    right = elided(value, "small", tabular=True)
    right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return row(label(name, "small", "3"), (right, 1))
