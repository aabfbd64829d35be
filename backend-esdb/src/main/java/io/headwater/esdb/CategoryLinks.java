package io.headwater.esdb;

import io.headwater.EventStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads the history of a category by the links that the projection {@code $by_category} writes. */
final class CategoryLinks {
    private static final String STREAM = "$ce-";
    private static final String CHECKPOINT = "$projections-$by_category-checkpoint";

    /** Of a page with more links whose events are hidden, the log is read instead. */
    private static final int MAX_HIDDEN = 8;

    /** How long links are not asked for again, after those of a category ended. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int REMEMBERED = 10_000;

    private final Server server;
    private final Namespace namespace;
    private final LongSupplier nanoTime;

    /** The revision of the first link behind a place. */
    private final RecentlyUsed<Cursor, Long> cursors = new RecentlyUsed<>(REMEMBERED);

    private final RecentlyUsed<String, End> ends = new RecentlyUsed<>(REMEMBERED);

    CategoryLinks(Server server, Namespace namespace, LongSupplier nanoTime) {
        this.server = server;
        this.namespace = namespace;
        this.nanoTime = nanoTime;
    }

    private record Cursor(String category, long place) {}

    /**
     * Where the links of a category ended.
     *
     * @param place the place up to which they were complete; 0 if there were none that can be used
     */
    private record End(long place, long foundAt) {}

    /** The links of a category cannot be used. Never leaves this class. */
    private static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable() {
            super(null, null, false, false);
        }
    }

    /** See {@link CategoryHistory#page}. */
    Optional<CategoryPage> page(CallContext context, String category, long from, int limit) {
        Optional<End> end = ends.get(category);
        if (end.filter(known -> from >= known.place() && !isOld(known)).isPresent()) {
            return Optional.empty();
        }
        try {
            return read(context, category, from, limit);
        } catch (Unusable e) {
            ends.put(category, new End(0, nanoTime.getAsLong()));
            return Optional.empty();
        }
    }

    private boolean isOld(End end) {
        return nanoTime.getAsLong() - end.foundAt() > PAUSE.toNanos();
    }

    private Optional<CategoryPage> read(CallContext context, String category, long from, int limit) {
        Optional<Long> known = from == 0 ? Optional.of(0L) : cursors.get(new Cursor(category, from));
        long revision = known.isPresent() ? known.get() : firstBehind(context, category, from);
        ReadAnswer answer = answer(
                context,
                ReadRequest.forwards(STREAM + category, revision)
                        .resolvingLinks()
                        .limit(limit));
        List<CategoryLink> links = links(answer, revision);
        long scannedTo =
                Math.max(from, links.isEmpty() ? 0 : links.get(links.size() - 1).place());
        if (links.size() == limit || answer.isCut()) {
            cursors.put(new Cursor(category, scannedTo), revision + links.size());
        } else {
            scannedTo = Math.max(scannedTo, checkpoint(context));
            ends.put(category, new End(scannedTo, nanoTime.getAsLong()));
        }
        return scannedTo == from ? Optional.empty() : events(context, links, from, scannedTo);
    }

    /** Forgets where links were found, because the log went back. */
    void forget() {
        cursors.clear();
        ends.clear();
    }

    /** Finds the revision of the first link that stands for a record behind a place. */
    private long firstBehind(CallContext context, String category, long from) {
        ReadAnswer newest = answer(context, ReadRequest.backwards(STREAM + category));
        long low = 0;
        long high = newest.lastRevision().orElseThrow(Unusable::new) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            ReadAnswer answer = answer(context, ReadRequest.forwards(STREAM + category, middle));
            CategoryLink link = links(answer, middle).stream().findFirst().orElseThrow(Unusable::new);
            if (link.place() > from) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Users that may read all events may not read links that do not exist. */
    private ReadAnswer answer(CallContext context, ReadRequest request) {
        ReadAnswer answer;
        try {
            answer = server.page(context, request);
        } catch (EventStoreException e) {
            if (EsdbErrors.isDenied(e)) {
                throw new Unusable();
            }
            throw e;
        }
        if (answer.isMissing() || answer.isTombstoned()) {
            throw new Unusable();
        }
        return answer;
    }

    /** Links are numbered without gaps, unless the beginning was removed. */
    private static List<CategoryLink> links(ReadAnswer answer, long from) {
        List<CategoryLink> links = answer.events().stream()
                .map(event -> CategoryLink.of(event).orElseThrow(Unusable::new))
                .toList();
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).revision() != from + i) {
                throw new Unusable();
            }
        }
        return links;
    }

    private Optional<CategoryPage> events(CallContext context, List<CategoryLink> links, long from, long scannedTo) {
        List<EventMessage> events = new ArrayList<>();
        int hidden = 0;
        for (CategoryLink link : links) {
            if (link.deletes() || link.place() <= from) {
                continue;
            }
            Optional<EventMessage> event = link.target();
            if (event.isEmpty()) {
                hidden++;
                event = hidden > MAX_HIDDEN ? event : at(context, link.place());
            }
            event.filter(found -> found.isVisible(namespace)).ifPresent(events::add);
        }
        return hidden > MAX_HIDDEN ? Optional.empty() : Optional.of(new CategoryPage(events, scannedTo));
    }

    /** The record at a place of the log; empty if a scavenge removed it. */
    private Optional<EventMessage> at(CallContext context, long place) {
        return server.look(context, ReadRequest.logForwards(place)).messages().stream()
                .filter(record -> record.place() == place)
                .findFirst();
    }

    /** The place up to which the projection has written its links, as it noted last; 0 if that cannot be read. */
    long checkpoint(CallContext context) {
        try {
            return answer(context, ReadRequest.backwards(CHECKPOINT)).messages().stream()
                    .findFirst()
                    .flatMap(record -> JsonMembers.read(record.storedMetadata()))
                    .flatMap(CategoryLink::place)
                    .orElse(0L);
        } catch (Unusable e) {
            return 0;
        }
    }
}
