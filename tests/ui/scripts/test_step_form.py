"""Every field that a script's file knows, by the form alone."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMenu, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop import paths
from agent_desktop.core.scripts import files, model
from agent_desktop.core.scripts.model import Knowledge, Script, Step
from agent_desktop.core.scripts.orders import Outcome
from agent_desktop.data.knowledge_rows import ArticleLine
from agent_desktop.data.script_rows import VersionState
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.scripts import field_menu
from agent_desktop.ui.scripts.action_card import KINDS, ActionCard
from agent_desktop.ui.scripts.form_facts import FormFacts
from agent_desktop.ui.scripts.scripts_page import ScriptsPage
from tests.support import callers, screen

FACTS = FormFacts(
    results=("Refund", "Solved"),
    queues=(("q-bill", "Billing"),),
    pages="https://crm.example.org/customers",
    articles={"refunds": "How refunds go", "gone": ""},
)
SCRIPT = Script(
    id="all",
    title="All",
    languages=("en", "pl"),
    steps=(
        Step(id="due", say="…", ask=model.MoneyQuestion(), next="when"),
        Step(id="when", say="…", ask=model.DateQuestion(name="day"), next="line"),
        Step(id="line", say="…", ask=model.PhoneQuestion(name="mobile")),
    ),
)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ScriptsPage]:
    widget = ScriptsPage()
    screen.show(qtbot, widget, 1220, 660)
    widget.form.set_facts(FACTS)
    widget.open(callers.uid(1), SCRIPT, VersionState.DRAFT, "")
    yield widget
    widget.close()


def step_now(page: ScriptsPage) -> Step:
    assert page.document.script is not None
    return next(step for step in page.document.script.steps if step.id == page.document.step_id)


def fill(widget: QWidget, value: Any) -> None:
    """As somebody would, by keys where it is a text."""
    if isinstance(widget, Choice):
        assert widget.choose(value), value
    elif isinstance(widget, QCheckBox):
        widget.click()
    elif isinstance(widget, QSpinBox):
        widget.setValue(value)
    else:
        widget.setFocus()
        QTest.keyClicks(widget, value)


ACTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("open_ticket", {"label": "File it", "when": "due > 5", "subject": "Bill", "body": "Look", "priority": "high",
                     "queue": "q-bill"}),
    ("set_disposition", {"label": "Done", "when": "true", "disposition": "Refund", "by_itself": True}),
    ("schedule_callback", {"label": "Call", "when": "true", "in_minutes": 90, "at": "day", "number": "mobile",
                           "note": "Soon"}),
    ("start_handoff", {"label": "Pay", "when": "true", "target": "survey", "amount": "due", "note": "Now"}),
    ("call_url", {"label": "Open", "when": "true", "url": "https://crm.example.org/customers/1"}),
)  # fmt: skip


def test_actions_of_every_kind_with_every_field_and_each_change_is_undone(page: ScriptsPage) -> None:
    form = page.form.actions_form
    page.form.tabs.setCurrentIndex(1)
    for kind, values in ACTIONS:
        form.begin(kind)
        card = form.cards[-1]
        assert set(values) == set(card.fields) == set(KINDS[kind].__struct_fields__), "nothing is for the source alone"
        for name, value in values.items():
            fill(card.fields[name], value)
        assert step_now(page).actions[-1] == KINDS[kind](**values), kind
        assert not card.note.isVisible()
    assert page.form.tabs.tabText(1) == "Actions 5"
    QTest.mouseClick(form.cards[4].up, Qt.MouseButton.LeftButton)
    QTest.mouseClick(form.cards[0].away, Qt.MouseButton.LeftButton)
    assert [card.kind_shown for card in form.cards] == [
        *("set_disposition", "schedule_callback", "call_url", "start_handoff")
    ]
    url = form.cards[2].fields["url"]
    url.setFocus()
    QTest.keyClick(url, Qt.Key.Key_Home)
    QTest.keyClicks(url, "x")
    assert form.cards[2].note.isVisible(), "no address of the list"
    form.cards[2].kind.choose("open_ticket")
    made = step_now(page).actions[2]
    assert isinstance(made, model.OpenTicketAction)
    assert made.label == "Open", "what both have stays"
    while page.document.stack.canUndo():
        page.document.stack.undo()
    assert page.document.script == SCRIPT
    assert form.cards == []


def test_what_the_centre_does_not_have_stays_and_says_so(page: ScriptsPage) -> None:
    page.form.actions_form.begin("set_disposition")
    step = model.Step(id="due", say="…", actions=(model.SetDispositionAction(disposition="Lost"),),
                      knowledge=(Knowledge(article="gone"),))  # fmt: skip
    assert page.document.script is not None
    page.document.change(Script(id="all", title="All", steps=(step,)))
    card: ActionCard = page.form.actions_form.cards[0]
    result = card.fields["disposition"]
    assert isinstance(result, Choice)
    assert result.currentText() == "Lost (not there)"
    assert card.action() == step.actions[0]
    assert page.form.articles.rows[0].title.text() == "gone (no such article)"


def test_values_are_named_worked_out_and_told(page: ScriptsPage) -> None:
    values = page.form.values
    values.add.click()
    first = values.rows[0]
    assert first.name.hasFocus()
    QTest.keyClicks(first.name, "third")
    first.formula.setFocus()
    QTest.keyClicks(first.formula, "due / 3")
    assert step_now(page).compute == {"third": "due / 3"}
    values.add.click()
    QTest.keyClicks(values.rows[1].name, "third")
    values.rows[1].formula.setFocus()
    assert values.rows[1].name.property("error"), "twice"
    assert step_now(page).compute == {"third": "due / 3", "value_1": ""}
    page.form.set_outcomes("due", {"compute.third": Outcome(41.5), "compute.value_1": Outcome(trouble="no end")})
    assert first.result.text() == "For the made-up caller: 41.5"
    assert "no end" in values.rows[1].result.text()
    page.form.set_outcomes("line", {"compute.third": Outcome(1)})
    assert first.result.text() == "For the made-up caller: 41.5", "of another step"
    first.away.click()
    assert step_now(page).compute == {"value_1": ""}


def line(key: str, title: str) -> ArticleLine:
    now = callers.NOW
    return ArticleLine(callers.uid(9), key, "en", title, "", (), (), None, "", None, None, now, 1, 1)


def test_an_article_is_found_linked_named_and_taken_away_by_keys(page: ScriptsPage, qtbot: QtBot) -> None:
    rows = page.form.articles
    with qtbot.waitSignal(rows.searched) as asked:
        fill(rows.search, "refund")
    assert asked.args == ["refund"]
    rows.set_found("ref", (line("old", "Late answer"),), callers.NOW.date(), "en")
    assert not rows.found.isVisible(), "an answer for what stood there before"
    rows.set_found("refund", (line("refunds", "How refunds go"),), callers.NOW.date(), "en")
    QTest.keyClick(rows.search, Qt.Key.Key_Down)
    assert rows.found.hasFocus()
    QTest.keyClick(rows.found, Qt.Key.Key_Return)
    assert step_now(page).knowledge == (Knowledge(article="refunds"),)
    assert rows.rows[0].title.text() == "How refunds go"
    page.form.language.setCurrentText("pl")
    fill(rows.rows[0].label, "Zwroty")
    assert step_now(page).knowledge == (Knowledge(article="refunds", label={"pl": "Zwroty"}),)
    rows.rows[0].away.click()
    assert step_now(page).knowledge == ()


def test_names_are_offered_where_one_types(page: ScriptsPage) -> None:
    for edit, wanted in ((page.form.say, "…{{ customer.name }}"), (page.form.hint, "{{ customer.name }}")):
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_End)
        QTest.keyClick(edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
        menu = next(child for child in edit.findChildren(QMenu) if child.isVisible() and child.title() == "")
        customer = menu.actions()[0].menu()
        assert isinstance(customer, QMenu)
        next(each for each in customer.actions() if each.text() == "name").trigger()
        menu.close()
        shown = step_now(page).say if edit is page.form.say else step_now(page).hint
        assert shown == wanted
    page.form.values.add.click()
    formula = page.form.values.rows[0].formula
    names = [each.text() for each in field_menu.field_menu(formula, page.form.names()).actions()]
    assert {"today", "due", "day", "value_1"} <= set(names)
    next(each for each in field_menu.field_menu(formula, page.form.names()).actions() if each.text() == "due").trigger()
    assert step_now(page).compute == {"value_1": "due"}


def test_a_form_shows_every_shipped_step_in_every_language_without_changing_it(page: ScriptsPage) -> None:
    told: list[object] = []
    page.form.edited.connect(lambda step, _field: told.append(step))
    page.form.script_edited.connect(lambda script, _field: told.append(script))
    for file in sorted(paths.resource("scripts").glob("*.yaml")):
        script = files.read(file.read_text("utf-8"))
        page.open(callers.uid(2), script, VersionState.DRAFT, "")
        for step in script.steps:
            page.document.look_at(step.id)
            for language in script.languages:
                page.form.language.setCurrentText(language)
                assert page.form._read(step_now(page)) == step, (file.name, step.id, language)
    assert told == []


def test_every_question_has_every_field(page: ScriptsPage) -> None:
    form = page.form.question
    for kind in get_args(model.Question):
        form.kind.choose(kind.__struct_config__.tag)
        by_hand = {"label", "help", "name", "required", "options", "yes_to", "no_to"}
        assert set(kind.__struct_fields__) <= by_hand | set(form.limits) | set(form.switches), kind
    form.kind.choose("number")
    fill(form.limits["unit"], "kWh")
    assert step_now(page).ask == model.NumberQuestion(unit="kWh")
    form.kind.choose("money")
    form.limits["currency"].selectAll()
    fill(form.limits["currency"], "pl")
    assert form.limits["currency"].property("error")
    fill(form.limits["currency"], "n")
    assert step_now(page).ask == model.MoneyQuestion(currency="PLN")


def test_what_a_file_could_not_say_is_not_taken(page: ScriptsPage) -> None:
    page.form.say.setPlainText("x" * 70_000)
    assert page.form._wrong.isVisible()
    assert step_now(page).say == "…"
    fill(page.form.title, "Due")
    assert step_now(page).title == "", "not before it is mended"
    page.form.say.setPlainText("short")
    assert (step_now(page).say, step_now(page).title) == ("short", "Due")
    assert not page.form._wrong.isVisible()
