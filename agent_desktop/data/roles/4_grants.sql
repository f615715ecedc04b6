-- Who may touch which table and column at all. Which of its rows, 5_policies.sql says.
-- Everything is taken back first, so that this file is the whole truth however often it is run.

REVOKE ALL ON ALL TABLES IN SCHEMA public
    FROM PUBLIC, :"agent", :"team_lead", :"supervisor", :"admin", :"collector", :"retention", :"backup";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public
    FROM PUBLIC, :"agent", :"team_lead", :"supervisor", :"admin", :"collector", :"retention", :"backup";
REVOKE ALL ON ALL TABLES IN SCHEMA access
    FROM PUBLIC, :"agent", :"team_lead", :"supervisor", :"admin", :"collector", :"retention", :"backup";
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access
    FROM PUBLIC, :"agent", :"team_lead", :"supervisor", :"admin", :"collector", :"retention", :"backup";

-- Everybody can tell which schema this is, and why they are let in or not.
GRANT SELECT ON access.me, access.mine, access.spoken TO :"agent";
GRANT SELECT ON access.removing, access.on_hold TO :"retention";
GRANT SELECT ON access.scope TO :"backup";
GRANT SELECT ON alembic_version, site TO :"agent", :"collector", :"retention", :"backup";
GRANT EXECUTE ON FUNCTION access.standing(), access.is_member(text), access.my_agent()
    TO :"agent", :"collector", :"retention", :"backup";

-- ------------------------------------------------------------------ agents, and with them all people
GRANT SELECT ON
    organisation, customer, customer_merge, customer_apart, customer_word, phone, email, product,
    interaction, participant, leg, recording, note, wrap_up,
    ticket, ticket_event, ticket_interaction, work_item,
    team, team_lead, agent, agent_phone, presence, queue, queue_member, queue_visit, queue_event,
    disposition, pause_reason, access_setting, consent, queue_quarter, agent_hour, stale_quarter, counted_limits,
    desk, pbx_member, holiday, staffing_aim, planned_agents, article, article_use, snippet,
    script, script_version, script_rule, script_run, script_step, planned_shift, board_layout
    TO :"agent";
GRANT SELECT ON ivr_handover, identity_policy, identity_attempt, identity_lift TO :"agent";
GRANT INSERT ON identity_attempt TO :"agent";
GRANT INSERT ON applied_op, consent TO :"agent";
GRANT INSERT (id, version, name, name_key) ON organisation TO :"agent";
GRANT INSERT (
        id, version, name, name_key, account_number, organisation_id, language, time_zone, address, alert, tags,
        consents, no_calls, erased_at, changed_in, created_at, updated_at
    ),
    UPDATE (
        version, name, name_key, account_number, organisation_id, language, time_zone, address, alert, tags,
        changed_in, updated_at, since, merged_into, consents, no_calls
    )
    ON customer TO :"agent";
GRANT INSERT, UPDATE (typed, e164, key, label) ON phone TO :"agent";
GRANT INSERT, UPDATE (address, address_key) ON email TO :"agent";
GRANT INSERT, UPDATE (undone_at, left_alone) ON customer_merge TO :"agent";
GRANT INSERT, UPDATE (apart, at, agent_id) ON customer_apart TO :"agent";
GRANT INSERT (
        id, version, channel, direction, started_at, number, display_name, queue, linked_id, subject, summary, reason,
        stamps
    ),
    UPDATE (
        version, channel, direction, started_at, answered_at, ended_at, outcome, customer_id, agent_id, number, e164,
        display_name, queue, wait_s, linked_id, subject, summary, disposition_id, reason, handoff, stamps
    )
    ON interaction TO :"agent";
GRANT INSERT ON leg TO :"agent";
GRANT UPDATE (
    started_at, answered_at, ended_at, outcome, remote, sip_call_id, sip_code, sip_reason, ended_by, hold_s, cut,
    referred_by, purpose, codec, encrypted, mos, loss, jitter_ms, round_trip_ms, stamps
) ON leg TO :"agent";
GRANT INSERT, UPDATE (state, ended_at, gaps, place, sha256, bytes, trouble, stamps) ON recording TO :"agent";
GRANT INSERT, UPDATE (at, text, version) ON note TO :"agent";
GRANT INSERT, UPDATE (at, disposition_id, reason, wrap_up_s) ON wrap_up TO :"agent";
GRANT INSERT, UPDATE (version, status, priority, assignee_id, updated_at, due_at) ON ticket TO :"agent";
GRANT INSERT ON ticket_event, ticket_interaction TO :"agent";
GRANT INSERT,
    UPDATE (version, status, number, due_at, created_at, customer_id, note, queue, assigned_to, claimed_by, attempts)
    ON work_item TO :"agent";
GRANT INSERT (agent_id, since, presence, reason, on_hold, interaction_id, source, due_at) ON presence TO :"agent";
GRANT INSERT, UPDATE (
    desk_id, place, since, expires_at, due_at, then_presence, then_reason, dismissed_at, dismissed_by, dismissed_why,
    leads_pbx
) ON desk TO :"agent";
GRANT USAGE ON SEQUENCE presence_id_seq TO :"agent";
GRANT EXECUTE ON FUNCTION
    access.my_people(), access.my_queues(), access.my_queue_names(), access.editable_since(), access.sees_ticket(uuid),
    access.join_interaction(uuid, uuid), access.remove_phone(uuid, uuid), access.remove_email(uuid, uuid),
    access.set_words(uuid, text[]), access.move_of_customer(text, uuid, uuid, uuid[]), access.record(text, text, text, text),
    access.find_customers(text, text[], text, text, text[], integer), access.find_tickets(text[], text, integer),
    access.find_notes(text[], integer), access.find_articles(text[], boolean, integer), access.change_password(text),
    access.was_taken(text, timestamptz, timestamptz)
    TO :"agent";
GRANT EXECUTE ON FUNCTION access.changes_since(pg_snapshot, timestamptz), access.prune_changes() TO :"agent", :"collector";
GRANT EXECUTE ON FUNCTION access.erased_since(timestamptz) TO :"agent", :"retention";

-- what they are told by who leads them; sending goes through a function
GRANT SELECT ON team_message, team_message_reader TO :"agent";
GRANT UPDATE (read_at) ON team_message_reader TO :"agent";
GRANT EXECUTE ON FUNCTION access.send_message(uuid, text, uuid, text) TO :"team_lead";

-- what the PBX said of calls; a secret comes through a function that writes down who looked
GRANT SELECT ON handoff_rule, handoff_field, handoff_warning TO :"agent";
GRANT INSERT, UPDATE (at) ON handoff_warning TO :"agent";
GRANT EXECUTE ON FUNCTION access.ask_handoff(uuid), access.reveal_handoff(uuid), access.handoff_sealed() TO :"agent";
-- what only customers know: compared, shown and kept by functions, see 3_secrets.sql
GRANT EXECUTE ON FUNCTION
    access.identity_known(uuid), access.identity_judged(uuid, text), access.check_identity(uuid, uuid, uuid, text, text),
    access.ask_identity(uuid, uuid, text), access.reveal_identity(uuid, uuid, text),
    access.keep_identity(uuid, text, text, text, timestamptz)
    TO :"agent";
GRANT EXECUTE ON FUNCTION access.export_identity(uuid[]), access.lift_identity(uuid, uuid, text) TO :"supervisor";
GRANT INSERT, UPDATE (version, name, field, label, form, secret, active) ON handoff_rule TO :"admin";
GRANT SELECT ON handoff_rule, handoff_field TO :"collector";
GRANT INSERT ON handoff_field, handoff_secret TO :"collector";
GRANT SELECT, DELETE ON handoff_field, handoff_secret TO :"retention";

-- what they ask of the PBX: the collector answers, nobody else changes a request
GRANT SELECT ON pbx_request, collector_health TO :"agent";
GRANT INSERT (id, asked_by, kind, agent_id, queue_id, reason, detail) ON pbx_request TO :"agent";
GRANT INSERT (id, interaction_id, agent_id, menu, amount, currency) ON ivr_handover TO :"agent";
GRANT SELECT, UPDATE (state, step, digits, reference, answers, told_at, ended_at) ON ivr_handover TO :"collector";

-- what queues were set to: triggers write it, everybody looks it up
GRANT SELECT ON queue_setting TO :"agent", :"collector";

-- ------------------------------------------------------------------ supervisors: reports that are made by themselves
GRANT SELECT ON report_schedule, report_run TO :"supervisor";
GRANT INSERT ON report_schedule TO :"supervisor";
GRANT UPDATE (
    version, name, wish, format, weekdays, month_day, minute, folder, to_folder, addresses, whole_numbers, active, since
)
    ON report_schedule TO :"supervisor";
GRANT SELECT ON report_schedule, planned_shift TO :"collector";
-- Calls, only while a report over them is made, says 5_policies.sql.
GRANT SELECT ON access.reporting TO :"collector";
GRANT SELECT (
    id, channel, direction, started_at, outcome, customer_id, agent_id, number, e164, queue, linked_id
) ON interaction TO :"collector";
GRANT SELECT (id, name, merged_into) ON customer TO :"collector";
GRANT SELECT (key, customer_id) ON phone TO :"collector";
GRANT SELECT (kind, status, interaction_id, claimed_by) ON work_item TO :"collector";
GRANT SELECT, INSERT, UPDATE (state, attempts, begun_at, done_at, again_at, filed, answer) ON report_run TO :"collector";

-- ------------------------------------------------------------------ knowledge: who leads others writes articles
GRANT INSERT, UPDATE (at, helped) ON article_use TO :"agent";
GRANT INSERT, UPDATE (version, owner_id, name, text, active) ON snippet TO :"agent";
GRANT SELECT, INSERT ON article_edition TO :"team_lead";
GRANT INSERT, UPDATE (
    version, published, key, language, title, queues, tags, owner_id, valid_from, valid_until, edited_at, about, text, said
) ON article TO :"team_lead";

-- ------------------------------------------------------------------ scripts: agents run them, who leads others writes
GRANT INSERT, UPDATE (at, agent_id, finished, place, step, number, body) ON script_run TO :"agent";
GRANT INSERT ON script_step TO :"agent";
GRANT INSERT (id, version, key, title, published, active), UPDATE (version, title, active) ON script TO :"team_lead";
GRANT INSERT, UPDATE (edition, state, at, agent_id, note, body, parts) ON script_version TO :"team_lead";
GRANT INSERT, UPDATE (
    version, script_id, position, campaign, intent, dialled, queue, segment, language, active
) ON script_rule TO :"team_lead";
GRANT SELECT, INSERT ON script_review TO :"team_lead";
GRANT EXECUTE ON FUNCTION access.review_script(uuid, integer, integer, boolean, text), access.use_script(uuid, integer),
    access.script_eyes(uuid, integer)
    TO :"team_lead";

-- ------------------------------------------------------------------ team leads: imports
GRANT SELECT, INSERT ON import_run, import_change TO :"team_lead";
GRANT UPDATE (state, counts) ON import_run TO :"team_lead";
GRANT EXECUTE ON FUNCTION access.remove_imported(uuid, integer) TO :"team_lead";

-- ------------------------------------------------------------------ supervisors: how many agents are needed when
GRANT INSERT ON holiday, staffing_aim, planned_agents TO :"supervisor";
GRANT UPDATE (version, label, active) ON holiday TO :"supervisor";
GRANT UPDATE (version, shrinkage, most_occupied, patient) ON staffing_aim TO :"supervisor";
GRANT UPDATE (agents) ON planned_agents TO :"supervisor";
-- shifts: who leads a team plans its people, a supervisor everybody
GRANT INSERT, UPDATE (version, parts) ON planned_shift TO :"team_lead";

-- ------------------------------------------------------------------ layouts of the board: one's own, and published ones
GRANT INSERT, UPDATE (version, owner_id, team_id, name, body, active) ON board_layout TO :"agent";

-- ------------------------------------------------------------------ admins: people, queues, what is chosen from
GRANT INSERT ON team, agent, agent_phone, team_lead, queue, queue_member, disposition, pause_reason TO :"admin";
GRANT UPDATE (version, name, active) ON team TO :"admin";
GRANT UPDATE (version, name, login, extension, team_id, active, access_until, one_time) ON agent TO :"admin";
GRANT UPDATE (version, active, server, account, auth_user, transport, proxy, srtp) ON agent_phone TO :"admin";
GRANT UPDATE (
    version, name, label, position, sl_threshold_s, sl_target, short_abandon_s, wrap_up_s, requires_disposition,
    active, sl_variant, sl_exits
) ON queue TO :"admin";
GRANT UPDATE (version, label, queue_id, position, reasons, asks_callback, active) ON disposition TO :"admin";
GRANT UPDATE (version, label, position, limit_s, active) ON pause_reason TO :"admin";
GRANT INSERT ON identity_policy TO :"admin";
GRANT UPDATE (
    version, active, needed, may_fail, ivr_counts, shows_answer, after, reveals, asks_birth, asks_address, asks_account,
    asks_phone, asks_email, asks_word
) ON identity_policy TO :"admin";
GRANT UPDATE (name, region, time_zone) ON site TO :"admin";
GRANT UPDATE (version, edit_hours, tells_monitored) ON access_setting TO :"admin";
GRANT SELECT ON audit, legal_hold, removal, retention_rule TO :"admin";
GRANT INSERT, UPDATE (released_at, released_by, release_reason) ON legal_hold TO :"admin";
GRANT UPDATE (version, days) ON retention_rule TO :"admin";
GRANT EXECUTE ON FUNCTION
    access.grant_login(text, text, text, timestamptz), access.remove_member(uuid, uuid), access.remove_lead(uuid, uuid),
    access.lock_writers()
    TO :"admin";

-- The past, from a PBX's own files: only while an import of theirs goes on, says 5_policies.sql.
GRANT SELECT ON access.filling TO :"admin";
GRANT INSERT (source, source_seq, at, kind, queue_id, visit_id, linked_id, agent_id, data) ON queue_event TO :"admin";
GRANT INSERT, UPDATE (
    queue_id, linked_id, agent_id, entered_at, connected_at, left_at, ended_at, offers, result, exit_reason, ended_by,
    wait_us, talk_us, hold_us, wrap_us
) ON queue_visit TO :"admin";
GRANT INSERT (quarter) ON stale_quarter TO :"admin";
GRANT USAGE ON SEQUENCE queue_event_id_seq, stale_quarter_id_seq TO :"admin";
GRANT INSERT ON interaction TO :"admin";

-- ------------------------------------------------------------------ services
GRANT SELECT ON team, agent, queue, queue_member, presence, queue_visit, queue_event, desk TO :"collector";
GRANT SELECT, INSERT, UPDATE ON pbx_member TO :"collector";
GRANT INSERT ON queue_visit, queue_member TO :"collector";
GRANT INSERT (source, source_seq, at, kind, queue_id, visit_id, linked_id, agent_id, data)
    ON queue_event TO :"collector";
GRANT INSERT (agent_id, since, presence, reason, on_hold, interaction_id, source) ON presence TO :"collector";
GRANT UPDATE (
    queue_id, linked_id, agent_id, entered_at, connected_at, left_at, ended_at, offers, result, exit_reason, ended_by,
    wait_us, talk_us, hold_us, wrap_us
) ON queue_visit TO :"collector";
GRANT UPDATE (signed_in) ON queue_member TO :"collector";
-- Sums are worked out from the visits, and again at any time: the one thing that a service may throw away.
GRANT SELECT, INSERT, UPDATE, DELETE ON queue_quarter, agent_hour, counted_limits TO :"collector";
GRANT SELECT, DELETE, INSERT (quarter) ON stale_quarter TO :"collector";
GRANT INSERT ON interaction TO :"collector"; -- who gave up waiting, says 5_policies.sql
GRANT EXECUTE ON FUNCTION access.settle_missed(text[]) TO :"collector";
GRANT SELECT, UPDATE (holder, name, token, taken_at, expires_at) ON collector_lease TO :"collector";
GRANT SELECT, INSERT, UPDATE ON collector_health TO :"collector";
GRANT SELECT, UPDATE (state, taken_at, done_at, answer, over_at) ON pbx_request TO :"collector";
GRANT USAGE ON SEQUENCE presence_id_seq, queue_event_id_seq, stale_quarter_id_seq TO :"collector";

GRANT SELECT, DELETE ON
    organisation, customer, customer_merge, customer_word, phone, email, product,
    interaction, participant, leg, recording, note, wrap_up,
    ticket, ticket_event, ticket_interaction, work_item, presence, queue_visit, queue_event, applied_op,
    queue_quarter, agent_hour, pbx_request, team_message, team_message_reader, article_use,
    script_run, script_step
    TO :"retention";

GRANT SELECT, DELETE ON ivr_handover, identity_attempt, identity_answer, identity_lift TO :"retention";
GRANT SELECT ON consent, legal_hold, removal, retention_rule TO :"retention";
GRANT SELECT, DELETE ON customer_merge, customer_apart, import_change TO :"retention";
-- To erase somebody; 5_policies.sql lets it be nobody else.
GRANT UPDATE (
    version, name, name_key, account_number, organisation_id, language, time_zone, address, alert, tags, since, consents,
    no_calls, erased_at, changed_in, updated_at
) ON customer TO :"retention";
GRANT UPDATE (version, number, e164, display_name, subject, summary, handoff) ON interaction TO :"retention";
GRANT UPDATE (remote, referred_by, sip_call_id) ON leg TO :"retention";
GRANT UPDATE (reference, answers) ON ivr_handover TO :"retention";
GRANT UPDATE (version, text) ON note TO :"retention";
GRANT UPDATE (version, subject) ON ticket TO :"retention";
GRANT UPDATE (text) ON ticket_event TO :"retention";
GRANT UPDATE (version, status, number, note) ON work_item TO :"retention";
GRANT UPDATE (details) ON product TO :"retention";
GRANT UPDATE (body) ON script_run TO :"retention";
GRANT UPDATE (source) ON consent TO :"retention";
GRANT EXECUTE ON FUNCTION
    access.begin_removal(text, uuid[], text), access.end_removal(uuid, json), access.old_audit(boolean, timestamptz, boolean),
    access.blank_audit(uuid[], uuid[])
    TO :"retention";

GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"backup";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"backup";
