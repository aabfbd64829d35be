package io.headwater.internal.observation;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.LogPage;
import io.headwater.RecordedEvent;
import io.headwater.StreamSlice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much an operation appends or reads.
 *
 * @param events how many events
 * @param bytes their size
 */
record Volume(int events, long bytes) {
    private static final Volume NONE = new Volume(0, 0);

    /** Of what an operation was called with. */
    static Volume appended(@Nullable Object input) {
        if (input instanceof AppendRequest request) {
            return of(events(request));
        }
        return input instanceof List<?> requests
                ? of(requests.stream()
                        .filter(AppendRequest.class::isInstance)
                        .flatMap(request -> events((AppendRequest) request)))
                : NONE;
    }

    /** Of what an operation returned. */
    static Volume read(@Nullable Object answer) {
        if (answer instanceof StreamSlice slice) {
            return ofRecorded(slice.events());
        }
        return answer instanceof LogPage page ? ofRecorded(page.events()) : NONE;
    }

    private static Volume ofRecorded(List<RecordedEvent> events) {
        return of(events.stream().map(RecordedEvent::toEventData));
    }

    private static Stream<EventData> events(AppendRequest request) {
        return request.writes().stream().flatMap(write -> write.events().stream());
    }

    private static Volume of(Stream<EventData> events) {
        int[] count = {0};
        long bytes = events.peek(event -> count[0]++).mapToLong(EventData::size).sum();
        return new Volume(count[0], bytes);
    }

    Volume and(Volume other) {
        return new Volume(events + other.events, bytes + other.bytes);
    }
}
