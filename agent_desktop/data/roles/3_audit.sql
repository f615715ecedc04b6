-- The audit: every edit of what people edit, with what was before and after; views and exports by access.record.
-- Triggers write it with the owner's rights, so that nobody needs any right on the table; they also keep the owner's own
-- UPDATE, DELETE and TRUNCATE from it; only what is past its days (retention_rule) goes, by access.old_audit, and values
-- of who is erased are blanked, by access.blank_audit. An owner can still switch triggers off: ship the rows off the
-- server too.

CREATE OR REPLACE FUNCTION access.audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was jsonb;
    became jsonb;
    key text;
    -- what the program keeps for itself: no edit of anybody's
    inner_columns text[] := ARRAY['version', 'stamps', 'changed_in', 'updated_at', 'name_key', 'address_key', 'key', 'xid'];
BEGIN
    -- What is taken away for good must not come to stand here: a row of "removal" says who did it and why. The setting
    -- alone opens nothing; it spares all others the question.
    IF current_setting('access.removing', true) = 'on' AND TG_TABLE_NAME <> 'removal'
        AND EXISTS (SELECT FROM access.removing)
    THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - inner_columns; END IF;
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW) - inner_columns; END IF;
    key := coalesce(
        coalesce(became, was) ->> 'id', coalesce(became, was) ->> 'kind',
        concat_ws(' ', coalesce(became, was) ->> 'interaction_id', coalesce(became, was) ->> 'queue_id',
            coalesce(became, was) ->> 'team_id', coalesce(became, was) ->> 'agent_id', coalesce(became, was) ->> 'day')
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

-- How many agents are planned for a queue: one edit for each of its days, by quarter hour.
CREATE OR REPLACE FUNCTION access.audit_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.audit (at, who, action, table_name, row_id, before, after, detail)
        SELECT clock_timestamp(), session_user, 'insert', TG_TABLE_NAME, concat_ws(' ', n.queue_id, n.day), NULL,
            json_object_agg(n.quarter, n.agents ORDER BY n.quarter), ''
        FROM became n WHERE n.agents IS NOT NULL GROUP BY n.queue_id, n.day;
    ELSE
        INSERT INTO public.audit (at, who, action, table_name, row_id, before, after, detail)
        SELECT clock_timestamp(), session_user, 'update', TG_TABLE_NAME, concat_ws(' ', n.queue_id, n.day),
            json_object_agg(n.quarter, o.agents ORDER BY n.quarter),
            json_object_agg(n.quarter, n.agents ORDER BY n.quarter), ''
        FROM became n JOIN was o ON (o.queue_id, o.day, o.quarter) = (n.queue_id, n.day, n.quarter)
        WHERE n.agents IS DISTINCT FROM o.agents GROUP BY n.queue_id, n.day;
    END IF;
    RETURN NULL;
END $$;

-- The columns of an edit without what stood in them.
CREATE OR REPLACE FUNCTION access.blanked(said json) RETURNS json
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN said IS NOT NULL THEN (SELECT coalesce(json_object_agg(key, NULL::text), '{}') FROM json_each(said)) END
$$;

CREATE OR REPLACE FUNCTION access.audit_only_grows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_LEVEL = 'STATEMENT' AND (
        TG_OP = 'DELETE' AND current_setting('access.ageing', true) = 'on'
        OR TG_OP = 'UPDATE' AND current_setting('access.blanking', true) = 'on'
    ) THEN
        RETURN NULL; -- each row is asked below
    END IF;
    IF TG_LEVEL = 'ROW' AND TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM access.removing WHERE kind = 'erase')
            AND (NEW.id, NEW.at, NEW.who, NEW.action, NEW.table_name, NEW.row_id)
                = (OLD.id, OLD.at, OLD.who, OLD.action, OLD.table_name, OLD.row_id)
            AND NEW.before::text IS NOT DISTINCT FROM access.blanked(OLD.before)::text
            AND NEW.after::text IS NOT DISTINCT FROM access.blanked(OLD.after)::text
            AND (NEW.detail = OLD.detail OR OLD.action = 'call' AND NEW.detail = '')
        THEN
            RETURN NEW;
        END IF;
        RAISE insufficient_privilege USING MESSAGE = 'the audit only grows';
    END IF;
    IF TG_LEVEL = 'ROW' AND EXISTS (
        SELECT FROM public.retention_rule r
        WHERE r.kind = CASE OLD.action WHEN 'view' THEN 'audit_view' ELSE 'audit' END
            AND r.days > 0 AND OLD.at < now() - make_interval(days => r.days)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'the audit only grows';
END $$;

-- Somebody looked at a row, took rows away, or called somebody who does not want to be called.
CREATE OR REPLACE FUNCTION access.record(action text, table_name text, row_id text, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL AND NOT access.is_member('migrator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre look at what is here';
    END IF;
    IF action NOT IN ('view', 'export', 'call') THEN
        RAISE invalid_parameter_value USING MESSAGE = 'view, export or call';
    END IF;
    INSERT INTO public.audit (at, who, action, table_name, row_id, detail)
    VALUES (clock_timestamp(), session_user, record.action, record.table_name, record.row_id, record.detail);
END $$;

DO $$
DECLARE
    each text;
BEGIN
    -- Edits and removals; that a row was added, and by whom, these rows say themselves.
    FOREACH each IN ARRAY ARRAY['interaction', 'recording', 'note', 'wrap_up', 'work_item', 'product', 'consent', 'customer_apart'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audited ON public.%I', each);
        EXECUTE format(
            'CREATE TRIGGER audited AFTER UPDATE OR DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION access.audit_row()',
            each
        );
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER audited', each);
    END LOOP;
    FOREACH each IN ARRAY ARRAY[
        'organisation', 'customer', 'phone', 'email', 'ticket', 'team', 'team_lead', 'agent', 'agent_phone', 'queue',
        'identity_policy', 'identity_lift',
        'disposition', 'pause_reason', 'site', 'access_setting', 'legal_hold', 'removal', 'retention_rule',
        'report_schedule', 'holiday', 'staffing_aim', 'planned_shift', 'snippet', 'handoff_rule', 'script', 'script_rule'
    ] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audited ON public.%I', each);
        EXECUTE format(
            'CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON public.%I '
            'FOR EACH ROW EXECUTE FUNCTION access.audit_row()',
            each
        );
        EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER audited', each);
    END LOOP;
    DROP TRIGGER IF EXISTS audited ON public.planned_agents;
    CREATE TRIGGER audited AFTER INSERT ON public.planned_agents REFERENCING NEW TABLE AS became
        FOR EACH STATEMENT EXECUTE FUNCTION access.audit_plan();
    ALTER TABLE public.planned_agents ENABLE ALWAYS TRIGGER audited;
    DROP TRIGGER IF EXISTS audited_change ON public.planned_agents;
    CREATE TRIGGER audited_change AFTER UPDATE ON public.planned_agents
        REFERENCING OLD TABLE AS was NEW TABLE AS became FOR EACH STATEMENT EXECUTE FUNCTION access.audit_plan();
    ALTER TABLE public.planned_agents ENABLE ALWAYS TRIGGER audited_change;
    -- A layout that is published; one's own concern nobody.
    DROP TRIGGER IF EXISTS audited ON public.board_layout;
    CREATE TRIGGER audited AFTER INSERT OR UPDATE ON public.board_layout
        FOR EACH ROW WHEN (NEW.owner_id = '00000000-0000-0000-0000-000000000000')
        EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.board_layout ENABLE ALWAYS TRIGGER audited;
    -- What one asks of the PBX about others, and what one tells them; what comes of it is no edit of anybody's.
    DROP TRIGGER IF EXISTS audited ON public.pbx_request;
    CREATE TRIGGER audited AFTER INSERT ON public.pbx_request
        FOR EACH ROW WHEN (NEW.agent_id IS DISTINCT FROM NEW.asked_by) EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.pbx_request ENABLE ALWAYS TRIGGER audited;
    DROP TRIGGER IF EXISTS audited ON public.team_message;
    CREATE TRIGGER audited AFTER INSERT ON public.team_message
        FOR EACH ROW EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.team_message ENABLE ALWAYS TRIGGER audited;
    -- Who serves a queue; that somebody signed in there is no edit.
    DROP TRIGGER IF EXISTS audited ON public.queue_member;
    CREATE TRIGGER audited AFTER INSERT OR DELETE ON public.queue_member
        FOR EACH ROW EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.queue_member ENABLE ALWAYS TRIGGER audited;
    -- That a supervisor signed somebody out.
    DROP TRIGGER IF EXISTS audited ON public.desk;
    CREATE TRIGGER audited AFTER UPDATE OF dismissed_at ON public.desk
        FOR EACH ROW WHEN (NEW.dismissed_at IS NOT NULL) EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.desk ENABLE ALWAYS TRIGGER audited;
    DROP TRIGGER IF EXISTS audited_first ON public.desk;
    CREATE TRIGGER audited_first AFTER INSERT ON public.desk
        FOR EACH ROW WHEN (NEW.dismissed_at IS NOT NULL) EXECUTE FUNCTION access.audit_row();
    ALTER TABLE public.desk ENABLE ALWAYS TRIGGER audited_first;
END $$;

DROP TRIGGER IF EXISTS only_grows ON audit;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.audit_only_grows();
DROP TRIGGER IF EXISTS aged ON audit;
CREATE TRIGGER aged BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION access.audit_only_grows();
ALTER TABLE audit ENABLE ALWAYS TRIGGER aged;
DROP TRIGGER IF EXISTS never_emptied ON audit;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.audit_only_grows();
ALTER TABLE audit ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE audit ENABLE ALWAYS TRIGGER never_emptied;
