"""The one sign of how things stand, presence and registration in one: for title, panel icon and mini bar."""

import msgspec

from agent_desktop.core.views import PhoneView, PresenceView
from agent_desktop.data.words import Presence
from agent_desktop.ui import theme
from agent_desktop.ui.presence_words import pbx_short, reason_words, then_words

_PHONE_LOOK = {
    "ready": ("wifi", "ok"),
    "starting": ("hourglass", "text3"),
    "registering": ("hourglass", "warn"),
}
_PHONE_TROUBLE = ("triangle-alert", "bad")


class Badge(msgspec.Struct, frozen=True):
    """``state`` is a token of theme.STATE_ICONS; ``words`` say presence and, where it matters, the phone."""

    state: str
    icon: str
    tone: str
    word: str
    words: str
    phone_icon: str
    phone_tone: str
    trouble: bool = False


def badge(presence: PresenceView, phone: PhoneView) -> Badge:
    """A phone in trouble shows through, whatever the presence: nobody is reached then."""
    state = "hold" if presence.on_hold else presence.presence.value
    word = theme.state_label(state)
    if presence.presence is Presence.PAUSED and (why := reason_words(presence.reason)):
        word = f"{word} · {why}"
    phone_icon, phone_tone = _PHONE_LOOK.get(phone.state, _PHONE_TROUBLE)
    trouble = not phone.usable and phone.state not in ("starting", "registering")
    beside = (then_words(presence.pending), pbx_short(presence.pbx), "" if phone.usable else phone.text)
    return Badge(
        state=state,
        icon="triangle-alert" if trouble else theme.STATE_ICONS[state],
        tone="bad" if trouble else state,
        word=word,
        words=" · ".join(part for part in (word, *beside) if part),
        phone_icon=phone_icon,
        phone_tone=phone_tone,
        trouble=trouble,
    )
