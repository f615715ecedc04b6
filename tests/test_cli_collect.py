"""The command that runs the collector: what it refuses, and that it needs no window."""

import subprocess
import sys

import pytest

from agent_desktop.cli import main as command_line
from agent_desktop.exit_codes import Exit


@pytest.mark.parametrize(
    ("text", "why", "status"),
    [
        ('database = "x"\npbx = []\n', "there is no [[pbx]] in it", Exit.USAGE),
        ('database = "x"\n[[pbx]]\nname = "main"\n', "state_dir is missing", Exit.USAGE),
        (None, "No such file", Exit.FAILED),
    ],
)
def test_a_file_that_cannot_be_used_ends_it_in_words(tmp_path, capsys, monkeypatch, text, why, status):
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setattr("agent_desktop.log.start", lambda _file: None)
    file = tmp_path / "collector.toml"
    if text is not None:
        file.write_text(text)
    assert command_line(["collect", "--config", str(file)]) == status
    assert why in capsys.readouterr().err


def test_the_service_loads_nothing_of_the_interface():
    program = (
        "import sys\nimport agent_desktop.cli, agent_desktop.collector.service, agent_desktop.data\n"
        "agent_desktop.data.agents, agent_desktop.data.queues, agent_desktop.data.history\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph', 'pjsua2'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
