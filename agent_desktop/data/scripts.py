"""Call scripts: what calls get, the history of what they say, and agents' runs of them with their figures."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import access, site
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import (
    Agent,
    Article,
    CallScript,
    Customer,
    HandoffField,
    Interaction,
    ScriptReview,
    ScriptRule,
    ScriptRun,
    ScriptStep,
    ScriptVersion,
)
from agent_desktop.data.operations import SaveScriptRun
from agent_desktop.data.rows import Changed
from agent_desktop.data.script_rows import (
    ReturnedLine,
    Review,
    ReviewLine,
    RuleRow,
    RunRow,
    ScriptLine,
    Shelf,
    Statistics,
    StepCount,
    VersionLine,
    VersionRow,
    VersionState,
)
from agent_desktop.data.sql import insert_new, locked_row, table_of, update_row

EARLIER = timedelta(days=14)  # so long a run of an earlier call may be gone on with
MAX_BODY = 256_000  # characters of a run
_LOOKED_AT, _OFFERED = 10_000, 60
_SCRIPT, _VERSION, _RULE = table_of(CallScript), table_of(ScriptVersion), table_of(ScriptRule)
_REVIEW = table_of(ScriptReview)
_RUN, _STEP = table_of(ScriptRun), table_of(ScriptStep)


def shelf(session: Session) -> Shelf:
    """All that calls may get."""
    found = session.execute(
        select(_VERSION, _SCRIPT.c.key)
        .join(_SCRIPT, (_SCRIPT.c.id == _VERSION.c.script_id) & (_SCRIPT.c.published == _VERSION.c.number))
        .where(_SCRIPT.c.active, _SCRIPT.c.published > 0)
        .order_by(_SCRIPT.c.key)
    )
    return Shelf(tuple(_version(row) for row in found), rules(session, active_only=True), site.site(session).name)


def rules(session: Session, *, active_only: bool = False) -> tuple[RuleRow, ...]:
    """By position."""
    query = select(_RULE).order_by(_RULE.c.position, _RULE.c.id)
    rows = session.execute(query.where(_RULE.c.active) if active_only else query)
    return tuple(_rule(row) for row in rows)


def _rule(row: Any) -> RuleRow:
    said = (row.campaign, row.intent, row.dialled, row.queue, row.segment, row.language)
    return RuleRow(row.id, row.script_id, row.version, row.position, *said, active=bool(row.active))


def scripts(session: Session) -> tuple[ScriptLine, ...]:
    """Every script with its newest version, by title."""
    newest = select(_VERSION.c.script_id, func.max(_VERSION.c.number).label("n")).group_by(_VERSION.c.script_id)
    last = newest.subquery()
    rows = session.execute(
        select(_SCRIPT, _VERSION.c.number, _VERSION.c.state, _VERSION.c.at, Agent.name.label("author"))
        .join(last, last.c.script_id == _SCRIPT.c.id)
        .join(_VERSION, (_VERSION.c.script_id == last.c.script_id) & (_VERSION.c.number == last.c.n))
        .outerjoin(Agent, Agent.id == _VERSION.c.agent_id)
        .order_by(_SCRIPT.c.title, _SCRIPT.c.key)
    )
    return tuple(
        ScriptLine(
            *(row.id, row.version, row.key, row.title, row.published, bool(row.active), row.number),
            *(VersionState(row.state), row.at, row.author or ""),
        )
        for row in rows
    )


def history(session: Session, script_id: UUID) -> tuple[VersionLine, ...]:
    """Its versions, the newest first."""
    reviewer = table_of(Agent).alias()
    rows = session.execute(
        select(_VERSION, _SCRIPT.c.published, Agent.name.label("author"), reviewer.c.name.label("reviewer"))
        .join(_SCRIPT, _SCRIPT.c.id == _VERSION.c.script_id)
        .outerjoin(Agent, Agent.id == _VERSION.c.agent_id)
        .outerjoin(reviewer, reviewer.c.id == _VERSION.c.reviewer_id)
        .where(_VERSION.c.script_id == script_id)
        .order_by(_VERSION.c.number.desc())
    )
    return tuple(
        VersionLine(
            *(row.number, row.edition, VersionState(row.state), row.at, row.author or "", row.agent_id, row.note),
            *(row.reviewed_at, row.reviewer or "", row.review_note, row.number == row.published),
        )
        for row in rows
    )


def reviews(session: Session, script_id: UUID) -> tuple[ReviewLine, ...]:
    """What was done with its versions and said about them, the newest first; nothing for who does not write scripts."""
    rows = session.execute(
        select(_REVIEW, Agent.name.label("agent"))
        .outerjoin(Agent, Agent.id == _REVIEW.c.agent_id)
        .where(_REVIEW.c.script_id == script_id)
        .order_by(_REVIEW.c.at.desc(), _REVIEW.c.id.desc())
    )
    return tuple(ReviewLine(row.number, row.at, row.agent or "", Review(row.what), row.note) for row in rows)


def returned(session: Session, agent_id: UUID) -> tuple[ReturnedLine, ...]:
    """Drafts of this agent's that somebody else gave back and that were not handed in again, the last one first."""
    later, names = _REVIEW.alias(), table_of(Agent)
    rows = session.execute(
        select(_VERSION.c.script_id, _VERSION.c.number, _SCRIPT.c.title, _REVIEW.c.at, names.c.name, _REVIEW.c.note)
        .join(_SCRIPT, _SCRIPT.c.id == _VERSION.c.script_id)
        .join(_REVIEW, (_REVIEW.c.script_id == _VERSION.c.script_id) & (_REVIEW.c.number == _VERSION.c.number))
        .outerjoin(names, names.c.id == _REVIEW.c.agent_id)
        .where(
            _VERSION.c.state == VersionState.DRAFT.value,
            or_(_VERSION.c.writer_id == agent_id, _VERSION.c.agent_id == agent_id),
            _REVIEW.c.what == Review.GIVEN_BACK.value,
            _REVIEW.c.agent_id.is_distinct_from(agent_id),
            ~select(later.c.id)
            .where(
                later.c.script_id == _REVIEW.c.script_id,
                later.c.number == _REVIEW.c.number,
                later.c.what == Review.GIVEN_BACK.value,
                later.c.at > _REVIEW.c.at,
            )
            .exists(),
        )
        .order_by(_REVIEW.c.at.desc(), _VERSION.c.script_id)
    )
    return tuple(ReturnedLine(*row[:4], row.name or "", row.note) for row in rows)


def version(session: Session, script_id: UUID, number: int) -> VersionRow | None:
    """One version; None where there is none, or this login may not read it."""
    row = session.execute(
        select(_VERSION, _SCRIPT.c.key)
        .join(_SCRIPT, _SCRIPT.c.id == _VERSION.c.script_id)
        .where(_VERSION.c.script_id == script_id, _VERSION.c.number == number)
    ).one_or_none()
    return _version(row) if row is not None else None


def _version(row: Any) -> VersionRow:
    return VersionRow(
        *(row.script_id, row.key, row.number, row.edition, VersionState(row.state), row.agent_id, row.note),
        *(row.body, row.parts),
    )


def article_titles(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """The titles of published articles by key, in English where one is."""
    rows = session.execute(
        select(Article.key, Article.title).where(Article.key.in_(keys), Article.published > 0)
        .order_by(Article.language == "en", Article.language.desc())
    )  # fmt: skip
    return {row.key: row.title for row in rows}


def known_words(session: Session) -> dict[str, tuple[str, ...]]:
    """What rules may ask for, as calls and customers had it: tags as "segment", intents, campaigns and languages.

    Looked for in a part of the rows only: it is help for whoever types, and must take no time.
    """
    found: dict[str, set[str]] = {name: set() for name in ("intent", "campaign", "language", "segment")}
    for rule in rules(session, active_only=True):
        for name, words in found.items():
            words.update(part.strip() for part in getattr(rule, name).split(","))
    said = table_of(HandoffField)
    part = select(said.c.name, said.c.value).where(~said.c.secret).limit(_LOOKED_AT).subquery()
    for name, value in session.execute(select(part).where(part.c.name.in_(tuple(found))).distinct()):
        found[name].add(value)
    for tags in session.execute(select(Customer.tags).limit(_LOOKED_AT // 4)).scalars():
        found["segment"].update(str(tag) for tag in tags or ())
    return {name: tuple(sorted(words - {""}, key=str.casefold)[:_OFFERED]) for name, words in found.items()}


# ------------------------------------------------------------------ runs


def runs(
    session: Session,
    interaction_id: UUID,
    customer_id: UUID | None,
    promised: UUID | None = None,
    now: datetime | None = None,
) -> tuple[RunRow, ...]:
    """Runs to go on with: this interaction's, that of the call in which this one was ``promised``, and what the
    customer did not finish lately; the likeliest first."""
    own, then = _RUN.c.interaction_id == interaction_id, _RUN.c.interaction_id == promised
    where: Any = own if promised is None else own | then
    if customer_id is not None:
        since = (now or clock.now()) - EARLIER
        calls = select(Interaction.id).where(Interaction.customer_id == customer_id, Interaction.started_at > since)
        where = or_(where, _RUN.c.interaction_id.in_(calls) & ~_RUN.c.finished & (_RUN.c.at > since))
    rows = session.execute(
        select(_RUN, Agent.name.label("agent"))
        .outerjoin(Agent, Agent.id == _RUN.c.agent_id)
        .where(where)
        .order_by(case((own, 0), (then, 1), else_=2), _RUN.c.at.desc())
        .limit(5)
    )
    return tuple(
        RunRow(
            *(row.id, row.interaction_id, row.script_id, row.number, row.at, row.agent or "", row.agent_id),
            *(bool(row.finished), row.step, row.body),
        )
        for row in rows
        if row.body  # what was erased cannot be gone on with
    )


def save_run(session: Session, op: SaveScriptRun) -> Changed:
    """The newest word of a run stays; the step that was left is counted once."""
    if len(op.body) > MAX_BODY:
        raise Refused("This run of a script is too long to be kept.")
    access.join(session, op.interaction_id, op.agent_id)
    at = clock.from_us(op.at_us)
    values: dict[str, Any] = {"at": at, "agent_id": op.agent_id, "finished": op.finished, "place": op.place}
    values |= {"step": op.step, "number": op.number, "body": op.said()}
    fixed = {"interaction_id": op.interaction_id, "script_id": op.script_id, "begun_at": clock.from_us(op.begun_us)}
    if not insert_new(session, ScriptRun, {"id": op.run_id} | fixed | values):
        known = locked_row(session, ScriptRun, op.run_id)
        if known is not None and known["at"] <= at:
            update_row(session, ScriptRun, op.run_id, values)
    if op.left:
        step = {"id": op.op_id, "run_id": op.run_id, "script_id": op.script_id, "number": op.number, "place": op.left}
        step |= {"at": at, "spent_ms": op.spent_ms, "answered": op.answered, "answer": op.answer}
        insert_new(session, ScriptStep, step)
    return Changed(interactions=frozenset({op.interaction_id}))


def statistics(session: Session, script_id: UUID, number: int | None = None) -> Statistics:
    """How far runs of a version (None: of all) got: steps in the order of how many reached them."""

    def of(table: Any) -> Any:
        return (table.c.script_id == script_id) & (table.c.number == number if number is not None else True)

    totals = session.execute(
        select(func.count(), func.coalesce(func.sum(case((_RUN.c.finished, 1), else_=0)), 0)).where(of(_RUN))
    ).one()
    left = {
        row.place: row
        for row in session.execute(
            select(
                _STEP.c.place,
                func.count(_STEP.c.run_id.distinct()).label("reached"),
                func.sum(case((_STEP.c.answered, 1), else_=0)).label("answered"),
                func.avg(_STEP.c.spent_ms).label("spent"),
            )
            .where(of(_STEP))
            .group_by(_STEP.c.place)
        )
    }
    standing = select(_RUN.c.place, func.count()).where(of(_RUN), ~_RUN.c.finished).group_by(_RUN.c.place)
    stopped = _counts(session, standing)
    already = select(_STEP.c.run_id).where(_STEP.c.run_id == _RUN.c.id, _STEP.c.place == _RUN.c.place)
    fresh = select(_RUN.c.place, func.count()).where(of(_RUN), ~_RUN.c.finished, ~already.exists())
    here = _counts(session, fresh.group_by(_RUN.c.place))
    chosen: dict[str, list[tuple[str, int]]] = {}
    told = select(_STEP.c.place, _STEP.c.answer, func.count().label("n")).where(of(_STEP), _STEP.c.answer != "")
    for place, answer, count in session.execute(told.group_by(_STEP.c.place, _STEP.c.answer)):
        chosen.setdefault(place, []).append((answer, count))
    steps = [
        StepCount(
            place=place,
            reached=(left[place].reached if place in left else 0) + here.get(place, 0),
            answered=int(left[place].answered) if place in left else 0,
            stopped=stopped.get(place, 0),
            mean_s=float(left[place].spent) / 1000 if place in left else None,
            answers=_most(chosen.get(place, ())),
        )
        for place in {*left, *stopped}
    ]
    steps.sort(key=lambda step: (-step.reached, step.place))
    return Statistics(int(totals[0]), int(totals[1]), tuple(steps))


def _counts(session: Session, query: Any) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in session.execute(query)}


def _most(answers: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(answers, key=lambda each: (-each[1], each[0])))
