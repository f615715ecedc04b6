"""What a list shows instead of rows: a skeleton while it loads, why it is empty, or what went wrong and what to do."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QStackedWidget, QStyle, QWidget

from agent_desktop.ui import theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, frame, row

SKELETON_AFTER_MS = 300  # a quick answer shows no skeleton at all


class Skeleton(QWidget):
    """Grey bars where rows will be."""

    def __init__(self, row_height: int = 34):
        super().__init__()
        self._row_height = row_height

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("subtle"))
        height, bar = theme.px(self._row_height), theme.px(10)
        for number in range(self.height() // height):
            top = number * height + (height - bar) // 2
            for start, width in ((0.01, 0.08), (0.14, 0.18 + 0.05 * (number % 3)), (0.46, 0.12), (0.70, 0.10)):
                spot = QRectF(start * self.width(), top, width * self.width(), bar).toRect()
                painter.drawRoundedRect(QStyle.visualRect(self.layoutDirection(), self.rect(), spot), 4, 4)


class Message(QWidget):
    """An icon, what is the case, what to do, and perhaps a button. Signal: pressed."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("inbox", "text3", 28)
        self._title = label("", "body-b", wrap=True)
        self._advice = label("", "small", "3", wrap=True)
        for text in (self._title, self._advice):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = Button("", "refresh-cw")
        self._button.clicked.connect(self.pressed)
        centred = row(None, self._icon, None)
        self.setLayout(
            column(
                None, centred, self._title, self._advice, row(None, self._button, None), None, margins=(24, 16, 24, 16)
            )
        )

    def set(
        self,
        icon: str,
        title: str,
        advice: str = "",
        button: str = "",
        *,
        tone: str = "text3",
        sign: str = "refresh-cw",
    ) -> None:
        """``sign`` is the button's icon."""
        self._icon.set(icon, tone)
        self._button.set_icon(sign)
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def focus_button(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus its button, where it has one."""
        if not self._button.isHidden():
            self._button.setFocus(reason)


class ListStates(QStackedWidget):
    """A list and what stands in for it. Signal: retried (the button of a trouble was pressed)."""

    retried = Signal()

    def __init__(self, content: QWidget):
        super().__init__()
        self._content, self._skeleton, self._message = content, Skeleton(), Message()
        self._skeleton.setAccessibleName(self.tr("Loading"))
        for widget in (content, self._skeleton, self._message):
            self.addWidget(widget)
        self._message.pressed.connect(self.retried)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SKELETON_AFTER_MS)
        self._wait.timeout.connect(lambda: self.setCurrentWidget(self._skeleton))

    def show_content(self) -> None:
        self._wait.stop()
        self.setCurrentWidget(self._content)

    def show_loading(self) -> None:
        """Keep what is shown for 300 ms, then the skeleton."""
        if self.currentWidget() is not self._skeleton and not self._wait.isActive():
            self._wait.start()

    def show_empty(self, title: str, advice: str = "", icon: str = "inbox") -> None:
        self._wait.stop()
        self._message.set(icon, title, advice)
        self.setCurrentWidget(self._message)

    def show_trouble(self, title: str, advice: str) -> None:
        self._wait.stop()
        self._message.set("triangle-alert", title, advice, self.tr("Try again"), tone="warn")
        self.setCurrentWidget(self._message)

    def shown(self) -> str:
        """content, loading or message."""
        names = {id(self._content): "content", id(self._skeleton): "loading"}
        return names.get(id(self.currentWidget()), "message")


class ListBanner(QFrame):
    """One amber line above a list: rows are shown but may be old. Hidden while its text is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._advice = label("", "small-b", "warn"), elided("", "small", "2")
        self.setProperty("note", "warn")
        self.setLayout(
            row(Icon("cloud-off", "warn"), self._text, (self._advice, 1), spacing=10, margins=(12, 8, 12, 8))
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def set(self, text: str, advice: str = "") -> None:
        self._text.setText(text)
        self._advice.setText(advice)
        self.setVisible(bool(text))


def list_card(head: QLayout, body: QWidget) -> QFrame:
    """A card with a head over a list that fills it."""
    return frame(column(head, (column((body, 1), margins=(5, 0, 5, 6)), 1), spacing=0), card=True)
