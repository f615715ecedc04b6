"""Without a keyring the password is asked for at sign-in, again when the server refuses it, and kept in memory only."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from agent_desktop import secrets
from agent_desktop import settings as settings_file
from agent_desktop.core.workstation import build_core
from agent_desktop.settings import Account, Phone
from agent_desktop.ui.ask import Question
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.overlay import Overlay
from tests.support import sip
from tests.support.workstation import Bench, settings
from tests.telephony.registrar import Registrar


@pytest.fixture
def registrar() -> Iterator[Registrar]:
    one = Registrar(sip.free_port())
    yield one
    one.close()


@pytest.fixture
def window(registrar: Registrar, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    bench = Bench(tmp_path / "desk")
    phone = Phone(
        mode="account", user="1001", domain=f"127.0.0.1:{registrar.port}", listen_host="127.0.0.1", sound=False
    )
    wanted = msgspec.structs.replace(settings(bench.port), phone=phone)
    settings_file.save(bench.profile.settings_file, wanted)
    bench.core = build_core(bench.profile, wanted)
    made = MainWindow(bench.core)
    made.show()
    bench.core.start()
    made.settings_wiring.ask_passwords()
    yield made
    made._closing = True
    made.close()
    bench.stop()
    made.deleteLater()


def question(window: MainWindow) -> Question | None:
    card = Overlay.of(window).top_card()
    return card if isinstance(card, Question) else None


def answer(qtbot: QtBot, window: MainWindow, password: str) -> None:
    qtbot.waitUntil(lambda: question(window) is not None)
    card = question(window)
    assert card is not None
    edit = card.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    assert card.default is not None
    assert not card.default.isEnabled()
    qtbot.keyClicks(edit, password)
    card.default.click()


def test_it_is_asked_for_refused_asked_again_and_then_registered(
    registrar: Registrar, window: MainWindow, qtbot: QtBot
) -> None:
    session = window.session
    card = question(window)
    assert card is not None
    assert f"1001@127.0.0.1:{registrar.port}" in card.accessibleName()
    assert "no keyring" in card.accessibleDescription()
    qtbot.waitUntil(lambda: "the password is not known" in session.phone_view.text)
    assert registrar.requests == []
    answer(qtbot, window, "wrong")
    qtbot.waitUntil(lambda: registrar.refused == 1)
    qtbot.waitUntil(lambda: question(window) is not None)
    again = question(window)
    assert again is not None
    assert "refused" in again.accessibleDescription()
    answer(qtbot, window, registrar.password)
    qtbot.waitUntil(lambda: session.phone_view.usable)
    assert question(window) is None
    profile = window.core.profile.root
    texts = [file.read_bytes() for file in profile.rglob("*") if file.is_file()]
    assert texts
    assert not any(registrar.password.encode() in text for text in texts)


def test_later_leaves_the_phone_unregistered_and_the_question_at_hand(
    registrar: Registrar, window: MainWindow, qtbot: QtBot
) -> None:
    card = question(window)
    assert card is not None
    card.dismissed.emit()
    qtbot.waitUntil(lambda: question(window) is None)
    qtbot.waitUntil(lambda: window.session.phone_view.state == "failed")
    assert registrar.requests == []
    banners = window.shell.banners
    qtbot.waitUntil(lambda: any(one.text() == "Enter it" for one in banners.findChildren(Button)))
    next(one for one in banners.findChildren(Button) if one.text() == "Enter it").click()
    answer(qtbot, window, registrar.password)
    qtbot.waitUntil(lambda: window.session.phone_view.usable)
    assert banners.isHidden()


def test_the_password_of_a_removed_account_is_forgotten(window: MainWindow) -> None:
    wiring, stored = window.settings_wiring, window.session.settings
    more = Account(user="2002", domain="127.0.0.1:9")
    with contextlib.suppress(secrets.NoKeyring):
        secrets.write("sip:2002@127.0.0.1:9", "s3cret")
    assert secrets.read("sip:2002@127.0.0.1:9") == "s3cret"
    phone = msgspec.structs.replace(stored.phone, more_accounts=(more,))
    wiring.save(msgspec.structs.replace(stored, phone=phone))
    assert secrets.read("sip:2002@127.0.0.1:9") == "s3cret"
    wiring.save(msgspec.structs.replace(stored, phone=stored.phone))
    assert secrets.read("sip:2002@127.0.0.1:9") is None
