import json
import sys
import types

import pytest

import benchmarks
from benchmarks import __main__ as bench


def test_a_figure_is_ok_within_its_limit():
    assert benchmarks.figure("pop", 40.0, "ms", limit=80, n=200)["ok"]
    assert not benchmarks.figure("pop", 80.1, "ms", limit=80, n=200)["ok"]


def test_a_ratio_may_be_wanted_too():
    fast = benchmarks.figure("pop", 40.0, "ms", limit=80, floor=30.0, most_ratio=2, n=200)
    slow = benchmarks.figure("pop", 70.0, "ms", limit=80, floor=30.0, most_ratio=2, n=200)
    assert (fast["ratio"], fast["ok"]) == (1.333, True)
    assert (slow["ratio"], slow["ok"]) == (2.333, False)
    assert not benchmarks.figure("pop", 1.0, "ms", limit=80, most_ratio=2, n=200)["ok"], "a floor was wanted"


def test_a_figure_has_the_keys_of_the_file():
    assert tuple(benchmarks.figure("pop", 1, "ms", limit=2, n=3)) == bench.KEYS


def test_a_new_run_replaces_its_own_figures_only():
    old = [benchmarks.figure("a", 1, "ms", limit=2, n=1), benchmarks.figure("b", 1, "ms", limit=2, n=1)]
    new = [
        benchmarks.figure("b", 5, "ms", limit=2, n=1),
        benchmarks.figure("a", 7, "ms", limit=9, n=1, part="database"),
    ]
    result = bench.merged(old, new)
    assert [(figure["part"], figure["name"], figure["value"]) for figure in result] == [
        ("main-job", "a", 1),
        ("main-job", "b", 5),
        ("database", "a", 7),
    ]


def test_a_module_says_its_figures_and_an_incomplete_one_is_refused(monkeypatch, tmp_path):
    module = types.ModuleType("benchmarks.fake")
    module.figures = lambda: [benchmarks.figure("x", 1, "ms", limit=2, n=1)]
    monkeypatch.setitem(sys.modules, "benchmarks.fake", module)
    assert bench.main(["--into", str(tmp_path / "f.json"), "fake"]) == 0
    assert json.loads((tmp_path / "f.json").read_text())[0]["name"] == "x"
    module.figures = lambda: [{"name": "x", "value": 1}]
    with pytest.raises(ValueError, match="lacks"):
        bench.measured("fake")


def test_a_missed_figure_and_a_failing_module_fail_the_run(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bench, "RESULT", tmp_path / "build" / "bench.json")
    good, bad = (benchmarks.figure(name, 3, "ms", limit=limit, n=1) for name, limit in (("good", 5), ("bad", 2)))
    monkeypatch.setattr(bench, "in_own_process", lambda name: [good])
    assert bench.main(["one"]) == 0
    monkeypatch.setattr(bench, "in_own_process", lambda name: [bad])
    assert bench.main(["one"]) == 1
    assert "MISSED" in capsys.readouterr().out
    assert [figure["name"] for figure in json.loads(bench.RESULT.read_text())["figures"]] == ["good", "bad"]
    monkeypatch.undo()
    monkeypatch.setattr(bench, "RESULT", tmp_path / "bench.json")
    assert bench.main(["no_such_benchmark"]) == 1
