"""Interactions: a customer's contact history over all channels, the list of calls, one call whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import handoffs, identity_checks, recordings, tickets
from agent_desktop.data.filters import CallFilter
from agent_desktop.data.folding import fold, words
from agent_desktop.data.models import Agent, Customer, Disposition, Interaction, Leg, Note, Queue, Site
from agent_desktop.data.pipeline import read_all
from agent_desktop.data.rows import CallLine, HistoryRow, InteractionPage, LegRow, NoteLine, NoteRow, TicketLine
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.text_search import NOTES_FOUND, notes_saying
from agent_desktop.data.words import Channel, Direction, Outcome

TICKET = "ticket"  # the channel of a ticket's line in the history
_FAR = clock.from_us(253_402_300_799_000_000)
_FILTERED_FROM = 2_000  # newest rows of one customer that a text filter looks at
_MOST_FOUND = 500


def recent_calls(session: Session, agent_id: UUID, *, limit: int = 20) -> tuple[CallLine, ...]:
    """The newest calls of an agent."""
    return calls(session, CallFilter(agent_id=agent_id), limit=limit)


def calls(
    session: Session, wanted: CallFilter | None = None, *, offset: int = 0, limit: int = 50
) -> tuple[CallLine, ...]:
    """A page of the list of calls, newest first."""
    query = _narrowed(session, _CALLS, wanted or CallFilter())
    query = query.order_by(Interaction.started_at.desc(), Interaction.id.desc()).offset(offset).limit(limit)
    return tuple(_call_line(row) for row in session.execute(query))


def calls_of(session: Session, linked_ids: Sequence[str], start: datetime, end: datetime) -> dict[str, CallLine]:
    """The calls that the PBX knows by these linked ids, of those that began in the window."""
    if not linked_ids:
        return {}
    query = _CALLS.add_columns(Interaction.linked_id).where(Interaction.linked_id.in_(list(linked_ids)))
    rows = session.execute(query.where(Interaction.started_at >= start, Interaction.started_at < end))
    return {row.linked_id: _call_line(row) for row in rows}


def count_calls(session: Session, wanted: CallFilter | None = None, *, most: int | None = None) -> int:
    """How many calls a filter leaves, counted no further than ``most``."""
    rows = select(Interaction.id).where(Interaction.channel == Channel.CALL)
    rows = _narrowed(session, rows, wanted or CallFilter()).limit(most)
    return int(session.execute(select(func.count()).select_from(rows.subquery())).scalar_one())


def page(session: Session, interaction_id: UUID) -> InteractionPage | None:
    """One interaction whole: legs, notes and recordings, oldest first."""
    row = session.execute(_ONE_CALL, {"interaction_id": interaction_id}).one_or_none()
    if row is None:
        return None
    legs = session.execute(
        select(Leg.__table__, Agent.name.label("agent"))
        .outerjoin(Agent, Agent.id == Leg.agent_id)
        .where(Leg.interaction_id == interaction_id)
        .order_by(Leg.started_at, Leg.id)
    )
    return InteractionPage(
        line=_call_line(row),
        legs=tuple(_leg_row(leg) for leg in legs),
        notes=notes(session, interaction_id),
        reason=row.reason,
        handoff=tuple((str(key), str(value)) for key, value in row.handoff or ()),
        said=handoffs.fields(session, interaction_id),
        version=row.version,
        recordings=recordings.of_interaction(session, interaction_id),
        checks=identity_checks.lines(session, interaction_id),
    )


def notes(session: Session, interaction_id: UUID) -> tuple[NoteRow, ...]:
    """The notes of an interaction, oldest first; a note deleted to nothing is left out."""
    rows = session.execute(
        select(Note.id, Note.at, Agent.name, Note.text, Note.version)
        .outerjoin(Agent, Agent.id == Note.agent_id)
        .where(Note.interaction_id == interaction_id, Note.text != "")
        .order_by(Note.at, Note.id)
    )
    return tuple(NoteRow(row.id, row.at, row.name or "", row.text, row.version) for row in rows)


def history(
    session: Session,
    customer_id: UUID,
    *,
    channels: Sequence[str] = (),
    text: str = "",
    before: datetime | None = None,
    limit: int = 50,
) -> tuple[HistoryRow, ...]:
    """A customer's contacts and tickets, newest first; ``before`` is the time of the last row already shown.

    ``channels`` holds Channel values and "ticket", none meaning all; ``text`` is sought in whole notes, without regard
    to case and accents, among the newest 2,000 rows.
    """
    fetch = _FILTERED_FROM if text.strip() or channels else limit
    until = before or _FAR
    rows = plain_history(session, customer_id, until, fetch)
    rows += [ticket_row(t) for t in tickets.all_of_customer(session, customer_id) if t.opened_at < until]
    found = sorted(rows, key=lambda row: row.started_at, reverse=True)
    if channels:
        found = [row for row in found if row.channel in channels]
    if sought := fold(text):
        texts = _note_texts(session, customer_id)
        found = [row for row in found if sought in fold(f"{_said(row)} {texts.get(row.id, '')}")]
    return tuple(found[:limit])


def plain_history(session: Session, customer_id: UUID, before: datetime, limit: int) -> list[HistoryRow]:
    """A customer's interactions without tickets, newest first, straight from one index."""
    key = {"customer_id": customer_id, "before": before, "limit": limit}
    return [history_row(row) for row in session.execute(_HISTORY, key)]


def history_of(session: Session, interaction_ids: Iterable[UUID]) -> tuple[HistoryRow, ...]:
    """The history lines of these interactions, newest first."""
    query = _history_columns().where(_i.id.in_(list(interaction_ids))).order_by(_i.started_at.desc())
    return tuple(history_row(row) for row in session.execute(query))


def channel_totals(session: Session, customer_id: UUID) -> list[tuple[str, int]]:
    """How many contacts a customer has on each channel, tickets not among them."""
    return [(str(row[0]), int(row[1])) for row in session.execute(_TOTALS, {"customer_id": customer_id})]


def history_row(row: Any) -> HistoryRow:
    """A row of the history's statement as what leaves this layer."""
    queue = row.queue_label or row.queue
    return HistoryRow(
        id=row.id,
        channel=row.channel,
        direction=Direction(row.direction),
        started_at=row.started_at,
        title=row.subject or queue,
        detail=row.summary,
        agent=row.agent or "",
        outcome=Outcome(row.outcome) if row.outcome else None,
        disposition=row.disposition or "",
        duration_s=_seconds(row.answered_at or row.started_at, row.ended_at),
        queue=queue,
    )


def ticket_row(line: TicketLine) -> HistoryRow:
    """A ticket as a line of the history, at the time it was opened."""
    return HistoryRow(
        id=line.id,
        channel=TICKET,
        direction=Direction.INBOUND,
        started_at=line.opened_at,
        title=line.number,
        detail=line.subject,
        agent=line.assignee,
        status=line.status.value,
        queue=line.queue,
    )


def _said(row: HistoryRow) -> str:
    return f"{row.title} {row.detail} {row.agent} {row.disposition} {row.queue}"


def _note_texts(session: Session, customer_id: UUID) -> dict[UUID, str]:
    rows = session.execute(
        select(Note.interaction_id, Note.text)
        .join(Interaction, Interaction.id == Note.interaction_id)
        .where(Interaction.customer_id == customer_id)
    )
    texts: dict[UUID, str] = {}
    for row in rows:
        texts[row.interaction_id] = f"{texts.get(row.interaction_id, '')} {row.text}"
    return texts


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start is not None and end is not None else None


def _call_line(row: Any) -> CallLine:
    return CallLine(
        id=row.id,
        started_at=row.started_at,
        direction=Direction(row.direction),
        outcome=Outcome(row.outcome or Outcome.IN_PROGRESS),
        number=row.e164 or row.number,
        customer_id=row.customer_id,
        customer=row.customer or row.display_name,
        queue=row.queue_label or row.queue,
        agent=row.agent or "",
        disposition=row.disposition or "",
        talk_s=_seconds(row.answered_at, row.ended_at),
        wait_s=row.wait_s,
        note=row.summary,
    )


def _leg_row(row: Any) -> LegRow:
    return LegRow(
        id=row.id,
        started_at=row.started_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        agent=row.agent or "",
        direction=Direction(row.direction),
        outcome=Outcome(row.outcome),
        remote=row.remote,
        sip_code=row.sip_code,
        sip_reason=row.sip_reason,
        hold_s=row.hold_s,
        referred_by=row.referred_by,
        purpose=row.purpose,
        codec=row.codec,
        encrypted=row.encrypted,
        mos=row.mos,
        loss=row.loss,
        jitter_ms=row.jitter_ms,
        round_trip_ms=row.round_trip_ms,
    )


def _narrowed(session: Session, query: Any, wanted: CallFilter) -> Any:
    if wanted.start is not None:
        query = query.where(Interaction.started_at >= wanted.start)
    if wanted.end is not None:
        query = query.where(Interaction.started_at < wanted.end)
    if wanted.queue:
        query = query.where(Interaction.queue == wanted.queue)
    if wanted.outcomes:
        # As literals: the index of those that nobody answered holds for these words, not for values that come later.
        outcomes: Any = bindparam(
            "outcomes", [one.value for one in wanted.outcomes], expanding=True, literal_execute=True
        )
        query = query.where(Interaction.outcome.in_(outcomes))
    if wanted.direction is not None:
        query = query.where(Interaction.direction == wanted.direction.value)
    if wanted.agent_id is not None:
        query = query.where(Interaction.agent_id == wanted.agent_id)
    if wanted.customer_id is not None:
        from agent_desktop.data import customers  # which asks this module's neighbours

        query = query.where(Interaction.customer_id == customers.kept(session, wanted.customer_id))
    if wanted.text.strip():
        query = query.where(Interaction.id.in_(_by_text(session, wanted)))
    return query


def _by_text(session: Session, wanted: CallFilter) -> list[UUID]:
    """Interactions of a filter that fit its text: by customer, note and number through their indexes; by caller's name,
    first line and part of a number among the newest 2,000."""
    from agent_desktop.data.customers import ids_by_text

    text = wanted.text.strip()
    whole = _narrowed(session, select(Interaction.id), msgspec.structs.replace(wanted, text=""))
    whole = whole.where(Interaction.channel == Channel.CALL).order_by(Interaction.started_at.desc())
    newest = whole.limit(_FILTERED_FROM).subquery()
    queries = [select(Interaction.id).join(newest, newest.c.id == Interaction.id).where(or_(*_matching(text)))]
    if found := ids_by_text(session, text, limit=_MOST_FOUND):
        queries.append(whole.where(Interaction.customer_id.in_(found)).limit(_MOST_FOUND))
    if notes_found := _note_ids(session, words(text), _MOST_FOUND):
        of_notes = select(Note.interaction_id).where(Note.id.in_(notes_found))
        queries.append(whole.where(Interaction.id.in_(of_notes)))
    number = numbers.parse(text, session.execute(select(Site.region)).scalar_one())
    if number.e164:
        queries.append(whole.where(Interaction.e164 == number.e164).limit(_MOST_FOUND))
    return list(dict.fromkeys(key for query in queries for key in session.execute(query).scalars()))


def _matching(text: str) -> list[Any]:
    sought = [
        Interaction.summary.icontains(text, autoescape=True),
        Interaction.display_name.icontains(text, autoescape=True),
    ]
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) >= 3 and not any(c.isalpha() for c in text):
        sought.append(Interaction.number.contains(digits))
        sought.append(Interaction.e164.contains(digits))
    return sought


def notes_by_text(session: Session, text: str, *, limit: int = 20) -> tuple[NoteLine, ...]:
    """Notes in which every word of ``text`` begins a word, newest first."""
    sought = words(text)
    if not sought:
        return ()
    if on_server(session):
        (rows,) = read_all(session, [FOUND_NOTES], {"words": sought, "most": limit})
        return tuple(note_line(row) for row in rows)
    keys = notes_saying(session, sought, limit)
    if not keys:
        return ()
    rows = session.execute(_note_lines().where(_n.id.in_(keys))).all()
    return tuple(note_line(row) for row in rows)


def _note_ids(session: Session, sought: list[str], limit: int) -> list[UUID]:
    if not on_server(session):
        return notes_saying(session, sought, limit)
    (rows,) = read_all(session, [_FOUND_NOTE_IDS], {"words": sought, "most": limit})
    return [row.id for row in rows]


def note_line(row: Any) -> NoteLine:
    """A row of FOUND_NOTES as what leaves this layer."""
    whose = row.customer or row.display_name
    return NoteLine(row.id, row.interaction_id, row.at, row.text, row.agent or "", row.customer_id, whose)


# Core columns, not the mapped attributes: the pop runs these, and the ORM would double their time.
_i, _q, _a, _d, _n, _c = (table_of(model).c for model in (Interaction, Queue, Agent, Disposition, Note, Customer))


def _history_columns() -> Any:
    return (
        select(
            _i.id,
            _i.channel,
            _i.direction,
            _i.started_at,
            _i.answered_at,
            _i.ended_at,
            _i.outcome,
            _i.subject,
            _i.summary,
            _i.queue,
            _q.label.label("queue_label"),
            _a.name.label("agent"),
            _d.label.label("disposition"),
        )
        .outerjoin_from(table_of(Interaction), table_of(Queue), _q.name == _i.queue)
        .outerjoin(table_of(Agent), _a.id == _i.agent_id)
        .outerjoin(table_of(Disposition), _d.id == _i.disposition_id)
    )


def _call_columns() -> Any:
    return (
        select(
            Interaction.id,
            Interaction.version,
            Interaction.started_at,
            Interaction.answered_at,
            Interaction.ended_at,
            Interaction.direction,
            Interaction.outcome,
            Interaction.number,
            Interaction.e164,
            Interaction.display_name,
            Interaction.customer_id,
            Interaction.queue,
            Interaction.wait_s,
            Interaction.summary,
            Interaction.reason,
            Interaction.handoff,
            Customer.name.label("customer"),
            Queue.label.label("queue_label"),
            Agent.name.label("agent"),
            Disposition.label.label("disposition"),
        )
        .outerjoin(Customer, Customer.id == Interaction.customer_id)
        .outerjoin(Queue, Queue.name == Interaction.queue)
        .outerjoin(Agent, Agent.id == Interaction.agent_id)
        .outerjoin(Disposition, Disposition.id == Interaction.disposition_id)
    )


_CALLS = _call_columns().where(Interaction.channel == Channel.CALL)
_ONE_CALL = _call_columns().where(Interaction.id == bindparam("interaction_id"))


def history_statement(whose: Any) -> Any:
    """A customer's interactions, newest first; ``whose`` gives the id."""
    return (
        _history_columns()
        .where(_i.customer_id == whose, _i.started_at < bindparam("before"))
        .order_by(_i.started_at.desc())
        .limit(bindparam("limit"))
    )


def totals_statement(whose: Any) -> Any:
    """How many interactions a customer has on each channel."""
    counted = func.count().label("contacts")
    return select(_i.channel, counted).where(_i.customer_id == whose).group_by(_i.channel).order_by(_i.channel)


_HISTORY = history_statement(bindparam("customer_id"))
_TOTALS = totals_statement(bindparam("customer_id"))


def _note_lines() -> Any:
    return (
        select(
            _n.id,
            _n.interaction_id,
            _n.at,
            _n.text,
            _a.name.label("agent"),
            _i.customer_id,
            _i.display_name,
            _c.name.label("customer"),
        )
        .join_from(table_of(Note), table_of(Interaction), _i.id == _n.interaction_id)
        .outerjoin(table_of(Agent), _a.id == _n.agent_id)
        .outerjoin(table_of(Customer), _c.id == _i.customer_id)
        .order_by(_n.at.desc(), _n.id.desc())
    )


FOUND_NOTES = _note_lines().join(NOTES_FOUND, NOTES_FOUND.c.id == _n.id)
_FOUND_NOTE_IDS = select(NOTES_FOUND.c.id).order_by(NOTES_FOUND.c.place)
