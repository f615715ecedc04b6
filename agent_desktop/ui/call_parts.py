"""The parts that the call bar's pages share: marks, sound levels, chips for other calls, the second call's strip."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView
from agent_desktop.ui import actions, icons, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.dates import duration
from agent_desktop.ui.indicators import LevelMeter
from agent_desktop.ui.labels import Icon, Label, plain_tooltip, snug
from agent_desktop.ui.layouts import Item, column, frame, row, settle
from agent_desktop.ui.wording import ltr

_CHIP_ICONS = {
    CallState.RINGING: "bell-ring",
    CallState.DIALLING: "phone-outgoing",
    CallState.TALKING: "phone",
    CallState.HELD: "circle-pause",
    CallState.ENDED: "phone-off",
}


def since(moment: datetime | None) -> str:
    """How long ago as a timer, left to right in every script."""
    return ltr(duration((clock.now() - moment).total_seconds() if moment else 0))


def stacked(*items: Item, spacing: int = 2) -> QVBoxLayout:
    """Lines one below the other, centred in the bar's height; the shortest does not narrow the others."""
    lines: list[Item] = [row(item, None) if isinstance(item, Label) else item for item in items]
    return column(None, *lines, None, spacing=spacing)


def needed(page: QWidget) -> int:
    """The least width of a page as it is now."""
    settle(page)
    layout = page.layout()
    if layout is not None:  # lines inside lines keep what they needed before a part of them was shown
        for line in layout.findChildren(QLayout):
            line.invalidate()
    return layout.minimumSize().width() if layout is not None else 0


def at_most(words: Label, least: float) -> None:
    """Let ``words`` shrink to ``least`` logical px, less if they are shorter."""
    words.setMinimumWidth(0)  # a label's hint is never below its own minimum
    words.setMinimumWidth(min(words.sizeHint().width(), theme.px(least)))


class Mark(QWidget):
    """An icon and a word on a tint that say what is unusual about the call; only the icon where room is short."""

    def __init__(self, icon: str, tone: str, word: str):
        super().__init__()
        self._icon, self._tone, self._word, self._compact, self._folded = icon, tone, word, False, False
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_word(self, word: str) -> None:
        if word == self._word:
            return
        grew = len(word) != len(self._word)
        self._word = word
        self.setAccessibleName(word)
        if grew:
            self.updateGeometry()
        self.update()

    def word(self) -> str:
        return self._word

    def set_look(self, icon: str, tone: str) -> None:
        """Another icon, another tone."""
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def set_folded(self, on: bool) -> None:
        """Be its icon only, however much room there is; the word is in the tooltip."""
        if on != self._folded:
            self._folded = on
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._folded:
            return QSize(theme.px(26), theme.px(24))
        width = QFontMetrics(theme.font("small-b", tabular=True)).horizontalAdvance(self._word)
        return QSize(width + theme.px(20) + 12, theme.px(24))

    def set_compact(self, on: bool) -> None:
        """Let it shrink to its icon."""
        if on != self._compact:
            self._compact = on
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(26), theme.px(24)) if self._compact else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._tone + "_bg"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        size, left, direction = theme.px(14), theme.px(6), self.layoutDirection()
        spot = QStyle.visualRect(direction, self.rect(), QRect(left, (self.height() - size) // 2, size, size))
        painter.drawPixmap(spot.topLeft(), icons.pixmap(self._icon, self._tone, size, stroke=2.0))
        painter.setPen(theme.color(self._tone))
        painter.setFont(theme.font("small-b", tabular=True))
        left += size + 6
        room = QRect(left, 0, self.width() - left - 4, self.height())
        start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if room.width() > theme.px(20):
            shown = painter.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QStyle.visualRect(direction, self.rect(), room), start, shown)


class AudioLevels(QWidget):
    """What the microphone picks up and what the headphones play, or in words that there is no sound."""

    def __init__(self) -> None:
        super().__init__()
        self._mic, self._speaker = LevelMeter(self.tr("Microphone level")), LevelMeter(self.tr("Speaker level"))
        meters = stacked(
            row(Icon("mic", "text3", 14), self._mic, spacing=6),
            row(Icon("headphones", "text3", 14), self._speaker, spacing=6),
        )
        self._meters = frame(meters)
        self._device = snug("", "small", "2")
        theme.size(self._device, maximum_width=200)
        self._detail = snug("", "caption", "3")
        theme.size(self._detail, maximum_width=200)
        self._silent = Mark("volume-x", "warn", self.tr("No sound device"))
        self._silent.hide()
        self._words = frame(stacked(self._device, self._detail, spacing=1))
        self.setLayout(row(self._silent, self._meters, self._words, spacing=10))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def set_phone(self, phone: PhoneView) -> None:
        self.setVisible(phone.usable)
        trouble = phone.audio_trouble or ("" if phone.audio else self.tr("No sound device"))
        self._silent.setVisible(bool(trouble))
        self._silent.set_word(trouble)
        effect = self.tr("Calls connect, but you hear nothing and are not heard on this computer")
        self._silent.setToolTip(plain_tooltip(f"{trouble}\n{effect}"))
        self._meters.setVisible(not trouble)
        self._device.setText("" if trouble else phone.audio)
        self._detail.setText("" if trouble or not phone.usable else self.tr("Speak to see your level"))
        self._words.setVisible(not trouble)

    def set_levels(self, mic: float, speaker: float) -> None:
        self._mic.set(mic)
        self._speaker.set(speaker)

    def set_folded(self, on: bool) -> None:
        """The words about missing sound give way to their icon."""
        self._silent.set_folded(on)

    def show_device(self, on: bool) -> None:
        self._device.setVisible(on)
        self._detail.setVisible(on)

    def show_meters(self, on: bool) -> None:
        self._meters.setVisible(on and self._silent.isHidden())


class CallChips(QWidget):
    """The other calls, one chip each. Signal: chosen(call_id)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._calls: tuple[CallView, ...] = ()
        self._compact = False
        self._chips = [Button("", "phone", kind="", height=28) for _ in range(2)]
        for index, chip in enumerate(self._chips):
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.spread()
            chip.clicked.connect(lambda _checked=False, at=index: self.chosen.emit(self._calls[at].call_id))
        self.setLayout(stacked(*self._chips, spacing=4))

    def set(self, calls: Sequence[CallView]) -> None:
        self._calls = tuple(calls[: len(self._chips)])
        self.setVisible(bool(self._calls))
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < len(self._calls))
            chip.setMaximumWidth(theme.px(220))
            if index < len(self._calls):
                chip.set_icon(_CHIP_ICONS[self._calls[index].state])
        self.tick()

    def set_compact(self, on: bool) -> None:
        """Without the name, which stays in the tooltip."""
        if on != self._compact:
            self._compact = on
            self.tick()

    def tick(self) -> None:
        for call, chip in zip(self._calls, self._chips, strict=False):
            moment = call.held_since or call.answered_at or call.started_at
            name = QFontMetrics(chip.font()).elidedText(call.name, Qt.TextElideMode.ElideRight, theme.px(112))
            chip.setText(since(moment) if self._compact else f"{name}  {since(moment)}")
            chip.setAccessibleName(f"{call.name}  {since(moment)}")
            chip.setToolTip(
                plain_tooltip(self.tr("Switch to this call: {0}").format(f"{call.name} {ltr(call.number)}"))
            )


def ringing_facts(call: CallView) -> str:
    """Queue and wait of a ringing call; the wait goes on while it rings."""
    if call.wait_s is None:
        waited = since(call.started_at)
        return f"{call.queue}  ·  {waited}" if call.queue else waited
    waited = ltr(duration(call.wait_s + (clock.now() - call.started_at).total_seconds()))
    words = QCoreApplication.translate("CallBar", "waited {0}").format(waited)
    return f"{call.queue}  ·  {words}" if call.queue else words


def bar_button(text: str, icon: str, action: str, *, kind: str = "", height: int = 44) -> Button:
    """A button of the bar: clicking it leaves the focus where the agent types."""
    result = Button(text, icon, kind=kind, keys=actions.keys(action), height=height)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return result
