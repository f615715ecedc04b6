"""The board's layouts and the wallboard, wired: chosen by key, kept in the database and, while it is away, here."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from agent_desktop import data, tasks
from agent_desktop.core import board_layouts
from agent_desktop.core.awake import Awake
from agent_desktop.core.views import Notice
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.layout_rows import KeptLayoutRow
from agent_desktop.data.rows import Changed
from agent_desktop.settings import BoardLayout, BoardLayouts
from agent_desktop.ui import ask
from agent_desktop.ui.layout_card import REMOVE, LayoutCard

if TYPE_CHECKING:
    from agent_desktop.ui.live_board import LiveBoard
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.wallboard import Wallboard

_CHANGE, _NEW = "change", "new"


class LayoutWiring(QObject):
    """Ctrl L and a digit show another layout; the wallboard shows the one that the board showed when it was opened."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.wallboard: Wallboard | None = None
        self._page: LiveBoard | None = None
        self._awake: Awake | None = None
        self._publishes = False
        window.session.centre_changed.connect(self._centre_changed)
        window.core.store.opened.connect(self._fetch)
        window.core.store.changed.connect(self._heard)
        window.action("layouts").triggered.connect(lambda _checked=False: self.open())
        window.action("wallboard").triggered.connect(lambda _checked=False: self.toggle_wallboard())

    def take(self, page: "LiveBoard") -> None:
        """The board has been made."""
        self._page = page
        page.head.layouts.clicked.connect(lambda _checked=False: self.open())
        page.head.wall.clicked.connect(lambda _checked=False: self.toggle_wallboard())
        self._show()
        self._fetch()

    # -------------------------------------------------------------- layouts

    @property
    def kept(self) -> BoardLayouts:
        return self.window_.session.settings.layouts

    @property
    def _team(self) -> str:
        agent = self.window_.session.agent
        return agent.team if agent is not None else ""

    def offered(self) -> tuple[BoardLayout, ...]:
        """All that can be chosen, in the order of their digits."""
        centre = self.window_.session.centre
        return board_layouts.options(self.kept, self._team, centre.watched_queues(), centre.agents)

    def present(self) -> BoardLayout:
        return board_layouts.begin_with(self.kept.chosen, self._team, self.offered())

    def title(self, layout: BoardLayout) -> str:
        if layout == board_layouts.ALL:
            return self.tr("All queues")
        return self.tr("Queues of {0}").format(layout.team) if board_layouts.is_built_in(layout) else layout.name

    def choose(self, key: str) -> None:
        """Show the layout of this key, and remember it."""
        self._keep(replace(self.kept, chosen=key))

    def open(self) -> None:
        """Ask which one: a digit picks."""
        self.window_.shell.show_page("board")
        present, options = self.present(), []
        for layout in self.offered():
            words = self.tr("{0} (published)").format(layout.name) if layout.shared else self.title(layout)
            options.append(((layout.key, ""), self.tr("{0} (shown now)").format(words) if layout == present else words))
        if not board_layouts.is_built_in(present) and (self._publishes or not present.shared):
            options.append((("", _CHANGE), self.tr("Change “{0}”…").format(present.name)))
        options.append((("", _NEW), self.tr("New layout…")))
        ask.choice(self.window_, self.tr("Board layouts"), options, self._chosen)

    def _chosen(self, value: object) -> None:
        assert isinstance(value, tuple)
        name, what = value
        if what:
            self.edit(is_new=what == _NEW)
        else:
            self.choose(str(name))

    def edit(self, *, is_new: bool) -> LayoutCard:
        """A new one, begun as the one that is shown; or the one that is shown."""
        page, present = self._page, self.present()
        assert page is not None
        centre = self.window_.session.centre
        others = [layout.name for layout in self.kept.saved if is_new or layout.key != present.key]
        begin = replace(present, team="", id="", version=0, shared=False) if is_new else present
        teams = [team.name for team in centre.teams] if self._publishes else None
        card = LayoutCard(begin, centre.watched_queues(), page.agents.column_names(), teams, others, is_new=is_new)

        def answered(value: object) -> None:
            if value == REMOVE:
                self._remove(present)
            elif isinstance(value, BoardLayout):
                self._keep(board_layouts.saved(self.kept, value, "" if is_new else present.key))
                self._send()

        store = self.window_.core.store
        card.set_database(store.view)
        store.state_changed.connect(card.set_database)
        ask.present(self.window_, card, answered, card.name)
        return card

    def _keep(self, layouts: BoardLayouts) -> None:
        settings = self.window_.session.settings
        self.window_.settings_wiring.save(replace(settings, layouts=layouts))
        self._show()

    # ------------------------------------------------------------- database

    @property
    def _teams(self) -> dict[UUID, str]:
        return {team.id: team.name for team in self.window_.session.centre.teams}

    @Slot(object)
    def _heard(self, changed: Changed) -> None:
        """Somebody has published one, or the same person is at another desk."""
        if changed.layouts and self._page is not None:
            self._fetch()

    @Slot()
    def _fetch(self) -> None:
        """Those of the database in the place of what was known; what waits here goes there first."""
        agent = self.window_.session.agent
        if self._page is None or agent is None:
            return
        if any(layout.changed or not layout.id for layout in self.kept.saved):
            self._send()
            return

        def question(session: Any) -> tuple[bool, tuple[KeptLayoutRow, ...]]:
            return data.kept_layouts.may_publish(session), data.kept_layouts.layouts(session, agent.id)

        def answer(found: tuple[bool, tuple[KeptLayoutRow, ...]]) -> None:
            self._publishes, rows = found
            self._take_rows(self.kept, rows)

        self.window_.core.store.browse(question, answer, lambda _error: None)

    def _take_rows(self, kept: BoardLayouts, rows: tuple[KeptLayoutRow, ...]) -> None:
        fetched = board_layouts.fetched(kept, rows, self._teams)
        if fetched != self.kept:
            self._keep(fetched)

    def _send(self) -> None:
        """What was changed here; while the database is away it waits in the settings."""
        agent, named, teams = self.window_.session.agent, board_layouts.with_ids(self.kept), self._teams
        if agent is None:
            return
        if named != self.kept:
            self._keep(named)
        rows = board_layouts.waiting(named, teams)

        def stored(found: tuple[KeptLayoutRow, ...]) -> None:
            self._take_rows(board_layouts.sent(self.kept, rows, teams), found)
            self._fetch()

        store = self.window_.core.store
        store.write_now(lambda session: board_layouts.send(session, rows, agent.id), stored, self._not_sent)

    @Slot(object)
    def _not_sent(self, error: Exception) -> None:
        if not isinstance(error, (DatabaseTrouble, tasks.Late)):
            raise error
        words = self.tr("The layout is kept on this desk until the database is back.")
        self.window_.shell.notify(Notice(words, "info"))

    def _remove(self, layout: BoardLayout) -> None:
        """There and here; it cannot be taken away while nobody knows what became of it meanwhile."""
        agent = self.window_.session.agent

        def done(_nothing: None) -> None:
            self._keep(board_layouts.removed(self.kept, layout.key))

        def failed(error: Exception) -> None:
            if not isinstance(error, (Refused, DatabaseTrouble, tasks.Late)):
                raise error
            self.window_.shell.notify(Notice(str(error), "bad"))
            self._fetch()

        if not layout.version or agent is None:
            done(None)
            return
        row = board_layouts.gone(layout, self._teams)
        self.window_.core.store.write_now(lambda session: data.kept_layouts.save(session, row, agent.id), done, failed)

    @Slot(object)
    def _centre_changed(self, _centre: object) -> None:
        self._show()

    def _show(self) -> None:
        layout = self.present()
        if self._page is not None:
            self._page.set_layout(layout, self.title(layout), self._only(layout))
        if self.wallboard is not None:
            self._dress_wall()

    def _only(self, layout: BoardLayout) -> tuple[UUID, ...] | None:
        return board_layouts.queues_of(layout, self.window_.session.centre.watched_queues())

    # ------------------------------------------------------------ wallboard

    def toggle_wallboard(self) -> None:
        """Open it where it was the last time, or close it."""
        if self.wallboard is not None:
            self.close_wallboard()
            return
        from agent_desktop.ui.wallboard import Wallboard

        window, core = self.window_, self.window_.core
        wall = self.wallboard = Wallboard(core.profile)
        self._awake = Awake(window.desktop.bus, wall, on_x=QGuiApplication.platformName() == "xcb")
        self._keep(replace(self.kept, wall=self.present().key))
        wall.set_board(core.live.board, core.alarms.alarms)
        core.feed.changed.connect(wall.set_feed)
        wall.looked_at.connect(core.feed.watch)
        wall.awake_wanted.connect(self._stay_awake)
        wall.closed.connect(self._wall_closed)
        self._dress_wall()
        wall.open(window)

    def close_wallboard(self) -> None:
        if self.wallboard is not None:
            self.wallboard.close()

    def _dress_wall(self) -> None:
        assert self.wallboard is not None
        layout = board_layouts.begin_with(self.kept.wall, self._team, self.offered())
        only = self._only(layout)
        self.wallboard.set_layout(self.title(layout), only, self.kept.wall_page_s)

    @Slot(bool)
    def _stay_awake(self, on: bool) -> None:
        assert self._awake is not None
        if on:
            self._awake.hold(self.tr("The wallboard is on this screen"))
        else:
            self._awake.release()

    @Slot()
    def _wall_closed(self) -> None:
        wall, self.wallboard = self.wallboard, None
        if wall is not None:
            wall.deleteLater()
