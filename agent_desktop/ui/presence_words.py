"""The words for a presence: the program's own reasons translated, what follows, and where the PBX does not agree."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.board_views import AgentLine
from agent_desktop.core.pbx_state import Difference
from agent_desktop.core.presence import MONITORING, NO_PHONE
from agent_desktop.data.desk_rows import DESK_LOST
from agent_desktop.data.words import Presence
from agent_desktop.ui import theme


def _tr(text: str) -> str:
    return QCoreApplication.translate("presence", text)


def reason_words(reason: str) -> str:
    """A reason as people read it: the centre's own words as they are, the program's translated.

    Empty for a pause without one, which desks tell the PBX as "Paused".
    """
    own = {DESK_LOST: _tr("desk lost"), NO_PHONE: _tr("No phone"), MONITORING: _tr("Monitoring")}
    own[Presence.PAUSED.value.title()] = ""
    return own.get(reason, reason)


def then_words(then: str) -> str:
    """What follows, with "then"; empty for nothing. ``then`` is the reason of a pause, else a presence."""
    if not then:
        return ""
    word = theme.state_label(then) if then in theme.STATE_ICONS else reason_words(then)
    return _tr("then {0}").format(word)


def state_words(line: AgentLine) -> str:
    """What an agent does, why, what follows, and what the PBX says instead."""
    parts = (theme.state_label(line.state.value), reason_words(line.reason), then_words(line.then), pbx_short(line.pbx))
    return " · ".join(part for part in parts if part)


def pbx_short(difference: Difference | None) -> str:
    """In two words, for a table's cell or a button."""
    match difference:
        case Difference.PAUSED:
            return _tr("PBX: paused")
        case Difference.NOT_PAUSED:
            return _tr("PBX: not paused")
        case Difference.NO_QUEUE:
            return _tr("PBX: in no queue")
        case Difference.UNREACHABLE:
            return _tr("PBX: phone not reached")
    return ""


def pbx_long(difference: Difference | None) -> str:
    """What it means for whoever it is about, and what can be done."""
    match difference:
        case Difference.PAUSED:
            return _tr(
                "The PBX has you paused, though you are Ready here: no calls come. Choose this to be offered calls."
            )
        case Difference.NOT_PAUSED:
            return _tr("The PBX would send you calls, though you want none here. Choose this to have it stop.")
        case Difference.NO_QUEUE:
            return _tr("The PBX has you in none of your queues: no calls come. Choose this to be put into them.")
        case Difference.UNREACHABLE:
            return _tr(
                "The PBX cannot reach your phone: no calls come. Look at how it is registered, in Settings, Phone."
            )
    return ""
