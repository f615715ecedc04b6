"""One call of the engine: what is known about it, and the library's object whose callbacks copy and pass on."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, TypeVar

import msgspec
import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages, sip_message
from agent_desktop.telephony.trouble import PhoneError, Trouble

_NAME = re.compile(r"[A-Za-z0-9!%*_+`'~.-]{1,100}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_TAG = re.compile(r";\s*tag\s*=\s*([^\s;,>]+)", re.IGNORECASE)
log = logging.getLogger("engine")
_TELLING_STATES = (pj.PJSIP_INV_STATE_CONNECTING, pj.PJSIP_INV_STATE_CONFIRMED, pj.PJSIP_INV_STATE_DISCONNECTED)
_KEEP_MEDIA = (*range(300, 400), 401, 407, 422)  # answers after which the library asks again with the same media
F = TypeVar("F", bound=Callable[..., Any])


class CannotDo(PhoneError):
    """A command that cannot be carried out."""


def guarded(callback: F) -> F:
    """The library prints and forgets what a callback raises: put it into the log instead."""

    @wraps(callback)
    def run(*arguments: Any) -> Any:
        try:
            return callback(*arguments)
        except pj.Error as error:
            log.error("%s: %s", callback.__name__, error.info())
        except Exception:
            log.exception("%s failed", callback.__name__)
        return None

    return run  # type: ignore[return-value]


class LegState(msgspec.Struct, frozen=True):
    """What a state callback said, copied before it returned."""

    state: int  # pj.PJSIP_INV_STATE_*
    code: int
    reason: str
    sip_call_id: str
    from_remote: bool  # a message of the other side brought it about
    message: str  # that message, for its Reason header and its tags; only when the call was answered or has ended


class LegSink(Protocol):
    """Who is told about the legs; ``key`` is the call_id."""

    def leg_state(self, key: str, state: LegState) -> None: ...
    def leg_media(self, key: str, status: int, still: bool) -> None: ...
    def leg_offer(self, media: int) -> bool: ...
    def leg_cancelled(self, key: str, message: str) -> None: ...
    def leg_lost_voice(self, key: str) -> None: ...
    def leg_digit(self, key: str, digit: str) -> None: ...
    def leg_is_there(self, key: str, code: int) -> None: ...
    @property
    def transfers(self) -> "TransferSink": ...
    @property
    def holds(self) -> "HoldSink": ...


class HoldSink(Protocol):
    """Who is told how an INVITE of ours was answered."""

    def leg_answered(self, key: str, code: int) -> None: ...


class TransferSink(Protocol):
    """Who is told about transfers."""

    def leg_status(self, key: str, code: int, reason: str, final: bool) -> None: ...
    def leg_request(self, key: str, target: str) -> "Leg | None": ...
    def leg_to_be_replaced(self, key: str, message: str, source: str) -> None: ...
    def leg_replaced(self, key: str, pj_id: int) -> "Leg | None": ...


class Leg(pj.Call):  # type: ignore[misc]
    """One SIP dialog. Dropping the last reference hangs it up, on the owner thread only."""

    def __init__(self, account: pj.Account, sink: LegSink, key: str, pj_id: int = pj.PJSUA_INVALID_ID):
        pj.Call.__init__(self, account, pj_id)
        self.account = account
        self.sink = sink
        self.key = key
        self.arriving = False  # nobody has been told of it yet: of its states only its end is news

    @guarded
    def onCallState(self, prm: Any) -> None:
        if self.arriving and self.isActive():
            return
        info = self.getInfo()
        telling = info.state in _TELLING_STATES
        from_remote = prm.e.type == pj.PJSIP_EVENT_RX_MSG or (
            prm.e.type == pj.PJSIP_EVENT_TSX_STATE and prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG
        )
        message = _event_message(prm.e) if telling and from_remote else ""
        self.sink.leg_state(
            self.key,
            LegState(info.state, int(info.lastStatusCode), info.lastReason, info.callIdString, from_remote, message),
        )

    @guarded
    def onCallTsxState(self, prm: Any) -> None:
        event = prm.e
        if event.type != pj.PJSIP_EVENT_TSX_STATE:
            return
        transaction = event.body.tsxState.tsx
        received = event.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG
        if transaction.method == "CANCEL" and transaction.role == pj.PJSIP_ROLE_UAS and received:
            self.sink.leg_cancelled(self.key, _event_message(event))
        elif transaction.method == "INFO" and received:
            for digit in sip_message.info_digits(sip_message.raw_bytes(_event_message(event))):
                self.sink.leg_digit(self.key, digit)
        elif transaction.method == "OPTIONS" and transaction.role == pj.PJSIP_ROLE_UAC:
            if transaction.state == pj.PJSIP_TSX_STATE_COMPLETED:
                self.sink.leg_is_there(self.key, int(transaction.statusCode))
        elif transaction.method == "INVITE" and transaction.role == pj.PJSIP_ROLE_UAC:
            # An answered transaction is heard of once more when it is freed.
            first = event.body.tsxState.prevState < pj.PJSIP_TSX_STATE_COMPLETED
            if first and transaction.state >= pj.PJSIP_TSX_STATE_COMPLETED:
                self._invite_answered(transaction)

    def _invite_answered(self, transaction: Any) -> None:
        """Ours, or a re-INVITE of the ended call whose place in the library this one has: it is not told apart there.

        The library then takes back the media that this call was to have: to answer it would end the process.
        """
        code, sent = int(transaction.statusCode), sip_message.raw_bytes(transaction.lastTx.wholeMsg)
        if sip_message.read(sent).first("Call-ID") in ("", self.getInfo().callIdString):
            self.sink.holds.leg_answered(self.key, code)
        elif code not in _KEEP_MEDIA:
            self.sink.leg_lost_voice(self.key)

    def onCreateMediaTransport(self, prm: Any) -> None:
        """Nothing, but sooner than the library's own, like the next two: each is called before the 180 goes out."""

    def onCallMediaTransportState(self, prm: Any) -> None:
        pass

    def onCallSdpCreated(self, prm: Any) -> None:
        pass

    @guarded
    def onCallRxOffer(self, prm: Any) -> None:
        if not self.sink.leg_offer(str(prm.offer.wholeSdp).count("\nm=")):
            prm.statusCode = pj.PJSIP_SC_NOT_ACCEPTABLE_HERE

    @guarded
    def onCallMediaState(self, prm: Any) -> None:
        info = self.getInfo()  # its parts die with it
        audio = [(media.status, media.dir) for media in info.media if media.type == pj.PJMEDIA_TYPE_AUDIO]
        status, direction = audio[0] if audio else (pj.PJSUA_CALL_MEDIA_NONE, pj.PJMEDIA_DIR_NONE)
        self.sink.leg_media(self.key, status, direction == pj.PJMEDIA_DIR_NONE)

    @guarded
    def onDtmfDigit(self, prm: Any) -> None:
        self.sink.leg_digit(self.key, prm.digit)

    @guarded
    def onCallTransferStatus(self, prm: Any) -> None:
        self.sink.transfers.leg_status(self.key, int(prm.statusCode), prm.reason, bool(prm.finalNotify))

    @guarded
    def onCallTransferRequest(self, prm: Any) -> None:
        leg = self.sink.transfers.leg_request(self.key, prm.dstUri)
        if leg is None:
            prm.statusCode = pj.PJSIP_SC_DECLINE
        else:
            prm.newCall = leg

    @guarded
    def onCallReplaceRequest(self, prm: Any) -> None:
        self.sink.transfers.leg_to_be_replaced(self.key, prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onCallReplaced(self, prm: Any) -> None:
        prm.newCall = self.sink.transfers.leg_replaced(self.key, prm.newCallId)


@dataclass(eq=False)
class PhoneCall:
    """A call as the desktop knows it. Changed by ``Calls`` only; times are microseconds UTC, or monotonic seconds."""

    key: str
    direction: str  # inbound, outbound
    state: str  # ringing, dialling, talking
    leg: Leg | None = None
    started_us: int = field(default_factory=clock.now_us)
    began: float = field(default_factory=clock.monotonic)
    answered_us: int | None = None
    sip_call_id: str = ""
    tags: tuple[str, str] = ("", "")  # ours and theirs: with sip_call_id the name of the dialog, known once answered
    incoming: messages.IncomingCall | None = None
    target: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    refused: bool = False  # one too many, or nobody is there
    progress: bool = False  # the other side has said something
    media: int = pj.PJSUA_CALL_MEDIA_NONE
    held: bool = False
    parted: bool = False  # nobody hears anybody: it is on hold, or will be
    hold_refused: bool = False  # held by that alone: the other side did not agree
    held_since: float = 0.0
    hold_s: float = 0.0
    held_by_remote: bool = False
    muted: bool = False
    listening: bool = False  # we only hear: nothing of ours may be sent
    joined: bool = False  # in the conference
    beep: bool = False  # answered for the agent: the microphone stays closed until a tone has told them
    voiceless: bool = False  # the library has taken its media away: it cannot be answered any more
    replaced: bool = False  # the other side has put another dialog in its place
    transfer_to: str = ""  # the call that its other side is being joined with
    voice: messages.Voice | None = None  # as last seen
    voice_trouble: str = ""  # which direction is silent: a kind of messages.VoiceTrouble
    ended_by: str = ""  # who began to end it: local, remote, engine
    reasons: list[str] = field(default_factory=list)  # Reason headers of a CANCEL or BYE

    @property
    def talking(self) -> bool:
        return self.state == "talking"

    def hold_changed(self, held: bool) -> bool:
        """Note that we put it on hold or took it back; False if that is no news."""
        if held == self.held:
            return False
        now = clock.monotonic()
        if held:
            self.held_since = now
        else:
            self.hold_s += now - self.held_since
        self.held = held
        return True

    def whole_hold_s(self) -> float:
        """Seconds on hold by us so far."""
        return self.hold_s + (clock.monotonic() - self.held_since if self.held else 0.0)

    def snapshot(self) -> messages.CallSnapshot:
        return messages.CallSnapshot(
            call_id=self.key,
            direction=self.direction,
            state=self.state,
            started_us=self.started_us,
            answered_us=self.answered_us,
            held=self.held,
            hold_refused=self.hold_refused,
            held_by_remote=self.held_by_remote,
            muted=self.muted,
            hold_s=self.whole_hold_s(),
            joined=self.joined,
            voice_trouble=self.voice_trouble,
            incoming=self.incoming,
            target=self.target,
            headers=self.headers,
        )


def reason_headers(message: str) -> list[str]:
    """The Reason headers (RFC 3326) of a message handed over by the library."""
    read = sip_message.read(sip_message.raw_bytes(message))
    return [value for name, value in read.headers if name.lower() == "reason"]


def dialog_tags(message: str, direction: str) -> tuple[str, str]:
    """(Our tag, their tag) from the message of the other side that confirmed a call: 200 to ours, ACK to theirs."""
    read = sip_message.read(sip_message.raw_bytes(message))
    found = [_TAG.search(read.first(name)) for name in ("From", "To")]
    first, last = (match[1] if match else "" for match in found)
    return (first, last) if direction == "outbound" else (last, first)


def one_line(text: str) -> str:
    """Text that cannot begin another header."""
    return _CONTROL.sub(" ", text)


def sent_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Headers that cannot smuggle in another one. Raises CannotDo for a name that is none."""
    for name, _ in headers:
        if not _NAME.fullmatch(name):
            raise CannotDo(Trouble.NO_HEADER_NAME, one_line(name)[:40])
    return tuple((name, one_line(value)) for name, value in headers)


def call_options(headers: tuple[tuple[str, str], ...] = (), *, with_media: bool = False) -> pj.CallOpParam:
    """Options with extra headers; ``with_media`` asks for the usual one audio stream."""
    options = pj.CallOpParam(with_media)
    extra = pj.SipHeaderVector()
    for name, value in headers:
        header = pj.SipHeader()
        header.hName = name
        header.hValue = value
        extra.append(header)
    options.txOption.headers = extra
    return options


def direction(options: pj.CallOpParam, *, listening: bool) -> pj.CallOpParam:
    """The same options, saying whether we offer to send voice at all."""
    options.opt.flag |= pj.PJSUA_CALL_SET_MEDIA_DIR
    ways = pj.IntVector()
    ways.append(pj.PJMEDIA_DIR_DECODING if listening else pj.PJMEDIA_DIR_ENCODING_DECODING)
    options.opt.mediaDir = ways
    return options


def _event_message(event: Any) -> str:
    if event.type == pj.PJSIP_EVENT_RX_MSG:
        return str(event.body.rxMsg.rdata.wholeMsg)
    state = event.body.tsxState
    return str(state.src.rdata.wholeMsg) if state.type == pj.PJSIP_EVENT_RX_MSG else ""
