"""What the pop costs on the server of database_server.py: 1,000,000 customers, 10,000,000 interactions.

Ours is ``pop.look_up`` in a read session as an agent under row-level security, from the parsed number to the finished
dataclass; callers are drawn as calls are, so the busy ones often. In turns with it, in the same run:

* pgbench sends the same statements of the same callers as one pipeline, prepared, and drops the rows: the floor;
* a login like the agent's whom no policy holds (BYPASSRLS) looks the same callers up: the floor of row-level security;
* last, the pop while agents wrap up 500 calls and a collector writes 3,000 queue events every second; in turns with it
  ``SELECT 1`` on the same connection: the floor, as client, server and those who write share one computer here.
"""

import contextlib
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import literal, select

from agent_desktop import numbers
from agent_desktop.data import pipeline, pop
from agent_desktop.data.db import Database
from benchmarks import figure
from benchmarks.database_server import AGENTS, CUSTOMERS, ENDED, FREED, PART, Server, e164, running

LOOK_UPS = int(os.environ.get("BENCH_LOOK_UPS", "2000"))
TURN = 100
WRAP_UPS, EVENTS, BATCH = 500, 3_000, 100  # a second
TELLERS = AGENTS[10:14]
LOAD_S = float(os.environ.get("BENCH_SECONDS", "30"))
_NOTHING = select(literal(1).label("one"))
SKEW = 1.5  # of centre.sql: how much more often the busiest call
_KEY = """
\\set n int({customers} * pow(random(0, {last}) / {callers}.0, {skew}))
\\set d :n % 10
\\set key (1000000 + (:n * 7368787) % 8999993) * 10000 + case when :d = 0 then 684 when :d = 1 then 6684 \
when :d = 2 then 9684 when :d = 3 then 584 when :d = 4 then 1584 when :d = 5 then 3584 when :d = 6 then 2784 \
when :d = 7 then 9784 when :d = 8 then 8884 else 8784 end
"""
# One call told from its ring to the end of its wrap-up, as an agent: the rows that a desktop's operations write.
_WRAP_UP = """
SELECT gen_random_uuid() AS call, customer_id AS customer FROM phone WHERE key = :key::text LIMIT 1 \\gset
\\startpipeline
BEGIN;
INSERT INTO applied_op VALUES (gen_random_uuid(), now());
SELECT access.join_interaction(:call::uuid, access.my_agent());
INSERT INTO interaction (id, version, channel, direction, started_at, number, display_name, queue, linked_id, subject, \
summary, reason) VALUES (:call::uuid, 1, 'call', 'inbound', now(), '', '', 'queue1', 'bench', '', '', '');
UPDATE interaction SET customer_id = :customer::uuid, agent_id = access.my_agent(), outcome = 'answered', \
ended_at = now(), version = 2 WHERE id = :call::uuid;
INSERT INTO note VALUES (gen_random_uuid(), :call::uuid, access.my_agent(), now(), 'wanted to know about the bill', 1);
INSERT INTO wrap_up VALUES (:call::uuid, access.my_agent(), now(), NULL, 'as agreed', 12.5);
UPDATE interaction SET reason = 'as agreed', summary = 'wanted to know about the bill', version = 3 \
WHERE id = :call::uuid;
COMMIT;
\\endpipeline
"""
_EVENTS = """
\\set start random(1, 1000000000000)
\\set queue random(0, 39)
INSERT INTO queue_event (source, source_seq, at, kind, queue_id, visit_id, linked_id, data) \
SELECT 'bench', :start::bigint + n, now(), (ARRAY['entered', 'offered', 'connected', 'completed'])[1 + n % 4], q.id, \
gen_random_uuid(), 'bench', '{}' FROM generate_series(1, 100) n, queue q WHERE q.position = :queue::int \
ON CONFLICT DO NOTHING;
"""


class Desk:
    """Look-ups of one login."""

    def __init__(self, server: Server, login: str):
        self.database = Database.open(server.url(login))
        self.times: list[float] = []
        self.nothing: list[float] = []  # of questions that read no table

    def look_up(self, callers: list[numbers.Number]) -> None:
        for caller in callers:
            started = time.perf_counter()
            with self.database.read() as session:
                found = pop.look_up(session, caller)
            self.times.append((time.perf_counter() - started) * 1e3)
            if found.card is None:
                raise RuntimeError(f"nobody found for {caller.e164}")

    def ask_nothing(self) -> None:
        started = time.perf_counter()
        with self.database.read() as session:
            pipeline.read_all(session, (_NOTHING,), {})
        self.nothing.append((time.perf_counter() - started) * 1e3)


def figures() -> list[dict[str, Any]]:
    """Median and p99 in milliseconds."""
    chance = random.Random(5)
    callers = [numbers.parse(e164(int(CUSTOMERS * (one / LOOK_UPS) ** SKEW)), "PL") for one in range(LOOK_UPS)]
    chance.shuffle(callers)
    with running() as server, contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        script = folder / "pop.sql"
        agent, freed = Desk(server, AGENTS[1]), Desk(server, FREED)
        opened.callback(agent.database.close)
        opened.callback(freed.database.close)
        script.write_text(_pop_script(agent.database))
        floor: list[float] = []
        for desk in (agent, freed):  # so that the pages of these callers are warm
            desk.look_up(callers)
            desk.times.clear()
        for start in range(0, LOOK_UPS, TURN):
            for desk in (agent, freed) if start // TURN % 2 else (freed, agent):
                desk.look_up(callers[start : start + TURN])
            floor += _pgbench(server, script, AGENTS[1], TURN, folder)
        made = _figures(agent.times, floor, freed.times)
        agent.times.clear()
        with _loaded(server, folder) as held:
            until = time.monotonic() + LOAD_S
            while time.monotonic() < until:
                for caller in chance.sample(callers, 20):
                    agent.look_up([caller])
                    agent.ask_nothing()
        made.append(_under_load(agent, all(held)))
    return made


def _figures(ours: list[float], floor: list[float], freed: list[float]) -> list[dict[str, Any]]:
    middle, other = quantile(ours, 0.5), quantile(freed, 0.5)
    return [
        figure("pop on PostgreSQL, p50", middle, "ms", limit=3, floor=quantile(floor, 0.5), most_ratio=1.5,
               n=len(ours), part=PART),
        figure("pop on PostgreSQL, p99 warm", quantile(ours, 0.99), "ms", limit=3, floor=quantile(floor, 0.99),
               n=len(ours), part=PART),
        figure("pop under row-level security, p50 against a login without", middle, "ms", limit=3, floor=other,
               most_ratio=1.2, n=len(ours), part=PART),
    ]  # fmt: skip


def _under_load(desk: Desk, held: bool) -> dict[str, Any]:
    """The floor is what the same connection takes for nothing at all: a full computer's queue for its processors."""
    name = f"pop on PostgreSQL, p99 under {WRAP_UPS} wrap-ups/s and {EVENTS:,} events/s"
    floor = quantile(desk.nothing, 0.99)
    print(
        f"  medians: pop {quantile(desk.times, 0.5):.2f} ms, nothing {quantile(desk.nothing, 0.5):.2f} ms", flush=True
    )
    made = figure(name, quantile(desk.times, 0.99), "ms", limit=12, floor=floor, n=len(desk.times), part=PART)
    return made | {"ok": made["ok"] and held}


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


# ------------------------------------------------------------------ pgbench


def _pop_script(database: Database) -> str:
    """The statements of the pop in pgbench's words."""
    lines = [_key(LOOK_UPS), "\\startpipeline\n"]
    with database.read() as session:
        dialect = session.get_bind().dialect
    for statement in (pop._BY_NUMBER.at_once, *pop._OF_MATCH):
        one = pipeline._prepared(statement, dialect)
        text = one.text.replace("\n", " ")
        for name, value in one.values:
            own = value({"key": None, "before": None, "limit": None})  # of the statement itself, such as a LIMIT
            text = text.replace(f"%({name})s", f":{name}" if own is None else str(own))
        lines.append(text + ";\n")
    return "".join([*lines, "\\endpipeline\n"])


def _key(callers: int) -> str:
    """Draws one of so many callers; with LOOK_UPS the very ones that are looked up beside it, and so as warm."""
    return _KEY.format(customers=CUSTOMERS, skew=SKEW, last=callers - 1, callers=callers)


def _command(server: Server, script: Path, login: str, *options: str) -> list[str]:
    given = ["-D", "limit=50", "-D", "before=9999-12-31 23:59:59+00"]
    return [str(server.bin / "pgbench"), "-n", "-M", "prepared", "-f", str(script), *given, *options, server.dsn(login)]


def _pgbench(server: Server, script: Path, login: str, transactions: int, folder: Path) -> list[float]:
    """Milliseconds of each."""
    prefix = folder / "log"
    options = ("-t", str(transactions), "-l", f"--log-prefix={prefix}")
    done = subprocess.run(_command(server, script, login, *options), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    times = []
    for log in folder.glob("log.*"):
        times += [int(line.split()[2]) / 1e3 for line in log.read_text().splitlines()]
        log.unlink()
    return times


@contextlib.contextmanager
def _loaded(server: Server, folder: Path) -> Iterator[list[bool]]:
    """Wrap-ups and events at their rates until the block ends; what they wrote is then taken away again.

    Afterwards the list says of each whether the server took as many as it was to.
    """
    held: list[bool] = []
    seconds = str(int(LOAD_S) + 2)
    tellers: dict[str, list[subprocess.Popen[str]]] = {"wrap-ups": [], "events": []}
    # Several logins, each with nearly as many connections as one may have: commits share their way to the disk.
    scripts = [("wrap-ups", _key(CUSTOMERS) + _WRAP_UP, login, WRAP_UPS / len(TELLERS), 8) for login in TELLERS]
    for name, script, login, rate, clients in (*scripts, ("events", _EVENTS, "collector", EVENTS / BATCH, 2)):
        file = folder / f"{name}-{login}.sql"  # one that is read while another teller writes it is empty
        file.write_text(script)
        options = ("-T", seconds, "-R", str(rate), "-c", str(clients))
        tellers[name].append(
            subprocess.Popen(
                _command(server, file, login, *options), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
        )
    time.sleep(1)
    try:
        yield held
    finally:
        for name, wanted in (("wrap-ups", WRAP_UPS), ("events", EVENTS // BATCH)):
            said = [process.communicate(timeout=LOAD_S + 60)[0] for process in tellers[name]]
            reached = sum(float(line.split()[2]) for one in said for line in one.splitlines() if line.startswith("tps"))
            print(f"  {name}: {reached:.0f} transactions/s of {wanted}", flush=True)
            if any(process.returncode for process in tellers[name]) or "ERROR" in "".join(said):
                raise RuntimeError(f"the server refused the {name}: {said}")
            held.append(reached >= 0.9 * wanted)
        clean(server)


def clean(server: Server) -> None:
    """Take away what calls told just now have left."""
    ours = f"(SELECT id FROM interaction WHERE started_at >= '{ENDED}')"
    for table in ("note", "wrap_up", "participant", "leg"):
        server.execute(f"DELETE FROM {table} WHERE interaction_id IN {ours}")
    server.execute(f"DELETE FROM interaction WHERE id IN {ours}")
    for table in ("queue_event", "applied_op"):
        server.execute(f"TRUNCATE {table}")
    server.execute("VACUUM (ANALYZE) interaction, note, wrap_up, participant")


if __name__ == "__main__":
    for one in figures():
        print(one)
