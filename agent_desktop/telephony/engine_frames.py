"""Frames of the library's media thread: bytes are moved through the vector's own memory, as converting it to Python
bytes costs milliseconds."""

import ctypes
from typing import Any

import pjsua2 as pj

from agent_desktop.telephony.sound_frames import FRAME_US, Layout


def layout_of(layout: Layout) -> pj.MediaFormatAudio:
    """The library's words for a port that speaks so, 20 ms a frame."""
    audio = pj.MediaFormatAudio()
    audio.init(pj.PJMEDIA_FORMAT_PCM, layout.rate, layout.channels, FRAME_US, 16)
    return audio


def content(frame: Any) -> bytes:
    """What is in a frame that the bridge hands over; empty while nobody sends."""
    size = frame.buf.size()
    return ctypes.string_at(_memory(frame.buf), size) if size else b""


def fill(frame: Any, data: bytes) -> None:
    """Put ``data`` into a frame that the bridge asks for."""
    frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
    if frame.buf.size() != len(data):
        frame.buf.resize(len(data))
    ctypes.memmove(_memory(frame.buf), data, len(data))


def _memory(vector: Any) -> int:
    """Address of a std::vector's elements: the first word of the object behind the wrapper."""
    return ctypes.c_void_p.from_address(int(vector.this)).value or 0
