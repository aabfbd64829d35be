package io.headwater;

import java.util.Locale;

/**
 * The most that one append may hold (P4). Every store takes at least {@link #MIN}; streams, if it has {@link
 * Capability#MULTI_STREAM_APPEND}, without which an append names one stream.
 *
 * <p>The size of an event is that of its data, its encoded metadata and its type in UTF-8.
 *
 * @param maxEventBytes bytes of one event
 * @param maxEventsPerAppend events of one append, over all its streams
 * @param maxAppendBytes bytes of all events of one append
 * @param maxStreamsPerAppend streams of one append, those that it writes and those that it only checks counted together
 */
public record Limits(long maxEventBytes, int maxEventsPerAppend, long maxAppendBytes, int maxStreamsPerAppend) {
    /** What every backend must take at the least. */
    public static final Limits MIN = new Limits(200 * 1024, 100, 256 * 1024, 25);

    /** What both allow. */
    public Limits intersect(Limits other) {
        return new Limits(
                Math.min(maxEventBytes, other.maxEventBytes),
                Math.min(maxEventsPerAppend, other.maxEventsPerAppend),
                Math.min(maxAppendBytes, other.maxAppendBytes),
                Math.min(maxStreamsPerAppend, other.maxStreamsPerAppend));
    }

    /** Throws {@link LimitExceeded} for a request beyond these limits. */
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
