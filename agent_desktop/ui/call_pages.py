"""What the call bar shows: the line at rest, a call that rings, a call in progress with others beside it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyle, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView, PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, icons, theme
from agent_desktop.ui.components import (
    Button,
    Icon,
    Item,
    Label,
    column,
    frame,
    label,
    ltr,
    plain_tooltip,
    row,
    settle,
    snug,
)
from agent_desktop.ui.dates import duration
from agent_desktop.ui.indicators import Avatar, Disc, LevelMeter

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
    return layout.minimumSize().width() if layout is not None else 0


class Mark(QWidget):
    """An icon and a word on a tint that say what is unusual about the call; only the icon where room is short."""

    def __init__(self, icon: str, tone: str, word: str):
        super().__init__()
        self._icon, self._tone, self._word, self._compact = icon, tone, word, False
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

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font("small-b", tabular=True)).horizontalAdvance(self._word)
        return QSize(width + theme.px(34), theme.px(24))

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
        self._device.setMaximumWidth(theme.px(200))
        self._detail = snug("", "caption", "3")
        self._detail.setMaximumWidth(theme.px(200))
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
        self._silent.setToolTip(self.tr("Calls connect, but you hear nothing and are not heard on this computer"))
        self._meters.setVisible(not trouble)
        self._device.setText("" if trouble else phone.audio)
        self._detail.setText("" if trouble or not phone.usable else self.tr("Speak to see your level"))
        self._words.setVisible(not trouble)

    def set_levels(self, mic: float, speaker: float) -> None:
        self._mic.set(mic)
        self._speaker.set(speaker)

    def set_compact(self, on: bool) -> None:
        self._silent.set_compact(on)

    def show_device(self, on: bool) -> None:
        self._device.setVisible(on)
        self._detail.setVisible(on)

    def show_meters(self, on: bool) -> None:
        self._meters.setVisible(on and self._silent.isHidden())


class RestPage(QWidget):
    """The line at rest: whether a call can come, and the sound devices."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("triangle-alert", "warn", 20)
        self._title, self._body = snug("", "body-b"), snug("", "small", "3")
        self.audio = AudioLevels()
        self.setLayout(row(8, self._icon, stacked(self._title, self._body, spacing=1), None, self.audio, spacing=10))

    def set(self, phone: PhoneView, presence: PresenceView) -> None:
        title, body = self._words(phone, presence)
        self._title.setText(title)
        self._body.setText(body)
        trouble = not phone.usable and phone.state not in ("starting", "registering")
        self._icon.setVisible(trouble)
        for line in (self._title, self._body):
            line.set_tone("warn" if trouble else "" if line is self._title else "3")

    def fit(self, width: int) -> None:
        """Leave the device's name out where the line's own words need the room."""
        words = max(self._title.sizeHint().width(), self._body.sizeHint().width()) + theme.px(40)
        self.audio.show_device(True)
        settle(self.audio)
        self.audio.show_device(words + self.audio.sizeHint().width() <= width)

    def _words(self, phone: PhoneView, presence: PresenceView) -> tuple[str, str]:
        if not phone.usable:
            return phone.text, phone.detail or self.tr("Calls can neither come nor go until the phone is back.")
        if presence.presence is Presence.READY:
            return self.tr("Line idle"), self.tr("Next call rings here. {0} answers from anywhere.").format(
                actions.keys("answer")
            )
        if presence.presence is Presence.WRAP_UP:
            return self.tr("Wrap-up"), self.tr("The next call comes when wrap-up is complete.")
        if presence.presence is Presence.OFFLINE:
            return self.tr("Not ready"), self.tr("You are offline: no calls are offered.")
        if presence.presence is Presence.PAUSED:
            body = self.tr("Queue calls are not offered. {0} makes you ready.").format(actions.keys("ready"))
            reason = f"{theme.state_label('paused')} · {presence.reason}" if presence.reason else ""
            return self.tr("Not ready"), f"{reason}. {body}" if reason else body
        return self.tr("Line idle"), ""


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


class RingingPage(QWidget):
    """An incoming call while no other is in progress. Signals: answer(call_id), decline(call_id)."""

    answer = Signal(str)
    decline = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._what, self._facts = label(self.tr("Incoming call"), "small-b", "ringing"), snug("", "small", "2")
        self._facts.setFont(theme.font("small", tabular=True))
        self._name, self._number = snug("", "h1"), snug("", "body", "2", tabular=True)
        self._cut = Mark("scissors", "warn", self.tr("Details cut"))
        self._cut.setToolTip(self.tr("The call’s message was too long: part of what the PBX told is lost"))
        self.chips = CallChips()
        self._answer = bar_button(self.tr("Answer"), "phone", "answer", kind="answer")
        self._decline = bar_button(self.tr("Decline"), "phone-off", "end")
        self._answer.clicked.connect(self._take)
        self._decline.clicked.connect(self._refuse)
        words = stacked(
            row(self._what, self._facts, None, spacing=8),
            row(self._name, self._number, self._cut, None, spacing=10),
        )
        disc = Disc("bell-ring", "ringing", "surface", 44)
        self.setLayout(row(disc, 6, (words, 1), self.chips, 8, self._answer, self._decline, spacing=8))

    def _take(self) -> None:
        if self._call is not None:
            self.answer.emit(self._call.call_id)

    def _refuse(self) -> None:
        if self._call is not None:
            self.decline.emit(self._call.call_id)

    def set(self, call: CallView, others: Sequence[CallView]) -> None:
        self._call = call
        self._name.setText(call.name)
        self._number.setText("" if call.number == call.name else ltr(call.number))
        for words, least in ((self._number, 150), (self._name, 150)):
            words.setMinimumWidth(min(words.sizeHint().width(), theme.px(least)))
        self._cut.setVisible(call.cut)
        self._answer.setEnabled(call.can_answer)
        self.chips.set(others)
        self.tick()

    def fit(self, width: int) -> None:
        """Shrink what is beside the caller until ``width`` is enough."""
        for step in range(4):
            self.chips.set_compact(step >= 1)
            self._cut.set_compact(step >= 2)
            if step >= 3:
                self._number.setMinimumWidth(theme.px(40))
            if needed(self) <= width:
                return

    def tick(self) -> None:
        if self._call is None:
            return
        self._facts.setText(ringing_facts(self._call))
        self.chips.tick()


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


class SecondCall(QFrame):
    """A call that rings while another is in progress. Signals: answer(call_id), decline(call_id)."""

    answer = Signal(str)
    decline = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self.setProperty("strip", "ringing")
        self._name, self._facts = snug("", "body-b"), snug("", "small", "2", tabular=True)
        self._answer = bar_button(self.tr("Answer"), "phone", "answer", kind="answer", height=36)
        self._answer.setToolTip(self.tr("Holds the present call and answers this one"))
        self._answer.setAccessibleDescription(self._answer.toolTip())
        self._decline = bar_button(self.tr("Decline"), "phone-off", "decline_second", height=36)
        self._answer.clicked.connect(self._take)
        self._decline.clicked.connect(self._refuse)
        self._words = frame(stacked(self._name, self._facts, spacing=0))
        self.setLayout(
            row(Icon("bell-ring", "ringing", 18), (self._words, 1), self._answer, self._decline, spacing=8,
                margins=(10, 4, 8, 4))
        )  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def _take(self) -> None:
        if self._call is not None:
            self.answer.emit(self._call.call_id)

    def _refuse(self) -> None:
        if self._call is not None:
            self.decline.emit(self._call.call_id)

    def set(self, call: CallView | None) -> None:
        self._call = call
        self.setVisible(call is not None)
        if call is not None:
            self._name.setText(call.name)
            self._answer.setEnabled(call.can_answer)
            self.tick()

    def set_compact(self, on: bool, words: int = 130) -> None:
        """``words`` is the least width of name and facts."""
        self._words.setMinimumWidth(theme.px(words))
        for button in (self._answer, self._decline):
            button.set_compact(on)

    def tick(self) -> None:
        if self._call is not None:
            self._facts.setText(ringing_facts(self._call))


class TalkPage(QWidget):
    """A call in progress or being dialled. Signals: end(), mute(), hold(), transfer_wanted(), keypad_wanted()."""

    end = Signal()
    mute = Signal()
    hold = Signal()
    transfer_wanted = Signal()
    keypad_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._avatar = Avatar("", 44)
        self._name, self._number = snug("", "title"), snug("", "small", "2", tabular=True)
        self._who = frame(stacked(self._name, self._number))
        self._timer = Label("", "metric", tabular=True)
        self._status = snug("", "title", "talking")
        self._held = Mark("circle-pause", "hold", self.tr("On hold"))
        self._muted = Mark("mic-off", "warn", self.tr("Muted"))
        self._held_there = Mark("circle-pause", "info", self.tr("Held by the other side"))
        self._cut = Mark("scissors", "warn", self.tr("Details cut"))
        self._cut.setToolTip(self.tr("The call’s message was too long: part of what the PBX told is lost"))
        self.second, self.chips, self.audio = SecondCall(), CallChips(), AudioLevels()
        self.audio.show_device(False)
        self._mute = bar_button(self.tr("Mute"), "mic", "mute")
        self._hold = bar_button(self.tr("Hold"), "pause", "hold")
        self._mute.setCheckable(True)
        self._hold.setCheckable(True)
        self.transfer = bar_button(self.tr("Transfer"), "phone-forwarded", "transfer")
        self.keypad = bar_button("", "grip", "keypad")
        self.keypad.setAccessibleName(self.tr("Keypad"))
        self.keypad.setToolTip(f"{self.tr('Keypad')} ({actions.keys('keypad')})")
        self.keypad.set_keys("")
        self._end = bar_button(self.tr("End"), "phone-off", "end", kind="hangup")
        for button, signal in (
            (self._mute, self.mute), (self._hold, self.hold), (self._end, self.end),
            (self.transfer, self.transfer_wanted), (self.keypad, self.keypad_wanted),
        ):  # fmt: skip
            button.clicked.connect(signal.emit)
        marks = stacked(
            row(self._held, self._muted, None, spacing=4), row(self._held_there, self._cut, None, spacing=4), spacing=3
        )
        self.setLayout(
            row(self._avatar, 4, self._who, 10, self._timer, self._status, 4, (marks, 1), self.second, self.chips,
                self.audio, 4, self._mute, self._hold, self.transfer, self.keypad, 4, self._end, spacing=6)
        )  # fmt: skip
        self._measure()

    def _measure(self, name: int = 120) -> None:
        """Room for the longer of two words, so that nothing moves when a button changes its own."""
        for button, words in (
            (self._mute, (self.tr("Mute"), self.tr("Unmute"))),
            (self._hold, (self.tr("Hold"), self.tr("Resume"))),
        ):
            present = button.text()
            widths = []
            checked = button.isChecked()
            for word, on in zip(words, (False, True), strict=True):
                button.setText(word)
                button.setChecked(on)
                widths.append(button.sizeHint().width())
            button.setText(present)
            button.setChecked(checked)
            button.setMinimumWidth(0 if button.is_compact() else max(widths))
        self._who.setMinimumWidth(theme.px(name))
        digits = "0:00:00" if len(self._timer.text()) > len(ltr("00:00")) else "00:00"
        self._timer.setMinimumWidth(QFontMetrics(theme.font("metric", tabular=True)).horizontalAdvance(digits) + 4)

    def set(self, call: CallView, ringing: CallView | None, others: Sequence[CallView]) -> None:
        self._call = call
        dialling = call.state is CallState.DIALLING
        self._avatar.set_name(call.name)
        self._name.setText(call.name)
        number = "" if call.number == call.name else ltr(call.number)
        self._number.setText("  ·  ".join(part for part in (number, call.queue) if part))
        self._number.setVisible(bool(self._number.text()))
        self._status.setVisible(dialling)
        self._status.setText(call.status or self.tr("Calling…"))
        self._held.setVisible(call.state is CallState.HELD)
        self._muted.setVisible(call.muted)
        self._held_there.setVisible(call.held_by_remote)
        self._cut.setVisible(call.cut)
        self._dress(self._mute, call.muted, (self.tr("Mute"), "mic"), (self.tr("Unmute"), "mic-off"))
        held = call.state is CallState.HELD
        self._dress(self._hold, held, (self.tr("Hold"), "pause"), (self.tr("Resume"), "play"))
        for button in (self._mute, self._hold, self.transfer, self.keypad):
            button.setEnabled(not dialling)
        self.second.set(ringing)
        self.chips.set(others)
        self.tick()

    @staticmethod
    def _dress(button: Button, on: bool, normal: tuple[str, str], pressed: tuple[str, str]) -> None:
        text, icon = pressed if on else normal
        button.setChecked(on)
        if button.text() != text:
            button.setText(text)
            button.set_icon(icon)

    def tick(self) -> None:
        call = self._call
        if call is None:
            return
        self._timer.setText(since(call.answered_at or call.started_at))
        self._timer.setAccessibleName(self.tr("Call duration {0}").format(self._timer.text()))
        if call.held_since is not None:
            self._held.set_word(f"{self.tr('On hold')}  {since(call.held_since)}")
        self.second.tick()
        self.chips.tick()

    def fit(self, width: int) -> None:
        """Leave out what matters least until ``width`` is enough; every button stays."""
        for step in range(6):
            self.audio.show_meters(step < 1)
            for button in (self._mute, self._hold, self.transfer):
                button.set_compact(step >= 2)
            self.second.set_compact(step >= 3, (130, 130, 130, 90, 90, 44)[step])
            self._end.set_compact(step >= 5)
            self._avatar.setVisible(step < 4)
            for mark in (self._held, self._muted, self._held_there, self._cut):
                mark.set_compact(step >= 4)
            self.chips.set_compact(step >= 4)
            self.audio.set_compact(step >= 5)
            self._measure(120 if step < 5 else 90)
            if needed(self) <= width:
                return
