-- What is published of scripts, and by whom: never by who wrote it. Both answer what speaks against it, or nothing.

CREATE OR REPLACE FUNCTION access.review_script(
    script uuid, wanted integer, as_read integer, publish boolean, said text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    waiting record;
    me uuid := access.my_agent();
BEGIN
    IF me IS NULL OR NOT access.is_member('team_lead') THEN
        RETURN 'Scripts are looked through by team leads.';
    END IF;
    SELECT * INTO waiting FROM script_version v WHERE v.script_id = script AND v.number = wanted FOR UPDATE;
    IF NOT FOUND OR waiting.edition <> as_read THEN
        RETURN 'stale';
    END IF;
    IF waiting.state <> 'review' THEN
        RETURN 'This version is not waiting to be looked through.';
    END IF;
    IF publish AND waiting.agent_id IS NOT DISTINCT FROM me THEN
        RETURN 'Somebody else than who wrote it looks a script through.';
    END IF;
    UPDATE script_version v SET
        state = CASE WHEN publish THEN 'published' ELSE 'draft' END, edition = v.edition + 1,
        reviewer_id = me, reviewed_at = clock_timestamp(), review_note = left(said, 300)
    WHERE v.script_id = script AND v.number = wanted;
    RETURN CASE WHEN publish THEN access.use_script(script, wanted) ELSE '' END;
END $$;

CREATE OR REPLACE FUNCTION access.use_script(script uuid, wanted integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    body json;
    named json;
BEGIN
    IF access.my_agent() IS NULL OR NOT access.is_member('team_lead') THEN
        RETURN 'Scripts are published by team leads.';
    END IF;
    IF wanted <> 0 THEN
        SELECT v.body INTO body FROM script_version v
        WHERE v.script_id = script AND v.number = wanted AND v.state = 'published';
        IF NOT FOUND THEN
            RETURN 'Only a version that was published can be used again.';
        END IF;
        named := body -> 'title';
    END IF;
    UPDATE script s SET published = wanted, version = s.version + 1, title = CASE
        WHEN wanted = 0 THEN s.title
        WHEN json_typeof(named) = 'object' THEN coalesce(
            named ->> coalesce(body -> 'languages' ->> 0, 'en'), (SELECT value FROM json_each_text(named) LIMIT 1)
        )
        ELSE named #>> '{}'
    END WHERE s.id = script;
    RETURN '';
END $$;
