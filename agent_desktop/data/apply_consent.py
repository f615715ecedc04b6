"""The operation on consent: every word becomes a row of the history; the latest of each channel counts."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.apply_customers import ERASED
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import ConsentEntry, Customer
from agent_desktop.data.operations import SetConsent
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import locked_row, table_of, update_row
from agent_desktop.data.words import ConsentChannel
from agent_desktop.told import told


def set_consent(session: Session, op: SetConsent) -> Changed:
    """Write down what a customer said. Raises Refused for a channel, or a customer, that is not there."""
    try:
        channel = ConsentChannel(op.channel)
    except ValueError:
        raise Refused(told("“{0}” is no channel this version of the program knows.").format(op.channel)) from None
    row = locked_row(session, Customer, op.customer_id)
    while row is not None and row["merged_into"] is not None:  # said of somebody who has been merged meanwhile
        row = locked_row(session, Customer, row["merged_into"])
    if row is None:
        raise Refused("This customer does not exist.")
    if row["erased_at"] is not None:
        raise Refused(ERASED)
    at, source = clock.from_us(op.at_us), op.source.strip()
    values = {"id": op.op_id, "customer_id": row["id"], "channel": channel.value, "given": op.given, "source": source}
    session.execute(insert(table_of(ConsentEntry)).values(values | {"at": at, "agent_id": op.agent_id}))
    known = dict(row["consents"] or {})
    if op.at_us >= known.get(channel.value, (False, "", -1))[2]:  # an outage may bring an older word later
        known[channel.value] = [op.given, source, op.at_us]
        changes = {"consents": known, "version": row["version"] + 1, "updated_at": max(at, row["updated_at"])}
        if channel is ConsentChannel.CALL:
            changes["no_calls"] = not op.given
        update_row(session, Customer, row["id"], changes)
    return Changed(customers=frozenset({row["id"]}))
