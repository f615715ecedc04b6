"""A button as wide as its column whose words take as many lines as they need, with an icon and a key cap."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from agent_desktop.ui import icons, theme
from agent_desktop.ui.wording import breakable

_ICON, _GAP, _PAD, _ABOVE = 16, 8, 10, 8
_WRAP = int(Qt.TextFlag.TextWordWrap)


class WideButton(QPushButton):
    """Kinds: option (checkable), ghost, or empty."""

    def __init__(self, icon: str = "", *, kind: str = ""):
        super().__init__()
        self._icon_name, self._keys, self._words = icon, "", ""
        self._heights: dict[int, int] = {}  # by width: a column of thirty asks for it three thousand times
        self.setProperty("kind", "opt" if kind == "option" else kind)
        self.setCheckable(kind == "option")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, words: str, icon: str, keys: str = "", detail: str = "") -> None:
        """``detail`` is for the tooltip's place: it is described, not shown."""
        self._words, self._icon_name, self._keys = words, icon, keys
        self._heights.clear()
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return self._words

    def set_icon(self, icon: str) -> None:
        if icon != self._icon_name:
            self._icon_name = icon
            self._heights.clear()
            self.update()

    # ------------------------------------------------------------------- room

    def _role(self) -> str:
        return "body-b" if self.isChecked() else "body"

    def _room(self, width: int) -> tuple[int, int, int]:
        """Left edge and width of the words, and width of the key cap."""
        left = _PAD + (theme.px(_ICON) + _GAP if self._icon_name else 0)
        keys = QFontMetrics(theme.font("caption")).horizontalAdvance(self._keys) + 12 if self._keys else 0
        return left, max(24, width - left - _PAD - (keys + _GAP if keys else 0)), keys

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._height(width)
        return height

    def _height(self, width: int) -> int:
        _left, room, _keys = self._room(width)
        metrics = QFontMetrics(theme.font("body-b"))  # checked or not, it stays as high
        text = metrics.boundingRect(QRect(0, 0, room, 100_000), _WRAP, breakable(self._words))
        return max(theme.px(34), text.height() + 2 * theme.px(_ABOVE))

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.px(120))
        return QSize(theme.px(120), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(34))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._heights.clear()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are those of the column that it stands in."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # --------------------------------------------------------------- painting

    def _tone(self) -> str:
        return "disabled" if not self.isEnabled() else "accent_text" if self.isChecked() else "text"

    def _mirrored(self, spot: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the ring below is the sign
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        left, room, keys = self._room(self.width())
        tone, size = self._tone(), theme.px(_ICON)
        if self._icon_name:
            spot = self._mirrored(QRect(_PAD, (self.height() - size) // 2, size, size))
            painter.drawPixmap(spot.topLeft(), icons.pixmap(self._icon_name, "text2" if tone == "text" else tone, size))
        painter.setFont(theme.font(self._role()))
        painter.setPen(theme.color(tone))
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        align = QStyle.visualAlignment(self.layoutDirection(), start)
        painter.drawText(self._mirrored(QRect(left, 0, room, self.height())), align | _WRAP, breakable(self._words))
        if keys:
            high = theme.px(20)
            cap = QRect(self.width() - _PAD - keys, (self.height() - high) // 2, keys, high)
            self._draw_keys(painter, self._mirrored(cap))

    def _draw_keys(self, painter: QPainter, spot: QRect) -> None:
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("subtle"))
        painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3" if self.isEnabled() else "disabled"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._keys)
