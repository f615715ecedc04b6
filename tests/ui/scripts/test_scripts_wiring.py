"""A script at a real workstation on a file: written, handed in, published, compared, used again, and in a file."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from agent_desktop.data import agents, script_edit, scripts
from agent_desktop.data.db import Database
from agent_desktop.data.script_rows import VersionState
from agent_desktop.ui import ask
from agent_desktop.ui.labels import Label
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.pick_field import PickField
from agent_desktop.ui.scripts.review_card import ReviewCard
from agent_desktop.ui.scripts.scripts_page import ScriptsPage
from tests.support.window import WindowBench


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication) -> Iterator[WindowBench]:
    made = WindowBench(tmp_path / "desk")
    made.begin()
    yield made
    made.end()


def opened(bench: WindowBench) -> ScriptsPage:
    window: MainWindow = bench.window
    bench.until(lambda: window.scripts_wiring.allowed, "whoever has the file may")
    window.action("scripts").trigger()
    page = window.scripts_wiring.page
    assert page is not None
    bench.until(lambda: page.document.script or page.scripts.placeholderText(), "the scripts are read")
    return page


def fresh(bench: WindowBench) -> ScriptsPage:
    """A new script with one sentence, stored as a draft."""
    page = opened(bench)
    page.new.click()
    page.form.say.setPlainText("Good day")
    bench.window.action("save_draft").trigger()
    bench.until(lambda: page.state_tag.text() == "Draft", "it is stored")
    return page


def say(bench: WindowBench, words: str = "") -> None:
    """Type a note into the card that asks for one, and send it by keys."""
    card = bench.window.shell.overlay().top_card()
    assert isinstance(card, ReviewCard)
    QTest.keyClicks(card.note, words)
    QTest.keyClick(card.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def pick(field: PickField, *names: str) -> None:
    """By keys: down opens the list, each entry is taken by Enter."""
    for name in names:
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Down)
        menu = next(child for child in field.findChildren(QMenu) if child.isVisible())
        at = [value for value, _words in field._options].index(name)
        for _ in range(at):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert field.values() == names


def undo_last(bench: WindowBench) -> None:
    """Press Undo in the newest notice."""
    buttons = [each for each in bench.window.findChildren(QPushButton) if each.text() == "Undo" and each.isVisible()]
    buttons[-1].click()


def test_a_formula_is_worked_out_and_an_article_found_at_the_desk(bench: WindowBench) -> None:
    page = opened(bench)
    values, articles = page.form.values, page.form.articles
    bench.until(lambda: page.document.script is not None, "a script is open")
    values.add.click()
    values.rows[0].formula.setFocus()
    QTest.keyClicks(values.rows[0].formula, "customer.open_tickets * 21")
    bench.until(lambda: values.rows[0].result.text() == "For the made-up caller: 42", "the child says what it comes to")
    articles.search.setFocus()
    QTest.keyClicks(articles.search, "bill")
    bench.until(lambda: articles.found.isVisible(), "the company’s articles")
    title = articles.found.articles.entries[0].line.title
    before = len(page.form.articles.links())
    QTest.keyClick(articles.search, Qt.Key.Key_Return)
    assert len(articles.links()) == before + 1
    assert articles.rows[before].title.text() == title


def numbers(page: ScriptsPage) -> list[tuple[int, VersionState, bool]]:
    return [(line.number, line.state, line.used) for line in page.versions.table.rows_model.rows]


def test_from_the_first_word_to_the_calls_and_back(bench: WindowBench) -> None:
    page = fresh(bench)
    page.hand_in_button.click()
    say(bench)
    bench.until(lambda: page.publish_button.isVisible(), "it is handed in")
    page.publish_button.click()
    say(bench)
    bench.until(lambda: numbers(page) == [(1, VersionState.PUBLISHED, True)], "calls get it")
    bench.until(lambda: page.state_tag.text() == "Published", "and it is said")
    page.form.say.setPlainText("Good evening")
    page.hand_in_button.click()
    say(bench)
    bench.until(lambda: page.publish_button.isVisible(), "stored and handed in")
    page.publish_button.click()
    say(bench)
    bench.until(lambda: [line[2] for line in numbers(page)] == [True, False], "the second version")
    page.tabs.setCurrentIndex(2)
    page.versions.table.choose(1)
    bench.until(lambda: "+    say: Good evening" in page.versions.difference.toPlainText(), "what differs")
    assert "-    say: Good day" in page.versions.difference.toPlainText()
    page.versions.use.click()
    bench.until(lambda: [line[2] for line in numbers(page)] == [False, True], "the first one again")
    page.versions.table.choose(1)
    page.versions.open.click()
    bench.until(lambda: page.form.say.toPlainText() == "Good day", "written on from it")
    page.document.stack.undo()
    assert page.form.say.toPlainText() == "Good evening"


def test_what_a_script_runs_is_handed_in_with_it(bench: WindowBench) -> None:
    page = opened(bench)
    core = bench.window.scripts_wiring.core
    bench.until(lambda: any(line.key == "billing" for line in core.lines), "the company's scripts")
    page.script_chosen.emit(next(line.id for line in core.lines if line.key == "billing"))
    bench.until(lambda: page.document.script is not None and page.document.script.id == "billing", "it is open")
    page.change_steps("add")
    page.hand_in_button.click()
    say(bench)
    query = "SELECT parts FROM script_version WHERE state = 'review'"
    parts = json.loads(bench.arrives(query)[0])
    assert list(parts) == ["identity_check"]
    assert parts["identity_check"]["steps"]
    bench.until(page.publish_button.isVisible, "and can be published")
    page.give_back_button.click()
    card = bench.window.shell.overlay().top_card()
    assert isinstance(card, ReviewCard)
    assert not card.go.isEnabled(), "not without a word"
    say(bench, "Say good day first")
    bench.until(lambda: page.state_tag.text() == "Draft", "given back")
    bench.until(lambda: "Say good day first" in page.remark.text(), "and its author sees why")
    page.hand_in_button.click()
    say(bench, "now it does")
    bench.until(lambda: "now it does" in page.remark.text(), "whoever looks it through sees what is new")
    assert "own" in page.remark.text(), "and who may publish it"
    page.tabs.setCurrentIndex(2)
    page.versions.table.choose(2)
    told = page.versions.note.text()
    assert told.index("Say good day first") < told.index("now it does"), "all of it stays with the version"


def test_a_script_that_a_colleague_gives_back_is_told_until_it_is_opened(bench: WindowBench) -> None:
    page = fresh(bench)
    page.hand_in_button.click()
    say(bench)
    bench.until(page.publish_button.isVisible, "handed in")
    bench.window.shell.show_page("workspace")
    [[key]] = bench.rows("SELECT script_id FROM script_version WHERE state = 'review'")
    script, banners = UUID(bytes=key), bench.window.shell.banners
    with closing(Database.open(bench.profile.database_file)) as elsewhere, elsewhere.write() as session:
        colleague = next(row.id for row in agents.agents(session) if row.login == "jonas")
        waiting = scripts.version(session, script, 1)
        assert waiting is not None
        script_edit.review(session, waiting, colleague, "<b>too</b> long", publish=False)
    told = lambda: [one.text() for one in banners.findChildren(Label) if one.isVisible()]  # noqa: E731 - asked again
    bench.until(lambda: any("was given back" in words for words in told()), "told")
    assert any("<b>too</b> long" in words for words in told())
    assert bench.window.scripts_wiring.returned.core.lines[0].script_id == script
    banners.acted.emit("script_returned")
    bench.until(lambda: page.isVisible() and page.state_tag.text() == "Draft", "the page has it")
    assert not any("was given back" in words for words in told())


def test_a_rule_is_made_changed_and_removed(bench: WindowBench) -> None:
    page = fresh(bench)
    rules, query = page.form.rules, "SELECT queue, intent, active FROM script_rule WHERE script_id = ?"
    assert rules.cards == []
    rules.add.click()
    pick(rules.cards[0].queue, "billing", "outages")
    QTest.keyClicks(rules.cards[0].edits["intent"], "high_bill")
    rules.cards[0].store.click()
    script = bench.window.scripts_wiring._row
    assert script is not None
    key = script.script_id.bytes
    bench.until(lambda: bench.rows(query, key) == [("billing, outages", "high_bill", 1)], "it is stored")
    bench.until(lambda: rules.cards[0].rule.version == 1 and not rules.cards[0].store.isEnabled(), "and shown")
    rules.cards[0].away.click()
    bench.until(lambda: bench.rows(query, key) == [("billing, outages", "high_bill", 0)], "switched off")
    bench.until(lambda: rules.cards == [], "and gone")
    undo_last(bench)
    bench.until(lambda: bench.rows(query, key) == [("billing, outages", "high_bill", 1)], "taken back")
    bench.until(lambda: len(rules.cards) == 1, "and shown again")
    QTest.keyClicks(rules.cards[0].edits["intent"], "er")
    rules.cards[0].store.click()
    bench.until(lambda: rules.cards[0].rule.intent == "high_biller", "changed")
    undo_last(bench)
    bench.until(lambda: bench.rows(query, key)[0][1] == "high_bill", "and back")


def test_what_was_not_stored_is_not_left_by_the_way(bench: WindowBench) -> None:
    page = fresh(bench)
    known = page.document.script
    page.new.click()
    page.form.say.setPlainText("Another")
    bench.window.action("save_draft").trigger()
    core = bench.window.scripts_wiring.core
    mine = ("script_1", "script_2")
    bench.until(lambda: {line.key for line in core.lines if line.key in mine} == {*mine}, "two scripts are listed")
    bench.until(lambda: page.state_tag.text() == "Draft", "both are stored")
    page.form.say.setPlainText("Not stored")
    first = next(line for line in core.lines if known and line.key == known.id)
    page.script_chosen.emit(first.id)
    assert page.form.say.toPlainText() == "Not stored"
    card = bench.window.shell.overlay().top_card()
    assert isinstance(card, ask.Question)
    next(button for button in card.findChildren(QPushButton) if button.text() == "Leave").click()
    bench.until(lambda: page.form.say.toPlainText() == "Good day", "left after the question")


def test_a_script_goes_into_a_file_and_comes_back_as_the_next_version(bench: WindowBench, tmp_path: Path) -> None:
    page, wiring = fresh(bench), bench.window.scripts_wiring
    file = tmp_path / "script.yaml"
    wiring.write_file(file)
    words = file.read_text(encoding="utf-8")
    assert "say: Good day" in words
    file.write_text(words.replace("Good day", "Dzień dobry"), encoding="utf-8")
    wiring.read_file(file)
    bench.until(lambda: page.form.say.toPlainText() == "Dzień dobry", "it is open")
    assert page.state_tag.text() == "Not saved"
    file.write_text("id: x\nsteps: nothing\n")
    wiring.read_file(file)
    bench.until(page.trouble.isVisible, "it is told")
    assert "script.yaml" in page.trouble.text()
    QTest.keyClick(page, "z")  # nothing is lost by an error
    assert page.form.say.toPlainText() == "Dzień dobry"
