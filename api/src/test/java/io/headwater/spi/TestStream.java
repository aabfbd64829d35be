package io.headwater.spi;

import io.headwater.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The state of a stream whose events have the ids that {@link #id} makes of letters; each is at position 10 × version. */
final class TestStream implements StreamState {
    private final List<UUID> ids;
    private final List<Long> emptied = new ArrayList<>();
    private final List<RecentAppend> recent = new ArrayList<>();
    private boolean tombstoned;

    private TestStream(List<UUID> ids) {
        this.ids = ids;
    }

    /** A stream of these events, one for each letter. */
    static TestStream of(String letters) {
        return new TestStream(ids(letters));
    }

    static List<UUID> ids(String letters) {
        return letters.chars().mapToObj(c -> id((char) c)).toList();
    }

    static UUID id(char letter) {
        return new UUID(0, letter);
    }

    TestStream emptied(Long... versions) {
        emptied.addAll(Arrays.asList(versions));
        return this;
    }

    /** Remembers that these events were one append without an exact expectation. */
    TestStream recent(long afterVersion, int count) {
        recent.add(new RecentAppend(ids.get((int) afterVersion), afterVersion, count));
        return this;
    }

    TestStream tombstone() {
        tombstoned = true;
        return this;
    }

    @Override
    public long version() {
        return ids.size();
    }

    @Override
    public boolean live() {
        return !tombstoned && !ids.isEmpty() && !emptied.contains(version());
    }

    @Override
    public boolean tombstoned() {
        return tombstoned;
    }

    @Override
    public List<Long> emptied() {
        return emptied;
    }

    /** Fails for versions that no stream can have, as arithmetic on them in a backend would. */
    @Override
    public Optional<Position> find(long afterVersion, List<UUID> wanted) {
        long end = Math.addExact(afterVersion, wanted.size());
        boolean same =
                end <= ids.size() && ids.subList((int) afterVersion, (int) end).equals(wanted);
        return same ? Optional.of(Positions.of(10 * end)) : Optional.empty();
    }

    @Override
    public List<RecentAppend> recent() {
        return recent;
    }
}
