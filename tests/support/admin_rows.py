"""A small centre as an administrator sees it: long names, another script, markup, somebody who left."""

from datetime import UTC, datetime
from uuid import UUID

from agent_desktop.data.admin_rows import (
    Administration,
    CentreRecord,
    DispositionRecord,
    HandoffRecord,
    PauseRecord,
    PersonRecord,
    PhoneRecord,
    QueueRecord,
    TeamRecord,
)
from tests.support.page_rows import NAMES

BILLING, MOVES, DANA, ANNA = UUID(int=1), UUID(int=2), UUID(int=11), UUID(int=10)
_UNTIL = datetime(2027, 1, 31, tzinfo=UTC)


def _person(number: int, name: str, team: UUID | None = BILLING, role: str = "agent") -> PersonRecord:
    login = name.split()[0].lower()
    return PersonRecord(UUID(int=number), 1, name, login, team, role, str(100 + number))


PEOPLE = (
    _person(10, "Anna Nowak", None, "admin"),
    _person(11, "Dana Okafor", role="team_lead"),
    PersonRecord(UUID(int=12), 1, "Ed Ended", "ed", MOVES, "agent", "112", active=False, access_until=_UNTIL),
    _person(13, "Jonas Lind"),
    *(PersonRecord(UUID(int=20 + n), 1, name, f"long.login.{n}", MOVES, "agent", "", access_until=_UNTIL)
      for n, name in enumerate(NAMES)),
)  # fmt: skip
NOW = Administration(
    server=True,
    me=ANNA,
    centre=CentreRecord(UUID(int=9), 1, "Northgate Foods & Beverages International Holding", "PL", 72),
    people=PEOPLE,
    teams=(TeamRecord(BILLING, 1, "Billing", (DANA,)), TeamRecord(MOVES, 1, "Moves"),
           TeamRecord(UUID(int=3), 1, "Gone", active=False)),
    queues=(QueueRecord(UUID(int=31), 1, "billing", "Billing", members=(DANA, UUID(int=13))),
            QueueRecord(UUID(int=32), 1, "outages-and-network-south-west", "Outages and network, south and west")),
    dispositions=(DispositionRecord(UUID(int=41), 1, "Bill explained", UUID(int=31), 1, ("Estimate", "Price change")),
                  DispositionRecord(UUID(int=42), 1, "Call back agreed", None, 50, (), True)),
    pause_reasons=(PauseRecord(UUID(int=51), 1, "Lunch", 1, 1800), PauseRecord(UUID(int=52), 1, "Training", 2)),
    phones=(PhoneRecord(DANA, 1, "pbx.centre.example", "111", transport="tls", srtp="required"),
            PhoneRecord(ANNA, 1, "pbx.centre.example", "110", transport="tls", srtp="required", active=False)),
    handoff_rules=(HandoffRecord(UUID(int=61), 1, "X-Northgate-Loyalty-Card-And-Tier", "tier", "Loyalty tier"),
                   HandoffRecord(UUID(int=62), 1, "NATIONAL_ID", "national_id", "National number", secret=True)),
    secret_headers=("X-IVR-Card-Number",),
)  # fmt: skip
