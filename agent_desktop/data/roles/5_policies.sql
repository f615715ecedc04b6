-- Which rows. Every policy of ours is dropped and made again, so that this file is the whole truth.
-- (SELECT id FROM access.me) is null for people who left or whose access has ended: nothing is theirs any more.

DO $$
DECLARE
    found record;
    each text;
BEGIN
    FOR found IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON public.%I', found.policyname, found.tablename);
    END LOOP;
    FOR each IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'site')
            AND tablename IN (SELECT unnest(:'tables'::text[]))
    LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('CREATE POLICY backup_reads ON public.%I FOR SELECT TO %I USING (true)', each, :'backup');
        IF has_table_privilege(:'retention', 'public.' || quote_ident(each), 'DELETE') THEN
            EXECUTE format('CREATE POLICY retention_reads ON public.%I FOR SELECT TO %I USING (true)', each, :'retention');
            EXECUTE format(
                'CREATE POLICY retention_deletes ON public.%I FOR DELETE TO %I USING (%s)', each, :'retention',
                CASE
                    WHEN each = 'customer' THEN 'id NOT IN (SELECT customer_id FROM access.on_hold)'
                    WHEN each IN (
                        'customer_word', 'phone', 'email', 'product', 'interaction', 'ticket', 'work_item',
                        'identity_answer', 'identity_lift'
                    ) THEN 'customer_id IS NULL OR customer_id NOT IN (SELECT customer_id FROM access.on_hold)'
                    WHEN each IN ('leg', 'note', 'recording', 'wrap_up', 'participant', 'article_use', 'ivr_handover', 'handoff_field', 'script_run',
                        'identity_attempt') THEN format(
                        'NOT EXISTS (SELECT FROM interaction i WHERE i.id = %I.interaction_id'
                        ' AND i.customer_id IN (SELECT customer_id FROM access.on_hold))', each
                    )
                    WHEN each IN ('ticket_event', 'ticket_interaction') THEN format(
                        'NOT EXISTS (SELECT FROM ticket t WHERE t.id = %I.ticket_id'
                        ' AND t.customer_id IN (SELECT customer_id FROM access.on_hold))', each
                    )
                    ELSE 'true'
                END
            );
        END IF;
    END LOOP;
    -- What all people of the centre read whole.
    FOREACH each IN ARRAY ARRAY[
        'organisation', 'customer', 'customer_merge', 'customer_apart', 'customer_word', 'phone', 'email', 'product',
        'interaction', 'participant', 'leg', 'note', 'wrap_up', 'work_item', 'team', 'team_lead', 'agent', 'presence', 'queue', 'queue_member',
        'disposition', 'pause_reason', 'access_setting', 'consent', 'collector_health', 'stale_quarter', 'counted_limits',
        'desk', 'pbx_member', 'holiday', 'staffing_aim', 'planned_agents', 'planned_shift', 'article_use',
        'ivr_handover', 'script_rule', 'script_run', 'script_step'
    ] LOOP
        EXECUTE format(
            'CREATE POLICY people_read ON public.%I FOR SELECT TO %I USING (EXISTS (SELECT FROM access.me))',
            each, :'agent'
        );
    END LOOP;
    FOREACH each IN ARRAY ARRAY['handoff_rule', 'handoff_field', 'handoff_warning'] LOOP
        EXECUTE format(
            'CREATE POLICY people_read ON public.%I FOR SELECT TO %I USING (EXISTS (SELECT FROM access.me))',
            each, :'agent'
        );
    END LOOP;
    -- What supervisors write.
    FOREACH each IN ARRAY ARRAY['holiday', 'staffing_aim', 'planned_agents'] LOOP
        EXECUTE format(
            'CREATE POLICY supervisors_add ON public.%I FOR INSERT TO %I WITH CHECK (EXISTS (SELECT FROM access.me))',
            each, :'supervisor'
        );
        EXECUTE format(
            'CREATE POLICY supervisors_change ON public.%I FOR UPDATE TO %I USING (EXISTS (SELECT FROM access.me))',
            each, :'supervisor'
        );
    END LOOP;
    -- What only admins write.
    FOREACH each IN ARRAY ARRAY[
        'team', 'team_lead', 'agent', 'agent_phone', 'queue', 'queue_member', 'disposition', 'pause_reason',
        'access_setting', 'identity_policy'
    ] LOOP
        EXECUTE format(
            'CREATE POLICY admins_add ON public.%I FOR INSERT TO %I WITH CHECK (EXISTS (SELECT FROM access.me))',
            each, :'admin'
        );
        EXECUTE format(
            'CREATE POLICY admins_change ON public.%I FOR UPDATE TO %I USING (EXISTS (SELECT FROM access.me))',
            each, :'admin'
        );
    END LOOP;
    -- What the collector reads and writes.
    FOREACH each IN ARRAY ARRAY[
        'team', 'agent', 'queue', 'queue_member', 'presence', 'queue_visit', 'queue_event', 'collector_lease',
        'collector_health', 'pbx_request', 'desk', 'pbx_member', 'ivr_handover', 'planned_shift'
    ] LOOP
        EXECUTE format('CREATE POLICY collector_reads ON public.%I FOR SELECT TO %I USING (true)', each, :'collector');
    END LOOP;
    -- Who called, and what came of it, only for a report that somebody has scheduled.
    FOREACH each IN ARRAY ARRAY['interaction', 'customer', 'phone', 'work_item'] LOOP
        EXECUTE format(
            'CREATE POLICY reports_read ON public.%I FOR SELECT TO %I USING (EXISTS (SELECT FROM access.reporting))',
            each, :'collector'
        );
    END LOOP;
    FOREACH each IN ARRAY ARRAY['queue_member', 'queue_visit', 'queue_event', 'collector_health', 'pbx_member'] LOOP
        EXECUTE format('CREATE POLICY collector_adds ON public.%I FOR INSERT TO %I WITH CHECK (true)', each, :'collector');
    END LOOP;
    FOREACH each IN ARRAY ARRAY[
        'queue_member', 'queue_visit', 'collector_lease', 'collector_health', 'pbx_request', 'pbx_member',
        'ivr_handover'
    ] LOOP
        EXECUTE format('CREATE POLICY collector_changes ON public.%I FOR UPDATE TO %I USING (true)', each, :'collector');
    END LOOP;
    FOREACH each IN ARRAY ARRAY['queue_quarter', 'agent_hour', 'stale_quarter', 'counted_limits'] LOOP
        EXECUTE format('CREATE POLICY collector_sums ON public.%I TO %I USING (true) WITH CHECK (true)', each, :'collector');
    END LOOP;
    FOREACH each IN ARRAY ARRAY['queue_quarter', 'agent_hour'] LOOP  -- of visits in no known queue it is all zeros
        EXECUTE format(
            'CREATE POLICY team_read ON public.%I FOR SELECT TO %I USING (EXISTS (SELECT FROM access.me) AND '
            '(queue_id = %L OR queue_id = ANY ((SELECT queues FROM access.mine)::uuid[])))',
            each, :'agent', '00000000-0000-0000-0000-000000000000'
        );
        EXECUTE format(
            'CREATE POLICY site_read ON public.%I FOR SELECT TO %I USING (EXISTS (SELECT FROM access.me))',
            each, :'supervisor'
        );
    END LOOP;
END $$;

CREATE POLICY people_add ON applied_op FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));

-- customers: everybody who may come to speak with them edits them
CREATE POLICY people_add ON organisation FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON customer FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY people_change ON customer FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON customer_merge FOR INSERT TO :"agent"
    WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY people_change ON customer_merge FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON customer_apart FOR INSERT TO :"agent"
    WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY people_change ON customer_apart FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me))
    WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY people_change ON phone FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_change ON email FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON phone FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON email FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));

-- interactions: those one took part in, so long after the database first heard of it
CREATE POLICY own_add ON interaction FOR INSERT TO :"agent" WITH CHECK (
    EXISTS (
        SELECT FROM participant p
        WHERE p.interaction_id = interaction.id AND p.agent_id = (SELECT id FROM access.me)
    )
);
CREATE POLICY own_change ON interaction FOR UPDATE TO :"agent" USING (
    EXISTS (
        SELECT FROM participant p
        WHERE p.interaction_id = interaction.id AND p.agent_id = (SELECT id FROM access.me)
            AND p.joined_at > (SELECT access.editable_since())
    )
);
CREATE POLICY team_change ON interaction FOR UPDATE TO :"team_lead"
    USING (agent_id = ANY ((SELECT people FROM access.mine)::uuid[]));
CREATE POLICY site_change ON interaction FOR UPDATE TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- What people say about an interaction: as long as they may edit it, in their own name. Who leads the team of whose it
-- was, and supervisors, add to it for ever.
DO $$
DECLARE
    each text;
    own text := 'agent_id = (SELECT id FROM access.me)';
    mine text := '%1$s AND EXISTS (SELECT FROM participant p WHERE p.interaction_id = %2$I.interaction_id'
        ' AND p.agent_id = (SELECT id FROM access.me) AND p.joined_at > (SELECT access.editable_since()))';
    teams text := '%1$s AND EXISTS (SELECT FROM interaction i WHERE i.id = %2$I.interaction_id'
        ' AND i.agent_id = ANY ((SELECT people FROM access.mine)::uuid[]))';
BEGIN
    FOREACH each IN ARRAY ARRAY['leg', 'note', 'wrap_up'] LOOP
        EXECUTE format(
            'CREATE POLICY own_add ON public.%I FOR INSERT TO %I WITH CHECK (%s)', each, :'agent', format(mine, own, each)
        );
        EXECUTE format(
            'CREATE POLICY team_add ON public.%I FOR INSERT TO %I WITH CHECK (%s)', each, :'team_lead',
            format(teams, own, each)
        );
        EXECUTE format('CREATE POLICY site_add ON public.%I FOR INSERT TO %I WITH CHECK (%s)', each, :'supervisor', own);
        EXECUTE format(
            'CREATE POLICY own_change ON public.%I FOR UPDATE TO %I USING (%s)', each, :'agent', format(mine, own, each)
        );
    END LOOP;
END $$;

-- recordings: one's own; who leads a team hears its people's, a supervisor everybody's
CREATE POLICY own_read ON recording FOR SELECT TO :"agent" USING (agent_id = (SELECT id FROM access.me));
CREATE POLICY team_read ON recording FOR SELECT TO :"team_lead"
    USING (agent_id = ANY ((SELECT people FROM access.mine)::uuid[]));
CREATE POLICY site_read ON recording FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON recording FOR INSERT TO :"agent" WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY own_change ON recording FOR UPDATE TO :"agent" USING (agent_id = (SELECT id FROM access.me));

-- tickets: of one's team's people and queues, nobody's, and those one wrote in (who hands a ticket on keeps seeing it)
CREATE POLICY team_read ON ticket FOR SELECT TO :"agent" USING (
    assignee_id = ANY ((SELECT people FROM access.mine)::uuid[])
    OR queue = ANY ((SELECT queue_names FROM access.mine)::text[])
    OR (assignee_id IS NULL AND queue = '' AND EXISTS (SELECT FROM access.me))
    OR EXISTS (SELECT FROM access.spoken WHERE spoken.ticket_id = ticket.id)
);
CREATE POLICY site_read ON ticket FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON ticket FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));
-- An UPDATE without WHERE does not ask the policies of SELECT: this one says it again.
CREATE POLICY seen_change ON ticket FOR UPDATE TO :"agent"
    USING (access.sees_ticket(id)) WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY seen_read ON ticket_event FOR SELECT TO :"agent"
    USING (agent_id = (SELECT id FROM access.me) OR access.sees_ticket(ticket_id));
CREATE POLICY own_add ON ticket_event FOR INSERT TO :"agent"
    WITH CHECK (agent_id = (SELECT id FROM access.me) AND access.sees_ticket(ticket_id));
CREATE POLICY seen_read ON ticket_interaction FOR SELECT TO :"agent" USING (access.sees_ticket(ticket_id));
CREATE POLICY seen_add ON ticket_interaction FOR INSERT TO :"agent" WITH CHECK (access.sees_ticket(ticket_id));

-- the work list: whoever it is for, whoever promised or claimed it; missed calls are everybody's
CREATE POLICY people_add ON work_item FOR INSERT TO :"agent" WITH CHECK (
    EXISTS (SELECT FROM access.me) AND (promised_by IS NULL OR promised_by = (SELECT id FROM access.me))
);
CREATE POLICY theirs_change ON work_item FOR UPDATE TO :"agent" USING (
    EXISTS (SELECT FROM access.me) AND (
        assigned_to IS NULL OR kind = 'missed'
        OR assigned_to = ANY ((SELECT people FROM access.mine)::uuid[])
        OR promised_by = (SELECT id FROM access.me) OR claimed_by = (SELECT id FROM access.me)
    )
) WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY site_change ON work_item FOR UPDATE TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- shifts: of one's own team by who leads it, everybody's by a supervisor
CREATE POLICY team_add ON planned_shift FOR INSERT TO :"team_lead"
    WITH CHECK (agent_id = ANY ((SELECT people FROM access.mine)::uuid[]));
CREATE POLICY team_change ON planned_shift FOR UPDATE TO :"team_lead"
    USING (agent_id = ANY ((SELECT people FROM access.mine)::uuid[]));
CREATE POLICY site_add ON planned_shift FOR INSERT TO :"supervisor" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY site_change ON planned_shift FOR UPDATE TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- layouts of the board: one's own; published ones are everybody's to see, and the supervisors'
CREATE POLICY own_read ON board_layout FOR SELECT TO :"agent" USING (
    owner_id = (SELECT id FROM access.me)
    OR owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me)
);
CREATE POLICY own_add ON board_layout FOR INSERT TO :"agent"
    WITH CHECK (owner_id = (SELECT id FROM access.me) AND team_id IS NULL);
CREATE POLICY own_change ON board_layout FOR UPDATE TO :"agent" USING (owner_id = (SELECT id FROM access.me))
    WITH CHECK (owner_id = (SELECT id FROM access.me) AND team_id IS NULL);
CREATE POLICY published_add ON board_layout FOR INSERT TO :"supervisor"
    WITH CHECK (owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me));
CREATE POLICY published_change ON board_layout FOR UPDATE TO :"supervisor"
    USING (owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me));

-- presence: one's own desktop speaks for oneself, the collector for the rest
CREATE POLICY own_add ON presence FOR INSERT TO :"agent"
    WITH CHECK (agent_id = (SELECT id FROM access.me) AND source = 'desktop');
CREATE POLICY collector_adds ON presence FOR INSERT TO :"collector"
    WITH CHECK (source NOT IN ('desktop', 'supervisor'));
-- That a desktop was not heard of anybody may write, where it is so.
CREATE POLICY lost_add ON presence FOR INSERT TO :"agent" WITH CHECK (
    source = 'lease' AND presence = 'offline' AND EXISTS (SELECT FROM access.me)
    AND EXISTS (
        SELECT FROM desk d WHERE d.agent_id = presence.agent_id
            AND d.expires_at <= clock_timestamp() AND presence.since >= d.expires_at
            AND presence.since <= clock_timestamp()
    )
);
-- Who is signed out by a supervisor, or by who leads their team: Offline, and nothing else.
CREATE POLICY team_signs_out ON presence FOR INSERT TO :"team_lead" WITH CHECK (
    source = 'supervisor' AND presence = 'offline' AND agent_id = ANY ((SELECT people FROM access.mine)::uuid[])
);
CREATE POLICY site_signs_out ON presence FOR INSERT TO :"supervisor" WITH CHECK (
    source = 'supervisor' AND presence = 'offline' AND EXISTS (SELECT FROM access.me)
);

-- desks: one's own; who signs somebody out ends the lease in their own name
CREATE POLICY own_add ON desk FOR INSERT TO :"agent"
    WITH CHECK (agent_id = (SELECT id FROM access.me) AND dismissed_by IS NULL AND dismissed_at IS NULL);
CREATE POLICY own_change ON desk FOR UPDATE TO :"agent" USING (agent_id = (SELECT id FROM access.me))
    WITH CHECK (agent_id = (SELECT id FROM access.me) AND (dismissed_by IS NULL OR expires_at IS NULL));
CREATE POLICY team_signs_out ON desk FOR UPDATE TO :"team_lead"
    USING (agent_id = ANY ((SELECT people FROM access.mine)::uuid[]))
    WITH CHECK (expires_at IS NULL AND dismissed_by = (SELECT id FROM access.me) AND dismissed_at IS NOT NULL);
CREATE POLICY site_signs_out ON desk FOR UPDATE TO :"supervisor" USING (EXISTS (SELECT FROM access.me))
    WITH CHECK (expires_at IS NULL AND dismissed_by = (SELECT id FROM access.me) AND dismissed_at IS NOT NULL);
CREATE POLICY team_first ON desk FOR INSERT TO :"team_lead" WITH CHECK (
    agent_id = ANY ((SELECT people FROM access.mine)::uuid[])
    AND expires_at IS NULL AND dismissed_by = (SELECT id FROM access.me) AND dismissed_at IS NOT NULL
);
CREATE POLICY site_first ON desk FOR INSERT TO :"supervisor"
    WITH CHECK (expires_at IS NULL AND dismissed_by = (SELECT id FROM access.me) AND dismissed_at IS NOT NULL);

-- what happened in queues: of those one's team serves; a supervisor sees the whole site
CREATE POLICY team_read ON queue_visit FOR SELECT TO :"agent" USING (
    EXISTS (SELECT FROM access.me)
    AND (queue_id IS NULL OR queue_id = ANY ((SELECT queues FROM access.mine)::uuid[]))
);
CREATE POLICY team_read ON queue_event FOR SELECT TO :"agent" USING (
    EXISTS (SELECT FROM access.me)
    AND (queue_id IS NULL OR queue_id = ANY ((SELECT queues FROM access.mine)::uuid[]))
);
CREATE POLICY site_read ON queue_visit FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY site_read ON queue_event FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- what is asked of the PBX: everybody for themselves, leads for their people, supervisors for all; calls are moved, and
-- listened to, by who supervises
CREATE POLICY own_ask ON pbx_request FOR INSERT TO :"agent" WITH CHECK (
    asked_by = (SELECT id FROM access.me) AND agent_id = (SELECT id FROM access.me)
    AND kind IN ('log_in', 'log_out', 'pause', 'unpause', 'wrap_up', 'hand_over', 'take_back')
    AND (queue_id IS NULL OR queue_id IN (
        SELECT m.queue_id FROM queue_member m WHERE m.agent_id = (SELECT id FROM access.me)
    ))
);
CREATE POLICY team_ask ON pbx_request FOR INSERT TO :"team_lead" WITH CHECK (
    asked_by = (SELECT id FROM access.me) AND kind NOT IN ('redirect', 'hand_over', 'take_back')
    AND agent_id = ANY ((SELECT people FROM access.mine)::uuid[])
    AND (queue_id IS NULL OR queue_id = ANY ((SELECT queues FROM access.mine)::uuid[]))
);
CREATE POLICY site_ask ON pbx_request FOR INSERT TO :"supervisor" WITH CHECK (
    asked_by = (SELECT id FROM access.me)
    AND (kind NOT IN ('hand_over', 'take_back') OR agent_id = (SELECT id FROM access.me))
);
-- Whether somebody sees that they are listened to is the centre's to say.
CREATE POLICY own_read ON pbx_request FOR SELECT TO :"agent" USING (
    asked_by = (SELECT id FROM access.me)
    OR agent_id = (SELECT id FROM access.me)
        AND (kind <> 'monitor' OR (SELECT tells_monitored FROM access_setting))
);
CREATE POLICY site_read ON pbx_request FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- whether callers are who they say: asked in one's own name, and nobody takes back what was said
CREATE POLICY people_read ON identity_policy FOR SELECT TO :"agent" USING (EXISTS (SELECT FROM access.me));
-- What the database compared is seen by later transactions only: nobody hears it and then undoes that they asked.
CREATE POLICY people_read ON identity_attempt FOR SELECT TO :"agent"
    USING (EXISTS (SELECT FROM access.me) AND (NOT compared OR at < now()));
CREATE POLICY people_read ON identity_lift FOR SELECT TO :"agent" USING (EXISTS (SELECT FROM access.me));
-- What agents do not see they do not call right either.
CREATE POLICY own_add ON identity_attempt FOR INSERT TO :"agent" WITH CHECK (
    agent_id = (SELECT id FROM access.me) AND NOT compared AND (NOT "right" OR access.identity_judged(interaction_id, question))
);

-- customers handed to a menu: out of one's own call
CREATE POLICY own_add ON ivr_handover FOR INSERT TO :"agent" WITH CHECK (agent_id = (SELECT id FROM access.me));

-- what the PBX said of calls: the collector tells, administrators keep the map; nobody reads a secret from its table
CREATE POLICY collector_reads ON handoff_rule FOR SELECT TO :"collector" USING (true);
CREATE POLICY collector_reads ON handoff_field FOR SELECT TO :"collector" USING (true);
CREATE POLICY collector_adds ON handoff_field FOR INSERT TO :"collector" WITH CHECK (true);
CREATE POLICY collector_adds ON handoff_secret FOR INSERT TO :"collector" WITH CHECK (true);
CREATE POLICY admins_add ON handoff_rule FOR INSERT TO :"admin" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY admins_change ON handoff_rule FOR UPDATE TO :"admin" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY people_add ON handoff_warning FOR INSERT TO :"agent" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY people_change ON handoff_warning FOR UPDATE TO :"agent" USING (EXISTS (SELECT FROM access.me));

-- messages: to whoever they are for, and who said them; who supervises sees all
CREATE POLICY own_read ON team_message_reader FOR SELECT TO :"agent"
    USING (agent_id = (SELECT id FROM access.me) OR sender_id = (SELECT id FROM access.me));
CREATE POLICY own_change ON team_message_reader FOR UPDATE TO :"agent" USING (agent_id = (SELECT id FROM access.me));
CREATE POLICY own_read ON team_message FOR SELECT TO :"agent" USING (
    sender_id = (SELECT id FROM access.me)
    OR id IN (SELECT r.message_id FROM team_message_reader r WHERE r.agent_id = (SELECT id FROM access.me))
);
CREATE POLICY site_read ON team_message_reader FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY site_read ON team_message FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));

-- reports: by which settings they were counted says everybody's; schedules are the supervisors', their runs the
-- collector's
CREATE POLICY people_read ON queue_setting FOR SELECT TO :"agent" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY collector_reads ON queue_setting FOR SELECT TO :"collector" USING (true);
CREATE POLICY site_read ON report_schedule FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY site_add ON report_schedule FOR INSERT TO :"supervisor" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY site_change ON report_schedule FOR UPDATE TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY collector_reads ON report_schedule FOR SELECT TO :"collector" USING (true);
CREATE POLICY site_read ON report_run FOR SELECT TO :"supervisor" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY collector_reads ON report_run FOR SELECT TO :"collector" USING (true);
CREATE POLICY collector_adds ON report_run FOR INSERT TO :"collector" WITH CHECK (true);
CREATE POLICY collector_changes ON report_run FOR UPDATE TO :"collector" USING (true);

-- who gave up waiting, so that they can be called back: the number stands in the call's record, never in an event
CREATE POLICY collector_adds ON interaction FOR INSERT TO :"collector" WITH CHECK (
    channel = 'call' AND direction = 'inbound' AND outcome = 'missed' AND linked_id <> ''
    AND agent_id IS NULL AND customer_id IS NULL AND stamps IS NULL
);

-- the past, from a PBX's own files: an admin's import writes it while it goes on, and stands noted in import_run.
-- Events say that they come from a file; what the collector or a desktop has told stays as it is.
CREATE POLICY history_adds ON queue_event FOR INSERT TO :"admin"
    WITH CHECK (source LIKE 'queue\_log:%' AND EXISTS (SELECT FROM access.filling));
CREATE POLICY history_adds ON queue_visit FOR INSERT TO :"admin" WITH CHECK (EXISTS (SELECT FROM access.filling));
CREATE POLICY history_changes ON queue_visit FOR UPDATE TO :"admin" USING (EXISTS (SELECT FROM access.filling));
CREATE POLICY history_adds ON stale_quarter FOR INSERT TO :"admin" WITH CHECK (EXISTS (SELECT FROM access.filling));
CREATE POLICY history_adds ON interaction FOR INSERT TO :"admin"
    WITH CHECK (linked_id <> '' AND EXISTS (SELECT FROM access.filling));
CREATE POLICY history_adds ON leg FOR INSERT TO :"admin"
    WITH CHECK (sip_call_id = '' AND EXISTS (SELECT FROM access.filling));

CREATE POLICY admins_read ON audit FOR SELECT TO :"admin" USING (EXISTS (SELECT FROM access.me));

-- phones: one's own account (it has no password in it), admins everybody's
CREATE POLICY own_read ON agent_phone FOR SELECT TO :"agent" USING (agent_id = (SELECT id FROM access.me));
CREATE POLICY admins_read ON agent_phone FOR SELECT TO :"admin" USING (EXISTS (SELECT FROM access.me));

-- imports: those who may make them see them all, and take back each other's
CREATE POLICY leads_read ON import_run FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON import_run FOR INSERT TO :"team_lead"
    WITH CHECK (who = session_user::text AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_change ON import_run FOR UPDATE TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_read ON import_change FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON import_change FOR INSERT TO :"team_lead" WITH CHECK (
    EXISTS (SELECT FROM import_run r WHERE r.id = run_id AND r.who = session_user::text)
    AND EXISTS (SELECT FROM access.me)
);

-- privacy: what somebody agreed to is everybody's to write down; holds and terms are the admins'
CREATE POLICY own_add ON consent FOR INSERT TO :"agent" WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY admins_read ON legal_hold FOR SELECT TO :"admin" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY admins_add ON legal_hold FOR INSERT TO :"admin"
    WITH CHECK (EXISTS (SELECT FROM access.me) AND who = session_user::text AND released_at IS NULL);
CREATE POLICY admins_release ON legal_hold FOR UPDATE TO :"admin"
    USING (EXISTS (SELECT FROM access.me) AND released_at IS NULL) WITH CHECK (released_by = session_user::text);
CREATE POLICY admins_read ON removal FOR SELECT TO :"admin" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY admins_read ON retention_rule FOR SELECT TO :"admin" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY admins_change ON retention_rule FOR UPDATE TO :"admin" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY retention_reads ON consent FOR SELECT TO :"retention" USING (true);
CREATE POLICY retention_reads ON legal_hold FOR SELECT TO :"retention" USING (true);
CREATE POLICY retention_reads ON removal FOR SELECT TO :"retention" USING (true);
CREATE POLICY retention_reads ON retention_rule FOR SELECT TO :"retention" USING (true);

-- The retention role changes rows only of whom it said, in the same transaction, that it erases them, and why.
DO $$
DECLARE
    each record;
BEGIN
    FOR each IN SELECT * FROM (VALUES
        ('customer', 'id IN (SELECT customer_id FROM access.removing)'),
        ('product', 'customer_id IN (SELECT customer_id FROM access.removing)'),
        ('consent', 'customer_id IN (SELECT customer_id FROM access.removing)'),
        ('ticket', 'customer_id IN (SELECT customer_id FROM access.removing)'),
        ('interaction', 'customer_id IN (SELECT customer_id FROM access.removing)'
            ' OR (customer_id IS NULL AND EXISTS (SELECT FROM access.removing))'),
        ('work_item', 'customer_id IN (SELECT customer_id FROM access.removing)'
            ' OR (customer_id IS NULL AND EXISTS (SELECT FROM access.removing))'),
        ('leg', 'EXISTS (SELECT FROM interaction i WHERE i.id = leg.interaction_id AND (i.customer_id IS NULL'
            ' AND EXISTS (SELECT FROM access.removing) OR i.customer_id IN (SELECT customer_id FROM access.removing)))'),
        ('note', 'EXISTS (SELECT FROM interaction i WHERE i.id = note.interaction_id AND (i.customer_id IS NULL'
            ' AND EXISTS (SELECT FROM access.removing) OR i.customer_id IN (SELECT customer_id FROM access.removing)))'),
        ('ivr_handover', 'EXISTS (SELECT FROM interaction i WHERE i.id = ivr_handover.interaction_id AND (i.customer_id'
            ' IS NULL AND EXISTS (SELECT FROM access.removing)'
            ' OR i.customer_id IN (SELECT customer_id FROM access.removing)))'),
        ('script_run', 'EXISTS (SELECT FROM interaction i WHERE i.id = script_run.interaction_id AND'
            ' (i.customer_id IS NULL AND EXISTS (SELECT FROM access.removing)'
            ' OR i.customer_id IN (SELECT customer_id FROM access.removing)))'),
        ('ticket_event', 'EXISTS (SELECT FROM ticket t WHERE t.id = ticket_event.ticket_id'
            ' AND t.customer_id IN (SELECT customer_id FROM access.removing))')
    ) AS v (on_table, whose) LOOP
        EXECUTE format(
            'CREATE POLICY retention_changes ON public.%I FOR UPDATE TO %I USING (%s)', each.on_table, :'retention',
            each.whose
        );
    END LOOP;
END $$;
-- With the rule on notes goes the first line of them that the interaction keeps.
CREATE POLICY retention_ages ON interaction FOR UPDATE TO :"retention" USING (
    EXISTS (SELECT FROM access.removing WHERE kind = 'retain')
    AND (customer_id IS NULL OR customer_id NOT IN (SELECT customer_id FROM access.on_hold))
);

-- knowledge: agents read what is published; who leads others writes it, and no edition is ever changed
CREATE POLICY published_read ON article FOR SELECT TO :"agent"
    USING (published > 0 AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_read ON article FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_add ON article FOR INSERT TO :"team_lead" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_change ON article FOR UPDATE TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_read ON article_edition FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON article_edition FOR INSERT TO :"team_lead" WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY own_add ON article_use FOR INSERT TO :"agent" WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY own_change ON article_use FOR UPDATE TO :"agent" USING (agent_id = (SELECT id FROM access.me));

-- snippets: one's own, and the centre's (nobody's), which who leads others writes
CREATE POLICY own_read ON snippet FOR SELECT TO :"agent" USING (
    owner_id = (SELECT id FROM access.me)
    OR owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me)
);
CREATE POLICY own_add ON snippet FOR INSERT TO :"agent" WITH CHECK (owner_id = (SELECT id FROM access.me));
CREATE POLICY own_change ON snippet FOR UPDATE TO :"agent" USING (owner_id = (SELECT id FROM access.me));
CREATE POLICY leads_add ON snippet FOR INSERT TO :"team_lead"
    WITH CHECK (owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_change ON snippet FOR UPDATE TO :"team_lead"
    USING (owner_id = '00000000-0000-0000-0000-000000000000' AND EXISTS (SELECT FROM access.me));

-- scripts: calls get what is published; who leads others writes drafts, in their own name, and what is published comes of
-- access.review_script alone. A run is of whoever takes part in its interaction.
CREATE POLICY published_read ON script FOR SELECT TO :"agent" USING (published > 0 AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_read ON script FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_add ON script FOR INSERT TO :"team_lead"
    WITH CHECK (published = 0 AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_change ON script FOR UPDATE TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY published_read ON script_version FOR SELECT TO :"agent"
    USING (state = 'published' AND EXISTS (SELECT FROM access.me));
CREATE POLICY leads_read ON script_version FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON script_version FOR INSERT TO :"team_lead" WITH CHECK (
    state = 'draft' AND agent_id = (SELECT id FROM access.me) AND reviewer_id IS NULL AND reviewed_at IS NULL
);
CREATE POLICY own_change ON script_version FOR UPDATE TO :"team_lead"
    USING (state <> 'published' AND EXISTS (SELECT FROM access.me))
    WITH CHECK (state IN ('draft', 'review') AND agent_id = (SELECT id FROM access.me));
CREATE POLICY leads_read ON script_review FOR SELECT TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON script_review FOR INSERT TO :"team_lead" WITH CHECK (
    what = 'handed_in' AND agent_id = (SELECT id FROM access.me) AND EXISTS (
        SELECT FROM script_version v WHERE v.script_id = script_review.script_id AND v.number = script_review.number
            AND v.state = 'review' AND v.agent_id = script_review.agent_id
    )
);
CREATE POLICY leads_add ON script_rule FOR INSERT TO :"team_lead" WITH CHECK (EXISTS (SELECT FROM access.me));
CREATE POLICY leads_change ON script_rule FOR UPDATE TO :"team_lead" USING (EXISTS (SELECT FROM access.me));
CREATE POLICY own_add ON script_run FOR INSERT TO :"agent" WITH CHECK (
    agent_id = (SELECT id FROM access.me) AND EXISTS (
        SELECT FROM participant p
        WHERE p.interaction_id = script_run.interaction_id AND p.agent_id = (SELECT id FROM access.me)
    )
);
CREATE POLICY own_change ON script_run FOR UPDATE TO :"agent" USING (
    EXISTS (
        SELECT FROM participant p
        WHERE p.interaction_id = script_run.interaction_id AND p.agent_id = (SELECT id FROM access.me)
            AND p.joined_at > (SELECT access.editable_since())
    )
) WITH CHECK (agent_id = (SELECT id FROM access.me));
CREATE POLICY own_add ON script_step FOR INSERT TO :"agent" WITH CHECK (
    EXISTS (SELECT FROM script_run r WHERE r.id = run_id AND r.agent_id = (SELECT id FROM access.me))
);
