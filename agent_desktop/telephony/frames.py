"""How a message travels between desktop and phone engine: a 4-byte big-endian length and that many bytes of JSON."""

import msgspec

PROTOCOL = 3
MAX_FRAME = 1_000_000


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of everything on the socket."""


def frame(message: Message) -> bytes:
    """The bytes of one message, length first."""
    body = msgspec.json.encode(message)
    return len(body).to_bytes(4, "big") + body


def split(buffer: bytearray) -> list[bytes]:
    """Take the whole frames out of ``buffer``, leaving the rest. Raises ValueError for a frame over MAX_FRAME."""
    bodies = []
    while len(buffer) >= 4:
        length = int.from_bytes(buffer[:4], "big")
        if length > MAX_FRAME:
            raise ValueError(f"frame of {length} bytes")
        if len(buffer) < 4 + length:
            break
        bodies.append(bytes(buffer[4 : 4 + length]))
        del buffer[: 4 + length]
    return bodies
