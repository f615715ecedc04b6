"""How soon a desktop knows that its phone engine has aborted, and is registered again with a new one."""

import logging
import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from agent_desktop.telephony import messages
from agent_desktop.telephony.engine_process import running
from agent_desktop.telephony.phone import Phone
from benchmarks import figure
from tests.support import sip
from tests.telephony.registrar import Registrar

PART = "softphone"
ABORTS = 9


def figures() -> list[dict[str, Any]]:
    """Milliseconds from the signal, the median and the slowest of nine desktops."""
    QCoreApplication.instance() or QCoreApplication([])
    logging.getLogger("engine").setLevel(logging.CRITICAL)
    told, back = [], []
    for _ in range(ABORTS):
        with tempfile.TemporaryDirectory() as folder:
            one, other = _abort(Path(folder))
        told.append(one)
        back.append(other)
    told.sort()
    back.sort()
    return [
        figure("engine aborted: told, median", told[ABORTS // 2], "ms", limit=1000, n=ABORTS, part=PART),
        figure("engine aborted: told, slowest", told[-1], "ms", limit=1000, n=ABORTS, part=PART),
        figure("engine aborted: registered again, median", back[ABORTS // 2], "ms", limit=2000, n=ABORTS, part=PART),
        figure("engine aborted: registered again, slowest", back[-1], "ms", limit=2000, n=ABORTS, part=PART),
    ]


def _abort(folder: Path) -> tuple[float, float]:
    registrar = Registrar(sip.free_port())
    account = messages.SipAccount(user="1001", domain=f"{sip.HOST}:{registrar.port}", password="correct horse")
    phone, lost, registered = Phone(folder / "engine"), [], []
    phone.engine_lost.connect(lambda _why: lost.append(time.perf_counter()))

    def hear(event: messages.Event) -> None:
        if isinstance(event, messages.RegistrationChanged) and event.state == "registered":
            registered.append(time.perf_counter())

    phone.event.connect(hear)
    try:
        phone.start(
            messages.Configure(
                listen_host=sip.HOST, listen_port=sip.free_port(), audio="null", rtp_port=21_700, account=account
            )
        )
        _until(lambda: registered)
        address = running(folder / "engine")
        assert address is not None
        registered.clear()
        began = time.perf_counter()
        os.kill(address.pid, signal.SIGABRT)
        _until(lambda: lost and registered)
        return (lost[0] - began) * 1e3, (registered[0] - began) * 1e3
    finally:
        phone.shutdown()
        registrar.close()


def _until(condition: Any) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError("the engine did not come back")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
