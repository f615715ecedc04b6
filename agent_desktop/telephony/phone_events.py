"""What the phone engine tells the desktop. Others write ``messages.IncomingCall``."""

import msgspec

from agent_desktop.telephony.frames import Message


class RecordingGap(msgspec.Struct, frozen=True, kw_only=True):
    """A time of which nothing was recorded; in the file there is silence instead."""

    start_us: int
    end_us: int | None = None  # None: it goes on
    # Of the pause; "lost" when the computer could not keep up; "replaced" from one dialog of the call to the next.
    reason: str = ""
    ended_by: str = ""  # agent, timer, new_dialog, end (of the recording)


class RecordingState(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to say about a recording; each report says all of it again."""

    recording_id: str
    state: str  # recording, paused, stopped, failed
    path: str
    started_us: int
    ended_us: int | None = None
    gaps: tuple[RecordingGap, ...] = ()
    resumes_at_us: int | None = None  # paused: when it is resumed by itself
    trouble: str = ""  # failed: disk_full, file
    detail: str = ""  # what the system said about it


class CallSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A running call as a restarted desktop finds it."""

    call_id: str
    direction: str  # inbound, outbound
    state: str  # ringing, dialling, talking
    started_us: int
    answered_us: int | None
    held: bool
    held_by_remote: bool
    muted: bool
    hold_s: float
    hold_refused: bool = False  # as CallHeld says
    joined: bool = False  # in the conference
    voice_trouble: str = ""  # as the last VoiceTrouble said
    recording: RecordingState | None = None
    incoming: "IncomingCall | None" = None  # as it came
    target: str = ""  # as it was dialled
    headers: tuple[tuple[str, str], ...] = ()


class Welcome(Message, frozen=True):
    """Answer to Hello: the engine's state. Events that were not acknowledged follow, with their old ``seq``."""

    pid: int
    protocol: int
    configured: bool
    listen_port: int
    registration: "RegistrationChanged | None"
    calls: tuple[CallSnapshot, ...] = ()


class Event(Message, frozen=True):
    """Base of what happened; ``seq`` counts up within one engine process."""

    seq: int
    at_us: int


class EngineReady(Event, frozen=True):
    """Configured and listening."""

    listen_host: str
    listen_port: int
    audio: str  # device, null
    trouble: str = ""  # of Trouble: why there is no sound
    speaker: str = ""
    microphone: str = ""


class EngineTrouble(Event, frozen=True):
    """Something the user must know: port taken, device gone."""

    kind: str  # port, audio, call
    trouble: str  # of Trouble
    detail: str = ""


class AccountRegistration(msgspec.Struct, frozen=True, kw_only=True):
    """How one account is with its registrar. ``code`` is a SIP status, or one of REGISTRATION_CODES."""

    account: str
    state: str  # registering, registered, failed, unregistered
    code: int = 0
    reason: str = ""
    expires_s: int = 0
    server: str = ""  # with whom, of several
    retry_s: int = 0  # failed: it is tried again so long after; 0: not before something changes


NO_PASSWORD = 901  # it is not known: ask the agent
CERTIFICATE_UNTRUSTED = 902  # nobody we trust vouches for the TLS server
CERTIFICATE_NAME = 903  # its certificate is for somebody else
CERTIFICATE_EXPIRED = 904
CA_FILE = 905  # the file of trusted authorities cannot be read
REGISTRATION_CODES = (NO_PASSWORD, CERTIFICATE_UNTRUSTED, CERTIFICATE_NAME, CERTIFICATE_EXPIRED, CA_FILE)


class SoundBack(Event, frozen=True):
    """Sound that EngineTrouble was about works again."""

    kind: str  # of Trouble
    detail: str = ""


class RegistrationChanged(Event, frozen=True):
    """The account that calls would go out by now; all of them stand in ``accounts``."""

    state: str  # direct (no registrar), registering, registered, failed, unregistered
    code: int = 0
    reason: str = ""
    expires_s: int = 0
    account: str = ""
    server: str = ""
    retry_s: int = 0
    accounts: tuple[AccountRegistration, ...] = ()


class IncomingCall(Event, frozen=True):
    """An INVITE, after 180 was sent. Header values: UTF-8 with replacement, not cleaned; short names written out."""

    call_id: str
    sip_call_id: str
    request_uri: str
    headers: tuple[tuple[str, str], ...]
    source: str = ""  # ip:port it came from
    size: int = 0  # bytes of the message
    cut: bool = False  # the engine reads at most 4,000 bytes of a UDP message: the rest is lost
    refused: bool = False  # one call too many: already answered 486; CallEnded follows
    replaces: str = ""  # the call_id whose place it takes, answered without ringing; CallReplaced follows
    account: str = ""  # by which it came


class Dialling(Event, frozen=True):
    """Our INVITE is on its way."""

    call_id: str
    sip_call_id: str


class CallProgress(Event, frozen=True):
    """A provisional answer to our INVITE."""

    call_id: str
    code: int
    reason: str
    early_media: bool = False


class CallAnswered(Event, frozen=True):
    """Both sides can talk (200 sent or received)."""

    call_id: str


class CallHeld(Event, frozen=True):
    """``refused``: the other side did not agree to our hold. It hears silence instead of its music, and we nothing."""

    call_id: str
    by_remote: bool
    refused: bool = False


class CallResumed(Event, frozen=True):
    call_id: str
    by_remote: bool


class CallMuted(Event, frozen=True):
    """What the engine really sends: silence or the microphone."""

    call_id: str
    on: bool


class DigitReceived(Event, frozen=True):
    call_id: str
    digit: str

    def __repr__(self) -> str:
        return f"DigitReceived({self.call_id})"


TRANSFER_UNHEARD = 911  # the other side no longer says what became of our REFER


class TransferProgress(Event, frozen=True):
    """What the other side says about our REFER; after a final 200 the engine ends the leg itself.

    ``code`` is a SIP status or TRANSFER_UNHEARD.
    """

    call_id: str
    code: int
    reason: str
    final: bool


class ConferenceChanged(Event, frozen=True):
    """Who hears whom now: the calls joined with each other, or none. Held calls hear nobody until resumed."""

    call_ids: tuple[str, ...]


class CallReplaced(Event, frozen=True):
    """The other side put a new dialog in this call's place (INVITE with Replaces): the call goes on under it."""

    call_id: str  # ended as by the remote side, without being missed
    by_call_id: str  # an inbound call that is already answered; its IncomingCall came before


class TransferRequested(Event, frozen=True):
    """The other side transferred us (REFER) and we follow: a new outbound call under ``new_call_id`` begins."""

    call_id: str
    target: str
    new_call_id: str


class RecordingChanged(Event, frozen=True):
    """A recording began, paused, went on, ended or failed; the call itself goes on. May follow the call's end.

    After CallReplaced it is told with the new call's id: the same recording goes on there.
    """

    call_id: str
    recording: RecordingState


class CallEnded(Event, frozen=True):
    call_id: str
    code: int  # the last SIP status: 200 for BYE, 487 for CANCEL, ...
    reason: str
    by: str  # local, remote, engine
    elsewhere: bool = False  # RFC 3326 Reason said "Call completed elsewhere"
    answered: bool = False
    hold_s: float = 0.0  # how long we held it
    voice: "Voice | None" = None  # as it was last seen; None: it never flowed


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """How the voice of a call travels, since its stream began. None: the other side has not reported yet (RTCP)."""

    codec: str  # name/clock rate, as in "PCMA/8000"
    encrypted: bool = False
    received: int = 0  # packets
    sent: int = 0
    loss: float = 0.0  # share of their packets that never came or came too late, 0..1
    loss_there: float | None = None  # share of ours in their last report
    jitter_ms: float = 0.0  # mean
    jitter_there_ms: float | None = None
    round_trip_ms: float | None = None
    buffer_ms: float = 0.0  # how long a packet waits in the jitter buffer, mean


class VoiceTrouble(Event, frozen=True):
    """One direction is silent, or is no longer. ``kind``: nothing_arrives (from the other side),
    nothing_arrives_there (by its report), microphone_silent (ours gives not even noise), empty: all is well again."""

    call_id: str
    kind: str


class VoiceQuality(Message, frozen=True):
    """Once a second for each call that is talked on; not an event, never replayed."""

    call_id: str
    voice: Voice


class Levels(Message, frozen=True):
    """Loudness 0..1 of both directions, ten times a second while talking; not an event, never replayed."""

    call_id: str
    microphone: float
    speaker: float


class SoundLevel(Message, frozen=True):
    """Ten times a second while sound is tested; never replayed. Idle is the end; ``trouble`` is what was wrong."""

    phase: str  # recording, playing, ringing, idle
    level: float = 0.0  # 0..1, the largest sample
    trouble: str = ""  # of Trouble


class AudioDevices(Message, frozen=True):
    """What there is, when asked for and whenever it changes."""

    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


class CommandFailed(Message, frozen=True):
    """A command could not be carried out, and why."""

    command: str
    call_id: str
    trouble: str  # of Trouble
    detail: str = ""


EngineMessage = (
    Welcome
    | EngineReady
    | EngineTrouble
    | SoundBack
    | RegistrationChanged
    | IncomingCall
    | Dialling
    | CallProgress
    | CallAnswered
    | CallHeld
    | CallResumed
    | CallMuted
    | DigitReceived
    | TransferProgress
    | ConferenceChanged
    | CallReplaced
    | TransferRequested
    | RecordingChanged
    | CallEnded
    | VoiceTrouble
    | VoiceQuality
    | Levels
    | AudioDevices
    | SoundLevel
    | CommandFailed
)
