"""Every setting, declared once with its type, default, bounds and help; the dialog and the documentation come from it.

Kept as TOML in the profile. Window geometry is not a setting; secrets are in the keyring (secrets.py).
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import tomli_w
from msgspec import Meta


def _meta(title: str, text: str, **bounds: int | float | str) -> Meta:
    return Meta(title=title, description=text, **bounds)  # type: ignore[call-overload,no-any-return]


_SERVER = r"^[^\s;,<>@]*$"
Transport = Literal["udp", "tcp", "tls"]
Srtp = Literal["off", "preferred", "required"]


class Account(msgspec.Struct, kw_only=True, frozen=True):
    """One more phone account, which stands in for those before it."""

    user: Annotated[str, _meta("Account", "The user part of its SIP address", pattern=r"^[^\s;,<>@]+$", max_length=100)]
    domain: Annotated[str, _meta("Server", "The PBX as host or host:port", pattern=r"^[^\s;,<>@]+$", max_length=200)]
    auth_user: Annotated[str, _meta("Sign-in name", "Only if it differs from the account", max_length=100)] = ""
    display_name: Annotated[str, _meta("Name shown", "What the other side may see as your name", max_length=100)] = ""
    transport: Annotated[Transport, _meta("Transport", "As its PBX says")] = "udp"
    srtp: Annotated[Srtp, _meta("Encrypted voice", "As its PBX says")] = "off"
    servers: Annotated[tuple[str, ...], _meta("Stand-in servers", "Tried in this order, with commas between")] = ()
    proxy: Annotated[str, _meta("Outbound proxy", "Only if its provider names one", pattern=_SERVER)] = ""
    region: Annotated[
        str,
        _meta("Country", "Two letters, if numbers are read otherwise for calls by it", pattern=r"^([A-Z]{2})?$"),
    ] = ""


class Phone(msgspec.Struct, kw_only=True):
    """Phone"""

    mode: Annotated[
        Literal["account", "direct"],
        _meta(
            "Connection",
            "With an account your PBX knows you; direct takes calls at this computer's address without one",
        ),
    ] = "direct"
    user: Annotated[str, _meta("Account", "The user part of your SIP address, often the extension")] = "agent"
    domain: Annotated[str, _meta("Server", "The PBX as host or host:port")] = ""
    auth_user: Annotated[str, _meta("Sign-in name", "Only if it differs from the account")] = ""
    display_name: Annotated[str, _meta("Name shown", "What the other side may see as your name")] = ""
    transport: Annotated[
        Transport,
        _meta("Transport", "UDP unless your PBX says otherwise; TLS hides who calls whom, in version 1.2 at most"),
    ] = "udp"
    ca_file: Annotated[
        str, _meta("Certificate authority", "A PEM file if your PBX has its own; empty trusts whom this system trusts")
    ] = ""
    srtp: Annotated[
        Srtp,
        _meta(
            "Encrypted voice",
            "SRTP; required refuses calls without it. Its keys are in the signalling: only TLS hides them",
        ),
    ] = "off"
    servers: Annotated[
        tuple[str, ...],
        _meta("Stand-in servers", "Tried in this order while the server does not answer; with commas between"),
    ] = ()
    proxy: Annotated[str, _meta("Outbound proxy", "Only if your provider names one", pattern=_SERVER)] = ""
    qualify_s: Annotated[
        int,
        _meta("Ask the server, seconds", "How often it is asked whether it is still there; 0 never", ge=0, le=600),
    ] = 10
    more_accounts: Annotated[
        tuple[Account, ...],
        _meta("Further accounts", "Registered too; calls go out by the first account that is registered"),
    ] = ()
    listen_host: Annotated[
        str, _meta("Own address", "Where calls are taken; empty is every network of this computer")
    ] = ""
    listen_port: Annotated[int, _meta("Own port", "0 takes any free port; 5060 is the usual one", ge=0, le=65535)] = 0
    trusted_peers: Annotated[
        tuple[str, ...],
        _meta("Trusted peers", "Addresses whose identity and hand-over headers are believed, besides your server"),
    ] = ("127.0.0.1",)
    auto_answer_peers: Annotated[
        tuple[str, ...],
        _meta(
            "Auto-answer for", "Addresses whose calls may be answered by themselves, with a beep, while you are Ready"
        ),
    ] = ()
    voicemail: Annotated[str, _meta("Voicemail", "Where declined callers are sent; empty: they are only declined")] = ""
    ring_timeout_s: Annotated[
        int, _meta("Ring at most, seconds", "Then the caller is sent on; 0 rings on and on", ge=0, le=300)
    ] = 0
    ring_timeout_target: Annotated[
        str, _meta("Send on to", "Who gets a caller that rang too long; empty is the voicemail")
    ] = ""
    queue_dial: Annotated[
        str,
        _meta("Dialling a queue", "{queue} stands for its name: sip:{queue}@pbx; empty: queues are not offered"),
    ] = ""
    speaker: Annotated[str, _meta("Speaker", "What you hear callers through; empty is the system's choice")] = ""
    microphone: Annotated[str, _meta("Microphone", "What callers hear you through; empty is the system's choice")] = ""
    ring_device: Annotated[str, _meta("Ring on", "Where incoming calls ring; empty is the speaker")] = ""
    ring_on_speaker: Annotated[bool, _meta("Ring on the speaker too", "As well as on the ring device")] = False
    sound: Annotated[bool, _meta("Sound", "Off: calls have no audio on this computer")] = True
    echo_number: Annotated[
        str, _meta("Echo", "What your PBX answers by sending your voice back, for the sound test; empty: none")
    ] = ""


class DialRule(msgspec.Struct, kw_only=True, frozen=True):
    """What becomes of a number before it is dialled; the first rule whose condition holds is the one."""

    when: Annotated[
        str,
        _meta(
            "Numbers",
            "Empty is every outside number, DE a country's; in a pattern x is any digit and . at its end any rest",
            pattern=r"^([A-Z]{2}|\+?[0-9x*#]*\.?)$",
            max_length=32,
        ),
    ] = ""
    strip: Annotated[
        str, _meta("Without", "Left out where the number begins so", pattern=r"^\+?[0-9*#]*$", max_length=20)
    ] = ""
    add: Annotated[str, _meta("In front", "Put before the rest", pattern=r"^\+?[0-9*#]*$", max_length=20)] = ""
    account: Annotated[str, _meta("Account", "user@server if only that account's calls are meant", max_length=200)] = ""


class Numbers(msgspec.Struct, kw_only=True):
    """Numbers"""

    region: Annotated[
        str, _meta("Country", "How numbers without a country code are read; two letters", pattern="^[A-Z]{2}$")
    ] = "PL"
    rules: Annotated[
        tuple[DialRule, ...],
        _meta("Dial rules", "What your PBX wants instead of the international form; the first that fits is used"),
    ] = ()


class Work(msgspec.Struct, kw_only=True):
    """Work"""

    agent_login: Annotated[str, _meta("Signed in as", "Your login in the shared database")] = ""
    ready_at_start: Annotated[bool, _meta("Ready at start", "Off: you start as Paused")] = False
    wrap_up_s: Annotated[
        int, _meta("Wrap-up, seconds", "For calls without a queue; queues have their own", ge=0, le=3600)
    ] = 45
    extend_s: Annotated[int, _meta("Wrap-up extension, seconds", "What Ctrl E adds", ge=10, le=3600)] = 60
    after_wrap_up: Annotated[
        Literal["ready", "paused"], _meta("After wrap-up", "The presence that follows when wrap-up ends")
    ] = "ready"
    tell_pbx: Annotated[
        bool,
        _meta("Tell the PBX", "Ready and Paused here are Ready and Paused in the PBX’s queues; needs a collector"),
    ] = True
    script_pages: Annotated[
        str,
        _meta(
            "Pages of scripts",
            "Addresses that scripts may open begin with one of these (https://…), separated by spaces; none: no pages",
        ),
    ] = ""


class Recording(msgspec.Struct, kw_only=True):
    """Recording"""

    enabled: Annotated[bool, _meta("Recording", "Off: nothing is recorded. On: agents can record their calls")] = False
    public_key: Annotated[
        str,
        _meta(
            "Public key",
            "They are encrypted to it (age1…); who has the private key can listen: agent-desktop recording keygen",
            pattern="^(age1[02-9ac-hj-np-z]{58})?$",
        ),
    ] = ""
    store: Annotated[
        str, _meta("Store", "The folder or mounted share that recordings are moved to; until then they stay here")
    ] = ""
    consent: Annotated[
        Literal["ask", "announced", "one_party"],
        _meta("Consent", "What is noted at the start: asked each time, or always the same"),
    ] = "ask"
    beep_every_s: Annotated[
        int, _meta("Beep, seconds", "Both sides hear a beep at the start and so often; 0 is none", ge=0, le=600)
    ] = 0
    resume_after_s: Annotated[
        int, _meta("Pause, seconds", "A pause ends by itself after so long, so that none is forgotten", ge=5, le=900)
    ] = 60


class Look(msgspec.Struct, kw_only=True):
    """Appearance"""

    mode: Annotated[Literal["system", "light", "dark"], _meta("Colours", "Light, dark, or as your desktop")] = "system"
    text_size: Annotated[Literal[90, 100, 115, 130, 150], _meta("Text size, per cent", "Everything grows with it")] = (
        100
    )
    language: Annotated[str, _meta("Language", "Of the program; empty is the system's")] = ""


class Desktop(msgspec.Struct, kw_only=True):
    """Desktop"""

    ring_window: Annotated[
        Literal["covered", "always", "never"],
        _meta("Ringing window", "A small one on top of other programs; it never takes the keyboard from them"),
    ] = "covered"
    ring_screen: Annotated[
        Literal["front", "primary", "all"], _meta("Ringing window on", "The screen you point at, the first, or all")
    ] = "front"
    mini_bar: Annotated[
        bool, _meta("Mini bar", "State, call and its keys in a bar that stays on top of other programs")
    ] = False
    tray: Annotated[bool, _meta("Icon in the panel", "Your state and a menu, on desktops that have a place for it")] = (
        True
    )
    notifications: Annotated[bool, _meta("Notify", "The desktop tells of a call, with Answer and Decline")] = True
    notify_names: Annotated[
        bool, _meta("Names in notifications", "Off: who calls is not told; screen locks show it too")
    ] = True
    headset: Annotated[
        bool, _meta("Headset buttons", "Hook, mute and lights of a USB headset; off leaves the device alone")
    ] = True
    keys_everywhere: Annotated[
        bool, _meta("Keys everywhere", "The three keys below work while another program has the keyboard")
    ] = False
    answer_key: Annotated[str, _meta("Answer everywhere", "Such as Ctrl+Shift+F2")] = "Ctrl+Shift+F2"
    end_key: Annotated[str, _meta("End everywhere", "Such as Ctrl+Shift+F9")] = "Ctrl+Shift+F9"
    mute_key: Annotated[str, _meta("Mute everywhere", "Such as Ctrl+Shift+F3")] = "Ctrl+Shift+F3"


_CLOCK = r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$"


class Board(msgspec.Struct, kw_only=True):
    """Board"""

    level_breach: Annotated[
        int,
        _meta("Service level, breach", "So many points below its target; any point below warns", ge=1, le=100),
    ] = 10
    wait_warning_s: Annotated[
        int, _meta("Longest wait warns, seconds", "Somebody has waited for so long; 0 never", ge=0, le=3600)
    ] = 60
    wait_breach_s: Annotated[int, _meta("Longest wait, breach, seconds", "0 is none", ge=0, le=3600)] = 180
    waiting_warning: Annotated[int, _meta("Waiting warns", "So many callers wait in a queue; 0 never", ge=0)] = 5
    waiting_breach: Annotated[int, _meta("Waiting, breach", "0 is none", ge=0)] = 10
    abandoned_warning: Annotated[
        int, _meta("Abandoned warns, per cent", "Of a queue's visits today; 0 never", ge=0, le=100)
    ] = 0
    abandoned_breach: Annotated[int, _meta("Abandoned, breach, per cent", "0 is none", ge=0, le=100)] = 0
    alarm_after_s: Annotated[
        int, _meta("After, seconds", "So long it must last before it is an alarm, and be over", ge=0, le=600)
    ] = 10
    alarm_sound: Annotated[bool, _meta("Alarms sound", "Not while you are in a call")] = False
    alarm_notify: Annotated[
        bool, _meta("Alarms notify", "Told on every screen of this window, and by the desktop over other programs")
    ] = False
    quiet_from: Annotated[
        str, _meta("Quiet from", "Such as 22:00: alarms are shown, but neither sound nor pop up", pattern=_CLOCK)
    ] = ""
    quiet_until: Annotated[str, _meta("Quiet until", "Such as 07:00", pattern=_CLOCK)] = ""


ChartName = Literal["service_level", "offered", "waiting"]


class BoardLayout(msgspec.Struct, kw_only=True, frozen=True):
    """What the board and the wallboard show under a name; made on the board itself, not in the dialog."""

    name: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^(?!\*|team:)")]
    queues: tuple[str, ...] = ()  # the PBX's names, in order; none: all
    tiles: bool = True
    charts: tuple[ChartName, ...] = ("service_level", "offered", "waiting")
    agents: bool = True
    without_columns: tuple[str, ...] = ()  # of the agents' table
    team: str = ""  # whose desks begin with it
    id: str = ""  # of its row in the database; empty: it has never been there
    version: int = 0
    shared: bool = False  # a supervisor has published it
    changed: bool = False  # here, and not yet in the database

    @property
    def key(self) -> str:
        """What tells it from all others, of the same name too."""
        return self.id or self.name


class BoardLayouts(msgspec.Struct, kw_only=True):
    """The layouts in the order of their keys as the database last had them, and what is shown on this desk."""

    saved: tuple[BoardLayout, ...] = ()
    chosen: str = ""  # the key of one; empty: the team's
    wall: str = ""  # of the wallboard, likewise
    wall_page_s: Annotated[int, Meta(ge=5, le=600)] = 12


class Database(msgspec.Struct, kw_only=True):
    """Database"""

    url: Annotated[str, _meta("Database", "Empty is one file in your profile; else an SQLAlchemy URL")] = ""
    whole_exports: Annotated[
        bool,
        _meta("Whole numbers in exports", "Off: masked, and e-mail addresses too; on a server the role decides"),
    ] = True

    read_from_standbys: Annotated[
        bool,
        _meta("Read from standbys", "Searches and lists, where the address names several servers; never older data"),
    ] = False


class Settings(msgspec.Struct, kw_only=True):
    """All groups, in the order of the dialog."""

    phone: Phone = msgspec.field(default_factory=Phone)
    numbers: Numbers = msgspec.field(default_factory=Numbers)
    work: Work = msgspec.field(default_factory=Work)
    recording: Recording = msgspec.field(default_factory=Recording)
    look: Look = msgspec.field(default_factory=Look)
    desktop: Desktop = msgspec.field(default_factory=Desktop)
    board: Board = msgspec.field(default_factory=Board)
    database: Database = msgspec.field(default_factory=Database)
    layouts: BoardLayouts = msgspec.field(default_factory=BoardLayouts)  # not in the dialog


class BadSettings(Exception):
    """The file cannot be read as settings; the text says where and why."""


def load(file: Path) -> Settings:
    """The settings of a profile; defaults where the file or an entry is missing. Raises BadSettings."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise BadSettings(f"{file}: {error.strerror}") from error
    try:
        return msgspec.convert(_migrated(msgspec.toml.decode(text)), Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{file}: {error}") from error


def _migrated(found: dict[str, Any]) -> dict[str, Any]:
    """What earlier versions wrote: one prefix for outside lines is a dial rule now."""
    numbers = found.get("numbers")
    if isinstance(numbers, dict) and isinstance(prefix := numbers.get("outside_prefix"), str):
        prefix = "".join(c for c in prefix if c in "+*#0123456789")
        if prefix and "rules" not in numbers:
            numbers["rules"] = [{"strip": "+", "add": prefix}]
    return found


def save(file: Path, settings: Settings) -> None:
    """Write atomically. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(tomli_w.dumps(msgspec.to_builtins(settings)).encode())
    os.replace(fresh, file)
