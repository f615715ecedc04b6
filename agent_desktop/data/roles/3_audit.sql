-- The audit: every edit of what people edit, with what was before and after; views and exports by access.record.
-- Triggers write it with the owner's rights, so that nobody needs any right on the table; they also keep the owner's own
-- UPDATE, DELETE and TRUNCATE from it. An owner can still switch triggers off: ship the rows off the server too.

CREATE OR REPLACE FUNCTION access.audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was jsonb;
    became jsonb;
    key text;
    -- what the program keeps for itself: no edit of anybody's
    inner_columns text[] := ARRAY['version', 'stamps', 'changed_in', 'updated_at', 'name_key', 'address_key', 'key'];
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - inner_columns; END IF;
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW) - inner_columns; END IF;
    key := coalesce(
        coalesce(became, was) ->> 'id',
        concat_ws(' ', coalesce(became, was) ->> 'interaction_id', coalesce(became, was) ->> 'queue_id',
            coalesce(became, was) ->> 'team_id', coalesce(became, was) ->> 'agent_id')
    );
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, became -> o.key) INTO was, became
        FROM jsonb_each(was) o WHERE o.value IS DISTINCT FROM became -> o.key;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO public.audit (at, who, action, table_name, row_id, before, after, detail)
    VALUES (clock_timestamp(), session_user, lower(TG_OP), TG_TABLE_NAME, key, was::json, became::json, '');
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION access.audit_only_grows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the audit only grows';
END $$;

-- Somebody looked at a row, or took rows away.
CREATE OR REPLACE FUNCTION access.record(action text, table_name text, row_id text, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF action NOT IN ('view', 'export') THEN
        RAISE invalid_parameter_value USING MESSAGE = 'view or export';
    END IF;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (clock_timestamp(), session_user, record.action, record.table_name, record.row_id, record.detail);
END $$;

DO $$
DECLARE
    each text;
BEGIN
    -- Edits and removals; that a row was added, and by whom, these rows say themselves.
    FOREACH each IN ARRAY ARRAY['interaction', 'recording', 'note', 'wrap_up', 'work_item', 'product'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audited ON public.%I', each);
        EXECUTE format(
            'CREATE TRIGGER audited AFTER UPDATE OR DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION access.audit_row()',
            each
        );
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER audited', each);
    END LOOP;
    FOREACH each IN ARRAY ARRAY[
        'organisation', 'customer', 'phone', 'email', 'ticket', 'team', 'team_lead', 'agent', 'agent_phone', 'queue',
        'disposition', 'pause_reason', 'site', 'access_setting'
    ] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audited ON public.%I', each);
        EXECUTE format(
            'CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON public.%I '
            'FOR EACH ROW EXECUTE FUNCTION access.audit_row()',
            each
        );
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER audited', each);
    END LOOP;
    -- Who serves a queue; that somebody signed in there is no edit.
    DROP TRIGGER IF EXISTS audited ON public.queue_member;
    CREATE TRIGGER audited AFTER INSERT OR DELETE ON public.queue_member
        FOR EACH ROW EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.queue_member ENABLE ALWAYS TRIGGER audited;
END $$;

DROP TRIGGER IF EXISTS only_grows ON audit;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.audit_only_grows();
DROP TRIGGER IF EXISTS never_emptied ON audit;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.audit_only_grows();
ALTER TABLE audit ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE audit ENABLE ALWAYS TRIGGER never_emptied;
