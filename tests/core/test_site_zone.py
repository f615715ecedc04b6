"""Which zone the site's days are counted in."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import update

from agent_desktop.core import report_data
from agent_desktop.core.site_zone import local_zone, zone_of
from agent_desktop.data.db import Database
from agent_desktop.data.models import Site
from tests.support.made_once import empty_database


def test_the_site_s_zone_outweighs_the_computer_s() -> None:
    assert local_zone().key == "Europe/Warsaw"  # as tests/conftest.py sets it
    assert zone_of("").key == "Europe/Warsaw"
    assert zone_of("America/New_York").key == "America/New_York"


def test_a_zone_this_computer_does_not_know_is_told_and_not_fatal(expected_log: Callable[[str], None]) -> None:
    expected_log("Mars/Olympus_Mons is not known on this computer")
    for _ in range(2):
        assert zone_of("Mars/Olympus_Mons").key == "Europe/Warsaw"


def test_reports_are_made_in_the_computer_s_zone_then(tmp_path: Path, expected_log: Callable[[str], None]) -> None:
    expected_log("Mars/Gale is not known on this computer")
    database = Database.open(empty_database(tmp_path / "c.db"))
    for name, key in (("America/New_York", "America/New_York"), ("Mars/Gale", "Europe/Warsaw"), ("", "Europe/Warsaw")):
        with database.write() as session:
            session.execute(update(Site).values(time_zone=name))
        with database.read() as session:
            assert report_data.site_zone(session).key == key
    database.close()
