"""Write requirements.lock: all packages that pyproject.toml leads to, with hashes, for Python 3.11 and 3.12.

The resolver (uv) goes into build/lock-venv. The lock names no package index: the one that pip is set up for is asked.
"""

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "lock-venv"
HEADER = """\
# Made by `make lock` from pyproject.toml; do not edit. tools/setup.py installs the part it needs with --require-hashes.
"""
Entries = dict[str, str]  # "name==version ; marker" -> the whole entry with its hashes


def main() -> int:
    uv = WORK / "bin" / "uv"
    if not uv.exists():
        venv.create(WORK, with_pip=True)
        subprocess.run([WORK / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    build = WORK / "build-requirements.txt"
    build.write_text("\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]) + "\n")
    run_file = WORK / "run.txt"
    run = compiled(uv, [ROOT / "pyproject.toml", build], run_file)
    everything = compiled(uv, [ROOT / "pyproject.toml", build], WORK / "all.txt", "--extra", "dev", "-c", str(run_file))
    test = {head: entry for head, entry in everything.items() if head not in run}
    text = HEADER + "\n# [run]\n" + "".join(run.values()) + "\n# [test]\n" + "".join(test.values())
    if re.search(r"https?://|file://", text):
        print("the lock would name an address: nothing written", file=sys.stderr)
        return 1
    (ROOT / "requirements.lock").write_text(text)
    print(f"requirements.lock: {len(run)} packages to run, {len(test)} more to test")
    return 0


def compiled(uv: Path, sources: list[Path], output: Path, *more: str) -> Entries:
    """Resolve ``sources`` for every platform. Raises CalledProcessError."""
    command = [uv, "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11", "--upgrade"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--output-file", output, *more, *sources]
    subprocess.run(command, check=True, cwd=ROOT)
    entries: Entries = {}
    head = ""
    for line in output.read_text().splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            head = line.rstrip("\\\n ")
            entries[head] = ""
        if not line.startswith("#"):
            entries[head] += line
    return entries


if __name__ == "__main__":
    sys.exit(main())
