-- What is published of scripts, and by whom: never by who wrote it, unless nobody else may. review_script and use_script
-- answer what speaks against it, or nothing.

-- Whose the words are: who put them there, whatever the statement says.
CREATE OR REPLACE FUNCTION access.sign_script() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF access.my_agent() IS NULL THEN
        RETURN NEW; -- a service, or whoever restores a copy
    END IF;
    IF TG_OP = 'INSERT' OR NEW.body::text <> OLD.body::text THEN
        NEW.writer_id := access.my_agent();
    ELSE
        NEW.writer_id := OLD.writer_id;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER signed BEFORE INSERT OR UPDATE ON public.script_version
    FOR EACH ROW EXECUTE FUNCTION access.sign_script();

-- Whether who signed in may publish a version: others (somebody else wrote it and handed it in), own (they did),
-- alone (they did, but nobody else who can sign in leads a team here).
CREATE OR REPLACE FUNCTION access.script_eyes(script uuid, wanted integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid := access.my_agent();
    leads oid := (SELECT r.oid FROM pg_roles r JOIN access_setting s ON r.rolname = s.prefix || '_team_lead');
BEGIN
    IF NOT EXISTS (
        SELECT FROM script_version v WHERE v.script_id = script AND v.number = wanted
            AND (v.agent_id IS NOT DISTINCT FROM me OR v.writer_id IS NOT DISTINCT FROM me)
    ) THEN
        RETURN 'others';
    END IF;
    RETURN CASE WHEN EXISTS (
        SELECT FROM access.scope s JOIN pg_roles r ON r.rolname = s.login
        WHERE s.agent_id <> me AND s.ends_at > now() AND r.rolcanlogin AND pg_has_role(r.oid, leads, 'MEMBER')
    ) THEN 'own' ELSE 'alone' END;
END $$;

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
    IF publish AND access.script_eyes(script, wanted) = 'own' THEN
        RETURN 'Somebody else than who wrote it looks a script through.';
    END IF;
    UPDATE script_version v SET
        state = CASE WHEN publish THEN 'published' ELSE 'draft' END, edition = v.edition + 1,
        reviewer_id = me, reviewed_at = clock_timestamp(), review_note = left(said, 1000)
    WHERE v.script_id = script AND v.number = wanted;
    INSERT INTO script_review (id, script_id, number, at, agent_id, what, note) VALUES (
        gen_random_uuid(), script, wanted, clock_timestamp(), me,
        CASE WHEN publish THEN 'published' ELSE 'given_back' END, left(said, 1000)
    );
    RETURN CASE WHEN publish THEN access.have_script_used(script, wanted) ELSE '' END;
END $$;

CREATE OR REPLACE FUNCTION access.have_script_used(script uuid, wanted integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    body json;
    named json;
BEGIN
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

CREATE OR REPLACE FUNCTION access.use_script(script uuid, wanted integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    refusal text;
BEGIN
    IF access.my_agent() IS NULL OR NOT access.is_member('team_lead') THEN
        RETURN 'Scripts are published by team leads.';
    END IF;
    refusal := access.have_script_used(script, wanted);
    IF refusal = '' THEN
        INSERT INTO script_review (id, script_id, number, at, agent_id, what, note)
        VALUES (gen_random_uuid(), script, wanted, clock_timestamp(), access.my_agent(), 'used', '');
    END IF;
    RETURN refusal;
END $$;
