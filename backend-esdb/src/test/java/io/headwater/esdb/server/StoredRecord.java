package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.UUID;

/**
 * A record of the log.
 *
 * @param position its place
 * @param number its number in the stream
 * @param created ticks of 100 ns since 1970
 */
record StoredRecord(
        long position,
        String stream,
        long number,
        UUID id,
        String type,
        boolean json,
        ByteString data,
        ByteString metadata,
        long created,
        Kind kind) {
    enum Kind {
        EVENT,
        /** Of an append without events: a place in the log that no read shows. */
        EMPTY,
        TOMBSTONE
    }

    static final String METADATA_TYPE = "$metadata";
    static final String LINK_TYPE = "$>";

    boolean shown() {
        return kind != Kind.EMPTY;
    }

    boolean tombstone() {
        return kind == Kind.TOMBSTONE;
    }

    boolean link() {
        return type.equals(LINK_TYPE);
    }

    /** What a record takes of the log; the real server's figure is as close as tests need it. */
    long size() {
        return 80L + stream.length() + type.length() + data.size() + metadata.size();
    }
}
