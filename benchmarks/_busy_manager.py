"""A PBX's manager with several queues: ``python -m benchmarks._busy_manager PORT EVENTS_A_SECOND QUEUES AGENTS``.

Ten calls at a time, each the captured one in one queue (queue-N) with two agents of its own (extensions 1000 and on);
every event is stamped with the moment when it leaves.
"""

import asyncio
import random
import sys
import time

from benchmarks import _manager

AT_ONCE = 10
PAIRS = ("1001", "1002")  # the agents of the capture


class Busy(_manager.Manager):
    def __init__(self, a_second: float, queues: int, agents: int):
        super().__init__(None)
        self._gap_s = AT_ONCE / a_second
        self._queues, self._agents = queues, agents
        self._number = 0
        self._chance = random.Random(5)

    async def _tell_paced(self) -> None:
        print("begun", time.time(), flush=True)
        await asyncio.gather(*(self._calls(number) for number in range(AT_ONCE)))

    async def _calls(self, line: int) -> None:
        """One after the other, with agents that no other line has."""
        own = [1000 + number for number in range(self._agents) if number % AT_ONCE == line]
        await asyncio.sleep(self._gap_s * line / AT_ONCE)
        due = time.monotonic()
        while not self._transport.is_closing():
            self._number += 1
            name, queue = f"{self._number}.{line}", f"queue-{self._chance.randrange(self._queues)}"
            first, second = self._chance.sample(own, 2)
            for frame in _manager.frames("queues"):
                text = frame.replace("sales", queue).replace(PAIRS[0], f"{first}").replace(PAIRS[1], f"{second}")
                text = text.replace(f"pbx-{_manager._SECOND}", f"pbx-{name}.")
                us = time.time_ns() // 1000
                text = _manager._STAMP.sub(f"Timestamp: {us // 1_000_000}.{us % 1_000_000:06}", text)
                if self._transport.is_closing():
                    return
                self._transport.write(text.encode())
                due += self._gap_s
                await asyncio.sleep(max(0.0, due - time.monotonic()))


async def _serve(port: int, a_second: float, queues: int, agents: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Busy(a_second, queues, agents), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
