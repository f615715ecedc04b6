"""The company of the main job's figures: 100,000 customers, seeded once and kept in build/bench-data."""

import contextlib
import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import Any

from agent_desktop import paths
from agent_desktop import settings as settings_file
from agent_desktop.data import seed as seeding
from agent_desktop.data.db import Database
from agent_desktop.paths import Profile
from benchmarks import figure

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))
AGENT = "dana"
HOST = "127.0.0.1"
_CACHE = Path(__file__).parents[1] / "build" / "bench-data"


def database() -> tuple[Path, list[dict[str, Any]]]:
    """The seeded file, and the figure of the seeding where that was done now.

    The file is made anew when anything that shapes it has changed: models, migrations or the seed itself.
    """
    _CACHE.mkdir(parents=True, exist_ok=True)
    file = _CACHE / f"company-{CUSTOMERS}-{_shape()}.db"
    if file.exists():
        return file, []
    for old in _CACHE.glob(f"company-{CUSTOMERS}-*"):
        old.unlink()
    fresh = file.with_suffix(".new")
    started = time.perf_counter()
    with contextlib.closing(Database.open(fresh, create=True)) as opened:
        seeding.seed(opened, customers_wanted=CUSTOMERS)
    took = time.perf_counter() - started
    fresh.rename(file)
    name = f"seed {CUSTOMERS:,} customers, {CUSTOMERS * seeding.CONTACTS_PER_CUSTOMER:,} interactions"
    return file, [figure(name, took, "s", limit=180, n=1)]


def profile(folder: Path, port: int) -> Profile:
    """A workstation's profile on a copy of the company: Dana, ready, in direct mode, without sound."""
    made = Profile(folder)
    made.make()
    shutil.copyfile(database()[0], made.database_file)
    settings_file.save(made.settings_file, settings(port))
    return made


def settings(port: int) -> settings_file.Settings:
    return settings_file.Settings(
        phone=settings_file.Phone(listen_host=HOST, listen_port=port, sound=False),
        work=settings_file.Work(agent_login=AGENT, ready_at_start=True),
        look=settings_file.Look(mode="light"),
    )


def _shape() -> str:
    data = Path(paths.__file__).parent / "data"
    files = [
        *sorted(data.glob("models/*.py")),
        *sorted(data.glob("seed*.py")),
        *sorted(data.glob("migrations/versions/*.py")),
    ]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
