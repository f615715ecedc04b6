"""Entries that any desktop can read, for this user only, and gone again without a trace."""

import configparser
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from agent_desktop import desktop_integration, paths
from agent_desktop.cli import main


def entries() -> Path:
    return Path(os.environ["XDG_DATA_HOME"]) / "applications"


def entry(name: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign, assignment]
    parser.read(entries() / name, "utf-8")
    return parser["Desktop Entry"]


def command_of(text: str) -> list[str]:
    """As the Desktop Entry Specification reads a line: the value's own escapes first, then the quoted words."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', text.replace("\\\\", "\\"))
    return [re.sub(r'\\(["`$\\])', r"\1", quoted or plain).replace("%%", "%") for quoted, plain in words]


def test_install_and_remove_say_what_they_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desktop", "install"]) == 0
    said = capsys.readouterr().out
    files = sorted(path for path in Path(os.environ["XDG_DATA_HOME"]).rglob("*") if path.is_file())
    assert [file.name for file in files] == ["agent-desktop-dial.desktop", "agent-desktop.desktop", "agent-desktop.svg"]
    assert all(f"wrote {file}" in said for file in files)
    assert main(["desktop", "install"]) == 0, "again changes nothing"
    assert main(["desktop", "remove"]) == 0
    assert not [path for path in Path(os.environ["XDG_DATA_HOME"]).rglob("*") if path.is_file()]
    capsys.readouterr()
    assert main(["desktop", "remove"]) == 0
    assert capsys.readouterr().out == "nothing to remove\n"


def test_links_of_all_kinds_go_to_the_dial_command() -> None:
    desktop_integration.install()
    handler = entry(desktop_integration.HANDLER)
    kinds = handler["MimeType"].rstrip(";").split(";")
    assert kinds == [f"x-scheme-handler/{scheme}" for scheme in desktop_integration.SCHEMES]
    assert command_of(handler["Exec"])[-2:] == ["dial", "%u"]
    assert handler["NoDisplay"] == "true"
    shown = entry("agent-desktop.desktop")
    assert command_of(shown["Exec"])[-1] == "run"
    assert os.access(command_of(shown["Exec"])[0], os.X_OK), "it starts this installation"
    assert shown["StartupWMClass"] == paths.APP_NAME


def test_any_folder_can_be_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / 'a "folder" of $5 `and` 100 % back\\slash'
    folder.mkdir()
    program = folder / "agent-desktop"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    assert command_of(desktop_integration.command()) == [str(program)]


def test_without_xdg_mime_nothing_becomes_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "xdg-utils" in desktop_integration.install(default=True)[-1]


def test_with_xdg_mime_the_user_chooses_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "xdg-mime"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    desktop_integration.install()
    assert not (tmp_path / "asked").exists()
    desktop_integration.install(default=True)
    kinds = " ".join(f"x-scheme-handler/{scheme}" for scheme in ("tel", "sip", "sips", "callto"))
    assert (tmp_path / "asked").read_text() == f"default agent-desktop-dial.desktop {kinds}\n"


def test_the_description_for_software_centres_names_what_there_is() -> None:
    root = ElementTree.parse(paths.resource("desktop", "agent-desktop.metainfo.xml")).getroot()
    assert paths.resource("desktop", root.findtext("launchable") or "").is_file()
    kinds = [f"x-scheme-handler/{scheme}" for scheme in desktop_integration.SCHEMES]
    assert [kind.text for kind in root.iter("mediatype")] == kinds
