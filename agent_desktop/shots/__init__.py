"""Screenshots of every screen from the real program on demo data, light and dark, in the sizes that must hold."""

from pathlib import Path

from agent_desktop import app, demo
from agent_desktop.core.workstation import build_core
from agent_desktop.exit_codes import Exit
from agent_desktop.practice.control import PracticeOptions
from agent_desktop.shots.calls import Calls
from agent_desktop.shots.centre import Centre
from agent_desktop.shots.pages import Pages
from agent_desktop.shots.studio import Studio
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow

SCENES: dict[str, type[Pages | Calls | Centre]] = {"pages": Pages, "calls": Calls, "centre": Centre}


def take(directory: Path, only: str = "") -> int:
    """Take pictures into ``directory``: all, or ``only`` one part of SCENES."""
    directory.mkdir(parents=True, exist_ok=True)
    application = app.make_application()
    with demo.temporary_profile() as profile:
        profile.make()
        settings = demo.prepare(profile)
        core = build_core(profile, settings)
        theme.apply(application, "light", 100)
        window = MainWindow(core)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        core.start()
        practice = demo.Practice(core, PracticeOptions(hour=demo.company_hour()))
        practice.attach(window)
        studio = Studio(window, practice, directory)
        try:
            studio.wait(20, lambda: practice.is_ready)
            practice.switch.quiet(True)
            studio.wait(3)
            studio.act("workspace")
            window.shell.call_bar.focus_dial()
            studio.take("home")
            for name, scenes in SCENES.items():
                if only in ("", name):
                    scenes(studio).take()
        finally:
            practice.stop()
            core.stop()
            window.close()
    print(f"{len(studio.taken)} pictures in {directory}")
    return Exit.OK
