"""Layouts of the board in the database: one's own, and the published ones."""

import pytest
from msgspec.structs import replace

from agent_desktop.data import changes, kept_layouts
from agent_desktop.data.admin_save import Stale
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.layout_rows import KeptLayoutRow
from tests.data.conftest import Desk


def test_a_layout_is_ones_own_until_it_is_published(dana: Desk, jonas: Desk) -> None:
    mine = KeptLayoutRow(new_id(), name="Morning ", body={"queues": ["moves"]})
    team = KeptLayoutRow(new_id(), name="Floor", shared=True, team_id=new_id())
    with dana.database.write() as session:
        _, cursor = changes.since(session, None)
        kept_layouts.save(session, team, dana.agent_id)
        kept_layouts.save(session, mine, dana.agent_id)
        told, _ = changes.since(session, cursor)
        assert told.layouts
        found = kept_layouts.layouts(session, dana.agent_id)
        assert [(row.name, row.version, row.shared) for row in found] == [("Morning", 1, False), ("Floor", 1, True)]
        assert [row.name for row in kept_layouts.layouts(session, jonas.agent_id)] == ["Floor"]
        kept_layouts.save(session, replace(found[0], shared=True, body={"queues": []}), dana.agent_id)
        assert {row.name for row in kept_layouts.layouts(session, jonas.agent_id)} == {"Floor", "Morning"}
        with pytest.raises(Stale):
            kept_layouts.save(session, replace(found[0], name="Late"), dana.agent_id)
        kept_layouts.save(session, replace(found[1], active=False), dana.agent_id)
        assert [row.name for row in kept_layouts.layouts(session, None)] == ["Morning"]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 61}, {"team_id": new_id()}])
def test_what_is_no_layout_is_refused(dana: Desk, wrong: dict[str, object]) -> None:
    with dana.database.write() as session, pytest.raises(Refused):
        kept_layouts.save(session, replace(KeptLayoutRow(new_id(), name="ok"), **wrong), dana.agent_id)
