"""Registration: every account with one of its servers, asked after, tried again, and moved on when that is gone."""

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from agent_desktop.telephony import messages
from agent_desktop.telephony.qualify import Ping

ANSWER_WITHIN_S = 4.0  # the library would wait for 32; it goes on listening meanwhile, a late answer counts
RETRY_S = (2, 4, 8, 16, 32, 60)
GO_BACK_EVERY_S = 30.0  # from a server that stands in, to one before it in the list
STREAM_REFRESH_S = 60.0  # a TCP or TLS peer that died without a word is noticed by a REGISTER
_DEFINITE = (401, 403, 404, 407)
_RANK = ("registered", "registering", "failed", "unregistered")


class Door(Protocol):
    """An account of the library at one server."""

    def register(self, on: bool) -> str:
        """Send a REGISTER; returns why that is not possible, or nothing. The answer comes to ``Line.heard``."""
        ...


class Line:
    """One account: ``doors`` are its servers in order, of which one is used at a time.

    Times are monotonic seconds. ``changed`` is called when ``now_is`` is another one.
    """

    def __init__(
        self,
        wanted: messages.SipAccount,
        doors: Sequence[Door],
        changed: Callable[[], None],
        *,
        trouble: tuple[int, str] = (0, ""),
        qualify_s: float = 0.0,
    ):
        self.wanted = wanted
        self.doors = doors
        self.servers = (wanted.domain, *wanted.servers)
        self.at = 0
        self.peer = ""  # ip:port that answered for the server in use
        self.now_is = messages.AccountRegistration(account=wanted.name, state="unregistered")
        self._changed = changed
        self._trouble = trouble  # why it cannot even be tried
        self._on = False
        self._was_registered = False
        self._attempts = 0
        self._tried: set[int] = set()
        self._first_failure = (0, "")
        self._deadline: float | None = None
        self._next_try: float | None = None
        self._go_back_at = 0.0
        self._refresh_at = 0.0
        self._qualify_s = qualify_s
        self._ping: Ping | None = None

    @property
    def reached_by(self) -> str:
        """ip:port of the server in use, as far as known."""
        return self.peer or numeric(self.wanted.proxy or self.servers[self.at])

    @property
    def registered(self) -> bool:
        return self.now_is.state == "registered"

    # ------------------------------------------------------------ asked for

    def register(self, on: bool, now: float) -> None:
        """Register from now on, or leave."""
        self._on = on
        if not on:
            self._deadline = self._next_try = None
            self._drop_ping()
            if self.registered:
                self.doors[self.at].register(False)
            elif self.now_is.state != "failed" or not self._trouble[0]:
                self._say("unregistered")
            return
        if self._trouble[0]:
            self._say("failed", *self._trouble)
            return
        self._attempts = 0
        self._begin_round()
        if not self.registered:
            self._say("registering")
        self._try(self.at, now)

    def moved(self, now: float) -> None:
        """The network is another one: register from there."""
        if not self._on or self._trouble[0] or self._refused_for_good():
            return
        self._drop_ping()
        self._attempts = 0
        self._begin_round()
        self._say("registering")
        self._try(self.at, now)

    def cut_off(self, now: float) -> None:
        """No network leads to the server: nothing is sent until ``moved``."""
        if self._on and not self._trouble[0] and not self._refused_for_good():
            self._drop_ping()
            self._deadline = self._next_try = None
            self._say("failed", 503, "No network")

    def lost(self, now: float) -> None:
        """The connection was closed, or the server does not answer any more: see whether another try helps."""
        if self._on and self.registered:
            self._drop_ping()
            self._begin_round()
            self._say("registering")
            self._try(self.at, now)

    # ------------------------------------------------------------ heard

    def heard(self, door: int, answer: messages.AccountRegistration, peer: str, now: float) -> None:
        """What a registrar answered, or the library for it; ``answer.state`` is not looked at."""
        if 200 <= answer.code < 300:
            if answer.expires_s > 0:
                self._accepted(door, answer, peer, now)
            elif door == self.at and not self._on:
                self._say("unregistered", answer.code, answer.reason)
        elif door == self.at and (self.registered or self._deadline is not None):
            if answer.code in _DEFINITE and not self._was_registered:
                self._deadline = self._next_try = None
                self._say("failed", answer.code, answer.reason)
            else:
                self._not_answered(answer.code, answer.reason, now)

    def _accepted(self, door: int, answer: messages.AccountRegistration, peer: str, now: float) -> None:
        if not self._on or (self.registered and door > self.at):
            self.doors[door].register(False)  # too late: we have left, or are with a better one
            return
        left = self.at if self.registered and door != self.at else None
        if left is not None or not self.registered or peer != self.peer:
            self._drop_ping()
        self.at, self.peer = door, peer
        self._attempts = 0
        self._was_registered = True
        self._begin_round()
        self._deadline = self._next_try = None
        self._go_back_at = now + GO_BACK_EVERY_S
        self._refresh_at = now + STREAM_REFRESH_S
        self._say("registered", answer.code, answer.reason, expires_s=answer.expires_s)
        if left is not None:
            self.doors[left].register(False)

    # ------------------------------------------------------------ time

    def tick(self, now: float) -> None:
        """Do what is due; called some times a second."""
        if self._deadline is not None and now > self._deadline:
            self._not_answered(408, "No answer", now)
        elif self._next_try is not None and now >= self._next_try:
            self._begin_round()
            self._try(0, now)
        elif self.registered:
            self._look_after(now)

    def _look_after(self, now: float) -> None:
        if self.at > 0 and now >= self._go_back_at:
            self._go_back_at = now + GO_BACK_EVERY_S
            for before in range(self.at):
                self.doors[before].register(True)
        if not self._qualify_s:
            return
        if self.wanted.transport != "udp":
            if now >= self._refresh_at:
                self._refresh_at = now + STREAM_REFRESH_S
                self._try(self.at, now)
            return
        if self._ping is None and self.peer:
            self._ping = Ping(self.peer, f"sip:{self.wanted.user}@{self.servers[self.at]}", self._qualify_s)
        if self._ping is not None and self._ping.gone(now):
            self.lost(now)

    def close(self) -> None:
        """Give its socket back."""
        self._drop_ping()

    # ------------------------------------------------------------ inside

    def _begin_round(self) -> None:
        self._tried.clear()
        self._first_failure = (0, "")

    def _try(self, at: int, now: float) -> None:
        self.at = at
        self._tried.add(at)
        self._deadline, self._next_try = now + ANSWER_WITHIN_S, None
        problem = self.doors[at].register(True)
        if problem and self._deadline is not None:
            self._not_answered(503, problem, now)

    def _not_answered(self, code: int, reason: str, now: float) -> None:
        """This server is not there: the next one of the list, and after the last one a rest."""
        self._deadline = None
        if not self._first_failure[0]:
            self._first_failure = (code, reason)
        rest = [at for at in range(len(self.doors)) if at not in self._tried]
        if rest:
            self.at = rest[0]
            if self.now_is.state != "failed":  # a try that may fail again is no news
                self._say("registering")
            self._try(rest[0], now)
            return
        wait = RETRY_S[min(self._attempts, len(RETRY_S) - 1)]
        self._attempts += 1
        self._next_try = now + wait
        self._say("failed", *self._first_failure, retry_s=wait)

    def _refused_for_good(self) -> bool:
        return self.now_is.state == "failed" and self.now_is.code in _DEFINITE and not self._was_registered

    def _drop_ping(self) -> None:
        if self._ping is not None:
            self._ping.close()
            self._ping = None

    def _say(self, state: str, code: int = 0, reason: str = "", *, expires_s: int = 0, retry_s: int = 0) -> None:
        said = messages.AccountRegistration(
            account=self.wanted.name,
            state=state,
            code=code,
            reason=reason,
            expires_s=expires_s,
            server=self.servers[self.at] if state != "unregistered" else "",
            retry_s=retry_s,
        )
        if said != self.now_is:
            self.now_is = said
            self._changed()


class Lines:
    """All accounts, the first first."""

    def __init__(self, lines: Sequence[Line] = ()):
        self.lines = tuple(lines)

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    @property
    def best(self) -> Line | None:
        """The first that is registered, else the first that may be soon; None without accounts."""
        return min(self.lines, key=lambda line: _RANK.index(line.now_is.state), default=None)

    def named(self, name: str) -> Line | None:
        """The account of this name, or for an empty name the one that calls go out by."""
        return next((line for line in self.lines if line.wanted.name == name), None) if name else self.best

    @property
    def any_registered(self) -> bool:
        return any(line.registered for line in self.lines)

    def close(self) -> None:
        for line in self.lines:
            line.close()


def numeric(server: str) -> str:
    """ip:port of a server that is given as an address; '' for a name."""
    host, separator, port = server.rpartition(":")
    if not separator or server.endswith("]"):
        host, port = server, "5060"
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return ""
    return f"{host}:{port}"
