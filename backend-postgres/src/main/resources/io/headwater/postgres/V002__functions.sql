-- Functions carry a version in their names, so that programs of two versions can run side by side.

CREATE FUNCTION ${schema}.now_v1() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

-- Gives a ticket for an append. Before it takes it, it holds, to the end of the transaction, a floor: a shared lock that names
-- the last ticket given so far. Whoever reads the log reads up to the lowest floor only (head_v1). The lock's numbers are the
-- sequence's own, which no other one in the database has, and the lower 32 bits of the ticket. The commit waits for the disk,
-- whatever the settings: else a crash would take back what readers have seen, and give its positions again.
CREATE FUNCTION ${schema}.take_ticket_v1() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    l_last bigint;
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    SELECT last_value INTO l_last FROM ${schema}.tickets;
    PERFORM pg_advisory_xact_lock_shared(
        '${schema}.tickets'::regclass::oid::bigint::bit(32)::integer, l_last::bit(32)::integer);
    RETURN nextval('${schema}.tickets');
END $$;

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

-- Appends to one stream: an event, and in arrays those after it if there are any. p_expected is a version, 0 for no stream, -1
-- for any version, -2 for an existing stream. Returns the position of the last event and the stream's version. When the stream
-- is not as expected, or the append may be a repeat, nothing is written and NULL returned. One value rather than columns, and
-- no arrays for one event: both are a large part of what a short append takes.
CREATE FUNCTION ${schema}.append_v1(
    p_stream text, p_category text, p_expected bigint,
    p_id uuid, p_type text, p_content smallint, p_data bytea, p_metadata bytea,
    p_ids uuid[] DEFAULT '{}', p_types text[] DEFAULT '{}', p_contents smallint[] DEFAULT '{}', p_datas bytea[] DEFAULT '{}',
    p_metadatas bytea[] DEFAULT '{}')
RETURNS bigint[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    l_count      integer := 1 + cardinality(p_ids);
    l_stream_key bigint;
    l_version    bigint;
    l_category   text;
    l_position   bigint;
    l_now        bigint;
BEGIN
    IF p_expected > 0 THEN
        UPDATE ${schema}.streams s SET version = s.version + l_count
        WHERE s.name = p_stream AND s.version = p_expected AND NOT s.tombstoned
        RETURNING s.stream_key, s.version, s.category INTO l_stream_key, l_version, l_category;
    ELSIF p_expected = 0 THEN
        INSERT INTO ${schema}.streams AS s (name, category, version) VALUES (p_stream, p_category, l_count)
        ON CONFLICT (name) DO UPDATE SET version = s.version + l_count
            WHERE s.first > s.version AND NOT s.tombstoned
        RETURNING s.stream_key, s.version, s.category INTO l_stream_key, l_version, l_category;
    ELSE
        UPDATE ${schema}.streams s
        SET version = s.version + l_count, recent = ${schema}.remember_v1(s.recent, p_id, s.version, l_count)
        WHERE s.name = p_stream AND NOT s.tombstoned AND (p_expected = -1 OR s.first <= s.version)
            AND (s.recent IS NULL OR position(uuid_send(p_id) IN s.recent) = 0)
        RETURNING s.stream_key, s.version, s.category INTO l_stream_key, l_version, l_category;
        IF NOT FOUND AND p_expected = -1 THEN
            INSERT INTO ${schema}.streams AS s (name, category, version, recent)
            VALUES (p_stream, p_category, l_count, ${schema}.remember_v1(NULL, p_id, 0, l_count))
            ON CONFLICT (name) DO NOTHING
            RETURNING s.stream_key, s.version, s.category INTO l_stream_key, l_version, l_category;
        END IF;
    END IF;
    IF l_stream_key IS NULL THEN
        RETURN NULL;
    END IF;
    l_position := ${schema}.take_ticket_v1() << 16;
    l_now := ${schema}.now_v1();
    INSERT INTO ${schema}.events
        (position, stream_key, version, recorded_at, event_id, content, begins, ends, category, type, data, metadata)
    VALUES (l_position, l_stream_key, l_version - l_count + 1, l_now, p_id, p_content, true, l_count = 1,
        l_category, p_type, p_data, p_metadata);
    IF l_count > 1 THEN
        INSERT INTO ${schema}.events
            (position, stream_key, version, recorded_at, event_id, content, begins, ends, category, type, data, metadata)
        SELECT l_position + place, l_stream_key, l_version - l_count + 1 + place, l_now, id, content, false, place = l_count - 1,
            l_category, type, data, metadata
        FROM unnest(p_ids, p_types, p_contents, p_datas, p_metadatas) WITH ORDINALITY
            AS event (id, type, content, data, metadata, place);
    END IF;
    RETURN ARRAY[l_position + l_count - 1, l_version];
END $$;

-- The recent appends of a stream with one more, and at most ten.
CREATE FUNCTION ${schema}.remember_v1(p_recent bytea, p_id uuid, p_after bigint, p_count integer) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    l_all bytea := coalesce(p_recent, ''::bytea) || uuid_send(p_id) || int8send(p_after) || int4send(p_count);
BEGIN
    RETURN substring(l_all FROM greatest(1, length(l_all) - 279));
END $$;

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
