"""What each section of the administration shows: its columns, the fields of its form, and its words."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from agent_desktop.data.admin_rows import (
    ROLES,
    Administration,
    CentreRecord,
    DispositionRecord,
    HandoffRecord,
    PauseRecord,
    PersonRecord,
    PhoneRecord,
    QueueRecord,
    Record,
    TeamRecord,
)
from agent_desktop.data.identity_rows import Failed, IdentityRecord, Reveals
from agent_desktop.data.ids import new_id
from agent_desktop.data.words import SlVariant
from agent_desktop.ui import dates, wording
from agent_desktop.ui.admin_fields import Field
from agent_desktop.ui.rows_model import Column
from agent_desktop.ui.setting_controls import countries

Now = Callable[[], Administration]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Administration", text)


@dataclass(frozen=True)
class Section:
    """One kind of record. ``rows`` reads them from everything, ``fresh`` makes a new one (None: none can be added)."""

    key: str
    kind: type[Record]
    title: str
    icon: str
    help: str
    columns: Callable[[Now], tuple[Column[Any], ...]]
    fields: tuple[Field, ...]
    rows: Callable[[Administration], Sequence[Record]]
    fresh: Callable[[Administration], Record] | None = None
    new: str = ""  # on the button, and over the form of a new one
    switches: bool = True  # can be switched off


def sections() -> tuple[Section, ...]:
    """All sections, in the order of the list."""
    from agent_desktop.ui import admin_handoff  # it declares its section by what stands here

    handoff = admin_handoff.section()
    return (_people(), _teams(), _queues(), _dispositions(), _pauses(), _phones(), handoff, _identity(), _centre())


def name_of(record: Record, now: Administration) -> str:
    """What people call it."""
    match record:
        case PersonRecord() | TeamRecord():
            return record.name
        case QueueRecord():
            return record.label or record.name
        case DispositionRecord() | PauseRecord():
            return record.label
        case PhoneRecord():
            return person_name(now, record.id)
        case IdentityRecord():
            return queue_name(now, record.id) or _tr("Calls without a queue")
        case _:
            return record.name or _tr("Centre")


def searched(record: Record, now: Administration) -> str:
    """All by which it is found."""
    words = [name_of(record, now)]
    match record:
        case PersonRecord():
            words += [record.login, record.extension, team_name(now, record.team_id), role_name(record.role)]
        case QueueRecord():
            words.append(record.name)
        case DispositionRecord():
            words += [queue_name(now, record.queue_id), *record.reasons]
        case PhoneRecord():
            words += [record.account, record.server]
        case HandoffRecord():
            words += [record.field, record.label]
        case _:
            pass
    return " ".join(words)


def is_on(record: Record) -> bool:
    return getattr(record, "active", True)


# ------------------------------------------------------------------ words


def role_name(role: str) -> str:
    words = {
        "agent": _tr("Agent"),
        "team_lead": _tr("Team lead"),
        "supervisor": _tr("Supervisor"),
        "admin": _tr("Administrator"),
    }
    return words.get(role, "")


def person_name(now: Administration, key: UUID | None) -> str:
    return next((person.name for person in now.people if person.id == key), "")


def team_name(now: Administration, key: UUID | None) -> str:
    return next((team.name for team in now.teams if team.id == key), "")


def queue_name(now: Administration, key: UUID | None) -> str:
    return next((queue.label for queue in now.queues if queue.id == key), "")


def shown_value(field: Field | None, value: Any, now: Administration) -> str:
    """A stored value as people read it: names for ids, words for switches, dates."""
    if value is None or value == "" or value == [] or value == ():
        return _tr("(empty)") if field is None or not field.nothing else field.nothing
    if isinstance(value, bool) or (field is not None and field.kind == "switch"):
        return _tr("on") if value else _tr("off")
    if isinstance(value, list | tuple):
        return ", ".join(shown_value(None, each, now) for each in value)
    if field is not None and field.kind == "percent":
        return f"{round(float(value) * 100)} %"
    if field is not None and field.kind == "end":
        return dates.exact(value if isinstance(value, datetime) else datetime.fromisoformat(str(value)))
    if field is not None and field.name == "role":
        return role_name(str(value))
    if field is not None and field.name in ("sl_variant", "time_zone") and field.options is not None:
        return dict(field.options(now)).get(value, str(value))
    if field is not None and field.unit:
        return field.nothing if field.nothing and value == field.low else f"{value} {field.unit}"
    return _named(value, now)


def _named(value: Any, now: Administration) -> str:
    try:
        key = UUID(str(value))
    except ValueError:
        return str(value)
    return team_name(now, key) or queue_name(now, key) or person_name(now, key) or str(value)


def _state(record: Record) -> tuple[str, str] | None:
    return None if is_on(record) else ("circle-off", "text3")


def _tone(record: Record) -> str:
    return "text" if is_on(record) else "text3"


# ------------------------------------------------------------------ people and teams


def _people() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def ends(person: PersonRecord) -> str:
            return dates.day(person.access_until) if person.access_until else ""

        return (
            Column(_tr("Name"), lambda p: p.name, 140, stretch=True, icon=_state, tone=_tone),
            Column(_tr("Login"), lambda p: p.login, 100, tone=_tone, rank=1),
            Column(_tr("Team"), lambda p: team_name(now(), p.team_id), 110, tone=_tone, rank=3),
            Column(_tr("Role"), lambda p: role_name(p.role), 104, tone=_tone, rank=2),
            Column(_tr("Ext."), lambda p: p.extension, 64, tone=_tone, rank=4),
            Column(_tr("Until"), ends, 88, tone=_tone, rank=5),
        )

    def login_locked(now: Administration, record: Record) -> str:
        kept = next((p for p in now.people if p.id == record.id), None)
        return _tr("A login that has a password keeps its name.") if kept is not None and kept.role else ""

    def on_server(now: Administration, _record: Record) -> bool:
        return now.server

    def teams(now: Administration) -> list[tuple[Any, str]]:
        return [(None, _tr("No team")), *((team.id, team.name) for team in now.teams if team.active)]

    def roles(now: Administration) -> list[tuple[Any, str]]:
        return [("", _tr("No login yet")), *((role, role_name(role)) for role in ROLES)]

    def fresh(now: Administration) -> PersonRecord:
        return PersonRecord(new_id(), role="agent" if now.server else "")

    return Section(
        "people", PersonRecord, _tr("People"), "user", _tr("Who works here, what they may do, and until when"), columns,
        (
            Field("name", _tr("Name"), required=True),
            Field("login", _tr("Login"), required=True, locked=login_locked,
                  hint=_tr("One word; with it this person signs in")),
            Field("role", _tr("Role"), "choice", options=roles, shown=on_server,
                  hint=_tr("Team leads hear their teams’ recordings, supervisors see every queue")),
            Field("team_id", _tr("Team"), "choice", options=teams),
            Field("extension", _tr("Extension"), hint=_tr("How colleagues dial this person")),
            Field("access_until", _tr("Access"), "end", shown=on_server),
        ),
        lambda now: now.people, fresh, _tr("New person"),
    )  # fmt: skip


def _teams() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def size(team: TeamRecord) -> str:
            return str(Counter(p.team_id for p in now().people if p.active)[team.id] or "")

        def leads(team: TeamRecord) -> str:
            return ", ".join(person_name(now(), key) for key in team.leads)

        return (
            Column(_tr("Name"), lambda t: t.name, 160, stretch=True, icon=_state, tone=_tone),
            Column(_tr("People"), size, 64, number=True, tone=_tone),
            Column(_tr("Led by"), leads, 200, tone=_tone, tooltip=leads, rank=1),
        )

    return Section(
        "teams", TeamRecord, _tr("Teams"), "users", _tr("Who sees whose tickets, and who leads them"), columns,
        (
            Field("name", _tr("Name"), required=True),
            Field("leads", _tr("Also led by"), "people",
                  hint=_tr("Besides the team leads who belong to it. What they may do depends on their role")),
        ),
        lambda now: now.teams, lambda now: TeamRecord(new_id()), _tr("New team"),
    )  # fmt: skip


# ------------------------------------------------------------------ queues and what is chosen from


def _queues() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def target(queue: QueueRecord) -> str:
            return _tr("{0} % in {1} s").format(round(queue.sl_target * 100), queue.sl_threshold_s)

        return (
            Column(_tr("Name"), lambda q: q.label, 150, stretch=True, icon=_state, tone=_tone),
            Column(_tr("PBX name"), lambda q: q.name, 110, tone=_tone, rank=2),
            Column(_tr("Target"), target, 110, tone=_tone, rank=1),
            Column(_tr("Wrap-up"), lambda q: dates.duration(q.wrap_up_s), 76, number=True, tone=_tone, rank=3),
            Column(_tr("Members"), lambda q: str(len(q.members) or ""), 78, number=True, tone=_tone, rank=1),
        )

    def fresh(now: Administration) -> QueueRecord:
        return QueueRecord(new_id(), position=max((q.position for q in now.queues), default=0) + 1)

    seconds: dict[str, Any] = {"unit": _tr("s"), "high": 3600}
    return Section(
        "queues", QueueRecord, _tr("Queues"), "layers",
        _tr("What they are called, their targets, and who serves them"), columns,
        (
            Field("label", _tr("Name"), required=True),
            Field("name", _tr("PBX name"), required=True, hint=_tr("As the PBX and its X-Queue header say it")),
            Field("sl_target", _tr("Service level, target"), "percent", low=1, high=100, unit="%"),
            Field("sl_threshold_s", _tr("Answered within"), "number", **seconds, beside=True),
            Field("sl_variant", _tr("Service level, counted how"), "choice", options=lambda _now: variants(),
                  hint=_tr("For the board and every report, earlier days too; each figure says which it is")),
            Field("sl_exits", _tr("Exits are misses"), "switch", hint=_tr("Who left by key or timeout")),
            Field("short_abandon_s", _tr("Short abandon"), "number", **seconds,
                  hint=_tr("Who hangs up within it is counted apart, too")),
            Field("wrap_up_s", _tr("Wrap-up"), "number", **seconds, beside=True),
            Field("requires_disposition", _tr("A disposition is required"), "switch"),
            Field("position", _tr("Place on the board"), "number", high=9999),
            Field("members", _tr("Members"), "people"),
        ),
        lambda now: now.queues, fresh, _tr("New queue"),
    )  # fmt: skip


def variants() -> list[tuple[SlVariant, str]]:
    """The formulas of the service level, in words."""
    return [
        (SlVariant.OFFERED, _tr("Every abandon is a miss")),
        (SlVariant.WITHOUT_SHORT_ABANDONS, _tr("Short abandons left out")),
        (SlVariant.IGNORING_EARLY_ABANDONS, _tr("Abandons within the limit left out")),
        (SlVariant.POSITIVE, _tr("Abandons within the limit as reached")),
        (SlVariant.ANSWERED_ONLY, _tr("Answered only: blind to who hung up")),
    ]


def _dispositions() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def queue(disposition: DispositionRecord) -> str:
            return queue_name(now(), disposition.queue_id) or _tr("Every queue")

        def reasons(disposition: DispositionRecord) -> str:
            return ", ".join(disposition.reasons)

        return (
            Column(_tr("Name"), lambda d: d.label, 150, stretch=True, icon=_state, tone=_tone),
            Column(_tr("Queue"), queue, 130, tone=_tone, rank=1),
            Column(_tr("Reasons"), reasons, 180, tone=_tone, tooltip=reasons, rank=2),
            Column(_tr("Place"), lambda d: str(d.position), 60, number=True, tone=_tone, rank=3),
        )

    def queues(now: Administration) -> list[tuple[Any, str]]:
        return [(None, _tr("Every queue")), *((queue.id, queue.label) for queue in now.queues if queue.active)]

    def fresh(now: Administration) -> DispositionRecord:
        places = (d.position for d in now.dispositions if d.queue_id is None)
        return DispositionRecord(new_id(), position=max(places, default=0) + 1)

    return Section(
        "dispositions", DispositionRecord, _tr("Dispositions"), "list-checks",
        _tr("The result codes of a call, for one queue or all"),
        columns,
        (
            Field("label", _tr("Name"), required=True),
            Field("queue_id", _tr("Queue"), "choice", options=queues,
                  hint=_tr("Whether one is required, the queue says")),
            Field("reasons", _tr("Reasons"), "lines", hint=_tr("One a line; agents choose among them")),
            Field("asks_callback", _tr("Asks when to call back"), "switch"),
            Field("position", _tr("Place in the list"), "number", high=9999),
        ),
        lambda now: now.dispositions, fresh, _tr("New disposition"),
    )  # fmt: skip


def _pauses() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def limit(reason: PauseRecord) -> str:
            return dates.duration(reason.limit_s) if reason.limit_s else _tr("as every pause")

        return (
            Column(_tr("Name"), lambda r: r.label, 160, stretch=True, icon=_state, tone=_tone),
            Column(_tr("At most"), limit, 120, number=True, tone=_tone),
            Column(_tr("Place"), lambda r: str(r.position), 60, number=True, tone=_tone, rank=1),
        )

    def fresh(now: Administration) -> PauseRecord:
        return PauseRecord(new_id(), position=max((r.position for r in now.pause_reasons), default=0) + 1)

    return Section(
        "pauses", PauseRecord, _tr("Pause reasons"), "coffee", _tr("What agents say when they are not ready"), columns,
        (
            Field("label", _tr("Name"), required=True),
            Field("limit_s", _tr("At most"), "number", unit=_tr("s"), nothing=_tr("as every pause"),
                  hint=_tr("Who is paused longer is marked on the board; nobody is interrupted")),
            Field("position", _tr("Place in the list"), "number", high=9999),
        ),
        lambda now: now.pause_reasons, fresh, _tr("New pause reason"),
    )  # fmt: skip


# ------------------------------------------------------------------ phones, the centre


def _phones() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def account(phone: PhoneRecord) -> str:
            return wording.ltr(f"{phone.account}@{phone.server}") if phone.version else ""

        def whose(phone: PhoneRecord) -> str:
            return _tr("from here") if phone.version and phone.active else _tr("own settings")

        def voice(phone: PhoneRecord) -> str:
            return f"{phone.transport.upper()}{', SRTP' if phone.srtp != 'off' else ''}" if phone.version else ""

        return (
            Column(_tr("Person"), lambda p: person_name(now(), p.id), 140, stretch=True),
            Column(_tr("Account"), account, 190, tone=_tone, tooltip=account, rank=1),
            Column(_tr("Connection"), voice, 100, tone=_tone, rank=2),
            Column(_tr("Set up"), whose, 104, tone=_tone, rank=1),
        )

    def rows(now: Administration) -> list[PhoneRecord]:
        have = {phone.id: phone for phone in now.phones}
        usual = Counter((p.server, p.transport, p.proxy, p.srtp) for p in now.phones if p.active).most_common(1)
        server, transport, proxy, srtp = usual[0][0] if usual else ("", "udp", "", "off")
        blank = PhoneRecord(new_id(), 0, server, "", "", transport, proxy, srtp, active=False)
        return [
            have.get(person.id) or replace(blank, id=person.id, account=person.extension)
            for person in now.people
            if person.active or person.id in have
        ]

    def transports(now: Administration) -> list[tuple[Any, str]]:
        return [("udp", "UDP"), ("tcp", "TCP"), ("tls", "TLS")]

    def encryptions(now: Administration) -> list[tuple[Any, str]]:
        return [("off", _tr("Off")), ("preferred", _tr("Preferred")), ("required", _tr("Required"))]

    return Section(
        "phones", PhoneRecord, _tr("Phones"), "phone",
        _tr("The PBX account of each desk. Passwords are never stored here: a desk asks once and its keyring keeps it"),
        columns,
        (
            Field("active", _tr("Set up the desk from here"), "switch",
                  hint=_tr("Taken over when this person signs in; else their own settings count")),
            Field("server", _tr("Server"), required=True, hint=_tr("The PBX as host or host:port")),
            Field("account", _tr("Account"), required=True,
                  hint=_tr("The user part of the SIP address, often the extension")),
            Field("auth_user", _tr("Sign-in name"), hint=_tr("Only if it differs from the account")),
            Field("transport", _tr("Transport"), "choice", options=transports),
            Field("srtp", _tr("Encrypted voice (SRTP)"), "choice", options=encryptions, beside=True,
                  hint=_tr("Its keys are in the signalling: only TLS hides them")),
            Field("proxy", _tr("Outbound proxy"), hint=_tr("Only if your provider names one")),
        ),
        rows, switches=False,
    )  # fmt: skip


def _identity() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        def asked(policy: IdentityRecord) -> str:
            return ", ".join(wording.identity_question(one) for one in policy.questions) if policy.active else ""

        def needed(policy: IdentityRecord) -> str:
            return str(policy.needed) if policy.active else _tr("No check")

        return (
            Column(_tr("Queue"), lambda p: name_of(p, now()), 150, stretch=True, icon=_state, tone=_tone),
            Column(_tr("Right answers"), needed, 104, tone=_tone, rank=1),
            Column(_tr("Asked"), asked, 240, tone=_tone, tooltip=asked, rank=2),
        )

    def after(_now: Administration) -> list[tuple[Any, str]]:
        return [
            (Failed.CALL_BACK.value, _tr("Call back on the number on record")),
            (Failed.REFUSE.value, _tr("Refuse")),
        ]

    def reveals(_now: Administration) -> list[tuple[Any, str]]:
        return [
            (Reveals.NOBODY.value, _tr("Nobody")),
            (Reveals.SUPERVISOR.value, _tr("Supervisors")),
            (Reveals.TEAM_LEAD.value, _tr("Team leads too, of calls of their people")),
            (Reveals.AGENT.value, _tr("Agents too, of their own calls")),
        ]

    return Section(
        "identity", IdentityRecord, _tr("Identity check"), "shield-check",
        _tr("What callers of each queue are asked before they are told anything"), columns,
        (
            Field("active", _tr("Callers are checked"), "switch"),
            Field("needed", _tr("Right answers needed"), "number", low=1, high=9),
            Field("may_fail", _tr("Wrong answers allowed"), "number", high=9, beside=True),
            Field("ivr_counts", _tr("A PIN passed in the IVR counts for"), "number", high=9,
                  nothing=_tr("nothing"), hint=_tr("So many right answers; one not passed is a wrong answer")),
            Field("shows_answer", _tr("Agents see the right answer"), "switch",
                  hint=_tr("Else they type what the caller says, and it is compared")),
            Field("after", _tr("After too many wrong answers"), "choice", options=after),
            Field("asks_birth", _tr("Date of birth"), "switch"),
            Field("asks_word", _tr("Security word"), "switch"),
            Field("asks_address", _tr("Address"), "switch"),
            Field("asks_account", _tr("Last four of the account number"), "switch"),
            Field("asks_phone", _tr("Another number on record"), "switch"),
            Field("asks_email", _tr("E-mail address"), "switch"),
            Field("reveals", _tr("Who sees secrets typed in the menu"), "choice", options=reveals,
                  hint=_tr("Also where nobody is checked. Who looked stands in the audit")),
        ),
        lambda now: now.identity, switches=False,
    )  # fmt: skip


def zones() -> list[tuple[str, str]]:
    """The time zones people live in, by name; the first is each computer's own."""
    found = sorted(name for name in available_timezones() if "/" in name and name[:4] != "Etc/")
    return [("", _tr("As each computer has it")), ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in found)]


def _centre() -> Section:
    def columns(now: Now) -> tuple[Column[Any], ...]:
        return (Column(_tr("Name"), lambda c: name_of(c, now()), 160, stretch=True),)

    return Section(
        "centre", CentreRecord, _tr("Centre"), "headphones", _tr("What holds for everybody"), columns,
        (
            Field("name", _tr("Name of the centre")),
            Field("region", _tr("Country"), "choice", options=lambda now: countries(),
                  hint=_tr("How numbers without a country code are read from now on; stored ones stay")),
            Field("time_zone", _tr("Time zone"), "choice", options=lambda now: zones(),
                  hint=_tr("In it days begin and intervals are cut, at every desk and in every report")),
            Field("edit_hours", _tr("Agents may edit for"), "number", low=1, high=24 * 366, unit=_tr("h"),
                  hint=_tr("Their own interactions, counted from when the database first heard of them"),
                  shown=lambda now, record: now.server),
            Field("tells_monitored", _tr("Agents see who listens to them"), "switch",
                  hint=_tr("Many countries’ laws ask for it: switch it off only where yours lets you")),
        ),
        lambda now: (now.centre,), switches=False,
    )  # fmt: skip
