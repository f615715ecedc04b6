-- Erasing somebody and removing what is past its days: only inside a removal, which says who did it and why, and never
-- what a legal hold keeps.

-- The removals of this transaction. The time is that of its beginning: numbers of transactions from a restored copy of
-- another server cannot be taken for it.
CREATE OR REPLACE VIEW access.removing WITH (security_barrier) AS
SELECT id, kind, customer_id FROM public.removal
WHERE xid = pg_current_xact_id_if_assigned()::text::bigint AND at = transaction_timestamp();

-- Customers on hold, with those they were merged with.
CREATE OR REPLACE VIEW access.on_hold WITH (security_barrier) AS
WITH RECURSIVE held AS (
    SELECT customer_id FROM public.legal_hold WHERE released_at IS NULL
    UNION
    SELECT f.id FROM held h CROSS JOIN LATERAL (
        SELECT c.id FROM public.customer c WHERE c.merged_into = h.customer_id
        UNION ALL
        SELECT c.merged_into FROM public.customer c WHERE c.id = h.customer_id AND c.merged_into IS NOT NULL
    ) f
)
SELECT customer_id FROM held;

-- Begin one: a row for each customer (one without for the rules of retention); the first row's id.
CREATE OR REPLACE FUNCTION access.begin_removal(kind text, customers uuid[], reason text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first uuid;
BEGIN
    IF kind NOT IN ('erase', 'retain') OR (kind = 'erase') <> (coalesce(cardinality(customers), 0) > 0) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'erase somebody, or retain';
    END IF;
    IF btrim(reason) = '' THEN
        RAISE invalid_parameter_value USING MESSAGE = 'a reason is needed';
    END IF;
    IF EXISTS (SELECT FROM access.on_hold h WHERE h.customer_id = ANY (customers)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a legal hold keeps this customer';
    END IF;
    WITH made AS (
        INSERT INTO public.removal (id, at, who, kind, customer_id, reason, xid)
        SELECT gen_random_uuid(), transaction_timestamp(), session_user, begin_removal.kind, c, begin_removal.reason,
            pg_current_xact_id()::text::bigint
        FROM unnest(CASE begin_removal.kind WHEN 'erase' THEN customers ELSE ARRAY[NULL::uuid] END) c
        RETURNING id
    ) SELECT id INTO first FROM made LIMIT 1;
    PERFORM set_config('access.removing', 'on', true);
    RETURN first;
END $$;

-- What was taken away; once. Every desktop hears that it has to look through what it keeps itself.
CREATE OR REPLACE FUNCTION access.end_removal(removal uuid, counts json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.removal r SET counts = end_removal.counts
    WHERE r.id IN (SELECT id FROM access.removing) AND r.id = end_removal.removal AND r.counts IS NULL;
    INSERT INTO public.change (at, kind, xid)
    SELECT now(), 'erased', pg_current_xact_id()::text::bigint
    WHERE EXISTS (SELECT FROM access.removing WHERE kind = 'erase');
END $$;

-- Who was erased since, each with what was counted then: [[customer, counts], ...]. Desktops ask it to clear journals,
-- caches and recordings of their own; ids and places only, no reasons.
CREATE OR REPLACE FUNCTION access.erased_since(since timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.standing() NOT IN ('person', 'service') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people of this centre hear who was erased';
    END IF;
    RETURN coalesce((
        SELECT jsonb_agg(jsonb_build_array(
            r.customer_id, jsonb_build_object('files', r.counts -> 'files', 'unassigned', r.counts -> 'unassigned')
        ))
        FROM public.removal r WHERE r.kind = 'erase' AND r.at > since
    ), '[]'::jsonb);
END $$;

-- Blank what the audit holds of those who are being erased: which columns an edit changed stays, and who did it when;
-- what stood in them goes. "unassigned": interactions of nobody with a number that only they had; "organisations": those
-- that nobody else belongs to. Called before their rows are changed; the trigger on the table looks at each row again.
CREATE OR REPLACE FUNCTION access.blank_audit(unassigned uuid[], organisations uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found bigint;
    customers uuid[] := (SELECT array_agg(customer_id) FROM access.removing WHERE kind = 'erase');
    calls uuid[];
    keys text[];
BEGIN
    IF customers IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'only while somebody is erased';
    END IF;
    calls := ARRAY(
        SELECT id FROM public.interaction WHERE customer_id = ANY (customers)
        UNION SELECT id FROM public.interaction WHERE id = ANY (unassigned) AND customer_id IS NULL
    );
    keys := ARRAY(
        SELECT k::text FROM (
            SELECT unnest(customers) UNION SELECT unnest(calls)
            UNION SELECT id FROM public.phone WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.email WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.product WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.consent WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.ticket WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.work_item WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.identity_lift WHERE customer_id = ANY (customers)
            UNION SELECT id FROM public.note WHERE interaction_id = ANY (calls)
            UNION SELECT id FROM public.recording WHERE interaction_id = ANY (calls)
            UNION SELECT o FROM unnest(organisations) o WHERE NOT EXISTS (
                SELECT FROM public.customer c WHERE c.organisation_id = o AND c.id <> ALL (customers)
            )
        ) v (k)
    );
    PERFORM set_config('access.blanking', 'on', true);
    UPDATE public.audit a
    SET before = access.blanked(a.before), after = access.blanked(a.after),
        detail = CASE a.action WHEN 'call' THEN '' ELSE a.detail END
    WHERE (
        a.table_name IN (
            'customer', 'phone', 'email', 'product', 'consent', 'ticket', 'work_item', 'interaction', 'note',
            'recording', 'organisation', 'identity_lift'
        ) AND a.row_id = ANY (keys)
        -- a number or an address that was taken off them before has no row any more
        OR a.table_name IN ('phone', 'email') AND (coalesce(a.before, a.after) ->> 'customer_id')::uuid = ANY (customers)
    ) AND (a.before IS NOT NULL OR a.after IS NOT NULL OR a.action = 'call');
    GET DIAGNOSTICS found = ROW_COUNT;
    PERFORM set_config('access.blanking', '', true);
    RETURN found;
END $$;

-- How much of the audit is past its days: viewings, or all the rest; taken away unless it is only counted. Each row is
-- asked once more by the trigger on the table, which goes by retention_rule and not by what is said here.
CREATE OR REPLACE FUNCTION access.old_audit(views boolean, until timestamptz, only_count boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found bigint;
    -- Rows that carry the id of somebody on hold stay: the viewings and edits of their page.
    held text[] := (SELECT array_agg(h.customer_id::text) FROM access.on_hold h);
BEGIN
    IF only_count THEN
        SELECT count(*) INTO found FROM public.audit a
        WHERE (a.action = 'view') = views AND a.at < until AND (held IS NULL OR a.row_id <> ALL (held));
    ELSE
        PERFORM set_config('access.ageing', 'on', true);
        DELETE FROM public.audit a
        WHERE (a.action = 'view') = views AND a.at < until AND (held IS NULL OR a.row_id <> ALL (held));
        GET DIAGNOSTICS found = ROW_COUNT;
        PERFORM set_config('access.ageing', '', true);
    END IF;
    RETURN found;
END $$;
