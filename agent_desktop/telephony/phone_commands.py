"""What the desktop asks of the phone engine. Others write ``messages.Dial``."""

import msgspec

from agent_desktop.telephony.frames import PROTOCOL, Message


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
    alone_exit_s: float = 60.0  # and end so long after the last call, or after their folder has gone
    alone_call_s: float = 120.0  # without a desktop: hang up a call whose other side shows no life for so long
    alone_at_most_s: float = 14_400.0  # and end after so long, whatever goes on
    rtp_port: int = 0  # first of 200 ports for voice; 0: any free ones
    ring_at_most_s: float = 180.0  # then 480: a caller may vanish without a CANCEL, and must not ring for ever
    transfer_within_s: float = 60.0  # a REFER of which nothing was heard for so long has failed
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
    listen: bool = False  # only hear: no voice is offered, encoded or sent until Speak


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


class Speak(Message, frozen=True):
    """Whether a call that was answered to listen is spoken in."""

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
    """Between calls: record three seconds and play them, ring, or alarm; SoundLevel follows. A call ends it."""

    what: str = ""  # microphone, ring, alarm; empty: stop


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
    | Speak
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
