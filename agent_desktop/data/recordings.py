"""Recordings as the database knows them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop.data.models import Recording
from agent_desktop.data.rows import RecordingRow
from agent_desktop.data.words import Consent, RecordingState


def of_interaction(session: Session, interaction_id: UUID) -> tuple[RecordingRow, ...]:
    """The recordings of one call, oldest first."""
    query = select(Recording).where(Recording.interaction_id == interaction_id)
    rows = session.scalars(query.order_by(Recording.started_at, Recording.id))
    return tuple(
        RecordingRow(
            id=row.id,
            interaction_id=row.interaction_id,
            agent_id=row.agent_id,
            started_at=row.started_at,
            ended_at=row.ended_at,
            state=RecordingState(row.state),
            consent=Consent(row.consent),
            gaps=tuple(row.gaps or ()),
            place=row.place,
            sha256=row.sha256,
            bytes=row.bytes,
            trouble=row.trouble,
        )
        for row in rows
    )


def is_stored(session: Session, recording_id: UUID) -> bool:
    """Whether the database says that this recording is in the store."""
    state = session.execute(select(Recording.state).where(Recording.id == recording_id)).scalar_one_or_none()
    return state == RecordingState.STORED
