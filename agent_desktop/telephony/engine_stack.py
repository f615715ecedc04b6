"""The SIP library as this program runs it: one owner thread, UDP and TCP on one port, TLS, and its accounts."""

import contextlib
import re
import socket
import urllib.parse
from typing import Any, Protocol

import msgspec
import pjsua2 as pj

from agent_desktop import clock
from agent_desktop.telephony import messages, tls
from agent_desktop.telephony.engine_accounts import Line, Lines
from agent_desktop.telephony.engine_call import guarded
from agent_desktop.telephony.engine_refusals import Refusals
from agent_desktop.telephony.trouble import PhoneError, Trouble

MOST_CALLS = 4  # how many the library can hold (PJSUA_MAX_CALLS)
MOST_SERVERS = 8  # of all accounts together (PJSUA_MAX_ACC)
RTP_PORTS = 200
_CODECS = {"G722": 255, "PCMA": 254, "PCMU": 253, "GSM": 120, "iLBC": 119}
_SEPARATORS = re.compile(r"[\s\-./()]+")
_NUMBER = re.compile(r"[0-9A-Za-z+*#_~!$&=;,?'%]{1,100}")
_SRTP = {
    "off": pj.PJMEDIA_SRTP_DISABLED,
    "preferred": pj.PJMEDIA_SRTP_OPTIONAL,
    "required": pj.PJMEDIA_SRTP_MANDATORY,
}
_BUSY = (70011, 171001)  # PJ_EBUSY and PJSIP_EBUSY, which the module does not name
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"]")


class StackError(PhoneError):
    """The library could not be started."""


class BadTarget(PhoneError):
    """Nothing that can be called."""


class AccountSink(Protocol):
    """Who is told what happens outside a call."""

    def account_incoming(self, pj_id: int, message: str, source: str, account: str) -> None: ...
    def account_rejected(self, code: int, message: str, source: str) -> None: ...
    def account_registration(self) -> None: ...


class _Account(pj.Account):  # type: ignore[misc]
    """An account at one of its servers, or the one of direct mode, which has no line."""

    def __init__(self, stack: "SipStack", name: str = "", door: int = 0):
        pj.Account.__init__(self)
        self.stack = stack
        self.name = name
        self.door = door

    def register(self, on: bool) -> str:
        """Why a REGISTER cannot be sent, or nothing: one that still waits for its answer will do."""
        try:
            self.setRegistration(on)
        except pj.Error as error:
            return "" if error.status in _BUSY else str(error.reason)
        return ""

    @guarded
    def onIncomingCall(self, prm: Any) -> None:
        received = prm.rdata
        self.stack.sink.account_incoming(prm.callId, received.wholeMsg, received.srcAddress, self.name)

    @guarded
    def onRegState(self, prm: Any) -> None:
        code = int(prm.code) or (503 if prm.status else 0)
        answer = messages.AccountRegistration(
            account=self.name, state="", code=code, reason=prm.reason, expires_s=int(prm.expiration)
        )
        self.stack.registrar_said(self.name, self.door, answer, prm.rdata.srcAddress)


class _Endpoint(pj.Endpoint):  # type: ignore[misc]
    stack: "SipStack"

    def onSelectAccount(self, prm: Any) -> None:
        """Nothing, but sooner than the library's own: it is called before the 180 goes out."""

    @guarded
    def onRejectedIncomingCall(self, prm: Any) -> None:
        self.stack.sink.account_rejected(int(prm.statusCode), prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onTransportState(self, prm: Any) -> None:
        verified = int(prm.tlsInfo.verifyStatus) if not prm.tlsInfo.isEmpty() else 0
        if prm.state == pj.PJSIP_TP_STATE_DISCONNECTED:
            self.stack.disconnected(prm.type.lower(), verified)


class SipStack:
    """Made and used on one thread; one at a time in a process. Raises StackError.

    Cycles through it are harmless only because ``close`` cuts them: the library's objects must die on this thread.
    """

    def __init__(self, configure: messages.Configure, sink: AccountSink):
        self.configure = configure
        self.sink = sink
        self.listen_port = 0
        self.lines = Lines()
        self._endpoint = _Endpoint()
        self._endpoint.stack = self
        self._accounts: list[_Account] = []
        self._host = configure.listen_host
        self._tls_open = False
        self._certificate = 0  # what was wrong with the last one that was refused
        self._lost: set[str] = set()  # kinds of connections that were closed since ``look_after_accounts``
        try:
            self._endpoint.libCreate()
            self._endpoint.libInit(self._settings())
            self._refusals = Refusals(follow_transfers=configure.follow_transfers)
            transport = self._listen()
            self._endpoint.libStart()
            for codec in self._endpoint.codecEnum2():
                priority = next((p for name, p in _CODECS.items() if codec.codecId.startswith(name)), 0)
                self._endpoint.codecSetPriority(codec.codecId, priority)
            if not self._host or self._host == "0.0.0.0":  # noqa: S104 - compared, not bound
                self._host = self._endpoint.transportGetInfo(transport).localName.rpartition(":")[0]
            self._make_accounts()
        except (pj.Error, StackError) as error:
            self.close()
            known = (error.trouble, error.detail) if isinstance(error, StackError) else (Trouble.LIBRARY, error.info())
            raise StackError(*known) from error

    @property
    def account(self) -> pj.Account:
        """The one that calls go out by."""
        return self.account_named("")

    def account_named(self, name: str) -> pj.Account:
        """An account at the server that it uses now; '' is the one that calls go out by. Raises BadTarget."""
        if not self.configure.accounts:
            return self._accounts[0]
        line = self._line(name)
        return line.doors[line.at]

    @property
    def audio_devices(self) -> Any:
        return self._endpoint.audDevManager()

    def handle_events(self, wait_ms: int) -> None:
        """Let the library work; returns at once when something arrived, else after ``wait_ms``."""
        self._endpoint.libHandleEvents(wait_ms)

    # ------------------------------------------------------------ accounts

    def register(self, on: bool) -> None:
        """Register or unregister every account."""
        for line in self.lines:
            line.register(on, clock.monotonic())

    def look_after_accounts(self) -> None:
        """What is due with the registrars; called some times a second, outside the library's callbacks."""
        now = clock.monotonic()
        lost, self._lost = self._lost, set()
        for line in self.lines:
            if line.wanted.transport in lost:
                line.lost(now)
            line.tick(now)

    def network_changed(self) -> None:
        """Another address, or awake again: open the listeners anew and register; calls are for who owns them."""
        change = pj.IpChangeParam()
        change.restartListener = True
        with contextlib.suppress(pj.Error):
            self._endpoint.handleIpChange(change)
        for line in self.lines:
            line.moved(clock.monotonic())

    def registrar_said(self, name: str, door: int, answer: messages.AccountRegistration, peer: str) -> None:
        """An account's callback. What was wrong with a certificate came just before, from its connection."""
        line = self.lines.named(name)
        if line is None:
            return
        if answer.code == 503 and line.wanted.transport == "tls" and self._certificate:
            answer = msgspec.structs.replace(answer, code=self._certificate, reason="Certificate")
        self._certificate = 0
        line.heard(door, answer, peer, clock.monotonic())

    def disconnected(self, kind: str, verified: int) -> None:
        """A transport's callback: a connection ended; ``verified`` says what was wrong with its certificate."""
        self._certificate = tls.verdict(verified)
        self._lost.add(kind)

    # ------------------------------------------------------------ addresses

    def uri(self, target: str, account: str = "") -> str:
        """The SIP URI for what a user dialled, by this account. Raises BadTarget."""
        target = target.strip().removeprefix("<").removesuffix(">").strip()
        if target.lower().startswith("tel:"):
            target = target[4:].partition(";")[0]
        if target.lower().startswith("sips:"):
            target = f"sip:{target[5:]};transport=tls"
        if not target.lower().startswith("sip:"):
            target = "sip:" + (target if "@" in target else self._complete(target, account))
        user, at, rest = target.partition("@") if "@" in target else ("", "", target)
        target = user + at + rest.partition("?")[0]  # what stands behind it would become headers of our INVITE
        if _UNSAFE.search(target) or self._endpoint.utilVerifySipUri(target) != pj.PJ_SUCCESS:
            raise BadTarget(Trouble.BAD_TARGET)
        if ";transport=tls" in target.lower():
            self._open_tls()
        return target

    def local_uri(self, user: str, name: str) -> str:
        """A From header with another number and name, as practice callers have them."""
        return name_addr(name, f"sip:{urllib.parse.quote(user or 'anonymous', safe='+*')}@{self._host}")

    def close(self) -> None:
        """Free the library. Every call and port must have been dropped, and the accounts unregistered, before."""
        self.lines.close()
        self.lines = Lines()
        with contextlib.suppress(pj.Error):
            for account in self._accounts:
                account.shutdown()
        self._accounts.clear()
        with contextlib.suppress(pj.Error):
            self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)  # otherwise it waits a second for nothing
        del self._endpoint  # the next one cannot be made while this one exists

    def _line(self, name: str) -> Line:
        line = self.lines.named(name)
        if line is None:
            raise BadTarget(Trouble.NO_SUCH_ACCOUNT, name)
        return line

    def _complete(self, number: str, account: str) -> str:
        dialled = _SEPARATORS.sub("", number)
        if not _NUMBER.fullmatch(dialled):
            raise BadTarget(Trouble.BAD_TARGET)
        if not self.configure.accounts:
            raise BadTarget(Trouble.NO_PROVIDER)
        line = self._line(account)
        return f"{urllib.parse.quote(dialled, safe='+*')}@{line.servers[line.at]}{_transport(line.wanted)}"

    def _settings(self) -> pj.EpConfig:
        settings = pj.EpConfig()
        settings.uaConfig.threadCnt = 0
        settings.uaConfig.mainThreadOnly = True
        settings.uaConfig.maxCalls = MOST_CALLS
        settings.uaConfig.userAgent = self.configure.user_agent
        settings.logConfig.level = 0  # SIP messages hold phone numbers and digits: they stay out of the log
        settings.logConfig.consoleLevel = 0
        settings.medConfig.clockRate = 16000
        settings.medConfig.noVad = True
        settings.medConfig.hasIoqueue = True
        settings.medConfig.threadCnt = 1
        settings.medConfig.sndAutoCloseTime = -1
        settings.medConfig.ecTailLen = 0
        return settings

    def _listen(self) -> int:
        """Open UDP and TCP on the same port and note it. Raises StackError when the port is taken."""
        wanted = self.configure.listen_port
        for _ in range(1 if wanted else 20):
            port = wanted or _free_port(self.configure.listen_host)
            transport = pj.TransportConfig()
            transport.port = port
            transport.boundAddress = self.configure.listen_host
            try:
                first = self._endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
                self._endpoint.transportCreate(pj.PJSIP_TRANSPORT_TCP, transport)
            except pj.Error as error:
                problem = error.reason
                continue
            self.listen_port = port
            return int(first)
        raise StackError(Trouble.PORT_TAKEN, f"{wanted}: {problem}" if wanted else problem)

    def _open_tls(self) -> None:
        """When it is first needed: reading the authorities takes a moment. Raises BadTarget."""
        if self._tls_open:
            return
        transport = pj.TransportConfig()
        transport.boundAddress = self.configure.listen_host
        transport.tlsConfig.verifyServer = True  # the chain and the name
        transport.tlsConfig.proto = pj.PJ_SSL_SOCK_PROTO_TLS1_2  # the newest of this build
        try:
            trusted = tls.authorities(self.configure.ca_file)
            transport.tlsConfig.CaListFile, transport.tlsConfig.CaBuf = trusted.file, trusted.pem
            self._endpoint.transportCreate(pj.PJSIP_TRANSPORT_TLS, transport)
        except tls.NoAuthorities as error:
            raise BadTarget(error.trouble, error.detail) from error
        except pj.Error as error:
            raise BadTarget(Trouble.TLS_CLOSED, error.reason) from error
        self._tls_open = True

    # ------------------------------------------------------------ made

    def _make_accounts(self) -> None:
        """A line for every account, with a door for each of its servers; direct mode has neither. Raises StackError."""
        accounts = self.configure.accounts
        if not accounts:
            self._add(_Account(self), self._direct_settings())
            return
        if sum(1 + len(account.servers) for account in accounts) > MOST_SERVERS:
            raise StackError(Trouble.TOO_MANY_SERVERS, str(MOST_SERVERS))
        self.lines = Lines([self._make_line(account) for account in accounts])
        for line in self.lines:
            line.register(True, clock.monotonic())

    def _make_line(self, account: messages.SipAccount) -> Line:
        trouble = (0, "") if account.password else (messages.NO_PASSWORD, "No password")
        if account.transport == "tls":
            try:
                self._open_tls()
            except BadTarget as error:
                trouble = (messages.CA_FILE, str(error))
        doors = []
        for at, server in enumerate((account.domain, *account.servers)):
            doors.append(_Account(self, account.name, at))
            self._add(doors[-1], self._account_settings(account, server))
        changed = self.sink.account_registration
        return Line(account, doors, changed, trouble=trouble, qualify_s=self.configure.qualify_s)

    def _add(self, account: _Account, settings: pj.AccountConfig) -> None:
        account.create(settings)
        self._accounts.append(account)

    def _direct_settings(self) -> pj.AccountConfig:
        settings = self._voice_settings("off")
        user = urllib.parse.quote(self.configure.user, safe="+")
        settings.idUri = f"sip:{user}@{self._host}:{self.listen_port}"
        return settings

    def _voice_settings(self, srtp: str) -> pj.AccountConfig:
        settings = pj.AccountConfig()
        media = settings.mediaConfig
        media.lockCodecEnabled = False  # no re-INVITE of ours only to settle on one codec
        media.srtpUse = _SRTP[srtp]
        media.srtpSecureSignaling = 0  # SRTP without TLS is the administrator's choice; the settings say what it hides
        media.srtpOpt.keyings.append(pj.PJMEDIA_SRTP_KEYING_SDES)
        media.transportConfig.boundAddress = self.configure.listen_host
        if self.configure.rtp_port:
            media.transportConfig.port, media.transportConfig.portRange = self.configure.rtp_port, RTP_PORTS
        settings.ipChangeConfig.hangupCalls = False
        settings.ipChangeConfig.reinviteFlags = 0  # ours go out when the registration stands again, however late
        return settings

    def _account_settings(self, account: messages.SipAccount, server: str) -> pj.AccountConfig:
        settings = self._voice_settings(account.srtp)
        transport = _transport(account)
        user = urllib.parse.quote(account.user, safe="+*")
        settings.idUri = name_addr(account.display_name, f"sip:{user}@{server}")
        settings.regConfig.registrarUri = f"sip:{server}{transport}"
        settings.regConfig.registerOnAdd = False
        settings.regConfig.timeoutSec = account.expires_s
        settings.regConfig.retryIntervalSec = 0  # Line tries again, and elsewhere
        settings.regConfig.delayBeforeRefreshSec = max(1, min(10, account.expires_s // 4))
        if account.proxy:
            settings.sipConfig.proxies.append(f"sip:{account.proxy}{transport};lr")
        settings.sipConfig.authCreds.append(
            pj.AuthCredInfo("digest", "*", account.auth_user or account.user, 0, account.password)
        )
        return settings


def _transport(account: messages.SipAccount) -> str:
    return "" if account.transport == "udp" else f";transport={account.transport}"


def name_addr(name: str, uri: str) -> str:
    """``"name" <uri>`` with the name quoted as RFC 3261 wants it; control characters are left out."""
    printable = "".join(c for c in name if c.isprintable())
    if not printable:
        return f"<{uri}>"
    escaped = printable.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{uri}>'


def _free_port(host: str) -> int:
    """A port that UDP may have just now; whether TCP may have it too shows when it is opened."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
