"""How a call that we placed went, in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.call import Call
from agent_desktop.data.words import Outcome


def _tr(text: str) -> str:
    return QCoreApplication.translate("call_words", text)


def how_it_went(call: Call) -> str:
    """Why whoever we called is not on the line any more, a sentence."""
    how = {
        Outcome.BUSY: _tr("{0} is busy."),
        Outcome.NO_ANSWER: _tr("{0} does not answer."),
        Outcome.REJECTED: _tr("{0} declined."),
        Outcome.ANSWERED: _tr("{0} has hung up."),
    }.get(call.outcome, _tr("{0} cannot be reached."))
    return how.format(call.name)
