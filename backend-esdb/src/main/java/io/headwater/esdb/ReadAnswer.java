package io.headwater.esdb;

import io.headwater.spi.support.LogPages;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the server answered to a read. It is collected on a thread of the connection and read by the caller afterwards. */
final class ReadAnswer {
    private final List<ReadEvent> events = new ArrayList<>();
    private final int limit;
    private final boolean filtered;
    private final boolean whole;
    private long bytes;
    private long last = NONE;
    private boolean missing;
    private boolean tombstoned;

    private static final long NONE = -1;

    ReadAnswer(ReadRequest request) {
        this.limit = request.limit();
        this.filtered = request.isFiltered();
        this.whole = request.isWhole();
    }

    static ReadAnswer ofTombstonedStream(ReadRequest request) {
        ReadAnswer answer = new ReadAnswer(request);
        answer.tombstoned = true;
        return answer;
    }

    /** Takes a message. Returns whether the next one is wanted. */
    boolean take(ReadResp message) {
        switch (message.getContentCase()) {
            case EVENT -> {
                events.add(message.getEvent());
                bytes += message.getSerializedSize();
            }
            case LAST_STREAM_POSITION -> last = message.getLastStreamPosition();
            case STREAM_NOT_FOUND -> missing = true;
            default -> {
                // Tells nothing that is needed.
            }
        }
        return !isCut() && !(filtered && events.size() == limit);
    }

    /** Returns whether a page ended because its events are large. */
    boolean isCut() {
        return !whole && bytes > LogPages.MAX_BYTES;
    }

    List<ReadEvent> events() {
        return events;
    }

    /** Returns the records, not those that links point to. */
    List<EventMessage> messages() {
        return events.stream().map(event -> new EventMessage(event.getEvent())).toList();
    }

    /** Returns the last revision of the stream, if the server told it. */
    OptionalLong lastRevision() {
        return last == NONE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** Returns the greatest revision of the stream that the answer tells, by an event or by itself. */
    OptionalLong revision() {
        long read = events.stream()
                .mapToLong(event -> event.getEvent().getStreamRevision())
                .max()
                .orElse(NONE);
        long greatest = Math.max(read, last);
        return greatest == NONE ? OptionalLong.empty() : OptionalLong.of(greatest);
    }

    /** Returns whether the stream was never written, or was deleted by another client. */
    boolean isMissing() {
        return missing;
    }

    boolean isTombstoned() {
        return tombstoned;
    }

    /** Returns whether the server said anything about the stream: a call that broke may end as one that succeeded. */
    boolean saysSomething() {
        return !events.isEmpty() || last != NONE || missing;
    }
}
