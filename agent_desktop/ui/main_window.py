"""The main window: the shell with its pages, and the wiring between what people do and what the session does."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QByteArray, QSettings, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from agent_desktop import crash
from agent_desktop.core.centre import Centre
from agent_desktop.core.lists import Lists
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.views import (
    CallView,
    Notice,
    PhoneView,
    PopView,
    PresenceView,
    WrapUpView,
)
from agent_desktop.data.rows import WorkItem
from agent_desktop.ui import actions, ask
from agent_desktop.ui.admin_wiring import AdminWiring
from agent_desktop.ui.announce import announce
from agent_desktop.ui.board_wiring import BoardWiring
from agent_desktop.ui.caller_wiring import CallerWiring
from agent_desktop.ui.clash_wiring import ClashWiring
from agent_desktop.ui.copied import Copied
from agent_desktop.ui.desktop_wiring import DesktopWiring
from agent_desktop.ui.exchange_wiring import ExchangeWiring
from agent_desktop.ui.ivr_wiring import IvrWiring
from agent_desktop.ui.knowledge.knowledge_wiring import KnowledgeWiring
from agent_desktop.ui.layout_wiring import LayoutWiring
from agent_desktop.ui.list_wiring import CallsWiring, CustomersWiring, TicketsWiring
from agent_desktop.ui.merge_wiring import MergeWiring
from agent_desktop.ui.new_ticket_wiring import NewTicketWiring
from agent_desktop.ui.outbox_wiring import OutboxWiring
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.palette_wiring import PaletteWiring
from agent_desktop.ui.person_wiring import PersonWiring
from agent_desktop.ui.presence_badge import badge
from agent_desktop.ui.provisioning_wiring import ProvisioningWiring
from agent_desktop.ui.recording_wiring import RecordingWiring
from agent_desktop.ui.reports_wiring import ReportsWiring
from agent_desktop.ui.scripts.panel_wiring import ScriptPanelWiring
from agent_desktop.ui.scripts.scripts_wiring import ScriptsWiring
from agent_desktop.ui.settings_wiring import SettingsWiring
from agent_desktop.ui.shell import Shell
from agent_desktop.ui.shortcut_sheet import ShortcutSheet
from agent_desktop.ui.staffing_wiring import StaffingWiring
from agent_desktop.ui.supervise_wiring import SuperviseWiring
from agent_desktop.ui.transfer_wiring import TransferWiring
from agent_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from agent_desktop.core.workstation import Core

_PANELS = {"panel_caller": 1, "panel_history": 2, "panel_script": 3, "panel_wrap_up": 4, "panel_handoff": 5,
           "panel_knowledge": 6}  # fmt: skip


class MainWindow(QMainWindow):
    """One workstation on the screen. ``keep_calls`` says at the end whether the engine keeps a call."""

    def __init__(self, core: "Core"):
        super().__init__()
        self.core, self.session = core, core.session
        self.keep_calls = False
        self._closing = False
        self.practice_order: Callable[[str, float], None] | None = None  # set by the demonstration
        self.practice_pace = 1.0  # how much faster than the clock its colleagues are
        self.lists = Lists(core.store)
        self.shell = Shell()
        self.setCentralWidget(self.shell)
        self.setMinimumSize(1024, 640)
        self.setWindowTitle("Agent Desktop")
        self.workspace = Workspace(later=True)
        self.actions_ = actions.install(self)
        self._last_dialled = ""
        self._presence = self.session.presence_view()
        self._calls: tuple[CallView, ...] = ()
        self._sheet: ShortcutSheet | None = None
        self._copied = Copied(self)
        self._add_pages()
        self._wire_session()
        self._wire_bars()
        self._wire_workspace()
        self._wire_keys()
        self.desktop = DesktopWiring(self)
        crash.on_crash = self._crashed
        self.shell.show_page("workspace")
        self.shell.call_bar.focus_dial()
        self._show_now()

    # ------------------------------------------------------------------ wiring

    def _add_pages(self) -> None:
        self.calls_wiring = CallsWiring(self)
        self.customers_wiring = CustomersWiring(self)
        self.tickets_wiring = TicketsWiring(self)
        self.palette_wiring = PaletteWiring(self)
        self.settings_wiring = SettingsWiring(self)
        self.recording_wiring = RecordingWiring(self, self.update_possible)
        self.transfer_wiring = TransferWiring(self)
        self.caller_wiring = CallerWiring(self)
        self.script_wiring = ScriptPanelWiring(self)
        self.ivr_wiring = IvrWiring(self)
        self.new_ticket_wiring = NewTicketWiring(self)
        self.outbox_wiring = OutboxWiring(self)
        self.clash_wiring = ClashWiring(self)
        self.merge_wiring = MergeWiring(self)
        self.exchange_wiring = ExchangeWiring(self, self.update_possible)
        self.person_wiring = PersonWiring(self)
        self.shell.add_page("workspace", lambda: self.workspace)
        self.shell.add_page("calls", self.calls_wiring.build)
        self.shell.add_page("customers", self.customers_wiring.build)
        self.shell.add_page("tickets", self.tickets_wiring.build)
        self.layout_wiring = LayoutWiring(self)
        self.supervise_wiring = SuperviseWiring(self)
        self.board_wiring = BoardWiring(self)
        self.shell.add_page("board", self.board_wiring.build)
        self.reports_wiring = ReportsWiring(self)
        self.shell.add_page("reports", self.reports_wiring.build)
        self.staffing_wiring = StaffingWiring(self)
        self.shell.add_page("staffing", self.staffing_wiring.build)
        self.knowledge_wiring = KnowledgeWiring(self)
        self.shell.add_page("knowledge", self.knowledge_wiring.build)
        self.shell.add_page("settings", self.settings_wiring.build)
        self.admin_wiring = AdminWiring(self, self.update_possible)
        self.scripts_wiring = ScriptsWiring(self, self.update_possible)
        self.provisioning_wiring = ProvisioningWiring(self)

    def _wire_session(self) -> None:
        session, core, bar, top = self.session, self.core, self.shell.call_bar, self.shell.top_bar
        session.calls_changed.connect(self._calls_changed)
        session.rang.connect(self._rang)
        session.pop_changed.connect(self._pop_changed)
        session.wrap_up_changed.connect(self._wrap_up_changed)
        session.presence_changed.connect(self._presence_changed)
        session.phone_changed.connect(bar.set_phone)
        session.phone_changed.connect(top.set_phone)
        session.phone_changed.connect(self._phone_changed)
        session.levels_changed.connect(bar.set_levels)
        session.quality_changed.connect(bar.set_quality)
        session.centre_changed.connect(self._centre_changed)
        session.notice.connect(self.shell.notify)
        self.shell.page_shown.connect(lambda _name: self.update_possible())
        core.home.changed.connect(self.workspace.set_home)
        core.home.queues_changed.connect(top.set_queues)
        core.work.changed.connect(self._work_changed)

    def _wire_bars(self) -> None:
        session, bar, top = self.session, self.shell.call_bar, self.shell.top_bar
        calls = session.calls
        bar.dial.connect(self.dial)
        bar.text_edited.connect(self._suggest_for_dial)
        bar.answer.connect(calls.answer)
        bar.decline.connect(calls.decline)
        bar.end.connect(calls.end)
        bar.mute.connect(calls.toggle_mute)
        bar.hold.connect(calls.toggle_hold)
        bar.digit.connect(calls.send_digits)
        bar.emphasise.connect(calls.emphasise)
        top.ready_wanted.connect(session.set_ready)
        top.paused_wanted.connect(lambda _reason_id, label: session.set_paused(label))
        top.offline_wanted.connect(session.set_offline)
        top.pbx_right_wanted.connect(session.own.put_pbx_right)
        top.search_wanted.connect(self.palette_wiring.open)
        top.queue_chosen.connect(lambda _queue_id: self.shell.show_page("board"))
        top.practice_speed.connect(lambda speed: self._order_practice("speed", speed))
        top.practice_call_wanted.connect(lambda: self._order_practice("call", 0.0))
        self.shell.rail.chosen.connect(self._rail_chosen)

    def _wire_workspace(self) -> None:
        self.workspace.prepared.connect(self.caller_wiring.prepared)
        self.workspace.prepared.connect(self.knowledge_wiring.prepared)
        home = self.workspace.home
        home.call_work.connect(self.core.work.call)
        home.finish_work.connect(self.core.work.finish)
        home.open_customer.connect(self.customers_wiring.open)
        home.open_interaction.connect(self.calls_wiring.open)
        home.all_calls_wanted.connect(lambda: self.shell.show_page("calls"))

    def _wire_keys(self) -> None:
        session, bar, space = self.session, self.shell.call_bar, self.workspace
        calls = session.calls
        handlers: dict[str, Callable[[], object]] = {
            "answer": calls.answer,
            "mute": calls.toggle_mute,
            "hold": calls.toggle_hold,
            "transfer": bar.open_transfer,
            "keypad": bar.toggle_keypad,
            "end": self._end,
            "decline_second": calls.decline,
            "dial": bar.focus_dial,
            "redial": lambda: self.dial(self._last_dialled),
            "ready": session.toggle_ready,
            "pbx_right": session.own.put_pbx_right,
            "pause": lambda: self.shell.top_bar.open_state_menu(reasons_only=True),
            "palette": self.palette_wiring.open,
            "new_ticket": self.new_ticket_wiring.open,
            "snippets": self.knowledge_wiring.open_snippets,
            "copy_number": self.caller_wiring.copy_number,
            "filter": self._focus_filter,
            "sheet": self._show_sheet,
            "settings": self.settings_wiring.open,
            "test_sound": self.settings_wiring.open_sound_check,
            "full_screen": self._toggle_full_screen,
            "next_alert": self._next_alert,
            "save_draft": self._save_draft,
            "complete": self._complete,
            "extend": session.extend_wrap_up,
        }
        for name in actions.SCREENS:
            handlers[name] = lambda name=name: self.shell.show_page(name)  # type: ignore[misc]
        for name, panel in _PANELS.items():
            handlers[name] = lambda panel=panel: self._panel(panel)  # type: ignore[misc]
        for name, handler in handlers.items():
            self.actions_[name].triggered.connect(lambda _checked=False, handler=handler: handler())
        space.shown_changed.connect(lambda _caller: self.update_possible())

    def _show_now(self) -> None:
        """Everything that was known before this window existed."""
        self._centre_changed(self.session.centre)
        self._presence_changed(self.session.presence_view())
        self.shell.call_bar.set_phone(self.session.phone_view)
        self.shell.top_bar.set_phone(self.session.phone_view)
        self.outbox_wiring.database_changed(self.core.store.view)
        self.update_possible()

    # ----------------------------------------------------------- what happened

    @Slot(object)
    def _calls_changed(self, calls: tuple[CallView, ...]) -> None:
        self._calls = calls
        self.shell.call_bar.set_calls(calls)
        self.update_possible()

    @Slot(object)
    def _rang(self, call: CallView) -> None:
        self.shell.call_bar.repaint()  # at once, before any database answer
        words = self.tr("Incoming call: {0}").format(call.name)
        announce(self.shell.call_bar, f"{words}, {call.queue}" if call.queue else words, assertive=True)
        QApplication.alert(self)
        self.shell.offer_page("workspace")

    @Slot(object)
    def _pop_changed(self, view: PopView | None) -> None:
        self.workspace.set_pop(view)

    @Slot(object)
    def _wrap_up_changed(self, view: WrapUpView | None) -> None:
        self.workspace.set_wrap_up(view)
        if view is not None and view.in_wrap_up:
            self.shell.offer_page("workspace")
        self.update_possible()

    @Slot(object)
    def _presence_changed(self, view: PresenceView) -> None:
        self._presence = view
        self.shell.top_bar.set_presence(view)
        self.shell.call_bar.set_presence(view)
        self.update_possible()
        self._name_window()

    @Slot(object)
    def _phone_changed(self, view: PhoneView) -> None:
        self.workspace.home.work.set_phone_usable(view.usable)
        self.update_possible()
        self._name_window()

    def _name_window(self) -> None:
        """The state in the title: it is all that a task bar shows."""
        self.setWindowTitle(f"{badge(self._presence, self.session.phone_view).words} – Agent Desktop")

    @Slot(object)
    def _centre_changed(self, centre: Centre) -> None:
        agent = self.session.agent
        self.lists.agent_id = agent.id if agent is not None else None
        self._work_changed(self.core.work.items)  # what was there before this window
        self.shell.top_bar.set_pause_reasons(centre.pause_reasons)
        login = self.session.settings.work.agent_login
        unknown = self.core.store.ready and agent is None
        words = self.tr("Nobody in this database signs in as “{0}”: calls are recorded without an agent.")
        advice = self.tr("Put your login into Settings, Work.")
        if centre.server:
            words = self.tr("The login that is signed in is a service’s: nothing that an agent does can be kept.")
            advice = self.tr("Sign out, and in again with your own login.")
        self.shell.banners.set(
            "agent",
            words.format(login) if unknown else "",
            advice=advice,
        )
        if agent is not None:
            self.shell.top_bar.set_agent(agent.name)
            self.workspace.set_agent(agent.id, agent.name)
        self.shell.call_bar.refresh_targets()
        self.shell.call_bar.set_voicemail(bool(self.session.settings.phone.voicemail))

    @Slot(object)
    def _work_changed(self, items: tuple[WorkItem, ...]) -> None:
        self.workspace.set_work(items, self.lists.agent_id, self.core.work.as_of)

    def _crashed(self, found: crash.Crash) -> None:
        words = self.tr("Something went wrong in this program: {0}. It is in the log; your work is kept.")
        notice = Notice(words.format(found.summary), "bad")
        QTimer.singleShot(0, self, lambda: self.shell.notify(notice))

    # ------------------------------------------------------------------ intents

    @Slot(str)
    def dial(self, number: str, name: str = "", customer_id: UUID | None = None) -> None:
        """Call a number from anywhere in the window."""
        if number.strip():
            self.session.outgoing.dial(number, name, customer_id, lambda _call: self._dialled(number))

    def _dialled(self, number: str) -> None:
        self._last_dialled = number
        self.shell.show_page("workspace")

    def _suggest_for_dial(self, text: str) -> None:
        bar = self.shell.call_bar
        if len(text.strip()) < 2:
            bar.set_suggestions((), text)
        else:
            self.lists.suggest("dial", text, 8, lambda lines: bar.set_suggestions(lines, text))

    @Slot(object, str)
    def open_history_row(self, row_id: UUID, channel: str) -> None:
        if channel == "ticket":
            self.tickets_wiring.open(row_id)
        else:
            self.calls_wiring.open(row_id)

    def _panel(self, number: int) -> None:
        self.shell.show_page("workspace")
        self.workspace.focus_panel(number)

    def _rail_chosen(self, name: str) -> None:
        self.actions_[name].trigger()

    def _focus_filter(self) -> None:
        page = self.shell.build_page(self.shell.current())
        focus = getattr(page, "focus_filter", None)
        if focus is not None:
            focus()

    def _show_sheet(self) -> None:
        overlay = Overlay.of(self)
        if self._sheet is not None and overlay.top_card() is self._sheet:
            overlay.dismiss(self._sheet)
            return
        if self._sheet is not None:
            overlay.dismiss(self._sheet, answered=True)
            self._sheet.deleteLater()
        self._sheet = ShortcutSheet(room=self.width() - 48)  # anew: its columns depend on text size and room
        self._sheet.closed.connect(lambda: overlay.dismiss(self._sheet, answered=True))
        overlay.present(self._sheet)

    def _next_alert(self) -> None:
        board = self.shell.show_page("board")
        board.next_alert()  # type: ignore[attr-defined]  # the board's type is imported when first looked at

    def _end(self) -> None:
        """The call; where there is none, listening to a colleague's."""
        if self._calls:
            self.session.calls.end()
        else:
            self.core.monitoring.end()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _save_draft(self) -> None:
        """The save key saves what is on screen: settings, a customer, else the wrap-up's draft."""
        pages = (
            self.settings_wiring,
            self.customers_wiring,
            self.admin_wiring,
            self.scripts_wiring,
            self.knowledge_wiring,
        )
        saved = any(page.save_now() for page in pages)
        if not saved and self.workspace.interaction() is not None:
            self.workspace.wrap_up.save_draft()

    def _complete(self) -> None:
        if not self.new_ticket_wiring.submit() and self.workspace.interaction() is not None:
            self.workspace.wrap_up.complete()

    def _order_practice(self, what: str, value: float) -> None:
        if self.practice_order is not None:
            self.practice_order(what, value)

    def update_possible(self) -> None:
        """Switch the actions that make sense now."""
        names = actions.possible(
            self._calls,
            self._presence.presence,
            phone_usable=self.session.phone_view.usable,
            logging=self.workspace.interaction() is not None,
            redial=bool(self._last_dialled),
            recording=self.recording_wiring.view,
            voicemail=bool(self.session.settings.phone.voicemail),
        )
        if self.shell.current() in ("settings", "customers", "admin", "scripts", "knowledge"):
            names |= {"save_draft"}
        if self._presence.pbx not in (None, Difference.UNREACHABLE):
            names |= {"pbx_right"}
        if self.core.address is not None:
            names |= {"sign_out"}
        if self.exchange_wiring.core.permission.given:
            names |= {"import"}
        if self.merge_wiring.customer() is not None:
            names |= {"merge"}
        if self.admin_wiring.allowed:
            names |= {"admin"}
        if self.scripts_wiring.allowed:
            names |= {"scripts"}
        names |= self.supervise_wiring.possible() | self.ivr_wiring.possible()
        actions.set_possible(self.actions_, names)
        self.palette_wiring.set_possible(names)

    def action(self, name: str) -> QAction:
        return self.actions_[name]

    # -------------------------------------------------------------------- place

    def restore_place(self) -> None:
        """Where the window was; in the middle of the screen if that is gone."""
        kept = QSettings(str(self.core.profile.window_file), QSettings.Format.IniFormat).value("geometry")
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, room.width() - 8), min(900, room.height() - 40))  # with its title and border
        screens = QGuiApplication.screens()
        if not any(screen.availableGeometry().intersects(self.geometry()) for screen in screens):
            self.move(screens[0].availableGeometry().topLeft())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._calls and not self._closing:
            event.ignore()
            self._ask_before_closing()
            return
        place = QSettings(str(self.core.profile.window_file), QSettings.Format.IniFormat)
        place.setValue("geometry", self.saveGeometry())
        place.sync()
        self.layout_wiring.close_wallboard()
        self.scripts_wiring.close()
        self.desktop.close()
        crash.on_crash = None
        super().closeEvent(event)

    def _ask_before_closing(self) -> None:
        def close(keep: object) -> None:
            self.keep_calls, self._closing = bool(keep), True
            self.close()

        options = ((True, self.tr("Close and keep the call")), (False, self.tr("Hang up and close")))
        text = self.tr("The phone can keep it for you: start again within a minute to take it back.")
        ask.choice(self, self.tr("A call is still running"), options, close, text=text)
