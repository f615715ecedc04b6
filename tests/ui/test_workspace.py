"""The workspace as calls come and go: what is on screen, where the focus is, and that typing is never disturbed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.core.states import CallState
from agent_desktop.core.views import PopView
from agent_desktop.ui import theme
from agent_desktop.ui.workspace import Workspace
from tests.support import callers, screen, script_views, ui_audit


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with a dial field over the workspace, as in the program."""
    with screen.afternoon():
        widget = QWidget()
        dial, space = QLineEdit(), Workspace()
        dial.setObjectName("dial")
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(dial)
        box.addWidget(space, 1)
        screen.show(qtbot, widget, 1380, 800)
        space.set_home(callers.home())
        space.set_agent(callers.ME, "Dana Okafor")
        dial.setFocus()
        yield widget


@pytest.fixture
def space(window: QWidget) -> Workspace:
    found = window.findChild(Workspace)
    assert isinstance(found, Workspace)
    return found


def _focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_home_until_a_call_comes_and_again_after_wrap_up(space: Workspace) -> None:
    shown: list[bool] = []
    space.shown_changed.connect(shown.append)
    assert space.is_home()
    space.set_pop(callers.unknown("looking"))
    assert not space.is_home()
    space.set_pop(callers.found())
    space.set_wrap_up(callers.wrap_up())
    space.set_pop(None)
    assert not space.is_home()  # wrap-up is still open
    space.set_wrap_up(None)
    assert space.is_home()
    assert shown == [True, False]


class _Paints(QObject):
    """What was painted from now on: each widget's name, with the card's the height of its first ticket, with the
    panel's how many stations it told."""

    def __init__(self, space: Workspace):
        super().__init__()
        self.seen: list[str] = []
        self._space = space
        timeline = space.history.timeline.viewport()
        self._names = {space.card.found: "card", timeline: "history", space.handoff.area.viewport(): "handoff"}
        for widget in self._names:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            name = self._names[watched]  # type: ignore[index]
            if name == "handoff":
                name += f" of {len(self._space.handoff._shown)}"
            elif name == "card":
                name += f" with tickets of {self._space.card.found.tickets[0].height()}"
            self.seen.append(name)
        return False


def test_card_and_history_are_painted_when_the_pop_is_shown_and_the_panel_never_with_the_last_callers_words(
    space: Workspace,
) -> None:
    view = callers.found()
    space.set_pop(replace(view, pop=replace(view.pop, tickets=())))
    assert len(space.handoff._shown) > 1
    space.set_pop(None)
    assert space.is_home()
    screen.settle(space)
    whole = f"card with tickets of {theme.px(76)}"
    paints = _Paints(space)
    space.set_pop(replace(view, handoff=view.handoff[:1], interaction_id=callers.uid(501)))
    assert set(paints.seen) == {whole, "history"}, "before this returns"
    space.set_wrap_up(callers.wrap_up())
    screen.settle(space)
    assert set(paints.seen) == {whole, "history", "handoff of 1"}
    assert space.wrap_up.interaction() is not None


@pytest.mark.parametrize("state", ["found", "choose", "unknown", "withheld", "offline"])
def test_a_pop_never_moves_the_focus(window: QWidget, space: Workspace, state: str) -> None:
    dial = window.findChild(QLineEdit, "dial")
    assert _focused() is dial
    QTest.keyClicks(dial, "half a num")
    space.set_pop(callers.unknown("looking"))
    space.set_wrap_up(callers.wrap_up())
    views = {"found": callers.found(), "choose": callers.several()}
    space.set_pop(views.get(state) or callers.unknown(state))
    screen.settle(space)
    assert _focused() is dial
    QTest.keyClicks(dial, "ber")
    assert isinstance(dial, QLineEdit)
    assert dial.text() == "half a number"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (callers.unknown("looking"), ""),
        (callers.several(), "Choose who is calling to see the contact history."),
        (callers.unknown("offline"), "The contact history cannot be read now. The database cannot be reached."),
        (callers.unknown(), "No contact yet."),
    ],
)
def test_an_empty_history_says_why(space: Workspace, view: PopView, words: str) -> None:
    space.set_pop(callers.found())
    space.set_pop(view)
    assert space.history._empty.isVisible()
    assert space.history._empty.text().startswith(words)
    assert bool(space.history._empty.text()) == bool(words)


def test_ringing_shows_the_handoff_and_the_answer_the_wrap_up(space: Workspace) -> None:
    space.set_pop(callers.found())
    space.set_wrap_up(callers.wrap_up())
    assert space.panel.page() == "handoff"
    space.set_pop(callers.found(CallState.TALKING))
    assert space.panel.page() == "wrap_up"


def test_a_tab_the_agent_chose_stays(space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    space.focus_panel(5)
    space.set_pop(callers.found(CallState.HELD))
    assert space.panel.page() == "handoff"


def test_after_the_call_focus_goes_to_what_wrap_up_needs(window: QWidget, space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    space.focus_panel(2)
    space.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=45)))
    focused = _focused()
    assert focused is not None
    assert space.wrap_up.dispositions.isAncestorOf(focused)


def test_what_was_typed_in_and_goes_with_the_call_holds_nobody(window: QWidget, space: Workspace) -> None:
    """The transfer card closes a moment after the wrap-up has begun."""
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    search = window.findChild(QLineEdit, "dial")
    search.setFocus()
    QTest.keyClicks(search, "jon")
    space.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=45)))
    assert _focused() is search
    search.hide()
    screen.settle(space)
    focused = _focused()
    assert focused is not None
    assert space.wrap_up.dispositions.isAncestorOf(focused)


def test_the_end_of_a_call_leaves_somebody_who_types_alone(window: QWidget, space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    space.focus_panel(4)
    space.wrap_up.note.setFocus()
    QTest.keyClicks(space.wrap_up.note, "he asked for")
    space.set_wrap_up(callers.wrap_up(in_wrap_up=True, ends_at=callers.NOW + timedelta(seconds=45)))
    space.set_pop(callers.found(CallState.ENDED))
    assert _focused() is space.wrap_up.note
    QTest.keyClicks(space.wrap_up.note, " a refund")
    assert space.wrap_up.note.toPlainText() == "he asked for a refund"


def test_a_second_call_that_rings_changes_no_tab_under_somebody_who_types(window: QWidget, space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    space.wrap_up.note.setFocus()
    space.set_pop(replace(callers.found(id=callers.uid(9)), interaction_id=callers.uid(501)))
    assert space.panel.page() == "wrap_up"
    assert _focused() is space.wrap_up.note


def test_a_second_call_leaves_the_notes_of_the_first(space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    space.wrap_up.note.setFocus()
    QTest.keyClicks(space.wrap_up.note, "first caller")
    other = callers.uid(501)
    space.set_pop(replace(callers.found(id=callers.uid(9), name="Second"), interaction_id=other))
    space.set_wrap_up(callers.wrap_up(interaction_id=other, title="Second"))
    assert space.card.found.name.text() == "Second"
    assert space.wrap_up.note.toPlainText() == ""
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    assert space.wrap_up.note.toPlainText() == "first caller"


def test_panels_are_reached_by_number(space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up())
    for number, panel in ((1, space.card), (2, space.history), (4, space.wrap_up), (5, space.handoff)):
        space.focus_panel(number)
        focused = _focused()
        assert focused is not None
        assert panel is focused or panel.isAncestorOf(focused), number
    space.focus_filter()
    assert _focused() is space.history.filter


def test_a_narrow_window_turns_the_columns_into_tabs_and_back(qtbot: QtBot, window: QWidget, space: Workspace) -> None:
    space.set_pop(callers.found(CallState.TALKING))
    space.set_wrap_up(callers.wrap_up(note="kept"))
    space.wrap_up.note.setFocus()
    window.resize(1220, 620)
    screen.settle(window)
    assert space.panel.tabs.count() == 5
    assert not space._middle.isVisible()
    assert space.wrap_up.note.toPlainText() == "kept"
    assert _focused() is space.wrap_up.note
    space.focus_panel(2)
    assert space.history.timeline.isVisible()
    window.resize(1380, 800)
    screen.settle(window)
    assert space.panel.tabs.count() == 3
    assert space.history.timeline.isVisible()
    assert space._middle.isVisible()
    assert space.panel.page() in ("handoff", "wrap_up")


def test_way_history_and_first_words_are_there_before_the_answer(window: QWidget, space: Workspace) -> None:
    def seen(text: str) -> bool:
        labels = space.findChildren(QLabel)
        return any(text in one.text().replace("\u200b", "") for one in labels if one.isVisible())

    def say(view: PopView) -> None:
        space.set_pop(view)
        space.set_script(script_views.script(script_views.choice()), view.interaction_id)

    for width in (1380, 1100):
        space.set_pop(None)
        window.resize(width, 760)
        say(callers.found())
        assert space.history.isVisible()
        assert seen("Mój rachunek jest za wysoki"), width
        assert space.way.isVisible() == (width == 1100)
    space.set_pop(None)
    window.resize(1380, 760)
    say(callers.found())
    assert seen("Good afternoon, Ms Kowalczyk")
    say(callers.found(CallState.TALKING))
    space.panel.show_page("handoff")
    assert not seen("Good afternoon, Ms Kowalczyk"), "from the answer on it stands in the script"
    window.resize(1100, 760)
    say(callers.found(CallState.TALKING))
    space.panel.show_page("history")
    assert not space.way.isVisible(), "the room is the history's again"


def test_all_tickets_of_a_customer_are_shown_in_the_history(space: Workspace) -> None:
    view = callers.found()
    many = tuple(callers.ticket(number) for number in range(30000, 30009))
    space.set_pop(replace(view, pop=replace(view.pop, tickets=many)))
    assert space.card.found.more_tickets.isVisible()
    space.card.found.more_tickets.click()
    assert space.history.chips.key() == "ticket"


def test_older_history_is_added_to_the_same_customer_only(space: Workspace) -> None:
    space.set_pop(callers.found())
    space.add_history(callers.history(22))
    assert len(space.history._rows) == 22
    space.set_pop(callers.found(CallState.TALKING))
    assert len(space.history._rows) == 22
    space.set_pop(replace(callers.found(id=callers.uid(9)), interaction_id=callers.uid(501)))
    assert len(space.history._rows) == 11


@pytest.mark.parametrize(("size", "width", "height"), [(100, 1220, 592), (100, 1380, 772), (150, 1380, 772)])
@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_is_clipped(
    qtbot: QtBot, qapp: QApplication, size: int, width: int, height: int, *, mirrored: bool
) -> None:
    theme.apply(qapp, "light", size)
    ui_audit.pseudo_translate(qapp)
    if mirrored:
        ui_audit.right_to_left(qapp)
    with screen.afternoon():
        space = Workspace()
        screen.show(qtbot, space, width, height)
        space.set_pop(callers.found())
        space.set_wrap_up(callers.wrap_up())
        for panel in (3, 4, 5, 2):
            space.focus_panel(panel)
            screen.settle(space)
            assert ui_audit.everything(space) == [], panel
