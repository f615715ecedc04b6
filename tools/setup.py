"""Install what is missing, and nothing else: `python3 tools/setup.py run`, or `test` for the tests' needs too.

Three steps, each skipped when it has nothing to do: Debian packages (packages.txt), the virtual environment .venv with
the locked Python packages (requirements.lock), and for the tests a real Asterisk. Needs only the system's Python.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "setup.json"
SUPPORTED = ((3, 11), (3, 12))
STAGES = ("run", "test")


class CannotSetUp(Exception):
    """What is wrong and what to do about it, in words."""


def main(argv: list) -> int:
    if len(argv) != 1 or argv[0] not in STAGES:
        print(__doc__)
        return 2
    stages = STAGES[: STAGES.index(argv[0]) + 1]
    try:
        use_supported_python(argv)
        install_debian_packages(wanted(stages))
        make_environment(stages)
        if "test" in stages:
            get_asterisk()
    except CannotSetUp as trouble:
        print("\n" + str(trouble), file=sys.stderr)
        return 1
    return 0


def say(text: str) -> None:
    print("setup: " + text, flush=True)


# ---------------------------------------------------------------- Python


def use_supported_python(argv: list) -> None:
    """Go on in Python 3.11 or 3.12: this one, or another that is installed."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for minor in ("12", "11"):
        found = shutil.which("python3." + minor)
        if found and subprocess.run([found, "-c", "import venv"], capture_output=True).returncode == 0:
            os.execv(found, [found, __file__, *argv])
    raise CannotSetUp(
        "Agent Desktop needs Python 3.11 or 3.12: the SIP library has no build for others yet.\n"
        "This is Python " + platform.python_version() + ". Install python3.12 with its venv module, then try again."
    )


# ---------------------------------------------------------------- Debian packages


def sections(file: Path) -> dict:
    """The lines of each ``[section]`` of a list file; comments and blank lines are left out."""
    parts = {}
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
            parts[name] = []
        elif line.strip() and not line.startswith("#"):
            parts[name].append(line.rstrip())
    return parts


def wanted(stages: tuple) -> list:
    parts = sections(ROOT / "packages.txt")
    return [line for stage in stages for line in parts[stage]]


def install_debian_packages(packages: list) -> None:
    if sys.platform != "linux":
        return
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        say("this is not Debian: make sure that you have what packages.txt lists, under the names of your system")
        return
    present = installed_packages()
    missing = [line for line in packages if not present.intersection(alternatives(line))]
    if not missing:
        return
    if os.geteuid() == 0:
        as_root = ["env", "DEBIAN_FRONTEND=noninteractive"]
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        as_root = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        raise CannotSetUp(
            "Some Debian packages are missing and this user may not install them.\n"
            "Run this as root, then the same command again:\n\n"
            "  apt-get update && apt-get install -y --no-install-recommends " + " ".join(map(available, missing))
        )
    say("Debian packages: " + ", ".join(missing))
    subprocess.run([*as_root, "apt-get", "update", "-qq"])  # should it fail, the lists at hand may still do
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *map(available, missing)]
    if subprocess.run([*as_root, *install], stdout=subprocess.DEVNULL).returncode:
        raise CannotSetUp("The Debian packages could not be installed; apt-get says why above.")


def alternatives(line: str) -> list:
    return [name.strip() for name in line.split("|")]


def installed_packages() -> frozenset:
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\n"]
    lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()
    return frozenset(line.partition(" ")[2] for line in lines if line.startswith("installed "))


def available(line: str) -> str:
    """The first of a line's alternatives that this Debian has; the last when it knows none."""
    *first, last = alternatives(line)
    for name in first:
        policy = subprocess.run(["apt-cache", "policy", name], capture_output=True, text=True).stdout
        if "Candidate:" in policy and "Candidate: (none)" not in policy:
            return name
    return last


# ---------------------------------------------------------------- the virtual environment


def make_environment(stages: tuple) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    head, _, test = lock.partition("\n# [test]\n")
    run = head.partition("\n# [run]\n")[2]
    parts = {"run": run, "test": test}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8") + (ROOT / "setup.py").read_text(encoding="utf-8")
    python = platform.python_version() + str(VENV)  # a copied or moved folder is made anew
    goal = {stage: digest(parts[stage], python) for stage in stages}
    goal["project"] = digest(project, python)
    done = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if all(done.get(name) == value for name, value in goal.items()) and PYTHON.exists():
        return
    if environment_version() not in SUPPORTED or done.get("python", python) != python:
        say("a new virtual environment in .venv, Python " + platform.python_version())
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)]).returncode:
            raise CannotSetUp("The virtual environment could not be made: is python3-venv installed?")
        done = {}
    for stage in stages:
        if done.get(stage) != goal[stage]:
            say("locked Python packages to " + stage)
            install_locked(stage, parts[stage])
    if done.get("project") != goal["project"]:
        say("the command agent-desktop")
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    done.update(goal, python=python)
    STAMP.write_text(json.dumps(done, indent=1) + "\n")


def environment_version() -> tuple:
    """Major and minor version of the Python in .venv; () without one that runs."""
    if not PYTHON.exists():
        return ()
    asked = subprocess.run(
        [str(PYTHON), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True
    )
    return tuple(map(int, asked.stdout.split()))


def install_locked(stage: str, requirements: str) -> None:
    file = VENV / (stage + "-requirements.txt")
    file.write_text(requirements, encoding="utf-8")
    pip("install", "--no-deps", "--require-hashes", "--requirement", str(file))


def pip(*arguments: str) -> None:
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *quiet, *arguments]
    if subprocess.run(command, cwd=str(ROOT)).returncode:
        raise CannotSetUp("pip could not install what is needed; it says why above. Is there a network?")


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


# ---------------------------------------------------------------- the PBX of the end-to-end tests


def get_asterisk() -> None:
    if sys.platform != "linux" or subprocess.run([str(ROOT / "tools" / "get_asterisk.sh"), "--check"]).returncode == 0:
        return
    say("a real Asterisk for the end-to-end tests, from Debian's mirror (about 60 MB)")
    if subprocess.run([str(ROOT / "tools" / "get_asterisk.sh")]).returncode == 0:
        return
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        raise CannotSetUp("Asterisk could not be fetched, and nothing may be skipped with CI set.")
    say("NO ASTERISK: it could not be fetched; the tests against a real PBX will be skipped")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
