"""A computed number that can explain itself: its formula, threshold, window, zone, and what it leaves out. No Qt."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop.told import told

NO_DATA = "–"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for the translators' tool, which knows this name; translated when it is shown."""
    return text


def translated(text: str) -> str:
    """A text of the context ``figures`` in the user's language."""
    return told(text, "figures")


class Style(msgspec.Struct, frozen=True):
    """How numbers, days and moments are written; ``day`` and ``moment`` as strftime takes them."""

    decimal: str = "."
    group: str = ","
    percent: str = "%"
    moment: str = "%Y-%m-%d %H:%M"
    day: str = "%Y-%m-%d"


_style = Style()


def set_style(style: Style) -> None:
    """How numbers and moments are written from now on; set once, by the desk's language or the collector's file."""
    global _style
    _style = style


def number_text(value: float, decimals: int = 0) -> str:
    """A number with its thousands grouped."""
    whole, _, rest = f"{value:,.{decimals}f}".partition(".")
    grouped = whole.replace(",", _style.group)
    return f"{grouped}{_style.decimal}{rest}" if rest else grouped


def plain_text(value: float, decimals: int = 6) -> str:
    """A number with the decimals that it has, so many at most."""
    return number_text(
        value, next(kept for kept in range(decimals + 1) if round(value, kept) == round(value, decimals))
    )


def percent_text(value: float, decimals: int = 0) -> str:
    """A share (0 to 1) as a percentage that is simply rounded; see ``share_text``."""
    return f"{number_text(value * 100, decimals)}{_style.percent}"


def moment_text(local: datetime) -> str:
    """A moment of the clock that it is given in, to the minute."""
    return local.strftime(_style.moment)


def day_text(day: date) -> str:
    """A day by its date."""
    return day.strftime(_style.day)


class Unit(StrEnum):
    SHARE = "share"  # counts over counts, shown as a percentage
    TIME_SHARE = "time_share"  # seconds over seconds, shown as a percentage
    SECONDS = "seconds"  # shown as a clock
    COUNT = "count"
    RATE = "rate"  # a number with a decimal, such as calls an hour
    ESTIMATE = "estimate"  # seconds that nobody has measured: shown in whole minutes


class Scope(msgspec.Struct, frozen=True):
    """What a figure covers. ``threshold_s`` None: several queues, each with a threshold of its own."""

    subject: str = ""  # "Billing"; empty: everything that was counted
    start: datetime | None = None
    end: datetime | None = None
    zone: ZoneInfo | None = None  # the one the window is shown in; None: UTC
    threshold_s: float | None = None
    short_s: float | None = None


class Figure(msgspec.Struct, frozen=True):
    """A numerator over a denominator; ``value`` is None when there is nothing to divide by, never 0 or 100 %.

    Sums of figures are made from their numerators and denominators, never from their values.
    """

    name: str
    unit: Unit
    numerator: float  # seconds, or a count
    denominator: float
    formula: str  # may name {threshold} and {short}
    scope: Scope = Scope()
    excluded: tuple[tuple[str, int], ...] = ()  # what was left out, and how many
    by_entry: bool = True  # visits count in the window they entered in
    each: tuple[tuple[str, str, int, int], ...] = ()  # what it adds up: whose, formula, numerator, denominator
    values: tuple[tuple[str, float], ...] = ()  # further numbers that the formula names

    @property
    def value(self) -> float | None:
        """A share from 0 to 1, seconds, or a count."""
        return self.numerator / self.denominator if self.denominator else None

    def text(self, target: float | None = None) -> str:
        """The value for display; see ``share_text`` for ``target``."""
        value = self.value
        if value is None:
            return NO_DATA
        if self.unit in (Unit.SHARE, Unit.TIME_SHARE):
            return share_text(value, target)
        if self.unit is Unit.SECONDS:
            return clock_text(value)
        if self.unit is Unit.RATE:
            return number_text(value, 1)
        return estimate_text(value) if self.unit is Unit.ESTIMATE else number_text(value)

    def explain(self) -> str:
        """The figure in words, some lines of plain text: for its tooltip and the header of an export."""
        scope = self.scope
        lines = [f"{translated(self.name)}: {self.text()}" + (f" · {scope.subject}" if scope.subject else "")]
        if self.unit is not Unit.COUNT:
            lines.append(self._division())
        own = translated(QT_TRANSLATE_NOOP("figures", "the queue's own limit"))
        limits = {
            "threshold": f"{plain_text(scope.threshold_s)} s" if scope.threshold_s is not None else own,
            "short": f"{plain_text(scope.short_s)} s" if scope.short_s is not None else own,
        }
        formula = translated(self.formula).format(**limits, **{name: plain_text(value) for name, value in self.values})
        lines.append(translated(QT_TRANSLATE_NOOP("figures", "Formula: {formula}")).format(formula=formula))
        for label, own_formula, above, below in self.each:
            words = translated(own_formula).format(**limits)
            division = f"{words} = {number_text(above)} ÷ {number_text(below)}"
            lines.append(f"· {label}: {division}" if label else f"· {division}")
        if scope.start is not None and scope.end is not None:
            window = translated(QT_TRANSLATE_NOOP("figures", "Window: {start} to {end}, {zone}"))
            window = window.format(start=_moment(scope.start, scope), end=_moment(scope.end, scope), zone=_zone(scope))
            entry = translated(QT_TRANSLATE_NOOP("figures", "by time of entry"))
            lines.append(f"{window}, {entry}" if self.by_entry else window)
        left_out = [f"{number_text(count)} {translated(label)}" for label, count in self.excluded if count]
        if left_out:
            lines.append(translated(QT_TRANSLATE_NOOP("figures", "Not in it: {what}")).format(what=", ".join(left_out)))
        return "\n".join(lines)

    def _division(self) -> str:
        if self.value is None:
            return translated(QT_TRANSLATE_NOOP("figures", "Nothing to count yet"))
        counted = self.unit in (Unit.SHARE, Unit.RATE)
        above = number_text(self.numerator) if counted else clock_text(self.numerator)
        below = clock_text(self.denominator) if self.unit is Unit.TIME_SHARE else number_text(self.denominator)
        if self.unit is Unit.RATE:
            below = number_text(self.denominator, 1)
        return f"{above} ÷ {below}"


def share_text(value: float, target: float | None = None) -> str:
    """A share (0 to 1) as a percentage, rounded for display only.

    Where rounding would put the share on the other side of its target, or call it all or nothing when it is neither,
    a decimal is shown: 79.6 % under a target of 80 %.
    """
    percent = value * 100
    rounded = round(percent)
    hides = target is not None and (percent < target * 100) != (rounded < round(target * 100, 6))
    if hides or (rounded in (0, 100) and percent != rounded):
        tenths = int(percent * 10) / 10  # cut, not rounded: 79.96 stays below 80
        return f"{number_text(tenths, 1)}{_style.percent}"
    return f"{rounded}{_style.percent}"


def estimate_text(seconds: float) -> str:
    """An estimate in whole minutes: to the second it would promise what nobody knows."""
    minutes = round(seconds / 60)
    if not minutes:
        return translated(QT_TRANSLATE_NOOP("figures", "under 1 min"))
    return translated(QT_TRANSLATE_NOOP("figures", "about {minutes} min")).format(minutes=number_text(minutes))


def clock_text(seconds: float) -> str:
    """Seconds as ``4:38``, from an hour on as ``1:02:09``; cut to whole seconds as a clock does."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def _moment(moment: datetime, scope: Scope) -> str:
    local = moment.astimezone(scope.zone) if scope.zone else moment
    return moment_text(local)


def _zone(scope: Scope) -> str:
    return scope.zone.key if scope.zone else "UTC"
