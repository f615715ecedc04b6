"""Recordings in the database: told by one workstation as they go on, in whatever order that arrives."""

from typing import Any

import pytest

from agent_desktop.data import apply, interactions, recordings
from agent_desktop.data import operations as ops
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import RecordingRow
from agent_desktop.data.words import Consent, RecordingState
from tests.data.conftest import START_US, Desk

GAP = {"start_us": START_US + 5_000_000, "end_us": START_US + 9_000_000, "reason": "card", "ended_by": "timer"}


def told(dana: Desk) -> list[ops.SaveRecording]:
    """What a workstation says of one recording, from its start to the store."""
    same: dict[str, Any] = {
        "recording_id": new_id(),
        "interaction_id": new_id(),
        "leg_id": new_id(),
        "started_us": START_US,
        "consent": "said_yes",
        "consent_us": START_US - 1_000_000,
        "consent_by": dana.agent_id,
        "recipient": "age1abc",
    }
    ended = {"ended_us": START_US + 60_000_000, "gaps": (GAP,)}
    stored = {"place": "2026/11/18/x.wav.age", "sha256": "ab" * 32, "bytes": 3_000_000_000}
    return [
        dana.make(ops.SaveRecording, state="recording", **same),
        dana.make(ops.SaveRecording, state="spooled", **same, **ended),
        dana.make(ops.SaveRecording, state="stored", **same, **ended, **stored),
    ]


def row(dana: Desk, operation: ops.SaveRecording) -> RecordingRow:
    with dana.database.read() as session:
        [found] = recordings.of_interaction(session, operation.interaction_id)
    return found


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0, 1, 2)])
def test_the_latest_word_stays(dana: Desk, order: tuple[int, ...]) -> None:
    operations = told(dana)
    for at in order:
        with dana.database.write() as session:
            apply.apply(session, ops.decode(ops.encode(operations[at])))
    found = row(dana, operations[0])
    assert (found.state, found.consent) == (RecordingState.STORED, Consent.SAID_YES)
    assert (found.place, found.sha256, found.bytes) == ("2026/11/18/x.wav.age", "ab" * 32, 3_000_000_000)
    assert found.gaps == (GAP,)
    assert found.ended_at is not None
    assert (found.ended_at - found.started_at).total_seconds() == 60
    with dana.database.read() as session:
        assert recordings.is_stored(session, operations[0].recording_id)


def test_the_page_of_a_call_brings_its_recordings(dana: Desk) -> None:
    operations = told(dana)
    interaction_id = operations[0].interaction_id
    dana.do(
        ops.SaveInteraction,
        interaction_id=interaction_id,
        direction="inbound",
        started_us=START_US,
        number="+48601442190",
    )
    with dana.database.write() as session:
        apply.apply(session, operations[1])
    with dana.database.read() as session:
        page = interactions.page(session, interaction_id)
        assert page is not None
        assert page.recordings == recordings.of_interaction(session, interaction_id) != ()


def test_on_its_way_it_is_not_called_stored(dana: Desk) -> None:
    first, second, _ = told(dana)
    with dana.database.read() as session:
        assert not recordings.is_stored(session, first.recording_id)
    for operation in (first, second):
        with dana.database.write() as session:
            changed = apply.apply(session, operation)
        assert first.interaction_id in changed.interactions
    assert row(dana, first).state is RecordingState.SPOOLED
    with dana.database.read() as session:
        assert not recordings.is_stored(session, first.recording_id)


def test_an_unknown_consent_is_refused(dana: Desk) -> None:
    with pytest.raises(Refused):
        dana.do(
            ops.SaveRecording,
            recording_id=new_id(),
            interaction_id=new_id(),
            started_us=START_US,
            state="recording",
            consent="shrugged",
            consent_us=START_US,
            consent_by=None,
            recipient="age1abc",
        )
