"""Supervising in words: what was asked, what became of it, how one listens, and why something is not possible."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.supervision import Asked
from agent_desktop.data.supervision_rows import Audience, SentRow
from agent_desktop.data.words import RequestKind, RequestState


def _tr(text: str) -> str:
    return QCoreApplication.translate("supervise", text)


def kind(what: RequestKind) -> str:
    """What is asked of the PBX."""
    words = {
        RequestKind.LOG_IN: _tr("Sign in to queues"),
        RequestKind.LOG_OUT: _tr("Sign out of all queues"),
        RequestKind.PAUSE: _tr("Pause"),
        RequestKind.UNPAUSE: _tr("End the pause"),
        RequestKind.WRAP_UP: _tr("Wrap-up"),
        RequestKind.QUEUE_ADD: _tr("Add to the queue"),
        RequestKind.QUEUE_REMOVE: _tr("Take out of the queue"),
        RequestKind.REDIRECT: _tr("Take the call"),
        RequestKind.MONITOR: _tr("Listen in"),
    }
    return words[what]


def outcome(asked: Asked) -> tuple[str, str]:
    """How far it is, in words, and the tone: info while it goes on, ok, warn or bad."""
    what = kind(asked.kind)
    if asked.state is RequestState.ASKED:
        return _tr("{0}: asked, nobody has begun yet…").format(what), "info"
    if asked.state is RequestState.TAKEN:
        return _tr("{0}: the PBX is being asked…").format(what), "info"
    if asked.state is RequestState.DONE:
        return _tr("{0}: done. {1}").format(what, asked.answer).strip(), "ok"
    if asked.state is RequestState.LATE:
        return _tr("{0}: nobody carried it out in time. Is the collector running?").format(what), "bad"
    if asked.state is RequestState.UNCLEAR:
        return _tr("{0}: whether it was done is not known. {1}").format(what, asked.answer).strip(), "warn"
    return _tr("{0}: refused. {1}").format(what, asked.answer).strip(), "bad"


def why_no_pbx(*, collects: bool) -> str:
    """Why the PBX cannot be asked; empty if it can."""
    return "" if collects else _tr("No collector is connected to the PBX: only messages and signing out work now.")


def mode(name: str) -> str:
    """One of the three ways to listen, as a verb."""
    return {"listen": _tr("Listen"), "whisper": _tr("Whisper"), "barge": _tr("Barge in")}.get(name, name)


def heard_by(name: str, agent: str) -> str:
    """Who hears us in that way."""
    words = {
        "listen": _tr("Nobody hears you: nothing is sent"),
        "whisper": _tr("{0} hears you, the customer does not"),
        "barge": _tr("{0} and the customer hear you"),
    }
    return words.get(name, "").format(agent)


def audience(row: SentRow) -> str:
    """To whom a message went."""
    return _tr("Everybody") if row.audience is Audience.ALL else row.to or "–"
