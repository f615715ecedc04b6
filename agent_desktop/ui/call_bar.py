"""The bar under the top line that never moves: the line at rest, the call that rings, the call in progress."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QSizePolicy, QStackedWidget, QWidget

from agent_desktop import clock
from agent_desktop.core.call_quality import CallQuality
from agent_desktop.core.identity_check import IdentityMark
from agent_desktop.core.states import CallState
from agent_desktop.core.targets import Target
from agent_desktop.core.views import CallView, PhoneView, PresenceView, RecordingView
from agent_desktop.data.rows import CustomerLine
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, theme
from agent_desktop.ui.call_pages import RestPage, RingingPage, TalkPage
from agent_desktop.ui.call_parts import bar_button
from agent_desktop.ui.dial_field import DialField
from agent_desktop.ui.flyout import Flyout
from agent_desktop.ui.keypad import Keypad
from agent_desktop.ui.layouts import frame, row
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.transfer_card import TransferCard


class CallBar(QFrame):
    """Everything about calls that must be one glance and one key away.

    Signals: dial(number), answer(call_id), decline(call_id), voicemail(call_id), end(), end_call(call_id), mute(),
    hold(), digit(key), emphasise(call_id), talk_to(call_id), record(), pause_recording(), text_edited(text) in the dial
    field, rings(on) when the first call starts or the last ceases to; and of the transfer card targets_wanted(text),
    consult(number, name), transfer(number) blind, complete(), take_back(), swap(), join().
    """

    dial = Signal(str)
    text_edited = Signal(str)
    answer = Signal(str)
    decline = Signal(str)
    end = Signal()
    mute = Signal()
    hold = Signal()
    transfer = Signal(str)
    digit = Signal(str)
    emphasise = Signal(str)
    voicemail = Signal(str)
    talk_to = Signal(str)
    end_call = Signal(str)
    targets_wanted = Signal(str)
    consult = Signal(str, str)
    complete = Signal()
    take_back = Signal()
    swap = Signal()
    join = Signal()
    record = Signal()
    pause_recording = Signal()
    rings = Signal(bool)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("callbar")
        self.setAccessibleName(self.tr("Call bar"))
        self._calls: tuple[CallView, ...] = ()
        self._phone = PhoneView("starting", self.tr("The phone is starting"))
        self._presence = PresenceView(Presence.OFFLINE, clock.now())
        self._warm, self._warm_up_done = False, False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self._rest, self._ringing, self._talk = RestPage(), RingingPage(), TalkPage()
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for page in (self._rest, self._ringing, self._talk):
            self._stack.addWidget(page)
        self._dial_area = self._build_dial_area()
        body: QHBoxLayout = row(self._dial_area, (self._stack, 1), spacing=8, margins=(16, 0, 16, 0))
        body.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(body)
        self.setFixedHeight(theme.px(76))
        self._pad, self._card = Keypad(self), TransferCard(self)
        self._pad_out, self._card_out = Flyout(self._pad), Flyout(self._card)
        self._connect()
        self._show_state()

    def _build_dial_area(self) -> QFrame:
        self.field = DialField()
        theme.size(self.field, minimum_width=200, maximum_width=340)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._call_button = bar_button(self.tr("Call"), "phone", "dial", kind="answer", height=38)
        self._call_button.set_keys(self.tr("Enter"))
        self._keypad_button = bar_button("", "grip", "keypad", height=38)
        self._keypad_button.set_keys("")
        self._keypad_button.setAccessibleName(self.tr("Keypad"))
        self._keypad_button.setToolTip(f"{self.tr('Keypad')} ({actions.keys('keypad')})")
        return frame(row(self.field, self._call_button, self._keypad_button, spacing=8))

    def _connect(self) -> None:
        self.field.text_edited.connect(self.text_edited)
        self.field.dial.connect(self.dial)
        self._call_button.clicked.connect(self.field.submit)
        self._keypad_button.clicked.connect(self.toggle_keypad)
        self._ringing.answer.connect(self.answer)
        self._ringing.decline.connect(self.decline)
        self._ringing.chips.chosen.connect(self.emphasise)
        self._ringing.voicemail.connect(self.voicemail)
        self._talk.list.answer.connect(self.answer)
        self._talk.list.decline.connect(self.decline)
        self._talk.list.chosen.connect(self.emphasise)
        self._talk.list.talk.connect(self.talk_to)
        self._talk.list.end.connect(self.end_call)
        self._talk.end.connect(self.end)
        self._talk.mute.connect(self.mute)
        self._talk.hold.connect(self.hold)
        self._talk.recording.toggled.connect(self.record)
        self._talk.recording.pause_toggled.connect(self.pause_recording)
        self._talk.transfer_wanted.connect(self.open_transfer)
        self._talk.keypad_wanted.connect(self.toggle_keypad)
        self._pad.pressed.connect(self._pressed)
        self._pad.closed.connect(self._pad_out.close)
        self._card.transfer.connect(self.transfer)
        self._card.wanted.connect(self.targets_wanted)
        self._card.consult.connect(self.consult)
        self._card.complete.connect(self.complete)
        self._card.take_back.connect(self.take_back)
        self._card.swap.connect(self.swap)
        self._card.join.connect(self.join)
        self._card.drop.connect(self.end_call)
        self._card.resized.connect(self._card_out.place)
        self._card.closed.connect(self._card_out.close)

    # ------------------------------------------------------------------ told

    def set_calls(self, calls: Sequence[CallView]) -> None:
        """The calls in progress; ended ones are left out. One of them has ``emphasised``."""
        before = any(call.state is CallState.RINGING for call in self._calls)
        self._calls = tuple(call for call in calls if call.state is not CallState.ENDED)
        self._show_state()
        ringing = any(call.state is CallState.RINGING for call in self._calls)
        if ringing != before:
            self.rings.emit(ringing)

    def set_phone(self, phone: PhoneView) -> None:
        self._phone = phone
        for audio in (self._rest.audio, self._talk.audio):
            audio.set_phone(phone)
        self._show_state()

    def set_presence(self, presence: PresenceView) -> None:
        self._presence = presence
        if not self._calls:
            self._show_state()

    def set_recording(self, recording: RecordingView | None) -> None:
        """How the recording of the call in progress is; None where nothing is ever recorded."""
        self._talk.recording.set(recording)
        if self._stack.currentWidget() is self._talk:
            self._show_state()

    def set_identity(self, marks: Mapping[UUID, IdentityMark]) -> None:
        """Whether callers have shown who they are, by interaction; beside the name of each, wherever it stands."""
        for page in (self._ringing, self._talk):
            page.identity.set(marks)
        self._talk.list.set_identity(marks)
        self._show_state()

    def set_levels(self, mic: float, speaker: float) -> None:
        """Loudness 0..1, at most ten times a second."""
        shown = self._stack.currentWidget()
        if shown is self._talk:
            self._talk.audio.set_levels(mic, speaker)
        elif shown is self._rest:
            self._rest.audio.set_levels(mic, speaker)

    def set_quality(self, quality: CallQuality | None) -> None:
        """How the call in progress sounds, once a second."""
        if self._talk.set_quality(quality) and self._stack.currentWidget() is self._talk:
            self._show_state()  # its width has changed

    def set_suggestions(self, lines: Sequence[CustomerLine], query: str | None = None) -> None:
        """Customers for the text of ``text_edited``; pass the text back as ``query`` so that a late answer is seen."""
        self.field.set_suggestions(lines, query)

    def set_targets(self, targets: Sequence[Target], query: str | None = None) -> None:
        """Where a call can go on, for the text of ``targets_wanted``; an answer to another ``query`` is dropped."""
        self._card.set_targets(targets, query)

    def refresh_targets(self) -> None:
        """Somebody's presence changed: ask again, if that is on view."""
        self._card.refresh()

    def set_voicemail(self, on: bool) -> None:
        """Whether callers can be sent to one."""
        self._ringing.set_voicemail(on)

    # -------------------------------------------------------------- asked for

    def focus_dial(self) -> None:
        """Ctrl D: the dial field, its text selected; until the phone is there, the bar keeps the focus for it."""
        if not self.field.isEnabled():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._dial_area.isVisible():
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    def open_transfer(self) -> None:
        """F6: where should this call go?"""
        call = self._talking()
        if (call is not None and call.state is not CallState.DIALLING) or self._pair()[1] is not None:
            caller = self._pair()[0] or call
            assert caller is not None
            self._card.open_for(caller.name)
            self._card_out.open(self._talk.transfer)

    def toggle_keypad(self) -> None:
        """F7: open the keypad, or close it again."""
        if not self._pad_out.is_open():
            self._pad.clear()
        anchor = self._talk.keypad if self._stack.currentWidget() is self._talk else self._keypad_button
        if anchor.isVisible() and anchor.isEnabled():
            self._pad_out.toggle(anchor)

    # ---------------------------------------------------------------- shown

    def _talking(self) -> CallView | None:
        """The call in progress that the keys act on."""
        going = [call for call in self._calls if call.state is not CallState.RINGING]
        return next((call for call in going if call.emphasised), going[0] if going else None)

    def _pair(self) -> tuple[CallView | None, CallView | None]:
        """The customer's call and the consult about it, or the other one of a conference of two."""
        talking = self._talking()
        if talking is None:
            return None, None
        caller = next((call for call in self._calls if call.call_id == talking.consult_for), talking)
        other = next((call for call in self._calls if call.consult_for == caller.call_id), None)
        if other is None and caller.joined:
            rest = [call for call in self._calls if call.joined and call is not caller]
            other = rest[0] if len(rest) == 1 else None
        return caller, other

    def _show_state(self) -> None:
        talking = self._talking()
        ringing = [call for call in self._calls if call.state is CallState.RINGING]
        ringing.sort(key=lambda call: not call.emphasised)
        page: QWidget = self._rest
        if talking is not None:
            page = self._talk
            self._talk.set(talking, [call for call in self._calls if call is not talking])
            state = "held" if talking.state is CallState.HELD else "active"
            state = "dialling" if talking.state is CallState.DIALLING else state
        elif ringing:
            page, state = self._ringing, "ringing"
            self._ringing.set(ringing[0], ringing[1:])
        else:
            lost = not self._phone.usable and self._phone.state not in ("starting", "registering")
            state = "lost" if lost else "idle"
            self._rest.set(self._phone, self._presence)
        self._card.set_calls(*self._pair())
        self._switch(page, keep_dial=page is self._ringing and self.field.hasFocus() and bool(self.field.text()))
        self._fit()
        restyle(self, state=state)
        self._tick()

    def _switch(self, page: QWidget, *, keep_dial: bool) -> None:
        """Show ``page``; what had focus and goes away leaves it with the bar, never with a button that acts."""
        at_rest = page is self._rest
        if self._stack.currentWidget() is not page:
            self._pad_out.close()
        if page is not self._talk or self._talking() is None:
            self._card_out.close()
        focused = QApplication.focusWidget()
        dial_goes = not (at_rest or keep_dial)
        usable = self._phone.usable
        inside = focused is not None and self.isAncestorOf(focused)
        if inside and focused is not None:
            in_dial = self._dial_area.isAncestorOf(focused)
            leaves = (dial_goes or not usable) if in_dial else self._stack.currentWidget() is not page
            if leaves:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._dial_area.setVisible(not dial_goes)
        self._stack.setCurrentWidget(page)
        for part in (self.field, self._call_button, self._keypad_button):
            part.setEnabled(usable)
        self._call_button.setEnabled(usable and at_rest)
        if at_rest and usable and self.hasFocus():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Give every page what there is and let it leave out what does not fit."""
        inner = self.width() - 32
        beside = theme.px(38) + self._call_button.sizeHint().width() + 16
        dial = min(theme.px(340), max(theme.px(180), inner * 38 // 100)) + beside
        if self._dial_area.width() != dial:
            self._dial_area.setFixedWidth(dial)
        room = inner - (0 if self._dial_area.isHidden() else dial + 8)
        shown = self._stack.currentWidget()
        if isinstance(shown, RestPage | RingingPage | TalkPage):
            shown.fit(room)

    def _pressed(self, key: str) -> None:
        if self._calls:
            self.digit.emit(key)
        else:
            self.field.insert(key)

    def _tick(self) -> None:
        """Once a second while a call is on view, in step with its seconds."""
        self._clock.stop()
        if not self._calls or not self.isVisible():
            return
        shown = self._stack.currentWidget()
        if shown is self._talk:
            self._talk.tick()
        elif shown is self._ringing:
            self._ringing.tick()
        call = self._talking() or self._calls[0]
        elapsed = (clock.now() - (call.answered_at or call.started_at)).total_seconds()
        self._clock.start(1000 - int(elapsed * 1000) % 1000 + 5)

    def _warm_up(self) -> None:
        """Style, lay out and draw the pages nobody has seen yet, so that the first ring does not pay for it."""
        for page in (self._ringing, self._talk):
            if self._stack.currentWidget() is not page:
                page.resize(self._stack.size())
                page.grab()
        self._warm_up_done = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        if not self._warm:
            self._warm = True
            QTimer.singleShot(0, self, self._warm_up)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_talk"):
            self.setFixedHeight(theme.px(76))
        super().changeEvent(event)
