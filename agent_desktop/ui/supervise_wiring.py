"""Supervising wired: the card of what can be done with an agent, messages both ways, listening in, taking a call."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMenu

from agent_desktop.core import board_lists
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.board_lists import Behind
from agent_desktop.core.board_views import AgentLine
from agent_desktop.core.monitoring import MonitorView
from agent_desktop.core.supervision import Asked
from agent_desktop.core.views import Notice
from agent_desktop.data.supervision_rows import Audience, Leading, ListenerRow, MessageRow, Reach, SentRow
from agent_desktop.data.words import RequestKind, RequestState
from agent_desktop.ui import ask, dates, supervise_words
from agent_desktop.ui.agent_actions import MODES, AgentActions, Possible
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.presence_words import state_words
from agent_desktop.ui.supervise_bar import MonitorBar

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow
    from agent_desktop.ui.supervise_message import MessageCard

_SHORT = 240  # signs of a message that are read in the banner itself
_TELL_MS = 1000
_MESSAGE, _LISTENED = "message", "listened"
_ACTIONS = frozenset(("agent_actions", "listen", "whisper", "message"))


class SuperviseWiring(QObject):
    """Offered to those whom the database says that they lead; it refuses the others anyway."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        self.core, self.monitoring = window.core.supervision, window.core.monitoring
        self.bar = MonitorBar()
        window.shell.add_strip(self.bar)
        self.card: AgentActions | None = None
        self.message_card: MessageCard | None = None
        self._line: AgentLine | None = None  # whom the card is about
        self._shown_on_card: set[UUID] = set()  # wishes whose outcome the card shows
        self._messages: tuple[MessageRow, ...] = ()
        self._told = QTimer(self)
        self._told.setInterval(_TELL_MS)
        self._told.timeout.connect(self._tell_agent)
        self._listen()

    def _listen(self) -> None:
        window, core = self.window_, self.core
        core.leading_changed.connect(self._leading_changed)
        core.progressed.connect(self._progressed)
        core.unread_changed.connect(self._unread_changed)
        core.sent_changed.connect(self._load_sent)
        core.listeners_changed.connect(self._listeners_changed)
        self.monitoring.changed.connect(self._monitored)
        self.monitoring.failed.connect(lambda words: self._say(words, "bad"))
        self.bar.mode_wanted.connect(self.monitoring.change)
        self.bar.ended.connect(self.monitoring.end)
        window.shell.banners.acted.connect(self._acted)
        for name, handler in (
            ("agent_actions", self.open_chosen),
            ("listen", self.listen_to_chosen),
            ("whisper", self.next_mode),
            ("message", self.write),
            ("take_call", lambda: self.take_longest(None)),
        ):
            window.action(name).triggered.connect(lambda _checked=False, handler=handler: handler())

    # ------------------------------------------------------------------ who may

    def possible(self) -> frozenset[str]:
        """The names of the actions that whoever is signed in may use."""
        reach = self.core.leading.reach
        names = _ACTIONS if reach is not Reach.NOBODY else frozenset()
        if reach is Reach.SITE:
            names |= {"take_call"}
        return names | ({"end"} if self.monitoring.view is not None else frozenset())

    def leads(self, agent_id: UUID) -> bool:
        """Whether whoever is signed in leads this agent, who is somebody else."""
        return self.core.leading.leads(agent_id) and agent_id != self.core.agent_id

    @property
    def takes_calls(self) -> bool:
        """Whether waiting callers may be taken out of their queue."""
        return self.core.leading.reach is Reach.SITE

    @Slot(object)
    def _leading_changed(self, leading: Leading) -> None:
        self.window_.update_possible()
        page = self.window_.board_wiring.page
        if page is not None:
            page.tiles.set_takes(self.takes_calls)
        self._show_possible()

    # ------------------------------------------------------------------ the card

    def open(self, line: AgentLine) -> None:
        """What can be done with this agent."""
        self._close()
        card = self.card = AgentActions(line.agent_id)
        self._line = line
        centre = self.window_.session.centre
        queues = [(queue.id, queue.label) for queue in centre.queues if self._may_move(queue.id)]
        card.set_choices([reason.label for reason in centre.pause_reasons] or [self.tr("Pause")], queues)
        self._tell_agent()
        self._told.start()
        self._show_possible()
        card.listen.connect(self._listen_to_line)
        card.pause.connect(lambda reason: self._ask(RequestKind.PAUSE, reason=reason))
        card.sign_out.connect(self._sign_out)
        card.queue.connect(
            lambda key, add: self._ask(RequestKind.QUEUE_ADD if add else RequestKind.QUEUE_REMOVE, queue_id=key)
        )
        card.message.connect(lambda: self.write(line.agent_id))
        card.visits.connect(lambda: self._visits(line))
        card.closed.connect(self._close)
        Overlay.of(self.window_).present(card, top=70, dismissed=self._closed)
        card.focus_first()
        self.core.keep_looking(True)

    @Slot()
    def _tell_agent(self) -> None:
        """What they do now, on the card that stays open: what is asked next must not go by what they did before."""
        card, line, board = self.card, self._line, self.window_.core.live.board
        if card is None or line is None:
            return
        if line.agent_id in board.agents:
            line = self._line = board.agent_line(line.agent_id)
        seconds = line.seconds(board.now())
        card.set_agent(line.name, state_words(line), "" if seconds is None else dates.duration(seconds))
        card.set_signed_in({key for key in board.queues if line.agent_id in board.members(key)})

    def _may_move(self, queue_id: UUID) -> bool:
        watched = self.window_.session.centre.watched
        return self.core.leading.reach is Reach.SITE or watched is None or queue_id in watched

    def _visits(self, line: AgentLine) -> None:
        self._close()
        self.window_.board_wiring.open_visits(Behind(agent_id=line.agent_id))

    def _show_possible(self) -> None:
        if self.card is None or self._line is None:
            return
        person = next((one for one in self.window_.session.centre.agents if one.id == self._line.agent_id), None)
        why = supervise_words.why_no_pbx(collects=self.core.leading.collects)
        if not why and (person is None or not person.extension):
            why = self.tr("{0} has no extension: the PBX knows nobody to act on.").format(self._line.name)
        self.card.set_possible(Possible(why, self.monitoring.why_not))

    def _close(self) -> None:
        if self.card is not None:
            Overlay.of(self.window_).dismiss(self.card)

    def _closed(self) -> None:
        card, self.card, self._line = self.card, None, None
        self._told.stop()
        self._shown_on_card.clear()
        self.core.keep_looking(False)
        if card is not None:
            card.deleteLater()

    def _ask(self, kind: RequestKind, *, queue_id: UUID | None = None, reason: str = "") -> None:
        if self._line is not None:
            line = self._line
            key = self.core.ask(kind, line.agent_id, queue_id=queue_id, reason=reason)
            self._shown_on_card.add(key)
            self._progressed(Asked(key, kind, line.agent_id, RequestState.ASKED))

    def _sign_out(self, reason: str) -> None:
        """Out of the PBX's queues; who has no call to end first is Offline at once, whatever their desktop says."""
        self._tell_agent()
        line, collects = self._line, self.core.leading.collects
        if line is None:
            return
        if collects:
            self._ask(RequestKind.LOG_OUT, reason=reason)
        if collects and line.state not in (AgentState.READY, AgentState.PAUSED):
            return
        name = line.name

        def done() -> None:
            self._say(self.tr("{0} is signed out.").format(name), "ok")

        def failed(error: Exception) -> None:
            if not collects:
                self._say(f"{name}: {getattr(error, 'text', '') or error}", "bad")

        self.core.dismiss(line.agent_id, reason, done, failed)

    @Slot(object)
    def _progressed(self, asked: Asked) -> None:
        """On the card that asked, as long as it is open; else as a notice once it is settled."""
        if asked.kind is RequestKind.MONITOR or asked.agent_id == self.core.agent_id:
            return  # the bar says how listening goes; what one asks for oneself is told by others
        words, tone = supervise_words.outcome(asked)
        if self.card is not None and asked.id in self._shown_on_card:
            self.card.outcome.set(words, tone)
        elif not asked.open:
            name = self._name(asked.agent_id)
            self._say(f"{name}: {words}" if name else words, tone)

    def _name(self, agent_id: UUID | None) -> str:
        return next((one.name for one in self.window_.session.centre.agents if one.id == agent_id), "")

    def _say(self, words: str, tone: str) -> None:
        self.window_.shell.notify(Notice(words, tone))

    # ------------------------------------------------------------------ from the board

    def chosen(self) -> AgentLine | None:
        """The agent who is chosen on the board, if it is one's own to lead; the board comes up where there is none."""
        window = self.window_
        page = window.board_wiring.page
        line: AgentLine | None = page.agents.table.chosen() if page is not None else None
        if line is None or window.shell.current() != "board":
            window.shell.show_page("board")
            page = window.board_wiring.page
            assert page is not None
            page.agents.table.setFocus()
            if line is None:
                page.agents.table.choose_first()
            return None
        return line if self.leads(line.agent_id) else None

    def open_chosen(self) -> None:
        line = self.chosen()
        if line is not None:
            self.open(line)

    def activated(self, line: AgentLine) -> None:
        """Enter on an agent: what can be done, or for who leads nobody their calls."""
        if self.leads(line.agent_id) and not self.window_.board_wiring.looks_back:
            self.open(line)
        else:
            self.window_.board_wiring.open_visits(Behind(agent_id=line.agent_id))

    def menu(self, line: AgentLine, spot: QPoint) -> None:
        """The same as a menu, with what needs no choice."""
        if not self.leads(line.agent_id) or self.window_.board_wiring.looks_back:
            return
        menu = QMenu(self.window_)
        menu.addAction(self.tr("Act on {0}…").format(line.name.replace("&", "&&")), lambda: self.open(line))
        menu.addSeparator()
        listens = self.core.leading.collects and not self.monitoring.why_not
        for mode in MODES:
            entry = menu.addAction(supervise_words.mode(mode), lambda mode=mode: self._listen_to(line, mode))  # type: ignore[misc]
            entry.setEnabled(listens)
        menu.addSeparator()
        menu.addAction(self.tr("Write a message…"), lambda: self.write(line.agent_id))
        menu.addAction(self.tr("Calls answered today"), lambda: self._visits(line))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)

    # ------------------------------------------------------------------ listening in

    def listen_to_chosen(self) -> None:
        """Back to only listening, or to whoever is chosen on the board."""
        if self.monitoring.view is not None:
            self.monitoring.change("listen")
            return
        line = self.chosen()
        if line is not None:
            self._listen_to(line, "listen")

    def next_mode(self) -> None:
        """From listening to whispering, from there into the call."""
        view = self.monitoring.view
        if view is not None and view.mode in ("listen", "whisper"):
            self.monitoring.change(MODES[MODES.index(view.mode) + 1])

    @Slot(str)
    def _listen_to_line(self, mode: str) -> None:
        line = self._line
        if line is not None:
            self._close()
            self._listen_to(line, mode)

    def _listen_to(self, line: AgentLine, mode: str) -> None:
        if not self.core.leading.collects:
            self._say(supervise_words.why_no_pbx(collects=False), "warn")
        else:
            self.monitoring.start(line.agent_id, line.name, mode)

    @Slot(object)
    def _monitored(self, view: MonitorView | None) -> None:
        self.bar.set(view)
        self.window_.update_possible()

    @Slot(object)
    def _listeners_changed(self, listeners: tuple[ListenerRow, ...]) -> None:
        names = ", ".join(row.by or self.tr("a supervisor") for row in listeners)
        words = self.tr("Listened to by {0}").format(names) if names else ""
        self.window_.shell.banners.set(_LISTENED, words, kind="info")

    # ------------------------------------------------------------------ taking a call

    def take_longest(self, queue_id: UUID | None) -> None:
        """Whoever waits longest, in one queue or in all shown, comes to this phone."""
        board = self.window_.core.live.board
        waiting = board_lists.lines(board, Behind(queue_id, waiting_at=board.now()))
        if not waiting:
            self._say(self.tr("Nobody is waiting."), "info")
            return
        self.take(min(waiting, key=lambda line: line.visit.entered_at).visit.id)

    def take(self, visit_id: UUID | None) -> None:
        """This waiting caller comes to this phone."""
        agent = self.window_.session.agent
        if agent is None or not agent.extension:
            self._say(self.tr("You have no extension that a caller could be sent to."), "warn")
        elif not self.core.leading.collects:
            self._say(supervise_words.why_no_pbx(collects=False), "warn")
        elif visit_id is not None:
            self.core.ask(RequestKind.REDIRECT, detail={"visit": str(visit_id), "to": agent.extension})
            self._say(self.tr("The PBX is asked to send the caller to you."), "info")

    # ------------------------------------------------------------------ messages

    def write(self, agent_id: UUID | None = None) -> None:
        """Write to an agent, a team or everybody."""
        from agent_desktop.ui.supervise_message import MessageCard

        self._close()
        card = self.message_card = MessageCard()
        card.set_people(self._audiences(), agent_id)
        card.sent.connect(self._send)
        card.closed.connect(lambda: Overlay.of(self.window_).dismiss(card))
        Overlay.of(self.window_).present(card, top=60, dismissed=lambda: self._left(card))
        card.edit.setFocus()
        self.core.load_sent(self._show_sent)

    def _left(self, card: "MessageCard") -> None:
        if self.message_card is card:
            self.message_card = None
        card.deleteLater()

    def _audiences(self) -> list[tuple[str, Audience, UUID | None]]:
        centre, leading = self.window_.session.centre, self.core.leading
        found: list[tuple[str, Audience, UUID | None]] = []
        if leading.reach is Reach.SITE:
            found.append((self.tr("Everybody"), Audience.ALL, None))
        mine = {one.team_id for one in centre.agents if leading.leads(one.id)}
        whole = {one.team_id for one in centre.agents if not leading.leads(one.id)}  # somebody there is not theirs
        for team in centre.teams:
            if team.id in mine - whole:
                found.append((self.tr("Team {0}").format(team.name), Audience.TEAM, team.id))
        found += [(one.name, Audience.AGENT, one.id) for one in centre.agents if self.leads(one.id)]
        return found

    @Slot(object, object, str)
    def _send(self, audience: Audience, whom: UUID | None, text: str) -> None:
        card = self.message_card

        def done(readers: int) -> None:
            if card is not None and card is self.message_card:
                card.told(readers)
            self.core.load_sent(self._show_sent)

        def failed(error: Exception) -> None:
            words = " ".join(filter(None, (getattr(error, "text", "") or str(error), getattr(error, "advice", ""))))
            if card is not None and card is self.message_card:
                card.failed(words)
            else:
                self._say(words, "bad")

        self.core.send(audience, whom, text, done, failed)

    @Slot()
    def _load_sent(self) -> None:
        if self.message_card is not None:
            self.core.load_sent(self._show_sent)

    def _show_sent(self, rows: tuple[SentRow, ...]) -> None:
        if self.message_card is not None:
            self.message_card.set_sent(rows)

    @Slot(object)
    def _unread_changed(self, messages: tuple[MessageRow, ...]) -> None:
        """The oldest stands across the window until it is read; a new one is also told outside of it."""
        new = {row.id for row in messages} - {row.id for row in self._messages}
        self._messages = messages
        if new:
            QApplication.alert(self.window_)
            by = next(row.sender for row in messages if row.id in new) or self.tr("a supervisor")
            self.window_.desktop.notice.say(self.tr("Message"), self.tr("From {0}").format(by))
        self._show_message()

    def _show_message(self) -> None:
        banners = self.window_.shell.banners
        if not self._messages:
            banners.clear(_MESSAGE)
            return
        first, more = self._messages[0], len(self._messages) - 1
        long = len(first.text) > _SHORT or first.text.count("\n") > 2
        text = f"{first.text[:_SHORT].rstrip()}…" if long else first.text
        by = self.tr("{0}, {1}").format(first.sender or self.tr("a supervisor"), dates.clock_time(first.at))
        if more:
            by = self.tr("{0} · {1} more").format(by, more)
        action = self.tr("Read…") if long else self.tr("I have read it")
        banners.set(_MESSAGE, text, kind="info", advice=by, action=action)

    @Slot(str)
    def _acted(self, key: str) -> None:
        if key != _MESSAGE or not self._messages:
            return
        first = self._messages[0]
        if len(first.text) <= _SHORT and first.text.count("\n") <= 2:
            self.core.mark_read(first.id)
            return
        title = self.tr("Message from {0}").format(first.sender or self.tr("a supervisor"))
        yes = self.tr("I have read it")
        ask.confirm(self.window_, title, first.text, yes, lambda: self.core.mark_read(first.id))
