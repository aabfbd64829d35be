-- Format 3: what hides events has a place in the log, and so it is a change of the store like an append.
-- From this format on, events.begins is 2 for the first event that an append writes to its second or a later stream.

CREATE TABLE stream_changes (
    position     INTEGER PRIMARY KEY,         -- no event has it
    stream_key   INTEGER NOT NULL REFERENCES streams,
    first        INTEGER NOT NULL,            -- the lowest version that can be read since
    tombstoned   INTEGER NOT NULL
) STRICT;

-- The floor of the log keeps the position from being given to an event. Appends change neither column, and do not run the trigger.
CREATE TRIGGER stream_hidden AFTER UPDATE OF first, tombstoned ON streams
WHEN NEW.first > OLD.first OR NEW.tombstoned > OLD.tombstoned BEGIN
    UPDATE store SET log_floor = 1 + max(log_floor, ifnull((SELECT max(position) FROM events), 0)); INSERT INTO stream_changes
    SELECT log_floor, NEW.stream_key, NEW.first, NEW.tombstoned FROM store; END;

-- A stream that was never written can be tombstoned.
CREATE TRIGGER stream_begun_hidden AFTER INSERT ON streams
WHEN NEW.tombstoned BEGIN
    UPDATE store SET log_floor = 1 + max(log_floor, ifnull((SELECT max(position) FROM events), 0)); INSERT INTO stream_changes
    SELECT log_floor, NEW.stream_key, NEW.first, NEW.tombstoned FROM store; END;
