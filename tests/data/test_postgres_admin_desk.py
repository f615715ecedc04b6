"""An administrator's desk and a new colleague's, both from their first start: passwords, roles, teams and their end."""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop import app, crash, secrets
from agent_desktop import settings as settings_file
from agent_desktop.data import access, admin_people, local_key
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.settings import Phone, Settings
from agent_desktop.ui.admin_password import HandOver
from agent_desktop.ui.first_run import CENTRE, DIRECT, FirstRunPage
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.password_card import PasswordCard
from tests.data.test_postgres_sign_in import drive, main_window, shown
from tests.support import sip
from tests.support.ports import HOST
from tests.support.postgres import Server

pytestmark = pytest.mark.usefixtures("qapp")
OWN = "ein eigenes Passwort"
Steps = Iterator[Callable[[], object]]


def first_start(server: Server, company: str, login: str, password: str) -> Steps:
    """Tell a new desk where the centre is; a slip in the password first."""
    yield lambda: shown(FirstRunPage)
    page = shown(FirstRunPage)
    page.use.choose(CENTRE)
    page.phone.choose(DIRECT)
    for edit, text in ((page.host, f"{HOST}:{server.port}"), (page.database, company), (page.db_login, login)):
        edit.setText(text)
    page.db_password.setText(password[:-1])
    page.finish()
    yield page._error.isVisible
    assert page._error.text() == "Login and password do not belong together."
    page.db_password.setText(password)
    page.finish()
    yield main_window(login)


def administrator(server: Server, company: str, made: list[str]) -> Steps:
    yield from first_start(server, company, "ada", "ada's own")
    window = shown(MainWindow)
    yield lambda: window.admin_wiring.allowed
    window.action("admin").trigger()
    page = window.admin_wiring.page
    yield lambda: page.pages["people"].table.rows_model.rows
    section = page.open("people")
    section.new.click()
    for name, value in (("name", "Mira Novák"), ("login", "mira"), ("role", "supervisor")):
        section.editor.boxes[name].control.set_value(value)
    section.editor.try_save()
    yield lambda: isinstance(Overlay.of(window).top_card(), HandOver)
    card = Overlay.of(window).top_card()
    assert card.login.text() == "mira"
    made.append(card.password.text())
    card.done.click()
    yield lambda: [row for row in section.table.rows_model.rows if row.login == "mira" and row.one_time]
    window.close()


class Mira:
    """What an administrator elsewhere makes of her, as their screens store it."""

    def __init__(self, server: Server, company: str):
        self._url = server.url(company, "ada", "ada's own")

    def now(self, team: str = "", **changes: Any) -> None:
        with closing(Database.open(self._url)) as database, database.write() as session:
            centre = admin_people.load(session)
            if team:
                changes["team_id"] = next(one.id for one in centre.teams if one.name == team)
            [person] = [one for one in centre.people if one.login == "mira"]
            admin_people.save(session, replace(person, **changes))


def colleague(server: Server, company: str, one_time: str) -> Steps:
    yield from first_start(server, company, "mira", one_time)
    window = shown(MainWindow)
    overlay, banners, mira = Overlay.of(window), window.shell.banners, Mira(server, company)

    def told() -> str:
        return " ".join(toast.notice.text for toast in window.shell.toasts._shown)

    yield lambda: isinstance(overlay.top_card(), PasswordCard)
    QTest.keyClick(overlay.top_card(), Qt.Key.Key_Escape)  # a call may be waiting
    assert overlay.top_card() is None
    assert "password" in banners.keys(), "but it is not forgotten"  # noqa: SIM118 - no mapping
    banners.acted.emit("password")
    card = overlay.top_card()
    for edit, text in ((card.old, f"{one_time}x"), (card.new, OWN), (card.again, OWN)):
        edit.setText(text)
    card.finish()
    yield lambda: card._error.text() == "The present password is not right"
    card.old.setText(one_time)
    card.finish()
    QTest.keyClick(card, Qt.Key.Key_Escape)  # a call comes while the server is asked: it is changed all the same
    yield lambda: "Your password was changed." in told()
    assert overlay.top_card() is None
    yield lambda: "password" not in banners.keys()  # noqa: SIM118

    yield lambda: window.core.store._database.url.password == OWN  # the next connection signs in with it
    centre = window.session.centre
    assert (centre.role, centre.watched) == ("supervisor", None), "who sees every queue"
    yield lambda: window.core.store.others.listening
    mira.now(role="admin")
    yield lambda: "Your role was changed: Administrator." in told()
    yield lambda: window.admin_wiring.allowed
    window.action("admin").trigger()
    assert window.shell.current() == "admin"
    mira.now(role="agent", team="Evenings")
    yield lambda: "Your role was changed: Agent. Your team is now Evenings." in told()
    yield lambda: not window.admin_wiring.allowed
    assert window.shell.current() == "workspace", "the screen is closed under her hands"
    centre = window.session.centre
    assert set(centre.watched) < {queue.id for queue in centre.queues}, "what her team serves"
    assert set(window.core.live.board.queues) == centre.watched
    mira.now(team_id=None)
    yield lambda: "You are in no team now." in told()
    assert window.session.centre.watched == frozenset()
    assert not window.core.live.board.queues
    mira.now(active=False)
    yield lambda: window.core.store.view.trouble == "Your login has been switched off."
    assert "database" in banners.keys()  # noqa: SIM118
    mira.now(active=True)
    yield lambda: window.core.store.ready and "database" not in banners.keys()  # noqa: SIM118
    window.close()


def test_a_person_is_made_signs_in_elsewhere_and_loses_it_again(
    server: Server, company: str, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.setattr(secrets, "_memory", {})
    with closing(Database.open(server.url(company))) as owner:
        access.grant(owner, access.Grant("ada", "admin", "ada's own", name="Ada Byron"))
    made: list[str] = []

    def at_a_desk(name: str, steps: Steps) -> None:
        profile = Profile(tmp_path / name)
        phone = Phone(listen_host=HOST, listen_port=sip.free_port(27_200, 27_399), sound=False)
        settings_file.save(profile.settings_file, Settings(phone=phone))
        with closing(local_key.Asking(profile.root)) as key:
            try:
                assert drive(steps, lambda: app.run(profile, key)) == Exit.OK
            finally:
                crash.stop()
                gc.unfreeze()

    at_a_desk("first", administrator(server, company, made))
    at_a_desk("second", colleague(server, company, made[0]))
    assert secrets._memory[f"db:mira@{HOST}:{server.port}/{company}"] == OWN
    with pytest.raises(DatabaseTrouble) as refused:
        Database.open(server.url(company, "mira", made[0]))
    assert refused.value.kind is Trouble.WRONG_PASSWORD
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in written if made[0].encode() in file.read_bytes()], "it was shown once and kept nowhere"
