"""What a phone engine costs while nobody calls, without sound and with each sound server: processor share and memory.

The floor runs beside it: a bare loop around the same SIP library, with the same wait and nothing else to do.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks import figure
from tests.support import sip, sound

SETTLE_S = 3.0
MEASURE_S = 20.0

BARE = """
import sys
import pjsua2 as pj
endpoint = pj.Endpoint()
endpoint.libCreate()
settings = pj.EpConfig()
settings.uaConfig.threadCnt = 0
settings.uaConfig.mainThreadOnly = True
settings.logConfig.level = settings.logConfig.consoleLevel = 0
settings.medConfig.sndAutoCloseTime = -1
endpoint.libInit(settings)
transport = pj.TransportConfig()
transport.boundAddress = "127.0.0.1"
endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
endpoint.libStart()
endpoint.audDevManager().setNullDev()
while True:
    endpoint.libHandleEvents(20)
"""


def figures() -> list[dict[str, Any]]:
    """Percent of one core over 20 s, of engines in direct mode that idle side by side, and resident MB of the first."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        engines = {"": _engine(stack, folder / "engine")}
        for kind, programs in sound.PROGRAMS.items():
            if all(map(shutil.which, programs)):
                engines[kind] = _engine_with(stack, folder, kind)
            else:
                print(f"{kind} is not installed: left out", file=sys.stderr)
        bare = subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.DEVNULL)
        try:
            processes = [*engines.values(), psutil.Process(bare.pid)]
            time.sleep(SETTLE_S)
            before = [_seconds(process) for process in processes]
            time.sleep(MEASURE_S)
            *ours, floor = (
                100 * (_seconds(process) - then) / MEASURE_S for process, then in zip(processes, before, strict=True)
            )
            memory = engines[""].memory_info().rss / 1e6
        finally:
            bare.kill()
            bare.wait()
    named = [
        (f"phone engine, idle{f', {kind}' if kind else ''}", share) for kind, share in zip(engines, ours, strict=True)
    ]
    return [
        *(figure(title, share, "% of a core", limit=1.0, floor=floor, n=1) for title, share in named),
        figure("phone engine, memory", memory, "MB", limit=80.0, n=1),
    ]


def _engine(stack: contextlib.ExitStack, folder: Path, **configure: object) -> psutil.Process:
    engine = sip.EngineDriver(folder, **configure).start()
    stack.callback(engine.stop)
    assert engine.process is not None
    return psutil.Process(engine.process.pid)


def _engine_with(stack: contextlib.ExitStack, folder: Path, kind: str) -> psutil.Process:
    """With a sound server of its own."""
    (folder / kind).mkdir()
    server = sound.SoundServer(folder / kind, kind)
    stack.callback(server.stop)
    before = {key: os.environ.get(key) for key in server.environment}
    os.environ.update(server.environment)
    try:
        return _engine(stack, folder / f"engine-{kind}", audio="device")
    finally:
        for key, value in before.items():
            os.environ.pop(key, None) if value is None else os.environ.update({key: value})


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)
