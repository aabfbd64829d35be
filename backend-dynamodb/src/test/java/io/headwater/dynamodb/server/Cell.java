package io.headwater.dynamodb.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** An item of a table with what it was before, as far back as reads may go, and the transaction that holds it. */
final class Cell {
    private record Version(Item item, long since) {}

    /** The newest one last. */
    private final Deque<Version> versions = new ArrayDeque<>(1);

    private Object owner;

    Item newest() {
        return versions.isEmpty() ? null : versions.getLast().item();
    }

    /** As it was at that time, of {@link System#nanoTime}, or as early as is known. */
    Item asOf(long time) {
        Iterator<Version> newestFirst = versions.descendingIterator();
        Version version = null;
        while (newestFirst.hasNext() && (version == null || version.since() > time)) {
            version = newestFirst.next();
        }
        return version == null ? null : version.item();
    }

    /** Null deletes the item. What was replaced before {@code keepFrom} is forgotten. */
    void replace(Item item, long now, long keepFrom) {
        if (versions.isEmpty() && keepFrom < now) {
            versions.add(new Version(null, Long.MIN_VALUE));
        }
        Version replaced = versions.pollLast();
        while (!versions.isEmpty() && versions.getFirst().since() < keepFrom && secondSince(replaced) <= keepFrom) {
            versions.removeFirst();
        }
        if (replaced != null && keepFrom < now) {
            versions.add(replaced);
        }
        versions.add(new Version(item, now));
    }

    private long secondSince(Version otherwise) {
        Iterator<Version> oldestFirst = versions.iterator();
        oldestFirst.next();
        return oldestFirst.hasNext() ? oldestFirst.next().since() : otherwise.since();
    }

    boolean isHeld() {
        return owner != null;
    }

    void hold(Object transaction) {
        owner = transaction;
    }

    void release() {
        owner = null;
    }

    /** Nothing is left of it. */
    boolean isEmpty() {
        return versions.size() <= 1 && newest() == null && owner == null;
    }
}
