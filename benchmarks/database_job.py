"""The main job's first picture with the desktop on the big centre: from the INVITE to the painted card and history.

The desk of main_job.py, signed in as an agent under row-level security, on the server of database_server.py. Each call
is answered and wrapped up, as there; every caller is another customer, drawn as calls are. In turns with it the pop
alone, by another agent on a connection of its own: what of the picture the database takes.
"""

import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from agent_desktop import app, numbers
from agent_desktop import settings as settings_file
from agent_desktop.paths import Profile
from agent_desktop.ui import theme
from benchmarks import _company, database_pop, figure, main_job
from benchmarks._caller import Caller
from benchmarks.database_server import AGENTS, CUSTOMERS, PART, Server, e164, running
from tests.support import sip

CALLS = int(os.environ.get("BENCH_SERVER_CALLS", "200"))
LIMIT_MS = 150.0
_ROOT = Path(__file__).parents[1]


def figures() -> list[dict[str, Any]]:
    """Median and p99 in milliseconds."""
    with running() as server:
        try:
            took = _measured(server)
        finally:
            database_pop.clean(server)
    made = []
    for share in (0.50, 0.99):
        value, floor = (database_pop.quantile(took[name], share) for name in ("popped", "pop alone"))
        name = f"INVITE to customer card and history painted on PostgreSQL, p{round(share * 100)}"
        made.append(figure(name, value, "ms", limit=LIMIT_MS, floor=floor, n=len(took["popped"]), part=PART))
    return made


def _measured(server: Server) -> dict[str, list[float]]:
    application = QApplication.instance() or app.make_application()
    assert isinstance(application, QApplication)
    theme.apply(application, "light", 100)
    caller = Caller()
    alone = database_pop.Desk(server, AGENTS[5])
    (_ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_ROOT / "build") as folder:
        port = sip.free_port(*main_job._PORTS)
        profile = Profile(Path(folder) / "profile")
        profile.make()
        settings_file.save(profile.settings_file, _company.settings(port))
        desk = main_job.Desk(application, profile, port, caller, server.url(AGENTS[4]))
        try:
            return _calls(desk, alone)
        finally:
            desk.stop()
            caller.close()
            alone.database.close()


def _calls(desk: main_job.Desk, alone: database_pop.Desk) -> dict[str, list[float]]:
    took: dict[str, list[float]] = defaultdict(list)
    queue = desk.core.session.centre.queues[0].name
    turns = main_job.WARM_UP + CALLS
    for turn in range(turns):
        number = e164(int(CUSTOMERS * ((turn + 0.5) / turns) ** database_pop.SKEW))
        alone.look_up([numbers.parse(number, "PL")])  # and so warm, as a caller who called before is
        steps = desk.call(f"server{turn}", number, queue, by_key=turn % 2 == 0)
        main_job.breathe(main_job.SETTLE_S)
        if turn >= main_job.WARM_UP:
            took["popped"].append(steps["popped"])
            took["pop alone"].append(alone.times[-1])
    return took


if __name__ == "__main__":
    for one in figures():
        print(one)
