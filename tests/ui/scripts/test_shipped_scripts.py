"""Each script that comes with the program, from its first word to its end, by the keyboard alone in the real window."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from agent_desktop import paths
from agent_desktop.core.scripts import files
from agent_desktop.core.scripts.model import Script
from agent_desktop.core.scripts.views import ScriptState, ScriptView
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.scripts.script_panel import ScriptPanel
from tests.support.workstation import Bench

SCRIPTS = sorted(paths.resource("scripts").glob("*.yaml"))
MOST_STEPS = 60
# What is typed at a question of a kind; the next one where it is refused.
TYPED = {
    "text": ("Marta Kowalczyk", "12345", "1234", "AB-123456"),
    "number": ("5", "100", "48655", "1"),
    "date": ("2026-12-01", "today", "tomorrow", "1975-03-12", "2030-01-02"),
    "money": ("25.00", "150", "5"),
    "phone": ("+48 601 442 190",),
    "email": ("marta@example.org",),
}


class Keys:
    """An agent who has a keyboard and the script before them."""

    def __init__(self, bench: Bench, window: MainWindow):
        self.bench, self.window = bench, window
        self.seen = 0
        self.read: list[str] = []
        self.done: Counter[str] = Counter()
        assert bench.core is not None
        bench.core.scripts.changed.connect(self._changed)

    def _changed(self, _view: ScriptView) -> None:
        self.seen += 1

    @property
    def panel(self) -> ScriptPanel:
        return self.window.workspace.script

    def view(self) -> ScriptView:
        return self.panel.view()

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)  # type: ignore[call-overload]

    def press_and_see(self, key: Qt.Key | str) -> None:
        before = self.seen
        self.press(key)
        self.bench.until(lambda: self.seen > before, f"the script answers to {key}")

    def choose(self, script_id: str) -> None:
        """Back to "Change" by Tab, then to the script by its digit or the arrows."""
        self.press("3", Qt.KeyboardModifier.ControlModifier)
        if self.panel.change.isVisible():
            for _ in range(20):
                if self.focused() is self.panel.change:
                    break
                self.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert isinstance(self.focused(), QPushButton)
        self.press(Qt.Key.Key_Space)
        at = next(at for at, offer in enumerate(self.view().offers) if offer.script_id == script_id)
        if at < 9:
            self.press(str(at + 1))
        else:
            for _ in range(at):
                self.press(Qt.Key.Key_Down)
            self.press(Qt.Key.Key_Return)
        self.bench.until(lambda: self.view().script_id == script_id and self.view().step.place, "the script begins")

    def walk(self) -> Counter[str]:
        """To the end: the first answer of each choice, another one each time it comes again."""
        passed: Counter[str] = Counter()
        for _ in range(MOST_STEPS):
            view = self.view()
            if view.state is ScriptState.FINISHED:
                return passed
            self.answer(passed[view.step.place])
            passed[view.step.place] += 1
        raise AssertionError(f"no end after {MOST_STEPS} steps: {passed.most_common(5)}")

    def press_button(self, button: QPushButton) -> None:
        """By Tab to a button of the step, and Space."""
        self.press("3", Qt.KeyboardModifier.ControlModifier)
        for _ in range(30):
            if self.focused() is button:
                self.press(Qt.Key.Key_Space)
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to “{button.accessibleName()}”")

    def read_and_do(self) -> None:
        """Read every article that the step names, and do all that it offers."""
        place, links, actions = self.view().step.place, self.view().step.links, self.view().step.actions
        for at, link in enumerate(links):
            self.press_button(self.panel.links.buttons[at])
            self.bench.until(self.window.workspace.knowledge.reads, f"{place}: article {link.article}")
            self.read.append(link.article)
        for at, action in enumerate(actions):
            if action.done or action.why_not:
                continue
            told = len(self.bench.notices)
            self.press_button(self.panel.offered.buttons[at])

            def settled(at: int = at, told: int = told) -> bool:
                done = self.view().step.place == place and self.view().step.actions[at].done
                return done or any("could not do this" in text for text in self.bench.notices[told:])

            self.bench.until(settled, f"{place}: {action.label}")
            self.done[action.kind] += self.view().step.actions[at].done
        if links or actions:
            self.press("3", Qt.KeyboardModifier.ControlModifier)

    def answer(self, times: int) -> None:
        if not times:
            self.read_and_do()
        view = self.view()
        question, place = view.step.question, view.step.place
        assert not view.step.say_error, f"{place}: {view.step.say_error}"
        if question is None:
            self.press_and_see(Qt.Key.Key_Return)
            return
        if question.choices:
            self.press_and_see(str(times % min(9, len(question.choices)) + 1))
            return
        for words in TYPED[question.kind]:
            assert self.panel.answer.isAncestorOf(self.focused()), f"{place}: the field has the focus"
            self.press("a", Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(self.focused(), words)
            before = self.seen
            self.press(Qt.Key.Key_Return)

            def went() -> bool:
                return (self.view().step.place, self.view().state) != (place, ScriptState.STEP)

            def refused(before: int = before) -> bool:  # a step is told anew for other reasons, too
                question = self.view().step.question
                return self.seen > before and question is not None and bool(question.error)

            self.bench.until(lambda: went() or refused(), f"{place}: “{words}” is taken or not")
            if went():
                return
        raise AssertionError(f"{place}: {self.panel.answer.error.text()}")


@pytest.fixture
def bench(tmp_path: Path, qapp: QApplication) -> Iterator[Bench]:
    made = Bench(tmp_path / "desk", scripts=True).start()
    yield made
    made.stop()


def test_there_are_ten() -> None:
    read: list[Script] = [files.read(file.read_text(encoding="utf-8")) for file in SCRIPTS]
    assert len(read) >= 10
    assert sum(len(script.languages) > 1 for script in read) >= 2


def test_every_script_by_the_keyboard_alone(bench: Bench, shown) -> None:
    assert bench.core is not None
    window = shown(MainWindow(bench.core), 1440, 900)
    caller = bench.other()
    call = bench.ring(caller)
    bench.until(lambda: bench.core.scripts.library.loaded, "the scripts are read")  # type: ignore[union-attr]
    window.action("answer").trigger()
    bench.until(lambda: window.workspace.is_prepared() and not window.workspace.is_home(), "the caller is on screen")
    keys = Keys(bench, window)
    bench.until(lambda: keys.view().state not in (ScriptState.NONE, ScriptState.LOADING), "the panel knows")
    by_name = {book.program.script.id: key for key, book in bench.core.scripts.library.books.items()}
    for file in SCRIPTS:
        name = files.read(file.read_text(encoding="utf-8")).id
        keys.choose(str(by_name[name]))
        passed = keys.walk()
        assert len(passed) >= 3, f"{name} says next to nothing: {passed}"
    assert keys.read == ["bill-higher-than-expected"]
    assert set(keys.done) == {"open_ticket", "set_disposition", "schedule_callback", "start_handoff"}
    refused = {text.partition(": ")[2] for text in bench.notices if "could not do this" in text}
    labels = {label for (label,) in bench.rows("SELECT label FROM disposition WHERE queue_id IS NOT NULL")}
    # This call came out of no queue: a queue's own results are none of its.
    elsewhere = {f"there is no result “{label}” for this call." for label in labels}
    assert refused - elsewhere == {"Needs the centre’s collector: nobody else can ask the PBX."}
    finished = "SELECT count(*) FROM script_run WHERE finished"
    bench.until(lambda: bench.rows(finished) == [(len(SCRIPTS),)], "each run is in the database")
    keys.press(Qt.Key.Key_Backspace)
    bench.until(lambda: keys.view().state is ScriptState.STEP, "back from the end")
    keys.press_and_see(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    assert window.workspace.panel.page() == "wrap_up", "what is finished leads on"
    assert call
    bench.stop()
