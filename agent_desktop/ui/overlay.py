"""What lies over a window: a dimmed layer for cards that want an answer, and short notices that want none."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QFrame, QStyle, QWidget
from shiboken6 import isValid

from agent_desktop.core.views import Notice
from agent_desktop.ui import actions, theme
from agent_desktop.ui.announce import announce
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.labels import Icon, label
from agent_desktop.ui.layouts import row, settle
from agent_desktop.ui.theme import restyle
from agent_desktop.ui.toast_place import Places

NOTICE_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}
_SHOWN_MS = {"info": 6_000, "ok": 5_000, "warn": 9_000, "bad": 12_000}
_UNDO_MS = 10_000


class Overlay(QWidget):
    """Dims its window and shows cards on top, the newest above; the application's keys go on working.

    Escape and a click beside the card dismiss it and the focus goes back to where it was.
    """

    def __init__(self, window: QWidget):
        super().__init__(window)
        self.setObjectName("overlay")
        self._cards: list[tuple[QFrame, QWidget | None, Callable[[], None] | None, int]] = []
        self._spared: QWidget | None = None
        self.hide()
        window.installEventFilter(self)

    @staticmethod
    def of(widget: QWidget) -> "Overlay":
        """The overlay of the window that ``widget`` is in."""
        window = widget.window()
        found = window.findChild(Overlay, "overlay", Qt.FindChildOption.FindDirectChildrenOnly)
        return found if isinstance(found, Overlay) else Overlay(window)

    def top_card(self) -> QFrame | None:
        return self._cards[-1][0] if self._cards else None

    def present(self, card: QFrame, *, top: int = 120, dismissed: Callable[[], None] | None = None) -> None:
        """Show ``card`` with the focus in it; ``dismissed`` is called when it goes away unanswered.

        A card that is already shown comes to the front.
        """
        if any(entry[0] is card for entry in self._cards):
            return
        if (popup := QApplication.activePopupWidget()) is not None:  # a list that was open would lie over the card
            popup.close()
        focus = self.window().focusWidget()
        card.setParent(self)
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        restyle(card, overlay=True)
        actions.own_keys(card, "Ctrl+Return", "Ctrl+Enter")  # on a card it completes the card
        card.removeEventFilter(self)
        card.installEventFilter(self)
        self._cards.append((card, focus, dismissed, top))
        self._fit()
        self.show()
        self.raise_()
        card.show()
        card.raise_()
        card.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self, card: QFrame | None = None, *, answered: bool = False) -> None:
        """Take away ``card``, or the newest; without an answer its ``dismissed`` is called."""
        for index in reversed(range(len(self._cards))):
            entry = self._cards[index]
            if card is None or entry[0] is card:
                break
        else:
            return
        del self._cards[index]
        shown, focus, dismissed, _top = entry
        if not self._cards:
            self.hide()
        if isValid(shown):
            shown.hide()
        if focus is not None and isValid(focus) and focus.isVisible() and focus.isEnabled():
            focus.setFocus(Qt.FocusReason.PopupFocusReason)
        if not answered and dismissed is not None:
            dismissed()

    def spare(self, widget: QWidget | None) -> None:
        """Leave one part of the window bright and usable: the call bar while a call rings."""
        self._spared = widget
        self._fit()

    def place(self) -> None:
        """Fit the cards to their content again."""
        self._fit()

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        clear = QRect()
        if self._spared is not None and isValid(self._spared):
            clear = QRect(self._spared.mapTo(window, QPoint(0, 0)), self._spared.size())
        self.setMask(QRegion(self.rect()).subtracted(QRegion(clear)))
        for card, _focus, _dismissed, top in self._cards:
            card.setMaximumHeight(max(120, self.height() - 48))
            settle(card)
            card.adjustSize()
            y = min(theme.px(top), max(24, (self.height() - card.height()) // 2))
            if clear.isValid():
                y = max(y, min(clear.bottom() + 12, self.height() - card.height() - 8))
            card.move((self.width() - card.width()) // 2, y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        elif event.type() == QEvent.Type.LayoutRequest and any(entry[0] is watched for entry in self._cards):
            self._fit()  # a card whose content grew
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        card = self.top_card()
        if card is not None and not card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside the card."""
        card = self.top_card()
        return card is not None and move_focus([card], forward=forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(0, 0, 0, 90 if theme.mode == "light" else 150))


_WORDS = 230
_BESIDE = 84  # from the window's edge, past the rail: where nothing is free
_LOOK_MS = 1_000


class Toast(QFrame):
    """One notice. Signals: undo_wanted(), gone()."""

    undo_wanted = Signal()
    gone = Signal()

    def __init__(self, notice: Notice, parent: QWidget):
        super().__init__(parent)
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(notice.text)
        self.notice = notice
        words = label(notice.text, "body", wrap=True)
        words.setFixedWidth(min(words.fontMetrics().horizontalAdvance(notice.text) + 4, theme.px(_WORDS)))
        tone = "info" if notice.kind not in NOTICE_ICONS else notice.kind
        body = row(Icon(NOTICE_ICONS[tone], tone, 18), (words, 1), spacing=10, margins=(14, 8, 8, 8))
        if notice.undo:
            undo = Button(notice.undo, "undo-2", height=28)
            undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            undo.clicked.connect(self._undo)
            body.addWidget(undo)
        close = ToolButton("x", self.tr("Close"))
        close.clicked.connect(self._leave)
        body.addWidget(close)
        self.setLayout(body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self._timer.start(_UNDO_MS if notice.undo else _SHOWN_MS[tone])

    def _undo(self) -> None:
        self.undo_wanted.emit()
        self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        self.gone.emit()

    def event(self, event: QEvent) -> bool:
        """Reading or aiming at it holds the time."""
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave:
            self._timer.start(3_000)
        return super().event(event)


class Toasts(QObject):
    """Notices as low in a window as they cover nothing that is needed, at most three. Signal: undo(notice).

    One stays where it is until something needed comes up under it.
    """

    undo = Signal(object)

    def __init__(self, window: QWidget):
        super().__init__(window)
        self._window = window
        self._shown: list[Toast] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._place)
        window.installEventFilter(self)

    def show(self, notice: Notice) -> None:
        """Show it and have it read aloud; it takes no focus."""
        if any(toast.notice == notice for toast in self._shown):
            return
        toast = Toast(notice, self._window)
        toast.undo_wanted.connect(lambda: self.undo.emit(notice))
        toast.gone.connect(lambda: self._remove(toast))
        self._shown.append(toast)
        while len(self._shown) > 3:
            self._remove(self._shown[0])
        toast.adjustSize()
        self._place()
        toast.show()
        toast.raise_()
        self._look.start()
        announce(toast, notice.text, assertive=notice.kind == "bad")

    def texts(self) -> list[str]:
        """What can be read now, oldest first."""
        return [toast.notice.text for toast in self._shown]

    def _remove(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
        if not self._shown:
            self._look.stop()

    def _place(self) -> None:
        if not self._shown:
            return
        places = Places(self._window, self._shown)
        taken: list[QRect] = []
        moved = []
        for toast in self._shown:
            toast.adjustSize()
            inside = self._window.rect().contains(toast.geometry())
            if not toast.isHidden() and inside and places.free(toast.geometry(), taken):
                taken.append(toast.geometry())
            else:
                moved.append(toast)
        for toast in moved:
            spot = places.lowest(toast.size(), taken)
            toast.move(spot if spot is not None else self._anywhere(toast, taken))
            toast.raise_()
            taken.append(toast.geometry())

    def _anywhere(self, toast: Toast, taken: list[QRect]) -> QPoint:
        """A window without room: at its foot, where it begins, above the others."""
        bottom = min((each.top() - 8 for each in taken), default=self._window.height() - 20)
        spot = QRect(theme.px(_BESIDE), bottom - toast.height(), toast.width(), toast.height())
        return QStyle.visualRect(self._window.layoutDirection(), self._window.rect(), spot).topLeft()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False


def tab_stops(groups: Sequence[QWidget]) -> list[QWidget]:
    """What Tab stops at inside ``groups``, group by group, each in its own order."""
    if not groups:
        return []
    found: list[list[QWidget]] = [[] for _ in groups]
    first = groups[0].window()
    widget = first.nextInFocusChain()
    while widget is not None and widget is not first:
        wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if wants and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            for group, members in zip(groups, found, strict=True):
                if group is widget or group.isAncestorOf(widget):
                    members.append(widget)
                    break
        widget = widget.nextInFocusChain()
    return [widget for members in found for widget in members]


def move_focus(groups: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus to the next or previous stop inside ``groups``, round at the ends; False without any stop."""
    stops = tab_stops(groups)
    if not stops:
        return False
    focused = QApplication.focusWidget()
    if focused in stops:
        following = stops[(stops.index(focused) + (1 if forward else -1)) % len(stops)]
    else:
        following = stops[0 if forward else -1]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True
