"""WAVs that are played into calls, and the threads of the library that know of them."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.support import sip

PACKAGE = Path(__file__).parents[2] / "agent_desktop"
ROUNDS = 10

# The owner thread keeps Python's lock while a WAV comes to its end, again and again: whatever the library's other
# threads want to say of that waits. Then the WAV is taken away, and they go on.
CHANGING = """
import gc, sys, time
import pjsua2 as pj
from agent_desktop.telephony.engine_call import PhoneCall
from agent_desktop.telephony.engine_media import MediaBridge
gc.disable()
sys.setswitchinterval(60)
endpoint = pj.Endpoint()
endpoint.libCreate()
settings = pj.EpConfig()
settings.logConfig.level = settings.logConfig.consoleLevel = 0
settings.uaConfig.threadCnt, settings.uaConfig.mainThreadOnly = 0, True
settings.medConfig.sndAutoCloseTime = -1
endpoint.libInit(settings)
endpoint.libStart()
bridge = MediaBridge(endpoint.audDevManager(), None)
bridge._stream = lambda call: bridge.speaker()
call = PhoneCall("call", "outbound", "talking")
for _ in range(int(sys.argv[2])):
    bridge.play(call, sys.argv[1], loop=True)
    time.sleep(0.12)
    until = time.monotonic() + 0.05
    while time.monotonic() < until:
        pass
    bridge.forget(call)
bridge.close()
endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)
"""


def test_a_wav_may_be_taken_away_while_it_comes_to_its_end(tmp_path: Path) -> None:
    blip = sip.tone(tmp_path / "blip.wav", seconds=0.05)
    ran = subprocess.run(
        [sys.executable, "-c", CHANGING, str(blip), str(ROUNDS)], capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, f"{ran.returncode}\n{ran.stderr[-2000:]}"


def test_nothing_uses_the_players_of_the_library() -> None:
    """They die with the process that drops them at the wrong moment, and every moment may be one."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("AudioMediaPlayer", "AudioMediaRecorder"), f"{file.name}:{node.lineno}"
