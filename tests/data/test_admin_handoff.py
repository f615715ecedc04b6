"""The map of what the PBX says, as administrators store it: nothing that could not be read, one rule for each name."""

import pytest
from msgspec.structs import replace

from agent_desktop.data import admin_handoff, admin_people, handoffs
from agent_desktop.data.admin_rows import HandoffRecord
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.telephony.user_to_user import Form
from tests.data.conftest import Desk


def test_a_rule_is_stored_changed_and_switched_off(dana: Desk) -> None:
    rule = HandoffRecord(new_id(), name="X-Acme-*", field="*", label=" ", form="text")
    with dana.database.write() as session:
        admin_people.save(session, rule)
        handoffs.warn(session, ["X-Card"])
    with dana.database.write() as session:
        now = admin_people.load(session)
        assert now.handoff_rules == (replace(rule, version=1, label=""),)
        assert now.secret_headers == ("X-Card",)
        admin_people.save(session, replace(rule, version=1, secret=True, active=False))
        assert handoffs.rules(session) == ()
        with pytest.raises(Refused, match="Somebody else"):
            admin_people.save(session, replace(rule, version=1))
        edits = admin_people.history(session, rule)
    assert [edit.action for edit in edits] == ["update", "insert"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "needs the name"),
        ({"name": "X-A\r\nB"}, "A name is"),
        ({"name": "*"}, "A name is"),
        ({"name": "x" * 70}, "A name is"),
        ({"field": ""}, "needs a field"),
        ({"field": "Two Words"}, "A field is"),
        ({"field": "*"}, "A field is"),
        ({"form": "magic"}, "how to read"),
        ({"name": "x-TAKEN"}, "already"),
    ],
)
def test_what_is_no_rule(dana: Desk, changed: dict[str, str], words: str) -> None:
    with dana.database.write() as session:
        admin_handoff.save(session, HandoffRecord(new_id(), name="X-Taken", field="account"))
        with pytest.raises(Refused, match=words):
            admin_handoff.save(session, replace(HandoffRecord(new_id(), name="X-New", field="account"), **changed))


def test_the_forms_are_those_that_can_be_read() -> None:
    assert tuple(form.value for form in Form) == admin_handoff.FORMS
