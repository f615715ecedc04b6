-- Two years of queue visits for the figures of reports: run step by step by _visits.py. {first}, {days} and {daily} are
-- put in. Chance is a hash of a counter, so that every run makes the same.

-- step: tools
CREATE SCHEMA IF NOT EXISTS made;
CREATE OR REPLACE FUNCTION made.chance(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, salt) & 1048575) / 1048576.0
$$;

-- step: people and queues
INSERT INTO agent (id, version, name, login, extension, active)
SELECT md5('agent' || n)::uuid, 1, 'Agent ' || n, 'agent' || n, (1000 + n)::text, true FROM generate_series(0, 499) n;
INSERT INTO queue
    (id, version, name, label, position, sl_threshold_s, sl_target, short_abandon_s, wrap_up_s, requires_disposition)
SELECT md5('queue' || n)::uuid, 1, 'queue' || n, 'Queue ' || n, n, 10 + n % 3 * 10, 0.8, 5, 45, true
FROM generate_series(0, 39) n;

-- step: visits
-- A day's visits come in its fourteen open hours, most of them in the middle; an agent serves two queues.
INSERT INTO queue_visit
    (id, queue_id, linked_id, agent_id, entered_at, connected_at, left_at, ended_at, offers, result, exit_reason, ended_by,
    wait_us, talk_us, hold_us, wrap_us)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n), 19, '0'))::uuid,
    queues[1 + who % 20 + CASE WHEN n % 2 = 0 THEN 20 ELSE 0 END], '', CASE WHEN result = 'answered' THEN agents[1 + who] END,
    at,
    CASE WHEN result = 'answered' THEN at + wait * interval '1 microsecond' END,
    CASE WHEN result IN ('abandoned', 'exited') THEN at + wait * interval '1 microsecond' END,
    CASE WHEN result = 'answered' THEN at + (wait + talk + hold) * interval '1 microsecond' END,
    1, result, CASE result WHEN 'abandoned' THEN 'abandoned' WHEN 'exited' THEN 'timeout' ELSE '' END,
    CASE WHEN result = 'answered' THEN CASE WHEN n % 12 = 0 THEN 'transfer' ELSE 'caller' END ELSE '' END,
    CASE WHEN result <> 'unresolved' THEN wait END, CASE WHEN result = 'answered' THEN talk END,
    CASE WHEN result = 'answered' THEN hold ELSE 0 END, CASE WHEN result = 'answered' THEN wrap ELSE 0 END
FROM (
    SELECT n, timestamptz '{first}' + n / {daily} * interval '1 day' + interval '6 hours'
            + (made.chance(n, 1) + made.chance(n, 2)) * 25200e6::bigint * interval '1 microsecond' AS at,
        (made.chance(n, 3) * 500)::int % 500 AS who,
        (-ln(made.chance(n, 4) + 1e-6) * 15e6)::bigint AS wait, (-ln(made.chance(n, 5) + 1e-6) * 200e6)::bigint AS talk,
        CASE WHEN n % 7 = 0 THEN (made.chance(n, 6) * 60e6)::bigint ELSE 0 END AS hold,
        (made.chance(n, 7) * 60e6)::bigint AS wrap,
        CASE WHEN n % 200 = 0 THEN 'unresolved' WHEN n % 40 = 1 THEN 'exited' WHEN n % 13 = 2 THEN 'abandoned'
            ELSE 'answered' END AS result
    FROM generate_series({start}::bigint, {end}::bigint - 1) n
) drawn, (SELECT array_agg(md5('queue' || n)::uuid ORDER BY n) AS queues FROM generate_series(0, 39) n) q,
    (SELECT array_agg(md5('agent' || n)::uuid ORDER BY n) AS agents FROM generate_series(0, 499) n) a
ORDER BY at;
