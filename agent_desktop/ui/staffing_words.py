"""How staffing's numbers are said, and the sentences that say what they are made of."""

import math

from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop.core.figures import NO_DATA, clock_text, percent_text, plain_text, share_text, translated
from agent_desktop.core.forecast import Accuracy
from agent_desktop.core.staff_plan import DayPlan, PlanLine
from agent_desktop.core.staffing import LEAST, Measured, Projection, traffic_of
from agent_desktop.core.staffing_desk import Now
from agent_desktop.ui.wording import ltr


def _tr(text: str) -> str:
    return QCoreApplication.translate("staffing", text)


def number(value: float, places: int = 0) -> str:
    """A number as the language writes it."""
    return QLocale().toString(float(value), "f", places)


def seconds(value: float | None) -> str:
    """A wait or a handle time; ∞ where it has no end."""
    if value is None:
        return NO_DATA
    return "∞" if math.isinf(value) else ltr(clock_text(value))


def share(value: float | None, target: float | None = None) -> str:
    return NO_DATA if value is None else share_text(value, target)


def percent(value: float | None) -> str:
    """With its sign: a bias."""
    return NO_DATA if value is None else f"{'+' if value >= 0 else '-'}{percent_text(abs(value), 1)}"


def per_hour(value: float | None) -> str:
    return NO_DATA if value is None else _tr("{0} an hour").format(number(value))


# ------------------------------------------------------------------ running quarter hour


def missing(measured: Measured) -> str:
    """Why nothing can be worked out; empty when it can."""
    if measured.calls_per_hour is None:
        minutes = max(1, round(measured.span_s / 60))
        return _tr("Too few calls to go by: {0} in the last {1} min, {2} are needed.").format(
            measured.calls, minutes, LEAST
        )
    if measured.handle_time_s is None:
        return _tr("Too few calls have ended to know how long one takes: {0} today, {1} are needed.").format(
            measured.handled, LEAST
        )
    return ""


def calls_note(measured: Measured) -> str:
    return _tr("{0} calls in {1} min").format(measured.calls, max(1, round(measured.span_s / 60)))


def handle_note(measured: Measured) -> str:
    return _tr("{0} calls ended today").format(number(measured.handled))


def patience_note(measured: Measured) -> str:
    if measured.patience_s is None:
        return _tr("{0} abandoned today: taken as endless").format(measured.abandoned)
    return _tr("{0} abandoned today").format(number(measured.abandoned))


def agents_note(measured: Measured) -> str:
    return _tr("{0} busy, {1} free, {2} paused").format(
        measured.busy, max(0, measured.agents - measured.busy), measured.paused
    )


def model(measured: Measured) -> str:
    """The formula's name."""
    return _tr("Erlang A, with patience") if measured.patience_s is not None else _tr("Erlang C, nobody hangs up")


def level_words(now: Now, found: Projection) -> str:
    """The service level at the end of the quarter hour, with its division and all that went into it."""
    measured, counted = now.measured, now.measured.counted
    end = measured.interval.rpartition("–")[2]
    figure, queue = found.figure, measured.queue
    formula = translated(figure.formula).format(
        threshold=f"{queue.sl_threshold_s} s", short=f"{queue.short_abandon_s} s"
    )
    lines = [
        _tr("Service level of {0} at its end: {1} ÷ {2}").format(
            measured.interval, number(figure.numerator, 1), number(figure.denominator, 1)
        ),
        _tr("Formula: {0}, counted so far and expected until {1}").format(formula, end),
        _tr("Counted: {0} answered, {1} of them in time, {2} abandoned; {3} waiting").format(
            counted.answered, counted.answered_in_time, counted.abandoned, len(measured.waiting)
        ),
        _tr("Expected: {0} more calls, {1} of them answered in time").format(
            number(found.coming, 1), share(found.rest.service_level)
        ),
        rest_words(now),
    ]
    return "\n".join(lines)


def rest_words(now: Now) -> str:
    """What the expectation rests on."""
    measured, traffic = now.measured, traffic_of(now.measured, now.change)
    if traffic is None:
        return missing(measured)
    patience = seconds(traffic.patience_s) if traffic.patience_s is not None else _tr("endless")
    return _tr("From {0} of now, {1} a call, patience {2}; {3}").format(
        per_hour(traffic.calls_per_s * 3600), seconds(traffic.handle_s), patience, model(measured)
    )


def sharing_note() -> str:
    return _tr("Who serves several queues counts as there in each of them.")


# ------------------------------------------------------------------------------ a day


def day_words(plan: DayPlan) -> str:
    """A day's plan in a sentence."""
    if not plan.forecast.seen:
        return _tr("Nothing is known of days like this one: no {0} with calls in the past.").format(weekday(plan))
    parts = [_tr("{0} calls expected").format(number(plan.calls))]
    if plan.forecast.season != 1.0:
        parts.append(_tr("season × {0}").format(number(plan.forecast.season, 2)))
    if plan.holiday:
        parts.append(_tr("{0}: × {1}").format(plan.holiday, number(plan.forecast.holiday, 2)))
    busiest = plan.busiest
    if busiest is not None:
        parts.append(
            _tr("most at {0}: {1} agents taking calls, {2} on the roster").format(
                busiest.label, busiest.required, busiest.rostered
            )
        )
    return ", ".join(parts)


def weekday(plan: DayPlan) -> str:
    return QLocale().dayName(plan.day.isoweekday())


def past_error(accuracy: Accuracy) -> str:
    """How wrong the same method was."""
    if accuracy.error is None:
        return _tr("Its past error is not known: no day of the last four weeks could be held against a forecast.")
    words = _tr(
        "Past error, {0} days ahead, last {1} days: {2} by quarter hour, {3} by day, bias {4}; “as last time” {5}"
    )
    return words.format(
        accuracy.ahead_days,
        accuracy.days,
        share(accuracy.error),
        share(accuracy.by_day),
        percent(accuracy.bias),
        share(accuracy.simple),
    )


def rests_on(plan: DayPlan) -> str:
    """Everything a plan is made of, in lines: for a tooltip and an export."""
    aims = plan.aims
    lines = [
        _tr("Calls: mean of the last {0} days of this weekday, newer ones weigh more; × season × holiday").format(
            len(plan.forecast.seen)
        ),
        _tr("Days of the past that are known: {0}").format(number(plan.known_days)),
        _tr("Handle time: by hour, from {0} calls of those days").format(number(plan.handled)),
        _tr("Aim: {0} answered within {1} s, agents busy {2} of the time at most").format(
            share(aims.target), plain_text(aims.threshold_s), share(aims.most_occupied)
        ),
        _tr("Roster: agents needed ÷ (1 − {0} away), rounded up").format(share(aims.shrinkage)),
    ]
    if aims.patient or plan.patience_s is None:
        lines.append(_tr("Formula: Erlang C, nobody hangs up"))
    else:
        lines.append(
            _tr("Formula: Erlang A, patience {0} from {1} abandoned calls of four weeks").format(
                seconds(plan.patience_s), number(plan.abandoned)
            )
        )
    return "\n".join([*lines, past_error(plan.accuracy)])


def line_words(line: PlanLine) -> str:
    """One part of a day's plan, with the division that each number comes from."""
    known = line.required is not None and line.rostered is not None
    lines = [
        _tr("{0}: {1} calls, {2} a call").format(line.label, number(line.calls, 1), seconds(line.handle_s)),
    ]
    if line.load is not None and line.seconds:
        lines.append(
            _tr("Load: {0} calls × {1} ÷ {2} min = {3} erlangs").format(
                number(line.calls, 1), seconds(line.handle_s), number(line.seconds / 60), number(line.load, 2)
            )
        )
    if known:
        lines.append(_tr("Needed: {0} taking calls, {1} on the roster").format(line.required, line.rostered))
    if line.planned is not None:
        lines.append(_tr("Planned: {0} at every moment of it").format(line.planned))
    if line.expected is not None:
        lines.append(
            _tr("With those planned: service level {0}, ASA {1}, occupancy {2}").format(
                share(line.expected.service_level), seconds(line.expected.answer_s), share(line.expected.occupancy)
            )
        )
    return "\n".join(lines)
