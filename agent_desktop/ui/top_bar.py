"""The top line: my state, the queues, search, notices, the phone, and who is signed in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from agent_desktop import clock
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.views import Notice, PhoneView, PresenceView, QueueView
from agent_desktop.data.centre_rows import PauseReasonRow
from agent_desktop.data.words import Presence
from agent_desktop.ui import actions, icons, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.dates import duration
from agent_desktop.ui.flyout import Flyout
from agent_desktop.ui.indicators import Avatar, StatePill
from agent_desktop.ui.labels import Icon, plain_tooltip, snug, tag
from agent_desktop.ui.layouts import frame, row, settle
from agent_desktop.ui.notice_list import Bell, NoticeList
from agent_desktop.ui.practice_chip import PracticeChip
from agent_desktop.ui.presence_words import pbx_long, pbx_short, reason_words, then_words
from agent_desktop.ui.queue_strip import QueueStrip

_PHONE_LOOK = {  # state: icon, tone
    "ready": ("wifi", "ok"),
    "starting": ("hourglass", "text3"),
    "registering": ("hourglass", "warn"),
    "failed": ("triangle-alert", "bad"),
    "lost": ("triangle-alert", "bad"),
}
_LABEL_TONES = {"ok": "2", "text3": "3"}


class StateButton(QPushButton):
    """The state pill with a chevron; it opens the menu of states."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "state")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pill = StatePill("offline", "", large=True)
        self._chevron = Icon("chevron-down", "text3", 14)
        for part in (self.pill, self._chevron):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(self.pill, self._chevron, spacing=6, margins=(1, 1, 8, 1)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, state: str, timer: str, word: str) -> None:
        self.pill.set(state, timer, word)
        self.setAccessibleName(self.tr("Your state: {0}").format(self.pill.accessibleName()))
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setFixedSize(layout.sizeHint())


class PersonButton(QPushButton):
    """One's initials; what opens below says who is signed in where."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "state")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._avatar = Avatar("", 30)
        self._avatar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(self._avatar, spacing=0, margins=2))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        self.set_name("")

    def set_name(self, name: str) -> None:
        self._avatar.set_name(name)
        self.setToolTip(plain_tooltip(name) if name else self.tr("Who is signed in"))
        self.setAccessibleName(self.tr("Signed in: {0}").format(name) if name else self.tr("Who is signed in"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_avatar"):
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setFixedSize(layout.sizeHint())


class TopBar(QFrame):
    """Signals: ready_wanted(), paused_wanted(reason_id, label), offline_wanted(), pbx_right_wanted(), search_wanted(),
    queue_chosen(id), practice_speed(factor), practice_call_wanted()."""

    ready_wanted = Signal()
    paused_wanted = Signal(object, str)
    offline_wanted = Signal()
    pbx_right_wanted = Signal()
    search_wanted = Signal()
    queue_chosen = Signal(object)
    practice_speed = Signal(float)
    practice_call_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("top")
        self.setAccessibleName(self.tr("State, queues and search"))
        self._presence = PresenceView(Presence.OFFLINE, clock.now())
        self._reasons: tuple[PauseReasonRow, ...] = ()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._state = StateButton()
        self._state.clicked.connect(lambda _checked=False: self.open_state_menu())
        self._pending = tag("")
        self._pbx = Button("", "triangle-alert", keys=actions.keys("pbx_right"), height=28)
        self._pbx.clicked.connect(lambda _checked=False: self.pbx_right_wanted.emit())
        self._pbx.hide()
        self._strip = QueueStrip()
        self._strip.queue_chosen.connect(self.queue_chosen)
        self._search = Button(self.tr("Search or run a command"), "search", keys=actions.keys("palette"), height=34)
        self._search.setProperty("kind", "search")
        self._search.spread()
        self._search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._search.clicked.connect(self.search_wanted.emit)
        self._practice = PracticeChip()
        self._practice.speed_chosen.connect(self.practice_speed)
        self._practice.call_wanted.connect(self.practice_call_wanted)
        self._practice.hide()
        self._bell, self._notices = Bell(), NoticeList(self)
        self._notices_out = Flyout(self._notices)
        self._notices.closed.connect(self._notices_out.close)
        self._bell.clicked.connect(self._open_notices)
        self._phone_icon, self._phone_text = Icon("hourglass", "text3", 15), snug("", "small", "2")
        self._phone = frame(row(self._phone_icon, self._phone_text, spacing=5))
        theme.size(self._phone, maximum_width=220)
        self.person = PersonButton()
        self.setLayout(
            row(self._state, self._pending, self._pbx, 4, (self._strip, 1), self._search, self._practice, self._bell,
                self._phone, 2, self.person, spacing=8, margins=(16, 0, 14, 0))
        )  # fmt: skip
        self.setFixedHeight(theme.px(52))
        self.set_presence(self._presence)
        self.set_phone(PhoneView("starting", self.tr("The phone is starting")))

    # ------------------------------------------------------------------ told

    def set_presence(self, presence: PresenceView) -> None:
        self._presence = presence
        self._pending.setText(then_words(presence.pending))
        self._pending.setVisible(bool(presence.pending))
        self._pbx.setText(pbx_short(presence.pbx))
        self._pbx.set_keys("" if presence.pbx is Difference.UNREACHABLE else actions.keys("pbx_right"))
        self._pbx.setToolTip(plain_tooltip(pbx_long(presence.pbx)))
        self._pbx.setAccessibleDescription(pbx_long(presence.pbx))
        self._pbx.setVisible(presence.pbx is not None)
        self._tick()
        self._share()

    def set_pause_reasons(self, reasons: Sequence[PauseReasonRow]) -> None:
        self._reasons = tuple(sorted(reasons, key=lambda reason: reason.position))

    def set_queues(self, queues: Sequence[QueueView]) -> None:
        self._strip.set(queues)
        self._share()

    def set_phone(self, phone: PhoneView) -> None:
        icon, tone = _PHONE_LOOK.get(phone.state, ("triangle-alert", "bad"))
        self._phone_icon.set(icon, tone)
        self._phone_is_well = tone == "ok"
        self._phone_text.setText(phone.text)
        self._phone_text.set_tone(_LABEL_TONES.get(tone, tone))
        self._phone.setToolTip(plain_tooltip("\n".join(part for part in (phone.text, phone.detail) if part)))
        self._phone.setAccessibleName(self.tr("Phone: {0}").format(phone.text))
        self._share()

    def set_agent(self, name: str) -> None:
        self.person.set_name(name)

    def set_practice(self, on: bool, speed: float = 1.0) -> None:
        """Whether calls are made up, and how many times faster than life they come."""
        self._practice.setVisible(on)
        self._practice.set_speed(speed)
        self._share()

    def add_notice(self, notice: Notice) -> None:
        """Keep a notice behind the bell."""
        self._notices.add(notice, clock.now())
        self._bell.set_unseen(self._notices.unseen())

    # -------------------------------------------------------------- asked for

    def open_state_menu(self, *, reasons_only: bool = False) -> QMenu:
        """The menu of states under the pill; ``reasons_only`` (Shift F12) starts at the pause reasons."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not reasons_only:
            ready = menu.addAction(icons.icon("circle-check", "ready"), self._ready_words())
            ready.setEnabled(self._presence.can_be_ready)
            ready.triggered.connect(lambda _checked=False: self.ready_wanted.emit())
            menu.addSeparator()
        for entry in self._reasons:
            words = self.tr("Paused · {0}").format(entry.label).replace("&", "&&")
            action = menu.addAction(icons.icon("coffee", "paused"), words)
            action.triggered.connect(
                lambda _checked=False, chosen=entry: self.paused_wanted.emit(chosen.id, chosen.label)
            )
        if not self._reasons:
            action = menu.addAction(icons.icon("coffee", "paused"), theme.state_label("paused"))
            action.triggered.connect(lambda _checked=False: self.paused_wanted.emit(None, ""))
        if not reasons_only:
            menu.addSeparator()
            offline = menu.addAction(icons.icon("circle-dashed", "offline"), theme.state_label("offline"))
            offline.triggered.connect(lambda _checked=False: self.offline_wanted.emit())
        menu.setActiveAction(next((a for a in menu.actions() if _choosable(a)), menu.actions()[0]))
        menu.popup(self._state.mapToGlobal(QPoint(0, self._state.height() + 4)))
        return menu

    def _ready_words(self) -> str:
        words = theme.state_label("ready")
        if not self._presence.can_be_ready and self._presence.why_not:
            words = f"{words} ({self._presence.why_not})"
        return words.replace("&", "&&")

    def _open_notices(self) -> None:
        self._notices.show_all()
        self._notices_out.toggle(self._bell)
        self._notices.mark_seen()
        self._bell.set_unseen(0)

    def _share(self) -> None:
        """The queues get what they need; search takes the rest of the line, within reason.

        Where that is too little, search says less, then a phone that is well is only its icon.
        """
        self._phone_text.show()
        self._search.setText(self.tr("Search or run a command"))
        width, room = self._search.sizeHint().width(), self._room()
        if room < width:
            self._search.setText(self.tr("Search"))
            width = self._search.sizeHint().width()
        if room < width and self._phone_is_well:
            self._phone_text.hide()
            room = self._room()
        self._search.setFixedWidth(max(width, min(theme.px(330), room)))

    def _room(self) -> int:
        """What is left for search once everything else has what it needs."""
        layout = self.layout()
        if layout is None:
            return 0
        settle(self)
        fixed = layout.minimumSize().width() - self._strip.minimumWidth() - self._search.width()
        for part in (self._bell, self._phone):  # they take more than their least
            least = part.minimumWidth() or part.minimumSizeHint().width()
            fixed += max(0, min(part.sizeHint().width(), part.maximumWidth()) - least)
        return self.width() - fixed - self._strip.needed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    # ------------------------------------------------------------------ clock

    def _tick(self) -> None:
        presence = self._presence
        state = "hold" if presence.on_hold else presence.presence.value
        word = ""
        if presence.presence is Presence.PAUSED and (why := reason_words(presence.reason)):
            word = f"{theme.state_label('paused')} · {why}"
        self._state.set(state, duration((clock.now() - presence.since).total_seconds()), word)
        self._strip.tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "person"):
            self.setFixedHeight(theme.px(52))
            QTimer.singleShot(0, self, self._share)  # once every part knows its new size
        super().changeEvent(event)


def _choosable(action: QAction) -> bool:
    return action.isEnabled() and not action.isSeparator()
