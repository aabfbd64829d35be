package io.headwater;

import java.util.Locale;

/**
 * The limits of one append (P4). Every store accepts at least {@link #MIN}. The number of streams applies to stores with
 * {@link Capability#MULTI_STREAM_APPEND}; without it, an append names one stream.
 *
 * <p>The size of an event is that of its data, its encoded metadata, and its type in UTF-8.
 *
 * @param maxEventBytes the maximum size of one event, in bytes
 * @param maxEventsPerAppend the maximum number of events, over all streams of the append
 * @param maxAppendBytes the maximum size of all events together, in bytes
 * @param maxStreamsPerAppend the maximum number of streams, those that are written and those that are only checked counted
 *     together
 */
public record Limits(long maxEventBytes, int maxEventsPerAppend, long maxAppendBytes, int maxStreamsPerAppend) {
    /** What every store accepts at least. */
    public static final Limits MIN = new Limits(200 * 1024, 100, 256 * 1024, 25);

    /** What both stores accept. */
    public Limits intersect(Limits other) {
        return new Limits(
                Math.min(maxEventBytes, other.maxEventBytes),
                Math.min(maxEventsPerAppend, other.maxEventsPerAppend),
                Math.min(maxAppendBytes, other.maxAppendBytes),
                Math.min(maxStreamsPerAppend, other.maxStreamsPerAppend));
    }

    /**
     * Checks a request.
     *
     * @throws LimitExceeded if the request exceeds these limits
     */
    public void check(AppendRequest request) {
        int streams = request.streamCount();
        if (streams > maxStreamsPerAppend) {
            throw tooMuch(streams, maxStreamsPerAppend, "streams");
        }
        int events = request.eventCount();
        if (events > maxEventsPerAppend) {
            throw tooMuch(events, maxEventsPerAppend, "events");
        }
        long total = 0;
        for (StreamWrite write : request.writes()) {
            for (EventData event : write.events()) {
                total += checked(write.stream(), event);
            }
        }
        if (total > maxAppendBytes) {
            throw tooMuch(total, maxAppendBytes, "bytes");
        }
    }

    private static LimitExceeded tooMuch(long actual, long most, String unit) {
        return new LimitExceeded("append of %s %s is over the limit of %s %s: append in several steps"
                .formatted(number(actual), unit, number(most), unit));
    }

    private long checked(StreamId stream, EventData event) {
        long size = event.size();
        if (size > maxEventBytes) {
            throw new LimitExceeded(
                    "event of type '%s' for '%s' has %s bytes, over the limit of %s bytes: keep large contents elsewhere and refer to them"
                            .formatted(event.type(), stream, number(size), number(maxEventBytes)));
        }
        return size;
    }

    /** The same in every locale, so that messages can be searched for. */
    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
