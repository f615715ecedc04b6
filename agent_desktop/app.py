"""The composition root: everything a workstation is made of is built here, top to bottom."""

import contextlib
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from agent_desktop import crash, data, garbage, numbers, paths, secrets, server_address, told
from agent_desktop import log as logs
from agent_desktop import settings as settings_file
from agent_desktop.core import sign_in, workstation
from agent_desktop.core.workstation import AlreadyRunning, Core, build_core, database_password
from agent_desktop.data import local_key
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.first_look import Looking
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.settings import Settings
from agent_desktop.ui import first_picture, program_language, theme
from agent_desktop.ui.first_answer import FirstRun

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow

log = logging.getLogger("ui")

SETTLED_MS = 4_000  # after the window opened
# How long the keyring may take before somebody is asked, and before the start where nothing is encrypted goes on.
KEY_WITHIN_S, NO_KEY_WITHIN_S = 2.0, 3.0


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
    garbage.Garbage(application)
    told.set_translator(QCoreApplication.translate)
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


def run(
    profile: Profile,
    key: local_key.Asking,
    database: str | None = None,
    sip_listen: str | None = None,
    looking: Looking | None = None,
) -> int:
    """The workstation; returns its exit code. ``key``: the keyring is being asked for that of the profile's files;
    ``looking`` can read what Home shows first."""
    logs.start(profile.log_file)
    crash.start(profile.log_file)
    application = make_application()
    try:
        ask = False
        while True:
            begun = _begin(application, profile, database, sip_listen, ask=ask)
            if begun is None:
                return Exit.OK
            if isinstance(begun, FirstRun):
                return demo(None, tour=False)
            if not _key_settled(application, profile, key, begun[0]):
                return Exit.OK
            core = build_core(profile, *begun)
            _look_ahead(core, looking)
            looking = None  # whoever signs in after this one finds the libraries loaded
            code = show(application, core)
            if not core.signed_out:
                return code
            database, ask = _after_signing_out(core, database), True
    except settings_file.BadSettings as error:
        return _complain(
            f"The settings cannot be read: {error}\nMend or remove the file, then start again.", Exit.USAGE
        )
    except AlreadyRunning:
        return _complain("This profile is already open in another window.", Exit.RUNNING)
    except DatabaseTrouble as trouble:
        return _complain(f"Nothing can be kept on this computer: {trouble.text}\n{trouble.advice}", Exit.DATABASE)


def _key_settled(application: QApplication, profile: Profile, key: local_key.Asking, settings: Settings) -> bool:
    """Whether the work can begin: with the key of this computer's files, or without where somebody says so."""
    answer = key.wait(KEY_WITHIN_S if key.may_be_encrypted() else NO_KEY_WITHIN_S)
    if answer is None and not key.may_be_encrypted():
        answer = local_key.OPEN  # a keyring that takes so long is for the next start
    if answer is None or answer.state in (local_key.State.AWAY, local_key.State.LOST):
        from agent_desktop.ui import entrance

        answer = entrance.ask_for_the_key(application, profile, settings, key)
    if answer is None:
        return False
    local_key.settle(profile.root, answer)
    return True


def _begin(
    application: QApplication, profile: Profile, database: str | None, sip_listen: str | None, *, ask: bool
) -> tuple[Settings, str | None] | FirstRun | None:
    """The settings and the database to work with, after asking what has to be asked; the answer of somebody who only
    wants to practise; None when a window was closed instead. ``ask`` for the password though it may be known. Raises
    BadSettings, DatabaseTrouble."""
    _hide_password(profile)
    settings = load_settings(profile, sip_listen)
    program_language.speak(application, settings.look.language)
    address = server_address.parse(database or settings.database.url)
    if not settings.work.agent_login:
        begun = _first_run(application, profile, settings, database)
        if begun is None or begun.practice:
            return begun
        settings = load_settings(profile, sip_listen)
        address = server_address.parse(database or settings.database.url)
    if address is None or (not ask and sign_in.password_known(address)):
        return settings, database
    from agent_desktop.ui import entrance

    signed_in = entrance.ask_to_sign_in(application, profile, settings, address, chosen_here=database is None)
    if signed_in is None:
        return None
    entrance.kept(profile, settings, signed_in, chosen_here=database is None)
    return load_settings(profile, sip_listen), database and signed_in.address.url


def _look_ahead(core: Core, looking: Looking | None) -> None:
    """Have Home's day read while the window is made, where it is known whose."""
    if looking is not None:
        core.first_look.ask(looking, str(core.store.where), lambda: database_password(core.address))
        if not core.first_look.asked:
            looking.close()


def _hide_password(profile: Profile) -> None:
    """A password that somebody wrote into the settings' address goes into the keyring, if there is one."""
    settings = settings_file.load(profile.settings_file)
    address = server_address.parse(settings.database.url)
    if address is None or not address.password:
        return
    with contextlib.suppress(secrets.NoKeyring, OSError):  # without one the file is the only place it is kept in
        secrets.write(address.secret_name, address.password)
        database = msgspec.structs.replace(settings.database, url=address.url)
        hidden = msgspec.structs.replace(settings, database=database)
        settings_file.save(profile.settings_file, hidden)


def _after_signing_out(core: Core, database: str | None) -> str | None:
    """Whoever comes next starts from the sign-in page: nothing of the last window or password is left."""
    gc.unfreeze()
    gc.collect()
    if core.address is None:
        return database
    secrets.forget(core.address.secret_name)
    return core.address.url if database else None  # without a password that stood in it


def _first_run(
    application: QApplication, profile: Profile, settings: Settings, database: str | None
) -> FirstRun | None:
    """Ask what this computer is to be; None when the window was closed. Raises DatabaseTrouble."""
    from agent_desktop.ui import entrance

    address = server_address.parse(database or settings.database.url)
    answered = entrance.first_run(application, settings, address)
    if answered is None:
        return None
    answer, admission = answered
    if answer.address is not None:
        signed_in = entrance.SignedIn(answer.address, answer.database_password, admission)
        kept = entrance.kept(profile, answer.settings, signed_in, chosen_here=database is None)
        answer = replace(answer, settings=kept)
    if not answer.practice:
        begin(profile, answer, database)
    return answer


def begin(profile: Profile, answer: FirstRun, database: str | None) -> None:
    """Keep what the first run was told; in an embedded database the agent comes into being. Raises DatabaseTrouble."""
    settings_file.save(profile.settings_file, answer.settings)
    if answer.password:
        with contextlib.suppress(secrets.NoKeyring):  # kept in memory; the settings page says so too
            secrets.write(workstation.password_name(answer.settings.phone), answer.password)
    where = database or answer.settings.database.url or profile.database_file
    if isinstance(where, Path) or where.startswith("sqlite"):
        login = answer.settings.work.agent_login
        with contextlib.closing(data.db.Database.open(where, create=True)) as opened, opened.write() as session:
            if data.agents.agent_by_login(session, login) is None:
                data.agents.create_agent(session, answer.name, login, extension=answer.settings.phone.user)


def show(application: QApplication, core: Core, opened: Callable[[object], None] | None = None) -> int:
    """Open the window on a built core and run until it closes."""
    window = open_window(application, core)
    if opened is not None:
        opened(window)
    code = application.exec()
    core.stop(keep_calls=window.keep_calls)
    if core.signed_out:
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return code


def open_window(application: QApplication, core: Core) -> "MainWindow":
    """The window on the screen and the core at work; painted when the event loop runs."""
    from agent_desktop.ui.main_window import MainWindow

    theme.apply(application, core.settings.look.mode, core.settings.look.text_size)
    window = MainWindow(core)
    window.restore_place()
    window.show()
    home, look = window.workspace.home, core.first_look  # the window itself is covered by it, and never painted
    jobs = (
        core.open,  # its threads would share the interpreter with the painting
        window.settings_wiring.ask_passwords,
        window.workspace.prepare,
        lambda: numbers.warm_up(core.settings.numbers.region),
        gc.freeze,  # what was built until now need not be looked at
    )
    if look.asked:
        look.settled.connect(lambda shown: (first_picture.then if shown else first_picture.in_turn)(home, *jobs))
        first_picture.then(home, core.start_phone, look.take)
    else:
        first_picture.then(home, core.start_phone, *jobs)
    QTimer.singleShot(SETTLED_MS, window, _spare_the_collector)
    return window


def _spare_the_collector() -> None:
    """What is alive now stays alive: looking through all of it again stalled the screen for up to 0.2 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _complain(text: str, code: Exit) -> int:
    print(text, file=sys.stderr)
    return code


def demo(
    profile: Path | None, tour: bool, report: Path | None = None, shots: Path | None = None, speed: float = 1.0
) -> int:
    """The made-up company with the practice switch; with ``tour`` it drives itself."""
    from agent_desktop.demo import Wishes
    from agent_desktop.demo import run as show_demo

    return show_demo(profile, Wishes(tour=tour, report=report, shots=shots, speed=speed))


def shots(directory: Path, only: str = "") -> int:
    """Screenshots of every screen, light and dark, from the real program on demo data."""
    from agent_desktop.shots import take

    return take(directory, only)
