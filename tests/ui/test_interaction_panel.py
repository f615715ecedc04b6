"""One interaction whole: its words, its buttons, and notes that are never lost while they are typed."""

import argparse
import re
import shlex
from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop import cli_recording
from agent_desktop.data.handoff_rows import HandoffFieldRow
from agent_desktop.data.identity_rows import CheckLine
from agent_desktop.data.rows import NoteRow
from agent_desktop.data.words import Outcome, RecordingState
from agent_desktop.ui.interaction_panel import InteractionPanel
from tests.support import page_rows as rows
from tests.support import screen, ui_audit

LINE = replace(
    rows.calls()[0], number="+48601442190", customer_id=rows.uid(1001), customer="Marta Kowalczyk", talk_s=384.0
)
PAGE = rows.interaction(LINE)


def isolates_gone(text: str) -> str:
    """Without the signs that keep numbers left to right and let long words break."""
    return re.sub("[\u2066\u2069\u200b]", "", text)


def copy_buttons(panel: InteractionPanel) -> list[QAbstractButton]:
    buttons = [button for button in panel.findChildren(QAbstractButton) if button.isVisible()]
    return [button for button in buttons if button.text() == "Copy the command"]


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[InteractionPanel]:
    with screen.afternoon():
        widget = InteractionPanel()
        widget.set_page(PAGE)
        screen.show(qtbot, widget, 420, 748)
        yield widget


def texts(panel: InteractionPanel) -> str:
    screen.settle(panel)
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_it_says_who_when_how_long_and_what_came_with_the_call(panel: InteractionPanel) -> None:
    said = texts(panel)
    for words in ("Marta Kowalczyk", "Today 14:28", "\u2066+48 601 442 190\u2069", "6:24", "Estimated reading"):
        assert words in said
    assert "Billing, then 2" in said
    assert "Taken by a colleague" in said
    assert "SIP 487 Busy" in said
    assert "rang 0:08 · on hold 1:19" in said


def test_what_was_asked_to_know_the_caller_says_who_and_how_it_went(panel: InteractionPanel) -> None:
    at = LINE.started_at
    checks = (CheckLine("birth", False, "Dana Okafor", at), CheckLine("word", True, "Anna Nowak", at))
    panel.set_page(replace(PAGE, checks=checks))
    found = texts(panel)
    assert "wrong, Dana Okafor" in found
    assert "right, Anna Nowak" in found
    assert "Security word" in found


def test_a_leg_that_was_never_answered_has_no_length(panel: InteractionPanel) -> None:
    leg = replace(PAGE.legs[0], sip_code=None, hold_s=0.0, outcome=Outcome.MISSED, agent="")
    panel.set_page(replace(PAGE, legs=(leg,)))
    assert "never connected" in texts(panel)
    assert "–" in texts(panel)


def test_buttons_tell_what_is_wanted(qtbot: QtBot, panel: InteractionPanel) -> None:
    with qtbot.waitSignal(panel.dial) as dialled:
        panel.call_button.click()
    assert dialled.args == ["+48601442190"]
    with qtbot.waitSignal(panel.open_customer) as opened:
        panel.main_button.click()
    assert opened.args == [rows.uid(1001)]
    with qtbot.waitSignal(panel.link) as linked:
        panel.link_button.click()
    assert linked.args == [LINE.id]


def test_an_unknown_caller_is_linked_first_of_all(qtbot: QtBot, panel: InteractionPanel) -> None:
    panel.set_page(replace(PAGE, line=replace(LINE, customer_id=None, customer="", number="")))
    assert "Withheld number" in texts(panel)
    assert not panel.call_button.isEnabled()
    with qtbot.waitSignal(panel.link):
        panel.main_button.click()


def test_a_new_note_is_written_and_saved(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[-1]
    assert box.editor is not None
    assert not box.save_button.isVisible()
    qtbot.keyClicks(box.editor, "Called back")
    with qtbot.waitSignal(panel.save_note) as saved:
        qtbot.keyClick(box.editor, Qt.Key.Key_Tab)
        qtbot.keyClick(box.cancel_button, Qt.Key.Key_Tab)
        qtbot.keyClick(box.save_button, Qt.Key.Key_Space)
    assert saved.args == [LINE.id, None, "Called back", ""]
    assert box.editor.toPlainText() == ""


def test_a_note_is_edited_in_place(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[0]
    box.edit()
    assert box.editor is not None
    assert not box.save_button.isEnabled()
    qtbot.keyClicks(box.editor, " Done.")
    with qtbot.waitSignal(panel.save_note) as saved:
        box.save_button.click()
    assert saved.args == [LINE.id, PAGE.notes[0].id, PAGE.notes[0].text + " Done.", PAGE.notes[0].text]


def test_escape_throws_nothing_away(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[0]
    box.edit()
    assert box.editor is not None
    qtbot.keyClicks(box.editor, "x")
    qtbot.keyClick(box.editor, Qt.Key.Key_Escape)
    assert box.editor is not None
    assert box.editor.toPlainText().endswith("x")


def test_what_is_typed_survives_another_interaction_and_a_refresh(qtbot: QtBot, panel: InteractionPanel) -> None:
    box = panel.boxes[-1]
    assert box.editor is not None
    box.editor.setFocus()
    qtbot.keyClicks(box.editor, "half a note")
    qtbot.keyClick(box.editor, Qt.Key.Key_Left)
    other = rows.interaction(replace(rows.calls()[1]))
    panel.set_page(other)
    assert panel.boxes[-1].editor is not None
    assert panel.boxes[-1].editor.toPlainText() == ""
    panel.set_page(PAGE)
    editor = panel.boxes[-1].editor
    assert editor is not None
    assert editor.toPlainText() == "half a note"
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    colleague = NoteRow(rows.uid(913), rows.NOW + timedelta(minutes=1), "Jonas Lind", "And mine", 1)
    panel.set_page(replace(PAGE, notes=(*PAGE.notes, colleague)))
    editor = panel.boxes[-1].editor
    assert editor is not None
    assert editor.hasFocus()
    qtbot.keyClicks(editor, ">")
    assert editor.toPlainText() == ">half a note"


def test_notes_are_plain_text_and_wrap(panel: InteractionPanel) -> None:
    label = next(label for label in panel.findChildren(QLabel) if "not italic" in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<i>not italic</i>" in label.text()
    assert panel._scroll.widget().width() <= panel._scroll.viewport().width()


def test_a_leg_says_what_it_was_for_who_sent_it_and_how_its_voice_travelled(panel: InteractionPanel) -> None:
    said = isolates_gone(texts(panel))
    assert "consult · sent on by" in said
    assert "<b>Hubert</b> (201) · rang 0:05" in said, "plain text"
    voice = "MOS 4.2 · lost 0.4 % · jitter 4 ms · there and back 38 ms · G.711 A-law · encrypted"
    assert voice in said
    words = next(label for label in panel.findChildren(QLabel) if isolates_gone(label.text()) == voice)
    for explained in (words.accessibleDescription(), words.parentWidget().toolTip()):
        assert "estimated MOS 4.21 of 4.5 (E-model" in explained
        assert "up to the next server" in explained


def test_what_nobody_knows_of_a_voice_is_a_dash(panel: InteractionPanel) -> None:
    answered = PAGE.legs[1]
    panel.set_page(replace(PAGE, legs=(answered,)))
    assert "voice: –" in texts(panel)
    assert "encrypted" not in texts(panel).partition("Legs")[2].partition("Recordings")[0]
    panel.set_page(replace(PAGE, legs=(replace(answered, codec="G722", loss=0.0, jitter_ms=0.0, encrypted=False),)))
    said = isolates_gone(texts(panel))
    assert "MOS – · lost 0.0 % · jitter 0 ms · there and back – · G.722 · not encrypted" in said
    panel.set_page(replace(PAGE, legs=(replace(answered, codec="PCMU"),)))
    assert "MOS – · lost – · jitter – · there and back – · G.711 µ-law · encrypted: –" in texts(panel)
    panel.set_page(replace(PAGE, legs=(PAGE.legs[0],)))
    assert "voice" not in texts(panel), "it was never answered: there was none"


@pytest.mark.parametrize(
    ("codec", "mos", "why"),
    [("", None, "Nothing was noted"), ("PCMA", None, "never reported"), ("G722", None, "knows G.711 only"),
     ("PCMA", 3.1, "Poor, estimated MOS 3.10")],
)  # fmt: skip
def test_the_tooltip_says_why_there_is_no_estimate(
    panel: InteractionPanel, codec: str, mos: float | None, why: str
) -> None:
    panel.set_page(replace(PAGE, legs=(replace(PAGE.legs[1], codec=codec, mos=mos),)))
    assert any(why in widget.toolTip() for widget in panel.findChildren(QWidget))


def test_recordings_are_told_in_plain_words(panel: InteractionPanel) -> None:
    said = isolates_gone(texts(panel))
    stored, spooled, lost = said.partition("Recordings")[2].split("The customer said yes")[0], said, said
    assert "6:24" in stored
    assert "In the store" in stored
    first, second = "Paused 1:02 to 1:34, for 0:32 · sensitive data", "Lost 3:20 to 3:23, for 0:03 · the computer"
    assert said.index(first) < said.index(second), "in the order of the file"
    assert "resumed by itself" in said
    assert "until the store takes it" in spooled
    assert "Cut short: the workstation’s disk was full" in spooled
    assert "It was announced before the call" in spooled
    assert "Nothing of it was kept" in lost
    assert said.count("Copy the command") == 0, "buttons are no labels"
    assert len(copy_buttons(panel)) == 1, "only what is in the store can be opened"


def test_the_command_for_reviewers_is_copied_whole(qtbot: QtBot, panel: InteractionPanel) -> None:
    panel.set_page(None)
    panel.set_store("/srv/calls of 2026")
    panel.set_page(PAGE)
    said = texts(panel).replace("\u200b", "")
    file = "/srv/calls of 2026/2026/11/21/01a20096-0d0c-75bb-9d27-6f2b3c64ffb1.wav.age"
    assert file in said
    [button] = copy_buttons(panel)
    with qtbot.waitSignal(panel.copy) as copied:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    words = shlex.split(copied.args[0])
    assert words[:4] == ["agent-desktop", "recording", "decrypt", file]
    parser = argparse.ArgumentParser()
    cli_recording.add(parser.add_subparsers())
    parsed = parser.parse_args(words[1:])
    assert str(parsed.file) == file


def test_a_running_recording_has_no_length_yet(panel: InteractionPanel) -> None:
    first = PAGE.recordings[0]
    pause = {"start_us": first.gaps[1]["start_us"], "end_us": None, "reason": "sensitive data", "ended_by": ""}
    running = replace(first, state=RecordingState.RECORDING, ended_at=None, place="", gaps=(pause,))
    panel.set_page(replace(PAGE, recordings=(running,)))
    said = isolates_gone(texts(panel))
    assert "being written" in said
    assert "Paused from 1:02" in said
    panel.set_page(replace(PAGE, recordings=()))
    assert "Recordings" not in texts(panel)


def test_nothing_is_clipped_with_everything_on_it(qtbot: QtBot, qapp: QApplication) -> None:
    ui_audit.pseudo_translate(qapp)
    with screen.afternoon():
        panel = InteractionPanel()
        panel.set_store("/srv/" + "averylongname" * 8)
        panel.set_page(PAGE)
        screen.show(qtbot, panel, 330, 1400)
        assert not ui_audit.everything(panel)
        assert panel._scroll.widget().width() <= panel._scroll.viewport().width()


def test_what_the_pbx_said_during_the_call_stands_with_what_came_with_it(panel: InteractionPanel) -> None:
    def row(name: str, value: str, number: int) -> HandoffFieldRow:
        at = LINE.started_at + timedelta(seconds=number)
        return HandoffFieldRow(rows.uid(number), LINE.id, "1.1", "one", at, name, name.title(), value)

    known = PAGE.handoff[0][1]
    panel.set_page(replace(PAGE, said=(row("intent", "<b>moves</b>", 1), row("again", known, 2))))
    said = texts(panel)
    assert "<b>moves</b>" in said
    assert "Again" not in said.splitlines(), "it came with the call"
