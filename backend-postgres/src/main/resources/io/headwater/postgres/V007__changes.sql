-- What hides events has a place in the log, and so it is a change of the store like an append.

CREATE TABLE ${schema}.stream_changes (
    position    bigint  PRIMARY KEY,       -- no event has it
    stream_key  bigint  NOT NULL,
    first       bigint  NOT NULL,          -- the lowest version that can be read since
    tombstoned  boolean NOT NULL,
    change_id   uuid    NOT NULL DEFAULT gen_random_uuid(), -- tells it from another that got its position after the log went back
    recorded_at bigint  NOT NULL DEFAULT ${schema}.now_v1() -- microseconds since 1970-01-01T00:00Z
);

-- Whether an event is the first of its append, for events that came from another store. Of others the ticket tells it.
ALTER TABLE ${schema}.events ADD COLUMN append_begins boolean;

-- Notes what hides events, as an append is written: the row of the stream is locked, then the floor is taken, then the ticket. So the
-- programs of earlier versions do it, too. headwater.place is the position for the next change of this transaction, or 'none'.
CREATE FUNCTION ${schema}.note_hidden_v1() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    l_place text := nullif(current_setting('headwater.place', true), '');
BEGIN
    IF l_place IS DISTINCT FROM 'none' THEN
        INSERT INTO ${schema}.stream_changes (position, stream_key, first, tombstoned)
        VALUES (coalesce(l_place::bigint, ${schema}.take_ticket_v1() << 16), NEW.stream_key, NEW.first, NEW.tombstoned);
    END IF;
    RETURN NULL;
END $$;

-- Appends change neither column, and do not run it.
CREATE TRIGGER stream_hidden AFTER UPDATE OF first, tombstoned ON ${schema}.streams
FOR EACH ROW WHEN (NEW.first > OLD.first OR NEW.tombstoned AND NOT OLD.tombstoned)
EXECUTE FUNCTION ${schema}.note_hidden_v1();

-- A stream that was never written can be tombstoned.
CREATE TRIGGER stream_begun_hidden AFTER INSERT ON ${schema}.streams
FOR EACH ROW WHEN (NEW.tombstoned) EXECUTE FUNCTION ${schema}.note_hidden_v1();

-- Changes which events of a locked stream can be read, at this position of the log.
CREATE FUNCTION ${schema}.bound_stream_v1(
    p_key bigint, p_version bigint, p_first bigint, p_tombstoned boolean, p_emptied boolean, p_place text)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM set_config('headwater.place', p_place, true);
    UPDATE ${schema}.streams SET version = p_version, first = p_first, tombstoned = p_tombstoned WHERE stream_key = p_key;
    PERFORM set_config('headwater.place', '', true);
    IF p_emptied THEN
        INSERT INTO ${schema}.emptied (stream_key, version) VALUES (p_key, p_version) ON CONFLICT DO NOTHING;
    END IF;
END $$;

-- As head_v1, with the changes that have no events: the mark is the position of one of them or of an event.
CREATE FUNCTION ${schema}.head_v2(OUT o_head bigint, OUT o_pending boolean) LANGUAGE plpgsql VOLATILE AS $$
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
            (SELECT max(position) FROM ${schema}.events WHERE position < (l_last + 1) << 16),
            (SELECT max(position) FROM ${schema}.stream_changes WHERE position < (l_last + 1) << 16))
    INTO o_head;
END $$;
