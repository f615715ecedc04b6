-- The groups of this centre. Nobody signs in as a group; a login is a member of one.
-- Names begin with the centre's prefix (the database's name when it was made), so that two centres can share a server.
-- :"agent" and :'agent' become the quoted name of the group, as psql would do it.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        :'agent', :'team_lead', :'supervisor', :'admin', :'collector', :'retention', :'migrator', :'backup'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
    -- The function with which an admin makes logins runs as the migrator, the owner of everything here.
    IF NOT (SELECT rolcreaterole FROM pg_roles WHERE rolname = :'migrator') THEN
        ALTER ROLE :"migrator" CREATEROLE;
    END IF;
    -- Each includes the one before.
    IF NOT pg_has_role(:'team_lead', :'agent', 'USAGE') THEN GRANT :"agent" TO :"team_lead"; END IF;
    IF NOT pg_has_role(:'supervisor', :'team_lead', 'USAGE') THEN GRANT :"team_lead" TO :"supervisor"; END IF;
    IF NOT pg_has_role(:'admin', :'supervisor', 'USAGE') THEN GRANT :"supervisor" TO :"admin"; END IF;
    -- From PostgreSQL 16 on only who may administer a group can put somebody into it.
    IF NOT pg_has_role(:'migrator', :'admin', 'USAGE WITH ADMIN OPTION') THEN
        GRANT :"agent", :"team_lead", :"supervisor", :"admin" TO :"migrator" WITH ADMIN OPTION;
    END IF;
    IF NOT pg_has_role(current_user, :'migrator', 'USAGE') THEN
        EXECUTE format('GRANT %I TO %I', :'migrator', current_user);
    END IF;
    -- Only the database's owner may say who connects to it.
    IF pg_has_role(current_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE') THEN
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format(
            'GRANT CONNECT ON DATABASE %I TO %I, %I, %I, %I, %I', current_database(),
            :'agent', :'collector', :'retention', :'migrator', :'backup'
        );
        EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO %I', current_database(), :'migrator');
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT CREATE, USAGE ON SCHEMA public TO :"migrator";
        GRANT USAGE ON SCHEMA public TO :"agent", :"collector", :"retention", :"backup";
    END IF;
END $$;
