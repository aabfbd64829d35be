package io.headwater.esdb;

import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.Positions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The head: the place of the last event, not that of the last record. Otherwise each checkpoint that is saved would move the head, the
 * subscription would follow, and save again.
 */
final class LogHead {
    private static final int[] PAGES = {32, 256, 1_000};

    private final Server server;
    private final Namespace namespace;
    private final SeenVersions seen;
    private final BehindWait behind;
    private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    LogHead(Server server, Namespace namespace, SeenVersions seen, LongSupplier nanoTime) {
        this.behind = new BehindWait(nanoTime);
        this.server = server;
        this.namespace = namespace;
        this.seen = seen;
    }

    /**
     * What is known of the end of the log.
     *
     * @param head the place of the last event; 0 if there is none
     * @param examined the place of the last record that was looked at, at or behind the head: between them is no event
     * @param stream the stream of the last event
     */
    record Known(long head, long examined, Optional<StreamId> stream) {
        static final Known NOTHING = new Known(0, 0, Optional.empty());

        static Known at(EventMessage event) {
            return new Known(event.place(), event.place(), event.streamId());
        }

        Known examinedTo(long place) {
            return new Known(head, place, stream);
        }
    }

    /** Returns what is known without asking. */
    Known known() {
        return known.get();
    }

    /** Forgets all: the log is another one. */
    void forget() {
        known.set(Known.NOTHING);
    }

    Position now() {
        return Positions.of(server.with(this::look).head());
    }

    /** Returns a position at or above all that any process was ever told, as far as the leader knows. */
    Position lastDecided() {
        return Positions.of(server.with(context -> {
                    server.discovery().confirmed(context);
                    return look(context);
                })
                .head());
    }

    /** Asks for the end of the log. */
    Known look(CallContext context) {
        while (true) {
            Known before = known.get();
            Optional<EventMessage> last = newest(server.look(context, ReadRequest.logBackwards(ReadRequest.END)));
            if (last.isPresent() && last.get().place() == before.examined()) {
                behind.reset();
                return before;
            }
            Optional<Known> found = last.flatMap(record -> found(context, before, record));
            if (found.isPresent()) {
                behind.reset();
                return advance(before, found.get());
            }
            if (!behind.more(context, server)) {
                forget();
                refuseIfWentBack(context, before);
            }
        }
    }

    /** A reader came to the end of the log. What others found meanwhile counts, unless it is from before. */
    Known advance(Known before, Known found) {
        return known.updateAndGet(
                current -> current.equals(before) || found.examined() > current.examined() ? found : current);
    }

    /**
     * Throws unless only a scavenge explains that the last event is missing: that is so if the streams that were seen last have what
     * they had.
     */
    private void refuseIfWentBack(CallContext context, Known before) {
        seen.checkLast(context, before.stream().map(StreamId::value), before.head());
    }

    private static Optional<EventMessage> newest(ReadAnswer answer) {
        return answer.messages().stream().findFirst();
    }

    /** Returns the end of the log, given its last record; empty if the log lacks what was seen before. */
    private Optional<Known> found(CallContext context, Known before, EventMessage last) {
        if (last.place() < before.examined()) {
            return isThere(context, before) ? Optional.of(before.examinedTo(last.place())) : Optional.empty();
        }
        if (isEvent(last)) {
            return Optional.of(Known.at(last));
        }
        return before.equals(Known.NOTHING) ? Optional.of(first(context, last)) : between(context, before, last);
    }

    private boolean isThere(CallContext context, Known before) {
        return before.head() == 0
                || server.look(context, ReadRequest.logForwards(before.head())).messages().stream()
                        .anyMatch(record -> record.place() == before.head());
    }

    /** Returns whether a record is an event that readers are shown. */
    boolean isEvent(EventMessage record) {
        return record.isVisible(namespace) && record.streamId().isPresent();
    }

    /** Lets the server look for the last event, as it may be far back. */
    private Known first(CallContext context, EventMessage last) {
        long next = ReadRequest.END;
        while (true) {
            List<EventMessage> records = server.scan(
                            context,
                            ReadRequest.logBackwards(next)
                                    .matching(LogPatterns.visible(namespace))
                                    .limit(PAGES[0]))
                    .messages();
            Optional<EventMessage> event =
                    records.stream().filter(this::isEvent).findFirst();
            if (event.isPresent() || records.isEmpty()) {
                Known found = event.map(Known::at).orElse(Known.NOTHING);
                return found.examinedTo(Math.max(found.head(), last.place()));
            }
            next = records.get(records.size() - 1).place();
        }
    }

    /** Looks at the records behind the last one that was examined. */
    private Optional<Known> between(CallContext context, Known before, EventMessage last) {
        long next = last.place();
        for (int page = 0; ; page = Math.min(page + 1, PAGES.length - 1)) {
            List<EventMessage> records = server.page(
                            context, ReadRequest.logBackwards(next).limit(PAGES[page]))
                    .messages();
            for (EventMessage record : records) {
                if (record.place() <= before.examined()) {
                    boolean known = record.place() == before.examined() || isThere(context, before);
                    return known ? Optional.of(before.examinedTo(last.place())) : Optional.empty();
                }
                if (isEvent(record)) {
                    return Optional.of(Known.at(record).examinedTo(last.place()));
                }
                next = record.place();
            }
            if (records.isEmpty()) {
                return Optional.empty();
            }
        }
    }
}
