"""The rules that conftest.py lays on every test, on a small suite of its own."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LEAN = ("-p", "no:hypothesispytest")  # half the start of a run, and nothing here uses it

RULES = """
import logging, pytest, subprocess
def test_silent(): logging.getLogger("sip").info("fine")
def test_loud(): logging.getLogger("sip").warning("boom")
def test_announced(expected_log):
    expected_log("^sip: boom")
    logging.getLogger("sip").warning("boom")
def test_promised(expected_log): expected_log("never")
def test_adds_a_handler(): logging.getLogger().addHandler(logging.StreamHandler())
def test_finds_none(): assert not [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
def test_child(): globals().update(kept=subprocess.Popen(["sleep", "60"]))
def test_grandchild(): subprocess.run(["sh", "-c", "sleep 61 >/dev/null 2>&1 &"])
def test_waits_for_its_child(): subprocess.run(["true"])
def test_skips(): pytest.skip("no such thing here")
@pytest.mark.xfail(reason="known")
def test_known(): assert False
@pytest.mark.soak
def test_long(): pass
"""

CROWD = """
import pytest, time
def stay(name):
    for what in ("in", "out"):
        with open("trace", "a") as trace: trace.write(f"{name} {what}\\n")
        time.sleep(0.05)  # long enough for another worker to step in
@pytest.mark.parametrize("n", range(12))
def test_any(n): stay("any")
@pytest.mark.xdist_group("pbx")
@pytest.mark.parametrize("n", range(6))
def test_group(n): stay("group")
@pytest.fixture
def made():
    stay("fixture")
    yield
    stay("fixture")
@pytest.mark.serial
@pytest.mark.parametrize("n", range(3))
def test_serial(n, made):
    stay("serial")
    assert n != 1
"""


@dataclass
class Run:
    """What a run of a suite said; ``outcomes`` by test."""

    outcomes: dict[str, str]
    output: str
    status: int


def run(folder: Path, text: str, *options: str, ci: str = "") -> Run:
    """Run a test file under our conftest."""
    shutil.copy(HERE / "conftest.py", folder / "conftest.py")
    shutil.copy(HERE.parent / "pyproject.toml", folder / "pyproject.toml")
    (folder / "test_it.py").write_text(text)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "AGENT_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", *LEAN, "--rootdir", folder, *options, "test_it.py"],
        env={**environment, "CI": ci, "TEST_CHILDREN_END_WITHIN_S": "0.5"},
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = re.findall(r"test_it\.py::(\w+) (PASSED|FAILED|ERROR|SKIPPED|XFAIL)", done.stdout)
    return Run(dict(lines), done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Run:
    """The rules on a developer's computer."""
    return run(tmp_path_factory.mktemp("here"), RULES)


def test_a_warning_must_be_announced_and_an_announced_one_must_come(here):
    assert here.outcomes["test_silent"] == here.outcomes["test_announced"] == "PASSED"
    assert here.outcomes["test_loud"] == here.outcomes["test_promised"] == "ERROR"
    assert "logged without being expected: ['sip: boom']" in here.output
    assert "expected in the log and never came: ['never']" in here.output


def test_the_log_is_left_as_it_was(here):
    assert here.outcomes["test_adds_a_handler"] == here.outcomes["test_finds_none"] == "PASSED"


def test_a_process_left_behind_fails_its_test(here):
    assert here.outcomes["test_child"] == "ERROR"
    assert here.outcomes["test_waits_for_its_child"] == "PASSED"
    assert "still running after the test: ['" in here.output


def test_a_process_whose_parent_has_gone_fails_the_run(here):
    assert re.search(r"FAILED .*test_grandchild.*still running after all tests: sleep 61", here.output)
    assert here.status == 1


def test_a_skip_is_a_skip_and_soak_waits_to_be_asked_for(here):
    assert here.outcomes["test_skips"] == "SKIPPED"
    assert here.outcomes["test_known"] == "XFAIL"
    assert "test_long" not in here.outcomes


def test_nothing_is_skipped_with_ci_set(tmp_path):
    text = RULES.replace("def test_skips()", "@pytest.mark.soak\ndef test_skips()")
    in_ci = run(tmp_path, text, "-m", "soak", ci="true")
    assert in_ci.outcomes == {"test_skips": "FAILED", "test_long": "PASSED"}
    assert "nothing may be skipped with CI set. Skipped: no such thing here" in in_ci.output
    assert in_ci.status == 1


def test_serial_tests_run_alone_and_groups_one_at_a_time(tmp_path):
    crowd = run(tmp_path, CROWD, "-n", "2", "--dist", "load")
    assert re.search("1 failed, 20 passed", crowd.output), crowd.output
    inside: list[str] = []
    most = 0
    for line in (tmp_path / "trace").read_text().splitlines():
        name, what = line.split()
        if what == "in":
            inside.append(name)
        else:
            inside.remove(name)
        assert not ("serial" in inside and len(inside) > 1)
        assert inside.count("group") <= 1
        most = max(most, len(inside))
    assert most == 2, "the others were to run side by side"
