"""Knowledge in its window, on the made-up company: suggested with reasons, read, used, found from everywhere."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from agent_desktop.core.views import HandoffStep
from agent_desktop.ui.knowledge.knowledge_panel import KnowledgePanel
from agent_desktop.ui.knowledge.knowledge_wiring import KnowledgeWiring
from agent_desktop.ui.overlay import Overlay
from tests.support import callers
from tests.support.window import WindowBench

pytestmark = pytest.mark.usefixtures("qapp")
KEY = Qt.Key


class Desk(WindowBench):
    """With a caller on the screen who said something."""

    def begin(self) -> None:
        super().begin()
        window = self.window
        window.resize(1440, 900)
        self.until(lambda: window.session.agent is not None and window.session.centre.queues, "who works here")
        said = HandoffStep("", "“my bill is too high”", "Intent: high bill, 0.93", icon="bot")
        self.caller = replace(callers.found(), handoff=(said,))
        window.session.pop_painted.emit(self.caller)
        wrap_up = callers.wrap_up()
        assert self.caller.interaction_id is not None
        window.workspace.set_wrap_up(replace(wrap_up, interaction_id=self.caller.interaction_id))
        self.panel: KnowledgePanel = window.workspace.knowledge
        self.until(lambda: self.panel._fitting, "what fits")

    def focused(self) -> object:
        """In this window, whether it is the active one or not."""
        return self.window.focusWidget()

    def activate(self) -> None:
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "it is the active window")

    def titles(self) -> list[str]:
        return [entry.line.title for entry in self.panel.list.articles.entries]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("knowledge") / "desk")
    made.begin()
    yield made
    made.end()


def test_what_fits_the_call_and_why(desk: Desk) -> None:
    first = desk.panel._fitting[0]
    assert first.line.key == "bill-higher-than-expected"
    assert first.why == (
        "Because the caller chose Billing and said “my bill is too high”, “high bill” · "
        "ticket T-20481: Meter re-read after high bill"
    )
    assert "Winter discount campaign" not in desk.titles(), "it is past its days"
    tabs = desk.window.workspace.middle.tabs
    assert tabs.tabText(1).startswith("Knowledge · ")
    assert tabs.currentIndex() == 0, "the history stays in front"


def test_searched_read_and_kept_with_keys_alone(desk: Desk) -> None:
    window, panel = desk.window, desk.panel
    window.action("panel_knowledge").trigger()
    assert desk.focused() is panel.search
    QTest.keyClicks(panel.search, "meter re")
    desk.until(lambda: desk.titles()[:1] == ["Taking over a meter reading from a photo"], "found")
    QTest.keyClick(panel.search, KEY.Key_Return)
    desk.until(lambda: panel.reads() is not None, "the article")
    reader = panel.reader
    assert desk.focused() is reader.body
    assert "all digits" in reader.body.toPlainText()
    reader.yes.setFocus()
    QTest.keyClick(reader.yes, KEY.Key_Space)
    uses = "SELECT helped FROM article_use"
    desk.until(lambda: desk.rows(uses) == [(1,)], "kept")
    assert (reader.use.isChecked(), reader.yes.isChecked(), reader.no.isChecked()) == (True, True, False)
    QTest.keyClick(reader.no, KEY.Key_Space)
    desk.until(lambda: desk.rows(uses) == [(0,)], "another word")
    QTest.keyClick(reader.body, KEY.Key_Escape)
    assert panel.reads() is None
    assert desk.focused() is panel.list
    assert panel.search.text() == "meter re", "one is back where it was found"
    QTest.keyClick(panel.list, KEY.Key_Up)
    assert desk.focused() is panel.search
    QTest.keyClicks(panel.search, "xyzzy")
    desk.until(lambda: panel.states.shown() == "message", "nothing found")
    QTest.keyClick(panel.search, KEY.Key_Escape)
    assert desk.titles()[0] == panel._fitting[0].line.title, "what fits again"


def test_a_scripts_link_brings_the_tab_up(desk: Desk) -> None:
    wiring, panel = desk.window.knowledge_wiring, desk.panel
    desk.window.workspace.middle.show_first()
    wiring.read_key("power-cut-reported", "es")
    desk.until(lambda: panel.reads() and panel.reader.page.line.language == "es", "the article")  # type: ignore[union-attr]
    page = panel.reader.page
    assert page is not None
    assert desk.window.workspace.middle.page() == "knowledge"
    english = dict(page.translations)["en"]
    panel.reader.language_chosen.emit(english)
    desk.until(lambda: panel.reads() == english, "in English")
    wiring.read_key("no-such-article")
    desk.until(lambda: "There is no article “no-such-article”." in desk.window.shell.toasts.texts(), "said")


def test_links_are_shown_before_they_are_followed(desk: Desk) -> None:
    desk.window.knowledge_wiring.open_link("https://example.com/a")
    card = Overlay.of(desk.window).top_card()
    assert card is not None
    assert "https://example.com/a" in card.accessibleName()
    QTest.keyClick(card, KEY.Key_Escape)
    assert Overlay.of(desk.window).top_card() is None


def test_the_palette_and_the_page(desk: Desk) -> None:
    window = desk.window
    found: list[object] = []
    window.lists.find("ombudsman", lambda answer: found.append(answer.articles))
    desk.until(lambda: found, "found")
    assert [line.title for line in found[0]] == ["Taking a complaint"]  # type: ignore[attr-defined]
    window.action("knowledge").trigger()
    page = window.knowledge_wiring.page
    assert page is not None
    desk.until(lambda: page.list.articles.entries, "all of them")
    assert desk.focused() is page.search
    ends = {entry.line.title: page.list.articles.end_of(entry.line)[1] for entry in page.list.articles.entries}
    assert ends["Winter discount campaign"] == "bad", "past its days, and said so"
    QTest.keyClicks(page.search, "winter")
    desk.until(lambda: len(page.list.articles.entries) == 1, "one of them")
    QTest.keyClick(page.search, KEY.Key_Return)
    desk.until(lambda: page.reads() is not None, "it is read")
    assert "past its days" in page.reader._note.text()
    assert page.reader._feedback.isHidden(), "there is no call to use it in"
    window.shell.show_page("workspace")
    article: UUID = page.list.articles.entries[0].line.id
    window.knowledge_wiring.open(article)
    desk.until(lambda: desk.panel.reads() == article, "beside the caller")


def test_notes_take_snippets(desk: Desk) -> None:
    window = desk.window
    wiring, note = window.knowledge_wiring, window.workspace.wrap_up.note
    desk.until(lambda: wiring.desk.snippets, "snippets")
    window.workspace.focus_panel(4)
    desk.activate()
    note.setFocus()
    QTest.keyClicks(note, ";noanswer")
    QTest.keyClick(note, KEY.Key_Tab)
    assert note.toPlainText() == "No answer; left no message."


def test_snippets_are_written_in_their_card(desk: Desk) -> None:
    wiring = desk.window.knowledge_wiring
    desk.until(lambda: wiring.desk.snippets, "snippets")
    card = wiring.open_snippets()
    assert desk.focused() is card.name
    QTest.keyClicks(card.name, "two words")
    card.text.setPlainText("Mine, for {customer}.")
    QTest.keyClick(card.name, KEY.Key_Return)
    desk.until(lambda: card.trouble.text(), "refused")
    card.name.setText("mine")
    QTest.keyClick(card.name, KEY.Key_Return)
    desk.until(lambda: "mine" in {row.name for row in wiring.desk.snippets}, "kept")
    desk.until(lambda: card.table.rows_model.rows == wiring.desk.snippets, "listed")
    assert card.name.text() == "", "ready for the next"
    mine = next(row for row in wiring.desk.snippets if row.name == "mine")
    assert mine.owner_id == wiring.desk.agent_id
    card.table.choose(mine.id)
    assert card.text.toPlainText() == "Mine, for {customer}."
    card.everybody.setChecked(True)
    card.save.click()
    desk.until(lambda: any(row.name == "mine" and row.owner_id is None for row in wiring.desk.snippets), "given to all")
    card.table.choose(mine.id)
    card.remove.click()
    desk.until(lambda: "mine" not in {row.name for row in wiring.desk.snippets}, "taken away")
    QTest.keyClick(card, KEY.Key_Escape)
    assert Overlay.of(desk.window).top_card() is None


def test_an_answer_after_the_window_is_gone_reaches_nobody(desk: Desk) -> None:
    parent = QObject()
    wiring = KnowledgeWiring(desk.window)
    wiring.setParent(parent)
    told: list[object] = []
    wiring.desk.search("bill", told.append, told.append)
    asked, after = wiring.desk, []
    delete(parent)
    assert not asked._open
    desk.window.core.store.browse(lambda _session: None, after.append)
    desk.until(lambda: after, "the lane has answered what came later")
    assert not told
