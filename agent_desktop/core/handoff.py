"""The caller's way to us, station by station, from what the exchange and its IVR said."""

import re
from collections.abc import Callable
from datetime import datetime

from agent_desktop.core.views import HandoffStep
from agent_desktop.telephony import headers

_STATION = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d))?\s*(?P<label>[^:]{1,60}):\s*(?P<value>.*)$"
)
_ASIDE = re.compile(r"^(?P<value>.*?)\s*\((?P<detail>[^()]*)\)$")
_ICONS = {"language": "globe", "dialled": "phone-incoming", "account": "contact", "pin": "shield-check", "menu": "list"}


def handoff_steps(handoff: headers.Handoff, queue_label: Callable[[str], str] = str) -> tuple[HandoffStep, ...]:
    """The caller's way to us, in the order it was taken.

    Stations that the IVR numbered ("X-IVR-1: 2026-11-21T21:40:30Z Language: Polish (pressed 2)") tell the whole way;
    without them it is put together from what the other headers say.
    """
    stations = [station(value) for label, value in handoff.ivr if label.isdecimal()]
    steps = list(stations)

    def add(label: str, value: str | None, detail: str = "") -> None:
        if value:
            steps.append(HandoffStep(label, headers.clean(value, 200), detail, icon=_icon(label)))

    if not stations:
        add("Dialled", handoff.called_number)
        for label, value in handoff.ivr:
            add(headers.clean(label, 60), value)
        add("Account", handoff.account_number)
    add("Diverted from", handoff.diverted_from, _diversion(handoff))
    if handoff.queue:
        waited = f"waited {int(handoff.wait_s) // 60}:{int(handoff.wait_s) % 60:02d}" if handoff.wait_s else ""
        steps.append(HandoffStep("Queue", queue_label(headers.clean(handoff.queue, 80)), waited, icon="users"))
    return tuple(steps)


def _diversion(handoff: headers.Handoff) -> str:
    reason = (handoff.diversion_reason or "").replace("-", " ")
    times = f"{handoff.diversions} times" if handoff.diversions > 1 else ""
    return ", ".join(part for part in (headers.clean(reason, 40), times) if part)


def caller_id_step(identity: headers.CallerIdentity) -> tuple[HandoffStep, ...]:
    """The carrier's verdict on the caller's number, if it gave one."""
    words = {"passed": "verified by the carrier", "failed": "not verified: it may be forged"}.get(identity.verified)
    if words is None:
        return ()
    detail = f"attestation {identity.attestation}" if identity.attestation else ""
    return (
        HandoffStep("Caller ID", words, detail, icon="shield-check" if identity.verified == "passed" else "shield"),
    )


def station(text: str) -> HandoffStep:
    """One numbered station of the IVR: an optional ISO time, what it was, what came of it, an aside in brackets."""
    text = headers.clean(text, 200)
    found = _STATION.match(text)
    if found is None:
        return HandoffStep(text, "", icon="route")
    aside = _ASIDE.match(found["value"])
    value, detail = (aside["value"], aside["detail"]) if aside else (found["value"], "")
    return HandoffStep(found["label"].strip(), value, detail, _local_clock(found["at"] or ""), _icon(found["label"]))


def _icon(label: str) -> str:
    return next((icon for word, icon in _ICONS.items() if word in label.casefold()), "route")


def _local_clock(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%H:%M:%S")
    except (ValueError, OverflowError):
        return ""
