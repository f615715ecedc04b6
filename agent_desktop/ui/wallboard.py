"""The wallboard: a window of its own, on a second monitor if there is one, that never takes the keyboard.

It remembers where it was. When its monitor goes it comes back as a window, and goes over again when that returns.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QMouseEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.alarms import Alarm, Alarms, Level
from agent_desktop.core.board import Board, Which
from agent_desktop.core.feed_health import FeedView
from agent_desktop.core.figures import clock_text
from agent_desktop.paths import Profile
from agent_desktop.ui import alarm_words, feed_words
from agent_desktop.ui.wall_view import Totals, Wall, WallView

_SCREEN, _PLACE = "wallboard_screen", "wallboard_place"
WINDOWED = "-"  # in place of a screen's name: a window
TICK_MS = 500


class Screen(Protocol):
    """What is asked of a QScreen."""

    def name(self) -> str: ...
    def geometry(self) -> QRect: ...
    def availableGeometry(self) -> QRect: ...


class Wallboard(QWidget):
    """``title`` names the layout. Signals: closed(); awake_wanted(bool): it covers a screen that must not sleep;

    looked_at(self, bool): it came into sight or went.
    """

    closed = Signal()
    looked_at = Signal(object, bool)
    awake_wanted = Signal(bool)

    def __init__(self, profile: Profile, screens: Callable[[], Sequence[Screen]] = QGuiApplication.screens):
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowTitle(self.tr("Wallboard"))
        self._profile, self._screens = profile, screens
        self._board: Board | None = None
        self._alarms: Alarms | None = None
        self._feed = FeedView()
        self._which: tuple[object, ...] | None = None
        self._title = ""
        self._wanted = WINDOWED  # the name of the screen to cover
        self._on = ""  # the one that is covered; empty: a window
        self.view = WallView()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.view)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._turner = QTimer(self, interval=12_000)
        self._turner.timeout.connect(self.view.turn)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screens_changed)
        application.screenRemoved.connect(self._screens_changed)

    # ------------------------------------------------------------------ told

    def set_board(self, board: Board, alarms: Alarms) -> None:
        self._board, self._alarms = board, alarms
        self.refresh()

    def set_layout(self, title: str, which: Which, page_s: int) -> None:
        """What it is called, its queues, and how long a page stays where they do not fit on one."""
        self._title, self._which = title, which if isinstance(which, tuple) else None
        self.view.page = 0
        self._turner.setInterval(page_s * 1000)
        self.refresh()

    def set_feed(self, view: FeedView) -> None:
        self._feed = view
        self.refresh()

    def refresh(self) -> None:
        """The picture of this moment."""
        if self._board is not None and self.isVisible():
            self.view.set(self._wall(self._board))

    def _wall(self, board: Board) -> Wall:
        feed, old = self._feed, self._feed.is_old
        now = board.now() - timedelta(seconds=feed.age_s) if old else board.now()
        which = tuple(key for key in board.queues if self._which is None or key in self._which)
        if self._which is not None:
            which = tuple(sorted(which, key=self._which.index))
        tiles = tuple(board.tile(key) for key in which)
        return Wall(
            title=self._title,
            clock=board.day.clock(board.now()),
            now=now.replace(microsecond=0),
            tiles=tiles,
            totals=self._totals(board, which) if tiles else None,
            alarm=self._alarm(board, frozenset(which)),
            alarm_tone="bad" if any(alarm.level is Level.BREACH for alarm in self._open(frozenset(which))) else "warn",
            trouble=feed_words.headline(feed) if old or feed.away else "",
            age=feed_words.age(feed.age_s) if old else "",
            passed=self._alarms.passed() if self._alarms is not None else {},
        )

    def _totals(self, board: Board, which: Which) -> Totals:
        level, target = board.service_level(which), board.target(which)
        tiles = [board.tile(key) for key in which] if isinstance(which, tuple) else []
        first = min((tile.longest_since for tile in tiles if tile.longest_since is not None), default=None)
        states = board.states(which)
        return Totals(
            waiting=sum(tile.waiting for tile in tiles),
            longest=clock_text((board.now() - first).total_seconds()) if first is not None else "–",
            level=level.text(target),
            below=level.value is not None and level.value < target,
            free=states.get(AgentState.READY, 0),
            signed_in=sum(number for state, number in states.items() if state is not AgentState.OFFLINE),
        )

    def _open(self, which: frozenset[object]) -> Sequence[Alarm]:
        """Acknowledged ones too: whoever is at the wall has acknowledged nothing."""
        return [alarm for alarm in self._alarms.now if alarm.queue.id in which] if self._alarms is not None else ()

    def _alarm(self, board: Board, which: frozenset[object]) -> str:
        found = self._open(which)
        if not found:
            return ""
        words = alarm_words.headline(found[0], board.day.clock(found[0].since))
        more = len({alarm.queue.id for alarm in found}) - 1
        return self.tr("{0} (+{1})").format(words, more) if more else words

    # ---------------------------------------------------------------- where

    def open(self, beside: QWidget | None = None) -> None:
        """Where it was; the first time on a screen that ``beside`` is not on, as a window where there is none."""
        kept = str(self._settings().value(_SCREEN, ""))
        if not kept:
            own = beside.screen().name() if beside is not None else ""
            kept = next((screen.name() for screen in self._screens() if screen.name() != own), WINDOWED)
        self._wanted = kept
        self._place()
        self.refresh()

    def cover(self, name: str) -> None:
        """Fill the screen of that name from now on; WINDOWED: a window."""
        self._wanted = name
        self._settings().setValue(_SCREEN, name)
        self._place()

    def _settings(self) -> QSettings:
        return QSettings(str(self._profile.window_file), QSettings.Format.IniFormat)

    def _place(self) -> None:
        """Onto the screen that is wanted, if it is there."""
        found = next((screen for screen in self._screens() if screen.name() == self._wanted), None)
        if found is not None:
            if self.isVisible() and self._on == found.name():
                return
            if not self._on and self.isVisible():
                self._keep_place()
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.setGeometry(found.geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            self.show()  # showFullScreen would take the keyboard
            handle = self.windowHandle()
            if handle is not None and isinstance(found, QScreen):
                handle.setScreen(found)  # on Wayland a geometry means nothing
            self._on = found.name()
        else:
            self._on = ""
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.setGeometry(self._window_place())
            self.show()
        self.awake_wanted.emit(bool(self._on))

    def _window_place(self) -> QRect:
        kept = self._settings().value(_PLACE)
        rooms = [screen.availableGeometry() for screen in self._screens()]
        for room in rooms:
            if isinstance(kept, QRect) and room.contains(kept.center()):
                return kept & room
        room = rooms[0] if rooms else QRect(0, 0, 1280, 720)
        width = min(1280, room.width() - 80)
        return QRect(room.left() + 40, room.top() + 40, width, min(width * 9 // 16, room.height() - 80))

    def _keep_place(self) -> None:
        self._settings().setValue(_PLACE, self.geometry())

    def _screens_changed(self, _screen: QScreen) -> None:
        """A monitor came or went; asked about when the system has settled which there are."""
        if self.isVisible():
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        there = {screen.name() for screen in self._screens()}
        if (self._on and self._on not in there) or (not self._on and self._wanted in there):
            self._place()

    # ------------------------------------------------------------------- Qt

    def menu(self) -> QMenu:
        """Where it can be shown, and away with it: for the mouse, the only one who reaches it."""
        menu = QMenu(self)
        for number, screen in enumerate(self._screens()):
            words = self.tr("Fill screen {0} ({1})").format(number + 1, screen.name())
            self._offer(menu, words, screen.name(), self._on == screen.name())
        self._offer(menu, self.tr("Show as a window"), WINDOWED, not self._on)
        menu.addSeparator()
        menu.addAction(self.tr("Close the wallboard"), self.close)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer(self, menu: QMenu, words: str, name: str, present: bool) -> None:
        action = QAction(words.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(present)
        action.triggered.connect(lambda _checked=False: self.cover(name))
        menu.addAction(action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.cover(WINDOWED if self._on else self.screen().name())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._turner.start()
        self.looked_at.emit(self, True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._turner.stop()
        self.looked_at.emit(self, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.page = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.view.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._on:
            self._keep_place()
        self.awake_wanted.emit(False)
        self.closed.emit()
        super().closeEvent(event)
