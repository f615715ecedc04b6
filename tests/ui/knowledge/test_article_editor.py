"""Articles are written on their page: drafts, published ones, their editions, and going back to one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.ui.knowledge.knowledge_page import KnowledgePage
from tests.support.window import WindowBench

pytestmark = pytest.mark.usefixtures("qapp")


class Desk(WindowBench):
    """On the page, as whoever has the file."""

    def begin(self) -> None:
        super().begin()
        window = self.window
        window.resize(1280, 720)
        self.until(lambda: window.session.agent is not None, "who works here")
        window.action("knowledge").trigger()
        assert window.knowledge_wiring.page is not None
        self.page: KnowledgePage = window.knowledge_wiring.page
        self.until(lambda: self.page.list.articles.entries, "the articles")
        self.until(lambda: window.knowledge_wiring.desk.may_edit, "may write")

    def titles(self) -> list[str]:
        return [entry.line.title for entry in self.page.list.articles.entries]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("writing") / "desk")
    made.begin()
    yield made
    made.end()


def test_from_a_draft_to_what_agents_read_and_back(desk: Desk) -> None:
    page = desk.page
    editor = page.editor
    page.new.click()
    assert page.writes()
    QTest.keyClicks(editor.title, "A new rule")
    assert editor.key.text() == "a-new-rule"
    editor.text.setPlainText("Say **this**.")
    editor.tags.setText("rule, , law")
    editor.valid_until.setText("tomorrow")
    editor.keep.click()
    assert "tomorrow" in editor.trouble.text()
    editor.valid_until.setText("2099-12-31")
    desk.window.action("save_draft").trigger()
    desk.until(lambda: not page.writes(), "kept")
    desk.until(lambda: "A new rule" in desk.titles(), "listed")
    stored = "SELECT version, published FROM article WHERE key = 'a-new-rule'"
    assert desk.rows(stored) == [(1, 0)], "nobody else reads a draft"
    desk.until(lambda: page.reader.page and page.reader.page.line.key == "a-new-rule", "it is read")
    assert page.reader._tag.text() == "Draft"
    page.reader.edit.click()
    desk.until(page.writes, "edited")
    assert (editor.title.text(), editor.tags.text()) == ("A new rule", "rule, law")
    assert editor.owner.currentText() == "Dana Okafor", "who wrote it owns it"
    editor.text.setPlainText("Say **that**.")
    editor.view.choose(1)
    assert editor.preview.toPlainText() == "Say that."
    editor.publish.click()
    desk.until(lambda: not page.writes(), "published")
    assert desk.rows(stored) == [(2, 2)]
    assert desk.rows("SELECT owner_id IS NOT NULL FROM article WHERE key = 'a-new-rule'") == [(1,)]
    page.reader.edit.click()
    desk.until(page.writes, "edited again")
    editor.view.choose(2)
    assert editor.past.count() == 2
    assert "- Say **this**.\n+ Say **that**." in editor.changes.toPlainText()
    editor.past.setCurrentRow(1)
    editor.back_to.click()
    assert editor.text.toPlainText() == "Say **this**."
    editor.publish.click()
    desk.until(lambda: not page.writes(), "back")
    assert desk.rows(stored) == [(3, 3)]
    assert desk.rows("SELECT text FROM article WHERE key = 'a-new-rule'") == [("Say **this**.",)]
    desk.until(lambda: page.reader.page and page.reader.page.line.version == 3, "read as it is now")
    page.reader.edit.click()
    desk.until(page.writes, "once more")
    editor.take_back.click()
    desk.until(lambda: not page.writes(), "taken back")
    assert desk.rows(stored) == [(3, 0)]


def test_what_cannot_be_is_said_and_nothing_is_lost(desk: Desk) -> None:
    page = desk.page
    editor = page.editor
    page.new.click()
    editor.text.setPlainText("Kept")
    editor.publish.click()
    desk.until(lambda: editor.trouble.text(), "refused")
    assert page.writes()
    assert editor.text.toPlainText() == "Kept"
    page.list.choose(0)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    desk.window.knowledge_wiring._changed()
    desk.until(lambda: page.reader.page is not None, "read behind it")
    assert page.writes(), "what is written does not go away by itself"
    editor.cancel.click()
    assert not page.writes()
