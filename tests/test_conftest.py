"""The rules that conftest.py lays on every test, on a small suite of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def suite(tmp_path):
    """``suite(text, *options)`` runs a test file under our conftest; returns the outcome by test, and all output."""
    shutil.copy(HERE / "conftest.py", tmp_path / "conftest.py")
    shutil.copy(HERE.parent / "pyproject.toml", tmp_path / "pyproject.toml")

    def run(text: str, *options: str, ci: str = "") -> tuple[dict[str, str], str]:
        (tmp_path / "test_it.py").write_text("import logging, os, pytest, subprocess, time\n" + text)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "AGENT_"))}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-v", "--rootdir", tmp_path, *options, tmp_path / "test_it.py"],
            cwd=tmp_path, env={**environment, "CI": ci}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        found: dict[str, str] = {}
        for name, outcome in re.findall(r"test_it\.py::(\w+) (PASSED|FAILED|ERROR|SKIPPED|XFAIL)", done.stdout):
            found[name] = outcome
        for outcome, name in re.findall(r"\] (PASSED|FAILED|ERROR|SKIPPED) .*test_it\.py::(\w+)", done.stdout):
            found[name] = outcome
        return found | {"exit": str(done.returncode)}, done.stdout + done.stderr

    return run


def test_a_warning_must_be_announced_and_an_announced_one_must_come(suite):
    outcome, output = suite(
        """
def test_silent(): logging.getLogger("sip").info("fine")
def test_loud(): logging.getLogger("sip").warning("boom")
def test_announced(expected_log):
    expected_log("^sip: boom")
    logging.getLogger("sip").warning("boom")
def test_promised(expected_log): expected_log("never")
def test_leaves_the_log_as_it_was():
    logging.getLogger().addHandler(logging.StreamHandler())
def test_finds_it_so(): assert not [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
"""
    )
    assert outcome["test_silent"] == outcome["test_announced"] == outcome["test_finds_it_so"] == "PASSED"
    assert outcome["test_loud"] == outcome["test_promised"] == "ERROR"
    assert "logged without being expected: ['sip: boom']" in output


def test_a_skip_fails_where_nothing_may_be_skipped(suite):
    text = """
def test_skips(): pytest.skip("no such thing here")
@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""
    assert suite(text)[0] == {"test_skips": "SKIPPED", "test_known": "XFAIL", "exit": "0"}
    outcome, output = suite(text, ci="true")
    assert outcome == {"test_skips": "FAILED", "test_known": "XFAIL", "exit": "1"}
    assert "no such thing here" in output


def test_soak_runs_only_when_asked_for(suite):
    text = "@pytest.mark.soak\ndef test_long(): pass\ndef test_short(): pass\n"
    assert suite(text)[0] == {"test_short": "PASSED", "exit": "0"}
    assert suite(text, "-m", "soak")[0] == {"test_long": "PASSED", "exit": "0"}


def test_a_process_left_behind_fails_its_test_or_the_run(suite):
    outcome, output = suite(
        """
def test_child(): globals().update(kept=subprocess.Popen(["sleep", "60"]))
def test_grandchild(): subprocess.run(["sh", "-c", "sleep 61 >/dev/null 2>&1 &"])
def test_clean(): subprocess.run(["true"])
"""
    )
    assert outcome["test_child"] == "ERROR"
    assert outcome["test_clean"] == "PASSED"
    assert "still running after the test: ['" in output
    assert re.search(r"FAILED .*test_grandchild.*still running after all tests: sleep 61", output)
    assert outcome["exit"] == "1"


def test_serial_tests_run_alone_and_groups_one_at_a_time(suite, tmp_path):
    outcome, output = suite(
        """
def stay(name):
    with open(os.environ["TRACE"], "a") as trace: trace.write(f"{name} in\\n")
    time.sleep(0.05)
    with open(os.environ["TRACE"], "a") as trace: trace.write(f"{name} out\\n")
@pytest.mark.parametrize("n", range(12))
def test_any(n): stay("any")
@pytest.mark.xdist_group("pbx")
@pytest.mark.parametrize("n", range(6))
def test_group(n): stay("group")
@pytest.mark.serial
@pytest.mark.parametrize("n", range(3))
def test_serial(n): stay("serial")
""".replace('os.environ["TRACE"]', repr(str(tmp_path / "trace"))),
        *("-n", "2", "--dist", "load"),
    )
    assert outcome["exit"] == "0", output
    lines = (tmp_path / "trace").read_text().splitlines()
    inside: list[str] = []
    together = 0
    for line in lines:
        name, what = line.split()
        if what == "in":
            inside.append(name)
        else:
            inside.remove(name)
        assert not ("serial" in inside and len(inside) > 1), lines
        assert inside.count("group") <= 1, lines
        together = max(together, len(inside))
    assert together == 2, "the others were to run side by side"
