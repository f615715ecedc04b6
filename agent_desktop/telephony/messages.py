"""What the desktop and the phone engine say to each other: frozen values, JSON on a local authenticated socket.

A frame is a 4-byte big-endian length and that many bytes of JSON. ``call_id`` names a call of one engine: made by the
engine for incoming calls, by the desktop for outgoing ones. Times are microseconds since 1970, UTC.
"""

import msgspec

PROTOCOL = 2
MAX_FRAME = 1_000_000


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of everything on the socket."""


# ------------------------------------------------------------ desktop -> engine


class Hello(Message, frozen=True):
    """First frame of the desktop; anything else, or a wrong token, closes the connection."""

    token: str
    protocol: int = PROTOCOL
    seen: int = 0  # the last event sequence this desktop has durably handled


class SipAccount(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    domain: str  # host or host:port of the registrar
    password: str = msgspec.field(default="")  # empty: not known yet, nothing is sent
    display_name: str = ""
    auth_user: str = ""
    transport: str = "udp"  # udp, tcp, tls
    expires_s: int = 300
    servers: tuple[str, ...] = ()  # host or host:port of those that take over when the domain's does not answer
    proxy: str = ""  # host or host:port that everything goes through first
    srtp: str = "off"  # off, preferred, required: voice encrypted by keys in the SDP (SDES)

    @property
    def name(self) -> str:
        """How this account is called in ``Dial``, ``IncomingCall`` and ``RegistrationChanged``."""
        return f"{self.user}@{self.domain}"

    def __repr__(self) -> str:  # a password must never reach a log
        return f"SipAccount({self.user}@{self.domain})"


class Configure(Message, frozen=True):
    """How to run; the same again changes nothing. Without an account the engine takes calls directly (direct mode)."""

    listen_host: str = ""  # empty: every interface
    listen_port: int = 0  # 0: any free one
    account: SipAccount | None = None  # calls go out by it unless another one is named
    more_accounts: tuple[SipAccount, ...] = ()  # in the order in which they stand in for it
    ca_file: str = ""  # PEM of who may vouch for a TLS server; empty: the system's
    qualify_s: float = 10.0  # how often a server that we are registered with is asked whether it is there; 0: never
    user: str = "agent"  # the user part in direct mode
    audio: str = "device"  # device, or null: no sound at all
    speaker: str = ""  # device names; empty: the system's choice
    microphone: str = ""
    ring_device: str = ""  # empty: the speaker
    ring_on_speaker: bool = False  # as well as on the ring device
    ring_file: str = ""  # a WAV; empty: silent
    max_calls: int = 3  # one more is rejected with 486 by us, so that it leaves a record
    user_agent: str = "Agent Desktop"
    alone_unregister_s: float = 3.0  # without a desktop for this long: unregister, answer new calls 480
    alone_exit_s: float = 60.0  # and end so long after the last call
    rtp_port: int = 0  # first of 200 ports for voice; 0: any free ones
    ring_at_most_s: float = 180.0  # then 480: a caller may vanish without a CANCEL, and must not ring for ever
    follow_transfers: bool = False  # obey a REFER of the other side: for practice callers, never for an agent's phone

    @property
    def accounts(self) -> tuple[SipAccount, ...]:
        """All of them, the first first."""
        return ((self.account,) if self.account is not None else ()) + self.more_accounts


class Acknowledge(Message, frozen=True):
    """The desktop has made everything up to this event durable; the engine may forget it."""

    seq: int


class Dial(Message, frozen=True):
    """Call ``target`` (a SIP URI, or a number that the account's domain completes)."""

    call_id: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    play: str = ""  # a WAV to say instead of the microphone (practice callers)
    from_user: str = ""  # practice callers bring their own number and name
    from_name: str = ""
    account: str = ""  # by which (SipAccount.name); empty: the first that is registered


class Answer(Message, frozen=True):
    call_id: str
    beep: bool = False  # answered for the agent: a tone tells them, before they are heard


class Reject(Message, frozen=True):
    call_id: str
    code: int = 486
    reason: str = ""


class Redirect(Message, frozen=True):
    """Send a ringing call elsewhere (302): to the voicemail, to whoever takes over after the ring time."""

    call_id: str
    target: str


class HangUp(Message, frozen=True):
    """End the call whatever its state (CANCEL, BYE, or a final answer)."""

    call_id: str


class Hold(Message, frozen=True):
    call_id: str


class Resume(Message, frozen=True):
    call_id: str


class Mute(Message, frozen=True):
    call_id: str
    on: bool


class SendDigits(Message, frozen=True):
    call_id: str
    digits: str
    method: str = "rfc4733"  # rfc4733, info

    def __repr__(self) -> str:  # digits may be a card number
        return f"SendDigits({self.call_id}, {len(self.digits)} digits)"


class Transfer(Message, frozen=True):
    """Blind transfer by REFER."""

    call_id: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()


class TransferToCall(Message, frozen=True):
    """Attended transfer: join the other sides of two of our calls by REFER with Replaces; ``headers`` go along."""

    call_id: str  # the caller who is handed over, and whose TransferProgress tells how it goes
    to_call_id: str  # the consult call, answered by whom they are handed to
    headers: tuple[tuple[str, str], ...] = ()


class Confer(Message, frozen=True):
    """Join these talking calls with us and each other; one id or none ends it, each call being itself again."""

    call_ids: tuple[str, ...]


class Play(Message, frozen=True):
    """Play a WAV to the other side instead of the microphone; an empty path stops it."""

    call_id: str
    path: str
    loop: bool = False


class Record(Message, frozen=True):
    """Record a call to an encrypted file: two channels, the agent's and the customer's. RecordingChanged follows."""

    call_id: str
    action: str  # start, pause, resume, stop
    recording_id: str = ""  # start: how it is called for good
    path: str = ""  # start: the file to make; its folder is there
    recipient: str = ""  # start: the age public key of those who may listen
    beep_every_s: float = 0.0  # start: both sides hear a beep now and so often; 0: none
    resume_after_s: float = 0.0  # pause: resumed by itself; 0: when told to
    reason: str = ""  # pause: why


class ChooseAudio(Message, frozen=True):
    """Device names of AudioDevices. One that is not there is used once it is, and replaced until then."""

    speaker: str = ""
    microphone: str = ""
    ring_device: str = ""
    ring_on_speaker: bool = False


class ListAudio(Message, frozen=True):
    """Ask for AudioDevices."""


class TrySound(Message, frozen=True):
    """Between calls: record three seconds and play them, or ring; SoundLevel follows. A call ends it."""

    what: str = ""  # microphone, ring; empty: stop


class Register(Message, frozen=True):
    on: bool


class NetworkChanged(Message, frozen=True):
    """The desktop noticed another network, or woke up: register again and move the calls over.

    An engine on Linux notices both by itself.
    """


class Shutdown(Message, frozen=True):
    """Hang up, unregister, end."""


Command = (
    Hello
    | Configure
    | Acknowledge
    | Dial
    | Answer
    | Reject
    | HangUp
    | Hold
    | Resume
    | Mute
    | SendDigits
    | Transfer
    | TransferToCall
    | Confer
    | Redirect
    | Play
    | Record
    | ChooseAudio
    | ListAudio
    | TrySound
    | Register
    | NetworkChanged
    | Shutdown
)

# ------------------------------------------------------------ engine -> desktop


class RecordingGap(msgspec.Struct, frozen=True, kw_only=True):
    """A time of which nothing was recorded; in the file there is silence instead."""

    start_us: int
    end_us: int | None = None  # None: it goes on
    reason: str = ""  # of the pause; "lost" when the computer could not keep up
    ended_by: str = ""  # agent, timer, end (of the recording)


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
    notice: str = ""  # why there is no sound, in words
    speaker: str = ""
    microphone: str = ""


class EngineTrouble(Event, frozen=True):
    """Something the user must know, in words: port taken, device gone."""

    kind: str  # port, audio, config, call
    text: str


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
    """Sound that EngineTrouble was about works again, in words."""

    text: str


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
    call_id: str
    by_remote: bool


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


class TransferProgress(Event, frozen=True):
    """What the other side says about our REFER; after a final 200 the engine ends the leg itself."""

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
    """A recording began, paused, went on, ended or failed; the call itself goes on. May follow the call's end."""

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
    """Ten times a second while sound is tested; never replayed. Idle is the end, and ``text`` what was found wrong."""

    phase: str  # recording, playing, ringing, idle
    level: float = 0.0  # 0..1, the largest sample
    text: str = ""


class AudioDevices(Message, frozen=True):
    """What there is, when asked for and whenever it changes."""

    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


class CommandFailed(Message, frozen=True):
    """A command could not be carried out; ``text`` says why, for the user."""

    command: str
    call_id: str
    text: str


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

_commands = msgspec.json.Decoder(Command)
_engine_messages = msgspec.json.Decoder(EngineMessage)


def frame(message: Message) -> bytes:
    """The bytes of one message, length first."""
    body = msgspec.json.encode(message)
    return len(body).to_bytes(4, "big") + body


def split(buffer: bytearray) -> list[bytes]:
    """Take the whole frames out of ``buffer``, leaving the rest. Raises ValueError for a frame over MAX_FRAME."""
    bodies = []
    while len(buffer) >= 4:
        length = int.from_bytes(buffer[:4], "big")
        if length > MAX_FRAME:
            raise ValueError(f"frame of {length} bytes")
        if len(buffer) < 4 + length:
            break
        bodies.append(bytes(buffer[4 : 4 + length]))
        del buffer[: 4 + length]
    return bodies


def command(body: bytes) -> Command:
    """Raises msgspec.ValidationError."""
    decoded: Command = _commands.decode(body)
    return decoded


def engine_message(body: bytes) -> EngineMessage:
    """Raises msgspec.ValidationError."""
    decoded: EngineMessage = _engine_messages.decode(body)
    return decoded
