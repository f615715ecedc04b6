-- What a queue's figures are counted by, kept at each change, so that a report can say by which version it was counted.
-- The row's id is that version. Written with the owner's rights; nobody else writes the table.

CREATE OR REPLACE FUNCTION access.keep_queue_setting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- data/sqlite_triggers.py has the same list
    figure_columns text[] := ARRAY[
        'name', 'label', 'sl_threshold_s', 'sl_target', 'short_abandon_s', 'sl_variant', 'sl_exits', 'active'
    ];
    was jsonb;
    became jsonb;
BEGIN
    SELECT jsonb_object_agg(key, value) INTO became FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY (figure_columns);
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, value) INTO was FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY (figure_columns);
    END IF;
    IF was IS DISTINCT FROM became THEN
        INSERT INTO public.queue_setting (at, queue_id, said) VALUES (clock_timestamp(), NEW.id, became::json);
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS kept ON queue;
CREATE TRIGGER kept AFTER INSERT OR UPDATE ON queue
    FOR EACH ROW EXECUTE FUNCTION access.keep_queue_setting();
