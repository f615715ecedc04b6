"""Calls: ringing, talking, several at once, handed on, and the work after them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from agent_desktop import settings as settings_file
from agent_desktop.core import recording_review
from agent_desktop.core.states import CallState
from agent_desktop.shots.studio import MARTA, NOTE, Studio
from agent_desktop.ui.overlay import Overlay

COLLEAGUE = ("102", "Jonas Lind")  # answers soon: the last digit decides


class Calls:
    """Scenes with a call."""

    def __init__(self, studio: Studio):
        self.studio = studio

    def take(self) -> None:
        """All of them; at the end nothing is left to do."""
        session = self.studio.window.session
        self.studio.practice.switch.call("Billing", MARTA, wait_s=48, patience_s=3600, talk_s=600)
        self.studio.wait(10, lambda: session.book.ringing() is not None)
        self.studio.wait(0.8)
        self.studio.take("ringing")
        self.studio.act("answer")
        self.studio.wait(5, lambda: bool(session.book.views()) and session.book.views()[0].answered_at is not None)
        self.studio.wait(1.2)
        self._guided()
        self.studio.act("panel_wrap_up")
        self._type_note()
        self.studio.take("active")
        self.studio.practice.switch.call("Outages", "+34612770410", wait_s=12, patience_s=3600, talk_s=60)
        self.studio.wait(6, lambda: session.book.ringing() is not None)
        self.studio.wait(0.5)
        self.studio.take("second-call")
        self.studio.act("decline_second")
        self.studio.wait(1)
        self.studio.act("end")
        self.studio.wait(1)
        self.studio.act("panel_wrap_up")
        self.studio.press(Qt.Key.Key_3)
        self.studio.take("wrap-up")
        self.studio.act("new_ticket")
        self.studio.take("ticket-form")
        Overlay.of(self.studio.window).dismiss()
        self.studio.act("complete")
        self.studio.wait(0.5)
        self._unknown_caller()
        self._several_calls()
        self._transfer()
        self._recording()
        self._arrival()
        self._small_windows()

    def _guided(self) -> None:
        """What to say, what to look up, whether it is them, and a menu to be handed to."""
        self.studio.act("panel_script")
        self.studio.wait(1.5)
        self.studio.take("script")
        self.studio.act("panel_knowledge")
        self.studio.wait(1)
        self.studio.take("knowledge-beside")
        self.studio.act("verify")
        self.studio.take("identity")
        self.studio.act("hand_over")
        self.studio.take("hand-over")
        self.studio.act("panel_history")

    def _unknown_caller(self) -> None:
        session = self.studio.window.session
        self.studio.practice.switch.call("Moves", "+4915200000042", name="", wait_s=9, patience_s=3600, talk_s=60)
        self.studio.wait(6, lambda: session.book.ringing() is not None)
        self.studio.wait(0.8)
        self.studio.take("unknown-caller")
        self.studio.act("end")
        self.studio.wait(1)

    def _ring(self, queue: str, number: str, **details: object) -> None:
        book = self.studio.window.session.book
        self.studio.practice.switch.call(queue, number, **{"wait_s": 12, "patience_s": 3600, "talk_s": 600, **details})
        self.studio.wait(10, lambda: book.ringing() is not None)
        self.studio.wait(0.8)

    def _answer(self) -> None:
        self.studio.act("answer")
        self.studio.wait(5, lambda: self.studio.window.session.book.ringing() is None)
        self.studio.wait(1)

    def _finish(self) -> None:
        """Every call ends, and each one's wrap-up."""
        book = self.studio.window.session.book
        while book.running():
            self.studio.act("end")
            self.studio.wait(0.6)
        for _ in range(6):
            if not self.studio.window.action("complete").isEnabled():
                break
            self.studio.act("panel_wrap_up")
            self.studio.press(Qt.Key.Key_1)
            self.studio.act("complete")
            self.studio.wait(0.6)

    def _several_calls(self) -> None:
        self._finish()
        self._ring("Billing", MARTA)
        self._answer()
        self._ring("Outages", "+34612770410")
        self._answer()
        self._ring("Moves", "+4915200000042", name="")
        self.studio.take("three-calls")
        self.studio.act("decline_second")
        self.studio.wait(0.8)

    def _transfer(self) -> None:
        """Two calls become one, which a colleague is asked about and then joins."""
        book = self.studio.window.session.book
        self.studio.act("end")
        self.studio.wait(0.8)
        self.studio.act("hold")
        self.studio.take("transfer", again=lambda: self.studio.act("transfer"))
        self.studio.press(Qt.Key.Key_Escape)
        self.studio.window.session.outgoing.consult(*COLLEAGUE)  # whether or not they are ready on this made-up day
        self.studio.wait(8, lambda: len(talking := book.views()) > 1 and talking[-1].state is CallState.TALKING)
        self.studio.wait(1)
        self.studio.take("consult", again=lambda: self.studio.act("transfer"))
        self.studio.act("join")
        self.studio.wait(3, lambda: all(view.joined for view in book.views()))
        self.studio.take("conference", again=lambda: self.studio.act("transfer"))
        self.studio.act("end")
        self.studio.wait(0.8)

    def _recording(self) -> None:
        """The first call goes on alone."""
        profile, recordings = self.studio.window.core.profile, self.studio.window.core.recordings
        key = recording_review.make_key(profile.root / "shots.key")
        recordings.apply(settings_file.Recording(enabled=True, public_key=key, consent="announced"))
        if not self.studio.window.session.book.running():
            self._ring("Billing", MARTA)
            self._answer()
        self.studio.act("record")
        self.studio.wait(1.5)
        self.studio.take("recording")
        self._finish()

    def _arrival(self) -> None:
        """A colleague sends Marta on, whom somebody talked with this morning."""
        sender = {"Referred-By": '"Jonas Lind (102)" <sip:102@127.0.0.1>'}
        self._ring("Billing", MARTA, headers=sender)
        self.studio.take("arrival")
        self._finish()

    def _small_windows(self) -> None:
        desktop = self.studio.window.desktop
        desktop.rings.when = "always"
        self._ring("Billing", MARTA)
        self.studio.take("ringing-window", lambda: desktop.rings.windows[0])
        self._answer()
        desktop.rings.when = "covered"
        self.studio.act("mini_bar")
        self.studio.take("mini-bar", lambda: desktop.mini_bar)
        self.studio.act("mini_bar")
        self._finish()

    def _type_note(self) -> None:
        for _ in range(16):
            if isinstance(QApplication.focusWidget(), QPlainTextEdit):
                break
            self.studio.press(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget() or self.studio.window, NOTE)
        self.studio.wait(0.4)
