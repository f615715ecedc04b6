"""The composition root: everything a workstation is made of is built here, top to bottom."""

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtWidgets import QApplication

from agent_desktop import crash, numbers, paths, secrets, tasks
from agent_desktop import log as logs
from agent_desktop import settings as settings_file
from agent_desktop.core.home import Home
from agent_desktop.core.live import Live
from agent_desktop.core.session import Session
from agent_desktop.core.store import Store
from agent_desktop.core.work_list import WorkList
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.journal import Journal
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.settings import Settings
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone
from agent_desktop.ui import theme

log = logging.getLogger("ui")


class AlreadyRunning(Exception):
    """Another window has this profile open."""


@dataclass
class Core:
    """What works without a window; one per process."""

    profile: Profile
    settings: Settings
    lock: QLockFile
    tasks: tasks.Tasks
    journal: Journal
    store: Store
    phone: Phone
    session: Session
    live: Live
    home: Home
    work: WorkList

    def start(self) -> None:
        """Open the database in the background and start the phone."""
        self.store.start()
        self.session.start(configuration(self.settings))

    def stop(self, *, keep_calls: bool = False) -> None:
        """Sign out, send what can be sent, end the threads; what could not be sent stays in the journal."""
        self.session.stop(keep_calls=keep_calls)
        self.store.flush()
        self.store.stop()
        self.tasks.stop()
        self.store.close()
        self.journal.close()
        self.lock.unlock()


def build_core(profile: Profile, settings: Settings, database: str | None = None, *, create: bool = True) -> Core:
    """Put the parts together; nothing runs yet. Raises AlreadyRunning, DatabaseTrouble (no journal can be kept)."""
    profile.make()
    lock = QLockFile(str(profile.root / "desktop.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        raise AlreadyRunning
    where = database or settings.database.url or profile.database_file
    is_server = isinstance(where, str) and "://" in where and not where.startswith("sqlite")
    lanes = tasks.Tasks()
    journal = Journal(profile.journal_file)
    store = Store(where, journal, lanes, create=create and not is_server)
    phone = Phone(profile.engine_dir)
    session = Session(phone, store, settings)
    live = Live(store)
    home = Home(store, live.board)
    work = WorkList(store, session.dial)
    core = Core(profile, settings, lock, lanes, journal, store, phone, session, live, home, work)
    _wire(core)
    return core


def _wire(core: Core) -> None:
    session = core.session

    def take_centre(centre: object) -> None:
        core.live.set_centre(session.centre)
        core.home.set_agent(session.agent)
        core.work.agent_id = session.agent.id if session.agent is not None else None
        core.work.load()

    session.centre_changed.connect(take_centre)
    session.calls.over.connect(core.work.call_over)
    core.live.fed.connect(core.home.board_fed)
    core.work.notice.connect(session.notice)
    core.store.opened.connect(core.home.load)
    take_centre(session.centre)


def configuration(settings: Settings) -> messages.Configure:
    """What the engine is told, from the settings; the password comes from the keyring."""
    phone = settings.phone
    account = None
    if phone.mode == "account" and phone.domain:
        account = messages.SipAccount(
            user=phone.user,
            domain=phone.domain,
            password=secrets.read(password_name(phone)) or "",
            display_name=phone.display_name,
            auth_user=phone.auth_user,
            transport=phone.transport,
        )
    return messages.Configure(
        listen_host=phone.listen_host,
        listen_port=phone.listen_port,
        account=account,
        user=phone.user,
        audio="device" if phone.sound else "null",
        speaker=phone.speaker,
        microphone=phone.microphone,
        ring_device=phone.ring_device,
        ring_file=str(paths.resource("sounds", "ring.wav")),
    )


def password_name(phone: settings_file.Phone) -> str:
    """Under which name the keyring holds an account's password."""
    return f"sip:{phone.user}@{phone.domain}"


# ---------------------------------------------------------------- the program


def make_application() -> QApplication:
    """The one QApplication, or the one there is."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(sys.argv[:1])
    application.setApplicationName(paths.APP_NAME)
    application.setApplicationDisplayName("Agent Desktop")
    application.setDesktopFileName(paths.APP_NAME)
    application.setQuitOnLastWindowClosed(True)
    return application


def load_settings(profile: Profile, sip_listen: str | None = None) -> Settings:
    """The profile's settings with the command line's word over them. Raises BadSettings, ValueError."""
    settings = settings_file.load(profile.settings_file)
    if sip_listen:
        host, _, port = sip_listen.rpartition(":")
        phone = msgspec.structs.replace(
            settings.phone, mode="direct", listen_host=host.strip("[]"), listen_port=int(port)
        )
        settings = msgspec.structs.replace(settings, phone=phone)
    return settings


def run(profile: Profile, database: str | None = None, sip_listen: str | None = None) -> int:
    """The workstation; returns its exit code."""
    profile.make()
    logs.start(profile.log_file)
    crash.start(profile.log_file)
    application = make_application()
    try:
        settings = load_settings(profile, sip_listen)
        core = build_core(profile, settings, database)
    except settings_file.BadSettings as error:
        return _complain(
            f"The settings cannot be read: {error}\nMend or remove the file, then start again.", Exit.USAGE
        )
    except AlreadyRunning:
        return _complain("This profile is already open in another window.", Exit.RUNNING)
    except DatabaseTrouble as trouble:
        return _complain(f"Nothing can be kept on this computer: {trouble.text}\n{trouble.advice}", Exit.DATABASE)
    return show(application, core)


def show(application: QApplication, core: Core, opened: Callable[[object], None] | None = None) -> int:
    """Open the window on a built core and run until it closes."""
    from agent_desktop.ui.main_window import MainWindow

    theme.apply(application, core.settings.look.mode, core.settings.look.text_size)
    window = MainWindow(core)
    window.restore_place()
    window.show()
    core.start()
    # 35 ms of number tables: after the first picture, before the first call.
    QTimer.singleShot(0, window, lambda: numbers.warm_up(core.settings.numbers.region))
    if opened is not None:
        opened(window)
    code = application.exec()
    core.stop(keep_calls=window.keep_calls)
    return code


def _complain(text: str, code: Exit) -> int:
    print(text, file=sys.stderr)
    return code


def dial(profile: Profile, number: str) -> int:
    """Ask the running window of this profile to dial; it asks its user first."""
    from agent_desktop.core import doorbell

    if doorbell.ring(profile, number):
        return Exit.OK
    return _complain("No window of this profile is open. Start it first: agent-desktop run", Exit.FAILED)


def demo(
    profile: Path | None, tour: bool, report: Path | None = None, shots: Path | None = None, speed: float = 1.0
) -> int:
    """The made-up company with the practice switch; with ``tour`` it drives itself."""
    from agent_desktop import demo as demonstration

    return demonstration.run(profile, demonstration.Wishes(tour=tour, report=report, shots=shots, speed=speed))


def shots(directory: Path) -> int:
    """Screenshots of every screen, light and dark, from the real program on demo data."""
    from agent_desktop import shots as pictures

    return pictures.take(directory)


def process_started_s() -> float:
    """Seconds since this process began, for the start-up figure."""
    clock_ticks = os.sysconf("SC_CLK_TCK")
    with open("/proc/self/stat", encoding="ascii") as file:
        began = int(file.read().rpartition(")")[2].split()[19]) / clock_ticks
    with open("/proc/uptime", encoding="ascii") as file:
        return float(file.read().split()[0]) - began


__all__ = ["AlreadyRunning", "Core", "build_core", "configuration", "demo", "dial", "run", "show"]
