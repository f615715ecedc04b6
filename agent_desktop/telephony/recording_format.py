"""How a recording looks inside its encryption: a WAV whose end nobody knows yet when it begins.

The lengths in its header say 0xFFFFFFFF ("until the end"), as programs that write to a pipe put it, so that whatever
was written before a crash is a whole file that players open. Left is what was sent, right what was received. The
encryption is age (age-encryption.org/v1), in chunks of 64 KiB, each readable by itself as long as those before are.
"""

import struct

from agent_desktop.telephony.sound_frames import FRAME_BYTES, RATE

CHANNELS = 2
BYTES_PER_S = RATE * CHANNELS * 2
STEREO_FRAME_BYTES = FRAME_BYTES * CHANNELS
UNKNOWN = 0xFFFFFFFF
HEADER_BYTES = 44
SUFFIX = ".wav.age"


def header(data_bytes: int | None = None) -> bytes:
    """A WAV header (16 kHz, 16 bit, two channels) for so many bytes of samples; None: their number is not known."""
    riff, data = (UNKNOWN, UNKNOWN) if data_bytes is None else (HEADER_BYTES - 8 + data_bytes, data_bytes)
    kind = struct.pack("<HHIIHH", 1, CHANNELS, RATE, BYTES_PER_S, CHANNELS * 2, 16)
    return struct.pack("<4sI4s4sI", b"RIFF", riff, b"WAVE", b"fmt ", 16) + kind + struct.pack("<4sI", b"data", data)
