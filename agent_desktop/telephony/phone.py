"""The desktop's phone: starts or finds the engine, speaks to it, and brings it back when it dies."""

import logging
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from agent_desktop import clock
from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_process import EngineAddress, EngineProcess, running
from agent_desktop.telephony.ring_gate import RingGate
from agent_desktop.telephony.trouble import Trouble

LOOK_EVERY_MS = 20
START_WITHIN_S = 10.0
RETRY_AFTER_S = (0.0, 0.5, 2.0, 5.0, 15.0)  # after the first, second, ... death within QUIET_S
QUIET_S = 60.0
REATTACH_EVERY_S = 5.0  # two desktops that take the engine from each other must not do so at full speed
CONFIGURE_AGAIN_MS = 5_000
SHUT_DOWN_WITHIN_S = 3.0
DYING_TAKES_S = 0.1  # from the end of its sockets to the end of the process

log = logging.getLogger("engine")
Headers = tuple[tuple[str, str], ...]


class PhoneState(msgspec.Struct, frozen=True):
    """How the phone is. ``engine``: stopped, starting, ready, failed (its port did not open; tried again), lost."""

    engine: str = "stopped"
    registration: messages.RegistrationChanged | None = None
    audio: str = ""  # device, null; empty: not known yet
    trouble: str = ""  # of Trouble: why there is no sound, why a port did not open, ...
    detail: str = ""
    listen_host: str = ""
    listen_port: int = 0
    speaker: str = ""
    microphone: str = ""


class Phone(QObject):
    """One engine, driven from the thread of this object.

    Signals
    -------
    event(messages.Event)           what happened, in order, each once; acknowledge it when it is durable
    snapshot(tuple[CallSnapshot])   on every attach, before the events: the calls there are. Others have ended
    state_changed(PhoneState)
    engine_lost(str)                the engine died, with all its calls; how, for a log: the state has it for words
    engine_back()                   a new one is there
    command_failed(messages.CommandFailed)
    levels(messages.Levels)
    voice(messages.VoiceQuality)    once a second for each call that is talked on
    devices(messages.AudioDevices)
    sound_level(messages.SoundLevel)    while sound is tried out
    """

    event = Signal(object)  # type: ignore[assignment]  # hides QObject.event() from Python only; Qt's own stays
    snapshot = Signal(object)
    state_changed = Signal(object)
    engine_lost = Signal(str)
    engine_back = Signal()
    command_failed = Signal(object)
    levels = Signal(object)
    voice = Signal(object)
    devices = Signal(object)
    sound_level = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None):
        super().__init__(parent)
        self.state = PhoneState()
        self._folder = folder
        self._gate = RingGate(folder)
        self._configure: messages.Configure | None = None
        self._process: EngineProcess | None = None
        self._address: EngineAddress | None = None
        self._socket: socket.socket | None = None
        self._readable: QSocketNotifier | None = None
        self._writable: QSocketNotifier | None = None
        self._inbox = bytearray()
        self._outbox = bytearray()
        self._welcomed = False
        self._lost = False
        self._told = 0  # the last event given out, of this engine
        self._durable = 0  # the last one acknowledged
        self._token = ""
        self._give_up_at = 0.0
        self._start_at = 0.0
        self._reattached_at = -REATTACH_EVERY_S
        self._deaths: list[float] = []
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._try_to_attach)
        self._configure_again = QTimer(self)
        self._configure_again.setSingleShot(True)
        self._configure_again.setInterval(CONFIGURE_AGAIN_MS)
        self._configure_again.timeout.connect(self._try_to_configure)

    # ------------------------------------------------------------ running

    def start(self, configure: messages.Configure) -> None:
        """Attach to the running engine of this folder, or start one; again with other settings: apply them."""
        self._configure = configure
        if self._welcomed:
            self._send(configure)
            return
        if self._look.isActive():
            return
        self._say(engine="starting")
        self._begin(0.0)

    def detach(self) -> None:
        """Leave the engine alone with its calls; it ends by itself after the last."""
        self._look.stop()
        self._disconnect()
        self._process = None
        self._say(engine="stopped")

    def shutdown(self) -> None:
        """Hang up, unregister and end the engine. Waits for it, a few seconds at most."""
        self._look.stop()
        connection = self._socket
        if connection is not None and self._welcomed:
            self._send(messages.Shutdown())
            connection.setblocking(True)
            connection.settimeout(SHUT_DOWN_WITHIN_S)
            try:
                connection.sendall(self._outbox)
                self._outbox.clear()
                while data := connection.recv(262_144):
                    self._inbox += data
                    for body in messages.split(self._inbox):  # how the calls ended
                        self._hear(messages.engine_message(body))
            except TimeoutError:
                log.warning("the phone engine did not end in time")
            except OSError:
                pass  # it has ended
            except (ValueError, msgspec.ValidationError) as error:
                log.warning("the phone engine said something unreadable: %s", error)
        self._disconnect()
        process, self._process = self._process, None
        deadline = clock.monotonic() + SHUT_DOWN_WITHIN_S
        if process is not None:
            process.end(deadline)
        self._say(engine="stopped")

    # ------------------------------------------------------------ calls

    def dial(
        self, target: str, headers: Headers = (), *, play: str = "", from_user: str = "", from_name: str = ""
    ) -> str:
        """Call somebody; returns the call_id. Events follow, or ``command_failed``."""
        call_id = secrets.token_hex(8)
        self._order(
            messages.Dial(
                call_id=call_id, target=target, headers=headers, play=play, from_user=from_user, from_name=from_name
            )
        )
        return call_id

    def answer(self, call_id: str, beep: bool = False, *, listen: bool = False) -> None:
        """``beep`` when it is answered for the agent: they hear a tone before anybody hears them. ``listen``: nobody
        does, until ``speak``.
        """
        self._order(messages.Answer(call_id=call_id, beep=beep, listen=listen))

    def speak(self, call_id: str, on: bool) -> None:
        """Be heard, or no longer, in a call that was answered to listen."""
        self._order(messages.Speak(call_id=call_id, on=on))

    def reject(self, call_id: str, code: int = 486, reason: str = "") -> None:
        self._order(messages.Reject(call_id=call_id, code=code, reason=reason))

    def redirect(self, call_id: str, target: str) -> None:
        """Send a ringing call elsewhere (302); it ends here."""
        self._order(messages.Redirect(call_id=call_id, target=target))

    def hang_up(self, call_id: str) -> None:
        self._order(messages.HangUp(call_id=call_id))

    def hold(self, call_id: str) -> None:
        self._order(messages.Hold(call_id=call_id))

    def resume(self, call_id: str) -> None:
        self._order(messages.Resume(call_id=call_id))

    def mute(self, call_id: str, on: bool) -> None:
        """CallMuted says what is really sent."""
        self._order(messages.Mute(call_id=call_id, on=on))

    def send_digits(self, call_id: str, digits: str, method: str = "rfc4733") -> None:
        self._order(messages.SendDigits(call_id=call_id, digits=digits, method=method))

    def transfer(self, call_id: str, target: str, headers: Headers = ()) -> None:
        """Blind transfer; the call ends by itself once the other side reports success."""
        self._order(messages.Transfer(call_id=call_id, target=target, headers=headers))

    def transfer_to_call(self, call_id: str, to_call_id: str, headers: Headers = ()) -> None:
        """Attended transfer: join the other sides of two calls. Both end once it worked, else both stay."""
        self._order(messages.TransferToCall(call_id=call_id, to_call_id=to_call_id, headers=headers))

    def confer(self, call_ids: tuple[str, ...]) -> None:
        """Join talking calls with us and each other; fewer than two end it. ``ConferenceChanged`` says what is so."""
        self._order(messages.Confer(call_ids=call_ids))

    def play(self, call_id: str, path: str, loop: bool = False) -> None:
        """Say a WAV instead of the microphone; an empty path stops it."""
        self._order(messages.Play(call_id=call_id, path=path, loop=loop))

    def record(self, order: messages.Record) -> None:
        """Start, pause, resume or stop a recording; RecordingChanged says what became of it."""
        self._order(order)

    def choose_audio(
        self, speaker: str = "", microphone: str = "", ring_device: str = "", ring_on_speaker: bool = False
    ) -> None:
        """Use these devices, also in a running call and after a restart of the engine."""
        order = messages.ChooseAudio(
            speaker=speaker, microphone=microphone, ring_device=ring_device, ring_on_speaker=ring_on_speaker
        )
        if self._configure is not None:
            self._configure = replace(self._configure, **msgspec.structs.asdict(order))
        self._order(order)

    def try_sound(self, what: str) -> None:
        """Between calls: ``microphone``, ``ring`` or ``alarm``, empty to stop; ``sound_level`` follows, or
        ``command_failed``."""
        self._order(messages.TrySound(what=what))

    def list_audio(self) -> None:
        """``devices`` follows."""
        self._order(messages.ListAudio())

    def register(self, on: bool) -> None:
        self._order(messages.Register(on=on))

    def acknowledge(self, seq: int) -> None:
        """Everything up to this event is durable: the engine may forget it."""
        self._durable = max(self._durable, seq)
        if self._welcomed:
            self._send(messages.Acknowledge(seq=seq))

    # ------------------------------------------------------------ attaching

    def _begin(self, after_s: float) -> None:
        self._start_at = clock.monotonic() + after_s
        self._give_up_at = self._start_at + START_WITHIN_S
        self._look.start()

    @Slot()
    def _try_to_attach(self) -> None:
        now = clock.monotonic()
        if self._socket is not None:
            if now > self._give_up_at:
                self._broken(Trouble.ENGINE_SILENT)
            return
        if now < self._start_at:
            return
        address = running(self._folder)
        if address is not None and self._connect(address):
            if address.protocol != messages.PROTOCOL:
                self._broken(Trouble.ENGINE_OTHER_VERSION)
            return
        if self._process is None:
            try:
                self._process = EngineProcess(self._folder)
            except OSError as error:
                self._broken(Trouble.ENGINE_CANNOT_START, f"{error.strerror}: {error.filename}")
        elif how := self._process.ended():
            words, self._process = self._process.last_words(), None
            self._broken(Trouble.ENGINE_ENDED, how, words)
        elif now > self._give_up_at:  # perhaps its folder was removed, and nobody finds it there
            self._process.kill()
            self._process = None
            self._broken(Trouble.ENGINE_NOT_FOUND)

    @Slot()
    def _try_to_configure(self) -> None:
        """The library did not start: whoever has our port may have left it by now."""
        if self._welcomed and self.state.engine == "failed" and self._configure is not None:
            self._send(self._configure)

    def _connect(self, address: EngineAddress) -> bool:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(address.socket)
        except OSError:  # announced, but gone: a new one will take its place
            connection.close()
            return False
        connection.setblocking(False)
        if address.token != self._token:
            self._token, self._told, self._durable = address.token, 0, 0
        self._address, self._socket = address, connection
        self._readable = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self.hear)
        self._writable = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writable.setEnabled(False)
        self._writable.activated.connect(self._flush)
        self._send(messages.Hello(token=address.token, seen=self._durable))
        return True

    def _disconnect(self) -> None:
        for notifier in (self._readable, self._writable):
            if notifier is not None:
                notifier.setEnabled(False)
                notifier.deleteLater()
        if self._socket is not None:
            self._socket.close()
        self._socket = self._readable = self._writable = None
        self._inbox.clear()
        self._outbox.clear()
        self._welcomed = False

    def _interrupted(self) -> None:
        """The connection has ended. If the same engine still answers nothing is lost; else it is gone."""
        how = self._process.ended(DYING_TAKES_S) if self._process is not None else ""
        self._disconnect()
        now = clock.monotonic()
        address = running(self._folder)
        same = address is not None and address.token == self._token and not how
        if same and now - self._reattached_at > REATTACH_EVERY_S and address is not None and self._connect(address):
            log.info("the connection to the phone engine was interrupted")
            self._reattached_at = now
            self._give_up_at = now + START_WITHIN_S
            self._look.start()
            return
        words = self._process.last_words() if self._process is not None and how else ""
        self._process = None
        self._broken(Trouble.ENGINE_ENDED if how else Trouble.ENGINE_CLOSED, how, words)

    def _broken(self, trouble: Trouble, detail: str = "", words: str = "") -> None:
        """The engine is gone: say so and begin again, later each time it dies at once. ``words``: its last ones."""
        self._disconnect()
        now = clock.monotonic()
        self._deaths = [at for at in self._deaths if now - at < QUIET_S] + [now]
        log.error("the phone engine is gone: %s%s", detail or trouble.value, words and f"\n{words}")
        if not self._lost:
            self._lost = True
            self._say(engine="lost", registration=None, trouble=trouble, detail=detail)
            self.engine_lost.emit(detail or trouble.value)
        self._begin(RETRY_AFTER_S[min(len(self._deaths), len(RETRY_AFTER_S)) - 1])

    # ------------------------------------------------------------ talking to it

    def _order(self, command: messages.Command) -> None:
        if self._welcomed:
            self._send(command)
            return
        failed = messages.CommandFailed(
            command=type(command).__name__,
            call_id=getattr(command, "call_id", ""),
            trouble=Trouble.NOT_READY,
        )
        QTimer.singleShot(0, self, lambda: self.command_failed.emit(failed))

    def _send(self, message: messages.Message) -> None:
        self._outbox += messages.frame(message)
        self._flush()

    @Slot()
    def _flush(self) -> None:
        if self._socket is None or self._writable is None:
            return
        try:
            while self._outbox:
                del self._outbox[: self._socket.send(self._outbox)]
        except BlockingIOError:
            self._writable.setEnabled(True)
        except OSError:  # its end is read soon
            self._writable.setEnabled(False)
        else:
            self._writable.setEnabled(False)

    @Slot()
    def hear_before_showing(self) -> None:
        """Take in what the engine has said; no caller is told of an end before ``shown_now``."""
        self._gate.enter()
        self.hear()

    @Slot()
    def shown_now(self) -> None:
        """What was to be shown after ``hear_before_showing`` is on the screen, or is not to be."""
        self._gate.leave()

    @Slot()
    def hear(self) -> None:
        """Take in what the engine has said by now, ahead of what else waits; does not wait itself."""
        connection = self._socket
        if connection is None:
            return
        try:
            data = connection.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._interrupted()
            return
        self._inbox += data
        try:
            for body in messages.split(self._inbox):
                self._hear(messages.engine_message(body))
                if self._socket is not connection:  # whoever listened has detached
                    return
        except (ValueError, msgspec.ValidationError) as error:
            self._broken(Trouble.ENGINE_UNREADABLE, str(error))

    def _hear(self, message: messages.EngineMessage) -> None:
        handlers: dict[type, Callable[[messages.EngineMessage], None]] = {
            messages.Welcome: self._hear_welcome,
            messages.Levels: self.levels.emit,
            messages.VoiceQuality: self.voice.emit,
            messages.AudioDevices: self.devices.emit,
            messages.SoundLevel: self.sound_level.emit,
            messages.CommandFailed: self.command_failed.emit,
        }
        handlers.get(type(message), self._hear_event)(message)

    def _hear_welcome(self, message: messages.EngineMessage) -> None:
        assert isinstance(message, messages.Welcome)
        self._look.stop()
        self._welcomed = True
        self._say(engine="starting", registration=message.registration, listen_port=message.listen_port)
        if self._lost:
            self._lost = False
            self.engine_back.emit()
        self.snapshot.emit(message.calls)
        if self._configure is not None and self._welcomed:
            self._send(self._configure)

    def _hear_event(self, message: messages.EngineMessage) -> None:
        assert isinstance(message, messages.Event)
        if message.seq <= self._told:
            return
        self._told = message.seq
        match message:
            case messages.EngineReady():
                self._say(
                    engine="ready",
                    audio=message.audio,
                    trouble=message.trouble,
                    detail="",
                    listen_host=message.listen_host,
                    listen_port=message.listen_port,
                    speaker=message.speaker,
                    microphone=message.microphone,
                )
            case messages.EngineTrouble(kind="port"):
                self._say(engine="failed", trouble=message.trouble, detail=message.detail)
                self._configure_again.start()
            case messages.EngineTrouble():
                self._say(trouble=message.trouble, detail=message.detail)
            case messages.SoundBack():
                self._say(trouble="", detail="")
            case messages.RegistrationChanged():
                self._say(registration=message)
        self.event.emit(message)

    def _say(self, **changes: object) -> None:
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
