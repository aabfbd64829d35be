-- Tables and functions of an event store. ${schema} stands for the quoted name of its schema.

-- One row, written when the store is made.
CREATE TABLE ${schema}.store (
    id        text   NOT NULL,             -- tells this store from every other one
    log_floor bigint NOT NULL              -- no position up to this one is ever given again, also if its event was scavenged
);

CREATE TABLE ${schema}.streams (
    stream_key bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text    COLLATE "C" NOT NULL UNIQUE,
    category   text    COLLATE "C",
    version    bigint  NOT NULL,           -- of the last event ever appended
    first      bigint  NOT NULL DEFAULT 1, -- the lowest version that can be read
    tombstoned boolean NOT NULL DEFAULT false,
    recent     bytea                       -- the last appends without an exact expectation, 28 bytes each
) WITH (fillfactor = 70);

CREATE INDEX streams_by_category ON ${schema}.streams (category) WHERE category IS NOT NULL;

-- The versions at which a stream was made empty.
CREATE TABLE ${schema}.emptied (
    stream_key bigint NOT NULL,
    version    bigint NOT NULL,
    PRIMARY KEY (stream_key, version)
);

-- Numbers of appends. An event's position is its append's ticket in the upper 47 bits, and its place in the append.
CREATE SEQUENCE ${schema}.tickets CACHE 1 MAXVALUE 140737488355327;

-- The first ticket is given to nobody, so that the sequence's last value is always one that was given.
SELECT nextval('${schema}.tickets');

CREATE TABLE ${schema}.events (
    position    bigint   PRIMARY KEY,
    stream_key  bigint   NOT NULL,
    version     bigint   NOT NULL,
    recorded_at bigint   NOT NULL,         -- microseconds since 1970-01-01T00:00Z
    event_id    uuid     NOT NULL,
    content     smallint NOT NULL,         -- 0 JSON, 1 binary
    begins      boolean  NOT NULL,         -- whether it is the first event of its append in its stream
    ends        boolean  NOT NULL,         -- whether it is the last one
    category    text     COLLATE "C",      -- that of the stream, for reading a category in order
    type        text     COLLATE "C" NOT NULL,
    data        bytea    NOT NULL,
    metadata    bytea                      -- a flat JSON object, or what another tool wrote
);

CREATE UNIQUE INDEX events_by_stream ON ${schema}.events (stream_key, version);

CREATE INDEX events_by_category ON ${schema}.events (category, position) WHERE category IS NOT NULL;

-- Up to this position no event is recorded later than this time: where to begin to look for a time.
CREATE TABLE ${schema}.time_marks (
    position bigint PRIMARY KEY,
    latest   bigint NOT NULL
);

CREATE INDEX time_marks_by_time ON ${schema}.time_marks (latest);

CREATE TABLE ${schema}.snapshots (
    stream  text     COLLATE "C" NOT NULL,
    name    text     COLLATE "C" NOT NULL,
    version bigint   NOT NULL,
    content smallint NOT NULL,
    data    bytea    NOT NULL,
    PRIMARY KEY (stream, name)
);

CREATE TABLE ${schema}.subscriptions (
    name         text   COLLATE "C" PRIMARY KEY,
    epoch        bigint NOT NULL,          -- grows with every change of the lease
    owner        text   NOT NULL,
    leased_until bigint NOT NULL           -- microseconds since 1970-01-01T00:00Z, by the server's clock
);

CREATE TABLE ${schema}.checkpoints (
    subscription text    COLLATE "C" NOT NULL,
    part         integer NOT NULL,
    position     bigint  NOT NULL,
    saved_at     bigint  NOT NULL,         -- microseconds since 1970-01-01T00:00Z
    store_id     text    NOT NULL,         -- of the store whose position it is
    PRIMARY KEY (subscription, part)
);

-- What subscriptions keep beside their checkpoints.
CREATE TABLE ${schema}.records (
    subscription text  COLLATE "C" NOT NULL,
    kind         text  COLLATE "C" NOT NULL,
    key          text  COLLATE "C" NOT NULL,
    fields       bytea NOT NULL,           -- as metadata of events
    PRIMARY KEY (subscription, kind, key)
);

-- Events with their payloads as JSON, for ad-hoc queries. A payload that is no JSON is NULL here.
CREATE FUNCTION ${schema}.as_json(content smallint, data bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE WHEN content = 0 THEN convert_from(data, 'UTF8')::jsonb END;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

CREATE VIEW ${schema}.readable_events AS
SELECT e.position, s.name AS stream, e.version, e.category, e.type, e.event_id,
       to_timestamp(e.recorded_at / 1000000.0) AS recorded_at,
       ${schema}.as_json(e.content, e.data) AS data,
       ${schema}.as_json(0::smallint, e.metadata) AS metadata,
       e.version < s.first AS hidden
FROM ${schema}.events e JOIN ${schema}.streams s ON s.stream_key = e.stream_key;

-- Events never change, and only the scavenger removes some.
CREATE FUNCTION ${schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('headwater.scavenge', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'events are never changed or removed: delete or truncate the stream, then scavenge';
END $$;

CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.events
FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change();
