"""The time zone in which the site's days begin and its intervals are cut; the same at every desk."""

import logging
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QTimeZone

_log = logging.getLogger("db")


def local_zone() -> ZoneInfo:
    """The zone of this computer; UTC where it has no name."""
    try:
        return ZoneInfo(bytes(QTimeZone.systemTimeZoneId().data()).decode())
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ZoneInfo("UTC")


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; this computer's for an empty one, and for one that this computer does not know."""
    if not name:
        return local_zone()
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        _tell(name)
        return local_zone()


@cache  # once: a service asks again and again
def _tell(name: str) -> None:
    _log.error("the site's time zone %s is not known on this computer: days are counted in its own", name)
