"""The SIP library as this program runs it: one owner thread, UDP and TCP on one port, one account."""

import contextlib
import re
import socket
import urllib.parse
from typing import Any, Protocol

import pjsua2 as pj

from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_call import guarded

MOST_CALLS = 4  # how many the library can hold (PJSUA_MAX_CALLS)
RTP_PORTS = 200
_CODECS = {"G722": 255, "PCMA": 254, "PCMU": 253, "GSM": 120, "iLBC": 119}
_SEPARATORS = re.compile(r"[\s\-./()]+")
_NUMBER = re.compile(r"[0-9A-Za-z+*#_~!$&=;,?'%]{1,100}")
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"]")


class StackError(Exception):
    """The library could not be started; the text is for the user."""


class BadTarget(ValueError):
    """Nothing that can be called; the text is for the user."""


class AccountSink(Protocol):
    """Who is told what happens outside a call."""

    def account_incoming(self, pj_id: int, message: str, source: str) -> None: ...
    def account_rejected(self, code: int, message: str, source: str) -> None: ...
    def account_registering(self) -> None: ...
    def account_registration(self, code: int, reason: str, expires_s: int) -> None: ...


class _Account(pj.Account):  # type: ignore[misc]
    def __init__(self, sink: AccountSink):
        pj.Account.__init__(self)
        self.sink = sink

    @guarded
    def onIncomingCall(self, prm: Any) -> None:
        self.sink.account_incoming(prm.callId, prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onRegStarted(self, prm: Any) -> None:
        self.sink.account_registering()

    @guarded
    def onRegState(self, prm: Any) -> None:
        code = int(prm.code) or (503 if prm.status else 0)
        self.sink.account_registration(code, prm.reason, int(prm.expiration))


class _Endpoint(pj.Endpoint):  # type: ignore[misc]
    sink: AccountSink

    @guarded
    def onRejectedIncomingCall(self, prm: Any) -> None:
        self.sink.account_rejected(int(prm.statusCode), prm.rdata.wholeMsg, prm.rdata.srcAddress)


class SipStack:
    """Made and used on one thread; one at a time in a process. Raises StackError."""

    def __init__(self, configure: messages.Configure, sink: AccountSink):
        self.configure = configure
        self.listen_port = 0
        self._endpoint = _Endpoint()
        self._endpoint.sink = sink
        self._account: _Account | None = None
        self._host = configure.listen_host
        try:
            self._endpoint.libCreate()
            self._endpoint.libInit(self._settings())
            transport = self._listen()
            self._endpoint.libStart()
            for codec in self._endpoint.codecEnum2():
                priority = next((p for name, p in _CODECS.items() if codec.codecId.startswith(name)), 0)
                self._endpoint.codecSetPriority(codec.codecId, priority)
            if not self._host or self._host == "0.0.0.0":  # noqa: S104 - compared, not bound
                self._host = self._endpoint.transportGetInfo(transport).localName.rpartition(":")[0]
            self._account = _Account(sink)
            self._account.create(self._account_settings())
        except (pj.Error, StackError) as error:
            self.close()
            raise StackError(error.info() if isinstance(error, pj.Error) else str(error)) from error

    @property
    def account(self) -> pj.Account:
        assert self._account is not None
        return self._account

    @property
    def audio_devices(self) -> Any:
        return self._endpoint.audDevManager()

    def handle_events(self, wait_ms: int) -> None:
        """Let the library work; returns at once when something arrived, else after ``wait_ms``."""
        self._endpoint.libHandleEvents(wait_ms)

    def register(self, on: bool) -> None:
        """Register or unregister; without an account nothing happens. Raises pj.Error."""
        if self.configure.account is not None:
            self.account.setRegistration(on)

    def uri(self, target: str) -> str:
        """The SIP URI for what a user dialled. Raises BadTarget."""
        target = target.strip().removeprefix("<").removesuffix(">").strip()
        if target.lower().startswith("tel:"):
            target = target[4:].partition(";")[0]
        if target.lower().startswith("sips:"):
            raise BadTarget("Encrypted signalling (sips:) is not available.")
        if not target.lower().startswith("sip:"):
            target = "sip:" + (target if "@" in target else self._complete(target))
        if _UNSAFE.search(target) or self._endpoint.utilVerifySipUri(target) != pj.PJ_SUCCESS:
            raise BadTarget("This is not a number or address that can be called.")
        return target

    def local_uri(self, user: str, name: str) -> str:
        """A From header with another number and name, as practice callers have them."""
        return name_addr(name, f"sip:{urllib.parse.quote(user or 'anonymous', safe='+*')}@{self._host}")

    def close(self) -> None:
        """Free the library. Every call and port must have been dropped, and the account unregistered, before."""
        with contextlib.suppress(pj.Error):
            if self._account is not None:
                self._account.shutdown()
        self._account = None
        with contextlib.suppress(pj.Error):
            self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)  # otherwise it waits a second for nothing
        del self._endpoint  # the next one cannot be made while this one exists

    def _complete(self, number: str) -> str:
        account = self.configure.account
        dialled = _SEPARATORS.sub("", number)
        if not _NUMBER.fullmatch(dialled):
            raise BadTarget("This is not a number or address that can be called.")
        if account is None:
            raise BadTarget(
                "Without a phone account a number has no provider: dial an address such as 100@pbx.example."
            )
        transport = ";transport=tcp" if account.transport == "tcp" else ""
        return f"{urllib.parse.quote(dialled, safe='+*')}@{account.domain}{transport}"

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
        raise StackError(f"Port {wanted or '(any)'} cannot be opened for calls: {problem}")

    def _account_settings(self) -> pj.AccountConfig:
        configure, account = self.configure, self.configure.account
        settings = pj.AccountConfig()
        settings.mediaConfig.lockCodecEnabled = False  # no re-INVITE of ours only to settle on one codec
        rtp = settings.mediaConfig.transportConfig
        rtp.boundAddress = configure.listen_host
        if configure.rtp_port:
            rtp.port, rtp.portRange = configure.rtp_port, RTP_PORTS
        if account is None:
            settings.idUri = f"sip:{urllib.parse.quote(configure.user, safe='+')}@{self._host}:{self.listen_port}"
            return settings
        transport = ";transport=tcp" if account.transport == "tcp" else ""
        settings.idUri = name_addr(
            account.display_name, f"sip:{urllib.parse.quote(account.user, safe='+*')}@{account.domain}"
        )
        settings.regConfig.registrarUri = f"sip:{account.domain}{transport}"
        settings.regConfig.timeoutSec = account.expires_s
        settings.regConfig.firstRetryIntervalSec = 2
        settings.regConfig.retryIntervalSec = 20
        settings.regConfig.randomRetryIntervalSec = 5
        settings.regConfig.delayBeforeRefreshSec = max(1, min(10, account.expires_s // 4))
        settings.sipConfig.authCreds.append(
            pj.AuthCredInfo("digest", "*", account.auth_user or account.user, 0, account.password)
        )
        return settings


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
