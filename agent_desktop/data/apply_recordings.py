"""The operation on recordings: one workstation tells how its recording goes on, each time whole."""

from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.errors import Refused
from agent_desktop.data.merge import Merge
from agent_desktop.data.models import Recording
from agent_desktop.data.operations import SaveRecording
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import held_row, insert_new, update_row
from agent_desktop.data.words import Consent, RecordingState
from agent_desktop.told import told


def save_recording(session: Session, op: SaveRecording) -> Changed:
    """Insert a recording, or bring it up to the latest word; its start and its consent stay as first said."""
    try:
        state, consent = RecordingState(op.state), Consent(op.consent)
    except ValueError as error:
        raise Refused(
            told("“{0}, {1}” is not known to this version of the program.").format(op.state, op.consent)
        ) from error
    fresh = {
        "id": op.recording_id,
        "interaction_id": op.interaction_id,
        "leg_id": op.leg_id,
        "agent_id": op.agent_id,
        "started_at": clock.from_us(op.started_us),
        "state": state.value,
        "consent": consent.value,
        "consent_at": clock.from_us(op.consent_us),
        "consent_by": op.consent_by,
        "recipient": op.recipient,
    }
    insert_new(session, Recording, fresh)
    row = held_row(session, Recording, op.recording_id)
    merge = Merge(row, [op.at_us, op.op_id.hex])
    merge.last("state", state.value)
    merge.last("ended_at", clock.from_us(op.ended_us) if op.ended_us is not None else None)
    merge.last("gaps", list(op.gaps))
    for field in ("place", "sha256", "bytes", "trouble"):
        merge.last(field, getattr(op, field) or None)
    update_row(session, Recording, op.recording_id, merge.changes)
    return Changed(interactions=frozenset({op.interaction_id}))
