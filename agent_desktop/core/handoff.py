"""The caller's way to us, station by station, from what the exchange and its IVR said."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from agent_desktop.core.figures import number_text
from agent_desktop.core.views import HandoffFacts, HandoffStep
from agent_desktop.data.handoff_rows import HandoffFieldRow, HandoffRuleRow
from agent_desktop.telephony import headers
from agent_desktop.telephony.header_map import DEFAULT, HeaderMap, HeaderRule
from agent_desktop.telephony.user_to_user import Form
from agent_desktop.told import mark
from agent_desktop.told import told as in_words

_STATION = re.compile(
    r"^(?P<at>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d))?\s*(?P<label>[^:]{1,60}):\s*(?P<value>.*)$"
)
_ASIDE = re.compile(r"^(?P<value>.*?)\s*\((?P<detail>[^()]*)\)$")
_ICONS = {"language": "globe", "dialled": "phone-incoming", "account": "contact", "pin": "shield-check", "menu": "list",
          "path": "list", "payment": "credit-card", "intent": "bot"}  # fmt: skip
DIALLED, DIVERTED, QUEUE = "called_number", "diverted_from", "queue"
_BESIDE = ("said", "confidence")  # shown with the intent
_YES = {"passed", "pass", "ok", "yes", "true", "1", "verified", "accepted"}
_NO = {"failed", "fail", "no", "false", "0", "not passed", "rejected", "wrong"}
# Of fields that most exchanges have, and the practice switch; others are shown as they are named.
_LABELS = (
    mark("Language"), mark("Menu"), mark("Voice PIN"), mark("Pin"), mark("Account number"), mark("Path"),
    mark("Campaign"), mark("Payment"), mark("Said"), mark("Called number"), mark("Confidence"), mark("Data"),
)  # fmt: skip
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)", re.ASCII)


class Told(msgspec.Struct, frozen=True):
    """One field as it was said, at a clock time if somebody gave one."""

    name: str
    label: str
    value: str
    at: str = ""
    detail: str = ""
    secret: UUID | None = None


def handoff_steps(handoff: headers.Handoff, queue_label: Callable[[str], str] = str) -> tuple[HandoffStep, ...]:
    """The caller's way to us, in the order it was taken.

    Stations that the IVR numbered ("X-IVR-1: 2026-11-21T21:40:30Z Language: Polish (pressed 2)") tell the whole way;
    without them it is put together from what the other headers say.
    """
    stations = [station(field.value) for field in handoff.fields if field.name.isdecimal()]
    steps = list(stations)

    def add(label: str, value: str | None, detail: str = "", name: str = "") -> None:
        if value:
            steps.append(HandoffStep(in_words(label), headers.clean(value, 200), detail, icon=_icon(label), name=name))

    if not stations:
        add(mark("Dialled"), handoff.called_number, name=DIALLED)
        steps += told_steps([Told(field.name, field.label, field.value) for field in handoff.fields])
        add(mark("Account"), handoff.account_number, name="account")
    add(mark("Diverted from"), handoff.diverted_from, _diversion(handoff), DIVERTED)
    if handoff.queue:
        wait = f"{int(handoff.wait_s) // 60}:{int(handoff.wait_s) % 60:02d}" if handoff.wait_s else ""
        waited = in_words("waited {0}").format(wait) if wait else ""
        steps.append(
            HandoffStep(
                in_words("Queue"), queue_label(headers.clean(handoff.queue, 80)), waited, icon="users", name=QUEUE
            )
        )
    return tuple(steps)


def told_steps(told: Sequence[Told]) -> tuple[HandoffStep, ...]:
    """Fields as stations: what the caller said stands with what it was taken for, a check says how it went."""
    newest = {one.name: one for one in told}
    intent, said, sure = newest.get("intent"), newest.get("said"), newest.get("confidence")
    steps = []
    for one in told:
        if one.name in _BESIDE and intent is not None:
            continue
        if one is intent:
            meant = one.value.replace("_", " ")
            likely = _share(sure.value) if sure is not None else None
            share = "" if likely is None else number_text(likely, 2) if said else f"{likely:.2f}"  # kept, or only shown
            detail = ", ".join(part for part in (meant, share) if part)
            label, value, aside = (
                ("", f"“{said.value}”", in_words("Intent: {0}").format(detail))
                if said
                else (in_words("Intent"), detail, "")
            )
            steps.append(HandoffStep(label, headers.clean(value, 200), aside or one.detail, one.at, "bot", one.name))
            continue
        passed = _passed(one.value) if one.name == "pin" else None
        value = one.value if passed is None else in_words("passed") if passed else in_words("not passed")
        icon = _icon(one.label) if one.name != "pin" else "shield-check" if passed else "shield"
        shown = headers.clean(in_words(one.label), 60), headers.clean(value, 200)
        steps.append(HandoffStep(*shown, one.detail, one.at, icon if not one.secret else "lock", one.name, one.secret))
    return tuple(steps)


def rows_as_steps(rows: Sequence[HandoffFieldRow]) -> tuple[HandoffStep, ...]:
    """What the PBX said while the call went on, each at its time; a field that changed says what it was before."""
    before: dict[str, HandoffFieldRow] = {}
    told = []
    for row in rows:
        was = before.get(row.name)
        detail = in_words("before: {0}").format(was.value) if was is not None and not row.secret else ""
        at = row.at.astimezone().strftime("%H:%M:%S")
        told.append(Told(row.name, row.label, row.value, at, detail, row.id if row.secret else None))
        before[row.name] = row
    return told_steps(told)


def together(by_headers: Sequence[HandoffStep], said: tuple[HandoffStep, ...]) -> tuple[HandoffStep, ...]:
    """The caller's whole way: what was dialled, all stations in the order of their times, who diverted, the queue.

    What the headers say too stands once, with the time at which the PBX said it.
    """
    if not said:
        return tuple(by_headers)
    names = {step.name for step in said}
    kept = [step for step in by_headers if not step.name or step.name not in names]
    first = [step for step in kept if step.name == DIALLED]
    last = [step for step in kept if step.name in (DIVERTED, QUEUE)]
    middle = [step for step in kept if step not in first and step not in last]
    return (*first, *sorted((*middle, *said), key=lambda step: step.at), *last)


def facts(told: Iterable[tuple[str, str]]) -> HandoffFacts:
    """What all that was said, oldest first as (field, value), comes to."""
    newest = dict(told)
    return HandoffFacts(
        account=newest.get("account", ""),
        pin_passed=_passed(newest.get("pin", "")),
        language=newest.get("language", ""),
        intent=newest.get("intent", ""),
        confidence=_share(newest.get("confidence", "")),
        called=newest.get("called_number", ""),
        campaign=newest.get("campaign", ""),
        free=tuple(sorted(newest.items())),
    )


def map_of(rules: Iterable[HandoffRuleRow], default: HeaderMap = DEFAULT) -> HeaderMap:
    """The centre's own rules before the program's; a form that this version does not know is text."""
    forms = set(Form)
    return default.with_own(
        HeaderRule(row.name, row.field, row.label, Form(row.form) if row.form in forms else Form.TEXT, row.secret)
        for row in rules
    )


def said(handoff: headers.Handoff) -> tuple[tuple[str, str], ...]:
    """(field, value) of all that a call's headers say of the caller."""
    one = (("account", handoff.account_number), ("called_number", handoff.called_number), ("data", handoff.uui))
    return (
        *((name, value) for name, value in one if value),
        *((field.name, field.value) for field in handoff.fields if not field.name.isdecimal()),
    )


def _passed(value: str) -> bool | None:
    word = value.casefold().strip()
    return True if word in _YES else False if word in _NO else None


def _share(value: str) -> float | None:
    """A confidence: 0.93, 93 % and 93 mean the same."""
    found = _SHARE.fullmatch(value.strip())
    if found is None:
        return None
    share = float(found[1].replace(",", "."))
    share = share / 100 if found[2] or share > 1 else share
    return share if share <= 1 else None


def _diversion(handoff: headers.Handoff) -> str:
    reason = (handoff.diversion_reason or "").replace("-", " ")
    times = in_words("{0} times").format(handoff.diversions) if handoff.diversions > 1 else ""
    return ", ".join(part for part in (headers.clean(reason, 40), times) if part)


def caller_id_step(identity: headers.CallerIdentity) -> tuple[HandoffStep, ...]:
    """The carrier's verdict on the caller's number, if it gave one."""
    words = {"passed": in_words("verified by the carrier"), "failed": in_words("not verified: it may be forged")}.get(
        identity.verified
    )
    if words is None:
        return ()
    detail = in_words("attestation {0}").format(identity.attestation) if identity.attestation else ""
    return (
        HandoffStep(
            in_words("Caller ID"), words, detail, icon="shield-check" if identity.verified == "passed" else "shield"
        ),
    )


def station(text: str) -> HandoffStep:
    """One numbered station of the IVR: an optional ISO time, what it was, what came of it, an aside in brackets."""
    text = headers.clean(text, 200)
    found = _STATION.match(text)
    if found is None:
        return HandoffStep(text, "", icon="route")
    aside = _ASIDE.match(found["value"])
    value, detail = (aside["value"], aside["detail"]) if aside else (found["value"], "")
    return HandoffStep(
        in_words(found["label"].strip()),
        in_words(value),
        detail,
        _local_clock(found["at"] or ""),
        _icon(found["label"]),
    )


def _icon(label: str) -> str:
    return next((icon for word, icon in _ICONS.items() if word in label.casefold()), "route")


def _local_clock(iso: str) -> str:
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%H:%M:%S")
    except (ValueError, OverflowError):
        return ""
