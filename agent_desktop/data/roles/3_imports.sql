-- Taking back what an import made. Nobody may delete customers; what a running or finished import made, and nobody has
-- used or edited since, goes through here. False when it stays.

CREATE OR REPLACE FUNCTION access.remove_imported(run uuid, place integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    thing record;
BEGIN
    IF NOT access.is_member('migrator') AND (access.my_agent() IS NULL OR NOT access.is_member('team_lead')) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only people who may import take an import back';
    END IF;
    SELECT c.kind, c.row_id INTO thing FROM public.import_change c JOIN public.import_run r ON r.id = c.run_id
    WHERE c.run_id = run AND c.seq = place AND c.made AND r.state <> 'undone';
    IF thing IS NULL THEN
        RETURN false;
    END IF;
    IF thing.kind = 'organisation' THEN
        DELETE FROM public.organisation o
        WHERE o.id = thing.row_id AND NOT EXISTS (SELECT FROM public.customer c WHERE c.organisation_id = o.id);
        RETURN FOUND;
    END IF;
    -- Its version, where nobody else has edited it: one for the making, one for each later entry of the same file.
    IF NOT EXISTS (
        SELECT FROM public.customer c WHERE c.id = thing.row_id AND c.version = (
            SELECT count(*) FROM public.import_change x WHERE x.run_id = run AND x.row_id = thing.row_id
        ) FOR UPDATE
    )
        OR EXISTS (SELECT FROM public.customer c WHERE c.merged_into = thing.row_id)
        OR EXISTS (SELECT FROM public.interaction i WHERE i.customer_id = thing.row_id)
        OR EXISTS (SELECT FROM public.ticket t WHERE t.customer_id = thing.row_id)
        OR EXISTS (SELECT FROM public.work_item w WHERE w.customer_id = thing.row_id)
        OR EXISTS (SELECT FROM public.product p WHERE p.customer_id = thing.row_id)
    THEN
        RETURN false;
    END IF;
    DELETE FROM public.customer_word w WHERE w.customer_id = thing.row_id;
    DELETE FROM public.phone p WHERE p.customer_id = thing.row_id;
    DELETE FROM public.email e WHERE e.customer_id = thing.row_id;
    DELETE FROM public.customer c WHERE c.id = thing.row_id;
    RETURN true;
END $$;
