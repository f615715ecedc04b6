import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from agent_desktop import garbage
from agent_desktop.tasks import Tasks
from tests.support.workstation import spin_until

found_by: list[str] = []


class Circle(QObject):
    """Garbage that only a search finds."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        found_by.append(threading.current_thread().name)


@pytest.fixture
def searching() -> Iterator[None]:
    """As Python does it by itself."""
    enabled = gc.isenabled()
    found_by.clear()
    gc.collect()
    gc.enable()
    yield
    gc.unfreeze()
    if not enabled:
        gc.disable()


def lane_makes_much(tasks: Tasks) -> None:
    """What a database lane does with many rows, while the interface drops what it had shown."""
    done: list[list[list[int]]] = []  # kept: what is freed again does not make Python search
    for _ in range(5):
        Circle()
        tasks.call(lambda: [[number] for number in range(100_000)], done.append)
    spin_until(lambda: len(done) == 5, "the lane is done")


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


def test_what_the_interface_dropped_is_taken_apart_on_its_own_thread(
    qapp: object, tasks: Tasks, searching: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "FIRST_LOOK_MS", 10)
    keeper = garbage.Garbage()
    lane_makes_much(tasks)
    spin_until(lambda: len(found_by) == 5, "all is found")
    assert set(found_by) == {threading.main_thread().name}
    spin_until(gc.get_freeze_count, "what was made at the start is not looked through again")
    keeper._timer.stop()


def test_left_to_python_it_is_the_lane_that_takes_it_apart(qapp: object, tasks: Tasks, searching: None) -> None:
    """Why there is a module for it: should this fail one day, it is no longer needed."""
    lane_makes_much(tasks)
    assert "database-call" in found_by
