"""The phone's state in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop import settings
from agent_desktop.core import trouble_words
from agent_desktop.core.views import PhoneView
from agent_desktop.telephony import messages
from agent_desktop.telephony.messages import AccountRegistration, RegistrationChanged
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
    said = trouble_words.say(state.trouble, state.detail)
    if state.audio == "device":
        return state.speaker or _tr("System sound"), ""
    if state.audio == "null":
        return _tr("No sound device"), said or _tr("Calls work, but nothing is heard.")
    return "", ""


def _line(state: PhoneState, wanted: settings.Phone) -> tuple[str, str, str, bool]:
    said = trouble_words.say(state.trouble, state.detail)
    if state.engine == "lost":
        return "lost", _tr("Phone stopped, starting again"), said, False
    if state.engine == "failed":
        return "failed", _tr("Phone does not start"), said, False
    if state.engine != "ready":
        return "starting", _tr("Phone is starting"), "", False
    if wanted.mode == "direct":
        if not state.listen_port:
            return "failed", _tr("No SIP port"), said, False
        return "ready", _tr("Direct, port {0}").format(state.listen_port), said, True
    registration = state.registration
    if registration is None or registration.state == "registering":
        return "registering", _tr("Registering…"), "", False
    if registration.state == "registered":
        return "ready", _tr("SIP ready"), _accounts(registration, wanted), True
    text = _tr("Not registered: {0}").format(_reason(registration))
    return "failed", text, _accounts(registration, wanted), False


def _accounts(registration: RegistrationChanged, wanted: settings.Phone) -> str:
    """A line for each account, for the tooltip."""
    if not registration.accounts:
        return _tr("Registered with {0}").format(registration.server or wanted.domain)
    return "\n".join(_account(one, named=len(registration.accounts) > 1) for one in registration.accounts)


def _account(one: AccountRegistration, *, named: bool) -> str:
    if one.state == "registered":
        text = _tr("Registered with {0}").format(one.server)
    elif one.state == "failed":
        parts = [_tr("Not registered: {0}").format(_reason(one))] if named else []  # else it stands above already
        if 100 <= one.code < 700 and one.reason:
            parts.append(f"{one.code} {one.reason}")
        if one.retry_s:
            parts.append(_tr("Tried again after {0} s").format(one.retry_s))
        text = ". ".join(parts)
    else:
        text = _tr("Registering…") if one.state == "registering" else _tr("Not registered")
    return f"{one.account}: {text}" if named else text


def _reason(said: RegistrationChanged | AccountRegistration) -> str:
    why = {
        401: _tr("wrong password"),
        403: _tr("refused: wrong password or account"),
        404: _tr("unknown account"),
        408: _tr("no answer"),
        messages.NO_PASSWORD: _tr("the password is not known"),
        messages.CERTIFICATE_UNTRUSTED: _tr("nobody trusted vouches for the server’s certificate"),
        messages.CERTIFICATE_NAME: _tr("the server’s certificate is for another name"),
        messages.CERTIFICATE_EXPIRED: _tr("the server’s certificate is not valid now"),
        messages.CA_FILE: _tr("the file of the certificate authority cannot be read"),
    }
    if said.code == 503 and said.reason == "No network":
        return _tr("no network")
    return why.get(said.code, said.reason or _tr("unknown reason"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("phone", text)
