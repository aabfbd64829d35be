package io.headwater.dynamodb;

import io.headwater.StreamId;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stream's HEAD item says: how long it is, which of its events can be read, and what it remembers. */
final class StreamHead {
    static final String VERSION = "version";
    static final String FIRST = "first";
    static final String TICKET = "ticket";
    static final String STATE = "state";
    static final String SCAVENGED = "scavenged";
    static final String RECENT = "recent";
    static final String EMPTIED = "emptied";
    static final String OLDER = "older";
    static final String TOMBSTONED = "tombstoned";

    private final StreamId stream;
    private final StreamBounds bounds;
    private final long ticket;
    private final @Nullable Item item;

    private StreamHead(StreamId stream, StreamBounds bounds, long ticket, @Nullable Item item) {
        this.stream = stream;
        this.bounds = bounds;
        this.ticket = ticket;
        this.item = item;
    }

    /** Of a stream that has none: it was never written or checked. */
    static StreamHead none(StreamId stream) {
        return new StreamHead(stream, StreamBounds.NONE, 0, null);
    }

    static StreamHead of(StreamId stream, Optional<Item> item) {
        return item.map(present -> of(stream, present)).orElseGet(() -> none(stream));
    }

    static StreamHead of(StreamId stream, Item item) {
        try {
            boolean tombstoned = item.has(STATE);
            StreamBounds bounds = new StreamBounds(item.number(VERSION), item.number(FIRST), tombstoned);
            return new StreamHead(stream, bounds, item.number(TICKET), item);
        } catch (RuntimeException e) {
            throw StoredValues.damaged("stream '" + stream + "'", e);
        }
    }

    /** Of a stream at this version, which has not been looked at: a condition of the write tells whether it is so. */
    static StreamHead assumed(StreamId stream, long version) {
        Item item = Item.map();
        return new StreamHead(stream, new StreamBounds(version, 1, false), 0, item);
    }

    StreamId stream() {
        return stream;
    }

    StreamBounds bounds() {
        return bounds;
    }

    boolean exists() {
        return item != null;
    }

    /** Whether the catalog has it. A stream that was only checked is not listed, and has a HEAD of version 0. */
    boolean isListed() {
        return bounds.version() > 0 || bounds.tombstoned();
    }

    /** The ticket of the last append that wrote or checked the stream, or of the last change of its bounds. */
    long ticket() {
        return ticket;
    }

    /** The events before this version may be removed. */
    long scavenged() {
        return item == null ? 1 : item.number(SCAVENGED, 1);
    }

    List<RecentAppend> recent() {
        return RecentAppends.decode(recentBytes());
    }

    byte @Nullable [] recentBytes() {
        return item == null ? null : item.bytesIfPresent(RECENT);
    }

    /** The last versions at which the stream was emptied. */
    EmptiedVersions emptied() {
        return EmptiedVersions.of(item == null ? null : item.bytesIfPresent(EMPTIED));
    }

    /** Whether there are items with older versions at which it was emptied. */
    boolean hasOlderEmptied() {
        return item != null && item.has(OLDER);
    }
}
