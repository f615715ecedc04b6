"""Which queue visits say something else than their events: worked out by the database, apart from the code that keeps
them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, column, text
from sqlalchemy.orm import Session

from agent_desktop.data.base import UtcTime, UuidType
from agent_desktop.data.sql import on_server

# {US:a:b} is the microseconds from a to b, {OTHER:a:b} whether they differ (NULLs are alike), {REASON} what an event
# gives as its reason.
_WRONG = """
WITH ids AS (
    SELECT DISTINCT visit_id FROM queue_event WHERE at >= :start AND at < :end AND visit_id IS NOT NULL
), events AS (
    SELECT e.* FROM queue_event e JOIN ids ON ids.visit_id = e.visit_id
), told AS (
    SELECT visit_id,
        min(at) FILTER (WHERE kind = 'entered') AS entered,
        min(at) FILTER (WHERE kind NOT IN ('wrap_up_started', 'wrap_up_ended')) AS heard,
        min(at) FILTER (WHERE kind = 'connected') AS connected,
        max(at) FILTER (WHERE kind IN ('completed', 'transferred')) AS over,
        max(at) FILTER (WHERE kind = 'transferred') AS passed_on,
        min(at) FILTER (WHERE kind = 'abandoned') AS abandoned,
        min(at) FILTER (WHERE kind = 'exited') AS exited
    FROM events GROUP BY visit_id
), marks AS (
    SELECT visit_id, at, kind IN ('held', 'wrap_up_started') AS begins, kind IN ('held', 'resumed') AS hold
    FROM events WHERE kind IN ('held', 'resumed', 'wrap_up_started', 'wrap_up_ended')
), runs AS (
    SELECT visit_id, hold, at, begins, coalesce(sum(CASE WHEN begins THEN 0 ELSE 1 END) OVER (
        PARTITION BY visit_id, hold ORDER BY at, begins ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS run
    FROM marks
), spans AS (
    SELECT visit_id, hold, min(at) FILTER (WHERE begins) AS begun, max(at) FILTER (WHERE NOT begins) AS over
    FROM runs GROUP BY visit_id, hold, run
), lasted AS (
    SELECT s.visit_id,
        sum({US:s.begun:coalesce(s.over, t.over)}) FILTER (
            WHERE s.hold AND coalesce(s.over, t.over) > s.begun
        ) AS hold,
        sum({US:s.begun:s.over}) FILTER (WHERE NOT s.hold) AS wrap
    FROM spans s JOIN told t ON t.visit_id = s.visit_id GROUP BY s.visit_id
), people AS (
    SELECT visit_id, agent_id, kind = 'connected' AS first_hand, row_number() OVER (
        PARTITION BY visit_id, kind = 'connected' ORDER BY at, source_seq, source
    ) AS n
    FROM events
    WHERE kind = 'connected' OR (kind IN ('completed', 'transferred') AND agent_id IS NOT NULL)
), ways AS (
    SELECT visit_id, {REASON} AS reason, row_number() OVER (
        PARTITION BY visit_id ORDER BY at, source_seq, source
    ) AS n
    FROM events WHERE kind = 'exited'
), known AS (
    SELECT t.*, coalesce(t.entered, t.heard) AS began,
        CASE WHEN coalesce(t.connected, t.over) IS NOT NULL THEN 'answered'
            WHEN t.abandoned IS NOT NULL THEN 'abandoned' WHEN t.exited IS NOT NULL THEN 'exited'
            ELSE 'unresolved' END AS result,
        {US:t.entered:coalesce(t.connected, t.abandoned, t.exited)} AS wait, {US:t.connected:t.over} AS together,
        coalesce(l.hold, 0) AS hold, coalesce(l.wrap, 0) AS wrap, coalesce(one.agent_id, other.agent_id) AS agent_id,
        coalesce(w.reason, '') AS reason
    FROM told t LEFT JOIN lasted l ON l.visit_id = t.visit_id
    LEFT JOIN people one ON one.visit_id = t.visit_id AND one.n = 1 AND one.first_hand
    LEFT JOIN people other ON other.visit_id = t.visit_id AND other.n = 1 AND NOT other.first_hand
    LEFT JOIN ways w ON w.visit_id = t.visit_id AND w.n = 1
)
SELECT k.visit_id AS id FROM known k LEFT JOIN queue_visit v ON v.id = k.visit_id
WHERE k.began >= :start AND k.began < :end AND (
    v.id IS NULL OR v.entered_at <> k.began OR v.result <> k.result OR {OTHER:v.agent_id:k.agent_id}
    OR {OTHER:v.wait_us:CASE
        WHEN k.over IS NOT NULL AND k.connected IS NULL THEN NULL WHEN k.wait < 0 THEN 0 ELSE k.wait END}
    OR {OTHER:v.talk_us:CASE WHEN k.together < 0 OR k.hold > k.together THEN 0 ELSE k.together - k.hold END}
    OR v.hold_us <> CASE WHEN k.together IS NULL OR k.together < 0 THEN 0
        WHEN k.hold > k.together THEN k.together ELSE k.hold END
    OR v.wrap_us <> k.wrap OR (k.result = 'exited' AND v.exit_reason <> k.reason)
    OR (v.ended_by = 'transfer') <> coalesce(k.passed_on = k.over, {FALSE})
)
UNION
SELECT v.id FROM queue_visit v WHERE v.entered_at >= :start AND v.entered_at < :end
    AND NOT EXISTS (SELECT 1 FROM queue_event e WHERE e.visit_id = v.id)
"""


def wrong(session: Session, start: datetime, end: datetime) -> list[UUID]:
    """The visits that began in this time and are not what their events say, or have none, or are missing."""
    times = (bindparam("start", type_=UtcTime()), bindparam("end", type_=UtcTime()))
    query = text(_in_words_of(session)).bindparams(*times).columns(column("id", UuidType()))
    return list(session.execute(query, {"start": start, "end": end}).scalars())


def _in_words_of(session: Session) -> str:
    server = on_server(session)
    said = _WRONG.replace("{REASON}", "data->>'reason'" if server else "json_extract(data, '$.reason')")
    said = said.replace("{FALSE}", "false" if server else "0")
    found, *parts = said.split("{")
    for part in parts:
        inside, rest = part.split("}", 1)
        name, one, two = inside.split(":", 2)
        found += _macro(name, one, two, server=server) + rest
    return found


def _macro(name: str, one: str, two: str, *, server: bool) -> str:
    words: dict[tuple[str, bool], Any] = {
        ("US", True): f"CAST(extract(epoch FROM ({two}) - ({one})) * 1000000 AS bigint)",
        ("US", False): f"(({two}) - ({one}))",
        ("OTHER", True): f"({one}) IS DISTINCT FROM ({two})",
        ("OTHER", False): f"({one}) IS NOT ({two})",
    }
    return str(words[name, server])
