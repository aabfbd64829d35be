-- Functions carry a version in their names, so that programs of two versions can run side by side.

CREATE FUNCTION ${schema}.now_v1() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

-- Gives a ticket for an append. Before it takes it, it holds, to the end of the transaction, a floor: a shared lock that names
-- the last ticket given so far. Whoever reads the log reads up to the lowest floor only (head_v1). The lock's numbers are the
-- sequence's own, which no other one in the database has, and the lower 32 bits of the ticket. The commit waits for the disk,
-- whatever the settings: else a crash would take back what readers have seen, and give its positions again.
-- CASE evaluates its parts in their order, and an expression, unlike statements, becomes a part of the statement that calls it.
-- A sequence that was restarted has given nothing yet: a ticket that nobody uses begins it.
CREATE FUNCTION ${schema}.take_ticket_v1() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT CASE
        WHEN current_setting('synchronous_commit') = 'off' AND set_config('synchronous_commit', 'on', true) IS NULL THEN NULL
        WHEN pg_advisory_xact_lock_shared(
                '${schema}.tickets'::regclass::oid::bigint::bit(32)::integer,
                coalesce(pg_sequence_last_value('${schema}.tickets'), nextval('${schema}.tickets'))::bit(32)::integer)
            IS NULL THEN NULL
        ELSE nextval('${schema}.tickets')
    END
$$;

-- Tickets for several appends of a transaction, in their order, over one floor.
CREATE FUNCTION ${schema}.take_tickets_v1(p_count integer) RETURNS SETOF bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN NEXT ${schema}.take_ticket_v1();
    FOR i IN 2 .. p_count LOOP
        RETURN NEXT nextval('${schema}.tickets');
    END LOOP;
END $$;

-- The safe mark: everything up to it is decided. In this order: the last ticket given, then the floors, then what is
-- committed. A ticket that was given before the first step belongs to an append whose floor is seen in the second, or which
-- has ended by then. The mark is the position of a committed event, so that tickets that a crash takes back lie above it.
CREATE FUNCTION ${schema}.head_v1(OUT o_head bigint, OUT o_pending boolean) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    l_last   bigint;
    l_behind bigint;
BEGIN
    SELECT last_value INTO l_last FROM ${schema}.tickets;
    -- A floor that seems to lie further behind than transactions can be apart was taken since, and lies ahead.
    SELECT max((l_last - objid::bigint) & 4294967295) INTO l_behind
    FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND classid = '${schema}.tickets'::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((l_last - objid::bigint) & 4294967295) < 2147483648;
    o_pending := l_behind IS NOT NULL;
    l_last := l_last - coalesce(l_behind, 0);
    SELECT greatest(
            (SELECT log_floor FROM ${schema}.store),
            (SELECT max(position) FROM ${schema}.events WHERE position < (l_last + 1) << 16))
    INTO o_head;
END $$;

-- The recent appends of a stream with one more, which began with an event of this id: ten at most, 28 bytes each.
CREATE FUNCTION ${schema}.remember_v1(p_recent bytea, p_id bytea, p_after bigint, p_count bigint) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT substring(coalesce(p_recent, ''::bytea) FROM greatest(1, length(coalesce(p_recent, ''::bytea)) - 251))
        || p_id || int8send(p_after) || int4send(p_count::integer)
$$;

-- Changes records of a subscription; fields that are NULL remove one.
CREATE FUNCTION ${schema}.change_records_v1(p_subscription text, p_kinds text[], p_keys text[], p_fields bytea[])
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    DELETE FROM ${schema}.records r
    USING unnest(p_kinds, p_keys, p_fields) AS change (kind, key, fields)
    WHERE r.subscription = p_subscription AND r.kind = change.kind AND r.key = change.key AND change.fields IS NULL;
    INSERT INTO ${schema}.records (subscription, kind, key, fields)
    SELECT p_subscription, change.kind, change.key, change.fields
    FROM unnest(p_kinds, p_keys, p_fields) AS change (kind, key, fields) WHERE change.fields IS NOT NULL
    ORDER BY change.kind, change.key
    ON CONFLICT (subscription, kind, key) DO UPDATE SET fields = excluded.fields;
END $$;

-- Saves a checkpoint and changes records, for the holder of the lease: SAVED, BEHIND or FENCED.
CREATE FUNCTION ${schema}.save_v1(
    p_subscription text, p_epoch bigint, p_part integer, p_position bigint, p_store_id text,
    p_kinds text[], p_keys text[], p_fields bytea[])
RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM ${schema}.subscriptions WHERE name = p_subscription AND epoch = p_epoch FOR SHARE;
    IF NOT FOUND THEN
        RETURN 'FENCED';
    END IF;
    INSERT INTO ${schema}.checkpoints AS c (subscription, part, position, saved_at, store_id)
    VALUES (p_subscription, p_part, p_position, ${schema}.now_v1(), p_store_id)
    ON CONFLICT (subscription, part) DO UPDATE
        SET position = excluded.position, saved_at = excluded.saved_at, store_id = excluded.store_id
        WHERE excluded.position >= c.position;
    IF NOT FOUND THEN
        RETURN 'BEHIND';
    END IF;
    IF cardinality(p_kinds) > 0 THEN
        PERFORM ${schema}.change_records_v1(p_subscription, p_kinds, p_keys, p_fields);
    END IF;
    RETURN 'SAVED';
END $$;

-- Locks the streams of these names, which must be distinct, for the transaction, and returns their rows. Those that do not exist
-- get one with version 0. In the order of names, as everybody locks them, so that none waits in a circle. By the index, whatever
-- the statistics say: they are of when the table was small, if there are any, while an import makes it large.
CREATE FUNCTION ${schema}.lock_streams_v1(p_names text[], p_categories text[]) RETURNS SETOF ${schema}.streams
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    l_found integer;
    l_made  integer;
BEGIN
    RETURN QUERY SELECT s.* FROM unnest(p_names) AS wanted (name) JOIN ${schema}.streams s ON s.name = wanted.name COLLATE "C"
        ORDER BY s.name FOR UPDATE OF s;
    GET DIAGNOSTICS l_found = ROW_COUNT;
    IF l_found = cardinality(p_names) THEN
        RETURN;
    END IF;
    RETURN QUERY INSERT INTO ${schema}.streams AS s (name, category, version)
        SELECT wanted.name, wanted.category, 0 FROM unnest(p_names, p_categories) AS wanted (name, category)
        WHERE NOT EXISTS (SELECT FROM ${schema}.streams WHERE name = wanted.name COLLATE "C")
        ORDER BY wanted.name COLLATE "C"
        ON CONFLICT (name) DO NOTHING RETURNING s.*;
    GET DIAGNOSTICS l_made = ROW_COUNT;
    IF l_found + l_made < cardinality(p_names) THEN -- Others made some meanwhile.
        RETURN QUERY SELECT s.* FROM unnest(p_names) AS wanted (name) JOIN ${schema}.streams s ON s.name = wanted.name COLLATE "C"
            ORDER BY s.name FOR UPDATE OF s;
    END IF;
END $$;

-- Writes how far locked streams have come; a NULL of p_recents leaves what was there. Removes the rows p_unused.
CREATE FUNCTION ${schema}.grow_streams_v1(p_keys bigint[], p_versions bigint[], p_recents bytea[], p_unused bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    UPDATE ${schema}.streams s SET version = grown.version, recent = coalesce(grown.recent, s.recent)
    FROM unnest(p_keys, p_versions, p_recents) AS grown (stream_key, version, recent) WHERE s.stream_key = grown.stream_key;
    IF cardinality(p_unused) > 0 THEN
        DELETE FROM ${schema}.streams s USING unnest(p_unused) AS unused (stream_key) WHERE s.stream_key = unused.stream_key;
    END IF;
END $$;
