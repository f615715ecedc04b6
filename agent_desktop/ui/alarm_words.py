"""What an alarm of a queue says, in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.alarms import Alarm, Kind, Level
from agent_desktop.core.figures import clock_text, number_text, share_text
from agent_desktop.ui.wording import ltr


def _tr(text: str) -> str:
    return QCoreApplication.translate("alarms", text)


def headline(alarm: Alarm, since: str) -> str:
    """One sentence; ``since`` is the local clock when it began."""
    queue = alarm.queue.label
    if alarm.kind is Kind.SERVICE_LEVEL:
        if alarm.tile.free == 0:
            return _tr("{0} is below target since {1} and no agent is free.").format(queue, since)
        return _tr("{0} is below target since {1}.").format(queue, since)
    if alarm.kind is Kind.LONGEST_WAIT:
        return _tr("{0}: somebody has waited for {1}.").format(queue, ltr(clock_text(alarm.value)))
    if alarm.kind is Kind.WAITING:
        return _tr("{0}: {1} callers wait.").format(queue, number_text(alarm.value))
    return _tr("{0}: {1} of today’s visits were abandoned.").format(queue, share_text(alarm.value / 100))


def detail(alarm: Alarm) -> str:
    """How it stands besides."""
    tile = alarm.tile
    if alarm.figure is not None:
        words = _tr("{0} in time since then, target {1}; {2} waiting, {3} free.")
        target = tile.queue.sl_target
        return words.format(alarm.figure.text(target), share_text(target), tile.waiting, tile.free)
    words = _tr("{0} today, target {1}; {2} waiting, {3} free.")
    level = tile.service_level.text(tile.queue.sl_target)
    return words.format(level, share_text(tile.queue.sl_target), tile.waiting, tile.free)


def explanation(alarm: Alarm) -> str:
    """For the tooltip."""
    return alarm.figure.explain() if alarm.figure is not None else alarm.tile.service_level.explain()


def is_breach(alarm: Alarm) -> bool:
    return alarm.level is Level.BREACH
