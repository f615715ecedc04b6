"""Writing a script: the outline, the form, undo, and how it will be, tried out by the real child."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from agent_desktop.core.scripts.findings import Finding, Wrong
from agent_desktop.core.scripts.model import (
    Branch,
    ChoiceQuestion,
    Knowledge,
    MoneyQuestion,
    NumberQuestion,
    Option,
    Script,
    Step,
)
from agent_desktop.core.scripts.tryout import Tryout
from agent_desktop.data.script_rows import (
    Eyes,
    Review,
    ReviewLine,
    RuleRow,
    ScriptLine,
    Statistics,
    StepCount,
    VersionLine,
    VersionState,
)
from agent_desktop.ui import theme
from agent_desktop.ui.scripts import action_card
from agent_desktop.ui.scripts.scripts_page import ScriptsPage
from tests.support import callers, screen, ui_audit

SCRIPT = Script(
    id="high_bill",
    title="High bill",
    languages=("en", "pl"),
    steps=(
        Step(
            id="greet",
            title="Greeting",
            say={"en": "Hello {{ customer.name }}", "pl": "Dzień dobry"},
            ask=ChoiceQuestion(
                options=(Option(value="same", label="Same bill", to="meter"), Option(value="no", label="No", to="end"))
            ),
        ),
        Step(id="meter", title="Meter", say="What does it show?", ask=NumberQuestion(unit="kWh"),
             next=(Branch(to="end", when="meter > 5"), Branch(to="greet"))),
        Step(id="end", title="Bye", say="Thank you"),
        Step(id="lost", title="Nobody comes here", say="…", next="end"),
    ),
)  # fmt: skip
KEY = callers.uid(1)
LINE = ScriptLine(KEY, 1, "high_bill", "High bill", 1, True, 2, VersionState.DRAFT, callers.NOW, "Dana Okafor")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ScriptsPage]:
    widget = ScriptsPage()
    screen.show(qtbot, widget, 1220, 660)
    widget.set_scripts((LINE,))
    widget.open(KEY, SCRIPT, VersionState.DRAFT, "Version 2, Dana Okafor")
    yield widget
    widget.close()


def script_now(page: ScriptsPage) -> Script:
    assert page.document.script is not None
    return page.document.script


def step_now(page: ScriptsPage) -> Step:
    return next(step for step in script_now(page).steps if step.id == page.document.step_id)


def test_what_is_typed_is_the_step_and_one_undo_takes_it_back(page: ScriptsPage) -> None:
    page.form.title.setFocus()
    page.form.title.selectAll()
    QTest.keyClicks(page.form.title, "Welcome")
    assert step_now(page).title == "Welcome"
    assert page.outline.list.item(0).text() == "Welcome"
    page.form.say.setFocus()
    QTest.keyClick(page.form.say, Qt.Key.Key_End, CONTROL)
    QTest.keyClicks(page.form.say, "!")
    assert step_now(page).say == {"en": "Hello {{ customer.name }}!", "pl": "Dzień dobry"}
    assert page.state_tag.text() == "Not saved"
    QTest.keyClick(page.form.say, Qt.Key.Key_Z, CONTROL)
    assert page.form.say.toPlainText() == "Hello {{ customer.name }}"
    assert step_now(page).title == "Welcome"
    QTest.keyClick(page.form.say, Qt.Key.Key_Z, CONTROL)
    assert script_now(page) == SCRIPT
    assert page.form.title.text() == "Greeting"
    assert page.state_tag.text() == "Draft"
    QTest.keyClick(page.form.say, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert step_now(page).title == "Welcome"


def test_texts_are_written_in_the_chosen_language(page: ScriptsPage) -> None:
    page.form.language.setCurrentText("pl")
    assert page.form.say.toPlainText() == "Dzień dobry"
    assert page.form.title.text() == "", "not translated yet"
    QTest.keyClicks(page.form.title, "Powitanie")
    assert step_now(page).title == {"en": "Greeting", "pl": "Powitanie"}


def test_steps_by_keys(page: ScriptsPage) -> None:
    page.outline.list.setFocus()
    QTest.keyClick(page.outline.list, Qt.Key.Key_Down)
    assert page.document.step_id == "meter"
    QTest.keyClick(page.outline.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [step.id for step in script_now(page).steps] == ["greet", "end", "meter", "lost"]
    QTest.keyClick(page.outline.list, Qt.Key.Key_Insert)
    assert page.document.step_id == "step"
    QTest.keyClick(page.outline.list, Qt.Key.Key_Delete)
    assert page.document.step_id == "lost"
    page.form.name.setFocus()
    page.form.name.selectAll()
    QTest.keyClicks(page.form.name, "end")
    page.outline.list.setFocus()
    assert step_now(page).id == "lost", "a name that another step has is not taken"
    page.outline.list.setCurrentRow(1)
    page.form.name.setText("close")
    page.form.name.editingFinished.emit()
    ask = script_now(page).steps[0].ask
    assert isinstance(ask, ChoiceQuestion)
    assert ask.options[1].to == "close", "what led there still does"


def test_questions_answers_and_ways(page: ScriptsPage) -> None:
    form = page.form.question
    form.options.add.click()
    new = form.options._rows[2][1]
    QTest.keyClicks(new[1], "Both")
    ask = step_now(page).ask
    assert isinstance(ask, ChoiceQuestion)
    assert ask.options[2] == Option(value="answer_3", label="Both")
    form.options._rows[2][2].choose("end")
    ask = step_now(page).ask
    assert isinstance(ask, ChoiceQuestion)
    assert ask.options[2].to == "end"
    form.kind.choose("money")
    assert isinstance(step_now(page).ask, MoneyQuestion)
    QTest.keyClicks(form.limits["minimum"], "1.5x")
    assert form.limits["minimum"].property("error"), "nobody can read that"
    ask = step_now(page).ask
    assert isinstance(ask, MoneyQuestion)
    assert ask.minimum == 1.5
    page.document.look_at("meter")
    ways = page.form.ways
    assert ways.lines() == [("meter > 5", "end"), ("", "greet")]
    ways._rows[1][2].choose("lost")
    assert step_now(page).branches[1].to == "lost"


def test_the_source_says_everything_and_what_is_none_is_told(page: ScriptsPage) -> None:
    page.form.tabs.setCurrentIndex(3)
    page.form.source.setPlainText("id: greet\nsay: Hi\nactions:\n- do: open_ticket\n  subject: High bill\n")
    page.form.take.click()
    assert len(step_now(page).actions) == 1
    page.form.source.setPlainText("id: greet\nsays: Hi\n")
    page.form.take.click()
    assert page.form._source_error.isVisible()
    assert step_now(page).say == "Hi"


@pytest.fixture
def tryout() -> Iterator[Tryout]:
    made = Tryout("PL")
    yield made
    made.stop()


def test_the_preview_is_the_real_step_and_can_be_played(page: ScriptsPage, tryout: Tryout, qtbot: QtBot) -> None:
    panel = page.preview.panel
    tryout.changed.connect(page.set_view)
    tryout.checked.connect(page.set_findings)
    panel.answered.connect(tryout.answer)

    def show() -> None:
        tryout.load(script_now(page), {}, "en")
        tryout.look_at(page.document.step_id)
        tryout.check()

    page.edited.connect(show)
    with qtbot.waitSignal(tryout.checked, timeout=20_000):
        show()
    assert panel.view().step.say == "Hello Marta Kowalczyk"
    assert {each.kind for each in page.findings._found} == {Wrong.UNREACHABLE, Wrong.NO_TRANSLATION}
    assert page.hand_in_button.isEnabled(), "that forbids nothing"
    panel.focus_first()
    with qtbot.waitSignal(tryout.changed, timeout=20_000):
        QTest.keyClick(QApplication.focusWidget(), "1")
    assert (panel.view().step.title, panel.view().kept) == ("Meter", False)
    page.form.say.setPlainText("Hello {{ customer.nmae }}")
    with qtbot.waitSignal(tryout.checked, timeout=20_000):
        pass
    assert page.findings._found[0] == Finding(Wrong.UNKNOWN_FIELD, "greet", "say.en", "customer.nmae")
    assert not page.hand_in_button.isEnabled()
    page.document.look_at("lost")
    page.findings.list.itemActivated.emit(page.findings.list.item(0))
    assert page.document.step_id == "greet"


def test_who_may_do_what_by_where_the_version_stands(page: ScriptsPage) -> None:
    def offered() -> list[str]:
        buttons = {"save": page.save_button, "hand in": page.hand_in_button, "publish": page.publish_button,
                   "give back": page.give_back_button}  # fmt: skip
        return [name for name, button in buttons.items() if button.isVisible() and button.isEnabled()]

    assert offered() == ["hand in"]
    page.set_state(VersionState.REVIEW, "")
    assert offered() == ["publish", "give back"]
    handed = ReviewLine(2, callers.NOW, "Dana Okafor", Review.HANDED_IN, "shorter")
    versions = (VersionLine(2, 1, VersionState.REVIEW, callers.NOW, "Dana Okafor", None, "", None, "", "", False),)
    for eyes, words in (
        (Eyes.OWN, "somebody else"), (Eyes.ALONE, "nobody else"), (Eyes.FILE, "one’s own"), (Eyes.OTHERS, "shorter"),
    ):  # fmt: skip
        page.set_history(versions, (handed,), eyes)
        assert words in page.remark.text()
        assert "shorter" in page.remark.text()
        assert offered() == (["give back"] if eyes is Eyes.OWN else ["publish", "give back"])
    page.set_state(VersionState.DRAFT, "")
    assert not page.remark.isVisible()
    page.set_history(versions, (ReviewLine(2, callers.NOW, "Leo Lind", Review.GIVEN_BACK, "too long"), handed))
    assert page.remark.isVisible()
    assert "too long" in page.remark.text()
    page.set_state(VersionState.PUBLISHED, "")
    assert offered() == []
    assert not page.remark.isVisible()
    page.change_steps("add")
    assert offered() == ["save", "hand in"]
    page.document.stored()
    page.set_state(VersionState.DRAFT, "")
    assert offered() == ["hand in"]


LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"


@pytest.mark.parametrize(("size", "mode"), [(100, "light"), (150, "dark")])
def test_nothing_is_clipped(qtbot: QtBot, qapp: QApplication, size: int, mode: str) -> None:
    theme.apply(qapp, mode, size)
    ui_audit.right_to_left(qapp)
    page = ScriptsPage()
    screen.show(qtbot, page, 1220, 592)
    assert ui_audit.everything(page) == [], "without a script"
    actions = tuple(action_card.made(kind) for kind in action_card.KINDS)
    more = {"compute": {LONG[:48].lower().replace("ä", "a"): LONG}, "knowledge": (Knowledge(article=LONG, label=LONG),)}
    named = [Step(id=step.id, title=LONG, say=LONG * 3, ask=step.ask, next=step.next, actions=actions, **more)
             for step in SCRIPT.steps]  # fmt: skip
    page.set_scripts((LINE,))
    page.open(
        KEY,
        Script(id="high_bill", title=LONG, steps=tuple(named), languages=("en", "pl")),
        VersionState.REVIEW,
        f"Version 2, {LONG}",
    )
    page.set_findings((Finding(Wrong.UNKNOWN_FIELD, "greet", "say", LONG), Finding(Wrong.UNREACHABLE, "lost")))
    now = callers.NOW
    page.set_history(
        (VersionLine(2, 1, VersionState.REVIEW, now, LONG, None, LONG, now, LONG, LONG, False),),
        (ReviewLine(2, now, LONG, Review.HANDED_IN, LONG),), Eyes.OWN,
    )  # fmt: skip
    page.set_figures(Statistics(40, 31, (StepCount("greet", 40, 38, 2, 12.4, (("same", 30),)),)))
    page.form.rules.set((RuleRow(callers.uid(2), KEY, 1, queue="billing", intent=LONG),))
    for at in range(4):
        page.tabs.setCurrentIndex(at)
        page.form.tabs.setCurrentIndex(at)
        screen.settle(page)
        assert ui_audit.everything(page) == [], at
        for area in page.form.findChildren(QScrollArea):
            if area.isVisible():
                assert area.widget().width() <= area.viewport().width(), "it scrolls up and down only"
    page.close()
