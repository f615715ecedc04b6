import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from agent_desktop import app
from agent_desktop import settings as settings_file
from agent_desktop.core.workstation import build_core
from agent_desktop.paths import Profile
from agent_desktop.ui import first_picture
from tests.support import sip
from tests.support.workstation import settings, spin_until

LATER = ("keyring", "sqlalchemy", "alembic", "pyqtgraph", "numpy", "rich", "sounddevice", "pjsua2")


def test_the_start_imports_nothing_that_can_wait(tmp_path):
    """Also what is asked before the database is open loads no library of it on the interface's thread."""
    code = (
        "import os, pathlib, sys, agent_desktop.ui.main_window; from agent_desktop import app, settings\n"
        f"core = app.build_core(app.Profile(pathlib.Path({str(tmp_path)!r})), settings.Settings())\n"
        "core.scripts.start(); core.session.load_centre(); core.home.load(); core.work.load(); core.live.look()\n"
        f"print(*(set({LATER}) & set(sys.modules)), flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.fixture
def nothing_frozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_was_built_is_never_looked_through_for_garbage(qapp, tmp_path, nothing_frozen, monkeypatch):
    monkeypatch.setattr(first_picture, "NEVER_SHOWN_MS", 60_000)  # so it is the painting that begins it
    core = build_core(Profile(tmp_path / "desk"), settings(sip.free_port()))
    window = app.open_window(qapp, core)
    try:
        assert window.isVisible()
        spin_until(gc.get_freeze_count, "work has begun")
    finally:
        core.stop()
        window.close()
        window.deleteLater()


def test_a_password_in_the_settings_moves_to_the_keyring(tmp_path, monkeypatch):
    kept: dict[str, str] = {}
    monkeypatch.setattr(app.secrets, "write", kept.__setitem__)
    profile = Profile(tmp_path / "desk")
    written = settings_file.Settings(database=settings_file.Database(url="postgresql://dana:s%40cret@db/centre"))
    settings_file.save(profile.settings_file, written)
    app._hide_password(profile)
    assert kept == {"db:dana@db/centre": "s@cret"}
    assert settings_file.load(profile.settings_file).database.url == "postgresql://dana@db/centre"
    assert "cret" not in profile.settings_file.read_text()
