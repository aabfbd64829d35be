package io.headwater.dynamodb.server;

/** An item of a table with what it was before, as far back as reads may go, and the transaction that holds it. */
final class Cell {
    private record Version(Item item, long since, Version before) {}

    private Version newest = new Version(null, Long.MIN_VALUE, null);
    private Object owner;

    Item newest() {
        return newest.item();
    }

    /** As it was at that time, of {@link System#nanoTime}. */
    Item asOf(long time) {
        Version version = newest;
        while (version.before() != null && version.since() > time) {
            version = version.before();
        }
        return version.item();
    }

    /** Null deletes the item. What was replaced before {@code keepFrom} is forgotten. */
    void replace(Item item, long now, long keepFrom) {
        newest = new Version(item, now, keepFrom < now ? pruned(newest, keepFrom) : null);
    }

    private static Version pruned(Version version, long keepFrom) {
        if (version.since() <= keepFrom || version.before() == null) {
            return new Version(version.item(), version.since(), null);
        }
        return new Version(version.item(), version.since(), pruned(version.before(), keepFrom));
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
        return newest.item() == null && newest.before() == null && owner == null;
    }
}
