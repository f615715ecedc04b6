"""``python -m benchmarks [NAME ...]``: run the modules here and merge their figures into build/bench.json.

Each module runs in a process of its own, so that no measurement inherits another's memory or threads. Exit status 1
when a figure is not ok or a module fails.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "build" / "bench.json"
KEYS = ("part", "name", "value", "unit", "limit", "floor", "ratio", "n", "ok")
Figure = dict[str, Any]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--into"]:
        Path(arguments[1]).write_text(json.dumps(measured(arguments[2])))
        return 0
    here = Path(__file__).parent
    names = arguments or sorted(path.stem for path in here.glob("*.py") if not path.name.startswith("_"))
    fresh: list[Figure] = []
    failed = []
    for name in names:
        print(f"… {name}", flush=True)
        try:
            fresh += in_own_process(name)
        except subprocess.CalledProcessError:
            failed.append(name)
    figures = merged(kept(), fresh)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"figures": figures}, indent=1) + "\n")
    print_table(fresh)
    for name in failed:
        print(f"benchmarks/{name}.py failed", file=sys.stderr)
    return 1 if failed or not all(figure["ok"] for figure in fresh) else 0


def measured(name: str) -> list[Figure]:
    """What the ``figures()`` of one module says. Raises ValueError for a figure without all the keys."""
    figures: list[Figure] = importlib.import_module(f"benchmarks.{name}").figures()
    for figure in figures:
        if missing := set(KEYS) - set(figure):
            raise ValueError(f"benchmarks/{name}.py: {figure.get('name')!r} lacks {sorted(missing)}")
    return figures


def in_own_process(name: str) -> list[Figure]:
    """Raises CalledProcessError; what went wrong was printed by the module."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "benchmarks", "--into", str(result), name]
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
        return json.loads(result.read_text())


def kept() -> list[Figure]:
    """The figures of earlier runs."""
    return json.loads(RESULT.read_text())["figures"] if RESULT.exists() else []


def merged(old: list[Figure], fresh: list[Figure]) -> list[Figure]:
    """``old`` with the fresh ones in place of those of the same part and name."""
    figures = {(figure["part"], figure["name"]): figure for figure in [*old, *fresh]}
    return list(figures.values())


def print_table(figures: list[Figure]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "part", "figure", box=None)
    for heading in ("value", "limit", "floor", "ratio", "n"):
        table.add_column(heading, justify="right")
    for figure in figures:
        numbers = [_short(figure[key]) for key in ("limit", "floor", "ratio", "n")]
        value = f"{_short(figure['value'])} {figure['unit']}"
        table.add_row("ok" if figure["ok"] else "MISSED", figure["part"], figure["name"], value, *numbers)
    Console(width=max(100, Console().width)).print(table)


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.4g}" if abs(number) < 10_000 else f"{number:,.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
