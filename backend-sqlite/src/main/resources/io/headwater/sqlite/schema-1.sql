-- Format 1. Statements end with a semicolon at the end of a line.

CREATE TABLE categories (
    category_key INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE streams (
    stream_key   INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL UNIQUE,
    category_key INTEGER REFERENCES categories,
    version      INTEGER NOT NULL,            -- of the last event ever appended
    first        INTEGER NOT NULL,            -- the lowest version that can be read
    tombstoned   INTEGER NOT NULL DEFAULT 0,
    recent       BLOB                         -- the last appends without an exact expectation
) STRICT;

-- The versions at which a stream was made empty.
CREATE TABLE emptied (
    stream_key   INTEGER NOT NULL REFERENCES streams,
    version      INTEGER NOT NULL,
    PRIMARY KEY (stream_key, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    position     INTEGER PRIMARY KEY,
    stream_key   INTEGER NOT NULL REFERENCES streams,
    version      INTEGER NOT NULL,
    begins       INTEGER NOT NULL,            -- 1 for the first event of its append in its stream, else 0
    ends         INTEGER NOT NULL,            -- 1 for the last event of its append in its stream, else 0
    category_key INTEGER,                     -- that of the stream, for reading a category in order
    recorded_at  INTEGER NOT NULL,            -- microseconds since 1970-01-01T00:00Z
    event_id     BLOB    NOT NULL,            -- 16 bytes
    type         TEXT    NOT NULL,
    content      INTEGER NOT NULL,            -- 0 JSON, 1 binary
    data         BLOB    NOT NULL,
    metadata     BLOB                         -- a flat JSON object, or what another tool wrote
) STRICT;

CREATE UNIQUE INDEX events_by_stream ON events (stream_key, version);

CREATE INDEX events_by_category ON events (category_key, position) WHERE category_key IS NOT NULL;

-- Up to this position no event is recorded later than this time: where to begin to look for a time.
CREATE TABLE time_marks (
    position     INTEGER PRIMARY KEY,
    latest       INTEGER NOT NULL
) STRICT;

CREATE INDEX time_marks_by_time ON time_marks (latest);

-- One row, written when the tables are created.
CREATE TABLE store (
    id           TEXT    NOT NULL,            -- tells this store from every other one
    log_floor    INTEGER NOT NULL             -- no position up to this one is ever given again, also if its event was scavenged
) STRICT;

CREATE TABLE snapshots (
    stream       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    content      INTEGER NOT NULL,
    data         BLOB    NOT NULL,
    PRIMARY KEY (stream, name)
) STRICT;

CREATE TABLE subscriptions (
    name         TEXT    PRIMARY KEY,
    epoch        INTEGER NOT NULL,            -- grows with every change of the lease
    owner        TEXT    NOT NULL,
    leased_until INTEGER NOT NULL             -- microseconds since 1970-01-01T00:00Z
) STRICT;

CREATE TABLE checkpoints (
    subscription TEXT    NOT NULL,
    part         INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    saved_at     INTEGER NOT NULL,            -- microseconds since 1970-01-01T00:00Z
    store_id     TEXT    NOT NULL,            -- of the store whose position it is
    PRIMARY KEY (subscription, part)
) STRICT;

-- What subscriptions keep beside their checkpoints.
CREATE TABLE records (
    subscription TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    fields       BLOB    NOT NULL,            -- as metadata of events
    PRIMARY KEY (subscription, kind, key)
) STRICT;
