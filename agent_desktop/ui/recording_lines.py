"""The recordings of an interaction in words: how long, where it is silent, who agreed, where it is kept."""

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent_desktop import clock
from agent_desktop.data.rows import RecordingRow
from agent_desktop.data.words import Consent, RecordingState
from agent_desktop.ui import dates
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, Label, flowing, label, plain_tooltip, tag
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.wording import breakable, ltr

_TAGS = {
    RecordingState.RECORDING: "info", RecordingState.SPOOLED: "warn", RecordingState.STORED: "ok",
    RecordingState.LOST: "bad",
}  # fmt: skip
Gap = dict[str, int | str | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordingLines", text)


def recording_lines(recording: RecordingRow, store: str, copy: Callable[[str], None]) -> QWidget:
    """One recording; ``store`` is the folder that places are below, ``copy`` gets the command for reviewers."""
    length = _length_s(recording)
    head = row(
        label(dates.clock_time(recording.started_at), "small", "3", tabular=True),
        Icon("circle-dot", "text2", 14),
        (label(dates.duration(length), "small-b", tabular=True), 1),
        tag(_state(recording.state), _TAGS[recording.state]),
    )
    lines: list[Label] = [flowing(_consent(recording.consent), "small", "2")]
    lines += [flowing(words, "small", "2") for words in _gaps(recording)]
    if recording.trouble:
        lines.append(flowing(_trouble(recording.trouble), "small", "bad"))
    result = QWidget()
    body = column(head, *lines, spacing=3)
    result.setLayout(body)
    kept = flowing(_kept(recording), "small", "3")
    body.addWidget(kept)
    if recording.place:
        file = str(Path(store) / recording.place) if store else recording.place
        shown = flowing(ltr(breakable(file)), "small", "2")
        shown.setToolTip(plain_tooltip(file))
        shown.setAccessibleName(file)
        body.addWidget(shown)
        how = _tr("Encrypted. Whoever has the private key makes sound of it: {0}")
        body.addWidget(flowing(how.format(ltr("agent-desktop recording decrypt")), "small", "3"))
        button = Button(_tr("Copy the command"), "copy", height=28)
        button.setToolTip(plain_tooltip(command(file)))
        button.clicked.connect(lambda: copy(command(file)))
        body.addLayout(row(button, None))
    return result


def command(file: str) -> str:
    """What a reviewer types to hear this file, quoted as this system's shell wants it; KEYFILE is theirs to put in."""
    words = ["agent-desktop", "recording", "decrypt", file, "--identity", "KEYFILE", "-o", "recording.wav"]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _length_s(recording: RecordingRow) -> float | None:
    return (recording.ended_at - recording.started_at).total_seconds() if recording.ended_at else None


def _state(state: RecordingState) -> str:
    words = {
        RecordingState.RECORDING: _tr("Recording"),
        RecordingState.SPOOLED: _tr("On its way"),
        RecordingState.STORED: _tr("In the store"),
        RecordingState.LOST: _tr("Lost"),
    }
    return words[state]


def _consent(consent: Consent) -> str:
    words = {
        Consent.SAID_YES: _tr("The customer said yes"),
        Consent.ANNOUNCED: _tr("It was announced before the call"),
        Consent.ONE_PARTY: _tr("The agent’s own consent was enough"),
    }
    return words[consent]


def _kept(recording: RecordingRow) -> str:
    words = {
        RecordingState.RECORDING: _tr("It is being written on the agent’s workstation"),
        RecordingState.SPOOLED: _tr("It has ended and waits on the agent’s workstation until the store takes it"),
        RecordingState.STORED: _tr("Kept in"),
        RecordingState.LOST: _tr("Nothing of it was kept"),
    }
    return words[recording.state]


def _trouble(trouble: str) -> str:
    words = {
        "disk_full": _tr("Cut short: the workstation’s disk was full"),
        "file": _tr("Cut short: the file could not be written"),
        "engine": _tr("Cut short: the phone engine stopped"),
    }
    return words.get(trouble, _tr("Cut short: {0}").format(trouble))


def _gaps(recording: RecordingRow) -> list[str]:
    """A line for each silence of the file: from when to when in the file, how long, why, and how it ended."""
    ordered = sorted(recording.gaps, key=lambda gap: int(gap.get("start_us") or 0))
    return [_gap(recording, gap) for gap in ordered]


def _gap(recording: RecordingRow, gap: Gap) -> str:
    began_us, start_us, end_us = clock.to_us(recording.started_at), gap.get("start_us"), gap.get("end_us")
    if not isinstance(start_us, int):
        return _tr("Silent at a time that was not noted")
    at = dates.duration((start_us - began_us) / 1e6)
    lost = gap.get("reason") == "lost"
    if not isinstance(end_us, int):
        return (_tr("Lost from {0}") if lost else _tr("Paused from {0}")).format(ltr(at))
    until, long = dates.duration((end_us - began_us) / 1e6), dates.duration((end_us - start_us) / 1e6)
    what = _tr("Lost {0} to {1}, for {2}") if lost else _tr("Paused {0} to {1}, for {2}")
    if gap.get("reason") == "replaced":
        what = _tr("Silent {0} to {1}, for {2}")
    said = what.format(ltr(at), ltr(until), ltr(long))
    return " · ".join(part for part in (said, _why(gap)) if part)


def _why(gap: Gap) -> str:
    if gap.get("reason") == "lost":
        return _tr("the computer could not keep up")
    if gap.get("reason") == "replaced":
        return _tr("the caller’s line was moved")
    reason = str(gap.get("reason") or "")
    reason = _tr("sensitive data") if reason == "sensitive data" else reason
    ends = {
        "agent": _tr("resumed by the agent"),
        "timer": _tr("resumed by itself"),
        "end": _tr("until the end"),
    }
    return " · ".join(part for part in (reason, ends.get(str(gap.get("ended_by")), "")) if part)
