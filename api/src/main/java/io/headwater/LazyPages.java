package io.headwater;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Pages of events as one stream, each page fetched when it is come to. */
final class LazyPages implements Iterator<RecordedEvent> {
    /** The most events in memory at a time. */
    private static final int PAGE = 1000;

    /**
     * Pages of a stream begin small and grow while their events are small, so that a page of large ones does not fill the
     * memory. Pages of the log are bounded by the store itself.
     */
    private static final int FIRST_STREAM_PAGE = 8;

    private static final long PAGE_BYTES = 4 << 20;

    /** A page of events, and how to get the next one; null at the end. */
    private record Page(
            List<RecordedEvent> events, @Nullable Supplier<Page> next) {}

    private @Nullable Supplier<Page> next;
    private Iterator<RecordedEvent> events = List.<RecordedEvent>of().iterator();

    private LazyPages(Supplier<Page> first) {
        next = first;
    }

    static Stream<RecordedEvent> ofStream(EventStore store, StreamId stream, ReadOptions options) {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.notNull(options, "read options");
        return flatten(() -> streamPage(store, stream, options, FIRST_STREAM_PAGE));
    }

    private static Page streamPage(EventStore store, StreamId stream, ReadOptions options, int size) {
        StreamSlice slice = store.readStream(stream, options.limit(Math.min(options.limit(), size)));
        int left = left(options.limit(), slice.events());
        if (slice.next().isEmpty() || left == 0) {
            return new Page(slice.events(), null);
        }
        ReadOptions rest = options.from(slice.next().getAsLong()).limit(left);
        return new Page(slice.events(), () -> streamPage(store, stream, rest, nextSize(size, slice.events())));
    }

    private static int nextSize(int size, List<RecordedEvent> events) {
        long largest = events.stream()
                .mapToLong(event -> event.toEventData().size())
                .max()
                .orElse(1);
        long fitting = Math.max(1, PAGE_BYTES / Math.max(1, largest));
        return (int) Math.min(fitting, Math.min(PAGE, size * 4L));
    }

    static Stream<RecordedEvent> ofLog(EventStore store, LogQuery query) {
        ArgumentChecks.notNull(query, "log query");
        return flatten(() -> logPage(store, query));
    }

    private static Page logPage(EventStore store, LogQuery query) {
        LogPage page = store.readLog(query.limit(Math.min(query.limit(), PAGE)));
        int left = left(query.limit(), page.events());
        if (!page.more() || left == 0) {
            return new Page(page.events(), null);
        }
        LogQuery rest = query.from(page.scannedTo()).limit(left);
        return new Page(page.events(), () -> logPage(store, rest));
    }

    /** Both kinds of reads write "no limit" as the largest number. */
    private static int left(int limit, List<RecordedEvent> read) {
        return limit == Integer.MAX_VALUE ? limit : limit - read.size();
    }

    private static Stream<RecordedEvent> flatten(Supplier<Page> first) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new LazyPages(first), traits), false);
    }

    @Override
    public boolean hasNext() {
        while (!events.hasNext() && next != null) {
            Page page = next.get();
            events = page.events().iterator();
            next = page.next();
        }
        return events.hasNext();
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more events");
        }
        return events.next();
    }
}
