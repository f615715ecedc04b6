"""Customers handed to a menu of the PBX: begun with the request, led on by what the collector hears."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.errors import Refused
from agent_desktop.data.ivr_rows import HandoverRow, HandoverState, Menu, Progress
from agent_desktop.data.models import IvrHandover
from agent_desktop.data.sql import on_server, table_of

_TABLE = table_of(IvrHandover)
LONGEST = 80  # signs of what the PBX says
_MOST_ANSWERS = 20


def begin(session: Session, key: UUID, agent_id: UUID, detail: dict[str, str]) -> None:
    """Write down what a request is about to ask for. Raises Refused for a menu or an interaction that is none."""
    try:
        menu, interaction = Menu(detail.get("menu", "")), UUID(detail.get("interaction", ""))
    except ValueError:
        raise Refused("There is no such menu, or no such call.") from None
    values: dict[str, Any] = {"id": key, "interaction_id": interaction, "agent_id": agent_id, "menu": menu.value}
    values |= {name: detail.get(name, "")[:LONGEST] for name in ("amount", "currency")}
    if not on_server(session):
        values |= {"at": clock.now()}
    columns = insert(_TABLE).inline().values(values)
    session.execute(columns)


def tell(session: Session, told: Iterable[Progress]) -> None:
    """Store what the PBX said, in its order; what is over stays so, and what was told already changes nothing."""
    for one in told:
        row = session.execute(select(_TABLE).where(_TABLE.c.id == one.id).with_for_update()).one_or_none()
        if row is None or not HandoverState(row.state).open or (row.told_at is not None and row.told_at > one.at):
            continue
        values: dict[str, Any] = {"state": one.state.value, "told_at": one.at, "step": one.step[:LONGEST]}
        values |= {"digits": one.digits, "reference": one.reference[:LONGEST]}
        if one.answer and len(row.answers or {}) < _MOST_ANSWERS:
            values["answers"] = dict(row.answers or {}) | {one.step[:LONGEST]: one.answer[:LONGEST]}
        if not one.state.open:
            values["ended_at"] = one.at
        session.execute(update(_TABLE).where(_TABLE.c.id == one.id).values(values))


def not_begun(session: Session, key: UUID) -> None:
    """The request was not carried out."""
    asked = (_TABLE.c.id == key) & (_TABLE.c.state == HandoverState.ASKED.value)
    session.execute(update(_TABLE).where(asked).values(state=HandoverState.FAILED.value, ended_at=clock.now()))


def of_interactions(session: Session, keys: Iterable[UUID]) -> tuple[HandoverRow, ...]:
    """All of these interactions, the oldest first."""
    rows = session.execute(select(_TABLE).where(_TABLE.c.interaction_id.in_(list(keys))).order_by(_TABLE.c.at))
    return tuple(_row(row) for row in rows)


def _row(row: Any) -> HandoverRow:
    return HandoverRow(
        *(row.id, row.at, row.interaction_id, row.agent_id, Menu(row.menu), row.amount, row.currency),
        *(HandoverState(row.state), row.step, row.digits, row.reference, row.answers or {}, row.ended_at),
    )
