"""What was looked at is said once, after the screen, and through an outage."""

from agent_desktop.core.store import Store
from agent_desktop.core.viewings import CUSTOMER, Viewings
from agent_desktop.core.views import PopView
from agent_desktop.data import audit
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Pop
from tests.support.workstation import spin_until


def test_a_page_looked_at_again_and_again_is_one_viewing(unopened: Store) -> None:
    viewings, marta, jan = Viewings(unopened), new_id(), new_id()
    viewings.agent_id = new_id()
    for customer_id in (marta, marta, jan, marta):
        viewings.customer(customer_id)
    viewings.popped(None)
    viewings.popped(PopView("looking", Pop(number="+48601442190")))
    assert unopened.journal.pending() == [], "nothing is written before the screen is painted"
    spin_until(unopened.journal.pending, "it stands in the journal")
    said = unopened.journal.pending()
    assert [(type(each), each.agent_id) for each in said] == [(op.RecordView, viewings.agent_id)] * 2
    assert [each.row_id for each in said if isinstance(each, op.RecordView)] == [marta, jan]


def test_what_was_seen_and_taken_while_the_database_was_away_arrives(unopened: Store) -> None:
    viewings, marta = Viewings(unopened), new_id()
    viewings.customer(marta)
    viewings.exported("customer", 12, "csv")
    viewings.say()
    assert unopened.journal.waiting_count() == 2
    unopened.start()
    spin_until(lambda: not unopened.journal.waiting_count(), "all is sent")
    found: list[audit.AuditRow] = []
    unopened.call(lambda session: audit.entries(session, limit=2), found.extend)
    spin_until(lambda: found, "the audit answers")
    assert [(row.action, row.table, row.row_id, row.detail) for row in found] == [
        ("export", "customer", "", "12 rows, csv"),
        ("view", CUSTOMER, str(marta), ""),
    ]
    assert unopened.journal.refused() == []
