"""Which zone the site's days are counted in."""

from collections.abc import Callable

from agent_desktop.core.site_zone import local_zone, zone_of


def test_the_site_s_zone_outweighs_the_computer_s() -> None:
    assert local_zone().key == "Europe/Warsaw"  # as tests/conftest.py sets it
    assert zone_of("").key == "Europe/Warsaw"
    assert zone_of("America/New_York").key == "America/New_York"


def test_a_zone_this_computer_does_not_know_is_told_and_not_fatal(expected_log: Callable[[str], None]) -> None:
    expected_log("Mars/Olympus_Mons is not known on this computer")
    assert zone_of("Mars/Olympus_Mons").key == "Europe/Warsaw"
