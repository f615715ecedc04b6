"""Giving a call to somebody else in three steps: choose and call them, talk, hand over; or all talk together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from agent_desktop.core.states import CallState
from agent_desktop.core.targets import Kind, Target
from agent_desktop.core.views import CallView
from agent_desktop.ui import actions, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.call_list import clock_of, state_of
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, frame, row, settle
from agent_desktop.ui.target_list import ROW, target_view, why_not

_ROWS_SHOWN = 6
WIDTH = 412
_GOING = (CallState.TALKING, CallState.HELD)


class Steps(QWidget):
    """Where in the three steps we are: numbers in circles, the present one filled."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._words = (self.tr("Choose"), self.tr("Talk"), self.tr("Hand over"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.size(self, fixed_height=22)
        self.go(0)

    def go(self, at: int) -> None:
        self._at = at
        self.setAccessibleName(self.tr("Step {0} of 3: {1}").format(at + 1, self._words[at]))
        self.update()

    def at(self) -> int:
        return self._at

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            painter.translate(self.width(), 0)
        sign = -1 if mirrored else 1
        x, size, middle = 0, theme.px(18), self.height() // 2
        for at, word in enumerate(self._words):
            now = at == self._at
            left = x * sign - (size if mirrored else 0)
            painter.setPen(QPen(theme.color("accent" if now else "line2"), 1))
            painter.setBrush(theme.color("accent" if now else "subtle"))
            painter.drawEllipse(left, middle - size // 2, size - 1, size - 1)
            painter.setFont(theme.font("caption", tabular=True))
            painter.setPen(theme.color("on" if now else "text2"))
            painter.drawText(left, middle - size // 2, size, size, Qt.AlignmentFlag.AlignCenter, str(at + 1))
            painter.setFont(theme.font("small-b" if now else "small"))
            painter.setPen(theme.color("text" if now else "text2"))
            wide = painter.fontMetrics().horizontalAdvance(word)
            x += size + 6
            painter.drawText(x * sign - (wide if mirrored else 0), 0, wide + 2, self.height(),
                             Qt.AlignmentFlag.AlignVCenter, word)  # fmt: skip
            x += wide + theme.px(14)


class Party(QFrame):
    """Somebody on the line: name, state by icon and word, since when. Signal: dropped(call_id)."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._call: CallView | None = None
        self._icon, self._name = Icon("phone", "talking", 18), elided("", "body-b")
        self._word = label("", "small", "2", tabular=True)
        self._drop = Button(self.tr("Drop"), "phone-off", height=28)
        self._drop.clicked.connect(lambda: self.dropped.emit(self._call.call_id if self._call else ""))
        self.setLayout(row(self._icon, (self._name, 1), self._word, self._drop, spacing=10, margins=(12, 8, 10, 8)))
        self.setProperty("card", True)

    def set(self, call: CallView, *, droppable: bool) -> None:
        self._call = call
        icon, tone, _ = state_of(call)
        self._icon.set(icon, tone)
        self._name.setText(call.name)
        self._drop.setVisible(droppable)
        self.tick()

    def tick(self) -> None:
        if self._call is not None:
            words = f"{state_of(self._call)[2]}  {clock_of(self._call)}"
            self._word.setText(clock_of(self._call) if self._call.joined else words)  # the title says conference
            self.setAccessibleName(f"{self._call.name}, {words}")


class TransferCard(QFrame):
    """Follows the calls once somebody is consulted. Signals: wanted(text) for other targets, consult(number, name),
    transfer(number) blind, complete(), take_back(), swap(), join(), drop(call_id), resized(), closed()."""

    wanted = Signal(str)
    consult = Signal(str, str)
    transfer = Signal(str)
    complete = Signal()
    take_back = Signal()
    swap = Signal()
    join = Signal()
    drop = Signal(str)
    resized = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(self.tr("Transfer"))
        self._caller: CallView | None = None
        self._other: CallView | None = None
        self._title, self._steps = elided("", "body-b"), Steps()
        self._stack = QStackedWidget()
        self._choose, self._talk = self._build_choose(), self._build_talk()
        for page in (self._choose, self._talk):
            self._stack.addWidget(page)
        self.setLayout(column(self._title, self._steps, self._stack, spacing=10, margins=(14, 12, 14, 12)))
        theme.size(self, fixed_width=WIDTH)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._show_targets()

    def _build_choose(self) -> QWidget:
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(self.tr("Name, extension, queue or number"))
        self._edit.setAccessibleName(self.tr("Transfer to a number or colleague"))
        theme.dress(self._edit, "body")
        self._edit.textEdited.connect(self._edited)
        self._list, self._model = target_view(self)
        self._list.clicked.connect(lambda _index: self._show_choice())
        self._list.doubleClicked.connect(lambda _index: self._call_them())
        self._hint = label("", "small", "3", wrap=True)
        self._blind = Button(self.tr("Send now"), "phone-forwarded", keys=actions.key_text("Shift+Return"))
        self._warm = Button(self.tr("Consult"), "phone-outgoing", kind="primary", keys=self.tr("Enter"))
        self._blind.clicked.connect(self._send)
        self._warm.clicked.connect(self._call_them)
        buttons = row(None, self._blind, self._warm, spacing=8)
        return frame(column(self._edit, self._list, self._hint, buttons, spacing=8))

    def _build_talk(self) -> QWidget:
        self._parties = (Party(), Party())
        for party in self._parties:
            party.dropped.connect(self.drop)
        self._trouble = label("", "small", "bad", wrap=True)
        self._trouble_box = frame(
            row(Icon("circle-alert", "bad", 16), (self._trouble, 1), spacing=8, margins=(10, 7, 10, 7)), note="bad"
        )
        self._swap = Button(self.tr("Swap"), "arrow-left-right", keys=actions.keys("swap"))
        self._join = Button(self.tr("Join"), "users", keys=actions.keys("join"))
        self._back = Button(self.tr("Take back"), "undo-2")
        self._back.setToolTip(self.tr("End the consult and talk to the caller again (Backspace)"))
        self._over = Button(self.tr("Hand over"), "phone-forwarded", kind="primary", keys=self.tr("Enter"))
        for button, signal in (
            (self._swap, self.swap), (self._join, self.join), (self._back, self.take_back), (self._over, self.complete),
        ):  # fmt: skip
            button.clicked.connect(signal.emit)
        self._back.clicked.connect(self.closed)  # back with the caller: nobody is looked for any more
        first = row(self._swap, self._join, None, spacing=8)
        second = row(self._back, None, self._over, spacing=8)
        return frame(column(*self._parties, self._trouble_box, first, second, spacing=8))

    # ------------------------------------------------------------------ told

    def open_for(self, name: str) -> None:
        """Start afresh for the caller of this name, unless somebody is consulted about them already."""
        self._edit.setAccessibleDescription(name)
        if self._stack.currentWidget() is self._choose:
            self._title.setText(self.tr("Transfer {0}").format(name))
            self._edit.clear()
            self._edited("")

    def set_targets(self, targets: Sequence[Target], query: str | None = None) -> None:
        """Who can be picked for the text of ``wanted``; an answer to another text is dropped."""
        if query is not None and query != self._edit.text():
            return
        self._model.show(targets)
        self._show_targets()

    def is_choosing(self) -> bool:
        """Whether presence matters now."""
        return self.isVisible() and self._stack.currentWidget() is self._choose

    def refresh(self) -> None:
        """Presence changed: ask again for the same text."""
        if self.is_choosing():
            self.wanted.emit(self._edit.text())

    def set_calls(self, caller: CallView | None, other: CallView | None) -> None:
        """The customer's call and the consult about it, or the second of a conference; None: nobody is consulted."""
        was_conference = self._is_conference()
        self._caller, self._other = caller, other
        page = self._talk if caller is not None and other is not None else self._choose
        moved = page is not self._stack.currentWidget()
        focused = self.isVisible() and (self.hasFocus() or self._edit.hasFocus() or self.focusWidget() is not None)
        self._stack.setCurrentWidget(page)
        for one in (self._choose, self._talk):  # the card is as high as the page on view
            fits = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
            one.setSizePolicy(QSizePolicy.Policy.Preferred, fits)
        talking = page is self._talk
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if talking else Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(None if talking else self._edit)  # type: ignore[arg-type]  # None takes it away
        if moved and focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if talking:
            self._show_talk()
        else:
            self._steps.go(0)
            self._clock.stop()
        if moved:
            if not talking and self.isVisible():
                self._title.setText(self.tr("Transfer {0}").format(self._edit.accessibleDescription()))
            self._edit.clear()
            self._fit()
        if was_conference and not talking:
            self.closed.emit()  # over: nobody is looked for

    def _is_conference(self) -> bool:
        return self._caller is not None and self._other is not None and self._caller.joined and self._other.joined

    # ------------------------------------------------------------------ choosing

    def _edited(self, text: str) -> None:
        self._list.clearSelection()
        self._list.setCurrentIndex(self._model.index(-1, 0))
        self.wanted.emit(text)
        self._show_targets()

    def _show_targets(self) -> None:
        shown = len(self._model.shown)
        self._list.setVisible(bool(shown))
        self._list.setFixedHeight(theme.px(ROW) * min(shown, _ROWS_SHOWN) + 4)
        if not self._list.currentIndex().isValid() and self._edit.text().strip():
            self._pick(0, 1)
        self._show_choice()
        self._fit()

    def _pick(self, start: int, step: int) -> None:
        """Mark the next target from ``start`` on that can be reached."""
        at = start
        while 0 <= at < len(self._model.shown):
            if self._model.shown[at].reachable:
                self._list.setCurrentIndex(self._model.index(at, 0))
                return
            at += step

    def _chosen(self) -> Target | None:
        at = self._list.currentIndex().row()
        target = self._model.shown[at] if 0 <= at < len(self._model.shown) else None
        return target if target is not None and target.reachable else None

    def _show_choice(self) -> None:
        target = self._chosen()
        self._warm.setEnabled(target is not None)
        self._blind.setEnabled(target is not None)
        away = [one for one in self._model.shown if not one.reachable]
        if target is not None:
            words = self.tr("Consult: ask {0} first, the caller waits. Send now: the caller goes there, you are out.")
            hint = words.format(target.label)
        elif self._edit.text().strip() and away and len(away) == len(self._model.shown):
            hint = why_not(away[0])
        elif self._edit.text().strip():
            hint = self.tr("Nobody here is called that, and it is no number that can be called.")
        else:
            hint = self.tr("Type to find; the arrows choose.")
        self._hint.setText(hint)

    def _call_them(self) -> None:
        target = self._chosen()
        if target is not None:
            self.consult.emit(target.number, "" if target.kind is Kind.NUMBER else target.label)

    def _send(self) -> None:
        target = self._chosen()
        if target is not None:
            self.closed.emit()
            self.transfer.emit(target.number)

    # ------------------------------------------------------------------ talking

    def _show_talk(self) -> None:
        caller, other = self._caller, self._other
        assert caller is not None
        assert other is not None
        joined = self._is_conference()
        ready = caller.state in _GOING and other.state in _GOING
        self._title.setText(
            self.tr("Conference") if joined else self.tr("{0} about {1}").format(other.name, caller.name)
        )
        self._steps.go(2 if caller.referring else 1)
        self._steps.setVisible(not joined)
        for party, call in zip(self._parties, (caller, other), strict=True):
            party.set(call, droppable=joined)
        self._trouble.setText(
            self.tr("Not handed over: {0}. You still have both calls.").format(caller.transfer_trouble)
        )
        self._trouble_box.setVisible(bool(caller.transfer_trouble))
        self._swap.setEnabled(ready and not joined)
        self._join.setEnabled(ready and not joined)
        for button in (self._swap, self._join, self._back):
            button.setVisible(not joined)
        self._over.setText(self.tr("Leave them together") if joined else self.tr("Hand over"))
        self._over.setEnabled(ready and not caller.referring)
        self._back.setEnabled(not caller.referring)
        self._clock.start()
        self._fit()

    def _tick(self) -> None:
        if not self.isVisible():
            self._clock.stop()
        for party in self._parties:
            party.tick()

    def _fit(self) -> None:
        settle(self)
        if self.height() != self.sizeHint().height():
            self.adjustSize()
            self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        choosing = self._stack.currentWidget() is self._choose
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, Button):
                focused.click()
            elif not choosing:
                self._over.click()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._send()
            else:
                self._call_them()
        elif choosing and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            at = self._list.currentIndex().row()
            self._pick(at + step if at >= 0 else 0, step)
            self._show_choice()
        elif key == Qt.Key.Key_Backspace and self._back.isVisible():
            self._back.click()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stack.currentWidget() is self._talk:
            self._clock.start()
