"""What the call bar shows: the line at rest, a call that rings, a call in progress with others beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from agent_desktop import clock
from agent_desktop.core.call_quality import CallQuality
from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView, PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, theme, voice_words
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.call_list import CallList, progress
from agent_desktop.ui.call_parts import (
    AudioLevels,
    CallChips,
    Mark,
    at_most,
    bar_button,
    needed,
    ringing_facts,
    since,
    stacked,
)
from agent_desktop.ui.identity_mark import IdentityBadge
from agent_desktop.ui.indicators import Avatar, Disc
from agent_desktop.ui.labels import Icon, Label, label, plain_tooltip, snug
from agent_desktop.ui.layouts import frame, row, settle
from agent_desktop.ui.record_strip import RecordStrip
from agent_desktop.ui.wording import ltr

_SOUND_TOLD_S = 8


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
        words = max(self._title.sizeHint().width(), self._body.sizeHint().width()) + 28
        self.audio.show_device(True)
        self.audio.set_folded(False)
        settle(self.audio)
        fits = words + self.audio.sizeHint().width() <= width
        self.audio.show_device(fits)
        self.audio.set_folded(not fits)

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


class RingingPage(QWidget):
    """An incoming call while no other is in progress. Signals: answer, decline, voicemail (call_id)."""

    answer = Signal(str)
    decline = Signal(str)
    voicemail = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._what = label(self.tr("Incoming call"), "small-b", "ringing")
        self._facts = snug("", "small", "2", tabular=True)  # as wide from second to second
        self._name, self._number = snug("", "h1"), snug("", "body", "2", tabular=True)
        self._cut = Mark("scissors", "warn", self.tr("Details cut"))
        self._cut.setToolTip(self.tr("The call’s message was too long: part of what the PBX told is lost"))
        self._itself = Mark("timer", "info", self.tr("Answers itself"))
        self._itself.setToolTip(self.tr("Whoever sent it asks for that, and your settings allow it (Auto-answer for)"))
        self.identity = IdentityBadge()
        self.chips = CallChips()
        self._answer = bar_button(self.tr("Answer"), "phone", "answer", kind="answer")
        self._decline = bar_button(self.tr("Decline"), "phone-off", "end")
        self._voicemail = bar_button(self.tr("Voicemail"), "voicemail", "voicemail")
        self._voicemail.hide()
        self._voicemail.clicked.connect(self._send_to_voicemail)
        self._answer.clicked.connect(self._take)
        self._decline.clicked.connect(self._refuse)
        words = stacked(
            row(self._what, self._facts, None, spacing=8),
            row(self._name, self._number, self.identity, self._itself, self._cut, None, spacing=10),
        )
        disc = Disc("bell-ring", "ringing", "surface", 44)
        buttons = row(self._answer, self._voicemail, self._decline, spacing=8)
        self.setLayout(row(disc, 6, (words, 1), self.chips, 8, buttons, spacing=8))

    def set_voicemail(self, on: bool) -> None:
        """Whether there is one to send callers to."""
        self._voicemail.setVisible(on)

    def _send_to_voicemail(self) -> None:
        if self._call is not None:
            self.voicemail.emit(self._call.call_id)

    def _take(self) -> None:
        if self._call is not None:
            self.answer.emit(self._call.call_id)

    def _refuse(self) -> None:
        if self._call is not None:
            self.decline.emit(self._call.call_id)

    def set(self, call: CallView, others: Sequence[CallView]) -> None:
        self._call = call
        self._what.setText(self._kind(call))
        self._name.setText(call.name)
        self.identity.show_for(call.interaction_id)
        self._number.setText("" if call.number == call.name else ltr(call.number))
        self._itself.setVisible(call.answers_at is not None)
        for words, least in ((self._number, 150), (self._name, 150)):
            at_most(words, least)
        self._cut.setVisible(call.cut)
        self._answer.setEnabled(call.can_answer)
        self.chips.set(others)
        self.tick()

    def _kind(self, call: CallView) -> str:
        if call.consult:
            return self.tr("{0} asks you about").format(call.via)
        return self.tr("Transferred by {0}").format(call.via) if call.via else self.tr("Incoming call")

    def fit(self, width: int) -> None:
        """Shrink what is beside the caller until ``width`` is enough."""
        for step in range(5):
            self.chips.set_compact(step >= 1)
            self._voicemail.set_compact(step >= 1)
            self.identity.set_folded(step >= 2)
            self._cut.set_compact(step >= 2)
            self._itself.set_compact(step >= 2)
            if step >= 3:
                self._number.setMinimumWidth(theme.px(40))
            if step >= 4:
                at_most(self._name, 90)
            if needed(self) <= width:
                return

    def tick(self) -> None:
        if self._call is None:
            return
        self._facts.setText(ringing_facts(self._call))
        if self._call.answers_at is not None:
            left = max(0, round((self._call.answers_at - clock.now()).total_seconds()))
            self._itself.set_word(self.tr("Answers itself in {0} s").format(left))
        self.chips.tick()


class TalkPage(QWidget):
    """A call in progress or being dialled, others in a list. Signals: end(), mute(), hold(), transfer_wanted(),
    keypad_wanted(); the list has its own."""

    end = Signal()
    mute = Signal()
    hold = Signal()
    transfer_wanted = Signal()
    keypad_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._sound_told = False  # that there is no sound was in words for long enough
        self._avatar = Avatar("", 44)
        self._name, self._number = snug("", "title"), snug("", "small", "2", tabular=True)
        self.identity = IdentityBadge()
        who = stacked(row(self._name, self.identity, None, spacing=8), self._number)
        who.setContentsMargins(4, 0, 10, 0)
        self._who = frame(who)
        self._timer = Label("", "metric", tabular=True)
        self._status = snug("", "title", "talking")
        self._held = Mark("circle-pause", "hold", self.tr("On hold"))
        self._muted = Mark("mic-off", "warn", self.tr("Muted"))
        self._alarm = Mark("triangle-alert", "bad", "")
        self._voice = Mark("signal", "info", "")  # how it sounds
        self._voice.hide()
        self._locked = Mark("lock", "info", self.tr("Voice encrypted"))
        self._locked.set_folded(True)
        self._locked.setToolTip(plain_tooltip(voice_words.what_encrypted_means()))
        self._locked.setAccessibleDescription(voice_words.what_encrypted_means())
        self._locked.hide()
        self._itself = Mark("phone-incoming", "info", self.tr("Answered by itself"))
        self._itself.setToolTip(self.tr("Whoever sent it asked for that, and your settings allow it (Auto-answer for)"))
        self._via = Mark("phone-forwarded", "info", "")
        self._held_there = Mark("circle-pause", "info", self.tr("Held by the other side"))
        self._cut = Mark("scissors", "warn", self.tr("Details cut"))
        self._cut.setToolTip(self.tr("The call’s message was too long: part of what the PBX told is lost"))
        self.list, self.audio = CallList(), AudioLevels()
        self.audio.show_device(False)
        self.recording = RecordStrip()
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
        self._marks = frame(stacked(
            row(self._alarm, self._held, self._muted, None, spacing=4),
            row(self._held_there, self._via, self._itself, self._cut, None, spacing=4),
            spacing=3,
        ))  # fmt: skip
        self.setLayout(
            row(self._avatar, self._who, self._timer, self._status, (self.list, 100), 4, (self._marks, 1),
                self.recording, self._locked, self._voice, self.audio, 4, self._mute, self._hold, self.transfer,
                self.keypad, 4, self._end, spacing=6)
        )  # fmt: skip
        self._measure()

    def _measure(self, name: int = 120) -> None:
        """Room for the longest of its words, so that nothing moves when a button changes its own."""
        for button, words in (
            (self._mute, (self.tr("Mute"), self.tr("Unmute"))),
            (self._hold, (self.tr("Hold"), self.tr("Resume"))),
            (self.transfer, (self.tr("Transfer"), self.tr("Hand over"), self.tr("Leave"))),
        ):
            present = button.text()
            widths = []
            checked = button.isChecked()
            for word, on in zip(words, (False, True, False), strict=False):
                button.setText(word)
                button.setChecked(on)
                widths.append(button.sizeHint().width())
            button.setText(present)
            button.setChecked(checked)
            button.setMinimumWidth(0 if button.is_compact() else max(widths))
        named = self._name.sizeHint().width()
        if not self.identity.isHidden():
            named += self.identity.sizeHint().width() + 8
        wanted = max(named, self._number.sizeHint().width()) + 14
        self._who.setMinimumWidth(min(theme.px(name), wanted))
        digits = "0:00:00" if len(self._timer.text()) > len(ltr("00:00")) else "00:00"
        self._timer.setMinimumWidth(QFontMetrics(theme.font("metric", tabular=True)).horizontalAdvance(digits) + 4)

    def set(self, call: CallView, others: Sequence[CallView]) -> None:
        """``call`` is the one that the keys act on."""
        if self._call is None or self._call.call_id != call.call_id:
            self.set_quality(None)  # until the engine says how this one sounds
        self._call = call
        alone = not others
        dialling = call.state is CallState.DIALLING
        for part in (self._avatar, self._who, self._timer):
            part.setVisible(alone)
        named = call.customer_id is not None or (call.number and call.name != call.number)
        self._avatar.set_name(call.name if named else "")
        self._name.setText(call.name)
        self.identity.show_for(call.interaction_id)
        number = "" if call.number == call.name else ltr(call.number)
        self._number.setText("  ·  ".join(part for part in (number, call.queue) if part))
        self._number.setVisible(bool(self._number.text()))
        self._status.setVisible(dialling and alone)
        self._status.setText(progress(call))
        self._held.setVisible(call.state is CallState.HELD and alone)
        refused = self.tr("The other side did not agree to be held: it hears silence, and you do not hear it")
        self._held.setToolTip(refused if call.hold_refused else "")
        self._muted.setVisible(call.muted and not call.mute_alarm)
        self._show_alarm(call)
        self._held_there.setVisible(call.held_by_remote and alone)
        self._via.setVisible(bool(call.via) and alone)
        words = self.tr("asked by {0}") if call.consult else self.tr("from {0}")
        self._via.set_word(words.format(call.via))
        self._via.setToolTip(plain_tooltip(self._via.word()))
        self._itself.setVisible(call.answered_itself and alone)
        self._cut.setVisible(call.cut)
        self._dress(self._mute, call.muted, (self.tr("Mute"), "mic"), (self.tr("Unmute"), "mic-off"))
        held = call.state is CallState.HELD
        self._dress(self._hold, held, (self.tr("Hold"), "pause"), (self.tr("Resume"), "play"))
        for button in (self._mute, self._hold, self.transfer, self.keypad):
            button.setEnabled(not dialling)
        self.transfer.setEnabled(not dialling or bool(call.consult_for))  # how the consult goes stands there
        self._name_transfer(call, others)
        self.list.set(() if alone else sorted((call, *others), key=lambda one: one.started_at))
        self.tick()

    def _name_transfer(self, call: CallView, others: Sequence[CallView]) -> None:
        """What the transfer's card is there for now."""
        word, tip = self.tr("Transfer"), ""
        if call.joined:
            word, tip = self.tr("Leave"), self.tr("Leave the others together, or drop one of them")
        elif call.consult_for or any(other.consult_for == call.call_id for other in others):
            word, tip = self.tr("Hand over"), self.tr("Hand the caller over, or take them back")
        self.transfer.setText(word)
        self.transfer.setToolTip(tip)

    def _show_alarm(self, call: CallView) -> None:
        """One at a time: that mute is not what it should be, else that one direction is silent."""
        word, advice = voice_words.trouble(call.voice_trouble)
        if call.mute_alarm:
            word = advice = self.tr("Nobody hears you") if call.muted else self.tr("Not muted: you are heard")
        if word and self._alarm.isHidden():
            announce(self, word, assertive=True)
        self._alarm.setVisible(bool(word))
        self._alarm.set_word(word)
        self._alarm.setToolTip(plain_tooltip(advice))
        self._alarm.setAccessibleDescription(advice)

    def set_quality(self, quality: CallQuality | None) -> bool:
        """How the call that the keys act on sounds; None: nothing is known. Whether it takes other room than before."""
        before = self._voice_room()
        self._voice.setVisible(quality is not None)
        self._locked.setVisible(quality is not None and quality.encrypted)  # no sign where nothing is known
        if quality is not None:
            self._voice.set_look(*voice_words.look(quality))
            self._voice.set_word(voice_words.badge(quality))
            explained = voice_words.explanation(quality)
            self._voice.setToolTip(plain_tooltip(explained))
            self._voice.setAccessibleName(self.tr("Voice quality {0}").format(voice_words.badge(quality)))
            self._voice.setAccessibleDescription(explained)
        return before != self._voice_room()

    def _voice_room(self) -> tuple[bool, bool, int]:
        return self._voice.isHidden(), self._locked.isHidden(), self._voice.sizeHint().width()

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
            held = self.tr("On hold, in silence") if call.hold_refused else self.tr("On hold")
            self._held.set_word(f"{held}  {since(call.held_since)}")
        self._sound_told = (clock.now() - (call.answered_at or call.started_at)).total_seconds() > _SOUND_TOLD_S
        if self._sound_told:
            self.audio.set_folded(True)
        self.recording.tick()
        self.list.tick()

    def fit(self, width: int) -> None:
        """Leave out what matters least until ``width`` is enough; every button stays."""
        for step in range(6):
            self.audio.show_meters(step < 1)
            self.audio.set_folded(step >= 1 or self._sound_told or not self.list.isHidden())  # its first call told it
            for button in (self._mute, self._hold, self.transfer):
                button.set_compact(step >= 2)
            self.list.set_compact(step >= 3, tight=step >= 4)
            self._end.set_compact(step >= 5)
            self._avatar.setVisible(step < 4 and self.list.isHidden())
            self.recording.set_compact(step >= 2, icons_only=step >= 4)
            self._voice.set_folded(step >= 2)
            self.identity.set_folded(step >= 2)
            for mark in (self._alarm, self._held, self._muted, self._held_there, self._via, self._itself, self._cut):
                mark.set_compact(step >= 4)
            self._measure(270 if step < 2 else 120 if step < 5 else 90)
            if needed(self) <= width:
                return
