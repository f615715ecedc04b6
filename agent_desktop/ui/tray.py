"""The icon in the panel, on desktops that have a place for one: how things stand, and a menu."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, PhoneView, PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.ui import icons, theme
from agent_desktop.ui.presence_badge import Badge, badge

_SIZE = 22


class Tray(QObject):
    """Signals: wanted(str): one of running.CONTROLS, or "mini_bar" or "quit"."""

    wanted = Signal(str)

    def __init__(self, window: QWidget | None = None):
        super().__init__(window)
        self._presence: PresenceView | None = None
        self._phone = PhoneView("starting", "")
        self._calls: tuple[CallView, ...] = ()
        self._shown: Badge | None = None
        self.icon: QSystemTrayIcon | None = None
        self.menu = QMenu(window)
        words = {
            "show": self.tr("Show Agent Desktop"),
            "answer": self.tr("Answer"),
            "hangup": self.tr("Hang up or decline"),
            "mute": self.tr("Mute, unmute"),
            "ready": "",
            "mini_bar": self.tr("Mini bar"),
            "quit": self.tr("Close Agent Desktop"),
        }
        # made here, not by addAction: PySide forgets what C++ made when the focused widget of a window is deleted
        self._actions = {name: QAction(text, self) for name, text in words.items()}
        self.menu.addActions(list(self._actions.values()))
        self._actions["mini_bar"].setCheckable(True)
        for name, action in self._actions.items():
            action.triggered.connect(lambda _checked=False, name=name: self.wanted.emit(name))

    def set_wanted(self, on: bool) -> bool:
        """Show it where there is a place for it; whether it is shown now."""
        if on and self.icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self.icon = QSystemTrayIcon(self)
            self.icon.setContextMenu(self.menu)
            self.icon.activated.connect(self._activated)
            self._shown = None
            self._tell()
            self.icon.show()
        elif not on and self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None
        return self.icon is not None

    def set_presence(self, presence: PresenceView) -> None:
        self._presence = presence
        self._tell()

    def set_phone(self, phone: PhoneView) -> None:
        self._phone = phone
        self._tell()

    def set_calls(self, calls: tuple[CallView, ...]) -> None:
        self._calls = calls
        self._tell()

    def set_mini_bar(self, on: bool) -> None:
        self._actions["mini_bar"].setChecked(on)

    def words(self) -> str:
        """What the tooltip says."""
        shown = badge(self._presence, self._phone).words if self._presence is not None else ""
        names = [call.name for call in self._calls if call.state is not CallState.ENDED]
        return "\n".join(part for part in ("Agent Desktop", shown, *names) if part)

    def _tell(self) -> None:
        states = {call.state for call in self._calls}
        self._actions["answer"].setEnabled(CallState.RINGING in states)
        self._actions["hangup"].setEnabled(bool(states - {CallState.ENDED}))
        self._actions["mute"].setEnabled(bool(states & {CallState.TALKING, CallState.HELD}))
        if self._presence is not None:
            ready = self._presence.presence is Presence.READY
            self._actions["ready"].setText(self.tr("Pause") if ready else theme.state_label("ready"))
        if self.icon is None or self._presence is None:
            return
        self.icon.setToolTip(self.words())
        shown = badge(self._presence, self._phone)
        if shown != self._shown:
            self._shown = shown
            self.icon.setIcon(draw(shown))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.wanted.emit("show")


def draw(shown: Badge) -> QIcon:
    """The state's sign on a disc of its colour, so that it is seen on any panel."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        size = round(_SIZE * ratio)
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(shown.tone))
        painter.drawEllipse(QRectF(0, 0, size, size))
        inner = round(size * 0.62)
        at = (size - inner) // 2
        painter.drawPixmap(at, at, icons.pixmap(shown.icon, "surface", inner, ratio=1.0, stroke=2.4))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        result.addPixmap(pixmap)
    return result
