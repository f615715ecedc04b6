"""A desktop busy for 300 ms out of every 320: ``python -m benchmarks._stalled_desktop FOLDER PORT stalls|rests``.

It answers the first call and says a tone into it; further calls only ring. Ends when its standard input is closed.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone
from tests.support import sip

STALL_S = 0.3
BETWEEN_MS = 20


def main(folder: Path, port: int, stalls: bool) -> None:
    app = QCoreApplication([])
    phone = Phone(folder / "engine")
    tone = sip.tone(folder / "tone.wav", 2.0, 440)
    answered: list[str] = []

    def hear(event: messages.Event) -> None:
        if isinstance(event, messages.IncomingCall) and not answered:
            answered.append(event.call_id)
            phone.answer(event.call_id)
        elif isinstance(event, messages.CallAnswered):
            phone.play(event.call_id, str(tone), loop=True)
        phone.acknowledge(event.seq)

    def busy() -> None:
        until = time.perf_counter() + STALL_S
        while time.perf_counter() < until:  # as a screen that computes: no sleep
            pass

    phone.event.connect(hear)
    phone.start(messages.Configure(listen_host=sip.HOST, listen_port=port, audio="null", rtp_port=21_700))
    stall = QTimer()
    stall.timeout.connect(busy)
    if stalls:
        stall.start(BETWEEN_MS)
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(app.quit)
    app.exec()
    phone.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "stalls")
