-- What changed, for the other desktops: kinds and ids only, as nothing filters what a notification carries. Rows are
-- written by triggers with the owner's rights; nobody reads the table but through access.changes_since.

CREATE OR REPLACE FUNCTION access.change_of_id() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.change (at, kind, row_id, xid)
    VALUES (now(), TG_ARGV[0], CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;

-- An interaction or a ticket stands on its customer's page too: on the old one's and on the new one's.
CREATE OR REPLACE FUNCTION access.change_of_id_and_customer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was uuid;
    became uuid;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := OLD.customer_id; END IF;
    IF TG_OP <> 'DELETE' THEN became := NEW.customer_id; END IF;
    INSERT INTO public.change (at, kind, row_id, xid)
    SELECT now(), k, r, pg_current_xact_id()::text::bigint
    FROM (VALUES
        (TG_ARGV[0], CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END),
        ('customer', became),
        ('customer', CASE WHEN was IS DISTINCT FROM became THEN was END)
    ) AS v (k, r) WHERE r IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION access.change_of_pair() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said record;
BEGIN
    IF TG_OP = 'DELETE' THEN said := OLD; ELSE said := NEW; END IF;
    INSERT INTO public.change (at, kind, row_id, xid)
    SELECT now(), 'customer', r, pg_current_xact_id()::text::bigint FROM unnest(ARRAY[said.first_id, said.second_id]) r;
    RETURN NULL;
END $$;

-- What hangs on a customer, an interaction or a ticket changes its page: a function for each of these.
DO $$
DECLARE
    each text;
BEGIN
    FOREACH each IN ARRAY ARRAY['customer', 'interaction', 'ticket'] LOOP
        EXECUTE format(
            $made$
            CREATE OR REPLACE FUNCTION access.%1$I() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
            BEGIN
                INSERT INTO public.change (at, kind, row_id, xid)
                VALUES (
                    now(), %2$L, CASE WHEN TG_OP = 'DELETE' THEN OLD.%3$I ELSE NEW.%3$I END,
                    pg_current_xact_id()::text::bigint
                );
                RETURN NULL;
            END $body$
            $made$,
            'change_of_' || each, each, each || '_id'
        );
    END LOOP;
END $$;

-- What was asked of the PBX about somebody, and what they were told: them and whoever said it.
CREATE OR REPLACE FUNCTION access.change_of_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.change (at, kind, row_id, xid)
    SELECT now(), 'person', r, pg_current_xact_id()::text::bigint
    FROM (
        SELECT NEW.agent_id UNION
        SELECT (to_jsonb(NEW) ->> CASE TG_TABLE_NAME WHEN 'pbx_request' THEN 'asked_by' ELSE 'sender_id' END)::uuid
    ) AS v (r) WHERE r IS NOT NULL;
    RETURN NULL;
END $$;

-- Once a statement: that something of the kind changed is enough.
CREATE OR REPLACE FUNCTION access.change_of_kind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.change (at, kind, xid) VALUES (now(), TG_ARGV[0], pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;

DO $$
DECLARE
    each record;
    each_table text;
BEGIN
    FOR each IN SELECT * FROM (VALUES
        ('customer', 'ROW', 'change_of_id', 'customer'),
        ('phone', 'ROW', 'change_of_customer', ''),
        ('email', 'ROW', 'change_of_customer', ''),
        ('product', 'ROW', 'change_of_customer', ''),
        ('customer_apart', 'ROW', 'change_of_pair', ''),
        ('interaction', 'ROW', 'change_of_id_and_customer', 'interaction'),
        ('leg', 'ROW', 'change_of_interaction', ''),
        ('note', 'ROW', 'change_of_interaction', ''),
        ('wrap_up', 'ROW', 'change_of_interaction', ''),
        ('recording', 'ROW', 'change_of_interaction', ''),
        ('ivr_handover', 'ROW', 'change_of_interaction', ''),
        ('identity_attempt', 'ROW', 'change_of_interaction', ''),
        ('identity_lift', 'ROW', 'change_of_customer', ''),
        ('identity_policy', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('handoff_field', 'ROW', 'change_of_interaction', ''),
        ('ticket', 'ROW', 'change_of_id_and_customer', 'ticket'),
        ('ticket_event', 'ROW', 'change_of_ticket', ''),
        ('ticket_interaction', 'ROW', 'change_of_ticket', ''),
        ('work_item', 'ROW', 'change_of_id', 'work'),
        ('presence', 'STATEMENT', 'change_of_kind', 'agent'),
        ('pbx_member', 'STATEMENT', 'change_of_kind', 'agent'),
        ('queue_event', 'STATEMENT', 'change_of_kind', 'queue'),
        ('queue', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('agent', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('team', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('disposition', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('pause_reason', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('agent_phone', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('team_lead', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('site', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('access_setting', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('handoff_rule', 'STATEMENT', 'change_of_kind', 'catalogue'),
        ('holiday', 'STATEMENT', 'change_of_kind', 'staffing'),
        ('staffing_aim', 'STATEMENT', 'change_of_kind', 'staffing'),
        ('planned_agents', 'STATEMENT', 'change_of_kind', 'staffing'),
        ('planned_shift', 'STATEMENT', 'change_of_kind', 'staffing'),
        ('board_layout', 'STATEMENT', 'change_of_kind', 'layout'),
        ('article', 'STATEMENT', 'change_of_kind', 'knowledge'),
        ('snippet', 'STATEMENT', 'change_of_kind', 'knowledge'),
        ('script', 'STATEMENT', 'change_of_kind', 'script'),
        ('script_version', 'STATEMENT', 'change_of_kind', 'script'),
        ('script_rule', 'STATEMENT', 'change_of_kind', 'script'),
        ('script_run', 'ROW', 'change_of_interaction', '')
    ) AS v (on_table, per, called, said) LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS told ON public.%I', each.on_table);
        EXECUTE format(
            'CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON public.%I FOR EACH %s EXECUTE FUNCTION access.%I(%L)',
            each.on_table, each.per, each.called, each.said
        );
    END LOOP;
    FOREACH each_table IN ARRAY ARRAY['pbx_request', 'team_message_reader'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS told ON public.%I', each_table);
        EXECUTE format(
            'CREATE TRIGGER told AFTER INSERT OR UPDATE ON public.%I FOR EACH ROW EXECUTE FUNCTION access.change_of_people()',
            each_table
        );
    END LOOP;
    -- Who belongs to a queue; that somebody signed in there changes nothing that desktops keep.
    DROP TRIGGER IF EXISTS told ON public.queue_member;
    CREATE TRIGGER told AFTER INSERT OR DELETE OR UPDATE OF queue_id, agent_id ON public.queue_member
        FOR EACH STATEMENT EXECUTE FUNCTION access.change_of_kind('catalogue');
    -- What the PBX says of somebody concerns their own desktop first.
    DROP TRIGGER IF EXISTS told_person ON public.pbx_member;
    CREATE TRIGGER told_person AFTER INSERT OR UPDATE ON public.pbx_member
        FOR EACH ROW EXECUTE FUNCTION access.change_of_people();
    -- How far the customer is whom they handed to a menu.
    DROP TRIGGER IF EXISTS told_person ON public.ivr_handover;
    CREATE TRIGGER told_person AFTER INSERT OR UPDATE ON public.ivr_handover
        FOR EACH ROW EXECUTE FUNCTION access.change_of_people();
    -- What follows a call, and who was signed out; a lease renewed every few seconds tells nobody anything.
    DROP TRIGGER IF EXISTS told ON public.desk;
    CREATE TRIGGER told AFTER UPDATE OF then_presence, then_reason, dismissed_at ON public.desk
        FOR EACH STATEMENT EXECUTE FUNCTION access.change_of_kind('agent');
END $$;

-- What was committed since: {"cursor", "at", "all", "changes": [[kind, row], ...]}. The cursor says which transactions
-- were over then: what one commits that still ran comes later under a smaller id, and is neither missed nor told twice,
-- however long it runs. "all": so long ago that rows have been pruned, or another server, or an older state of it.
-- Whoever may not be here gets nothing.
DROP FUNCTION IF EXISTS access.changes_since(bigint, timestamptz);
CREATE OR REPLACE FUNCTION access.changes_since(since pg_snapshot, heard timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    present pg_snapshot := pg_current_snapshot();
    lost boolean := since IS NOT NULL
        AND (heard <= now() - interval '9 minutes' OR pg_snapshot_xmin(present) < pg_snapshot_xmin(since));
    found jsonb;
BEGIN
    IF access.standing() NOT IN ('person', 'service') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre hear what changed';
    END IF;
    IF since IS NOT NULL AND NOT lost THEN
        SELECT jsonb_agg(jsonb_build_array(v.kind, v.row_id)) INTO found FROM (
            SELECT DISTINCT c.kind, c.row_id FROM public.change c
            WHERE c.xid >= pg_snapshot_xmin(since)::text::bigint AND NOT pg_visible_in_snapshot(c.xid::text::xid8, since)
        ) v;
    END IF;
    RETURN jsonb_build_object(
        'cursor', present::text, 'at', now(), 'changes', coalesce(found, '[]'::jsonb), 'all', lost
    );
END $$;

-- Forget what everybody has heard; some at a time.
CREATE OR REPLACE FUNCTION access.prune_changes() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.standing() NOT IN ('person', 'service') THEN
        RETURN;
    END IF;
    DELETE FROM public.change c
    WHERE c.id IN (SELECT o.id FROM public.change o ORDER BY o.id LIMIT 20000) AND c.at < now() - interval '10 minutes';
END $$;
