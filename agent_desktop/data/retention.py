"""How long each kind of data is kept, and removing what is past it: counted first, and never what a hold keeps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, true, update
from sqlalchemy.orm import DeclarativeBase, Session

from agent_desktop import clock
from agent_desktop.data import audit, erasure, erasure_desk, privacy
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import (
    AGENT_HOUR,
    QUEUE_QUARTER,
    ArticleUse,
    AuditEntry,
    Customer,
    HandoffField,
    HandoffSecret,
    IdentityAttempt,
    IdentityLift,
    Interaction,
    IvrHandover,
    Leg,
    Note,
    Participant,
    PbxRequest,
    QueueEvent,
    QueueVisit,
    Recording,
    RetentionRule,
    ScriptRun,
    ScriptStep,
    TeamMessage,
    TeamMessageReader,
    Ticket,
    TicketEvent,
    TicketInteraction,
    WorkEntry,
    WrapUp,
)
from agent_desktop.data.recount import hour_of
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import RecordingState, TicketStatus, WorkStatus

# In this order: what hangs on an interaction goes before it.
KINDS = ("handoff_secret", "recording", "note", "ticket", "interaction", "queue_event", "audit_view", "audit")
_NO_DELETE = (
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
)
_LONGEST = timedelta(days=1)  # no visit and its wrap-up take longer
_Rows = list[tuple[type[DeclarativeBase], ColumnElement[bool]]]


class Rule(msgspec.Struct, frozen=True):
    """``days`` a kind of data is kept; 0: for ever."""

    kind: str
    days: int


class Aged(msgspec.Struct, frozen=True):
    """What of one kind is past its days, rows by table; ``files`` are recordings' places below the store."""

    rule: Rule
    before: datetime | None  # None: it is kept for ever
    counts: dict[str, int]
    files: tuple[str, ...] = ()


def rules(session: Session) -> tuple[Rule, ...]:
    """The rules of this centre. Raises Refused for a login that may not see them."""
    if on_server(session) and not any(_is(session, role) for role in ("admin", "retention")):
        raise Refused("How long data is kept is for administrators, and for logins with the role retention.")
    found = {row.kind: row.days for row in session.execute(select(RetentionRule.kind, RetentionRule.days))}
    return tuple(Rule(kind, found[kind]) for kind in KINDS if kind in found)


def set_rule(session: Session, kind: str, days: int) -> None:
    """Keep a kind of data so long from now on. Raises Refused for what cannot be."""
    if kind not in KINDS:
        raise Refused(f"“{kind}” is no kind of data; there are {', '.join(KINDS)}.")
    if on_server(session) and not _is(session, "admin"):
        raise Refused("Only an administrator says how long data is kept.")
    if days < 0 or (kind.startswith("audit") and 0 < days < 365):
        raise Refused("Days are 0 (for ever) or more; what the audit holds is kept 365 days at least.")
    table = table_of(RetentionRule)
    values = {"days": days, "version": table.c.version + 1}
    session.execute(update(table).where(table.c.kind == kind).values(values))
    if not on_server(session):
        audit.record(session, "update", "retention_rule", kind, f"{days} days")


def run(session: Session, *, dry: bool, now: datetime | None = None) -> tuple[Aged, ...]:
    """Count what is past its days and, unless ``dry``, take it away; both in the caller's transaction.

    Files of recordings are the caller's to remove once it is committed. Raises Refused for a login that may not.
    """
    now = now or clock.now()
    known = rules(session)
    if not dry and not on_server(session):  # what goes is not only forgotten: a secret's page is written over
        session.execute(text("PRAGMA secure_delete = ON"))
    held = privacy.held_customers(session)
    found: list[Aged] = []
    removal = None if dry else erasure.begin(session, erasure.RETAIN, "rules of retention")
    for rule in known:
        if not rule.days:
            found.append(Aged(rule, None, {}))
            continue
        before = now - timedelta(days=rule.days)
        if rule.kind == "queue_event":  # sums go with their visits, by whole hours
            before = hour_of(before)
        gone = {aged.rule.kind: aged.before for aged in found if aged.before is not None}
        found.append(_aged(session, rule, before, (held, dry, gone)))
    if removal is not None:
        total = {f"{aged.rule.kind}.{name}": n for aged in found for name, n in aged.counts.items() if n}
        erasure.end(session, removal, total)
    return tuple(found)


def erase_again(session: Session) -> tuple[str, ...]:
    """What came late about people erased of late, out of journals, is taken away too; recordings' places."""
    since = clock.now() - erasure_desk.LATE
    recent = select(Customer.id).where(Customer.erased_at > since, Customer.merged_into.is_(None))
    files: tuple[str, ...] = ()
    for key in session.execute(recent).scalars().all():
        who = privacy.person(session, key)
        if not privacy.held(session, who.customers):
            files += erasure.erase(session, who, "came after they had been erased").files
    return files


_How = tuple[Sequence[UUID], bool, dict[str, datetime]]  # who is held; whether it is only counted; kinds done before


def _is(session: Session, role: str) -> bool:
    return bool(session.execute(select(func.access.is_member(role))).scalar_one())


def _aged(session: Session, rule: Rule, before: datetime, how: _How) -> Aged:
    held, dry, gone = how
    if rule.kind.startswith("audit"):
        return Aged(rule, before, {"audit": _audit(session, rule, before, how)})
    rows = _rows(rule.kind, before, held, gone)
    files: tuple[str, ...] = ()
    for model, where in rows:
        if model is Recording:
            files = tuple(session.execute(select(Recording.place).where(where, Recording.place != "")).scalars())
    counts = {table_of(model).name: _count(session, model, where) for model, where in rows}
    if not dry:
        if rule.kind == "note":  # an interaction keeps the first line of its newest note
            line = and_(
                Interaction.started_at < before, Interaction.summary != "", _free(Interaction.customer_id, held)
            )
            session.execute(update(table_of(Interaction)).where(line).values(summary=""))
        for model, where in rows:
            session.execute(delete(table_of(model)).where(where))
        if rule.kind == "queue_event":
            for column in (QUEUE_QUARTER.c.quarter, AGENT_HOUR.c.hour):
                session.execute(delete(column.table).where(column < before))
    return Aged(rule, before, counts, files)


def _count(session: Session, model: type[DeclarativeBase], where: ColumnElement[bool]) -> int:
    return int(session.execute(select(func.count()).select_from(table_of(model)).where(where)).scalar_one())


def _rows(kind: str, before: datetime, held: Sequence[UUID], gone: dict[str, datetime]) -> _Rows:
    """What of a kind is past its days, in the order in which it can be deleted; without what kinds before it take."""
    calls = select(Interaction.id).where(Interaction.started_at < before, _free(Interaction.customer_id, held))
    closed = Ticket.status.in_((TicketStatus.SOLVED, TicketStatus.CLOSED))
    over = select(Ticket.id).where(closed, Ticket.updated_at < before, _free(Ticket.customer_id, held))
    kept = select(Interaction.id).where(Interaction.customer_id.in_(held))
    done = Recording.state.in_((RecordingState.STORED, RecordingState.LOST))
    found: dict[str, _Rows] = {
        "handoff_secret": [(HandoffSecret, HandoffSecret.at < before)],
        "recording": [(Recording, and_(Recording.started_at < before, done, Recording.interaction_id.not_in(kept)))],
        "note": [
            (Note, and_(Note.at < before, Note.interaction_id.not_in(kept))),
            (
                TeamMessageReader,
                TeamMessageReader.message_id.in_(select(TeamMessage.id).where(TeamMessage.at < before)),
            ),
            (TeamMessage, TeamMessage.at < before),
        ],
        "ticket": [
            (TicketEvent, TicketEvent.ticket_id.in_(over)),
            (TicketInteraction, TicketInteraction.ticket_id.in_(over)),
            (Ticket, Ticket.id.in_(over)),
        ],
        "interaction": [
            (ScriptStep, ScriptStep.run_id.in_(select(ScriptRun.id).where(ScriptRun.interaction_id.in_(calls)))),
            *(
                (model, model.interaction_id.in_(calls))
                for model in (Leg, WrapUp, Participant, ArticleUse, IvrHandover, ScriptRun, IdentityAttempt)
            ),
            (IdentityLift, and_(IdentityLift.at < before, _free(IdentityLift.customer_id, held))),
            # by their own age: the PBX tells of calls that no desktop ever wrote down
            (HandoffField, and_(HandoffField.at < before, HandoffField.interaction_id.not_in(kept))),
            (HandoffSecret, and_(HandoffSecret.at < before, _since(HandoffSecret.at, gone.get("handoff_secret")))),
            (Note, and_(Note.interaction_id.in_(calls), _since(Note.at, gone.get("note")))),
            (
                Recording,
                and_(Recording.interaction_id.in_(calls), done, _since(Recording.started_at, gone.get("recording"))),
            ),
            (
                WorkEntry,
                and_(
                    WorkEntry.status == WorkStatus.DONE,
                    WorkEntry.created_at < before,
                    _free(WorkEntry.customer_id, held),
                ),
            ),
            (Interaction, Interaction.id.in_(calls)),
        ],
        "queue_event": [
            (QueueEvent, _past(before)),
            (QueueVisit, QueueVisit.entered_at < before),
            (PbxRequest, PbxRequest.at < before),
        ],
    }
    return found[kind]


def _past(before: datetime) -> ColumnElement[bool]:
    """Events of before then; those of one visit stay or go together, as the visit does."""
    visit = select(QueueVisit.id).where(QueueVisit.id == QueueEvent.visit_id)
    stays, goes = visit.where(QueueVisit.entered_at >= before), visit.where(QueueVisit.entered_at < before)
    at = QueueEvent.at
    return or_(and_(at < before, ~stays.exists()), and_(at >= before, at < before + _LONGEST, goes.exists()))


def _free(customer_id: Any, held: Sequence[UUID]) -> ColumnElement[bool]:
    return or_(customer_id.is_(None), customer_id.not_in(held))


def _since(column: Any, at: datetime | None) -> ColumnElement[bool]:
    return true() if at is None else column >= at


def _audit(session: Session, rule: Rule, before: datetime, how: _How) -> int:
    held, dry, _gone = how
    views = rule.kind == "audit_view"
    if on_server(session):
        call = text("SELECT access.old_audit(:views, :before, :dry)")
        return int(session.execute(call, {"views": views, "before": before, "dry": dry}).scalar_one())
    action = AuditEntry.action == audit.VIEW if views else AuditEntry.action != audit.VIEW
    where = and_(action, AuditEntry.at < before, AuditEntry.row_id.not_in([str(key) for key in held]))
    count = _count(session, AuditEntry, where)
    if not dry and count:
        session.execute(text("DROP TRIGGER audit_no_delete"))
        session.execute(delete(table_of(AuditEntry)).where(where))
        session.execute(text(_NO_DELETE))
    return count
