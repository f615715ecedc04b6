"""The tour as a newcomer without a display gets it: the whole job, driven by keys, checked from outside."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_tour_walks_through_the_whole_job(tmp_path: Path) -> None:
    report, shots = tmp_path / "report.json", tmp_path / "shots"
    command = [sys.executable, "-m", "agent_desktop", "demo", "--tour", "--report", str(report), "--shots", str(shots)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    written = json.loads(report.read_text())
    assert written["ok"] is True
    assert [step["name"] for step in written["steps"]] == [
        "home", "ready", "ring", "pop", "answer", "note", "hold", "resume", "payment", "hang up", "ticket", "wrap-up",
        "abandoned call", "outbound call", "live board",
    ]  # fmt: skip
    assert all(step["ok"] and step["ms"] > 0 and step["detail"] for step in written["steps"])
    assert len(list(shots.glob("*.png"))) == len(written["steps"])
