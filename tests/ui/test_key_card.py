"""The keyring that holds the key of this computer's files: waited for, asked again, and done without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop import app
from agent_desktop.data import local_key
from agent_desktop.data.local_key import Answer, State
from agent_desktop.paths import Profile
from agent_desktop.settings import Settings
from agent_desktop.ui.key_card import KeyCard

KEY = Answer(State.KEPT, bytes(32))


class Asked(local_key.Asking):
    """A keyring that answers when the test says so."""

    def __init__(self, answer: Answer | None = None, encrypted: bool = True):
        self.answer, self.encrypted, self.closed = answer, encrypted, False

    def wait(self, within_s: float = 0.0) -> Answer | None:
        return self.answer

    def may_be_encrypted(self) -> bool:
        return self.encrypted

    def close(self) -> None:
        self.closed = True


def test_it_waits_asks_again_and_goes_on_by_itself(shown: Callable[..., QWidget], qtbot: QtBot) -> None:
    first, second = Asked(), Asked()
    card = KeyCard(first, lambda: second)
    answers: list[Answer] = []
    card.answered.connect(answers.append)
    shown(card)
    assert not card.again.isVisible()
    first.answer = local_key.AWAY
    qtbot.waitUntil(card.again.isVisible)
    assert answers == []
    card.again.click()
    assert not card.again.isVisible()
    assert first.closed
    second.answer = KEY
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [KEY]


def test_somebody_may_begin_without_it(shown: Callable[..., QWidget]) -> None:
    card = KeyCard(Asked(), Asked)
    answers: list[Answer] = []
    card.answered.connect(answers.append)
    shown(card)
    card.without.click()
    assert answers == [local_key.AWAY]


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    monkeypatch.setattr(local_key, "_known", {})
    return Profile(tmp_path)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [(Asked(KEY), KEY), (Asked(local_key.OPEN, False), local_key.OPEN), (Asked(None, False), local_key.OPEN)],
)
def test_a_start_that_needs_nobody_asks_nobody(
    qapp: QApplication, profile: Profile, asked: Asked, kept: Answer
) -> None:
    assert app._key_settled(qapp, profile, asked, Settings())
    assert local_key.of(profile.root) == kept


@pytest.mark.parametrize("does", ["begins without", "closes", "unlocks it"])
def test_a_start_that_needs_the_key_waits_for_somebody(qapp: QApplication, profile: Profile, does: str) -> None:
    asked = Asked()

    def somebody() -> None:
        (page,) = [widget for widget in qapp.topLevelWidgets() if widget.findChild(KeyCard)]
        if does == "begins without":
            page.findChild(KeyCard).without.click()
        elif does == "closes":
            page.close()
        else:
            asked.answer = KEY

    QTimer.singleShot(50, somebody)
    assert app._key_settled(qapp, profile, asked, Settings()) == (does != "closes")
    if does != "closes":
        assert local_key.of(profile.root) == (KEY if does == "unlocks it" else local_key.AWAY)
