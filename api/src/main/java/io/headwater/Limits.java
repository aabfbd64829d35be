package io.headwater;

import java.util.Locale;

/**
 * The most that one append may hold (P4). Every store takes at least {@link #LEAST}.
 *
 * <p>The size of an event is that of its data, its encoded metadata and its type in UTF-8.
 *
 * @param maxEventBytes bytes of one event
 * @param maxEventsPerAppend events of one append, over all its streams
 * @param maxAppendBytes bytes of all events of one append
 */
public record Limits(long maxEventBytes, int maxEventsPerAppend, long maxAppendBytes) {
    /** What every backend must take at the least. */
    public static final Limits LEAST = new Limits(200 * 1024, 100, 256 * 1024);

    /** What both allow. */
    public Limits intersect(Limits other) {
        return new Limits(
                Math.min(maxEventBytes, other.maxEventBytes),
                Math.min(maxEventsPerAppend, other.maxEventsPerAppend),
                Math.min(maxAppendBytes, other.maxAppendBytes));
    }

    /** Throws {@link LimitExceeded} for a request beyond these limits. */
    public void check(AppendRequest request) {
        int events = request.eventCount();
        if (events > maxEventsPerAppend) {
            throw exceeded(
                    "append of %,d events is over the limit of %,d events: append in several steps",
                    events, maxEventsPerAppend);
        }
        long total = 0;
        for (StreamWrite write : request.writes()) {
            for (EventData event : write.events()) {
                total += checked(write.stream(), event);
            }
        }
        if (total > maxAppendBytes) {
            throw exceeded(
                    "append of %,d bytes is over the limit of %,d bytes: append in several steps",
                    total, maxAppendBytes);
        }
    }

    private long checked(StreamId stream, EventData event) {
        long size = event.size();
        if (size > maxEventBytes) {
            throw exceeded(
                    "event of type '%s' for '%s' has %,d bytes, over the limit of %,d bytes: keep large contents elsewhere and refer to them",
                    event.type(), stream, size, maxEventBytes);
        }
        return size;
    }

    /** Messages read the same everywhere, so that they can be searched for. */
    private static LimitExceeded exceeded(String message, Object... details) {
        return new LimitExceeded(String.format(Locale.ROOT, message, details));
    }
}
