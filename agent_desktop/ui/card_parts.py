"""The parts of the customer card: tags that wrap, facts, a ticket as a button, a note, and grey bars while loading."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from agent_desktop import clock, numbers
from agent_desktop.data.rows import HistoryRow, TicketLine
from agent_desktop.ui import dates, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import elided, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, row

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TagFlow(QWidget):
    """Tags side by side, broken into lines where they do not fit; text and kind (true, ok, warn, bad, info) each."""

    _GAP = 6

    def __init__(self) -> None:
        super().__init__()
        self._tags: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, tags: tuple[tuple[str, str], ...]) -> None:
        if tags == self._tags:
            return
        self._tags = tags
        words = ", ".join(text for text, _kind in tags)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[QRect]:
        metrics, height = QFontMetrics(theme.font("caption")), theme.px(20)
        places: list[QRect] = []
        x = y = 0
        for text, _kind in self._tags:
            wide = min(metrics.horizontalAdvance(text) + 14, width)
            if x and x + wide > width:
                x, y = 0, y + height + self._GAP
            places.append(QRect(x, y, wide, height))
            x += wide + self._GAP
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), self.heightForWidth(max(self.width(), theme.px(120))))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(20) if self._tags else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        for (text, kind), place in zip(self._tags, self._places(self.width()), strict=True):
            spot = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
            paint_tag(painter, spot, text, kind)


def paint_tag(painter: QPainter, spot: QRect, text: str, kind: str) -> None:
    """One tag in the present font: neutral with a hairline, or tinted."""
    neutral = kind == "true"
    painter.setPen(QPen(theme.color("line"), 1) if neutral else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("subtle" if neutral else kind + "_bg"))
    painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.color("text2" if neutral else kind))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, spot.width() - 12)
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)


class Fact(QWidget):
    """A name and its value on one line; hidden while there is no value."""

    def __init__(self, name: str):
        super().__init__()
        self._name = label(name, "small", "3")
        self._value = elided("", "small", tabular=True)
        self._value.setAlignment(_RIGHT)
        self.setLayout(row(self._name, (self._value, 1)))
        theme.size(self, minimum_height=17)
        self.hide()

    def set(self, value: str, tone: str = "") -> None:
        self._value.setText(value)
        self._value.set_tone(tone)
        self.setAccessibleName(f"{self._name.text()}: {value}")
        self.setVisible(bool(value))

    def set_name(self, name: str) -> None:
        self._name.setText(name)

    def value(self) -> str:
        return self._value.text()


class PhoneLine(QWidget):
    """A number of the customer as a link that calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.number = ""
        self._label = label("", "small", "3")
        self.button = Button("", "phone", kind="link", height=24)
        self.setLayout(row(self._label, None, self.button))
        self.hide()

    def set(self, number: str, name: str, who: str) -> None:
        """``number`` is what is dialled, ``name`` its label ("mobile"), ``who`` the customer's name."""
        self.number = number
        shown = numbers.display(number, "") if number.startswith("+") else number
        self._label.setText(wording.phone_label(name) if name else self.tr("Phone"))
        self.button.setText(wording.ltr(shown))
        self.button.setToolTip(plain_tooltip(self.tr("Call {0}").format(shown)))
        self.button.setAccessibleName(self.tr("Call {0}, {1} ({2})").format(who, shown, name))


class TicketButton(QAbstractButton):
    """An open ticket: number, age, subject and status; pressed to open it."""

    def __init__(self) -> None:
        super().__init__()
        self._line: TicketLine | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def set(self, line: TicketLine) -> None:
        self._line = line
        words = f"{line.number}, {line.subject}, {wording.ticket_status(line.status)}, {dates.span(self._age(line))}"
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(f"{line.number} · {line.subject}\n{dates.exact(line.opened_at)}"))
        self.update()

    def line(self) -> TicketLine | None:
        return self._line

    @staticmethod
    def _age(line: TicketLine) -> float:
        return (clock.now() - line.opened_at).total_seconds()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(76))

    def paintEvent(self, event: QPaintEvent) -> None:
        line = self._line
        if line is None:
            return
        painter, direction, whole = QPainter(self), self.layoutDirection(), self.rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "line"), 2 if focused else 1))
        painter.setBrush(theme.color("pressed" if self.isDown() else "hover" if self.underMouse() else "inset"))
        painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), 6, 6)
        left, right, height = 12, self.width() - 12, theme.px(18)
        at_end = QStyle.visualAlignment(direction, _RIGHT)
        at_start = QStyle.visualAlignment(direction, _LEFT)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text3"))
        top = QRect(left, theme.px(8), right - left, height)
        painter.drawText(
            QStyle.visualRect(direction, whole, top), at_end, wording.isolated(dates.span(self._age(line)), direction)
        )
        painter.setFont(theme.font("small", tabular=True))
        painter.drawText(QStyle.visualRect(direction, whole, top), at_start, wording.ltr(line.number))
        painter.setFont(theme.font("body-b"))
        painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(
            line.subject.replace("\n", " "), Qt.TextElideMode.ElideRight, right - left
        )
        middle = QRect(left, theme.px(26), right - left, height)
        painter.drawText(
            QStyle.visualRect(direction, whole, middle),
            at_start | Qt.TextFlag.TextSingleLine,
            wording.isolated(shown, direction),
        )
        painter.setFont(theme.font("caption"))
        status = wording.ticket_status(line.status)
        wide = painter.fontMetrics().horizontalAdvance(status) + 14
        spot = QStyle.visualRect(direction, whole, QRect(left, theme.px(48), wide, theme.px(20)))
        paint_tag(painter, spot, status, wording.TICKET_TAGS[line.status])

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()


class NoteLine(QWidget):
    """A note from the history: its first lines, who wrote it and when."""

    def __init__(self) -> None:
        super().__init__()
        self._text = flowing("", "small", "2")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._who = elided("", "caption", "3")
        self.setLayout(column(self._text, self._who, spacing=1))
        self.hide()

    def set(self, line: HistoryRow) -> None:
        text = " ".join((line.detail or line.title).split())
        self._text.setText(wording.breakable(text if len(text) <= 240 else text[:239] + "…"))
        self._who.setText("  ·  ".join(part for part in (line.agent, dates.moment(line.started_at)) if part))


class CardSkeleton(QWidget):
    """Grey bars where the card will be."""

    _BARS = (
        (0, 44, 0.45),
        (70, 20, 0.6),
        (106, 44, 1.0),
        (170, 12, 0.8),
        (194, 12, 0.7),
        (218, 12, 0.75),
        (258, 70, 1),
    )

    def __init__(self) -> None:
        super().__init__()
        theme.size(self, minimum_height=330)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("subtle"))
        for y, height, share in self._BARS:
            bar = QRect(0, theme.px(y), round(self.width() * share), theme.px(height))
            painter.drawRoundedRect(QStyle.visualRect(self.layoutDirection(), self.rect(), bar), 6, 6)
