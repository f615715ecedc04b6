"""Before the window opens: the keyring that holds the key of this computer's files has not answered yet."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from agent_desktop.data import local_key
from agent_desktop.data.local_key import Asking, State
from agent_desktop.ui import theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.indicators import Disc
from agent_desktop.ui.labels import Icon, flowing, label
from agent_desktop.ui.layouts import column, frame, row, rule

_WIDTH = 460
_LOOK_MS = 100


class KeyCard(QFrame):
    """Signals: answered(Answer): how the files are kept from now on; dismissed()."""

    answered = Signal(object)
    dismissed = Signal()

    def __init__(self, asking: Asking, ask: Callable[[], Asking]):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Waiting for your keyring"))
        self._asking, self._ask = asking, ask
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._look)
        self._build()
        self._wait()

    def _build(self) -> None:
        what = self.tr("It holds the key of what this computer has kept and not yet sent.")
        how = self.tr("Unlock it where your desktop asks for its password.")
        self._waiting = frame(
            row(Icon("hourglass", "text2", 16), (flowing(how, "small", "2"), 1), spacing=10, margins=(12, 8, 12, 8)),
            inset=True,
        )
        trouble = flowing(self.tr("The keyring does not answer, or was not unlocked."), "body-b", "bad")
        self._answer = frame(
            row(Icon("circle-alert", "bad", 18), (trouble, 1), spacing=10, margins=(12, 9, 12, 10)), note="bad"
        )
        without = self.tr(
            "Without it calls and notes work as always. What waits in the encrypted journal goes out once the keyring "
            "answers at a start; until then new entries are kept unencrypted."
        )
        self.again = Button(self.tr("Try again"), kind="primary", height=36)
        self.again.clicked.connect(self._try_again)
        self.without = Button(self.tr("Begin without it"), height=36)
        self.without.clicked.connect(self._begin_without)
        self.setLayout(
            column(
                row(
                    Disc("key-round", "accent"),
                    (
                        column(label(self.tr("Waiting for your keyring"), "h1"), flowing(what, "body", "2"), spacing=2),
                        1,
                    ),
                    spacing=14,
                ),
                rule(),
                self._waiting,
                self._answer,
                flowing(without, "small", "3"),
                row(None, self.without, self.again, spacing=8),
                spacing=12,
                margins=(26, 22, 26, 20),
            )
        )
        theme.size(self, fixed_width=_WIDTH)

    def focus_first(self) -> None:
        """Enter tries again where that can help."""
        (self.again if self.again.isVisible() else self.without).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def _wait(self) -> None:
        self._waiting.show()
        self._answer.hide()
        self.again.hide()
        self._watch.start()
        self._look()

    @Slot()
    def _look(self) -> None:
        answer = self._asking.wait()
        if answer is None:
            return
        self._watch.stop()
        if answer.state in (State.AWAY, State.LOST):
            self._waiting.hide()
            self._answer.show()
            self.again.show()
            self.focus_first()
            announce(self, self.tr("The keyring does not answer, or was not unlocked."))
            return
        QTimer.singleShot(0, self, lambda: self.answered.emit(answer))

    @Slot()
    def _try_again(self) -> None:
        self._asking.close()
        self._asking = self._ask()
        self.destroyed.connect(self._asking.close)
        self._wait()

    @Slot()
    def _begin_without(self) -> None:
        self._watch.stop()
        self.answered.emit(local_key.AWAY)
