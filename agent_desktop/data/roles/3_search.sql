-- Search as you type. LIKE and @@ are not leakproof: under row-level security no index is asked with them, and a search
-- would look at every row. These functions run with the owner's rights and say the policies' words themselves.
-- Nothing is compiled, and no workers are started, for questions that are answered sooner than those are ready (10 to 50
-- ms): the planner, who takes "contains" for a word that stands everywhere, would do both.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Text as it is compared, as data/folding.py has it: without case, accents or width.
CREATE OR REPLACE FUNCTION public.folded(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(said) = length(said) THEN lower(said) ELSE
        replace(replace(replace(
            translate(lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g')), 'łøđðıħ', 'loddih'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
    END
$$;

DO $$
BEGIN
    -- Without a pending list: whatever was just written would be looked through line by line.
    CREATE INDEX IF NOT EXISTS found_customer ON public.customer USING gin (name_key gin_trgm_ops) WITH (fastupdate = off);
    CREATE INDEX IF NOT EXISTS found_organisation ON public.organisation USING gin (name_key gin_trgm_ops)
        WITH (fastupdate = off);
    CREATE INDEX IF NOT EXISTS found_ticket ON public.ticket USING gin (public.folded(subject) gin_trgm_ops)
        WITH (fastupdate = off);
    CREATE INDEX IF NOT EXISTS found_note ON public.note USING gin (to_tsvector('simple', public.folded(text)))
        WITH (fastupdate = off);
END $$;

-- "%word%" for LIKE.
CREATE OR REPLACE FUNCTION access.containing(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

-- "column LIKE '%one%' AND column LIKE '%two%'": spelled out, as an index is not asked with LIKE ALL.
CREATE OR REPLACE FUNCTION access.all_in(expression text, words text[]) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(format('%s LIKE %L', expression, access.containing(w)), ' AND ') FROM unnest(words) AS w
$$;

-- Customers whose name, or whose organisation's, contains every word.
CREATE OR REPLACE FUNCTION access.find_customers(words text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET gin_fuzzy_search_limit = 1000 SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
    IF access.my_agent() IS NULL OR coalesce(cardinality(words), 0) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT id FROM public.customer WHERE merged_into IS NULL AND %s LIMIT %s',
        access.all_in('name_key', words), most
    );
    RETURN QUERY EXECUTE format(
        'SELECT c.id FROM (SELECT id FROM public.organisation WHERE %s LIMIT %s) o '
        'JOIN public.customer c ON c.organisation_id = o.id WHERE c.merged_into IS NULL LIMIT %s',
        access.all_in('name_key', words), most, most
    );
END $$;

-- Tickets that this login sees, by the beginning of their number or with every word in their subject; the last touched
-- first. Words that stand in many are found among the newest, the others by the index, first and apart: a plan that walks
-- back in time until it has enough takes seconds for a rare word. Of very many the index gives some (the limit below).
-- Whether a ticket may be seen is asked in the order of the answer, until that is full.
CREATE OR REPLACE FUNCTION access.find_tickets(words text[], numbered text, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET gin_fuzzy_search_limit = 250 SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    me uuid := access.my_agent();
    people uuid[];
    queues text[];
    sees_all boolean;
    seen text := '($2 OR t.assignee_id = ANY ($3) OR t.queue = ANY ($4) OR (t.assignee_id IS NULL AND t.queue = '''')'
        ' OR EXISTS (SELECT FROM public.ticket_event e WHERE e.ticket_id = t.id AND e.agent_id = $1))';
    found uuid[] := '{}';
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    people := access.my_people();
    queues := access.my_queue_names();
    sees_all := access.is_member('supervisor');
    IF numbered <> '' THEN
        EXECUTE format(
            'SELECT array_agg(id) FROM (SELECT t.id FROM public.ticket t WHERE t.number >= %L AND t.number < %L AND %s'
            ' ORDER BY t.number LIMIT %s) f', numbered, numbered || ':', seen, most
        ) INTO found USING me, sees_all, people, queues;
        found := coalesce(found, '{}');
    END IF;
    IF cardinality(found) < most AND coalesce(cardinality(words), 0) > 0 THEN
        EXECUTE format(
            'SELECT $5 || coalesce(array_agg(id), ''{}'') FROM (SELECT t.id FROM'
            ' (SELECT * FROM public.ticket ORDER BY updated_at DESC LIMIT 300) t'
            ' WHERE %s AND t.id <> ALL ($5) AND %s LIMIT %s) f',
            access.all_in('public.folded(t.subject)', words), seen, most
        ) INTO found USING me, sees_all, people, queues, found;
    END IF;
    IF cardinality(found) < most AND coalesce(cardinality(words), 0) > 0 THEN
        EXECUTE format(
            'WITH said AS MATERIALIZED (SELECT * FROM public.ticket t WHERE %s),'
            ' sorted AS MATERIALIZED (SELECT * FROM said ORDER BY updated_at DESC)'
            ' SELECT $5 || coalesce(array_agg(id), ''{}'') FROM (SELECT t.id FROM sorted t'
            ' WHERE t.id <> ALL ($5) AND %s LIMIT %s) f',
            access.all_in('public.folded(t.subject)', words), seen, most
        ) INTO found USING me, sees_all, people, queues, found;
    END IF;
    RETURN QUERY SELECT f FROM unnest(found[:most]) AS f;
END $$;

-- Notes in which every word begins a word, the newest first; all people of the centre read all notes. Words that stand in
-- many are found among the newest, the others by the index.
CREATE OR REPLACE FUNCTION access.find_notes(words text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET gin_fuzzy_search_limit = 500 SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    wanted tsquery;
    found uuid[];
BEGIN
    IF access.my_agent() IS NULL OR coalesce(cardinality(words), 0) = 0 THEN
        RETURN;
    END IF;
    EXECUTE format(
        'SELECT array_agg(id) FROM (SELECT n.id FROM (SELECT * FROM public.note ORDER BY at DESC LIMIT 300) n'
        ' WHERE %s LIMIT %s) f', access.all_in('public.folded(n.text)', words), most
    ) INTO found;
    found := coalesce(found, '{}');
    IF cardinality(found) < most THEN
        SELECT string_agg(quote_literal(w) || ':*', ' & ')::tsquery INTO wanted FROM unnest(words) AS w;
        EXECUTE format(
            'WITH said AS MATERIALIZED (SELECT n.id, n.at FROM public.note n'
            ' WHERE to_tsvector(''simple'', public.folded(n.text)) @@ %L::tsquery)'
            ' SELECT $1 || coalesce(array_agg(id), ''{}'') FROM ('
            'SELECT id FROM said WHERE id <> ALL ($1) ORDER BY at DESC LIMIT %s) f', wanted, most
        ) INTO found USING found;
    END IF;
    RETURN QUERY SELECT f FROM unnest(found[:most]) AS f;
END $$;
