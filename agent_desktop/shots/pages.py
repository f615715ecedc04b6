"""Lists, settings, administration, files and what is asked in between."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from agent_desktop import demo, server_address
from agent_desktop import settings as settings_file
from agent_desktop.core import interaction_ids
from agent_desktop.data import operations as op
from agent_desktop.shots.studio import NOTE, Studio
from agent_desktop.ui.account_list import AccountList
from agent_desktop.ui.first_run import CENTRE, FirstRunPage
from agent_desktop.ui.overlay import Overlay

LIST = """\
First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Value,Notes
Łucja,Żak,Młyn sp. z o.o.,Mobile,+48 605 442 190,l.zak@mlyn.example,pays late
Jörg,Groß,Bäcker & Söhne,Work,0049 221 4710,joerg@baecker.example,
Ann,O'Hara,Acme,Work,ask the desk,ann@acme.example,
"""

QUEUE_LOG = """\
1795290028|pbx-1795290025.0|billing|NONE|ENTERQUEUE||5551234|1
1795290029|pbx-1795290025.0|billing|Agent 7|CONNECT|1|pbx-1795290028.1|1
1795290036|pbx-1795290025.0|billing|Agent 7|COMPLETEAGENT|1|7|1
1795290044|pbx-1795290042.2|night|NONE|ENTERQUEUE||5551234|1
1795290055|pbx-1795290042.2|night|NONE|ABANDON|1|1|11
1795290061|pbx-179529
"""


class Pages:
    """Scenes without a call."""

    def __init__(self, studio: Studio):
        self.studio = studio

    def take(self) -> None:
        """All of them; at the end the workspace is shown."""
        self._screens()
        self._overlays()
        self._files()
        self._database()
        self._first_start()

    def _screens(self) -> None:
        for name in ("calls", "customers", "tickets", "settings"):
            self.studio.act(name)
            self.studio.wait(0.8)
            if name != "settings":
                self.studio.act("filter")
                self.studio.press(Qt.Key.Key_Down)
                self.studio.press(Qt.Key.Key_Return)
            self.studio.wait(0.8)
            self.studio.take(name)
            if name == "customers":
                self._merging()
        self._accounts()
        self._administration()
        self.studio.act("workspace")

    def _merging(self) -> None:
        """Two customers side by side, and the list of merges made."""
        page = self.studio.window.customers_wiring.page
        assert page is not None
        lines = page.list.table.rows_model.rows
        self.studio.window.merge_wiring.compare(lines[2].id, lines[3].id)
        self.studio.wait(5, lambda: Overlay.of(self.studio.window).top_card() is not None)
        self.studio.wait(0.4)
        self.studio.take("merge")
        Overlay.of(self.studio.window).dismiss()
        self.studio.window.merge_wiring.open_list()
        self.studio.wait(0.8)
        self.studio.take("merges")
        Overlay.of(self.studio.window).dismiss()

    def _administration(self) -> None:
        """Every section with its first record, and one with something typed into it."""
        self.studio.act("admin")
        page = self.studio.window.admin_wiring.page
        assert page is not None
        self.studio.wait(5, lambda: self.studio.window.admin_wiring.core.snapshot is not None)
        self.studio.wait(0.3)
        for key in page.keys:
            section = page.open(key)
            section.table.choose_first()
            self.studio.take(f"administration-{key}")
        section = page.open("queues")
        section.editor.boxes["wrap_up_s"].control.set_value(60)
        self.studio.take("administration-typed")
        section.editor.discard()

    def _accounts(self) -> None:
        """The settings of the phone, with two further accounts of which the second is not filled in."""
        page = self.studio.window.settings_wiring.page
        assert page is not None
        page.controls["phone.mode"].set_value("account")
        page.controls["phone.mode"].changed.emit()
        accounts = page.controls["phone.more_accounts"].widget
        assert isinstance(accounts, AccountList)
        known = settings_file.Account(user="2044", domain="sip.example.net", transport="tls", srtp="required")
        accounts.set_value((known,))
        accounts.add.click()
        self.studio.wait(0.4)
        area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(accounts))
        self.studio.take("phone-accounts", again=lambda: area.ensureWidgetVisible(accounts.cards[0], 0, 60))
        page.revert()

    def _overlays(self) -> None:
        self.studio.act("palette")
        QTest.keyClicks(QApplication.focusWidget() or self.studio.window, "mar")
        self.studio.wait(0.6)
        self.studio.take("palette")
        Overlay.of(self.studio.window).dismiss()
        self.studio.act("sheet")
        self.studio.take("shortcuts")
        Overlay.of(self.studio.window).dismiss()

    def _files(self) -> None:
        """A list of another program's, its columns, and what would happen."""
        file = self.studio.folder / "contacts.csv"
        file.write_text(LIST, encoding="utf-8")
        card = self.studio.window.exchange_wiring.open_import()
        card.set_path(file)
        self.studio.wait(5, card.check.isVisible)
        self.studio.take("import-columns")
        card.check.click()
        self.studio.wait(5, card.run.isVisible)
        self.studio.take("import-check")
        card.run.click()
        self.studio.wait(5, card.done.isVisible)
        Overlay.of(self.studio.window).dismiss()
        self.studio.window.exchange_wiring.open_import()
        self.studio.wait(5, card.past.isVisible)
        self.studio.take("imports")
        log = self.studio.folder / "queue_log"
        log.write_text(QUEUE_LOG)
        card.set_path(log)
        self.studio.wait(5, card.history.check.isVisible)
        card.history.check.click()
        self.studio.wait(5, card.history.run.isVisible)
        self.studio.take("import-history")
        Overlay.of(self.studio.window).dismiss()
        file.unlink()
        log.unlink()
        self.studio.window.exchange_wiring.open_export()
        self.studio.take("export")
        Overlay.of(self.studio.window).dismiss()

    def _database(self) -> None:
        """What the database refused, and the password asked for again as on a centre's server."""
        session, store, person = (
            self.studio.window.session,
            self.studio.window.core.store,
            self.studio.window.person_wiring,
        )
        agent_id = session.agent.id if session.agent is not None else None
        address, key = {"address": "New street 2"}, interaction_ids.new_id()
        store.put(
            op.SaveCustomer(agent_id=agent_id, customer_id=key, version=0, fields=address),
            op.UpdateTicket(agent_id=agent_id, event_id=key, ticket_id=key, comment=NOTE),
        )
        self.studio.wait(5, lambda: len(store.journal.refused()) == 2)
        self.studio.act("outbox")
        self.studio.take("outbox")
        Overlay.of(self.studio.window).dismiss()
        store.discard(*store.journal.refused())
        person.address = server_address.made("db.centre.example", "centre", demo.AGENT)
        person.sign_in_again()
        self.studio.take("sign-in")
        Overlay.of(self.studio.window).dismiss()
        person.address = None

    def _first_start(self) -> None:
        page = FirstRunPage(address=server_address.made("db.centre.example", "centre", demo.AGENT))
        page.use.choose(CENTRE)
        page.resize(900, 720)
        page.show()
        page.focus_first()
        self.studio.take("first-start", lambda: page)
        page.close()
        page.deleteLater()
