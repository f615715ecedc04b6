-- What the policies ask. All run with the owner's rights on a search path that nobody can bend, and go by session_user:
-- who signed in, whatever roles were set since. In policies they stand as (SELECT f()): asked once a statement, not
-- once a row.

CREATE SCHEMA IF NOT EXISTS access;
REVOKE ALL ON SCHEMA access FROM PUBLIC;
GRANT USAGE ON SCHEMA access TO :"agent", :"collector", :"retention", :"backup";

-- What policies ask for at every statement, once a table, stands in views: a function takes ten times as long. They are
-- the owner's, whom no policy holds, and show people nothing but themselves.

-- Who may sign in as whom and until when, and whom each reaches: the people of the own team and of the teams they lead,
-- themselves included, and the queues that those serve, by id and by name. Worked out when people, teams and queues
-- change, which is seldom, not when it is asked. The login is a name, as session_user is one: compared as bytes, in an
-- index of its own; null for who left, and where it is too long to be a role's.
CREATE TABLE IF NOT EXISTS access.scope (
    agent_id uuid PRIMARY KEY,
    people uuid[] NOT NULL,
    queues uuid[] NOT NULL,
    queue_names text[] NOT NULL
);
ALTER TABLE access.scope ADD COLUMN IF NOT EXISTS login name;
ALTER TABLE access.scope ADD COLUMN IF NOT EXISTS ends_at timestamptz NOT NULL DEFAULT 'infinity';
CREATE INDEX IF NOT EXISTS scope_login ON access.scope (login);
CREATE OR REPLACE FUNCTION access.refresh_scope() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time: the next sees what the one before has changed.
    PERFORM pg_advisory_xact_lock('access.scope'::regclass::oid::bigint);
    WITH reach AS (
        SELECT id AS agent_id, id FROM public.agent
        UNION SELECT a.id, p.id FROM public.agent a JOIN public.agent p ON p.team_id = a.team_id
        UNION SELECT l.agent_id, p.id FROM public.team_lead l JOIN public.agent p ON p.team_id = l.team_id
    ), served AS (
        SELECT DISTINCT r.agent_id, q.id, q.name FROM reach r
        JOIN public.queue_member m ON m.agent_id = r.id JOIN public.queue q ON q.id = m.queue_id
    ), present AS (
        SELECT p.agent_id, p.people, coalesce(s.queues, '{}') AS queues, coalesce(s.names, '{}') AS queue_names,
            CASE WHEN a.active AND octet_length(a.login) < 64 THEN a.login::name END AS login,
            coalesce(a.access_until, 'infinity') AS ends_at
        FROM (SELECT agent_id, array_agg(id ORDER BY id) AS people FROM reach GROUP BY agent_id) p
        JOIN public.agent a ON a.id = p.agent_id
        LEFT JOIN (
            SELECT agent_id, array_agg(id ORDER BY id) AS queues, array_agg(name ORDER BY id) AS names
            FROM served GROUP BY agent_id
        ) s USING (agent_id)
    ), gone AS (
        DELETE FROM access.scope s WHERE NOT EXISTS (SELECT FROM public.agent a WHERE a.id = s.agent_id)
    )
    INSERT INTO access.scope AS s (agent_id, people, queues, queue_names, login, ends_at)
    SELECT agent_id, people, queues, queue_names, login, ends_at FROM present
    ON CONFLICT (agent_id) DO UPDATE SET people = excluded.people, queues = excluded.queues,
        queue_names = excluded.queue_names, login = excluded.login, ends_at = excluded.ends_at
    WHERE (s.people, s.queues, s.queue_names, s.login, s.ends_at) IS DISTINCT FROM
        (excluded.people, excluded.queues, excluded.queue_names, excluded.login, excluded.ends_at);
END $$;
CREATE OR REPLACE FUNCTION access.scope_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.refresh_scope();
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER scope_changed AFTER INSERT OR DELETE
    OR UPDATE OF id, team_id, login, active, access_until ON public.agent
    FOR EACH STATEMENT EXECUTE FUNCTION access.scope_changed();
CREATE OR REPLACE TRIGGER scope_changed AFTER INSERT OR DELETE OR UPDATE ON public.team_lead
    FOR EACH STATEMENT EXECUTE FUNCTION access.scope_changed();
CREATE OR REPLACE TRIGGER scope_changed AFTER INSERT OR DELETE OR UPDATE OF queue_id, agent_id ON public.queue_member
    FOR EACH STATEMENT EXECUTE FUNCTION access.scope_changed();
CREATE OR REPLACE TRIGGER scope_changed AFTER INSERT OR DELETE OR UPDATE OF id, name ON public.queue
    FOR EACH STATEMENT EXECUTE FUNCTION access.scope_changed();
SELECT access.refresh_scope();

-- The person who signed in; no row when there is none, when they left, or when their access has ended.
CREATE OR REPLACE VIEW access.me WITH (security_barrier) AS
SELECT agent_id AS id FROM access.scope WHERE login = session_user AND ends_at > now();
CREATE OR REPLACE VIEW access.mine WITH (security_barrier) AS
SELECT people, queues, queue_names FROM access.scope WHERE login = session_user AND ends_at > now();

-- The import of a PBX's history that whoever signed in has going; no row when there is none.
CREATE OR REPLACE VIEW access.filling WITH (security_barrier) AS
SELECT r.id FROM public.import_run r
WHERE r.who = session_user::text COLLATE "default" AND r.state = 'filling' AND r.at > now() - interval '1 day';

-- The reports over calls that supervisors have scheduled and that are being made; no row when there is none.
CREATE OR REPLACE VIEW access.reporting WITH (security_barrier) AS
SELECT r.schedule_id FROM public.report_run r JOIN public.report_schedule s ON s.id = r.schedule_id
WHERE r.state = 'making' AND r.begun_at > now() - interval '15 minutes'
    AND s.active AND s.wish ->> 'kind' IN ('calls', 'abandoned');

-- The tickets one wrote in.
CREATE OR REPLACE VIEW access.spoken WITH (security_barrier) AS
SELECT ticket_id FROM public.ticket_event WHERE agent_id = (SELECT id FROM access.me);

-- They are in plpgsql, which keeps its plans: a function in plain SQL is planned anew at each call, five times as slow.

-- Whether the login is one of the people or services in that group (a superuser is in every one).
CREATE OR REPLACE FUNCTION access.is_member(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT pg_has_role(session_user, prefix || '_' || wanted, 'MEMBER') FROM public.access_setting);
END $$;

-- The person who signed in; null when there is none, when they left, or when their access has ended.
CREATE OR REPLACE FUNCTION access.my_agent() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT id FROM access.me);
END $$;

-- Why somebody is let in or not: service, person, expired, inactive, unknown.
CREATE OR REPLACE FUNCTION access.standing() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.is_member('migrator') OR access.is_member('collector') OR access.is_member('retention')
        OR access.is_member('backup')
    THEN
        RETURN 'service';
    END IF;
    IF NOT access.is_member('agent') THEN
        RETURN 'unknown';
    END IF;
    RETURN coalesce((
        SELECT CASE WHEN NOT active THEN 'inactive' WHEN access_until <= now() THEN 'expired' ELSE 'person' END
        FROM public.agent WHERE login = session_user::text COLLATE "default"
    ), 'unknown');
END $$;

-- The people of one's own team and of the teams one leads, oneself included, and the queues they serve, by id and by name.
CREATE OR REPLACE FUNCTION access.my_people() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT people FROM access.mine), '{}');
END $$;
CREATE OR REPLACE FUNCTION access.my_queues() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT queues FROM access.mine), '{}');
END $$;
CREATE OR REPLACE FUNCTION access.my_queue_names() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce((SELECT queue_names FROM access.mine), '{}');
END $$;

-- Until when somebody must have joined an interaction to edit it still.
CREATE OR REPLACE FUNCTION access.editable_since() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT now() - make_interval(hours => edit_hours) FROM public.access_setting);
END $$;

-- Whether a ticket is one of those that an agent sees: the same words as the policy of the table.
CREATE OR REPLACE FUNCTION access.sees_ticket(ticket uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    found record;
BEGIN
    SELECT t.assignee_id, t.queue INTO found FROM public.ticket t WHERE t.id = sees_ticket.ticket;
    IF me IS NULL OR found IS NULL THEN
        RETURN false;
    END IF;
    RETURN found.assignee_id = me
        OR (found.assignee_id IS NULL AND found.queue = '')
        OR found.assignee_id = ANY (access.my_people())
        OR found.queue = ANY (access.my_queue_names())
        OR access.is_member('supervisor')
        OR EXISTS (SELECT FROM public.ticket_event e WHERE e.ticket_id = sees_ticket.ticket AND e.agent_id = me);
END $$;

-- Take part in an interaction; false when it is too old, was never this centre's to edit, or is asked for another.
-- Several desktops tell one call, so whoever says something about a young one takes part, and that stays written down.
CREATE OR REPLACE FUNCTION access.join_interaction(interaction uuid, agent uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    since timestamptz := access.editable_since();
    joined timestamptz;
    first timestamptz;
BEGIN
    IF access.is_member('migrator') THEN
        INSERT INTO public.participant SELECT interaction, agent, now() WHERE agent IS NOT NULL ON CONFLICT DO NOTHING;
        RETURN true;
    END IF;
    IF me IS NULL OR agent IS DISTINCT FROM me THEN
        RETURN false;
    END IF;
    SELECT p.joined_at INTO joined FROM public.participant p WHERE p.interaction_id = interaction AND p.agent_id = me;
    IF joined > since THEN
        RETURN true;
    END IF;
    IF joined IS NULL THEN
        SELECT min(p.joined_at) INTO first FROM public.participant p WHERE p.interaction_id = interaction;
        IF first > since
            -- nobody's yet: not stored, or known from the collector only, which stores who gave up waiting
            OR (first IS NULL AND NOT EXISTS (
                SELECT FROM public.interaction i WHERE i.id = interaction AND NOT (
                    i.outcome = 'missed' AND i.agent_id IS NULL AND i.stamps IS NULL AND i.started_at > since
                )
            ))
        THEN
            INSERT INTO public.participant VALUES (interaction, me, now()) ON CONFLICT DO NOTHING;
            RETURN true;
        END IF;
    END IF;
    RETURN access.is_member('supervisor') OR access.is_member('team_lead') AND EXISTS (
        SELECT FROM public.interaction i WHERE i.id = interaction AND i.agent_id = ANY (access.my_people())
    );
END $$;

-- Nobody may delete rows of these tables. What an edit of a customer takes away goes through here, and stays in the
-- audit (numbers and addresses); the words by which a customer is found follow from the rest and are only written anew.
CREATE OR REPLACE FUNCTION access.remove_phone(customer uuid, phone uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre edit customers';
    END IF;
    DELETE FROM public.phone p WHERE p.id = phone AND p.customer_id = customer;
END $$;
CREATE OR REPLACE FUNCTION access.remove_email(customer uuid, email uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre edit customers';
    END IF;
    DELETE FROM public.email e WHERE e.id = email AND e.customer_id = customer;
END $$;
CREATE OR REPLACE FUNCTION access.set_words(customer uuid, words text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre edit customers';
    END IF;
    DELETE FROM public.customer_word w WHERE w.customer_id = customer AND w.word <> ALL (words);
    INSERT INTO public.customer_word (word, customer_id) SELECT unnest(words), customer ON CONFLICT DO NOTHING;
END $$;
-- A merge, or its undoing, gives rows of one customer to the other: only where one of them is the other's signpost. A
-- number or an address that the other has already stays.
CREATE OR REPLACE FUNCTION access.move_of_customer(kind text, source uuid, target uuid, keys uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    once text := CASE kind WHEN 'phone' THEN 'key' WHEN 'email' THEN 'address_key' END;
    moved uuid[];
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre edit customers';
    END IF;
    IF NOT kind = ANY (ARRAY['phone', 'email', 'product', 'interaction', 'ticket', 'work_item'])
        OR NOT EXISTS (
            SELECT FROM public.customer c
            WHERE c.id = source AND c.merged_into = target OR c.id = target AND c.merged_into = source
        )
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre who merge customers move what is theirs';
    END IF;
    EXECUTE format(
        'WITH moved AS (UPDATE public.%1$I t SET customer_id = $2 '
        'WHERE t.customer_id = $1 AND ($3 IS NULL OR t.id = ANY ($3)) %2$s RETURNING t.id) '
        'SELECT coalesce(array_agg(id), ''{}'') FROM moved',
        kind,
        CASE WHEN once IS NOT NULL THEN format(
            'AND NOT EXISTS (SELECT FROM public.%1$I o WHERE o.customer_id = $2 AND o.%2$I = t.%2$I)', kind, once
        ) ELSE '' END
    ) INTO moved USING source, target, keys;
    RETURN moved;
END $$;
CREATE OR REPLACE FUNCTION access.remove_member(queue uuid, agent uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre manage people';
    END IF;
    DELETE FROM public.queue_member m WHERE m.queue_id = queue AND m.agent_id = agent;
END $$;
CREATE OR REPLACE FUNCTION access.remove_lead(team uuid, agent uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre manage people';
    END IF;
    DELETE FROM public.team_lead l WHERE l.team_id = team AND l.agent_id = agent;
END $$;

-- Tell somebody, a team or everybody something: it is for whoever belongs there now. Leads tell their people, who
-- supervises everybody. How many it is for.
CREATE OR REPLACE FUNCTION access.send_message(key uuid, audience text, whom uuid, said text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    readers uuid[];
BEGIN
    IF audience NOT IN ('agent', 'team', 'all') OR btrim(said) = '' OR length(said) > 2000 THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'A message needs words, 2,000 signs at most, and somebody to read it.';
    END IF;
    IF me IS NULL OR NOT access.is_member('team_lead') OR audience = 'all' AND NOT access.is_member('supervisor') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre who lead others tell them something';
    END IF;
    SELECT array_agg(a.id) INTO readers FROM public.agent a
    WHERE a.active AND CASE audience WHEN 'agent' THEN a.id = whom WHEN 'team' THEN a.team_id = whom ELSE true END
        AND (a.id <> me OR audience = 'agent');
    IF readers IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'There is nobody to read it.';
    END IF;
    IF NOT access.is_member('supervisor') AND NOT readers <@ access.my_people() THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre who lead others tell them something';
    END IF;
    INSERT INTO public.team_message (id, sender_id, audience, audience_id, text) VALUES (key, me, audience, whom, said);
    INSERT INTO public.team_message_reader (message_id, agent_id, sender_id) SELECT key, unnest(readers), me;
    RETURN cardinality(readers);
END $$;

-- Nobody else stores queue events until this transaction ends, the collector neither: every reader's cursor is an id, and
-- ids are given out before they can be seen.
CREATE OR REPLACE FUNCTION access.lock_writers() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre import its past';
    END IF;
    PERFORM FROM public.collector_lease FOR UPDATE;
END $$;

-- Missed calls that a queue handed to somebody after all, see data/missed.py. Whoever asks holds the lock, shared, from
-- before the question until their entry is to be seen; whoever settles waits for them, and sees all entries.
CREATE OR REPLACE FUNCTION access.was_taken(linked text, first timestamptz, last timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre ask what became of a call';
    END IF;
    RETURN EXISTS (
        SELECT FROM public.queue_visit v
        WHERE v.entered_at BETWEEN first AND last AND v.linked_id = linked AND v.connected_at IS NOT NULL
    );
END $$;
CREATE OR REPLACE FUNCTION access.settle_missed(linked text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('access.settle_missed(text[])'::regprocedure::oid::bigint);
    UPDATE public.work_item w SET status = 'done', version = w.version + 1
    FROM public.interaction i
    WHERE w.status IN ('open', 'claimed') AND w.kind = 'missed' AND i.id = w.interaction_id
        AND i.linked_id = ANY (linked);
END $$;

-- One login for each of the people. Only admins may call it; services' logins are the server's owner's to make, and
-- neither those nor strangers to this centre can be changed here. The password comes as its SCRAM verifier; null leaves
-- the one there is. One that is handed over, which somebody else has seen, ends after 72 hours.
CREATE OR REPLACE FUNCTION access.grant_login(login text, wanted text, verifier text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    ours text := (SELECT prefix || '_' FROM public.access_setting);
    people text[] := ARRAY['agent', 'team_lead', 'supervisor', 'admin'];
    held text;
    handed_over boolean := (SELECT a.one_time FROM public.agent a WHERE a.login = grant_login.login);
    ends timestamptz := coalesce(until, 'infinity');
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre manage people';
    END IF;
    IF NOT wanted = ANY (people) THEN
        RAISE insufficient_privilege USING MESSAGE = format('%s is no role of people', wanted);
    END IF;
    IF verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a SCRAM verifier is wanted';
    END IF;
    IF verifier IS NULL AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'a new login needs a password';
    END IF;
    IF NOT EXISTS (SELECT FROM public.agent a WHERE a.login = grant_login.login) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'nobody here has that login';
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = login AND NOT rolcanlogin)
            OR EXISTS (
                SELECT FROM pg_roles
                WHERE rolname = login AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
            )
            OR NOT EXISTS (
                SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
                WHERE r.rolname = login AND g.rolname IN (SELECT ours || unnest(people))
            )
            OR EXISTS (
                SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
                WHERE r.rolname = login AND g.rolname NOT IN (SELECT ours || unnest(people))
            )
        THEN
            RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = format('the login %s is not one of this centre''s people', login);
        END IF;
        FOREACH held IN ARRAY people LOOP
            IF held <> wanted THEN
                EXECUTE format('REVOKE %I FROM %I', ours || held, login);
            END IF;
        END LOOP;
    ELSE
        EXECUTE format('CREATE ROLE %I LOGIN', login);
    END IF;
    IF handed_over AND verifier IS NOT NULL THEN
        ends := least(ends, now() + interval '72 hours');
    ELSIF handed_over THEN  -- another role gives the password no longer life
        ends := least(ends, (SELECT r.rolvaliduntil FROM pg_roles r WHERE r.rolname = login));
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN CONNECTION LIMIT 12 VALID UNTIL %L', login, ends);
    IF verifier IS NOT NULL THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
    END IF;
    EXECUTE format('GRANT %I TO %I', ours || wanted, login);
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (now(), session_user, 'grant', 'role', login, wanted);
END $$;

-- Everybody's own password, after which the one that an admin made has done its work.
CREATE OR REPLACE FUNCTION access.change_password(verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre have a password here';
    END IF;
    IF verifier IS NULL OR verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a SCRAM verifier is wanted';
    END IF;
    EXECUTE format(
        'ALTER ROLE %I PASSWORD %L VALID UNTIL %L', session_user, verifier,
        (SELECT coalesce(max(access_until) + interval '30 days', 'infinity') FROM public.agent WHERE login = session_user::text)
    );
    UPDATE public.agent SET one_time = false WHERE login = session_user::text AND one_time;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (now(), session_user, 'password', 'role', session_user, '');
END $$;
