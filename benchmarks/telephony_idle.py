"""What a phone engine costs while nobody calls: processor share and memory of the process.

The floor runs beside it: a bare loop around the same SIP library, with the same wait and nothing else to do.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks import figure
from tests.support import sip

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
    """Percent of one core over 20 s, and resident MB, of an engine in direct mode."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sip.EngineDriver(Path(folder) / "engine").start()
        bare = subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.DEVNULL)
        try:
            assert engine.process is not None
            processes = [psutil.Process(engine.process.pid), psutil.Process(bare.pid)]
            time.sleep(SETTLE_S)
            before = [_seconds(process) for process in processes]
            time.sleep(MEASURE_S)
            ours, floor = (
                100 * (_seconds(process) - then) / MEASURE_S for process, then in zip(processes, before, strict=True)
            )
            memory = processes[0].memory_info().rss / 1e6
        finally:
            engine.stop()
            bare.kill()
            bare.wait()
    return [
        figure("phone engine, idle", ours, "% of a core", limit=1.0, floor=floor, n=1),
        figure("phone engine, memory", memory, "MB", limit=80.0, n=1),
    ]


def _seconds(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)
