-- What nobody reads from its table: what only customers know, and what callers typed in the menu. Showing and comparing
-- take two transactions: the first writes down that somebody looks, or what came of an answer; only one that begins
-- after it was committed is told. In a single one whoever undid it would have looked without a trace. Such a row is known
-- by its time, which is the clock's and so not before the beginning of the transaction that wrote it.

-- ------------------------------------------------------------------ identity checks

-- The policy of the queue of a call, or of calls without a queue; no row when none is in force.
CREATE OR REPLACE FUNCTION access.identity_policy_of(call uuid) RETURNS SETOF public.identity_policy
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.* FROM public.identity_policy p
    WHERE p.id = coalesce(
        (
            SELECT q.id FROM public.interaction i JOIN public.queue q ON lower(q.name) = lower(i.queue)
            WHERE i.id = call AND i.queue <> '' ORDER BY q.active DESC LIMIT 1
        ), '00000000-0000-0000-0000-000000000000'
    );
END $$;

-- Whether whoever asks may judge the answer themselves: it stands on the card, or the policy shows it.
CREATE OR REPLACE FUNCTION access.identity_judged(call uuid, question text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN question NOT IN ('birth', 'word')
        OR coalesce((SELECT p.active AND p.shows_answer FROM access.identity_policy_of(call) p), false);
END $$;

-- Which questions a customer has left an answer to, or somebody who was merged into them.
CREATE OR REPLACE FUNCTION access.identity_known(customer uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT a.question) FROM public.identity_answer a
        WHERE EXISTS (SELECT FROM access.me)
            AND a.customer_id IN (SELECT c.id FROM public.customer c WHERE customer IN (c.id, c.merged_into))
    ), '{}');
END $$;

-- Raises why this may not be asked, in words; else whether the policy shows the answer.
CREATE OR REPLACE FUNCTION access.identity_allowed(call uuid, customer uuid, question text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    rules record;
BEGIN
    IF me IS NULL OR NOT EXISTS (
        SELECT FROM public.participant p
        WHERE p.interaction_id = call AND p.agent_id = me AND p.joined_at > access.editable_since()
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only who takes part in the call asks who its caller is';
    END IF;
    -- What came of an answer nothing may say before it is committed, also not what is refused after it.
    IF EXISTS (SELECT FROM public.identity_attempt a WHERE a.interaction_id = call AND a.compared AND a.at >= now())
        OR EXISTS (SELECT FROM public.identity_attempt a WHERE a.customer_id = customer AND a.compared AND a.at >= now())
    THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'One answer is compared at a time.';
    END IF;
    SELECT p.* INTO rules FROM access.identity_policy_of(call) p;
    IF NOT coalesce(rules.active, false)
        OR NOT coalesce(CASE question WHEN 'birth' THEN rules.asks_birth WHEN 'word' THEN rules.asks_word END, false)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'The rules of this queue do not ask that.';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.interaction i JOIN public.customer c ON c.id = i.customer_id
        WHERE i.id = call AND customer IN (c.id, c.merged_into)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'This call is not known to be this customer’s.';
    END IF;
    IF (SELECT count(*) FROM public.identity_attempt a WHERE a.interaction_id = call AND NOT a."right") > rules.may_fail
    THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'Too many wrong answers: this check has failed.';
    END IF;
    RETURN rules.shows_answer;
END $$;

-- Compare what a caller said, folded as the answer was. What came of it stands in the attempt, for later transactions.
-- A day's wrong answers about one customer are counted over all calls: nobody makes calls to go on guessing. A supervisor
-- may let the count begin anew.
CREATE OR REPLACE FUNCTION access.check_identity(attempt uuid, call uuid, customer uuid, question text, said text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    expected text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('identity ' || customer::text, 0));
    PERFORM access.identity_allowed(call, customer, question);
    IF EXISTS (
        SELECT FROM public.identity_attempt a
        WHERE a.interaction_id = call AND a.question = check_identity.question
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'This was asked in this call already.';
    END IF;
    IF (
        SELECT count(*) FROM public.identity_attempt a
        WHERE a.customer_id = customer AND a.agent_id = me AND a.compared AND NOT a."right"
            AND a.at > greatest(
                now() - interval '1 day',
                (SELECT max(l.at) FROM public.identity_lift l WHERE l.customer_id = customer)
            )
    ) >= 10 THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001',
            MESSAGE = 'Ten answers of this customer were wrong today: more are not compared at this desk.';
    END IF;
    SELECT a.folded INTO expected FROM public.identity_answer a
    WHERE a.question = check_identity.question
        AND a.customer_id IN (SELECT c.id FROM public.customer c WHERE customer IN (c.id, c.merged_into))
    ORDER BY a.customer_id <> customer LIMIT 1;
    INSERT INTO public.identity_attempt (id, interaction_id, customer_id, agent_id, at, question, "right", compared)
    VALUES (
        attempt, call, customer, me, clock_timestamp(), check_identity.question,
        coalesce(said <> '' AND expected = said, false), true
    );
END $$;

-- Let answers of one customer be compared again, and say why; agents see who did and when.
CREATE OR REPLACE FUNCTION access.lift_identity(lift uuid, customer uuid, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
BEGIN
    IF me IS NULL OR NOT access.is_member('supervisor') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre who supervise let it go on';
    END IF;
    IF btrim(reason) = '' OR length(reason) > 200 THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'A reason is needed, 200 signs at most.';
    END IF;
    IF NOT EXISTS (SELECT FROM public.customer c WHERE c.id = customer AND c.erased_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'There is no such customer.';
    END IF;
    INSERT INTO public.identity_lift (id, customer_id, agent_id, at, reason)
    VALUES (lift, customer, me, clock_timestamp(), btrim(reason));
END $$;

-- Write down that somebody looks at what a customer is known by ...
CREATE OR REPLACE FUNCTION access.ask_identity(call uuid, customer uuid, question text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT access.identity_allowed(call, customer, question) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001',
            MESSAGE = 'The rules of this queue show no answers: what the caller says is typed.';
    END IF;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (clock_timestamp(), session_user, 'view', 'identity_answer', customer::text, question);
END $$;

-- Whether this login has written down, in a transaction that is over, that it looks at this now.
CREATE OR REPLACE FUNCTION access.asked_for(looked_at text, key text, said text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.audit a
        WHERE a.table_name = looked_at AND a.row_id = key AND a.action = 'view' AND a.detail = said
            AND a.who = session_user::text COLLATE "default" AND a.at < now() AND a.at > now() - interval '1 minute'
    );
END $$;

-- ... and, in a later transaction, show it; null where nothing is kept any more.
CREATE OR REPLACE FUNCTION access.reveal_identity(call uuid, customer uuid, question text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT access.identity_allowed(call, customer, question) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001',
            MESSAGE = 'The rules of this queue show no answers: what the caller says is typed.';
    END IF;
    IF NOT access.asked_for('identity_answer', customer::text, question) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only what was asked for before is shown';
    END IF;
    RETURN (
        SELECT a.answer FROM public.identity_answer a
        WHERE a.question = reveal_identity.question
            AND a.customer_id IN (SELECT c.id FROM public.customer c WHERE customer IN (c.id, c.merged_into))
        ORDER BY a.customer_id <> customer LIMIT 1
    );
END $$;

-- Put on record what a customer wants to be known by. What is there only a team lead replaces: who knows nothing could
-- write down what they know. That it was done stands in the audit, without the words.
CREATE OR REPLACE FUNCTION access.keep_identity(
    customer uuid, question text, answer text, folded text, at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    there boolean;
BEGIN
    IF me IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre put on record who customers are';
    END IF;
    IF question NOT IN ('birth', 'word') OR btrim(answer) = '' OR folded = '' OR length(answer) > 80 THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'A date of birth or a security word is kept, 80 signs at most.';
    END IF;
    IF NOT EXISTS (SELECT FROM public.customer c WHERE c.id = customer AND c.erased_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'There is no such customer.';
    END IF;
    SELECT EXISTS (
        SELECT FROM public.identity_answer a
        WHERE a.question = keep_identity.question
            AND a.customer_id IN (SELECT c.id FROM public.customer c WHERE customer IN (c.id, c.merged_into))
    ) INTO there;
    IF there AND NOT access.is_member('team_lead') AND NOT access.is_member('migrator') THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'What is on record already a team lead replaces.';
    END IF;
    INSERT INTO public.identity_answer AS a (customer_id, question, answer, folded, at, agent_id)
    VALUES (customer, keep_identity.question, btrim(keep_identity.answer), keep_identity.folded, keep_identity.at, me)
    ON CONFLICT ON CONSTRAINT pk_identity_answer DO UPDATE
    SET answer = excluded.answer, folded = excluded.folded, at = excluded.at, agent_id = excluded.agent_id;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (
        clock_timestamp(), session_user, CASE WHEN there THEN 'update' ELSE 'insert' END, 'identity_answer',
        customer::text, keep_identity.question
    );
END $$;

-- All of it of one person, for themselves: [{customer_id, question, answer, at, agent_id}, ...].
CREATE OR REPLACE FUNCTION access.export_identity(customers uuid[]) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator')
        OR NOT access.is_member('supervisor') AND NOT access.is_member('migrator')
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre who supervise hand it out';
    END IF;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    SELECT clock_timestamp(), session_user, 'export', 'identity_answer', c::text, ''
    FROM unnest(customers) c WHERE EXISTS (SELECT FROM public.identity_answer a WHERE a.customer_id = c);
    RETURN coalesce((
        SELECT json_agg(json_build_object(
            'customer_id', a.customer_id, 'question', a.question, 'answer', a.answer, 'at', a.at, 'agent_id', a.agent_id
        ) ORDER BY a.at)
        FROM public.identity_answer a WHERE a.customer_id = ANY (customers)
    ), '[]');
END $$;

-- ------------------------------------------------------------------ what callers typed

-- Raises why this login does not see a secret of the menu, in words. Whoever may is a setting of the call's queue: as the
-- collector saw it where it did, since desks could say another.
CREATE OR REPLACE FUNCTION access.handoff_allowed(field uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    call uuid;
    linked text;
    said_at timestamptz;
    seen_by text;
    taking_part boolean;
BEGIN
    IF me IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre see what callers typed';
    END IF;
    SELECT f.interaction_id, f.linked_id, f.at INTO call, linked, said_at
    FROM public.handoff_field f WHERE f.id = field AND f.secret;
    IF call IS NULL THEN
        RETURN;
    END IF;
    SELECT p.reveals INTO seen_by FROM public.identity_policy p WHERE p.id = coalesce(
        (
            SELECT v.queue_id FROM public.queue_visit v
            WHERE linked <> '' AND v.linked_id = linked
                AND v.entered_at BETWEEN said_at - interval '4 hours' AND said_at + interval '4 hours'
            ORDER BY v.entered_at DESC LIMIT 1
        ),
        (SELECT q.id FROM access.identity_policy_of(call) q)
    );
    seen_by := coalesce(seen_by, 'supervisor');
    IF seen_by = 'nobody' THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'In this queue nobody sees what callers typed.';
    ELSIF access.is_member('supervisor') THEN
        RETURN;
    ELSIF seen_by = 'supervisor' THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'In this queue only supervisors see what callers typed.';
    END IF;
    taking_part := EXISTS (
        SELECT FROM public.participant p
        WHERE p.interaction_id = call AND p.joined_at > access.editable_since()
            AND CASE WHEN access.is_member('team_lead') THEN p.agent_id = ANY (access.my_people()) ELSE p.agent_id = me END
    );
    IF seen_by = 'team_lead' AND NOT access.is_member('team_lead') THEN
        RAISE EXCEPTION USING ERRCODE = 'AD001', MESSAGE = 'In this queue only team leads see what callers typed.';
    ELSIF NOT taking_part THEN
        RAISE insufficient_privilege USING MESSAGE = 'only who takes part in the call sees what its caller typed';
    END IF;
END $$;

-- Write down that somebody looks; what was said in the audit is the field's name ...
CREATE OR REPLACE FUNCTION access.ask_handoff(field uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM access.handoff_allowed(field);
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    SELECT clock_timestamp(), session_user, 'view', 'handoff_secret', field::text, f.name
    FROM public.handoff_field f JOIN public.handoff_secret s ON s.id = f.id WHERE f.id = field;
END $$;

-- ... and show it in a later transaction; null where it is not kept any more.
CREATE OR REPLACE FUNCTION access.reveal_handoff(field uuid) RETURNS json
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    PERFORM access.handoff_allowed(field);
    SELECT s.value, s.sealed, f.name INTO held
    FROM public.handoff_secret s JOIN public.handoff_field f ON f.id = s.id WHERE s.id = field;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF NOT access.asked_for('handoff_secret', field::text, held.name) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only what was asked for before is shown';
    END IF;
    RETURN json_build_object('value', held.value, 'sealed', held.sealed);
END $$;

-- Whether what callers typed is encrypted: who is to see it needs the private key.
CREATE OR REPLACE FUNCTION access.handoff_sealed() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.handoff_secret WHERE sealed) AND EXISTS (SELECT FROM access.me);
END $$;
