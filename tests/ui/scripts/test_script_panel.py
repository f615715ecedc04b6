"""The script beside the call: digits, Enter and Backspace, what is typed, and that it never takes the focus."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.core.states import CallState
from agent_desktop.ui import theme
from agent_desktop.ui.scripts.script_panel import ScriptPanel
from agent_desktop.ui.workspace import Workspace
from tests.support import callers, screen, script_views, ui_audit

OWNER = callers.uid(500)
FINISHED = replace(script_views.script(), state=ScriptState.FINISHED)
NO_SCRIPT = ScriptView(ScriptState.NO_SCRIPT, why="No rule names one.", offers=script_views.OFFERS)


class Told:
    """What the panel asked for, in order."""

    def __init__(self, panel: ScriptPanel):
        self.seen: list[tuple[str, ...]] = []
        for name in ("answered", "gone_on", "gone_back", "jumped", "went_to", "started_over", "acted", "chosen",
                     "link_opened", "wrap_up_wanted"):  # fmt: skip
            getattr(panel, name).connect(lambda *said, name=name: self.seen.append((name, *said)))

    def take(self) -> list[tuple[str, ...]]:
        seen, self.seen = self.seen, []
        return seen


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ScriptPanel]:
    """In a window with a field beside it, which has the focus."""
    window, panel, beside = QWidget(), ScriptPanel(), QLineEdit()
    beside.setObjectName("beside")
    box = QVBoxLayout(window)
    box.addWidget(beside)
    box.addWidget(panel, 1)
    screen.show(qtbot, window, 400, 760)
    beside.setFocus()
    yield panel
    window.close()


@pytest.fixture
def told(panel: ScriptPanel) -> Told:
    return Told(panel)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)  # type: ignore[call-overload]


def test_digits_answer_enter_goes_on_and_backspace_goes_back(panel: ScriptPanel, told: Told) -> None:
    panel.set_view(script_views.script(script_views.choice(), can_go_back=True), OWNER)
    panel.focus_first()
    press("2")
    assert told.take() == [("answered", "greet", "something_else")]
    press("7", "0", Qt.Key.Key_Backspace)
    assert told.take() == [("gone_back",)]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert told.take() == [("answered", "greet", "something_else")], "Enter gives the answer that has the focus"
    panel.set_view(script_views.script(place="bye", can_go_back=False), OWNER)
    assert panel.go.hasFocus(), "a step without a question"
    press("1", Qt.Key.Key_Backspace, Qt.Key.Key_Enter)
    assert told.take() == [("gone_on", "bye")]
    panel.set_view(FINISHED, OWNER)
    press(Qt.Key.Key_Return)
    assert told.take() == [("wrap_up_wanted",)]


def test_an_answer_given_before_is_marked_and_enter_keeps_it(panel: ScriptPanel, told: Told) -> None:
    panel.set_view(script_views.script(script_views.choice(chosen=2)), OWNER)
    panel.focus_first()
    assert focused() is panel.answer.choices.buttons[2]
    assert panel.answer.choices.buttons[2].isChecked()
    press(Qt.Key.Key_Return)
    assert told.take() == [("answered", "greet", "wants_to_cancel")]


@pytest.mark.parametrize("several", [False, True])
def test_what_is_typed_in_a_field_is_text(panel: ScriptPanel, told: Told, *, several: bool) -> None:
    question = script_views.field("text", several_lines=several)
    panel.set_view(script_views.script(question, place="meter", can_go_back=True), OWNER)
    panel.focus_first()
    press(Qt.Key.Key_Backspace)
    assert told.take() == [("gone_back",)], "nothing stands there that it could take away"
    QTest.keyClicks(focused(), "12 x")
    press(Qt.Key.Key_Backspace)
    assert told.take() == []
    press(Qt.Key.Key_Return)
    assert told.take() == [("answered", "meter", "12 ")]
    if several:
        QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(focused(), "y")
        press(Qt.Key.Key_Enter)
        assert told.take() == [("answered", "meter", "12 \ny")]


def test_what_is_typed_stays_with_its_step_and_a_refused_answer_says_why(panel: ScriptPanel) -> None:
    asked = script_views.script(script_views.field("number", unit="kWh"), place="meter")
    panel.set_view(asked, OWNER)
    panel.focus_first()
    QTest.keyClicks(focused(), "48a")
    late = replace(asked, why="Because the caller says so")
    panel.set_view(late, OWNER)
    assert panel.answer.typed() == "48a", "what comes late changes no field"
    panel.set_view(asked, callers.uid(501))
    assert panel.answer.typed() == "", "another call at the same step"
    panel.set_view(late, OWNER)
    assert panel.answer.typed() == "48a"
    press(Qt.Key.Key_Return)
    refused = script_views.field("number", unit="kWh", value="48a", error="A number, please")
    panel.set_view(script_views.script(refused, place="meter"), OWNER)
    assert panel.answer.error.isVisible()
    assert panel.answer.line.property("error")
    assert panel.answer.typed() == "48a"
    press("5")
    assert not panel.answer.error.isVisible(), "it is being mended"
    panel.set_view(script_views.script(place="next"), OWNER)
    panel.set_view(script_views.script(script_views.field("number", value="485"), place="other"), OWNER)
    assert panel.answer.typed() == "485"


def test_focus_follows_the_steps_only_from_inside(panel: ScriptPanel) -> None:
    beside = panel.window().findChild(QLineEdit, "beside")
    for view in (script_views.script(script_views.choice()), script_views.rich(), FINISHED, NO_SCRIPT):
        panel.set_view(view, OWNER)
        assert focused() is beside
    panel.set_view(script_views.script(script_views.choice()), OWNER)
    panel.focus_first()
    panel.set_view(script_views.rich(), OWNER)
    assert focused() is panel.answer.line
    panel.set_view(FINISHED, OWNER)
    assert focused() is panel.go
    panel.set_view(NO_SCRIPT, OWNER)
    assert panel.isAncestorOf(focused()), "the focus does not fall into the void"
    panel.set_view(ScriptView(ScriptState.LOADING), OWNER)
    assert focused() is panel
    panel.set_view(script_views.script(script_views.choice()), OWNER)
    assert focused() is panel.answer.choices.buttons[0], "what was waited for has the digits again"


def test_what_somebody_else_began_can_be_gone_on_with_or_begun_anew(panel: ScriptPanel, told: Told) -> None:
    words = "Marta Nowak, step 3, Fri 2026-11-20 14:31"
    panel.set_view(replace(script_views.script(script_views.choice()), resumed_from=words), OWNER)
    panel.focus_first()
    assert panel.strip.words.text() == f"Begun before: {words}"
    press(Qt.Key.Key_Return)
    assert not panel.strip.isVisible()
    press("1")
    assert told.take() == [("answered", "greet", "yes,_same_bill")]
    panel.set_view(replace(script_views.rich(), resumed_from=words), callers.uid(501))
    assert panel.strip.isVisible(), "another call"
    panel.strip.no.click()
    assert told.take() == [("started_over",)]


def test_another_script_is_chosen_by_a_digit(panel: ScriptPanel, told: Told) -> None:
    panel.set_view(script_views.script(script_views.choice()), OWNER)
    panel.focus_first()
    panel.change.click()
    assert panel.others.isVisible()
    press(Qt.Key.Key_Escape)
    assert focused() is panel.answer.choices.buttons[0]
    panel.change.click()
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert told.take() == [("chosen", "complaint")]
    panel.set_view(NO_SCRIPT, OWNER)
    panel.focus_first()
    press(Qt.Key.Key_Space, "3")
    assert told.take() == [("chosen", "identity_check")]


def test_the_rest_of_a_step(panel: ScriptPanel, told: Told) -> None:
    panel.set_view(script_views.rich(), OWNER)
    done, offered, impossible = panel.offered.buttons
    assert not done.isEnabled()
    assert not impossible.isEnabled()
    assert "No menu for payments" in impossible.toolTip()
    offered.click()
    panel.links.buttons[0].click()
    panel.behind.buttons[1].click()
    assert told.take() == [("acted", "meter", "2"), ("link_opened", "high-bill"), ("jumped", "birth")]
    ways = script_views.rich().step.behind
    panel.set_view(script_views.script(place="stuck", error="No condition holds.", ways=ways), OWNER)
    assert panel.trouble.text() == "No condition holds."
    panel.ways.buttons[0].click()
    assert told.take() == [("went_to", "greet")]
    assert not panel.offered.isVisible()


def test_what_cannot_be_filled_in_is_shown_as_written(panel: ScriptPanel) -> None:
    raw = "<b>Hello</b> {{ customer.nmae }}"
    panel.set_view(script_views.script(say=raw, say_error="customer.nmae is unknown"), OWNER)
    assert panel.say.words.text() == raw
    assert panel.say.words.textFormat() is Qt.TextFormat.PlainText
    assert panel.say.warning.isVisible()
    assert panel.say.warning.text().endswith("customer.nmae is unknown")
    panel.set_view(ScriptView(ScriptState.UNAVAILABLE, why="The database cannot be reached."), OWNER)
    assert panel.message.isVisible()
    assert not panel.go.isVisible()


def test_the_answer_to_a_call_brings_the_script_up(qtbot: QtBot) -> None:
    with screen.afternoon():
        space = Workspace()
        screen.show(qtbot, space, 1380, 800)
        view = script_views.script(script_views.choice())
        space.set_script(view, OWNER)
        space.set_pop(callers.found())
        space.set_wrap_up(callers.wrap_up())
        assert space.panel.page() == "handoff"
        space.set_pop(callers.found(CallState.TALKING))
        assert space.panel.page() == "script"
        assert space.script.answer.choices.buttons[0].hasFocus()
        space.focus_panel(4)
        space.wrap_up.note.setFocus()
        space.set_script(script_views.rich(), OWNER)
        assert space.panel.page() == "wrap_up"
        assert space.wrap_up.note.hasFocus()
        space.set_wrap_up(callers.wrap_up(in_wrap_up=True))
        space.set_pop(callers.found(CallState.ENDED))
        assert space.panel.page() == "wrap_up"
        space.focus_panel(3)
        space.set_script(FINISHED, OWNER)
        press(Qt.Key.Key_Return)
        assert space.panel.page() == "wrap_up", "a script that is finished leads on"


def test_a_script_that_comes_late_leaves_somebody_who_types_alone(qtbot: QtBot) -> None:
    with screen.afternoon():
        space = Workspace()
        screen.show(qtbot, space, 1380, 800)
        space.set_pop(callers.found(CallState.TALKING))
        space.set_wrap_up(callers.wrap_up())
        space.wrap_up.note.setFocus()
        QTest.keyClicks(space.wrap_up.note, "he says")
        space.set_script(script_views.script(script_views.choice()), OWNER)
        assert space.panel.page() == "wrap_up"
        space.history.filter.setFocus()
        QTest.keyClicks(space.history.filter, "bill")
        space.set_script(NO_SCRIPT, OWNER)
        space.set_script(script_views.script(script_views.choice()), OWNER)
        assert space.panel.page() == "script", "it is shown"
        assert space.history.filter.hasFocus(), "and whoever types types on"


LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle " * 2


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("size", [100, 150])
def test_nothing_is_clipped(qtbot: QtBot, qapp: QApplication, size: int, *, mirrored: bool) -> None:
    theme.apply(qapp, "dark", size)
    ui_audit.pseudo_translate(qapp)
    if mirrored:
        ui_audit.right_to_left(qapp)
    panel = ScriptPanel()
    screen.show(qtbot, panel, theme.px(370), 600)
    rich = script_views.rich()
    names = tuple(replace(one, label=LONG) for one in rich.step.actions)
    question = script_views.field("phone", label=LONG, error=LONG, help=LONG)
    step = replace(rich.step, say=LONG * 5, title=LONG, actions=names, question=question, error=LONG)
    choice = script_views.script(script_views.choice(choices=script_views.choices(*[f"{n}{LONG}" for n in range(12)])))
    for view in (replace(rich, title=LONG, why=LONG, step=step), choice, FINISHED, NO_SCRIPT):
        panel.set_view(view, OWNER)
        screen.settle(panel)
        assert ui_audit.everything(panel) == [], view.state
    panel.open_others()
    screen.settle(panel)
    assert ui_audit.everything(panel) == []
