package io.headwater.benchmarks;

import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBConnectionString;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamNotFoundException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Reads through the vendor's client. A category is the stream of links that the server's projection writes, resolved. */
final class VendorReader implements AutoCloseable {
    private static final int PAGE = 1000;

    private final KurrentDBClient client;

    VendorReader(String url) {
        client = client(url);
    }

    /** With its defaults. */
    static KurrentDBClient client(String url) {
        return KurrentDBClient.create(KurrentDBConnectionString.parseOrThrow(url));
    }

    Tally stream(String name) throws ExecutionException, InterruptedException {
        ReadStreamOptions options = ReadStreamOptions.get().forwards().fromStart();
        Tally.Counter counter = new Tally.Counter();
        client.readStream(name, options).get().getEvents().forEach(event -> {
            RecordedEvent read = event.getOriginalEvent();
            add(counter, read, read.getPosition().getCommitUnsigned());
        });
        return counter.tally();
    }

    /** The server's own events lie between the others, and a read cannot leave them out. */
    Tally log() throws ExecutionException, InterruptedException {
        Tally.Counter counter = new Tally.Counter();
        ReadAllOptions next = ReadAllOptions.get().forwards().maxCount(PAGE).fromStart();
        long last = 0;
        boolean more = true;
        while (more) {
            List<ResolvedEvent> page = client.readAll(next).get().getEvents();
            long before = last;
            for (ResolvedEvent event : page) {
                RecordedEvent read = event.getOriginalEvent();
                last = read.getPosition().getCommitUnsigned();
                if (last > before && !read.getStreamId().startsWith("$")) {
                    add(counter, read, last);
                }
            }
            more = page.size() == PAGE;
            next = ReadAllOptions.get().forwards().maxCount(PAGE).fromPosition(new Position(last, last));
        }
        return counter.tally();
    }

    Tally category(String category) throws ExecutionException, InterruptedException {
        Tally.Counter counter = new Tally.Counter();
        long next = 0;
        boolean more = true;
        while (more) {
            List<ResolvedEvent> page = links(category, next);
            page.forEach(event -> add(
                    counter, event.getEvent(), event.getEvent().getPosition().getCommitUnsigned()));
            next += page.size();
            more = page.size() == PAGE;
        }
        return counter.tally();
    }

    private List<ResolvedEvent> links(String category, long from) throws ExecutionException, InterruptedException {
        ReadStreamOptions options = ReadStreamOptions.get()
                .forwards()
                .resolveLinkTos()
                .maxCount(PAGE)
                .fromRevision(from);
        return client.readStream("$ce-" + category, options).get().getEvents();
    }

    /** Whether the projection has written this number of links. */
    boolean hasLinks(String category, int count) throws InterruptedException {
        try {
            return !links(category, count - 1L).isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StreamNotFoundException) {
                return false;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void add(Tally.Counter counter, RecordedEvent event, long position) {
        counter.add(event.getRevision() + 1, position, event.getEventData().length);
    }

    @Override
    public void close() {
        try {
            client.shutdown().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
