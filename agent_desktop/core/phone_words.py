"""The phone's state in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop import settings
from agent_desktop.core.views import PhoneView
from agent_desktop.telephony.phone import PhoneState


def view(state: PhoneState, wanted: settings.Phone) -> PhoneView:
    """What the top bar, the call bar and the tooltip say; usable when a call could be placed now."""
    audio, audio_trouble = _audio(state)
    name, text, detail, usable = _line(state, wanted)
    return PhoneView(
        state=name,
        text=text,
        detail=detail,
        audio=audio,
        audio_trouble=audio_trouble,
        usable=usable,
        listen_port=state.listen_port,
    )


def _audio(state: PhoneState) -> tuple[str, str]:
    if state.audio == "device":
        return state.speaker or _tr("System sound"), ""
    if state.audio == "null":
        return _tr("No sound device"), state.notice or _tr("Calls work, but nothing is heard.")
    return "", ""


def _line(state: PhoneState, wanted: settings.Phone) -> tuple[str, str, str, bool]:
    if state.engine == "lost":
        return "lost", _tr("Phone stopped, starting again"), state.notice, False
    if state.engine != "ready":
        return "starting", _tr("Phone is starting"), "", False
    if wanted.mode == "direct":
        if not state.listen_port:
            return "failed", _tr("No SIP port"), state.notice, False
        return "ready", _tr("Direct, port {0}").format(state.listen_port), state.notice, True
    registration = state.registration
    if registration is None or registration.state == "registering":
        return "registering", _tr("Registering…"), "", False
    if registration.state == "registered":
        return "ready", _tr("SIP ready"), _tr("Registered with {0}").format(wanted.domain), True
    why = {
        401: _tr("wrong password"),
        403: _tr("refused: wrong password or account"),
        404: _tr("unknown account"),
        408: _tr("no answer"),
    }
    reason = why.get(registration.code, registration.reason or _tr("unknown reason"))
    return "failed", _tr("Not registered: {0}").format(reason), f"{registration.code} {registration.reason}", False


def _tr(text: str) -> str:
    return QCoreApplication.translate("phone", text)
