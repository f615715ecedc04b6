"""What happened to the journal is told above the page, from the start on."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from agent_desktop.core.workstation import build_core
from agent_desktop.data import local_key
from agent_desktop.ui.main_window import MainWindow
from tests.support.workstation import Bench, settings


def test_a_journal_whose_key_is_away_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "desk")
    bench.profile.journal_file.write_bytes(b"encrypted" * 999)
    local_key.settle(bench.profile.root, local_key.AWAY)
    bench.core = build_core(bench.profile, settings(bench.port))
    window = MainWindow(bench.core)
    window.show()
    bench.core.start()
    try:
        assert window.shell.banners.keys() == ["journal"]
    finally:
        window._closing = True
        window.close()
        bench.stop()
        window.deleteLater()
        local_key.forget(bench.profile.root)
