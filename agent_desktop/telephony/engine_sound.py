"""When the engine's sound devices are open: the speaker and the microphone while somebody talks, the ring meanwhile."""

from collections.abc import Callable
from pathlib import Path

from agent_desktop import clock
from agent_desktop.telephony import audio, messages
from agent_desktop.telephony.engine_call import CannotDo
from agent_desktop.telephony.engine_calls import Calls
from agent_desktop.telephony.engine_link import DesktopLink
from agent_desktop.telephony.trouble import Trouble

_DEVICES_WITHIN_S = 3.0
_CHECK_EVERY_S = 0.5
_CHECK_AT_REST_EVERY_S = 5.0
_CALL_WAITING_LOUDNESS = 0.2  # of the ring while another call is being talked to


class EngineSound:
    """Owned by the engine's one thread. ``works``: there are devices, and calls use them."""

    def __init__(self, link: DesktopLink, calls: Calls):
        self.works = False
        self._link = link
        self._calls = calls
        self._configure = messages.Configure()
        self._sound: audio.Sound | None = None
        self._say_ready: Callable[[str], None] | None = None  # called with what is wrong once the devices are known
        self._ready_by = 0.0
        self._asked = False
        self._devices = messages.AudioDevices(outputs=(), inputs=())
        self._ringing: tuple[str, float] | None = None
        self._next_check = 0.0

    def configure(self, new: messages.Configure, fresh: bool, say_ready: Callable[[str], None]) -> None:
        """Use what ``new`` says; ``fresh`` when the library was started anew. ``say_ready`` is called now or later."""
        starts = fresh or new.audio != self._configure.audio or (new.audio == "device" and self._sound is None)
        self._configure = new
        if not starts:
            self._choose()
            say_ready("")
            return
        self.stop()
        if new.audio != "device":
            say_ready("")
            return
        self._sound = audio.Sound()
        self._choose()
        self._say_ready, self._ready_by = say_ready, clock.monotonic() + _DEVICES_WITHIN_S
        self._sound.look()

    def choose(self, new: messages.Configure) -> None:
        """Other devices, also in the middle of a call."""
        self._configure = new
        self._choose()

    def list_devices(self) -> None:
        """AudioDevices follows."""
        if self._sound is None:
            self._link.send(messages.AudioDevices(outputs=(), inputs=()))
            return
        self._asked = True
        self._sound.look()

    def try_out(self, command: messages.TrySound) -> None:
        """SoundLevel follows. Raises CannotDo during a call and without sound."""
        if command.what and self._calls.calls:
            raise CannotDo(Trouble.SOUND_IN_USE)
        if self._sound is None or not self.works:
            raise CannotDo(Trouble.SOUND_NOT_THERE)
        ring_file = self._configure.ring_file
        if command.what in ("ring", "alarm") and not ring_file:
            raise CannotDo(Trouble.SOUND_NO_RING)
        if command.what == "alarm":
            self._sound.test("ring", str(Path(ring_file).with_name("alarm.wav")))
        else:
            self._sound.test(command.what, ring_file)

    def follow_calls(self) -> None:
        """Open and close what the calls need now."""
        if self._sound is None:
            return
        calls = self._calls.calls.values()
        if calls:
            self._sound.test("")
            self._next_check = min(self._next_check, clock.monotonic() + _CHECK_EVERY_S)
        talking = any(call.talking for call in calls)
        if talking and self.works:
            self._sound.open()
        else:
            self._sound.close()
        rings = self.works and any(call.state == "ringing" for call in calls)
        wanted = (self._configure.ring_file, _CALL_WAITING_LOUDNESS if talking else 1.0)
        ringing = wanted if rings and self._configure.ring_file else None
        if ringing != self._ringing:
            self._ringing = ringing
            if ringing is None:
                self._sound.stop_ring()
            else:
                self._sound.ring(*ringing)

    def hear(self) -> None:
        """Pass on what the sound thread found; called often."""
        if self._sound is None:
            return
        for report in self._sound.reports():
            match report.kind:
                case "trouble":
                    self._link.emit(messages.EngineTrouble, kind="audio", trouble=report.trouble, detail=report.detail)
                case "back":
                    self._link.emit(messages.SoundBack, kind=report.trouble, detail=report.detail)
                case "trial":
                    level = messages.SoundLevel(phase=report.phase, level=report.level, trouble=report.trouble)
                    self._link.send(level)
                case "devices":
                    self._hear_devices(report)
        if self._say_ready is not None and clock.monotonic() > self._ready_by:
            self._ready(Trouble.SOUND_SLOW)
        if clock.monotonic() > self._next_check:
            self._next_check = clock.monotonic() + (_CHECK_EVERY_S if self._calls.calls else _CHECK_AT_REST_EVERY_S)
            self._sound.check()

    def stop(self) -> None:
        """Close the devices and end their thread."""
        self._say_ready = None
        if self._sound is not None:
            self._use(works=False)
            self._sound.stop()
            self._sound = None

    def _choose(self) -> None:
        if self._sound is not None:
            new = self._configure
            self._sound.choose(audio.Choice(new.speaker, new.microphone, new.ring_device, new.ring_on_speaker))

    def _hear_devices(self, report: audio.SoundReport) -> None:
        self._use(works=bool(report.outputs and report.inputs))
        devices = messages.AudioDevices(outputs=report.outputs, inputs=report.inputs)
        if self._asked or devices != self._devices:
            self._asked, self._devices = False, devices
            self._link.send(devices)
        self._ready(report.trouble)

    def _ready(self, trouble: str) -> None:
        say, self._say_ready = self._say_ready, None
        if say is not None:
            say(trouble)

    def _use(self, *, works: bool) -> None:
        self.works = works
        if self._calls.media is not None:
            self._calls.media.use_sound(self._sound if works else None, list(self._calls.calls.values()))
        self.follow_calls()
