"""The demonstration: a made-up company on its own database, and the practice switch that rings for real."""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop import app, clock, crash, paths
from agent_desktop import log as logs
from agent_desktop import settings as settings_file
from agent_desktop.core.views import Notice, PhoneView
from agent_desktop.core.workstation import AlreadyRunning, Core, build_core
from agent_desktop.data.db import Database
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.practice.control import PracticeOptions, PracticeSwitch
from agent_desktop.ui import program_language
from agent_desktop.ui.main_window import MainWindow

log = logging.getLogger("practice")

AGENT = "dana"
CUSTOMERS = 2_000
WEEKS = 8  # of a past as busy as the day: forecasts rest on them


class Wishes(msgspec.Struct, frozen=True):
    """What the command line asked for."""

    tour: bool = False
    report: Path | None = None
    shots: Path | None = None
    speed: float = 1.0


class Practice(QObject):
    """The practice switch beside a window: started once the phone listens. Signals: ready(), reported(dict)."""

    ready = Signal()
    reported = Signal(dict)

    def __init__(self, core: Core, options: PracticeOptions):
        super().__init__()
        self._core, self._options = core, options
        self.speed = options.speed
        self.switch = PracticeSwitch(self)
        self.switch.reported.connect(self._heard)
        self.switch.stopped.connect(self._stopped)
        self.window: MainWindow | None = None
        self.is_ready = False
        core.session.phone_changed.connect(self._phone_changed)

    def attach(self, window: MainWindow) -> None:
        """Show that calls are practice, and let the window choose their pace."""
        self.window = window
        window.practice_order, window.practice_pace = self._ordered, self.speed
        window.shell.top_bar.set_practice(True, self.speed)

    @Slot(object)
    def _phone_changed(self, phone: PhoneView) -> None:
        if phone.usable and phone.listen_port and not self.switch.running:
            target = f"sip:agent@127.0.0.1:{phone.listen_port}"
            self.switch.start(self._core.profile.database_file, target, AGENT, self._options)

    @Slot(dict)
    def _heard(self, report: dict[str, Any]) -> None:
        if report.get("report") == "ready":
            self._core.session.outgoing.direct_peer = f"127.0.0.1:{report['port']}"
            self.is_ready = True
            self._with_menus(True)
            self.ready.emit()
        elif report.get("report") in ("trouble", "refused"):
            log.warning("practice: %s", report.get("text"))
        self.reported.emit(report)

    def _ordered(self, what: str, value: float) -> None:
        if what == "speed":
            self.speed = value
            self.switch.set_speed(value)
            if self.window is not None:
                self.window.practice_pace = value
                self.window.shell.top_bar.set_practice(True, value)
        else:
            self.switch.call("Billing")

    def _with_menus(self, there: bool) -> None:
        """Callers can be handed to a menu for as long as the switch runs."""
        self._core.handovers.practised = there
        self._core.handovers.tell()

    @Slot(str)
    def _stopped(self, why: str) -> None:
        self.is_ready = False
        self._with_menus(False)
        self._core.session.outgoing.direct_peer = ""
        if why and self.window is not None:
            self.window.shell.notify(Notice(self.tr("The practice switch ended: {0}").format(why), "warn"))

    def stop(self) -> None:
        """Everybody hangs up."""
        self.switch.stop_and_wait()


def prepare(
    profile: Profile, *, customers: int = CUSTOMERS, weeks: int = WEEKS, ready: bool = True
) -> settings_file.Settings:
    """A fresh demo company in ``profile`` and the settings to work in it."""
    profile.make()
    for old in profile.root.glob("agent-desktop.db*"):
        old.unlink()
    for old in profile.root.glob("journal.db*"):
        old.unlink()
    from agent_desktop.data.seed import seed

    with contextlib.closing(Database.open(profile.database_file, create=True)) as database:
        seed(database, customers_wanted=customers, weeks=weeks, now=clock.now())
    return settings_file.Settings(
        phone=settings_file.Phone(listen_host="127.0.0.1", display_name="Dana Okafor"),
        work=settings_file.Work(agent_login=AGENT, ready_at_start=ready),
        look=_look(profile),
    )


def _look(profile: Profile) -> settings_file.Look:
    """Colours and text size chosen in an earlier demonstration stay."""
    try:
        return settings_file.load(profile.settings_file).look
    except settings_file.BadSettings:
        return settings_file.Look()


def run(folder: Path | None, wishes: Wishes) -> int:
    """Open the demonstration, or let it drive itself; the exit code."""
    if wishes.tour:
        from agent_desktop.tour import run as walk

        with temporary_profile() as profile:
            return walk(profile, wishes)
    profile = Profile(folder or paths.default_profile().root.with_name("agent-desktop-demo"))
    profile.make()
    logs.start(profile.log_file)
    crash.start(profile.log_file)
    application = app.make_application()
    print("Preparing the demo company …", flush=True)
    try:
        settings = prepare(profile)
        program_language.speak(application, settings.look.language)
        core = build_core(profile, settings)
    except AlreadyRunning:
        print("The demonstration is already open in another window.")
        return Exit.RUNNING
    practice = Practice(core, PracticeOptions(speed=wishes.speed, hour=company_hour()))

    def opened(window: object) -> None:
        assert isinstance(window, MainWindow)
        practice.attach(window)
        QTimer.singleShot(0, window, lambda: _greet(window))

    code = app.show(application, core, opened)
    practice.stop()
    return code


def _greet(window: MainWindow) -> None:
    words = window.tr("Practice: the calls are made up, the phone is real. F2 answers, F9 ends, F1 shows all keys.")
    window.shell.notify(Notice(words, "info"))


def company_hour() -> float:
    """What the company's clock says: it is never night there, and the day's calls are those that were expected."""
    from agent_desktop.data.seed_pattern import behind

    local = clock.now().astimezone().replace(tzinfo=None)
    at = local - behind(local)
    return at.hour + at.minute / 60 + at.second / 3600


@contextlib.contextmanager
def temporary_profile() -> Iterator[Profile]:
    """A profile that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="agent-desktop-"))
    try:
        yield Profile(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
