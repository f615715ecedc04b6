-- A centre of a million customers with three years behind them, made by the server itself. Run by database_server.py as a
-- superuser, a step after the other, without indexes and triggers. The same every time: chance is a hash of a counter.

-- step: tools
CREATE SCHEMA IF NOT EXISTS made;
CREATE OR REPLACE FUNCTION made.id(at timestamptz, salt text, n bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT overlay(overlay(overlay(md5(salt || n)
        PLACING lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0') FROM 1)
        PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid
$$;
CREATE OR REPLACE FUNCTION made.chance(n bigint, salt int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT hashint8extended(n, salt)::bit(31)::int
$$;
CREATE OR REPLACE FUNCTION made.beginning() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT timestamptz '2023-11-20 00:00+00'
$$;
-- The number's digits reversed, by arithmetic that pgbench can do too: a Polish mobile number, each once.
CREATE OR REPLACE FUNCTION made.key(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (1000000 + (n * 7368787) % 8999993)::text
        || (ARRAY['0684', '6684', '9684', '0584', '1584', '3584', '2784', '9784', '8884', '8784'])[1 + n % 10]
$$;

-- What agents write: common words, and now and then one that is rare.
CREATE OR REPLACE FUNCTION made.note(n bigint, r int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'Customer called about ' || (ARRAY['the invoice', 'a delivery', 'a refund', 'the password', 'the contract',
            'an outage', 'an upgrade', 'a complaint'])[1 + r % 8]
        || ' ' || to_hex(r) || '; '
        || (ARRAY['resolved', 'callback promised', 'escalated', 'sent the papers'])[1 + r / 8 % 4]
        || CASE WHEN n % 1000 = 0 THEN ' (ombudsman)' ELSE '' END
$$;

-- step: people and queues
INSERT INTO team SELECT made.id(made.beginning(), 'team', n), 'Team ' || n FROM generate_series(0, 19) n;
INSERT INTO agent (id, version, name, login, extension, team_id, active)
SELECT made.id(made.beginning(), 'agent', n), 1,
    (ARRAY['Ada', 'Ben', 'Cleo', 'Dario', 'Emma', 'Finn', 'Gala', 'Hugo', 'Ines', 'Jan'])[1 + n % 10] || ' '
        || (ARRAY['Arden', 'Boll', 'Castro', 'Duda', 'Ek', 'Falk', 'Gruber', 'Horn', 'Iwan', 'Jung'])[1 + n / 10 % 10]
        || ' ' || n,
    'agent' || n, (1000 + n)::text, made.id(made.beginning(), 'team', n % 20), true
FROM generate_series(0, 499) n;
INSERT INTO queue
    (id, version, name, label, position, sl_threshold_s, sl_target, short_abandon_s, wrap_up_s, requires_disposition)
SELECT made.id(made.beginning(), 'queue', n), 1, 'queue' || n, 'Queue ' || n, n, 20, 0.8, 5, 45, true
FROM generate_series(0, 39) n;
INSERT INTO queue_member (queue_id, agent_id, signed_in)
SELECT made.id(made.beginning(), 'queue', q), made.id(made.beginning(), 'agent', n), true
FROM generate_series(0, 499) n, LATERAL (VALUES (n % 20), (n % 20 + 20)) queues (q);
INSERT INTO disposition (id, label, position, reasons, asks_callback, active)
SELECT made.id(made.beginning(), 'disposition', n), 'Result ' || n, n, '["as agreed", "without"]', n = 0, true
FROM generate_series(0, 29) n;

-- step: names
CREATE TABLE made.first AS SELECT row_number() OVER () - 1 AS n, * FROM (VALUES
    ('Marta', 'marta'), ('Łukasz', 'lukasz'), ('Anna', 'anna'), ('Piotr', 'piotr'), ('Zoë', 'zoe'), ('Jürgen', 'jurgen'),
    ('Chloé', 'chloe'), ('Tomasz', 'tomasz'), ('Ewa', 'ewa'), ('Paweł', 'pawel'), ('Katarzyna', 'katarzyna'),
    ('Michał', 'michal'), ('Agnieszka', 'agnieszka'), ('Jan', 'jan'), ('Hanna', 'hanna'), ('Stanisław', 'stanislaw'),
    ('Oleksandr', 'oleksandr'), ('Iryna', 'iryna'), ('Olena', 'olena'), ('Nguyen', 'nguyen'), ('Linh', 'linh'),
    ('José', 'jose'), ('María', 'maria'), ('Carlos', 'carlos'), ('Sofia', 'sofia'), ('Emma', 'emma'), ('Liam', 'liam'),
    ('Noah', 'noah'), ('Ingrid', 'ingrid'), ('Søren', 'soren'), ('Åsa', 'asa'), ('Björn', 'bjorn'), ('Giulia', 'giulia'),
    ('Marco', 'marco'), ('Aylin', 'aylin'), ('Mehmet', 'mehmet'), ('Yusuf', 'yusuf'), ('Fatima', 'fatima'),
    ('Omar', 'omar'), ('Priya', 'priya'), ('Arjun', 'arjun'), ('Mei', 'mei'), ('Wei', 'wei'), ('Kenji', 'kenji'),
    ('Yuki', 'yuki'), ('Grace', 'grace'), ('Henry', 'henry'), ('Oliver', 'oliver'), ('Amelia', 'amelia'),
    ('Barbara', 'barbara'), ('Zofia', 'zofia'), ('Jakub', 'jakub'), ('Weronika', 'weronika'), ('Dorota', 'dorota'),
    ('Marek', 'marek'), ('Ryszard', 'ryszard'), ('Urszula', 'urszula'), ('Wojciech', 'wojciech'), ('Beata', 'beata'),
    ('Grzegorz', 'grzegorz'), ('Ola', 'ola')
) names (name, key);
CREATE UNIQUE INDEX ON made.first (n);
CREATE TABLE made.last AS
SELECT row_number() OVER () - 1 AS n, initcap(a || b || c) AS name, lower(a || b || c) AS key
FROM unnest(ARRAY['kow', 'now', 'wis', 'dom', 'lew', 'kam', 'zie', 'woj', 'kacz', 'maz', 'kra', 'gra', 'pio', 'jan', 'mich',
        'paw', 'sob', 'cza', 'szy', 'duda', 'bor', 'sad', 'mar', 'hof', 'ber', 'lin', 'sten', 'gom', 'per', 'fer']) a,
    unnest(ARRAY['al', 'an', 'ar', 'el', 'en', 'er', 'il', 'in', 'ir', 'ol', 'on', 'or', 'ul', 'un', 'ur', 'ew', 'ow',
        'ad', 'ed', 'id', 'ak', 'ek', 'ik', 'ok', 'am']) b,
    unnest(ARRAY['ski', 'czyk', 'icz', 'ska', 'ak', 'iak', 'mann', 'berg', 'son', 'ez', 'ova', 'enko', 'ini', 'strom',
        'sen', 'er', 'ler', 'ton', 'ley', 'ford', 'eau', 'ard', 'oglu', 'i']) c;
CREATE UNIQUE INDEX ON made.last (n);
INSERT INTO organisation (id, version, name, name_key)
SELECT made.id(made.beginning(), 'organisation', n), 1, name, lower(name) FROM (
    SELECT o, l.name || ' ' || (ARRAY['Logistics', 'Software', 'Clinic', 'Foods', 'Textiles'])[1 + o % 5] || ' ' || o
    FROM generate_series(0, 19999) o JOIN made.last l ON l.n = made.chance(o, 1) % 18000
) named (n, name);
CREATE TABLE made.person AS
SELECT c.n, made.id(c.since, 'customer', c.n) AS id, c.since, f.name || ' ' || l.name AS name, f.key || ' ' || l.key AS name_key,
    f.key AS first_key, l.key AS last_key, c.org, (40000000 + c.n)::text AS account, made.key(c.n) AS key,
    '+' || reverse(made.key(c.n)) AS e164, f.key || '.' || l.key || c.n % 1000 || '@mail' || c.n % 40 || '.example' AS address
FROM (
    SELECT n, made.beginning() - interval '5 years' + n * interval '237 seconds' AS since,
        CASE WHEN n % 8 = 0 THEN made.chance(n, 2) % 20000 END AS org
    FROM generate_series(0, :customers - 1) n OFFSET 0
) c
JOIN made.first f ON f.n = made.chance(c.n, 3) % 61 JOIN made.last l ON l.n = made.chance(c.n, 4) % 18000;
ANALYZE made.person;

-- step: customers
INSERT INTO customer
    (id, version, name, name_key, account_number, organisation_id, language, time_zone, address, alert, since, tags,
    changed_in, created_at, updated_at)
SELECT id, 1, name, name_key, account, made.id(made.beginning(), 'organisation', org), 'pl', '',
    initcap(last_key) || ' Street ' || n % 200 || ', ' || lpad((n % 90000 + 10000)::text, 5, '0') || ' Gdynia',
    CASE WHEN n % 50 = 0 THEN 'Hard of hearing. Speak slowly.' ELSE '' END, since,
    CASE WHEN n % 3 = 0 THEN '["Household"]' ELSE '[]' END::json, '{}', since, since
FROM made.person ORDER BY n;

-- step: numbers and addresses
-- A mobile each; a landline for every third; for every fiftieth one that four of them share.
INSERT INTO phone (id, customer_id, typed, e164, key, label, is_primary)
SELECT made.id(since, 'mobile', n), id, e164, e164, key, 'mobile', true FROM made.person ORDER BY n;
INSERT INTO phone (id, customer_id, typed, e164, key, label, is_primary)
SELECT made.id(since, 'home', n), id, e164, e164, reverse(substr(e164, 2)), 'home', false
FROM (SELECT n, id, since, '+4858' || 3000000 + n AS e164 FROM made.person WHERE n % 3 = 0) p ORDER BY n;
INSERT INTO phone (id, customer_id, typed, e164, key, label, is_primary)
SELECT made.id(since, 'work', n), id, e164, e164, reverse(substr(e164, 2)), 'work', false
FROM (SELECT n, id, since, '+4822' || 5000000 + n / 200 AS e164 FROM made.person WHERE n % 50 = 0) p ORDER BY n;
INSERT INTO email (id, customer_id, address, address_key, is_primary)
SELECT made.id(since, 'email', n), id, address, address, true FROM made.person WHERE n % 5 < 4 ORDER BY n;
INSERT INTO product (id, customer_id, name, since, status, details)
SELECT made.id(since, 'product', n), id, (ARRAY['Flex 12', 'Flex 24', 'Green Plus', 'Gas Home'])[1 + n / 2 % 4], since,
    'active', 'Contract ' || n
FROM made.person WHERE n % 2 = 0 ORDER BY n;

-- step: words
INSERT INTO customer_word (word, customer_id)
SELECT word, id FROM (
    SELECT unnest(ARRAY[first_key, last_key, account, reverse(key), substr(reverse(key), 3)]) AS word, id FROM made.person
    UNION
    SELECT unnest(ARRAY[address, last_key || n % 1000, 'mail' || n % 40, 'example']), id FROM made.person WHERE n % 5 < 4
    UNION
    SELECT unnest(ARRAY[digits, substr(digits, 3)]), customer_id
    FROM (SELECT reverse(key) AS digits, customer_id FROM phone WHERE label <> 'mobile') numbers
    UNION
    SELECT unnest(string_to_array(o.name_key, ' ')), p.id FROM made.person p
    JOIN organisation o ON o.id = made.id(made.beginning(), 'organisation', p.org) WHERE p.org IS NOT NULL
) found ORDER BY word, id;

-- step: interactions
-- In the order of time; some customers call far more often than most.
INSERT INTO interaction
    (id, version, channel, direction, started_at, answered_at, ended_at, outcome, customer_id, agent_id, number, e164,
    display_name, queue, wait_s, linked_id, subject, summary, disposition_id, reason)
SELECT made.id(at, 'interaction', i.n), 1, channel, CASE WHEN r % 5 = 0 THEN 'outbound' ELSE 'inbound' END, at,
    CASE WHEN talked THEN at + make_interval(secs => r % 40) END, at + make_interval(secs => 40 + r % 500),
    CASE WHEN channel <> 'call' THEN NULL WHEN talked THEN 'answered' ELSE 'missed' END, p.id,
    CASE WHEN talked THEN ((SELECT array_agg(id ORDER BY login) FROM agent))[1 + r % 500] END,
    CASE WHEN channel = 'call' THEN p.e164 ELSE '' END, CASE WHEN channel = 'call' THEN p.e164 END, '',
    'queue' || r % 40, CASE WHEN channel = 'call' THEN r % 40 END, '',
    CASE WHEN channel = 'email' THEN 'Order ' || r % 1000000 ELSE '' END,
    CASE WHEN i.n % 4 = 0 THEN made.note(i.n, r) ELSE '' END,
    CASE WHEN talked THEN ((SELECT array_agg(id ORDER BY position) FROM disposition))[1 + r % 30] END, ''
FROM (
    SELECT n, r, at, channel, channel <> 'call' OR r % 20 > 0 AS talked,
        floor(:customers * power((r2::float8 + 1) / 2147483649, 1.5))::int AS who
    FROM (
        SELECT n, made.chance(n, 5) AS r, made.chance(n, 6) AS r2,
            made.beginning() + n * (interval '1095 days' / :interactions) AS at,
            (ARRAY['call', 'call', 'call', 'call', 'call', 'call', 'call', 'email', 'chat', 'sms'])[1 + n % 10] AS channel
        FROM generate_series(0::bigint, :interactions - 1) n OFFSET 0
    ) drawn OFFSET 0
) i
JOIN made.person p ON p.n = i.who;

-- step: notes
INSERT INTO note (id, interaction_id, agent_id, at, text, version)
SELECT id, id, agent_id, ended_at, summary, 1 FROM interaction WHERE summary <> '';

-- step: tickets
INSERT INTO ticket
    (id, version, number, subject, status, priority, customer_id, assignee_id, queue, opened_at, updated_at)
SELECT id, 1, 'T-' || 10000000 + row_number() OVER (),
    (ARRAY['Meter reading', 'Wrong invoice', 'Moving house', 'Refund', 'Outage', 'New contract'])[1 + r % 6] || ' '
        || to_hex(r % 1000000),
    (ARRAY['new', 'open', 'waiting', 'solved'])[CASE WHEN r % 100 < 6 THEN 1 + r % 3 ELSE 4 END],
    (ARRAY['low', 'normal', 'normal', 'high'])[1 + r % 4], customer_id, agent_id, queue, started_at, ended_at
FROM (SELECT *, made.chance(extract(epoch FROM started_at)::bigint, 8) AS r FROM interaction) i
WHERE substr(id::text, 15, 2) IN ('70', '71') AND substr(id::text, 17, 1) < 'd';
INSERT INTO ticket_event (id, ticket_id, at, agent_id, kind, text)
SELECT id, id, opened_at, assignee_id, 'comment', 'Opened on the phone' FROM ticket;
INSERT INTO ticket_interaction (ticket_id, interaction_id) SELECT id, id FROM ticket;
