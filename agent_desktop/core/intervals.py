"""The site's day cut into quarter hours: the rows of every interval report, also on days of 23 or 25 hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

INTERVAL = timedelta(minutes=15)


class SiteDay:
    """One calendar day in a time zone. ``start`` and ``end`` are aware UTC datetimes, ``end`` belongs to the next day.

    Intervals are counted in elapsed time since local midnight, so that a repeated hour has its own four.
    """

    __slots__ = ("_labels", "count", "date", "end", "start", "zone")

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self.date = day
        self.zone = zone
        self.start = _midnight(day, zone)
        self.end = _midnight(day + timedelta(days=1), zone)
        self._labels: dict[int, str] = {}
        self.count = -((self.start - self.end) // INTERVAL)

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> "SiteDay":
        """The day that ``moment`` (aware) lies in."""
        return cls(moment.astimezone(zone).date(), zone)

    def index(self, moment: datetime) -> int | None:
        """Which interval ``moment`` lies in, from 0; None outside this day."""
        if not self.start <= moment < self.end:
            return None
        return (moment - self.start) // INTERVAL

    def starts_at(self, index: int) -> datetime:
        """The UTC moment at which an interval starts."""
        return self.start + index * INTERVAL

    def label(self, index: int) -> str:
        """``13:45`` in local time; the offset is added where the clock shows the same time twice that day."""
        label = self._labels.get(index)
        if label is None:
            label = self._labels[index] = self.clock(self.starts_at(index))
        return label

    def clock(self, moment: datetime) -> str:
        """``moment`` as a clock on the site's wall shows it."""
        local = moment.astimezone(self.zone)
        text = f"{local:%H:%M}"
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            return text
        return f"{text} {local.tzname()}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # fold=0: where midnight comes twice the day starts with the first, where it is skipped with the first minute after.
    return datetime.combine(day, time(), zone).astimezone(UTC)
