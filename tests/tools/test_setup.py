"""The installer of a newcomer's first minute, with a small Debian of its own in PATH."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
INSTALLED = ["libgl1", "libglib2.0-0t64"]


@pytest.fixture
def setup():
    spec = importlib.util.spec_from_file_location("setup_tool", ROOT / "tools" / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def debian(monkeypatch):
    """A folder of programs: dpkg that has INSTALLED, apt-get that writes down what it is asked for."""
    folder = Path(tempfile.mkdtemp(prefix="ad-debian-"))
    folder.chmod(0o777)
    lines = "".join(f"installed {name}\\n" for name in INSTALLED) + "not-installed libegl1\\n"
    programs = {
        "dpkg-query": f"printf '{lines}'",
        "apt-get": f'echo "$@" >> {folder}/asked; [ ! -e {folder}/fails ]',
        "apt-cache": 'case $2 in new-*) echo "  Candidate: (none)";; *) echo "  Candidate: 1.0";; esac',
        "sudo": "exit 1",
    }
    for name, text in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    yield folder
    shutil.rmtree(folder)


def asked(debian: Path) -> list[str]:
    file = debian / "asked"
    return file.read_text().splitlines() if file.exists() else []


def test_the_list_has_no_package_twice_and_two_sections(setup):
    parts = setup.sections(ROOT / "packages.txt")
    assert list(parts) == ["run", "test"]
    names = [line for lines in parts.values() for line in lines]
    assert len(set(names)) == len(names)
    assert "python3-venv" in parts["run"]
    assert setup.wanted(("run",)) == parts["run"]
    assert setup.wanted(("run", "test")) == parts["run"] + parts["test"]


def test_nothing_is_installed_when_nothing_is_missing(setup, debian):
    setup.install_debian_packages(["libgl1", "libglib2.0-0 | libglib2.0-0t64"])
    assert asked(debian) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may install")
def test_root_installs_what_is_missing_and_no_more(setup, debian, capsys):
    setup.install_debian_packages(["libgl1", "libegl1", "new-name | old-name"])
    assert asked(debian)[0].startswith("update")
    assert asked(debian)[1].split()[-2:] == ["libegl1", "old-name"]
    assert "libgl1" not in asked(debian)[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may install")
def test_what_apt_refuses_is_told(setup, debian):
    (debian / "fails").touch()
    with pytest.raises(setup.CannotSetUp, match="could not be installed"):
        setup.install_debian_packages(["libegl1"])


def test_without_root_the_one_command_is_printed_and_nothing_runs(debian):
    program = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('setup_tool', {str(debian / 'setup.py')!r})\n"
        "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)\n"
        "try:\n    module.install_debian_packages(['libgl1', 'libegl1'])\n"
        "except module.CannotSetUp as trouble:\n    print(trouble)\n"
    )
    shutil.copy(ROOT / "tools" / "setup.py", debian / "setup.py")
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    python = shutil.which("python3", path="/usr/bin") or sys.executable  # one that nobody may run
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True, cwd="/", **nobody)
    assert "apt-get update && apt-get install -y --no-install-recommends libegl1" in done.stdout
    assert asked(debian) == []


def test_another_python_is_refused_in_words(setup, monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "SUPPORTED", ((3, 99),))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(setup.CannotSetUp, match=r"needs Python 3\.11 or 3\.12"):
        setup.use_supported_python(["run"])


def test_a_wrong_stage_shows_how_to_use_it(setup, capsys):
    assert setup.main(["everything"]) == 2
    assert "python3 tools/setup.py run" in capsys.readouterr().out


@pytest.fixture
def checkout(setup, monkeypatch, tmp_path):
    """A checkout with an environment; ``pip`` writes down what it is asked for."""
    for name in ("pyproject.toml", "setup.py", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(setup, "STAMP", tmp_path / ".venv" / "setup.json")
    monkeypatch.setattr(setup, "pip", lambda *arguments: calls.append(arguments))
    return tmp_path, calls


def test_packages_to_run_then_those_to_test_each_once(setup, checkout):
    root, calls = checkout
    setup.make_environment(("run",))
    run_list, project = calls
    assert run_list[:3] == ("install", "--no-deps", "--require-hashes")
    text = Path(run_list[-1]).read_text()
    assert "sqlalchemy==" in text
    assert "pytest==" not in text
    assert project[-2:] == ("--editable", str(root))
    calls.clear()
    setup.make_environment(("run",))
    assert calls == []
    setup.make_environment(("run", "test"))
    assert ["pytest==" in Path(call[-1]).read_text() for call in calls] == [True]


def test_only_what_changed_is_installed_again(setup, checkout):
    root, calls = checkout
    setup.make_environment(("run", "test"))
    calls.clear()
    with (root / "requirements.lock").open("a") as lock:  # its end is the test part
        lock.write("# changed\n")
    setup.make_environment(("run", "test"))
    assert [Path(call[-1]).name for call in calls] == ["test-requirements.txt"]
    calls.clear()
    with (root / "pyproject.toml").open("a") as project:
        project.write("# changed\n")
    setup.make_environment(("run", "test"))
    assert [call[-1] for call in calls] == [str(root)]
