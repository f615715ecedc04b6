import os

import pytest

from agent_desktop import display


def test_a_display_is_what_the_environment_names():
    assert display.has_display({"DISPLAY": ":0"})
    assert display.has_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert not display.has_display({})
    assert not display.has_display({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"})
    assert not display.has_display({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:enable_fonts"})


def test_without_a_display_qt_starts_offscreen():
    window = display.probe_window(os.environ)
    assert (window.platform, window.trouble) == ("offscreen", "")
    assert window.screen
    assert window.families


def test_a_display_that_does_not_answer_is_qts_word_and_no_abort_of_ours():
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    window = display.probe_window({**environment, "DISPLAY": "127.0.0.1:4242"})
    assert window.platform == ""
    assert "could not connect to display" in window.trouble


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libGL.so.1", "libgl1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
    ],
)
def test_debians_name_of_a_library(library, package):
    assert display.debian_package(library) == package


def test_missing_libraries_are_named_by_their_package(tmp_path, monkeypatch):
    assert display.missing_libraries(with_window=True) == []
    ldd = tmp_path / "ldd"
    ldd.write_text('#!/bin/sh\nfor f in "$@"; do echo "$f:"; done\nprintf "\\tlibxcb-cursor.so.0 => not found\\n"\n')
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert display.missing_libraries(with_window=True) == ["libxcb-cursor0"]


def test_a_program_that_hangs_counts_as_failed(monkeypatch):
    monkeypatch.setattr(display, "WAIT_S", 0.2)
    assert display.ran(["sleep", "10"], os.environ).returncode == 1
