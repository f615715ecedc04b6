"""Two collectors whose computers' clocks are five seconds apart: who takes over goes on as if they were one."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert

from agent_desktop.data import access
from agent_desktop.data.db import Database
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Queue
from tests.collector.manager import SECRET, STORED, QueuePbx, until
from tests.support.collecting import CollectorProcess
from tests.support.ports import free_port
from tests.support.postgres import Server

AHEAD_S = 5
WRONG = re.compile(r"this computer's clock is [45]\.\d s ahead of the database's")


@pytest.fixture
def port() -> int:
    """Of the PBX."""
    return free_port()


@pytest.fixture
def collectors(server: Server, centre: str, port: int, tmp_path: Path) -> Iterator[list[CollectorProcess]]:
    """One with a wrong clock and one with a right one, not begun."""
    with closing(Database.open(server.url(centre))) as owner:
        access.grant(owner, access.Grant("two-clocks", "collector", "word"))
        with owner.write() as session:
            session.execute(insert(Queue).values(id=new_id(), name="support", label="Support"))
    address = f"postgresql://two-clocks@127.0.0.1:{server.port}/{centre}"
    made = []
    for name, ahead_s in (("wrong", AHEAD_S), ("right", 0)):
        one = CollectorProcess(tmp_path, name, address, port, lease_s=1.0)
        one.ahead_s = ahead_s
        (one.folder / "secrets" / "pbx-one").write_text(SECRET)
        (one.folder / "secrets" / "database").write_text("word")
        made.append(one)
    yield made
    for one in made:
        if one.process is not None and one.process.poll() is None:
            assert one.stop() == 0, one.said


def test_clocks_five_seconds_apart(server: Server, centre: str, port: int, collectors: list[CollectorProcess]) -> None:
    wrong, right = collectors
    lags_ms: list[int] = []

    def ask(statement: str) -> list[tuple[Any, ...]]:
        return connection.execute(statement).fetchall()

    def stored() -> Counter[tuple[object, ...]]:
        lags_ms.extend(
            late for (late,) in ask("SELECT lag_ms FROM collector_health WHERE name = 'wrong' AND lag_ms > 0")
        )
        return Counter(ask(STORED))

    def active() -> str:
        return "".join(name for (name,) in ask("SELECT name FROM collector_lease WHERE expires_at > now()"))

    def is_ready(name: str) -> bool:
        return bool(ask(f"SELECT FROM collector_health WHERE name = '{name}' AND connected_at IS NOT NULL"))

    async def whole() -> None:
        pbx = QueuePbx()
        await pbx.start(port)
        wrong.start()
        await until(lambda: pbx.signed_in == 1 and active() == "wrong", "the first leads")
        early = [pbx.call() for _ in range(3)]
        right.start()
        await until(lambda: stored() == pbx.told and lags_ms and is_ready("right"), "the second is ready")
        pbx.leave(early[0])
        wrong.kill()
        await until(lambda: pbx.signed_in == 1, "it is dead")
        pbx.come_and_go(3)
        pbx.leave(early[1])  # of whom the other one told
        wrong.start()
        await until(lambda: active() == "right" and stored() == pbx.told, "the second has taken over")
        late = pbx.call()
        await until(lambda: pbx.signed_in == 2 and stored() == pbx.told, "the first is ready")
        right.kill()
        await until(lambda: pbx.signed_in == 1, "it is dead")
        pbx.come_and_go(3)
        pbx.leave(early[2])
        pbx.leave(late)
        await until(lambda: active() == "wrong" and stored() == pbx.told, "and takes over")
        await pbx.stop()

    with psycopg.connect(server.dsn(centre), autocommit=True) as connection:
        asyncio.run(asyncio.wait_for(whole(), 60))
        waits = [us for (us,) in ask("SELECT wait_us FROM queue_visit WHERE result = 'abandoned'")]
    assert len(waits) == 10
    assert min(waits) >= 0
    assert min(lags_ms) < 1_000 * AHEAD_S, "nothing was called late that is not"
    assert len(WRONG.findall(wrong.said)) == 2, wrong.said
    assert "clock" not in right.said
    assert "one: its clock" not in wrong.said, "the PBX's is right"
