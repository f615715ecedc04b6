"""What a newcomer gets: the wheel, the lock, the lists, the README, and nothing of the machine it was made on."""

import email
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from agent_desktop.ui import actions

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def source_files() -> list[Path]:
    """Everything that belongs to the repository; without git, everything that it would not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    skipped = {
        ".git",
        ".venv",
        ".asterisk",
        "build",
        "dist",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".hypothesis",
    }
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped.intersection(path.parts)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    for path in source_files():
        if path.parts[len(ROOT.parts)] not in {"tests", "docs"}:
            target = folder / "source" / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--wheel-dir", folder, folder / "source"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_resources_and_modules(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for path in source_files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("resources/"):
            assert f"agent_desktop/{name}" in inside
        if name.startswith("agent_desktop/"):
            assert name in inside
    assert not [name for name in inside if name.startswith(("tests/", "tools/", "benchmarks/", "resources/"))]


def test_the_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = email.message_from_bytes(archive.read(next(name for name in names if name.endswith("/METADATA"))))
    assert metadata["License-Expression"] == "GPL-3.0-or-later"
    assert metadata["Requires-Python"] == "<3.13,>=3.11"
    for name in ("LICENSE", "THIRD_PARTY.md"):
        assert any(path.endswith(f"/licenses/{name}") for path in names)


def test_an_installed_program_finds_its_resources(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "from agent_desktop import paths\n"
        "print(paths.__file__)\nprint(paths.resource('asterisk', 'README.md'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    module, resource = done.stdout.splitlines()
    assert module.startswith(str(tmp_path))
    assert resource == str(tmp_path / "site" / "agent_desktop" / "resources" / "asterisk" / "README.md")


# ---------------------------------------------------------------- the lock


def lock_sections() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(run, test): versions by package name."""
    head, _, test = (ROOT / "requirements.lock").read_text().partition("\n# [test]\n")
    found = []
    for part in (head.partition("\n# [run]\n")[2], test):
        versions: dict[str, list[str]] = {}
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", part, re.MULTILINE):
            versions.setdefault(canonicalize_name(name), []).append(version)
        found.append(versions)
    return found[0], found[1]


def test_the_lock_has_every_requirement_in_a_version_that_is_wanted():
    run, test = lock_sections()
    project = PROJECT["project"]
    for section, wanted in (
        (run, [*project["dependencies"], *PROJECT["build-system"]["requires"]]),
        ({**run, **test}, project["optional-dependencies"]["dev"]),
    ):
        for requirement in map(Requirement, wanted):
            versions = section.get(canonicalize_name(requirement.name))
            assert versions, f"{requirement.name} is not locked: make lock"
            for version in versions:
                assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: make lock"


def test_every_locked_package_has_hashes_and_none_an_address():
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    for entry in entries:
        assert "--hash=sha256:" in entry, entry.partition(" ")[0]


# ---------------------------------------------------------------- lists and documents


def test_no_file_names_the_machine_it_was_made_on():
    words = [
        "/" + "work/",
        "/" + "root/",
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "deb." + "debian.org",
        "/opt/" + "pypi",
    ]
    for path in source_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        assert not [word for word in words if word in text], path


def test_ci_runs_exactly_the_tests():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[0] == "#!/bin/bash"
    assert [line for line in lines[1:] if line] == ['cd "$(dirname "$0")/.." && exec make test']


def test_every_make_target_has_a_line_of_help():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^  make (\S+) ", shown, re.MULTILINE)) == targets - {"setup-test"}
    for document in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`make (\S+?)`", (ROOT / document).read_text())) <= targets


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "resources/asterisk/README.md"]
)
def test_every_link_of_a_document_leads_somewhere(document):
    file = ROOT / document
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text()):
        assert (file.parent / target).exists(), target


def test_the_keys_in_the_readme_are_those_of_the_program():
    readme = (ROOT / "README.md").read_text()
    table = readme.partition("## Keys")[2].partition("\n## ")[0]
    cells = [
        cell.strip()
        for row in table.splitlines()
        if row.startswith("| ") and "---" not in row
        for cell in row.removeprefix("|").removesuffix("|").split("|")
    ]
    said = {key: action for key, action in zip(cells[::2], cells[1::2], strict=True) if key not in {"key", ""}}
    of_program = {actions.key_text(action.keys): action for action in actions.TABLE}
    for key in said:
        first = key.partition(" to ")[0]
        assert first in of_program, f"{first} does nothing"
        last = key.rpartition(" to ")[2]
        assert last in of_program, f"{last} does nothing"
