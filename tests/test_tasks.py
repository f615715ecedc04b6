"""The lanes: one thing at a time, answers on the owner's thread, late and unwanted ones dropped."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject

from agent_desktop.tasks import Gate, Late, Tasks
from tests.support.workstation import spin_until

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def lanes() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


def test_a_lane_is_one_thread_and_answers_on_the_owners(lanes: Tasks) -> None:
    ran: list[tuple[int, int]] = []
    heard: list[tuple[int, int]] = []
    for number in range(3):
        lanes.call(
            lambda number=number: ran.append((number, threading.get_ident())),  # type: ignore[misc]
            lambda _, number=number: heard.append((number, threading.get_ident())),  # type: ignore[misc]
        )
    spin_until(lambda: len(heard) == 3, "three answers")
    assert [number for number, _ in ran] == [0, 1, 2]
    assert len({thread for _, thread in ran}) == 1
    assert {thread for _, thread in heard} == {threading.get_ident()}
    assert {thread for _, thread in ran} != {threading.get_ident()}


def test_a_report_does_not_hold_up_a_pop(lanes: Tasks) -> None:
    gate, heard = threading.Event(), list[str]()
    lanes.browse(gate.wait, lambda _: heard.append("report"))
    lanes.call(lambda: None, lambda _: heard.append("pop"))
    spin_until(lambda: heard, "the pop")
    gate.set()
    spin_until(lambda: len(heard) == 2, "the report")
    assert heard == ["pop", "report"]


def test_what_is_late_is_told_once_and_its_answer_dropped(lanes: Tasks) -> None:
    gate, heard, failed = threading.Event(), list[object](), list[Exception]()
    lanes.call(gate.wait, heard.append, failed.append, deadline_s=0.02)
    spin_until(lambda: failed, "it is late")
    assert isinstance(failed[0], Late)
    gate.set()
    lanes.call(lambda: "next", heard.append)
    spin_until(lambda: heard, "the lane goes on")
    assert heard == ["next"]
    assert len(failed) == 1


@pytest.mark.parametrize("late", [False, True])
def test_what_nobody_waits_for_is_not_begun(lanes: Tasks, late: bool) -> None:
    gate, ran, heard, failed = threading.Event(), list[int](), list[object](), list[Exception]()
    lanes.call(gate.wait, heard.append)
    handle = lanes.call(lambda: ran.append(1), heard.append, failed.append, deadline_s=0.02 if late else 60)
    if late:
        spin_until(lambda: failed, "it is late")
    else:
        handle.cancel()
    gate.set()
    lanes.call(lambda: "last", heard.append)
    spin_until(lambda: "last" in heard, "the lane is through")
    assert not ran
    assert heard == [True, "last"]


def test_what_would_only_be_cut_off_is_not_begun(lanes: Tasks) -> None:
    gate, ran, heard, failed = threading.Event(), list[int](), list[object](), list[Exception]()
    lanes.call(gate.wait, heard.append)
    handle = lanes.call(lambda: ran.append(1), heard.append, failed.append, deadline_s=0.6)
    assert handle.begin_until == pytest.approx(handle.deadline - 0.1)
    handle.begin_until -= 0.5  # so long it has waited behind the others
    gate.set()
    spin_until(lambda: failed, "it is told all the same")
    assert isinstance(failed[0], Late)
    assert not ran


def test_an_error_goes_to_whoever_asked_else_to_the_log(lanes: Tasks, expected_log: object) -> None:
    failed: list[Exception] = []

    def fail() -> None:
        raise LookupError("no such thing")

    lanes.work(fail, lambda _: None, failed.append)
    spin_until(lambda: failed, "the error")
    assert isinstance(failed[0], LookupError)
    expected_log("background work failed")  # type: ignore[operator]
    heard: list[object] = []
    lanes.call(fail, heard.append)
    lanes.call(lambda: "next", heard.append)
    spin_until(lambda: heard, "the lane goes on")
    assert heard == ["next"]
    assert "raise LookupError" in str(failed[0].__notes__), "where it was can be read in the log"


def test_stop_ends_the_threads_and_nothing_is_heard_after(lanes: Tasks) -> None:
    gate, heard = threading.Event(), list[object]()
    names = {"database-call", "database-browse"}
    lanes.call(gate.wait, heard.append)
    lanes.call(lambda: heard.append("begun"), heard.append)
    threads = [thread for thread in threading.enumerate() if thread.name in names and thread.is_alive()]
    gate.set()
    lanes.stop()
    assert len(threads) >= 2
    assert not [thread for thread in threads[-2:] if thread.is_alive()]
    quiet = Tasks()
    quiet.call(lambda: "through", heard.append)
    spin_until(lambda: "through" in heard, "the event loop has run")
    quiet.stop()
    assert heard in (["through"], ["begun", "through"])


class Asker(QObject):
    """A screen that asks something and is closed before the answer."""

    def __init__(self, gone_on: list[int]):
        super().__init__()
        self._gone_on = gone_on
        self._here = threading.get_ident  # also at the end of the program, when modules are empty

    def hear(self, _answer: object) -> None:
        pass

    def __del__(self) -> None:
        self._gone_on.append(self._here())


@pytest.mark.parametrize("ends", ["answered", "failed", "late", "cancelled", "stopped"])
def test_what_a_job_refers_to_is_taken_apart_on_its_owners_thread(lanes: Tasks, ends: str) -> None:
    """Elsewhere a QObject's timers would stay behind and be due for an object that is no more."""
    gate, begun, gone_on, failed = threading.Event(), threading.Event(), list[int](), list[object]()

    def ask() -> Callable[[], None]:
        asker = Asker(gone_on)

        def job() -> None:
            begun.set()
            gate.wait()
            if ends == "failed":
                raise LookupError(str(asker.objectName()))

        last_s = 0.02 if ends == "late" else 60.0
        return lanes.call(job, asker.hear, lambda _: failed.append(asker.objectName()), deadline_s=last_s).cancel

    cancel = ask()
    assert begun.wait(20)
    if ends == "late":
        spin_until(lambda: failed, "it is late")
    elif ends == "cancelled":
        cancel()
        del cancel
        lanes._expire()
    elif ends == "stopped":
        lanes.stop(wait_s=0.0)
        del cancel
    gate.set()
    if ends == "stopped":  # then it is never let go
        lanes._call.join(20)
        assert not gone_on
    else:
        cancel = lambda: None  # noqa: E731 - not the asker's any more
        spin_until(lambda: gone_on, "it is let go")
        assert gone_on == [threading.get_ident()]


def test_nothing_is_told_through_a_closed_gate() -> None:
    heard: list[tuple[object, ...]] = []
    gate = Gate(lambda *said: heard.append(said))
    gate(1, "a")
    gate.close()
    gate(2, "b")
    assert heard == [(1, "a")]
