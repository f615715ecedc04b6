"""Signing in to a real server: each way it can fail in its own words, the whole way of two people at one desk."""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import app, crash, secrets, tasks
from agent_desktop import settings as settings_file
from agent_desktop.core.sign_in import SignIn
from agent_desktop.data import access, local_key
from agent_desktop.data.centre_rows import Admission
from agent_desktop.data.db import Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Phone, Settings
from agent_desktop.ui.ask import Question
from agent_desktop.ui.first_run import CENTRE, DIRECT, FirstRunPage
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from agent_desktop.ui.sign_in_card import SignInCard
from agent_desktop.ui.sign_in_words import why_not
from tests.support import sip
from tests.support.ports import HOST
from tests.support.postgres import Server
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")


class Door:
    """A login tried as the sign-in page does."""

    def __init__(self, server: Server, database: str):
        self.address = ServerAddress(f"{HOST}:{server.port}", database, "dana")
        self.lanes = tasks.Tasks()
        self.sign_in = SignIn(self.lanes)
        self.answers: list[Any] = []
        self.sign_in.admitted.connect(self.answers.append)
        self.sign_in.refused.connect(self.answers.append)
        self.sign_in.changed_password.connect(lambda: self.answers.append("changed"))

    def answer(self, asked: Callable[[], None]) -> Any:
        self.answers.clear()
        asked()
        spin_until(lambda: self.answers, "the server answers")
        return self.answers[0]

    def tries(self, password: str, address: ServerAddress | None = None) -> Any:
        return self.answer(lambda: self.sign_in.begin(address or self.address, password))

    def words(self, password: str, address: ServerAddress | None = None) -> str:
        """Why not."""
        trouble = self.tries(password, address)
        assert isinstance(trouble, DatabaseTrouble), trouble
        assert not self.sign_in._open
        return why_not(trouble, address or self.address)[0]


@pytest.fixture
def door(server: Server, company: str) -> Iterator[Door]:
    made = Door(server, company)
    yield made
    made.lanes.stop()


@pytest.fixture
def owner(server: Server, company: str) -> Iterator[Database]:
    opened = Database.open(server.url(company))
    yield opened
    opened.close()


def test_every_way_it_can_fail_has_its_own_words(door: Door, owner: Database, server: Server, company: str) -> None:
    admitted = door.tries("dana")
    assert isinstance(admitted, Admission)
    assert (admitted.agent.login, admitted.agent.name, admitted.region) == ("dana", "Dana Okafor", "PL")
    access.grant(owner, access.Grant("feed", "collector", "feed-password"))
    if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = 'visitor'"):
        server.execute("CREATE ROLE visitor LOGIN PASSWORD 'visitor'")
    server.execute(f"REVOKE CONNECT ON DATABASE {company} FROM PUBLIC")  # as db init does; a copy does not have it
    server.execute(f"GRANT CONNECT ON DATABASE {company} TO dana, feed")
    here = door.address
    said = {
        "wrong password": door.words("not it"),
        "no password": door.words(""),
        "unknown login": door.words("dana", here.of("nobody")),
        "stranger": door.words("visitor", here.of("visitor")),
        "service": door.words("feed-password", here.of("feed")),
        "no such database": door.words("dana", ServerAddress(here.host, "elsewhere", "dana")),
        "nothing listens": door.words("dana", ServerAddress(f"{HOST}:1", company, "dana")),
    }
    for reason, change, back in (
        (
            "expired",
            "UPDATE agent SET access_until = now() - interval '1 hour'",
            "UPDATE agent SET access_until = NULL",
        ),
        ("switched off", "UPDATE agent SET active = false", "UPDATE agent SET active = true"),
        ("older", "UPDATE alembic_version SET version_num = '0001'", "UPDATE alembic_version SET version_num = '9999'"),
        ("newer", "SELECT 1", "DROP TABLE alembic_version"),
        ("no centre", "SELECT 1", "SELECT 1"),
    ):
        server.execute(change, company)
        said[reason] = door.words("dana")
        server.execute(back, company)
    assert said == {
        "wrong password": "Login and password do not belong together.",
        "no password": "Login and password do not belong together.",
        "unknown login": "Login and password do not belong together.",
        "stranger": f"“visitor” may not use the database “{company}”.",
        "service": "This login belongs to a service, not to a person.",
        "no such database": f"There is no centre in the database “elsewhere” on {here.host}.",
        "nothing listens": f"{HOST}:1 does not answer.",
        "expired": "Your access to the database has ended.",
        "switched off": "Your login has been switched off.",
        "older": "The database is older than this program.",
        "newer": "The database is newer than this program.",
        "no centre": f"There is no centre in the database “{company}” on {here.host}.",
    }


def test_words_for_what_is_not_at_hand_here() -> None:
    address = ServerAddress("db.centre.example", "centre", "dana")
    for kind, detail, words in (
        (Trouble.CERTIFICATE, "", "db.centre.example could not prove that it is your centre’s server."),
        (Trouble.FORBIDDEN, "", "The server keeps “dana” from what this program needs."),
        (Trouble.UNREACHABLE, "failed to resolve host", "There is no server called db.centre.example."),
    ):
        assert why_not(DatabaseTrouble(kind, detail), address)[0] == words


def test_a_new_password_counts_and_the_old_one_no_more(door: Door, owner: Database) -> None:
    access.grant(owner, access.Grant("jonas", "agent", "jonas"))
    jonas = door.address.of("jonas")
    wrong = door.answer(lambda: door.sign_in.change_password(jonas, "not it", "a much better one"))
    assert isinstance(wrong, DatabaseTrouble)
    assert wrong.kind is Trouble.WRONG_PASSWORD
    try:
        assert door.answer(lambda: door.sign_in.change_password(jonas, "jonas", "ein 'besseres' ü")) == "changed"
        assert door.words("jonas", jonas) == "Login and password do not belong together."
        assert isinstance(door.tries("ein 'besseres' ü", jonas), Admission)
    finally:
        access.grant(owner, access.Grant("jonas", "agent", "jonas"))


# ---------------------------------------------------------------- the whole way


def shown(kind: type[QWidget]) -> Any:
    """The window or card of this kind that can be seen."""
    for window in QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(kind)):
            if isinstance(widget, kind) and widget.isVisible():
                return widget
    return None


def drive(steps: Iterator[Callable[[], object]], run: Callable[[], int]) -> int:
    """Do the steps while ``run`` shows its windows: each waits until what it yields is true."""
    failed: list[BaseException] = []
    waiting: list[Callable[[], object]] = [lambda: True]
    beats = 0

    def beat() -> None:
        nonlocal beats
        beats += 1
        try:
            assert beats < 3_000, "it never happened"
            if waiting[0]():
                beats, waiting[0] = 0, next(steps)
        except StopIteration:
            timer.stop()
        except BaseException as error:
            failed.append(error)
            timer.stop()
            for window in QApplication.topLevelWidgets():
                if isinstance(window, MainWindow):
                    window._closing = True
                window.close()

    timer = QTimer(interval=10)
    timer.timeout.connect(beat)
    timer.start()
    code = run()
    timer.stop()
    if failed:
        raise failed[0]
    return code


def main_window(login: str) -> Callable[[], object]:
    def there() -> bool:
        window = shown(MainWindow)
        return window is not None and window.session.agent is not None and window.session.agent.login == login

    return there


def two_people(server: Server, company: str, journals: list[str]) -> Iterator[Callable[[], object]]:
    yield lambda: shown(FirstRunPage)
    page = shown(FirstRunPage)
    page.use.choose(CENTRE)
    page.phone.choose(DIRECT)
    page.host.setText(f"{HOST}:{server.port}")
    page.database.setText(company)
    page.db_login.setText("dana")
    page.db_password.setText("not it")
    page.finish()
    yield page._error.isVisible
    assert page._error.text() == "Login and password do not belong together."
    page.db_password.setText("dana")
    page.finish()

    yield main_window("dana")
    window = shown(MainWindow)
    assert window.session.settings.phone.display_name == "Dana Okafor"
    window.action("sign_out").trigger()
    yield lambda: isinstance(Overlay.of(window).top_card(), Question)
    journals.append(window.core.journal.path.name)
    Overlay.of(window).top_card().default.click()

    yield lambda: shown(SignInCard)
    card = shown(SignInCard)
    assert card.login.text() == "dana"
    card.somebody_else.click()
    card.login.setText("jonas")
    card.password.setText("jonas")
    card.sign_in.click()

    yield main_window("jonas")
    window = shown(MainWindow)
    journals.append(window.core.journal.path.name)
    yield lambda: window.core.store.ready
    server.execute("ALTER ROLE jonas PASSWORD 'another one'")

    def cut() -> bool:  # again and again: a connection that is just being made is not yet among those that are cut
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'jonas'")
        return shown(SignInCard) is not None

    yield cut
    card = shown(SignInCard)
    assert not card.somebody_else.isVisible()
    card.password.setText("still wrong")
    card.finish()
    yield card._answer.isVisible
    card.password.setText("another one")
    card.finish()
    yield lambda: window.core.store.ready
    assert shown(SignInCard) is None
    yield lambda: not window.shell.banners.keys()
    stored = window.session.settings
    typed = replace(window.core.address, login="eve", password="in the address").full_url
    window.settings_wiring.save(msgspec.structs.replace(stored, database=settings_file.Database(url=typed)))
    assert "in%20the%20address" in typed
    window.settings_wiring.save(stored)
    window.close()


def test_two_people_at_one_desk(
    server: Server, company: str, owner: Database, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.setattr(secrets, "_memory", {})
    access.grant(owner, access.Grant("jonas", "agent", "jonas"))
    profile = Profile(tmp_path / "desk")
    phone = Phone(listen_host=HOST, listen_port=sip.free_port(27_000, 27_199), sound=False)
    settings_file.save(profile.settings_file, Settings(phone=phone))
    journals: list[str] = []
    key = local_key.Asking(profile.root)
    try:
        assert drive(two_people(server, company, journals), lambda: app.run(profile, key)) == Exit.OK
    finally:
        key.close()
        access.grant(owner, access.Grant("jonas", "agent", "jonas"))
        crash.stop()
        gc.unfreeze()
    kept = settings_file.load(profile.settings_file)
    assert kept.database.url == f"postgresql://jonas@{HOST}:{server.port}/{company}"
    assert kept.work.agent_login == "jonas"
    assert journals == [f"journal-dana@{company}.db", f"journal-jonas@{company}.db"]
    assert not [name for name in secrets._memory if "dana" in name], "who signs out is forgotten"
    written = b"".join(file.read_bytes() for file in profile.root.rglob("*") if file.is_file())
    assert secrets._memory[f"db:eve@{HOST}:{server.port}/{company}"] == "in the address"
    assert b"in%20the%20address" not in written
    assert b"another one" not in written
    assert b"not it" not in written
    with closing(owner):
        states = (
            "SELECT login, presence FROM presence JOIN agent a ON a.id = agent_id ORDER BY presence.id DESC LIMIT 1"
        )
        assert server.execute(states, company) == [("jonas", "offline")]
