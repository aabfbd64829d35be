package io.headwater.esdb.server;

/** A record as it is shown: an event, or a link with the event that it points at, if there is one. */
record ResolvedRecord(StoredRecord event, StoredRecord link) {
    static ResolvedRecord plain(StoredRecord record) {
        return new ResolvedRecord(record, null);
    }

    /** What lies in the stream or log that is read. */
    StoredRecord place() {
        return link == null ? event : link;
    }
}
