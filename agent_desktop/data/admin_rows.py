"""What administrators see and edit: one frozen record a row. ``version`` 0 is a record that is not stored yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from agent_desktop.data.identity_rows import IdentityRecord
from agent_desktop.data.words import SlVariant

ROLES = ("agent", "team_lead", "supervisor", "admin")


class PersonRecord(msgspec.Struct, frozen=True):
    """Somebody who works here. ``role`` is that of the login; empty where there is none yet, and on a file."""

    id: UUID
    version: int = 0
    name: str = ""
    login: str = ""
    team_id: UUID | None = None
    role: str = ""
    extension: str = ""
    active: bool = True
    access_until: datetime | None = None
    one_time: bool = False  # the password was made by an admin and not changed since


class TeamRecord(msgspec.Struct, frozen=True):
    id: UUID
    version: int = 0
    name: str = ""
    leads: tuple[UUID, ...] = ()  # people who lead it besides their own team
    active: bool = True


class QueueRecord(msgspec.Struct, frozen=True):
    id: UUID
    version: int = 0
    name: str = ""  # as the PBX says it
    label: str = ""
    position: int = 0
    sl_threshold_s: int = 20
    sl_target: float = 0.80
    short_abandon_s: int = 5
    wrap_up_s: int = 45
    requires_disposition: bool = True
    members: tuple[UUID, ...] = ()
    active: bool = True
    sl_variant: SlVariant = SlVariant.OFFERED
    sl_exits: bool = False  # who left by key or timeout counts as missed


class DispositionRecord(msgspec.Struct, frozen=True):
    id: UUID
    version: int = 0
    label: str = ""
    queue_id: UUID | None = None  # None: in every queue
    position: int = 0
    reasons: tuple[str, ...] = ()
    asks_callback: bool = False
    active: bool = True


class PauseRecord(msgspec.Struct, frozen=True):
    id: UUID
    version: int = 0
    label: str = ""
    position: int = 0
    limit_s: int = 0  # 0: as every pause
    active: bool = True


class PhoneRecord(msgspec.Struct, frozen=True):
    """The account of one person's phone; ``id`` is the person's. Its password is never here."""

    id: UUID
    version: int = 0
    server: str = ""
    account: str = ""
    auth_user: str = ""
    transport: str = "udp"
    proxy: str = ""
    srtp: str = "off"
    active: bool = True  # off: the desk's own settings count


class HandoffRecord(msgspec.Struct, frozen=True):
    """What a header, a channel variable or a key of the PBX's events says; before the program's own rules."""

    id: UUID
    version: int = 0
    name: str = ""
    field: str = ""
    label: str = ""
    form: str = "text"
    secret: bool = False
    active: bool = True


class CentreRecord(msgspec.Struct, frozen=True):
    """What the whole centre shares; ``id`` is the site's. ``edit_hours`` counts on a server only."""

    id: UUID
    version: int
    name: str = ""
    region: str = ""
    edit_hours: int = 72
    tells_monitored: bool = True  # agents see who listens to them
    time_zone: str = ""  # IANA; empty: as each computer has it


Record = (
    PersonRecord
    | TeamRecord
    | QueueRecord
    | DispositionRecord
    | PauseRecord
    | PhoneRecord
    | HandoffRecord
    | IdentityRecord
    | CentreRecord
)


class Administration(msgspec.Struct, frozen=True):
    """Everything at one moment. ``me`` is who is signed in; None on a file, which has no logins and roles."""

    server: bool
    me: UUID | None
    centre: CentreRecord
    people: tuple[PersonRecord, ...] = ()
    teams: tuple[TeamRecord, ...] = ()
    queues: tuple[QueueRecord, ...] = ()
    dispositions: tuple[DispositionRecord, ...] = ()
    pause_reasons: tuple[PauseRecord, ...] = ()
    phones: tuple[PhoneRecord, ...] = ()
    identity: tuple[IdentityRecord, ...] = ()  # of every queue, and of calls without one
    handoff_rules: tuple[HandoffRecord, ...] = ()
    secret_headers: tuple[str, ...] = ()  # that brought secrets to desktops, which left them out


class Saved(msgspec.Struct, frozen=True):
    """What a save did: the id, and the password made for a new login, which is nowhere else (empty: none was)."""

    id: UUID
    password: str = ""


class HistoryEntry(msgspec.Struct, frozen=True):
    """One thing somebody did to a record; ``changes`` are (table, column, before, after)."""

    id: int
    at: datetime
    who: str  # the login
    action: str  # insert, update, delete, grant, password
    changes: tuple[tuple[str, str, Any, Any], ...] = ()
    detail: str = ""
