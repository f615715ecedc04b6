"""What is shown of a call that somebody sent on."""

from uuid import uuid4

import pytest

from agent_desktop import clock
from agent_desktop.core.views import ArrivalView, HandledBy
from agent_desktop.data.rows import NoteRow
from agent_desktop.ui.arrival_box import ArrivalBox
from agent_desktop.ui.labels import Label
from tests.support import ui_audit


def note(agent: str, text: str) -> NoteRow:
    return NoteRow(uuid4(), clock.now(), agent, text, 1)


def texts(box: ArrivalBox) -> list[str]:
    found = [one.text() for one in box.findChildren(Label) if one.isVisible()]
    return [text.replace("\u2066", "").replace("\u2069", "").replace("\u200b", "") for text in found]


FULL = ArrivalView(
    "Anna Nowak (201)",
    talked_s=192.4,
    before=(HandledBy("Ewa Baran", 65.0), HandledBy("Jonas Lind", None), HandledBy("Anna Nowak", 192.4)),
    notes=(note("Ewa Baran", "old"), note("Ewa Baran", "<b>wants</b>\nher money"), note("Anna Nowak", "x" * 400)),
)


def test_a_call_that_came_by_itself_shows_nothing(shown) -> None:
    box = shown(ArrivalBox(), 372, 200)
    box.set(FULL)
    box.set(None)
    assert not box.isVisible()


def test_who_sent_it_how_long_they_talked_who_had_it_before_and_the_newest_notes(shown) -> None:
    box = ArrivalBox()
    box.set(FULL)
    shown(box, 372, 200)
    who, before, first, second = texts(box)
    assert who == "Transferred by Anna Nowak (201), talked 3:12"
    assert before == "Before: Ewa Baran 1:05, Jonas Lind"
    assert first == "Ewa Baran: <b>wants</b> her money"
    assert len(second) < 200
    assert second.endswith("…")
    assert who.split(",")[0] in box.accessibleName()


def test_a_colleague_who_only_asks(shown) -> None:
    box = ArrivalBox()
    box.set(ArrivalView("Anna Nowak (201)", consult=True))
    shown(box, 372, 100)
    assert texts(box) == ["Anna Nowak (201) asks you about this caller"]


@pytest.mark.parametrize("mirrored", [False, True])
def test_nothing_is_clipped(mirrored: bool, shown, qapp) -> None:
    if mirrored:
        ui_audit.pseudo_translate(qapp)
        ui_audit.right_to_left(qapp)
    box = ArrivalBox()
    box.set(FULL)
    shown(box, 372, 320)
    assert not ui_audit.everything(box)
