"""The time that wrap-up may take, in words."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from agent_desktop import clock
from agent_desktop.core.views import WrapUpView
from agent_desktop.ui import dates


def _tr(text: str) -> str:
    return QCoreApplication.translate("WrapUpForm", text)


def clock_words(view: WrapUpView, *, coded: bool) -> tuple[str, str, float | None]:
    """Words, tone, and the share of the time that is left (None: no clock runs); ``coded``: it has its disposition."""
    if not view.in_wrap_up:
        if view.allowed_s <= 0:
            return _tr("Wrap-up starts when the call ends"), "", None
        allowed = dates.duration(view.allowed_s)
        return _tr("Wrap-up starts when the call ends, {0} allowed").format(allowed), "", None
    if view.ends_at is None and not view.overdue:
        return _tr("The call is over"), "", None
    left = (view.ends_at - clock.now()) if view.ends_at is not None else timedelta()
    if view.overdue or left <= timedelta():
        if view.required and not coded:
            return _tr("Time is up: choose a disposition"), "bad", 0.0
        return _tr("Time is up"), "bad", 0.0
    seconds = left.total_seconds()
    share = min(1.0, seconds / view.allowed_s) if view.allowed_s > 0 else 1.0
    return _tr("{0} left").format(dates.duration(seconds + 0.999)), "warn" if seconds <= 10 else "", share
