"""The composition root: everything a workstation is made of is built here, top to bottom."""

import contextlib
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from agent_desktop import crash, data, numbers, paths, secrets
from agent_desktop import log as logs
from agent_desktop import settings as settings_file
from agent_desktop.core import figures, workstation
from agent_desktop.core.workstation import AlreadyRunning, Core, build_core
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.exit_codes import Exit
from agent_desktop.paths import Profile
from agent_desktop.settings import Settings
from agent_desktop.ui import first_picture, theme

if TYPE_CHECKING:
    from agent_desktop.ui.first_run import FirstRun
    from agent_desktop.ui.main_window import MainWindow

log = logging.getLogger("ui")

SETTLED_MS = 4_000  # after the window opened


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
    figures.set_translator(lambda text: QCoreApplication.translate("figures", text))
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
        if not settings.work.agent_login:
            begun = _first_run(application, profile, settings, database)
            if begun is None:
                return Exit.OK
            if begun.practice:
                return demo(None, tour=False)
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


def _first_run(
    application: QApplication, profile: Profile, settings: Settings, database: str | None
) -> "FirstRun | None":
    """Ask who works here and how calls come; None when the window was closed. Raises DatabaseTrouble."""
    from agent_desktop.ui.first_run import FirstRunPage

    theme.apply(application, settings.look.mode, settings.look.text_size)
    answers: list[FirstRun] = []
    page, loop = FirstRunPage(settings), QEventLoop()
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page.setWindowTitle("Agent Desktop")
    page.finished.connect(answers.append)
    page.finished.connect(page.close)
    page.destroyed.connect(loop.quit)
    page.resize(900, 720)
    page.show()
    application.setQuitOnLastWindowClosed(False)
    loop.exec()
    application.setQuitOnLastWindowClosed(True)
    if not answers:
        return None
    answer = answers[0]
    if not answer.practice:
        begin(profile, answer, database)
    return answer


def begin(profile: Profile, answer: "FirstRun", database: str | None) -> None:
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
    return code


def open_window(application: QApplication, core: Core) -> "MainWindow":
    """The window on the screen and the core at work; painted when the event loop runs."""
    from agent_desktop.ui.main_window import MainWindow

    theme.apply(application, core.settings.look.mode, core.settings.look.text_size)
    window = MainWindow(core)
    window.restore_place()
    window.show()
    core.start()
    first_picture.then(
        window,
        window.settings_wiring.ask_passwords,
        window.workspace.prepare,
        lambda: numbers.warm_up(core.settings.numbers.region),
        _collect_from_now_on,
    )
    QTimer.singleShot(SETTLED_MS, window, _spare_the_collector)
    return window


def _collect_from_now_on() -> None:
    """The command line switched the collector off for the start; what was built until now it need not look at."""
    gc.freeze()
    gc.enable()


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


def shots(directory: Path) -> int:
    """Screenshots of every screen, light and dark, from the real program on demo data."""
    from agent_desktop.shots import take

    return take(directory)
