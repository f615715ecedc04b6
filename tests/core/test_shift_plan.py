"""A plan from a file against what people's presence says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_desktop.cli import main
from agent_desktop.core import shift_plan
from agent_desktop.core.shift_plan import BadPlan
from agent_desktop.data import agents, schema
from agent_desktop.data.db import Database
from agent_desktop.data.models import PresenceSpan
from agent_desktop.data.words import Presence
from agent_desktop.exit_codes import Exit

WARSAW = ZoneInfo("Europe/Warsaw")
NINE = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)  # by Warsaw's clock
PLAN = """login,start,end,kind
dana,2026-11-18 09:00,2026-11-18 10:00,work
dana,2026-11-18 10:00,2026-11-18 10:15,break
Jonas,2026-11-18T08:00+00:00,2026-11-18T09:00+00:00,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Dana comes at 9:15, rests from 10:00 and goes at 10:30; Jonas never comes."""
    where = tmp_path / "centre.db"
    schema.init(where, time_zone="Europe/Warsaw")
    database = Database.open(where)
    with database.write() as session:
        dana = agents.create_agent(session, "Dana Okafor", "dana")
        agents.create_agent(session, "Jonas Lind", "jonas")
        for minute, presence in (
            (15, Presence.READY), (20, Presence.TALKING), (30, Presence.WRAP_UP), (31, Presence.READY),
            (60, Presence.PAUSED), (75, Presence.READY), (90, Presence.OFFLINE),
        ):  # fmt: skip
            at = NINE + timedelta(minutes=minute)
            session.add(PresenceSpan(agent_id=dana.id, since=at, presence=presence.value, reason="", source="test"))
    database.close()
    return where


def test_a_plan_is_held_against_presence_by_the_site_s_clock(file: Path) -> None:
    plan = shift_plan.read(PLAN.splitlines(), WARSAW)
    database = Database.open(file)
    with database.read() as session:
        dana, jonas = shift_plan.kept(session, plan, WARSAW, NINE + timedelta(hours=8))
        early = shift_plan.kept(session, plan, WARSAW, NINE + timedelta(minutes=30))
    database.close()
    assert (dana.name, dana.adherence.numerator / 60, dana.adherence.denominator / 60) == ("Dana Okafor", 60, 75)
    assert (dana.conformance.numerator / 60, dana.conformance.denominator / 60) == (60, 60)
    assert (jonas.adherence.text(), jonas.conformance.text()) == ("0%", "0%")
    assert early[0].adherence.text() == "50%", "what has not come yet is not asked for"


def test_a_night_in_which_the_clock_is_changed_lasts_as_long_as_it_lasts() -> None:
    plan = shift_plan.read(["login,start,end", "dana,2026-10-25 01:00,2026-10-25 04:00"], WARSAW)
    assert shift_plan.metrics.conformance(plan["dana"], plan["dana"]).numerator == 4 * 3600


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("login,start\nx,y", "no column end"),
        ("login,start,end\ndana,9,10", "Line 2"),
        ("login,start,end,kind\ndana,2026-11-18 09:00,2026-11-18 10:00,nap", "Line 2: 'nap'"),
        ("login,start,end\ndana,2026-11-18 09:00,2026-11-18 09:00", "ends before"),
        (
            "login,start,end\nd,2026-11-18 09:00,2026-11-18 10:00\nD,2026-11-18 09:59,2026-11-18 11:00",
            "Line 3: it over",
        ),
    ],
)
def test_what_is_no_plan_is_said_with_its_line(plan: str, words: str) -> None:
    with pytest.raises(BadPlan, match=words):
        shift_plan.read(plan.splitlines(), WARSAW)


def test_the_command_says_who_kept_to_it_and_who_is_a_stranger(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN, "utf-8-sig")
    assert main(["figures", "adherence", "--plan", str(plan), "--database", str(file)]) == Exit.OK
    said = capsys.readouterr().out
    assert "adherence    80%   conformance   100%" in said
    assert "Formula: time in the planned state" in said
    plan.write_text(PLAN + "mo,2026-11-18 09:00,2026-11-18 10:00,work\n")
    assert main(["figures", "adherence", "--plan", str(plan), "--database", str(file)]) == Exit.FAILED
    assert "nobody here has the login mo" in capsys.readouterr().err
    assert main(["figures", "adherence", "--plan", str(tmp_path / "no.csv"), "--database", str(file)]) == Exit.USAGE
