package io.headwater.dynamodb;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.StreamId;
import io.headwater.spi.support.LogPages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the events of streams. The items of a transaction are seen one after the other, so an item that HEAD says must be there is
 * read until it is.
 */
final class Chunks {
    private static final int MAX_ITEMS = 1000;

    private final Table table;
    private final Keys keys;
    private final Heads heads;

    Chunks(Table table, Keys keys, Heads heads) {
        this.table = table;
        this.keys = keys;
        this.heads = heads;
    }

    /**
     * Chunks forwards without gaps from the one with version {@code from} on, at least one, up to that with version {@code to} or
     * about as many bytes as a page may have. Empty if events from {@code from} on were scavenged meanwhile.
     *
     * @param version of the stream
     */
    List<Chunk> forwards(StreamId stream, long from, long to, long version) {
        return untilThere(stream, from, () -> {
            Query query = table.query(keys.stream(stream))
                    .between(Key.hex(from), Key.hex(version))
                    .limit(items(to - from + 1));
            return contiguous(read(stream, query, chunk -> chunk.last() >= to), from);
        });
    }

    /**
     * A stream from its first event on.
     *
     * @param chunks without gaps, the first one with version 1; empty if that is not seen, or was removed
     */
    record Beginning(StreamHead head, List<Chunk> chunks) {}

    /** HEAD and chunks by one query: at least the events up to this version, or about as many bytes as a page may have. */
    Beginning beginning(StreamId stream, long to) {
        Query query = table.query(keys.stream(stream)).from(Keys.HEAD).limit(1 + items(to));
        List<Item> found = new ArrayList<>();
        do {
            found.addAll(query.page());
        } while (found.isEmpty() && query.more());
        boolean headSeen = !found.isEmpty() && found.get(0).key().sk().equals(Keys.HEAD);
        StreamHead head = heads.seen(StreamHead.of(stream, headSeen ? Optional.of(found.get(0)) : Optional.empty()));
        long last = Math.min(to, head.bounds().version());
        found.removeIf(item -> item.key().sk().startsWith(Keys.HEAD));
        List<Chunk> chunks = last == 0 ? List.of() : read(stream, found, query, chunk -> chunk.last() >= last);
        return new Beginning(head, contiguous(chunks, 1));
    }

    /** As {@link #forwards}, backwards from version {@code from} to {@code to}; the chunk with {@code from} comes first. */
    List<Chunk> backwards(StreamId stream, long from, long to, long version) {
        return untilThere(stream, from, () -> {
            List<Chunk> chunks = new ArrayList<>(from == version ? List.of() : holding(stream, from, version));
            long next = chunks.isEmpty() ? from : chunks.get(0).first() - 1;
            if (next >= to) {
                Query query = table.query(keys.stream(stream))
                        .between(Key.hex(to), Key.hex(next))
                        .backwards()
                        .limit(items(next - to + 1));
                chunks.addAll(read(stream, query, chunk -> chunk.first() <= to));
            }
            return contiguousBackwards(chunks, from);
        });
    }

    /** The chunk with this version; empty if it is not seen yet. */
    private List<Chunk> holding(StreamId stream, long from, long version) {
        return table.query(keys.stream(stream)).between(Key.hex(from), Key.hex(version)).first(1).stream()
                .map(item -> Chunk.of(stream, item))
                .filter(chunk -> chunk.first() <= from)
                .toList();
    }

    private static int items(long events) {
        return (int) Math.min(MAX_ITEMS, events);
    }

    private static List<Chunk> read(StreamId stream, Query query, Predicate<Chunk> isLast) {
        return read(stream, query.page(), query, isLast);
    }

    private static List<Chunk> read(StreamId stream, List<Item> firstPage, Query query, Predicate<Chunk> isLast) {
        List<Chunk> chunks = new ArrayList<>();
        long bytes = 0;
        List<Item> page = firstPage;
        while (true) {
            for (Item item : page) {
                Chunk chunk = Chunk.of(stream, item);
                chunks.add(chunk);
                bytes += chunk.events().stream().mapToLong(EventData::size).sum();
            }
            boolean enough =
                    !chunks.isEmpty() && (bytes >= LogPages.MAX_BYTES || isLast.test(chunks.get(chunks.size() - 1)));
            if (enough || !query.more()) {
                return chunks;
            }
            page = query.page();
        }
    }

    private static List<Chunk> contiguous(List<Chunk> chunks, long from) {
        long next = from;
        int count = 0;
        for (Chunk chunk : chunks) {
            if (chunk.first() > next) {
                break;
            }
            next = chunk.last() + 1;
            count++;
        }
        return chunks.subList(0, count);
    }

    private static List<Chunk> contiguousBackwards(List<Chunk> chunks, long from) {
        long next = from;
        int count = 0;
        for (Chunk chunk : chunks) {
            if (chunk.last() < next) {
                break;
            }
            next = chunk.first() - 1;
            count++;
        }
        return chunks.subList(0, count);
    }

    private interface Look {
        List<Chunk> chunks();
    }

    private List<Chunk> untilThere(StreamId stream, long from, Look look) {
        Backoff backoff = table.backoff();
        while (true) {
            List<Chunk> chunks = look.chunks();
            if (!chunks.isEmpty()) {
                return chunks;
            }
            if (heads.get(stream).scavenged() > from) {
                return Collections.emptyList();
            }
            if (backoff.isOver()) {
                throw missing(stream, from);
            }
            backoff.pause();
        }
    }

    static BackendFailure missing(StreamId stream, long version) {
        return new BackendFailure(
                "event %s of stream '%s' is missing in the storage: restore a backup".formatted(version, stream), null);
    }
}
