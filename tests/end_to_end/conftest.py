"""A real Asterisk for those that call through it."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.asterisk import Asterisk, NoAsterisk


@pytest.fixture
def pbx() -> Iterator[Asterisk]:
    """Booted, with the configuration that is shipped."""
    try:
        asterisk = Asterisk()
    except NoAsterisk as missing:  # it says how to get one; with CI set this is a failure
        pytest.skip(str(missing))
    asterisk.start()
    yield asterisk
    asterisk.stop()
