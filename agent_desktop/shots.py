"""Screenshots of every screen from the real program on demo data, light and dark, in the sizes that must hold."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from agent_desktop import app, demo, server_address
from agent_desktop import settings as settings_file
from agent_desktop.core import interaction_ids, recording_review
from agent_desktop.core.board_lists import IN_LEVEL, Behind
from agent_desktop.core.states import CallState
from agent_desktop.core.workstation import build_core
from agent_desktop.data import operations as op
from agent_desktop.exit_codes import Exit
from agent_desktop.practice.control import PracticeOptions
from agent_desktop.ui import theme
from agent_desktop.ui.account_list import AccountList
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay

MARTA = "+48601442190"
COLLEAGUE = ("102", "Jonas Lind")  # answers soon: the last digit decides
NOTE = (
    "October bill used an estimate (8 412 kWh). Customer sent a photo of the meter: 48 655. "
    "Re-read stays on Tuesday 08-12, bill paused until then."
)

LIST = """\
First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Value,Notes
Łucja,Żak,Młyn sp. z o.o.,Mobile,+48 605 442 190,l.zak@mlyn.example,pays late
Jörg,Groß,Bäcker & Söhne,Work,0049 221 4710,joerg@baecker.example,
Ann,O'Hara,Acme,Work,ask the desk,ann@acme.example,
"""


class Look(msgspec.Struct, frozen=True):
    """One way to show everything."""

    name: str
    mode: str = "light"
    size: tuple[int, int] = (1440, 900)
    text_size: int = 100
    mirrored: bool = False


QUEUE_LOG = """\
1795290028|pbx-1795290025.0|billing|NONE|ENTERQUEUE||5551234|1
1795290029|pbx-1795290025.0|billing|Agent 7|CONNECT|1|pbx-1795290028.1|1
1795290036|pbx-1795290025.0|billing|Agent 7|COMPLETEAGENT|1|7|1
1795290044|pbx-1795290042.2|night|NONE|ENTERQUEUE||5551234|1
1795290055|pbx-1795290042.2|night|NONE|ABANDON|1|1|11
1795290061|pbx-179529
"""


LOOKS = (
    Look("light"),
    Look("dark", mode="dark"),
    Look("small", size=(1280, 720)),
    Look("large-text", mode="dark", text_size=150),
    Look("rtl", mirrored=True),
)


class Studio:
    """Drives one window through the screens; each scene is taken in every look."""

    def __init__(self, window: MainWindow, practice: demo.Practice, folder: Path):
        self.window, self.practice, self.folder = window, practice, folder
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.application = application
        self.taken: list[Path] = []

    def take(
        self,
        scene: str,
        small: Callable[[], QWidget | None] = lambda: None,
        again: Callable[[], object] = lambda: None,
    ) -> None:
        """The present scene in every look; ``small`` finds the window to show instead of the main one, ``again``
        does what another size has undone."""
        for look in LOOKS:
            self._dress(look)
            self.wait(0.35)
            again()
            self.wait(0.1)
            file = self.folder / f"{scene}-{look.name}.png"
            if not (small() or self.window).grab().save(str(file)):
                raise OSError(f"the picture cannot be written: {file}")
            self.taken.append(file)
        self._dress(LOOKS[0])

    def _dress(self, look: Look) -> None:
        direction = Qt.LayoutDirection.RightToLeft if look.mirrored else Qt.LayoutDirection.LeftToRight
        if self.application.layoutDirection() != direction:
            self.application.setLayoutDirection(direction)
        if (theme.mode, theme.scale) != (look.mode, look.text_size / 100):
            theme.apply(self.application, look.mode, look.text_size)
        self.window.resize(*look.size)

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let the program run for so long, or until something is so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.004)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def act(self, name: str) -> None:
        """An action by name, as its key would."""
        self.window.action(name).trigger()
        self.wait(0.3)

    # ---------------------------------------------------------------- scenes

    def everything(self) -> None:
        session = self.window.session
        self.wait(20, lambda: self.practice.is_ready)
        self.practice.switch.quiet(True)
        self.wait(3)
        self.act("workspace")
        self.window.shell.call_bar.focus_dial()
        self.take("home")
        self._screens()
        self._overlays()
        self._files()
        self._database()
        self._first_start()
        self.practice.switch.call("Billing", MARTA, wait_s=48, patience_s=3600, talk_s=600)
        self.wait(10, lambda: session.book.ringing() is not None)
        self.wait(0.8)
        self.take("ringing")
        self.act("answer")
        self.wait(5, lambda: bool(session.book.views()) and session.book.views()[0].answered_at is not None)
        self.wait(1.2)
        self.act("panel_wrap_up")
        self._type_note()
        self.take("active")
        self.practice.switch.call("Outages", "+34612770410", wait_s=12, patience_s=3600, talk_s=60)
        self.wait(6, lambda: session.book.ringing() is not None)
        self.wait(0.5)
        self.take("second-call")
        self.act("decline_second")
        self.wait(1)
        self.act("end")
        self.wait(1)
        self.act("panel_wrap_up")
        self.press(Qt.Key.Key_3)
        self.take("wrap-up")
        self.act("new_ticket")
        self.take("ticket-form")
        Overlay.of(self.window).dismiss()
        self.act("complete")
        self.wait(0.5)
        self._unknown_caller()
        self._several_calls()
        self._transfer()
        self._recording()
        self._arrival()
        self._small_windows()
        self.act("board")
        self.practice.switch.set_speed(8)
        self.wait(6)
        self.take("board")
        self._behind_the_board()
        self._staffing()

    def _staffing(self) -> None:
        """The running quarter hour with two more agents, and the day after tomorrow as needed."""
        self.act("staffing")
        page = self.window.staffing_wiring.page
        assert page is not None
        page.now.agents.slider.setValue(2)
        self.wait(2)
        self.take("staffing")
        page.view.choose(1)
        self.wait(10, lambda: page.day.states.shown() == "content")
        self.take("staffing-day")

    def _behind_the_board(self) -> None:
        """What its figures count, a chart in numbers, and an hour ago."""
        wiring, overlay = self.window.board_wiring, Overlay.of(self.window)
        wiring.open_visits(Behind(wiring.window_.core.live.board.queues[0], parts=IN_LEVEL))
        self.wait(0.8)
        self.take("board-visits")
        overlay.dismiss()
        wiring.open_table(0, None)
        self.take("board-table")
        overlay.dismiss()
        self.act("look_back")
        page = wiring.page
        assert page is not None
        for _ in range(3):
            QTest.keyClick(page.time.slider, Qt.Key.Key_PageDown)
        self.wait(6, lambda: page.time.moment.text().count(":") == 2)
        self.wait(1)
        self.take("board-past")
        page.time.left.emit()

    def _merging(self) -> None:
        """Two customers side by side, and the list of merges made."""
        page = self.window.customers_wiring.page
        assert page is not None
        lines = page.list.table.rows_model.rows
        self.window.merge_wiring.compare(lines[2].id, lines[3].id)
        self.wait(5, lambda: Overlay.of(self.window).top_card() is not None)
        self.wait(0.4)
        self.take("merge")
        Overlay.of(self.window).dismiss()
        self.window.merge_wiring.open_list()
        self.wait(0.8)
        self.take("merges")
        Overlay.of(self.window).dismiss()

    def _screens(self) -> None:
        for name in ("calls", "customers", "tickets", "settings"):
            self.act(name)
            self.wait(0.8)
            if name != "settings":
                self.act("filter")
                self.press(Qt.Key.Key_Down)
                self.press(Qt.Key.Key_Return)
            self.wait(0.8)
            self.take(name)
            if name == "customers":
                self._merging()
        self._accounts()
        self._administration()
        self.act("workspace")

    def _administration(self) -> None:
        """Every section with its first record, and one with something typed into it."""
        self.act("admin")
        page = self.window.admin_wiring.page
        assert page is not None
        self.wait(5, lambda: self.window.admin_wiring.core.snapshot is not None)
        self.wait(0.3)
        for key in page.keys:
            section = page.open(key)
            section.table.choose_first()
            self.take(f"administration-{key}")
        section = page.open("queues")
        section.editor.boxes["wrap_up_s"].control.set_value(60)
        self.take("administration-typed")
        section.editor.discard()

    def _accounts(self) -> None:
        """The settings of the phone, with two further accounts of which the second is not filled in."""
        page = self.window.settings_wiring.page
        assert page is not None
        page.controls["phone.mode"].set_value("account")
        page.controls["phone.mode"].changed.emit()
        accounts = page.controls["phone.more_accounts"].widget
        assert isinstance(accounts, AccountList)
        known = settings_file.Account(user="2044", domain="sip.example.net", transport="tls", srtp="required")
        accounts.set_value((known,))
        accounts.add.click()
        self.wait(0.4)
        area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(accounts))
        self.take("phone-accounts", again=lambda: area.ensureWidgetVisible(accounts.cards[0], 0, 60))
        page.revert()

    def _overlays(self) -> None:
        self.act("palette")
        QTest.keyClicks(QApplication.focusWidget() or self.window, "mar")
        self.wait(0.6)
        self.take("palette")
        Overlay.of(self.window).dismiss()
        self.act("sheet")
        self.take("shortcuts")
        Overlay.of(self.window).dismiss()

    def _files(self) -> None:
        """A list of another program's, its columns, and what would happen."""
        file = self.folder / "contacts.csv"
        file.write_text(LIST, encoding="utf-8")
        card = self.window.exchange_wiring.open_import()
        card.set_path(file)
        self.wait(5, card.check.isVisible)
        self.take("import-columns")
        card.check.click()
        self.wait(5, card.run.isVisible)
        self.take("import-check")
        card.run.click()
        self.wait(5, card.done.isVisible)
        Overlay.of(self.window).dismiss()
        self.window.exchange_wiring.open_import()
        self.wait(5, card.past.isVisible)
        self.take("imports")
        log = self.folder / "queue_log"
        log.write_text(QUEUE_LOG)
        card.set_path(log)
        self.wait(5, card.history.check.isVisible)
        card.history.check.click()
        self.wait(5, card.history.run.isVisible)
        self.take("import-history")
        Overlay.of(self.window).dismiss()
        file.unlink()
        log.unlink()
        self.window.exchange_wiring.open_export()
        self.take("export")
        Overlay.of(self.window).dismiss()

    def _database(self) -> None:
        """What the database refused, and the password asked for again as on a centre's server."""
        session, store, person = self.window.session, self.window.core.store, self.window.person_wiring
        agent_id = session.agent.id if session.agent is not None else None
        address, key = {"address": "New street 2"}, interaction_ids.new_id()
        store.put(
            op.SaveCustomer(agent_id=agent_id, customer_id=key, version=0, fields=address),
            op.UpdateTicket(agent_id=agent_id, event_id=key, ticket_id=key, comment=NOTE),
        )
        self.wait(5, lambda: len(store.journal.refused()) == 2)
        self.act("outbox")
        self.take("outbox")
        Overlay.of(self.window).dismiss()
        store.discard(*store.journal.refused())
        person.address = server_address.made("db.centre.example", "centre", demo.AGENT)
        person.sign_in_again()
        self.take("sign-in")
        Overlay.of(self.window).dismiss()
        person.address = None

    def _first_start(self) -> None:
        from agent_desktop.ui.first_run import CENTRE, FirstRunPage

        page = FirstRunPage(address=server_address.made("db.centre.example", "centre", demo.AGENT))
        page.use.choose(CENTRE)
        page.resize(900, 720)
        page.show()
        page.focus_first()
        self.take("first-start", lambda: page)
        page.close()
        page.deleteLater()

    def _unknown_caller(self) -> None:
        session = self.window.session
        self.practice.switch.call("Moves", "+4915200000042", name="", wait_s=9, patience_s=3600, talk_s=60)
        self.wait(6, lambda: session.book.ringing() is not None)
        self.wait(0.8)
        self.take("unknown-caller")
        self.act("end")
        self.wait(1)

    def _ring(self, queue: str, number: str, **details: object) -> None:
        book = self.window.session.book
        self.practice.switch.call(queue, number, **{"wait_s": 12, "patience_s": 3600, "talk_s": 600, **details})
        self.wait(10, lambda: book.ringing() is not None)
        self.wait(0.8)

    def _answer(self) -> None:
        self.act("answer")
        self.wait(5, lambda: self.window.session.book.ringing() is None)
        self.wait(1)

    def _finish(self) -> None:
        """Every call ends, and each one's wrap-up."""
        book = self.window.session.book
        while book.running():
            self.act("end")
            self.wait(0.6)
        for _ in range(6):
            if not self.window.action("complete").isEnabled():
                break
            self.act("panel_wrap_up")
            self.press(Qt.Key.Key_1)
            self.act("complete")
            self.wait(0.6)

    def _several_calls(self) -> None:
        self._finish()
        self._ring("Billing", MARTA)
        self._answer()
        self._ring("Outages", "+34612770410")
        self._answer()
        self._ring("Moves", "+4915200000042", name="")
        self.take("three-calls")
        self.act("decline_second")
        self.wait(0.8)

    def _transfer(self) -> None:
        """Two calls become one, which a colleague is asked about and then joins."""
        book = self.window.session.book
        self.act("end")
        self.wait(0.8)
        self.act("hold")
        self.take("transfer", again=lambda: self.act("transfer"))
        self.press(Qt.Key.Key_Escape)
        self.window.session.outgoing.consult(*COLLEAGUE)  # whether or not they are ready on this made-up day
        self.wait(8, lambda: len(talking := book.views()) > 1 and talking[-1].state is CallState.TALKING)
        self.wait(1)
        self.take("consult", again=lambda: self.act("transfer"))
        self.act("join")
        self.wait(3, lambda: all(view.joined for view in book.views()))
        self.take("conference", again=lambda: self.act("transfer"))
        self.act("end")
        self.wait(0.8)

    def _recording(self) -> None:
        """The first call goes on alone."""
        profile, recordings = self.window.core.profile, self.window.core.recordings
        key = recording_review.make_key(profile.root / "shots.key")
        recordings.apply(settings_file.Recording(enabled=True, public_key=key, consent="announced"))
        if not self.window.session.book.running():
            self._ring("Billing", MARTA)
            self._answer()
        self.act("record")
        self.wait(1.5)
        self.take("recording")
        self._finish()

    def _arrival(self) -> None:
        """A colleague sends Marta on, whom somebody talked with this morning."""
        sender = {"Referred-By": '"Jonas Lind (102)" <sip:102@127.0.0.1>'}
        self._ring("Billing", MARTA, headers=sender)
        self.take("arrival")
        self._finish()

    def _small_windows(self) -> None:
        desktop = self.window.desktop
        desktop.rings.when = "always"
        self._ring("Billing", MARTA)
        self.take("ringing-window", lambda: desktop.rings.windows[0])
        self._answer()
        desktop.rings.when = "covered"
        self.act("mini_bar")
        self.take("mini-bar", lambda: desktop.mini_bar)
        self.act("mini_bar")
        self._finish()

    def _type_note(self) -> None:
        from PySide6.QtWidgets import QPlainTextEdit

        for _ in range(16):
            if isinstance(QApplication.focusWidget(), QPlainTextEdit):
                break
            self.press(Qt.Key.Key_Tab)
        QTest.keyClicks(QApplication.focusWidget() or self.window, NOTE)
        self.wait(0.4)


def take(directory: Path) -> int:
    """Take all pictures into ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    application = app.make_application()
    with demo.temporary_profile() as profile:
        profile.make()
        settings = demo.prepare(profile)
        core = build_core(profile, settings)
        theme.apply(application, "light", 100)
        window = MainWindow(core)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        core.start()
        practice = demo.Practice(core, PracticeOptions(speed=4, hour=11))
        practice.attach(window)
        studio = Studio(window, practice, directory)
        try:
            studio.everything()
        finally:
            practice.stop()
            core.stop()
            window.close()
    print(f"{len(studio.taken)} pictures in {directory}")
    return Exit.OK
