"""What is left for later is done after the first painting, in order, and also for a window that is never painted."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from agent_desktop.ui import first_picture


class Watch(QObject):
    """Notes each painting of a widget among what else is done."""

    def __init__(self, done: list[str]):
        super().__init__()
        self._done = done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._done.append("painted")
        return False


def test_jobs_come_after_the_first_painting_and_once(qtbot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    watch = Watch(done)
    window.installEventFilter(watch)
    first_picture.then(window, lambda: done.append("one"), lambda: done.append("two"))
    window.show()
    qtbot.waitUntil(lambda: "two" in done)
    window.repaint()
    qtbot.wait(20)
    assert done[0] == "painted"
    assert [what for what in done if what != "painted"] == ["one", "two"]


def test_a_window_that_is_never_painted_is_served_too(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(first_picture, "NEVER_SHOWN_MS", 10)
    window, done = QWidget(), []
    qtbot.addWidget(window)
    first_picture.then(window, lambda: done.append("one"))
    qtbot.waitUntil(lambda: done == ["one"])
