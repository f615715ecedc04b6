"""Buttons: with icon, label and key hint, chips that filter, and those of an icon only."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QToolButton

from agent_desktop.ui import icons, theme
from agent_desktop.ui.key_caps import cap_text


class Button(QPushButton):
    """Icon, label and key hint. Kinds: empty, primary, answer, hangup, ghost, link, option (checkable), chip."""

    def __init__(self, text: str = "", icon: str = "", *, kind: str = "", keys: str = "", height: int = 32):
        super().__init__(text)
        self._icon_name, self._keys, self._kind, self._height = icon, cap_text(keys), kind, height
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
        self._keys = cap_text(keys)
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
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
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
        self.setToolTip(f"{tip} ({cap_text(keys)})" if keys else tip)
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
