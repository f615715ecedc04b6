"""The call bar shows every state unmistakably, emits what the agent wants, and never takes the focus from a text."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from agent_desktop import clock
from agent_desktop.core import call_quality
from agent_desktop.core.identity_check import IdentityMark
from agent_desktop.core.states import CallState
from agent_desktop.core.views import PhoneView
from agent_desktop.data.identity_rows import CheckLine
from agent_desktop.data.rows import CustomerLine
from agent_desktop.data.words import Presence
from agent_desktop.telephony.messages import Voice
from agent_desktop.ui import icons, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.call_bar import CallBar
from agent_desktop.ui.call_parts import Mark
from agent_desktop.ui.labels import Label
from agent_desktop.ui.layouts import column
from tests.support import ui_audit
from tests.support.calls import LOST_PHONE, READY_PHONE, call, presence

LONG = "Maximiliana von und zu Hohenstein-Wittelsbach-Langenburg " * 5
RINGING, TALKING, HELD, DIALLING = CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.DIALLING
STATES = {
    "idle": (),
    "ringing": (call(RINGING, wait_s=42.0),),
    "ringing, long": (call(RINGING, name=LONG, wait_s=3.0, cut=True),),
    "ringing, two": (call(RINGING, emphasised=True), call(RINGING, name="محمد الشرقاوي")),
    "dialling": (call(DIALLING, status="Ringing…"),),
    "active": (call(TALKING, ago_s=384),),
    "held and muted": (call(HELD, muted=True, held_by_remote=True, hold_refused=True, cut=True),),
    "second": (call(TALKING, emphasised=True, ago_s=3700), call(RINGING, name=LONG, wait_s=4.0)),
    "three": (call(TALKING, emphasised=True), call(HELD, name="Ada Lovelace"), call(RINGING, wait_s=4.0)),
    "consult": (
        call(HELD, name=LONG, call_id="c"),
        call(DIALLING, name="Jonas Lind", emphasised=True, consult_for="c", consult=True, status="ringing"),
    ),
    "conference": (
        call(TALKING, call_id="c", joined=True),
        call(TALKING, name=LONG, emphasised=True, consult_for="c", consult=True, joined=True, muted=True),
        call(HELD, name="דנה לוי"),
    ),
    "one way": (call(TALKING, voice_trouble="nothing_arrives_there", held_by_remote=True, cut=True, ago_s=384),),
    "transferred": (call(RINGING, via="Anna Nowak (201)", answers_at=clock.now(), wait_s=3.0),),
    "consulted": (call(TALKING, via="Anna Nowak (201)", consult=True, answered_itself=True, mute_alarm=True),),
    "three held": (
        call(TALKING, emphasised=True, name=LONG),
        call(HELD, hold_refused=True),
        call(HELD, name="דנה לוי"),
    ),
}


@pytest.fixture
def bar(shown) -> CallBar:
    result = CallBar()
    result.set_phone(READY_PHONE)
    result.set_presence(presence())
    return shown(result, 1220)


def texts(bar: QWidget) -> str:
    """Everything that can be read now."""
    found = [w.text() for w in bar.findChildren(Label) if w.isVisible()]
    found += [w.word() for w in bar.findChildren(Mark) if w.isVisible()]
    found += [w.text() for w in bar.findChildren(Button) if w.isVisible()]
    return " | ".join(found).replace("\u2066", "").replace("\u2069", "")


def button(bar: QWidget, name: str) -> Button:
    return next(b for b in bar.findChildren(Button) if b.isVisible() and b.accessibleName() == name)


# -------------------------------------------------------------------- what is shown


def test_idle_says_that_calls_can_come(bar: CallBar) -> None:
    assert "Line idle" in texts(bar)
    assert "Jabra Evolve2 40" in texts(bar)
    assert bar.property("state") == "idle"


def test_paused_says_that_none_are_offered(bar: CallBar) -> None:
    bar.set_presence(presence(Presence.PAUSED, reason="Lunch"))
    assert "Not ready" in texts(bar)
    assert "Paused · Lunch" in texts(bar)


def test_a_lost_phone_is_said_and_nothing_can_be_dialled(bar: CallBar, qtbot) -> None:
    bar.set_phone(LOST_PHONE)
    assert bar.property("state") == "lost"
    assert "wrong password" in texts(bar)
    assert not bar.field.isEnabled()
    assert not button(bar, "Call").isEnabled()


def test_a_starting_phone_is_no_alarm(bar: CallBar) -> None:
    bar.set_phone(PhoneView("starting", "The phone is starting"))
    assert bar.property("state") == "idle"


def test_a_missing_sound_device_is_told(bar: CallBar) -> None:
    bar.set_phone(PhoneView("ready", "SIP ready", audio_trouble="No sound device", usable=True))
    assert "No sound device" in texts(bar)
    bar.set_calls([call(TALKING)])
    assert "No sound device" in texts(bar)


def test_ringing_shows_who_from_where_and_how_long(bar: CallBar) -> None:
    bar.set_calls([call(RINGING, wait_s=42.0, ago_s=6)])
    shown = texts(bar)
    for expected in ("Incoming call", "Marta Kowalczyk", "+48 601 442 190", "Billing  ·  waited 0:48"):
        assert expected in shown
    assert bar.property("state") == "ringing"


def test_who_has_shown_who_they_are_says_so_beside_their_name(bar: CallBar) -> None:
    ringing, talking = call(RINGING), call(TALKING)
    asked = (CheckLine("birth", True, "Jonas Lind", clock.now()), CheckLine("word", False, "", clock.now(), True))
    mark = IdentityMark(talking.interaction_id, "failed", True, "21:40:12", asked)
    bar.set_identity({talking.interaction_id: mark})
    bar.set_calls([ringing])
    assert "Check failed" not in texts(bar), "another call"
    passed = IdentityMark(ringing.interaction_id, "ivr_passed", True)
    bar.set_identity({ringing.interaction_id: passed})
    assert "Verified in IVR" in texts(bar)
    bar.set_calls([talking])
    assert "Verified" not in texts(bar)
    bar.set_identity({ringing.interaction_id: passed, talking.interaction_id: mark})
    assert "Check failed" in texts(bar)
    badge = bar._talk.identity
    assert badge.accessibleName() == "Check failed"
    said = badge.accessibleDescription().split("\n")
    assert said[0] == "Voice PIN passed in IVR, 21:40:12"
    assert said[1].startswith("Date of birth: right, Jonas Lind, ")
    assert said[2].startswith("Security word: wrong, ")
    assert said[2].endswith("compared by the program")
    assert "Jonas Lind" in badge.toolTip()
    for state, word in (("verified", "Verified"), ("open", "Not verified"), ("exhausted", "Not verified")):
        bar.set_identity({talking.interaction_id: replace(mark, state=state)})
        assert badge.word() == word
    bar.set_identity({})
    assert not badge.isVisible()


def test_each_line_of_several_calls_says_who_has_shown_who_they_are(bar: CallBar) -> None:
    first, second, third = call(TALKING), call(HELD, name="Piotr Mazur"), call(RINGING, name="Uwe Weiß")
    states = {first.interaction_id: "verified", second.interaction_id: "failed"}
    bar.set_identity({key: IdentityMark(key, state) for key, state in states.items()})
    bar.set_calls([first, second, third])
    lines = {line.call_id(): line for line in bar._talk.list._rows}
    shown = [lines[one.call_id] for one in (first, second, third)]
    assert [line.identity.isVisible() and line.identity.word() for line in shown] == ["Verified", "Check failed", False]
    assert ["Verified" in line.accessibleName() for line in shown] == [True, False, False]
    assert "Piotr Mazur, Check failed, " in shown[1].accessibleName()


def test_a_short_name_after_a_long_one_takes_its_own_room(bar: CallBar) -> None:
    widths = []
    for name in ("Uwe Weiß", "Francisco Fernández", "Uwe Weiß"):
        bar.set_calls([call(RINGING, name=name)])
        QApplication.processEvents()
        widths.append(bar._ringing._name.width())
    assert widths[0] == widths[2] < widths[1]


def test_a_withheld_number_is_not_said_twice(bar: CallBar) -> None:
    bar.set_calls([call(RINGING, name="Withheld number", number="")])
    assert "+48" not in texts(bar)
    bar.set_calls([call(RINGING, name="+44 20 7946 0000", number="+44 20 7946 0000")])
    assert texts(bar).count("+44 20 7946 0000") == 1


def test_active_counts_from_the_answer(bar: CallBar) -> None:
    bar.set_calls([call(TALKING, answered_at=clock.now() - timedelta(seconds=384.2))])
    assert "6:24" in texts(bar)
    assert bar.property("state") == "active"


def test_the_timer_goes_on(bar: CallBar, qtbot) -> None:
    bar.set_calls([call(TALKING, answered_at=clock.now() - timedelta(seconds=383.5))])
    assert "6:23" in texts(bar)
    qtbot.waitUntil(lambda: "6:24" in texts(bar))


def test_the_clock_rests_while_the_bar_is_hidden(bar: CallBar) -> None:
    bar.set_calls([call(TALKING)])
    assert bar._clock.isActive()
    bar.hide()
    assert not bar._clock.isActive()
    bar.show()
    assert bar._clock.isActive()
    bar.set_calls([])
    assert not bar._clock.isActive()


def test_muted_and_held_have_words(bar: CallBar) -> None:
    bar.set_calls([call(HELD, muted=True, held_by_remote=True, held_since=clock.now() - timedelta(seconds=32.2))])
    shown = texts(bar)
    for expected in ("On hold  0:32", "Muted", "Held by the other side", "Unmute", "Resume"):
        assert expected in shown
    assert bar.property("state") == "held"


def test_a_cut_message_is_told(bar: CallBar) -> None:
    for state in (RINGING, TALKING):
        bar.set_calls([call(state, cut=True)])
        assert "Details cut" in texts(bar)


def test_dialling_shows_the_progress_and_can_only_be_ended(bar: CallBar) -> None:
    bar.set_calls([call(DIALLING, status="Ringing…")])
    assert "Ringing…" in texts(bar)
    assert not button(bar, "Mute").isEnabled()
    assert button(bar, "End").isEnabled()


def test_the_dial_field_gets_the_focus_meant_for_it_once_the_phone_is_there(shown) -> None:
    bar, other = CallBar(), QPlainTextEdit()
    window = QWidget()
    window.setLayout(column(other, bar))
    shown(window, 1220, 300)
    bar.focus_dial()
    assert not bar.field.isEnabled()
    assert window.focusWidget() is bar
    bar.set_phone(READY_PHONE)
    assert window.focusWidget() is bar.field
    bar.set_phone(LOST_PHONE)
    other.setFocus()
    bar.set_phone(READY_PHONE)
    assert window.focusWidget() is other


def test_missing_sound_is_told_in_words_then_by_its_icon(bar: CallBar) -> None:
    bar.resize(1380, bar.height())
    silent = replace(READY_PHONE, audio="", audio_trouble="No sound device was found: calls work, but without sound.")
    bar.set_phone(silent)

    def mark_width() -> int:
        QApplication.processEvents()
        marks = [mark for mark in bar.findChildren(Mark) if mark.word() == silent.audio_trouble and mark.isVisible()]
        assert len(marks) == 1
        return marks[0].width()

    assert mark_width() > 200
    bar.set_calls([call(TALKING, ago_s=1)])
    assert mark_width() > 200
    bar.set_calls([call(TALKING, ago_s=60)])
    assert mark_width() < 40
    bar.set_calls([call(TALKING, ago_s=1, emphasised=True), call(RINGING, name="Francisco Fernández", wait_s=4.0)])
    assert mark_width() < 40
    bar.set_calls(
        [call(HELD, name="Marta", ago_s=60), call(CallState.DIALLING, name="Jonas", ago_s=1, emphasised=True)]
    )
    assert mark_width() < 40, "the list of calls needs the room"


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("nothing_arrives", "You cannot hear them"),
        ("nothing_arrives_there", "They cannot hear you"),
        ("microphone_silent", "Your microphone is silent"),
    ],
)
def test_a_silent_direction_is_said_with_what_to_do(bar: CallBar, kind: str, word: str) -> None:
    bar.set_calls((call(TALKING, voice_trouble=kind),))
    mark = next(one for one in bar.findChildren(Mark) if one.isVisible() and one.word() == word)
    assert len(mark.toolTip()) > 100
    assert mark.accessibleDescription()
    bar.set_calls((call(TALKING),))
    assert word not in texts(bar)


def test_how_a_call_sounds_has_a_figure_and_an_explanation(bar: CallBar) -> None:
    bar.set_calls((call(TALKING),))
    assert "4.2" not in texts(bar)
    voice = Voice(codec="PCMA/8000", received=900, loss=0.02, round_trip_ms=40.0, buffer_ms=40.0)
    bar.set_quality(call_quality.of(voice))
    assert "4.2" in texts(bar)
    mark = next(one for one in bar.findChildren(Mark) if one.word() == "4.2")
    assert "E-model" in mark.toolTip()
    assert "G.711 A-law" in mark.toolTip()
    bar.set_quality(call_quality.of(replace(voice, round_trip_ms=None)))
    assert "–" in texts(bar)
    assert "not reported yet" in mark.toolTip()
    bar.set_calls((call(TALKING, call_id="another"),))
    assert not mark.isVisible()


def test_a_lock_is_shown_only_where_the_voice_is_known_to_be_encrypted(bar: CallBar) -> None:
    def locks() -> list[Mark]:
        return [one for one in bar.findChildren(Mark) if one.isVisible() and one.word() == "Voice encrypted"]

    bar.set_calls((call(TALKING),))
    assert not locks(), "nothing is known yet"
    voice = Voice(codec="PCMA/8000", received=900, round_trip_ms=40.0, encrypted=True)
    bar.set_quality(call_quality.of(voice))
    [lock] = locks()
    assert lock.accessibleName() == "Voice encrypted"
    assert "to the next server" in lock.toolTip()
    assert "to the next server" in lock.accessibleDescription()
    bar.set_quality(call_quality.of(replace(voice, encrypted=False)))
    assert not locks()
    bar.set_quality(call_quality.of(voice))
    bar.set_calls((call(TALKING, call_id="another"),))
    assert not locks(), "of this one nothing is known"


def test_ended_calls_are_not_shown(bar: CallBar) -> None:
    bar.set_calls([call(CallState.ENDED)])
    assert "Line idle" in texts(bar)


def test_the_bar_never_moves(bar: CallBar) -> None:
    ends = []
    for name, calls in STATES.items():
        bar.set_calls(calls)
        QApplication.processEvents()
        assert bar.height() == theme.px(76), name
        if any(one.state in (TALKING, HELD, DIALLING) for one in calls):
            end = button(bar, "End")
            ends.append(end.mapTo(bar, end.rect().topRight()).x())
    assert len(set(ends)) == 1


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("width", [1220, 1380])
@pytest.mark.parametrize("name", STATES)
def test_nothing_is_clipped_in_any_state(name: str, width: int, size: int, shown, qapp) -> None:
    theme.apply(qapp, "light", size)
    bar = CallBar()
    bar.set_phone(READY_PHONE)
    shown(bar, width if size == 100 else width - 30)
    bar.set_calls(STATES[name])
    bar.set_quality(call_quality.of(Voice(codec="G722/16000", received=900, encrypted=True)))
    bar.set_identity({one.interaction_id: IdentityMark(one.interaction_id, "ivr_failed") for one in STATES[name]})
    QApplication.processEvents()
    assert not ui_audit.everything(bar)


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_clipped_in_a_long_language_or_mirrored(name: str, shown, qapp) -> None:
    ui_audit.pseudo_translate(qapp)
    ui_audit.right_to_left(qapp)
    bar = CallBar()
    bar.set_phone(READY_PHONE)
    shown(bar, 1220)
    bar.set_calls(STATES[name])
    bar.set_quality(call_quality.of(Voice(codec="G722/16000", received=900, encrypted=True)))
    bar.set_identity({one.interaction_id: IdentityMark(one.interaction_id, "ivr_failed") for one in STATES[name]})
    QApplication.processEvents()
    assert not ui_audit.everything(bar)


def test_the_first_ring_finds_everything_drawn_before(shown, qtbot) -> None:
    """The pages nobody has seen are styled and their icons rendered soon after the start, not when the phone rings."""
    icons._pixmap.cache_clear()
    bar = CallBar()
    bar.set_phone(READY_PHONE)
    shown(bar, 1220)
    qtbot.waitUntil(lambda: bar._warm_up_done)
    rendered = icons._pixmap.cache_info().misses
    bar.set_calls([call(RINGING)])
    bar.repaint()
    assert icons._pixmap.cache_info().misses == rendered


# ------------------------------------------------------------------- what is wanted


def test_buttons_say_what_is_wanted(bar: CallBar, qtbot) -> None:
    ringing, talking = call(RINGING), call(TALKING, emphasised=True)
    bar.set_calls([ringing])
    with qtbot.waitSignal(bar.answer, check_params_cb=lambda said: said == ringing.call_id):
        button(bar, "Answer").click()
    with qtbot.waitSignal(bar.decline, check_params_cb=lambda said: said == ringing.call_id):
        button(bar, "Decline").click()
    bar.set_calls([talking])
    for name, signal in (("Mute", bar.mute), ("Hold", bar.hold), ("End", bar.end)):
        with qtbot.waitSignal(signal):
            button(bar, name).click()


def test_rings_tells_start_and_end(bar: CallBar, qtbot) -> None:
    said: list[bool] = []
    bar.rings.connect(said.append)
    ringing = call(RINGING)
    for calls in ([ringing], [ringing, call(RINGING)], [call(TALKING)], []):
        bar.set_calls(calls)
    assert said == [True, False]


# --------------------------------------------------------------------------- focus


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.bar, self.notes = CallBar(), QPlainTextEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(self.notes)
        self.bar.set_phone(READY_PHONE)


@pytest.fixture
def window(shown) -> Window:
    return shown(Window(), 1240, 400)


def test_ringing_leaves_the_focus_in_a_note(window: Window) -> None:
    window.notes.setFocus()
    for calls in STATES.values():
        window.bar.set_calls(calls)
        assert QApplication.focusWidget() is window.notes


def test_clicking_the_bar_leaves_the_focus_in_a_note(window: Window, qtbot) -> None:
    window.notes.setFocus()
    window.bar.set_calls([call(TALKING)])
    QApplication.processEvents()
    with qtbot.waitSignal(window.bar.mute):
        QTest.mouseClick(button(window.bar, "Mute"), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is window.notes


def test_a_name_being_typed_into_the_dial_field_survives_a_ring(window: Window) -> None:
    field = window.bar.field
    window.bar.focus_dial()
    QTest.keyClicks(field, "kow")
    window.bar.set_calls([call(RINGING)])
    QApplication.processEvents()
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "al")
    assert field.text() == "kowal"
    assert button(window.bar, "Answer").isVisible()
    assert not ui_audit.overlapping(window.bar)


def test_an_empty_dial_field_gives_way_without_focus_on_a_button(window: Window) -> None:
    window.bar.focus_dial()
    window.bar.set_calls([call(RINGING)])
    assert QApplication.focusWidget() is window.bar  # Enter or Space must not answer
    window.bar.set_calls([])
    assert QApplication.focusWidget() is window.bar.field


def test_a_hidden_button_does_not_hand_its_focus_to_another(window: Window) -> None:
    window.bar.set_calls([call(RINGING)])
    button(window.bar, "Answer").setFocus()
    window.bar.set_calls([call(TALKING)])
    assert QApplication.focusWidget() is window.bar


# ------------------------------------------------------------- dialling, keypad, transfer

LINES = (
    CustomerLine(uuid4(), "Marta Kowalczyk", phone="+48 601 442 190"),
    CustomerLine(uuid4(), "Jan Kowalski", phone="+48 58 620 11 40"),
)


def test_enter_dials_a_number(bar: CallBar, qtbot) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "+48 (58) 620-11-40")
    with qtbot.waitSignal(bar.dial, check_params_cb=lambda said: said == "+48 (58) 620-11-40"):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.field.text() == ""


def test_a_name_is_found_and_the_first_is_marked(bar: CallBar, qtbot) -> None:
    bar.focus_dial()
    with qtbot.waitSignal(bar.text_edited, check_params_cb=lambda said: said == "k"):
        QTest.keyClicks(bar.field, "k")
    bar.set_suggestions(LINES, "k")
    assert bar.field.suggestions_open()
    QTest.keyClick(bar.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.dial, check_params_cb=lambda said: said == "+48 58 620 11 40"):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert not bar.field.suggestions_open()


def test_suggestions_point_out_what_they_were_found_by(bar: CallBar) -> None:
    bar.focus_dial()
    pictures = []
    for typed in ("zzz", "xyz", "kow"):
        bar.field.setText(typed)
        bar.set_suggestions(LINES, typed)
        bar.field._list.setCurrentIndex(QModelIndex())
        pictures.append(bar.field._list.grab().toImage())
    assert pictures[0] == pictures[1] != pictures[2]


def test_suggestions_beside_a_number_do_not_change_what_enter_dials(bar: CallBar, qtbot) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "601")
    bar.set_suggestions(LINES, "601")
    with qtbot.waitSignal(bar.dial, check_params_cb=lambda said: said == "601"):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)


def test_a_late_answer_is_dropped(bar: CallBar) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "kow")
    bar.set_suggestions(LINES, "ko")
    assert not bar.field.suggestions_open()


def test_a_name_nobody_has_is_not_dialled(bar: CallBar, qtbot) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "zzz")
    with qtbot.assertNotEmitted(bar.dial):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        bar.set_suggestions((), "zzz")
        bar.set_suggestions(LINES, "zzz")  # two: which one was meant?
    assert bar.field.text() == "zzz"


def test_enter_before_the_answer_calls_the_only_one(bar: CallBar, qtbot) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "marta")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.dial, check_params_cb=lambda said: said == "+48 601 442 190"):
        bar.set_suggestions(LINES[:1], "marta")


def test_escape_closes_the_list_then_empties_the_field(bar: CallBar) -> None:
    bar.focus_dial()
    QTest.keyClicks(bar.field, "kow")
    bar.set_suggestions(LINES, "kow")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.field.suggestions_open()
    assert bar.field.text() == "kow"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.field.text() == ""


def test_the_keypad_sends_tones_in_a_call(bar: CallBar, qtbot) -> None:
    bar.resize(1220, 500)
    bar.set_calls([call(TALKING)])
    QApplication.processEvents()
    bar.toggle_keypad()
    said: list[str] = []
    bar.digit.connect(said.append)
    pad = QApplication.focusWidget()
    QTest.keyClicks(pad, "1*#")
    button(bar, "5").click()
    assert said == ["1", "*", "#", "5"]
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    assert not bar._pad.isVisible()


def test_the_keypad_fills_the_dial_field_at_rest(bar: CallBar, qtbot) -> None:
    bar.toggle_keypad()
    with qtbot.assertNotEmitted(bar.digit):
        QTest.keyClicks(bar._pad, "12")
    assert bar.field.text() == "12"


def test_the_wait_goes_on_while_it_rings(bar: CallBar, qtbot) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        bar.set_calls([call(RINGING, wait_s=42.0, ago_s=0)])
        assert "waited 0:42" in texts(bar)
        traveller.shift(10)
        bar._tick()
        assert "waited 0:52" in texts(bar)
