package io.headwater.dynamodb;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import io.headwater.spi.support.StoredValues;
import io.headwater.spi.support.StreamState.StoredEvent;
import io.headwater.spi.support.ValueCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An item with events of one append to one stream: all of them, or those that fit.
 *
 * @param first the version of its first event
 * @param append the append that wrote them
 * @param position the number of the position of its first event
 */
record Chunk(StreamId stream, long first, Append append, long position, List<EventData> events) {
    static final String FIRST = "first";
    static final String COMMIT = "commit";
    static final String EVENTS = "events";
    static final String POSITION = "position";
    private static final String BEGIN = "begin";
    private static final String COUNT = "count";
    private static final String RECORDED_AT = "time";

    /**
     * An append to a stream.
     *
     * @param commit its id
     * @param first the version of its first event
     * @param count how many events it has
     * @param recordedAt in microseconds since 1970
     */
    record Append(UUID commit, long first, int count, long recordedAt) {
        long last() {
            return first + count - 1;
        }
    }

    long last() {
        return first + events.size() - 1;
    }

    long ticket() {
        return Places.ticket(Positions.of(position));
    }

    Item item(Keys keys) {
        return Item.at(keys.chunk(stream, last()))
                .with(FIRST, first)
                .with(BEGIN, append.first)
                .with(COUNT, append.count)
                .with(POSITION, position)
                .with(COMMIT, ValueCodes.bytes(append.commit))
                .with(RECORDED_AT, append.recordedAt)
                .with(EVENTS, EventCodec.encoded(events));
    }

    static Chunk of(StreamId stream, Item item) {
        try {
            Append append = new Append(
                    ValueCodes.uuid(item.bytes(COMMIT)),
                    item.number(BEGIN),
                    Math.toIntExact(item.number(COUNT)),
                    item.number(RECORDED_AT));
            return new Chunk(
                    stream, item.number(FIRST), append, item.number(POSITION), EventCodec.decoded(item.maps(EVENTS)));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("an append to stream '" + stream + "'", e);
        }
    }

    /** The part without what lies before this version. */
    Chunk from(long version) {
        int dropped = Math.toIntExact(version - first);
        return new Chunk(stream, version, append, position + dropped, events.subList(dropped, events.size()));
    }

    List<RecordedEvent> recorded() {
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            recorded.add(recorded(i));
        }
        return recorded;
    }

    private RecordedEvent recorded(int index) {
        EventData event = events.get(index);
        return new RecordedEvent(
                stream,
                first + index,
                Positions.of(position + index),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                ValueCodes.instant(append.recordedAt));
    }

    /** An event as it is compared with those of a repeat. */
    StoredEvent stored(long version) {
        int index = Math.toIntExact(version - first);
        return new StoredEvent(
                events.get(index).id(),
                Positions.of(position + index),
                version == append.first,
                version == append.last());
    }
}
