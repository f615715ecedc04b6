"""The live board wired: fed by what the core counts, and every figure of it opened down to its calls."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from agent_desktop.core import board_lists
from agent_desktop.core.alarms import Alarm, Level
from agent_desktop.core.board import Board, Which
from agent_desktop.core.board_lists import Behind
from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.core.table_file import TableFile
from agent_desktop.core.views import Notice
from agent_desktop.ui import alarm_words
from agent_desktop.ui.file_dialogs import choose_to_write, table_kinds
from agent_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from agent_desktop.core.beside.beside import Beside
    from agent_desktop.core.beside.day_forecast import Expected
    from agent_desktop.core.replay import Replay
    from agent_desktop.ui.figure_list import FigureList
    from agent_desktop.ui.live_board import LiveBoard
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.visit_list import VisitList
    from agent_desktop.ui.what_if_strip import WhatIfWiring

_MOST_CALLERS = 500  # visits whose callers are asked for; a list of more is one to be exported


class BoardWiring(QObject):
    """The board is made when it is first looked at: pyqtgraph takes 0.3 s to import."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.page: LiveBoard | None = None
        self.asked: WhatIfWiring | None = None  # what if, once it has been asked
        self._replay: Replay | None = None
        self._beside: Beside | None = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._look_beside)
        window.core.alarms.rose.connect(self._rose)
        window.action("what_if").triggered.connect(lambda _checked=False: self.what_if())
        window.action("look_back").triggered.connect(lambda _checked=False: self.look_back())

    def build(self) -> QWidget:
        from agent_desktop.ui.live_board import LiveBoard

        page = self.page = LiveBoard()
        page.set_board(self.window_.core.live.board)
        self.window_.core.live.fed.connect(page.fed)
        self.window_.core.feed.changed.connect(page.set_feed)
        page.looked_at.connect(self.window_.core.feed.watch)
        page.visits_wanted.connect(self.open_visits)
        page.table_wanted.connect(self.open_table)
        page.agents.look_back.clicked.connect(lambda _checked=False: self.look_back())
        page.head.what_if.clicked.connect(lambda _checked=False: self.what_if())
        page.set_alarms(self.window_.core.alarms.alarms)
        self.window_.core.alarms.changed.connect(page.show_alarms)
        page.time.sought.connect(self._seek)
        page.time.play_wanted.connect(self._play)
        page.time.left.connect(self._back_to_now)
        supervising = self.window_.supervise_wiring
        page.agent_activated.connect(supervising.activated)
        page.agents.menu_wanted.connect(supervising.menu)
        page.take_wanted.connect(supervising.take_longest)
        page.tiles.set_takes(supervising.takes_calls)
        self.window_.layout_wiring.take(page)
        self._put_beside(page)
        return page

    def _put_beside(self, page: "LiveBoard") -> None:
        """What is no count: whom agents talk with, how they keep to their shifts, what the day was to bring."""
        from agent_desktop.core.beside.beside import Beside

        beside = self._beside = Beside(self.window_.core.store, self.window_.core.tasks)
        beside.talks.changed.connect(lambda agents: page.agents.set_talks(beside.talks.known, agents))
        beside.shifts.changed.connect(lambda: page.agents.set_kept(beside.shifts.kept))
        page.expected = self._expected
        page.looked_at.connect(self._looked_at)

    def _expected(self, board: Board, which: Which) -> "Expected | None":
        """None while practice runs at another pace than the clock: more callers come then than any past knows."""
        if self._beside is None or self.window_.practice_pace != 1:
            return None
        return self._beside.forecast.expected(board, which)

    @Slot(object, bool)
    def _looked_at(self, _page: object, on: bool) -> None:
        if on:
            self._second.start()
        else:
            self._second.stop()

    @Slot()
    def _look_beside(self) -> None:
        if self._beside is not None and self.window_.core.store.ready:
            self._beside.look(self._board, self.window_.core.live.board)

    @property
    def looks_back(self) -> bool:
        """Whether a past moment is looked at."""
        return self._replay is not None

    @property
    def _board(self) -> Board:
        """The one that is looked at."""
        return self._replay.board if self._replay is not None else self.window_.core.live.board

    def what_if(self) -> None:
        """Sliders over the running quarter hour of the queue that is chosen, or that an alarm is about; away again."""
        self._back_to_now()
        self.window_.shell.show_page("board")
        page = self.page
        assert page is not None
        if self.asked is None:
            from agent_desktop.ui.what_if_strip import WhatIfWiring

            self.asked = WhatIfWiring(self.window_, page)
        if self.asked.strip.isVisible():
            self.asked.strip.hide()
            page.agents.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.asked.open(page.wanted_queue())

    # -------------------------------------------------------------- time travel

    def look_back(self) -> None:
        """Open the bar of past moments, a quarter of an hour ago."""
        self.window_.shell.show_page("board")
        page = self.page
        assert page is not None
        if self.asked is not None:
            self.asked.strip.hide()
        if self._replay is None:
            from agent_desktop.core.replay import Replay

            live = self.window_.core.live.board
            replay = self._replay = Replay(self.window_.core.store, live)
            replay.shown.connect(self._shown)
            replay.progressed.connect(page.time.set_progress)
            replay.failed.connect(lambda text, advice: page.time.set_trouble(f"{text} {advice}".strip()))
            moment = live.now() - timedelta(minutes=15)
            page.time.begin(moment, SiteDay.of(moment, live.zone), now=live.now())
            replay.seek(moment)
        page.time.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _seek(self, moment: datetime) -> None:
        if self._replay is not None:
            self._replay.seek(moment)

    @Slot(float)
    def _play(self, speed: float) -> None:
        if self._replay is not None:
            self._replay.play(speed)

    @Slot(object)
    def _shown(self, moment: datetime) -> None:
        page, replay = self.page, self._replay
        if page is not None and replay is not None:
            page.time.set_moment(moment, replay.board.day)
            page.time.set_playing(replay.speed > 0)
            page.set_board(replay.board)

    @Slot()
    def _back_to_now(self) -> None:
        page, replay = self.page, self._replay
        if page is None or replay is None:
            return
        self._replay = None
        replay.close()
        replay.deleteLater()
        page.time.set_playing(False)
        page.time.hide()
        page.set_board(self.window_.core.live.board)
        page.agents.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------ alarms

    @Slot(object)
    def _rose(self, alarm: Alarm) -> None:
        """An alarm came or got worse: told where that is wanted; an agent with a caller on the line need not know."""
        window, board = self.window_, self.window_.core.live.board
        chosen = window.session.settings.board
        words = alarm_words.headline(alarm, board.day.clock(alarm.since))
        if chosen.alarm_notify:
            window.desktop.notice.say(self.tr("Queue alarm"), words)
            if window.shell.current() != "board":
                window.shell.notify(Notice(words, "bad" if alarm.level is Level.BREACH else "warn"))
        if chosen.alarm_sound and not window.session.book.calls:
            window.core.phone.try_sound("alarm")

    # ------------------------------------------------------------------- lists

    @Slot(object)
    def open_visits(self, behind: Behind) -> "VisitList":
        """The queue visits that a figure counts."""
        from agent_desktop.ui.visit_list import VisitList

        board, card = self._board, VisitList()
        found = board_lists.lines(board, behind)
        card.set(*self._words(behind), found, behind.parts, board.zone)
        card.opened.connect(lambda line: self._open_call(card, line))
        card.take_wanted.connect(lambda line: self.window_.supervise_wiring.take(line.visit.id))
        takes = self.window_.supervise_wiring.takes_calls and not self.looks_back
        card.set_takes(takes and behind.waiting_at is not None)
        self._present(card)
        self.window_.lists.calls_of([line.visit for line in found[-_MOST_CALLERS:]], card.set_callers)
        return card

    @Slot(int, object)
    def open_table(self, part: int, which: Which) -> "FigureList":
        """A chart's figures as a table."""
        from agent_desktop.ui.interval_list import IntervalLine, IntervalList, WaitingList

        board = self._board
        name = self._name(which)
        if part == 2:
            waiting = WaitingList()
            waiting.set(self.tr("{0}: waiting, last hour").format(name), board.waiting_series(which), board.day)
            waiting.opened.connect(lambda line: self.open_visits(Behind(which, waiting_at=line.at)))
            self._present(waiting)
            return waiting
        card, scope = IntervalList(), board.scope(which)
        tally, level = board.tally(which), board.service_level(which)
        expected = self._expected(board, which)
        elapsed = (board.now() - board.day.start) / INTERVAL
        so_far, calls = (expected.so_far(elapsed), expected.calls) if expected is not None else (None, ())
        whole = IntervalLine(None, self.tr("Today so far"), tally, scope, board.target(which), level, so_far)
        card.set(self.tr("{0}: today by 15 min").format(name), board.intervals(which), whole, board.day, calls)
        card.opened.connect(lambda line: None if line.to_come else self.open_visits(Behind(which, interval=line.index)))
        self._present(card)
        return card

    def _name(self, which: Which) -> str:
        if isinstance(which, UUID):
            return self._board.tile(which).queue.label
        return self.tr("All queues") if which is None or self.page is None else self.page.title

    def _words(self, behind: Behind) -> tuple[str, str]:
        """Title and explanation of a list of visits."""
        board = self._board
        name = self._name(behind.queue_id)
        if behind.agent_id is not None:
            return (
                self.tr("{0}: answered today").format(board.agent_line(behind.agent_id).name),
                self.tr("Queue visits this agent answered; they count where they entered."),
            )
        if behind.waiting_at is not None:
            at = behind.waiting_at.astimezone(board.zone)
            return (
                self.tr("{0}: waiting at {1}").format(name, f"{at:%H:%M:%S}"),
                self.tr("Entered by then and not yet left."),
            )
        explained = self.tr("Queue visits, not callers: one call in two queues is two. They count where they entered.")
        if behind.interval is not None:
            return self.tr("{0}: entered from {1}").format(name, board.day.label(behind.interval)), explained
        return self.tr("{0}: entered today").format(name), explained

    def _present(self, card: "FigureList") -> None:
        overlay = Overlay.of(self.window_)
        card.closed.connect(lambda: overlay.dismiss(card))
        card.export_wanted.connect(self._choose_file)
        overlay.present(card, top=60, dismissed=card.deleteLater)
        card.table.choose_first()

    def _open_call(self, card: "VisitList", line: board_lists.VisitLine) -> None:
        call_id = card.call_of(line)
        if call_id is None:
            words = self.tr("No call of this visit is known here: its record has not come, or is not yours to see.")
            self.window_.shell.notify(Notice(words, "info"))
            return
        overlay = Overlay.of(self.window_)
        while overlay.top_card() is not None:
            overlay.dismiss()
        self.window_.calls_wiring.open(call_id)

    # ------------------------------------------------------------------- files

    @Slot(object)
    def _choose_file(self, table: TableFile) -> None:
        choose_to_write(
            self.window_, self.tr("Export"), table.title, lambda path: self.export(table, path), table_kinds()
        )

    def export(self, table: TableFile, path: Path) -> None:
        """Write a list, with whole numbers for those who may take them away; what came of it is told."""
        whole = self.window_.session.settings.database.whole_exports

        def write(may: bool) -> None:
            self._write(table if may else table.masked(), path, "" if may else ", masked")

        self.window_.lists.takes_whole_numbers(whole, write)

    def _write(self, table: TableFile, path: Path, how: str) -> None:
        """Away from the window's thread."""

        def done(_nothing: None) -> None:
            self.window_.core.viewings.exported("queue_visit", len(table.rows), path.suffix.lstrip(".") + how)
            words = self.tr("{0} rows were written to {1}.").format(len(table.rows), path.name)
            self.window_.shell.notify(Notice(words, "ok"))

        def failed(error: Exception) -> None:
            reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            words = self.tr("“{0}” could not be written: {1}.").format(path.name, reason.rstrip("."))
            self.window_.shell.notify(Notice(words, "bad"))

        self.window_.core.tasks.work(lambda: table.write(path), done, failed)
