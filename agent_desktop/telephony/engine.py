"""The phone engine: a process of its own around the SIP library, driven by one desktop over a local socket.

One thread owns every object of the library. An engine survives its desktop: alone it keeps its calls, takes no new
ones, and ends a while after the last.
"""

import argparse
import contextlib
import faulthandler
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pjsua2 as pj

from agent_desktop import clock
from agent_desktop import log as logs
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_alone import LOOK_EVERY_S as SOLITUDE_EVERY_S
from agent_desktop.telephony.engine_alone import Solitude
from agent_desktop.telephony.engine_call import CannotDo
from agent_desktop.telephony.engine_calls import MOST_WANTED_CALLS, Calls
from agent_desktop.telephony.engine_link import AlreadyRunning, DesktopLink
from agent_desktop.telephony.engine_media import MediaBridge
from agent_desktop.telephony.engine_quality import LOOK_EVERY_S as LOOK_AT_QUALITY_EVERY_S
from agent_desktop.telephony.engine_quality import QualityWatch
from agent_desktop.telephony.engine_recording import Recordings
from agent_desktop.telephony.engine_sound import EngineSound
from agent_desktop.telephony.engine_stack import SipStack, StackError
from agent_desktop.telephony.network_watch import ANYWHERE, LOOK_EVERY_S, NetworkWatch
from agent_desktop.telephony.ring_gate import RingGate
from agent_desktop.telephony.trouble import PhoneError, Trouble

EXIT_ALREADY_RUNNING = 3
IDLE_WAIT_MS = 50  # a packet ends the wait at once; only commands of the desktop wait for it
BUSY_WAIT_MS = 3
HOUSEKEEPING_EVERY_S = 0.05
LEVELS_EVERY_S = 0.1
COLLECT_EVERY_S = 60.0
BRIDGE_STOPS_AFTER_S = 1.0  # what was ordered at the end of the last call is done by then
SAY_GOODBYE_WITHIN_S = 1.0

_STACK_FIELDS = (
    *("listen_host", "listen_port", "rtp_port", "account", "more_accounts", "ca_file", "qualify_s"),
    *("user", "user_agent", "follow_transfers"),
)
log = logging.getLogger("engine")


class Engine:
    """``run`` until told to stop, or alone for long enough."""

    def __init__(self, folder: Path):
        self.link = DesktopLink(folder)
        self.calls = Calls(self.link.emit, self._calls_changed)
        self.recordings = Recordings(self.link.emit, self.calls.calls)
        self.configure = messages.Configure()
        self.configured = False
        self.ended = False
        self.registration: messages.RegistrationChanged | None = None
        self._network = NetworkWatch()
        self._moving = False  # calls have to follow to another network as soon as we are registered there
        self._register_wanted = True
        self.sound = EngineSound(self.link, self.calls)
        self._quality = QualityWatch(self.link.emit, self.link.send_if_idle)
        self._alone_since = self._last_call = clock.monotonic()
        self._solitude = Solitude(self.calls, self.link.can_be_found)
        self.calls.told_alive = self._solitude.answered
        self.calls.before_answer = RingGate(folder).pass_by
        self._unregistered_alone = False
        self._next: dict[str, float] = {}
        self._heard_meanwhile: list[messages.Command] = []  # while the library was being left
        calls = self.calls
        self._handlers: dict[type, Callable[[Any], None]] = {
            messages.Hello: self._welcome,
            messages.Configure: self._configure,
            messages.Acknowledge: lambda command: self.link.acknowledge(command.seq),
            messages.Dial: self._dial,
            messages.Answer: calls.answer,
            messages.Reject: calls.reject,
            messages.HangUp: calls.hang_up,
            messages.Hold: calls.holds.hold,
            messages.Resume: calls.holds.resume,
            messages.Mute: calls.mute,
            messages.Speak: calls.speak,
            messages.SendDigits: calls.send_digits,
            messages.Redirect: calls.redirect,
            messages.Transfer: calls.transfers.transfer,
            messages.TransferToCall: calls.transfers.transfer_to_call,
            messages.Confer: calls.conference.confer,
            messages.Play: calls.play,
            messages.Record: self.recordings.record,
            messages.ChooseAudio: self._choose_audio,
            messages.ListAudio: lambda _command: self.sound.list_devices(),
            messages.TrySound: self.sound.try_out,
            messages.Register: self._register_from_now_on,
            messages.NetworkChanged: lambda _command: self._network_changed(),
            messages.Shutdown: lambda _command: self.stop(),
        }

    def run(self) -> None:
        """The owner thread's loop."""
        gc.disable()  # a collection on another thread would free the library's objects there, and abort
        while not self.ended:
            if self.calls.stack is None:  # no variable for it: a forgotten reference would keep the library alive
                self.link.wait(IDLE_WAIT_MS / 1000)
            else:
                self.calls.stack.handle_events(BUSY_WAIT_MS if self.calls.calls else IDLE_WAIT_MS)
                self.calls.sweep()
            commands, self._heard_meanwhile = [*self._heard_meanwhile, *self.link.poll()], []
            for command in commands:
                self._carry_out(command)
            if self._due("housekeeping", HOUSEKEEPING_EVERY_S):
                self.sound.hear()
                self.recordings.poll()
                self._mind_network()
                self._mind_being_alone()
                self._now_and_then()
        self._close()

    def stop(self) -> None:
        self.ended = True

    # ------------------------------------------------------------ commands

    def _carry_out(self, command: messages.Command) -> None:
        try:
            self._do(command)
        except PhoneError as error:
            self._failed(command, error.trouble, error.detail)
        except pj.Error as error:
            self._failed(command, Trouble.LIBRARY, error.reason)
        except Exception:
            log.exception("%s failed", type(command).__name__)
            self._failed(command, Trouble.UNEXPECTED)

    def _do(self, command: messages.Command) -> None:
        self._handlers[type(command)](command)

    def _dial(self, command: messages.Dial) -> None:
        try:
            self.calls.dial(command)
        except pj.Error as error:
            raise CannotDo(Trouble.LIBRARY, error.reason) from error

    def _register_from_now_on(self, command: messages.Register) -> None:
        self._register_wanted = command.on
        self._register(command.on)

    def _failed(self, command: messages.Command, trouble: Trouble, detail: str = "") -> None:
        call_id = getattr(command, "call_id", "")
        name = type(command).__name__
        log.info("%s was not possible: %s %s", name, trouble, detail)
        self.link.send(messages.CommandFailed(command=name, call_id=call_id, trouble=trouble, detail=detail))

    def _welcome(self, hello: messages.Hello) -> None:
        self.link.acknowledge(hello.seen)
        self.calls.alone = False
        if self._unregistered_alone:
            self._unregistered_alone = False
            if self._register_wanted:
                self._register(True)
        self.link.welcome(
            messages.Welcome(
                pid=os.getpid(),
                protocol=messages.PROTOCOL,
                configured=self.configured,
                listen_port=self.calls.stack.listen_port if self.calls.stack else 0,
                registration=self.registration,
                calls=self.recordings.with_recordings(self.calls.snapshots()),
            )
        )

    def _register(self, on: bool) -> None:
        if self.calls.stack is not None:
            self.calls.stack.register(on)

    # ------------------------------------------------------------ configuration

    def _configure(self, new: messages.Configure) -> None:
        old = self.configure
        stays = self.calls.stack is not None and all(getattr(new, n) == getattr(old, n) for n in _STACK_FIELDS)
        if not stays and self.calls.calls:
            raise CannotDo(Trouble.NOT_DURING_CALLS)
        self.configure = new
        self.calls.most = max(1, min(new.max_calls, MOST_WANTED_CALLS))
        self.calls.transfers.follow = new.follow_transfers
        self.calls.transfers.within_s = new.transfer_within_s
        self.calls.ring_at_most_s = new.ring_at_most_s
        if not stays and not self._new_stack(new):
            return
        self.sound.configure(new, not stays, self._say_ready)

    def _new_stack(self, new: messages.Configure) -> bool:
        self._drop_stack()
        self.registration = None
        self._register_wanted = True
        try:
            self.calls.stack = SipStack(new, self)
        except StackError as error:
            log.error("the SIP library did not start: %s", error)
            self.link.emit(messages.EngineTrouble, kind="port", trouble=error.trouble, detail=error.detail)
            return False
        self.calls.media = MediaBridge(self.calls.stack.audio_devices, None)
        self.recordings.use(self.calls.media)
        self._say_registration()
        self._look_at_network(self.calls.stack)  # so that a change right after registering is one
        return True

    def _drop_stack(self) -> None:
        """Unregister, let what was said last go out, and free the library."""
        self.configured = False
        if self.calls.stack is None:
            return
        with contextlib.suppress(pj.Error):
            if self.calls.stack.lines.any_registered:
                self._register(False)
        until = clock.monotonic() + SAY_GOODBYE_WITHIN_S
        while clock.monotonic() < until and (self.calls.calls or self.calls.stack.lines.any_registered):
            self.calls.stack.handle_events(BUSY_WAIT_MS)
            self.calls.sweep()
            self._heard_meanwhile += self.link.poll()
        self.calls.drop_all()
        if self.calls.media is not None:
            self.calls.media.run(on=False)  # no port goes while its thread may be in it, the taps of recordings neither
        self.recordings.close()
        if self.calls.media is not None:
            self.calls.media.close()
            self.calls.media = None
        gc.collect()
        self.calls.stack.close()
        self.calls.stack = None

    def _say_ready(self, trouble: str) -> None:
        self.configured = True
        assert self.calls.stack is not None
        self.link.emit(
            messages.EngineReady,
            listen_host=self.configure.listen_host,
            listen_port=self.calls.stack.listen_port,
            audio="device" if self.sound.works else "null",
            trouble=trouble,
            speaker=self.configure.speaker,
            microphone=self.configure.microphone,
        )

    # ------------------------------------------------------------ sound

    def _choose_audio(self, command: messages.ChooseAudio) -> None:
        self.configure = msgspec.structs.replace(self.configure, **msgspec.structs.asdict(command))
        self.sound.choose(self.configure)

    def _calls_changed(self) -> None:
        self._last_call = clock.monotonic()
        self._solitude.call_changed()
        if self.calls.calls and self.calls.media is not None:
            self.calls.media.run(on=True)
        self.sound.follow_calls()

    # ------------------------------------------------------------ what the account hears

    def account_incoming(self, pj_id: int, message: str, source: str, account: str) -> None:
        self.calls.account_incoming(pj_id, message, source, account)

    def account_rejected(self, code: int, message: str, source: str) -> None:
        self.calls.account_rejected(code, message, source)

    def account_registration(self) -> None:
        self._say_registration()

    def _say_registration(self) -> None:
        """The account that calls go out by speaks for all; each of them is told too."""
        if self.calls.stack is None:
            return
        lines = self.calls.stack.lines
        best, accounts = lines.best, tuple(line.now_is for line in lines)
        said = msgspec.structs.asdict(best.now_is) if best is not None else {"state": "direct"}
        now = messages.RegistrationChanged(seq=0, at_us=0, accounts=accounts, **said)
        last = self.registration
        if last is not None and msgspec.structs.replace(last, seq=0, at_us=0) == now:
            return
        log.info("registration: %s", ", ".join(f"{one.state} {one.code or ''}".strip() for one in accounts) or "direct")
        self.registration = self.link.emit(messages.RegistrationChanged, accounts=accounts, **said)

    # ------------------------------------------------------------ the network

    def _mind_network(self) -> None:
        stack = self.calls.stack
        if stack is None:
            return
        stack.look_after_accounts()
        if self._due("network", LOOK_EVERY_S):
            self._look_at_network(stack)
        if self._moving and (stack.lines.any_registered or not stack.configure.accounts):
            self._moving = False
            self.calls.move()

    def _look_at_network(self, stack: SipStack) -> None:
        peers = {line: line.reached_by or ANYWHERE for line in stack.lines}
        moved, cut_off = self._network.look(peers.values() if peers else (ANYWHERE,), clock.monotonic())
        for line, peer in peers.items():
            if peer in cut_off - {ANYWHERE}:  # a server in this very computer needs no network
                line.cut_off(clock.monotonic())
        if moved:
            self._network_changed()

    def _network_changed(self) -> None:
        if self.calls.stack is None:
            return
        log.info("another network, or awake again: registering anew")
        self.calls.stack.network_changed()
        self._moving = bool(self.calls.calls)

    # ------------------------------------------------------------ time

    def _mind_being_alone(self) -> None:
        now = clock.monotonic()
        if self.link.attached:
            self._alone_since = now
            self._solitude.reset()
            return
        alone_s = now - self._alone_since
        if alone_s < self.configure.alone_unregister_s:
            return
        if not self.calls.alone:
            log.info("no desktop: new calls are answered 480")
            self.calls.alone = True
            self._unregistered_alone = bool(self.configure.accounts)
            with contextlib.suppress(pj.Error):
                self._register(False)
        if self._due("solitude", SOLITUDE_EVERY_S) and self._solitude.over(self.configure, self._alone_since):
            self.stop()

    def _now_and_then(self) -> None:
        if self.calls.calls and self._due("levels", LEVELS_EVERY_S):
            self.calls.send_levels(self.link.send_if_idle)
        if self.calls.calls and self.calls.media is not None and self._due("quality", LOOK_AT_QUALITY_EVERY_S):
            self._quality.look(self.calls.calls, self.calls.media.silent_frames)
        if self.calls.calls:
            return
        if self._due("collect", COLLECT_EVERY_S):
            gc.collect()
        if self.calls.media is not None and clock.monotonic() - self._last_call > BRIDGE_STOPS_AFTER_S:
            self.calls.media.run(on=False)

    def _due(self, what: str, every_s: float) -> bool:
        now = clock.monotonic()
        if now < self._next.get(what, 0.0):
            return False
        self._next[what] = now + every_s
        return True

    def _close(self) -> None:
        self.calls.hang_up_all()
        self._drop_stack()
        self.sound.stop()
        self.link.close()


def main(arguments: list[str] | None = None) -> int:
    """Run an engine; 0 when it ended as it should, 3 when another one owns the folder."""
    parser = argparse.ArgumentParser(description="The phone engine of Agent Desktop; the desktop starts it.")
    parser.add_argument("--dir", type=Path, required=True, help="folder for its socket, token and lock")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    faulthandler.enable()  # what every thread was at, beside the library's own last words, in engine.log
    logs.start(None)
    logging.getLogger().handlers[0].setLevel(logging.INFO)
    try:
        engine = Engine(options.dir)
    except AlreadyRunning:
        log.warning("another engine owns this folder")
        return EXIT_ALREADY_RUNNING

    def stop(_signal: int, _frame: Any) -> None:
        engine.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    engine.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
